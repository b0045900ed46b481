import {
  type Address,
  all,
  any,
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
  join,
  type Line,
  type MappingOptions,
  matches,
  not,
  object,
  oneOf,
  parameter,
  parameterIs,
  type Party,
  phone,
  type Provenance,
  template,
  text,
  vatId,
  vatRate,
  when,
  zip,
} from "../../src/index.ts";
import { productFeeds, productLimitations } from "./products.ts";

// One engine of Bohemiasoft s.r.o. runs under several brands; what differs between them is said in their presets.
// Platform facts below are from the file of an Eshop-rychle shop, github.com/hornmich/shop-manager objednavky.xml of
// 2019-12 (read 2026-11-24), where nothing else is said. "deliveryAdess" and "adress" are the real names.

/** Pick-up point: `Zásilkovna CZ - Kolín [1234], Dlouhá 12 ` in the method, `Kolín [1234]` in the city. */
const POINT = "\\[(\\d+)\\]";
/** `Zásilkovna CZ - Kolín [1234], Dlouhá 12 ` → `Zásilkovna CZ`; what has no pick-up point stays whole. */
const METHOD = "^(.*?)(?: - .*\\[\\d+\\].*)?$";
/** `Zásilkovna PL` is the method of an order to Poland in the known file of a Czech shop. */
const METHOD_COUNTRY = "(?:^| )(CZ|SK|PL|HU|DE|AT|RO|SI|HR)(?= |$)";

const goesToCzechia = matches("info/postageName", "(?:^| )CZ(?: |$)");
const goesToSlovakia = matches("info/postageName", "(?:^| )SK(?: |$)");
const goesToPoland = matches("info/postageName", "(?:^| )PL(?: |$)");

const staysAtHome = any(
  all(goesToCzechia, parameterIs("country", "CZ")),
  all(goesToSlovakia, parameterIs("country", "SK")),
  all(goesToPoland, parameterIs("country", "PL")),
);

const isCancelled = matches("info/lastState", "zrušen|storn|anulowan", "iu");
const isPaid = any(
  equals("info/paid", "1"),
  // "paid" stays 0 even for card payments.
  equals("info/lastState", ["Objednávka zaplacená", "Objednávka zaplatená"]),
);

const billing = object<Address>({
  name: text("info/billingInformation/name", { collapse: true, unescape: true }),
  company: text("info/billingInformation/company", { collapse: true, unescape: true }),
  street: text("info/billingInformation/adress", { collapse: true, unescape: true }),
  city: text("info/billingInformation/city", { collapse: true, unescape: true }),
  zip: zip("info/billingInformation/zipCode"),
  // No element states it. If the method names another country than the shop's, nobody knows which one this is.
  country: when(
    all(
      exists(["info/billingInformation/name", "info/billingInformation/company", "info/billingInformation/adress"]),
      any(not(matches("info/postageName", METHOD_COUNTRY)), staysAtHome),
    ),
    parameter("country"),
  ),
});

const delivery = object<Address>({
  name: text("info/deliveryAdess/name", { collapse: true, unescape: true }),
  company: text("info/deliveryAdess/company", { collapse: true, unescape: true }),
  street: text("info/deliveryAdess/adress", { collapse: true, unescape: true }),
  city: text("info/deliveryAdess/city", { remove: "\\s*\\[\\d+\\]", collapse: true, unescape: true }),
  zip: zip("info/deliveryAdess/zipCode"),
  country: first(text("info/postageName", { extract: METHOD_COUNTRY }), parameter("country")),
});

/** Ten digits without a prefix: the DIČ in Slovakia, the NIP in Poland. */
const isBareTaxId = all(
  matches("info/billingInformation/taxRegNumber", "^(?:\\d\\s*){10}$"),
  any(parameterIs("country", "SK"), parameterIs("country", "PL")),
);

// A coupon or voucher that a customer redeems is a product with exactly this name; a voucher for sale has another one.
// Source: an importer that leaves it out, github.com/hornmich/StickerCreator (read 2026-11-24). Unverified: the Slovak name.
const isCoupon = matches("name", "^(?:Slevový kupón / Dárkový šek|Zľavový kupón / Darčekový šek)", "iu");

