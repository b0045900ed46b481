import { createReadStream } from "node:fs";
import { formatIssue, type Issue } from "../errors.ts";
import {
  type DocumentReport,
  type DocumentStream,
  type SeparateDocuments,
  writableFeed,
  type WriteDocumentsOptions,
  writeInvoiceDocuments,
  writeInvoices,
  writeOrderDocuments,
  writeOrders,
} from "../feed/documents.ts";
import { compileMapping } from "../mapping/read/compile.ts";
import type { ReadReport } from "../mapping/read/records.ts";
import { knownParameters } from "../mapping/setting.ts";
import { documentKey } from "../model/document/prepare.ts";
import type { Invoice } from "../model/invoice.ts";
import type { Order } from "../model/order.ts";
import { type ImportFeed, importFeed, type Preset, writesApart } from "../preset.ts";
import { type InvoiceStream, readAsInvoices } from "../read-invoices.ts";
import { type ReadOptions, readRecords, type RecordStream } from "../read.ts";
import type { Records } from "../write.ts";
import { encodingOf, pairsOf, parametersOf, type Parsed, parseArguments, textOf } from "./arguments.ts";
import { type Choice, choose, findPreset, inputsOf, readingHelp, readingOptions } from "./choose.ts";
import { driftLines } from "./drift.ts";
import { formatNext } from "./invoice-flags.ts";
import { documentOptionsOf } from "./document-flags.ts";
import { BAD_DATA, colorsFor, type Command, Failure, type Io, OK, UNUSABLE, UsageError } from "./io.ts";
import { openTarget, requireTarget } from "./open-target.ts";
import { isPreset, parsePreset } from "./preset-file.ts";
import { createProgress } from "./progress.ts";
import { namesFile, openSource, readJson, type Source } from "./source.ts";
import type { Placed, Target, WrittenFile } from "./target.ts";

export const convertCommand: Command = {
  summary: "hand orders or invoices to an accounting program, as its own file",
  help: `Reads the orders or invoices of a file and writes them as the file that an accounting program imports.

Usage: propojka convert FILE --to ID -o OUT [OPTIONS]

  FILE                  also a URL, see "propojka transport --help"; "-" is standard input

What is read:
${readingHelp}

What is written:
  --to ID               format: pohoda, isdoc, ubl, money-s3, or FILE.json with a preset
  -o, --output OUT      also a URL; "-" is standard output; a directory for formats with a document for each record
  --to-param NAME=VALUE a parameter of the format's mapping; repeatable
  --options FILE.json   how the records are prepared: seller, homeCurrency, exchangeRate, paymentKinds …

Without --as, orders stay orders where the format has them, and become invoices by the preset's rules where it has not.
The file is written under another name, read back, and only then put in place. What is wrong goes to standard error, one
line each, followed by a summary that names the fields the format cannot hold.
Exit codes: 0 all records are in the file; 1 some are not; 2 nothing was written, and a file that was there is as it was.
`,
  run: convert,
};

const options = {
  ...readingOptions,
  to: { type: "string" },
  output: { type: "string", short: "o" },
  "to-param": { type: "string", multiple: true },
  options: { type: "string" },
} as const;

/** Everything that a run needs, checked. */
interface Job {
  readonly io: Io;
  readonly source: Source;
  readonly choice: Choice;
  readonly records: ImportFeed["records"];
  readonly name: string;
  readonly feed: ImportFeed;
  readonly writing: WriteDocumentsOptions;
  readonly reading: Pick<ReadOptions, "parameters" | "encoding" | "inputs">;
}

async function convert(args: readonly string[], io: Io): Promise<number> {
  const started = performance.now();
  const parsed = parseArguments(args, options, "FILE");
  const output = textOf(parsed, "output");
  if (output === undefined || output === "") throw new UsageError("-o OUT is missing");
  await requireTarget(output, io);
  const job = await prepare(parsed, io);
  const target = await openTarget(output, job.feed, io);
  try {
    return await run(job, target, started);
  } finally {
    await target.discard();
  }
}

async function prepare(parsed: Parsed, io: Io): Promise<Job> {
  const to = textOf(parsed, "to");
  if (to === undefined) throw new UsageError("say with --to ID which program the file is for");
  const preset = namesFile(to) ? await presetIn(to, io) : findPreset(await io.presets(), to);
  const inputs = await inputsOf(parsed, io);
  const reading = { parameters: parametersOf(parsed), encoding: encodingOf(parsed), inputs };
  const writing = { parameters: pairsOf(parsed, "to-param"), options: await documentOptionsOf(parsed, io) };
  const source = await openSource(parsed.positionals[0] ?? "", io);
  const as = textOf(parsed, "as") ?? onlyKind(preset);
  const choice = await choose({ ...parsed, values: { ...parsed.values, as } }, source, io);
  const { records } = choice;
  if (records !== "orders" && records !== "invoices")
    throw new UsageError(`${choice.name} reads ${records}; only orders and invoices can be converted`);
  const feed = writableFeed(preset, records);
  const job = { io, source, choice, records, name: to, feed, writing, reading };
  // Finds mistakes in the mapping, its parameters and the options.
  write([], job);
  return job;
}

async function presetIn(path: string, io: Io): Promise<Preset> {
  const json = await readJson(path, io);
  if (!isPreset(json)) throw new UsageError(`--to ${path}: is no preset`);
  return parsePreset(json);
}

/** What the format is for, if that is only one of the two. */
function onlyKind(preset: Preset): ImportFeed["records"] | undefined {
  const kinds = (["orders", "invoices"] as const).filter((one) => importFeed(preset, one)?.write !== undefined);
  return kinds.length === 1 ? kinds[0] : undefined;
}

