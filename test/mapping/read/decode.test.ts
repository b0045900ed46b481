import {
  all,
  any,
  code,
  type Codec,
  compared,
  concat,
  constant,
  type Condition,
  custom,
  date,
  dateTime,
  decimal,
  each,
  equals,
  exists,
  first,
  Invalid,
  join,
  lookup,
  matches,
  not,
  oneOf,
  parameter,
  parameterIs,
  split,
  template,
  text,
  when,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, mappingOf, readAll, readOne, valueOf, type Values, values } from "../reading.ts";

describe("a field", () => {
  it.each([
    ["<A>x</A>", {}, "x"],
    ["<A> x </A>", {}, "x"],
    ["<A><![CDATA[ x & y ]]></A>", {}, "x & y"],
    ["<A>x &amp; y</A>", {}, "x & y"],
    ["", {}, undefined],
    ["<A/>", {}, undefined],
    ["<A></A>", {}, undefined],
    ["<A>  \n </A>", {}, undefined],
    ["<A>\u00a0</A>", {}, undefined],
    ["<A>\u2003</A>", {}, undefined],
    ["", { default: "d" }, "d"],
    ["<A/>", { default: "d" }, "d"],
    ["", { empty: "e" }, undefined],
    ["<A/>", { empty: "e" }, "e"],
    ["<A>\u2003</A>", { empty: "e" }, "e"],
    ["", { default: "d", empty: "e" }, "d"],
    ["<A/>", { default: "d", empty: "e" }, "e"],
    ["<A> </A>", { default: "d", empty: "e" }, "e"],
    ["<A>x</A>", { default: "d", empty: "e" }, "x"],
    ["", { default: { parameter: "p" } }, "from p"],
    ["<A/>", { empty: { parameter: "p" } }, "from p"],
    ["<A/>", { default: "d", empty: { parameter: "nothing" } }, undefined],
  ])("missing, empty and value are three states: %j with %j is %j", async (content, options, expected) => {
    const parameters = { p: { title: "P", default: "from p" }, nothing: { title: "N", default: "" } };
    expect(await valueOf(content, text("A", options), { parameters })).toBe(expected);
    // Two paths go another way through the code than one.
    expect(await valueOf(content, text(["NONE", "A"], options), { parameters })).toBe(expected);
  });

  it("leaves out what has no value, and objects of nothing but that", async () => {
    const fields = { a: text("A"), b: text("B"), inner: { c: text("C"), deeper: { d: text("D") } } };
    expect(await readOne("<A>1</A>", fields)).toEqual({ record: { a: "1" }, issues: [] });
    expect(await readOne("<D>4</D>", fields)).toEqual({ record: { inner: { deeper: { d: "4" } } }, issues: [] });
    expect(await readOne("", fields)).toEqual({ record: {}, issues: [] });
  });

  it("has a default for an empty text, and for a text that stands for no value", async () => {
    expect(await valueOf("<A>0000-00-00</A>", date("A", { default: "2000-01-01" }))).toBe("2000-01-01");
    expect(await valueOf("<A>0000-00-00</A>", date("A"))).toBeUndefined();
    expect(await valueOf("<A/>", decimal("A", { empty: "0" }))).toBe("0");
  });

  it("has no default for a text that it cannot read", async () => {
    const { record, issues } = await readOne("<A>x</A>", { value: decimal("A", { default: "0", empty: "1" }) });
    expect(record).toEqual({});
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", severity: "error", field: "value", raw: "x" }]);
  });

  it("takes the first path that holds text", async () => {
    const spec = text(["A", "B/@b", "C"]);
    expect(await valueOf('<A/><B b="2"/><C>3</C>', spec)).toBe("2");
    expect(await valueOf('<C>3</C><B b=" "/><A> </A>', spec)).toBe("3");
    expect(await valueOf('<A>1</A><B b="2"/>', spec)).toBe("1");
    expect(await valueOf("<A/>", text(["A", "B"], { default: "d", empty: "e" }))).toBe("e");
  });

  it("reads the first of several elements of one name", async () => {
    expect(await valueOf("<A>1</A><A>2</A>", text("A"))).toBe("1");
    expect(await valueOf("<A><B/></A><A><B>2</B></A>", text("A[B!='']/B"))).toBe("2");
  });

  it("reads attributes, own text, and text around elements", async () => {
    const fields = { id: code("@id"), own: text("."), kind: text("A/@kind"), deep: text("A") };
    const { records } = await readAll('<S><R id="7">one <A kind="k">two</A> three</R></S>', mappingOf(fields));
    expect(records).toEqual([{ id: "7", own: "one two three", kind: "k", deep: "two" }]);
  });

  it("reads elements without regard to letter case where the mapping says so", async () => {
    const fields = { a: text("Order/Code"), b: text("ITEM/@Id"), list: each("Item", text("NAME")) };
    const content = '<ORDER><CODE>1</CODE></ORDER><item ID="2"><Name>x</Name></item>';
    expect((await readOne(content, fields, { ignoreCase: true, record: "/s/r" })).record).toEqual({
      a: "1",
      b: "2",
      list: ["x"],
    });
    expect((await readOne(content, fields)).record).toEqual({ list: [] });
  });
});

