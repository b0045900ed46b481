import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { type Mended, mendRecord } from "../../src/xml/repair.ts";

/** A value of a record: where it stands, and what it is. */
type Value = readonly [path: string, text: string];

/** Texts of elements without children, and attributes, as a strict reader sees them. @throws if it is not well-formed. */
function valuesOf(xml: string): Value[] {
  const values: Value[] = [];
  const stack: { name: string; text: string; leaf: boolean }[] = [];
  const path = (): string => stack.map(({ name }) => `/${name}`).join("");
  const parser = new SaxesParser();
  const addText = (text: string): void => {
    const top = stack.at(-1);
    if (top !== undefined) top.text += text;
  };
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name, attributes }) => {
    const top = stack.at(-1);
    if (top !== undefined) top.leaf = false;
    stack.push({ name, text: "", leaf: true });
    for (const [attribute, value] of Object.entries(attributes)) values.push([`${path()}/@${attribute}`, value]);
  });
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    const where = path();
    const { text, leaf } = stack.pop()!;
    if (leaf || /[^ \t\r\n]/.test(text)) values.push([where, text]);
  });
  parser.write(xml).close();
  return values;
}

function mend(xml: string, name = "ORDER"): Mended {
  const mended = mendRecord(xml, name);
  expect(mended, xml).toBeDefined();
  return mended!;
}

/** Values of the mended record by path below the record; several of one path in an array. */
function mendedValues(xml: string, name = "ORDER"): Record<string, string | string[]> {
  const found = new Map<string, string[]>();
  for (const [path, text] of valuesOf(mend(xml, name).xml)) {
    const key = path.slice(name.length + 2);
    found.set(key, [...(found.get(key) ?? []), text]);
  }
  return Object.fromEntries(
    [...found].map(([path, [first = "", ...more]]) => [path, more.length > 0 ? [first, ...more] : first]),
  );
}

describe("references and characters", () => {
  const order = (company: string, city = "Brno"): string =>
    `<ORDER><CODE>2026000123</CODE><CUSTOMER><COMPANY>${company}</COMPANY><CITY>${city}</CITY></CUSTOMER></ORDER>`;

  it.each([
    ["Dvořák & syn", "Dvořák & syn", `"&" in /CUSTOMER/COMPANY written as "&amp;"`],
    ["R&D s.r.o.", "R&D s.r.o.", `"&" in /CUSTOMER/COMPANY written as "&amp;"`],
    [
      "Hal&oacute; Čaj&nbsp;a&nbsp;káva",
      "Haló Čaj\u00a0a\u00a0káva",
      `"&nbsp;" in /CUSTOMER/COMPANY replaced by its character (2 times)`,
    ],
    ["&Ccaron;aj &ndash; &euro;", "Čaj – €", `"&Ccaron;" in /CUSTOMER/COMPANY replaced by its character`],
    ["Nováček &spol; a.s.", "Nováček &spol; a.s.", `"&" in /CUSTOMER/COMPANY written as "&amp;"`],
    ["A &&amp; B &", "A && B &", `"&" in /CUSTOMER/COMPANY written as "&amp;" (2 times)`],
    [
      "a&#1;b&#xFFFE;&#99999999999;c",
      "abc",
      "a reference to a character that XML forbids removed from /CUSTOMER/COMPANY (3 times)",
    ],
    ["a&#;b&#x;c&#12", "a&#;b&#x;c&#12", `"&" in /CUSTOMER/COMPANY written as "&amp;" (3 times)`],
    ["No\u0001vák\u001f", "Novák", "control character U+0001 removed from /CUSTOMER/COMPANY"],
    ["No\ufffevák", "Novák", "character U+FFFE removed from /CUSTOMER/COMPANY"],
    ["No\ud83dvák 🍵", "Novák 🍵", "half of a character U+D83D removed from /CUSTOMER/COMPANY"],
    ["x ]]> y", "x ]]> y", `"]]>" in /CUSTOMER/COMPANY written as "]]&gt;"`],
    ["1 < 2", "1 < 2", `"<" in /CUSTOMER/COMPANY written as "&lt;"`],
    ["do <10 kg, a<b", "do <10 kg, a<b", `"<" in /CUSTOMER/COMPANY written as "&lt;" (2 times)`],
    ["Jan <jan@example.cz>", "Jan <jan@example.cz>", `"<" in /CUSTOMER/COMPANY written as "&lt;"`],
    ["<![CDATA[a\u0002 & b]]> & c", "a & b & c", "control character U+0002 removed from /CUSTOMER/COMPANY"],
  ])("mends %j", (raw, value, repair) => {
    expect(mendedValues(order(raw))).toEqual({
      CODE: "2026000123",
      "CUSTOMER/COMPANY": value,
      "CUSTOMER/CITY": "Brno",
    });
    expect(mend(order(raw)).repairs).toContain(repair);
  });

  it("keeps what was right, hexadecimal references and CDATA too", () => {
    const { xml, repairs } = mend(
      order("a &amp; b &lt;&gt;&quot;&apos; &#215;&#xD7;&#x1F375; &amp;nbsp; <![CDATA[<p>&nbsp;</p>]]>"),
    );
    expect(valuesOf(xml)[1]?.[1]).toBe("a & b <>\"' ××🍵 &nbsp; <p>&nbsp;</p>");
    expect(repairs).toEqual([]);
  });

  it("tells no more than 50 kinds of repairs one by one", () => {
    const fields = Array.from({ length: 60 }, (_, index) => `<F${index}>a & b</F${index}>`);
    const { repairs } = mend(`<ORDER>${fields.join("")}</ORDER>`);
    expect(repairs).toHaveLength(51);
    expect(repairs.at(-1)).toBe("10 other kinds of repairs");
  });
});

