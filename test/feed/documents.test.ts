import { describe, expect, it } from "vitest";
import {
  code,
  constant,
  decimal,
  defineMapping,
  DefinitionError,
  each,
  formatIssue,
  type ImportFeed,
  type Invoice,
  type Line,
  type Order,
  oneOf,
  RecordError,
  text,
  vatRate,
  writeInvoiceDocuments,
  writeInvoices,
  writeOrderDocuments,
  writeOrders,
} from "propojka";
import { presets } from "../../presets/index.ts";

const lines = each<Line>("L", {
  kind: constant("product"),
  name: text("NAME", { maxLength: 5, tooLong: "cut" }),
  quantity: decimal("QTY"),
  vatRate: vatRate("VAT"),
  unitPrice: { gross: decimal("PRICE") },
});
const mapping = defineMapping("order", {
  record: "/DOCS/DOC",
  parameters: { batch: { title: "Batch", default: "" } },
  fields: { number: code("NO", { maxLength: 4 }), currency: code("CUR"), lines, totals: { payable: decimal("PAY") } },
  document: { fixed: { "/DOCS/@batch": { parameter: "batch" } } },
  totals: { basis: "gross", method: "topDown", compare: ["payable"] },
});
const feed: ImportFeed = { direction: "import", records: "orders", title: "Docs", mapping, write: {} };

const order: Order = {
  number: "1",
  currency: "CZK",
  lines: [{ kind: "product", name: "Hrnek", quantity: "2", vatRate: "21", unitPrice: { gross: "199.50" } }],
};

