import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Encoding, encodeByteText, characterTable } from "../../src/xml/charset.ts";
import { advance, createCursor } from "../../src/xml/cursor.ts";
import { defaultLimits } from "../../src/xml/limits.ts";
import type { Frame } from "../../src/xml/plan.ts";
import { createScanner } from "../../src/xml/scan.ts";
import { recordSource } from "../../src/xml/source.ts";
import { byteString, concat, cutAt, filler, layout, read, type Reading, utf16, utf8 } from "./reading.ts";

interface Written {
  readonly name: string;
  readonly encoding: Encoding;
  readonly mark: boolean;
}

const writings: readonly Written[] = [
  { name: "utf-8", encoding: "utf-8", mark: false },
  { name: "utf-8 with a byte order mark", encoding: "utf-8", mark: true },
  { name: "utf-16le", encoding: "utf-16le", mark: false },
  { name: "utf-16le with a byte order mark", encoding: "utf-16le", mark: true },
  { name: "utf-16be", encoding: "utf-16be", mark: false },
  { name: "utf-16be with a byte order mark", encoding: "utf-16be", mark: true },
  { name: "windows-1250", encoding: "windows-1250", mark: false },
  { name: "windows-1252", encoding: "windows-1252", mark: false },
  { name: "iso-8859-1", encoding: "iso-8859-1", mark: false },
  { name: "iso-8859-2", encoding: "iso-8859-2", mark: false },
  { name: "iso-8859-15", encoding: "iso-8859-15", mark: false },
];

function encode(text: string, { encoding, mark }: Written): Uint8Array {
  const marked = mark ? `\ufeff${text}` : text;
  if (encoding === "utf-16le" || encoding === "utf-16be") return utf16(marked, encoding === "utf-16le" ? "le" : "be");
  const table = characterTable(encoding);
  return table === undefined ? utf8(marked) : byteString(encodeByteText(table, marked));
}

const orders = layout({
  record: "/ORDERS/ORDER",
  groups: ["/ORDERS/RATES/RATE", "/ORDERS/ORDER/ITEM", "/ORDERS/ORDER/ITEM/PART"],
  paths: [
    "/ORDERS/SHOP",
    "/ORDERS/@version",
    "/ORDERS/RATES/RATE/@code",
    "/ORDERS/RATES/RATE+",
    "/ORDERS/ORDER/@id",
    "/ORDERS/ORDER/CODE",
    "/ORDERS/ORDER/NOTE+",
    "/ORDERS/ORDER/{urn:x}NOTE",
    "/ORDERS/ORDER/ITEM/NAME",
    "/ORDERS/ORDER/ITEM/PRICE/@currency",
    "/ORDERS/ORDER/ITEM/PRICE",
    "/ORDERS/ORDER/ITEM/PART",
    "/ORDERS/AN-ELEMENT-WITH-A-NAME-THAT-IS-LONGER-THAN-WHAT-IS-COMPARED-AT-ONCE-AND-THEN-SOME-MORE-OF-IT/CODE",
  ],
});

const LONG = "AN-ELEMENT-WITH-A-NAME-THAT-IS-LONGER-THAN-WHAT-IS-COMPARED-AT-ONCE-AND-THEN-SOME-MORE-OF-IT";

/** Pieces of records: what a window can cut, and what is wrong in one way or another. */
const pieces = [
  ...[
    "<CODE>A1</CODE>",
    "\n  <CODE>00123</CODE>",
    "<CODE/>",
    "<CODE >x</CODE >",
    "<CODE>a&amp;b&#233;&#x10d;</CODE>",
    "<CODE><![CDATA[<é>]]></CODE>",
  ],
  ...[
    "<NOTE>é\r\nü\r\n</NOTE>",
    "<NOTE>a<!-- é --><b>b</b><![CDATA[ & ]]>c</NOTE>",
    "<NOTE a='1'\n b=\"2\"/>",
    "<x:NOTE xmlns:x='urn:x'>x</x:NOTE>",
  ],
  ...[
    "<ITEM><NAME>Sedlo</NAME><PRICE currency='CZK'>1</PRICE></ITEM>",
    "<ITEM>\n<NAME>Ä</NAME>\n<PART>p</PART><PART/>\n</ITEM>",
    "<ITEM/>",
  ],
  ...[
    "<!-- </ORDER> -->",
    "<?note </ORDER> ?>",
    "<REST><deep><er/></deep>é</REST>",
    "\n",
    "\r\n\t",
    "<NOTE><![CDATA[</ORDER>]]></NOTE>",
  ],
  ...[`<${LONG}>1</${LONG}>`, `<${LONG} a="1">2</${LONG} >`, `<é>é</é>`],
];
const damages = [
  ...[
    "<CODE>a & b</CODE>",
    "<CODE>a&nbsp;b</CODE>",
    "<CODE>1 < 2</CODE>",
    "<CODE>x</COD>",
    "<CODE>x",
    "</CODE>",
    "<NOTE a=1/>",
    "<NOTE a='1' a='2'/>",
  ],
  ...[
    "<CODE>\u0001</CODE>",
    "<CODE>]]></CODE>",
    "<!-- a -- b -->",
    "<y:NOTE/>",
    "<CODE>&#0;</CODE>",
    "<1/>",
    "<NOTE",
    "<!X>",
    "<!-- ",
    "<![CDATA[ ",
  ],
];