describe("tags that do not match", () => {
  const rest = { CODE: "2026000124", CITY: "Brno", ZIP: "602 00" };
  const order = (street: string): string =>
    `<ORDER><CODE>2026000124</CODE>${street}<CITY>Brno</CITY><ZIP>602 00</ZIP></ORDER>`;

  it.each([
    ["<STREET>Dlouhá 7", "Dlouhá 7", "<STREET> in ORDER was not closed: closed behind its text"],
    ["<STREET>Dlouhá 7\n  ", "Dlouhá 7", "<STREET> in ORDER was not closed: closed behind its text"],
    ["<STREET><![CDATA[Dlouhá 7]]>", "Dlouhá 7", "<STREET> in ORDER was not closed: closed behind its text"],
    ["<STREET>Dlouhá 7<STREET>", "Dlouhá 7", "<STREET> in /STREET taken as </STREET>"],
    ["<STREET>Dlouhá 7</STRET>", "Dlouhá 7", "</STRET> in /STREET taken as </STREET>"],
    ["<STREET>Dlouhá 7</street>", "Dlouhá 7", "</street> in /STREET taken as </STREET>"],
    ["<STREET>Dlouhá 7</>", "Dlouhá 7", "</> in /STREET taken as </STREET>"],
    ["<STREET>Dlouhá 7</ULICE>", "Dlouhá 7", "</ULICE> in /STREET closes nothing: dropped"],
    ["<STREET>Dlouhá 7</STREET", "Dlouhá 7", `the closing tag of /STREET lacked its ">"`],
    ["<STREET>Dlouhá 7</STREET x>", "Dlouhá 7", "what stood behind the name in the closing tag of /STREET dropped"],
    ["<STREET Dlouhá 7</STREET>", "Dlouhá 7", `the opening tag of /STREET lacked its ">"`],
    ["<STREET>Dlouhá 7</STREET></STREET>", "Dlouhá 7", "</STREET> in ORDER closes nothing: dropped"],
    ["</STREET><STREET>Dlouhá 7</STREET>", "Dlouhá 7", "</STREET> in ORDER closes nothing: dropped"],
    ["<STREET>Dlouhá <!-- 8 --7 --> 7</STREET>", "Dlouhá  7", `a comment with "--" in /STREET dropped`],
    [
      "<STREET>Dlouhá 7<!-- vchod ze dvora</STREET>",
      "Dlouhá 7",
      "a comment without end in /STREET dropped, up to the next tag",
    ],
    ["<STREET><![CDATA[Dlouhá 7</STREET>", "Dlouhá 7", "the CDATA section in /STREET was not closed"],
    ["<STREET><![CDATA[Dlouhá 7", "Dlouhá 7", "the CDATA section in /STREET was not closed"],
    ["<ST\u0001REET>Dlouhá 7</STREET>", "Dlouhá 7", "control character U+0001 removed from a name in a tag of /STREET"],
  ])("mends %j", (raw, street, repair) => {
    expect(mendedValues(order(raw))).toEqual({ ...rest, STREET: street });
    expect(mend(order(raw)).repairs).toContain(repair);
  });

  it("keeps the fields behind several unclosed ones where they belong", () => {
    const xml = `<ORDER>
  <CUSTOMER>
    <NAME>Jana Malá & Petr Malý
    <STREET>Dlouhá 7
    <CITY>Brno</CITY>
    <EMAIL>jana@example.cz
  </CUSTOMER>
  <TOTAL>1&nbsp;250,00</TOTAL>
</ORDER>`;
    expect(mendedValues(xml)).toEqual({
      "CUSTOMER/NAME": "Jana Malá & Petr Malý",
      "CUSTOMER/STREET": "Dlouhá 7",
      "CUSTOMER/CITY": "Brno",
      "CUSTOMER/EMAIL": "jana@example.cz",
      TOTAL: "1\u00a0250,00",
    });
  });

  it("ends an unclosed element that holds others where the indentation says so", () => {
    const xml = `<ORDER>
  <CUSTOMER>
    <NAME>Jana Malá</NAME>
    <DIC>
    <CITY>Brno</CITY>
  <ITEMS>
    <ITEM>
      <NAME>Čaj</NAME>
    <ITEM>
      <NAME>Káva</NAME>
    </ITEM>
  </ITEMS>
  <TOTAL>350</TOTAL>
</ORDER>`;
    expect(mendedValues(xml)).toEqual({
      "CUSTOMER/NAME": "Jana Malá",
      "CUSTOMER/DIC": "",
      "CUSTOMER/CITY": "Brno",
      "ITEMS/ITEM/NAME": ["Čaj", "Káva"],
      TOTAL: "350",
    });
    expect(mend(xml).repairs).toEqual([
      "<DIC> in /CUSTOMER was not closed: closed before <CITY>",
      "<CUSTOMER> in ORDER was not closed: closed before <ITEMS>",
      "<ITEM> in /ITEMS was not closed: closed before <ITEM>",
    ]);
  });

  it("ends an unclosed item before the next one without indentation", () => {
    const xml =
      "<ORDER><ITEMS><ITEM><NAME>Čaj</NAME><QTY>2<ITEM><NAME>Káva</NAME><QTY>1</QTY></ITEM></ITEMS><TOTAL>350</TOTAL></ORDER>";
    expect(mendedValues(xml)).toEqual({
      "ITEMS/ITEM/NAME": ["Čaj", "Káva"],
      "ITEMS/ITEM/QTY": ["2", "1"],
      TOTAL: "350",
    });
  });

  it("takes no notice of line breaks without indentation", () => {
    const xml =
      "<ORDER>\n<CUSTOMER>\n<NAME>Jana</NAME>\n<CITY>Brno</CITY>\n</CUSTOMER>\n<ITEMS>\n<ITEM>\n<NAME>Čaj</NAME>";
    expect(mendedValues(xml)).toEqual({ "CUSTOMER/NAME": "Jana", "CUSTOMER/CITY": "Brno", "ITEMS/ITEM/NAME": "Čaj" });
  });

  it("ends an empty field at once if its like hold nothing elsewhere", () => {
    const xml = "<ORDER><ITEM><NOTE></NOTE><QTY>1</QTY></ITEM><ITEM><NOTE><QTY>2</QTY></ITEM></ORDER>";
    expect(mendedValues(xml)).toEqual({ "ITEM/NOTE": ["", ""], "ITEM/QTY": ["1", "2"] });
  });

  it("puts crossing tags one inside the other", () => {
    const { xml, repairs } = mend("<ORDER><NOTE><b>ne<i>volat</b></i>, psát</NOTE><CITY>Brno</CITY></ORDER>");
    expect(xml).toBe("<ORDER><NOTE><b>ne<i>volat</i></b>, psát</NOTE><CITY>Brno</CITY></ORDER>");
    expect(repairs).toEqual([
      "<i> in /NOTE/b was not closed: closed behind its text",
      "</i> in /NOTE closes nothing: dropped",
    ]);
  });

  it("leaves HTML inside of an unclosed description", () => {
    const { xml } = mend("<ORDER><ITEM><TEXT>Čaj<br>sypaný <b>zelený</b>, 50 g<PRICE>120</PRICE></ITEM></ORDER>");
    expect(xml).toBe("<ORDER><ITEM><TEXT>Čaj<br/>sypaný <b>zelený</b>, 50 g</TEXT><PRICE>120</PRICE></ITEM></ORDER>");
  });

  it("does not end a CDATA section at the end of another", () => {
    const xml =
      "<ORDER><NAME><![CDATA[Jana & Petr</NAME><NOTE><![CDATA[<p>Prosím</p>]]></NOTE><CITY>Brno</CITY></ORDER>";
    expect(mendedValues(xml)).toEqual({ NAME: "Jana & Petr", NOTE: "<p>Prosím</p>", CITY: "Brno" });
    const items = "<ORDER><ITEM><NAME><![CDATA[Čaj</NAME></ITEM><ITEM><NAME><![CDATA[Káva]]></NAME></ITEM></ORDER>";
    expect(mendedValues(items)).toEqual({ "ITEM/NAME": ["Čaj", "Káva"] });
  });

  it("keeps a CDATA section that is quoted in one", () => {
    const xml = "<ORDER><NOTE><![CDATA[<a><![CDATA[x]]]]><![CDATA[></a>]]></NOTE><CITY>Brno & okolí</CITY></ORDER>";
    expect(mendedValues(xml)).toEqual({ NOTE: "<a><![CDATA[x]]></a>", CITY: "Brno & okolí" });
  });
});

