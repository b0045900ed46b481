import {
  compileMapping,
  code,
  constant,
  custom,
  decimal,
  DefinitionError,
  each,
  equals,
  lookup,
  matches,
  oneOf,
  parameter,
  parameterIs,
  readRecords,
  text,
  vatRate,
  type VatTable,
  when,
} from "propojka";
import { describe, expect, it } from "vitest";
import { mappingOf, type MappingChanges, readOne, valueOf } from "../reading.ts";

/** What compiling these fields throws. */
function errorOf(fields: object, changes: MappingChanges = {}, options = {}): DefinitionError {
  try {
    compileMapping(mappingOf(fields, changes), options);
  } catch (error) {
    if (error instanceof DefinitionError) return error;
    throw error;
  }
  throw new Error("expected an error");
}

const spec = (type: string, options: object): object => ({ type, path: "A", ...options });

describe("compileMapping", () => {
  it.each<[string, object, string, string]>([
    ["an unknown codec", { a: { b: spec("decimel", {}) } }, "CODEC_UNKNOWN", 'a.b: there is no codec "decimel"'],
    ["a name that all objects have", { a: spec("constructor", {}) }, "CODEC_UNKNOWN", "a: there is no codec"],
    ["a codec that the host lacks", { a: custom("stars", "A") }, "CODEC_UNKNOWN", "a: the host registered no codec"],
    ["an unknown option", { a: spec("decimal", { decimals: 2 }) }, "MAPPING_INVALID", 'a: codec "decimal"'],
    ["a wrong option", { a: spec("decimal", { sign: "plus" }) }, "MAPPING_INVALID", 'a: codec "decimal": sign'],
    ["a missing option", { a: spec("oneOf", {}) }, "MAPPING_INVALID", 'a: codec "oneOf": values'],
    ["an option deep in it", { a: spec("vatRate", { levels: { x: "top" } }) }, "MAPPING_INVALID", "levels.x"],
    ["a bad date format", { a: spec("date", { formats: ["DD"] }) }, "MAPPING_INVALID", "formats.0"],
    ["a bad zone", { a: spec("dateTime", { zone: "Europe/Brno" }) }, "MAPPING_INVALID", "zone"],
    ["a bad pattern", { a: spec("text", { extract: "(" }) }, "MAPPING_INVALID", "extract"],
    ["a bad path", { a: text("A[") }, "PATH_INVALID", 'path "A[", character 3'],
    ["a bad path among several", { a: text(["A", "B//C"]) }, "PATH_INVALID", "character 3"],
    ["a bad path in a template", { a: { type: "template", template: "{A} {B/}" } }, "PATH_INVALID", '"B/"'],
    ["an unknown namespace", { a: text("typ:A") }, "PATH_INVALID", 'the mapping has no namespace "typ"'],
    ["a way out of the record", { a: text("../A") }, "PATH_INVALID", "leads out of the record"],
    ["a way out of an item", { a: each("B/C", text("../../../A")) }, "PATH_INVALID", "leads out of the record"],
    ["a repeated attribute", { a: each("@a", text(".")) }, "PATH_INVALID", "an attribute cannot be repeated"],
    ["a repeated self", { a: each(".", text("A")) }, "PATH_INVALID", "expected an element to repeat"],
    [
      "an unknown table",
      { a: lookup("people", "A", text("N")) },
      "MAPPING_INVALID",
      "a: the mapping has no lookup table",
    ],
    ["an unknown parameter", { a: parameter("p") }, "PARAMETER_INVALID", 'the mapping has no parameter "p"'],
    ["an unknown parameter as default", { a: text("A", { default: { parameter: "p" } }) }, "PARAMETER_INVALID", '"p"'],
    ["an unknown parameter in a condition", { a: when(parameterIs("p", "x"), text("A")) }, "PARAMETER_INVALID", '"p"'],
    ["a bad pattern in a condition", { a: when(matches("A", "("), text("A")) }, "MAPPING_INVALID", '"("'],
    ["a bad flag in a condition", { a: when(matches("A", "x", "q"), text("A")) }, "MAPPING_INVALID", '"x"'],
    ["a word with two meanings", { a: oneOf("A", { ano: "1", ANO: "2" }) }, "MAPPING_INVALID", '"ANO"'],
    [
      "one separator for two things",
      { a: decimal("A", { thousands: ",", separator: "," }) },
      "MAPPING_INVALID",
      "both",
    ],
    ["an index without numbers", { a: vatRate("A", { notation: "index" }) }, "MAPPING_INVALID", "index"],
  ])("refuses %s", (_, fields, errorCode, message) => {
    const error = errorOf(fields);
    expect(error).toMatchObject({ name: "DefinitionError", code: errorCode, retryable: false });
    expect(error.message).toContain(message);
  });

  it.each<[string, MappingChanges, string]>([
    ["a relative record", { record: "R" }, "records need an absolute path of elements"],
    ["an attribute as record", { record: "/S/@id" }, "records need an absolute path of elements"],
    ["a record with a predicate", { record: "/S/R[@id='1']" }, 'predicates are not allowed here, use "skip"'],
    ["one bad record of two", { record: ["/S/R", "//R"] }, 'path "//R"'],
    ["a relative lookup", { lookups: { t: { path: "T", key: "@id" } } }, "absolute path"],
    ["a bad key of a lookup", { lookups: { t: { path: "/S/T", key: "@" } } }, 'path "@"'],
    ["a bad condition to skip", { skip: [{ when: equals("A[", "x"), reason: "r" }] }, 'path "A["'],
  ])("refuses %s", (_, changes, message) => {
    const error = errorOf({ a: text("A") }, changes);
    expect(error.code).toBe("PATH_INVALID");
    expect(error.message).toContain(message);
  });

  it("knows the codecs that there are when it refuses one", () => {
    expect(errorOf({ a: spec("number", {}) }).message).toMatch(/known are text, code, decimal, .*vatId/);
  });

  it("does not mind a field of the record that is called type", () => {
    expect(() => compileMapping(mappingOf({ a: { type: text("A"), name: text("B") } }))).not.toThrow();
  });

  it("throws before anything is read", () => {
    expect(() => readRecords("<S/>", mappingOf({ a: text("A[") }) as never)).toThrow(DefinitionError);
  });
});

