import {
  all,
  any,
  code,
  concat,
  type Condition,
  constant,
  decimal,
  type DocumentSpec,
  fieldIs,
  type Fields,
  has,
  not,
  object,
  oneOf,
  type Order,
  type Parameter,
  parameterIs,
  type PaymentKind,
  readOnly,
  type Spec,
  text,
  type VatBreakdown,
  vatLevel,
  when,
} from "../../src/index.ts";
import { type Form, type SkipRule, unitParameters } from "./document.ts";
import { type Notes, type Payment } from "./header.ts";
import { levels } from "./summary.ts";

// What requests to book orders and invoices have in common (data.xsd).

/** What writing asks of both kinds of documents. */
export function writeParameters(pack: string, documentText: string): Readonly<Record<string, Parameter>> {
  return {
    packId: {
      title: "Id of the pack",
      description: "Pohoda looks for what it has taken already by this and the id of the item: a new one for each file",
      default: pack,
    },
    ico: {
      title: "IČO of the accounting unit",
      description: "Pohoda refuses files for another company; where none is stated, it does not look",
      default: "",
    },
    application: { title: "Application", description: "Shown in the agenda XML import", default: "propojka" },
    note: { title: "Note", description: "Shown in the notes of the agenda XML import", default: "propojka" },
    ...unitParameters,
    text: { title: "Text of the document", description: "At most 240 characters", default: documentText },
    series: {
      title: "Number series",
      description: "Prefix of the series that the number is of, at most 19 characters",
      default: "",
    },
    items: {
      title: "Goods",
      description: "stock: as lines of the stock, found by code or EAN; text: as text lines",
      default: "stock",
      values: ["stock", "text"],
    },
    store: {
      title: "Store",
      description: "Name of the store (sklad) of the goods, where several have the same codes",
      default: "",
    },
    carrier: {
      title: "Carrier",
      description: "method: the name of the method of shipping is that of a carrier in Pohoda; none: leave it out",
      default: "method",
      values: ["method", "none"],
    },
    centre: { title: "Centre (středisko)", description: "At most 19 characters", default: "" },
  };
}

export function isHome(at: "" | "/"): Condition {
  const isCurrency = (country: string, currency: string): Condition =>
    all(parameterIs("homeCurrency", ""), parameterIs("country", country), fieldIs(`${at}currency`, "=", currency));
  return any(
    fieldIs(`${at}currency`, "=", { parameter: "homeCurrency" }),
    isCurrency("CZ", "CZK"),
    isCurrency("SK", "EUR"),
  );
}

/**
 * How Pohoda has to round to reach the amount that the shop states: to a crown, or in euro to five cents. Whether the
 * amount is a whole one is not looked at; `rounding: "line"` among the options makes a line of any rounding.
 */
const roundings: readonly (readonly [word: string, when: Condition | undefined])[] = [
  ["none", any(not(has("totals.rounding")), fieldIs("totals.rounding", "=", "0"))],
  ["math5cent", fieldIs("currency", "=", "EUR")],
  ["up2one", fieldIs("totals.rounding", ">", "0.5")],
  ["down2one", fieldIs("totals.rounding", "<", "-0.5")],
  ["math2one", undefined],
];

/** The same in each of the summaries, which differ by how they round: without it, the settings of the user would. */
function inSummary<Value>({ prefix, name }: Form, node: (summary: string) => Spec<Value>): Spec<Value> {
  const own = ([word]: (typeof roundings)[number]): Spec<Value> =>
    node(`${prefix}:${name}Summary[${prefix}:roundingDocument='${word}' and ${prefix}:roundingVAT='none']/`);
  const [last = ["none", undefined], ...before] = [...roundings].reverse();
  return before.reduce<Spec<Value>>(
    (otherwise, rounding) => when(rounding[1] ?? all(), own(rounding), otherwise),
    own(last),
  );
}

const amount = { trimZeros: true } as const;

/** Sums of the levels. Under the One Stop Shop they would be of no level, and Pohoda adds up itself. */
export function breakdownWritten(form: Form): Spec<VatBreakdown[]> {
  return when(
    all(isHome(""), not(fieldIs("vatRegime", "=", "oss"))),
    inSummary(form, (summary) =>
      concat<VatBreakdown>(
        ...levels.map(({ level, net, vat, gross }) => {
          const at = `${summary}${form.prefix}:homeCurrency/`;
          return object<VatBreakdown>({
            rate: vatLevel(level),
            net: decimal(`${at}${net}`, amount),
            vat: vat === undefined ? readOnly(constant("0")) : decimal(`${at}${vat}`, amount),
            gross: decimal(`${at}${gross ?? net}`, amount),
          });
        }),
      ),
    ),
  );
}

