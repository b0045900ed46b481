import {
  absent,
  all,
  code,
  concat,
  constant,
  decimal,
  DefinitionError,
  fieldIs,
  has,
  type MappingData,
  mappingJsonSchema,
  not,
  parseMapping,
  parts,
  readOnly,
  split,
  text,
  when,
  writeOnly,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, mappingOf, values } from "./reading.ts";

const writeOptions = {
  required: true,
  missing: "empty",
  blank: "omit",
  cdata: true,
  maxLength: 10,
  tooLong: "cut",
  allowed: "^x",
} as const;

/** One of everything that only export needs. */
const everything: MappingData = mappingOf(
  {
    text: text("A", { ...writeOptions, invalid: "warning" }),
    code: code(["A", "B"], writeOptions),
    only: readOnly(writeOnly(text("A"))),
    list: concat(
      values({
        list: absent(),
        kind: constant("main"),
        gross: decimal("P", { scale: 2, rounding: "down", separator: "," }),
      }),
      items("I", { a: text("A") }, has("a")),
      { ...(items("J", { a: text("A") }) as object), limit: 10 } as never,
    ),
    when: when(all(has("a.b"), not(fieldIs("c", ">=", { parameter: "p" }))), text("A"), text("B")),
    parts: parts(
      "A",
      " ",
      { gross: decimal("."), more: parts(".", ":", { a: text("."), b: code(".") }) },
      writeOptions,
    ),
    split: split("A", ";", parts(".", ":", { a: text("."), b: text(".") }), writeOptions),
    splitCode: split("@a", ";", code(".")),
  },
  {
    parameters: { p: { title: "P", default: "1" } },
    document: { fixed: { "/S/@v": "1", X: true, Y: { parameter: "p" } }, order: ["A", "A/B"], perRecord: true },
    csv: { separator: ";", columns: { A: "Áčko" } },
    skip: [{ when: fieldIs("sold", "=", "false"), reason: "not sold" }],
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

const withField = (field: unknown): object => ({ target: "product", record: "/S/R", fields: { name: field } });
const withDocument = (document: unknown): object => ({ ...withField({ type: "text", path: "A" }), document });
const withCsv = (csv: unknown): object => ({ ...withField({ type: "text", path: "A" }), csv });
const part = { type: "parts", path: "A", separator: " ", fields: { gross: { type: "decimal", path: "." } } };

describe("parseMapping", () => {
  it("takes everything that the functions make for export, after JSON", () => {
    const json = JSON.parse(JSON.stringify(everything)) as unknown;
    expect(json).toEqual(everything);
    expect(parseMapping(json)).toEqual(everything);
  });

  it.each<[string, unknown, readonly string[]]>([
    [
      "an option of export that is misspelt",
      withField({ type: "text", path: "A", maxLenght: 5 }),
      ["fields.name: ", '"maxLenght"'],
    ],
    ["a length of nothing", withField({ type: "text", path: "A", maxLength: 0 }), ["fields.name.maxLength: ", "got 0"]],
    ["half a length", withField({ type: "text", path: "A", maxLength: 1.5 }), ["fields.name.maxLength: ", "1.5"]],
    ["a length as text", withField({ type: "code", path: "A", maxLength: "5" }), ["fields.name.maxLength: ", '"5"']],
    [
      "an unknown policy",
      withField({ type: "text", path: "A", tooLong: "truncate" }),
      ["fields.name.tooLong: ", '"error"', '"cut"', '"truncate"'],
    ],
    [
      "an unknown state",
      withField({ type: "text", path: "A", blank: "erase" }),
      ["fields.name.blank: ", '"omit"', '"empty"', '"erase"'],
    ],
    ["another unknown state", withField({ type: "date", path: "A", missing: null }), ["fields.name.missing: "]],
    ["yes for true", withField({ type: "text", path: "A", required: "yes" }), ["fields.name.required: ", '"yes"']],
    ["a number for true", withField({ type: "text", path: "A", cdata: 1 }), ["fields.name.cdata: ", "got 1"]],
    ["a pattern that is none", withField({ type: "text", path: "A", allowed: "(" }), ["fields.name.allowed: ", '"("']],
    ["something in absent", withField({ type: "absent", path: "A" }), ["fields.name: ", '"path"']],
    [
      "a direction that is none",
      withField({ type: "only", direction: "export", node: { type: "text", path: "A" } }),
      ["fields.name.direction: ", '"read"', '"write"', '"export"'],
    ],
    ["a direction of nothing", withField({ type: "only", direction: "read" }), ["fields.name.node: "]],
    [
      "a mistake in one direction",
      withField({ type: "only", direction: "read", node: { type: "txt", path: "A" } }),
      ["fields.name.node", "no such type"],
    ],
    ["parts without a separator", withField({ ...part, separator: undefined }), ["fields.name.separator: "]],
    ["parts with an empty separator", withField({ ...part, separator: "" }), ["fields.name.separator: "]],
    ["parts without fields", withField({ ...part, fields: undefined }), ["fields.name.fields: "]],
    ["parts with a default", withField({ ...part, defalt: "x" }), ["fields.name: ", '"defalt"']],
    [
      "a piece that is no codec",
      withField({ ...part, fields: { gross: { type: "constant", value: "x" } } }),
      ["fields.name.fields.gross"],
    ],
    [
      "a piece that is an object",
      withField({ ...part, fields: { gross: { a: { type: "text", path: "." } } } }),
      ["fields.name.fields.gross"],
    ],
    [
      "a misspelt option of a piece",
      withField({ ...part, fields: { gross: { type: "decimal", path: ".", scal: 2 } } }),
      ["fields.name.fields.gross: ", '"scal"'],
    ],
    [
      "a mistake in a piece of a piece",
      withField({ ...part, fields: { gross: { ...part, path: ".", fields: { a: { type: "decimel", path: "." } } } } }),
      ["fields.name.fields.gross.fields.a", "no such type"],
    ],
    [
      "a split of anything",
      withField({ type: "split", path: "A", separator: ";", item: { type: "each", path: "B" } }),
      ["fields.name.item"],
    ],
    [
      "a wrong option of a piece of a split",
      withField({ type: "split", path: "A", separator: ";", item: { type: "decimal", path: ".", scale: 99 } }),
      ["fields.name.item.scale: ", "99"],
    ],
    [
      "a default of a split",
      withField({ type: "split", path: "A", separator: ";", default: "x" }),
      ["fields.name: ", '"default"'],
    ],
    [
      "a negative limit",
      withField({ type: "each", path: "A", item: { type: "text", path: "." }, limit: -1 }),
      ["fields.name.limit: ", "-1"],
    ],
    [
      "a limit as text",
      withField({ type: "each", path: "A", item: { type: "text", path: "." }, limit: "5" }),
      ["fields.name.limit: ", '"5"'],
    ],
    [
      "an empty field in a condition",
      withField({ type: "when", condition: { has: "" }, then: { type: "text", path: "A" } }),
      ["fields.name.condition.has: "],
    ],
    [
      "a comparison of fields that is none",
      withField({ type: "when", condition: { field: "a", is: "==", to: "1" }, then: { type: "text", path: "A" } }),
      ["fields.name.condition.is: ", '"=="'],
    ],
    [
      "a comparison with a number",
      withField({ type: "when", condition: { field: "a", is: "=", to: 1 }, then: { type: "text", path: "A" } }),
      ["fields.name.condition.to: "],
    ],
    [
      "a comparison with nothing",
      withField({ type: "when", condition: { field: "a", is: "=" }, then: { type: "text", path: "A" } }),
      ["fields.name.condition.to: "],
    ],
    [
      "a mistake in a condition in a condition",
      withField({
        type: "when",
        condition: { not: { all: [{ has: "a" }, { has: 5 }] } },
        then: { type: "text", path: "A" },
      }),
      ["fields.name.condition.not.all.1.has: ", "got 5"],
    ],
    ["a misspelt setting of the document", withDocument({ perrecord: true }), ["document: ", '"perrecord"']],
    ["a number as fixed text", withDocument({ fixed: { "/S/@v": 2 } }), ["document.fixed./S/@v: "]],
    [
      "a parameter of a fixed text without a name",
      withDocument({ fixed: { A: { parameter: "" } } }),
      ["document.fixed.A"],
    ],
    ["an order that is no list", withDocument({ order: "A" }), ["document.order: ", '"A"']],
    ["an order of numbers", withDocument({ order: ["A", 5] }), ["document.order.1: ", "got 5"]],
    ["a record's own document as text", withDocument({ perRecord: "yes" }), ["document.perRecord: ", '"yes"']],
    ["rows without columns", withCsv({ separator: ";" }), ["csv.columns: "]],
    ["a separator of several characters", withCsv({ separator: ";;", columns: {} }), ["csv.separator: ", '";;"']],
    ["columns as a list", withCsv({ columns: ["a"] }), ["csv.columns: "]],
    ["a title that is none", withCsv({ columns: { a: 1 } }), ["csv.columns.a: ", "got 1"]],
  ])("names the place of %s", (_, json, pieces) => {
    const message = mistakes(json);
    for (const piece of pieces) expect(message).toContain(piece);
    expect(message.length).toBeLessThan(600);
    expect(message.split("\n")).toHaveLength(2);
  });
});

describe("mappingJsonSchema", () => {
  const schema = mappingJsonSchema() as { readonly $defs: Readonly<Record<string, Record<string, unknown>>> };
  const specification = schema.$defs["specification"] as {
    readonly oneOf: readonly { readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>> }[];
  };
  const kinds = new Map(specification.oneOf.map(({ properties }) => [properties["type"]?.["const"], properties]));

  it("has the nodes of export", () => {
    for (const kind of ["absent", "only", "parts", "split"]) expect(kinds.has(kind), kind).toBe(true);
    expect(Object.keys(kinds.get("each") ?? {})).toContain("limit");
    expect(Object.keys(schema.$defs["mapping"]?.["properties"] as object)).toEqual(
      expect.arrayContaining(["document", "csv"]),
    );
  });

  it("describes each option of export, in each codec, parts and split", () => {
    for (const kind of ["text", "decimal", "oneOf", "codec", "parts", "split"])
      for (const option of Object.keys(writeOptions))
        expect(kinds.get(kind)?.[option], `${kind}.${option}`).toHaveProperty("description");
  });

  it("refers only to what it defines", () => {
    for (const [, target = ""] of JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]*)"/g))
      expect(Object.keys(schema.$defs)).toContain(target);
  });
});
