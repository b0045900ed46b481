import {
  boolean,
  code,
  type Codec,
  concat,
  custom,
  date,
  dateTime,
  decimal,
  each,
  integer,
  Invalid,
  oneOf,
  text,
  vatRate,
} from "propojka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { items } from "../reading.ts";
import { openWriter, writeOne, xmlOf } from "./writing.ts";

const one = (value: unknown, spec: object): ReturnType<typeof writeOne> => writeOne({ v: value }, { v: spec });

describe("no value", () => {
  it.each([undefined, null])("is no element for %s, unless it shall be an empty one", (value) => {
    expect(one(value, text("A"))).toEqual({ xml: "<R/>", issues: [] });
    expect(one(value, text("A", { missing: "empty" }))).toEqual({ xml: "<R><A/></R>", issues: [] });
    expect(one(value, text("A/@a", { missing: "empty" }))).toEqual({ xml: '<R><A a=""/></R>', issues: [] });
    expect(one(value, text("A", { blank: "empty" }))).toEqual({ xml: "<R/>", issues: [] });
  });

  it("is an error where the file cannot do without it", () => {
    const issue = { code: "FIELD_MISSING", severity: "error", field: "v", message: "the file cannot do without it" };
    for (const value of [undefined, null, ""])
      expect(one(value, text("A", { required: true }))).toEqual({ xml: undefined, issues: [issue] });
    expect(one("", text("A", { required: true, blank: "empty" })).issues).toEqual([issue]);
    expect(one("0", text("A", { required: true }))).toEqual({ xml: "<R><A>0</A></R>", issues: [] });
    expect(one(false, boolean("A", { required: true }))).toEqual({ xml: "<R><A>0</A></R>", issues: [] });
  });

  it("of a required field inside nothing is missing, too", () => {
    const fields = { a: { b: text("A/B", { required: true }) } };
    expect(writeOne({}, fields).issues).toMatchObject([{ code: "FIELD_MISSING", field: "a.b" }]);
    expect(writeOne({ a: null }, fields).issues).toMatchObject([{ code: "FIELD_MISSING", field: "a.b" }]);
  });

  it("of an item is an error of that item", () => {
    const fields = { l: items("I", { a: text("A", { required: true }) }) };
    expect(writeOne({ l: [{ a: "1" }, {}, { a: "" }] }, fields)).toMatchObject({
      xml: undefined,
      issues: [{ field: "l[1].a" }, { field: "l[2].a" }],
    });
    expect(writeOne({}, fields)).toEqual({ xml: "<R/>", issues: [] });
  });
});

describe("an empty text", () => {
  it("is no element, unless an empty one erases what the shop has", () => {
    expect(one("", text("A"))).toEqual({ xml: "<R/>", issues: [] });
    expect(one("", text("A", { blank: "empty" }))).toEqual({ xml: "<R><A/></R>", issues: [] });
    expect(one("", text("A/@a", { blank: "empty" }))).toEqual({ xml: '<R><A a=""/></R>', issues: [] });
    expect(one("", text("A", { missing: "empty" }))).toEqual({ xml: "<R><A/></R>", issues: [] });
    expect(one("", text("A", { blank: "empty", cdata: true }))).toEqual({ xml: "<R><A/></R>", issues: [] });
  });

  it("is what is left where XML can hold no character of it: it erases nothing", () => {
    const lost = { code: "CHARACTER_LOST", severity: "warning", field: "v" };
    expect(one("\0", text("A"))).toMatchObject({ xml: "<R/>", issues: [lost] });
    expect(one("\0", text("A", { cdata: true }))).toMatchObject({ xml: "<R/>", issues: [lost] });
    expect(one("\0", text("A", { blank: "empty" }))).toMatchObject({ xml: "<R><A/></R>", issues: [lost] });
  });

  it("is left in no attribute, and in no element that has attributes, either", () => {
    expect(one("\0", text("A/@a")).xml).toBe("<R/>");
    expect(writeOne({ v: "\0" }, { v: text("A"), w: text("A/@a") }).xml).toBe("<R/>");
  });

  it("that is left of a required one keeps the record from being written", () => {
    expect(one("\0", text("A", { required: true })).xml).toBeUndefined();
  });
});

