import {
  code,
  constant,
  createRecordReader,
  compileMapping,
  decimal,
  type DriftReport,
  each,
  oneOf,
  parts,
  readRecords,
  split,
  text,
  when,
  exists,
  first,
  type ReadRecordsOptions,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, mappingOf } from "../reading.ts";

type Mapping = Parameters<typeof mappingOf>[1];

const fields = {
  number: code("NO"),
  id: code("@id"),
  name: text("CUSTOMER/NAME"),
  lines: items("L/I", { code: code("@code"), price: decimal("PRICE") }),
};

async function driftOf(
  xml: string,
  mapping = mappingOf(fields),
  options: ReadRecordsOptions<unknown> = {},
): Promise<DriftReport> {
  const stream = readRecords<unknown>(xml, mapping, options);
  for await (const _item of stream);
  return stream.report.drift;
}

const record = (content: string, attributes = ""): string => `<R${attributes}><NO>1</NO>${content}</R>`;
const file = (...records: readonly string[]): string => `<S>${records.join("\n")}</S>`;

describe("unknown places", () => {
  it("are counted once a record, the outermost of each", async () => {
    const odd = record("<A><B>x</B><C/></A><A/><CUSTOMER><NAME>e</NAME><AGE>3</AGE></CUSTOMER>");
    const { unknown } = await driftOf(file(odd, record(""), odd, record("<A/>")));
    expect(unknown).toEqual([
      { path: "/S/R/A", records: 3 },
      { path: "/S/R/CUSTOMER/AGE", records: 2 },
    ]);
  });

  it("are none in a file that the mapping knows", async () => {
    const known = record('<CUSTOMER><NAME>e</NAME></CUSTOMER><L><I code="a"><PRICE>1</PRICE></I></L>', ' id="1"');
    expect(await driftOf(file(known, known, known))).toEqual({ unknown: [], values: [], vanished: [] });
  });

  it("are attributes, too, but not those of XML and schemas", async () => {
    const odd = record(
      '<L new="1"><I code="a" weight="2"/><I code="b" weight="3" x:nil="true"/></L>',
      ' id="1" status="2" xml:lang="cs" xmlns:x="http://www.w3.org/2001/XMLSchema-instance"',
    );
    const { unknown } = await driftOf(file(odd, odd, record("", ' id="2"')));
    expect(unknown).toEqual([
      { path: "/S/R/@status", records: 2 },
      { path: "/S/R/L/@new", records: 2 },
      { path: "/S/R/L/I/@weight", records: 2 },
    ]);
  });

  it("are other records, but not what stands around them", async () => {
    const { unknown } = await driftOf(
      `<S v="1"><HEAD><DATE/></HEAD>${record("")}<RETURN><NO>2</NO></RETURN><RETURN/></S>`,
    );
    expect(unknown).toEqual([
      { path: "/S/HEAD", records: 1 },
      { path: "/S/RETURN", records: 2 },
    ]);
  });

  it("are not what belongs to a text that is read", async () => {
    const mapping = mappingOf({ number: code("NO"), note: text("NOTE") });
    expect((await driftOf(file(record("<NOTE>a <b>bold</b> word</NOTE>")), mapping)).unknown).toEqual([]);
  });

  it("are counted the same, however the file is cut, and for each document anew", async () => {
    const odd = record("<A>x</A><CUSTOMER><NAME>e</NAME><AGE>3</AGE></CUSTOMER>", ' id="1" odd="2"');
    const xml = new TextEncoder().encode(
      file(...Array.from({ length: 60 }, (_, index) => (index % 3 ? odd : record("")))),
    );
    const wanted = [
      { path: "/S/R/@odd", records: 40 },
      { path: "/S/R/A", records: 40 },
      { path: "/S/R/CUSTOMER/AGE", records: 40 },
    ];
    const mapping = compileMapping(mappingOf(fields));
    for (const size of [7, 64, 1000, xml.length]) {
      const reader = createRecordReader(mapping, () => undefined, { windowBytes: size });
      for (let at = 0; at < xml.length; at += size) reader.write(xml.subarray(at, at + size));
      reader.end();
      expect(reader.report.drift.unknown).toEqual(wanted);
    }
  });

  it("are counted right where two documents are read in turns with one mapping", () => {
    const mapping = compileMapping(mappingOf(fields));
    const encode = (text_: string): Uint8Array => new TextEncoder().encode(text_);
    const readers = [1, 2].map(() => createRecordReader(mapping, () => undefined, { windowBytes: 64 }));
    for (const reader of readers) reader.write(encode("<S>"));
    for (let round = 0; round < 50; round++)
      for (const [index, reader] of readers.entries())
        reader.write(encode(record(index === 0 || round % 2 === 0 ? "<A>x</A>" : "").padEnd(200)));
    for (const reader of readers) {
      reader.write(encode("</S>"));
      reader.end();
    }
    expect(readers.map(({ report }) => report.drift.unknown)).toEqual([
      [{ path: "/S/R/A", records: 50 }],
      [{ path: "/S/R/A", records: 25 }],
    ]);
  });

  it("of records that cannot be read do not count", async () => {
    const { unknown } = await driftOf(file(record("<A/><B>"), record("<A/>")));
    expect(unknown).toEqual([{ path: "/S/R/A", records: 1 }]);
  });

  it("are those of other namespaces", async () => {
    const mapping = mappingOf({ number: code("f:NO") }, { record: "/f:S/f:R", namespaces: { f: "urn:f" } });
    const xml =
      '<a:S xmlns:a="urn:f" xmlns:b="urn:b"><a:R><a:NO>1</a:NO><b:NO>2</b:NO><c:X xmlns:c="urn:c"/></a:R></a:S>';
    expect((await driftOf(xml, mapping)).unknown.map(({ path }) => path)).toEqual(["/a:S/a:R/b:NO", "/a:S/a:R/c:X"]);
  });
});

