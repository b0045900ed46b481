import { detect, type DetectionResult } from "../detect.ts";
import { DefinitionError } from "../errors.ts";
import { createInspector } from "../mapping/draft/inspect.ts";
import type { Input } from "../input.ts";
import { parseMapping } from "../mapping/schema.ts";
import type { MappingData, TargetName } from "../mapping/spec.ts";
import type { InvoiceRules } from "../model/invoice.ts";
import { type Feed, importFeed, type Preset } from "../preset.ts";
import type { Encoding } from "../xml/charset.ts";
import { choiceOf, pairsOf, type Parsed, textOf } from "./arguments.ts";
import { invoiceHelp, invoiceOptions, invoiceRulesOf } from "./invoice-flags.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { overridden } from "./override.ts";
import { type FeedRecords, feedRecords, isPreset, parsePreset } from "./preset-file.ts";
import { openSource, readJson, type Source } from "./source.ts";

/** What a file is read with. */
export interface Choice {
  /** For messages: `preset shoptet`, `my.json`. */
  readonly name: string;
  readonly mapping: MappingData;
  readonly presetEncoding: Encoding | undefined;
  /** What comes out. */
  readonly records: FeedRecords | "custom";
  /** Rules by which the orders of the file become invoices; undefined if they stay what they are. */
  readonly invoice: InvoiceRules | undefined;
}

/** Options of commands that read records. */
export const readingOptions = {
  preset: { type: "string" },
  mapping: { type: "string" },
  override: { type: "string" },
  feed: { type: "string" },
  as: { type: "string" },
  param: { type: "string", multiple: true },
  encoding: { type: "string" },
  input: { type: "string", multiple: true },
  ...invoiceOptions,
} as const;

export const readingHelp = `  --preset ID           platform that the file comes from; see "propojka presets"
  --mapping FILE.json   your own mapping or preset
                        without either: the preset that fits the file
  --override FILE.json  what one shop does otherwise, laid over the preset; see "propojka preset --help"
  --feed NAME           which feed of the preset
  --as KIND             orders, invoices, products or stockLevels; orders can be read as invoices
  --param NAME=VALUE    a parameter of the mapping, such as currency=EUR; repeatable
  --input NAME=FILE     a further file that the mapping looks things up in, such as addresses; repeatable
  --encoding NAME       encoding of the file, where its XML declaration is wrong
${invoiceHelp}`;

/** Feeds of one preset that read the same file differ by no more. */
const NEAR = 0.1;

/** Which feed of a preset is asked for. */
interface Wanted {
  readonly as: FeedRecords | undefined;
  /** Name of the feed. */
  readonly feed: string | undefined;
  /** Without a name: what is done with it. @defaultValue "import" */
  readonly direction?: Feed["direction"];
}

/** Takes what the options name, or finds what fits the file and says so. */
export async function choose(parsed: Parsed, source: Source, io: Io): Promise<Choice> {
  const choice = await chosen(parsed, source, io);
  return { ...choice, invoice: await invoiceRulesOf(choice.invoice, parsed, io) };
}

async function chosen(parsed: Parsed, source: Source, io: Io): Promise<Choice> {
  const id = textOf(parsed, "preset");
  const path = textOf(parsed, "mapping");
  const wanted: Wanted = { as: choiceOf(parsed, "as", feedRecords), feed: textOf(parsed, "feed") };
  if (id !== undefined && path !== undefined) throw new UsageError("--preset and --mapping exclude each other");
  const override = textOf(parsed, "override");
  if (override !== undefined && id === undefined) throw new UsageError("--override goes with --preset");
  if (path !== undefined) return fromFile(path, wanted, io);
  const presets = await io.presets();
  if (id !== undefined) {
    const preset = findPreset(presets, id);
    if (override === undefined) return fromPreset(preset, wanted, `preset ${id}`);
    const name = `preset ${id} with ${override}`;
    return fromPreset((await overridden(preset, override, wanted.feed, io)).preset, wanted, name);
  }
  if (wanted.feed !== undefined) throw new UsageError("--feed goes with --preset or --mapping");
  return detected(presets, wanted.as, source, io);
}

