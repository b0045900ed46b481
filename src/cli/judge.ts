import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DefinitionError, formatIssue, XmlError } from "../errors.ts";
import { guardFeed } from "../feed/guard.ts";
import { type GuardOverride, guardRules, type GuardRules } from "../feed/guard-rules.ts";
import { createFeedSummary, type FeedSummary } from "../feed/summary.ts";
import { compileMapping } from "../mapping/read/compile.ts";
import type { Product, StockLevel } from "../model/product.ts";
import type { ExportFeed } from "../preset.ts";
import { readRecords, type ReadOptions } from "../read.ts";
import type { OutputEncoding } from "../xml/encoder.ts";
import { listOf, numberOf, type Parsed, textOf } from "./arguments.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { remoteSources } from "./remote-previous.ts";
import { type NamedInput, openSource, readJson } from "./source.ts";
import { isUrl, localPath } from "./url.ts";

/** Options that say whether a file may replace another one. */
export const judgeFlags = {
  against: { type: "string" },
  rules: { type: "string" },
  "max-drop": { type: "string" },
  override: { type: "string" },
  reason: { type: "string" },
  by: { type: "string" },
} as const;

export const judgeHelp = `  --against FILE        the file or URL to compare with: what was added and removed, prices, stock; also a directory
                        of documents; if it is the one that -o names, it may be missing
  --rules FILE.json     how much may change: maxDrop, maxZeroPrices, maxMissingPrices, maxRejected, empty, duplicates
  --max-drop SHARE      share of items that may vanish, 0 to 1
  --override A,B        let these rules pass, together with --reason TEXT, and --by NAME if you like`;

/** What a new file must hold to. */
export interface Judging {
  readonly rules: GuardRules;
  readonly override: GuardOverride | undefined;
}

/** @throws {@link Failure} if rules or override are not as they must be. */
export async function judgingOf(parsed: Parsed, io: Io): Promise<Judging> {
  const maxDrop = numberOf(parsed, "max-drop");
  if (maxDrop !== undefined && !(maxDrop >= 0 && maxDrop <= 1))
    throw new UsageError(`--max-drop takes a share from 0 to 1, not ${maxDrop}`);
  const override = overrideOf(parsed);
  const path = textOf(parsed, "rules");
  const rules = path === undefined ? {} : await rulesFrom(path, io);
  return { rules: maxDrop === undefined ? rules : { ...rules, maxDrop }, override };
}

async function rulesFrom(path: string, io: Io): Promise<GuardRules> {
  const rules = (await readJson(path, io)) as GuardRules;
  try {
    // Whether they are right is found out before anything is written.
    guardFeed(createFeedSummary(), undefined, rules);
    return rules;
  } catch (error) {
    throw error instanceof DefinitionError ? new Failure(`${path}: ${error.message}`) : error;
  }
}

function overrideOf(parsed: Parsed): GuardOverride | undefined {
  const named = listOf(parsed, "override");
  const reason = textOf(parsed, "reason")?.trim();
  const by = textOf(parsed, "by");
  if (named === undefined && by !== undefined) throw new UsageError("--by goes with --override and --reason");
  if ((named === undefined) !== (reason === undefined || reason === ""))
    throw new UsageError("--override and --reason TEXT go together");
  if (named === undefined || reason === undefined) return undefined;
  const rules = named.map((name) => {
    const rule = guardRules.find((one) => one === name);
    if (rule === undefined) throw new UsageError(`--override takes ${guardRules.join(", ")}, not "${name}"`);
    return rule;
  });
  if (rules.length === 0) throw new UsageError(`--override takes ${guardRules.join(", ")}`);
  return { rules, reason, ...(by !== undefined && { by }) };
}

/** How a file of the feed is read. */
export interface Reading {
  readonly feed: ExportFeed;
  readonly encoding: OutputEncoding | undefined;
  readonly parameters: ReadOptions["parameters"];
}

/** What files hold, and the first thing that is wrong with them. */
export interface Held {
  readonly summary: FeedSummary;
  readonly problem: string | undefined;
}

/** Reads files that together are one feed. @throws {@link XmlError} of a file that cannot be read at all. */
export async function readFeed(files: readonly NamedInput[], { feed, encoding, parameters }: Reading): Promise<Held> {
  const summary = createFeedSummary();
  const mapping = compileMapping(feed.mapping, { parameters });
  let problem: string | undefined;
  for (const { name, input } of files) {
    const records = readRecords<Product | StockLevel>(input, mapping, { file: name, presetEncoding: encoding });
    for await (const item of records) {
      if (item.ok) summary.add(item.record);
      else summary.reject(item.record?.code);
      if (!item.ok) problem ??= item.issues.map(formatIssue)[0];
    }
    problem ??= records.report.issues.filter(({ severity }) => severity === "error").map(formatIssue)[0];
  }
  return { summary, problem };
}

/**
 * What the file of `--against` holds: a file, or a folder of documents. Undefined without one, and if it is the one that
 * is about to be written for the first time.
 *
 * @throws {@link Failure} if it cannot be read, or is of another kind.
 */
export async function previousOf(
  parsed: Parsed,
  reading: Reading,
  output: string,
  io: Io,
): Promise<FeedSummary | undefined> {
  const path = textOf(parsed, "against");
  if (path === undefined) return undefined;
  if (path === "-" && parsed.positionals[0] === "-") throw new UsageError("only one file can be standard input");
  const sources = isUrl(localPath(path))
    ? await remoteSources(path, reading.feed, output, io)
    : await localSources(localPath(path), reading.feed, localPath(output), io);
  if (sources === undefined) return undefined;
  try {
    const { summary, problem } = await readFeed(sources, reading);
    // Records that are bad count as such; a file without any is another one.
    if (summary.records + summary.rejected === 0 && problem !== undefined) throw new Failure(problem);
    return summary;
  } catch (error) {
    if (error instanceof Failure || error instanceof XmlError) throw new Failure(`--against: ${error.message}`);
    throw error;
  }
}

/** Undefined if there is none, and it is what is about to be written. */
async function localSources(
  path: string,
  feed: ExportFeed,
  output: string,
  io: Io,
): Promise<readonly NamedInput[] | undefined> {
  const info = path === "-" ? undefined : await stat(path).catch(() => undefined);
  if (path !== "-" && info === undefined && resolve(path) === resolve(output)) return undefined;
  const names = info?.isDirectory() === true ? await documentsIn(path, feed) : [path];
  const sources = await Promise.all(names.map((name) => openSource(name, io)));
  return sources.map((source) => ({ name: source.name, input: source.input() }));
}

async function documentsIn(folder: string, { mapping }: ExportFeed): Promise<string[]> {
  const extension = mapping.csv === undefined ? ".xml" : ".csv";
  const names = await readdir(folder);
  return names.filter((name) => name.endsWith(extension)).map((name) => join(folder, name));
}
