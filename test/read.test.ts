import { Readable } from "node:stream";
import {
  code,
  compileMapping,
  constant,
  createRecordReader,
  customize,
  decimal,
  defineMapping,
  definePreset,
  equals,
  explain,
  formatIssue,
  lookup,
  type Order,
  parseMapping,
  type Preset,
  readInvoices,
  readOrders,
  readRecords,
  RecordError,
  text,
} from "propojka";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { mappingOf, readAll } from "./mapping/reading.ts";
import { mappingOfShop, order, shop } from "./order.ts";

const wrongTotal = order("2", "Hrnek", { TOTAL: "300.00" });
const damaged = order("3", "Čaj & káva");

describe("readOrders", () => {
  it("gives orders with amounts that add up", async () => {
    const { orders, rejected, issues, report } = await readOrders(shop(order("1"), order("2", "Čaj")), mappingOfShop);
    expect(orders).toHaveLength(2);
    expect(orders[0]).toMatchObject({
      number: "1",
      createdAt: "2026-03-04T18:22:09+01:00",
      currency: "CZK",
      customer: { email: "eva@example.cz" },
      lines: [
        {
          kind: "product",
          code: "H-1",
          name: "Hrnek",
          quantity: "2",
          total: { net: "200.00", vat: "42.00", gross: "242.00" },
        },
      ],
      totals: { net: "200.00", vat: "42.00", gross: "242.00", payable: "242.00" },
      vatBreakdown: [{ rate: "21", net: "200.00", vat: "42.00", gross: "242.00" }],
    });
    expect({ rejected, issues }).toEqual({ rejected: [], issues: [] });
    expect(report).toEqual({
      read: 2,
      good: 2,
      bad: 0,
      skipped: 0,
      skippedFor: {},
      issues: [],
      root: "SHOP",
      encoding: "utf-8",
      drift: { unknown: [], values: [], vanished: [] },
      foundRecords: true,
    });
  });

  it("rejects an order whose total does not add up, and keeps it to look at", async () => {
    const { orders, rejected, issues } = await readOrders(shop(order("1"), wrongTotal), mappingOfShop);
    expect(orders.map(({ number }) => number)).toEqual(["1"]);
    expect(rejected).toMatchObject([{ ok: false, record: { number: "2" }, source: { index: 1 } }]);
    expect(issues).toMatchObject([
      {
        code: "TOTAL_MISMATCH",
        severity: "error",
        key: "2",
        field: "totals.payable",
        path: "/SHOP/ORDER[2]/TOTAL",
        at: { line: 3 },
      },
    ]);
    expect(rejected[0]!.source.raw()).toBe(wrongTotal);
  });

  it("rejects an order that lacks what it needs, and says where that was looked for", async () => {
    const xml = shop(order("", "Hrnek"), order("2").replace(/<ITEM .*<\/ITEM>/, "<ITEM><COUNT>x</COUNT></ITEM>"));
    const { orders, issues } = await readOrders(xml, mappingOfShop, { file: "orders.xml" });
    expect(orders).toEqual([]);
    expect(issues.map(formatIssue)).toEqual([
      "orders.xml:2:16: FIELD_MISSING number at /SHOP/ORDER[1]/NUMBER: required, but missing or empty (NUMBER)",
      expect.stringMatching(/^orders\.xml:3:\d+: FIELD_INVALID lines\[0\]\.quantity at .*COUNT: expected a decimal/),
      expect.stringMatching(/^orders\.xml:3:1: FIELD_MISSING lines\[0\]\.name: required, but .* \(NAME\)$/),
    ]);
  });

  it("gives no orders of a file that has none", async () => {
    const { orders, issues, report } = await readOrders("<SHOP>\n</SHOP>", mappingOfShop);
    expect({ orders, issues }).toEqual({ orders: [], issues: [] });
    expect(report).toMatchObject({ read: 0, foundRecords: true });
  });

  it("says so if the file is of another kind", async () => {
    const { orders, issues, report } = await readOrders("<PRODUCTS><P/></PRODUCTS>", mappingOfShop, { file: "a.xml" });
    expect(orders).toEqual([]);
    expect(report.foundRecords).toBe(false);
    expect(issues).toEqual([
      {
        code: "RECORD_NONE",
        severity: "error",
        message: "no place for records at /SHOP/ORDER; the root element is <PRODUCTS>: is this the right kind of file?",
        at: { file: "a.xml", line: 1, column: 1, offset: 0 },
      },
    ]);
  });

  it.each([
    ["", "XML_EMPTY"],
    ["   ", "XML_EMPTY"],
    ["number;total", "XML_NOT_XML"],
    ["<!doctype html><html></html>", "XML_NOT_XML"],
  ])("throws where there is no XML at all: %j", async (input, errorCode) => {
    await expect(readOrders(input, mappingOfShop)).rejects.toMatchObject({ name: "XmlError", code: errorCode });
  });

  it("takes a compiled mapping, again and again", async () => {
    const compiled = compileMapping(mappingOfShop);
    for (const number of ["1", "2", "3"]) {
      const { orders } = await readOrders(shop(order(number)), compiled);
      expect(orders[0]?.number).toBe(number);
    }
    const [one, two] = await Promise.all(
      ["a", "b"].map((number) => readOrders([Buffer.from(shop(order(number)))], compiled)),
    );
    expect([one!.orders[0]!.number, two!.orders[0]!.number]).toEqual(["a", "b"]);
  });

  it("reads the same with the mapping that went through JSON", async () => {
    const data: unknown = JSON.parse(JSON.stringify(mappingOfShop));
    expect(data).toEqual(mappingOfShop);
    const xml = shop(order("1"), wrongTotal, damaged);
    const { orders, issues, report } = await readOrders(xml, mappingOfShop);
    expect(await readOrders(xml, parseMapping(data))).toMatchObject({ orders, issues, report });
  });

  it("passes parameters, file name and encoding on", async () => {
    const { mapping } = customize(mappingOfShop, {
      parameters: { currency: { title: "Currency", default: "CZK", values: ["CZK", "EUR"] } },
      fields: { currency: { type: "parameter", name: "currency" } },
    });
    const { orders } = await readOrders(shop(order("1")), mapping, { parameters: { currency: "EUR" } });
    expect(orders[0]?.currency).toBe("EUR");
    await expect(readOrders("<SHOP/>", mapping, { parameters: { currency: "USD" } })).rejects.toMatchObject({
      code: "PARAMETER_INVALID",
    });
    const windows1250 = Buffer.from(shop(order("1", "K\xf9\xf2")), "latin1");
    const read = await readOrders(windows1250, mapping, { encoding: "windows-1250" });
    expect(read.orders[0]?.lines[0]?.name).toBe("Kůň");
    expect(read.report.encoding).toBe("windows-1250");
  });
});

