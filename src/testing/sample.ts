import {
  exportFeed,
  formatIssue,
  type ImportFeed,
  importFeed,
  type Input,
  type Invoice,
  type Order,
  type Preset,
  type Product,
  readInvoices,
  type ReadOptions,
  readOrders,
  readProducts,
  type StockLevel,
} from "../index.ts";

/** How a sample is read, as it stands in `NAME.options.json`. */
export interface SampleOptions extends ReadOptions {
  /** Feed of the preset whose file the sample is; left out: those of orders and invoices. */
  readonly feed?: string | undefined;
}

interface Counts {
  readonly read: number;
  readonly good: number;
  readonly bad: number;
  readonly skipped: number;
}

/** What a sample file gives: plain data, to be kept beside the sample and compared. */
export interface SampleResult {
  /** Where the preset has a feed of orders. */
  readonly orders?: readonly Order[];
  /** Where the preset has a feed of invoices. */
  readonly invoices?: readonly Invoice[];
  /** Those of the orders, then what the invoices add; in their printed form, location first. */
  readonly issues: readonly string[];
  readonly report: Counts;
}

/** What a sample of products or stock gives; it has one of the two lists. */
export interface FeedSampleResult {
  readonly products?: readonly Product[];
  readonly stockLevels?: readonly StockLevel[];
  /** In their printed form, location first. */
  readonly issues: readonly string[];
  readonly report: Counts;
}

/**
 * Reads a sample with a preset, for a test of the preset or of a shop's override. With `feed`, the sample is a file of
 * products or stock, and that feed's mapping reads it.
 *
 * @example
 * ```ts
 * it("reads our shop's export", async () => {
 *   const xml = await readFile("samples/orders.xml");
 *   expect(await sampleResult(xml, ourShop)).toEqual(JSON.parse(await readFile("samples/orders.expected.json", "utf8")));
 * });
 * ```
 * @throws what {@link readOrders} throws.
 * @throws `DefinitionError` PRESET_INVALID if the preset has no such feed to write.
 */
export async function sampleResult(
  sample: Input,
  preset: Preset,
  options: SampleOptions & { readonly feed: string },
): Promise<FeedSampleResult>;
export async function sampleResult(
  sample: Input,
  preset: Preset,
  options?: SampleOptions & { readonly feed?: undefined },
): Promise<SampleResult>;
export async function sampleResult(
  sample: Input,
  preset: Preset,
  options?: SampleOptions,
): Promise<SampleResult | FeedSampleResult>;
export async function sampleResult(
  sample: Input,
  preset: Preset,
  { feed, ...options }: SampleOptions = {},
): Promise<SampleResult | FeedSampleResult> {
  return feed === undefined ? ordersOf(sample, preset, options) : productsOf(sample, preset, feed, options);
}

async function ordersOf(sample: Input, preset: Preset, options: ReadOptions): Promise<SampleResult> {
  const has = (records: ImportFeed["records"]): boolean => importFeed(preset, records) !== undefined;
  const ordered = has("orders") || !has("invoices") ? await readOrders(sample, preset, options) : undefined;
  const invoiced = has("invoices") ? await readInvoices(sample, preset, options) : undefined;
  // A file is of orders, of invoices, or of both: what only one of the feeds cannot find is no fault of the file.
  const found = [ordered, invoiced].filter((one) => one !== undefined);
  const fitting = found.filter(({ issues }) => issues.every(({ code }) => code !== "RECORD_NONE"));
  const told = fitting.length > 0 ? fitting : found;
  const [main] = told;
  // What both feeds say about a record is said once.
  const lines = new Set(told.flatMap(({ issues }) => issues).map(formatIssue));
  return {
    ...(ordered && { orders: ordered.orders }),
    ...(invoiced && { invoices: invoiced.invoices }),
    issues: [...lines],
    report: countsOf(main?.report ?? { read: 0, good: 0, bad: 0, skipped: 0 }),
  };
}

async function productsOf(
  sample: Input,
  preset: Preset,
  name: string,
  options: ReadOptions,
): Promise<FeedSampleResult> {
  const feed = exportFeed(preset, name);
  const result = await readProducts(sample, feed, options);
  // The mapping of the feed decides what its records are.
  const records: readonly (Product | StockLevel)[] = result.products;
  return {
    ...(feed.records === "stockLevels" ? { stockLevels: records as readonly StockLevel[] } : { products: records }),
    issues: result.issues.map(formatIssue),
    report: countsOf(result.report),
  };
}

function countsOf({ read, good, bad, skipped }: Counts): Counts {
  return { read, good, bad, skipped };
}
