import { createReadStream } from "node:fs";
import { formatIssue, type Issue, XmlError } from "../errors.ts";
import { diffFeeds, formatDiff } from "../feed/diff.ts";
import { formatGuard, guardFeed } from "../feed/guard.ts";
import { type FeedReport, writeProductDocuments, writeProducts, type WriteProductsOptions } from "../feed/products.ts";
import type { FeedSummary } from "../feed/summary.ts";
import type { Product } from "../model/product.ts";
import type { ExportFeed } from "../preset.ts";
import { choiceOf, encodingOf, parametersOf, parseArguments, textOf } from "./arguments.ts";
import { type Catalogue, openCatalogue } from "./catalogue.ts";
import { catalogueFeed, chooseFeed, type FeedChoice, outputEncodingOf } from "./choose-feed.ts";
import { exportSummary } from "./export-summary.ts";
import { BAD_DATA, colorsFor, type Command, Failure, type Io, OK, UNUSABLE, UsageError } from "./io.ts";
import { judgeFlags, judgeHelp, type Judging, judgingOf, previousOf, readFeed } from "./judge.ts";
import { exportOptionsOf, offerFlags, offerHelp } from "./offer-flags.ts";
import { openTarget, requireTarget } from "./open-target.ts";
import { createProgress, type Progress } from "./progress.ts";
import { openSource, type Source } from "./source.ts";
import type { Target } from "./target.ts";

export const exportCommand: Command = {
  summary: "write products as the file that a shop imports",
  help: `Writes products of an accounting system as the file that a shop imports: price list, stock, images.

Usage: propojka export PRODUCTS --preset ID --feed NAME -o FILE [OPTIONS]

  PRODUCTS              JSON (an array), one JSON object a line, or anything else with --from; also a URL, see
                        "propojka transport --help"; "-" is standard input

The file:
  --preset ID           platform that the file is for; see "propojka presets"
  --feed NAME           which of its feeds; without it, the only one
  --mapping FILE.json   your own mapping or preset instead
  --from ID[:FEED]      how the products look if they are XML or CSV; or FILE.json with a mapping
  -o, --output FILE     also a URL; "-" is standard output; a directory for feeds with a document for each record
  --param NAME=VALUE    a parameter of the mapping; repeatable
  --encoding NAME       encoding of the file, where not that of the feed
  --forbidden POLICY    characters that XML cannot hold: remove (the default), replace or error
  --unencodable POLICY  characters that the encoding lacks: reference (the default), remove or error

What goes out:
${offerHelp}

Before the file replaces another one:
${judgeHelp}

The file is written under another name, read back, judged, and only then put in place. What is wrong goes to standard
error, one line each, followed by a summary.
Exit codes: 0 all products are in the file or were left out on purpose; 1 some could not be written; 2 nothing was
written, and a file that was there is as it was.
`,
  run: exportProducts,
};

const options = {
  ...offerFlags,
  ...judgeFlags,
  preset: { type: "string" },
  feed: { type: "string" },
  mapping: { type: "string" },
  from: { type: "string" },
  output: { type: "string", short: "o" },
  param: { type: "string", multiple: true },
  encoding: { type: "string" },
  forbidden: { type: "string" },
  unencodable: { type: "string" },
} as const;

/** Everything that a run needs, checked. */
interface Job {
  readonly io: Io;
  readonly choice: FeedChoice;
  readonly file: Source;
  /** How the products look. */
  readonly from: ExportFeed | undefined;
  readonly output: string;
  readonly writing: WriteProductsOptions;
  readonly judging: Judging;
  readonly previous: FeedSummary | undefined;
}

async function exportProducts(args: readonly string[], io: Io): Promise<number> {
  const started = performance.now();
  const job = await prepare(args, io);
  const target = await openTarget(job.output, job.choice.feed, io);
  try {
    return await run(job, target, started);
  } finally {
    await target.discard();
  }
}

