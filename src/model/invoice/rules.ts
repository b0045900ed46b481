import { z } from "zod";
import {
  countrySchema,
  currencySchema,
  decimalSchema,
  type IsoDate,
  type Order,
  paymentKinds,
  vatRegimes,
} from "../order.ts";
import { isCalendarDay } from "./day.ts";
import { documentTypes } from "./record.ts";
import { countsByYear, seriesMistake } from "./series.ts";

const name = z.string().min(1, "expected a name");

/** Said in one sentence, whether the text is no date or the calendar lacks the day. */
const daySchema = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, { error: "expected a day such as 2026-03-04", abort: true })
  .refine(isCalendarDay, "the calendar has no such day") as unknown as z.ZodType<IsoDate, IsoDate>;

const dateRuleSchema = z.union(
  [z.enum(["created", "paid"]), daySchema, z.strictObject({ custom: name })],
  'expected "created", "paid", a day of the calendar such as 2026-03-04, or { "custom": NAME }',
);

const days = z.int("expected a whole number of days").min(0, "expected no days before the issue");

const counter = z.int("expected a whole number").min(1, "expected a number from 1 up");

/** Numbers that are counted. Only invoices that are made take one, in the order of the file, so the series has no gaps. */
export const seriesSchema = z
  .strictObject({
    /** `"FV26#####"`: the signs # are the count with leading zeros; `{yyyy}`, `{yy}`, `{mm}` are those of the day of issue. */
    series: z.string(),
    /**
     * The first number to be given; readInvoices says which one comes after. By years, `{ "2026": 17 }`, each year counts
     * for itself, and a later one begins with 1.
     */
    next: z.union([counter, z.record(z.string().regex(/^\d{4}$/, "expected a year such as 2026"), counter)], {
      error: 'expected a number from 1 up, or one by year such as { "2026": 17 }',
    }),
  })
  .superRefine(({ series, next }, context) => {
    const mistake = seriesMistake(series);
    if (mistake !== undefined) context.addIssue({ code: "custom", path: ["series"], message: mistake, input: series });
    else if (typeof next === "object" && !countsByYear(series))
      context.addIssue({
        code: "custom",
        path: ["next"],
        message: "the series has no {yyyy} or {yy}, so it cannot count by years",
        input: next,
      });
  });

const numberSchema = z.union(
  [z.enum(["order", "variableSymbol"]), z.strictObject({ custom: name }), seriesSchema],
  'expected "order", "variableSymbol", { "custom": NAME } or { "series": "FV26#####", "next": 1 }',
);

/**
 * Rounding of the payable amount, outside the VAT base. The law knows it for cash only: what is paid by card or transfer
 * is never rounded.
 */
export const roundingSchema = z.strictObject({
  /** Which multiples the amount may have: `"1"`, `"0.05"`. */
  step: decimalSchema.refine((step) => Number(step) > 0, "expected a step above zero"),
  /** @defaultValue `"halfUp"` */
  mode: z.enum(["halfUp", "halfEven", "up", "down"]).optional(),
  /** @defaultValue all currencies */
  currency: currencySchema.optional(),
  /**
   * Where the money is handed over: cash in the shop's country or that of delivery, cash on delivery in that of delivery,
   * else of billing, else the shop's.
   * @defaultValue all countries
   */
  country: countrySchema.optional(),
  /**
   * Kinds of payment. Cash on delivery counts as cash only if this says so: who opens the door may pay with a card, and
   * nobody knows that when the invoice is issued. A carrier that collects whole crowns, or rounds in Slovakia, is a
   * reason to say so.
   * @defaultValue `["cash"]`
   * @see https://www.dpd.com/cz/cs/2022/06/15/zmeny-v-platbach-za-dobirku-v-hotovosti-na-slovensku-od-1-7-2022/ cash on
   * delivery is rounded where it is paid in cash, not where it is paid with a card (read 2026-11-24)
   */
  kinds: z
    .array(z.enum(["cash", "cashOnDelivery"]))
    .readonly()
    .optional(),
  /** One step where rounding would leave nothing: 0.01 and 0.02 euro are 0.05 in Slovakia. @defaultValue `false` */
  atLeastStep: z.boolean().optional(),
  /** First day of issue on which it holds. */
  from: daySchema.optional(),
});

/** What becomes of an order that is not simply invoiced. */
const outcome = z.enum(["skip", "creditNote", "error", "invoice"]);

