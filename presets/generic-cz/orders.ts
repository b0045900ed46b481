import {
  all,
  boolean,
  code,
  constant,
  date,
  dateTime,
  decimal,
  defineMapping,
  first,
  type ImportFeed,
  matches,
  oneOf,
  parameter,
  parameterIs,
  text,
  when,
} from "../../src/index.ts";
import { customer } from "./customer.ts";
import { lines, methodOf, payment, shipping } from "./lines.ts";
import { amountPlaces, joinPlaces, spelled, within } from "./names.ts";

// The shape is this template's own. Names are those that files of Czech shops have, in English and in Czech without
// diacritics; letter case does not count, and underscores may be left out.

const number = spelled("number", "order_number", "cislo", "cislo_objednavky");
const created = spelled("date", "created_at", "created", "order_date", "datum", "datum_vytvoreni", "vytvoreno");
const state = spelled("status", "state", "stav");
const isCancelled = matches(state, "^(?:storn|zrušen|zrusen|cancel)", "iu");

const totals = joinPlaces(
  amountPlaces("total", "celkem"),
  amountPlaces("total_price", "cena_celkem"),
  amountPlaces("order_total", "celkova_cena"),
);

const statusWords = {
  new: "new",
  nova: "new",
  nová: "new",
  nevyrizena: "new",
  nevyřízena: "new",
  prijata: "new",
  přijata: "new",
  přijatá: "new",
  prijatá: "new",
  processing: "processing",
  "vyrizuje se": "processing",
  "vyřizuje se": "processing",
  "vybavuje sa": "processing",
  "zpracovava se": "processing",
  "zpracovává se": "processing",
  paid: "paid",
  zaplacena: "paid",
  zaplaceno: "paid",
  zaplatená: "paid",
  zaplatena: "paid",
  shipped: "shipped",
  odeslana: "shipped",
  odeslána: "shipped",
  odeslano: "shipped",
  odesláno: "shipped",
  odoslana: "shipped",
  odoslaná: "shipped",
  done: "done",
  vyrizena: "done",
  vyřízena: "done",
  vybavena: "done",
  vybavená: "done",
  dokoncena: "done",
  dokončena: "done",
  returned: "returned",
  vracena: "returned",
  vrácena: "returned",
  vratena: "returned",
  vrátená: "returned",
} as const;

const paymentWords = {
  cash: "cash",
  hotove: "cash",
  hotově: "cash",
  card: "card",
  karta: "card",
  kartou: "card",
  transfer: "transfer",
  prevod: "transfer",
  převod: "transfer",
  prevodem: "transfer",
  převodem: "transfer",
  cod: "cashOnDelivery",
  cash_on_delivery: "cashOnDelivery",
  dobirka: "cashOnDelivery",
  dobírka: "cashOnDelivery",
  dobierka: "cashOnDelivery",
  voucher: "voucher",
} as const;