describe("attributes", () => {
  it.each([
    ["code=A1 qty='2'", { code: "A1", qty: "2" }, "the value of attribute code of /ITEM put in quotes"],
    ['code="A1"qty="2"', { code: "A1", qty: "2" }, "attribute qty of /ITEM parted from the one before it"],
    [
      'code="A1" code="A2" qty="2"',
      { code: "A1", qty: "2" },
      "attribute code of /ITEM appears twice: only the first one kept",
    ],
    ['code="A1 qty="2"', { code: "A1", qty: "2" }, "the value of attribute code of /ITEM lacked its closing quote"],
    ['code="A&B" qty="2"', { code: "A&B", qty: "2" }, `"&" in attribute code of /ITEM written as "&amp;"`],
    [
      'code="A&nbsp;1" qty="2"',
      { code: "A\u00a01", qty: "2" },
      `"&nbsp;" in attribute code of /ITEM replaced by its character`,
    ],
    ['code="<5 kg" qty="2"', { code: "<5 kg", qty: "2" }, `"<" in attribute code of /ITEM written as "&lt;"`],
    [`code='5" <' qty="2"`, { code: '5" <', qty: "2" }, `"<" in attribute code of /ITEM written as "&lt;"`],
    [
      'code="A1" gift qty="2"',
      { code: "A1", gift: "", qty: "2" },
      "attribute gift of /ITEM had no value: written as empty",
    ],
    ['code="A1", qty="2"', { code: "A1", qty: "2" }, "what is no attribute in the opening tag of /ITEM dropped"],
    [
      'code="A1\u0001" qty="2"',
      { code: "A1", qty: "2" },
      "control character U+0001 removed from attribute code of /ITEM",
    ],
    ['qty="2" code="A1', { code: "A1", qty: "2" }, "the value of attribute code of /ITEM lacked its closing quote"],
    ['code="A1" qty="2" ', { code: "A1", qty: "2" }, undefined],
  ])("mends %j", (raw, attributes, repair) => {
    const xml = `<ORDER><ITEM ${raw}>Čaj</ITEM><ITEM lang="cs" url=http://www.example.cz/?a=1&b=2/>x</ORDER>`;
    const values: Record<string, string> = Object.fromEntries(
      valuesOf(mend(xml).xml).slice(0, Object.keys(attributes).length + 1),
    );
    const expected = Object.entries(attributes).map(([name, value]) => [`/ORDER/ITEM/@${name}`, value]);
    expect(values).toEqual({ ...Object.fromEntries(expected), "/ORDER/ITEM": "Čaj" });
    if (repair !== undefined) expect(mend(xml).repairs).toContain(repair);
    expect(valuesOf(mend(xml).xml)).toContainEqual(["/ORDER/ITEM/@url", "http://www.example.cz/?a=1&b=2"]);
  });

  it("keeps elements and attributes in their namespaces", () => {
    const xml =
      '<g:ORDER xmlns="urn:a" xmlns:g="urn:g"><g:ITEM xmlns:g="urn:h" g:code="1"><NAME xmlns="">Čaj & káva</NAME><g:QTY>1</g:QTY></g:ITEM><g:NOTE/><NOTE/></g:ORDER>';
    expect(namesOf(mend(xml, "g:ORDER").xml)).toEqual(namesOf(xml.replace("&", "&amp;")));
  });

  function namesOf(xml: string): string[] {
    const names: string[] = [];
    const parser = new SaxesParser({ xmlns: true });
    parser.on("opentag", ({ uri, local, attributes }) => {
      names.push(`{${uri}}${local}`);
      for (const attribute of Object.values(attributes))
        if (attribute.prefix !== "xmlns") names.push(`@{${attribute.uri}}${attribute.local}`);
    });
    parser.write(xml).close();
    return names.filter((name) => !name.endsWith("}xmlns"));
  }
});

