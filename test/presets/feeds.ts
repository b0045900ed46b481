import { presets } from "../../presets/index.ts";
import {
  compileMapping,
  type ExportFeed,
  type FeedReport,
  formatIssue,
  type Issue,
  type Product,
  readRecords,
  type StockLevel,
  writeDocuments,
  writeProductDocuments,
  writeProducts,
  type WriteProductsOptions,
  writeRecords,
} from "../../src/index.ts";
import { type SampleFolder, samplesIn } from "../../src/testing/index.ts";
import { schemaAvailable, type SchemaName, validateChunks, validateEach } from "../validation.ts";

/** What the files of a feed must follow. */
export interface Rule {
  readonly schema: SchemaName;
  /** What the schema wants and only the shop knows, with the text that it stands before. */
  readonly added?: readonly [before: string, text: string];
  /** What the schema is known to refuse in unusual files, and why. Once it does not, tests say so. */
  readonly gap?: RegExp;
}

/** Rules by `preset/feed`. What is not here follows no public schema. */
const rules: Readonly<Record<string, Rule>> = {
  "fastcentrik/pohoda": { schema: "pohoda-response" },
  "google/products": { schema: "google" },
  "heureka/availability": { schema: "heureka-availability" },
  "heureka/offers": {
    schema: "heureka-offer",
    // Carriers are fixed texts that each shop adds.
    added: ["</SHOPITEM>", "<DELIVERY><DELIVERY_ID>PPL</DELIVERY_ID><DELIVERY_PRICE>99.00</DELIVERY_PRICE></DELIVERY>"],
  },
  "money-s3/stock": { schema: "money-s3" },
  "pohoda/listStock": { schema: "pohoda-response" },
  "pohoda/newStock": { schema: "pohoda-data" },
  "pohoda/stock": { schema: "pohoda-data" },
  "prestashop/combinations": { schema: "prestashop" },
  "prestashop/products": { schema: "prestashop" },
  "prestashop/stock": { schema: "prestashop" },
  "shoptet/complete": { schema: "shoptet-complete" },
  "shoptet/prices": { schema: "shoptet-supplier" },
  "shoptet/stock": { schema: "shoptet-supplier" },
  "shoptet/supplier": { schema: "shoptet-supplier" },
  "upgates/products": { schema: "upgates-products" },
  "upgates/small": { schema: "upgates-small" },
  "zbozi/offers": { schema: "zbozi" },
};

/** A feed that shops import. */
export interface Exporting {
  /** `shoptet/stock`, and the same feed of other presets. */
  readonly name: string;
  readonly feed: ExportFeed;
  readonly rule: Rule | undefined;
  /** What its samples set, for products in crowns. */
  readonly parameters: Readonly<Record<string, string>>;
}

export function foldersOf(id: string): SampleFolder {
  return samplesIn(new URL(`../../presets/${id}/samples/`, import.meta.url));
}

export function ruleOf(id: string, feed: string): Rule | undefined {
  return rules[`${id}/${feed}`];
}

/** Names in the table of rules that no preset has. */
export function unknownRules(): readonly string[] {
  return Object.keys(rules).filter((name) => {
    const [id = "", feed = ""] = name.split("/");
    return presets[id]?.feeds[feed]?.direction !== "export";
  });
}

/** What a schema says against documents, each error once and without its place. */
export interface Judgement {
  readonly errors: readonly string[];
  /** Errors of the gap that the rule names. */
  readonly known: readonly string[];
}

/** Nothing is said where there is no schema. */
export async function judge(documents: readonly Uint8Array[], rule: Rule | undefined): Promise<Judgement> {
  if (rule === undefined || !schemaAvailable(rule.schema)) return { errors: [], known: [] };
  const { schema, added, gap } = rule;
  const whole = added === undefined ? documents : documents.map((document) => completed(document, added));
  const found: string[] = [];
  if (whole.length === 1) found.push(...(await validateChunks(whole[0]!, schema)).errors);
  // Names of too many files do not fit into one call.
  for (let from = 0; whole.length > 1 && from < whole.length; from += 500)
    for (const { errors } of await validateEach(whole.slice(from, from + 500), schema)) found.push(...errors);
  const all = [...new Set(found.map((error) => error.replace(/^(?:part \d+: )?\d+: /, "")))];
  return {
    errors: all.filter((error) => gap?.test(error) !== true),
    known: all.filter((error) => gap?.test(error) === true),
  };
}

