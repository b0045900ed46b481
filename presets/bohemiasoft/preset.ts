import {
  boolean,
  code,
  companyId,
  compared,
  concat,
  constant,
  date,
  dateTime,
  decimal,
  defineMapping,
  definePreset,
  each,
  equals,
  exists,
  first,
  type Line,
  type MappingOptions,
  object,
  oneOf,
  parameter,
  parameterIs,
  type Party,
  phone,
  type Provenance,
  text,
  vatId,
  vatRate,
  when,
  zip,
} from "../../src/index.ts";

// The engine of Bohemiasoft s.r.o. runs under three brands; what differs between them is said in their presets.
// "deliveryAdess" and "adress" are the real names of the elements.

const shipping = "info/deliveryAdess";
const billing = "info/billingInformation";

/** Pick-up points: `Zásilkovna CZ - Kolín [1234], Dlouhá 12 ` in the method, `Kolín [1234]` in the city. */
const POINT = "\\[([^\\]]+)\\]";

const address = (block: string) => ({
  name: text(`${block}/name`, { collapse: true, unescape: true }),
  company: text(`${block}/company`, { collapse: true, unescape: true }),
  street: text(`${block}/adress`, { collapse: true, unescape: true }),
  city: text(`${block}/city`, { remove: "\\s*\\[[^\\]]*\\]", unescape: true }),
  zip: zip(`${block}/zipCode`),
  // There is no element for the country.
  country: parameter("country"),
});

const payer = equals("info/payerVAT", "1");

const item = object<Line>({
  // A coupon is a product by this name. Source: an importer that skips it, github.com/hornmich/StickerCreator.
  kind: when(
    {
      matches: "name",
      pattern: "^\\s*(Slevový kupón|Zľavový kupón|Dárkový šek|Darčekový šek|Kupon rabatowy)",
      flags: "iu",
    },
    constant("discount"),
    constant("product"),
  ),
  code: code("code"),
  // Escaped twice: &amp;quot; in the file. The chosen variant is already part of the name.
  name: text("name", { unescape: true, collapse: true }),
  variant: first(text("parameter1", { unescape: true })),
  quantity: decimal("pieces"),
  unit: text("unitOfMeasure"),
  // Sellers that pay no VAT have 21 here nevertheless.
  vatRate: when(equals("../../info/payerVAT", "1"), vatRate("tax", { notation: "percent" })),
  unitPrice: { net: decimal("price"), gross: decimal("priceIncldVAT") },
  note: text("noteCustomer", { unescape: true }),
});

/** A fee of the header. Whether it includes VAT is not documented, so it is settled by the totals unless a parameter says it. */
const fee = (kind: "shipping" | "payment", name: string, price: string, method: Parameters<typeof text>[1]) =>
  object<Line>({
    kind: constant(kind),
    name: text(name, { ...method, default: kind === "shipping" ? "Doprava" : "Platba" }),
    quantity: constant("1"),
    unitPrice: {
      gross: when(
        parameterIs("feePriceBasis", "net"),
        when(equals("info/payerVAT", "0"), decimal(price)),
        decimal(price),
      ),
      net: when({ all: [parameterIs("feePriceBasis", "net"), payer] }, decimal(price)),
    },
  });

/** `Zásilkovna CZ - Kolín [1234], Dlouhá 12 ` → `Zásilkovna CZ`. */
const METHOD = { extract: "^(.*?)(?: - .*\\[.*)?$", collapse: true, unescape: true } as const;

const fields = {
  externalId: code("info/orderID"),
  variableSymbol: text(["info/variableSymbol", "info/orderID"], { extract: "^\\d{1,10}$" }),
  createdAt: dateTime("info/date"),
  status: {
    kind: oneOf(
      "info/lastState",
      {
        "Objednávka přijatá": "new",
        "Objednávka zaplacená": "paid",
        "Objednávka odeslaná": "shipped",
        "Objednávka zrušená": "cancelled",
        // Unverified: the states of Slovak and Polish shops.
        "Objednávka prijatá": "new",
        "Objednávka zaplatená": "paid",
        "Objednávka odoslaná": "shipped",
      },
      { default: "new", unknown: { value: "other", silent: true } },
    ),
    raw: text("info/lastState"),
  },
  currency: parameter("currency"),
  customer: object<Party>({
    email: text([`${billing}/email`, `${shipping}/email`]),
    phone: phone([`${billing}/phone`, `${shipping}/phone`]),
    billing: address(billing),
    shipping: when(
      { any: [exists(`${shipping}/name`), exists(`${shipping}/adress`), exists(`${shipping}/company`)] },
      address(shipping),
      address(billing),
    ),
    companyId: companyId(`${billing}/companyRegNumber`),
    // Slovak shops have the IČ DPH in an element of its own and the bare DIČ in taxRegNumber.
    vatId: first(
      vatId(`${billing}/VATRegNumber`),
      when({ matches: `${billing}/taxRegNumber`, pattern: "^\\s*[A-Za-z]{2}" }, vatId(`${billing}/taxRegNumber`)),
    ),
    taxId: when(
      { not: { matches: `${billing}/taxRegNumber`, pattern: "^\\s*[A-Za-z]{2}" } },
      code(`${billing}/taxRegNumber`),
    ),
  }),
  lines: concat<Line>(
    each("products/product", item),
    // Kept at zero price too: it carries the method.
    when(
      { any: [exists("info/postageName"), exists("info/postagePrice")] },
      fee("shipping", "info/postageName", "info/postagePrice", METHOD),
    ),
    when(
      compared(decimal("info/paidPrice"), "!=", "0"),
      fee("payment", "info/paidName", "info/paidPrice", { collapse: true, unescape: true }),
    ),
    when(compared(decimal("info/discount"), "!=", "0"), {
      kind: constant("discount"),
      name: constant("Sleva"),
      quantity: constant("1"),
      // Unverified: the sign of a discount; it is taken off whatever sign it has.
      unitPrice: { gross: decimal("info/discount", { sign: "negative" }) },
    }),
  ),
  payment: {
    method: text("info/paidName", { collapse: true, unescape: true }),
    // Stays 0 even for card payments in the file that is known.
    paid: first(
      when(equals("info/lastState", ["Objednávka zaplacená", "Objednávka zaplatená"]), constant(true)),
      boolean("info/paid"),
    ),
  },
  shipping: {
    method: text("info/postageName", METHOD),
    pickupPoint: first(text("info/postageName", { extract: POINT }), text(`${shipping}/city`, { extract: POINT })),
  },
  // Postage and payment fee are part of the totals.
  totals: { net: decimal("info/total"), gross: decimal("info/totalIncldVAT") },
  vatRegime: when(payer, constant("standard"), constant("nonPayer")),
  notes: {
    customer: text("info/noteCustomer", { unescape: true, stripTags: true }),
    internal: text("info/noteInternal", { unescape: true, stripTags: true }),
  },
  custom: {
    sellerCompanyId: text("/orders/@ICO"),
    noteCustomerInvoice: text("info/noteCustomerInvoice", { unescape: true }),
    noteInvoice: text("info/noteInvoice", { unescape: true }),
    postageName: text("info/postageName", { collapse: true, unescape: true }),
    lastStateDate: text("info/lastStateDate"),
  },
} as const;

