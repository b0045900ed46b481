import { DefinitionError, type Issue, RecordError } from "../errors.ts";
import { checkAgainst, type Schema } from "../mapping/read/schema-check.ts";
import { issuesOf } from "../mapping/problem.ts";
import { keyOf } from "../mapping/record-kinds.ts";
import { fieldsOf } from "../mapping/check/coverage.ts";
import { createSetting } from "../mapping/setting.ts";
import { compileWriter, type CompiledWriter } from "../mapping/write/compile.ts";
import { isCreditNote, isTurned, negate } from "../model/credit.ts";
import { type DocumentOptions, documentOptionsSchema } from "../model/document/options.ts";
import { type PreparationContext, prepareDocument, type Prepared } from "../model/document/prepare.ts";
import { type Invoice, invoiceSchema } from "../model/invoice.ts";
import { type Line, type Order, orderSchema } from "../model/order.ts";
import { type ImportFeed, importFeed, type Preset } from "../preset.ts";
import {
  type ByteStream,
  documentMaker,
  newWriteReport,
  noteIssues,
  type RecordDocument,
  type Records,
  writeRecords,
  type WriteRecordsOptions,
  type WriteReport,
} from "../write.ts";
import { documentUuid } from "./uuid.ts";
import { createVerify, type Verify } from "./verify.ts";

export interface WriteDocumentsOptions extends WriteRecordsOptions {
  /** How the records are prepared; goes before what the feed says. */
  readonly options?: DocumentOptions | undefined;
}

/** What came of orders or invoices. `read = written + rejected + skipped`, always. */
export interface DocumentReport extends WriteReport {
  /**
   * Fields that records had and that do not come back when their documents are read, each with how many records:
   * `{ "customer.group": 3 }`. `lines[]` stands for lines that were shared among VAT rates, or became the rounding.
   */
  readonly lost: Record<string, number>;
}

export interface DocumentStream extends ByteStream {
  readonly report: DocumentReport;
}

/** Documents of one record each. */
export type SeparateDocuments<Value> = AsyncIterable<RecordDocument<Value>> & { readonly report: DocumentReport };

/**
 * Writes orders as the file that an accounting program imports: completes their amounts, adds what the program wants to
 * know, and writes them by the feed's mapping.
 *
 * @example
 * ```ts
 * const { orders } = await readOrders(xml, shoptet);
 * const file = writeOrders(orders, pohoda, { parameters: { ico: "27082440" } });
 * await pipeline(file, createWriteStream("orders.xml"));
 * console.log(file.report.written, file.report.lost);
 * ```
 * @throws {@link DefinitionError} if the preset has no such feed to write, or its parameters or the options are wrong.
 * @throws {@link RecordError} from the iteration, with `invalid: "stop"`.
 */
export function writeOrders(
  orders: Records<Order>,
  source: Preset | ImportFeed,
  options: WriteDocumentsOptions = {},
): DocumentStream {
  return writeTogether(orders, open(source, "orders", options));
}

/** Writes invoices as the file that an accounting program imports. @throws what {@link writeOrders} throws. */
export function writeInvoices(
  invoices: Records<Invoice>,
  source: Preset | ImportFeed,
  options: WriteDocumentsOptions = {},
): DocumentStream {
  return writeTogether(invoices, open(source, "invoices", options));
}

/** Writes a file for each order. @throws what {@link writeOrders} throws. */
export function writeOrderDocuments(
  orders: Records<Order>,
  source: Preset | ImportFeed,
  options: WriteDocumentsOptions = {},
): SeparateDocuments<Order> {
  return writeApart(orders, open(source, "orders", options));
}

/** Writes a file for each invoice, as ISDOC and UBL want it. @throws what {@link writeOrders} throws. */
export function writeInvoiceDocuments(
  invoices: Records<Invoice>,
  source: Preset | ImportFeed,
  options: WriteDocumentsOptions = {},
): SeparateDocuments<Invoice> {
  return writeApart(invoices, open(source, "invoices", options));
}

/** Everything that writing needs, checked. */
interface Job {
  readonly records: ImportFeed["records"];
  readonly mapping: CompiledWriter;
  readonly creditNotes: CompiledWriter | undefined;
  readonly options: WriteDocumentsOptions;
  readonly preparation: DocumentOptions;
  readonly context: PreparationContext;
  readonly verify: Verify;
  /** Whether the mapping wants a UUID of each document. */
  readonly hasUuid: boolean;
  readonly report: DocumentReport;
}

function open(source: Preset | ImportFeed, records: ImportFeed["records"], options: WriteDocumentsOptions): Job {
  const feed = writableFeed(source, records);
  const data = feed.write?.mapping ?? feed.mapping;
  const given = documentOptionsSchema.safeParse({ ...feed.write?.options, ...options.options });
  if (!given.success) {
    const lines = given.error.issues.map(({ path, message }) => `${["options", ...path].join(".")}: ${message}`);
    throw new DefinitionError("PARAMETER_INVALID", lines.join("\n"));
  }
  const { creditNotes } = feed.write ?? {};
  const { context } = createSetting(data, options);
  const encoding = options.encoding ?? feed.write?.encoding;
  return {
    records,
    mapping: compileWriter(data, options),
    creditNotes: creditNotes && compileWriter(creditNotes, options),
    options: { ...options, encoding },
    verify: createVerify(feed.mapping, options, encoding),
    hasUuid: fieldsOf(data).includes("custom.uuid"),
    preparation: given.data,
    context: { country: context.country, totals: data.totals, vatTable: context.vatTable },
    report: { ...newWriteReport(), lost: {} },
  };
}

