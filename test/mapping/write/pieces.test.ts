import { boolean, code, concat, date, decimal, oneOf, parts, split, text } from "propojka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { items, readOne, valueOf } from "../reading.ts";
import { writeOne, xmlOf } from "./writing.ts";

const price = parts("P", " ", { gross: decimal(".", { scale: 2 }), currency: code(".") });
const parameters = split("P", "|", parts(".", ":", { name: text("."), value: text(".") }));

const piecesOf = (xml: string): string => xml.replace(/^<R>|<\/R>$/g, "");

/** What comes back of a value that was written; undefined if it could not be. */
async function back(value: unknown, spec: object): Promise<unknown> {
  const { xml, issues } = writeOne({ value }, { value: spec });
  if (xml === undefined) {
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", severity: "error", field: "value" }]);
    return undefined;
  }
  expect(issues).toEqual([]);
  const read = await readOne(xml === "<R/>" ? "" : piecesOf(xml), { value: spec });
  expect(read.issues).toEqual([]);
  return read.record["value"];
}

describe("parts", () => {
  it("puts the pieces of an object together, in the order of its fields", async () => {
    expect(xmlOf({ p: { currency: "CZK", gross: "199.5" } }, { p: price })).toBe("<R><P>199.50 CZK</P></R>");
    expect(await valueOf("<P>199.50 CZK</P>", price)).toEqual({ gross: "199.50", currency: "CZK" });
  });

  it("goes into attributes, too, and with the options of fields", () => {
    const a = parts("A/@a", ";", { x: text("."), y: text(".") }, { maxLength: 3 });
    expect(xmlOf({ a: { x: "1", y: "2" } }, { a })).toBe('<R><A a="1;2"/></R>');
    expect(writeOne({ a: { x: "1", y: "23" } }, { a }).issues).toMatchObject([{ code: "FIELD_TOO_LONG", field: "a" }]);
    const required = parts("A", ";", { x: text(".") }, { required: true });
    for (const value of [undefined, {}, { x: "" }])
      expect(writeOne({ a: value }, { a: required }).issues).toMatchObject([{ code: "FIELD_MISSING", field: "a" }]);
  });

  it("does without the white space that files are laid out with", async () => {
    for (const content of ["\n  199.50 CZK\n", " 199.50 CZK", "199.50   CZK", "199.50 CZK "])
      expect(await valueOf(`<P>${content}</P>`, price), content).toEqual({ gross: "199.50", currency: "CZK" });
  });

  it("leaves out what is missing at the end, and keeps the place of what is missing before", async () => {
    const spec = parts("P", ":", { a: text("."), b: text("."), c: text(".") });
    expect(xmlOf({ p: { a: "1" } }, { p: spec })).toBe("<R><P>1</P></R>");
    expect(xmlOf({ p: { c: "3" } }, { p: spec })).toBe("<R><P>::3</P></R>");
    expect(await valueOf("<P>::3</P>", spec)).toEqual({ c: "3" });
    expect(await valueOf("<P>1</P>", spec)).toEqual({ a: "1" });
    expect(await valueOf("<P>::</P>", spec)).toBeUndefined();
    expect(xmlOf({ p: {} }, { p: spec })).toBe("<R/>");
  });

  it("gives the last piece whatever is left", async () => {
    const spec = parts("P", ":", { a: text("."), b: text(".") });
    expect(await valueOf("<P>a:b:c</P>", spec)).toEqual({ a: "a", b: "b:c" });
    expect(await back({ a: "a", b: "b:c" }, spec)).toEqual({ a: "a", b: "b:c" });
  });

  it("refuses a piece that holds the separator, but for the last", () => {
    expect(
      writeOne({ p: { a: "1:2", b: "3" } }, { p: parts("P", ":", { a: text("."), b: text(".") }) }).issues,
    ).toMatchObject([{ code: "FIELD_INVALID", field: "p", message: expect.stringContaining('":"') as string }]);
  });

  it("says which piece cannot be read or written", async () => {
    const { issues } = await readOne("<P>x CZK</P>", { p: price });
    expect(issues).toMatchObject([
      { code: "FIELD_INVALID", field: "p", message: expect.stringContaining("as gross") as string },
    ]);
    expect(writeOne({ p: { gross: "x", currency: "CZK" } }, { p: price }).issues).toMatchObject([
      { code: "FIELD_INVALID", field: "p", message: expect.stringContaining("as gross") as string },
    ]);
    const word = parts("P", " ", { kind: oneOf(".", { s: "small" }) });
    expect((await readOne("<P>b</P>", { p: word })).issues).toMatchObject([{ code: "FIELD_UNKNOWN_VALUE" }]);
    expect(writeOne({ p: { kind: "big" } }, { p: word }).issues).toMatchObject([{ code: "FIELD_UNKNOWN_VALUE" }]);
  });

  it("takes pieces of pieces", async () => {
    const spec = parts("P", ";", { p: parts(".", " ", { gross: decimal("."), currency: code(".") }), on: date(".") });
    const value = { p: { gross: "1.5", currency: "CZK" }, on: "2026-03-04" };
    expect(xmlOf({ v: value }, { v: spec })).toBe("<R><P>1.5 CZK;2026-03-04</P></R>");
    expect(await back(value, spec)).toEqual(value);
  });

  it.each([[5], [null], [true], [{}], [[]], [Number.NaN], [5n]])(
    "makes an issue of %s where a text belongs",
    (wrong) => {
      const specs = [text("."), code("."), decimal("."), date("."), oneOf(".", { a: "b" })];
      for (const spec of specs) {
        const { xml, issues } = writeOne(
          { p: { a: wrong, b: "x" } },
          { p: parts("P", ":", { a: spec, b: text(".") }) },
        );
        // No value may be null.
        if (wrong === null) expect(xml).toBe("<R><P>:x</P></R>");
        else expect([xml, issues[0]?.code]).toEqual([undefined, "FIELD_INVALID"]);
      }
    },
  );

  it("makes an issue of a text where a boolean belongs", () => {
    const spec = parts("P", ":", { a: boolean("."), b: text(".") });
    expect(xmlOf({ p: { a: false, b: "x" } }, { p: spec })).toBe("<R><P>0:x</P></R>");
    expect(writeOne({ p: { a: "false", b: "x" } }, { p: spec }).xml).toBeUndefined();
  });

  it("makes an issue of a list where an object belongs", () => {
    expect(writeOne({ p: [{ gross: "1" }] }, { p: price }).xml).toBeUndefined();
  });

  it("has no pieces that the object only inherits", () => {
    const spec = parts("P", ":", { constructor: text("."), toString: text("."), b: text(".") });
    expect(xmlOf({ p: { b: "x" } }, { p: spec })).toBe("<R><P>::x</P></R>");
  });
});

