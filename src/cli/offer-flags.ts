import { DefinitionError } from "../errors.ts";
import { mergeOptions } from "../feed/products.ts";
import type { ExportOptions } from "../model/offer/offer.ts";
import { checkExportOptions } from "../model/offer/options.ts";
import { choiceOf, listOf, numberOf, type Parsed, textOf } from "./arguments.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { readJson } from "./source.ts";

/** Options that say what of the catalogue goes out. */
export const offerFlags = {
  options: { type: "string" },
  sold: { type: "boolean" },
  stocked: { type: "boolean" },
  "in-stock": { type: "boolean" },
  codes: { type: "string" },
  "changed-since": { type: "string" },
  "price-list": { type: "string" },
  "more-lists": { type: "string" },
  currency: { type: "string" },
  prices: { type: "string" },
  scale: { type: "string" },
  step: { type: "string" },
  stock: { type: "string" },
  warehouses: { type: "string" },
  "by-warehouse": { type: "boolean" },
  negative: { type: "string" },
  cap: { type: "string" },
  availability: { type: "string", multiple: true },
  "no-images": { type: "boolean" },
  "no-descriptions": { type: "boolean" },
  variants: { type: "string" },
} as const;

export const offerHelp = `  --options FILE.json   all of this as data, and what has no option here; single options go before it
  --sold                only products offered for sale
  --stocked             only products whose stock is kept
  --in-stock            only what can be sold now
  --codes A,B           only these codes
  --changed-since WHEN  only what changed then or later: 2026-03-04 or 2026-03-04T18:00:00+01:00
  --price-list NAME     the price list that gives the main price
  --more-lists A,B      further lists that go along; "all" for every one
  --currency CODE       only prices in it
  --prices BASIS        net, gross or both: the amount that is in force and written
  --scale N             decimals of prices
  --step AMOUNT         round prices to multiples of it: 1, 0.05
  --stock RULE          onHand, or available: on hand minus reserved
  --warehouses A,B      only these warehouses count
  --by-warehouse        the stock by warehouse instead of the total
  --negative RULE       zero or keep: what becomes of stock below zero
  --cap QUANTITY        never show more
  --availability LEVEL  FROM=TEXT or FROM=TEXT:DAYS, such as "1=Skladem:0"; repeatable
  --no-images, --no-descriptions
  --variants FORM       nested, items (products of their own) or omit`;

/** The export options that the arguments name. @throws {@link Failure} if some are wrong. */
export async function exportOptionsOf(parsed: Parsed, io: Io): Promise<ExportOptions> {
  const path = textOf(parsed, "options");
  const file: unknown = path === undefined ? {} : await readJson(path, io);
  const checked = checkedOptions(file, path === undefined ? "" : `${path}: `);
  return checkedOptions(mergeOptions(checked, flagsOf(parsed)), "");
}

/** @param place of the mistakes, `"options.json: "` */
function checkedOptions(options: unknown, place: string): ExportOptions {
  try {
    checkExportOptions(options);
    return options;
  } catch (error) {
    if (error instanceof DefinitionError) throw new Failure(error.message.replace(/^/gm, place));
    throw error;
  }
}

/** Those that have an argument of their own; not checked yet. */
function flagsOf(parsed: Parsed): ExportOptions {
  const { values } = parsed;
  const select = present({
    sold: yes(values["sold"]),
    stocked: yes(values["stocked"]),
    inStock: yes(values["in-stock"]),
    codes: listOf(parsed, "codes"),
    changedSince: textOf(parsed, "changed-since"),
  });
  const lists = listOf(parsed, "more-lists");
  const prices = present({
    list: textOf(parsed, "price-list"),
    also: lists?.length === 1 && lists[0] === "all" ? "all" : lists,
    currency: textOf(parsed, "currency"),
    basis: choiceOf(parsed, "prices", ["net", "gross", "both"]),
    scale: numberOf(parsed, "scale"),
    step: textOf(parsed, "step"),
  });
  const stock = present({
    quantity: choiceOf(parsed, "stock", ["onHand", "available"]),
    warehouses: listOf(parsed, "warehouses"),
    breakdown: yes(values["by-warehouse"]),
    negative: choiceOf(parsed, "negative", ["zero", "keep"]),
    cap: textOf(parsed, "cap"),
  });
  const levels = values["availability"];
  return {
    ...present({
      select,
      prices,
      stock,
      availability: Array.isArray(levels) ? levels.map((level) => levelOf(String(level))) : undefined,
      images: no(values["no-images"]),
      descriptions: no(values["no-descriptions"]),
      variants: choiceOf(parsed, "variants", ["nested", "items", "omit"]),
    }),
  };
}

/** The members that are stated; undefined if none is. */
function present(options: Readonly<Record<string, unknown>>): object | undefined {
  const stated = Object.entries(options).filter(([, value]) => value !== undefined);
  return stated.length === 0 ? undefined : Object.fromEntries(stated);
}

function yes(value: unknown): true | undefined {
  return value === true ? true : undefined;
}

function no(value: unknown): false | undefined {
  return value === true ? false : undefined;
}

/** `"1=Skladem:0"` → from 1 pieces, "Skladem", 0 days. */
function levelOf(text: string): object {
  const match = /^\s*(-?[\d.]+)\s*=(.*?)(?::(\d+))?$/.exec(text);
  const [, from, words = "", days] = match ?? [];
  if (from === undefined || (words === "" && days === undefined))
    throw new UsageError(`--availability takes FROM=TEXT or FROM=TEXT:DAYS, not "${text}"`);
  return { from, ...(words !== "" && { text: words }), ...(days !== undefined && { days }) };
}
