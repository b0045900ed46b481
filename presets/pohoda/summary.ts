import {
  all,
  any,
  code,
  compared,
  concat,
  type Condition,
  constant,
  date,
  decimal,
  type Decimal,
  equals,
  exists,
  type Fields,
  first,
  not,
  object,
  oneOf,
  type Order,
  parameter,
  parameterIs,
  type Spec,
  type Totals,
  type VatBreakdown,
  vatLevel,
  vatRate,
  when,
} from "../../src/index.ts";
import { type Form, isForeign, isNonZero, isOutsideVat } from "./document.ts";

// The summary of orders and invoices, typ:typeCurrencyHome and typ:typeCurrencyForeign.

type VatLevel = Parameters<typeof vatLevel>[0];

/** The sums of a VAT level, by the names of their elements. */
export interface LevelSums {
  readonly level: VatLevel;
  readonly net: string;
  readonly vat?: string;
  readonly gross?: string;
}

export const levels: readonly LevelSums[] = [
  { level: "high", net: "typ:priceHigh", vat: "typ:priceHighVAT", gross: "typ:priceHighSum" },
  { level: "low", net: "typ:priceLow", vat: "typ:priceLowVAT", gross: "typ:priceLowSum" },
  { level: "third", net: "typ:price3", vat: "typ:price3VAT", gross: "typ:price3Sum" },
  { level: "none", net: "typ:priceNone" },
];

export function homeSum({ summary, prefix }: Form): string {
  return `${summary}${prefix}:homeCurrency/`;
}

/** Pohoda states the percent beside the VAT in its own files. */
export function levelRate(form: Form, level: VatLevel, vat: string | undefined): Spec<Decimal> {
  return vat === undefined
    ? vatLevel(level)
    : first<Decimal>(vatRate(`${homeSum(form)}${vat}/@rate`, { notation: "percent" }), vatLevel(level));
}

/** Items with historic rates are in the sums of the levels as well; nobody can tell them apart there. */
function hasHistory({ items, prefix, header }: Form): Condition {
  return any(
    exists(`${header}${prefix}:MOSS`),
    ...["historyHigh", "historyLow", "historyThird"].map((word) =>
      exists(`${items}[${prefix}:rateVAT='${word}']/${prefix}:rateVAT`),
    ),
  );
}

/** Whether each sum with VAT is there, so that the summary says the whole VAT of the document. */
function isComplete(form: Form): Condition {
  const sums = levels.flatMap(({ net, vat, gross }) =>
    vat === undefined || gross === undefined ? [] : [[net, vat, gross].map((name) => `${homeSum(form)}${name}`)],
  );
  return all(
    any(...sums.flat().map((path) => exists(path)), exists(`${homeSum(form)}typ:priceNone`)),
    ...sums.map((paths) => any(all(...paths.map((path) => exists(path))), not(isNonZero(paths[0] ?? "")))),
  );
}

/** What the summary says of the VAT, where it says all of it in the document's own currency. */
export function breakdownRead(form: Form): Spec<VatBreakdown[]> {
  const at = homeSum(form);
  return when(
    all(
      not(isForeign(form)),
      not(hasHistory(form)),
      isComplete(form),
      ...(form.prefix === "inv" ? [not(isOutsideVat())] : []),
    ),
    concat<VatBreakdown>(
      ...levels.map(({ level, net, vat, gross }) =>
        when<VatBreakdown>(isNonZero(`${at}${net}`), {
          rate: levelRate(form, level, vat),
          net: decimal(`${at}${net}`),
          vat: vat === undefined ? constant("0") : decimal(`${at}${vat}`),
          gross: decimal(`${at}${gross ?? net}`),
        }),
      ),
    ),
  );
}

/**
 * Rounding outside of the VAT. A request may only say how Pohoda has to round: then the amount to be paid is not known,
 * and a warning says so.
 */
function roundingRead({ summary, prefix }: Form, at: string): Spec<Decimal> {
  const amount = `${at}typ:round/typ:priceRound`;
  const way = `${summary}${prefix}:roundingDocument`;
  return when(
    // Of rounding with VAT, there is an item.
    exists([amount, `${at}typ:round/typ:priceRoundSum`]),
    when(isNonZero(amount), decimal(amount)),
    when(
      all(exists(way), not(equals(way, "none"))),
      oneOf<Decimal>(way, { "none, or the amount of the rounding": "0" }, { invalid: "warning" }),
    ),
  );
}

/** With a foreign currency, the home amounts are beside it. */
export function totalsRead(form: Form): Spec<Totals> {
  const { summary, prefix } = form;
  const [home, foreign] = [homeSum(form), `${summary}${prefix}:foreignCurrency/`] as const;
  const homeRounding = `${home}typ:round/typ:priceRound`;
  return object<Totals>({
    rounding: when(isForeign(form), roundingRead(form, foreign), roundingRead(form, home)),
    payable: when(isForeign(form), decimal(`${foreign}typ:priceSum`)),
    home: when(isForeign(form), { rounding: when(isNonZero(homeRounding), decimal(homeRounding)) }),
  });
}

/** Currency, and what one unit of it is in the home currency: Pohoda states the rate of so many units, such as 100 HUF. */
export function currencyRead(form: Form): Pick<Fields<Order>, "currency" | "homeCurrency" | "exchangeRate"> {
  const { summary, prefix } = form;
  const foreign = `${summary}${prefix}:foreignCurrency/`;
  const home = first<string>(
    parameter("homeCurrency"),
    when(parameterIs("country", "SK"), constant("EUR"), constant("CZK")),
  );
  const rateOf = (units: string, shift: number, otherwise?: Spec<Decimal>): Spec<Decimal> =>
    when(
      compared(decimal(`${foreign}typ:amount`, { default: "1" }), "=", units),
      decimal(`${foreign}typ:rate`, { shift }),
      otherwise,
    );
  return {
    currency: when(isForeign(form), code(`${foreign}typ:currency/typ:ids`, { upper: true }), home),
    homeCurrency: when(isForeign(form), home),
    exchangeRate: when(isForeign(form), rateOf("1", 0, rateOf("100", -2, rateOf("1000", -3, rateOf("10", -1))))),
  };
}

/** The day that decides VAT rates. */
export const orderDay = date("ord:orderHeader/ord:date");
export const invoiceDay = first(date("inv:invoiceHeader/inv:dateTax"), date("inv:invoiceHeader/inv:date"));
