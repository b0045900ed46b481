import { csvInput } from "./csv-input.ts";
import { DefinitionError, type Issue } from "./errors.ts";
import { type Input, isRepeatable, keepAll, openInput } from "./input.ts";
import { compileMapping, type CompiledLookup, type CompiledMapping } from "./mapping/read/compile.ts";
import type { CompileOptions } from "./mapping/setting.ts";
import type { Mapping } from "./mapping/define.ts";
import {
  type BadRecord,
  createRecordReader,
  newReport,
  type ReadItem,
  type ReadReport,
} from "./mapping/read/records.ts";
import type { Run, TableEntry } from "./mapping/read/decoder.ts";
import type { Schema } from "./mapping/read/schema-check.ts";
import { type MappingData, pathList } from "./mapping/spec.ts";
import type { Order } from "./model/order.ts";
import { type ImportFeed, importFeed, type InvoiceRuleData, type Preset } from "./preset.ts";
import type { Encoding } from "./xml/charset.ts";
import type { Limits } from "./xml/limits.ts";
import type { Frame } from "./xml/plan.ts";
import { createReader, type MalformedPolicy } from "./xml/reader.ts";

export interface ReadOptions extends CompileOptions {
  /** Name for locations in issues: `orders.xml:12:8`. */
  readonly file?: string | undefined;
  /** Encoding that the transport or the host knows of; goes before the XML declaration. */
  readonly encoding?: Encoding | undefined;
  /** What becomes of records that are not well-formed. @defaultValue "quarantine" */
  readonly malformed?: MalformedPolicy | undefined;
  /** What becomes of a record with errors: it is rejected, or reading stops with a `RecordError`. @defaultValue "reject" */
  readonly invalid?: "reject" | "stop" | undefined;
  /** What becomes of a document type declaration. @defaultValue "refuse" */
  readonly doctype?: "refuse" | "skip" | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /**
   * Fields that the shop's files have had so far, `"customer.phone"`: those that no record fills are told in
   * `report.drift`. Left out, the usual ones are expected of files with ten records or more.
   */
  readonly expected?: readonly string[] | undefined;
  /** Further inputs that the mapping's lookup tables name. */
  readonly inputs?: Readonly<Record<string, Input>> | undefined;
}

export interface ReadRecordsOptions<Value> extends ReadOptions {
  /** The schema that the mapping was defined with: any Standard Schema. Checks each record, and gives it its final form. */
  readonly schema?: Schema<unknown, Value> | undefined;
  /** Encoding of files that state none. */
  readonly presetEncoding?: Encoding | undefined;
}

/** Records of one input, read as they are asked for. */
export interface RecordStream<Value> extends AsyncIterable<ReadItem<Value>> {
  /** Counts so far; final once the iteration has ended. */
  readonly report: ReadReport;
}

/** What came of a whole input. */
export interface ReadResult {
  /** Records that must not be booked as they are, each with what is wrong. */
  readonly rejected: readonly BadRecord<unknown>[];
  /** All issues in document order: of records, then of the file around them. */
  readonly issues: readonly Issue[];
  readonly report: ReadReport;
}
export interface OrdersResult extends ReadResult {
  readonly orders: readonly Order[];
}
/** What says how the XML looks: a preset, or a mapping, compiled or not. */
export type MappingSource<Value> = Mapping<Value> | MappingData | CompiledMapping;

/**
 * Reads all orders of a file that fits into memory; for large files use {@link readRecords}.
 *
 * @example
 * ```ts
 * const { orders, rejected, issues } = await readOrders(await readFile("orders.xml"), shoptet);
 * ```
 * @throws {@link XmlError} if the input cannot be read as XML at all, or at the first malformed record with `malformed: "stop"`.
 * @throws {@link DefinitionError} if mapping or parameters are wrong.
 */
export async function readOrders(
  input: Input,
  source: Preset | MappingSource<Order>,
  options: ReadOptions = {},
): Promise<OrdersResult> {
  const feed = feedOf(source, "orders");
  const stream = readRecords<Order>(input, feed.mapping, { presetEncoding: feed.encoding, ...options });
  const { good, ...result } = await collect(stream);
  return { orders: good, ...result };
}

/**
 * Reads records as they are asked for: memory stays the same however large the input is, as long as records are let go.
 *
 * @example
 * ```ts
 * for await (const item of readRecords(createReadStream("orders.xml"), mapping)) {
 *   if (item.ok) await book(item.record);
 *   else await keepAside(item.source.raw(), item.issues);
 * }
 * ```
 * @throws what {@link readOrders} throws, from the iteration.
 */
export function readRecords<Mapped, Value = Mapped>(
  input: Input,
  mapping: MappingSource<Mapped>,
  options: ReadRecordsOptions<Value> = {},
): RecordStream<Value> {
  const compiled = "plan" in mapping ? mapping : compileMapping(mapping, options);
  const queue: ReadItem<Value>[] = [];
  const report: ReadReport = newReport();

  async function* items(): AsyncGenerator<ReadItem<Value>, void, undefined> {
    const { csv } = compiled.data;
    const encoding = options.encoding ?? options.presetEncoding ?? "utf-8";
    const source = csv === undefined ? input : csvInput(input, csv, encoding, options);
    const { data, tables } = await fillTables(compiled, source, options);
    const mend = options.malformed === "repair" ? (await import("./xml/repair.ts")).mendRecord : undefined;
    const { isText, pieces } = await openInput(data);
    const reader = createRecordReader<Value>(compiled, (item) => queue.push(item), {
      ...options,
      isText,
      tables,
      mend,
      report,
    });
    try {
      for await (const piece of pieces) {
        reader.write(piece);
        yield* drain(queue);
      }
      reader.end();
    } catch (error) {
      // What was good before is not lost because reading stops.
      yield* drain(queue);
      throw error;
    }
    yield* drain(queue);
    // Other elements where records would be: the file is of another kind, and no file without records.
    const stranger = report.read > 0 ? undefined : report.drift.unknown[0]?.path;
    if (!report.foundRecords || stranger !== undefined)
      report.issues.push(noRecords(compiled, report, stranger, options.file));
  }

  return { report, [Symbol.asyncIterator]: items };
}

