import { z } from "zod";
import { detectPreset, type Detection } from "../detect.ts";
import { DefinitionError } from "../errors.ts";
import { createInspector } from "../mapping/inspect.ts";
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

/** A file that fits has far more; one that merely has the same outer elements has a third. */
const SURE = 0.5;
/** Presets that fit this much worse than the best one do not count. */
const MARGIN = 0.02;
/** Feeds of one preset that read the same file differ by no more. */
const NEAR = 0.1;

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