const product = object<Line>({
  kind: when(isCoupon, constant("discount"), constant("product")),
  // Often empty; not the codec `code`, since spaces in it count.
  code: text("code"),
  // Escaped twice: &amp;quot; in the file. The chosen variant is already part of the name.
  name: text("name", { unescape: true, collapse: true }),
  variant: join(
    ", ",
    text("parameter1", { unescape: true }),
    text("parameter2", { unescape: true }),
    text("parameter3", { unescape: true }),
  ),
  quantity: decimal("pieces"),
  unit: text("unitOfMeasure"),
  // Sellers that pay no VAT have 21 here nevertheless.
  vatRate: when(not(equals("../../info/payerVAT", "0")), vatRate("tax", { notation: "percent" })),
  unitPrice: when(
    isCoupon,
    // Unverified: the sign of a coupon. It is taken off whatever sign it has, and the totals tell if that is wrong.
    { net: decimal("price", { sign: "negative" }), gross: decimal("priceIncldVAT", { sign: "negative" }) },
    { net: decimal("price"), gross: decimal("priceIncldVAT") },
  ),
  // Grams in the file, for one piece.
  weight: decimal("weight", { shift: -3, invalid: "warning" }),
  note: text("noteCustomer", { unescape: true, stripTags: true }),
});

const fields = {
  variableSymbol: first(code("info/variableSymbol"), text("info/orderID", { extract: "^\\d{1,10}$" })),
  // `date` is ISO without an offset; the dates of the invoice are DD.MM.YYYY.
  createdAt: dateTime("info/date"),
  status: {
    kind: when(
      isCancelled,
      constant("cancelled"),
      oneOf(
        "info/lastState",
        {
          "Objednávka přijatá": "new",
          "Objednávka zaplacená": "paid",
          "Objednávka odeslaná": "shipped",
          // Unverified: Slovak shops.
          "Objednávka prijatá": "new",
          "Objednávka zaplatená": "paid",
          "Objednávka odoslaná": "shipped",
        },
        // Shops add states of their own; what they mean is for the host to say, by status.raw.
        { unknown: { value: "other", silent: true } },
      ),
    ),
    raw: text("info/lastState"),
  },
  currency: first(
    parameter("currency"),
    when(
      parameterIs("country", "SK"),
      constant("EUR"),
      when(parameterIs("country", "PL"), constant("PLN"), constant("CZK")),
    ),
  ),
  customer: object<Party>({
    email: text(["info/billingInformation/email", "info/deliveryAdess/email"]),
    // Digits without a prefix; the country that the method names tells which prefix they need.
    phone: when(
      goesToCzechia,
      phone(["info/billingInformation/phone", "info/deliveryAdess/phone"], { country: "CZ" }),
      when(
        goesToSlovakia,
        phone(["info/billingInformation/phone", "info/deliveryAdess/phone"], { country: "SK" }),
        when(
          goesToPoland,
          phone(["info/billingInformation/phone", "info/deliveryAdess/phone"], { country: "PL" }),
          phone(["info/billingInformation/phone", "info/deliveryAdess/phone"]),
        ),
      ),
    ),
    billing,
    shipping: when(exists(["info/deliveryAdess/name", "info/deliveryAdess/adress"]), delivery, billing),
    companyId: companyId("info/billingInformation/companyRegNumber"),
    // Slovak shops have the IČ DPH in an element of its own and the DIČ in taxRegNumber. Source: a class model of the
    // file, which the known file does not confirm.
    vatId: first(
      vatId("info/billingInformation/VATRegNumber"),
      when(not(isBareTaxId), vatId("info/billingInformation/taxRegNumber")),
    ),
    taxId: when(isBareTaxId, code("info/billingInformation/taxRegNumber")),
  }),
  lines: concat<Line>(
    each("products/product", product),
    // Kept at the price 0 too: it carries the method.
    when(exists(["info/postageName", "info/postagePrice"]), {
      kind: constant("shipping"),
      name: text("info/postageName", { collapse: true, unescape: true, default: "Doprava" }),
      quantity: constant("1"),
      // Unverified: whether fees include VAT. What stands as gross is read by the totals, see `fees` below.
      unitPrice: when(
        parameterIs("feePriceBasis", "net"),
        { net: decimal("info/postagePrice") },
        { gross: decimal("info/postagePrice") },
      ),
    }),
    when(compared(decimal("info/paidPrice"), "!=", "0"), {
      kind: constant("payment"),
      name: text("info/paidName", { collapse: true, unescape: true, default: "Platba" }),
      quantity: constant("1"),
      unitPrice: when(
        parameterIs("feePriceBasis", "net"),
        { net: decimal("info/paidPrice") },
        { gross: decimal("info/paidPrice") },
      ),
    }),
    when(compared(decimal("info/discount"), "!=", "0"), {
      kind: constant("discount"),
      name: when(
        compared(decimal("info/discountPercentage"), "!=", "0"),
        template("Sleva {info/discountPercentage} %"),
        constant("Sleva"),
      ),
      quantity: constant("1"),
      // Unverified: that it includes VAT, and its sign. It is taken off whatever sign it has.
      unitPrice: { gross: decimal("info/discount", { sign: "negative" }) },
    }),
  ),
  payment: {
    method: text("info/paidName", { collapse: true, unescape: true }),
    paid: when(isPaid, constant(true), boolean("info/paid", { invalid: "warning" })),
  },
  shipping: {
    method: text("info/postageName", { extract: METHOD, collapse: true, unescape: true }),
    pickupPoint: first(
      text("info/postageName", { extract: POINT }),
      text("info/deliveryAdess/city", { extract: POINT }),
    ),
  },
  totals: { net: decimal("info/total"), gross: decimal("info/totalIncldVAT") },
  // It is the seller that pays VAT or not.
  vatRegime: when(equals("info/payerVAT", "0"), constant("nonPayer")),
  notes: {
    customer: text("info/noteCustomer", { unescape: true, stripTags: true }),
    internal: text("info/noteInternal", { unescape: true, stripTags: true }),
  },
} as const;