/** Further files that lookup tables are read from. @throws {@link Failure} if there is no such file. */
export async function inputsOf(parsed: Parsed, io: Io): Promise<Record<string, Input>> {
  const pairs = Object.entries(pairsOf(parsed, "input"));
  const sources = await Promise.all(pairs.map(async ([name, path]) => [name, await openSource(path, io)] as const));
  return Object.fromEntries(sources.map(([name, source]) => [name, source.input()]));
}

/** @throws {@link Failure} with the ids that there are. */
export function findPreset(presets: Readonly<Record<string, Preset>>, id: string): Preset {
  const preset = Object.hasOwn(presets, id) ? presets[id] : undefined;
  if (preset === undefined)
    throw new Failure(`there is no preset "${id}"; known are ${Object.keys(presets).join(", ") || "none"}`);
  return preset;
}

/** The mapping in a JSON file; of a preset, that of a feed. @throws {@link Failure} */
export async function readMapping(
  path: string,
  feed: string | undefined,
  direction: Feed["direction"],
  io: Io,
): Promise<MappingData> {
  return (await fromFile(path, { feed, as: undefined, direction }, io)).mapping;
}

async function fromFile(path: string, wanted: Wanted, io: Io): Promise<Choice> {
  const json = await readJson(path, io);
  try {
    if (isPreset(json)) return fromPreset(parsePreset(json), wanted, path);
    if (wanted.feed !== undefined)
      throw new UsageError(`--feed ${wanted.feed}: ${path} is a mapping, which has no feeds`);
    return fromMapping(parseMapping(json), wanted.as, path);
  } catch (error) {
    if (error instanceof DefinitionError) throw new Failure(`${path}: ${error.message}`);
    throw error;
  }
}

/** What a mapping of each target reads. */
const recordsOf: Readonly<Record<TargetName, Choice["records"]>> = {
  order: "orders",
  invoice: "invoices",
  product: "products",
  stockLevel: "stockLevels",
  custom: "custom",
};

function fromMapping(mapping: MappingData, as: FeedRecords | undefined, name: string): Choice {
  const own = recordsOf[mapping.target];
  const converts = own === "orders" && as === "invoices";
  if (own === "custom" && as !== undefined) throw new UsageError(`--as ${as}: ${name} has a target of its own`);
  if (as !== undefined && as !== own && !converts) throw new UsageError(`--as ${as}: ${name} reads ${wordOf(own)}`);
  const records = as ?? own;
  return { name, mapping, presetEncoding: undefined, records, invoice: converts ? {} : undefined };
}

function fromPreset(preset: Preset, wanted: Wanted, name: string): Choice {
  return fromFeed(feedOf(preset, wanted, name), wanted.as, name);
}

function feedOf(preset: Preset, wanted: Wanted, name: string): Feed {
  const { as, feed, direction } = wanted;
  if (feed !== undefined) return feedNamed(preset, wanted, name);
  if (direction === "export") return onlyFeed(preset, (one) => one.direction === direction, "feeds to write", name);
  if (as === "products" || as === "stockLevels")
    return onlyFeed(preset, ({ records }) => records === as, `feeds of ${wordOf(as)}`, name);
  return documentFeed(preset, as, name);
}

function feedNamed({ feeds }: Preset, { feed: wanted = "", as }: Wanted, name: string): Feed {
  const feed = Object.hasOwn(feeds, wanted) ? feeds[wanted] : undefined;
  if (feed === undefined)
    throw new Failure(`${name}: has no feed "${wanted}"; it has ${Object.keys(feeds).join(", ")}`);
  if (as !== undefined && as !== feed.records && !(as === "invoices" && feed.records === "orders"))
    throw new UsageError(`--as ${as}: the feed "${wanted}" holds ${wordOf(feed.records)}`);
  return feed;
}