describe("also", () => {
  const fields = { v: code("A", { also: ["@id", "B/C"], required: true, maxLength: 3, missing: "empty" }) };

  it("writes the text in further places", () => {
    expect(xmlOf({ v: "a&b" }, fields)).toBe('<R id="a&amp;b"><A>a&amp;b</A><B><C>a&amp;b</C></B></R>');
    const list = { l: items("I", { v: text(".", { also: ["@v"] }) }) };
    expect(xmlOf({ l: [{ v: "1" }, {}, { v: "2" }] }, list)).toBe('<R><I v="1">1</I><I v="2">2</I></R>');
  });

  it("says once what is wrong", () => {
    for (const v of [undefined, "long", 5, "a b"]) expect(writeOne({ v }, fields).issues, String(v)).toHaveLength(1);
    const options = { forbidden: "error" } as const;
    expect(writeOne({ v: "\0" }, { v: text("A", { also: ["@id"] }) }, { options }).issues).toHaveLength(1);
  });

  it("takes no path that cannot be written", () => {
    expect(() => writeOne({}, { v: text("A", { also: ["*"] }) })).toThrow('"*"');
  });
});

describe("cdata", () => {
  it("writes the text as a section", () => {
    expect(xmlOf({ v: "<b>a</b>" }, { v: text("A", { cdata: true }) })).toBe("<R><A><![CDATA[<b>a</b>]]></A></R>");
  });

  it("is for the text of an element, beside attributes", () => {
    const fields = { a: text("A/@a", { cdata: true }), v: text("A", { cdata: true }) };
    expect(xmlOf({ a: "<", v: "<" }, fields)).toBe('<R><A a="&lt;"><![CDATA[<]]></A></R>');
  });
});

describe("maxLength", () => {
  const fields = { v: text("A", { maxLength: 5 }) };

  it("lets through what is no longer", () => {
    expect(writeOne({ v: "abcde" }, fields)).toEqual({ xml: "<R><A>abcde</A></R>", issues: [] });
  });

  it("keeps a record with a longer text from being written", () => {
    expect(writeOne({ v: "abcdef" }, fields)).toEqual({
      xml: undefined,
      issues: [
        {
          code: "FIELD_TOO_LONG",
          severity: "error",
          field: "v",
          message: "expected at most 5 characters, got 6",
          raw: "abcdef",
        },
      ],
    });
  });

  it("leaves the field out with a warning, if asked to", () => {
    expect(one("abcdef", text("A", { maxLength: 5, invalid: "warning" }))).toMatchObject({
      xml: "<R/>",
      issues: [{ code: "FIELD_TOO_LONG", severity: "warning" }],
    });
  });

  it("cuts a longer text with a warning, if asked to, and no white space or half a character stays at its end", () => {
    const cut = (value: string): unknown => one(value, text("A", { maxLength: 5, tooLong: "cut" }));
    const issues = [
      { code: "FIELD_TOO_LONG", severity: "warning", message: expect.stringMatching(/; cut$/) as string },
    ];
    expect(cut("abcdef")).toMatchObject({ xml: "<R><A>abcde</A></R>", issues });
    expect(cut("abc  def")).toMatchObject({ xml: "<R><A>abc</A></R>", issues });
    expect(cut("abcd😀")).toMatchObject({ xml: "<R><A>abcd</A></R>", issues });
    expect(cut("abc😀d")).toMatchObject({ xml: "<R><A>abc😀</A></R>", issues });
  });

  it("counts what the codec gives, not what it costs to escape it", () => {
    expect(xmlOf({ v: "&&&&&" }, fields)).toBe("<R><A>&amp;&amp;&amp;&amp;&amp;</A></R>");
    expect(xmlOf({ v: "1.005" }, { v: decimal("A", { scale: 2, maxLength: 4 }) })).toBe("<R><A>1.01</A></R>");
  });

  it("never gives more than it says", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 12 }),
        fc.integer({ min: 1, max: 8 }),
        (value, maxLength) => {
          const { xml = "" } = one(value, text("A/@a", { maxLength, tooLong: "cut", missing: "empty" }));
          const written = /a="(.*)"/s.exec(xml)?.[1]?.replace(/&#?\w+;/g, "x");
          expect(written?.length ?? 0).toBeLessThanOrEqual(maxLength);
          expect(written ?? "").not.toMatch(/\p{Cs}/u);
        },
      ),
    );
  });
});

