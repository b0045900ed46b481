import { z } from "zod";
import { decimalSchema } from "../model/order.ts";

const shareSchema = z.number().min(0).max(1);

/** What a feed must hold to its rules, as plain data. A share is a number from 0 to 1; exactly that much passes. */
export const guardRulesSchema = z.strictObject({
  /** Whether a feed without any item passes. If the one it replaces has items, `maxDrop` judges it too. */
  empty: z.boolean().default(false),
  /**
   * Share of the replaced feed's items that may be missing from the next one. It goes by code: a feed of as many items
   * with other codes has lost all of them. 1 switches it off.
   */
  maxDrop: shareSchema.default(0.2),
  /**
   * So many items may be missing, and so many records rejected, whatever share that is, so that a small feed can do without
   * one. Mind it with `maxDrop: 0` and `maxRejected: 0`.
   */
  dropFloor: z.int().min(0).default(2),
  /** Whether codes may occur more than once. */
  duplicates: z.boolean().default(false),
  /** Share of the items whose price may be zero or less. Feeds without prices, such as those of stock, are not judged. */
  maxZeroPrices: shareSchema.default(0.05),
  /** Share of the items that may lack a price. A feed without any is judged only if the one it replaces has some. */
  maxMissingPrices: shareSchema.default(0.05),
  /** Share of the records that may be missing because they could not be written; up to `dropFloor` may in any case. */
  maxRejected: shareSchema.default(0.05),
  /**
   * Share of the items with a price in both feeds whose price may rise or fall by more than the factor, or change its
   * currency. `{ factor: "2", share: 0.1 }` lets at most a tenth of the prices more than double or fall below half.
   * Left out, prices may change at will.
   */
  maxPriceChange: z
    .strictObject({
      /** 1 or more. */
      factor: decimalSchema.refine((factor) => !/^-|^0/.test(factor), "expected a factor of 1 or more"),
      share: shareSchema,
    })
    .optional(),
});

/** Rules that can be violated; those from `maxItems` on are limits of the platform. */
export const guardRules = [
  "empty",
  "maxDrop",
  "duplicates",
  "maxZeroPrices",
  "maxMissingPrices",
  "maxRejected",
  "maxPriceChange",
  "maxItems",
  "maxVariants",
] as const;

/** Somebody's decision to let a feed pass although it violates these rules. */
export const guardOverrideSchema = z.strictObject({
  rules: z.array(z.enum(guardRules)).min(1).readonly(),
  reason: z.string().regex(/\S/, "expected a reason"),
  /** Who decided. */
  by: z.string().optional(),
});

/** Rules as a user writes them; whatever is left out has its default. */
export type GuardRules = z.input<typeof guardRulesSchema>;
/** Rules with every default filled in. */
export type GuardSettings = z.output<typeof guardRulesSchema>;
export type GuardRule = (typeof guardRules)[number];
export type GuardOverride = z.infer<typeof guardOverrideSchema>;

export interface GuardOptions {
  /** What the platform takes. No rule switches these off, only an override that names them. */
  readonly limits?:
    | {
        /** Records, variants inside a product not counted. */
        readonly maxItems?: number | undefined;
        /** Variants of one product. */
        readonly maxVariants?: number | undefined;
      }
    | undefined;
  readonly override?: GuardOverride | undefined;
}

export interface GuardViolation {
  readonly rule: GuardRule;
  /** One sentence with what the feed has and what is allowed. */
  readonly message: string;
  /** Codes of the first 20 items, products or records concerned; none where the number alone is at fault. */
  readonly codes: readonly string[];
  /** How many are concerned. */
  readonly count: number;
}