/** Orders of the neutral shape. */
export const orders = {
  direction: "import",
  records: "orders",
  title: "Orders of the neutral shape, XML",
  fileName: "*.xml",
  encoding: "utf-8",
  mapping: defineMapping("order", {
    record: ["/orders/order", "/objednavky/objednavka"],
    ignoreCase: true,
    parameters: {
      country: {
        title: "Country of the shop",
        description: "Also of addresses that state none",
        default: "CZ",
        values: ["CZ", "SK"],
      },
      currency: {
        title: "Currency of orders that state none",
        description: "Left empty, it is that of the country: CZK or EUR",
        default: "",
      },
      priceBasis: {
        title: "Whether prices whose names say nothing of VAT include it",
        description: "Such as price and cena. net: without VAT; gross: with VAT",
        default: "net",
        values: ["net", "gross"],
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
    taxDate: date(created),
    fields: {
      number: code(number),
      externalId: code(spelled("id", "order_id", "id_objednavky")),
      variableSymbol: first(
        code(spelled("variable_symbol", "variabilni_symbol", "vs")),
        text(number, { extract: String.raw`^\d{1,10}$` }),
      ),
      createdAt: dateTime(created),
      status: {
        kind: when(
          isCancelled,
          constant("cancelled"),
          // Shops have states of their own: what they mean is for the host to say, by status.raw.
          oneOf(state, statusWords, { unknown: { value: "other", silent: true } }),
        ),
        raw: text(state),
      },
      currency: first(
        text(spelled("currency", "currency_code", "mena"), {
          replace: [
            ["^[Kk][Čč]$", "CZK"],
            ["^€$", "EUR"],
          ],
          case: "upper",
        }),
        parameter("currency"),
        when(parameterIs("country", "SK"), constant("EUR"), constant("CZK")),
      ),
      exchangeRate: decimal(spelled("exchange_rate", "kurz")),
      customer,
      lines,
      payment: {
        method: methodOf(payment),
        code: text([...within(["payment"], "code"), ...within(["platba"], "kod"), ...spelled("payment_code")]),
        kind: oneOf(
          [...within(["payment"], "type"), ...within(["platba"], "typ"), ...spelled("payment_type", "typ_platby")],
          paymentWords,
          { unknown: { value: "other", silent: true } },
        ),
        // Some files have the amount or the day here.
        paid: boolean([...within(["payment"], "paid"), ...within(["platba"], "zaplaceno"), "paid", "zaplaceno"], {
          invalid: "warning",
        }),
        paidAmount: decimal(spelled("paid_amount", "amount_paid", "uhrazena_castka")),
        paidAt: date(spelled("paid_at", "paid_date", "datum_platby", "datum_uhrady")),
      },
      shipping: {
        method: methodOf(shipping),
        code: text([...within(["shipping"], "code"), ...within(["doprava"], "kod"), ...spelled("shipping_code")]),
        pickupPoint: text([
          ...within(["shipping"], "pickup_point", "pickup_point_id"),
          ...within(["doprava"], "vydejni_misto", "pobocka"),
          ...spelled("pickup_point", "pickup_point_id", "vydejni_misto", "id_pobocky"),
        ]),
        trackingNumber: code([
          ...within(["shipping"], "tracking_number"),
          ...within(["doprava"], "cislo_zasilky"),
          ...spelled("tracking_number", "cislo_zasilky"),
        ]),
      },
      totals: {
        net: decimal(totals.net),
        vat: decimal(spelled("vat_amount", "total_vat_amount", "castka_dph", "dph_celkem")),
        gross: decimal(totals.gross),
        rounding: decimal(["rounding", "zaokrouhleni"]),
        // A total without a word on VAT is what the customer pays. If it were read by `priceBasis` too, a wrong setting
        // would agree with itself, and add VAT to prices that include it.
        payable: decimal([
          ...spelled("payable", "total_to_pay", "to_pay", "k_uhrade", "celkem_k_uhrade"),
          ...totals.bare,
        ]),
      },
      vatRegime: when(
        parameterIs("vatPayer", "no"),
        constant("nonPayer"),
        // An unknown word is an error: it decides whether VAT is paid at all.
        oneOf(spelled("vat_regime", "vat_mode", "rezim_dph"), {
          standard: "standard",
          bezny: "standard",
          běžný: "standard",
          reverse_charge: "reverseCharge",
          reverseCharge: "reverseCharge",
          "preneseni danove povinnosti": "reverseCharge",
          "přenesení daňové povinnosti": "reverseCharge",
          intra_community: "intraCommunity",
          intraCommunity: "intraCommunity",
          "dodani do eu": "intraCommunity",
          "dodání do EU": "intraCommunity",
          oss: "oss",
          export: "export",
          vyvoz: "export",
          vývoz: "export",
        }),
      ),
      notes: {
        customer: text(spelled("note", "customer_note", "poznamka", "poznamka_zakaznika")),
        internal: text(spelled("internal_note", "shop_note", "interni_poznamka")),
      },
      custom: { invoiceNumber: code(spelled("invoice_number", "cislo_faktury")) },
    },
    skip: [{ when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" }],
    // A wrong reading of VAT does not go through: the lines must give the stated totals to the haléř.
    totals: {
      basis: "gross",
      method: "topDown",
      compare: ["payable", "gross", "net", "vat"],
      fees: { basis: "stated", vat: "main" },
    },
  }),
} as const satisfies ImportFeed;