describe("allowed", () => {
  const options = { allowed: "^[A-Z]{1,5}$" };

  it("lets through what matches", () => {
    expect(one("ABC", text("A", options))).toEqual({ xml: "<R><A>ABC</A></R>", issues: [] });
  });

  it("keeps a record with anything else from being written", () => {
    expect(one("abc", text("A", options))).toEqual({
      xml: undefined,
      issues: [
        {
          code: "FIELD_INVALID",
          severity: "error",
          field: "v",
          message: 'expected a text that matches ^[A-Z]{1,5}$, got "abc"',
          raw: "abc",
        },
      ],
    });
  });

  it("leaves the field out with a warning, if asked to", () => {
    expect(one("abc", text("A", { ...options, invalid: "warning" }))).toMatchObject({
      xml: "<R/>",
      issues: [{ code: "FIELD_INVALID", severity: "warning" }],
    });
  });

  it("looks at what is written, after the codec and after a cut", () => {
    expect(one("abc", code("A", { ...options, upper: true })).xml).toBe("<R><A>ABC</A></R>");
    const cut = { ...options, maxLength: 3, tooLong: "cut" } as const;
    expect(one("ABCDEFG", text("A", cut)).xml).toBe("<R><A>ABC</A></R>");
    expect(one("ab!cdefg", text("A", cut)).xml).toBeUndefined();
  });

  it("takes the pattern with the flag u, and says nothing of the value before", () => {
    const spec = text("A", { allowed: "^\\p{Lu}.$" });
    expect(one("Ž😀", spec).xml).toBe("<R><A>Ž😀</A></R>");
    expect(writeOne({ l: ["Ab", "Ab"] }, { l: each("A", text(".", { allowed: "b" })) }).issues).toEqual([]);
  });
});

describe("a required field", () => {
  it("whose value cannot be written keeps the record out, whatever else invalid values do", () => {
    expect(one("abc", text("A", { required: true, allowed: "^x", invalid: "warning" })).xml).toBeUndefined();
    expect(one("abc", text("A", { required: true, maxLength: 2, invalid: "warning" })).xml).toBeUndefined();
    expect(one("abc", decimal("A", { required: true, invalid: "warning" })).xml).toBeUndefined();
  });
});

