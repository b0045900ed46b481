import { z } from "zod";
import { countrySchema, decimalSchema } from "./order.ts";

/**
 * How a platform calculates the money of an order and what must hold in it; part of a mapping, so plain data.
 *
 * Left out, the options mean: `rounding` `"perLine"`, `tolerance` `"0.00"`, `netTolerance` 0.01 per line, `fees`
 * `{ basis: "stated", vat: "stated" }`.
 */
export const totalsRuleSchema = z.strictObject({
  /**
   * Which of the prices that the shop states lead: those with VAT, those without it, or both of them as they stand.
   * The side that does not lead is taken as rounded.
   */
  basis: z.enum(["gross", "net", "both"]),
  /** VAT per rate: out of the sum with VAT (`topDown`, usual in Czech shops) or on top of the sum without it. */
  method: z.enum(["topDown", "bottomUp"]),
  /** Where the shop states unit prices only: round quantity × price, or the price before it is multiplied. */
  rounding: z.enum(["perLine", "perUnit"]).optional(),
  /**
   * What must hold, as far as the shop states it: Σ line gross + rounding = `payable`; Σ line gross = `gross`;
   * Σ line net = `net`; Σ line VAT = `vat`. Each also holds if the sum per VAT rate gives it.
   */
  compare: z.array(z.enum(["payable", "gross", "net", "vat"])),
  /** Largest difference of `payable` and `gross` that is no issue, in units of the currency. */
  tolerance: decimalSchema.optional(),
  /** The same for `net` and `vat`, and for each row of a stated VAT breakdown. */
  netTolerance: decimalSchema.optional(),
  /**
   * How the file states the amounts of credit notes: `positive` ones are turned round when they are read and when they
   * are written, since those of the record say what the seller gets. Left out, they stand as they are.
   */
  creditNotes: z.literal("positive").optional(),
  /** Country of the shop, unless the caller says otherwise. */
  country: countrySchema.optional(),
  fees: z
    .strictObject({
      /**
       * `auto`: the shop states a fee without saying whether with VAT. The mapping puts it into `unitPrice.gross`; it is
       * taken as the reading by which the sum hits the stated total.
       */
      basis: z.enum(["stated", "auto"]),
      /**
       * VAT rate of shipping and payment lines without one: that of the largest part of the goods (`main`), the highest
       * of the goods, the country's standard rate, or none.
       */
      vat: z.enum(["main", "highest", "standard", "stated"]),
    })
    .optional(),
});

export type TotalsRule = z.infer<typeof totalsRuleSchema>;
/** An amount that {@link TotalsRule} can compare. */
export type Comparison = TotalsRule["compare"][number];
