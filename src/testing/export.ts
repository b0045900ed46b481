import {
  type DocumentOptions,
  type DocumentReport,
  type DocumentStream,
  exportFeed,
  type FeedReport,
  formatIssue,
  importFeed,
  type Invoice,
  type Order,
  type Preset,
  type Product,
  type SeparateDocuments,
  writeInvoiceDocuments,
  writeInvoices,
  writeOrderDocuments,
  writeOrders,
  writeProductDocuments,
  writeProducts,
  type WriteProductsOptions,
  type WriteRecordsOptions,
  writesApart,
} from "../index.ts";

type Writing = Pick<WriteRecordsOptions, "parameters" | "encoding" | "forbidden" | "unencodable">;

/** Products and what is made of them, as it stands in `NAME.input.json`. */
export interface ExportSample extends Writing, Pick<WriteProductsOptions, "options"> {
  /** Feed of the preset. */
  readonly feed: string;
  readonly products: readonly Product[];
}

/** Orders and what is made of them, as it stands in `NAME.input.json`. */
export interface OrdersSample extends Writing {
  readonly options?: DocumentOptions | undefined;
  readonly orders: readonly Order[];
}

/** Invoices and what is made of them, as it stands in `NAME.input.json`. */
export interface InvoicesSample extends Writing {
  readonly options?: DocumentOptions | undefined;
  readonly invoices: readonly Invoice[];
}

interface Written {
  /** The file; of a feed that writes a document for each record, the documents one after the other. */
  readonly bytes: Uint8Array;
  /** One, or one for each record. */
  readonly documents: readonly Uint8Array[];
  /** In their printed form. */
  readonly issues: readonly string[];
}

/** What a feed makes of a sample: to be compared with the file that is kept beside it. */
export interface ExportResult extends Written {
  readonly report: Pick<
    FeedReport,
    "products" | "offered" | "leftOut" | "refused" | "read" | "written" | "rejected" | "skipped"
  >;
}

/** The same of orders or invoices. */
export interface DocumentResult extends Written {
  readonly report: Pick<DocumentReport, "read" | "written" | "rejected" | "skipped" | "lost" | "unwritten">;
}

/**
 * Writes a sample by a feed of a preset, for a test of the preset or of a shop's override.
 *
 * @example
 * ```ts
 * it("writes our price list", async () => {
 *   const sample = JSON.parse(await readFile("samples/prices.input.json", "utf8"));
 *   const { bytes } = await exportResult(sample, ourShop);
 *   expect(Buffer.from(bytes)).toEqual(await readFile("samples/prices.expected.xml"));
 * });
 * ```
 * @throws `DefinitionError` PRESET_INVALID if the preset has no such feed to write.
 * @throws what {@link writeProducts} throws.
 */
export async function exportResult(sample: ExportSample, preset: Preset): Promise<ExportResult> {
  const { feed: name, products, ...options } = sample;
  const feed = exportFeed(preset, name);
  const apart = writesApart(feed);
  const stream = apart ? writeProductDocuments(products, feed, options) : writeProducts(products, feed, options);
  const result = await writtenBy(stream, apart);
  const { offered, leftOut, refused, read, written, rejected, skipped } = stream.report;
  return {
    ...result,
    report: { products: stream.report.products, offered, leftOut, refused, read, written, rejected, skipped },
  };
}

/** Writes orders or invoices by a preset, for a test. @throws what {@link writeOrders} throws. */
export async function documentResult(sample: OrdersSample | InvoicesSample, preset: Preset): Promise<DocumentResult> {
  const isOrders = "orders" in sample;
  const apart = writesApart(importFeed(preset, isOrders ? "orders" : "invoices"));
  const stream = isOrders ? ordersOf(sample, preset, apart) : invoicesOf(sample, preset, apart);
  const result = await writtenBy(stream, apart);
  const { read, written, rejected, skipped, lost, unwritten } = stream.report;
  return { ...result, report: { read, written, rejected, skipped, lost, unwritten } };
}

type Stream<Value> = DocumentStream | SeparateDocuments<Value>;

function ordersOf({ orders, ...options }: OrdersSample, preset: Preset, apart: boolean): Stream<Order> {
  return (apart ? writeOrderDocuments : writeOrders)(orders, preset, options);
}

function invoicesOf({ invoices, ...options }: InvoicesSample, preset: Preset, apart: boolean): Stream<Invoice> {
  return (apart ? writeInvoiceDocuments : writeInvoices)(invoices, preset, options);
}

async function writtenBy(
  stream: AsyncIterable<Uint8Array | { readonly bytes: Uint8Array }> & { readonly report: Pick<FeedReport, "issues"> },
  apart: boolean,
): Promise<Written> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece instanceof Uint8Array ? piece : piece.bytes);
  const bytes = joined(pieces);
  return { bytes, documents: apart ? pieces : [bytes], issues: stream.report.issues.map(formatIssue) };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
