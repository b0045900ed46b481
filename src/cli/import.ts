import { detect } from "../detect.ts";
import { DefinitionError, formatIssue, type Issue, RecordError, TransportError, XmlError } from "../errors.ts";
import type { ReadItem, ReadReport } from "../mapping/read/records.ts";
import type { NextNumbers } from "../model/invoice.ts";
import { readAsInvoices } from "../read-invoices.ts";
import { readRecords, type RecordStream } from "../read.ts";
import { choiceOf, encodingOf, parametersOf, parseArguments } from "./arguments.ts";
import { driftLines } from "./drift.ts";
import { type Choice, choose, inputsOf, readingHelp, readingOptions } from "./choose.ts";
import { formatNext } from "./invoice-flags.ts";
import {
  BAD_DATA,
  type Colors,
  colorsFor,
  type Command,
  Failure,
  type Io,
  OK,
  type Output,
  output,
  UNUSABLE,
  UsageError,
} from "./io.ts";
import { createPrinter, type Format, type Printer } from "./print.ts";
import { createProgress, type Progress } from "./progress.ts";
import { openSource, type Source } from "./source.ts";

export const importCommand: Command = {
  summary: "read orders, invoices or products from a file",
  help: `Reads the orders, invoices, products or stock levels of a file and writes them to standard output.

Usage: propojka import FILE [OPTIONS]

  FILE                  also a URL, see "propojka transport --help"; "-" is standard input

Options:
${readingHelp}
  --format FORMAT       ndjson: one JSON object a line; json: an array; table: a line for people to read;
                        by default table on a terminal, otherwise ndjson
  --malformed POLICY    what becomes of records that are not well-formed: stop, quarantine (leave them out; the
                        default) or repair

What is wrong with the data goes to standard error, one line each, followed by a summary.
Exit codes: 0 all records are good; 1 some are not, or the file around them is damaged; 2 nothing could be read.
`,
  run: importFile,
};

async function importFile(args: readonly string[], io: Io): Promise<number> {
  const options = { ...readingOptions, format: { type: "string" }, malformed: { type: "string" } } as const;
  const parsed = parseArguments(args, options, "FILE");
  const wanted = choiceOf(parsed, "format", ["ndjson", "json", "table"]);
  const malformed = choiceOf(parsed, "malformed", ["stop", "quarantine", "repair"]);
  const encoding = encodingOf(parsed);
  const parameters = parametersOf(parsed);
  const source = await openSource(parsed.positionals[0] ?? "", io);
  const choice = await choose(parsed, source, io);
  if (wanted === "table" && choice.records === "custom")
    throw new UsageError("a mapping with a target of its own has no table; take --format ndjson");

  const format: Format = wanted ?? (io.stdout.isTTY === true && choice.records !== "custom" ? "table" : "ndjson");
  const progress = createProgress(io.stderr, source.size);
  const input = source.input((count) => progress.bytes(count));
  const inputs = await inputsOf(parsed, io);
  const { presetEncoding } = choice;
  const reading = { file: source.name, encoding, malformed, parameters, inputs, presetEncoding };
  const stream: RecordStream<unknown> & { readonly next?: NextNumbers } =
    choice.invoice === undefined
      ? readRecords<unknown>(input, choice.mapping, reading)
      : readAsInvoices(input, choice.mapping, choice.invoice, reading);
  const out = output(io.stdout);
  const colors = colorsFor(io.stderr, io.env);
  const work: Work = {
    ...{ choice, source, io, out, progress, colors, stream, report: stream.report },
    printer: createPrinter(
      format,
      choice.records === "custom" ? "orders" : choice.records,
      out,
      colorsFor(io.stdout, io.env),
    ),
    errors: createComplaints(io, progress, colors),
    stops: malformed === "stop",
    started: performance.now(),
  };
  try {
    for await (const item of stream) {
      await take(item, work);
      if (out.closed) break;
    }
    await work.printer.end();
  } catch (error) {
    if (!isExpected(error)) throw error;
    return await end(work, explained(error, source));
  }
  return await end(work, undefined);
}

interface Work {
  readonly choice: Choice;
  readonly source: Source;
  readonly io: Io;
  readonly out: Output;
  readonly progress: Progress;
  readonly colors: Colors;
  readonly stream: { readonly next?: NextNumbers };
  readonly report: ReadReport;
  readonly printer: Printer;
  readonly errors: Complaints;
  readonly stops: boolean;
  readonly started: number;
}

async function take(item: ReadItem<unknown>, work: Work): Promise<void> {
  const { printer, progress, report, errors } = work;
  for (const issue of item.issues) errors.add(issue, report.good > 0);
  progress.update(`${report.read} records`);
  if (item.ok) await printer.record(item.record);
}

