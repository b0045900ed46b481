import type { Decimal } from "./order.ts";
import * as exact from "./scaled.ts";
import type { Scaled } from "./scaled.ts";

/** Rates that hold from one day on. Percent. */
export interface VatPeriod {
  /** First day, `"2024-01-01"`. */
  readonly from: string;
  readonly standard: Decimal;
  /** First reduced rate first; empty where the country has none. */
  readonly reduced: readonly Decimal[];
}

/** Periods by ISO 3166-1 alpha-2 country, oldest first. A host with other countries or news passes its own. */
export type VatTable = Readonly<Record<string, readonly VatPeriod[]>>;

export interface VatRates {
  readonly standard: Decimal;
  readonly reduced: readonly Decimal[];
  /** `"0"`: exempt with the right of deduction, exports, books in Czechia since 2024. */
  readonly zero: Decimal;
}

/** Names of rates that formats use in place of percents, such as Pohoda's `rateVAT`. */
export type VatLevel = "high" | "low" | "third" | "none";

/**
 * Czechia since 2010 (§ 47 of act 235/2004 Sb.) and Slovakia since 2011 (§ 27 of act 222/2004 Z. z.). The day that
 * counts is the day of supply (DUZP), not that of issue or payment; a correction takes the rate of the original supply.
 *
 * @see https://www.pragoecon.cz/informace/sazby-dane-z-pridane-hodnoty/ Czechia to 2014 (read 2026-11-24)
 * @see https://www.dauc.cz/clanky/12925/snizena-sazba-dph-v-roce-2024 Czechia, 15 and 10 to one 12 (read 2026-11-24)
 * @see https://podpora.financnasprava.sk/525847-V%C5%A1eobecn%C3%A9-inform%C3%A1cie Slovakia, 20, 10, and 5 since 2023
 * (read 2026-11-24)
 * @see https://www.danovecentrum.sk/aktuality/nove-sadzby-dph-od-1-1-2025-toptema-dc-1-2025.htm Slovakia since 2025, act
 * 278/2024 Z. z. (read 2026-11-24)
 */
export const vatTable: VatTable = {
  CZ: [
    { from: "2010-01-01", standard: "20", reduced: ["10"] },
    { from: "2012-01-01", standard: "20", reduced: ["14"] },
    { from: "2013-01-01", standard: "21", reduced: ["15"] },
    { from: "2015-01-01", standard: "21", reduced: ["15", "10"] },
    { from: "2024-01-01", standard: "21", reduced: ["12"] },
  ],
  SK: [
    { from: "2011-01-01", standard: "20", reduced: ["10"] },
    { from: "2023-01-01", standard: "20", reduced: ["10", "5"] },
    { from: "2025-01-01", standard: "23", reduced: ["19", "5"] },
  ],
};

/**
 * The rates of a country on a day.
 *
 * @param date - `"2026-03-04"`; left out: the newest rates of the table
 * @returns undefined if the table lacks the country or begins later
 */
export function vatRatesOn(country: string, date?: string, table: VatTable = vatTable): VatRates | undefined {
  const periods = Object.hasOwn(table, country) ? table[country] : undefined;
  const period = periods?.findLast(({ from }) => date === undefined || from <= date);
  return period && { standard: period.standard, reduced: period.reduced, zero: "0" };
}

/**
 * The percents behind a level: `high` is the standard rate, `low` the first and `third` the second reduced one, `none`
 * is `"0"`.
 *
 * @returns undefined if the country has no such rate on that day
 */
export function vatRateForLevel(
  level: VatLevel,
  country: string,
  date?: string,
  table: VatTable = vatTable,
): Decimal | undefined {
  const rates = vatRatesOn(country, date, table);
  switch (level) {
    case "high":
      return rates?.standard;
    case "low":
      return rates?.reduced[0];
    case "third":
      return rates?.reduced[1];
    case "none":
      return "0";
  }
}

/**
 * The rate of a country by which one amount follows from the other: net `82.64` and gross `100.00` → `"21"`.
 *
 * First come the rates that give one amount exactly when calculated from the other and rounded like it; then those that
 * are possible if both amounts were rounded by up to half of their last decimal place. Zeros at the end beyond the
 * second decimal place count as padding (`82.640000` is good to 0.005).
 *
 * @returns undefined if no rate fits, if several fit alike (as with `0.01` and `0.01`), or if the table lacks the country
 */
