import {
  absent,
  code,
  concat,
  constant,
  decimal,
  each,
  exists,
  fieldIs,
  first,
  has,
  parameter,
  readOnly,
  required,
  text,
  when,
  writeOnly,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, mappingOf, readOne, values } from "../reading.ts";
import { openWriter, writeOne, writerOf, xmlOf } from "./writing.ts";

/** The main price stands in the record, those of lists in elements of their own. */
const prices = concat(
  values({ list: absent(), currency: code("CURRENCY"), gross: decimal("PRICE") }),
  items("LISTS/LIST", { list: text("TITLE"), gross: decimal("PRICE") }),
);

describe("each", () => {
  it("writes one element for each item, in order", () => {
    const fields = { l: items("L/I", { a: text("A"), b: text("@b") }), s: each("S", text(".")) };
    expect(xmlOf({ l: [{ a: "1", b: "2" }, { a: "3" }], s: ["x", "y"] }, fields)).toBe(
      '<R><L><I b="2"><A>1</A></I><I><A>3</A></I></L><S>x</S><S>y</S></R>',
    );
  });

  it("writes lists in lists", () => {
    const fields = {
      l: items("L", { a: text("A"), m: items("M/N", { b: text("B"), o: each("O", text(".")) }) }),
    };
    const record = {
      l: [{ a: "1", m: [{ b: "2", o: ["3", "4"] }, { o: ["5"] }] }, { m: [] }, { a: "6", m: [{ b: "7" }] }],
    };
    expect(xmlOf(record, fields)).toBe(
      "<R><L><A>1</A><M><N><B>2</B><O>3</O><O>4</O></N><N><O>5</O></N></M></L><L><A>6</A><M><N><B>7</B></N></M></L></R>",
    );
  });

  it("writes no more than its limit, and counts the others", () => {
    const writer = writerOf({ l: each("I", text("."), undefined, 2) });
    expect(writer.record({ l: ["a", "b"] }).text).toBe("<R><I>a</I><I>b</I></R>\n");
    expect(writer.counts.unwritten).toEqual({});
    expect(writer.record({ l: ["a", "b", "c", "d"] }).text).toBe("<R><I>a</I><I>b</I></R>\n");
    expect(writer.record({ l: ["a", "b", "c"] }).text).toBe("<R><I>a</I><I>b</I></R>\n");
    expect(writer.counts.unwritten).toEqual({ "l[]": 3 });
    const none = writerOf({ l: each("I", text("."), undefined, 0) });
    expect(none.record({ l: ["a"] }).text).toBe("<R/>\n");
    expect(none.counts.unwritten).toEqual({ "l[]": 1 });
  });

  it("writes an element for each item although nothing in it comes from the item", () => {
    expect(xmlOf({ l: [{}, {}] }, { l: items("I[@a='1']", { b: constant("x") }) })).toBe("<R/>");
    expect(xmlOf({ l: [{ b: "x" }, { b: "x" }] }, { l: items("I[@a='1']", { b: constant("x") }) })).toBe(
      '<R><I a="1"/><I a="1"/></R>',
    );
  });

  it("writes only items that its condition on the item lets through", () => {
    const fields = { l: items("I", { a: text("A") }, fieldIs("n", ">", "1")) };
    const writer = writerOf(fields);
    expect(
      writer.record({
        l: [
          { a: "1", n: "1" },
          { a: "2", n: "2" },
          { a: "3", n: "10" },
        ],
      }).text,
    ).toBe("<R><I><A>2</A></I><I><A>3</A></I></R>\n");
    expect(writer.counts.unwritten).toEqual({ "l[]": 1 });
  });

  it("reads and writes the same at one path by two lists", () => {
    const fields = { a: each("I", text("A")), b: each("I", text("B")) };
    expect(xmlOf({ a: ["1"], b: ["2"] }, fields)).toBe("<R><I><A>1</A></I><I><B>2</B></I></R>");
  });
});

