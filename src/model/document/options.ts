import { z } from "zod";
import { countrySchema, currencySchema, decimalSchema, paymentKinds, priceBases, sellerSchema } from "../order.ts";

/** How orders and invoices are prepared for the file of an accounting program. */
export const documentOptionsSchema = z.strictObject({
  /** Who sells, for records that do not say it. */
  seller: sellerSchema.optional(),
  /** Country of customers whose address states none, ISO 3166-1 alpha-2. */
  country: countrySchema.optional(),
  /** Currency of the books. Left out, no record is a foreign one. */
  homeCurrency: currencySchema.optional(),
  /** Units of the home currency for one unit of the record's, for records that do not say it. */
  exchangeRate: decimalSchema.optional(),
  /** `beside`: amounts in another currency also stand in the home currency. @defaultValue "none" */
  homeAmounts: z.enum(["none", "beside"]).optional(),
  /**
   * Which price of a line goes out, where the record does not say which of them the shop set. `auto`: the one with fewer
   * decimals of those that give the line's total; if both do, the one with VAT.
   * @defaultValue "auto"
   */
  priceBasis: z.enum(["auto", ...priceBases]).optional(),
  /** Kind of payment by its code or method, in whatever letter case: `{ "Benefit Plus": "voucher" }`. */
  paymentKinds: z.record(z.string(), z.enum(paymentKinds)).optional(),
  /**
   * `sum`: net amounts of lines add up to the breakdown; the cents that rounding leaves over go to the largest lines of
   * the rate, one each. Their amounts with VAT stay. For formats that know no VAT out of the sum with VAT.
   */
  lineNets: z.enum(["sum"]).optional(),
  /** `rate`: one row of the VAT breakdown for each rate, for formats that do not tell categories apart. */
  breakdown: z.enum(["rate"]).optional(),
  /** `total`: a line that is rounding becomes `totals.rounding`; `line`: the other way round. */
  rounding: z.enum(["total", "line"]).optional(),
  /** `quantity`: a line with a negative price has a negative quantity instead. */
  negativePrices: z.enum(["quantity"]).optional(),
  /** What a line with the rate 0 is where nothing else says it. @defaultValue "zero" */
  zeroRate: z.enum(["zero", "exempt"]).optional(),
});

export type DocumentOptions = z.infer<typeof documentOptionsSchema>;
