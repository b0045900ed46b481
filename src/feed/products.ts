import type { Input } from "../input.ts";
import { checkAgainst } from "../mapping/read/schema-check.ts";
import { issuesOf } from "../mapping/problem.ts";
import { keyOf } from "../mapping/record-kinds.ts";
import type { MappingData } from "../mapping/spec.ts";
import { createOffer, type ExportOptions, type Offer, stockLevels } from "../model/offer/offer.ts";
import { type Product, productSchema, type StockLevel } from "../model/product.ts";
import type { ExportFeed } from "../preset.ts";
import { collect, readRecords, type ReadOptions, type ReadResult } from "../read.ts";
import {
  type ByteStream,
  newWriteReport,
  noteIssues,
  type RecordDocument,
  type Records,
  writeDocuments,
  writeRecords,
  type WriteRecordsOptions,
  type WriteReport,
} from "../write.ts";
import { createFeedSummary, type FeedSummary } from "./summary.ts";

/** What says how a file of products or stock looks: a feed of a preset, or a mapping. */
export type FeedSource = ExportFeed | MappingData;

export interface WriteProductsOptions extends WriteRecordsOptions {
  /** What goes out, at which price and stock; goes before what the feed says. */
  readonly options?: ExportOptions | undefined;
}

/** What came of a catalogue. `products = offered + leftOut + refused`, and of their records `read = written + rejected`. */
export interface FeedReport extends WriteReport {
  /** Taken from the catalogue. */
  products: number;
  offered: number;
  /** Not chosen. */
  leftOut: number;
  /** How many for which reason: `{ "not sold": 12 }`. */
  readonly leftOutFor: Record<string, number>;
  /** Cannot be offered as the options ask: a price has to be calculated, and there is no VAT rate; or are no products. */
  refused: number;
}

export interface FeedStream extends ByteStream {
  readonly report: FeedReport;
}

/**
 * Writes the products of a catalogue as the file that a shop imports: chooses them, their prices and their stock by the
 * options, and writes what is left by the feed's mapping.
 *
 * @example
 * ```ts
 * const feed = writeProducts(catalogue(), shoptet.feeds.stock, { options: { stock: { quantity: "available" } } });
 * await pipeline(feed, createWriteStream("stock.xml"));
 * if (feed.report.rejected > 0) console.error(feed.report.issues.map(formatIssue).join("\n"));
 * ```
 * @throws {@link DefinitionError} if the mapping, its parameters or the options are wrong.
 * @throws {@link RecordError} from the iteration, with `invalid: "stop"`.
 */
export function writeProducts(
  products: Records<Product>,
  source: FeedSource,
  options: WriteProductsOptions = {},
): FeedStream {
  const { mapping, encoding } = feedOf(source);
  const report = newFeedReport();
  const records = offered(products, source, options, report);
  return { ...writeRecords(records, mapping, { ...options, encoding: options.encoding ?? encoding }, report), report };
}

/** Writes a document for each record, for feeds of shops that take one at a time. @throws what {@link writeProducts} throws. */
export function writeProductDocuments(
  products: Records<Product>,
  source: FeedSource,
  options: WriteProductsOptions = {},
): AsyncIterable<RecordDocument<Product | StockLevel>> & { readonly report: FeedReport } {
  const { mapping, encoding } = feedOf(source);
  const report = newFeedReport();
  const records = offered(products, source, options, report);
  return {
    ...writeDocuments(records, mapping, { ...options, encoding: options.encoding ?? encoding }, report),
    report,
  };
}

/** The records of the products that go out. */
function offered(
  products: Records<Product>,
  source: FeedSource,
  options: WriteProductsOptions,
  report: FeedReport,
): Records<Product | StockLevel> {
  const feed = feedOf(source);
  const offer = createOffer(mergeOptions(feed.options, options.options));
  const asLevels = feed.mapping.target === "stockLevel";

  function take(product: Product): readonly (Product | StockLevel)[] {
    report.products++;
    const result = offerSafely(offer, product);
    if (result.leftOut !== undefined) {
      report.leftOut++;
      report.leftOutFor[result.leftOut] = (report.leftOutFor[result.leftOut] ?? 0) + 1;
      return [];
    }
    const refused = result.issues.some(({ severity }) => severity === "error");
    if (refused) report.refused++;
    else report.offered++;
    noteIssues(report, result.issues, !refused, options);
    return asLevels ? result.products.flatMap(stockLevels) : result.products;
  }

  if (Symbol.iterator in products)
    return (function* () {
      for (const product of products) yield* take(product);
    })();
  return (async function* () {
    for await (const product of products) yield* take(product);
  })();
}

/** A value that is no product, or not as it must be, is refused like one that cannot be offered. */
function offerSafely(offer: (product: Product) => Offer, product: Product): Offer {
  try {
    return offer(product);
  } catch (error) {
    const { problems } = checkAgainst(productSchema, product);
    if (problems.length === 0) throw error;
    return { products: [], issues: issuesOf(problems, keyOf(product, "code")) };
  }
}

export interface ProductsResult extends ReadResult {
  readonly products: readonly Product[];
}

/**
 * Reads all products of a file that fits into memory: what a shop or an accounting system exports, or what
 * {@link writeProducts} wrote.
 *
 * @throws what {@link readOrders} throws.
 */
export async function readProducts(
  input: Input,
  source: FeedSource,
  options: ReadOptions = {},
): Promise<ProductsResult> {
  const { mapping, encoding } = feedOf(source);
  const stream = readRecords<Product>(input, mapping, { presetEncoding: encoding, ...options });
  const { good, ...result } = await collect(stream);
  return { products: good, ...result };
}

/**
 * What a file of products or stock holds, for {@link guardFeed} and {@link diffFeeds}. Records with errors count as
 * rejected. A feed of several files goes into one `summary`.
 *
 * @throws what {@link readOrders} throws.
 */
export async function summarizeFeed(
  input: Input,
  source: FeedSource,
  options: ReadOptions = {},
  summary: FeedSummary = createFeedSummary(),
): Promise<FeedSummary> {
  const { mapping, encoding } = feedOf(source);
  const records = readRecords<Product | StockLevel>(input, mapping, { presetEncoding: encoding, ...options });
  for await (const item of records)
    if (item.ok) summary.add(item.record);
    else summary.reject(item.record?.code);
  return summary;
}

function feedOf(source: FeedSource): Pick<ExportFeed, "mapping" | "encoding" | "options"> {
  return "mapping" in source ? source : { mapping: source };
}

/** Options over options: groups such as `prices` are put together, everything else is replaced. */
export function mergeOptions(base: ExportOptions = {}, over: ExportOptions = {}): ExportOptions {
  return {
    ...base,
    ...over,
    ...((base.select ?? over.select) && { select: { ...base.select, ...over.select } }),
    ...((base.prices ?? over.prices) && { prices: { ...base.prices, ...over.prices } }),
    ...((base.stock ?? over.stock) && { stock: { ...base.stock, ...over.stock } }),
  };
}

function newFeedReport(): FeedReport {
  return { products: 0, offered: 0, leftOut: 0, leftOutFor: {}, refused: 0, ...newWriteReport() };
}
