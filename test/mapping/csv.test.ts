import fc from "fast-check";
import { type CsvSpec, readRecords, text, XmlError } from "propojka";
import { describe, expect, it } from "vitest";
import { csvToXml, csvWriter } from "../../src/mapping/csv.ts";
import { mappingOf, type Values } from "./reading.ts";

const spec: CsvSpec = { columns: { code: "Kod vyrobku", price: "Nase cena", stock: "Skladem (pocet kusu)" } };
const TITLES = "Kod vyrobku;Nase cena;Skladem (pocet kusu)";

async function xmlOf(csv: string | readonly string[], of = spec, file?: string): Promise<string> {
  let xml = "";
  for await (const piece of csvToXml(typeof csv === "string" ? [csv] : csv, of, { file })) xml += piece;
  return xml;
}

/** The message of the error that reading ends with. */
async function failure(csv: string | readonly string[], of = spec): Promise<string> {
  return xmlOf(csv, of, "products.csv").then(
    (xml) => `no error: ${xml}`,
    (error: unknown) => (error instanceof XmlError ? error.message : `not an XmlError: ${String(error)}`),
  );
}

/** Pieces of `size` characters. */
function cut(csv: string, size: number): string[] {
  return csv.match(new RegExp(`[^]{1,${size}}`, "g")) ?? [];
}

describe("csvWriter", () => {
  it("writes titles and texts in the order of the columns", () => {
    const csv = csvWriter(spec);
    expect(csv.header()).toBe(`${TITLES}\r\n`);
    expect(csv.row({ stock: "5", code: "00 1" })).toBe("00 1;;5\r\n");
  });

  it("quotes what would not stay one cell otherwise, and nothing else", () => {
    const csv = csvWriter(spec);
    expect(csv.row({ code: "a;b", price: 'se "slevou"', stock: "1,5" })).toBe('"a;b";"se ""slevou""";1,5\r\n');
    expect(csv.row({ code: "a\nb", price: " 1", stock: "\r" })).toBe('"a\nb";" 1";"\r"\r\n');
    expect(csvWriter({ ...spec, separator: "\t" }).row({ code: "a;b", price: "a\tb" })).toBe('a;b\t"a\tb"\t\r\n');
    expect(csvWriter({ columns: { parameters: 'Parametry (oddelujte znakem "|")' } }).header()).toBe(
      '"Parametry (oddelujte znakem ""|"")"\r\n',
    );
  });

  it("leaves texts alone that a spreadsheet would take for a formula", () => {
    expect(csvWriter(spec).row({ code: "=A1", price: "-5", stock: "@x" })).toBe("=A1;-5;@x\r\n");
  });

  it("refuses an element without a column, also one that objects have by birth", () => {
    expect(() => csvWriter(spec).row({ code: "1", name: "Hrnek" })).toThrow('csv: "name" has no column');
    expect(() => csvWriter({ columns: { code: "ID" } }).row({ constructor: "1" })).toThrow("has no column");
    expect(csvWriter({ columns: { valueOf: "ID" } }).row({})).toBe("\r\n");
  });

  it.each([
    [{ columns: {} }, "csv: there are no columns"],
    [{ columns: { "a b": "ID" } }, 'csv: "a b" cannot be the name of an element'],
    [{ columns: { a: "" } }, 'csv: the title of "a" is empty or has space around it'],
    [{ columns: { a: " ID" } }, 'csv: the title of "a" is empty or has space around it'],
    [{ columns: { a: "ID", b: "ID" } }, 'csv: two columns have the title "ID"'],
    [{ columns: { a: "ID" }, separator: "" }, "csv: the separator must be one character"],
    [{ columns: { a: "ID" }, separator: ";;" }, "csv: the separator must be one character"],
    [{ columns: { a: "ID" }, separator: '"' }, "csv: the separator must be one character"],
    [{ columns: { a: "ID" }, separator: "\n" }, "csv: the separator must be one character"],
  ])("refuses %j, for reading too and at once", (wrong, message) => {
    expect(() => csvWriter(wrong)).toThrow(message);
    expect(() => csvToXml([], wrong)).toThrow(message);
  });
});

