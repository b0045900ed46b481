import {
  boolean,
  code,
  companyId,
  country,
  date,
  dateTime,
  decimal,
  defineMapping,
  definePreset,
  each,
  equals,
  first,
  join,
  type Line,
  object,
  oneOf,
  phone,
  text,
  vatId,
  vatRate,
  zip,
} from "../../src/index.ts";

/** Addresses of edited templates stand below CUSTOMER or directly below the order. */
const address = (name: "BILLING" | "SHIPPING", others: readonly string[]) => {
  const places = [`CUSTOMER/${name}_ADDRESS`, `${name}_ADDRESS`, ...others];
  const at = (...names: readonly string[]) => names.flatMap((field) => places.map((place) => `${place}/${field}`));
  return {
    name: text(at("NAME", "FULLNAME"), { collapse: true }),
    company: text(at("COMPANY"), { collapse: true }),
    // The system template states street and number apart; the number is empty where shops let customers write both into one.
    street: join(
      " ",
      text(at("STREET"), { collapse: true }),
      text(at("HOUSENUMBER", "HOUSE_NUMBER"), { collapse: true }),
    ),
    city: text(at("CITY"), { collapse: true }),
    zip: zip(at("ZIP")),
    country: first(
      country(at("COUNTRY_CODE"), { invalid: "warning" }),
      // The system template states the country's name in the shop's language.
      country(at("COUNTRY", "COUNTRY_NAME"), { invalid: "warning" }),
    ),
  };
};

const item = object<Line>({
  kind: oneOf(
    ["TYPE", "ITEM_TYPE"],
    {
      product: "product",
      bazar: "product",
      bazaar: "product",
      service: "product",
      set: "product",
      "product-set": "product",
      gift: "gift",
      shipping: "shipping",
      billing: "payment",
      discount: "discount",
      "discount-coupon": "discount",
      "volume-discount": "discount",
      "gift-certificate": "discount",
      deposit: "deposit",
      "generic-item": "other",
      "product-set-item": "other",
    },
    { default: "product", unknown: { value: "other" } },
  ),
  code: code("CODE"),
  ean: code("EAN"),
  name: first(text(["NAME", "PRODUCT_NAME"], { collapse: true }), text("CODE")),
  variant: text(["VARIANT_NAME", "VARIANT"], { collapse: true }),
  quantity: decimal(["AMOUNT", "QUANTITY"], { default: "1" }),
  unit: text("UNIT"),
  vatRate: vatRate(["UNIT_PRICE/VAT_RATE", "TOTAL_PRICE/VAT_RATE", "VAT_RATE", "VAT"], { notation: "percent" }),
  unitPrice: {
    net: decimal(["UNIT_PRICE/WITHOUT_VAT", "PRICE_WITHOUT_VAT", "PRICE_WO_VAT"]),
    gross: decimal(["UNIT_PRICE/WITH_VAT", "PRICE_WITH_VAT"]),
  },
  total: {
    net: decimal("TOTAL_PRICE/WITHOUT_VAT"),
    vat: decimal("TOTAL_PRICE/VAT"),
    gross: decimal("TOTAL_PRICE/WITH_VAT"),
  },
  discount: decimal("DISCOUNT", { invalid: "warning" }),
  weight: decimal("WEIGHT", { invalid: "warning" }),
});

const items = ["ORDER_ITEMS/ITEM", "ITEMS/ITEM"];

