import {
  all,
  any,
  boolean,
  code,
  compared,
  concat,
  constant,
  country,
  custom,
  date,
  dateTime,
  decimal,
  DefinitionError,
  each,
  equals,
  exists,
  first,
  integer,
  join,
  lookup,
  type MappingData,
  mappingJsonSchema,
  matches,
  not,
  oneOf,
  parameter,
  parameterIs,
  parseMapping,
  phone,
  split,
  template,
  text,
  vatId,
  vatRate,
  companyId,
  when,
  zip,
} from "propojka";
import { describe, expect, it } from "vitest";
import { codecTypes } from "../../src/mapping/codecs/index.ts";
import { mappingOfShop, order, shop } from "../order.ts";
import { mappingOf, readAll } from "./reading.ts";

/** One of everything that a mapping can say. */
const everything: MappingData = mappingOf(
  {
    text: text("A", {
      collapse: true,
      unescape: true,
      stripTags: true,
      extract: "a(b)",
      remove: "c",
      replace: [["d", "e"]],
    }),
    code: code(["A", "B"], { upper: true, default: "d", empty: { parameter: "p" } }),
    decimal: decimal("A", { sign: "negative", thousands: ".", scale: 2, rounding: "halfEven", trimZeros: true }),
    integer: integer("A", { invalid: "warning" }),
    boolean: boolean("A", { true: ["x"], false: ["y"], default: false }),
    date: date("A", { formats: ["d.M.yyyy", "unix"] }),
    dateTime: dateTime("A", { zone: "Europe/London" }),
    vatRate: vatRate("A", { notation: "index", index: { 1: "21" }, levels: { plná: "high" } }),
    oneOf: oneOf("A", { x: "y" }, { unknown: { value: "z", silent: true }, ignoreCase: false }),
    country: country("A", { unknown: "keep" }),
    phone: phone("A", { country: "SK" }),
    zip: zip("A"),
    companyId: companyId("A"),
    vatId: vatId("A"),
    custom: custom("stars", "A", { options: { most: 5 } }),
    constant: constant(true),
    parameter: parameter("p"),
    each: each("A/B", text("."), all(exists("C"), not(matches("C", "x", "i")))),
    concat: concat<string>(each("A", text(".")), text("B")),
    when: when(any(equals("A", ["x", "y"]), parameterIs("p", "q")), text("A"), text("B")),
    compared: when(compared(decimal("A"), ">=", { parameter: "p" }), constant("x")),
    first: first(text("A"), constant("b")),
    join: join(" ", "A", text("B")),
    template: template("{A} {B/@c}"),
    split: split("A", ";"),
    lookup: lookup("t", "A", text("N")),
    nested: { type: text("A"), deeper: { still: text("B") } },
  },
  {
    $schema: "./mapping.schema.json",
    record: ["/S/R", "/S/Q"],
    key: "code",
    ignoreCase: true,
    namespaces: { "": "urn:a", b: "urn:b" },
    parameters: { p: { title: "P", description: "What it is.", default: "q", values: ["q", "r"] } },
    country: { parameter: "p" },
    zone: "Europe/Prague",
    taxDate: date("A") as never,
    lookups: { t: { path: ["/S/T", "/S/U"], key: "@id", input: "other" } },
    skip: [{ when: equals("A", { parameter: "p" }), reason: "because" }],
    totals: { basis: "gross", method: "topDown", compare: ["payable"], tolerance: "0.50" },
  },
);

function mistakes(json: unknown): string {
  try {
    parseMapping(json);
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    expect(error).toMatchObject({ code: "MAPPING_INVALID" });
    return (error as Error).message;
  }
  throw new Error("expected a mistake");
}

const withField = (field: unknown): object => ({ target: "order", record: "/S/R", fields: { number: field } });