/** @throws {@link DefinitionError} PRESET_INVALID, saying what the preset can write. */
export function writableFeed(source: Preset | ImportFeed, records: ImportFeed["records"]): ImportFeed {
  if (!("feeds" in source)) {
    if (source.write !== undefined && source.records === records) return source;
    throw new DefinitionError("PRESET_INVALID", `the feed "${source.title}" is not for writing ${records}`);
  }
  const feed = importFeed(source, records);
  if (feed?.write !== undefined) return feed;
  const can = (["orders", "invoices"] as const).filter((one) => importFeed(source, one)?.write !== undefined);
  const what = can.length === 0 ? "nothing of that kind" : `only ${can.join(" and ")}`;
  throw new DefinitionError("PRESET_INVALID", `preset "${source.id}" cannot write ${records}; it writes ${what}`);
}

function writeTogether<T extends Order | Invoice>(records: Records<T>, job: Job): DocumentStream {
  const { mapping, report, options } = job;
  if (mapping.data.document?.perRecord === true) {
    const name = job.records === "orders" ? "writeOrderDocuments" : "writeInvoiceDocuments";
    throw new DefinitionError("MAPPING_INVALID", `each record of the format is a document of its own: use ${name}`);
  }
  return { ...writeRecords(prepared(records, job), mapping, options, report), report };
}

function writeApart<T extends Order | Invoice>(records: Records<T>, job: Job): SeparateDocuments<T> {
  const { report, options } = job;
  const write = documentMaker(job.mapping, options, report);
  const credit = job.creditNotes === undefined ? write : documentMaker(job.creditNotes, options, report);
  async function* documents(): AsyncGenerator<RecordDocument<T>, void, undefined> {
    for await (const record of prepared(records, job)) {
      const bytes = (isCreditNote(record) ? credit : write)(record);
      if (bytes !== undefined) yield { record, bytes };
    }
  }
  return { report, [Symbol.asyncIterator]: documents };
}

/** The records as they go out; those that cannot are counted. */
async function* prepared<T extends Order | Invoice>(records: Records<T>, job: Job): AsyncGenerator<T, void, undefined> {
  const { report, options, preparation, context, hasUuid } = job;
  const trial = createTrial(job);
  for await (const given of records) {
    const { value, issues: wrong } = checked<T>(given, job);
    const made: Prepared<T> =
      value === undefined ? { record: given, issues: wrong } : prepareDocument<T>(value, preparation, context);
    const record = hasUuid && value !== undefined ? await withUuid(made.record) : made.record;
    const issues = isRefused(made.issues) ? made.issues : [...made.issues, ...trial(given, record)];
    const refused = isRefused(issues);
    if (refused && options.invalid === "stop") throw new RecordError(issues);
    noteIssues(report, issues, !refused, options);
    if (!refused) yield record;
    else {
      report.read++;
      report.rejected++;
    }
  }
}

function isRefused(issues: readonly Issue[]): boolean {
  return issues.some(({ severity }) => severity === "error");
}

/** Writes a record for itself and reads it back. Gives what is wrong with that, and counts what is lost. */
function createTrial({ mapping, creditNotes, options, verify, report, context }: Job) {
  const quiet = { ...options, invalid: "reject", onIssues: undefined } as const;
  const write = documentMaker(mapping, quiet, newWriteReport());
  const credit = creditNotes === undefined ? write : documentMaker(creditNotes, quiet, newWriteReport());
  return (given: Order | Invoice, record: Order | Invoice): readonly Issue[] => {
    const document = (isCreditNote(record) ? credit : write)(record);
    // What keeps it from being written is said when it is written.
    if (document === undefined) return [];
    const isShared = record.lines.length !== given.lines.length;
    const lines = isShared
      ? (isTurned(record, context.totals) ? negate(record) : record).lines
      : given.lines.map((line, index) => asPriced(line, record.lines[index]));
    const { lost, problem } = verify(document, given, lines);
    if (problem?.severity === "error") return [problem];
    for (const field of isShared ? [...lost, "lines[]"] : lost) report.lost[field] = (report.lost[field] ?? 0) + 1;
    return problem === undefined ? [] : [problem];
  };
}

/** A line as it was written: a negative price may have become a negative quantity. */
function asPriced(line: Line, { quantity, unitPrice }: Partial<Line> = {}): Line {
  const isNegative = (price: Line["unitPrice"]): boolean => (price?.gross ?? price?.net ?? "0").startsWith("-");
  if (quantity === undefined || unitPrice === undefined || !isNegative(line.unitPrice) || isNegative(unitPrice))
    return line;
  return { ...line, quantity, unitPrice };
}

function checked<T extends Order | Invoice>(
  given: T,
  { records }: Job,
): { readonly value: T | undefined; readonly issues: readonly Issue[] } {
  const isOrder = records === "orders";
  const schema: Schema<unknown, unknown> = isOrder ? orderSchema : invoiceSchema;
  const { value, problems } = checkAgainst(schema, given);
  return {
    value: value as T | undefined,
    issues: issuesOf(problems, keyOf(given, isOrder ? "number" : "invoiceNumber")),
  };
}

async function withUuid<T extends Order | Invoice>(record: T): Promise<T> {
  if (record.custom?.["uuid"] !== undefined) return record;
  return { ...record, custom: { ...record.custom, uuid: await documentUuid(record) } };
}