describe("predicates", () => {
  const content =
    '<P k="a"><N>Color</N><V>red</V></P><P k="b"><N> Size </N><V>XL</V></P><P><N>Size</N><V>42</V><X/></P><P k=""><V>none</V></P>';

  it.each([
    ["P[N='Color']/V", "red"],
    ["P[N='Size']/V", "XL"],
    ["P[N='size']/V", undefined],
    ["P[N!='Color']/V", "XL"],
    ["P[@k='b']/V", "XL"],
    ["P[@k!='a']/V", "XL"],
    ["P[@k='']/V", "none"],
    ["P[X]/V", "42"],
    ["P[@k]/V", "red"],
    ["P[1]/V", "red"],
    ["P[3]/V", "42"],
    ["P[5]/V", undefined],
    ["P[N='Size'][2]/V", "42"],
    ["P[2][N='Size']/V", "XL"],
    ["P[2][N='Color']/V", undefined],
    ["P[N='Size' and X]/V", "42"],
    ["P[N='Size' and @k='a']/V", undefined],
    ["P[V='42']/N", "Size"],
    ["P[V[.='XL']]/@k", "b"],
    ["P/V[.='XL']", "XL"],
    ["P[N='Nothing']/V", undefined],
    ["P[N='Color']", "Colorred"],
  ])("%s gives %j", async (path, expected) => {
    expect((await valueOf(content, text(path))) ?? "").toBe(expected ?? "");
  });

  it("goes on to the next element where the first that passes has no such text", async () => {
    expect(await valueOf("<P><N>x</N></P><P><N>x</N><V>2</V></P>", text("P[N='x']/V"))).toBe("2");
  });

  it("works in lists", async () => {
    expect(await valueOf(content, each("P[N='Size']", text("V")))).toEqual(["XL", "42"]);
    const nested = "<G><I><T>a</T><N>1</N></I></G><G><I><T>b</T><N>2</N></I><I><T>a</T><N>3</N></I></G>";
    expect(await valueOf(nested, each("G/I[T='a']", text("N")))).toEqual(["1", "3"]);
    expect(await valueOf(nested, each("G[I/T='b']/I", text("N")))).toEqual(["2", "3"]);
  });

  it("does not lose its place where an item looks at its neighbours", async () => {
    const content = "<I><C>a</C><N>1</N></I><I><C>b</C><N>2</N></I><I><C>c</C><N>3</N></I>";
    const item = { other: text("../I[C='b']/N"), name: decimal("N"), again: text(["C"]) };
    expect(await valueOf(content, items("I", item))).toEqual([
      { other: "2", name: "1", again: "a" },
      { other: "2", name: "2", again: "b" },
      { other: "2", name: "3", again: "c" },
    ]);
  });
});

