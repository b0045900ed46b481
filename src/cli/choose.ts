import { z } from "zod";
import { detectPreset } from "../detect.ts";
import { DefinitionError } from "../errors.ts";
import { parseDefinition, parseMapping } from "../mapping/schema.ts";
import type { MappingData } from "../mapping/spec.ts";
import type { InvoiceRules } from "../model/invoice.ts";
import { type ImportFeed, importFeed, type Preset } from "../preset.ts";
import { type Encoding, encodings } from "../xml/charset.ts";
import { choiceOf, type Parsed, textOf } from "./arguments.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { readJson, type Source } from "./source.ts";

/** What a file is read with. */
export interface Choice {
  /** For messages: `preset shoptet`, `my.json`. */
  readonly name: string;
  readonly mapping: MappingData;
  readonly presetEncoding: Encoding | undefined;
  /** What comes out. */
  readonly records: "orders" | "invoices" | "custom";
  /** Rules by which the orders of the file become invoices; undefined if they stay what they are. */
  readonly invoice: InvoiceRules | undefined;
}

/** Options of commands that read records. */
export const readingOptions = {
  preset: { type: "string" },
  mapping: { type: "string" },
  as: { type: "string" },
  param: { type: "string", multiple: true },
  encoding: { type: "string" },
} as const;

export const readingHelp = `  --preset ID           platform that the file comes from; see "propojka presets"
  --mapping FILE.json   your own mapping or preset
                        without either: the preset that fits the file
  --as KIND             orders or invoices; orders can be read as invoices
  --param NAME=VALUE    a parameter of the mapping, such as currency=EUR; repeatable
  --encoding NAME       encoding of the file, where its XML declaration is wrong`;

/** What has to be right in a preset to read with it; its mappings are checked where they are used. */
const presetFile = z.looseObject({
  feeds: z.record(
    z.string(),
    z.looseObject({
      records: z.enum(["orders", "invoices"]),
      encoding: z.enum(encodings).optional(),
      mapping: z.looseObject({}),
    }),
  ),
});

/** How sure the guess must be: with less, a third of the file's places or of the preset's fields would have no counterpart. */
const SURE = 0.35;
/** Presets that fit this much worse than the best one do not count. */
const MARGIN = 0.02;

/** Takes what the options name, or finds what fits the file and says so. */
export async function choose(parsed: Parsed, source: Source, io: Io): Promise<Choice> {
  const id = textOf(parsed, "preset");
  const path = textOf(parsed, "mapping");
  const as = choiceOf(parsed, "as", ["orders", "invoices"]);
  if (id !== undefined && path !== undefined) throw new UsageError("--preset and --mapping exclude each other");
  if (path !== undefined) return fromFile(path, as);
  const presets = await io.presets();
  if (id !== undefined) return fromPreset(findPreset(presets, id), as, `preset ${id}`);
  return detected(presets, as, source, io);
}

/** @throws {@link Failure} with the ids that there are. */
export function findPreset(presets: Readonly<Record<string, Preset>>, id: string): Preset {
  const preset = Object.hasOwn(presets, id) ? presets[id] : undefined;
  if (preset === undefined)
    throw new Failure(`there is no preset "${id}"; known are ${Object.keys(presets).join(", ") || "none"}`);
  return preset;
}

/** A mapping in a JSON file, or that of a preset in one. */
export async function readMapping(path: string): Promise<MappingData> {
  return (await fromFile(path, undefined)).mapping;
}

async function fromFile(path: string, as: "orders" | "invoices" | undefined): Promise<Choice> {
  const json = await readJson(path);
  try {
    if (typeof json === "object" && json !== null && "feeds" in json) {
      const preset = parseDefinition(presetFile, json, "PRESET_INVALID", "preset");
      return fromPreset(preset as unknown as Preset, as, path);
    }
    const mapping = parseMapping(json);
    if (mapping.target === "custom" && as !== undefined)
      throw new UsageError(`--as ${as}: ${path} has a target of its own`);
    if (mapping.target === "invoice" && as === "orders") throw new UsageError(`--as orders: ${path} reads invoices`);
    const records =
      mapping.target === "custom" ? "custom" : mapping.target === "invoice" ? "invoices" : (as ?? "orders");
    return {
      name: path,
      mapping,
      presetEncoding: undefined,
      records,
      invoice: mapping.target === "order" && as === "invoices" ? {} : undefined,
    };
  } catch (error) {
    if (error instanceof DefinitionError) throw new Failure(`${path}: ${error.message}`);
    throw error;
  }
}

function fromPreset(preset: Preset, as: "orders" | "invoices" | undefined, name: string): Choice {
  const feed =
    as === undefined
      ? (importFeed(preset, "orders") ?? importFeed(preset, "invoices"))
      : (importFeed(preset, as) ?? (as === "invoices" ? importFeed(preset, "orders") : undefined));
  if (feed === undefined) throw new Failure(`${name}: has no feed of ${as ?? "orders or invoices"}`);
  return fromFeed(feed, as, name);
}

function fromFeed(feed: ImportFeed, as: "orders" | "invoices" | undefined, name: string): Choice {
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
  const rivals = suited.filter(
    ({ score, preset }) => best !== undefined && preset !== best.preset && score > best.score - MARGIN,
  );
  const empty = best?.record === "parent" && rivals.length === 0;
  const feed = best === undefined ? undefined : presets[best.preset]?.feeds[best.feed];
  if (best === undefined || feed === undefined || (best.score < SURE && !empty))
    throw new Failure(await noneFits(head, suited.slice(0, 3), source));
  const also = rivals.length === 0 ? "" : `; it also fits ${rivals.map(({ preset }) => preset).join(", ")}`;
  io.stderr.write(`${source.name}: read with preset ${best.preset} (${best.records})${also}\n`);
  return fromFeed(feed, as, `preset ${best.preset}`);
}

async function noneFits(head: Uint8Array, suited: ReturnType<typeof detectPreset>, source: Source): Promise<string> {
  const { createInspector } = await import("../mapping/inspect.ts");
  const inspector = createInspector({ file: source.name });
  inspector.write(head);
  const { root } = inspector.end();
  const near = suited.length === 0 ? "" : `; nearest are ${suited.map(({ preset }) => preset).join(", ")}`;
  return `${source.name}: no preset fits this file, whose root element is <${root}>${near}. Name one with --preset, or write a mapping: "propojka inspect ${source.name === "standard input" ? "FILE" : source.name} --draft" drafts one`;
}
