import { Decimal as Oracle } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as money from "../../src/model/money.ts";
import { decimalSchema } from "../../src/model/order.ts";
import type { Decimal } from "../../src/model/order.ts";
import * as exact from "../../src/model/scaled.ts";
import type { RoundingMode } from "../../src/model/scaled.ts";

const Wide = Oracle.clone({ precision: 400, toExpNeg: -400, toExpPos: 400 });
const oracleModes: Record<RoundingMode, Oracle.Rounding> = {
  halfUp: Oracle.ROUND_HALF_UP,
  halfEven: Oracle.ROUND_HALF_EVEN,
  down: Oracle.ROUND_DOWN,
  up: Oracle.ROUND_UP,
};
const modes = Object.keys(oracleModes) as RoundingMode[];

/** Decimals of 1 to 40 digits and 0 to 12 decimal places; many small ones, so that halves are met. */
const decimals: fc.Arbitrary<Decimal> = fc
  .tuple(
    fc.oneof(fc.bigInt(-5000n, 5000n), fc.bigInt(-(10n ** 16n), 10n ** 16n), fc.bigInt(-(10n ** 40n), 10n ** 40n)),
    fc.integer({ min: 0, max: 12 }),
  )
  .map(([units, scale]) => exact.format({ units, scale }));
const scales = fc.integer({ min: 0, max: 12 });
const anyMode = fc.constantFrom(...modes);

/** The oracle's value with the given decimals; it keeps the sign of a zero, which has none here. */
function fixed(value: Oracle, scale: number, mode: RoundingMode = "halfUp"): string {
  const text = value.toFixed(scale, oracleModes[mode]);
  return /^-[0.]+$/.test(text) ? text.slice(1) : text;
}

function places(value: Decimal): number {
  return value.split(".")[1]?.length ?? 0;
}

function agree<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => void,
): void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => {
    check(...values);
  });
  fc.assert(property, { numRuns: 500, seed: 20260304 });
}

describe("exact arithmetic against decimal.js", () => {
  it("adds and subtracts, keeping the longer decimals", () => {
    agree([decimals, decimals], (left, right) => {
      const scale = Math.max(places(left), places(right));
      expect(money.add(left, right)).toBe(fixed(new Wide(left).plus(right), scale));
      expect(money.subtract(left, right)).toBe(fixed(new Wide(left).minus(right), scale));
    });
  });

  it("multiplies exactly", () => {
    agree([decimals, decimals], (left, right) => {
      expect(money.multiply(left, right)).toBe(fixed(new Wide(left).times(right), places(left) + places(right)));
    });
  });

  it("divides in every rounding mode", () => {
    agree([decimals, decimals, scales, anyMode], (left, right, scale, mode) => {
      fc.pre(!money.isZero(right));
      expect(money.divide(left, right, scale, mode)).toBe(fixed(new Wide(left).div(right), scale, mode));
    });
  });

  it("rounds in every mode to every scale", () => {
    agree([decimals, scales, anyMode], (value, scale, mode) => {
      expect(money.round(value, scale, mode)).toBe(fixed(new Wide(value), scale, mode));
    });
  });

  it("rounds to a step in every mode", () => {
    agree([decimals, fc.constantFrom<Decimal>("0.05", "1", "0.5", "0.25", "5"), anyMode], (value, step, mode) => {
      const steps = new Wide(value).div(step).toDecimalPlaces(0, oracleModes[mode]);
      expect(money.roundToStep(value, step, mode)).toBe(fixed(steps.times(step), places(step)));
    });
  });

  it("compares, negates and takes the absolute value", () => {
    agree([decimals, decimals], (left, right) => {
      expect(money.compare(left, right)).toBe(new Wide(left).cmp(right));
      expect(money.negate(left)).toBe(fixed(new Wide(left).neg(), places(left)));
      expect(money.absolute(left)).toBe(fixed(new Wide(left).abs(), places(left)));
      expect(money.isZero(left)).toBe(new Wide(left).isZero());
    });
  });

  it("sums a list", () => {
    agree([fc.array(decimals)], (values) => {
      const scale = Math.max(0, ...values.map(places));
      expect(money.sum(values)).toBe(
        fixed(
          values.reduce((sum, value) => sum.plus(value), new Wide(0)),
          scale,
        ),
      );
    });
  });
});

