import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import {
  type DocumentReport,
  formatIssue,
  importFeed,
  type Invoice,
  type Issue,
  type Order,
  readInvoices,
  readOrders,
  type SeparateDocuments,
  writeInvoiceDocuments,
  writeInvoices,
  writeOrderDocuments,
  writeOrders,
  writesApart,
} from "../../src/index.ts";
import { judgeDocuments, textOf, writingPresets } from "./documents.ts";
import { foldersOf } from "./feeds.ts";

/** A seller of whom every format knows enough. */
const options = {
  seller: {
    companyId: "27082440",
    vatId: "CZ27082440",
    email: "fakturace@example.cz",
    billing: { company: "Hrnčířství Vzor s.r.o.", street: "Dlouhá 12", city: "Brno", zip: "60200", country: "CZ" },
    bankAccount: { iban: "CZ6508000000192000145399", bic: "GIBACZPX", number: "19-2000145399", bankCode: "0800" },
  },
  country: "CZ",
  homeCurrency: "CZK",
  exchangeRate: "25",
} as const;

/** What a record may lack for a format, or have too much of. Everything else is a fault of ours. */
const excuses = new Set(["FIELD_MISSING", "FIELD_TOO_LONG", "FIELD_UNKNOWN_VALUE", "VAT_RATE_UNKNOWN"]);
/** Of all records, at least this part goes out. */
const LEAST = 0.85;

const everything = readAll();

async function readAll(): Promise<{ readonly orders: readonly Order[]; readonly invoices: readonly Invoice[] }> {
  const orders: Order[] = [];
  const invoices: Invoice[] = [];
  for (const [id, preset] of Object.entries(presets))
    for (const { bytes, options: given } of foldersOf(id).reads) {
      if (given.feed !== undefined) continue;
      const { feed: _feed, ...reading } = given;
      if (importFeed(preset, "orders") !== undefined) orders.push(...(await readOrders(bytes, preset, reading)).orders);
      if (Object.values(preset.feeds).some(({ direction }) => direction === "import"))
        invoices.push(...(await readInvoices(bytes, preset, reading)).invoices);
    }
  return { orders, invoices };
}

const targets = writingPresets.flatMap(({ id, preset, writes }) => writes.map((records) => ({ id, preset, records })));

describe.each(targets)("orders of all platforms, as $records for $id", ({ preset, records }) => {
  it("go out, valid and understood, or say what they lack", async () => {
    const faults: string[] = [];
    const onIssues = (issues: readonly Issue[]): void => {
      const errors = issues.filter(({ severity }) => severity === "error");
      if (errors.some(({ code }) => !excuses.has(code))) faults.push(...errors.map(formatIssue));
    };
    const given = (await everything)[records];
    const apart = writesApart(importFeed(preset, records));
    const writing = { options, onIssues };
    const documents: string[] = [];
    let report: DocumentReport;
    if (apart) {
      const stream: SeparateDocuments<Order | Invoice> =
        records === "orders"
          ? writeOrderDocuments(given as readonly Order[], preset, writing)
          : writeInvoiceDocuments(given as readonly Invoice[], preset, writing);
      for await (const { bytes } of stream) documents.push(textOf(bytes));
      ({ report } = stream);
    } else {
      const stream =
        records === "orders"
          ? writeOrders(given as readonly Order[], preset, writing)
          : writeInvoices(given as readonly Invoice[], preset, writing);
      const pieces: Uint8Array[] = [];
      for await (const piece of stream) pieces.push(piece);
      documents.push(textOf(Buffer.concat(pieces)));
      ({ report } = stream);
    }
    expect(faults).toEqual([]);
    expect(report.written + report.rejected + report.skipped).toBe(given.length);
    expect((report.written + report.skipped) / given.length).toBeGreaterThan(LEAST);
    expect(await judgeDocuments(documents, false)).toEqual([]);
    // The rules take a second for a document.
    const some = documents.filter((_, index) => apart && index % 25 === 0);
    expect(await judgeDocuments(some)).toEqual([]);
  }, 120_000);
});