function onlyFeed({ feeds }: Preset, suits: (feed: Feed) => boolean, what: string, name: string): Feed {
  const suited = Object.entries(feeds).filter(([, feed]) => suits(feed));
  const [first] = suited;
  if (first === undefined) throw new Failure(`${name}: has no ${what}`);
  if (suited.length === 1) return first[1];
  throw new UsageError(`${name} has several ${what}; take --feed ${suited.map(([feed]) => feed).join(" or ")}`);
}

function documentFeed(preset: Preset, as: "orders" | "invoices" | undefined, name: string): Feed {
  const orders = importFeed(preset, "orders");
  const invoices = importFeed(preset, "invoices");
  const feed = as === "invoices" ? (invoices ?? orders) : as === "orders" ? orders : (orders ?? invoices);
  if (feed !== undefined) return feed;
  const names = as === undefined ? `; name one with --feed: ${Object.keys(preset.feeds).join(", ")}` : "";
  throw new Failure(`${name}: has no feed of ${as ?? "orders or invoices"}${names}`);
}

function fromFeed(feed: Feed, as: FeedRecords | undefined, name: string): Choice {
  const mapping = parseMapping(feed.mapping);
  const converts = feed.records === "orders" && as === "invoices";
  return {
    name,
    mapping,
    presetEncoding: feed.encoding,
    records: as ?? feed.records,
    invoice: converts ? (feed.invoice ?? {}) : undefined,
  };
}

function wordOf(records: Choice["records"]): string {
  return records === "stockLevels" ? "stock levels" : records;
}

async function detected(
  presets: Readonly<Record<string, Preset>>,
  as: FeedRecords | undefined,
  source: Source,
  io: Io,
): Promise<Choice> {
  const records: readonly FeedRecords[] =
    as === "invoices" ? ["orders", "invoices"] : as === undefined ? feedRecords : [as];
  const head = await source.head();
  const result = detect(head, Object.values(presets), { records });
  if (result.root === undefined) explainWhy(head, source);
  const { found, alike, candidates } = result;
  if (found === undefined) throw new Failure(noneFits(result, source));
  const near = candidates.filter(
    ({ preset, confidence }) => preset === found.preset && confidence > found.confidence - NEAR,
  );
  const fit = near.find((one) => one.records === (as ?? "orders")) ?? found;
  const feed = presets[fit.preset]?.feeds[fit.feed];
  if (feed === undefined) throw new Failure(noneFits(result, source));
  const also = alike.length > 0 ? `; ${alike.join(", ")} would read it the same` : "";
  io.stderr.write(`${source.name}: read with preset ${fit.preset} (${fit.feed}): ${fit.why.join("; ")}${also}\n`);
  return fromFeed(feed, as, `preset ${fit.preset}`);
}

/** @throws {@link XmlError} with the place, of a file that is no XML. */
function explainWhy(head: Uint8Array, { name }: Source): void {
  const inspector = createInspector({ file: name });
  inspector.write(head);
  inspector.end();
}

/** Candidates that a message names. */
const SHOWN = 5;

function noneFits({ candidates, ambiguous, root }: DetectionResult, { name }: Source): string {
  const shown = candidates
    .slice(0, SHOWN)
    .map(
      ({ preset, feed, confidence, why }) => `  --preset ${preset} --feed ${feed}  (${confidence}: ${why.join("; ")})`,
    );
  if (ambiguous) return [`${name}: several presets fit alike; name one:`, ...shown].join("\n");
  const file = name === "standard input" ? "FILE" : name;
  const advice = `Name one with --preset, or write a mapping: "propojka inspect ${file} --draft" drafts one`;
  const near = shown.length === 0 ? "" : `\nNearest are:\n${shown.join("\n")}`;
  return `${name}: no preset fits this file, whose root element is <${root ?? "unknown"}>. ${advice}${near}`;
}
