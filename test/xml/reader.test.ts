import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { ReaderOptions } from "../../src/xml/reader.ts";
import { byteString, concat, filler, type Layout, layout, read, utf16, utf8, valuesOf } from "./reading.ts";

/** `<ORDERS><ORDER>…` with what most cases here look at. */
function ordersLayout(): Layout {
  return layout({
    record: "/ORDERS/ORDER",
    groups: ["/ORDERS/ORDER/ITEM"],
    paths: [
      "/ORDERS/SHOP",
      "/ORDERS/ORDER/CODE",
      "/ORDERS/ORDER/CODE/@kind",
      "/ORDERS/ORDER/@id",
      "/ORDERS/ORDER/ITEM/NAME",
    ],
  });
}

const orders = ordersLayout();
const inOrder = (xml: string): string => `<ORDERS><ORDER>${xml}</ORDER></ORDERS>`;
const codeOf = (xml: string, options?: ReaderOptions): unknown => valuesOf(orders, inOrder(xml), options)[0]?.["CODE"];

/** What is thrown by a reader that stops, as `CODE line:column`. */
function stopOf(input: string | Uint8Array, options: ReaderOptions = {}, structure = orders): string | undefined {
  const { error } = read(structure, input, { ...options, malformed: "stop" });
  return error === undefined ? undefined : `${error.code} ${error.at?.line ?? 0}:${error.at?.column ?? 0}`;
}

describe("the text of an element", () => {
  it.each([
    ["decodes the five predefined entities", "<CODE>&lt;&amp;&gt;&quot;&apos;</CODE>", "<&>\"'"],
    ["decodes decimal references", "<CODE>&#269;&#0038;</CODE>", "č&"],
    ["decodes hexadecimal references, beyond the basic plane too", "<CODE>&#x10D;&#x1F600;</CODE>", "č\u{1f600}"],
    ["decodes once only", "<CODE>&amp;lt;&#38;amp;</CODE>", "&lt;&amp;"],
    ["keeps CDATA as it is", "<CODE><![CDATA[<b>&amp;</b>]]></CODE>", "<b>&amp;</b>"],
    ["joins CDATA and the text around it", "<CODE>a<![CDATA[<]]>b<![CDATA[]]]]><![CDATA[>]]></CODE>", "a<b]]>"],
    ["leaves comments and processing instructions out", "<CODE>a<!-- <x> & -->b<?p ?>c</CODE>", "abc"],
    ["includes that of its descendants", "<CODE>a<b>c<i>d</i></b>e</CODE>", "acde"],
    ["is empty where there is none", "<CODE></CODE>", ""],
    ["is empty in an element without content", "<CODE />", ""],
    ["keeps white space", "<CODE> \t a\n</CODE>", " \t a\n"],
    ["makes CR LF and CR a line feed", "<CODE>a\r\nb\rc\r\r\nd</CODE>", "a\nb\nc\n\nd"],
    ["makes CR LF a line feed in CDATA", "<CODE><![CDATA[a\r\nb]]></CODE>", "a\nb"],
    ["keeps a carriage return that is a reference", "<CODE>a&#13;&#10;b</CODE>", "a\r\nb"],
    ["keeps ]] and > apart", "<CODE>]] > ]&gt; ]]&gt;</CODE>", "]] > ]> ]]>"],
    ["keeps leading zeros and signs", "<CODE>+00123.50</CODE>", "+00123.50"],
    [
      "has characters of any language",
      "<CODE>žluťoučký 中文 \u{1f600} \u0085 \u2028</CODE>",
      "žluťoučký 中文 \u{1f600} \u0085 \u2028",
    ],
    ["is that of the first such element", "<CODE>1</CODE><CODE>2</CODE>", "1"],
    ["is not that of a deeper element of the same name", "<X><CODE>no</CODE></X><CODE>yes</CODE>", "yes"],
    ["is found behind white space in tags", "<CODE\n>x</CODE \t\r\n>", "x"],
  ])("%s", (_, xml, value) => {
    expect(codeOf(xml)).toBe(value);
    // Learned, and as the only text that counts.
    expect(codeOf(xml)).toBe(value);
    expect(
      valuesOf(layout({ record: "/ORDERS/ORDER", paths: ["/ORDERS/ORDER/CODE+"] }), inOrder(xml))[0]?.["CODE"],
    ).toContain(value);
  });

  it("is the same however long it is, in each encoding", () => {
    for (const length of [0, 1, 3, 4, 7, 8, 47, 48, 49, 200, 70_000])
      for (const unit of ["a", "é", "a\r\n", "&amp;", "]"]) {
        const text = unit.repeat(length);
        const expected = text.replaceAll("\r\n", "\n").replaceAll("&amp;", "&");
        expect(codeOf(`<CODE>${text}</CODE>`)).toBe(expected);
        const latin = `<?xml version="1.0" encoding="iso-8859-1"?>${inOrder(`<CODE>${text}</CODE>`)}`;
        expect(valuesOf(orders, byteString(latin))[0]?.["CODE"]).toBe(expected);
      }
  });
});

describe("the value of an attribute", () => {
  const kindOf = (attribute: string): unknown => valuesOf(orders, inOrder(`<CODE ${attribute}/>`))[0]?.["CODE/@kind"];

  it.each([
    ["may stand in either quotes", "kind='a\"b'", 'a"b'],
    ["may hold >", 'kind="a>b/>"', "a>b/>"],
    ["has white space made spaces", 'kind="a\tb\nc\r\nd\re"', "a b c d e"],
    ["keeps white space that is a reference", 'kind="&#9;&#10;&#13;&#32;"', "\t\n\r "],
    ["has its references decoded", 'kind="&lt;&amp;amp;&#x10D;"', "<&amp;č"],
    ["may have white space around its =", "kind \n=\t 'x'", "x"],
    ["may stand among others", "a='1' kind='2' b='3'", "2"],
    ["may be empty", 'kind=""', ""],
    ["is found by name, not by a declaration of that name", "xmlns:kind='urn:kind'", undefined],
    ["is none of another namespace", "xmlns:k='urn:k' k:kind='1'", undefined],
  ])("%s", (_, attribute, value) => {
    expect(kindOf(attribute)).toBe(value);
  });

  it("is captured in a record's own tag, in the root and outside of records", () => {
    const structure = layout({
      record: "/ORDERS/ORDER",
      groups: ["/ORDERS/RATE"],
      paths: ["/ORDERS/@version", "/ORDERS/RATE/@code", "/ORDERS/ORDER/@id"],
    });
    const { records, document } = read(
      structure,
      `<ORDERS version="2&amp;1"><RATE code="EUR"/><ORDER id="1"/><RATE code='USD'></RATE><ORDER/></ORDERS>`,
    );
    expect(records.map(({ scope, frame }) => structure.named(scope, frame))).toEqual([{ "@id": "1" }, {}]);
    expect(structure.named(0, document)).toEqual({
      "ORDERS/@version": "2&1",
      "ORDERS/RATE": [{ "@code": "EUR" }, { "@code": "USD" }],
    });
  });
});