describe("concat", () => {
  it("deals items out to the first part that fits, whatever their order", () => {
    const main = { currency: "CZK", gross: "1" };
    const a = { list: "A", gross: "2" };
    const b = { list: "B", gross: "3" };
    const lists =
      "<LISTS><LIST><TITLE>A</TITLE><PRICE>2</PRICE></LIST><LIST><TITLE>B</TITLE><PRICE>3</PRICE></LIST></LISTS>";
    const expected = `<R><CURRENCY>CZK</CURRENCY><PRICE>1</PRICE>${lists}</R>`;
    for (const order of [
      [main, a, b],
      [a, main, b],
      [a, b, main],
    ])
      expect(xmlOf({ prices: order }, { prices })).toBe(expected);
    expect(xmlOf({ prices: [a, b] }, { prices })).toBe(`<R>${lists}</R>`);
    expect(xmlOf({ prices: [main] }, { prices })).toBe("<R><CURRENCY>CZK</CURRENCY><PRICE>1</PRICE></R>");
    expect(xmlOf({ prices: [] }, { prices })).toBe("<R/>");
    expect(xmlOf({}, { prices })).toBe("<R/>");
    expect(xmlOf({ prices: null }, { prices })).toBe("<R/>");
  });

  it("takes null and an empty text for absent", () => {
    expect(xmlOf({ prices: [{ list: null, gross: "1" }] }, { prices })).toBe("<R><PRICE>1</PRICE></R>");
    expect(xmlOf({ prices: [{ list: "", gross: "1" }] }, { prices })).toBe("<R><PRICE>1</PRICE></R>");
  });

  it("gives a part that is one item only the first that fits", () => {
    const fields = { images: concat(values({ url: text("IMG") }), items("ALT", { url: text(".") })) };
    expect(xmlOf({ images: [{ url: "1" }, { url: "2" }, { url: "3" }] }, fields)).toBe(
      "<R><IMG>1</IMG><ALT>2</ALT><ALT>3</ALT></R>",
    );
  });

  it("does not keep an item for the next record", () => {
    const writer = writerOf({ prices });
    expect(writer.record({ prices: [{ gross: "1" }, { list: "A", gross: "2" }] }).text).toContain("<PRICE>1</PRICE>");
    expect(writer.record({ prices: [{ list: "A", gross: "2" }] }).text).toBe(
      "<R><LISTS><LIST><TITLE>A</TITLE><PRICE>2</PRICE></LIST></LISTS></R>\n",
    );
    expect(writer.record({}).text).toBe("<R/>\n");
    expect(writer.record({ prices: "x" }).text).toBeUndefined();
    expect(writer.record({}).text).toBe("<R/>\n");
  });

  it("does not keep an item for the next item of a list around it", () => {
    const fields = { variants: items("V", { prices }) };
    expect(
      xmlOf({ variants: [{ prices: [{ gross: "1" }] }, {}, { prices: [{ list: "A", gross: "2" }] }] }, fields),
    ).toBe("<R><V><PRICE>1</PRICE></V><V><LISTS><LIST><TITLE>A</TITLE><PRICE>2</PRICE></LIST></LISTS></V></R>");
  });

  it("does not keep what is in an item that a part does not take, nor of the record before", () => {
    const fields = {
      variants: concat(
        values({
          name: absent(),
          images: concat(values({ url: text("IMG") }), items("ALT", { url: text(".") })),
        }),
        items("V", { name: text("NAME") }),
      ),
    };
    expect(xmlOf({ variants: [{ name: "n", images: [{ url: "1" }] }] }, fields)).toBe("<R><V><NAME>n</NAME></V></R>");
    const writer = writerOf(fields);
    expect(writer.record({ variants: [{ images: [{ url: "1" }] }] }).text).toBe("<R><IMG>1</IMG></R>\n");
    expect(writer.record({}).text).toBe("<R/>\n");
  });

  it("takes constants and parameters for what an item must be", () => {
    const fields = {
      l: concat(
        values({ kind: constant("main"), currency: parameter("c"), a: text("A") }),
        values({ kind: constant("main"), sold: constant(true), a: text("B") }),
        items("I", { kind: text("K"), a: text("A") }),
      ),
    };
    const changes = { parameters: { c: { title: "C", default: "CZK" } } };
    const l = [
      { kind: "main", sold: "true", a: "1" },
      { kind: "main", sold: true, a: "2" },
      { kind: "main", currency: "CZK", a: "3" },
      { kind: "other", currency: "CZK", a: "4" },
    ];
    expect(xmlOf({ l }, fields, changes)).toBe(
      "<R><A>3</A><B>2</B><I><K>main</K><A>1</A></I><I><K>other</K><A>4</A></I></R>",
    );
    expect(
      xmlOf({ l: [{ kind: "main", currency: "EUR", a: "1" }] }, fields, {
        ...changes,
        options: { parameters: { c: "EUR" } },
      }),
    ).toBe("<R><A>1</A></R>");
  });

  it("counts items that no part takes, by field", () => {
    const writer = writerOf({
      l: concat(values({ kind: constant("a"), v: text("A") }), values({ kind: constant("b"), v: text("B") })),
    });
    const l = [{ kind: "a", v: "1" }, { kind: "c", v: "2" }, { kind: "a", v: "3" }, null, { kind: "b", v: "4" }];
    expect(writer.record({ l })).toEqual({ text: "<R><A>1</A><B>4</B></R>\n", issues: [] });
    expect(writer.counts.unwritten).toEqual({ "l[]": 3 });
  });

  it("counts an item of a list in a list once", () => {
    const fields = {
      v: items("V", { name: absent(), l: concat(values({ kind: constant("a"), v: text("A") })) }),
    };
    const writer = writerOf(fields);
    expect(writer.record({ v: [{ l: [{ kind: "b" }, { kind: "a", v: "1" }] }] }).text).toBe("<R><V><A>1</A></V></R>\n");
    expect(writer.counts.unwritten).toEqual({ "v[].l[]": 1 });
  });

  it("says once that a list in an item is none", () => {
    const fields = { v: items("V", { name: absent(), l: each("L", text(".")) }) };
    expect(writerOf(fields).record({ v: [{ l: "x" }] }).issues).toHaveLength(1);
  });

  it("deals to parts that conditions on the values around the list let in", () => {
    const fields = {
      l: concat(
        when(has("x"), each("X", text("."))),
        when(fieldIs("y", "=", "1"), each("Y", text("."), undefined, 1), each("Z", text("."), undefined, 1)),
        each("REST", text(".")),
      ),
    };
    expect(xmlOf({ x: "1", l: ["a", "b"] }, fields)).toBe("<R><X>a</X><X>b</X></R>");
    expect(xmlOf({ y: "1", l: ["a", "b"] }, fields)).toBe("<R><Y>a</Y><REST>b</REST></R>");
    expect(xmlOf({ y: "2", l: ["a", "b"] }, fields)).toBe("<R><Z>a</Z><REST>b</REST></R>");
  });

  it("takes an item although a field of it is only read", () => {
    const specs = [
      readOnly(text("B")),
      values({ c: readOnly(text("B")) }),
      when(exists("B"), readOnly(text("B"))),
      when(has("a"), readOnly(text("B")), text("Q")),
      first<string>(readOnly(text("B"))),
    ];
    for (const q of specs)
      expect(xmlOf({ l: [{ a: "1", q: "x" }] }, { l: items("I", { a: text("A"), q }) })).toBe("<R><I><A>1</A></I></R>");
  });

  it("leaves out what is only read, and writes what is only written", () => {
    const fields = {
      l: concat<string>(
        readOnly(each("A", text("."))),
        writeOnly(each("B", text("."), undefined, 1)),
        each("C", text(".")),
      ),
    };
    expect(xmlOf({ l: ["1", "2"] }, fields)).toBe("<R><B>1</B><C>2</C></R>");
  });

  it("nests", () => {
    const fields = { l: concat<string>(concat<string>(text("A"), text("B")), each("C", text("."))) };
    expect(xmlOf({ l: ["1", "2", "3", "4"] }, fields)).toBe("<R><A>1</A><B>2</B><C>3</C><C>4</C></R>");
  });

  it("writes a single text as a part", () => {
    expect(xmlOf({ l: ["1"] }, { l: concat<string>(text("A"), text("B")) })).toBe("<R><A>1</A></R>");
  });
});

