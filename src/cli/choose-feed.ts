import { DefinitionError } from "../errors.ts";
import { parseMapping } from "../mapping/schema.ts";
import type { MappingData } from "../mapping/spec.ts";
import type { ExportFeed, Preset } from "../preset.ts";
import type { Encoding } from "../xml/charset.ts";
import { type OutputEncoding, outputEncodings } from "../xml/encoder.ts";
import { type Parsed, textOf } from "./arguments.ts";
import { findPreset } from "./choose.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { isPreset, parsePreset } from "./preset-file.ts";
import { namesFile, readJson } from "./source.ts";

/** What a file is written with. */
export interface FeedChoice {
  /** For messages: `shoptet/stock`, `my.json`. */
  readonly name: string;
  readonly feed: ExportFeed;
}

/** Takes the feed that `--preset` or `--mapping` and `--feed` name. @throws {@link Failure} if there is none. */
export async function chooseFeed(parsed: Parsed, io: Io): Promise<FeedChoice> {
  const id = textOf(parsed, "preset");
  const path = textOf(parsed, "mapping");
  const wanted = textOf(parsed, "feed");
  if (id !== undefined && path !== undefined) throw new UsageError("--preset and --mapping exclude each other");
  if (id !== undefined) return fromPreset(findPreset(await io.presets(), id), wanted, id);
  if (path !== undefined) return fromFile(path, wanted, io);
  throw new UsageError("say with --preset ID or --mapping FILE.json what the file looks like");
}

/** How the products of the catalogue look, by the name that `--from` takes: `pohoda:listStock`, `my.json`. */
export async function catalogueFeed(name: string | undefined, io: Io): Promise<ExportFeed | undefined> {
  if (name === undefined) return undefined;
  const choice = namesFile(name) ? await fromFile(name, undefined, io) : await named(name, io);
  if (choice.feed.mapping.target !== "product")
    throw new UsageError(`--from ${name}: ${choice.name} holds stock levels, not products`);
  return choice.feed;
}

async function named(name: string, io: Io): Promise<FeedChoice> {
  const [id = "", wanted] = name.split(":");
  const preset = findPreset(await io.presets(), id);
  const names = namesOf(preset, ({ mapping }) => mapping.target === "product");
  const [only] = names;
  if (wanted !== undefined || names.length === 1) return fromPreset(preset, wanted ?? only, id);
  if (only === undefined) throw new Failure(`--from ${id}: has no feed of products`);
  throw new UsageError(
    `${id} has several feeds of products; take --from ${names.map((one) => `${id}:${one}`).join(" or ")}`,
  );
}

/** @throws {@link UsageError} for an encoding that is read only. */
export function outputEncodingOf(wanted: Encoding | undefined, { encoding }: ExportFeed): OutputEncoding | undefined {
  if (wanted === undefined) return encoding;
  const found = outputEncodings.find((one) => one === wanted);
  if (found === undefined) throw new UsageError(`files are written in ${outputEncodings.join(", ")}, not in ${wanted}`);
  return found;
}

async function fromFile(path: string, wanted: string | undefined, io: Io): Promise<FeedChoice> {
  const json = await readJson(path, io);
  try {
    if (isPreset(json)) return fromPreset(parsePreset(json), wanted, path);
    if (wanted !== undefined) throw new UsageError(`--feed ${wanted}: ${path} is a mapping, which has no feeds`);
    const mapping = writable(parseMapping(json));
    const records = mapping.target === "stockLevel" ? "stockLevels" : "products";
    return { name: path, feed: { direction: "export", records, title: path, mapping } };
  } catch (error) {
    throw error instanceof DefinitionError ? new Failure(`${path}: ${error.message}`) : error;
  }
}

function fromPreset(preset: Preset, wanted: string | undefined, name: string): FeedChoice {
  const names = namesOf(preset);
  const [only] = names;
  if (only === undefined) throw new Failure(`${name}: has no feed to write`);
  if (wanted === undefined && names.length > 1)
    throw new UsageError(`${name} has several feeds; take --feed ${names.join(" or ")}`);
  const feed = Object.hasOwn(preset.feeds, wanted ?? only) ? preset.feeds[wanted ?? only] : undefined;
  if (feed?.direction !== "export")
    throw new Failure(`${name}: has no feed "${wanted ?? ""}" to write; it has ${names.join(", ")}`);
  // One that came from a file has not been checked yet.
  return { name: `${name}/${wanted ?? only}`, feed: { ...feed, mapping: writable(parseMapping(feed.mapping)) } };
}

/** Names of the feeds that are written. */
function namesOf({ feeds }: Preset, suits: (feed: ExportFeed) => boolean = () => true): string[] {
  return Object.entries(feeds).flatMap(([name, feed]) => (feed.direction === "export" && suits(feed) ? [name] : []));
}

function writable(mapping: MappingData): MappingData {
  if (mapping.target === "product" || mapping.target === "stockLevel") return mapping;
  throw new DefinitionError(
    "MAPPING_INVALID",
    `the target of the mapping is ${mapping.target}; files of products need product or stockLevel`,
  );
}
