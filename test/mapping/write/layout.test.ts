import { code, decimal, parameter, text, writeDocuments } from "propojka";
import { describe, expect, it } from "vitest";
import { items } from "../reading.ts";
import { documentOf, writeOne, writerOf, xmlOf } from "./writing.ts";

describe("elements", () => {
  it("stand in the order of the fields, those with a common parent in that parent", () => {
    const fields = { b: text("B"), deep: { x: text("A/X") }, a: text("A/Y"), c: text("C/D/E"), d: text("C/D/F") };
    expect(xmlOf({ a: "1", b: "2", c: "3", d: "4", deep: { x: "5" } }, fields)).toBe(
      "<R><B>2</B><A><X>5</X><Y>1</Y></A><C><D><E>3</E><F>4</F></D></C></R>",
    );
  });

  it("are the first of several aliases", () => {
    expect(xmlOf({ a: "1" }, { a: text(["NEW/A", "OLD"]) })).toBe("<R><NEW><A>1</A></NEW></R>");
  });

  it("have attributes in double quotes, in the order of the fields", () => {
    const fields = { a: text("@id"), b: text("B"), c: text("B/@unit"), d: text("B/@lang") };
    expect(xmlOf({ a: "1", b: "2", c: 'a"b', d: "cs" }, fields)).toBe(
      '<R id="1"><B unit="a&quot;b" lang="cs">2</B></R>',
    );
    expect(xmlOf({ d: "cs" }, fields)).toBe('<R><B lang="cs"/></R>');
  });

  it("hold a text besides others", () => {
    expect(xmlOf({ a: "1", b: "2" }, { a: text("."), b: text("B") })).toBe("<R>1<B>2</B></R>");
  });

  it("are left out where they would be empty", () => {
    const fields = { a: text("A/B/C"), b: text("A/@d"), list: items("L/I", { x: text("X/Y") }) };
    expect(xmlOf({}, fields)).toBe("<R/>");
    expect(xmlOf({ list: [] }, fields)).toBe("<R/>");
    expect(xmlOf({ list: [{}, { x: "1" }, {}] }, fields)).toBe("<R><L><I><X><Y>1</Y></X></I></L></R>");
  });

  it("carry what a predicate asks for, each combination an element of its own", () => {
    const fields = {
      color: text("PARAM[NAME='Barva']/VAL"),
      size: text("PARAM[NAME='Velikost']/VAL"),
      unit: text("PARAM[NAME='Velikost']/@unit"),
      cs: text("TEXT[@lang='cs' and @kind='short']/T"),
      deep: text("A[B/C='x']/D"),
    };
    expect(xmlOf({ color: "modrá", size: "38", unit: "EU", cs: "Ahoj", deep: "1" }, fields)).toBe(
      '<R><PARAM><NAME>Barva</NAME><VAL>modrá</VAL></PARAM><PARAM unit="EU"><NAME>Velikost</NAME><VAL>38</VAL></PARAM>' +
        '<TEXT lang="cs" kind="short"><T>Ahoj</T></TEXT><A><B><C>x</C></B><D>1</D></A></R>',
    );
    expect(xmlOf({ size: "38" }, fields)).toBe("<R><PARAM><NAME>Velikost</NAME><VAL>38</VAL></PARAM></R>");
  });

  it("escape what a predicate asks for", () => {
    expect(xmlOf({ a: "1" }, { a: text(`P[N="a<b & 'c'"]/V`) })).toBe("<R><P><N>a&lt;b &amp; 'c'</N><V>1</V></P></R>");
  });

  it("keep what a predicate asks for although a field has the same place", () => {
    const fields = { list: items("P[@lang='cs']", { lang: text("@lang"), v: text("V") }) };
    expect(xmlOf({ list: [{ v: "1" }, { lang: "cs", v: "2" }] }, fields)).toBe(
      '<R><P lang="cs"><V>1</V></P><P lang="cs"><V>2</V></P></R>',
    );
  });
});

