import type { PriceOptions } from "./options.ts";
import type { Decimal } from "../order.ts";
import type { Money, ProductPrice } from "../product.ts";
import * as exact from "../scaled.ts";
import type { RoundingMode, Scaled } from "../scaled.ts";
import type { Report } from "../totals.ts";

/** {@link PriceOptions} with their defaults, ready for use. */
export interface PriceRule {
  readonly list: string | undefined;
  readonly fallback: boolean;
  readonly also: ReadonlySet<string> | "all";
  readonly currency: string | undefined;
  readonly basis: "net" | "gross" | "both";
  readonly scale: number;
  readonly rounding: RoundingMode;
  readonly step: Scaled | undefined;
}

/** A VAT rate in percent, or none, and the field that states it. */
export interface StatedRate {
  readonly rate: Scaled | undefined;
  readonly field: string;
}

/** One amount exactly: `amount / divisor`. */
interface Exact {
  readonly amount: Scaled;
  readonly divisor: Scaled | undefined;
}

/** What the amounts of one price are calculated with. */
interface Calculation {
  readonly money: Money;
  readonly net: Scaled | undefined;
  readonly gross: Scaled | undefined;
  readonly rate: StatedRate;
  readonly rule: PriceRule;
  /** Place of the price: `variants[2].prices[0]`. */
  readonly field: string;
  /** Left out: what cannot be derived stays out. */
  readonly report: Report | undefined;
}

type Side = "net" | "gross";
type Amounts = Partial<Record<Side, Decimal>>;

const CENTS = 2;

export function compilePrices(options: PriceOptions): PriceRule {
  const { also = [], step } = options;
  return {
    list: options.list,
    fallback: options.fallback ?? false,
    also: also === "all" ? also : new Set(also),
    currency: options.currency,
    basis: options.basis ?? "both",
    scale: options.scale ?? CENTS,
    rounding: options.rounding ?? "halfUp",
    step: step === undefined ? undefined : exact.parse(step),
  };
}

/**
 * The prices that go out, in the order of the catalogue.
 *
 * @param field - place of the list: `variants[2].prices`
 */
export function offerPrices(
  prices: readonly ProductPrice[],
  rate: StatedRate,
  rule: PriceRule,
  field: string,
  report: Report,
): ProductPrice[] {
  const offered: ProductPrice[] = [];
  for (const [index, price] of prices.entries()) {
    if (!isOfCurrency(price, rule)) {
      continue;
    }
    const main = isMain(price, prices, rule);
    const along = price.list !== undefined && goesAlong(price.list, rule);
    if (main || along) {
      const money = offerMoney(price, rate, rule, `${field}[${index}]`, report);
      if (main) {
        offered.push(money);
      }
      if (along) {
        offered.push({ list: price.list, ...money });
      }
    }
  }
  return offered;
}

/** Whether the price is in a currency that goes out. */
export function isOfCurrency(money: Money, rule: PriceRule): boolean {
  return rule.currency === undefined || money.currency === rule.currency;
}

/** The amounts of one price that go out. */
export function offerMoney(money: Money, rate: StatedRate, rule: PriceRule, field: string, report: Report): Money {
  const calculation = calculate(money, rate, rule, field, report);
  checkRate(calculation);
  return { currency: money.currency, ...amounts(calculation) };
}

/** Both amounts of a purchase price as far as they are known, rounded. It is no issue if one is not. */
export function offerPurchasePrice(money: Money, rate: StatedRate, rule: PriceRule): Money {
  const calculation = calculate(money, rate, { ...rule, basis: "both", step: undefined }, "", undefined);
  return { currency: money.currency, ...amounts(calculation) };
}

function isMain(price: ProductPrice, prices: readonly ProductPrice[], rule: PriceRule): boolean {
  const { list, fallback } = rule;
  if (price.list === list) {
    return true;
  }
  return (
    fallback &&
    price.list === undefined &&
    !prices.some((other) => other.list === list && other.currency === price.currency)
  );
}

function goesAlong(list: string, { also, list: main }: PriceRule): boolean {
  return also === "all" ? list !== main : also.has(list);
}

function calculate(
  money: Money,
  rate: StatedRate,
  rule: PriceRule,
  field: string,
  report: Report | undefined,
): Calculation {
  return { money, net: parse(money.net), gross: parse(money.gross), rate, rule, field, report };
}

function amounts(calculation: Calculation): Amounts {
  const { money, rule } = calculation;
  if (money.net === undefined && money.gross === undefined) {
    const side = rule.basis === "both" ? "" : `.${rule.basis}`;
    missing(calculation, side, `the price in ${money.currency} has neither a net nor a gross amount`);
    return {};
  }
  if (rule.basis !== "both") {
    return write({ [rule.basis]: inForce(calculation, rule.basis) }, calculation);
  }
  return rule.step === undefined
    ? write({ net: inForce(calculation, "net"), gross: inForce(calculation, "gross") }, calculation)
    : steppedAmounts(calculation, rule.step);
}