describe("presets", () => {
  const feed = { direction: "import", title: "Orders", mapping: mappingOfShop } as const;
  const preset: Preset = definePreset({
    id: "shop",
    title: "Shop",
    maturity: "draft",
    provenance: [],
    feeds: { orders: { ...feed, records: "orders", encoding: "windows-1250", invoice: { dueDays: 7 } } },
  });
  const windows1250 = Buffer.from(shop(order("1", "K\xf9\xf2")), "latin1");

  it("give the mapping and the encoding of files that state none", async () => {
    const { orders, issues } = await readOrders(windows1250, preset);
    expect(orders[0]?.lines[0]?.name).toBe("Kůň");
    expect(issues).toEqual([]);
    const declared = Buffer.from(
      `<?xml version="1.0" encoding="iso-8859-2"?>${shop(order("1", "K\xf9\xf2"))}`,
      "latin1",
    );
    expect((await readOrders(declared, preset)).report.encoding).toBe("iso-8859-2");
  });

  it("give invoices of their orders, by their rules or those of the caller", async () => {
    const { invoices } = await readInvoices(windows1250, preset);
    expect(invoices).toMatchObject([
      { invoiceNumber: "1", orderNumber: "1", issuedOn: "2026-03-04", dueOn: "2026-03-11", documentType: "invoice" },
    ]);
    const { invoices: own } = await readInvoices(windows1250, preset, { rules: { number: () => "FV-1" } });
    expect(own).toMatchObject([{ invoiceNumber: "FV-1", dueOn: "2026-03-11" }]);
  });

  it("without such a feed are an error", async () => {
    const invoicesOnly = { ...preset, feeds: { invoices: { ...feed, records: "invoices" } } } as const;
    await expect(readOrders("<SHOP/>", invoicesOnly)).rejects.toMatchObject({
      code: "PRESET_INVALID",
      message: 'preset "shop" has no feed of orders',
    });
  });
});

