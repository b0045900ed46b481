import {
  type Address,
  all,
  any,
  boolean,
  code,
  companyId,
  concat,
  type Condition,
  constant,
  country,
  date,
  dateTime,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  type ImportFeed,
  join,
  type Line,
  matches,
  not,
  object,
  oneOf,
  parameterIs,
  phone,
  type Price,
  type Spec,
  template,
  text,
  vatId,
  vatRate,
  when,
  zip,
} from "../../src/index.ts";
import { ignored } from "./ignored.ts";

// HEADER is documented: https://www.upgates.cz/a/dokumentace-xml-objednavek (read 2026-11-24), as far as CREATED_AT.
// The rest of that page, the vendor's schema and its sample were not at hand. Unverified: every other name below. Those
// are keys of the vendor's API v2 in capitals, with blocks and items as in the vendor's XML of products; what they mean is
// documented there: https://github.com/nuty456/UpgatesApi doc/upgatesapiv2.apib (read 2026-11-24).

/** Orders state whether their prices include VAT; where the file does not say, the shop's setting counts. */
function includesVat(header: string): Condition {
  const flag = `${header}/PRICES_WITH_VAT_YN`;
  return any(equals(flag, ["1", "true"]), all(not(exists(flag)), parameterIs("priceBasis", "gross")));
}

/** @param header - path of HEADER from where the price is */
function price(path: string, header: string, sign: "keep" | "negative" = "keep"): Spec<Price> {
  return when<Price>(
    includesVat(header),
    object<Price>({ gross: decimal(path, { sign }) }),
    object<Price>({ net: decimal(path, { sign }) }),
  );
}

const percent = { notation: "percent" } as const;
const paysVat = parameterIs("vatPayer", "yes");

const product = object<Line>({
  kind: oneOf(
    "TYPE",
    {
      product: "product",
      set: "product",
      set_part: "other", // its price is part of the set's
      gift: "gift",
      discount: "discount",
    },
    { default: "product", unknown: { value: "other" } },
  ),
  externalId: text("UUID"),
  code: text("CODE"),
  ean: code("EAN"),
  // Items that were added by hand may lack one.
  name: text(["TITLE", "CODE"], { collapse: true }),
  variant: join(", ", text("PARAMETERS/PARAMETER[1]/VALUE"), text("PARAMETERS/PARAMETER[2]/VALUE")),
  quantity: decimal("QUANTITY"),
  unit: text("UNIT"),
  vatRate: when(paysVat, vatRate("VAT", percent)),
  unitPrice: price("PRICE_PER_UNIT", "../../HEADER"),
  // For the whole quantity. A recycling fee and the prices of configurations are part of them.
  total: { net: decimal("PRICE_WITHOUT_VAT"), gross: decimal("PRICE_WITH_VAT") },
  // Grams in the file, of one unit.
  weight: decimal("WEIGHT", { shift: -3, invalid: "warning" }),
  note: text("INVOICE_INFO"),
});

/** A discount of the whole order, which the shop divides among the rates. Unverified: its sign. */
function discounts(block: string, name: Spec<string>): Spec<Line[]> {
  return each<Line>(`${block}/DISCOUNTS/DISCOUNT`, {
    kind: constant("discount"),
    code: text("../../CODE"),
    name,
    quantity: constant("1"),
    vatRate: when(paysVat, vatRate("VAT", percent)),
    unitPrice: price("PRICE", "../../../HEADER", "negative"),
  });
}

function fee(kind: "shipping" | "payment", block: string, name: string): Spec<Line> {
  return object<Line>({
    kind: constant(kind),
    code: text(`${block}/CODE`),
    name: text(`${block}/NAME`, { collapse: true, default: name }),
    quantity: constant("1"),
    vatRate: when(paysVat, vatRate(`${block}/VAT`, percent)),
    unitPrice: price(`${block}/PRICE`, "HEADER"),
  });
}

