import { detectPreset, type Detection } from "../detect.ts";
import { DefinitionError } from "../errors.ts";
import { createInspector } from "../mapping/draft/inspect.ts";
import { parseMapping } from "../mapping/schema.ts";
import type { MappingData, TargetName } from "../mapping/spec.ts";
import type { InvoiceRules } from "../model/invoice.ts";
import { type Feed, importFeed, type Preset } from "../preset.ts";
import type { Encoding } from "../xml/charset.ts";
import { choiceOf, type Parsed, textOf } from "./arguments.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { type FeedRecords, feedRecords, isPreset, parsePreset } from "./preset-file.ts";
import { readJson, type Source } from "./source.ts";

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
  feed: { type: "string" },
  as: { type: "string" },
  param: { type: "string", multiple: true },
  encoding: { type: "string" },
} as const;

export const readingHelp = `  --preset ID           platform that the file comes from; see "propojka presets"
  --mapping FILE.json   your own mapping or preset
                        without either: the preset that fits the file, if it holds orders or invoices
  --feed NAME           which feed of the preset
  --as KIND             orders, invoices, products or stockLevels; orders can be read as invoices
  --param NAME=VALUE    a parameter of the mapping, such as currency=EUR; repeatable
  --encoding NAME       encoding of the file, where its XML declaration is wrong`;

/** A file that fits has far more; one that merely has the same outer elements has a third. */
const SURE = 0.5;
/** Presets that fit this much worse than the best one do not count. */
const MARGIN = 0.02;
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
  const id = textOf(parsed, "preset");
  const path = textOf(parsed, "mapping");
  const wanted: Wanted = { as: choiceOf(parsed, "as", feedRecords), feed: textOf(parsed, "feed") };
  if (id !== undefined && path !== undefined) throw new UsageError("--preset and --mapping exclude each other");
  if (path !== undefined) return fromFile(path, wanted);
  const presets = await io.presets();
  if (id !== undefined) return fromPreset(findPreset(presets, id), wanted, `preset ${id}`);
  if (wanted.feed !== undefined) throw new UsageError("--feed goes with --preset or --mapping");
  if (wanted.as === "products" || wanted.as === "stockLevels")
    throw new UsageError(`--as ${wanted.as} goes with --preset or --mapping: only orders and invoices are detected`);
  return detected(presets, wanted.as, source, io);
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
): Promise<MappingData> {
  return (await fromFile(path, { feed, as: undefined, direction })).mapping;
}

async function fromFile(path: string, wanted: Wanted): Promise<Choice> {
  const json = await readJson(path);
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
  as: "orders" | "invoices" | undefined,
  source: Source,
  io: Io,
): Promise<Choice> {
  const head = await source.head();
  const suited = detectPreset(head, Object.values(presets)).filter(
    ({ records }) => as !== "orders" || records === "orders",
  );
  const [best] = suited;
  const ids = idsOf(rivalsOf(suited));
  if (best?.record === "parent" && ids.length > 1)
    throw new Failure(
      `${source.name}: holds no record that would tell where it comes from; name the preset: ${ids.join(", ")}`,
    );
  const near = suited.filter(({ preset, score }) => preset === best?.preset && score > best.score - NEAR);
  const fit = near.find(({ records }) => records === (as ?? "orders")) ?? best;
  const feed = fit === undefined ? undefined : presets[fit.preset]?.feeds[fit.feed];
  if (fit === undefined || feed?.direction !== "import" || !isSure(suited))
    throw new Failure(noneFits(head, suited, source));
  const also = ids.length > 1 ? `; it also fits ${ids.slice(1).join(", ")}` : "";
  io.stderr.write(`${source.name}: read with preset ${fit.preset} (${fit.records})${also}\n`);
  return fromFeed(feed, as, `preset ${fit.preset}`);
}

/** Whether the first of the detections can be trusted. */
export function isSure(detections: readonly Detection[]): boolean {
  const [best] = detections;
  if (best?.record === "found") return best.score >= SURE;
  return idsOf(rivalsOf(detections)).length === 1;
}

function rivalsOf(detections: readonly Detection[]): Detection[] {
  const least = (detections[0]?.score ?? 0) - MARGIN;
  return detections.filter(({ score }) => score > least);
}

function idsOf(detections: readonly Detection[]): string[] {
  return [...new Set(detections.map(({ preset }) => preset))];
}

function noneFits(head: Uint8Array, suited: readonly Detection[], { name }: Source): string {
  const inspector = createInspector({ file: name });
  inspector.write(head);
  const { root } = inspector.end();
  const ids = idsOf(suited).slice(0, 3);
  const near = ids.length === 0 ? "" : `; nearest are ${ids.join(", ")}`;
  const file = name === "standard input" ? "FILE" : name;
  return `${name}: no preset fits this file, whose root element is <${root}>${near}. Name one with --preset, or write a mapping: "propojka inspect ${file} --draft" drafts one`;
}
