import { code, compileMapping, createRecordReader, decimal, equals, type Order, type ReadItem, text } from "propojka";
import { describe, expect, it } from "vitest";
import { mappingOfShop, order, shop } from "../../order.ts";
import { mappingOf, readAll, type Values } from "../reading.ts";

const encode = (input: string): Uint8Array => new TextEncoder().encode(input);

describe("createRecordReader", () => {
  it("takes bytes as they come and gives records as it goes", () => {
    const found: ReadItem<Order>[] = [];
    const reader = createRecordReader<Order>(compileMapping(mappingOfShop), (item) => found.push(item), {
      encoding: "utf-8",
    });
    const numbers = Array.from({ length: 1000 }, (_, index) => String(index));
    const bytes = encode(shop(...numbers.map((number) => order(number))));
    const cut = bytes.length - 300;
    reader.write(bytes.subarray(0, cut));
    expect(found.length).toBeGreaterThan(900);
    expect(reader.report).toMatchObject({ read: found.length, root: "SHOP", foundRecords: true });
    for (const byte of bytes.subarray(cut)) reader.write(Uint8Array.of(byte));
    reader.end();
    expect(found.map(({ record }) => record?.number)).toEqual(numbers);
    expect(reader.report).toMatchObject({ read: 1000, good: 1000, encoding: "utf-8" });
  });

  it("says of each record where it stands", () => {
    const found: ReadItem<Order>[] = [];
    const input = shop(order("1"), order("2"));
    const reader = createRecordReader<Order>(compileMapping(mappingOfShop), (item) => found.push(item), {
      file: "o.xml",
    });
    reader.write(encode(input));
    reader.end();
    expect(found.map(({ source: { index, at, length } }) => ({ index, at, length }))).toMatchObject([
      { index: 0, at: { file: "o.xml", line: 2, column: 1, offset: 7 }, length: order("1").length },
      { index: 1, at: { file: "o.xml", line: 3, column: 1 }, length: order("2").length },
    ]);
    expect(found.map(({ source }) => source.raw())).toEqual([order("1"), order("2")]);
  });

  it("throws what makes the file unreadable, and still says what it knows", () => {
    const reader = createRecordReader(compileMapping(mappingOfShop), () => undefined);
    reader.write(encode("nothing"));
    expect(() => reader.end()).toThrow(expect.objectContaining({ code: "XML_NOT_XML" }));
    expect(reader.report).toMatchObject({ read: 0, foundRecords: false });
  });
});

describe("issues", () => {
  const fields = { id: code("@id"), q: decimal("Q"), w: decimal("W", { invalid: "warning" }) };

  it("are errors or warnings; a record with warnings only is good", async () => {
    const xml = '<S><R id="1"><Q>x</Q><W>y</W></R><R id="2"><Q>1</Q><W>z</W></R><R id="3"/></S>';
    const { items, report } = await readAll(xml, mappingOf(fields, { key: "id" }));
    expect(items.map(({ ok }) => ok)).toEqual([false, true, true]);
    expect(items.map(({ issues }) => issues.map(({ severity, field, key }) => [severity, key, field]))).toEqual([
      [
        ["error", "1", "q"],
        ["warning", "1", "w"],
      ],
      [["warning", "2", "w"]],
      [],
    ]);
    expect(items.map(({ record }) => record)).toEqual([{ id: "1" }, { id: "2", q: "1" }, { id: "3" }]);
    expect(report).toMatchObject({ read: 3, good: 2, bad: 1 });
  });

  it("of one record do not stick to the next", async () => {
    const { items } = await readAll("<S><R><Q>x</Q></R><R><Q>1</Q></R></S>", mappingOf(fields));
    expect(items[1]).toMatchObject({ ok: true, issues: [] });
  });

  it("name the record by its number, or by the field that the mapping says", async () => {
    const xml = '<S><R id="7"><NO>A1</NO><Q>x</Q></R></S>';
    const keyed = { number: text("NO"), ...fields };
    expect((await readAll(xml, mappingOf(keyed))).issues[0]?.key).toBe("A1");
    expect((await readAll(xml, mappingOf(keyed, { key: "id" }))).issues[0]?.key).toBe("7");
    expect((await readAll(xml, mappingOf(keyed, { key: "q" }))).issues[0]).not.toHaveProperty("key");
  });

  it("of a date for VAT rates are not said beside those of the field", async () => {
    const taxDate = { type: "date", path: "D" } as const;
    const xml = "<S><R><D>x</D></R></S>";
    expect((await readAll(xml, mappingOf(fields, { taxDate }))).issues).toEqual([]);
    const { issues } = await readAll(xml, mappingOf({ ...fields, day: taxDate }, { taxDate }));
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", field: "day" }]);
  });

  it("of the file say what was declared and what is there", async () => {
    const { issues } = await readAll(
      encode('<?xml version="1.0" encoding="windows-1250"?><S><R id="ž"/></S>'),
      mappingOf(fields),
    );
    expect(issues).toMatchObject([{ code: "ENCODING_MISMATCH", severity: "warning", at: { line: 1 } }]);
  });
});

describe("skip", () => {
  const skip = [
    { when: { compare: decimal("Q") as never, is: "<", to: "0" } as const, reason: "negative" },
    { when: equals("@id", ""), reason: "no id" },
  ];

  it("counts by the first rule that holds, and says nothing of texts that it cannot compare", async () => {
    const xml = '<S><R><Q>-1</Q></R><R><Q>x</Q></R><R id="1"><Q>x</Q></R><R id="2"><Q>0</Q></R></S>';
    const { records, issues, report } = await readAll(xml, mappingOf({ id: code("@id") }, { skip }));
    expect(records).toEqual([{ id: "1" }, { id: "2" }]);
    expect(issues).toEqual([]);
    expect(report).toMatchObject({ read: 4, good: 2, skipped: 2, skippedFor: { negative: 1, "no id": 1 } });
  });
});

describe("one compiled mapping", () => {
  it("serves several readers at a time", () => {
    const compiled = compileMapping(mappingOf({ id: code("@id"), shop: text("/S/@name") }));
    const readers = ["a", "b"].map((name) => {
      const found: Values[] = [];
      const reader = createRecordReader<Values>(compiled, ({ record }) => found.push(record ?? {}));
      return { name, found, reader };
    });
    for (const { reader, name } of readers) reader.write(encode(`<S name="${name}"><R id="1"/>`));
    for (const { reader } of readers) reader.write(encode('<R id="2"/></S>'));
    for (const { reader, found, name } of readers) {
      reader.end();
      expect(found).toEqual([
        { id: "1", shop: name },
        { id: "2", shop: name },
      ]);
    }
  });
});
