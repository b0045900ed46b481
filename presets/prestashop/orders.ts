import {
  all,
  any,
  boolean,
  code,
  compared,
  type Condition,
  constant,
  dateTime,
  decimal,
  defineMapping,
  equals,
  exists,
  first,
  type ImportFeed,
  lookup,
  matches,
  not,
  oneOf,
  parameter,
  parameterIs,
  type StatusKind,
  text,
  when,
} from "../../src/index.ts";
import { customer } from "./customer.ts";
import { delivery } from "./delivery.ts";
import { ignored } from "./ignored.ts";
import { carrierName, lines } from "./lines.ts";
import { id, tables, translated } from "./tables.ts";

// Values stand in CDATA, with white space around them where the answer was printed for people. An element with an id has
// a link beside it, xlink:href, which is of no use here.

// Ids of states are the shop's own, but those that the installer makes are the same everywhere; from 9 on they differ
// between versions. Source: github.com/PrestaShop/PrestaShop install-dev/data/xml/order_state.xml, in the order of the
// ids, and the constants PS_OS_… of older versions (read 2026-11-24).
const STATES = {
  "1": "new", // awaiting a cheque
  "2": "paid",
  "3": "processing",
  "4": "shipped",
  "5": "done", // delivered
  "7": "returned", // refunded
  "10": "new", // awaiting a transfer
} as const;

const STATE = id("current_state");
/**
 * The e-mail that a state sends is the name of a file, the same in every language, and the surest sign of what it means.
 * Source: install-dev/langs/en/data/order_state.xml (read 2026-11-24).
 */
const mail = lookup("order_states", STATE, text(translated("template")));

const isCancelled: Condition = any(
  equals("current_state", { parameter: "cancelledState" }),
  compared(mail, "=", "order_canceled"),
);

/** What the flags of a state say, from inside its entry. One without flags is for the host to judge. */
const kindByFlags = when<StatusKind>(
  equals(translated("template"), "refund"),
  constant("returned"),
  when(
    // The state "delivered" has the flags of "shipped".
    equals("shipped", "1"),
    when(equals("id", "5"), constant("done"), constant("shipped")),
    when(
      equals("paid", "1"),
      // "delivery" is the delivery slip: the order is being prepared.
      when(equals("delivery", "1"), constant("processing"), constant("paid")),
      when(
        equals(translated("template"), ["cheque", "bankwire", "cashondelivery"]),
        constant("new"),
        constant("other"),
      ),
    ),
  ),
);

/** An answer that says what went wrong, with the texts of the shop; it must not pass for "no orders". */
const isError = exists("message");
/** An entry of a list that was asked for without display=full: links alone, which must not pass for orders. */
const isLink = all(exists("@xlink:href"), not(exists("id")));

