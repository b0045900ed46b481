import Papa from "papaparse";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { createOffer, type Product, stockLevels } from "../../src/index.ts";
import { isKind, isSpec, type MappingData } from "../../src/mapping/spec.ts";
import { walkMapping } from "../../src/mapping/usage.ts";
import { nastyProducts, niceProducts } from "../products.ts";
import { schemaAvailable, schemaMissing } from "../validation.ts";
import {
  exportFeeds,
  type Exporting,
  type ExportRecord,
  judge,
  readBack,
  shown,
  unknownRules,
  write,
  writeAgain,
  type Written,
} from "./feeds.ts";

/** Unusual products for each feed: PROPOJKA_SOAK=20000 for a long run. */
const NASTY = Number(process.env["PROPOJKA_SOAK"] ?? 500);
/** Products in one file. */
const BATCH = 1500;
const NICE = 1000;
const feeds = exportFeeds();

it("knows the schemas of feeds that there are", () => {
  expect(feeds.length).toBeGreaterThan(0);
  expect(unknownRules()).toEqual([]);
});

describe.each(feeds.map((exporting) => [exporting.name, exporting] as const))("feed %s", (_, exporting) => {
  const { rule } = exporting;
  const followed =
    rule === undefined ? "no public schema" : (schemaMissing(rule.schema) ?? `the schema ${rule.schema}`);

  it(`writes ${NICE} ordinary products as they were offered: ${followed}`, { timeout: 120_000 }, async () => {
    const products = [...numbered(niceProducts(NICE, 1))];
    const written = await write(products, exporting);
    expectCounts(written, products.length);
    expect(written.report.written).toBeGreaterThan(0);

    const records = await expectReadable(written, exporting);
    const offered = offeredOf(products, exporting);
    expect(written.report.read).toBe(offered.length);
    expect(strangers(records, offered, exporting)).toEqual([]);
    expect(shown(await writeAgain(records, exporting))).toBe(shown(written.documents));
    expect((await judge(written.documents, rule)).errors).toEqual([]);
  });

  const long = { timeout: 60_000 + NASTY * 200 };
  it(`writes ${NASTY} unusual products or says why not: ${followed}`, long, async () => {
    const known = new Set<string>();
    const counts = { products: 0, records: 0, written: 0, rejected: 0, bytes: 0 };
    for (const products of batches(numbered(nastyProducts(NASTY, 1)), BATCH)) {
      const written = await write(products, exporting);
      expectCounts(written, products.length);
      counts.products += products.length;
      counts.records += written.report.read;
      counts.written += written.report.written;
      counts.rejected += written.refusals.length;
      counts.bytes += written.report.bytes;
      expect(recordsIn(written.documents, exporting)).toBe(written.report.written);

      const records = await expectReadable(written, exporting);
      // White space at the ends and the like is gone after the first time.
      const settled = await writeAgain(records, exporting);
      const again = await readBack(settled, exporting);
      expect(shown(await writeAgain(again.records, exporting))).toBe(shown(settled));

      const judgement = await judge(written.documents, rule);
      expect(judgement.errors).toEqual([]);
      for (const error of judgement.known) known.add(error);
    }
    if (NASTY > BATCH) console.info(exporting.name, counts);
    // Once the gap is closed, the rule need not name it any more.
    if (rule?.gap !== undefined && schemaAvailable(rule.schema)) expect(known.size).toBeGreaterThan(0);
  });
});

/** Everything that was written is read back, without a warning. */
async function expectReadable({ documents, report }: Written, exporting: Exporting): Promise<readonly ExportRecord[]> {
  const { records, rejected, issues } = await readBack(documents, exporting);
  expect(issues).toEqual([]);
  expect(rejected).toBe(0);
  expect(records).toHaveLength(report.written);
  return records;
}

/** The same products with numbers of the shop's for variants and rows of stock, which some shops cannot do without. */
function* numbered(products: Iterable<Product>): Generator<Product, void, undefined> {
  let index = 0;
  for (const product of products) {
    const number = 1_000_000 + index++ * 100;
    yield {
      ...product,
      ...(product.stock && { stock: { ...product.stock, externalId: String(number) } }),
      ...(product.variants && {
        variants: product.variants.map((variant, nth) => ({
          ...variant,
          ...(variant.externalId !== undefined && { externalId: String(number + nth + 1) }),
          ...(variant.stock && { stock: { ...variant.stock, externalId: String(number + nth + 1) } }),
        })),
      }),
    };
  }
}

