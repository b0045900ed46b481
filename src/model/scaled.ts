import type { Decimal } from "./order.ts";

/**
 * What happens to digits that do not fit.
 *
 * - `halfUp`: to the nearest, a half away from zero (`2.345` → `2.35`, `-2.345` → `-2.35`); the rule of Czech and
 *   Slovak practice;
 * - `halfEven`: to the nearest, a half to the even neighbour (`2.345` → `2.34`);
 * - `down`: towards zero;
 * - `up`: away from zero.
 */
export type RoundingMode = "halfUp" | "halfEven" | "down" | "up";

/**
 * An exact number, `units / 10 ** scale`: `{ units: 123450n, scale: 2 }` is `1234.50`. For chains of operations: parse
 * once, calculate, format once. The scale is a whole number from 0 up and survives: 1.50 and 1.5 are different values
 * of one size.
 */
export interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

export const ZERO: Scaled = { units: 0n, scale: 0 };

const MINUS = 45;
const POINT = 46;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** Every whole number of so many digits is exact in a double, which a loop builds faster than `BigInt(text)`. */
const SAFE_DIGITS = 15;
const POWERS: readonly bigint[] = Array.from({ length: 41 }, (_, exponent) => 10n ** BigInt(exponent));

/**
 * Reads a decimal in canonical form.
 *
 * @throws RangeError if the text is not such a number: `"1,5"`, `"+1"`, `"01"`, `".5"`, `"1."`, `"1e3"`, `""`
 */
export function parse(text: string): Scaled {
  const { length } = text;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  let value = 0;
  for (let index = start; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= DIGIT_0 && code <= DIGIT_9) {
      value = value * 10 + (code - DIGIT_0);
    } else if (code === POINT && point < 0) {
      point = index;
    } else {
      throw notDecimal(text);
    }
  }
  const wholeEnd = point < 0 ? length : point;
  if (wholeEnd === start || point === length - 1 || (text.charCodeAt(start) === DIGIT_0 && wholeEnd > start + 1)) {
    throw notDecimal(text);
  }
  const scale = point < 0 ? 0 : length - point - 1;
  if (length - start <= SAFE_DIGITS) {
    return { units: BigInt(start === 1 ? -value : value), scale };
  }
  return { units: BigInt(point < 0 ? text : text.slice(0, point) + text.slice(point + 1)), scale };
}

/** Writes the canonical form with exactly `scale` decimals; zero has no sign. */
export function format(value: Scaled): Decimal {
  const { units, scale } = value;
  if (scale === 0) {
    return units.toString() as Decimal;
  }
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, "0");
  const point = digits.length - scale;
  return `${negative ? "-" : ""}${digits.slice(0, point)}.${digits.slice(point)}` as Decimal;
}

/** Sum; as many decimals as the longer of the two. */
export function add(left: Scaled, right: Scaled): Scaled {
  if (left.scale === right.scale) {
    return { units: left.units + right.units, scale: left.scale };
  }
  return left.scale > right.scale
    ? { units: left.units + right.units * power(left.scale - right.scale), scale: left.scale }
    : { units: left.units * power(right.scale - left.scale) + right.units, scale: right.scale };
}

/** Difference; as many decimals as the longer of the two. */
export function sub(left: Scaled, right: Scaled): Scaled {
  if (left.scale === right.scale) {
    return { units: left.units - right.units, scale: left.scale };
  }
  return add(left, neg(right));
}

/** Exact product; as many decimals as both have together. */
export function mul(left: Scaled, right: Scaled): Scaled {
  return { units: left.units * right.units, scale: left.scale + right.scale };
}

/**
 * Quotient with exactly `scale` decimals.
 *
 * @throws RangeError if the divisor is zero
 */
export function divide(left: Scaled, right: Scaled, scale: number, mode: RoundingMode = "halfUp"): Scaled {
  const shift = scale + right.scale - left.scale;
  const units =
    shift >= 0
      ? divideUnits(left.units * power(shift), right.units, mode)
      : divideUnits(left.units, right.units * power(-shift), mode);
  return { units, scale };
}

export function neg(value: Scaled): Scaled {
  return { units: -value.units, scale: value.scale };
}

export function abs(value: Scaled): Scaled {
  return value.units < 0n ? neg(value) : value;
}

/** Order by size: negative if `left` is smaller, 0 if both are equal (`1.50` and `1.5` are), positive if it is larger. */
export function cmp(left: Scaled, right: Scaled): -1 | 0 | 1 {
  let leftUnits = left.units;
  let rightUnits = right.units;
  if (left.scale > right.scale) {
    rightUnits *= power(left.scale - right.scale);
  } else if (left.scale < right.scale) {
    leftUnits *= power(right.scale - left.scale);
  }
  return leftUnits < rightUnits ? -1 : leftUnits > rightUnits ? 1 : 0;
}

/** The value with exactly `scale` decimals; a shorter one gets zeros. */
export function roundTo(value: Scaled, scale: number, mode: RoundingMode = "halfUp"): Scaled {
  if (value.scale === scale) {
    return value;
  }
  return value.scale < scale
    ? { units: value.units * power(scale - value.scale), scale }
    : { units: divideUnits(value.units, power(value.scale - scale), mode), scale };
}

/** The value without zeros at the end of its decimals, keeping at least `least` of them. */
export function strip(value: Scaled, least = 0): Scaled {
  let { units, scale } = value;
  while (scale > least && units % 10n === 0n) {
    units /= 10n;
    scale--;
  }
  return { units, scale };
}

/** Whole quotient of two whole numbers. */
export function divideUnits(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  if (divisor === 0n) {
    throw new RangeError("division by zero");
  }
  const quotient = dividend / divisor;
  const rest = dividend - quotient * divisor;
  if (rest === 0n || mode === "down") {
    return quotient;
  }
  if (mode !== "up") {
    const twice = (rest < 0n ? -rest : rest) * 2n;
    const size = divisor < 0n ? -divisor : divisor;
    if (twice < size || (twice === size && mode === "halfEven" && quotient % 2n === 0n)) {
      return quotient;
    }
  }
  return dividend < 0n === divisor < 0n ? quotient + 1n : quotient - 1n;
}

/** `10 ** exponent`, exponent ≥ 0. */
export function power(exponent: number): bigint {
  return POWERS[exponent] ?? 10n ** BigInt(exponent);
}

function notDecimal(text: string): RangeError {
  return new RangeError(`expected a decimal such as 1234.50, got ${JSON.stringify(text.slice(0, 40))}`);
}