/** How an order becomes an invoice: plain data. All of it may be left out. */
export const invoiceRulesSchema = z
  .strictObject({
    /** @defaultValue `"invoice"` */
    documentType: z.enum(documentTypes).optional(),
    /**
     * The number of the order, its variable symbol, a custom field, or a series. A number tells the invoice from all
     * others of the seller.
     * @defaultValue `"order"`
     * @see https://service.betterregulation.com/document/245496 article 226 (2) of directive 2006/112/EC: a sequential
     * number, based on one or more series, which uniquely identifies the invoice (read 2026-11-24)
     */
    number: numberSchema.optional(),
    /**
     * `order`: that of the order, by which the customer may have paid already; where it has none, the digits of the
     * invoice number if they are at most ten. `number`: always the digits of the invoice number, which must not be more
     * than ten. `none`: no variable symbol.
     * @defaultValue `"order"`
     * @see http://www.ekaskada.cz/helpsystem/html/FUN_VariabilniSymbol_H.htm a whole number of at most 10 digits (read
     * 2026-11-24)
     */
    variableSymbol: z.enum(["order", "number", "none"]).optional(),
    /**
     * A day: that of the order's `createdAt` in the shop's time, that of `payment.paidAt`, a fixed one, or a custom field.
     * @defaultValue `"created"`
     */
    issuedOn: dateRuleSchema.optional(),
    /**
     * DUZP. `issued`: the same day as `issuedOn`.
     * @defaultValue `"issued"`; a proforma, which is no tax document, has none
     * @see http://www.zakony.propravo.cz/2011/04/zakon-o-dph-zakon-c-2352004-sb-o-dani-z_9951.html act 235/2004 Sb.: a
     * tax document is issued within 15 days of the supply (read 2026-11-24)
     */
    taxPointOn: z
      .union(
        [z.literal("issued"), dateRuleSchema],
        'expected "issued", "created", "paid", a day of the calendar such as 2026-03-04, or { "custom": NAME }',
      )
      .optional(),
    /**
     * Days from issue to `dueOn`, by kind of payment; `default` is for the others. A number is for all of them.
     * @defaultValue 0 for cash, cards and gateways, vouchers and set-offs, which are paid at once; 14 for the rest, the
     * habit of shops (without an agreement the law gives entrepreneurs 30)
     * @see https://podnikatel.cz/zakony/novy-obcansky-zakonik/zneni-20230106/f4585195 § 1958, § 1963 of act 89/2012 Sb.
     * (read 2026-11-24)
     */
    dueDays: z
      .union(
        [days, z.partialRecord(z.enum([...paymentKinds, "default"]), days)],
        "expected a whole number of days from 0 up, or one by kind of payment",
      )
      .optional(),
    /** Kind of payment by its code or method, in whatever letter case; goes before what the names themselves tell. */
    paymentKinds: z.record(z.string(), z.enum(paymentKinds)).optional(),
    /**
     * Rounds what is to be paid, if the shop states no rounding; the first one that fits. VAT stays as it is.
     * @defaultValue cash in Czechia to whole crowns, cash in Slovakia to five cents
     */
    rounding: z
      .union(
        [z.literal("none"), roundingSchema, z.array(roundingSchema).readonly()],
        'expected "none", a rounding such as { "step": "1" }, or a list of them',
      )
      .optional(),
    /**
     * Country of the seller, ISO 3166-1 alpha-2.
     * @defaultValue that of `seller.vatId` or `seller.billing`, else the mapping's
     */
    country: countrySchema.optional(),
    /** Which VAT regime applies, and what follows. */
    vat: z
      .strictObject({
        /**
         * Regimes to try in this order; the first whose conditions hold applies, and otherwise the usual one. What the
         * order itself states goes before, unless it is `standard`. Without the list an order whose rates are those of the
         * country of delivery, and not the seller's, is taken as OSS, with a warning; a seller who is registered for VAT
         * there says `["standard"]`.
         *
         * - `nonPayer`, `standard`: always. An identified person takes `["oss", "nonPayer"]`.
         * - `intraCommunity`: the buyer has a valid VAT number of another member state, and no delivery at home (article
         *   138 of directive 2006/112/EC; § 64 of act 235/2004 Sb., § 43 of act 222/2004 Z. z.).
         * - `reverseCharge`: the buyer has a valid VAT number of the seller's country (articles 199 to 199b; § 92a of
         *   act 235/2004 Sb., § 69 (12) of act 222/2004 Z. z.). Whether the goods are such, the seller knows.
         * - `oss`: delivery to another member state, to a buyer without a valid VAT number (articles 33 and 369a).
         * - `export`: delivery outside the Union (article 146).
         *
         * @see https://vatupdate.com/2021/03/10/eu-vat-and-b2c-e-commerce-the-rules-will-change-july-1-2021-chapter-4-new-art-33-in-the-eu-vat-directive-2006-112-eu-place-of-supply-rules-for-distance-sales-of-goods
         * article 33 of directive 2006/112/EC (read 2026-11-24)
         * @see https://www.dauc.cz/clanky/560/docasne-pouziti-rezimu-preneseni-danove-povinnosti articles 199 to 199b, § 92a
         * (read 2026-11-24)
         */
        regimes: z.array(z.enum(vatRegimes)).readonly().optional(),
        /**
         * What becomes of an order for which the customer was charged VAT though its regime has none. `refuse`: an issue.
         * `convert`: the customer pays the same, and all of it is the price without VAT. Never is VAT stated: whoever
         * states it owes it.
         * @defaultValue `"refuse"`
         * @see https://gov.uk/hmrc-internal-manuals/vat-fraud/vatf34720 article 203 (read 2026-11-24)
         */
        charged: z.enum(["refuse", "convert"]).optional(),
        /**
         * Rates of other countries by those of the seller's, for OSS: `{ "SK": { "12": "5" } }`. Without it, standard
         * becomes standard and reduced the first reduced one, with a warning.
         */
        rates: z.record(countrySchema, z.record(decimalSchema, decimalSchema)).optional(),
      })
      .optional(),
    /** What becomes of orders that are not simply invoiced. */
    exceptions: z
      .strictObject({
        /** Status `cancelled`. @defaultValue `"skip"`, counted in the report */
        cancelled: outcome.optional(),
        /** Status `returned`. @defaultValue `"error"`: only the seller knows if it was invoiced before */
        returned: outcome.optional(),
        /** The amount to be paid is below zero, and the document is no credit note. @defaultValue `"error"` */
        negative: outcome.exclude(["invoice"]).optional(),
      })
      .optional(),
    /** Of documents that are credit notes. */
    creditNotes: z
      .strictObject({
        /** @defaultValue the rule `number`, of which a series is shared */
        number: numberSchema.optional(),
        /**
         * How the orders state what is credited: as positive amounts, which become negative, or negative already. The
         * other sign is an error.
         * @defaultValue whichever sign the order has
         */
        amounts: z.enum(["positive", "negative"]).optional(),
        /**
         * Number of the invoice that is corrected: the order's, or a custom field. A credit note must have one.
         * @see http://delfy.cz/ucetni-podpora/dph/danovy-doklad/opravny-danovy-doklad § 45 of act 235/2004 Sb.; also
         * article 219 of directive 2006/112/EC (read 2026-11-24)
         */
        correctedNumber: z
          .union([z.literal("order"), z.strictObject({ custom: name })], 'expected "order" or { "custom": NAME }')
          .optional(),
      })
      .optional(),
  })
  .superRefine(({ number, creditNotes }, context) => {
    const own = creditNotes?.number;
    if (typeof number !== "object" || typeof own !== "object" || !("series" in number) || !("series" in own)) return;
    if (number.series === own.series)
      context.addIssue({
        code: "custom",
        path: ["creditNotes", "number", "series"],
        message: "this is the series of the invoices; leave creditNotes.number out to share it",
        input: own.series,
      });
  });