/** In a foreign currency, Pohoda takes no home amounts; without a rate, it has one of its own. */
export function currencyWritten(form: Form): Pick<Fields<Order>, "currency" | "exchangeRate" | "totals"> {
  const foreign = <Value>(node: (at: string) => Spec<Value>): Spec<Value> =>
    when(
      not(isHome("")),
      inSummary(form, (summary) =>
        when(
          has("exchangeRate"),
          // The rate is that of one unit.
          node(`${summary}${form.prefix}:foreignCurrency[typ:amount='1']/`),
          node(`${summary}${form.prefix}:foreignCurrency/`),
        ),
      ),
    );
  const { prefix } = form;
  const round = "typ:round/typ:priceRound";
  // The summary must be there, or the settings of the user round. It says that there is no VAT in the rounding.
  const home = (currency: string, otherwise?: Spec<string>): Spec<string> =>
    when(
      all(isHome(""), fieldIs("currency", "=", currency)),
      inSummary(form, (summary) => oneOf(`${summary}${prefix}:calculateVAT`, { false: currency })),
      otherwise,
    );
  return {
    currency: home(
      "CZK",
      home(
        "EUR",
        foreign((at) => code(`${at}typ:currency/typ:ids`, { maxLength: 19 })),
      ),
    ),
    exchangeRate: foreign((at) => decimal(`${at}typ:rate`, amount)),
    totals: {
      payable: foreign((at) => decimal(`${at}typ:priceSum`, amount)),
      rounding: when(
        isHome(""),
        inSummary(form, (summary) => decimal(`${summary}${prefix}:homeCurrency/${round}`, amount)),
        foreign((at) => decimal(`${at}${round}`, amount)),
      ),
    },
  };
}

/** Country of the One Stop Shop, in the letters of VAT numbers. */
export function vatCountryWritten({ header, prefix }: Form): Spec<string> {
  const oss = `${header}${prefix}:MOSS/typ:ids`;
  return when(
    fieldIs("vatRegime", "=", "oss"),
    when(fieldIs("vatCountry", "=", "GR"), oneOf(oss, { EL: "GR" }), code(oss, { maxLength: 2, required: true })),
  );
}

/** Without a word for it, Pohoda takes the payment for a transfer: it is said that the kind is lost. */
export function paymentWritten({ header, prefix }: Form): Fields<Payment> {
  return {
    kind: oneOf(
      `${header}${prefix}:paymentType/typ:paymentType`,
      {
        draft: "transfer",
        cash: "cash",
        creditcard: "card",
        delivery: "cashOnDelivery",
        encashment: "directDebit",
        cheque: "cheque",
        compensation: "setOff",
      } satisfies Readonly<Record<string, PaymentKind>>,
      { invalid: "warning" },
    ),
  };
}

/** The name of a carrier is one of the user's list: a longer one would be none of it. */
export function shippingWritten({ header, prefix }: Form): Fields<NonNullable<Order["shipping"]>> {
  return {
    method: when(
      parameterIs("carrier", "method"),
      text(`${header}${prefix}:carrier/typ:ids`, { maxLength: 20, invalid: "warning" }),
    ),
  };
}

export function notesWritten({ header, prefix }: Form): Fields<Notes> {
  return { customer: text(`${header}${prefix}:note`), internal: text(`${header}${prefix}:intNote`) };
}

/** A cancelled document would be a valid one in Pohoda: it can cancel what it has, not take what is cancelled. */
export const skipCancelled: SkipRule = {
  when: fieldIs("status.kind", "=", "cancelled"),
  reason: "cancelled: Pohoda takes no cancelled documents",
};

export function fixedOf({ header, prefix, items }: Form): NonNullable<DocumentSpec["fixed"]> {
  return {
    "/dat:dataPack/@version": "2.0",
    "/dat:dataPack/@id": { parameter: "packId" },
    "/dat:dataPack/@ico": { parameter: "ico" },
    "/dat:dataPack/@application": { parameter: "application" },
    "/dat:dataPack/@note": { parameter: "note" },
    "/dat:dataPack/dat:dataPackItem/@version": "2.0",
    "@version": "2.0",
    [`${header}${prefix}:number/typ:ids`]: { parameter: "series" },
    [`${header}${prefix}:text`]: { parameter: "text" },
    [`${header}${prefix}:centre/typ:ids`]: { parameter: "centre" },
    // Otherwise the price level of a known customer would take a discount off once more.
    [`${items}/${prefix}:discountPercentage`]: "0",
    [`${items}/${prefix}:stockItem/typ:store/typ:ids`]: { parameter: "store" },
  };
}

/** A document is a sequence; all else may have any order. */
export function orderOf({ prefix, name }: Form): readonly string[] {
  return ["Header", "Detail", "Summary"].map((part) => `${prefix}:${name}${part}`);
}
