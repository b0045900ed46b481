import { z } from "zod";

/** An exact number as text: `"1234.50"`, `"-0.4"`, `"21"`. No exponent, no thousands separators, no leading plus. */
export type Decimal = `${number}`;
/** Calendar date, `"2026-03-04"`. */
export type IsoDate = `${number}-${number}-${number}`;
/** Moment with its offset from UTC, `"2026-03-04T18:22:09+01:00"`. */
export type Instant = `${IsoDate}T${string}`;

/** Narrows a text schema to one of the template-literal types above: the pattern guarantees what the type says. */
function narrowed<T extends string>(schema: z.ZodString): z.ZodType<T, T> {
  return schema as unknown as z.ZodType<T, T>;
}

export const decimalSchema: z.ZodType<Decimal, Decimal> = narrowed(
  z.string().regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/, "expected a decimal such as 1234.50"),
);
export const dateSchema: z.ZodType<IsoDate, IsoDate> = narrowed(
  z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, "expected a date such as 2026-03-04"),
);
export const instantSchema: z.ZodType<Instant, Instant> = narrowed(
  z
    .string()
    .regex(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/,
      "expected a time such as 2026-03-04T18:22:09+01:00",
    ),
);
/** ISO 4217 code, `"CZK"`. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, "expected a currency code such as CZK");
/** ISO 3166-1 alpha-2 code, `"CZ"`. */
export const countrySchema = z.string().regex(/^[A-Z]{2}$/, "expected a country code such as CZ");

/** Net and gross of one amount, as the shop states them or as {@link reconcile} derives them. */
export const priceSchema = z.object({ net: decimalSchema.optional(), gross: decimalSchema.optional() });
/** Net, VAT and gross of one amount. `gross = net + vat` where all three are present. */
export const amountSchema = z.object({
  net: decimalSchema.optional(),
  vat: decimalSchema.optional(),
  gross: decimalSchema.optional(),
});

export const lineKinds = [
  "product",
  "shipping",
  "payment",
  "discount",
  "gift",
  "wrapping",
  "deposit",
  "rounding",
  "other",
] as const;

/** Why VAT applies or does not, in the words of EN 16931: S, Z, E, AE, K, G and O. */
export const vatCategories = [
  "standard",
  "zero",
  "exempt",
  "reverseCharge",
  "intraCommunity",
  "export",
  "outOfScope",
] as const;

export const priceBases = ["net", "gross"] as const;

/** One row of an order. Fees that a shop states in the header are lines too. */
export const lineSchema = z.object({
  kind: z.enum(lineKinds),
  /** The platform's id of the row, unique in its order. */
  externalId: z.string().optional(),
  code: z.string().optional(),
  ean: z.string().optional(),
  name: z.string(),
  variant: z.string().optional(),
  quantity: decimalSchema,
  unit: z.string().optional(),
  /** Percent, `"21"`. Left out where no VAT applies and where the shop does not state it. */
  vatRate: decimalSchema.optional(),
  vatCategory: z.enum(vatCategories).optional(),
  unitPrice: priceSchema.optional(),
  /** Which of its prices the shop set; the other one is derived. */
  priceBasis: z.enum(priceBases).optional(),
  /** For the whole quantity. */
  total: amountSchema.optional(),
  /** The same in `homeCurrency`. */
  home: z.object({ unitPrice: priceSchema.optional(), total: amountSchema.optional() }).optional(),
  /** Percent that the shop already took off the price; never to be applied again. */
  discount: decimalSchema.optional(),
  /** Kilograms for the whole line or one unit, as the preset's page says. */
  weight: decimalSchema.optional(),
  note: z.string().optional(),
});

export const addressSchema = z.object({
  /** Person. */
  name: z.string().optional(),
  company: z.string().optional(),
  /** Street and number. */
  street: z.string().optional(),
  city: z.string().optional(),
  /** Postal code without spaces, `"60200"`. */
  zip: z.string().optional(),
  country: countrySchema.optional(),
});

export const partySchema = z.object({
  email: z.string().optional(),
  phone: z.string().optional(),
  billing: addressSchema.optional(),
  shipping: addressSchema.optional(),
  /** IČO. */
  companyId: z.string().optional(),
  /** DIČ in Czechia, IČ DPH in Slovakia: the number with the country prefix. */
  vatId: z.string().optional(),
  /** Slovak DIČ: ten digits without a prefix. */
  taxId: z.string().optional(),
  group: z.string().optional(),
});