describe("csvToXml", () => {
  it("finds columns by their titles, leaves unknown ones out, and tells an empty cell from a missing column", async () => {
    const csv = "Nase cena;Poznamka; Kod vyrobku \nx;y;A-1\n;z;A-2\n";
    expect(await xmlOf(csv)).toBe(
      "<rows>\n<row><code>A-1</code><price>x</price></row>\n<row><code>A-2</code><price/></row>\n</rows>",
    );
  });

  it("reads any kind of line end, with or without one at the end and a byte order mark", async () => {
    const expected = "<rows>\n<row><code>A-1</code><price>1</price><stock>2</stock></row>";
    for (const end of ["\n", "\r\n", "\r"])
      for (const last of ["", end])
        for (const mark of ["", "\ufeff"]) {
          const xml = await xmlOf(`${mark}"Kod vyrobku";Nase cena;"Skladem (pocet kusu)"${end}A-1;1;"2"${last}`);
          expect(xml.replace(/\n?<\/rows>$/, "")).toBe(expected);
        }
  });

  it("keeps quotes and line breaks inside cells, and references for markup", async () => {
    const csv = `${TITLES}\r\n"a ""b""\r\nc";<i> & ]]>;19" monitor\r\n`;
    expect(await xmlOf(csv)).toBe(
      '<rows>\n<row><code>a "b"&#13;\nc</code><price>&lt;i&gt; &amp; ]]&gt;</price><stock>19" monitor</stock></row>\n</rows>',
    );
  });

  it("leaves rows without text out, and the others on their lines", async () => {
    const csv = `\n${TITLES};Popis\nA-1;1;2;"jedna\r\ndva"\n\n;;;\nA-2;;;\n`;
    const lines = (await xmlOf(csv)).split("\n");
    expect(lines).toEqual([
      "<rows>",
      "",
      "<row><code>A-1</code><price>1</price><stock>2</stock></row>",
      "",
      "",
      "",
      "<row><code>A-2</code><price/><stock/></row>",
      "</rows>",
    ]);
  });

  it("takes empty cells beyond the header, which spreadsheets leave behind", async () => {
    expect(await xmlOf(`${TITLES}\nA-1;1;2;;\n`)).toContain("<stock>2</stock></row>");
  });

  it("lets the reader report what XML cannot hold, on the line of the row", async () => {
    const mapping = mappingOf({ code: text("code") }, { record: "/rows/row" });
    const stream = readRecords<Values>(csvToXml([`${TITLES}\nA-1;1;2\nA\u00012;1;2\nA-3;;\n`], spec), mapping);
    const items = [];
    for await (const item of stream) items.push(item);
    expect(items.map(({ ok, record }) => [ok, record?.["code"]])).toEqual([
      [true, "A-1"],
      [false, undefined],
      [true, "A-3"],
    ]);
    expect(items[1]?.issues[0]).toMatchObject({ code: "XML_MALFORMED", at: { line: 3 } });
  });

  it.each([
    ["", "products.csv:1:1: XML_EMPTY the file has no row of titles"],
    ["\ufeff\r\n\r\n", "products.csv:3:1: XML_EMPTY"],
    [
      "\nKod,Cena\n",
      'products.csv:2:1: XML_MALFORMED no known column: expected "Kod vyrobku", "Nase cena", "Skladem (pocet kusu)" with ";" between them, got "Kod,Cena"',
    ],
    ["Kod vyrobku;Kod vyrobku\n", 'products.csv:1:1: XML_MALFORMED column "Kod vyrobku" is there twice'],
    [`${TITLES}\nA-1;1;2\nA-2;1\n`, "products.csv:3:1: XML_MALFORMED the row has 2 cells, but the header has 3"],
    [`${TITLES}\r\nA-1;1;2;3\r\n`, "products.csv:2:1: XML_MALFORMED the row has 4 cells, but the header has 3"],
    [`${TITLES}\n"a\nb";1;2\nA;"19" x;2\n`, "products.csv:4:4: XML_MALFORMED Trailing quote"],
    [`${TITLES}\nžluť;"1\n2`, "products.csv:2:7: XML_MALFORMED Quoted field unterminated; quotes do not match"],
  ])("says where %j is wrong", async (csv, message) => {
    expect(await failure(csv)).toContain(message);
    expect(await failure(cut(csv, 1))).toContain(message);
  });

  it("counts bytes up to the place, the byte order mark among them", async () => {
    const rows = csvToXml([`\ufeff${TITLES}\r\nžluť;1;2\r\nA-2;1\r\n`], spec);
    const error = await (async () => {
      for await (const _ of rows);
    })().catch((reason: unknown) => reason);
    const before = new TextEncoder().encode(`\ufeff${TITLES}\r\nžluť;1;2\r\n`).length;
    expect((error as XmlError).at).toEqual({ line: 3, column: 1, offset: before });
  });

  it("gives up on a row without end", async () => {
    const endless = function* () {
      yield `${TITLES}\n"`;
      while (true) yield "x;".repeat(1000);
    };
    const rows = csvToXml(endless(), spec, { limits: { record: 100_000 } });
    const all = async (): Promise<void> => {
      for await (const _ of rows);
    };
    await expect(all()).rejects.toThrow(/^input:2:1: XML_LIMIT a row is longer than 100000 characters/);
  });

  it("gives the same however the file is cut, also where batches end", async () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `"A-${index}";"text ""${index}""\r\n;";${"x".repeat(40)}`);
    const csv = `${TITLES}\r\n${rows.join("\r\n")}\r\n`;
    const whole = await xmlOf(csv);
    expect(whole.match(/<row>/g)).toHaveLength(3000);
    for (const size of [1, 7, 65_535, 65_536, 65_537]) expect(await xmlOf(cut(csv, size))).toBe(whole);
  });

  it("reads a row that is far longer than a batch", async () => {
    const long = "Popis; ".repeat(100_000);
    expect(await xmlOf(cut(`${TITLES}\n"${long}";1;2\nA-2;;\n`, 4096))).toContain(`<code>${long}</code>`);
  });
});