/** A DIČ of Slovakia in the place of a VAT number. */
const isBareTaxId = all(
  matches("CUSTOMER/DIC", "^(?:\\d\\s*){10}$"),
  any(parameterIs("country", "SK"), matches("CUSTOMER/COUNTRY_ID_INVOICE", "^sk$", "i")),
);
const isDeliveredElsewhere = not(equals("CUSTOMER/POSTAL_YN", ["0", "false"]));

/** Names of states are the shop's own. `Platba zrušena` is a state of a payment. */
const isCancelled = matches("HEADER/STATUS", "^(?:storn|zrušen)", "iu");

export const orders = {
  direction: "import",
  records: "orders",
  title: "Orders, XML version 1.0",
  fileName: "*.xml",
  encoding: "utf-8",
  version: "/ORDERS/@version",
  mapping: defineMapping("order", {
    record: "/ORDERS/ORDER",
    parameters: {
      country: { title: "Country of the shop", default: "CZ", values: ["CZ", "SK"] },
      priceBasis: {
        title: "Whether the shop stores prices with VAT or without",
        description: "Counts for orders that do not say it themselves",
        default: "gross",
        values: ["gross", "net"],
      },
      vatPayer: {
        title: "Whether the shop pays VAT",
        description: "no: nothing is taxed, whatever rates the file states",
        default: "yes",
        values: ["yes", "no"],
      },
      includeCancelled: {
        title: "Cancelled orders",
        description: "yes: read them too, with the status cancelled; no: skip them",
        default: "yes",
        values: ["yes", "no"],
      },
    },
    country: { parameter: "country" },
    zone: "Europe/Prague", // also the time of Slovakia
    fields: {
      number: code("HEADER/CODE"),
      externalId: code("HEADER/UUID"),
      // Not the order's number: the shop makes it of the number of the case, 1 for the order 9000011.
      variableSymbol: code("HEADER/VARIABLE_SYMBOL"),
      createdAt: dateTime("HEADER/CREATED_AT"),
      status: {
        kind: when(
          isCancelled,
          constant("cancelled"),
          oneOf(
            "HEADER/STATUS",
            {
              Přijatá: "new",
              "Platba probíhá": "new",
              "Platba úspěšná": "paid",
              // Unverified: Slovak shops, and what shops commonly add.
              Prijatá: "new",
              "Platba úspešná": "paid",
              "Vyřizuje se": "processing",
              Odeslaná: "shipped",
              Odoslaná: "shipped",
              Vyřízená: "done",
              Vybavená: "done",
              Vrácená: "returned",
            },
            { unknown: { value: "other", silent: true } },
          ),
        ),
        raw: text("HEADER/STATUS"),
      },
      currency: code("HEADER/CURRENCY", { upper: true }),
      customer: {
        email: text("CUSTOMER/EMAIL"),
        phone: phone("CUSTOMER/PHONE"),
        billing: {
          name: join(
            " ",
            text("CUSTOMER/FIRSTNAME_INVOICE", { collapse: true }),
            text("CUSTOMER/SURNAME_INVOICE", { collapse: true }),
          ),
          company: text("CUSTOMER/COMPANY", { collapse: true }),
          street: text("CUSTOMER/STREET_INVOICE", { collapse: true }),
          city: text("CUSTOMER/CITY_INVOICE", { collapse: true }),
          zip: zip("CUSTOMER/ZIP_INVOICE"),
          // In small letters: cz.
          country: country("CUSTOMER/COUNTRY_ID_INVOICE", { invalid: "warning" }),
        },
        shipping: when<Address>(isDeliveredElsewhere, {
          name: join(
            " ",
            text("CUSTOMER/FIRSTNAME_POSTAL", { collapse: true }),
            text("CUSTOMER/SURNAME_POSTAL", { collapse: true }),
          ),
          company: text("CUSTOMER/COMPANY_POSTAL", { collapse: true }),
          street: text("CUSTOMER/STREET_POSTAL", { collapse: true }),
          city: text("CUSTOMER/CITY_POSTAL", { collapse: true }),
          zip: zip("CUSTOMER/ZIP_POSTAL"),
          country: country("CUSTOMER/COUNTRY_ID_POSTAL", { invalid: "warning" }),
        }),
        companyId: companyId("CUSTOMER/ICO"),
        vatId: when(not(isBareTaxId), vatId("CUSTOMER/DIC")),
        taxId: when(isBareTaxId, code("CUSTOMER/DIC")),
        group: text("CUSTOMER/PRICELIST_NAME"),
      },
      lines: concat<Line>(
        each<Line>("PRODUCTS/PRODUCT", product),
        discounts("DISCOUNT_VOUCHER", template("Slevový kupón {../../CODE}")),
        discounts("QUANTITY_DISCOUNT", constant("Množstevní sleva")),
        discounts("LOYALTY_POINTS", constant("Věrnostní body")),
        // At the price 0 too: it carries the method.
        when<Line>(exists("SHIPMENT/PRICE"), fee("shipping", "SHIPMENT", "Doprava")),
        when<Line>(
          all(exists("PAYMENT/PRICE"), not(matches("PAYMENT/PRICE", "^0+(?:\\.0*)?$"))),
          fee("payment", "PAYMENT", "Platba"),
        ),
      ),
      payment: {
        method: text("PAYMENT/NAME", { collapse: true }),
        code: text("PAYMENT/CODE"),
        // A gateway takes cards and transfers alike.
        kind: oneOf(
          "PAYMENT/TYPE",
          {
            cash: "cash",
            cashOnCashRegister: "cash",
            cardOnCashRegister: "card",
            gpwebpay: "card",
            tatracardpay: "card",
            command: "transfer",
            cashOnDelivery: "cashOnDelivery",
          },
          { unknown: { value: "other", silent: true } },
        ),
        paid: boolean("HEADER/PAID/PAID_YN", { invalid: "warning" }),
        paidAt: date("HEADER/PAID/PAID_DATE"),
      },
      shipping: {
        method: text("SHIPMENT/NAME", { collapse: true }),
        code: text("SHIPMENT/CODE"),
        pickupPoint: text("SHIPMENT/AFFILIATE_ID"),
        trackingNumber: code("HEADER/TRACKING_CODE"),
      },
      totals: {
        gross: decimal("HEADER/TOTAL_PRICE_BEFORE_ROUND"),
        rounding: decimal("HEADER/TOTAL_PRICE_REST"),
        payable: decimal("HEADER/TOTAL_PRICE_WITH_VAT"),
      },
      vatRegime: when(
        parameterIs("vatPayer", "no"),
        constant("nonPayer"),
        when(equals("HEADER/OSS_YN", ["1", "true"]), constant("oss")),
      ),
      notes: {
        customer: text("HEADER/CUSTOMER_NOTE", { stripTags: true }),
        internal: text("HEADER/INTERNAL_NOTE", { stripTags: true }),
      },
      custom: {
        invoiceNumber: code("HEADER/INVOICE_NUMBER"),
        resolved: text("HEADER/RESOLVED_YN"),
        // Grams, of all items.
        totalWeight: text("HEADER/TOTAL_WEIGHT"),
        // Amount in the main currency = amount × 1 / this number: the other way round than `exchangeRate`.
        currencyRate: text("HEADER/DEFAULT_CURRENCY_RATE"),
        pickupPointName: text("SHIPMENT/AFFILIATE_NAME"),
      },
    },
    skip: [{ when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" }],
    ignore: ignored,
    // Unverified: that VAT is calculated out of the sum with VAT. The file states totals with VAT only.
    totals: {
      basis: "gross",
      method: "topDown",
      compare: ["payable", "gross"],
      fees: { basis: "stated", vat: "main" },
    },
  }),
} as const satisfies ImportFeed;
