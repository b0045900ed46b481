import { z } from "zod";
import { DefinitionError } from "../../errors.ts";
import { currencySchema, dateSchema, decimalSchema, instantSchema } from "../order.ts";
import type { Decimal, Instant, IsoDate } from "../order.ts";
import * as exact from "../scaled.ts";
import type { RoundingMode } from "../scaled.ts";

/** What of the catalogue goes out, at which price and stock. Plain data; {@link exportOptionsSchema} validates it. */
export interface ExportOptions {
  readonly select?: SelectOptions | undefined;
  /** Left out: all prices go out as the catalogue states them, and nothing is checked. */
  readonly prices?: PriceOptions | undefined;
  /** Left out: the defaults hold. */
  readonly stock?: StockOptions | undefined;
  /**
   * The level with the highest `from` that the sellable quantity reaches gives the availability; the quantity counts
   * after `stock.negative` and before `stock.cap`. Where no level is reached or the quantity is not known, and for what
   * the level does not state, the catalogue's own stands.
   */
  readonly availability?: readonly AvailabilityLevel[] | undefined;
  /** @defaultValue true */
  readonly images?: boolean | undefined;
  /** `description` and `shortDescription`. @defaultValue true */
  readonly descriptions?: boolean | undefined;
  /**
   * `items`: each variant is a product of its own, `variantOf` naming the product, which itself is left out. It has all
   * of the product that it does not state itself, and its parameters besides those of the product; only `externalId`,
   * `ean` and `stock` are never handed down, since they identify and count one thing. A variant without a name is called
   * after the product and its parameters: `"Triko Vltava, M"`. `omit`: only the product goes out.
   *
   * @defaultValue "nested"
   */
  readonly variants?: "nested" | "items" | "omit" | undefined;
  /**
   * Where nested variants have their details. `variants`: a product with variants keeps `externalId`, `url` and `images`
   * of what a variant can state too; the rest goes to the variants, as with `items`. @defaultValue "both"
   */
  readonly details?: "both" | "variants" | undefined;
}

/** Which products go out: those that meet every condition. */
export interface SelectOptions {
  /** Offered for sale; a product that does not say so counts as offered. */
  readonly sold?: boolean | undefined;
  /** With stock kept; a product that does not say so counts as such. */
  readonly stocked?: boolean | undefined;
  /** With a sellable quantity above zero, itself or in a variant; one that is not known is not above zero. */
  readonly inStock?: boolean | undefined;
  /** Codes of products, or of variants: those bring their product, or go alone where variants are `items`. */
  readonly codes?: readonly string[] | undefined;
  /**
   * Changed then or later; a product without `changedAt` counts as changed. Two times are compared as moments. If either
   * side is a date, days are compared, that of a time being the one it states in its own offset.
   */
  readonly changedSince?: Instant | IsoDate | undefined;
}

/** Which prices go out, and how they are calculated. */
export interface PriceOptions {
  /** Price list that becomes the main price. @defaultValue the main price */
  readonly list?: string | undefined;
  /**
   * Takes the main price where that list has none in its currency. @defaultValue false: there is no main price then,
   * and `prices` is empty unless others go along
   */
  readonly fallback?: boolean | undefined;
  /** Further lists that go along under their names. @defaultValue none */
  readonly also?: readonly string[] | "all" | undefined;
  /** Only prices in it, the regular and the purchase price too. @defaultValue all */
  readonly currency?: string | undefined;
  /**
   * Which amount is in force and written. The other one is dropped, or with `both` derived where it is not stated. The
   * purchase price keeps both. @defaultValue "both"
   */
  readonly basis?: "net" | "gross" | "both" | undefined;
  /** Decimals of an amount, 0 to 6. @defaultValue 2 */
  readonly scale?: number | undefined;
  /** @defaultValue "halfUp" */
  readonly rounding?: RoundingMode | undefined;
  /**
   * Rounds the amount in force, with `both` the gross one, to multiples of it: `"1"`, `"0.05"`. The net amount is then
   * calculated anew where that changes the gross one. Not for purchase prices.
   */
  readonly step?: Decimal | undefined;
}

/** Which quantity goes out. */
export interface StockOptions {
  /**
   * `available`: on hand minus reserved. Where no warehouse says what of it is reserved, the whole reserved quantity is
   * taken off, also from a choice of warehouses. @defaultValue "onHand"
   */
  readonly quantity?: "onHand" | "available" | undefined;
  /** Codes of the warehouses that count. @defaultValue all */
  readonly warehouses?: readonly string[] | undefined;
  /** The stock by warehouse stands instead of the total. @defaultValue false: only the total */
  readonly breakdown?: boolean | undefined;
  /** What becomes of a quantity below zero. @defaultValue "zero" */
  readonly negative?: "zero" | "keep" | undefined;
  /** Never show more, neither in total nor in a warehouse; from 0 up. */
  readonly cap?: Decimal | undefined;
  /** Decimals of a quantity, rounded down, 0 to 6. @defaultValue as stated */
  readonly scale?: number | undefined;
}

/** What is said from some quantity up. At least one of `text` and `days` is stated. */
export interface AvailabilityLevel {
  readonly from: Decimal;
  /** Availability in the words of the shop, `"Skladem"`. */
  readonly text?: string | undefined;
  /** Days until it is handed over to the carrier, from 0 up. */
  readonly days?: Decimal | undefined;
}

/** Every member of `Options`, so that none is forgotten. */
type Shape<Options> = { readonly [Name in keyof Options]-?: z.ZodType<Options[Name]> };

