import { formatIssue, type Issue } from "../errors.ts";
import { diffFeeds, formatDiff } from "../feed/diff.ts";
import { formatGuard, guardFeed, type GuardReport } from "../feed/guard.ts";
import type { GuardOverride, GuardRules } from "../feed/guard-rules.ts";
import { type FeedReport, writeProductDocuments, writeProducts, type WriteProductsOptions } from "../feed/products.ts";
import type { FeedSummary } from "../feed/summary.ts";
import { choiceOf, encodingOf, parametersOf, parseArguments, type Parsed, textOf } from "./arguments.ts";
import { openCatalogue } from "./catalogue.ts";
import { BAD_DATA, colorsFor, type Command, Failure, type Io, OK, UNUSABLE, UsageError } from "./io.ts";
import { exportOptionsOf, listOf, numberOf, offerFlags, offerHelp } from "./offer-flags.ts";
import { createProgress } from "./progress.ts";
import { chooseFeed, type FeedChoice } from "./choose-feed.ts";
import { openSource, readJson } from "./source.ts";
import { openTarget, type Target } from "./target.ts";

export const exportCommand: Command = {
  summary: "write products as the file that a shop imports",
  help: `Writes products of an accounting system as the file that a shop imports: price list, stock, images.

Usage: propojka export PRODUCTS --preset ID --feed NAME -o FILE [OPTIONS]

  PRODUCTS              JSON (an array), one JSON object a line, or XML with --from; "-" is standard input

The file:
  --preset ID           platform that the file is for; see "propojka presets"
  --feed NAME           which of its feeds; without it, the only one
  --mapping FILE.json   your own mapping or preset instead
  --from ID[:FEED]      how the products look if they are XML
  -o, --output FILE     "-" is standard output; a directory for feeds with a document for each record
  --param NAME=VALUE    a parameter of the mapping; repeatable
  --encoding NAME       encoding of the file, where not that of the feed
  --forbidden POLICY    characters that XML cannot hold: remove (the default), replace or error
  --unencodable POLICY  characters that the encoding lacks: reference (the default), remove or error

What goes out:
${offerHelp}

Before the file replaces another one:
  --against FILE        the file to compare with: what was added and removed, prices, stock
  --rules FILE.json     how much may change: maxDrop, maxZeroPrices, maxMissingPrices, maxRejected, empty, duplicates
  --max-drop SHARE      share of items that may vanish, 0 to 1
  --override A,B        let these rules pass, together with --reason TEXT, and --by NAME if you like

The file is written under another name, read back, judged, and only then put in place. What is wrong goes to standard
error, one line each, followed by a summary.
Exit codes: 0 all products are in the file or were left out on purpose; 1 some could not be written; 2 nothing was
written, and a file that was there is as it was.
`,
  run: exportProducts,
};

const options = {
  ...offerFlags,
  preset: { type: "string" },
  feed: { type: "string" },
  mapping: { type: "string" },
  from: { type: "string" },
  output: { type: "string", short: "o" },
  param: { type: "string", multiple: true },
  encoding: { type: "string" },
  forbidden: { type: "string" },
  unencodable: { type: "string" },
  against: { type: "string" },
  rules: { type: "string" },
  "max-drop": { type: "string" },
  override: { type: "string" },
  reason: { type: "string" },
  by: { type: "string" },
} as const;

async function exportProducts(args: readonly string[], io: Io): Promise<number> {
  const parsed = parseArguments(args, options, "PRODUCTS");
  const path = textOf(parsed, "output");
  if (path === undefined) throw new UsageError("-o FILE is missing");
  const choice = await chooseFeed(parsed, io);
  const writing: WriteProductsOptions = {
    options: await exportOptionsOf(parsed),
    parameters: parametersOf(parsed),
    encoding: choice.encodingOf(encodingOf(parsed)),
    forbidden: choiceOf(parsed, "forbidden", ["remove", "replace", "error"]),
    unencodable: choiceOf(parsed, "unencodable", ["reference", "remove", "error"]),
  };
  const judging = await judgingOf(parsed);
  const file = await openSource(parsed.positionals[0] ?? "", io);
  const target = await openTarget(path, choice.feed.mapping.document?.perRecord === true, io);
  const run: Run = { choice, writing, judging, target, started: performance.now(), io, file: file.name };
  try {
    return await writeAndJudge(run, file, parsed);
  } finally {
    await target.discard();
  }
}

interface Run {
  readonly choice: FeedChoice;
  readonly writing: WriteProductsOptions;
  readonly judging: Judging;
  readonly target: Target;
  readonly started: number;
  readonly io: Io;
  readonly file: string;
}

interface Judging {
  readonly against: string | undefined;
  readonly rules: GuardRules;
  readonly override: GuardOverride | undefined;
}