describe("a name", () => {
  const structure = layout({
    record: "/{urn:shop}ORDERS/{urn:shop}ORDER",
    paths: [
      "/{urn:shop}ORDERS/{urn:shop}ORDER/CODE",
      "/{urn:shop}ORDERS/{urn:shop}ORDER/{urn:type}CODE",
      "/{urn:shop}ORDERS/{urn:shop}ORDER/{urn:type}CODE/@{urn:type}kind",
      "/{urn:shop}ORDERS/{urn:shop}ORDER/*:ANY",
    ],
  });

  it.each([
    [
      "two prefixes",
      `<s:ORDERS xmlns:s="urn:shop" xmlns:t="urn:type"><s:ORDER><CODE>1</CODE><t:CODE t:kind="k">2</t:CODE></s:ORDER></s:ORDERS>`,
    ],
    [
      "other prefixes",
      `<a:ORDERS xmlns:a="urn:shop" xmlns:b="urn:type"><a:ORDER><b:CODE b:kind="k">2</b:CODE><CODE>1</CODE></a:ORDER></a:ORDERS>`,
    ],
    [
      "the default namespace, taken back inside",
      `<ORDERS xmlns="urn:shop" xmlns:t="urn:type"><ORDER><CODE xmlns="">1</CODE><t:CODE t:kind="k">2</t:CODE></ORDER></ORDERS>`,
    ],
    [
      "declarations on the record itself",
      `<x:ORDERS xmlns:x="urn:shop"><y:ORDER xmlns:y="urn:shop" xmlns:t="urn:type"><CODE>1</CODE><t:CODE t:kind="k">2</t:CODE></y:ORDER></x:ORDERS>`,
    ],
    [
      "declarations on the element itself, behind the attribute that needs them",
      `<x:ORDERS xmlns:x="urn:shop"><x:ORDER><CODE>1</CODE><CODE t:kind="k" xmlns="urn:type" xmlns:t="urn:type">2</CODE></x:ORDER></x:ORDERS>`,
    ],
    [
      "a URI with references",
      `<x:ORDERS xmlns:x="urn&#58;shop"><x:ORDER><CODE>1</CODE><t:CODE t:kind="k" xmlns:t='urn:t&#x79;pe'>2</t:CODE></x:ORDER></x:ORDERS>`,
    ],
  ])("counts by its namespace: %s", (_, xml) => {
    expect(read(structure, xml, { malformed: "stop" }).error).toBeUndefined();
    expect(valuesOf(structure, xml)).toEqual([
      { CODE: "1", "{urn:type}CODE": "2", "{urn:type}CODE/@{urn:type}kind": "k" },
    ]);
  });

  it("of another namespace is another name", () => {
    const xml = `<s:ORDERS xmlns:s="urn:shop"><s:ORDER><s:CODE>1</s:CODE><CODE xmlns="urn:other">2</CODE></s:ORDER><ORDER/></s:ORDERS>`;
    expect(valuesOf(structure, xml)).toEqual([{}]);
  });

  it("may be asked for in any namespace", () => {
    const xml = `<ORDERS xmlns="urn:shop"><ORDER><ANY>1</ANY></ORDER><ORDER><a:ANY xmlns:a="urn:a">2</a:ANY></ORDER></ORDERS>`;
    expect(valuesOf(structure, xml)).toEqual([{ "*:ANY": "1" }, { "*:ANY": "2" }]);
  });

  it("keeps a prefix apart from what another document of the same structure made of it", () => {
    const one = `<ORDERS xmlns="urn:shop" xmlns:a="u&#10;b=v"><ORDER/></ORDERS>`;
    const other = `<ORDERS xmlns="urn:shop" xmlns:a="u" xmlns:b="v"><ORDER><b:X/></ORDER></ORDERS>`;
    expect(valuesOf(structure, one)).toHaveLength(1);
    expect(valuesOf(structure, other)).toHaveLength(1);
  });

  it("may have letters of any language, in each encoding", () => {
    const czech = layout({
      record: "/Objednávky/Objednávka",
      paths: ["/Objednávky/Objednávka/Číslo", "/Objednávky/Objednávka/@klíč"],
    });
    const xml = `<Objednávky><Objednávka klíč="a"><Číslo>1</Číslo></Objednávka></Objednávky>`;
    expect(valuesOf(czech, xml)).toEqual([{ Číslo: "1", "@klíč": "a" }]);
    expect(valuesOf(czech, utf16(`\ufeff${xml}`, "be"))).toEqual([{ Číslo: "1", "@klíč": "a" }]);
    const bytes = byteString(
      `<?xml version="1.0" encoding="windows-1250"?><Objedn\xe1vky><Objedn\xe1vka kl\xed\xe8="a"><\xc8\xedslo>1</\xc8\xedslo></Objedn\xe1vka></Objedn\xe1vky>`,
    );
    expect(valuesOf(czech, bytes)).toEqual([{ Číslo: "1", "@klíč": "a" }]);
  });

  it("may be asked for without regard to letter case", () => {
    const loose = layout({
      record: "/Orders/Order",
      paths: ["/Orders/Order/Code", "/Orders/Order/@Id"],
      ignoreCase: true,
    });
    const xml = `<ORDERS><Order iD="1"><CODE>a</CODE></Order><ORDER ID="2"><code>b</code></ORDER></ORDERS>`;
    expect(valuesOf(loose, xml)).toEqual([
      { Code: "a", "@Id": "1" },
      { Code: "b", "@Id": "2" },
    ]);
    expect(valuesOf(layout({ record: "/Orders/Order", paths: [] }), xml)).toEqual([]);
  });

  it("may be that of anything in JavaScript", () => {
    const odd = layout({ record: "/r/__proto__", paths: ["/r/__proto__/constructor", "/r/__proto__/@hasOwnProperty"] });
    expect(valuesOf(odd, `<r><__proto__ hasOwnProperty="1"><constructor>2</constructor></__proto__></r>`)).toEqual([
      { constructor: "2", "@hasOwnProperty": "1" },
    ]);
  });
});