describe("paths that leave the element", () => {
  it("go from an item up to its parents", async () => {
    const content = "<VAT>21</VAT><BOX><NO>7</NO><I><N>a</N></I><I><N>b</N></I></BOX>";
    const item = { name: text("N"), box: text("../NO"), vat: text("../../VAT"), id: text("../../@id") };
    const { records } = await readAll(`<S><R id="1">${content}</R></S>`, mappingOf({ list: items("BOX/I", item) }));
    expect(records).toEqual([
      {
        list: [
          { name: "a", box: "7", vat: "21", id: "1" },
          { name: "b", box: "7", vat: "21", id: "1" },
        ],
      },
    ]);
  });

  it("each item has its own parent", async () => {
    const content = "<BOX><NO>1</NO><I>a</I><I>b</I></BOX><BOX><NO>2</NO><I>c</I></BOX>";
    const item = { box: text("../NO"), name: text(".") };
    expect(await valueOf(content, items("BOX[NO]/I", item))).toEqual([
      { box: "1", name: "a" },
      { box: "1", name: "b" },
      { box: "2", name: "c" },
    ]);
  });

  it("go to the document, for what stands before the records", async () => {
    const fields = { version: text("/S/@v"), shop: text("/S/HEAD/SHOP"), late: text("/S/FOOT"), n: text("N") };
    const { records } = await readAll(
      '<S v="2"><HEAD><SHOP>Vzor</SHOP></HEAD><R><N>1</N></R><R><N>2</N></R><FOOT>x</FOOT></S>',
      mappingOf(fields),
    );
    expect(records).toEqual([
      { version: "2", shop: "Vzor", n: "1" },
      { version: "2", shop: "Vzor", n: "2" },
    ]);
  });

  it("go to the document from items too", async () => {
    expect(
      await valueOf("<I/><I/>", items("I", { shop: text("/S/HEAD"), none: text("X") }), {
        around: "<HEAD>Vzor</HEAD>",
      }),
    ).toEqual([{ shop: "Vzor" }, { shop: "Vzor" }]);
  });
});