function completed(document: Uint8Array, [before, text]: NonNullable<Rule["added"]>): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(document).replaceAll(before, text + before);
}

/** Every feed that shops import, those that several presets share once. */
export function exportFeeds(): readonly Exporting[] {
  const known = new Map<string, Exporting>();
  for (const [id, preset] of Object.entries(presets))
    for (const [name, feed] of Object.entries(preset.feeds)) {
      if (feed.direction !== "export") continue;
      const key = JSON.stringify([feed.mapping, feed.options, feed.encoding]);
      const same = known.get(key);
      known.set(key, {
        name: same === undefined ? `${id}/${name}` : `${same.name}, ${id}/${name}`,
        feed,
        rule: same?.rule ?? ruleOf(id, name),
        parameters: same?.parameters ?? parametersOf(id, name, feed),
      });
    }
  return [...known.values()];
}

function parametersOf(id: string, name: string, { mapping }: ExportFeed): Readonly<Record<string, string>> {
  const sample = foldersOf(id).writes.find(({ sample: { feed } }) => feed === name)?.sample;
  const currencies = Object.keys(mapping.parameters ?? {}).filter((parameter) => /currency$/i.test(parameter));
  return { ...sample?.parameters, ...Object.fromEntries(currencies.map((parameter) => [parameter, "CZK"])) };
}

/** What came of products. */
export interface Written {
  /** One, or one for each record. */
  readonly documents: readonly Uint8Array[];
  readonly report: FeedReport;
  /** Those of records that were not written, one entry for each of them. */
  readonly refusals: readonly (readonly Issue[])[];
}

export async function write(
  products: Iterable<Product>,
  { feed, parameters }: Pick<Exporting, "feed" | "parameters">,
): Promise<Written> {
  const refusals: (readonly Issue[])[] = [];
  const listening: WriteProductsOptions = {
    parameters,
    maxIssues: 0,
    onIssues: (issues, written) => {
      if (!written) refusals.push(issues);
    },
  };
  const documents: Uint8Array[] = [];
  if (feed.mapping.document?.perRecord === true) {
    const stream = writeProductDocuments(products, feed, listening);
    for await (const { bytes } of stream) documents.push(bytes);
    return { documents, report: stream.report, refusals };
  }
  const stream = writeProducts(products, feed, listening);
  for await (const piece of stream) documents.push(piece);
  return { documents: [Buffer.concat(documents)], report: stream.report, refusals };
}

export type ExportRecord = Product | StockLevel;

/** What is read back from a feed's own files. */
export interface ReadBack {
  readonly records: readonly ExportRecord[];
  readonly rejected: number;
  readonly issues: readonly string[];
}

export async function readBack(
  documents: readonly Uint8Array[],
  exporting: Pick<Exporting, "feed" | "parameters">,
): Promise<ReadBack> {
  const { feed, parameters } = exporting;
  const records: ExportRecord[] = [];
  const issues: string[] = [];
  let rejected = 0;
  const mapping = compileMapping(feed.mapping, { parameters });
  for (const document of documents) {
    const stream = readRecords<ExportRecord>(document, mapping, { presetEncoding: feed.encoding });
    for await (const item of stream) {
      issues.push(...item.issues.map(formatIssue));
      if (item.ok) records.push(item.record);
      else rejected++;
    }
    issues.push(...stream.report.issues.map(formatIssue));
  }
  return { records, rejected, issues };
}

/** Writes records as they are, without choosing, skipping or calculating anything. */
export async function writeAgain(
  records: readonly ExportRecord[],
  { feed, parameters }: Pick<Exporting, "feed" | "parameters">,
): Promise<readonly Uint8Array[]> {
  const { skip: _skip, ...mapping } = feed.mapping;
  const options = { encoding: feed.encoding, parameters };
  const pieces: Uint8Array[] = [];
  if (mapping.document?.perRecord === true) {
    for await (const { bytes } of writeDocuments(records, mapping, options)) pieces.push(bytes);
    return pieces;
  }
  for await (const piece of writeRecords(records, mapping, options)) pieces.push(piece);
  return [Buffer.concat(pieces)];
}

/** Bytes as text that a failing test can show, one character a byte. */
export function shown(documents: readonly Uint8Array[]): string {
  return Buffer.concat(documents).toString("latin1");
}