function* drain<Item>(queue: Item[]): Generator<Item, void, undefined> {
  for (const item of queue) yield item;
  queue.length = 0;
}

/** All that a stream gives, in memory. */
export async function collect<Value>(stream: RecordStream<Value>): Promise<ReadResult & { readonly good: Value[] }> {
  const good: Value[] = [];
  const rejected: BadRecord<Value>[] = [];
  const issues: Issue[] = [];
  for await (const item of stream) {
    issues.push(...item.issues);
    if (item.ok) good.push(item.record);
    else rejected.push(item);
  }
  const { report } = stream;
  issues.push(...report.issues);
  return { good, rejected, issues, report };
}

export function feedOf(
  source: Preset | MappingSource<unknown>,
  records: ImportFeed["records"],
): {
  readonly mapping: MappingSource<never>;
  readonly encoding?: Encoding | undefined;
  readonly invoice?: InvoiceRuleData | undefined;
} {
  if (!("feeds" in source)) return { mapping: source };
  const feed = importFeed(source, records) ?? importFeed(source, "orders");
  if (feed === undefined)
    throw new DefinitionError("PRESET_INVALID", `preset "${source.id}" has no feed of ${records}`);
  return feed;
}

export function mappingData(mapping: MappingSource<never>): MappingData {
  return "plan" in mapping ? mapping.data : mapping;
}

function noRecords(
  { data }: CompiledMapping,
  { root }: ReadReport,
  stranger: string | undefined,
  file: string | undefined,
): Issue {
  const start = { line: 1, column: 1, offset: 0 };
  const instead = stranger === undefined ? undefined : `; there is ${stranger} instead`;
  const found = instead ?? (root === undefined ? "" : `; the root element is <${root}>`);
  return {
    code: "RECORD_NONE",
    severity: "error",
    message: `no place for records at ${pathList(data.record).join(" or ")}${found}: is this the right kind of file?`,
    at: file === undefined ? start : { file, ...start },
  };
}

type LookupOptions = ReadOptions & { readonly presetEncoding?: Encoding | undefined };

/** Reads the lookup tables first, since the document may hold them behind the records. */
async function fillTables(
  mapping: CompiledMapping,
  input: Input,
  options: LookupOptions,
): Promise<{ readonly data: Input; readonly tables: Run["tables"] }> {
  const tables = new Map<string, Map<string, TableEntry>>();
  const known = mapping.lookups.flatMap((table) => table.input ?? []);
  for (const name of Object.keys(options.inputs ?? {}))
    if (!known.includes(name))
      throw new DefinitionError(
        "PARAMETER_INVALID",
        `the mapping takes no input "${name}"; known are ${[...new Set(known)].join(", ") || "none"}`,
      );
  if (mapping.lookups.length === 0) return { data: input, tables };
  const nameOf = ({ input: name }: CompiledLookup): string | undefined =>
    name !== undefined && options.inputs?.[name] !== undefined ? name : undefined;
  const own = mapping.lookups.filter((table) => nameOf(table) === undefined);
  const data = own.length === 0 || isRepeatable(input) ? input : await keepAll(input);
  const inputs = new Map<string | undefined, CompiledLookup[]>();
  for (const table of mapping.lookups) inputs.set(nameOf(table), [...(inputs.get(nameOf(table)) ?? []), table]);
  for (const [name, lookups] of inputs) {
    for (const table of lookups) tables.set(table.name, new Map());
    const from = name === undefined ? data : options.inputs?.[name];
    if (from !== undefined) await fillFrom(mapping, lookups, from, tables, options);
  }
  return { data, tables };
}

async function fillFrom(
  mapping: CompiledMapping,
  lookups: readonly CompiledLookup[],
  input: Input,
  tables: ReadonlyMap<string, Map<string, TableEntry>>,
  options: LookupOptions,
): Promise<void> {
  const byScope = new Map(
    lookups.flatMap(({ name, scopes }) => scopes.map(({ scope, key }) => [scope, { name, key }] as const)),
  );
  const { isText, pieces } = await openInput(input);
  const frames: (Frame | undefined)[] = [];
  const ignore = (): void => undefined; // the pass that reads the records reports damage
  const reader = createReader(
    mapping.plan,
    mapping.shapes,
    {
      record(scope, frame) {
        const table = byScope.get(scope);
        if (table === undefined) return;
        frames[scope] = frame;
        tables.get(table.name)?.set((table.key.read(frames) ?? "").trim(), { scope, frame });
      },
      damagedRecord: ignore,
      damagedFile: ignore,
    },
    { ...options, malformed: "quarantine", isText },
  );
  for await (const piece of pieces) reader.write(piece);
  reader.end();
}