describe("lists", () => {
  const item = { name: text("N") };

  it("each gives one item for each element, in document order", async () => {
    expect(await valueOf("<I><N>a</N></I><X/><I><N>b</N></I>", items("I", item))).toEqual([
      { name: "a" },
      { name: "b" },
    ]);
    expect(await valueOf("", items("I", item))).toEqual([]);
    expect(await valueOf("<I>a</I><I/><I>c</I>", each("I", text(".")))).toEqual(["a", "c"]);
  });

  it("each takes the elements of the first path that has any", async () => {
    const spec = items(["A/I", "B/I"], item);
    expect(await valueOf("<A/><B><I><N>b</N></I></B>", spec)).toEqual([{ name: "b" }]);
    expect(await valueOf("<A><I><N>a</N></I></A><B><I><N>b</N></I></B>", spec)).toEqual([{ name: "a" }]);
  });

  it("each leaves out items by a condition, which starts at the item", async () => {
    const content = "<I><N>a</N><T>x</T></I><I><N>b</N></I>";
    expect(await valueOf(content, items("I", item, exists("T")))).toEqual([{ name: "a" }]);
    expect(await valueOf(content, items("I", item, not(exists("T"))))).toEqual([{ name: "b" }]);
    expect(await valueOf(content, items("I", item, equals("../FLAG", "1")))).toEqual([]);
  });

  it("lists lie in lists", async () => {
    const spec = items("G", { name: text("@n"), items: items("I", { name: text("."), group: text("../@n") }) });
    expect(await valueOf('<G n="1"><I>a</I><I>b</I></G><G n="2"/><G n="3"><I>c</I></G>', spec)).toEqual([
      {
        name: "1",
        items: [
          { name: "a", group: "1" },
          { name: "b", group: "1" },
        ],
      },
      { name: "2", items: [] },
      { name: "3", items: [{ name: "c", group: "3" }] },
    ]);
  });

  it("concat puts lists and single items one after the other", async () => {
    const spec = concat<Values>(
      items("I", item),
      when(exists("FEE"), values({ name: constant("fee"), price: decimal("FEE") })),
      values({ name: text("LAST") }),
    );
    expect(await valueOf("<I><N>a</N></I><FEE>5</FEE>", spec)).toEqual([{ name: "a" }, { name: "fee", price: "5" }]);
    expect(await valueOf("<LAST>z</LAST><I><N>a</N></I>", spec)).toEqual([{ name: "a" }, { name: "z" }]);
    expect(await valueOf("", spec)).toEqual([]);
  });

  it("concat says in issues which item it is", async () => {
    const spec = concat<Values>(
      items("I", { q: decimal("Q") }),
      values({ kind: constant("fee"), q: decimal("FEE") }),
      when<Values | Values[]>(exists("NEVER"), items("J", {}), values({ kind: constant("fee"), q: decimal("PAY") })),
      when<Values | Values[]>(exists("FEE"), values({ q: decimal("MORE") }), items("J", {})),
    );
    const content = "<I><Q>1</Q></I><I><Q>x</Q></I><FEE>y</FEE><PAY>z</PAY><MORE>w</MORE>";
    const { issues } = await readOne(content, { list: spec });
    expect(issues.map(({ field, raw }) => [field, raw])).toEqual([
      ["list[1].q", "x"],
      ["list[2].q", "y"],
      ["list[3].q", "z"],
      ["list[4].q", "w"],
    ]);
  });

  it("when chooses whole lists", async () => {
    const spec = when(exists("A"), each("A", text(".")), each("B", text(".")));
    expect(await valueOf("<A>1</A><B>2</B>", spec)).toEqual(["1"]);
    expect(await valueOf("<B>2</B><B>3</B>", spec)).toEqual(["2", "3"]);
    expect(await valueOf("<B>2</B>", when(exists("A"), each("A", text("."))))).toBeUndefined();
  });

  it("first takes the first list that has items", async () => {
    const spec = first<string[]>(each("A", text(".")), each("B", text(".")));
    expect(await valueOf("<A>1</A><B>2</B>", spec)).toEqual(["1"]);
    expect(await valueOf("<B>2</B>", spec)).toEqual(["2"]);
    expect(await valueOf("", spec)).toEqual([]);
    expect(await valueOf("<B>2</B><C>3</C>", concat<string>(spec, text("C")))).toEqual(["2", "3"]);
  });

  it("split gives the pieces of a text", async () => {
    expect(await valueOf("<A>a; b;;c ;</A>", split("A", ";"))).toEqual(["a", "b", "c"]);
    expect(await valueOf("<A>a</A>", split("A", ";"))).toEqual(["a"]);
    expect(await valueOf("", split("A", ";"))).toEqual([]);
    expect(await valueOf("<A/><B>x|y</B>", split(["A", "B"], "|"))).toEqual(["x", "y"]);
    expect(await valueOf("<A>a,b</A><B>c</B>", concat<string>(split("A", ","), text("B")))).toEqual(["a", "b", "c"]);
  });
});

describe("texts put together", () => {
  it("join leaves out what is empty", async () => {
    const spec = join(" ", "STREET", "NO");
    expect(await valueOf("<STREET>Dlouhá</STREET><NO>5</NO>", spec)).toBe("Dlouhá 5");
    expect(await valueOf("<NO> 5 </NO>", spec)).toBe("5");
    expect(await valueOf("<STREET/><NO> </NO>", spec)).toBeUndefined();
    expect(await valueOf("<A>1,50</A>", join("-", constant("x"), decimal("A")))).toBe("x-1.50");
  });

  it("template fills in paths", async () => {
    const spec = template("{FIRST} {LAST/@x} ({NO})");
    expect(await valueOf('<FIRST>Eva</FIRST><LAST x="Vzorová"/><NO>1</NO>', spec)).toBe("Eva Vzorová (1)");
    expect(await valueOf("<NO>1</NO>", spec)).toBe("(1)");
    expect(await valueOf("<FIRST/>", spec)).toBeUndefined();
    expect(await valueOf("<A> x </A>", template("{A}"))).toBe("x");
  });

  it("first gives the first value", async () => {
    const spec = first(decimal("A"), decimal("B/@b"), constant("0"));
    expect(await valueOf('<A>1</A><B b="2"/>', spec)).toBe("1");
    expect(await valueOf('<B b="2"/>', spec)).toBe("2");
    expect(await valueOf("", spec)).toBe("0");
    const nested = first(values({ x: text("A") }), values({ x: text("B"), y: constant("1") }));
    expect(await valueOf("<B>b</B>", nested)).toEqual({ x: "b", y: "1" });
  });

  it("constant and parameter stand for themselves", async () => {
    const parameters = { p: { title: "P", default: "d" } };
    expect(await valueOf("", constant(true))).toBe(true);
    expect(await valueOf("", parameter("p"), { parameters })).toBe("d");
    expect(await valueOf("", parameter("p"), { parameters, options: { parameters: { p: "g" } } })).toBe("g");
    expect(await valueOf("", parameter("p"), { parameters, options: { parameters: { p: "" } } })).toBeUndefined();
  });
});

