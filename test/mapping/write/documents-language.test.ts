import {
  absent,
  code,
  concat,
  decimal,
  DefinitionError,
  fieldIs,
  has,
  type MappingData,
  type Node,
  readRecords,
  text,
  vatLevel,
  when,
  writeRecords,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, readOne } from "../reading.ts";

const mappingOf = (fields: object, changes: Partial<MappingData> = {}): MappingData => ({
  target: "custom",
  record: "/S/R",
  fields: fields as Readonly<Record<string, Node>>,
  ...changes,
});

async function written(records: readonly object[], mapping: MappingData): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeRecords(records, mapping)) pieces.push(piece);
  return Buffer.concat(pieces)
    .toString("utf8")
    .replace(/^<\?xml.*\?>\n/, "")
    .replaceAll("\n", "");
}

async function readBack(xml: string, mapping: MappingData): Promise<unknown[]> {
  const records: unknown[] = [];
  for await (const item of readRecords(xml, mapping)) records.push(item.record);
  return records;
}

describe("vatLevel", () => {
  const rows = concat<{ rate: string; net: string }>(
    { rate: vatLevel("high"), net: decimal("HIGH") },
    { rate: vatLevel("low"), net: decimal("LOW") },
    { rate: vatLevel("none"), net: decimal("NONE") },
  );
  const mapping = mappingOf({ day: text("DAY"), rows }, { taxDate: { type: "text", path: "DAY" } });

  it.each([
    ["2026-03-04", ["21", "12"]],
    ["2019-03-04", ["21", "15"]],
  ])("is the rate of the day when it is read, %s", async (day, [high, low]) => {
    const { record } = await readOne(`<DAY>${day}</DAY><HIGH>1</HIGH><LOW>2</LOW>`, mapping.fields, mapping);
    expect(record["rows"]).toEqual([
      { rate: high, net: "1" },
      { rate: low, net: "2" },
    ]);
  });

  it("takes the rate of the country", async () => {
    const { record } = await readOne("<DAY>2026-01-01</DAY><HIGH>1</HIGH><LOW>2</LOW>", mapping.fields, {
      ...mapping,
      country: "SK",
    });
    expect(record["rows"]).toEqual([
      { rate: "23", net: "1" },
      { rate: "19", net: "2" },
    ]);
  });

  it("takes only its own rate when it is written, whatever its decimals", async () => {
    const stated = { ...mapping, taxDate: { type: "constant", value: "2026-03-04" } } as MappingData;
    const records = [{ rows: ["0", "12.0", "21", "15"].map((rate) => ({ rate, net: rate })) }];
    expect(await written(records, stated)).toBe("<S><R><HIGH>21</HIGH><LOW>12.0</LOW><NONE>0</NONE></R></S>");
  });
});

describe("fixed texts that are fields of the record", () => {
  const mapping = mappingOf(
    {
      currency: code("CUR"),
      total: decimal("SUM/TOTAL"),
      lines: items("L", { name: text("NAME"), price: decimal("PRICE") }),
    },
    {
      document: {
        fixed: {
          "L/PRICE/@cur": { field: "currency" },
          "SUM/TOTAL/@cur": { field: "currency" },
          "SUM/CUR": { field: "currency" },
          "EMPTY/@cur": { field: "currency" },
        },
      },
    },
  );

  it("stand in lists too, and where something else stands", async () => {
    const records = [{ currency: "EUR", total: "3", lines: [{ name: "a", price: "1" }, { name: "b" }] }];
    expect(await written(records, mapping)).toBe(
      '<S><R><CUR>EUR</CUR><SUM><TOTAL cur="EUR">3</TOTAL><CUR>EUR</CUR></SUM>' +
        '<L><NAME>a</NAME><PRICE cur="EUR">1</PRICE></L><L><NAME>b</NAME></L><EMPTY cur="EUR"/></R></S>',
    );
  });

  it("make no element appear, and are no field that could be missing", async () => {
    expect(await written([{ currency: "EUR", lines: [] }], mapping)).toBe(
      '<S><R><CUR>EUR</CUR><EMPTY cur="EUR"/></R></S>',
    );
    expect(await written([{ total: "1", lines: [] }], mapping)).toBe("<S><R><SUM><TOTAL>1</TOTAL></SUM></R></S>");
  });

  it("cannot stand outside of the record", () => {
    const outside = { ...mapping, document: { fixed: { "/S/@cur": { field: "currency" } } } };
    expect(() => writeRecords([], outside)).toThrow(DefinitionError);
  });
});