async function prepare(args: readonly string[], io: Io): Promise<Job> {
  const parsed = parseArguments(args, options, "PRODUCTS");
  const output = textOf(parsed, "output");
  if (output === undefined || output === "") throw new UsageError("-o FILE is missing");
  await requireTarget(output, io);
  const wanted = encodingOf(parsed);
  const forbidden = choiceOf(parsed, "forbidden", ["remove", "replace", "error"]);
  const unencodable = choiceOf(parsed, "unencodable", ["reference", "remove", "error"]);
  const parameters = parametersOf(parsed);
  const choice = await chooseFeed(parsed, io);
  const { feed } = choice;
  const encoding = outputEncodingOf(wanted, feed);
  const offer = await exportOptionsOf(parsed, io);
  const judging = await judgingOf(parsed, io);
  const from = await catalogueFeed(textOf(parsed, "from"), io);
  const writing = { options: offer, parameters, encoding, forbidden, unencodable };
  // Finds mistakes in the mapping, its parameters and the options of both together.
  if (feed.mapping.document?.perRecord === true) writeProductDocuments([], feed, writing);
  else writeProducts([], feed, writing);
  const file = await openSource(parsed.positionals[0] ?? "", io);
  const previous = await previousOf(parsed, { feed, encoding, parameters }, output, io);
  return { io, choice, file, from, output, writing, judging, previous };
}

async function run(job: Job, target: Target, started: number): Promise<number> {
  const { io, choice, file, previous, judging } = job;
  const progress = createProgress(io.stderr, file.size);
  const complaints = createComplaints(io, progress);
  const catalogue = await openCatalogue(file, {
    source: job.from,
    onIssues: complaints.add,
    onBytes: (count) => progress.bytes(count),
  });
  let report: FeedReport;
  try {
    report = await write(watched(catalogue, progress), target, job, complaints.add);
  } finally {
    progress.clear();
  }
  const next = await readBack(target, report.written, job);
  for (const code of complaints.codes) next.reject(code);
  if (previous !== undefined) io.stderr.write(`${formatDiff(diffFeeds(previous, next))}\n`);
  const verdict = guardFeed(next, previous, judging.rules, { limits: choice.feed.limits, override: judging.override });
  const { violations, overridden, unused } = verdict;
  if (violations.length + overridden.length + unused.length > 0) io.stderr.write(`${formatGuard(verdict)}\n`);

  const placed = verdict.ok ? await target.commit() : undefined;
  // Who goes away before the end wants no summary.
  if (placed?.complete !== false)
    io.stderr.write(`${exportSummary(report, catalogue.bad, placed, { ...job, target, started })}\n`);
  if (placed === undefined) return UNUSABLE;
  return complaints.codes.length > 0 ? BAD_DATA : OK;
}

async function write(
  products: AsyncIterable<Product>,
  target: Target,
  { choice, writing }: Job,
  onIssues: (issues: readonly Issue[], written: boolean) => void,
): Promise<FeedReport> {
  // They are told as they come, so none has to be kept.
  const listening = { ...writing, maxIssues: 0, onIssues };
  if (!target.isFolder) {
    const feed = writeProducts(products, choice.feed, listening);
    for await (const bytes of feed) await target.write(bytes);
    return feed.report;
  }
  const documents = writeProductDocuments(products, choice.feed, listening);
  for await (const { record, bytes } of documents) await target.document(record.code, bytes);
  return documents.report;
}

async function* watched(catalogue: Catalogue, progress: Progress): AsyncGenerator<Product, void, undefined> {
  let count = 0;
  for await (const product of catalogue) {
    progress.update(`${++count} products`);
    yield product;
  }
}

/** What the shop will find. @throws {@link Failure} if that is not what was written. */
async function readBack(target: Target, written: number, { choice, writing }: Job): Promise<FeedSummary> {
  const files = (await target.finish()).map(({ path, name }) => ({ name, input: () => createReadStream(path) }));
  const nothing = "nothing was put in place";
  try {
    const reading = { feed: choice.feed, encoding: writing.encoding, parameters: writing.parameters };
    const { summary, problem } = await readFeed(files, reading);
    if (summary.records === written && problem === undefined) return summary;
    const counts = `${target.name}: of ${written} records that were written, ${summary.records} can be read back; ${nothing}`;
    throw new Failure([...(problem === undefined ? [] : [problem]), counts].join("\n"));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new Failure(`${error.message}\n${target.name}: what was written cannot be read back; ${nothing}`);
  }
}

interface Complaints {
  readonly add: (issues: readonly Issue[], good: boolean) => void;
  /** Of each product or record that cannot go out, its code where that is known. */
  readonly codes: readonly (string | undefined)[];
}

/** Issues on their way to standard error. */
function createComplaints({ stderr, env }: Io, progress: Progress): Complaints {
  const { red, yellow } = colorsFor(stderr, env);
  const codes: (string | undefined)[] = [];
  return {
    codes,
    add(issues, good) {
      progress.clear();
      for (const issue of issues) stderr.write(`${(issue.severity === "error" ? red : yellow)(formatIssue(issue))}\n`);
      if (!good) codes.push(issues.find(({ severity }) => severity === "error")?.key);
    },
  };
}
