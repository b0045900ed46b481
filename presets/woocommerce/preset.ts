import {
  type Address,
  all,
  any,
  code,
  companyId,
  constant,
  country,
  dateTime,
  decimal,
  defineMapping,
  definePreset,
  equals,
  exists,
  first,
  join,
  matches,
  not,
  object,
  oneOf,
  parameter,
  parameterIs,
  type Party,
  type Paths,
  phone,
  text,
  vatId,
  when,
  zip,
} from "../../src/index.ts";
import { ignored } from "./ignored.ts";
import { lines } from "./lines.ts";

// WooCommerce itself writes no XML of orders: plugins do. Two of them are read by one mapping, since both call the record
// /Orders/Order, and their names differ by an underscore only:
// - Advanced Order Export For WooCommerce (AlgolPlus), `Order_Number`: the key of each field, with a capital after each
//   underscore. Owners may rename every element, often to the bare key in small letters: hence `ignoreCase`.
//   Source: classes/formats/class-woe-formatter-xml.php, assets/js/export-fields.js of version 3.4.5.
// - Customer/Order/Coupon Export (SkyVerge, sold by WooCommerce), `OrderNumber`: the format "Default" and, less of it,
//   "Legacy". Source: its class XML_Export_Generator of 2023, and the vendor's sample files.

// Numbers of companies are fields of other plugins. The key in the order is _billing_ic, _billing_dic and, in Slovakia,
// _billing_dic_dph for the IČ DPH: https://docs.wpify.cz/cs/wpify-woo/modules/ic-dic/developers (read 2026-11-24); the
// same without the underscore: https://github.com/vyskoczilova/kybernaut-ic-dic (read 2026-11-24). Unverified: Ico.
const COMPANY_ID: Paths = ["_Billing_Ic", "Billing_Ic", "_Billing_Ico", "Billing_Ico"];
const DIC: Paths = ["_Billing_Dic", "Billing_Dic"];
const IC_DPH: Paths = ["_Billing_Dic_Dph", "Billing_Dic_Dph", "_Billing_Ic_Dph", "Billing_Ic_Dph"];

/** Ten digits: the DIČ of a Slovak customer. */
const isBareTaxId = all(
  matches(DIC, "^(?:\\d\\s*){10}$"),
  any(parameterIs("country", "SK"), equals(["Billing_Country", "BillingCountry"], "SK")),
);

const isCancelled = matches(["Order_Status", "OrderStatus"], "^(?:wc-)?(?:cancel|zruš|storn)", "iu");

/** Billing and delivery have the same elements. */
function address(side: "Billing" | "Shipping") {
  const both = (key: string): readonly string[] => [`${side}_${key}`, `${side}${key.replaceAll("_", "")}`];
  return object<Address>({
    name: first(
      join(
        " ",
        text(both("First_Name"), { unescape: true, collapse: true }),
        text(both("Last_Name"), { unescape: true, collapse: true }),
      ),
      text(both("Full_Name"), { unescape: true, collapse: true }),
    ),
    company: text(both("Company"), { unescape: true, collapse: true }),
    // Two lines, or both of them in Billing_Address.
    street: first(
      join(
        ", ",
        text(both("Address_1"), { unescape: true, collapse: true }),
        text(both("Address_2"), { unescape: true, collapse: true }),
      ),
      text(`${side}_Address`, { unescape: true, collapse: true }),
    ),
    city: text(both("City"), { unescape: true, collapse: true }),
    zip: zip(both("Postcode")),
    country: country([...both("Country"), `${side}_Country_Full`], { invalid: "warning" }),
  });
}