describe("a record that ends early", () => {
  const order = `<ORDER>
  <CODE>2026000125</CODE>
  <CUSTOMER>
    <NAME>Jana Malá</NAME>
  </CUSTOMER>
  <ITEMS>
    <ITEM code="A1">
      <NAME>Čaj</NAME>
      <PRICE>1250,00</PRICE>
    </ITEM>
  </ITEMS>
</ORDER>`;
  const head = { CODE: "2026000125", "CUSTOMER/NAME": "Jana Malá" };

  it.each([
    [
      "00</PRICE>",
      { ...head, "ITEMS/ITEM/@code": "A1", "ITEMS/ITEM/NAME": "Čaj", "ITEMS/ITEM/PRICE": "1250," },
      "the record ends early, in /ITEMS/ITEM/PRICE: closed 4 elements",
    ],
    [
      "RICE>1250",
      { ...head, "ITEMS/ITEM/@code": "A1", "ITEMS/ITEM/NAME": "Čaj" },
      "the record ends inside a tag in /ITEMS/ITEM: the tag dropped",
    ],
    [
      "ICE>\n",
      { ...head, "ITEMS/ITEM/@code": "A1", "ITEMS/ITEM/NAME": "Čaj", "ITEMS/ITEM/PRICE": "1250,00" },
      "the record ends early, in /ITEMS/ITEM/PRICE: closed 4 elements",
    ],
    ['"A1">', { ...head, ITEMS: "" }, "the record ends inside a tag in /ITEMS: the tag dropped"],
    [
      "\n</ORDER>",
      { ...head, "ITEMS/ITEM/@code": "A1", "ITEMS/ITEM/NAME": "Čaj", "ITEMS/ITEM/PRICE": "1250,00" },
      "the record ends early, in ORDER: closed 1 element",
    ],
  ])("is closed in order where %j follows", (cut, values, repair) => {
    const xml = order.slice(0, order.indexOf(cut));
    const found = Object.entries(mendedValues(xml)).map(([path, value]) => [
      path,
      typeof value === "string" ? value.trim() : value,
    ]);
    expect(Object.fromEntries(found)).toEqual(values);
    expect(mend(xml).repairs).toContain(repair);
  });

  it("may end inside of a CDATA section or a comment", () => {
    expect(mendedValues("<ORDER><NOTE><![CDATA[<p>Zvoňte & čekejte")).toEqual({ NOTE: "<p>Zvoňte & čekejte" });
    expect(mendedValues("<ORDER><NOTE>Zvoňte<!-- in")).toEqual({ NOTE: "Zvoňte" });
    expect(mendedValues("<ORDER><NOTE>Zvoňte<![CDA")).toEqual({ NOTE: "Zvoňte" });
  });
});