const mapping = defineMapping("order", {
  record: ["/prestashop/orders/order", "/prestashop/order", "/prestashop/errors/error"],
  namespaces: { xlink: "http://www.w3.org/1999/xlink" },
  lookups: tables,
  parameters: {
    country: { title: "Country of the shop", default: "CZ", values: ["CZ", "SK"] },
    currency: {
      title: "Default currency of the shop",
      description:
        "For orders whose currency is not looked up, if they are in it by their rate. Left empty, it is that of the country: CZK or EUR",
      default: "",
    },
    number: {
      title: "What is the number of an order",
      description:
        "id: the number that the administration shows; reference: the nine letters that the customer sees. Not for shops that split an order: its parts share one reference",
      default: "id",
      values: ["id", "reference"],
    },
    vatPayer: {
      title: "Whether the shop pays VAT",
      description: "no: nothing is taxed",
      default: "yes",
      values: ["yes", "no"],
    },
    cancelledState: {
      title: "Id of the state of cancelled orders",
      description:
        "6 in every shop that has not made its own. With order_states, states that send the e-mail order_canceled too",
      default: "6",
    },
    includeCancelled: {
      title: "Cancelled orders",
      description: "yes: read them too, with the status cancelled; no: skip them",
      default: "yes",
      values: ["yes", "no"],
    },
    orderDetails: {
      title: "Whether the resources order_details and taxes are there",
      description: "They have VAT rates and line totals as the shop states them, weights and percents of discounts",
      default: "no",
      values: ["yes", "no"],
    },
    feeReference: {
      title: "Reference of the product that is the fee for cash on delivery",
      description: "For modules that put the fee into the order as a product",
      default: "",
    },
  },
  country: { parameter: "country" },
  // Times have no offset; Bratislava keeps the same one.
  zone: "Europe/Prague",
  skip: [{ when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" }],
  fields: {
    // The words of oneOf are those of the message; they stand in no file.
    number: when(
      isError,
      oneOf("message", { "orders, and no error of the webservice": "none" }),
      when(
        isLink,
        oneOf("@xlink:href", { "an order in full, as ?display=full gives it": "none" }),
        when(parameterIs("number", "reference"), code("reference"), code("id")),
      ),
    ),
    externalId: code("id"),
    // Letters of the reference are none for a bank.
    variableSymbol: text("id", { extract: "^\\d{1,10}$" }),
    createdAt: dateTime("date_add"),
    status: {
      kind: when<StatusKind>(
        isCancelled,
        constant("cancelled"),
        first(
          lookup<StatusKind>("order_states", STATE, kindByFlags),
          // Most shops have states of their own: what they mean is for the host to say, by status.raw.
          oneOf("current_state", STATES, { unknown: { value: "other", silent: true } }),
        ),
      ),
      raw: first(lookup("order_states", STATE, text(translated("name"), { collapse: true })), text(STATE)),
    },
    currency: first(
      lookup("currencies", id("id_currency"), text("iso_code", { case: "upper" })),
      // Any other rate is that of another currency, of which nobody knows the name.
      when(
        any(compared(decimal("conversion_rate"), "=", "1"), isError, isLink),
        first(parameter("currency"), when(parameterIs("country", "SK"), constant("EUR"), constant("CZK"))),
      ),
    ),
    customer,
    lines,
    payment: {
      method: text("payment", { collapse: true }),
      code: text("module"),
      // Modules of the platform, in their new and old names. A gateway takes cards and transfers alike.
      kind: when(
        // Unverified: that modules of other vendors have these words in their names.
        matches("module", "cash_?on_?delivery|codfee|dobirk|dobierk", "iu"),
        constant("cashOnDelivery"),
        when(
          equals("module", ["ps_wirepayment", "bankwire"]),
          constant("transfer"),
          when(equals("module", ["ps_checkpayment", "cheque"]), constant("cheque")),
        ),
      ),
      // States that are flagged as paid make the shop book a payment; without one, nothing was paid.
      paid: when(
        all(
          compared(decimal("total_paid_real"), "=", "0"),
          compared(decimal(["total_paid_tax_incl", "total_paid"]), "!=", "0"),
        ),
        constant(false),
        lookup("order_states", STATE, boolean("paid", { invalid: "warning" })),
      ),
      paidAmount: decimal("total_paid_real"),
    },
    shipping: {
      method: carrierName,
      code: text(id("id_carrier")),
      trackingNumber: code("shipping_number"),
    },
    totals: {
      net: decimal("total_paid_tax_excl"),
      gross: decimal("total_paid_tax_incl"),
      // Despite its name, what is to be paid.
      payable: decimal(["total_paid", "total_paid_tax_incl"]),
    },
    vatRegime: when(parameterIs("vatPayer", "no"), constant("nonPayer")),
    // The shop's own note. What the customer writes is in other resources.
    notes: { internal: text("note", { unescape: true, stripTags: true }) },
    custom: {
      reference: code("reference"),
      // For a host that knows what they stand for.
      idCustomer: text(id("id_customer")),
      idAddressInvoice: text(id("id_address_invoice")),
      idAddressDelivery: text(id("id_address_delivery")),
      idCurrency: text(id("id_currency")),
      invoiceNumber: text(id("invoice_number")),
      // As it stands: a number without the prefix that the shop prints before it.
      invoiceDate: text("invoice_date", { extract: "^(?!0000)\\d{4}-\\d\\d-\\d\\d" }),
      deliveryNumber: text(id("delivery_number")),
      // Units of this currency for one of the default currency, the other way round than exchangeRate.
      conversionRate: when(compared(decimal("conversion_rate"), "!=", "1"), decimal("conversion_rate")),
      shop: text("id_shop"),
      // What the customer wrote to the address, such as a floor or a bell.
      deliveryNote: lookup("addresses", id("id_address_delivery"), text("other", { collapse: true })),
      giftMessage: text("gift_message", { unescape: true, stripTags: true }),
    },
  },
  ignore: ignored,
  // Each row is rounded on both sides for itself, and the totals of the order are the sums.
  // Where the shop rounds unit prices first, as many do, a row of several pieces is a few haléře off on the side that is
  // not the round one: without VAT.
  totals: { basis: "both", method: "topDown", compare: ["payable", "gross", "net"], netTolerance: "0.20" },
});

export const orders = {
  direction: "import",
  records: "orders",
  title: "Orders of the webservice, XML",
  fileName: "orders*.xml",
  encoding: "utf-8",
  mapping,
  delivery,
} satisfies ImportFeed;