describe("conditions", () => {
  const content = '<A>x</A><E/><B b="2">10,50</B><D>2026-03-04</D><T>2026-03-04 12:00:00</T><N>-5</N><W> Storno  </W>';
  const parameters = { mode: { title: "Mode", default: "on" }, none: { title: "None", default: "" } };

  it.each<[Condition, boolean]>([
    [exists("A"), true],
    [exists("E"), false],
    [exists("NONE"), false],
    [exists(["NONE", "A"]), true],
    [exists("B/@b"), true],
    [equals("A", "x"), true],
    [equals("A", "X"), false],
    [equals("A", ["y", "x"]), true],
    [equals("W", "Storno"), true],
    [equals("NONE", ""), true],
    [equals("A", { parameter: "mode" }), false],
    [equals("NONE", { parameter: "none" }), true],
    [matches("A", "^[xyz]$"), true],
    [matches("W", "^storno$"), false],
    [matches("W", "^storno$", "i"), true],
    [matches("NONE", "^$"), true],
    [compared(decimal("B"), ">", "10"), true],
    [compared(decimal("B"), "=", "10.5"), true],
    [compared(decimal("B"), "!=", "10.5"), false],
    [compared(decimal("B"), "<", "9"), false],
    [compared(decimal("B"), "<=", "10.50"), true],
    [compared(decimal("B"), ">=", "10.51"), false],
    [compared(decimal("N"), "<", "0"), true],
    [compared(decimal("NONE"), "<", "0"), false],
    [compared(decimal("NONE"), "!=", "0"), false],
    [compared(date("D"), "<", "2026-03-05"), true],
    [compared(date("D"), ">=", "2026-03-04"), true],
    [compared(dateTime("T"), "<", "2026-03-04T11:00:01Z"), true],
    [compared(dateTime("T"), "=", "2026-03-04T11:00:00Z"), true],
    [compared(text("A"), "=", "x"), true],
    [compared(text("A"), "=", { parameter: "mode" }), false],
    [compared(text("A"), "!=", { parameter: "none" }), false],
    [parameterIs("mode", "on"), true],
    [parameterIs("mode", "off"), false],
    [parameterIs("none", ""), true],
    [not(exists("A")), false],
    [all(exists("A"), exists("B")), true],
    [all(exists("A"), exists("E")), false],
    [any(exists("E"), exists("B")), true],
    [any(exists("E"), exists("NONE")), false],
    [all(any(exists("E"), equals("A", "x")), not(equals("A", "y"))), true],
  ])("%j is %j", async (condition, expected) => {
    expect(await valueOf(content, when(condition, constant(true), constant(false)), { parameters })).toBe(expected);
  });

  it("give the same for every record, whatever flags a pattern has", async () => {
    const { records } = await readAll(
      "<S><R><A>x</A></R><R><A>x</A></R><R><A>x</A></R></S>",
      mappingOf({ value: when(matches("A", "x", "g"), constant(true), constant(false)) }),
    );
    expect(records).toEqual([{ value: true }, { value: true }, { value: true }]);
  });

  it("make an issue of the field that depends on a text which they cannot compare", async () => {
    const fields = {
      fee: when(compared(decimal("FEE"), ">", "0"), constant("x")),
      list: items("I", { n: text("N") }, compared(decimal("Q"), ">", "0")),
    };
    const { record, issues } = await readOne("<FEE>free</FEE><I><N>a</N><Q>?</Q></I><I><N>b</N><Q>1</Q></I>", fields);
    expect(record).toEqual({ list: [{ n: "b" }] });
    expect(issues).toMatchObject([
      { code: "FIELD_INVALID", severity: "error", field: "fee", raw: "free" },
      { code: "FIELD_INVALID", severity: "error", field: "list", raw: "?" },
    ]);
  });

  it("leave a field out where they do not hold and nothing else is said", async () => {
    expect(await valueOf(content, when(exists("E"), constant("x")))).toBeUndefined();
    expect(await valueOf(content, when(exists("A"), values({ n: decimal("N") })))).toEqual({
      n: "-5",
    });
  });
});