describe("a record with nothing to go by", () => {
  it.each([
    "",
    "<",
    "<ORDER",
    "<ORDER>",
    "<ORDER>\n  ",
    "<INVOICE/>",
    "text",
    "</ORDER>",
    "<ORDER><CODE>1</CODE></ORDER><ORDER><CODE>2</CODE></ORDER>",
  ])("is given up: %j", (xml) => expect(mendRecord(xml, "ORDER")).toBeUndefined());

  it("is given up if it nests too deep, or holds names that the parser refuses", () => {
    expect(
      mendRecord(`<ORDER>${Array.from({ length: 300 }, (_, index) => `<A${index}>`).join("")}`, "ORDER"),
    ).toBeUndefined();
    expect(mendRecord("<ORDER><constructor>1</constructor></ORDER>", "ORDER")).toBeUndefined();
    expect(mendRecord("<ORDER><a:b:c>1 < 2</ORDER>", "ORDER")?.xml).toBe("<ORDER>&lt;a:b:c&gt;1 &lt; 2</ORDER>");
  });

  it("is not confused with an empty one", () => {
    expect(mendRecord("<ORDER/>", "ORDER")).toEqual({ xml: "<ORDER/>", repairs: [] });
  });
});

describe("several damages in one order", () => {
  it("are all mended and all told", () => {
    const xml = `<ORDER id=7>
  <CODE>2026000126</CODE>
  <CUSTOMER>
    <COMPANY>Dvořák & syn</COMPANY>
    <STREET>Dlouhá 7
    <CITY>Brno</CITY>
    <EMAIL>Petr Dvořák <petr@example.cz></EMAIL>
  </CUSTOMER>
  <NOTE><![CDATA[Zvoňte\u0002 u vrátnice</NOTE>
  <ITEMS>
    <ITEM><NAME>Čaj&nbsp;&quot;Zen&quot;</NAM><QTY>2</QTY></ITEM>
    <ITEM><NAME>Káva</NAME><QTY>1`;
    expect(mendedValues(xml)).toEqual({
      "@id": "7",
      CODE: "2026000126",
      "CUSTOMER/COMPANY": "Dvořák & syn",
      "CUSTOMER/STREET": "Dlouhá 7",
      "CUSTOMER/CITY": "Brno",
      "CUSTOMER/EMAIL": "Petr Dvořák <petr@example.cz>",
      NOTE: "Zvoňte u vrátnice",
      "ITEMS/ITEM/NAME": ['Čaj\u00a0"Zen"', "Káva"],
      "ITEMS/ITEM/QTY": ["2", "1"],
    });
    expect(mend(xml).repairs).toEqual([
      "the value of attribute id of ORDER put in quotes",
      "<STREET> in /CUSTOMER was not closed: closed behind its text",
      `"<" in /CUSTOMER/EMAIL written as "&lt;"`,
      "the CDATA section in /NOTE was not closed",
      "</NAM> in /ITEMS/ITEM/NAME taken as </NAME>",
      "the record ends early, in /ITEMS/ITEM/QTY: closed 4 elements",
      `"&" in /CUSTOMER/COMPANY written as "&amp;"`,
      "control character U+0002 removed from /NOTE",
      `"&nbsp;" in /ITEMS/ITEM/NAME replaced by its character`,
    ]);
    expect(mend(xml).repairs.join()).not.toMatch(/Dvořák|Dlouhá|example|Zvoňte/);
  });
});