export const shoptet = definePreset({
  id: "shoptet",
  title: "Shoptet",
  maturity: "documented",
  provenance: [
    { title: "Shoptet: Export objednávek", url: "https://podpora.shoptet.cz/export-objednavek/", date: "2026-11-24" },
    {
      title: "Dativery: Nastavení exportu objednávek u Shoptetu (the system template with its placeholders)",
      url: "https://www.dativery.com/cs/bez-kategorie/nastaveni-exportu-objednavek-u-shoptetu/",
      date: "2026-11-24",
    },
    {
      title: "Balíkobot: docs/application/shoptet.md (a copy of the system template with carrier fields)",
      url: "https://github.com/balikujcz/docs",
      date: "2026-11-24",
    },
    {
      title: "Shoptet API: types of order items, VAT modes",
      url: "https://github.com/shoptet/developers",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Shoptet publishes no schema of its order export, and shops may edit the template; the system template and the commonest edits are covered.",
    "The VAT mode (OSS, reverse charge) is not in the export; foreign rates are checked against those of the country of delivery.",
    "Unverified: the decimal separator of Slovak shops; point and comma are both understood.",
    "Unverified: TAX_ID for the Slovak DIČ; it is not in the system template.",
  ],
  feeds: {
    orders: {
      direction: "import",
      records: "orders",
      title: "Orders (system template, XML)",
      fileName: "orders*.xml",
      encoding: "utf-8",
      mapping: defineMapping("order", {
        record: "/ORDERS/ORDER",
        // Shops that edit the template write names in other letter case.
        ignoreCase: true,
        parameters: {
          country: { title: "Country of the shop", default: "CZ", values: ["CZ", "SK"] },
          currency: { title: "Currency of orders that state none", default: "CZK" },
          includeCancelled: {
            title: "Cancelled orders",
            description: "yes: read them too, with the status cancelled; no: skip them",
            default: "yes",
            values: ["yes", "no"],
          },
        },
        country: { parameter: "country" },
        zone: "Europe/Prague", // Bratislava keeps the same time
        taxDate: date("DATE"),
        fields: {
          number: code("CODE"),
          externalId: code(["ORDER_ID", "ID"]),
          variableSymbol: text(["VARIABLE_SYMBOL", "CODE"], { extract: "^\\d{1,10}$" }),
          createdAt: dateTime("DATE"),
          status: {
            // Names of states are free text of the shop; these are the defaults of Czech and Slovak shops.
            kind: oneOf(
              "STATUS",
              {
                Nevyřízena: "new",
                Nevyřízená: "new",
                Nevybavená: "new",
                "Vyřizuje se": "processing",
                "Vybavuje sa": "processing",
                Vyřízena: "done",
                Vyřízená: "done",
                Vybavená: "done",
                Odeslána: "shipped",
                Odoslaná: "shipped",
                Zaplaceno: "paid",
                Zaplatené: "paid",
                Stornována: "cancelled",
                Stornovaná: "cancelled",
                Storno: "cancelled",
              },
              // Most shops make states of their own: what they mean is for the host to say, by status.raw.
              { unknown: { value: "other", silent: true }, default: "new" },
            ),
            raw: text("STATUS"),
          },
          currency: text(["CURRENCY/CODE", "CURRENCY_CODE"], { case: "upper", default: { parameter: "currency" } }),
          exchangeRate: decimal(["CURRENCY/EXCHANGE_RATE", "EXCHANGE_RATE"]),
          customer: {
            email: text(["CUSTOMER/EMAIL", "EMAIL"]),
            phone: phone(["CUSTOMER/PHONE", "PHONE"]),
            billing: address("BILLING", []),
            shipping: address("SHIPPING", ["DELIVERY_ADDRESS"]),
            companyId: companyId(["CUSTOMER/BILLING_ADDRESS/COMPANY_ID", "BILLING_ADDRESS/COMPANY_ID"]),
            // Czech DIČ, Slovak IČ DPH. Slovak shops that put the bare DIČ here have ten digits without a prefix.
            vatId: vatId(["CUSTOMER/BILLING_ADDRESS/VAT_ID", "BILLING_ADDRESS/VAT_ID"]),
            taxId: code(["CUSTOMER/BILLING_ADDRESS/TAX_ID", "BILLING_ADDRESS/TAX_ID"]),
            group: text(["CUSTOMER/CUSTOMER_GROUP", "CUSTOMER_GROUP"]),
          },
          lines: each(items, item),
          payment: {
            // There is no element for the method: the name of the item of type "billing" is it.
            method: text(
              items.map((path) => `${path}[TYPE='billing']/NAME`),
              { collapse: true },
            ),
            code: code(items.map((path) => `${path}[TYPE='billing']/CODE`)),
            paid: boolean(["TOTAL_PRICE/PAID", "PAID"]),
            paidAmount: decimal(["TOTAL_PRICE/AMOUNT_PAID", "AMOUNT_PAID"]),
          },
          shipping: {
            method: text(
              items.map((path) => `${path}[TYPE='shipping']/NAME`),
              { collapse: true },
            ),
            code: code(items.map((path) => `${path}[TYPE='shipping']/CODE`)),
            // Names that shops give to #zasilkovnaDistributionPointBranchId# and its like.
            pickupPoint: code([
              "PACKETA_BRANCH_ID",
              "ZASILKOVNA_ID",
              "DATIVERY/ZASILKOVNA_ID",
              "CESKA_POSTA_ID",
              "CP_ZIP",
              "DPD_PARCEL_SHOP_ID",
              "PICKUP_PLACE",
            ]),
            trackingNumber: code(["PACKAGE_NUMBER", "PACKAGE_NO"]),
          },
          totals: {
            net: decimal("TOTAL_PRICE/WITHOUT_VAT"),
            vat: decimal("TOTAL_PRICE/VAT"),
            gross: decimal("TOTAL_PRICE/WITH_VAT"),
            rounding: decimal("TOTAL_PRICE/ROUNDING"),
            payable: decimal("TOTAL_PRICE/PRICE_TO_PAY"),
          },
          notes: { customer: text("REMARK", { unescape: true, stripTags: true }), internal: text("SHOP_REMARK") },
          custom: {
            referer: text("REFERER"),
            ipAddress: text(["CUSTOMER/IP_ADDRESS", "IP_ADDRESS"]),
            weight: text("WEIGHT"),
            source: text("SOURCE_NAME"),
            customerIdentificationNumber: text("CUSTOMER/BILLING_ADDRESS/CUSTOMER_IDENTIFICATION_NUMBER"),
            varchar1: text("VARCHAR1"),
            varchar2: text("VARCHAR2"),
            varchar3: text("VARCHAR3"),
            text1: text("TEXT1"),
            text2: text("TEXT2"),
            text3: text("TEXT3"),
          },
        },
        skip: [
          {
            when: {
              all: [
                { parameter: "includeCancelled", is: "no" },
                equals("STATUS", ["Stornována", "Stornovaná", "Storno"]),
              ],
            },
            reason: "cancelled",
          },
        ],
        // Σ items with VAT = WITH_VAT, and WITH_VAT + ROUNDING = PRICE_TO_PAY: there is no item for the rounding.
        totals: { basis: "gross", method: "topDown", compare: ["gross", "payable", "net"] },
      }),
    },
  },
});