describe("wrapper", () => {
  const mapping = mappingOf(
    { number: code("NO", { also: ["../@id", "../../@batch"] }), note: text("NOTE") },
    { record: "/P/G/I/R", document: { wrapper: "G", fixed: { "/P/@v": "1", "/P/HEAD": "h" } } },
  );

  it("gives each record the elements around it for itself", async () => {
    const xml = await written([{ number: "1" }, { number: "2", note: "x" }], mapping);
    expect(xml).toBe(
      '<P v="1"><HEAD>h</HEAD><G batch="1"><I id="1"><R><NO>1</NO></R></I></G>' +
        '<G batch="2"><I id="2"><R><NO>2</NO><NOTE>x</NOTE></R></I></G></P>',
    );
    expect(await readBack(xml, mapping)).toEqual([{ number: "1" }, { number: "2", note: "x" }]);
  });

  it("must be around the record, and is as far as paths go", () => {
    expect(() => writeRecords([], { ...mapping, document: { wrapper: "X" } })).toThrow(/"wrapper"/);
    const far = { ...mapping.fields, far: { type: "text", path: "../../../@x" } };
    expect(() => writeRecords([], { ...mapping, fields: far })).toThrow(/"\.\."/);
    expect(() => writeRecords([], { ...mapping, document: {} })).toThrow(/"\.\."/);
  });
});

describe("conditions on the record from inside a list", () => {
  const price = when(fieldIs("/currency", "=", "CZK"), decimal("HOME"), decimal("FOREIGN"));
  const mapping = mappingOf({
    currency: code("CUR"),
    note: text("NOTE"),
    lines: items("L", { price, flag: when(has("/note"), text("FLAG")), other: absent() }),
  });

  it.each([
    ["CZK", "<HOME>1</HOME>"],
    ["EUR", "<FOREIGN>1</FOREIGN>"],
  ])("decide what is written of an item, %s", async (currency, shown) => {
    const xml = await written([{ currency, lines: [{ price: "1", flag: "f" }] }], mapping);
    expect(xml).toBe(`<S><R><CUR>${currency}</CUR><L>${shown}</L></R></S>`);
    expect(await readBack(xml, mapping)).toEqual([{ currency, lines: [{ price: "1" }] }]);
  });

  it("see each record anew", async () => {
    const records = ["", "n"].map((note) => ({ currency: "CZK", note, lines: [{ price: "1", flag: "f" }] }));
    expect(await written(records, mapping)).toBe(
      "<S><R><CUR>CZK</CUR><L><HOME>1</HOME></L></R>" +
        "<R><CUR>CZK</CUR><NOTE>n</NOTE><L><HOME>1</HOME><FLAG>f</FLAG></L></R></S>",
    );
  });
});

describe("a lookup table with an input of its own", () => {
  const mapping = mappingOf(
    { city: { type: "lookup", table: "cities", key: "CITY", then: { type: "text", path: "NAME" } } },
    { lookups: { cities: { path: "/S/CITIES/C", key: "ID", input: "cities" } } },
  );
  const cities = "<CITIES><C><ID>1</ID><NAME>Brno</NAME></C></CITIES>";

  it("is read from the document where that input is not given", async () => {
    expect(await readBack(`<S><R><CITY>1</CITY></R>${cities}</S>`, mapping)).toEqual([{ city: "Brno" }]);
  });

  it("is read from the input where it is, and from nowhere else", async () => {
    const own = `<S>${cities}</S>`;
    const read = async (xml: string): Promise<unknown[]> => {
      const records: unknown[] = [];
      for await (const item of readRecords(xml, mapping, { inputs: { cities: own } })) records.push(item.record);
      return records;
    };
    expect(await read("<S><R><CITY>1</CITY></R></S>")).toEqual([{ city: "Brno" }]);
    expect(await read(`<S><R><CITY>2</CITY></R><CITIES><C><ID>2</ID><NAME>Z</NAME></C></CITIES></S>`)).toEqual([{}]);
  });
});