interface Element {
  readonly name: string;
  readonly children: readonly Element[];
  readonly value: string;
  readonly section: boolean;
  readonly id: string | undefined;
}

const leaves = fc.record({
  name: fc.constantFrom("CODE", "NAME", "STREET", "CITY", "ZIP", "PRICE", "QTY", "Poznámka", "typ:email"),
  children: fc.constant([]),
  value: fc.constantFrom(
    "Čaj & káva",
    "Dlouhá 7",
    "602 00",
    "1250,00",
    'říká "ano"',
    "5 < 6 > 4",
    "x]]y",
    "🍵",
    "petr@example.cz",
  ),
  section: fc.boolean(),
  id: fc.option(fc.constantFrom("A1", "1 & 2", "„x“"), { nil: undefined }),
});
const containers = fc.record({
  name: fc.constantFrom("ITEM", "CUSTOMER", "PAYMENT"),
  children: fc.array(leaves, { minLength: 2, maxLength: 4 }),
  value: fc.constant(""),
  section: fc.constant(false),
  id: fc.option(fc.constantFrom("7", "a>b"), { nil: undefined }),
});
const orders = fc
  .tuple(leaves, fc.array(fc.oneof(leaves, containers), { minLength: 2, maxLength: 7 }), leaves)
  .map(([first, middle, last]): Element => ({
    name: "ORDER",
    children: [first, ...middle, last],
    value: "",
    section: false,
    id: undefined,
  }));

