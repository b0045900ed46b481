import fc from "fast-check";
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
  toInvoice,
  writeInvoiceDocuments,
  writeInvoices,
  writeOrderDocuments,
  writeOrders,
  writesApart,
} from "../../src/index.ts";
import { judgeDocuments, textOf, writingPresets } from "./documents.ts";
import { orders } from "../orders.ts";
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

/** Invented orders; far more in the long run. */
const COUNT = Number(process.env["PROPOJKA_SOAK"] ?? 0) / 20 || 60;

const everything = readAll();

async function readAll(): Promise<{ readonly orders: readonly Order[]; readonly invoices: readonly Invoice[] }> {
  const read: Order[] = [];
  const invoices: Invoice[] = [];
  for (const [id, preset] of Object.entries(presets))
    for (const { bytes, options: given } of foldersOf(id).reads) {
      if (given.feed !== undefined) continue;
      const { feed: _feed, ...reading } = given;
      if (importFeed(preset, "orders") !== undefined) read.push(...(await readOrders(bytes, preset, reading)).orders);
      if (Object.values(preset.feeds).some(({ direction }) => direction === "import"))
        invoices.push(...(await readInvoices(bytes, preset, reading)).invoices);
    }
  return { orders: read, invoices };
}

const targets = writingPresets.flatMap(({ id, preset, writes }) => writes.map((records) => ({ id, preset, records })));

/** What a format made of records. */
interface HandedOver {
  readonly documents: readonly string[];
  readonly report: DocumentReport;
  /** Issues of records that lacked nothing and were still refused. */
  readonly faults: readonly string[];
}

async function handOver(
  given: readonly (Order | Invoice)[],
  { preset, records }: (typeof targets)[number],
): Promise<HandedOver> {
  const faults: string[] = [];
  const onIssues = (issues: readonly Issue[]): void => {
    const errors = issues.filter(({ severity }) => severity === "error");
    if (errors.some(({ code }) => !excuses.has(code))) faults.push(...errors.map(formatIssue));
  };
  const writing = { options, onIssues };
  const isOrders = records === "orders";
  if (writesApart(importFeed(preset, records))) {
    const documents: string[] = [];
    const stream: SeparateDocuments<Order | Invoice> = isOrders
      ? writeOrderDocuments(given as readonly Order[], preset, writing)
      : writeInvoiceDocuments(given as readonly Invoice[], preset, writing);
    for await (const { bytes } of stream) documents.push(textOf(bytes));
    return { documents, report: stream.report, faults };
  }
  const stream = isOrders
    ? writeOrders(given as readonly Order[], preset, writing)
    : writeInvoices(given as readonly Invoice[], preset, writing);
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return { documents: [textOf(Buffer.concat(pieces))], report: stream.report, faults };
}

describe.each(targets)("as $records for $id", (target) => {
  const apart = writesApart(importFeed(target.preset, target.records));
  // The rules take a second for a document.
  const some = (documents: readonly string[], every: number): readonly string[] =>
    documents.filter((_, index) => apart && index % every === 0);

  it("orders of all platforms go out, valid and understood, or say what they lack", async () => {
    const given = (await everything)[target.records];
    const { documents, report, faults } = await handOver(given, target);
    expect(faults).toEqual([]);
    expect(report.written + report.rejected + report.skipped).toBe(given.length);
    expect((report.written + report.skipped) / given.length).toBeGreaterThan(LEAST);
    expect(await judgeDocuments(documents, false)).toEqual([]);
    expect(await judgeDocuments(some(documents, 25))).toEqual([]);
  }, 120_000);

  it("invented orders go out, valid, with the amounts that they had", async () => {
    const made = fc.sample(orders, { numRuns: COUNT, seed: 26 });
    const given = target.records === "orders" ? made : made.map((order) => toInvoice(order, { dueDays: 14 }));
    const { documents, report, faults } = await handOver(given, target);
    expect(faults).toEqual([]);
    expect(report.written).toBe(given.length - report.rejected);
    expect(report.rejected / given.length).toBeLessThan(0.5);
    for (const field of ["totals.payable", "lines[].quantity", "lines[].vatRate", "currency"])
      expect(Object.keys(report.lost)).not.toContain(field);
    expect(await judgeDocuments(documents, false)).toEqual([]);
    expect(await judgeDocuments(some(documents, Math.ceil(COUNT / 10)))).toEqual([]);
  }, 1_200_000);
});
