import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import { add, compare, formatIssue, importFeed, type Invoice, multiply, subtract, sum } from "../../src/index.ts";
import type { InvoiceRules } from "../../src/model/invoice.ts";
import { readAsInvoices } from "../../src/read-invoices.ts";
import { foldersOf } from "./feeds.ts";

const withOrders = Object.entries(presets).flatMap(([id, preset]) => {
  const feed = importFeed(preset, "orders");
  const reads = foldersOf(id).reads.filter(({ options }) => options.feed === undefined);
  return feed === undefined ? [] : [{ id, feed, reads }];
});

/** Why an order of a sample is none to be invoiced. */
const REFUSALS =
  /exceptions\.(returned|negative) says|no date issuedOn|twice|was charged|is charged|VAT number|VAT rate/;

function balance({ totals }: Invoice): void {
  if (totals?.gross === undefined || totals.payable === undefined) return;
  expect(compare(add(totals.gross, totals.rounding ?? "0"), totals.payable)).toBe(0);
  if (totals.net !== undefined && totals.vat !== undefined)
    expect(compare(add(totals.net, totals.vat), totals.gross)).toBe(0);
}

describe.each(withOrders)("orders of preset $id as invoices", ({ feed, reads }) => {
  const made = async (
    bytes: Uint8Array,
    options: object,
    rules: InvoiceRules,
  ): Promise<{ readonly invoices: Invoice[]; readonly said: string[]; readonly report: object }> => {
    const stream = readAsInvoices(bytes, feed.mapping, rules, { presetEncoding: feed.encoding, ...options });
    const invoices: Invoice[] = [];
    const said: string[] = [];
    for await (const item of stream)
      if (item.ok) invoices.push(item.record);
      else said.push(...item.issues.map(formatIssue).filter((line) => line.includes("cannot become an invoice")));
    const { read, good, bad, skipped } = stream.report;
    expect(read).toBe(good + bad + skipped);
    expect(good).toBe(invoices.length);
    return { invoices, said, report: { read, good, bad, skipped } };
  };

  it.each(reads)("$name", async ({ bytes, options }) => {
    const { feed: _, ...reading } = options;
    const { invoices, said } = await made(bytes, reading, feed.invoice ?? {});
    for (const line of said) expect(line).toMatch(REFUSALS);
    for (const invoice of invoices) {
      balance(invoice);
      expect(invoice.status?.kind).not.toBe("cancelled");
    }
    const again = await made(bytes, reading, { ...feed.invoice, number: { series: "F####", next: 1 } });
    expect(again.invoices.map(({ invoiceNumber }) => invoiceNumber)).toEqual(
      again.invoices.map((_, index) => `F${String(index + 1).padStart(4, "0")}`),
    );
  });
});

describe("a shop that pays no VAT", () => {
  it("gets invoices of all orders without VAT, for the same money", { timeout: 60_000 }, async () => {
    let count = 0;
    for (const { feed, reads } of withOrders)
      for (const { bytes, options } of reads) {
        const { feed: _, ...reading } = options;
        const all = { presetEncoding: feed.encoding, ...reading };
        const rules: InvoiceRules = { rounding: "none", vat: { regimes: ["nonPayer"], charged: "convert" } };
        const paid = new Map<string | undefined, string | undefined>();
        for await (const item of readAsInvoices(bytes, feed.mapping, { rounding: "none" }, all))
          if (item.ok) paid.set(item.record.orderNumber, item.record.totals?.payable);
        for await (const item of readAsInvoices(bytes, feed.mapping, rules, all)) {
          if (!item.ok || item.record.vatRegime !== "nonPayer") continue;
          const { totals, lines, orderNumber, vatBreakdown } = item.record;
          count++;
          expect(vatBreakdown ?? []).toEqual([]);
          expect(lines.every(({ vatRate }) => vatRate === undefined)).toBe(true);
          if (totals?.gross === undefined) continue;
          const stated = paid.get(orderNumber);
          if (stated !== undefined) expect(compare(totals.payable ?? "0", stated as "0")).toBe(0);
          expect(compare(totals.vat ?? "0", "0")).toBe(0);
          const off = subtract(totals.gross, sum(lines.map(({ total }) => total?.gross ?? "0")));
          expect(compare(multiply(off, off), "1")).toBeLessThan(1);
        }
      }
    expect(count).toBeGreaterThan(50);
  });
});