describe("what is not well-formed", () => {
  /** Each with `¦` in front of the place that is told. */
  const marked: readonly (readonly [title: string, xml: string])[] = [
    ["a bare &", "<CODE>a ¦& b</CODE>"],
    ["a bare & at the end of a text", "<CODE>a¦&</CODE>"],
    ["a reference without ;", "<CODE>¦&amp</CODE>"],
    ["an entity of HTML", "<CODE>a¦&nbsp;b</CODE>"],
    ["an empty reference", "<CODE>¦&;&#;&#x;</CODE>"],
    ["a reference to a forbidden character", "<CODE>¦&#1;</CODE>"],
    ["a reference to a surrogate", "<CODE>¦&#xD83D;</CODE>"],
    ["a reference beyond Unicode", "<CODE>¦&#x110000;</CODE>"],
    ["a reference with too many digits", `<CODE>¦&#${"9".repeat(400)};</CODE>`],
    ["a reference with a capital X", "<CODE>¦&#X41;</CODE>"],
    ["a bare & in text that nobody asked for", "<X>a ¦& b</X>"],
    ["a bare & in an attribute", '<X a="b ¦& c"/>'],
    ["a bare <", "<CODE>1 ¦< 2</CODE>"],
    ["< in an attribute", '<X a="1¦<2"/>'],
    ["]]> in a text", "<CODE>a¦]]>b</CODE>"],
    ["]]> in text that nobody asked for", "<X>a¦]]>b</X>"],
    ["a control character", "<CODE>a¦\u0001</CODE>"],
    ["NUL", "<CODE>a¦\0</CODE>"],
    ["a control character in an attribute", "<X a='¦\u0002'/>"],
    ["a control character in CDATA", "<X><![CDATA[¦\u001f]]></X>"],
    ["a control character in a comment", "<!-- ¦\u0003 -->"],
    ["a control character between tags", "¦\u0004<X/>"],
    ["U+FFFE", "<CODE>¦\ufffe</CODE>"],
    ["U+FFFF in a comment", "<!--¦\uffff-->"],
    ["the wrong closing tag", "<CODE>A¦</COD>"],
    ["a closing tag of a longer name", "<CODE>A¦</CODES>"],
    ["a closing tag with an attribute", "<CODE>A¦</CODE a='1'>"],
    ["a closing tag in another case", "<CODE>A¦</code>"],
    ["overlapping elements", "<a><b>¦</a></b>"],
    ["an unclosed element", "<CODE>A¦"],
    ["a duplicate attribute", '<X a="1" ¦a="2"/>'],
    ["a duplicate attribute by two prefixes", '<X xmlns:p="u" xmlns:q="u" p:a="1" ¦q:a="2"/>'],
    ["an attribute without quotes", "<X a=¦1/>"],
    ["an attribute without value", "<X a¦/>"],
    ["an attribute without name", "<X ¦='1'/>"],
    ["attributes without space between", "<X a='1'¦b='2'/>"],
    ["an attribute whose name starts with a digit", "<X ¦1a='1'/>"],
    ["an attribute with two colons", "<X ¦a:b:c='1'/>"],
    ["an unclosed attribute", "<X a='1/>¦"],
    ["a / inside a tag", "<X /¦ a='1'/>"],
    ["a name that starts with a digit", "¦<1X/>"],
    ["a name that starts with a dot", "¦<.X/>"],
    ["a name with a character that names do not have", "¦<X×/>"],
    ["a name with two colons", "¦<a:b:c/>"],
    ["a space before a name", "¦< X/>"],
    ["a prefix that nobody declared", "¦<x:FOO/>"],
    ["a prefix of an attribute that nobody declared", "<FOO a='1' ¦x:bar='2'/>"],
    ["a prefix that a sibling declared", "<a xmlns:x='u'><x:b/></a>¦<x:c/>"],
    ["the prefix xmlns", "¦<xmlns:FOO/>"],
    ["a prefix taken back", "<X ¦xmlns:p=''/>"],
    ["another URI for the prefix xml", "<X ¦xmlns:xml='u'/>"],
    ["another prefix for the URI of xml", "<X ¦xmlns:p='http://www.w3.org/XML/1998/namespace'/>"],
    ["-- in a comment", "<!-- a ¦-- b -->"],
    ["a comment that ends in --->", "<!-- a ¦--->"],
    ["<! that starts nothing", "¦<!ELEMENT X ANY>"],
    ["CDATA in lower case", "¦<![cdata[x]]>"],
    ["a processing instruction without name", "¦<? x?>"],
    ["a processing instruction with a colon", "¦<?a:b x?>"],
    ["a processing instruction with ? behind its name", "¦<?a?b?>"],
    ["a second XML declaration", '¦<?xml version="1.0"?>'],
  ];
  const cases = marked.map(
    ([title, xml]) => [title, xml.replace("¦", ""), `1:${inOrder(xml).indexOf("¦") + 1}`] as const,
  );

  it.each(cases)("stops at %s", (_, xml, at) => {
    expect(stopOf(inOrder(xml))).toBe(`XML_MALFORMED ${at}`);
  });

  it.each(cases)("stops at %s where nothing is captured, and where everything is", (_, xml, at) => {
    const nothing = layout({ paths: [] });
    const everything = layout({
      paths: ["/ORDERS", "/ORDERS/ORDER+", "/ORDERS/ORDER/CODE+", "/ORDERS/ORDER/X+", "/ORDERS/ORDER/X/@a"],
    });
    expect(stopOf(inOrder(xml), {}, nothing)).toBe(`XML_MALFORMED ${at}`);
    expect(stopOf(inOrder(xml), {}, everything)).toBe(`XML_MALFORMED ${at}`);
  });

  it.each(cases)("quarantines a record with %s, and no other", (_, xml) => {
    const before = `<ORDER id="1"><CODE>a&amp;b</CODE></ORDER>\n`;
    const broken = `<ORDER id="2"><CODE>0</CODE>${xml}</ORDER>`;
    const behind = `<ORDER id="3"><CODE>&#269;</CODE></ORDER>\n<ORDER id="4"><CODE><![CDATA[d]]></CODE></ORDER>`;
    const reading = read(orders, `<ORDERS>\n${before}${broken}${behind}</ORDERS>`);
    expect(reading.records.map(({ scope, frame, index, at }) => [orders.named(scope, frame), index, at.line])).toEqual([
      [{ "@id": "1", CODE: "a&b" }, 0, 2],
      [{ "@id": "3", CODE: "č" }, 2, 3 + broken.split("\n").length - 1],
      [{ "@id": "4", CODE: "d" }, 3, 4 + broken.split("\n").length - 1],
    ]);
    expect(reading.damaged).toMatchObject([
      {
        index: 1,
        raw: broken,
        at: { line: 3, column: 1 },
        name: "ORDER",
        issue: { code: "XML_MALFORMED", severity: "error" },
      },
    ]);
    expect(reading.damaged[0]?.issue.at?.line).toBe(3);
    expect(reading.damaged[0]?.issue.path).toMatch(/^\/ORDERS\/ORDER\[2\]/);
    expect([reading.issues, reading.error]).toEqual([[], undefined]);
  });

  it.each([
    ["in its own tag", "<ORDER id=¦2><CODE>b</CODE></ORDER>"],
    ["in its own tag, which stands alone", '<ORDER id="2" ¦id="3"/>'],
    ["by a prefix in its own tag", '<ORDER ¦x:id="2"/>'],
    ["by a missing closing tag", '<ORDER id="2"><CODE>b</CODE>'],
    ["by a tag that is never closed", '<ORDER id="2"><CODE>b¦</ORDER>'],
    ["by a comment that is never closed", '<ORDER id="2"><!-- b </ORDER>'],
    ["by a CDATA section that is never closed", '<ORDER id="2"><CODE><![CDATA[ b</CODE></ORDER>'],
    ["by an attribute that is never closed", '<ORDER id="2"><CODE kind="b>c¦</CODE></ORDER>'],
  ])("quarantines a record damaged %s", (_, marked) => {
    const start = `<ORDERS><ORDER id="1"><CODE>a</CODE></ORDER>`;
    const broken = marked.replace("¦", "");
    const reading = read(
      orders,
      `${start}${broken}<ORDER id="3"><CODE>c&amp;d</CODE><ITEM><NAME>n</NAME></ITEM></ORDER></ORDERS>`,
    );
    expect(reading.records.map(({ scope, frame }) => orders.named(scope, frame))).toEqual([
      { "@id": "1", CODE: "a" },
      { "@id": "3", CODE: "c&d", ITEM: [{ NAME: "n" }] },
    ]);
    expect(reading.damaged.map(({ raw }) => raw)).toEqual([broken]);
    if (marked !== broken) expect(reading.damaged[0]?.issue.at?.column).toBe(start.length + marked.indexOf("¦") + 1);
    expect(reading.issues).toEqual([]);
  });

  it("names the element of a damaged record, in its own characters", () => {
    const structure = layout({
      record: "/Objednávky/Objednávka",
      groups: ["/Objednávky/Objednávka/Položka"],
      paths: ["/Objednávky/Objednávka/Položka/Název"],
    });
    const item = `<Položka><Název>x</Název></Položka>`;
    const { damaged } = read(
      structure,
      `<Objednávky><Objednávka/><Objednávka>${item}<Položka><Název>a & b</Název></Položka></Objednávka></Objednávky>`,
    );
    expect(damaged[0]?.issue.path).toBe("/Objednávky/Objednávka[2]/Položka[2]/Název");
  });
});

