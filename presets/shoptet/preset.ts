import {
  all,
  any,
  boolean,
  code,
  companyId,
  constant,
  country,
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
  matches,
  not,
  object,
  oneOf,
  parameter,
  parameterIs,
  phone,
  text,
  vatId,
  vatRate,
  when,
  zip,
} from "../../src/index.ts";
import { productFeeds } from "./products.ts";

/** Any discount: the template says `discount`, the vendor's API `discount-coupon` and `volume-discount`. */
const isDiscount = matches("TYPE", "discount|coupon|sleva|zľava", "iu");

const item = object<Line>({
  kind: when(
    isDiscount,
    constant("discount"),
    // Words of the vendor's API. Unverified: that the template uses the same ones beyond product, shipping, billing and
    // discount.
    oneOf(
      "TYPE",
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
        deposit: "deposit",
        "gift-certificate": "other",
        "generic-item": "other",
        "product-set-item": "other", // its price is part of the set's
      },
      { default: "product", unknown: { value: "other" } },
    ),
  ),
  // Not the codec `code`: codes of the shop may hold spaces, and must be found again as they are.
  code: text("CODE"),
  ean: code("EAN"),
  // The shortest template that is known states no name: github.com/mfajfr/shoptet-feed src/Reader.php (read 2026-11-24).
  name: text(["NAME", "CODE", "TYPE"], { collapse: true }),
  variant: text("VARIANT_NAME", { collapse: true }),
  quantity: decimal("AMOUNT"),
  unit: text("UNIT"),
  vatRate: when(
    parameterIs("vatPayer", "yes"),
    vatRate(["TOTAL_PRICE/VAT_RATE", "UNIT_PRICE/VAT_RATE", "VAT_RATE"], { notation: "percent" }),
  ),
  // A discount counts by its line total; importers leave its unit price alone.
  unitPrice: when(any(not(isDiscount), not(exists(["TOTAL_PRICE/WITH_VAT", "TOTAL_PRICE/WITHOUT_VAT"]))), {
    // PRICE_WO_VAT: the same short template. Unverified: that it is the price of one unit.
    net: decimal(["UNIT_PRICE/WITHOUT_VAT", "PRICE_WO_VAT"]),
    gross: decimal("UNIT_PRICE/WITH_VAT"),
  }),
  total: {
    net: decimal("TOTAL_PRICE/WITHOUT_VAT"),
    vat: decimal("TOTAL_PRICE/VAT"),
    gross: decimal("TOTAL_PRICE/WITH_VAT"),
  },
  // Percent that is already off the price.
  discount: decimal("DISCOUNT", { invalid: "warning" }),
  weight: decimal("WEIGHT", { invalid: "warning" }),
});

/** A bare Slovak DIČ in the place of the IČ DPH, as some customers write it. */
const isBareTaxId = all(
  matches(["CUSTOMER/BILLING_ADDRESS/VAT_ID", "BILLING_ADDRESS/VAT_ID"], "^(?:\\d\\s*){10}$"),
  any(
    parameterIs("country", "SK"),
    equals(["CUSTOMER/BILLING_ADDRESS/COUNTRY_CODE", "BILLING_ADDRESS/COUNTRY_CODE"], "SK"),
    matches(["CUSTOMER/BILLING_ADDRESS/COUNTRY", "BILLING_ADDRESS/COUNTRY"], "^sloven(?:sko|ská)", "iu"),
  ),
);

/** What an item has besides; some templates call the list ITEMS. */
const ignoredOfItem = {
  PLU: "number of a cash register; CODE and EAN identify the goods",
  MANUFACTURER: "of the catalogue, not of the order",
  SUPPLIER: "of the catalogue, not of the order",
  STATUS: "state of the item in the shop; the order has its own",
  "UNIT_PRICE/VAT": "UNIT_PRICE/WITH_VAT less UNIT_PRICE/WITHOUT_VAT",
  // Unverified: the name, which only some templates have.
  BUY_PRICE: "what the shop paid for it, which is not part of the order",
} as const;