describe("readInvoices", () => {
  const invoices = defineMapping("invoice", {
    record: "/SHOP/INVOICE",
    fields: {
      documentType: constant("invoice"),
      invoiceNumber: code("NO"),
      issuedOn: { type: "date", path: "DAY" } as never,
      currency: constant("CZK"),
      lines: mappingOfShop.fields["lines"] as never,
    },
  });
  const xml = "<SHOP><INVOICE><NO>F1</NO><DAY>4.3.2026</DAY></INVOICE><INVOICE><NO>F2</NO></INVOICE></SHOP>";

  it("reads invoices", async () => {
    const { invoices: read, rejected, issues } = await readInvoices(xml, invoices);
    expect(read).toEqual([
      { documentType: "invoice", invoiceNumber: "F1", issuedOn: "2026-03-04", currency: "CZK", lines: [] },
    ]);
    expect(rejected).toHaveLength(1);
    expect(issues).toMatchObject([{ code: "FIELD_MISSING", key: "F2", field: "issuedOn" }]);
  });

  it("makes invoices of orders, which can still be explained", async () => {
    const { invoices: made, report } = await readInvoices(shop(order("1"), wrongTotal), mappingOfShop);
    expect(made).toMatchObject([{ invoiceNumber: "1", totals: { gross: "242.00" } }]);
    expect(report).toMatchObject({ read: 2, good: 1, bad: 1 });
    expect(explain(made[0]!, "totals.payable")?.path).toBe("/SHOP/ORDER[1]/TOTAL");
  });

  it("rejects an order that cannot become an invoice", async () => {
    const xml = shop(order("1"), order("2", "Hrnek", { DATE: "" }));
    const { invoices: made, rejected, issues, report } = await readInvoices(xml, mappingOfShop);
    expect(made).toHaveLength(1);
    expect(rejected).toHaveLength(1);
    expect(issues).toMatchObject([{ code: "FIELD_MISSING", severity: "error", key: "2", at: { line: 3 } }]);
    expect(report).toMatchObject({ read: 2, good: 1, bad: 1 });
  });
});

describe("readRecords", () => {
  it("gives records as they are asked for", async () => {
    let opened = 0;
    const source = async function* (): AsyncGenerator<string> {
      yield "<SHOP>";
      for (let number = 1; ; number++) {
        opened++;
        yield order(String(number));
      }
    };
    const numbers: string[] = [];
    for await (const item of readRecords(source(), mappingOfShop)) {
      if (item.ok) numbers.push(item.record.number);
      if (numbers.length === 3) break;
    }
    expect(numbers).toEqual(["1", "2", "3"]);
    // The encoding is decided from the first 64 KiB.
    expect(opened).toBeLessThan(1000);
  });

  it("counts while it reads", async () => {
    const stream = readRecords(Readable.from([shop(order("1")).slice(0, -8), order("2"), "</SHOP>"]), mappingOfShop);
    expect(stream.report.read).toBe(0);
    const counts: number[] = [];
    for await (const _ of stream) counts.push(stream.report.read);
    expect(counts.at(-1)).toBe(2);
    expect(stream.report).toMatchObject({ read: 2, good: 2 });
  });

  it("throws what is wrong with the mapping at once, what is wrong with the file from the iteration", async () => {
    expect(() => readRecords("<SHOP/>", mappingOf({}, { record: "x" }) as never)).toThrow();
    const stream = readRecords("", mappingOfShop);
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: "XML_EMPTY" });
  });
});