describe("the canonical form", () => {
  it("comes back from parsing as it was", () => {
    agree([decimals], (value) => {
      expect(exact.format(exact.parse(value))).toBe(value);
    });
  });

  it("is what the schema accepts, and everything else is refused", () => {
    const nearly = fc.oneof(fc.string(), fc.stringMatching(/^[-+]?[0-9.,e ]{0,20}$/));
    agree([nearly], (text) => {
      if (decimalSchema.safeParse(text).success) {
        expect(() => exact.parse(text)).not.toThrow();
      } else {
        expect(() => exact.parse(text)).toThrow(RangeError);
      }
    });
  });

  it.each(["", "-", ".", "1.", ".5", "-.5", "01", "-01", "00", "+1", "1,5", "1e3", "1.2.3", " 1", "1 ", "NaN", "1-"])(
    "refuses %j",
    (text) => {
      expect(() => exact.parse(text)).toThrow("expected a decimal such as 1234.50");
    },
  );

  it("keeps the zeros of a stated amount", () => {
    expect(money.add("1234.50", "0")).toBe("1234.50");
    expect(money.add("1.5", "1.50")).toBe("3.00");
  });

  it("has no negative zero", () => {
    expect(money.add("-0.00", "0")).toBe("0.00");
    expect(money.negate("0.0")).toBe("0.0");
    expect(money.round("-0.004", 2)).toBe("0.00");
  });

  it("is exact on both sides of the 15 digits that fit a double", () => {
    expect(money.add("999999999999999", "1")).toBe("1000000000000000");
    expect(money.add("-9007199254740993", "0")).toBe("-9007199254740993");
    expect(money.add("0.1", "0.2")).toBe("0.3");
  });
});

describe("rounding", () => {
  it("takes halves away from zero unless told otherwise", () => {
    expect(money.round("2.345", 2)).toBe("2.35");
    expect(money.round("-2.345", 2)).toBe("-2.35");
    expect(money.round("2.345", 2, "halfEven")).toBe("2.34");
    expect(money.round("2.355", 2, "halfEven")).toBe("2.36");
    expect(money.round("2.349", 2, "down")).toBe("2.34");
    expect(money.round("-2.341", 2, "up")).toBe("-2.35");
  });

  it("rounds cash to 5 cents in Slovakia and to crowns in Czechia", () => {
    expect(money.roundToStep("12.34", "0.05")).toBe("12.35");
    expect(money.roundToStep("12.32", "0.05")).toBe("12.30");
    expect(money.roundToStep("1003.60", "1")).toBe("1004");
    expect(money.roundToStep("1003.49", "1")).toBe("1003");
  });

  it("refuses a scale, a step or a divisor that makes no sense", () => {
    for (const scale of [-1, 1.5, 101, Number.NaN]) {
      expect(() => money.round("1", scale)).toThrow("expected a whole number of decimals from 0 to 100");
      expect(() => money.divide("1", "3", scale)).toThrow(RangeError);
    }
    expect(money.round("1", 100)).toHaveLength(102);
    expect(() => money.roundToStep("1", "0")).toThrow("expected a positive step");
    expect(() => money.roundToStep("1", "-0.05")).toThrow(RangeError);
    expect(() => money.divide("1", "0.00", 2)).toThrow("division by zero");
  });
});

describe("stripping zeros", () => {
  it("takes zeros at the end of the decimals only", () => {
    expect(exact.strip(exact.parse("250.000000"))).toEqual({ units: 250n, scale: 0 });
    expect(exact.strip(exact.parse("250.100"), 2)).toEqual({ units: 25010n, scale: 2 });
    expect(exact.strip(exact.parse("100"))).toEqual({ units: 100n, scale: 0 });
  });
});