const MOST_DECIMALS = 6;
const name = z.string().min(1, "expected a text that is not empty");
const scale = z.int().min(0).max(MOST_DECIMALS).optional();
const fromZero = decimalSchema.refine(isFromZero, "expected 0 or more");
const moment = z.union([instantSchema, dateSchema], {
  error: "expected a date such as 2026-03-04 or a time such as 2026-03-04T18:22:09+01:00",
});

const selectSchema = z.strictObject({
  sold: z.boolean().optional().describe("Offered for sale; what does not say counts as offered"),
  stocked: z.boolean().optional().describe("With stock kept; what does not say counts as such"),
  inStock: z.boolean().optional().describe("With a sellable quantity above zero, itself or in a variant"),
  codes: z.array(name).optional().describe("Codes of products or variants"),
  changedSince: moment
    .refine((text) => !Number.isNaN(Date.parse(text)), "expected a day and time that exist")
    .optional()
    .describe("Changed then or later, or not known when; a date compares days, a time moments"),
} satisfies Shape<SelectOptions>);

const pricesSchema = z
  .strictObject({
    list: name.optional().describe("Price list that becomes the main price; left out: the main price"),
    fallback: z.boolean().optional().describe("Take the main price where the list has none; default false"),
    also: z
      .union([z.literal("all"), z.array(name)], { error: 'expected "all" or a list of price list names' })
      .optional()
      .describe("Further price lists that go along under their names"),
    currency: currencySchema.optional().describe("Only prices in it"),
    basis: z.enum(["net", "gross", "both"]).optional().describe("Amount in force, which is written; default both"),
    scale: scale.describe("Decimals of an amount, default 2"),
    rounding: z.enum(["halfUp", "halfEven", "down", "up"]).optional().describe("Default halfUp"),
    step: decimalSchema
      .refine((text) => parse(text)?.units !== 0n && isFromZero(text), "expected a step above 0")
      .optional()
      .describe("Round the amount in force, with both the gross one, to multiples of it"),
  } satisfies Shape<PriceOptions>)
  .refine((prices) => (parse(prices.step ?? "0")?.scale ?? 0) <= (prices.scale ?? 2), {
    path: ["step"],
    error: "expected no more decimals than the prices have",
  });

const stockSchema = z.strictObject({
  quantity: z.enum(["onHand", "available"]).optional().describe("available: minus reserved; default onHand"),
  warehouses: z
    .array(name)
    .min(1, "expected at least one warehouse")
    .optional()
    .describe("Codes of the warehouses that count; left out: all"),
  breakdown: z.boolean().optional().describe("Stock by warehouse instead of the total; default false"),
  negative: z.enum(["zero", "keep"]).optional().describe("What becomes of a quantity below zero; default zero"),
  cap: fromZero.optional().describe("Never show more"),
  scale: scale.describe("Decimals of a quantity, rounded down; left out: as stated"),
} satisfies Shape<StockOptions>);

const availabilitySchema = z
  .array(
    z
      .strictObject({
        from: decimalSchema.describe("Least sellable quantity of this level"),
        text: z.string().optional().describe("Availability in the words of the shop"),
        days: fromZero.optional().describe("Days until it is handed over to the carrier"),
      } satisfies Shape<AvailabilityLevel>)
      .refine((level) => level.text !== undefined || level.days !== undefined, "expected text, days or both"),
  )
  .refine((levels) => !hasTwins(levels), "expected each `from` once");

/** Validates {@link ExportOptions} that come from a file. */
export const exportOptionsSchema: z.ZodType<ExportOptions> = z.strictObject({
  select: selectSchema.optional().describe("Which products go out"),
  prices: pricesSchema.optional().describe("Which prices go out; left out: all as they stand"),
  stock: stockSchema.optional().describe("Which quantity goes out"),
  availability: availabilitySchema.optional().describe("Availability by sellable quantity"),
  images: z.boolean().optional().describe("Default true"),
  descriptions: z.boolean().optional().describe("Long and short description; default true"),
  variants: z
    .enum(["nested", "items", "omit"])
    .optional()
    .describe("Within their product, as products of their own, or not at all; default nested"),
  details: z
    .enum(["both", "variants"])
    .optional()
    .describe("variants: a product with variants leaves prices, stock and the like to them; default both"),
} satisfies Shape<ExportOptions>);

/** @throws {@link DefinitionError} PARAMETER_INVALID with one line for each mistake. */
export function checkExportOptions(options: unknown): asserts options is ExportOptions {
  const result = exportOptionsSchema.safeParse(options);
  if (!result.success) {
    const lines = result.error.issues.map(({ path, message }) => `${place(path)}: ${message}`);
    throw new DefinitionError("PARAMETER_INVALID", lines.join("\n"), { cause: result.error });
  }
}

/** `["availability", 0, "from"]` → `"export options availability[0].from"`. */
function place(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key, index) => {
    const member = typeof key === "number" ? `[${key}]` : `${index === 0 ? " " : "."}${String(key)}`;
    return text + member;
  }, "export options");
}

/** The refinements also see text that the pattern refuses; that is no number for them. */
function parse(text: string): exact.Scaled | undefined {
  return decimalSchema.safeParse(text).success ? exact.strip(exact.parse(text)) : undefined;
}

function isFromZero(text: string): boolean {
  return (parse(text)?.units ?? 0n) >= 0n;
}

function hasTwins(levels: readonly AvailabilityLevel[]): boolean {
  const sizes = levels.flatMap(({ from }) => parse(from) ?? []).map(exact.format);
  return new Set(sizes).size < sizes.length;
}