describe("namespaces", () => {
  const xml =
    '<d:S xmlns:d="urn:d" xmlns="urn:r" xmlns:t="urn:t"><R><t:A t:k="1" k="2">a</t:A><A>b</A><A xmlns="">c</A></R></d:S>';
  const namespaces = { doc: "urn:d", "": "urn:r", x: "urn:t" };

  it.each([
    ["x:A", "a"],
    ["A", "b"],
    ["*:A", "a"],
    ["x:A/@x:k", "1"],
    ["x:A/@k", "2"],
    ["x:A/@*:k", "1"],
    ["x:*", "a"],
    ["*", "a"],
  ])("%s is told by its URI, not its prefix: %j", async (path, expected) => {
    const { records } = await readAll(xml, mappingOf({ value: text(path) }, { record: "/doc:S/R", namespaces }));
    expect(records).toEqual([{ value: expected }]);
  });

  it("a name without a prefix is in no namespace, unless the mapping says so", async () => {
    const { records } = await readAll(xml, mappingOf({ value: text("A") }, { record: "/*:S/*:R" }));
    expect(records).toEqual([{ value: "c" }]);
  });

  it("the record of another namespace is none", async () => {
    const { report } = await readAll(xml, mappingOf({ value: text("A") }, { record: "/S/R" }));
    expect(report).toMatchObject({ read: 0, foundRecords: false, root: "d:S" });
  });
});

describe("codecs of the host", () => {
  const stars: Codec<number> = {
    decode: (raw) => (/^\*+$/.test(raw.trim()) ? raw.trim().length : raw === "-" ? undefined : new Invalid("stars")),
    encode: (value) => "*".repeat(value),
  };
  const options = { codecs: { stars: stars as Codec } };

  it("read like the others", async () => {
    const spec = custom<number>("stars", ["NONE", "A"], { default: "0" });
    expect(await valueOf("<A>***</A>", spec, { options })).toBe(3);
    expect(await valueOf("<A>-</A>", spec, { options })).toBe("0");
    expect(await valueOf("", spec, { options })).toBe("0");
    const { issues } = await readOne("<A>x</A>", { value: spec }, { options });
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", message: 'expected stars, got "x"', raw: "x" }]);
  });
});

describe("lookup", () => {
  const lookups = { carriers: { path: "/S/C", key: "@id" } };
  const around = '<C id="1"><N>Pošta</N><P>55</P></C><C id="2"><N>Kurýr</N></C>';

  it("reads in the entry that a key names", async () => {
    const fields = {
      name: lookup("carriers", "CARRIER", text("N")),
      whole: lookup("carriers", "CARRIER", values({ name: text("N"), price: decimal("P") })),
    };
    expect((await readOne("<CARRIER> 1 </CARRIER>", fields, { lookups, around })).record).toEqual({
      name: "Pošta",
      whole: { name: "Pošta", price: "55" },
    });
    expect(await readOne("", fields, { lookups, around })).toEqual({ record: {}, issues: [] });
  });

  it("warns of a key without an entry", async () => {
    const fields = { list: items("I", { carrier: lookup("carriers", "@c", text("N")) }) };
    const { record, issues } = await readOne('<I c="2"/><I c="9"/>', fields, { lookups, around });
    expect(record).toEqual({ list: [{ carrier: "Kurýr" }, {}] });
    expect(issues).toMatchObject([
      {
        code: "LOOKUP_MISSING",
        severity: "warning",
        field: "list[1].carrier",
        message: expect.stringContaining('"9"'),
      },
    ]);
  });

  it("goes from entry to entry, of the same table too", async () => {
    const tables = { nodes: { path: "/S/NODE", key: "@id" } };
    const nodes = '<NODE id="a" up="b"><N>leaf</N><C>1</C></NODE><NODE id="b"><N>root</N><C>2</C></NODE>';
    const node = {
      name: text("N"),
      parent: lookup("nodes", "@up", text("N")),
      count: decimal("C"),
      both: join("+", "N", "C"),
    };
    const { record } = await readOne(
      '<K n="a"/>',
      { node: lookup("nodes", "K/@n", values(node)) },
      {
        lookups: tables,
        around: nodes,
      },
    );
    expect(record).toEqual({ node: { name: "leaf", parent: "root", count: "1", both: "leaf+1" } });
  });

  it("finds entries at each of the table's paths", async () => {
    const tables = { people: { path: ["/S/MAN", "/S/WOMAN"], key: "@id" } };
    const people = '<MAN id="1"><N>Jan</N></MAN><WOMAN id="2"><N>Eva</N></WOMAN>';
    const fields = { list: each("I", lookup("people", "@p", text("N"))) };
    const { record } = await readOne('<I p="1"/><I p="2"/>', fields, { lookups: tables, around: people });
    expect(record).toEqual({ list: ["Jan", "Eva"] });
  });
});