const options = {
  record: "/orders/order",
  parameters: {
    country: {
      title: "Country of the shop and of its customers",
      description: "The file states none",
      default: "CZ",
      values: ["CZ", "SK", "PL"],
    },
    currency: { title: "Currency of the shop", description: "The file states none", default: "CZK" },
    feePriceBasis: {
      title: "Whether postage and payment fee include VAT",
      description: "auto: as the totals of the order say; it matters for sellers that pay VAT",
      default: "auto",
      values: ["auto", "gross", "net"],
    },
    includeCancelled: {
      title: "Cancelled orders",
      description: "yes: read them too, with the status cancelled; no: skip them. The export always holds them",
      default: "yes",
      values: ["yes", "no"],
    },
  },
  country: { parameter: "country" },
  zone: "Europe/Prague",
  skip: [
    {
      when: {
        all: [
          parameterIs("includeCancelled", "no"),
          equals("info/lastState", ["Objednávka zrušená", "Objednávka zrušena"]),
        ],
      },
      reason: "cancelled",
    },
  ],
  totals: { basis: "gross", method: "topDown", compare: ["gross", "net"], fees: { basis: "auto", vat: "main" } },
} satisfies MappingOptions;

/** Feeds of the engine, the same for all its brands. */
export const feeds = {
  orders: {
    direction: "import",
    records: "orders",
    title: "Orders (XML)",
    fileName: "*.xml",
    encoding: "utf-8",
    mapping: defineMapping("order", {
      ...options,
      taxDate: first(date("info/DateOfTheChargeableEvent"), date("info/date")),
      fields: { number: code("info/orderID"), ...fields },
    }),
    invoice: { dueDays: 14 },
  },
  invoices: {
    direction: "import",
    records: "invoices",
    title: "The same file taken as issued invoices",
    fileName: "*.xml",
    encoding: "utf-8",
    mapping: defineMapping("invoice", {
      ...options,
      taxDate: first(date("info/DateOfTheChargeableEvent"), date("info/date")),
      fields: {
        ...fields,
        invoiceNumber: code("info/invoiceNumber"),
        orderNumber: code("info/orderID"),
        // Unverified: words other than "Faktura".
        documentType: oneOf(
          "info/invoiceType",
          {
            Faktura: "invoice",
            Faktúra: "invoice",
            "Zálohová faktura": "advance",
            "Proforma faktura": "proforma",
            Dobropis: "creditNote",
          },
          { default: "invoice" },
        ),
        issuedOn: date("info/invoiceDate"),
        taxPointOn: date("info/DateOfTheChargeableEvent"),
        dueOn: date("info/maturityDate"),
      },
    }),
  },
} as const;

/** Where knowledge of the engine comes from. */
export const engineProvenance: readonly Provenance[] = [
  {
    title: "Real export of an Eshop-rychle shop that pays no VAT (6 orders, December 2019), and its loader",
    url: "https://github.com/hornmich/shop-manager",
    date: "2026-11-24",
  },
  { title: "Importer of the same file", url: "https://github.com/hornmich/StickerCreator", date: "2026-11-24" },
  {
    title: "Bohemiasoft: terms, which name the brands",
    url: "http://www.webareal.cz/obchodni-podminky.html",
    date: "2026-11-24",
  },
];

export const engineLimitations: readonly string[] = [
  "Verified on a file of a seller that pays no VAT. Of sellers that do, no file is known: whether fees include VAT is settled by the totals of each order.",
  "The file states neither currency nor country: set the parameters for shops in Slovakia and Poland.",
  "Products often have no code; match them by name then.",
  "Unverified: the sign of the order's discount, and the words for document types other than Faktura.",
];

export const bohemiasoft = definePreset({
  id: "bohemiasoft",
  title: "Bohemiasoft",
  maturity: "verified",
  provenance: engineProvenance,
  limitations: engineLimitations,
  feeds,
});
