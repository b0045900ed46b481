import { DefinitionError } from "../errors.ts";
import { type FeedSource, summarizeFeed } from "../feed/products.ts";
import type { FeedSummary } from "../feed/summary.ts";
import { parseMapping } from "../mapping/schema.ts";
import type { CompileOptions } from "../mapping/setting.ts";
import { type ExportFeed, exportFeed, type Preset } from "../preset.ts";
import type { Encoding } from "../xml/charset.ts";
import { type OutputEncoding, outputEncodings } from "../xml/encoder.ts";
import { type Parsed, textOf } from "./arguments.ts";
import { findPreset } from "./choose.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { openSource, readJson } from "./source.ts";

/** What a file is written with. */
export interface FeedChoice {
  /** For messages: `shoptet/stock`, `my.json`. */
  readonly name: string;
  readonly feed: ExportFeed;
  /** @throws {@link UsageError} for an encoding that is read only. */
  encodingOf(wanted: Encoding | undefined): OutputEncoding | undefined;
  /** How products in XML look, by a name such as `pohoda` or `pohoda:listStock`. */
  from(name: string | undefined): Promise<FeedSource | undefined>;
  /** What a file of the same kind holds. */
  summarize(path: string, options: CompileOptions, io: Io): Promise<FeedSummary>;
}

/** Takes the feed that the options name. */
export async function chooseFeed(parsed: Parsed, io: Io): Promise<FeedChoice> {
  const id = textOf(parsed, "preset");
  const path = textOf(parsed, "mapping");
  const wanted = textOf(parsed, "feed");
  if ((id === undefined) === (path === undefined))
    throw new UsageError("say with --preset ID or --mapping FILE.json what the file looks like");
  const found = id === undefined ? await fromFile(path ?? "", wanted) : await fromPreset(id, wanted, io);
  return {
    ...found,
    encodingOf(label) {
      const encoding = outputEncodings.find((one) => one === label);
      if (label !== undefined && encoding === undefined)
        throw new UsageError(`files are written in ${outputEncodings.join(", ")}, not in ${label}`);
      return encoding ?? found.feed.encoding;
    },
    async from(name) {
      if (name === undefined) return undefined;
      const [preset = "", feed] = name.split(":");
      return (await fromPreset(preset, feed, io)).feed;
    },
    async summarize(file, options) {
      const source = await openSource(file, io);
      return summarizeFeed(source.input(), found.feed, { parameters: options.parameters, file });
    },
  };
}

type Found = Pick<FeedChoice, "name" | "feed">;

async function fromPreset(id: string, wanted: string | undefined, io: Io): Promise<Found> {
  const preset = findPreset(await io.presets(), id);
  return feedOf(preset, wanted, id);
}

async function fromFile(path: string, wanted: string | undefined): Promise<Found> {
  const json = await readJson(path);
  try {
    if (typeof json === "object" && json !== null && "feeds" in json) return feedOf(json as Preset, wanted, path);
    const mapping = parseMapping(json);
    const records = mapping.target === "stockLevel" ? "stockLevels" : "products";
    return { name: path, feed: { direction: "export", records, title: path, mapping } };
  } catch (error) {
    if (error instanceof DefinitionError) throw new Failure(`${path}: ${error.message}`);
    throw error;
  }
}

function feedOf(preset: Preset, wanted: string | undefined, name: string): Found {
  const names = Object.keys(preset.feeds).filter((feed) => preset.feeds[feed]?.direction === "export");
  const [only = ""] = names;
  if (wanted === undefined && names.length !== 1)
    throw new UsageError(
      names.length === 0
        ? `${name} has no feed to write`
        : `${name} has several feeds; take --feed ${names.join(" or ")}`,
    );
  try {
    return { name: `${name}/${wanted ?? only}`, feed: exportFeed(preset, wanted ?? only) };
  } catch (error) {
    throw error instanceof DefinitionError ? new Failure(error.message) : error;
  }
}