describe("parseMapping", () => {
  it("takes everything that the functions make, after JSON", () => {
    const json = JSON.parse(JSON.stringify(everything)) as unknown;
    expect(json).toEqual(everything);
    expect(parseMapping(json)).toEqual(everything);
    expect(Object.keys(everything.fields)).toEqual(expect.arrayContaining(Object.keys(codecTypes)));
  });

  it("gives a mapping that reads the same", async () => {
    const xml = shop(order("1"), order("2", "a & b"), order("3", "x", { TOTAL: "1" }));
    const data = parseMapping(JSON.parse(JSON.stringify(mappingOfShop)));
    const [one, other] = [await readAll(xml, mappingOfShop), await readAll(xml, data)];
    expect(other.records).toEqual(one.records);
    expect(other.issues).toEqual(one.issues);
    expect(other.report).toEqual(one.report);
  });

  it.each<[string, unknown, readonly string[]]>([
    ["no mapping at all", "text", ["the mapping has a mistake:", "expected object"]],
    ["nothing", undefined, ["the mapping has a mistake:"]],
    ["a list", [], ["expected object"]],
    ["a missing record", { target: "order", fields: {} }, ["record: "]],
    ["missing fields", { target: "order", record: "/S/R" }, ["fields: "]],
    ["an unknown target", { target: "orders", record: "/S/R", fields: {} }, ["target: ", '"orders"', '"order"']],
    ["a misspelt setting", { ...everything, namespace: {} }, ["namespace"]],
    ["a number as record", { target: "order", record: 5, fields: {} }, ["record: "]],
    ["an empty path", withField({ type: "text", path: "" }), ["fields.number.path: "]],
    ["no path", withField({ type: "text" }), ["fields.number.path: "]],
    [
      "an unknown type",
      withField({ type: "decimel", path: "A" }),
      ["fields.number", "no such type", "decimal", "lookup"],
    ],
    ["a misspelt option", withField({ type: "decimal", path: "A", decimals: 2 }), ["fields.number: ", '"decimals"']],
    ["an option of another codec", withField({ type: "zip", path: "A", upper: true }), ["fields.number: ", '"upper"']],
    ["a wrong option", withField({ type: "decimal", path: "A", sign: "plus" }), ["fields.number.sign: ", '"plus"']],
    [
      "a wrong date format",
      withField({ type: "date", path: "A", formats: ["DD.MM.yyyy"] }),
      ["fields.number.formats.0: "],
    ],
    ["a wrong pattern", withField({ type: "text", path: "A", extract: "(" }), ["fields.number.extract: "]],
    ["a path where a field belongs", withField("NUMBER"), ["fields.number: "]],
    ["a number where a field belongs", withField(5), ["fields.number: "]],
    ["null where a field belongs", withField(null), ["fields.number: "]],
    ["a mistake in a nested object", withField({ a: { b: { type: "txt", path: "A" } } }), ["fields.number.a.b"]],
    ["a number as constant", withField({ type: "constant", value: 5 }), ["fields.number.value: "]],
    [
      "a mistake in an item",
      withField({ type: "each", path: "A", item: { name: { type: "text", pth: "A" } } }),
      ["fields.number.item.name"],
    ],
    [
      "a mistake in a part",
      withField({
        type: "concat",
        parts: [
          { type: "text", path: "A" },
          { type: "each", path: "B" },
        ],
      }),
      ["fields.number.parts.1.item"],
    ],
    [
      "an unknown condition",
      withField({ type: "when", condition: { exist: "A" }, then: { type: "text", path: "A" } }),
      ["fields.number.condition"],
    ],
    [
      "a wrong comparison",
      withField({
        type: "when",
        condition: { compare: { type: "decimal", path: "A" }, is: "==", to: "1" },
        then: { type: "text", path: "A" },
      }),
      ["fields.number.condition.is: ", '"=="'],
    ],
    [
      "no reason to skip",
      { ...withField({ type: "text", path: "A" }), skip: [{ when: { exists: "A" } }] },
      ["skip.0.reason: "],
    ],
    [
      "a wrong rule of totals",
      { ...withField({ type: "text", path: "A" }), totals: { basis: "brutto", method: "topDown", compare: [] } },
      ["totals.basis: ", '"brutto"'],
    ],
    ["a wrong country", { ...withField({ type: "text", path: "A" }), country: "Česko" }, ["country: "]],
    [
      "a parameter without a title",
      { ...withField({ type: "text", path: "A" }), parameters: { p: { default: "" } } },
      ["parameters.p.title: "],
    ],
  ])("names the place of %s", (_, json, parts) => {
    const message = mistakes(json);
    for (const part of parts) expect(message).toContain(part);
    expect(message.length).toBeLessThan(600);
  });

  it("lists all mistakes, one a line", () => {
    const message = mistakes({
      target: "orders",
      record: "",
      fields: { a: { type: "txt", path: "A" }, b: { type: "zip", path: "A", x: 1 }, c: { type: "text", path: "C" } },
    });
    expect(message.split("\n")).toEqual([
      "the mapping has 4 mistakes:",
      expect.stringMatching(/^ {2}target: /),
      expect.stringMatching(/^ {2}record: /),
      expect.stringMatching(/^ {2}fields\.a(\.type)?: there is no such type/),
      expect.stringMatching(/^ {2}fields\.b: .*"x"/),
    ]);
  });

  it("does not take a field of the record that is called type for a specification", () => {
    const data = withField({ type: { type: "text", path: "A" }, name: { type: "text", path: "B" } });
    expect(parseMapping(data)).toEqual(data);
  });
});

describe("mappingJsonSchema", () => {
  type Schema = Readonly<Record<string, unknown>>;
  const schema = mappingJsonSchema() as Schema & { $defs: Readonly<Record<string, Schema>> };

  it("is a JSON Schema of the draft that editors know", () => {
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $ref: "#/$defs/mapping",
    });
    expect(schema.$defs["mapping"]).toMatchObject({
      title: "propojka mapping",
      type: "object",
      additionalProperties: false,
      required: ["target", "record", "fields"],
    });
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });

  it("refers only to what it defines", () => {
    const references = Array.from(JSON.stringify(schema).matchAll(/"\$ref":"([^"]*)"/g), ([, target]) => target!);
    expect(references.length).toBeGreaterThan(5);
    for (const reference of new Set(references))
      expect(reference === "#" || Object.hasOwn(schema.$defs, reference.replace("#/$defs/", "")), reference).toBe(true);
  });

  it("lists every codec with its options, each of them described", () => {
    const text = JSON.stringify(schema);
    const { anyOf, oneOf: alternatives = anyOf } = schema.$defs["specification"] as {
      anyOf?: Schema[];
      oneOf?: Schema[];
    };
    const byType = new Map(
      (alternatives ?? []).map(({ properties }) => {
        const own = properties as Readonly<Record<string, Schema>>;
        return [own["type"]!["const"], own] as const;
      }),
    );
    for (const [name, { options }] of Object.entries(codecTypes)) {
      const own = byType.get(name);
      expect(Object.keys(own ?? {})).toEqual(
        expect.arrayContaining(["type", "path", "default", "empty", "invalid", ...Object.keys(options.shape)]),
      );
      for (const option of Object.keys(options.shape))
        expect(own![option], `${name}.${option}`).toHaveProperty("description");
    }
    for (const kind of ["constant", "each", "concat", "when", "first", "join", "template", "split", "lookup", "codec"])
      expect(byType.has(kind), kind).toBe(true);
    expect(text.length).toBeLessThan(100_000);
  });

  it("is the same each time", () => {
    expect(mappingJsonSchema()).toEqual(schema);
  });
});