function* batches<Item>(items: Iterable<Item>, size: number): Generator<Item[], void, undefined> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Every product and every record is somewhere, and whatever was not written has an error that says so. */
function expectCounts({ documents, report, refusals }: Written, products: number): void {
  const { offered, leftOut, refused, read, written, rejected, skipped: left } = report;
  expect(report.products).toBe(products);
  expect(offered + leftOut + refused).toBe(products);
  expect(written + rejected + left).toBe(read);
  expect(refusals).toHaveLength(refused + rejected);
  expect(refusals.filter((issues) => !issues.some(({ severity }) => severity === "error"))).toEqual([]);
  expect(report.bytes).toBe(documents.reduce((sum, { length }) => sum + length, 0));
}

/** How many records another parser finds. */
function recordsIn(documents: readonly Uint8Array[], { feed }: Exporting): number {
  const { mapping, encoding = "utf-8" } = feed;
  const decoder = new TextDecoder(encoding, { fatal: true });
  const texts = documents.map((document) => decoder.decode(document));
  return texts.reduce((sum, text) => sum + (mapping.csv ? rowsIn(text, mapping) : elementsIn(text, mapping)), 0);
}

function rowsIn(text: string, { csv }: MappingData): number {
  const { data, errors } = Papa.parse<string[]>(text.trimEnd(), { delimiter: csv?.separator ?? ";" });
  expect(errors).toEqual([]);
  const columns = Object.keys(csv?.columns ?? {}).length;
  expect(data.filter((row) => row.length !== columns)).toEqual([]);
  return data.length - 1;
}

function elementsIn(text: string, { record }: MappingData): number {
  const path = ([record].flat()[0] ?? "").split("/").slice(1);
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  let count = 0;
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("opentag", ({ name }) => {
    if (++depth === path.length && name === path.at(-1)) count++;
  });
  parser.on("closetag", () => depth--);
  parser.write(text).close();
  return count;
}

/** The records that the feed's options make of products. */
function offeredOf(products: readonly Product[], { feed }: Exporting): readonly ExportRecord[] {
  const offer = createOffer(feed.options);
  return products.flatMap((product) => {
    const result = offer(product);
    const chosen = result.leftOut === undefined ? result.products : [];
    return feed.records === "stockLevels" ? chosen.flatMap(stockLevels) : chosen;
  });
}

/**
 * Values that were read back and that were not offered in the same field: `"weight: 1570"`. What is only read may repeat
 * any value of its record or a parameter.
 */
function strangers(
  records: readonly ExportRecord[],
  offered: readonly ExportRecord[],
  { feed, parameters }: Exporting,
): readonly string[] {
  const byName = new Map(offered.map((record) => [record.code, record]));
  // Some files name a product by its first variant, or by its row of stock.
  for (const record of offered) {
    const { variants, stock }: Partial<Product> = record;
    for (const name of [variants?.[0]?.code, stock?.externalId]) if (name !== undefined) byName.set(name, record);
  }
  const settings = new Set([
    ...Object.values(feed.mapping.parameters ?? {}).map(({ default: value }) => value),
    ...Object.values(parameters),
  ]);
  const onlyRead = fieldsOnlyRead(feed.mapping);
  const found = new Set<string>();
  for (const record of records) {
    const own = valuesOf(byName.get(record.code));
    const all = new Set([...own.values()].flatMap((values) => [...values]));
    for (const [field, values] of valuesOf(record))
      for (const value of values) {
        const elsewhere = onlyRead.some((start) => field.startsWith(start)) && (all.has(value) || settings.has(value));
        if (own.get(field)?.has(value) !== true && !elsewhere) found.add(`${field}: ${value}`);
      }
  }
  return [...found].slice(0, 20);
}

function fieldsOnlyRead(mapping: MappingData): readonly string[] {
  const fields = new Set<string>();
  walkMapping(mapping, {
    node(node, field) {
      if (isSpec(node) && isKind(node, "only") && node.direction === "read") fields.add(field);
    },
  });
  return [...fields];
}

/** Texts by field, `"prices[].gross"`; trailing zeros of decimals do not count. */
function valuesOf(
  value: unknown,
  field = "",
  into = new Map<string, Set<string>>(),
): ReadonlyMap<string, ReadonlySet<string>> {
  if (Array.isArray(value)) for (const item of value) valuesOf(item, `${field}[]`, into);
  else if (typeof value === "object" && value !== null)
    for (const [key, child] of Object.entries(value)) valuesOf(child, field === "" ? key : `${field}.${key}`, into);
  else if (typeof value === "string" || typeof value === "boolean") {
    const values = into.get(field) ?? new Set();
    into.set(field, values.add(String(value).replace(/^(-?\d+)(?:\.0+|(\.\d*[1-9])0+)$/, "$1$2")));
  }
  return into;
}