/** Says what came of it. `error` ended the run before its time. */
async function end(work: Work, error: Error | undefined): Promise<number> {
  const { report, source, progress, io, errors, out } = work;
  progress.clear();
  const none = report.issues.find(({ code }) => code === "RECORD_NONE");
  const damage = report.issues.filter((issue) => issue !== none);
  const fatal = error?.message;

  if (report.read === 0 && fatal !== undefined && !(work.stops && isDamage(error))) return fail(fatal, io);
  const first = damage.find(({ severity }) => severity === "error");
  if (report.read === 0 && first !== undefined) return fail(formatIssue(first), io);
  if (none !== undefined) return fail(formatIssue(none) + (await resemblance(work)), io);
  if (report.good === 0 && report.bad > 0 && errors.onlyEncoding > 0 && errors.onlyEncoding >= report.bad)
    return fail(
      `${errors.firstHeld ?? ""}\n${source.name}: no record can be read in ${report.encoding ?? "this encoding"}; name the right one, such as --encoding windows-1250`,
      io,
    );

  errors.release();
  // Who goes away before the end wants no summary of what was read so far.
  if (out.closed && error === undefined) return report.bad > 0 ? BAD_DATA : OK;
  for (const issue of damage) errors.add(issue, true);
  if (fatal !== undefined) io.stderr.write(`${work.colors.red(fatal)}\n`);
  const drift = driftLines(report.drift, work.choice.name).map((line) => work.colors.yellow(line));
  io.stderr.write([summary(work), ...drift, ...formatNext(work.stream.next ?? {}), ""].join("\n"));
  await out.flush();
  const wrong = fatal !== undefined || report.bad > 0 || first !== undefined;
  return wrong ? BAD_DATA : OK;
}

function fail(message: string, io: Io): number {
  io.stderr.write(`${message}\n`);
  return UNUSABLE;
}

function isExpected(error: unknown): error is Error {
  return (
    error instanceof XmlError ||
    error instanceof RecordError ||
    error instanceof DefinitionError ||
    error instanceof TransportError ||
    error instanceof Failure
  );
}

/** Damage of one record, which "stop" makes the end of the run. */
function isDamage(error: unknown): boolean {
  return (
    error instanceof RecordError ||
    (error instanceof XmlError && ["XML_MALFORMED", "XML_TRUNCATED", "XML_ENCODING", "XML_LIMIT"].includes(error.code))
  );
}

function explained(error: Error, source: Source): Error {
  if (!(error instanceof DefinitionError) || error.code !== "INPUT_UNREADABLE") return error;
  return new Failure(
    `${source.name}: this mapping reads its input twice, and so much of a stream cannot be kept; save it to a file first`,
  );
}

async function resemblance({ source, io, choice }: Work): Promise<string> {
  const { found } = detect(await source.head(), Object.values(await io.presets()));
  if (found === undefined || choice.name === `preset ${found.preset}`) return "";
  return ` It looks like ${found.records} of ${found.preset}: try --preset ${found.preset} --feed ${found.feed}`;
}

function summary({ report, source, choice, started, colors }: Work): string {
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const reasons = Object.entries(report.skippedFor).map(([reason, count]) => `${reason}: ${count}`);
  const counts = [
    `${report.read} read`,
    colors.green(`${report.good} good`),
    report.bad === 0 ? "0 bad" : colors.red(`${report.bad} bad`),
    `${report.skipped} skipped${reasons.length === 0 ? "" : ` (${reasons.join(", ")})`}`,
  ];
  const empty = report.read === 0 ? "; the file is of the right kind, but holds none" : "";
  return `${source.name}: ${counts.join(", ")}${empty}; ${choice.name}, ${report.encoding ?? "unknown encoding"}, ${seconds} s`;
}

/** Issues on their way to standard error. */
interface Complaints {
  /** Those about the encoding wait until a record is good: if none ever is, one message says it all. */
  add(issue: Issue, anyGood: boolean): void;
  release(): void;
  /** How many issues wait. */
  readonly onlyEncoding: number;
  readonly firstHeld: string | undefined;
}

const HELD = 100;

function createComplaints({ stderr }: Io, progress: Progress, { red, yellow }: Colors): Complaints {
  const held: string[] = [];
  let waiting = 0;
  let holds = true;

  function release(): void {
    holds = false;
    for (const line of held) stderr.write(line);
    if (waiting > held.length) stderr.write(`… and ${waiting - held.length} more of the same\n`);
    held.length = waiting = 0;
  }

  return {
    add(issue, anyGood) {
      progress.clear();
      const paint = issue.severity === "error" ? red : yellow;
      const line = `${paint(formatIssue(issue))}\n`;
      if (holds && !anyGood && issue.code === "XML_ENCODING") {
        waiting++;
        if (held.length < HELD) held.push(line);
        return;
      }
      release();
      stderr.write(line);
    },
    release,
    get onlyEncoding() {
      return waiting;
    },
    get firstHeld() {
      return held[0]?.trimEnd();
    },
  };
}