export function snapVatRate(
  net: Decimal,
  gross: Decimal,
  country: string,
  date?: string,
  table: VatTable = vatTable,
): Decimal | undefined {
  const rates = vatRatesOn(country, date, table);
  return rates && snapRate(exact.parse(net), exact.parse(gross), [rates.standard, ...rates.reduced, rates.zero]);
}

/** {@link snapVatRate} on parsed amounts and a list of rates. */
export function snapRate(net: Scaled, gross: Scaled, candidates: readonly Decimal[]): Decimal | undefined {
  if (net.units === 0n || gross.units === 0n || net.units < 0n !== gross.units < 0n) {
    return undefined;
  }
  const statedNet = exact.strip(exact.abs(net), Math.min(net.scale, 2));
  const statedGross = exact.strip(exact.abs(gross), Math.min(gross.scale, 2));
  return (
    only(candidates, (rate) => reproduces(statedNet, statedGross, rate)) ??
    only(candidates, (rate) => isPossible(statedNet, statedGross, rate))
  );
}

/**
 * VAT inside an amount that includes it ("shora", top-down): `vatFromGross("399.00", "21")` → `"69.25"`.
 *
 * Price − price / 1.21, as § 37 of the Czech act 235/2004 Sb. says since 2019-04-01; the coefficient of four decimals
 * that it replaced gave 69.27. Negative amounts mirror positive ones.
 *
 * @param rate - percent
 * @param scale - decimals of the result, half up
 * @see https://www.dauc.cz/clanky/3153/novy-zpusob-vypoctu-dph (read 2026-11-24)
 */
export function vatFromGross(gross: Decimal, rate: Decimal, scale = 2): Decimal {
  return exact.format(vatInGross(exact.parse(gross), exact.parse(rate), scale));
}

/**
 * VAT on top of an amount without it ("zdola", bottom-up): `vatFromNet("329.75", "21")` → `"69.25"`.
 *
 * @param rate - percent
 * @param scale - decimals of the result, half up
 */
export function vatFromNet(net: Decimal, rate: Decimal, scale = 2): Decimal {
  return exact.format(vatOnNet(exact.parse(net), exact.parse(rate), scale));
}

/** {@link vatFromGross} on parsed amounts; `gross × rate / (100 + rate)`. */
export function vatInGross(gross: Scaled, rate: Scaled, scale: number): Scaled {
  return exact.divide(exact.mul(gross, rate), grossPercent(rate), scale);
}

/** {@link vatFromNet} on parsed amounts. */
export function vatOnNet(net: Scaled, rate: Scaled, scale: number): Scaled {
  const product = exact.mul(net, rate);
  return exact.roundTo({ units: product.units, scale: product.scale + 2 }, scale);
}

/** `100 + rate`. */
function grossPercent(rate: Scaled): Scaled {
  return { units: rate.units + 100n * exact.power(rate.scale), scale: rate.scale };
}

function reproduces(net: Scaled, gross: Scaled, rate: Decimal): boolean {
  const percent = grossPercent(exact.parse(rate));
  const grossOfNet = exact.divide(exact.mul(net, percent), HUNDRED, gross.scale);
  return (
    grossOfNet.units === gross.units || exact.divide(exact.mul(gross, HUNDRED), percent, net.scale).units === net.units
  );
}

/** Whether some true net and gross amount round to the stated ones. */
function isPossible(net: Scaled, gross: Scaled, rate: Decimal): boolean {
  const percent = grossPercent(exact.parse(rate));
  const difference = exact.sub(exact.mul(gross, HUNDRED), exact.mul(net, percent));
  const slack = exact.add(exact.mul(halfPlace(gross), HUNDRED), exact.mul(halfPlace(net), percent));
  return exact.cmp(exact.abs(difference), slack) <= 0;
}

const HUNDRED: Scaled = { units: 100n, scale: 0 };

/** Half of the last decimal place. */
function halfPlace(value: Scaled): Scaled {
  return { units: 5n, scale: value.scale + 1 };
}

function only(candidates: readonly Decimal[], fits: (rate: Decimal) => boolean): Decimal | undefined {
  const fitting = candidates.filter(fits);
  return fitting.length === 1 ? fitting[0] : undefined;
}