describe("issues of fields", () => {
  const xml = `<S>
  <R id="1">
    <ITEMS>
      <I><Q>1</Q></I>
      <I><Q>1,2,3</Q><T at="30.2.2026"/></I>
    </ITEMS>
    <STATUS>neznámý</STATUS>
  </R>
</S>`;
  const fields = {
    id: code("@id"),
    lines: items("ITEMS/I", { quantity: decimal("Q"), day: date("T/@at") }),
    status: oneOf("STATUS", { nová: "new" }, { unknown: { value: "other" } }),
  };

  it("say where in the record and where in the file", async () => {
    const { items } = await readAll(xml, mappingOf(fields, { key: "id" }), { file: "orders.xml" });
    expect(items[0]).toMatchObject({ ok: false, record: { id: "1", lines: [{ quantity: "1" }, {}], status: "other" } });
    expect(items[0]!.issues).toEqual([
      {
        code: "FIELD_INVALID",
        severity: "error",
        message: 'expected a decimal such as 1234.50, got "1,2,3"',
        key: "1",
        field: "lines[1].quantity",
        path: "/S/R[1]/ITEMS/I[2]/Q",
        at: { file: "orders.xml", line: 5, column: 13, offset: xml.indexOf("1,2,3") },
        raw: "1,2,3",
      },
      {
        code: "FIELD_INVALID",
        severity: "error",
        message: 'expected a date such as 2026-03-04 or 4.3.2026, got "30.2.2026"',
        key: "1",
        field: "lines[1].day",
        path: "/S/R[1]/ITEMS/I[2]/T/@at",
        at: { file: "orders.xml", line: 5, column: 29, offset: xml.indexOf("30.2") },
        raw: "30.2.2026",
      },
      {
        code: "FIELD_UNKNOWN_VALUE",
        severity: "warning",
        message: 'expected one of "nová", got "neznámý"; taken as "other"',
        key: "1",
        field: "status",
        path: "/S/R[1]/STATUS",
        at: { file: "orders.xml", line: 7, column: 13, offset: xml.indexOf("neznámý") },
        raw: "neznámý",
      },
    ]);
  });

  it("are warnings where the mapping says that the field is worth no more", async () => {
    const { items } = await readAll(xml, mappingOf({ day: date("ITEMS/I/T/@at", { invalid: "warning" }) }));
    expect(items).toMatchObject([{ ok: true, record: {}, issues: [{ severity: "warning", field: "day" }] }]);
  });

  it("cut long text", async () => {
    const { issues } = await readOne(`<Q>${"x".repeat(5000)}</Q>`, { q: decimal("Q") });
    expect(issues[0]!.raw).toHaveLength(200);
    expect(issues[0]!.message.length).toBeLessThan(200);
  });

  it("number the records of the file", async () => {
    const { issues } = await readAll("<S><R><Q>1</Q></R><X/><R><Q>x</Q></R></S>", mappingOf({ q: decimal("Q") }));
    expect(issues).toMatchObject([{ path: "/S/R[2]/Q" }]);
  });
});