describe("ignored places", () => {
  const odd = file(record('<IP>1</IP><CUSTOMER age="1"><X><Y/></X></CUSTOMER><XY/>', ' hash="1"'));
  const ignoring = (ignore: Record<string, string>, changes: Mapping = {}): Promise<DriftReport> =>
    driftOf(odd, mappingOf(fields, { ...changes, ignore }));

  it("are left out, with what lies below them", async () => {
    const { unknown } = await ignoring({ IP: "why", "CUSTOMER/X": "why", "@hash": "why" });
    expect(unknown.map(({ path }) => path)).toEqual(["/S/R/CUSTOMER/@age", "/S/R/XY"]);
  });

  it("can be named at any depth", async () => {
    const { unknown } = await ignoring({ "**/@age": "why", "**/X": "why", IP: "why" });
    expect(unknown.map(({ path }) => path)).toEqual(["/S/R/@hash", "/S/R/XY"]);
  });

  it("can be named from the document, and in any letter case where that does not count", async () => {
    const { unknown } = await ignoring({ "/S/R/ip": "why", xy: "why", CUSTOMER: "why" }, { ignoreCase: true });
    expect(unknown.map(({ path }) => path)).toEqual(["/S/R/@hash"]);
  });
});

describe("unknown words", () => {
  const kind = oneOf("KIND", { a: "A" }, { unknown: { value: "other", silent: true } });
  const mapping = mappingOf({
    number: code("NO"),
    kind,
    keep: { type: "oneOf", path: "KEEP", values: { a: "A" }, unknown: "keep" },
    loud: oneOf("LOUD", { a: "A" }, { unknown: { value: "other" } }),
    again: when(exists("KIND"), first(kind, constant("x"))),
    lines: each("L/I", oneOf("@kind", { a: "A" }, { unknown: { value: "other", silent: true } })),
    pieces: split(
      "P",
      ";",
      parts(".", ":", { k: oneOf(".", { a: "A" }, { unknown: { value: "o", silent: true } }), v: text(".") }),
    ),
  });

  it("are counted by field and word, once a record", async () => {
    const odd = record('<KIND> b </KIND><KEEP>c</KEEP><LOUD>d</LOUD><L><I kind="x"/><I kind="x"/><I kind="a"/></L>');
    const { values } = await driftOf(file(odd, odd, record("<KIND>a</KIND><KEEP>a</KEEP>")), mapping);
    expect(values).toEqual([
      { field: "kind", value: "b", records: 2 },
      { field: "keep", value: "c", records: 2 },
      { field: "loud", value: "d", records: 2 },
      { field: "again", value: "b", records: 2 },
      { field: "lines[]", value: "x", records: 2 },
    ]);
  });

  it("stand as the mapping says", async () => {
    const records: unknown[] = [];
    const xml = file(record("<KIND>b</KIND><KEEP>c</KEEP><P>z:1;a:2</P>"));
    for await (const { record: read, issues } of readRecords(xml, mapping)) records.push(read, issues);
    expect(records).toEqual([
      {
        number: "1",
        kind: "other",
        keep: "c",
        again: "other",
        lines: [],
        pieces: [
          { k: "o", v: "1" },
          { k: "A", v: "2" },
        ],
      },
      [],
    ]);
  });
});