/** How orders become invoices, as plain data. */
export type InvoiceRuleData = z.infer<typeof invoiceRulesSchema>;
export type InvoiceRounding = z.infer<typeof roundingSchema>;

/** A day by {@link InvoiceRuleData}, or what the host says, such as today. */
export type DateRule = z.infer<typeof dateRuleSchema> | ((order: Order) => IsoDate);
/** A number by {@link InvoiceRuleData}, or what the host says. */
export type NumberRule = z.infer<typeof numberSchema> | ((order: Order) => string);

type CreditNoteData = NonNullable<InvoiceRuleData["creditNotes"]>;

/** How an order becomes an invoice: {@link InvoiceRuleData}, with functions for numbers and days. */
export interface InvoiceRules extends Omit<InvoiceRuleData, "number" | "issuedOn" | "taxPointOn" | "creditNotes"> {
  /** @see {@link InvoiceRuleData}; a function is called for orders that become invoices, and for no others */
  readonly number?: NumberRule | undefined;
  readonly issuedOn?: DateRule | undefined;
  readonly taxPointOn?: "issued" | DateRule | undefined;
  readonly creditNotes?:
    | (Omit<CreditNoteData, "number" | "correctedNumber"> & {
        readonly number?: NumberRule | undefined;
        readonly correctedNumber?: CreditNoteData["correctedNumber"] | ((order: Order) => string) | undefined;
      })
    | undefined;
}