const orders = defineMapping("order", {
  record: "/Orders/Order",
  ignoreCase: true,
  parameters: {
    country: {
      title: "Country of the shop",
      description: "It decides VAT rates and the prefix of phone numbers",
      default: "CZ",
      values: ["CZ", "SK"],
    },
    currency: {
      title: "Currency of orders that state none",
      description: "Advanced Order Export states it only if its field is chosen. Left empty: CZK or EUR by the country",
      default: "",
    },
    vatPayer: {
      title: "Whether the shop pays VAT",
      description: "no: nothing is taxed; the file looks the same as one of goods with the rate 0",
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
  // Both plugins write the shop's own time.
  zone: "Europe/Prague",
  skip: [{ when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" }],
  fields: {
    // Suite: OrderNumber is filled by one plugin for numbering only, OrderNumberFormatted always since version 5.
    number: code(["Order_Number", "OrderNumberFormatted", "OrderNumber", "Order_Id", "OrderId"]),
    externalId: code(["Order_Id", "OrderId"]),
    // WooCommerce has no variable symbol; Czech shops have customers pay by the number of the order.
    variableSymbol: text(["Order_Number", "OrderNumberFormatted", "OrderNumber", "Order_Id", "OrderId"], {
      extract: "^\\d{1,10}$",
    }),
    createdAt: dateTime(["Order_Date", "OrderDate"]),
    status: {
      // Suite writes the key, Advanced the name in the language of the shop.
      kind: when(
        isCancelled,
        constant("cancelled"),
        oneOf(
          ["Order_Status", "OrderStatus"],
          {
            pending: "new",
            "Pending payment": "new",
            "on-hold": "new",
            "On hold": "new",
            processing: "processing",
            completed: "done",
            refunded: "returned",
            // https://musilda.cz/stavy-objednavek-ve-woocommerce/amp/ (read 2026-11-24); unverified: Vráceno.
            "Čeká na platbu": "new",
            "Čeká na vyřízení": "new",
            "Zpracovává se": "processing",
            Dokončeno: "done",
            Vráceno: "returned",
            // https://brandbonsai.com/sk/co-znamenaju-jednotlive-stavy-objednavok-vo-woocoomerce/ (read 2026-11-24)
            Prijatá: "new",
            "Spracováva sa": "processing",
            Vybavená: "done",
          },
          // "failed", where a payment did not go through, and states that shops add.
          { unknown: { value: "other", silent: true } },
        ),
      ),
      raw: text(["Order_Status", "OrderStatus"]),
    },
    currency: first(
      text(["Order_Currency", "OrderCurrency"], { case: "upper" }),
      parameter("currency"),
      when(parameterIs("country", "SK"), constant("EUR"), constant("CZK")),
    ),
    customer: object<Party>({
      email: text(["Billing_Email", "BillingEmail"]),
      phone: phone(["Billing_Phone", "BillingPhone", "Shipping_Phone"]),
      billing: address("Billing"),
      // Empty where it is the billing address, unless the plugin is told to repeat that one.
      shipping: when(
        exists([
          "Shipping_Address_1",
          "ShippingAddress1",
          "Shipping_Address",
          "Shipping_Last_Name",
          "ShippingLastName",
          "Shipping_City",
          "ShippingCity",
        ]),
        address("Shipping"),
      ),
      companyId: companyId(COMPANY_ID),
      // Suite adds VATNumber, whatever plugin for VAT numbers the shop has.
      vatId: first(vatId(IC_DPH), when(not(isBareTaxId), vatId(DIC)), vatId("VATNumber")),
      taxId: when(isBareTaxId, code(DIC)),
    }),
    lines,
    payment: {
      method: text(["Payment_Method_Title", "PaymentMethod"], { unescape: true, collapse: true }),
      code: text(["Payment_Method", "PaymentMethodId"]),
      // Keys of the ways of payment that WooCommerce itself has; all others are plugins'.
      kind: when(
        equals(["Payment_Method", "PaymentMethodId"], "cod"),
        constant("cashOnDelivery"),
        when(
          equals(["Payment_Method", "PaymentMethodId"], "bacs"),
          constant("transfer"),
          when(equals(["Payment_Method", "PaymentMethodId"], "cheque"), constant("cheque")),
        ),
      ),
      paid: when(exists("Paid_Date"), constant(true)),
      paidAt: dateTime("Paid_Date"),
    },
    shipping: {
      method: text(["Shipping_Method_Title", "ShippingMethod"], { unescape: true, collapse: true }),
      code: text(["Shipping_Method", "Shipping_Method_Only", "ShippingMethodId"]),
    },
    totals: {
      vat: decimal(["Order_Total_Tax", "TaxTotal"]),
      payable: decimal(["Order_Total", "OrderTotal"]),
    },
    vatRegime: when(parameterIs("vatPayer", "no"), constant("nonPayer")),
    notes: {
      customer: text(["Customer_Note", "CustomerNote"], { unescape: true, stripTags: true }),
      internal: text("Order_Notes", { unescape: true, stripTags: true }),
    },
    custom: {
      // What coupons took off the prices of the lines, without VAT, and the first one's code.
      discount: text(["Cart_Discount", "DiscountTotal"]),
      coupon: text(["Coupons/Coupon/Code", "CouponItems/CouponItem/Code"]),
      // What went back to the customer; the lines and totals are those of the order.
      refunded: text(["Order_Refund", "RefundedTotal"]),
      transactionId: text("Transaction_Id"),
      completedAt: text(["Completed_Date", "CompletedDate"]),
      customerNumber: text(["Customer_User", "CustomerId"]),
    },
  },
  ignore: ignored,
  // The total is the sum of the lines with the VAT of each.
  totals: {
    basis: "both",
    method: "bottomUp",
    compare: ["payable", "vat"],
    fees: { basis: "stated", vat: "main" },
  },
});

export const woocommerce = definePreset({
  id: "woocommerce",
  title: "WooCommerce",
  maturity: "documented",
  provenance: [
    {
      title:
        "Advanced Order Export For WooCommerce 3.4.5 (2024-01-10), plugins/woo-order-export-lite: source of the XML, its fields and their names",
      url: "https://github.com/3t4n/wp-cve",
      date: "2026-11-24",
    },
    {
      title: "The same plugin in 2015, when it wrote Line_No_Tax wrongly",
      url: "https://github.com/wp-plugins/woo-order-export-lite",
      date: "2026-11-24",
    },
    {
      title:
        "Customer/Order/Coupon Export: the vendor's documentation; the class XML_Export_Generator of 2023 in a public copy (GPL)",
      url: "https://docs.woocommerce.com/document/ordercustomer-csv-export-developer-documentation/",
      date: "2026-11-24",
    },
    {
      title: "A file of it in the default format, by the vendor",
      url: "https://gist.github.com/bekarice/07b1526ddd1519db7698bcfc9e72ee55",
      date: "2026-11-24",
    },
    {
      title: "A file of it in the legacy format, by the vendor",
      url: "https://gist.github.com/bekarice/540efc5497f32b73f4533fafa7a96cac",
      date: "2026-11-24",
    },
    {
      title: "WPify Woo: keys of IČO, DIČ and IČ DPH in an order",
      url: "https://docs.wpify.cz/cs/wpify-woo/modules/ic-dic/developers",
      date: "2026-11-24",
    },
    {
      title: "Kybernaut IČO DIČ: the same keys",
      url: "https://github.com/vyskoczilova/kybernaut-ic-dic",
      date: "2026-11-24",
    },
    {
      title: "Stavy objednávek ve WooCommerce: names of states in Czech",
      url: "https://musilda.cz/stavy-objednavek-ve-woocommerce/amp/",
      date: "2026-11-24",
    },
    {
      title: "Čo znamenajú jednotlivé stavy objednávok vo WooCommerce: names of states in Slovak",
      url: "https://brandbonsai.com/sk/co-znamenaju-jednotlive-stavy-objednavok-vo-woocoomerce/",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "WooCommerce itself writes no XML of orders. Two plugins are read, Advanced Order Export and Customer/Order/Coupon Export; files of others, such as WP All Export, are not. Plugins that write files for Pohoda are read by the preset pohoda.",
    "Read by the source code of the plugins and by sample files of one vendor; no file of a Czech shop is publicly known.",
    "In Advanced Order Export the owner chooses and names the fields. Those that it chooses at first state neither VAT nor the currency: the notes list what to add. Other names of the root, the order or the fields are changed shop by shop.",
    "Coupons are inside the prices of the lines, as WooCommerce has it: no line says what they took off, custom.discount does.",
    "Advanced Order Export has no fees one by one, only their sum without VAT, in the field Order Total Fee. It is read with the VAT rate of the largest part of the goods. Without that field, an order with a fee is a TOTAL_MISMATCH.",
    "Refunds are not credit notes: an order that was partly refunded is read as it was ordered, with the amount in custom.refunded. Qty_Minus_Refund, which is less, is read only where Qty is missing; the totals then tell.",
    "A VAT regime (reverse charge, export, OSS) is not in the files, so vatRegime is left out. Rates of the country of delivery are known where it is Czechia or Slovakia.",
    "Pick-up points and numbers of parcels are fields of carriers' plugins, each with names of its own; they are not read.",
    "The legacy format of Customer/Order/Coupon Export states the VAT of lines only in shops whose prices include it. Unverified: whether it has fees.",
    "Unverified: the state Vráceno, a fee for rounding whose title begins with Zaokr or Round, and the names Billing_Ico and Billing_Ic_Dph.",
    "Goods cannot be sent: WooCommerce itself imports CSV only, and its importers of XML are plugins without a form of their own.",
  ],
  without: {
    windows1250: "Both plugins write UTF-8",
  },
  feeds: {
    orders: {
      direction: "import",
      records: "orders",
      title: "Orders of Advanced Order Export or Customer/Order/Coupon Export, XML",
      fileName: "orders*.xml",
      encoding: "utf-8",
      mapping: orders,
    },
  },
});