const record = (contents: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(999), fc.array(contents, { maxLength: 8 }))
    .map(([id, parts]) => `<ORDER id="${id}">${parts.join("")}</ORDER>`);
const between = fc.constantFrom(
  "",
  "\n",
  "\r\n  ",
  "<!-- é -->",
  "<RATES><RATE code='EUR'>25</RATE>\n<RATE>é</RATE></RATES>",
  `<${LONG}><CODE>1</CODE></${LONG}>`,
);
const wholeRecord = record(fc.constantFrom(...pieces));
const brokenRecord = record(
  fc.oneof({ arbitrary: fc.constantFrom(...pieces), weight: 4 }, { arbitrary: fc.constantFrom(...damages), weight: 1 }),
);

function documents(records: fc.Arbitrary<string>, betweens: fc.Arbitrary<string> = between): fc.Arbitrary<string> {
  return fc
    .array(fc.tuple(betweens, records), { minLength: 1, maxLength: 6 })
    .map((parts) => `${filler}\n<ORDERS version="1&amp;2">\n<SHOP>Kolo é</SHOP>${parts.flat().join("")}</ORDERS>\n`);
}

function declared(text: string, { encoding }: Written): string {
  return `<?xml version="1.0" encoding="${encoding.startsWith("utf-16") ? "utf-16" : encoding}"?>${text}`;
}

const cuts = fc.array(fc.nat(8000), { maxLength: 12 });
const windows = fc.oneof(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 9, max: 300 }));

describe.each(writings)("a document in $name", (written) => {
  const check = (text: string, positions: readonly number[], windowBytes: number): Reading => {
    const bytes = encode(declared(text, written), written);
    const whole = read(orders, bytes, { file: "orders.xml" });
    expect(read(orders, cutAt(bytes, positions), { file: "orders.xml", windowBytes })).toEqual(whole);
    return whole;
  };

  it("gives the same records however it is split", () => {
    fc.assert(
      fc.property(documents(wholeRecord), cuts, windows, (text, positions, windowBytes) => {
        const { records, damaged, issues, error } = check(text, positions, windowBytes);
        expect(records.length).toBe(text.split("<ORDER ").length - 1);
        expect([damaged, issues, error]).toEqual([[], [], undefined]);
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it("gives the same records, issues and places however it is split and damaged", () => {
    const anywhere = fc.oneof({ arbitrary: between, weight: 5 }, { arbitrary: fc.constantFrom(...damages), weight: 1 });
    fc.assert(
      fc.property(
        documents(brokenRecord, anywhere),
        cuts,
        windows,
        fc.nat(3000),
        (text, positions, windowBytes, lost) => {
          check(lost % 5 === 0 ? text.slice(0, -lost) : text, positions, windowBytes);
        },
      ),
      { numRuns: 250, seed: 2 },
    );
  });
});

describe("a window", () => {
  const text = `<ORDERS version="é"><SHOP>a<!-- é -->b</SHOP>
 <RATES><RATE code="a&amp;b">1</RATE></RATES><ORDER id='1'><CODE><![CDATA[é]]></CODE><NOTE>x\u{1f600}&#233;</NOTE></ORDER>
<ORDER><ITEM><NAME>1</NAME></ITEM><ITEM/></ORDER></ORDERS>`;

  it("may end between any two bytes, and be of any size", () => {
    const bytes = utf8(text);
    const expected = scanInPieces([bytes]);
    expect(expected.records).toHaveLength(2);
    expect(scanInPieces(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(expected);
    for (let at = 0; at <= bytes.length; at++)
      expect(scanInPieces([bytes.subarray(0, at), bytes.subarray(at)])).toEqual(expected);
  });

  it("may be read twice with the same shapes", () => {
    const bytes = utf8(text);
    expect(scanInPieces([bytes])).toEqual(scanInPieces([bytes]));
  });
});

/** Below the reader: every piece is a window of its own, from the first byte on. */
function scanInPieces(chunks: readonly Uint8Array[]): { records: unknown[]; document: unknown } {
  const w = createCursor("utf-8");
  const records: unknown[] = [];
  const scanner = createScanner({
    plan: orders.plan,
    shapes: orders.shapes("utf-8"),
    limits: defaultLimits,
    doctype: "refuse",
    emit: (scope: number, frame: Frame, start, end) => {
      const { at, length } = recordSource(w, records.length, start, end);
      records.push([orders.named(scope, frame), at, length]);
    },
  });
  chunks.forEach((chunk, index) => {
    advance(w, chunk);
    w.final = index === chunks.length - 1;
    scanner.scan(w);
  });
  return { records, document: orders.named(0, scanner.state.documentFrame) };
}

describe("a chunk", () => {
  it("may be empty", () => {
    const bytes = utf8("<ORDERS><ORDER><CODE>1</CODE></ORDER></ORDERS>");
    const empty = new Uint8Array(0);
    expect(read(orders, [empty, bytes.subarray(0, 9), empty, bytes.subarray(9), empty])).toEqual(read(orders, bytes));
  });

  it("may hold far more than a window", () => {
    const one = "<ORDER><CODE>é</CODE><ITEM><NAME>n</NAME></ITEM></ORDER>\n";
    const bytes = utf8(`<ORDERS>${one.repeat(5000)}</ORDERS>`);
    const { records } = read(orders, bytes);
    expect(records).toHaveLength(5000);
    expect(read(orders, concat(bytes), { windowBytes: 1000 }).records).toEqual(records);
  });
});