/** The order as XML; texts get a number, so that each is told from the others. */
function write(order: Element, indented: boolean): string {
  let count = 0;
  const escape = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;");
  const element = ({ name, children, value, section, id }: Element, depth: number): string => {
    const space = indented ? `\n${"  ".repeat(depth)}` : "";
    const text = `${value} ${++count}.`;
    const content = section ? `<![CDATA[${text}]]>` : escape(text);
    const inner = children.map((child) => `${space}${indented ? "  " : ""}${element(child, depth + 1)}`).join("");
    const attribute = id === undefined ? "" : ` id="${escape(id)}"`;
    return `<${name}${attribute}>${children.length > 0 ? inner + space : content}</${name}>`;
  };
  return element(order, 0);
}

/** Breaks one place of `xml`, chosen by `at`; undefined if there is none of the kind. Elements below the record only. */
type Damage = (
  xml: string,
  at: number,
) => { readonly xml: string; readonly from: number; readonly to: number } | undefined;

function replacing(pattern: RegExp, replacement: (...groups: string[]) => string): Damage {
  return (xml, at) => {
    const places = [...xml.matchAll(pattern)].filter(({ index }) => index > 0 && !xml.startsWith("</ORDER", index));
    const place = places[at % Math.max(1, places.length)];
    if (place === undefined) return undefined;
    const to = place.index + place[0].length;
    return { xml: xml.slice(0, place.index) + replacement(...place) + xml.slice(to), from: place.index, to };
  };
}

const NAMES = "[A-Z][\\p{L}]*|typ:email";
const damages: Record<string, Damage> = {
  "a bare &": replacing(/ (?=\d+\.<)/g, () => " & "),
  "an HTML entity": replacing(/ (?=\d+\.<)/g, () => "&nbsp;"),
  "an unknown entity": replacing(/ (?=\d+\.<)/g, () => "&firma;"),
  "a bare <": replacing(/ (?=\d+\.<)/g, () => " < "),
  "a control character": replacing(/ (?=\d+\.[<\]])/g, () => "\u0007"),
  "a missing closing tag": replacing(/(?<=\.)<\/[^>]+>/gu, () => ""),
  "a missing closing tag behind CDATA": replacing(/(?<=\]\]>)<\/[^>]+>/gu, () => ""),
  "a closing tag without its slash": replacing(/(?<=\.)<\/([^>]+)>/gu, (_, name = "") => `<${name}>`),
  "a misspelt closing tag": replacing(/(?<=[.>])<\/([^>]{4,})>/gu, (_, name = "") => `</${name}X>`),
  "a closing tag without end": replacing(/(?<=\.<\/[^>]+)>/gu, () => ""),
  "a stray closing tag": replacing(new RegExp(`(?<=>)(?=\\s*<(?:${NAMES})[ >])`, "gu"), () => "</STRAY>"),
  "an opening tag without end": replacing(/(?<=<[^/!][^>]*)>(?=[^<>]*\.<)/gu, () => " "),
  "an unquoted attribute": replacing(/(?<=<[A-Z][^<>]*id=)"(A1|7)"/gu, (_, value = "") => value),
  "a quote missing": replacing(/(?<=<[A-Z][^<>]*id="[^"<>]*)"/gu, () => ""),
  "an attribute twice": replacing(/(?<=<[A-Z][^<>]*)(?= id=")/gu, () => ' id="other"'),
  "an unfinished CDATA section": replacing(/\]\]>/g, () => ""),
  "an unfinished comment": replacing(new RegExp(`(?<=>)(?=\\s*<(?:${NAMES})[ >])`, "gu"), () => "<!-- pozn."),
};

