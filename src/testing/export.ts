import {
  type ExportFeed,
  exportFeed,
  type FeedReport,
  formatIssue,
  type Preset,
  type Product,
  writeProductDocuments,
  writeProducts,
  type WriteProductsOptions,
} from "../index.ts";

/** Products and what is made of them, as it stands in `NAME.input.json`. */
export interface ExportSample extends Pick<
  WriteProductsOptions,
  "options" | "parameters" | "encoding" | "forbidden" | "unencodable"
> {
  /** Feed of the preset. */
  readonly feed: string;
  readonly products: readonly Product[];
}

/** What a feed makes of a sample: to be compared with the file that is kept beside it. */
export interface ExportResult {
  /** The file; of a feed that writes a document for each record, the documents one after the other. */
  readonly bytes: Uint8Array;
  /** One, or one for each record. */
  readonly documents: readonly Uint8Array[];
  /** In their printed form. */
  readonly issues: readonly string[];
  readonly report: Pick<
    FeedReport,
    "products" | "offered" | "leftOut" | "refused" | "read" | "written" | "rejected" | "skipped"
  >;
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
  const { documents, report } =
    feed.mapping.document?.perRecord === true
      ? await severalDocuments(products, feed, options)
      : await oneDocument(products, feed, options);
  const { issues, offered, leftOut, refused, read, written, rejected, skipped } = report;
  return {
    bytes: joined(documents),
    documents,
    issues: issues.map(formatIssue),
    report: { products: report.products, offered, leftOut, refused, read, written, rejected, skipped },
  };
}

interface Written {
  readonly documents: readonly Uint8Array[];
  readonly report: FeedReport;
}

async function oneDocument(
  products: readonly Product[],
  feed: ExportFeed,
  options: WriteProductsOptions,
): Promise<Written> {
  const stream = writeProducts(products, feed, options);
  const pieces: Uint8Array[] = [];
  for await (const piece of stream) pieces.push(piece);
  return { documents: [joined(pieces)], report: stream.report };
}

async function severalDocuments(
  products: readonly Product[],
  feed: ExportFeed,
  options: WriteProductsOptions,
): Promise<Written> {
  const stream = writeProductDocuments(products, feed, options);
  const documents: Uint8Array[] = [];
  for await (const { bytes } of stream) documents.push(bytes);
  return { documents, report: stream.report };
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
