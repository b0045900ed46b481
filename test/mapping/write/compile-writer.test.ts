import {
  absent,
  all,
  code,
  compileWriter,
  concat,
  constant,
  DefinitionError,
  each,
  equals,
  exists,
  has,
  join,
  lookup,
  matches,
  not,
  parameterIs,
  parts,
  readOnly,
  split,
  template,
  text,
  when,
  writeOnly,
  writeRecords,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, type MappingChanges, mappingOf, values } from "../reading.ts";

function mistake(fields: object, changes: MappingChanges = {}): DefinitionError {
  try {
    compileWriter(mappingOf(fields, changes));
  } catch (error) {
    expect(error).toBeInstanceOf(DefinitionError);
    return error as DefinitionError;
  }
  throw new Error("expected a mistake");
}

const PATH = "PATH_INVALID";
const MAPPING = "MAPPING_INVALID";
const lookups = { t: { path: "/S/T", key: "@id" } };

describe("compileWriter", () => {
  it.each<[string, object, string, readonly string[]]>([
    ["join", { a: { b: join(" ", "A", "B") } }, MAPPING, ["a.b", '"join"', "readOnly"]],
    ["template", { a: template("{A} {B}") }, MAPPING, ["a", '"template"', "readOnly"]],
    ["lookup", { a: items("I", { b: lookup("t", "A", text("B")) }) }, MAPPING, ["a[].b", '"lookup"', "readOnly"]],
    ["join below a condition", { a: when(has("b"), join(" ", "A", "B")) }, MAPPING, ["a", '"join"']],
    ["join that is written only", { a: writeOnly(join(" ", "A", "B")) }, MAPPING, ["a", '"join"']],
    ["..", { a: items("I", { b: text("../B") }) }, PATH, ['"../B"', '".."']],
    ["a wildcard", { a: text("A/*") }, PATH, ['"A/*"', "wildcard"]],
    ["a wildcard of namespaces", { a: text("*:A") }, PATH, ['"*:A"', "wildcard"]],
    ["a wildcard attribute", { a: text("A/@*") }, PATH, ['"A/@*"', "wildcard"]],
    ["a position", { a: text("A[2]/B") }, PATH, ['"A[2]/B"', "predicate"]],
    ["a predicate of existence", { a: text("A[B]/C") }, PATH, ['"A[B]/C"', "predicate"]],
    ["a predicate of difference", { a: text("A[B!='x']/C") }, PATH, ["A[B!='x']/C", "predicate"]],
    ["a position in a list", { a: each("A[1]", text(".")) }, PATH, ['"A[1]"', "predicate"]],
    ["a position behind a step of a predicate", { a: text("A[B[1]='x']/C") }, PATH, ["predicate"]],
    ["an absolute path", { a: { b: text("/S/B") } }, PATH, ['"/S/B"', "a.b"]],
    ["an absolute path of a list", { a: each("/S/B", text(".")) }, PATH, ['"/S/B"', "a"]],
    ["an attribute as list", { a: each("A/@b", text(".")) }, PATH, ['"A/@b"', "list"]],
    ["the record as list", { a: each(".", text("A")) }, PATH, ['"."', "list"]],
    ["a list above the record", { a: each("../A", text(".")) }, PATH, ['"../A"']],
    ["an unknown prefix", { a: text("g:A") }, PATH, ['no namespace "g"']],
    ["an unknown prefix of an attribute", { a: text("A/@g:b") }, PATH, ['no namespace "g"']],
    ["a mixed condition", { a: when(all(has("b"), exists("B")), text("A")) }, MAPPING, ["not on both"]],
    [
      "a condition mixed far inside",
      { a: when(not(all(has("b"), not(equals("B", "x")))), text("A")) },
      MAPPING,
      ["both"],
    ],
    ["a mixed condition of items", { a: each("A", text("."), all(has("b"), matches("B", "x"))) }, MAPPING, ["both"]],
    ["a pattern that is none", { a: text("A", { allowed: "(" }) }, MAPPING, ['"("']],
    ["a piece with a path", { a: { b: parts("A", " ", { c: text("C") }) } }, PATH, ["a.b.c", '"."']],
    ["an item of a split with a path", { a: split("A", " ", code("C")) }, PATH, ["a", '"."']],
    ["an unknown codec", { a: { type: "decimel", path: "A" } }, "CODEC_UNKNOWN", ["a", '"decimel"']],
    [
      "a codec that the host did not register",
      { a: { type: "codec", name: "stars", path: "A" } },
      "CODEC_UNKNOWN",
      ["a", '"stars"'],
    ],
    ["a wrong option", { a: text("A", { trim: "yes" } as never) }, MAPPING, ["a", "trim"]],
    [
      "an unknown parameter in a condition",
      { a: when(parameterIs("p", "x"), text("A")) },
      "PARAMETER_INVALID",
      ['"p"'],
    ],
    [
      "an unknown parameter as constant",
      { a: concat({ b: { type: "parameter", name: "p" } as never, c: text("C") } as never) },
      "PARAMETER_INVALID",
      ['"p"'],
    ],
  ])("refuses %s", (_, fields, errorCode, pieces) => {
    const error = mistake(fields, { lookups });
    expect(error.code).toBe(errorCode);
    for (const piece of pieces) expect(error.message).toContain(piece);
  });

  it.each<[string, MappingChanges, string, readonly string[]]>([
    ["a second root", { document: { fixed: { "/T/@v": "1" } } }, PATH, ['"/T/@v"', "second root"]],
    ["a fixed text in the record by an absolute path", { document: { fixed: { "/S/R/A": "1" } } }, PATH, ['"/S/R/A"']],
    ["a fixed text at a wildcard", { document: { fixed: { "*": "1" } } }, PATH, ['"*"', "wildcard"]],
    ["a fixed text above the record", { document: { fixed: { "../A": "1" } } }, PATH, ['"../A"']],
    ["a fixed text at a position", { document: { fixed: { "A[1]": "1" } } }, PATH, ['"A[1]"']],
    ["a fixed text of an unknown prefix", { document: { fixed: { "g:A": "1" } } }, PATH, ['no namespace "g"']],
    [
      "a fixed text of an unknown parameter",
      { document: { fixed: { A: { parameter: "p" } } } },
      "PARAMETER_INVALID",
      ['"p"'],
    ],
    ["a record with a wildcard", { record: "/*/R" }, PATH, ['"/*/R"', "wildcard"]],
    ["a record of an unknown prefix", { record: "/S/g:R" }, PATH, ['no namespace "g"']],
    ["a relative record", { record: "S/R" }, PATH, ['"S/R"']],
    ["an attribute as record", { record: "/S/R/@a" }, PATH, ['"/S/R/@a"']],
    ["a record with a predicate", { record: "/S/R[@a='1']" }, PATH, ["/S/R[@a='1']"]],
    ["a wrong path", { record: "/S/" }, PATH, ['"/S/"']],
  ])("refuses %s", (_, changes, errorCode, pieces) => {
    const error = mistake({ a: text("A") }, changes);
    expect(error.code).toBe(errorCode);
    for (const piece of pieces) expect(error.message).toContain(piece);
  });

  it("takes what is only read, wherever it stands", () => {
    const fields = {
      a: readOnly(join(" ", "A", "B")),
      b: { c: readOnly(template("{A}")) },
      d: items("D", { e: readOnly(text("../E")), f: text("F") }),
      g: concat<string>(readOnly(each("*", text("."))), each("G", text("."))),
      h: readOnly(lookup("none", "A", text("B"))),
      i: when(exists("I[2]"), text("I")),
    };
    expect(() => compileWriter(mappingOf(fields))).not.toThrow();
  });

  it("refuses parameters that the mapping does not have, and values that they cannot have", () => {
    const mapping = mappingOf(
      { a: text("A") },
      { parameters: { p: { title: "P", default: "x", values: ["x", "y"] } } },
    );
    expect(() => compileWriter(mapping, { parameters: { q: "1" } })).toThrow('no parameter "q"');
    expect(() => compileWriter(mapping, { parameters: { p: "z" } })).toThrow('expected x, y, got "z"');
    expect(() => compileWriter(mapping, { parameters: { p: "y" } })).not.toThrow();
  });

  it("is kept and used by many writers", async () => {
    const compiled = compileWriter(
      mappingOf({ a: text("A"), list: concat(values({ b: absent(), c: text("C") }), items("I", { b: text("B") })) }),
    );
    const write = async (record: object): Promise<string> => {
      let result = "";
      for await (const chunk of writeRecords([record], compiled)) result += new TextDecoder().decode(chunk);
      return result.split("\n")[2] ?? "";
    };
    const [one, other] = await Promise.all([write({ a: "1", list: [{ c: "2" }] }), write({ list: [{ b: "3" }] })]);
    expect(one).toBe("<R><A>1</A><C>2</C></R>");
    expect(other).toBe("<R><I><B>3</B></I></R>");
  });

  it("leaves constants alone", () => {
    expect(() => compileWriter(mappingOf({ a: constant("x") }))).not.toThrow();
  });
});

describe("writeRecords", () => {
  it("refuses a mapping whose records are root elements: a document has one", () => {
    const mapping = mappingOf({ a: text("A") }, { record: "/R" });
    expect(() => writeRecords([], mapping)).toThrow(DefinitionError);
  });
});