describe("document.order", () => {
  it("puts elements in its order, others behind them in that of the fields", () => {
    const fields = { c: text("C"), b: text("B/Z"), y: text("B/Y"), a: text("A"), d: text("D") };
    const record = { a: "1", b: "2", c: "3", d: "4", y: "5" };
    expect(xmlOf(record, fields, { document: { order: ["A", "B", "B/Y", "B/Z"] } })).toBe(
      "<R><A>1</A><B><Y>5</Y><Z>2</Z></B><C>3</C><D>4</D></R>",
    );
    expect(xmlOf(record, fields, { document: { order: ["D", "NONE", "B"] } })).toBe(
      "<R><D>4</D><B><Z>2</Z><Y>5</Y></B><C>3</C><A>1</A></R>",
    );
  });

  it("orders what is in items of lists, and lists among others", () => {
    const fields = { a: text("A"), list: items("L/I", { b: text("B"), a: text("A") }), z: text("Z") };
    const record = { a: "1", z: "9", list: [{ a: "2", b: "3" }] };
    expect(xmlOf(record, fields, { document: { order: ["Z", "L", "L/I/A", "L/I/B"] } })).toBe(
      "<R><Z>9</Z><L><I><A>2</A><B>3</B></I></L><A>1</A></R>",
    );
  });

  it("orders fixed elements and those with predicates by their name alone", () => {
    const fields = { v: text("P[N='x']/V"), a: text("A") };
    const document = { fixed: { F: "f" }, order: ["A", "F", "P", "P/V", "P/N"] };
    expect(xmlOf({ v: "1", a: "2" }, fields, { document })).toBe("<R><A>2</A><F>f</F><P><V>1</V><N>x</N></P></R>");
  });
});

describe("document.fixed", () => {
  const fields = { a: text("A/B"), list: items("L", { x: text("X") }) };

  it("stands in each record, behind the fields", () => {
    const document = { fixed: { "@kind": "product", TYPE: "t<", "A/@c": "1", "L/T": "item" } };
    expect(xmlOf({ a: "1", list: [{ x: "1" }, { x: "2" }] }, fields, { document })).toBe(
      '<R kind="product"><A c="1"><B>1</B></A><L><X>1</X><T>item</T></L><L><X>2</X><T>item</T></L><TYPE>t&lt;</TYPE></R>',
    );
    expect(xmlOf({}, fields, { document })).toBe('<R kind="product"><TYPE>t&lt;</TYPE></R>');
  });

  it("stands around the records, before them", () => {
    const writer = writerOf(
      { a: text("A") },
      {
        record: "/S/LIST/R",
        document: {
          fixed: { "/S/LIST/@n": "1", "/S/@version": "2.0", "/S/HEAD/SHOP": "Vzor & syn", "/S/LIST/INFO": "x" },
        },
      },
    );
    expect(documentOf(writer, { a: "1" })).toBe(
      '<S version="2.0"><HEAD><SHOP>Vzor &amp; syn</SHOP></HEAD>\n<LIST n="1"><INFO>x</INFO>\n<R><A>1</A></R>\n</LIST>\n</S>\n',
    );
  });

  it("has parameters, and booleans; an empty parameter is nothing", () => {
    const document = { fixed: { X: { parameter: "x" }, Y: { parameter: "y" }, B: true } };
    const parameters = { x: { title: "X", default: "1" }, y: { title: "Y", default: "" } };
    expect(xmlOf({}, fields, { document, parameters })).toBe("<R><X>1</X><B>true</B></R>");
    expect(xmlOf({}, fields, { document, parameters, options: { parameters: { x: "5", y: "6" } } })).toBe(
      "<R><X>5</X><Y>6</Y><B>true</B></R>",
    );
  });

  it("stands before the elements beside it where it is a text", () => {
    expect(xmlOf({ a: "1" }, { a: text("A/B") }, { document: { fixed: { A: "f" } } })).toBe("<R><A>f<B>1</B></A></R>");
  });

  it("wins over a field at the same place, an attribute like an element", () => {
    const document = { fixed: { A: "f", "@a": "f" } };
    expect(xmlOf({ text: "1", attribute: "1" }, { text: text("A"), attribute: text("@a") }, { document })).toBe(
      '<R a="f"><A>f</A></R>',
    );
  });
});