/** Bytes of one file, or a document for each record. */
function write(
  records: AsyncIterable<Order | Invoice> | readonly never[],
  { records: kind, feed, writing }: Job,
): DocumentStream | SeparateDocuments<Order | Invoice> {
  const apart = writesApart(feed);
  if (kind === "orders") return (apart ? writeOrderDocuments : writeOrders)(records as Records<Order>, feed, writing);
  return (apart ? writeInvoiceDocuments : writeInvoices)(records as Records<Invoice>, feed, writing);
}

async function run(job: Job, target: Target, started: number): Promise<number> {
  const { io, source } = job;
  const complain = complainTo(io);
  const reading = readGood(job, complain);
  const stream = write(reading.records, {
    ...job,
    // They are told as they come, so none has to be kept.
    writing: { ...job.writing, maxIssues: 0, onIssues: complain },
  });
  for await (const piece of stream)
    if (piece instanceof Uint8Array) await target.write(piece);
    else await target.document(documentKey(piece.record), piece.bytes);
  const { report } = stream;
  const files = await target.finish();
  if (report.written > 0) await checkReadBack(files, report.written, job, target.name);
  const placed = report.written > 0 ? await target.commit() : undefined;
  if (placed?.complete !== false)
    io.stderr.write(`${summary(report, reading, placed, { io, source, name: job.name, target, started })}\n`);
  if (placed === undefined) return UNUSABLE;
  return reading.bad + report.rejected > 0 ? BAD_DATA : OK;
}

type Complain = (issues: readonly Issue[]) => void;

interface Reading {
  readonly records: AsyncIterable<Order | Invoice>;
  /** Records that could not be read, or could not become invoices. */
  bad: number;
  /** What to say behind the summary: drift, and the numbers of series to go on with. */
  readonly notes: () => readonly string[];
  readonly report: ReadReport;
}

function readGood(job: Job, complain: Complain): Reading {
  const { source, choice, io, reading } = job;
  const progress = createProgress(io.stderr, source.size);
  const options = { file: source.name, ...reading, presetEncoding: choice.presetEncoding };
  const input = source.input((count) => progress.bytes(count));
  const stream: RecordStream<Order | Invoice> =
    choice.invoice === undefined
      ? readRecords<Order | Invoice>(input, choice.mapping, options)
      : readAsInvoices(input, choice.mapping, choice.invoice, options);
  async function* records(): AsyncGenerator<Order | Invoice, void, undefined> {
    try {
      for await (const item of stream) {
        progress.update(`${stream.report.read} records`);
        if (item.issues.length > 0) progress.clear();
        complain(item.issues);
        if (item.ok) yield item.record;
        else result.bad++;
      }
    } finally {
      progress.clear();
    }
    complain(stream.report.issues);
    if (stream.report.issues.some(({ severity }) => severity === "error")) result.bad++;
  }
  const { report } = stream;
  const notes = (): readonly string[] => [
    ...driftLines(report.drift, choice.name),
    ...formatNext("next" in stream ? (stream as InvoiceStream).next : {}),
  ];
  const result: Reading = { records: records(), bad: 0, notes, report };
  return result;
}

/** What the program will find. @throws {@link Failure} if that is not what was written. */
async function checkReadBack(
  files: readonly WrittenFile[],
  written: number,
  { feed, writing }: Job,
  name: string,
): Promise<void> {
  const mapping = compileMapping(feed.mapping, { parameters: knownParameters(feed.mapping, writing.parameters) });
  let found = 0;
  for (const file of files)
    for await (const item of readRecords(createReadStream(file.path), mapping, { file: file.name }))
      if (item.record !== undefined) found++;
  if (found === written) return;
  throw new Failure(
    `${name}: of ${written} records that were written, ${found} can be read back; nothing was put in place`,
  );
}

/** Tells issues on standard error as they come. */
function complainTo({ stderr, env }: Io): Complain {
  const { red, yellow } = colorsFor(stderr, env);
  return (issues) => {
    for (const issue of issues) stderr.write(`${(issue.severity === "error" ? red : yellow)(formatIssue(issue))}\n`);
  };
}

interface SummaryDetails {
  readonly io: Io;
  readonly source: Pick<Source, "name">;
  readonly name: string;
  readonly target: Pick<Target, "name">;
  readonly started: number;
}

function summary(
  report: DocumentReport,
  { bad, report: read, notes }: Reading,
  placed: Placed | undefined,
  { io, source, name, target, started }: SummaryDetails,
): string {
  const { green, red } = colorsFor(io.stderr, io.env);
  const wrong = report.rejected + bad;
  const lost = Object.entries({ ...report.lost, ...report.unwritten }).map(([field, count]) => `${field} (${count})`);
  const parts = [
    `${report.read + bad + read.skipped} read`,
    ...skippedFor({ ...read.skippedFor, ...report.skippedFor }),
    wrong === 0 ? "0 not written" : red(`${wrong} not written`),
    placed === undefined ? red(`nothing was written to ${target.name}`) : green(`${report.written} in ${target.name}`),
  ];
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const line = `${source.name}: ${parts.join(", ")}; ${name}, ${report.bytes} bytes, ${seconds} s`;
  const losses = lost.length === 0 ? [] : [`${name} has no place for ${lost.join(", ")}`];
  return [line, ...losses, ...notes()].join("\n");
}

/** `3 skipped (cancelled: 3)` */
function skippedFor(reasons: Readonly<Record<string, number>>): string[] {
  const entries = Object.entries(reasons);
  if (entries.length === 0) return [];
  const count = entries.reduce((sum, [, one]) => sum + one, 0);
  return [`${count} skipped (${entries.map(([reason, one]) => `${reason}: ${one}`).join(", ")})`];
}