async function judgingOf(parsed: Parsed): Promise<Judging> {
  const path = textOf(parsed, "rules");
  const rules = (path === undefined ? {} : await readJson(path)) as GuardRules;
  const maxDrop = numberOf(parsed, "max-drop");
  const named = listOf(parsed, "override");
  const reason = textOf(parsed, "reason");
  const by = textOf(parsed, "by");
  if ((named === undefined) !== (reason === undefined)) throw new UsageError("--override and --reason go together");
  const override =
    named === undefined || reason === undefined
      ? undefined
      : ({ rules: named, reason, ...(by !== undefined && { by }) } as GuardOverride);
  return {
    against: textOf(parsed, "against"),
    rules: maxDrop === undefined ? rules : { ...rules, maxDrop },
    override,
  };
}

async function writeAndJudge(run: Run, file: Awaited<ReturnType<typeof openSource>>, parsed: Parsed): Promise<number> {
  const { choice, io, target, judging } = run;
  const colors = colorsFor(io.stderr, io.env);
  const progress = createProgress(io.stderr, file.size);
  const complain = (issues: readonly Issue[]): void => {
    progress.clear();
    for (const issue of issues) {
      const paint = issue.severity === "error" ? colors.red : colors.yellow;
      io.stderr.write(`${paint(formatIssue(issue))}\n`);
    }
  };
  const catalogue = await openCatalogue(file, {
    source: await choice.from(textOf(parsed, "from")),
    encoding: undefined,
    onIssues: complain,
    onBytes: (count) => {
      progress.bytes(count);
      progress.update();
    },
  });
  const report = await writeTo(target, catalogue, run, complain);
  progress.clear();

  const next = await target.summarize(choice.feed, run.writing);
  if (next.records !== report.written)
    throw new Failure(
      `${target.name}: ${report.written} records were written, but ${next.records} are read back; nothing was put in place`,
    );
  const previous = await previousOf(judging.against, run);
  for (const code of rejectedCodes(report)) next.reject(code);
  if (previous !== undefined) io.stderr.write(`${formatDiff(diffFeeds(previous, next), {})}\n`);
  const verdict = guardFeed(next, previous, judging.rules, {
    limits: choice.feed.limits,
    override: judging.override,
  });
  sayVerdict(verdict, run);
  if (!verdict.ok) {
    io.stderr.write(`${run.file}: nothing was written to ${target.name}\n`);
    return UNUSABLE;
  }
  await target.commit();
  io.stderr.write(`${summary(run, report, catalogue.bad)}\n`);
  return report.rejected + report.refused + catalogue.bad > 0 ? BAD_DATA : OK;
}

async function writeTo(
  target: Target,
  catalogue: Awaited<ReturnType<typeof openCatalogue>>,
  { choice, writing }: Run,
  complain: (issues: readonly Issue[]) => void,
): Promise<FeedReport> {
  const listening = { ...writing, maxIssues: MOST_ISSUES, onIssues: complain };
  if (!target.isDirectory) {
    const feed = writeProducts(catalogue, choice.feed, listening);
    for await (const bytes of feed) await target.write(bytes);
    return feed.report;
  }
  const documents = writeProductDocuments(catalogue, choice.feed, listening);
  for await (const { record, bytes } of documents) await target.document(record.code, bytes);
  return documents.report;
}

const MOST_ISSUES = 10_000;

/** Codes of records that could not be written, as often as there are such records. */
function rejectedCodes({ issues, rejected, refused }: FeedReport): (string | undefined)[] {
  const codes = new Set(issues.filter(({ severity }) => severity === "error").flatMap(({ key }) => key ?? []));
  return Array.from({ length: rejected + refused }, (_, index) => [...codes][index]);
}

async function previousOf(
  path: string | undefined,
  { choice, writing, target, io }: Run,
): Promise<FeedSummary | undefined> {
  if (path === undefined) return undefined;
  // The first time, there is nothing that the file would replace.
  if (path === target.name && !(await target.exists())) return undefined;
  return choice.summarize(path, writing, io);
}

function sayVerdict(verdict: GuardReport, { io }: Run): void {
  const said = verdict.violations.length + verdict.overridden.length + verdict.unused.length;
  if (said > 0) io.stderr.write(`${formatGuard(verdict, {})}\n`);
}

function summary({ choice, target, started, file, io }: Run, report: FeedReport, bad: number): string {
  const { green, red } = colorsFor(io.stderr, io.env);
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const reasons = Object.entries(report.leftOutFor).map(([reason, count]) => `${reason}: ${count}`);
  const { forbidden, unencodable } = report.characters;
  const unwritten = Object.entries(report.unwritten).map(([field, count]) => `${count} ${field} without a place`);
  const wrong = report.rejected + report.refused + bad;
  const parts = [
    `${report.products + bad} products`,
    `${report.leftOut} left out${reasons.length === 0 ? "" : ` (${reasons.join(", ")})`}`,
    wrong === 0 ? "0 not written" : red(`${wrong} not written`),
    ...(forbidden > 0 ? [`${forbidden} characters that XML cannot hold`] : []),
    ...(unencodable > 0 ? [`${unencodable} characters beyond the encoding`] : []),
    ...unwritten,
    green(`${report.written} records in ${target.name}`),
  ];
  return `${file}: ${parts.join(", ")}; ${choice.name}, ${report.bytes} bytes, ${seconds} s`;
}