describe("schemas of the caller", () => {
  const fields = { number: code("NUMBER"), total: decimal("TOTAL") };
  const xml = shop(order("7"), order("", "Hrnek"), order("9", "Hrnek", { TOTAL: "-1" }));

  it("give records their final form and type", async () => {
    const schema = z.object({ number: z.string(), total: z.string() }).transform(({ number, total }) => ({
      id: Number(number),
      cents: Math.round(Number(total) * 100),
    }));
    const mapping = mappingOf(fields, { record: "/SHOP/ORDER" });
    const found: object[] = [];
    for await (const item of readRecords(shop(order("7")), mapping as never, { schema })) {
      if (!item.ok) continue;
      expectTypeOf(item.record).toEqualTypeOf<{ id: number; cents: number }>();
      found.push(item.record);
    }
    expect(found).toEqual([{ id: 7, cents: 24200 }]);
  });

  it("reject records, and say where", async () => {
    const schema = z.object({
      number: z.string(),
      total: z.string().refine((value) => !value.startsWith("-"), "must not be negative"),
    });
    const { items, issues, report } = await readAll(xml, mappingOf(fields, { record: "/SHOP/ORDER", key: "number" }), {
      schema,
    });
    expect(items.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(items.map(({ record }) => record?.["total"])).toEqual(["242.00", "242.00", "-1"]);
    expect(issues).toMatchObject([
      { code: "FIELD_MISSING", field: "number", path: "/SHOP/ORDER[2]/NUMBER", at: { line: 3 } },
      {
        code: "FIELD_INVALID",
        field: "total",
        message: "must not be negative",
        key: "9",
        path: "/SHOP/ORDER[3]/TOTAL",
      },
    ]);
    expect(report).toMatchObject({ read: 3, good: 1, bad: 2 });
  });

  it("are not asked twice about what a codec already refused", async () => {
    const schema = z.object({ number: z.string(), total: z.string() });
    const { issues } = await readAll(
      shop(order("1", "x", { TOTAL: "abc" })),
      mappingOf(fields, { record: "/SHOP/ORDER" }),
      {
        schema,
      },
    );
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", field: "total", raw: "abc" }]);
  });

  it("may speak of the whole record, and freeze it", async () => {
    const schema = z
      .object({ number: z.string(), total: z.string() })
      .refine(({ number }) => number !== "9", "nine is not allowed")
      .readonly();
    const { items, issues } = await readAll(
      shop(order("9"), order("8")),
      mappingOf(fields, { record: "/SHOP/ORDER" }),
      {
        schema,
      },
    );
    expect(issues).toMatchObject([
      { code: "FIELD_INVALID", message: "nine is not allowed", at: { line: 2, column: 1 } },
    ]);
    expect(issues[0]).not.toHaveProperty("field");
    expect(explain(items[1]!.record!, "total")).toMatchObject({ path: "/SHOP/ORDER[2]/TOTAL" });
  });

  it("cannot be asynchronous", async () => {
    const schema = z.object({}).refine(async () => true);
    await expect(readAll(xml, mappingOf(fields, { record: "/SHOP/ORDER" }), { schema })).rejects.toThrow();
  });

  it("are not needed", async () => {
    const { records } = await readAll(shop(order("1")), mappingOf(fields, { record: "/SHOP/ORDER" }));
    expect(records).toEqual([{ number: "1", total: "242.00" }]);
  });
});

describe("damaged records", () => {
  const xml = shop(order("1"), damaged, order("4"));

  it("are put aside, and their neighbours go on", async () => {
    const { orders, rejected, issues, report } = await readOrders(xml, mappingOfShop, { file: "o.xml" });
    expect(orders.map(({ number }) => number)).toEqual(["1", "4"]);
    expect(rejected).toMatchObject([{ record: undefined, source: { index: 1 } }]);
    expect(rejected[0]!.source.raw()).toBe(damaged);
    expect(issues).toMatchObject([{ code: "XML_MALFORMED", severity: "error", at: { file: "o.xml", line: 3 } }]);
    expect(report).toMatchObject({ read: 3, good: 2, bad: 1 });
  });

  it("are mended when asked, with a warning", async () => {
    const { orders, issues } = await readOrders(xml, mappingOfShop, { malformed: "repair" });
    expect(orders.map(({ lines }) => lines[0]!.name)).toEqual(["Hrnek", "Čaj & káva", "Hrnek"]);
    expect(issues).toMatchObject([{ code: "RECORD_REPAIRED", severity: "warning", key: "3", at: { line: 3 } }]);
  });

  it("are rejected even when mended, if they do not add up then", async () => {
    const broken = shop(order("1", "Čaj & káva", { TOTAL: "100.00" }), order("2"));
    const { orders, rejected, issues } = await readOrders(broken, mappingOfShop, { malformed: "repair" });
    expect(orders.map(({ number }) => number)).toEqual(["2"]);
    expect(rejected).toMatchObject([{ record: { number: "1" } }]);
    expect(issues.map(({ code: issue }) => issue)).toEqual(["RECORD_REPAIRED", "TOTAL_MISMATCH"]);
  });

  it("stop the reading when asked, after what was good before", async () => {
    const numbers: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const item of readRecords(xml, mappingOfShop, { malformed: "stop" }))
        if (item.ok) numbers.push(item.record.number);
    };
    await expect(reading()).rejects.toMatchObject({ name: "XmlError", code: "XML_MALFORMED", at: { line: 3 } });
    expect(numbers).toEqual(["1"]);
  });

  it("at the end of a file that was cut off do not take the others with them", async () => {
    const { orders, issues, report } = await readOrders(xml.slice(0, -60), mappingOfShop);
    expect(orders.map(({ number }) => number)).toEqual(["1"]);
    expect(issues.map(({ code: issue }) => issue)).toContain("XML_TRUNCATED");
    expect(report.read).toBe(report.good + report.bad + report.skipped);
  });
});