describe("parameters", () => {
  const parameters = {
    currency: { title: "Currency", default: "CZK", values: ["CZK", "EUR"] },
    prefix: { title: "Prefix", default: "" },
  };

  it("have their defaults, or what is given", () => {
    const mapping = mappingOf({ a: text("A") }, { parameters });
    expect(compileMapping(mapping).parameters).toEqual({ currency: "CZK", prefix: "" });
    expect(compileMapping(mapping, { parameters: { currency: "EUR" } }).parameters["currency"]).toBe("EUR");
  });

  it("refuse other values than those listed, the default too", () => {
    const error = errorOf({}, { parameters }, { parameters: { currency: "czk" } });
    expect(error.code).toBe("PARAMETER_INVALID");
    expect(error.message).toBe('parameter "currency": expected CZK, EUR, got "czk"');
    const bad = { mode: { title: "Mode", default: "c", values: ["a", "b"] } };
    expect(errorOf({}, { parameters: bad }).code).toBe("PARAMETER_INVALID");
  });

  it("refuse names that the mapping does not have", () => {
    expect(errorOf({}, { parameters }, { parameters: { curency: "CZK" } })).toMatchObject({
      code: "PARAMETER_INVALID",
      message: 'there is no parameter "curency"; known are currency, prefix',
    });
    expect(errorOf({}, {}, { parameters: { x: "" } }).message).toContain("known are none");
  });
});

describe("country, zone and VAT table", () => {
  const parameters = { country: { title: "Country", default: "SK", values: ["CZ", "SK"] } };

  it("the country is that of the mapping, a parameter, or CZ", async () => {
    expect(await valueOf("<P>600000001</P>", spec("phone", { path: "P" }))).toBe("+420600000001");
    expect(await valueOf("<P>0901000001</P>", spec("phone", { path: "P" }), { country: "SK" })).toBe("+421901000001");
    const country = { parameter: "country" };
    expect(await valueOf("<V>high</V>", vatRate("V"), { parameters, country })).toBe("23");
    const options = { parameters: { country: "CZ" } };
    expect(await valueOf("<V>high</V>", vatRate("V"), { parameters, country, options })).toBe("21");
  });

  it("the zone is that of the mapping, or Prague", async () => {
    const value = spec("dateTime", { path: "T" });
    expect(await valueOf("<T>2026-07-01 12:00:00</T>", value)).toBe("2026-07-01T12:00:00+02:00");
    expect(await valueOf("<T>2026-07-01 12:00:00</T>", value, { zone: "Europe/London" })).toBe(
      "2026-07-01T12:00:00+01:00",
    );
    expect(errorOf({ value }, { zone: "Europe/Brno" }).code).toBe("MAPPING_INVALID");
  });

  it("words for rates mean those of the record's day", async () => {
    const fields = { rate: vatRate("V") };
    const taxDate = spec("date", { path: "D" });
    const rateOn = async (day: string): Promise<unknown> =>
      (await readOne(`<V>low</V><D>${day}</D>`, fields, { taxDate: taxDate as never })).record["rate"];
    expect([await rateOn("2023-12-31"), await rateOn("2024-01-01"), await rateOn("")]).toEqual(["15", "12", "12"]);
    const { issues } = await readOne("<V>low</V><D>2009-01-01</D>", fields, { taxDate: taxDate as never });
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", field: "rate", message: expect.stringContaining("2009") }]);
  });

  it("the host may bring its own VAT table", async () => {
    const vatTable: VatTable = { AT: [{ from: "2020-01-01", standard: "20", reduced: ["10", "13"] }] };
    const options = { vatTable };
    expect(await valueOf("<V>third</V>", vatRate("V"), { country: "AT", options })).toBe("13");
  });
});

describe("several kinds of record", () => {
  it("are read with the same fields, from where each of them starts", async () => {
    const mapping = mappingOf({ n: code("@n"), kind: constant("x") }, { record: ["/S/R", "/S/MORE/Q"] });
    const found: unknown[] = [];
    for await (const { record } of readRecords('<S><R n="1"/><MORE><Q n="2"/></MORE><R n="3"/></S>', mapping as never))
      found.push(record);
    expect(found).toEqual([
      { n: "1", kind: "x" },
      { n: "2", kind: "x" },
      { n: "3", kind: "x" },
    ]);
  });
});