/** Gross in multiples of the step; net as stated if that leaves gross as it was, else what is in the new gross. */
function steppedAmounts(calculation: Calculation, step: Scaled): Amounts {
  const { rule } = calculation;
  const plain = known(calculation, "gross");
  if (plain === undefined) {
    return {};
  }
  const gross = roundToStep(plain, step, rule);
  const isChanged = exact.cmp(gross, round(plain, rule)) !== 0;
  const source = isChanged ? { ...calculation, net: undefined, gross } : calculation;
  return write({ net: inForce(source, "net"), gross }, calculation);
}

/** The rounded amount of one side, stated or derived. */
function inForce(calculation: Calculation, side: Side): Scaled | undefined {
  const { rule } = calculation;
  const amount = known(calculation, side);
  if (amount === undefined) {
    return undefined;
  }
  return rule.step === undefined || side !== rule.basis ? round(amount, rule) : roundToStep(amount, rule.step, rule);
}

/** One side exactly: as stated, else net × (1 + rate / 100) or gross / (1 + rate / 100). */
function known(calculation: Calculation, side: Side): Exact | undefined {
  const stated = calculation[side];
  if (stated !== undefined) {
    return { amount: stated, divisor: undefined };
  }
  const other = calculation[side === "net" ? "gross" : "net"];
  if (other === undefined || other.units === 0n) {
    return other && { amount: other, divisor: undefined };
  }
  const { rate } = calculation.rate;
  if (rate === undefined) {
    const from = side === "net" ? "gross" : "net";
    const amount = `${from} ${exact.format(other)} ${calculation.money.currency}`;
    missing(calculation, `.${side}`, `no ${side} amount follows from ${amount} without a VAT rate`);
    return undefined;
  }
  if (rate.units < 0n) {
    const message = `expected a VAT rate from 0 up, got ${exact.format(rate)}`;
    calculation.report?.("VAT_RATE_UNKNOWN", "error", calculation.rate.field, message);
    return undefined;
  }
  const factor = grossPercent(rate);
  return side === "net"
    ? { amount: { units: other.units * 100n, scale: other.scale }, divisor: factor }
    : { amount: { units: other.units * factor.units, scale: other.scale + factor.scale + 2 }, divisor: undefined };
}

function round({ amount, divisor }: Exact, { scale, rounding }: PriceRule): Scaled {
  return divisor === undefined
    ? exact.roundTo(amount, scale, rounding)
    : exact.divide(amount, divisor, scale, rounding);
}

/** A multiple of the step, in one rounding. */
function roundToStep({ amount, divisor }: Exact, step: Scaled, { scale, rounding }: PriceRule): Scaled {
  const width = divisor === undefined ? step : exact.mul(step, divisor);
  return exact.roundTo(exact.mul(exact.divide(amount, width, 0, rounding), step), scale);
}

/** Amounts as text. A price that rounding makes free of charge is an issue. */
function write(rounded: Partial<Record<Side, Scaled | undefined>>, calculation: Calculation): Amounts {
  const written: Amounts = {};
  for (const side of ["net", "gross"] as const) {
    const amount = rounded[side];
    if (amount !== undefined) {
      written[side] = exact.format(amount);
      reportVanished(amount, written[side], side, calculation);
    }
  }
  return written;
}

function reportVanished(amount: Scaled, text: string, side: Side, calculation: Calculation): void {
  const { money, net, gross, field, report } = calculation;
  const stated = net !== undefined && net.units !== 0n ? `net ${money.net!}` : `gross ${money.gross ?? "0"}`;
  if (amount.units === 0n && ((net?.units ?? 0n) !== 0n || (gross?.units ?? 0n) !== 0n)) {
    report?.("FIELD_INVALID", "error", `${field}.${side}`, `${stated} ${money.currency} is rounded to ${text}`);
  }
}

function missing({ report, field }: Calculation, side: string, message: string): void {
  report?.("FIELD_MISSING", "error", field + side, message);
}

/** Stated net and gross must fit the rate, give or take half of the last place of each, a cent at most. */
function checkRate({ money, net, gross, rate: { rate }, field, report }: Calculation): void {
  if (net === undefined || gross === undefined || rate === undefined) {
    return;
  }
  const factor = grossPercent(rate);
  const difference = exact.sub({ units: gross.units * 100n, scale: gross.scale }, exact.mul(net, factor));
  const slack = exact.add(exact.mul(halfPlace(gross), HUNDRED), exact.mul(halfPlace(net), factor));
  if (exact.cmp(exact.abs(difference), slack) > 0) {
    const both = `net ${exact.format(net)} and gross ${exact.format(gross)} ${money.currency}`;
    report?.("VAT_MISMATCH", "warning", field, `${both} do not fit the VAT rate ${exact.format(rate)} %`);
  }
}

const HUNDRED: Scaled = { units: 100n, scale: 0 };

/** `100 + rate`. */
function grossPercent(rate: Scaled): Scaled {
  return { units: rate.units + 100n * exact.power(rate.scale), scale: rate.scale };
}

/** Half of the last decimal place; zeros after the cents are padding, and whole amounts are good to a cent. */
function halfPlace(value: Scaled): Scaled {
  return { units: 5n, scale: Math.max(exact.strip(value, Math.min(value.scale, CENTS)).scale, CENTS) + 1 };
}

function parse(text: Decimal | undefined): Scaled | undefined {
  return text === undefined ? undefined : exact.parse(text);
}