describe('invalid: "stop"', () => {
  it("throws at the first record that must not be booked, after what was good before", async () => {
    const numbers: string[] = [];
    const stream = readRecords(shop(order("1"), wrongTotal, order("3")), mappingOfShop, {
      invalid: "stop",
      file: "o.xml",
    });
    const error: unknown = await (async () => {
      for await (const item of stream) if (item.ok) numbers.push(item.record.number);
    })().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RecordError);
    expect(error).toMatchObject({ code: "RECORD_INVALID", issues: [{ code: "TOTAL_MISMATCH", key: "2" }] });
    expect((error as Error).message).toMatch(/^o\.xml:3:\d+: TOTAL_MISMATCH totals\.payable at \/SHOP/);
    expect(numbers).toEqual(["1"]);
    expect(stream.report).toMatchObject({ read: 1, good: 1 });
  });

  it("throws for a malformed record too", async () => {
    await expect(readOrders(shop(damaged), mappingOfShop, { invalid: "stop" })).rejects.toBeInstanceOf(RecordError);
  });

  it("does not mind warnings", async () => {
    const { orders } = await readOrders(shop(damaged), mappingOfShop, { invalid: "stop", malformed: "repair" });
    expect(orders).toHaveLength(1);
  });
});

describe("lookups", () => {
  const lookups = { names: { path: "/SHOP/NAMES/NAME", key: "@id" } };
  const names = (ids: string): string => `<NAMES>${ids.replace(/\w/g, '<NAME id="$&">Zboží $&</NAME>')}</NAMES>`;
  const mapping = mappingOf(
    { id: code("@id"), name: lookup("names", "@name", text(".")) },
    { record: "/SHOP/R", lookups },
  );
  const records = '<R id="1" name="a"/><R id="2" name="b"/><R id="3" name="a"/><R id="4"/>';
  const expected = ["Zboží a", "Zboží b", "Zboží a", undefined];

  it.each([
    ["before the records", `<SHOP>${names("ab")}${records}</SHOP>`],
    ["behind the records", `<SHOP>${records}${names("ab")}</SHOP>`],
    ["on both sides", `<SHOP>${names("a")}${records}${names("b")}</SHOP>`],
  ])("are found %s, in text, bytes and streams", async (_, xml) => {
    const bytes = new TextEncoder().encode(xml);
    for (const input of [xml, bytes, () => xml, [bytes], Readable.from([bytes.subarray(0, 40), bytes.subarray(40)])]) {
      const { records: found, issues } = await readAll(input, mapping);
      expect(found.map((record) => record?.["name"])).toEqual(expected);
      expect(issues).toEqual([]);
    }
  });

  it("are found in another input", async () => {
    const other = mappingOf(mapping.fields, {
      record: "/SHOP/R",
      lookups: { names: { path: "/CATALOG/NAMES/NAME", key: "@id", input: "catalog" } },
    });
    const inputs = { catalog: Readable.from([Buffer.from(`<CATALOG>${names("ab")}</CATALOG>`)]) };
    const { records: found } = await readAll(Readable.from([Buffer.from(`<SHOP>${records}</SHOP>`)]), other, {
      inputs,
    });
    expect(found.map((record) => record?.["name"])).toEqual(expected);
    const { issues } = await readAll(`<SHOP>${records}</SHOP>`, other);
    expect(issues).toMatchObject([{ code: "LOOKUP_MISSING", field: "name" }]);
  });

  it("that are missing as a whole are said once, a missing entry each time", async () => {
    const whole = await readAll(`<SHOP>${records}</SHOP>`, mapping);
    expect(whole.issues).toMatchObject([
      { code: "LOOKUP_MISSING", severity: "warning", message: 'the input holds no "names" at all' },
    ]);
    expect(whole.report).toMatchObject({ read: 4, good: 4 });
    const entry = await readAll(`<SHOP>${records}${names("b")}</SHOP>`, mapping);
    expect(entry.issues.map(({ message, at }) => [message, at?.column])).toEqual([
      ['no entry "a" in "names"', 7],
      ['no entry "a" in "names"', 47],
    ]);
  });

  it("that are damaged are issues of the file, once", async () => {
    const xml = `<SHOP><NAMES><NAME id="a">x & y</NAME></NAMES>${records}</SHOP>`;
    const { report } = await readAll(xml, mapping);
    expect(report.issues).toMatchObject([{ code: "XML_MALFORMED" }]);
  });
});

