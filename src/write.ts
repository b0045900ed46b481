import { DefinitionError, type Issue, RecordError } from "./errors.ts";
import { compileWriter, type CompiledWriter } from "./mapping/write/compile.ts";
import type { Mapping } from "./mapping/define.ts";
import {
  createRecordWriter,
  type RecordWriter,
  type RecordWriterOptions,
  type WriteCounts,
} from "./mapping/write/records.ts";
import type { CompileOptions } from "./mapping/setting.ts";
import type { MappingData } from "./mapping/spec.ts";

/** Records to write, one by one. */
export type Records<Value> = Iterable<Value> | AsyncIterable<Value>;

export interface WriteRecordsOptions extends CompileOptions, RecordWriterOptions {
  /** What becomes of a record that cannot be written: it is left out, or writing stops with a {@link RecordError}. @defaultValue "reject" */
  readonly invalid?: "reject" | "stop" | undefined;
  /** Issues that the report keeps; the others are counted. @defaultValue 1000 */
  readonly maxIssues?: number | undefined;
  /** Called for each record that has issues, whether it was written or not. */
  readonly onIssues?: ((issues: readonly Issue[], written: boolean) => void) | undefined;
}

/** What came of writing. `read = written + rejected + skipped`, always. */
export interface WriteReport {
  /** Records taken from the source. */
  read: number;
  written: number;
  /** Records that could not be written. */
  rejected: number;
  /** Records that the mapping's `skip` leaves out, by reason. */
  skipped: number;
  readonly skippedFor: Record<string, number>;
  bytes: number;
  /** Those of rejected records, and warnings; the first of them. */
  readonly issues: Issue[];
  /** How many more issues there were. */
  moreIssues: number;
  /** Characters that could not be written as they are, over the whole file. */
  readonly characters: { forbidden: number; unencodable: number };
  /** Items of lists that the mapping has no place for, by field: `{ "prices[]": 12 }`. */
  readonly unwritten: Record<string, number>;
}

/** Bytes of one document, made as they are asked for. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  /** Counts so far; final once the iteration has ended. */
  readonly report: WriteReport;
}

/**
 * How much text is put together before it becomes bytes, in UTF-16 code units. Twice as much would be more than V8 keeps
 * among its regular objects.
 */
const CHUNK = 32_768;

/**
 * Writes records as one document: memory stays the same however many there are, and equal records give equal bytes.
 *
 * @example
 * ```ts
 * const file = createWriteStream("products.xml");
 * const feed = writeRecords(catalogue(), mapping);
 * await pipeline(feed, file);
 * console.log(feed.report.written);
 * ```
 * @throws {@link DefinitionError} if the mapping cannot be written.
 * @throws {@link RecordError} from the iteration, with `invalid: "stop"`.
 */
export function writeRecords<Value>(
  records: Records<Value>,
  mapping: Mapping<Value> | MappingData | CompiledWriter,
  options: WriteRecordsOptions = {},
  report: WriteReport = newWriteReport(),
): ByteStream {
  const writer = openWriter(mapping, options, report);
  if (writer.perRecord || writer.isRoot)
    throw new DefinitionError(
      "MAPPING_INVALID",
      "each record of the mapping is a document of its own: use writeDocuments",
    );

  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    const take = taking(writer, report, options);
    const bytes = (text: string): Uint8Array => {
      const chunk = writer.bytes(text);
      report.bytes += chunk.length;
      return chunk;
    };
    let text = writer.head;
    // A loop over promises costs more than the writing where there are none.
    if (Symbol.iterator in records)
      for (const record of records) {
        text += take(record) ?? "";
        if (text.length < CHUNK) continue;
        yield bytes(text);
        text = "";
      }
    else
      for await (const record of records) {
        text += take(record) ?? "";
        if (text.length < CHUNK) continue;
        yield bytes(text);
        text = "";
      }
    yield bytes(text + writer.tail);
  }
  return { report, [Symbol.asyncIterator]: chunks };
}

/** One document of one record. */
export interface RecordDocument<Value> {
  readonly record: Value;
  readonly bytes: Uint8Array;
}

/**
 * Writes a document for each record, for shops that take one at a time. Records that cannot be written give none.
 *
 * @throws what {@link writeRecords} throws.
 */
export function writeDocuments<Value>(
  records: Records<Value>,
  mapping: Mapping<Value> | MappingData | CompiledWriter,
  options: WriteRecordsOptions = {},
  report: WriteReport = newWriteReport(),
): AsyncIterable<RecordDocument<Value>> & { readonly report: WriteReport } {
  const write = documentMaker(mapping, options, report);
  async function* documents(): AsyncGenerator<RecordDocument<Value>, void, undefined> {
    for await (const record of records) {
      const bytes = write(record);
      if (bytes !== undefined) yield { record, bytes };
    }
  }
  return { report, [Symbol.asyncIterator]: documents };
}

/** Makes the document of a record, if it has one, and counts. Several makers may count in one report. */
export function documentMaker(
  mapping: MappingData | CompiledWriter,
  options: WriteRecordsOptions,
  report: WriteReport,
): (record: unknown) => Uint8Array | undefined {
  const writer = openWriter(mapping, options, report);
  const take = taking(writer, report, options);
  return (record) => {
    const text = take(record);
    if (text === undefined) return undefined;
    const bytes = writer.bytes(writer.head + text + writer.tail);
    report.bytes += bytes.length;
    return bytes;
  };
}

function openWriter(
  mapping: MappingData | CompiledWriter,
  options: WriteRecordsOptions,
  counts: WriteCounts,
): RecordWriter {
  return createRecordWriter("layout" in mapping ? mapping : compileWriter(mapping, options), options, counts);
}

/** The text of each record, with everything counted. */
function taking(
  writer: RecordWriter,
  report: WriteReport,
  options: WriteRecordsOptions,
): (record: unknown) => string | undefined {
  return (record) => {
    const { text, issues, skipped } = writer.record(record);
    if (skipped !== undefined) {
      report.read++;
      report.skipped++;
      report.skippedFor[skipped] = (report.skippedFor[skipped] ?? 0) + 1;
      return undefined;
    }
    if (text === undefined && options.invalid === "stop") throw new RecordError(issues);
    report.read++;
    if (text === undefined) report.rejected++;
    else report.written++;
    noteIssues(report, issues, text !== undefined, options);
    return text;
  };
}

/** Keeps the issues of one record in the report, and tells whoever listens. */
export function noteIssues(
  report: WriteReport,
  issues: readonly Issue[],
  written: boolean,
  { maxIssues = 1000, onIssues }: WriteRecordsOptions,
): void {
  if (issues.length === 0) return;
  const kept = issues.slice(0, Math.max(0, maxIssues - report.issues.length));
  report.issues.push(...kept);
  report.moreIssues += issues.length - kept.length;
  onIssues?.(issues, written);
}

export function newWriteReport(): WriteReport {
  return {
    read: 0,
    written: 0,
    rejected: 0,
    skipped: 0,
    skippedFor: {},
    bytes: 0,
    issues: [],
    moreIssues: 0,
    characters: { forbidden: 0, unencodable: 0 },
    unwritten: {},
  };
}