describe("whatever is damaged", () => {
  it("leaves a well-formed record as it is, and what it mended too", () => {
    fc.assert(
      fc.property(orders, fc.boolean(), (order, indented) => {
        const xml = write(order, indented);
        const once = mend(xml);
        expect(once.repairs).toEqual([]);
        expect(valuesOf(once.xml)).toEqual(valuesOf(xml));
        expect(mend(once.xml)).toEqual(once);
      }),
      { seed: 20260304 },
    );
  });

  it.each(Object.entries(damages))("keeps the fields away from %s", (_, damage) => {
    let tried = 0;
    fc.assert(
      fc.property(orders, fc.boolean(), fc.nat(), (order, indented, at) => {
        const xml = write(order, indented);
        const damaged = damage(xml, at);
        if (damaged === undefined) return;
        tried++;
        const mended = mend(damaged.xml);
        expect(mended.repairs).not.toEqual([]);
        const found = new Set(valuesOf(mended.xml).map(([path, text]) => `${path} ${text}`));
        for (const [path, text] of valuesAway(xml, damaged.from, damaged.to))
          expect(found, damaged.xml).toContain(`${path} ${text}`);
        expect(mend(mended.xml)).toEqual({ xml: mended.xml, repairs: [] });
      }),
      { numRuns: 200, seed: 20260304 },
    );
    expect(tried).toBeGreaterThan(20);
  });

  it("keeps what stands before a cut", () => {
    fc.assert(
      fc.property(orders, fc.boolean(), fc.nat(), (order, indented, at) => {
        const xml = write(order, indented);
        const cut = at % xml.length;
        const mended = mendRecord(xml.slice(0, cut), "ORDER");
        if (mended === undefined) {
          expect(cut).toBeLessThan(xml.indexOf(">", 7) + 1);
          return;
        }
        const found = valuesOf(mended.xml).map(([path, text]) => `${path} ${text}`);
        for (const [path, text] of valuesAway(xml, cut, xml.length)) expect(found).toContain(`${path} ${text}`);
      }),
      { seed: 20260304 },
    );
  });

  it("keeps the fields away from two damages", () => {
    const kinds = Object.values(damages);
    fc.assert(
      fc.property(
        orders,
        fc.boolean(),
        fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
        (order, indented, [first, at, second, then]) => {
          const once = kinds[first % kinds.length]?.(write(order, indented), at);
          const twice = once && kinds[second % kinds.length]?.(once.xml, then);
          if (twice) valuesOf(mend(twice.xml).xml);
        },
      ),
      { numRuns: 500, seed: 20260304 },
    );
  });

  it("gives well-formed XML or nothing for any scrap of markup", () => {
    const scraps = fc.constantFrom(
      ...'< > / = \' " & ; ! - [ ] ? x ORDER A B <A> <B> </A> </B> </ORDER> <A/> <![CDATA[ ]]> <!-- --> <? ?> &nbsp; &#1; &# &lt; a="1" b='.split(
        " ",
      ),
      " ",
      "\n",
      "\n  ",
      "\u0001",
      "\ud800",
      "Čaj",
    );
    const records = fc.array(scraps, { maxLength: 40 }).map((parts) => `<ORDER>${parts.join("")}`);
    const texts = fc.string({ unit: "binary" }).map((text) => `<ORDER>${text}</ORDER>`);
    fc.assert(
      fc.property(
        fc.oneof(
          records,
          texts,
          records.map((xml) => `${xml}</ORDER>`),
        ),
        (xml) => {
          const mended = mendRecord(xml, "ORDER");
          if (mended === undefined) return;
          valuesOf(mended.xml);
          expect(mend(mended.xml).repairs, mended.xml).toEqual([]);
        },
      ),
      { numRuns: 3000, seed: 20260304 },
    );
  });

  /** Values of elements and attributes whose tags the damage does not touch: neither their own nor the one before it. */
  function valuesAway(xml: string, from: number, to: number): Value[] {
    const blocks = [...xml.matchAll(/<([^\s/!>][^\s>]*)[^<>]*>(?:[^<]|<!\[CDATA\[.*?\]\]>)*<\/\1>/gsu)];
    const touched = new Set(
      blocks
        .filter(({ index, 0: block }) => index <= to && index + block.length >= from)
        .flatMap(({ 0: block }) => valuesOf(block).map(([, text]) => text)),
    );
    return valuesOf(xml).filter(([path, text]) => !path.includes("/@") && !touched.has(text));
  }
});

it("takes time in proportion to what it is given", () => {
  const hostile = [
    "<",
    "&",
    "<A>x",
    "</A>",
    "<A><![CDATA[x",
    "<A><![CDATA[x</A>",
    "<!-- x <A>",
    "<A b='x>",
    "<A foo b='x c=",
    "<A ",
    "<A>x<A>",
    "<?a",
    "]]>",
  ];
  const inputs = [
    ...hostile.map((part) => `<ORDER>${part.repeat(200_000 / part.length)}</ORDER>`),
    `<ORDER><A ${attributes()}/></ORDER>`,
  ];
  const start = performance.now();
  for (const xml of inputs) mendRecord(xml, "ORDER");
  expect(performance.now() - start).toBeLessThan(25_000);

  function attributes(): string {
    return Array.from({ length: 20_000 }, (_, index) => `a${index}=1`).join(" ");
  }
});