describe("damage outside of records", () => {
  const good = `<ORDER id="1"><CODE>a&amp;b</CODE></ORDER><ORDER id="2"/>`;
  const ids = (structure: Layout, xml: string | Uint8Array): unknown[] => {
    const { records, damaged } = read(structure, xml);
    expect(damaged).toEqual([]);
    return records.map(({ scope, frame }) => structure.named(scope, frame)["@id"]);
  };

  it.each([
    ["in a header", `<ORDERS><SHOP>Kolo & syn</SHOP>${good}</ORDERS>`, "XML_MALFORMED"],
    ["in the root's tag", `<ORDERS version=2>${good}</ORDERS>`, "XML_MALFORMED"],
    ["between records", `<ORDERS><ORDER id="0"/>a & b${good}</ORDERS>`, "XML_MALFORMED"],
    ["in a comment", `<ORDERS><!-- a -- b -->${good}</ORDERS>`, "XML_MALFORMED"],
    ["before the XML declaration: white space", `\r\n\n<?xml version="1.0"?><ORDERS>${good}</ORDERS>`, "XML_MALFORMED"],
    ["in the XML declaration", `<?xml version=1.0?><ORDERS>${good}</ORDERS>`, "XML_MALFORMED"],
    ["behind the root: text", `<ORDERS>${good}</ORDERS>junk`, "XML_MALFORMED"],
    ["behind the root: a second one", `<ORDERS>${good}</ORDERS><ORDERS/>`, "XML_MALFORMED"],
    ["behind the root: NUL", `<ORDERS>${good}</ORDERS>\0\0`, "XML_MALFORMED"],
    ["at the end: the root is not closed", `<ORDERS>${good}`, "XML_TRUNCATED"],
    ["at the end: inside a tag", `<ORDERS>${good}</ORD`, "XML_TRUNCATED"],
    ["at the end: the wrong closing tag", `<ORDERS>${good}</ORDER>`, "XML_MALFORMED"],
  ] as const)("is an issue of the file (%s)", (_, xml, code) => {
    expect(ids(orders, xml).slice(-2)).toEqual(["1", "2"]);
    expect(read(orders, xml).issues).toMatchObject([{ code, severity: "error" }]);
    expect(stopOf(xml)).toMatch(new RegExp(`^${code} `));
  });

  it("leaves a document in a namespace readable where it starts with an empty line", () => {
    const structure = layout({ record: "/{urn:s}ORDERS/{urn:s}ORDER", paths: ["/{urn:s}ORDERS/{urn:s}ORDER/@id"] });
    const bytes = byteString(
      `\n<?xml version="1.0" encoding="windows-1250"?><s:ORDERS xmlns:s="urn:s"><s:ORDER id="\x9e"/></s:ORDERS>`,
    );
    expect(ids(structure, bytes)).toEqual(["ž"]);
  });

  it("does not hide records whose name has other letters, in any encoding", () => {
    const czech = layout({ record: "/zásoby/položka", paths: ["/zásoby/položka/@id"] });
    const xml = `<zásoby>a & b<položka id="1"/></zásoby>`;
    expect(ids(czech, xml)).toEqual(["1"]);
    expect(ids(czech, `<zásoby a=1><položka id="1"/></zásoby>`)).toEqual(["1"]);
    const windows = `<?xml version="1.0" encoding="windows-1250"?><z\xe1soby a=1>a & b<polo\x9eka id="1"/></z\xe1soby>`;
    expect(ids(czech, byteString(windows))).toEqual(["1"]);
  });

  it("is told once for each place, and costs the records that are left no order", () => {
    const xml = `<ORDERS>a & b<ORDER id="1"/>&<ORDER id="2"/><x:y/><ORDER id="3"/></ORDERS>`;
    const { records, issues } = read(orders, xml);
    expect(records.map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(issues.map(({ at }) => at?.column)).toEqual([11, 29, 45]);
  });

  it("takes its time in proportion to the file", () => {
    for (const [start, piece] of [
      ["<ORDERS><ORDER>&", "<!--"],
      ["<ORDERS><ORDER>&", "<![CDATA["],
      ["<ORDERS><ORDER>&", "<!-- --><x>"],
      ["<ORDERS>&", "<!-- <x> &"],
      ["<ORDERS>", "\n&<ORDER "],
      ["<ORDERS>", "<ORDER>\n<a></ORDER>"],
    ] as const) {
      const bytes = utf8(start + piece.repeat(20_000));
      const begin = performance.now();
      read(orders, bytes);
      expect(performance.now() - begin, piece).toBeLessThan(5_000);
    }
  });

  it("never makes the reader go round in circles", () => {
    const structure = layout({ record: "/*:ORDERS/{urn:s}ORDER", paths: [] });
    const { issues } = read(structure, `<ORDERS>${"<s:ORDER/>".repeat(50)}</ORDERS>`);
    expect(issues.length).toBeLessThan(60);
  });
});

describe("a file that ends too early", () => {
  const xml = `<ORDERS><SHOP>s</SHOP><ORDER id="1"><CODE>a</CODE></ORDER><ORDER id="2"><CODE>&amp;</CODE><!-- x --><ITEM><NAME>n</NAME></ITEM></ORDER></ORDERS>`;

  it("is never taken for a whole one, wherever it ends", () => {
    for (let length = 1; length < xml.length; length++) {
      const part = xml.slice(0, length);
      const { records, damaged, issues } = read(orders, part);
      expect(records).toHaveLength(part.split("</ORDER>").length - 1);
      expect(damaged.length + issues.length).toBeGreaterThan(0);
      expect(stopOf(part)).toMatch(/^XML_(?:TRUNCATED|MALFORMED) 1:/);
    }
  });

  it("says so, and where", () => {
    const part = `<ORDERS>\n<ORDER id="1"/>\n<ORDER id="2"><CODE>a`;
    const { damaged, issues } = read(orders, part);
    expect(damaged).toMatchObject([
      { raw: `<ORDER id="2"><CODE>a`, issue: { code: "XML_TRUNCATED", at: { line: 3, column: 22 } } },
    ]);
    expect(issues).toMatchObject([{ code: "XML_TRUNCATED" }]);
  });
});

describe("a file that is no XML document", () => {
  it.each([
    ["nothing", "", "XML_EMPTY"],
    ["white space", " \r\n\t", "XML_EMPTY"],
    ["a lot of white space", " ".repeat(100_000), "XML_EMPTY"],
    ["a declaration and a comment", '<?xml version="1.0"?><!-- -->\n', "XML_EMPTY"],
    ["a page of HTML", "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head></html>", "XML_NOT_XML"],
    ["a page of HTML without doctype", "\n<HTML lang='cs'><body/></HTML>", "XML_NOT_XML"],
    ["JSON", '{"orders": []}', "XML_NOT_XML"],
    ["CSV", "code;name\n1;Kolo\n", "XML_NOT_XML"],
    [
      "a message before the XML",
      "Warning: Undefined variable in export.php\n<?xml version='1.0'?><ORDERS/>",
      "XML_NOT_XML",
    ],
    ["a zip archive", byteString("PK\x03\x04\x14\0\0\0\x08\0\xb5\x52"), "XML_NOT_XML"],
    ["a picture", byteString("\x89PNG\r\n\x1a\n"), "XML_NOT_XML"],
  ] as const)("is refused: %s", (_, input, code) => {
    for (const malformed of ["stop", "quarantine"] as const)
      expect(read(orders, input, { malformed }).error?.code).toBe(code);
  });

  it("has the title of its page in the message", () => {
    const { error } = read(orders, utf8("<html><title> Přihlášení </title></html>"), { file: "orders.xml" });
    expect(error?.message).toBe('orders.xml:1:1: XML_NOT_XML the file is an HTML page ("Přihlášení"), not XML');
  });
});

describe("a document type declaration", () => {
  const xml = `<!DOCTYPE ORDERS SYSTEM "orders.dtd" [<!ENTITY x "y"><!-- ]>\n' --><?p ]>\n" ?><!ATTLIST a b CDATA "]>">\n]>\n${inOrder("<CODE>1</CODE>")}`;

  it("is refused, whatever the policy", () => {
    for (const malformed of ["stop", "quarantine", "repair"] as const)
      expect(read(orders, xml, { malformed }).error).toMatchObject({ code: "XML_DOCTYPE", at: { line: 1, column: 1 } });
  });

  it("is passed over on demand, and its entities stay unknown", () => {
    expect(valuesOf(orders, xml, { doctype: "skip" })).toEqual([{ CODE: "1" }]);
    expect(read(orders, xml, { doctype: "skip" }).records[0]?.at.line).toBe(5);
    expect(stopOf(xml.replace("1<", "&x;<"), { doctype: "skip" })).toBe("XML_MALFORMED 5:22");
  });

  it("does not bring in other files", () => {
    const evil = `<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]>${inOrder("<CODE>&f;</CODE>")}`;
    expect(stopOf(evil, { doctype: "skip" })).toMatch(/^XML_MALFORMED/);
  });

  it.each([
    "<!DOCTYPEORDERS>",
    "<!DOCTYPE>",
    "<!DOCTYPE ORDERS [ ] x>",
    "<!DOCTYPE ORDERS PUBLIC 'x'>",
    "<!DOCTYPE ORDERS SYSTEM x>",
    "<!DOCTYPE 1>",
    "<!DOCTYPE ORDERS><!DOCTYPE ORDERS>",
    "<!DOCTYPE ORDERS [<!-- -- -->]>",
  ])("is held to its form: %s", (doctype) => {
    expect(stopOf(doctype + inOrder(""), { doctype: "skip" })).toMatch(/^XML_MALFORMED/);
  });

  it("has its place before the root", () => {
    expect(stopOf(`<ORDERS><!DOCTYPE ORDERS></ORDERS>`, { doctype: "skip" })).toBe("XML_MALFORMED 1:9");
    expect(stopOf(`<ORDERS/><!DOCTYPE ORDERS>`, { doctype: "skip" })).toBe("XML_MALFORMED 1:10");
  });
});

describe("a limit", () => {
  const over: readonly (readonly [
    title: string,
    limits: NonNullable<ReaderOptions["limits"]>,
    fits: string,
    tooMuch: string,
  ])[] = [
    ["depth", { depth: 3 }, "<a/>", "<a><b/></a>"],
    [
      "namespaces",
      { attributes: 3 },
      "<a xmlns='u'><b xmlns:p='u'/></a>",
      "<a xmlns='u' xmlns:q='u'><b xmlns:p='u'/></a>",
    ],
    ["depth, learned", { depth: 3 }, "<CODE>1</CODE>", "<CODE><b/></CODE>"],
    ["names of elements", { name: 8 }, "<abcdefgh/>", "<abcdefghi/>"],
    ["names of attributes", { name: 8 }, "<a abcdefgh='1'/>", "<a abcdefghi='1'/>"],
    ["attributes", { attributes: 2 }, "<a b='1' c='2'/>", "<a b='1' c='2' d='3'/>"],
    ["a text", { text: 10 }, "<CODE>1234567890</CODE>", "<CODE>12345678901</CODE>"],
    ["a text that nobody asked for", { text: 10 }, "<X>1234567890</X>", "<X>12345678901</X>"],
    ["a text in pieces", { text: 10 }, "<CODE>12345<b/>67890</CODE>", "<CODE>12345<b/>678901</CODE>"],
    ["a CDATA section", { text: 20 }, "<CODE><![CDATA[12345678]]></CODE>", "<CODE><![CDATA[123456789]]></CODE>"],
    ["a CDATA section that nobody asked for", { text: 20 }, "<![CDATA[12345678]]>", "<![CDATA[123456789]]>"],
    ["the value of an attribute", { text: 10 }, "<a b='1234567890'/>", "<a b='12345678901'/>"],
    ["a comment", { text: 10 }, "<!--123-->", "<!--1234-->"],
    ["a processing instruction", { text: 10 }, "<?p 1234?>", "<?p 12345?>"],
    ["a record", { record: 40 }, `<CODE>${"1".repeat(12)}</CODE>`, `<CODE>${"1".repeat(13)}</CODE>`],
  ];

  it.each(over)("holds %s", (_, limits, fits, tooMuch) => {
    for (const windowBytes of [1, 5, 65_536]) {
      expect(stopOf(inOrder(fits), { limits, windowBytes })).toBeUndefined();
      expect(stopOf(inOrder(tooMuch), { limits, windowBytes })).toMatch(/^XML_LIMIT 1:/);
      expect(stopOf(inOrder(tooMuch), { windowBytes })).toBeUndefined();
    }
  });

  it("quarantines the record that goes over it", () => {
    const xml = `<ORDERS><ORDER id="1"/><ORDER id="2"><CODE>12345678901</CODE></ORDER><ORDER id="3"/></ORDERS>`;
    const { records, damaged } = read(orders, xml, { limits: { text: 10 } });
    expect(records.map(({ index }) => index)).toEqual([0, 2]);
    expect(damaged).toMatchObject([{ issue: { code: "XML_LIMIT" } }]);
  });

  it("bounds what a file without end keeps in memory", () => {
    const endless: readonly (readonly [start: string, more: string])[] = [
      ["<ORDERS><SHOP>", "text "],
      ["<ORDERS><ORDER>", "<X/>"],
      ["<ORDERS><ORDER><CODE>&", "<X/>"],
      ["<ORDERS><!--", " "],
      ["<ORDERS><![CDATA[", "]"],
      ["<ORDERS a='", "x"],
      ["<ORDERS", " "],
      ["<", "x"],
      ["<ORDERS>", "\n"],
    ];
    for (const [start, more] of endless) {
      const chunks = [
        utf8(start),
        ...Array.from({ length: 60 }, () => utf8(more.repeat(Math.ceil(4000 / more.length)))),
      ];
      const { error, issues } = read(orders, chunks, {
        limits: { text: 20_000, record: 50_000, attributes: 100 },
        windowBytes: 4096,
      });
      expect([...issues.map(({ code }) => code), error?.code]).toContain("XML_LIMIT");
    }
  });
});

describe("the encoding", () => {
  const head = (encoding: string): string => `<?xml version="1.0" encoding="${encoding}"?>`;
  const code = (input: Uint8Array, options?: ReaderOptions): unknown => valuesOf(orders, input, options)[0]?.["CODE"];

  it.each([
    ["utf-8", concat(utf8(head("UTF-8")), utf8(inOrder("<CODE>žluť €</CODE>"))), "žluť €"],
    [
      "utf-8 with a byte order mark",
      concat(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(inOrder("<CODE>žluť</CODE>"))),
      "žluť",
    ],
    ["utf-8 that nobody declared", utf8(inOrder("<CODE>žluť \u{1f600}</CODE>")), "žluť \u{1f600}"],
    [
      "utf-16le with a byte order mark",
      utf16(`\ufeff${head("utf-16")}${inOrder("<CODE>žluť \u{1f600}</CODE>")}`, "le"),
      "žluť \u{1f600}",
    ],
    [
      "utf-16be with a byte order mark",
      utf16(`\ufeff${inOrder("<CODE>žluť \u{1f600}</CODE>")}`, "be"),
      "žluť \u{1f600}",
    ],
    ["utf-16le", utf16(`${head("utf-16")}${inOrder("<CODE>žluť</CODE>")}`, "le"), "žluť"],
    ["utf-16be", utf16(inOrder("<CODE>žluť</CODE>"), "be"), "žluť"],
    ["windows-1250", byteString(head("windows-1250") + inOrder("<CODE>\x9elu\x9d \x80</CODE>")), "žluť €"],
    ["windows-1250 by another name", byteString(head("CP1250") + inOrder("<CODE>\x9e</CODE>")), "ž"],
    ["windows-1252", byteString(head("windows-1252") + inOrder("<CODE>\x80 \xe9 \x9e</CODE>")), "€ é ž"],
    ["iso-8859-1", byteString(head("ISO-8859-1") + inOrder("<CODE>\xe9 \x85</CODE>")), "é \u0085"],
    ["iso-8859-2", byteString(head("iso-8859-2") + inOrder("<CODE>\xbelu\xbb</CODE>")), "žluť"],
    ["iso-8859-15", byteString(head("iso-8859-15") + inOrder("<CODE>\xa4 \xb8</CODE>")), "€ ž"],
  ])("may be %s", (_, bytes, value) => {
    expect(code(bytes)).toBe(value);
    expect(stopOf(bytes)).toBeUndefined();
  });

  it("is told", () => {
    expect(read(orders, byteString(head("cp1250") + inOrder(""))).encoding).toBe("windows-1250");
    expect(read(orders, utf16(inOrder(""), "be")).encoding).toBe("utf-16be");
  });

  it("is that of the transport, then that of the file, then that of the preset", () => {
    const bytes = byteString(inOrder("<CODE>\x9e</CODE>"));
    expect(code(bytes, { presetEncoding: "windows-1250" })).toBe("ž");
    expect(code(concat(utf8(head("windows-1250")), bytes), { presetEncoding: "iso-8859-1" })).toBe("ž");
    expect(code(bytes, { encoding: "windows-1250", presetEncoding: "iso-8859-1" })).toBe("ž");
  });

  it.each([
    ["the file is UTF-8", utf8(head("windows-1250") + inOrder("<CODE>žluť</CODE>")), {}],
    [
      "a byte order mark says otherwise",
      concat(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(head("windows-1250") + inOrder("<CODE>žluť</CODE>"))),
      {},
    ],
    ["it cannot be UTF-16", utf8(head("utf-16") + inOrder("<CODE>žluť</CODE>")), {}],
    [
      "the transport says otherwise",
      byteString(head("iso-8859-1") + inOrder("<CODE>\x9elu\x9d</CODE>")),
      { encoding: "windows-1250" },
    ],
    ["it is UTF-16", utf16(`\ufeff${head("utf-8")}${inOrder("<CODE>žluť</CODE>")}`, "le"), {}],
  ] as const)("is an issue where it is declared otherwise: %s", (_, bytes, options) => {
    const { records, issues } = read(orders, bytes, options);
    expect(issues).toMatchObject([{ code: "ENCODING_MISMATCH", severity: "warning", at: { line: 1, column: 1 } }]);
    expect(orders.named(1, records[0]!.frame)["CODE"]).toBe("žluť");
  });

  it("is refused if it is not supported", () => {
    expect(stopOf(byteString(head("shift_jis") + inOrder("")))).toBe("XML_ENCODING 1:1");
  });

  it.each([
    ["a byte that is undefined in windows-1250", byteString(head("windows-1250")), byteString("a\x81")],
    ["a byte that is undefined in windows-1252", byteString(head("windows-1252")), byteString("a\x90")],
    ["a byte that is not UTF-8", utf8(head("utf-8")), byteString("a\xe9b")],
    ["UTF-8 that is too long", utf8(head("utf-8")), byteString("\xc0\xaf")],
    ["UTF-8 of a surrogate", utf8(head("utf-8")), byteString("\xed\xa0\x80")],
    ["UTF-8 cut inside a character", utf8(head("utf-8")), byteString("\xe2\x82")],
  ])("quarantines just the record with %s", (_, declaration, value) => {
    const places: readonly (readonly [before: string, behind: string])[] = [
      ["<CODE>", "</CODE>"],
      ["<X>", "</X>"],
      ["<CODE kind='", "'/>"],
      ["<X a='", "'/>"],
      ["<X><![CDATA[", "]]></X>"],
      ["<!--", "-->"],
      ["<?p ", "?>"],
      ["<X", "/>"],
      ["<X a", "='1'/>"],
    ];
    for (const [before, behind] of places) {
      const bytes = concat(
        declaration,
        utf8(`<ORDERS><ORDER id="1"/>\n<ORDER id="2">${before}`),
        value,
        utf8(`${behind}</ORDER><ORDER id="3"/></ORDERS>`),
      );
      const { records, damaged, issues } = read(orders, bytes);
      expect(records.map(({ frame }) => orders.named(1, frame)["@id"])).toEqual(["1", "3"]);
      expect(damaged).toMatchObject([{ issue: { code: "XML_ENCODING", at: { line: 2 } } }]);
      expect(issues).toEqual([]);
      expect(stopOf(bytes)).toMatch(/^XML_ENCODING 2:/);
    }
  });

  it("quarantines just the record with half a surrogate pair in UTF-16", () => {
    const bytes = utf16(
      `<ORDERS><ORDER id="1"/><ORDER id="2"><CODE>a\ud83d</CODE></ORDER><ORDER id="3"/></ORDERS>`,
      "le",
    );
    const { records, damaged } = read(orders, bytes);
    expect(records.map(({ frame }) => orders.named(1, frame)["@id"])).toEqual(["1", "3"]);
    expect(damaged).toMatchObject([{ issue: { code: "XML_ENCODING", at: { line: 1, column: 45 } } }]);
  });

  it("has nothing to say of a second byte order mark", () => {
    expect(stopOf(utf8(`\ufeff\ufeff${inOrder("")}`))).toMatch(/^XML_MALFORMED/);
    expect(stopOf(utf16(`\ufeff\ufeff${inOrder("")}`, "le"))).toMatch(/^XML_MALFORMED/);
  });
});

describe("a record", () => {
  const order = (id: number, filling = ""): string =>
    `<ORDER id="${id}"><CODE>c${id}</CODE>${filling}<ITEM><NAME>n</NAME></ITEM></ORDER>`;

  it("may be longer than a window", () => {
    const long = "<NOTE>poznámka &amp; další</NOTE>".repeat(7_000);
    const { records, damaged } = read(orders, `<ORDERS>${order(1)}${order(2, long)}${order(3)}</ORDERS>`);
    expect(records.map(({ frame }) => orders.named(1, frame))).toMatchObject([
      { CODE: "c1" },
      { CODE: "c2" },
      { CODE: "c3" },
    ]);
    expect(records[1]?.raw).toBe(order(2, long));
    expect(damaged).toEqual([]);
  });

  it("may be damaged and longer than a window", () => {
    const long = "<NOTE>x</NOTE><!-- <ITEM> --><NOTE><![CDATA[</ITEM>]]></NOTE>".repeat(3_000);
    const { records, damaged } = read(orders, `<ORDERS>${order(1)}${order(2, `&${long}`)}${order(3)}</ORDERS>`);
    expect(records.map(({ index }) => index)).toEqual([0, 2]);
    expect(damaged.map(({ raw }) => raw)).toEqual([order(2, `&${long}`)]);
  });

  it("may be one of many in one line", () => {
    const xml = `<ORDERS>${Array.from({ length: 5_000 }, (_, id) => order(id)).join("")}</ORDERS>`;
    const { records } = read(orders, xml);
    expect(records.map(({ frame }) => orders.named(1, frame)["@id"])).toEqual(
      Array.from({ length: 5_000 }, (_, id) => String(id)),
    );
    for (const { at } of records.slice(-3)) expect(xml.slice(at.column - 1)).toMatch(/^<ORDER id="499/);
  });

  it("may be the root", () => {
    const single = layout({ record: "/ORDER", paths: ["/ORDER/CODE"] });
    expect(valuesOf(single, "<ORDER><CODE>1</CODE></ORDER>\n")).toEqual([{ CODE: "1" }]);
    const { damaged, issues } = read(single, "<ORDER a=1><CODE>1</CODE></ORDER>");
    expect([damaged.length, issues.length]).toEqual([1, 0]);
  });

  it("may be of several kinds, and stand in several places", () => {
    const structure = layout({
      record: ["/SHOP/ADDRESSES/ADDRESS", "/SHOP/ORDERS/ORDER"],
      paths: ["/SHOP/ADDRESSES/ADDRESS/CITY", "/SHOP/ORDERS/ORDER/CODE"],
    });
    const xml = `<SHOP><ADDRESSES><ADDRESS><CITY>Brno</CITY></ADDRESS></ADDRESSES><ORDERS><ORDER><CODE>1</CODE></ORDER></ORDERS><ADDRESSES><ADDRESS><CITY>Plzeň</CITY></ADDRESS></ADDRESSES></SHOP>`;
    expect(valuesOf(structure, xml)).toEqual([{ CITY: "Brno" }, { CODE: "1" }, { CITY: "Plzeň" }]);
  });

  it("holds what is below it, whatever the names there", () => {
    expect(valuesOf(orders, inOrder("<X><ORDER id='9'><CODE>no</CODE></ORDER></X><CODE>yes</CODE>"))).toEqual([
      { CODE: "yes" },
    ]);
  });

  it("has no value from the record before it", () => {
    expect(valuesOf(orders, `<ORDERS>${order(1)}<ORDER/>${order(2)}</ORDERS>`)[1]).toEqual({});
  });
});

describe("a group", () => {
  const structure = layout({
    record: "/r/o",
    groups: ["/r/rate", "/r/o/i", "/r/o/i/p", "/r/o/i/p/q"],
    paths: ["/r/o/i/n", "/r/o/i/p+", "/r/o/i/p/@a", "/r/o/i/p/q/v", "/r/rate", "/r/rate/@c"],
  });

  it("gives a frame for each element, in document order, inside the frame around it", () => {
    const xml = `<r><o><i><p a="1">x<q><v>1</v></q><q/></p><n>first</n><p/></i><x/><i/><i><n>third</n></i></o><o/></r>`;
    expect(valuesOf(structure, xml)).toEqual([
      {
        i: [{ n: "first", p: [{ "@a": "1", ".": ["x1"], q: [{ v: "1" }, {}] }, { ".": [""] }] }, {}, { n: "third" }],
      },
      {},
    ]);
  });

  it("outside of records is not told twice where a window cuts it", () => {
    const xml = `<r>${filler}<rate c="a">1</rate><rate c="b"/><o/><rate>3</rate></r>`;
    for (let windowBytes = 1; windowBytes < 80; windowBytes++)
      expect(structure.named(0, read(structure, xml, { windowBytes }).document)).toEqual({
        "r/rate": [{ "@c": "a", ".": "1" }, { "@c": "b", ".": "" }, { ".": "3" }],
      });
  });
});

describe("the document's own values", () => {
  it("stand before, between and behind the records", () => {
    const structure = layout({ record: "/r/o", paths: ["/r/@v", "/r/shop", "/r/note+", "/r/foot/sum", "/r/o/c"] });
    const xml = `${filler}<r v='1'><shop>s&amp;t</shop><note>a<b>b</b></note><o/><note><![CDATA[c]]></note><o/><foot><sum>3</sum></foot></r>`;
    for (const windowBytes of [1, 2, 3, 7, 50, 65_536])
      expect(structure.named(0, read(structure, xml, { windowBytes }).document)).toEqual({
        "r/@v": "1",
        "r/shop": "s&t",
        "r/note": ["ab", "c"],
        "r/foot/sum": "3",
      });
  });

  it("may hold the text of records, which are read again where a window cuts them", () => {
    const structure = layout({ record: "/r/o", paths: ["/r", "/r/o", "/r/o/c"] });
    const xml = `${filler}<r>a<o>b<c>c</c></o>d<o><c>e</c></o>f</r>`;
    for (let windowBytes = 1; windowBytes < 60; windowBytes++) {
      const { document, records } = read(structure, xml, { windowBytes });
      expect(structure.named(0, document)).toEqual({ r: "abcdef" });
      expect(records.map(({ frame }) => structure.named(1, frame))).toEqual([
        { ".": "bc", c: "c" },
        { ".": "e", c: "e" },
      ]);
    }
  });

  it("leave out a record that is damaged", () => {
    const structure = layout({ record: "/r/o", paths: ["/r"] });
    expect(structure.named(0, read(structure, "<r>a<o>b&</o>c<o>d</o></r>").document)).toEqual({ r: "acd" });
  });
});

describe("what was learned of one document", () => {
  it("does not leak into the next, whatever its structure and encoding", () => {
    const documents: readonly (string | Uint8Array)[] = [
      inOrder(`<CODE>1</CODE><ITEM><NAME>a</NAME></ITEM>`),
      inOrder(`\n  <ITEM><NAME>a</NAME><X/></ITEM>\n  <CODE kind="k">2</CODE>`),
      byteString(
        `<?xml version="1.0" encoding="windows-1250"?><ORDERS><\x9e/><ORDER><\x9e>x</\x9e><CODE>\x9e</CODE></ORDER></ORDERS>`,
      ),
      `<ORDERS><ž/><ORDER><ž>x</ž><CODE>ž</CODE></ORDER></ORDERS>`,
      `<ORDERS xmlns="urn:x"><ORDER><CODE>no</CODE></ORDER></ORDERS>`,
      `<ORDERS xmlns:x="urn:x"><ORDER><x:CODE>no</x:CODE><CODE>3</CODE></ORDER></ORDERS>`,
      `<ORDERS><ORDER><CODE>4</CODE><CODE/><CODE>5</CODE></ORDER><ORDER><CODE/></ORDER></ORDERS>`,
      utf16(inOrder("<CODE>\u{1f600}</CODE>"), "le"),
      `<ORDERS><ORDER><a><b><c/></b></a><CODE>6</CODE></ORDER></ORDERS>`,
    ];
    const fresh = documents.map((document) => valuesOf(ordersLayout(), document));
    for (const first of documents.keys())
      for (const second of documents.keys()) {
        const shared = ordersLayout();
        expect(valuesOf(shared, documents[first]!)).toEqual(fresh[first]);
        expect(valuesOf(shared, documents[second]!)).toEqual(fresh[second]);
        expect(valuesOf(shared, documents[first]!)).toEqual(fresh[first]);
      }
  });

  it("holds a later reader to its own limits", () => {
    const xml = inOrder("<a><b>1</b></a><long-name-of-an-element/>");
    expect(stopOf(xml)).toBeUndefined();
    expect(stopOf(xml, { limits: { depth: 3 } })).toMatch(/^XML_LIMIT/);
    expect(stopOf(xml, { limits: { name: 10 } })).toMatch(/^XML_LIMIT/);
    expect(stopOf(xml)).toBeUndefined();
  });

  it("takes no memory to speak of where each element declares namespaces of its own", () => {
    const prefixes = (from: number): string =>
      Array.from({ length: 120 }, (_, at) => ` xmlns:p${from + at}="u"`).join("");
    const inner = Array.from({ length: 20_000 }, (_, at) => `<x xmlns:q="${at}"/>`).join("");
    const xml = `<ORDERS${prefixes(0)}><a${prefixes(120)}>${inner}</a><ORDER/></ORDERS>`;
    const own = ordersLayout();
    const before = process.memoryUsage().heapUsed;
    expect(valuesOf(own, xml)).toEqual([{}]);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024);
    expect(valuesOf(own, xml)).toEqual([{}]);
  });

  it("may be more than is remembered", () => {
    const xml = `<ORDERS>${Array.from({ length: 21_000 }, (_, at) => `<X${at}/>`).join("")}<ORDER><CODE>1</CODE></ORDER></ORDERS>`;
    const own = ordersLayout();
    for (let times = 0; times < 2; times++) expect(valuesOf(own, xml)).toEqual([{ CODE: "1" }]);
  });

  it("does not take a text for one that it has seen", () => {
    const values = ["CZK", "CZK", "CZK", "EUR", "CZK ", "CZ", "CZK&amp;", "CZKčz", "CZK", "", "CZK\n", "CZK"];
    const xml = `<ORDERS>${values.map((value) => `<ORDER>\n<CODE>${value}</CODE></ORDER>`).join("\n")}</ORDERS>`;
    for (let times = 0; times < 3; times++) {
      expect(valuesOf(orders, xml).map(({ CODE }) => CODE)).toEqual(values.map((value) => value.replace("&amp;", "&")));
      expect(read(orders, xml).records.at(-1)?.at.line).toBe(xml.split("\n").length - 1);
    }
  });
});

describe("the place", () => {
  const texts = fc.string({
    unit: fc.constantFrom("a", "é", "€", "\u{1f600}", "\r\n", "\n", "\t", " ", "&amp;"),
    maxLength: 12,
  });
  const gaps = fc.string({
    unit: fc.constantFrom(
      "\n",
      "\r\n",
      " ",
      "\t",
      "<!-- é\n\u{1f600} -->",
      "<?p \n?>",
      "<X>é\n</X>",
      "<X a='\n€\n'\n/>",
    ),
    maxLength: 5,
  });
  const parts = fc.array(
    fc.oneof(
      texts.map((text) => `<CODE>${text}</CODE>`),
      texts.map((text) => `<CODE kind="${text}"\n>\u{1f600}</CODE\n>`),
      texts.map((text) => `<x xmlns:p="${text}x"/><CODE><![CDATA[${text}]]></CODE>`),
      texts.map((text) => `\n<ITEM>\n  <NAME>${text}</NAME></ITEM>`),
    ),
    { maxLength: 4 },
  );
  const records = parts.map((contents) => `<ORDER\nid="1">${contents.join("")}</ORDER>`);
  const documents = fc.array(fc.tuple(gaps, records), { minLength: 1, maxLength: 5 });

  /** Counts the simple way. */
  const placeIn = (text: string, index: number, offset: number): { line: number; column: number; offset: number } => {
    const before = text.slice(0, index);
    return { line: before.split("\n").length, column: index - before.lastIndexOf("\n"), offset };
  };

  it.each([
    ["utf-8", utf8, (text: string) => utf8(text).length],
    ["utf-8 with a byte order mark", (text: string) => utf8(`\ufeff${text}`), (text: string) => utf8(text).length + 3],
    ["utf-16, counted as UTF-8", (text: string) => utf16(`\ufeff${text}`, "le"), (text: string) => utf8(text).length],
    [
      "iso-8859-1",
      (text: string) => byteString(text.replace(/[^\0-\xff]/gu, "?")),
      (text: string) => text.replace(/[^\0-\xff]/gu, "?").length,
    ],
  ] as const)("of a record, and its text, are those in the file (%s)", (name, encode, bytesOf) => {
    const declaration = name === "iso-8859-1" ? '<?xml version="1.0" encoding="iso-8859-1"?>' : "";
    fc.assert(
      fc.property(documents, fc.integer({ min: 1, max: 70 }), (pieces, windowBytes) => {
        let text = `${declaration}${filler}\n<ORDERS>`;
        const expected: unknown[] = [];
        for (const [gap, record] of pieces) {
          text += gap;
          const shown = name === "iso-8859-1" ? record.replace(/[^\0-\xff]/gu, "?") : record;
          const plain = name === "iso-8859-1" ? text.replace(/[^\0-\xff]/gu, "?") : text;
          expected.push({ at: placeIn(plain, plain.length, bytesOf(text)), raw: shown });
          text += record;
        }
        text += "</ORDERS>";
        const reading = read(orders, encode(text), { windowBytes });
        expect(reading.records.map(({ at, raw }) => ({ at, raw }))).toEqual(expected);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  it("of damage is that in the file", () => {
    const damages = fc.constantFrom(
      "<CODE>&</CODE>",
      "<CODE>x&y;</CODE>",
      '<X a="&"/>',
      "<X><![CDATA[x]]>&</X>",
      "\n&",
    );
    fc.assert(
      fc.property(
        documents,
        gaps,
        records,
        damages,
        fc.integer({ min: 1, max: 70 }),
        (pieces, gap, record, damage, windowBytes) => {
          const start = `${filler}\n<ORDERS>${pieces.flat().join("")}${gap}${record.slice(0, -"</ORDER>".length)}`;
          const text = `${start}${damage}</ORDER>\n<ORDER/></ORDERS>`;
          const index = start.length + damage.indexOf("&");
          const { damaged, issues } = read(orders, text, { windowBytes });
          expect(damaged.map(({ issue }) => issue.at)).toEqual([
            placeIn(text, index, utf8(text.slice(0, index)).length),
          ]);
          expect(issues).toEqual([]);
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it("names the file", () => {
    const { records, damaged } = read(orders, "<ORDERS><ORDER/><ORDER>&</ORDER></ORDERS>", { file: "orders.xml" });
    expect(records[0]?.at.file).toBe("orders.xml");
    expect(damaged[0]?.issue.at?.file).toBe("orders.xml");
  });
});

describe("tricky documents", () => {
  const wrap = (xml: string): string =>
    `<?xml version="1.0" encoding="utf-8"?>\n<ORDERS><ORDER id="1"><ID>1</ID>${xml}</ORDER></ORDERS>`;
  const bytes = (before: string, middle: string, encoding: string): Uint8Array =>
    byteString(
      `<?xml version="1.0" encoding="${encoding}"?><ORDERS><ORDER><CODE>${before}${middle}</CODE></ORDER></ORDERS>`,
    );
  const laughs = `<!DOCTYPE ORDERS [<!ENTITY a "ha">${Array.from("bcdef", (name, at) => `<!ENTITY ${name} "${`&${"abcde"[at]!};`.repeat(10)}">`).join("")}]>`;

  it.each([
    ["a mismatched tag", wrap("<CODE>K1</CDE>")],
    ["an unclosed root", wrap("<CODE>K1</CODE>").replace("</ORDERS>", "")],
    ["a truncated end", wrap("<CODE>K1</CODE>").slice(0, -4)],
    ["two roots", `${wrap("<CODE>K1</CODE>")}<ORDERS></ORDERS>`],
    ["text after the root", `${wrap("<CODE>K1</CODE>")} rest`],
    ["an empty input", ""],
    ["a bare &", wrap("<CODE>Kolo & syn</CODE>")],
    ["an unknown entity", wrap("<CODE>K&eacute;</CODE>")],
    ["a bare <", wrap("<CODE>2 < 3</CODE>")],
    ["a control character", wrap("<CODE>K\u0008</CODE>")],
    ["a reference to a control character", wrap("<CODE>K&#8;</CODE>")],
    ["]]> in a text", wrap("<CODE>K]]>L</CODE>")],
    ["a duplicate attribute", wrap('<CODE b="1" b="1">K</CODE>')],
    ["an attribute without quotes", wrap("<CODE b=2>K</CODE>")],
    ["-- in a comment", wrap("<!-- x -- y --><CODE>K</CODE>")],
    ["bytes that are not UTF-8", bytes("K", "\xfe\xff", "utf-8")],
    ["an unbound prefix", wrap("<p:X>1</p:X><CODE>K</CODE>")],
    ["an entity from the DTD", `<!DOCTYPE ORDERS [<!ENTITY e "ee">]>${inOrder("<CODE>&e;</CODE>")}`],
    ["a billion laughs", laughs + inOrder("<CODE>&f;</CODE>")],
  ])("are refused: %s", (_, input) => {
    expect(read(orders, input, { malformed: "stop" }).error).toBeDefined();
    expect(read(orders, input, { malformed: "stop", doctype: "skip" }).error).toBeDefined();
    const { records, damaged, issues, error } = read(orders, input);
    expect(damaged.length + issues.length + (error === undefined ? 0 : 1)).toBeGreaterThan(0);
    expect(records.length).toBeLessThan(2);
  });

  it.each<readonly [string, string | Uint8Array, string]>([
    ["predefined entities", wrap("<CODE>&quot;&lt;&apos;&gt;&amp;</CODE>"), "\"<'>&"],
    ["character references", wrap("<CODE>&#345;&#x159;&#x1F6B2;</CODE>"), "řř\u{1f6b2}"],
    ["a reference decoded once", wrap("<CODE>&amp;gt;</CODE>"), "&gt;"],
    ["CDATA amid text", wrap("<CODE>x<![CDATA[<i>&lt;</i>]]>z</CODE>"), "x<i>&lt;</i>z"],
    ["a comment amid text", wrap("<CODE>x<!-- y -->z</CODE>"), "xz"],
    ["the record's end in CDATA", wrap("<NOTE><![CDATA[</ORDER><ORDER id='2'>]]></NOTE><CODE>K</CODE>"), "K"],
    ["the record's end in a comment", wrap("<!-- </ORDER> --><CODE>K</CODE>"), "K"],
    ["the record's end in a processing instruction", wrap("<?x </ORDER>?><CODE>K</CODE>"), "K"],
    ["> in an attribute", wrap('<CODE b="1>2">K</CODE>'), "K"],
    ["CR LF", wrap("<CODE>x\r\ny</CODE>"), "x\ny"],
    ["leading zeros", wrap("<CODE>000420</CODE>"), "000420"],
    ["a sign and trailing zeros", wrap("<CODE>+99.90</CODE>"), "+99.90"],
    ["the record's name inside it", wrap("<Y><ORDER><CODE>x</CODE></ORDER></Y><CODE>K</CODE>"), "K"],
    ["__proto__", wrap("<__proto__>p</__proto__><CODE>K</CODE>"), "K"],
    ["UTF-16 with a byte order mark", utf16(`\ufeff${wrap("<CODE>ř</CODE>").replace("utf-8", "utf-16")}`, "le"), "ř"],
    ["windows-1250", bytes("", "\xf8\x9e\x9a", "windows-1250"), "řžš"],
  ])("are read: %s", (_, input, value) => {
    expect(valuesOf(orders, input)).toMatchObject([{ CODE: value }]);
  });
});

describe("without Node's Buffer", () => {
  it("reads the same, as in a browser", async () => {
    const documents: readonly Uint8Array[] = [
      utf8(
        `\ufeff<ORDERS>${"<ORDER id='1'><CODE>žluť &amp; \u{1f600}</CODE></ORDER>\n".repeat(3_000)}<ORDER>&</ORDER></ORDERS>`,
      ),
      byteString(`<?xml version="1.0" encoding="windows-1250"?>${inOrder("<CODE>\x80\x9e\xa0</CODE>")}`),
      concat(utf8("<ORDERS><ORDER id='"), Uint8Array.of(0x80), utf8("'/><ORDER><CODE>\ufeffé</CODE></ORDER></ORDERS>")),
      utf16(inOrder("<CODE>\u{1f600}</CODE>"), "be"),
    ];
    const expected = documents.map((bytes) => read(ordersLayout(), bytes));
    vi.resetModules();
    vi.stubGlobal("Buffer", undefined);
    const browser = await import("./reading.ts").finally(() => void vi.unstubAllGlobals());
    const own = browser.layout({
      record: "/ORDERS/ORDER",
      groups: ["/ORDERS/ORDER/ITEM"],
      paths: [
        "/ORDERS/SHOP",
        "/ORDERS/ORDER/CODE",
        "/ORDERS/ORDER/CODE/@kind",
        "/ORDERS/ORDER/@id",
        "/ORDERS/ORDER/ITEM/NAME",
      ],
    });
    expect(documents.map((bytes) => browser.read(own, bytes))).toEqual(expected);
  });
});