describe("required", () => {
  const missing = { code: "FIELD_MISSING", severity: "error" };

  it("keeps a record without an item for the list from being written", () => {
    const fields = { l: required(each("I", text("."))) };
    expect(xmlOf({ l: ["1"] }, fields)).toBe("<R><I>1</I></R>");
    for (const l of [undefined, null, []])
      expect(writeOne({ l }, fields)).toMatchObject({ xml: undefined, issues: [{ ...missing, field: "l" }] });
  });

  it("keeps a record without an item for the part from being written", () => {
    const main = required(values({ list: absent(), gross: decimal("PRICE") }));
    const fields = { prices: concat(main, items("LIST", { list: text("T"), gross: decimal("P") })) };
    expect(xmlOf({ prices: [{ gross: "1" }] }, fields)).toBe("<R><PRICE>1</PRICE></R>");
    for (const prices of [undefined, [], [{ list: "A", gross: "1" }]])
      expect(writeOne({ prices }, fields)).toMatchObject({ xml: undefined, issues: [missing] });
    const writer = writerOf(fields);
    expect(writer.record({ prices: [{ gross: "1" }] }).text).toBeDefined();
    expect(writer.record({}).issues).toMatchObject([missing]);
  });

  it("is for each item of a list around it, said once and by its position", () => {
    const fields = { v: items("V", { name: absent(), l: required(each("I", text("."))) }) };
    expect(writeOne({ v: [{ l: ["1"] }, {}, { l: [] }] }, fields).issues).toMatchObject([
      { ...missing, field: "v[1].l" },
      { ...missing, field: "v[2].l" },
    ]);
  });

  it("reads like what is in it", async () => {
    const fields = { l: required(each("I", text("."))) };
    expect((await readOne("<I>1</I><I>2</I>", fields)).record).toEqual({ l: ["1", "2"] });
    expect((await readOne("", fields)).record).toEqual({ l: [] });
  });
});