/** Where money is to be sent. */
export const bankAccountSchema = z.object({
  /** Domestic number, with its prefix if it has one: `"19-2000145399"`. */
  number: z.string().optional(),
  /** Of the bank, `"0800"`. */
  bankCode: z.string().optional(),
  bankName: z.string().optional(),
  /** Without spaces. */
  iban: z.string().optional(),
  bic: z.string().optional(),
});

/** Who sells, where the file says so. */
export const sellerSchema = partySchema
  .omit({ shipping: true, group: true })
  .extend({ bankAccount: bankAccountSchema.optional() });

export const paymentKinds = [
  "cash",
  "card",
  "transfer",
  "cashOnDelivery",
  "directDebit",
  "cheque",
  "voucher",
  "setOff",
  "other",
] as const;

export const statusKinds = ["new", "processing", "paid", "shipped", "done", "cancelled", "returned", "other"] as const;

export const totalsSchema = z.object({
  net: decimalSchema.optional(),
  vat: decimalSchema.optional(),
  gross: decimalSchema.optional(),
  /** Signed amount added to reach `payable`; outside the VAT base. */
  rounding: decimalSchema.optional(),
  /** What the customer pays. */
  payable: decimalSchema.optional(),
  /** What of it is still to be paid, where a part was paid before. */
  due: decimalSchema.optional(),
  /** The same in `homeCurrency`. */
  home: amountSchema.extend({ rounding: decimalSchema.optional(), payable: decimalSchema.optional() }).optional(),
});

/** VAT of one rate over the whole document. */
export const vatBreakdownSchema = z.object({
  rate: decimalSchema,
  net: decimalSchema,
  vat: decimalSchema,
  /** Always there in a record that was reconciled. */
  gross: decimalSchema.optional(),
  category: z.enum(vatCategories).optional(),
  /** The same in `homeCurrency`. */
  home: amountSchema.optional(),
});

export const vatRegimes = ["standard", "nonPayer", "reverseCharge", "intraCommunity", "oss", "export"] as const;

export const orderSchema = z.object({
  /** Number that the customer sees; the key of the order within its shop. */
  number: z.string().min(1),
  /** The platform's internal id. */
  externalId: z.string().optional(),
  variableSymbol: z.string().optional(),
  createdAt: instantSchema.optional(),
  status: z.object({ kind: z.enum(statusKinds), raw: z.string().optional() }).optional(),
  currency: currencySchema,
  /** Units of the shop's main currency for one unit of `currency`. */
  exchangeRate: decimalSchema.optional(),
  /** Currency of the books, where the file states amounts in it beside those in `currency`. */
  homeCurrency: currencySchema.optional(),
  seller: sellerSchema.optional(),
  customer: partySchema.optional(),
  lines: z.array(lineSchema),
  payment: z
    .object({
      method: z.string().optional(),
      code: z.string().optional(),
      kind: z.enum(paymentKinds).optional(),
      paid: z.boolean().optional(),
      paidAmount: decimalSchema.optional(),
      paidAt: z.union([instantSchema, dateSchema]).optional(),
    })
    .optional(),
  shipping: z
    .object({
      method: z.string().optional(),
      code: z.string().optional(),
      pickupPoint: z.string().optional(),
      trackingNumber: z.string().optional(),
    })
    .optional(),
  /** As the shop states them. */
  totals: totalsSchema.optional(),
  vatBreakdown: z.array(vatBreakdownSchema).optional(),
  vatRegime: z.enum(vatRegimes).optional(),
  /** Country whose VAT applies, where that is not the seller's: the destination under OSS. */
  vatCountry: countrySchema.optional(),
  notes: z.object({ customer: z.string().optional(), internal: z.string().optional() }).optional(),
  /** Whatever a platform states beyond the model. */
  custom: z.record(z.string(), z.string()).optional(),
});

export type Price = z.infer<typeof priceSchema>;
export type Amount = z.infer<typeof amountSchema>;
export type LineKind = (typeof lineKinds)[number];
export type Line = z.infer<typeof lineSchema>;
export type Address = z.infer<typeof addressSchema>;
export type Party = z.infer<typeof partySchema>;
export type StatusKind = (typeof statusKinds)[number];
export type Totals = z.infer<typeof totalsSchema>;
export type VatBreakdown = z.infer<typeof vatBreakdownSchema>;
export type VatRegime = (typeof vatRegimes)[number];
export type VatCategory = (typeof vatCategories)[number];
export type PriceBasis = (typeof priceBases)[number];
export type PaymentKind = (typeof paymentKinds)[number];
export type BankAccount = z.infer<typeof bankAccountSchema>;
export type Seller = z.infer<typeof sellerSchema>;
export type Order = z.infer<typeof orderSchema>;