const custom = {
  // The seller's IČO, by which a file of another shop can be told. It can be of seven digits: not a number to check.
  sellerCompanyId: code("/orders/@ICO"),
  noteCustomerInvoice: text("info/noteCustomerInvoice", { unescape: true, stripTags: true }),
  noteInvoice: text("info/noteInvoice", { unescape: true, stripTags: true }),
  // Texts of the payment; empty in the known file.
  paymentNote: text("info/paidNote", { unescape: true, stripTags: true }),
  paymentRemark: text("info/paidRemark", { unescape: true, stripTags: true }),
  // Numbers of who takes the goods; the customer's are those of the billing address.
  deliveryCompanyId: code("info/deliveryAdess/companyRegNumber"),
  deliveryTaxRegNumber: code("info/deliveryAdess/taxRegNumber"),
  deliveryVatRegNumber: code("info/deliveryAdess/VATRegNumber"),
  completed: text("info/completed"),
  lastStateDate: text("info/lastStateDate"),
} as const;

const ignore = {
  "info/postageNote": "what the shop says about its method of shipping",
  // Unverified: that postagePrice contains it. It is 0 in the known file; if it comes on top, the totals tell.
  "products/product/postageSurcharge": "a part of the postage of the order",
  "products/product/postageName": "the name of that part",
  "products/product/producer": "of the catalogue, not of the order",
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
    currency: {
      title: "Currency of the shop",
      description: "The file states none. Left empty, it is that of the country: CZK, EUR or PLN",
      default: "",
    },
    feePriceBasis: {
      title: "Whether postage and payment fee include VAT",
      description:
        "auto: with VAT, unless only the reading without it gives the totals of the order; net: always without. It matters for sellers that pay VAT",
      default: "auto",
      values: ["auto", "net"],
    },
    includeCancelled: {
      title: "Cancelled orders",
      description: "yes: read them too, with the status cancelled; no: skip them",
      default: "yes",
      values: ["yes", "no"],
    },
  },
  country: { parameter: "country" },
  zone: "Europe/Prague", // also the time of Slovakia and Poland
  // The totals contain postage and payment fee: true of all orders in the known file. There is no place for rounding.
  // Unverified: the VAT rate of fees; taken as that of the largest part of the goods.
  totals: {
    basis: "gross",
    method: "topDown",
    compare: ["gross", "net"],
    fees: { basis: "auto", vat: "main" },
  },
} satisfies MappingOptions;

