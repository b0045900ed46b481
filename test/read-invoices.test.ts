import { describe, expect, it } from "vitest";
import {
  code,
  constant,
  dateTime,
  decimal,
  defineMapping,
  definePreset,
  each,
  explain,
  formatIssue,
  oneOf,
  readInvoices,
  RecordError,
  text,
  vatRate,
} from "propojka";
import type { InvoiceRules } from "../src/model/invoice.ts";
import { readAsInvoices } from "../src/read-invoices.ts";

const mapping = defineMapping("order", {
  record: "/SHOP/ORDER",
  country: "CZ",
  fields: {
    number: code("NO"),
    createdAt: dateTime("DATE"),
    status: { kind: oneOf("STATUS", { storno: "cancelled", vráceno: "returned" }) },
    currency: constant("CZK"),
    customer: { billing: { country: text("COUNTRY") } },
    payment: { method: text("PAID") },
    lines: each("ITEM", {
      kind: constant("product"),
      name: text("NAME"),
      quantity: decimal("COUNT"),
      vatRate: vatRate("VAT"),
      unitPrice: { gross: decimal("PRICE") },
    }),
    totals: { payable: decimal("TOTAL") },
  },
  totals: { basis: "gross", method: "topDown", compare: ["payable"] },
});

function order(number: string, over: Readonly<Record<string, string>> = {}): string {
  const values = { DATE: "2026-03-04 10:00:00", STATUS: "", COUNTRY: "CZ", PAID: "Převodem", VAT: "21", ...over };
  const { VAT, TOTAL = "242.00", ...rest } = values as typeof values & { readonly TOTAL?: string };
  const header = Object.entries(rest).map(([name, value]) => `<${name}>${value}</${name}>`);
  return `<ORDER><NO>${number}</NO>${header.join("")}<ITEM><NAME>Hrnek</NAME><COUNT>2</COUNT><VAT>${VAT}</VAT><PRICE>121.00</PRICE></ITEM><TOTAL>${TOTAL}</TOTAL></ORDER>\n`;
}
const shop = (...orders: readonly string[]): string => `<SHOP>\n${orders.join("")}</SHOP>`;

const file = shop(
  order("1"),
  order("2", { STATUS: "storno" }),
  order("3", { STATUS: "vráceno" }),
  order("4", { TOTAL: "243.00" }),
  order("5", { STATUS: "storno" }),
  order("6"),
);

describe("readInvoices", () => {
  const series: InvoiceRules = { number: { series: "FV26#####", next: 17 } };

  it("numbers only good invoices, in the order of the file, and says how to go on", async () => {
    const { invoices, report, next } = await readInvoices(file, mapping, { rules: series });
    expect(invoices.map(({ orderNumber, invoiceNumber }) => [orderNumber, invoiceNumber])).toEqual([
      ["1", "FV2600017"],
      ["6", "FV2600018"],
    ]);
    expect(next).toEqual({ number: 19 });
    expect(report).toMatchObject({ read: 6, good: 2, bad: 2, skipped: 2, skippedFor: { cancelled: 2 } });
    const again = await readInvoices(file, mapping, { rules: series });
    expect(again.invoices).toEqual(invoices);
  });

  it("says at the order why it becomes no invoice", async () => {
    const { issues, rejected } = await readInvoices(file, mapping, { file: "orders.xml" });
    expect(issues.map(formatIssue)).toEqual([
      "orders.xml:4:1: FIELD_INVALID status: order 3 cannot become an invoice: the order is returned; the rule exceptions.returned says what becomes of it",
      expect.stringContaining("orders.xml:5:"),
    ]);
    expect(rejected.map(({ source }) => source.at.line)).toEqual([4, 5]);
    expect(rejected[0]?.source.raw()).toContain("<NO>3</NO>");
  });

  it("warns at the order where a rule had to guess", async () => {
    const rules: InvoiceRules = { vat: { regimes: ["oss"] } };
    const { invoices, issues } = await readInvoices(shop(order("1", { COUNTRY: "SK", VAT: "12" })), mapping, { rules });
    expect(invoices).toMatchObject([{ vatRegime: "oss", vatCountry: "SK", totals: { payable: "242.00" } }]);
    expect(issues).toMatchObject([{ code: "VAT_RATE_UNKNOWN", severity: "warning", key: "1", at: { line: 2 } }]);
    expect(explain(invoices[0]!, "totals.payable")?.path).toBe("/SHOP/ORDER[1]/TOTAL");
  });

  it("takes a country as the seller's only if the mapping states it", async () => {
    const { country: _, ...silent } = mapping;
    const rules: InvoiceRules = { vat: { regimes: ["oss"] } };
    const { issues } = await readInvoices(shop(order("1", { COUNTRY: "SK" })), silent, { rules });
    expect(issues).toMatchObject([{ code: "FIELD_MISSING", field: "seller" }]);
    const own = { ...rules, country: "SK" };
    const { invoices } = await readInvoices(shop(order("1", { COUNTRY: "SK" })), silent, { rules: own });
    expect(invoices[0]).not.toHaveProperty("vatRegime");
  });

  it("merges the rules of a feed with those of the caller", async () => {
    const preset = definePreset({
      id: "shop",
      title: "Shop",
      maturity: "draft",
      provenance: [],
      feeds: {
        orders: {
          direction: "import",
          records: "orders",
          title: "Orders",
          mapping,
          invoice: { dueDays: { transfer: 7 }, exceptions: { cancelled: "error", returned: "invoice" } },
        },
      },
    });
    const { invoices, report } = await readInvoices(file, preset, { rules: { exceptions: { cancelled: "skip" } } });
    expect(invoices.map(({ orderNumber, dueOn }) => [orderNumber, dueOn])).toEqual([
      ["1", "2026-03-11"],
      ["3", "2026-03-11"],
      ["6", "2026-03-11"],
    ]);
    expect(report).toMatchObject({ skipped: 2, bad: 1 });
  });

  it("refuses rules that are wrong, before it reads", async () => {
    const rules = { exceptions: { canceled: "skip" } } as InvoiceRules;
    await expect(readInvoices("no XML", mapping, { rules })).rejects.toMatchObject({
      code: "PARAMETER_INVALID",
      message: 'invoice rules: exceptions: Unrecognized key: "canceled"',
    });
  });

  it("stops at the first order that cannot become an invoice, where it is asked to", async () => {
    const read = readInvoices(shop(order("3", { STATUS: "vráceno" })), mapping, { invalid: "stop" });
    await expect(read).rejects.toThrow(RecordError);
  });
});

describe("invoices as they are asked for", () => {
  it("come with counts and the next number so far", async () => {
    const stream = readAsInvoices(file, mapping, { number: { series: "##", next: 5 } });
    const counts: unknown[] = [];
    for await (const item of stream) counts.push([item.ok && item.record.invoiceNumber, stream.next.number]);
    expect(counts).toEqual([
      ["05", 6],
      [false, 6],
      [false, 6],
      ["06", 7],
    ]);
    expect(stream.report).toMatchObject({ read: 6, good: 2, bad: 2, skipped: 2 });
  });
});