/** Names of states are the shop's own; the words below all begin like this in Czech and Slovak. */
const isCancelled = matches("STATUS", "^(?:storn|zrušen)", "iu");

const below = (item: string, places: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(places).map(([place, reason]) => [`${item}/${place}`, reason]));

// In some edited templates the addresses stand directly below ORDER and the items below ITEMS, so that most places have
// two paths. Shops also write names in other letter case: `ignoreCase`.
export const shoptet = definePreset({
  id: "shoptet",
  title: "Shoptet",
  maturity: "documented",
  provenance: [
    {
      title: "Shoptet help: Export objednávek",
      url: "https://podpora.shoptet.cz/export-objednavek/",
      date: "2026-11-24",
    },
    {
      title: "Dativery: Nastavení exportu objednávek u Shoptetu, a template with its placeholders",
      url: "https://www.dativery.com/cs/bez-kategorie/nastaveni-exportu-objednavek-u-shoptetu/",
      date: "2026-11-24",
    },
    {
      title: "Balíkuj: docs/application/shoptet.md, the system template with country codes and carriers added",
      url: "https://github.com/balikujcz/docs",
      date: "2026-11-24",
    },
    {
      title: "shoptet-feed: src/Reader.php, reads a short template with a decimal comma",
      url: "https://github.com/mfajfr/shoptet-feed",
      date: "2026-11-24",
    },
    {
      title: "Shoptet API: types of order items, VAT modes",
      url: "https://github.com/shoptet/developers",
      date: "2026-11-24",
    },
    {
      title: "Shoptet: XML specification of product imports, schemas products-supplier-v10 and products-complete-v10",
      url: "https://developers.shoptet.cz/shoptet-xml-specifikace/",
      date: "2026-11-24",
    },
    {
      title: "Shoptet help: Automatické importy produktů",
      url: "https://podpora.shoptet.cz/automaticke-importy-produktu/",
      date: "2026-11-24",
    },
    {
      title: "spt-luxuryCar: docs/, copies of the schemas and notes on what Shoptet refuses",
      url: "https://github.com/SharkJohny/spt-luxuryCar",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Shoptet publishes no schema of its order export, and shops may edit the template. The system template and the edits that are publicly known are understood; of a template with names of its own, the places can be changed shop by shop.",
    "The VAT mode (OSS, reverse charge) is not in the export, so vatRegime is left out; foreign rates are compared with those of the country of delivery.",
    "Whether the shop pays VAT is not in the export: set the parameter vatPayer.",
    "Unverified: TAX_ID for the Slovak DIČ. It is not in the system template; the name is that of the vendor's API.",
    "Unverified: the decimal separator of Slovak shops; point and comma are both understood.",
    "Unverified: whether PRICE_TO_PAY is less than the total after a partial payment. If it is, such an order is reported as TOTAL_MISMATCH.",
    "Unverified: whether WEIGHT of an item, in kilograms, is that of one unit or of the line.",
    "Product files are checked against the vendor's schema as of 2026-11-24, which has changed before under the same version; no import into a shop was tried.",
    "Unverified: that STANDARD_PRICE includes VAT and PURCHASE_PRICE does not. No file of the supplier's form says so, and the switch of the complete form, PURCHASE_PRICE_INCL_VAT, cannot be written.",
    "A variant without parameters cannot be written, since Shoptet's schema refuses it: its product is rejected. Nor is the name of a variant written; Shoptet makes it from the parameters.",
    "A variant's picture (IMAGE_REF) must be among the product's, which is not checked; further pictures of a variant are left out.",
    "Of the two texts of availability only the one that holds now is written; where the quantity is not known or is written by warehouse, none is.",
    "Least and most of the stock: STOCK_MIN_SUPPLY of the complete form holds the least one. MINIMAL_AMOUNT and MAXIMAL_AMOUNT limit the quantity of an order and are not written.",
    "Condition, action prices, dimensions, related products and flags are not written. The item's type is not either, so that a set or a service stays one.",
    "Read back, a product with variants has the code of its first variant, since the file holds no other.",
  ],
  feeds: {
    orders: {
      direction: "import",
      records: "orders",
      title: "Orders by the system template, XML",
      fileName: "orders*.xml",
      encoding: "utf-8",
      // By the permanent link of the administration, one export at a time for each user and partner, and more often than every
      // 15 minutes only for what changed: podpora.shoptet.cz/export-objednavek (read 2026-11-24). Times are those of Prague.
      delivery: {
        since: {
          parameter: "updateTimeFrom",
          format: "date-time",
          zone: "Europe/Prague",
          overlapSeconds: 120,
        },
        intervalSeconds: 900,
      },
      mapping: defineMapping("order", {
        record: "/ORDERS/ORDER",
        ignoreCase: true,
        parameters: {
          country: { title: "Country of the shop", default: "CZ", values: ["CZ", "SK"] },
          currency: {
            title: "Currency of orders that state none",
            description: "Left empty, it is that of the country: CZK or EUR",
            default: "",
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
        // Times have no offset; Bratislava keeps the same one.
        zone: "Europe/Prague",
        fields: {
          number: code("CODE"),
          externalId: code("ORDER_ID"),
          // Unverified: the export states no variable symbol; shops use the order number, banks take ten digits.
          variableSymbol: text("CODE", { extract: "^\\d{1,10}$" }),
          createdAt: dateTime("DATE"),
          status: {
            kind: when(
              isCancelled,
              constant("cancelled"),
              oneOf(
                "STATUS",
                {
                  // Defaults of Czech shops.
                  Nevyřízena: "new",
                  "Vyřizuje se": "processing",
                  Vyřízena: "done",
                  // A default of Slovak shops; unverified: the other ones.
                  "Vybavuje sa": "processing",
                  Nevybavená: "new",
                  Vybavená: "done",
                  // Unverified: what shops commonly add, and other genders.
                  Nevyřízená: "new",
                  Vyřízená: "done",
                  Odeslána: "shipped",
                  Odesláno: "shipped",
                  Odoslaná: "shipped",
                  Zaplacena: "paid",
                  Zaplaceno: "paid",
                  Zaplatená: "paid",
                  Vrácena: "returned",
                  Vrátená: "returned",
                },
                // Most shops have states of their own: what they mean is for the host to say, by status.raw.
                { unknown: { value: "other", silent: true } },
              ),
            ),
            raw: text("STATUS"),
          },
          currency: first(
            text("CURRENCY/CODE", { case: "upper" }),
            parameter("currency"),
            when(parameterIs("country", "SK"), constant("EUR"), constant("CZK")),
          ),
          exchangeRate: decimal("CURRENCY/EXCHANGE_RATE"),
          customer: {
            email: text(["CUSTOMER/EMAIL", "EMAIL"]),
            phone: phone(["CUSTOMER/PHONE", "PHONE"]),
            billing: {
              name: text(["CUSTOMER/BILLING_ADDRESS/NAME", "BILLING_ADDRESS/NAME"], { collapse: true }),
              company: text(["CUSTOMER/BILLING_ADDRESS/COMPANY", "BILLING_ADDRESS/COMPANY"], { collapse: true }),
              // The number is empty where customers write it behind the street.
              street: join(
                " ",
                text(["CUSTOMER/BILLING_ADDRESS/STREET", "BILLING_ADDRESS/STREET"], { collapse: true }),
                text(["CUSTOMER/BILLING_ADDRESS/HOUSENUMBER", "BILLING_ADDRESS/HOUSENUMBER"], { collapse: true }),
              ),
              city: text(["CUSTOMER/BILLING_ADDRESS/CITY", "BILLING_ADDRESS/CITY"], { collapse: true }),
              zip: zip(["CUSTOMER/BILLING_ADDRESS/ZIP", "BILLING_ADDRESS/ZIP"]),
              // The system template states the name only, in the language of the shop.
              country: country(
                [
                  "CUSTOMER/BILLING_ADDRESS/COUNTRY_CODE",
                  "BILLING_ADDRESS/COUNTRY_CODE",
                  "CUSTOMER/BILLING_ADDRESS/COUNTRY",
                  "BILLING_ADDRESS/COUNTRY",
                ],
                { invalid: "warning" },
              ),
            },
            shipping: {
              name: text(["CUSTOMER/SHIPPING_ADDRESS/NAME", "SHIPPING_ADDRESS/NAME", "DELIVERY_ADDRESS/NAME"], {
                collapse: true,
              }),
              company: text(
                ["CUSTOMER/SHIPPING_ADDRESS/COMPANY", "SHIPPING_ADDRESS/COMPANY", "DELIVERY_ADDRESS/COMPANY"],
                { collapse: true },
              ),
              street: join(
                " ",
                text(["CUSTOMER/SHIPPING_ADDRESS/STREET", "SHIPPING_ADDRESS/STREET", "DELIVERY_ADDRESS/STREET"], {
                  collapse: true,
                }),
                text(
                  [
                    "CUSTOMER/SHIPPING_ADDRESS/HOUSENUMBER",
                    "SHIPPING_ADDRESS/HOUSENUMBER",
                    "DELIVERY_ADDRESS/HOUSENUMBER",
                  ],
                  { collapse: true },
                ),
              ),
              city: text(["CUSTOMER/SHIPPING_ADDRESS/CITY", "SHIPPING_ADDRESS/CITY", "DELIVERY_ADDRESS/CITY"], {
                collapse: true,
              }),
              zip: zip(["CUSTOMER/SHIPPING_ADDRESS/ZIP", "SHIPPING_ADDRESS/ZIP", "DELIVERY_ADDRESS/ZIP"]),
              country: country(
                [
                  "CUSTOMER/SHIPPING_ADDRESS/COUNTRY_CODE",
                  "SHIPPING_ADDRESS/COUNTRY_CODE",
                  "DELIVERY_ADDRESS/COUNTRY_CODE",
                  "CUSTOMER/SHIPPING_ADDRESS/COUNTRY",
                  "SHIPPING_ADDRESS/COUNTRY",
                  "DELIVERY_ADDRESS/COUNTRY",
                ],
                { invalid: "warning" },
              ),
            },
            companyId: companyId(["CUSTOMER/BILLING_ADDRESS/COMPANY_ID", "BILLING_ADDRESS/COMPANY_ID"]),
            // Czech DIČ, Slovak IČ DPH.
            vatId: when(not(isBareTaxId), vatId(["CUSTOMER/BILLING_ADDRESS/VAT_ID", "BILLING_ADDRESS/VAT_ID"])),
            taxId: first(
              // For Czech customers the API repeats the DIČ here, with its prefix.
              text(["CUSTOMER/BILLING_ADDRESS/TAX_ID", "BILLING_ADDRESS/TAX_ID"], { extract: "^\\d{10}$" }),
              when(isBareTaxId, code(["CUSTOMER/BILLING_ADDRESS/VAT_ID", "BILLING_ADDRESS/VAT_ID"])),
            ),
            group: text(["CUSTOMER/CUSTOMER_GROUP", "CUSTOMER_GROUP"]),
          },
          lines: each(["ORDER_ITEMS/ITEM", "ITEMS/ITEM"], item),
          payment: {
            // No element states the method: it is the name of the item of type "billing", and the number in its code
            // (BILLING2) is the method's.
            method: text(["ORDER_ITEMS/ITEM[TYPE='billing']/NAME", "ITEMS/ITEM[TYPE='billing']/NAME"], {
              collapse: true,
            }),
            code: text(["ORDER_ITEMS/ITEM[TYPE='billing']/CODE", "ITEMS/ITEM[TYPE='billing']/CODE"]),
            paid: boolean(["TOTAL_PRICE/PAID", "PAID"], { invalid: "warning" }),
            paidAmount: decimal(["TOTAL_PRICE/AMOUNT_PAID", "AMOUNT_PAID"]),
          },
          shipping: {
            method: text(["ORDER_ITEMS/ITEM[TYPE='shipping']/NAME", "ITEMS/ITEM[TYPE='shipping']/NAME"], {
              collapse: true,
            }),
            code: text(["ORDER_ITEMS/ITEM[TYPE='shipping']/CODE", "ITEMS/ITEM[TYPE='shipping']/CODE"]),
            // Names that the guides of carriers' and accounting connectors give to #zasilkovnaDistributionPointBranchId#,
            // #dpdPsId#, #cpostZip# and #foxdeliPickUpPlace#.
            pickupPoint: first(
              text(["PACKETA_BRANCH_ID", "ZASILKOVNA_ID", "DATIVERY/ZASILKOVNA_ID", "DPD_PARCEL_SHOP_ID"]),
              // Unverified: #cpostZip# is the post office only for the service "NP" (Na poštu), and otherwise the place of
              // delivery, as in the related system Nody: https://napoveda.nody.cz/orders/export/columns/ (read 2026-11-24).
              when(equals("CP_SERVICE", "NP"), text("CP_ZIP")),
              text("PICKUP_PLACE"),
            ),
            trackingNumber: code(["PACKAGE_NUMBER", "PACKAGE_NO"]),
          },
          totals: {
            net: decimal("TOTAL_PRICE/WITHOUT_VAT"),
            vat: decimal("TOTAL_PRICE/VAT"),
            gross: decimal("TOTAL_PRICE/WITH_VAT"),
            rounding: decimal("TOTAL_PRICE/ROUNDING"),
            payable: decimal("TOTAL_PRICE/PRICE_TO_PAY"),
          },
          vatRegime: when(parameterIs("vatPayer", "no"), constant("nonPayer")),
          notes: {
            customer: text("REMARK", { unescape: true, stripTags: true }),
            internal: text("SHOP_REMARK", { unescape: true, stripTags: true }),
          },
          custom: {
            referer: text("REFERER"),
            source: text("SOURCE_NAME"),
            weight: text("WEIGHT"),
            carrierService: text(["CP_SERVICE", "DPD_SERVICE_CODE", "GLS_SERVICE"]),
            customerIdentificationNumber: text([
              "CUSTOMER/BILLING_ADDRESS/CUSTOMER_IDENTIFICATION_NUMBER",
              "BILLING_ADDRESS/CUSTOMER_IDENTIFICATION_NUMBER",
            ]),
            varchar1: text("VARCHAR1"),
            varchar2: text("VARCHAR2"),
            varchar3: text("VARCHAR3"),
            text1: text("TEXT1"),
            text2: text("TEXT2"),
            text3: text("TEXT3"),
          },
        },
        skip: [{ when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" }],
        ignore: {
          "CUSTOMER/IP_ADDRESS": "a personal datum that accounting has no use for",
          "DATIVERY/CESKA_POSTA_ID":
            "the post office or the place of delivery; without the service, nothing tells which",
          ...below("ORDER_ITEMS/ITEM", ignoredOfItem),
          ...below("ITEMS/ITEM", ignoredOfItem),
        },
        // Prices lead with VAT, and the VAT of an item is the difference. Rounding stands in the totals only, no item has
        // it: Σ items = WITH_VAT, and WITH_VAT + ROUNDING = PRICE_TO_PAY.
        totals: { basis: "gross", method: "topDown", compare: ["payable", "gross", "net", "vat"] },
      }),
    },
    ...productFeeds,
  },
});