describe("records to leave out", () => {
  const skip = [
    { when: equals("STATE", "storno"), reason: "cancelled" },
    { when: equals("STATE", ["test", "zkouška"]), reason: "test" },
  ];
  const { mapping } = customize(mappingOfShop, { skip });

  it("are counted by reason, and not looked at further", async () => {
    const states = ["storno", "", "test", "storno", "zkouška"];
    const xml = shop(
      ...states.map((STATE, at) => order(String(at), "Hrnek", { STATE, TOTAL: STATE === "" ? "242" : "x" })),
    );
    const { orders, issues, report } = await readOrders(xml, mapping);
    expect(orders.map(({ number }) => number)).toEqual(["1"]);
    expect(issues).toEqual([]);
    expect(report).toMatchObject({ read: 5, good: 1, bad: 0, skipped: 4, skippedFor: { cancelled: 2, test: 2 } });
  });
});

describe("the report", () => {
  it.each(["quarantine", "repair"] as const)(
    "has every record once: read = good + bad + skipped (%s)",
    async (malformed) => {
      const { mapping } = customize(mappingOfShop, { skip: [{ when: equals("MAIL", ""), reason: "no mail" }] });
      const kinds = [
        (at: number) => order(`good-${at}`),
        (at: number) => order(`bad-${at}`, "Hrnek", { TOTAL: "1" }),
        (at: number) => order(`unreadable-${at}`, "Hrnek", { TOTAL: "?" }),
        (at: number) => order(`damaged-${at}`, "a & b"),
        (at: number) => order(`skipped-${at}`, "Hrnek", { MAIL: "" }),
        (at: number) => order(`skipped-and-damaged-${at}`, "a & b", { MAIL: "" }),
      ];
      const xml = shop(...Array.from({ length: 60 }, (_, at) => kinds[at % kinds.length]!(at)));
      const { orders, rejected, report } = await readOrders(xml, mapping, { malformed });
      expect(report.read).toBe(60);
      expect(report.good + report.bad + report.skipped).toBe(60);
      expect(report.good).toBe(orders.length);
      expect(report.bad).toBe(rejected.length);
      expect(orders.length).toBe(malformed === "repair" ? 20 : 10);
      expect(new Set(orders.map((read: Order) => read.number)).size).toBe(orders.length);
    },
  );
});

describe("a record that is the root element", () => {
  const lines = (count: number): string => "<L><N>aaaaaaaaaaaa</N></L>".repeat(count);
  const ofRoot = mappingOf({ id: text("ID"), last: text("END") }, { record: "/ORDER" });

  it.each([10, 1000, 3000, 20_000])("is read whatever its size, with %i lines", (count) => {
    const xml = `<ORDER><ID>1</ID>${lines(count)}<END>z</END></ORDER>`;
    for (const windowBytes of [undefined, 100, 1000, 65_536]) {
      const found: unknown[] = [];
      const reader = createRecordReader<unknown>(compileMapping(ofRoot), (item) => found.push(item.record), {
        windowBytes,
      });
      reader.write(Buffer.from(xml));
      reader.end();
      expect(found).toEqual([{ id: "1", last: "z" }]);
      expect(reader.report.issues).toEqual([]);
    }
  });

  it("is one, so that another one behind it is damage", async () => {
    const { records, issues } = await readAll(`<ORDER><ID>1</ID>${lines(5000)}</ORDER><ORDER/>`, ofRoot);
    expect(records).toEqual([{ id: "1" }]);
    expect(issues.map(({ message }) => message)).toEqual(["a second root element"]);
    const cut = await readAll(`<ORDER><ID>1</ID>${lines(5000)}`, ofRoot);
    expect(cut.issues.map(({ code }) => code)).toContain("XML_TRUNCATED");
  });
});
