import { DefinitionError } from "./errors.ts";
import type { DocumentOptions } from "./model/document/options.ts";
import type { InvoiceRuleData } from "./model/invoice.ts";
import type { ExportOptions } from "./model/offer/offer.ts";
import type { MappingData } from "./mapping/spec.ts";
import type { HttpDelivery } from "./transfer/delivery.ts";
import type { Encoding } from "./xml/charset.ts";
import type { OutputEncoding } from "./xml/encoder.ts";

export type { InvoiceRuleData } from "./model/invoice.ts";

/**
 * How sure a preset is. `verified`: against a real file or the vendor's schema. `documented`: by the vendor's
 * documentation. `draft`: no public evidence; the preset is a starting point.
 */
export type Maturity = "verified" | "documented" | "draft";

/** Where knowledge of a platform comes from. */
export interface Provenance {
  readonly title: string;
  readonly url?: string | undefined;
  /** Day on which it was read, `"2026-11-20"`. */
  readonly date: string;
}

/** One kind of file that a shop exports. */
export interface ImportFeed {
  readonly direction: "import";
  readonly records: "orders" | "invoices";
  readonly title: string;
  /** Pattern of the file's name, `orders*.xml`. */
  readonly fileName?: string | undefined;
  /** Encoding of files that state none. */
  readonly encoding?: Encoding | undefined;
  readonly mapping: MappingData;
  /** How orders of this feed become invoices. */
  readonly invoice?: InvoiceRuleData | undefined;
  /** Place of the format's version, `/isdoc:Invoice/@version`. */
  readonly version?: string | undefined;
  /** How such files are written, where programs also import them. */
  readonly write?: DocumentWriting | undefined;
  /** How the platform gives it over HTTP. */
  readonly delivery?: HttpDelivery | undefined;
}

/** How orders or invoices are written. */
export interface DocumentWriting {
  /** Mapping for writing, where the one for reading cannot be turned round. */
  readonly mapping?: MappingData | undefined;
  /** Mapping of credit notes, where they look different. */
  readonly creditNotes?: MappingData | undefined;
  /** @defaultValue "utf-8" */
  readonly encoding?: OutputEncoding | undefined;
  /** How records are prepared, unless the user says otherwise. */
  readonly options?: DocumentOptions | undefined;
}

/** What a platform takes in one file. */
export interface FeedLimits {
  /** Records, variants of a product not counted. */
  readonly maxItems?: number | undefined;
  /** Variants of one product. */
  readonly maxVariants?: number | undefined;
}

/** One kind of file that a shop imports. Its mapping also reads such files back. */
export interface ExportFeed {
  readonly direction: "export";
  readonly records: "products" | "stockLevels";
  readonly title: string;
  /** Name under which shops expect the file, `products.xml`. */
  readonly fileName?: string | undefined;
  /** @defaultValue "utf-8" */
  readonly encoding?: OutputEncoding | undefined;
  readonly mapping: MappingData;
  /** What goes out, unless the user says otherwise. */
  readonly options?: ExportOptions | undefined;
  readonly limits?: FeedLimits | undefined;
  /** How sure this feed is, where that differs from the preset. */
  readonly maturity?: Maturity | undefined;
}

export type Feed = ImportFeed | ExportFeed;

/** What may be special about an order: the samples of a preset show each, or the preset says why they cannot. */
export type Situation =
  | "company"
  | "privatePerson"
  | "czech"
  | "slovak"
  | "twoRates"
  | "discount"
  | "freeShipping"
  | "paidShipping"
  | "cashOnDelivery"
  | "rounding"
  | "foreignCurrency"
  | "cancelled"
  | "oneLine"
  | "manyLines"
  | "missingBlocks"
  | "windows1250";

/** Everything that is known of one platform: plain data, the same in TypeScript and in JSON. */
export interface Preset {
  /** Kebab-case; also the name of its folder and subpath. */
  readonly id: string;
  readonly title: string;
  readonly maturity: Maturity;
  readonly provenance: readonly Provenance[];
  /** What is not known, and what cannot be done, each with its reason. */
  readonly limitations?: readonly string[] | undefined;
  /** Situations that its files of orders or invoices cannot show, each with the reason; its samples show all others. */
  readonly without?: Readonly<Partial<Record<Situation, string>>> | undefined;
  readonly feeds: Readonly<Record<string, Feed>>;
}

/** @throws {@link DefinitionError} PRESET_INVALID if the id is not kebab-case or a date or feed is missing. */
export function definePreset<const Definition extends Preset>(preset: Definition): Definition {
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(preset.id))
    throw new DefinitionError("PRESET_INVALID", `"${preset.id}" is not kebab-case`);
  if (Object.keys(preset.feeds).length === 0) throw new DefinitionError("PRESET_INVALID", `${preset.id}: no feeds`);
  if (preset.maturity !== "draft" && preset.provenance.length === 0)
    throw new DefinitionError("PRESET_INVALID", `${preset.id}: only a draft may do without provenance`);
  return preset;
}

/** The feed that holds these records; undefined if the preset has none. */
export function importFeed(preset: Preset, records: ImportFeed["records"]): ImportFeed | undefined {
  return Object.values(preset.feeds).find(
    (feed): feed is ImportFeed => feed.direction === "import" && feed.records === records,
  );
}

/**
 * The feed of this name that shops import.
 *
 * @throws {@link DefinitionError} PRESET_INVALID, naming the feeds that there are.
 */
export function exportFeed(preset: Preset, name: string): ExportFeed {
  const feed = preset.feeds[name];
  if (feed?.direction === "export") return feed;
  const names = Object.keys(preset.feeds).filter((one) => preset.feeds[one]?.direction === "export");
  throw new DefinitionError(
    "PRESET_INVALID",
    `preset "${preset.id}" has no feed "${name}" to write; it has ${names.join(", ") || "none"}`,
  );
}

/** Whether each record of a feed is written as a document of its own. */
export function writesApart(feed: Feed | undefined): boolean {
  const mapping = feed?.direction === "import" ? (feed.write?.mapping ?? feed.mapping) : feed?.mapping;
  return mapping?.document?.perRecord === true;
}