describe("namespaces", () => {
  const namespaces = { "": "urn:a", g: "urn:g", x: 'urn:"x"', unused: "urn:u" };

  it("are declared on the root, those that are used", () => {
    const writer = writerOf({ a: text("g:A/@x:b"), c: text("C") }, { namespaces, record: "/S/g:R" });
    expect(documentOf(writer, { a: "1", c: "2" })).toBe(
      '<S xmlns="urn:a" xmlns:g="urn:g" xmlns:x="urn:&quot;x&quot;">\n<g:R><g:A x:b="1"/><C>2</C></g:R>\n</S>\n',
    );
  });

  it("are declared on the record where that is the root", () => {
    const writer = writerOf({ a: text("g:A") }, { namespaces, record: "/R", document: { perRecord: true } });
    expect(writer.head).not.toContain("urn:");
    expect(documentOf(writer, { a: "1" })).toBe('<R xmlns="urn:a" xmlns:g="urn:g"><g:A>1</g:A></R>\n');
  });

  it("of fixed texts are declared, too", () => {
    const writer = writerOf({ a: text("A") }, { namespaces, document: { fixed: { "/S/@g:v": "1", "x:T": "2" } } });
    expect(documentOf(writer, {})).toContain('xmlns:g="urn:g" xmlns:x="urn:&quot;x&quot;"');
  });
});

describe("the document", () => {
  it("has a declaration with its encoding, and one line for each record", () => {
    const writer = writerOf({ a: text("A") }, { options: { encoding: "windows-1250" } });
    expect(writer.head).toBe('<?xml version="1.0" encoding="windows-1250"?>\n<S>\n');
    expect(writer.record({ a: "1" }).text).toBe("<R><A>1</A></R>\n");
    expect(writer.tail).toBe("</S>\n");
  });

  it("is the record alone where each has its own", async () => {
    const mapping = {
      target: "custom",
      record: "/R",
      fields: { a: text("A") as never },
      document: { perRecord: true },
    };
    const texts: string[] = [];
    for await (const { bytes } of writeDocuments([{ a: "1" }, { a: "2" }], mapping as never))
      texts.push(new TextDecoder().decode(bytes));
    expect(texts).toEqual([1, 2].map((a) => `<?xml version="1.0" encoding="utf-8"?>\n<R><A>${a}</A></R>\n`));
  });
});

describe("names that objects inherit", () => {
  it("are fields like any other, and absent where the record does not have them itself", () => {
    const fields = {
      constructor: text("C"),
      toString: text("T"),
      valueOf: { hasOwnProperty: text("H") },
      a: text("A"),
    };
    expect(xmlOf({ a: "1" }, fields)).toBe("<R><A>1</A></R>");
    const record = { constructor: "c", toString: "t", valueOf: { hasOwnProperty: "h" }, a: "1" };
    expect(xmlOf(record, fields)).toBe("<R><C>c</C><T>t</T><H>h</H><A>1</A></R>");
  });

  it("are keys of lists, too", () => {
    const fields = { constructor: items("C", { toString: text("T") }) };
    expect(xmlOf({}, fields)).toBe("<R/>");
    expect(xmlOf({ constructor: [{ toString: "1" }, {}] }, fields)).toBe("<R><C><T>1</T></C></R>");
  });
});

describe("records of classes", () => {
  class Item {
    readonly cents = 1250;
    get price(): string {
      return (this.cents / 100).toFixed(2);
    }
  }

  it("are read through their getters, whatever else the mapping has", () => {
    expect(xmlOf(new Item(), { price: decimal("P") })).toBe("<R><P>12.50</P></R>");
    expect(xmlOf(new Item(), { price: decimal("P"), constructor: text("C") })).toBe("<R><P>12.50</P></R>");
  });

  it("may inherit values", () => {
    expect(xmlOf(Object.create({ a: "1" }), { a: text("A") })).toBe("<R><A>1</A></R>");
  });
});

describe("constants and parameters", () => {
  it("of fields are not written: they say what is read", () => {
    const parameters = { p: { title: "P", default: "1" } };
    const fields = { a: parameter("p"), b: code("B") };
    expect(writeOne({ a: "x", b: "1" }, fields, { parameters }).xml).toBe("<R><B>1</B></R>");
  });
});