describe("split", () => {
  it("puts the items of a list together", async () => {
    expect(xmlOf({ t: ["a", "b & c"] }, { t: split("T", ";") })).toBe("<R><T>a;b &amp; c</T></R>");
    expect(xmlOf({ t: [] }, { t: split("T", ";") })).toBe("<R/>");
    expect(await valueOf("<T>a; b ;;c</T>", split("T", ";"))).toEqual(["a", "b", "c"]);
  });

  it("takes items that are objects", async () => {
    const value = [
      { name: "Barva", value: "modrá" },
      { name: "Rozměr", value: "1:2" },
    ];
    expect(xmlOf({ p: value }, { p: parameters })).toBe("<R><P>Barva:modrá|Rozměr:1:2</P></R>");
    expect(await back(value, parameters)).toEqual(value);
  });

  it("names the item that cannot be read", async () => {
    const { issues } = await readOne("<T>1;x;3</T>", { t: split("T", ";", decimal(".")) });
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", field: "t[1]", raw: "x" }]);
    const { record, issues: warnings } = await readOne("<T>1;x;3</T>", {
      t: split("T", ";", decimal(".", { invalid: "warning" })),
    });
    expect(record).toEqual({ t: ["1", "3"] });
    expect(warnings).toMatchObject([{ severity: "warning" }]);
  });

  it("refuses an item that holds the separator", () => {
    expect(writeOne({ t: ["a", "b;c"] }, { t: split("T", ";") }).issues).toMatchObject([
      { code: "FIELD_INVALID", field: "t", message: expect.stringContaining('";"') as string },
    ]);
  });

  it("has the options of fields", () => {
    const spec = split("T", ";", text("."), { required: true, maxLength: 3, cdata: true });
    expect(xmlOf({ t: ["a", "b"] }, { t: spec })).toBe("<R><T><![CDATA[a;b]]></T></R>");
    expect(writeOne({ t: ["a", "bc"] }, { t: spec }).issues).toMatchObject([{ code: "FIELD_TOO_LONG" }]);
    for (const value of [undefined, null, [], [""]])
      expect(writeOne({ t: value }, { t: spec }).issues).toMatchObject([{ code: "FIELD_MISSING" }]);
  });

  it("is a part of a list, and takes what is left", async () => {
    const fields = { t: concat<string>(text("MAIN"), split("T", ";")) };
    expect(xmlOf({ t: ["a", "b", "c"] }, fields)).toBe("<R><MAIN>a</MAIN><T>b;c</T></R>");
    expect((await readOne("<MAIN>a</MAIN><T>b;c</T>", fields)).record).toEqual({ t: ["a", "b", "c"] });
  });

  it("stands in items of lists", () => {
    expect(xmlOf({ l: [{ t: ["a", "b"] }, {}, { t: ["c"] }] }, { l: items("I", { t: split("T", ",") }) })).toBe(
      "<R><I><T>a,b</T></I><I><T>c</T></I></R>",
    );
  });

  it.each([[5], [true], [{}], [[]], [Number.NaN]])("makes an issue of the item %j", (wrong) => {
    for (const spec of [split("T", ";"), split("T", ";", decimal(".")), split("T", ";", code(".")), parameters]) {
      // An object without any of the pieces is a text without any.
      const isEmptyObject = spec === parameters && JSON.stringify(wrong) === "{}";
      const value = [spec === parameters ? { name: "a" } : "1", wrong];
      const { xml, issues } = writeOne({ t: value }, { t: spec });
      if (!isEmptyObject) expect([xml, issues[0]?.code]).toEqual([undefined, "FIELD_INVALID"]);
    }
  });
});