async function text_(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

describe("writeOrders", () => {
  it("writes prepared orders, and says what does not come back", async () => {
    const rich: Order = {
      ...order,
      customer: { group: "VIP", email: "eva@example.cz" },
      notes: { customer: "Zazvonit" },
      lines: [...order.lines, { ...order.lines[0]!, name: "Čajová konvice" }],
    };
    const stream = writeOrders([order, rich], feed, { parameters: { batch: "b1" } });
    expect(await text_(stream)).toBe(
      `<?xml version="1.0" encoding="utf-8"?>
<DOCS batch="b1">
<DOC><NO>1</NO><CUR>CZK</CUR><L><NAME>Hrnek</NAME><QTY>2</QTY><VAT>21</VAT><PRICE>199.50</PRICE></L><PAY>399.00</PAY></DOC>
<DOC><NO>1</NO><CUR>CZK</CUR><L><NAME>Hrnek</NAME><QTY>2</QTY><VAT>21</VAT><PRICE>199.50</PRICE></L><L><NAME>Čajov</NAME><QTY>2</QTY><VAT>21</VAT><PRICE>199.50</PRICE></L><PAY>798.00</PAY></DOC>
</DOCS>
`,
    );
    const { report } = stream;
    expect(report).toMatchObject({ read: 2, written: 2, rejected: 0, skipped: 0 });
    expect(report.lost).toEqual({ "customer.group": 1, "customer.email": 1, "notes.customer": 1, "lines[].name": 1 });
    expect(report.issues.map(formatIssue)).toEqual([
      "1: FIELD_TOO_LONG lines[1].name: expected at most 5 characters, got 14; cut",
    ]);
  });

  it("leaves out what is no order, does not add up or does not fit, and goes on", async () => {
    const orders = [
      { ...order, currency: "Kč" },
      { ...order, number: "2", totals: { payable: "1.00" } },
      { ...order, number: "12345" },
      order,
    ] as const;
    const stream = writeOrders(orders, feed);
    expect((await text_(stream)).match(/<DOC>/g)).toHaveLength(1);
    expect(stream.report).toMatchObject({ read: 4, written: 1, rejected: 3, skipped: 0 });
    expect(stream.report.issues.map(({ code: name, key, field }) => [name, key, field])).toEqual([
      ["FIELD_INVALID", "1", "currency"],
      ["TOTAL_MISMATCH", "2", "totals.payable"],
      ["FIELD_TOO_LONG", "12345", "number"],
    ]);
    await expect(text_(writeOrders([orders[1]], feed, { invalid: "stop" }))).rejects.toThrow(RecordError);
  });

  it("leaves out what could not be read back", async () => {
    const blind = { ...feed, mapping: { ...mapping, record: "/DOCS/OTHER" }, write: { mapping } };
    const stream = writeOrders([order], blind);
    await text_(stream);
    expect(stream.report).toMatchObject({ read: 1, written: 0, rejected: 1 });
    expect(stream.report.issues.map(({ message }) => message)).toEqual([
      "what would be written cannot be read back: it holds no record",
    ]);
  });

  it("takes orders as they come", async () => {
    async function* source(): AsyncGenerator<Order> {
      yield order;
      yield { ...order, number: "2" };
    }
    const stream = writeOrders(source(), feed);
    await text_(stream);
    expect(stream.report.written).toBe(2);
  });

  it("says at once what is wrong with preset, options or parameters", () => {
    expect(() => writeOrders([], presets["shoptet"]!)).toThrow(/cannot write orders; it writes nothing/);
    expect(() => writeOrders([], presets["isdoc"]!)).toThrow(/only invoices/);
    expect(() => writeInvoices([], feed)).toThrow(/not for writing invoices/);
    expect(() => writeOrders([], feed, { parameters: { x: "1" } })).toThrow(DefinitionError);
    expect(() => writeOrders([], feed, { options: { rounding: "up" as never } })).toThrow(/options\.rounding/);
  });
});

describe("documents of one record each", () => {
  const apart = { ...mapping, record: "/DOC", document: { perRecord: true } };

  it("are written one by one", async () => {
    const documents: [string, string][] = [];
    const stream = writeOrderDocuments([order, { ...order, number: "12345" }, { ...order, number: "3" }], {
      ...feed,
      mapping: apart,
    });
    for await (const { record, bytes } of stream) documents.push([record.number, Buffer.from(bytes).toString("utf8")]);
    expect(documents.map(([number]) => number)).toEqual(["1", "3"]);
    expect(documents[1]?.[1]).toContain("<NO>3</NO>");
    expect(stream.report).toMatchObject({ read: 3, written: 2, rejected: 1 });
  });

  it("have a mapping of their own for credit notes, counted together", async () => {
    const documentType = oneOf("TYPE", { I: "invoice", C: "creditNote" });
    const invoices = (root: string) =>
      defineMapping("invoice", {
        record: root,
        fields: {
          documentType,
          invoiceNumber: code("NO"),
          issuedOn: { type: "date", path: "DATE" } as never,
          currency: code("CUR"),
          lines,
        },
        document: { perRecord: true },
        totals: { basis: "gross", method: "topDown", compare: [], creditNotes: "positive" },
      });
    const both = { ...invoices("/INV"), record: ["/INV", "/CRE"] };
    const source: ImportFeed = {
      ...feed,
      records: "invoices",
      mapping: both,
      write: { mapping: invoices("/INV"), creditNotes: invoices("/CRE") },
    };
    const invoice: Invoice = { ...order, documentType: "invoice", invoiceNumber: "1", issuedOn: "2026-03-04" } as never;
    const credit: Invoice = {
      ...invoice,
      documentType: "creditNote",
      invoiceNumber: "2",
      lines: [{ ...order.lines[0]!, quantity: "-2" }],
    };
    const stream = writeInvoiceDocuments([invoice, credit], source);
    const texts: string[] = [];
    for await (const { bytes } of stream) texts.push(Buffer.from(bytes).toString("utf8").split("\n")[1] ?? "");
    expect(texts[0]).toMatch(/^<INV>.*<QTY>2<\/QTY>/);
    expect(texts[1]).toMatch(/^<CRE>.*<QTY>2<\/QTY>/);
    expect(stream.report).toMatchObject({ read: 2, written: 2, rejected: 0, lost: {} });
  });

  it("have a UUID that stays the same for the same document", async () => {
    const uuidOf = async (changes: Partial<Order>): Promise<string | undefined> => {
      const { fields } = mapping;
      const withUuid = { ...apart, fields: { ...fields, custom: { uuid: { type: "text", path: "UUID" } } } };
      for await (const { bytes } of writeOrderDocuments([{ ...order, ...changes }], {
        ...feed,
        mapping: withUuid,
      }))
        return /<UUID>(.*)<\/UUID>/.exec(Buffer.from(bytes).toString("utf8"))?.[1];
      return undefined;
    };
    const uuid = await uuidOf({});
    expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await uuidOf({ notes: { customer: "other" } })).toBe(uuid);
    expect(await uuidOf({ number: "2" })).not.toBe(uuid);
    expect(await uuidOf({ seller: { companyId: "27082440" } })).not.toBe(uuid);
    expect(await uuidOf({ custom: { uuid: "own" } })).toBe("own");
  });
});