describe("codecs", () => {
  it.each<[string, unknown, object, string]>([
    ["decimal", "199.5", decimal("A", { scale: 2 }), "199.50"],
    ["decimal, rounded", "0.125", decimal("A", { scale: 2, rounding: "halfEven" }), "0.12"],
    ["decimal with a comma", "-1234.5", decimal("A", { separator: "," }), "-1234,5"],
    ["decimal without zeros", "2.50", decimal("A", { trimZeros: true }), "2.5"],
    ["integer", "5.000", integer("A"), "5"],
    ["boolean", true, boolean("A"), "1"],
    ["boolean in words", false, boolean("A", { true: ["ano"], false: ["ne"] }), "ne"],
    ["date", "2026-03-04", date("A", { formats: ["d.M.yyyy", "yyyy-MM-dd"] }), "4.3.2026"],
    [
      "dateTime",
      "2026-03-04T18:22:09+01:00",
      dateTime("A", { formats: ["yyyy-MM-dd HH:mm:ss"] }),
      "2026-03-04 18:22:09",
    ],
    ["vatRate", "21", vatRate("A", { notation: "index", index: { 2: "12", 1: "21" } }), "1"],
    ["oneOf", "new", oneOf("A", { nové: "new", nový: "new", bazar: "used" }), "nové"],
  ])("write %s in their first form", (_, value, spec, expected) => {
    expect(xmlOf({ v: value }, { v: spec })).toBe(`<R><A>${expected}</A></R>`);
  });

  it.each<[string, unknown, object]>([
    ["decimal", "1,5", decimal("A")],
    ["decimal", "1e3", decimal("A")],
    ["decimal", "<&>", decimal("A")],
    ["integer", "1.5", integer("A")],
    ["date", "2026-02-30", date("A")],
    ["dateTime", "2026-03-04", dateTime("A")],
    ["vatRate", "101", vatRate("A")],
    ["code", "a b", code("A")],
    ["NaN as text", "NaN", decimal("A")],
  ])("refuse what is no %s: %s", (_, value, spec) => {
    expect(one(value, spec)).toMatchObject({
      xml: undefined,
      issues: [{ code: "FIELD_INVALID", severity: "error", field: "v", raw: value }],
    });
  });

  it("say the code of a word that is not among those known", () => {
    expect(one("broken", oneOf("A", { nové: "new" }))).toMatchObject({
      xml: undefined,
      issues: [{ code: "FIELD_UNKNOWN_VALUE", severity: "error", field: "v" }],
    });
  });

  it("of the host's own take values of any type", () => {
    const stars: Codec<number> = {
      decode: (raw) => raw.length,
      encode: (value) => (value > 5 ? new Invalid("at most 5") : "*".repeat(value)),
    };
    const fields = { v: custom<number>("stars", "A") };
    const options = { codecs: { stars: stars as Codec } };
    expect(writeOne({ v: 3 }, fields, { options })).toEqual({ xml: "<R><A>***</A></R>", issues: [] });
    expect(writeOne({ v: 6 }, fields, { options })).toMatchObject({
      issues: [{ message: "expected at most 5, got 6" }],
    });
  });
});

describe("issues", () => {
  it("carry the record's key", () => {
    const fields = { number: text("N"), v: decimal("A") };
    expect(writeOne({ number: "7", v: "x" }, fields).issues).toMatchObject([{ key: "7" }]);
    expect(writeOne({ number: 7, v: "x" }, fields).issues[0]).not.toHaveProperty("key");
    expect(writeOne({ sku: "s", v: "x" }, fields, { key: "sku" }).issues).toMatchObject([{ key: "s" }]);
    expect(writeOne({ code: "c", v: "x" }, fields, { target: "product" }).issues).toMatchObject([{ key: "c" }]);
  });

  it("name fields in lists by their positions in the record", () => {
    const fields = {
      variants: items("V", {
        prices: concat({ list: { type: "absent" }, gross: decimal("P") }, items("L", { gross: decimal("G") })),
        tags: each("T", text(".", { maxLength: 2 })),
      }),
    };
    const record = {
      variants: [
        {},
        { prices: [{ list: "A", gross: "1" }, { list: "B", gross: "x" }, { gross: "y" }], tags: ["ok", "long"] },
      ],
    };
    expect(
      writeOne(record, fields)
        .issues.map(({ field }) => field)
        .sort(),
    ).toEqual(["variants[1].prices[1].gross", "variants[1].prices[2].gross", "variants[1].tags[1]"]);
  });

  it("do not stay for the next record", () => {
    const writer = openWriter({ target: "custom", record: "/S/R", fields: { v: decimal("A") as never } });
    expect(writer.record({ v: "x" }).issues).toHaveLength(1);
    expect(writer.record({ v: "1" })).toEqual({ text: "<R><A>1</A></R>\n", issues: [] });
  });

  it("show long values in part", () => {
    const { issues } = one("x".repeat(1000), decimal("A"));
    expect(issues[0]?.message.length).toBeLessThan(200);
    expect(issues[0]?.raw).toHaveLength(200);
  });
});