describe("both ways", () => {
  /** Separators as files have them, the last ones of a kind that pieces can end with in part. */
  const separator = fc.constantFrom(":", ";", "|", " ", ", ", " > ", "::", "||", "=>");
  const piece = fc
    .string({ unit: fc.constantFrom("a", "ž", " ", ":", ";", "|", ",", ">", "=", "&", "1"), maxLength: 4 })
    .map((one) => one.trim())
    .filter((one) => one !== "");

  it("parts give the object back, or an issue", async () => {
    await fc.assert(
      fc.asyncProperty(
        separator,
        fc.record({ a: piece, b: piece, c: piece }, { requiredKeys: [] }),
        async (between, value) => {
          const spec = parts("P", between, { a: text("."), b: text("."), c: text(".") });
          const result = await back(value, spec);
          const holds = [value.a, value.b].some((one) => one?.includes(between[0] ?? "") === true);
          // White space at the start of a text is nothing that keeps a place.
          const starts = !between.startsWith(" ") || value.a !== undefined;
          if (result !== undefined || (!holds && starts))
            expect(result).toEqual(Object.keys(value).length === 0 ? undefined : value);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("split gives the list back, or an issue", async () => {
    await fc.assert(
      fc.asyncProperty(separator, fc.array(piece, { minLength: 1, maxLength: 4 }), async (between, list) => {
        const result = await back(list, split("P", between));
        if (result !== undefined || !list.some((one) => one.includes(between[0] ?? ""))) expect(result).toEqual(list);
      }),
      { numRuns: 400 },
    );
  });

  it("split of parts gives the list back, or an issue", async () => {
    const item = fc.record({ name: piece, value: piece }, { requiredKeys: ["name"] });
    await fc.assert(
      fc.asyncProperty(fc.array(item, { minLength: 1, maxLength: 4 }), async (list) => {
        const result = await back(list, parameters);
        if (result !== undefined) expect(result).toEqual(list);
        else expect(list.some(({ name, value = "" }) => /[:|]/.test(name) || value.includes("|"))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});
