import type { Decimal } from "./order.ts";
import * as exact from "./scaled.ts";
import type { RoundingMode } from "./scaled.ts";

/*
 * Exact arithmetic on decimal strings. Every function takes and gives the canonical form of `decimalSchema`, keeps the
 * decimals of what it was given (`"1.50" + "2"` is `"3.50"`), and throws a RangeError for text that is no such number.
 */

/** `add("1.50", "2")` → `"3.50"`. */
export function add(left: Decimal, right: Decimal): Decimal {
  return exact.format(exact.add(exact.parse(left), exact.parse(right)));
}

/** `subtract("1.5", "2.00")` → `"-0.50"`. */
export function subtract(left: Decimal, right: Decimal): Decimal {
  return exact.format(exact.sub(exact.parse(left), exact.parse(right)));
}

/** Exact, so the decimals add up: `multiply("199.50", "2.5")` → `"498.750"`. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return exact.format(exact.mul(exact.parse(left), exact.parse(right)));
}

/**
 * `divide("100", "1.21", 2)` → `"82.64"`.
 *
 * @param scale - decimals of the result, 0 to 100
 * @throws RangeError if the divisor is zero or the scale is out of range
 */
export function divide(left: Decimal, right: Decimal, scale: number, mode: RoundingMode = "halfUp"): Decimal {
  return exact.format(exact.divide(exact.parse(left), exact.parse(right), checkScale(scale), mode));
}

/**
 * Exactly `scale` decimals: `round("2.345", 2)` → `"2.35"`, `round("2", 2)` → `"2.00"`.
 *
 * @param scale - decimals of the result, 0 to 100
 * @throws RangeError if the scale is out of range
 */
export function round(value: Decimal, scale: number, mode: RoundingMode = "halfUp"): Decimal {
  return exact.format(exact.roundTo(exact.parse(value), checkScale(scale), mode));
}

/**
 * The nearest multiple of `step`, with the decimals of `step`: `roundToStep("12.34", "0.05")` → `"12.35"` for cash in
 * Slovakia, `roundToStep("1003.60", "1")` → `"1004"` for cash in Czechia.
 *
 * @throws RangeError if the step is not positive
 */
export function roundToStep(value: Decimal, step: Decimal, mode: RoundingMode = "halfUp"): Decimal {
  const width = exact.parse(step);
  if (width.units <= 0n) {
    throw new RangeError(`expected a positive step, got ${step}`);
  }
  return exact.format(exact.mul(exact.divide(exact.parse(value), width, 0, mode), width));
}

/** Order by size, for `sort`: `compare("1.50", "1.5")` → `0`. */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  return exact.cmp(exact.parse(left), exact.parse(right));
}

/** `sum(["1.5", "2.25"])` → `"3.75"`, `sum([])` → `"0"`. */
export function sum(values: Iterable<Decimal>): Decimal {
  let total = exact.ZERO;
  for (const value of values) {
    total = exact.add(total, exact.parse(value));
  }
  return exact.format(total);
}

/** `negate("1.50")` → `"-1.50"`, `negate("0.00")` → `"0.00"`. */
export function negate(value: Decimal): Decimal {
  return exact.format(exact.neg(exact.parse(value)));
}

/** `absolute("-1.50")` → `"1.50"`. */
export function absolute(value: Decimal): Decimal {
  return exact.format(exact.abs(exact.parse(value)));
}

/** Whether the value is zero, in whatever notation: `"0"`, `"0.00"`, `"-0"`. */
export function isZero(value: Decimal): boolean {
  return exact.parse(value).units === 0n;
}

function checkScale(scale: number): number {
  if (!Number.isInteger(scale) || scale < 0 || scale > 100) {
    throw new RangeError(`expected a whole number of decimals from 0 to 100, got ${scale}`);
  }
  return scale;
}
