import {
  formatIssue,
  importFeed,
  type Input,
  type Invoice,
  type Order,
  type Preset,
  readInvoices,
  type ReadOptions,
  readOrders,
} from "../index.ts";

/** What a sample file gives: plain data, to be kept beside the sample and compared. */
export interface SampleResult {
  readonly orders: readonly Order[];
  /** Where the preset has a feed of invoices. */
  readonly invoices?: readonly Invoice[];
  /** Those of the orders, then what the invoices add; in their printed form, location first. */
  readonly issues: readonly string[];
  readonly report: { readonly read: number; readonly good: number; readonly bad: number; readonly skipped: number };
}

/**
 * Reads a sample with a preset, for a test of the preset or of a shop's override.
 *
 * @example
 * ```ts
 * it("reads our shop's export", async () => {
 *   const xml = await readFile("samples/orders.xml");
 *   expect(await sampleResult(xml, ourShop)).toEqual(JSON.parse(await readFile("samples/orders.expected.json", "utf8")));
 * });
 * ```
 * @throws what {@link readOrders} throws.
 */
export async function sampleResult(sample: Input, preset: Preset, options: ReadOptions = {}): Promise<SampleResult> {
  const { orders, issues, report } = await readOrders(sample, preset, options);
  const { read, good, bad, skipped } = report;
  const taken = importFeed(preset, "invoices") === undefined ? undefined : await readInvoices(sample, preset, options);
  // What both feeds say about a record is said once.
  const lines = new Set([...issues, ...(taken?.issues ?? [])].map(formatIssue));
  return {
    orders,
    ...(taken === undefined ? {} : { invoices: taken.invoices }),
    issues: [...lines],
    report: { read, good, bad, skipped },
  };
}
