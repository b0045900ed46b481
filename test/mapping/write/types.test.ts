import {
  boolean,
  code,
  concat,
  date,
  dateTime,
  decimal,
  each,
  integer,
  type MappingData,
  oneOf,
  split,
  text,
  vatRate,
} from "propojka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { items } from "../reading.ts";
import { openWriter, writeOne } from "./writing.ts";

const one = (value: unknown, spec: object): ReturnType<typeof writeOne> => writeOne({ v: value }, { v: spec });

const WRONG: readonly unknown[] = [
  5,
  Number.NaN,
  12n,
  true,
  Symbol("s"),
  {},
  { toString: () => "x" },
  [],
  ["a"],
  [null],
  new Date(0),
  () => "x",
];

describe("a value of a wrong type", () => {
  const specs: Readonly<Record<string, object>> = {
    text: text("A"),
    code: code("A"),
    decimal: decimal("A", { scale: 2 }),
    integer: integer("A"),
    date: date("A"),
    dateTime: dateTime("A"),
    vatRate: vatRate("A"),
    oneOf: oneOf("A", { x: "y" }),
    attribute: text("A/@a"),
  };

  it.each(Object.keys(specs))("is an issue for %s, never an exception", (name) => {
    for (const value of WRONG) {
      const { xml, issues } = one(value, specs[name]!);
      expect(xml).toBeUndefined();
      expect(issues).toMatchObject([{ code: "FIELD_INVALID", severity: "error", field: "v" }]);
      expect(issues[0]?.message).toContain("expected a text, got ");
    }
  });

  it("is an issue for boolean", () => {
    for (const value of ["true", "", 1, 0, {}, []])
      expect(one(value, boolean("A"))).toMatchObject({
        xml: undefined,
        issues: [{ code: "FIELD_INVALID", field: "v" }],
      });
  });

  it("leaves the field out with a warning, if asked to", () => {
    expect(writeOne({ v: 5, w: "1" }, { v: text("A", { invalid: "warning" }), w: text("B") })).toMatchObject({
      xml: "<R><B>1</B></R>",
      issues: [{ severity: "warning", field: "v", message: "expected a text, got 5" }],
    });
  });

  it("is an issue for a list, named with the positions around it", () => {
    for (const value of ["abc", "", 5, true, {}, { length: 1, 0: "x" }, new Set(["x"])])
      expect(writeOne({ v: value }, { v: each("I", text(".")) })).toMatchObject({
        xml: undefined,
        issues: [
          { code: "FIELD_INVALID", severity: "error", field: "v", message: expect.stringContaining("list") as string },
        ],
      });
    const nested = { v: items("V", { p: each("P", text(".")) }) };
    expect(writeOne({ v: [{}, {}, { p: "x" }] }, nested).issues).toMatchObject([{ field: "v[2].p" }]);
    expect(writeOne({ v: [] }, nested)).toEqual({ xml: "<R/>", issues: [] });
  });

  it("is an issue where an object belongs", () => {
    const fields = { v: { a: text("A") }, l: items("I", { b: text("B") }) };
    for (const value of ["abc", 5, true])
      expect(writeOne({ v: value }, fields), JSON.stringify(value)).toMatchObject({
        issues: [{ code: "FIELD_INVALID" }],
      });
    for (const value of ["abc", 5, true])
      expect(writeOne({ l: [value] }, fields), JSON.stringify(value)).toMatchObject({
        issues: [{ code: "FIELD_INVALID" }],
      });
  });

  it("is an issue for a split", () => {
    for (const value of ["abc", 5, {}, new Map([["a", "b"]]), [5], [null], [{}]])
      expect(one(value, split("A", ";")), JSON.stringify(value)).toMatchObject({
        xml: undefined,
        issues: [{ code: "FIELD_INVALID", field: "v" }],
      });
  });

  it("of the record as a whole is never an exception", () => {
    const fields = {
      a: text("A"),
      l: each("L", text(".")),
      m: concat(text("M")),
      s: split("S", ";"),
      n: { o: text("O") },
    };
    for (const record of [undefined, null, 5, "abc", true, [], () => 1, new Date(0)])
      expect(() => writeOne(record, fields)).not.toThrow();
    for (const record of [undefined, null, {}]) expect(writeOne(record, fields).xml).toBe("<R/>");
  });

  it("anywhere is never an exception", () => {
    const spec = (): object => ({
      a: text("A", { maxLength: 2, tooLong: "cut", allowed: "." }),
      d: decimal("D", { scale: 2 }),
      b: boolean("B"),
      s: split("S", ";"),
    });
    const fields = {
      ...spec(),
      n: spec(),
      l: each("L", spec() as never),
      m: concat(spec() as never, each("M", spec() as never)),
    };
    const writer = openWriter({ target: "custom", record: "/S/R", fields: fields as unknown as MappingData["fields"] });
    const key = fc.constantFrom("a", "d", "b", "s", "n", "l", "m", "x");
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: "medium" },
        fc.constantFrom(...WRONG, "text", "1.5", "", null, undefined),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value")),
        fc.anything(),
      ),
    }));
    fc.assert(
      fc.property(value, (record) => {
        const { text: written, issues } = writer.record(record);
        expect(written === undefined).toBe(issues.some(({ severity }) => severity === "error"));
      }),
      { numRuns: 1000 },
    );
  });
});