const cell = fc
  .oneof(
    fc.string({ unit: "binary" }),
    fc.string({ unit: fc.constantFrom('"', ";", "\n", "\r", " ", "\t", "a", "=", "-", "<", "&", "]", ">", "\ufeff") }),
  )
  .map((value) => value.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]/gu, ""));

describe("what was written is read", () => {
  it("keeps rows of any texts, in pieces of any size", async () => {
    const fields = { code: text("code", { trim: false }), price: text("price", { trim: false }) };
    const mapping = mappingOf(fields, { record: "/rows/row" });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ code: cell, price: cell })),
        fc.constantFrom(";", ",", "\t", "|"),
        fc.integer({ min: 1, max: 50 }),
        async (rows, separator, size) => {
          const of = { separator, columns: { code: "Kod vyrobku", price: 'Cena "s DPH"' } };
          const writer = csvWriter(of);
          const csv = writer.header() + rows.map((row) => writer.row(row)).join("");
          const read: Values[] = [];
          for await (const item of readRecords<Values>(csvToXml(cut(csv, size), of), mapping)) {
            expect(item.issues).toEqual([]);
            if (item.ok) read.push(item.record);
          }
          const texts = rows
            .filter(({ code, price }) => code !== "" || price !== "")
            // A text of nothing but white space is no value.
            .map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => value.trim() !== "")));
          expect(read).toEqual(texts);
        },
      ),
      { numRuns: 500 },
    );
  });
});