const skipCancelled = { when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" } as const;

/** Feeds of the engine, the same for all its brands. */
export const feeds = {
  orders: {
    direction: "import",
    records: "orders",
    title: "Orders, XML",
    fileName: "*.xml",
    encoding: "utf-8",
    version: "/orders/@version",
    mapping: defineMapping("order", {
      ...options,
      taxDate: first(date("info/DateOfTheChargeableEvent"), date("info/date")),
      skip: [skipCancelled],
      ignore: {
        ...ignore,
        "info/invoiceDate": "of the invoice: see the feed invoices",
        "info/maturityDate": "of the invoice: see the feed invoices",
        "info/invoiceType": "of the invoice: see the feed invoices",
      },
      fields: {
        number: code("info/orderID"),
        ...fields,
        custom: { ...custom, invoiceNumber: code("info/invoiceNumber") },
      },
    }),
  },
  invoices: {
    direction: "import",
    records: "invoices",
    title: "Invoices of the same file",
    fileName: "*.xml",
    encoding: "utf-8",
    version: "/orders/@version",
    mapping: defineMapping("invoice", {
      ...options,
      skip: [skipCancelled, { when: not(exists("info/invoiceNumber")), reason: "no invoice yet" }],
      ignore,
      fields: {
        invoiceNumber: code("info/invoiceNumber"),
        orderNumber: code("info/orderID"),
        // Unverified: words other than "Faktura". An unknown one is an error: it must not be booked as an invoice.
        documentType: oneOf("info/invoiceType", {
          Faktura: "invoice",
          Faktúra: "invoice",
          "Zálohová faktura": "proforma",
          "Proforma faktura": "proforma",
          Dobropis: "creditNote",
        }),
        issuedOn: date("info/invoiceDate"),
        taxPointOn: date("info/DateOfTheChargeableEvent"),
        dueOn: date("info/maturityDate"),
        ...fields,
        custom,
      },
    }),
  },
  ...productFeeds,
} as const;

/** Where knowledge of the engine comes from. */
export const engineProvenance: readonly Provenance[] = [
  {
    title: "A real export of an Eshop-rychle shop that pays no VAT (six orders, December 2019), and its loader",
    url: "https://github.com/hornmich/shop-manager",
    date: "2026-11-24",
  },
  {
    title: "An importer of the same file, which names the coupon",
    url: "https://github.com/hornmich/StickerCreator",
    date: "2026-11-24",
  },
  {
    title: "Terms of Webareal, operated by Bohemiasoft s.r.o.",
    url: "http://www.webareal.cz/obchodni-podminky.html",
    date: "2026-11-24",
  },
  {
    title: "Terms of the Polish edition, operated by the same company",
    url: "https://www.sklep-szybko.pl/regulamin.html",
    date: "2026-11-24",
  },
  {
    title: "Bohemiasoft's help: import and export of CSV files",
    url: "https://helpdesk.bohemiasoft.com/430676-30-Import--export-CSV-souboru",
    date: "2026-11-24",
  },
  {
    title: "The CSV of an Eshop-rychle shop: all titles and a row of values",
    url: "https://github.com/krsnak/cezar-csv-to-eshop-rychle",
    date: "2026-11-24",
  },
];

export const engineLimitations: readonly string[] = [
  "Verified on a file of a seller that pays no VAT. No file of one that does is publicly known: whether fees include VAT is settled by the totals of each order, their rate is taken from the goods.",
  "The file states neither currency nor country: set the parameters. If the method of shipping names another country, such as Zásilkovna PL, the address of delivery takes that one, and the billing address none.",
  "The file has no place for rounding, though the engine knows rounded totals: an order whose total was rounded is reported as TOTAL_MISMATCH.",
  "payment.paid can be false for an order paid by card: the shop's own flag stays 0 then.",
  "Products often have no code; match them by name then.",
  "The weight of a line is that of one piece, in kilograms.",
  "Unverified: the sign of the order's discount and of coupons, and words for documents other than Faktura.",
  ...productLimitations,
];

/** Situations that no file of the engine can show. */
export const engineWithout = {
  rounding: "The file has no place for rounding: an order whose total was rounded is reported as TOTAL_MISMATCH",
  windows1250: "The engine writes UTF-8",
} as const;

export const bohemiasoft = definePreset({
  id: "bohemiasoft",
  title: "Bohemiasoft",
  maturity: "verified",
  provenance: engineProvenance,
  limitations: engineLimitations,
  without: engineWithout,
  feeds,
});
