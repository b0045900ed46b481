import { type Change, customize, customizePreset } from "../customize.ts";
import { DefinitionError } from "../errors.ts";
import { type Feed, importFeed, type Preset } from "../preset.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { parsePreset } from "./preset-file.ts";
import { readJson } from "./source.ts";

/** A preset as one shop needs it. */
export interface Overridden {
  readonly preset: Preset;
  readonly changes: readonly Change[];
}

/**
 * Lays the override in a JSON file over a preset. It has the shape of a preset, `{ "feeds": … }`, or that of the mapping
 * of one feed: of the one that is named, or else of the orders, the invoices, the only feed.
 *
 * @throws {@link Failure} if the file is none, or the preset would be wrong with it.
 */
export async function overridden(preset: Preset, path: string, feed: string | undefined, io: Io): Promise<Overridden> {
  const json = await readJson(path, io);
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new Failure(`${path}: an override is an object, such as { "fields": { "number": { "path": "CODE" } } }`);
  try {
    return "feeds" in json ? wholePreset(preset, json) : oneFeed(preset, json, feed ?? mainFeed(preset));
  } catch (error) {
    throw error instanceof DefinitionError ? new Failure(`${path}: ${error.message}`) : error;
  }
}

function wholePreset(preset: Preset, override: object): Overridden {
  const result = customizePreset(preset, override);
  parsePreset(result.preset);
  return result;
}

function oneFeed(preset: Preset, override: object, name: string): Overridden {
  const feed: Feed | undefined = Object.hasOwn(preset.feeds, name) ? preset.feeds[name] : undefined;
  if (feed === undefined)
    throw new UsageError(`${preset.id} has no feed "${name}"; it has ${Object.keys(preset.feeds).join(", ")}`);
  const { mapping, changes } = customize(feed.mapping, override);
  const prefix = `feeds.${name}.mapping`;
  return {
    preset: { ...preset, feeds: { ...preset.feeds, [name]: { ...feed, mapping } } },
    changes: changes.map((change) => ({ ...change, path: `${prefix}.${change.path}` })),
  };
}

function mainFeed(preset: Preset): string {
  const names = Object.keys(preset.feeds);
  const main = importFeed(preset, "orders") ?? importFeed(preset, "invoices");
  const found = names.find((name) => preset.feeds[name] === main) ?? (names.length === 1 ? names[0] : undefined);
  if (found !== undefined) return found;
  throw new UsageError(`${preset.id} has several feeds; take --feed ${names.join(" or ")}`);
}