describe("vanished fields", () => {
  const usual = mappingOf({
    ...fields,
    customer: { email: text("MAIL"), billing: { city: text("CITY") } },
    createdAt: text("DATE"),
  });
  const many = (content: string, count: number): string =>
    file(...Array.from({ length: count }, () => record(content)));

  it("are the usual ones that no record of many has", async () => {
    expect((await driftOf(many("<CITY>Brno</CITY>", 10), usual)).vanished).toEqual(["createdAt", "customer.email"]);
    expect((await driftOf(many("<CITY>Brno</CITY>", 9), usual)).vanished).toEqual([]);
    const one = file(
      ...Array.from({ length: 30 }, (_, index) =>
        record(index === 20 ? "<MAIL>e</MAIL><DATE>d</DATE><CITY>c</CITY>" : ""),
      ),
    );
    expect((await driftOf(one, usual)).vanished).toEqual([]);
  });

  it("are those that the caller expects, in a file of any size", async () => {
    const expected = ["number", "lines[].price", "customer.email", "nothing.of.the.mapping"];
    const read = (xml: string): Promise<DriftReport> => driftOf(xml, usual, { expected });
    expect((await read(file(record("")))).vanished).toEqual(["lines[].price", "customer.email"]);
    expect((await read(file(record("<L><I/><I><PRICE>1</PRICE></I></L><MAIL>e</MAIL>")))).vanished).toEqual([]);
    expect((await read("<S/>")).vanished).toEqual([]);
  });
});

describe("a file without records", () => {
  const issuesOf = async (xml: string, changes: Mapping = {}): Promise<readonly string[]> => {
    const stream = readRecords<unknown>(xml, mappingOf(fields, changes));
    for await (const _item of stream);
    return stream.report.issues.map(({ code: name, message }) => `${name} ${message}`);
  };

  it("is fine where nothing else stands in their place", async () => {
    expect(await issuesOf('<S version="1"></S>')).toEqual([]);
    expect(await issuesOf("<S><DATE>1</DATE></S>", { ignore: { "/S/DATE": "when it was made" } })).toEqual([]);
  });

  it("is of another kind where something does", async () => {
    expect(await issuesOf("<S><PRODUCT/></S>")).toEqual([
      "RECORD_NONE no place for records at /S/R; there is /S/PRODUCT instead: is this the right kind of file?",
    ]);
    expect(await issuesOf(`<S><PRODUCT/>${record("")}</S>`)).toEqual([]);
    const alias = { record: ["/S/RS/R", "/S/R"] };
    expect(await issuesOf("<S><PRODUCTS><PRODUCT/></PRODUCTS></S>", alias)).toHaveLength(1);
    expect(await issuesOf("<S><RS/></S>", alias)).toEqual([]);
  });
});