describe("alternatives that are lists", () => {
  const l = ["1", "2"];

  it("write to the first of them, alone or as a part", () => {
    const either = first<string[]>(each("A", text(".")), each("B", text(".")));
    expect(xmlOf({ l }, { l: either })).toBe("<R><A>1</A><A>2</A></R>");
    expect(xmlOf({ l }, { l: concat<string>(either, text("C")) })).toBe("<R><A>1</A><A>2</A></R>");
  });

  it("may be one item, or several", () => {
    const fields = {
      l: when<string[]>(has("one"), values({ v: text("ONE") }) as never, items("I", { v: text(".") }) as never),
    };
    expect(xmlOf({ one: "x", l: [{ v: "1" }] }, fields)).toBe("<R><ONE>1</ONE></R>");
    expect(xmlOf({ l: [{ v: "1" }, { v: "2" }] }, fields)).toBe("<R><I>1</I><I>2</I></R>");
    expect(xmlOf({ l: [{ v: "1" }, { v: "2" }] }, { l: concat(fields.l as never) })).toBe("<R><I>1</I><I>2</I></R>");
  });
});

describe("what is dealt out", () => {
  it("is nothing where nothing was, although the item could hold a list", async () => {
    const l = concat(
      values({ kind: absent(), name: text("N"), tags: each("T", text(".")) }),
      items("I", { kind: text("K") }),
    );
    expect((await readOne("", { l })).record).toEqual({ l: [] });
    expect((await readOne("<I><K>k</K></I>", { l })).record).toEqual({ l: [{ kind: "k" }] });
    expect((await readOne("<T>t</T>", { l })).record).toEqual({ l: [{ tags: ["t"] }] });
  });

  it("is read back", async () => {
    const mapping = mappingOf({ prices });
    const record = {
      prices: [
        { currency: "CZK", gross: "1" },
        { list: "A", gross: "2" },
        { list: "B", gross: "3" },
      ],
    };
    const { text: xml = "" } = openWriter(mapping).record(record);
    const content = xml.replace(/^<R>|<\/R>\n$/g, "");
    expect((await readOne(content, { prices })).record).toEqual(record);
  });
});
