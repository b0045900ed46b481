import { Decimal as Exact } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codecTypes } from "../../../src/mapping/codecs/index.ts";
import { decimalSchema } from "../../../src/model/order.ts";
import { codecOf, expectInvalid, isInvertible, reread } from "./codec.ts";

const decimal = codecOf("decimal");
const integer = codecOf("integer");
const PRECISION = 120;
fc.configureGlobal({ seed: 20260304 });
Exact.set({ precision: PRECISION, toExpNeg: -PRECISION, toExpPos: PRECISION });

/** Decimals as the model has them. */
const decimals = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([units, scale]) => new Exact(units.toString()).div(new Exact(10).pow(scale)).toFixed(scale))
  .map((value) => (/[1-9]/.test(value) ? value : value.replace("-", "")));

describe("decimal", () => {
  it.each([
    ["0", "0"],
    ["1234.5", "1234.5"],
    ["1234,5", "1234.5"],
    ["1234.50", "1234.50"],
    ["1 234,50", "1234.50"],
    ["1\u00a0234,50", "1234.50"],
    ["1\u202f234\u202f567,50", "1234567.50"],
    ["1.234,50", "1234.50"],
    ["1,234.50", "1234.50"],
    ["1.234.567", "1234567"],
    ["1,234,567.8", "1234567.8"],
    ["1,234", "1.234"],
    ["1.234", "1.234"],
    [".5", "0.5"],
    [",5", "0.5"],
    ["-.5", "-0.5"],
    ["5.", "5"],
    ["5,", "5"],
    ["007", "7"],
    ["000", "0"],
    ["00.50", "0.50"],
    ["-0", "0"],
    ["-0,00", "0.00"],
    ["+5", "5"],
    ["+ 5", "5"],
    ["- 5", "-5"],
    ["-1 234,5", "-1234.5"],
    ["\u22125,5", "-5.5"],
    ["\u20135", "-5"],
    ["\uff0d5", "-5"],
    ["250,-", "250"],
    ["250.-", "250"],
    ["1 250,--", "1250"],
    ["250,- Kč", "250"],
    ["199 Kč", "199"],
    ["199Kč", "199"],
    ["199 Kc", "199"],
    ["\u2212250,\u2013", "-250"],
    ["9".repeat(100), "9".repeat(100)],
    [`+${"9".repeat(99)}`, "9".repeat(99)],
    ["1 234,50 CZK", "1234.50"],
    ["CZK 1 234,50", "1234.50"],
    ["Kč 99,90", "99.90"],
    ["12,90 €", "12.90"],
    ["€12.90", "12.90"],
    ["-€12.90", "-12.90"],
    ["€ -12.90", "-12.90"],
    ["12,90 EUR", "12.90"],
    ["59,99 zł", "59.99"],
    ["4 990 Ft", "4990"],
    ["$1,234.50", "1234.50"],
    ["21 %", "21"],
    ["21%", "21"],
    ["12,5 %", "12.5"],
    ["  42  ", "42"],
    ["\n\t42,50\n", "42.50"],
    ["0.05", "0.05"],
    ["9999999999999999999999999999999999999999", "9999999999999999999999999999999999999999"],
    ["1.234.567,8", "1234567.8"],
    ["1,234,567.80", "1234567.80"],
    ["123 456", "123456"],
    ["1\u2009234", "1234"],
    ["-007", "-7"],
    ["−0", "0"],
    ["1234Kč", "1234"],
    ["250 kč", "250"],
    ["250 Kc\u030c", "250"],
    ["250 Kčs", "250"],
    ["-12,50 EUR", "-12.50"],
    ["99,90 ZŁ", "99.90"],
    ["PLN 99,90", "99.90"],
    ["12 990 Ft.", "12990"],
    ["£5", "5"],
    ["100 RON", "100"],
    ["100 CHF", "100"],
    ["-10,5 %", "-10.5"],
    ["1 250,-Kč", "1250"],
    ["250,–", "250"],
    ["250,—", "250"],
    ["-250,-", "-250"],
    ["\u00a05\u00a0", "5"],
    [`${" ".repeat(500)}5`, "5"],
    ["123456789012345678901234567890.123456789", "123456789012345678901234567890.123456789"],
  ])("reads %j as %j", (text, value) => {
    expect(decimal.decode(text)).toBe(value);
  });

  it.each([
    "x",
    "neuvedeno",
    "N/A",
    "-",
    ".",
    ",",
    "+",
    "Kč",
    "%",
    "1,2,3",
    "1.2.3",
    "1,23,456",
    "12 34",
    "1 2345",
    "1.23.456",
    "1.234,567.8",
    "1e5",
    "0x10",
    "Infinity",
    "NaN",
    "12abc",
    "abc12",
    "--5",
    "5-",
    "5 ks",
    "1/2",
    "10 Kč %",
    "Kč 10 Kč",
    "10 20 Kč",
    "²",
    "٣",
    "",
    " ",
    ",-",
    "12a",
    "a12",
    "12,3,4",
    "1,234,5",
    "1234 567",
    "1 234 56",
    "1 234.567,50",
    "1,234.5.6",
    "+-5",
    "5 +",
    "(5)",
    "% 5",
    "€ 5 €",
    "5 € %",
    "5..",
    "5,,",
    ".,5",
    "5,.5",
    "5 Kč/ks",
    "5 KčX",
    "1'234",
    "12:30",
    "2026-03-04",
    "１２",
    "1".repeat(100_000),
    "1".repeat(101),
  ])("finds no number in %j, and never takes it as zero", (text) => {
    expectInvalid(decimal.decode(text));
  });

  it.each([
    [",", "1,234", "1234"],
    [",", "1,234,567", "1234567"],
    [",", "1,234.5", "1234.5"],
    [",", "1234.5", "1234.5"],
    [".", "1.234", "1234"],
    [".", "1.234.567", "1234567"],
    [".", "1.234,5", "1234.5"],
    [".", "1234,5", "1234.5"],
    [".", "-1.000", "-1000"],
    [",", "1.234", "1.234"],
    [".", "1,234", "1.234"],
    [".", "1 234,5", "1234.5"],
    [".", "-0,5", "-0.5"],
  ] as const)("reads thousands with %j: %j as %j", (thousands, text, value) => {
    expect(codecOf("decimal", { thousands }).decode(text)).toBe(value);
  });

  it.each([
    [",", "1,23"],
    [",", "1,2345"],
    [",", "1.234,5"],
    [".", "12.5"],
    [".", "1,234.5"],
    [",", ",234"],
    [",", "1,2345.6"],
    [".", "1.234.5"],
    [".", "1,234,567"],
    [".", "0.5"],
  ] as const)("takes no other groups than of three with thousands %j: %j", (thousands, text) => {
    expectInvalid(codecOf("decimal", { thousands }).decode(text));
  });

  it.each([
    ["keep", "5", "5"],
    ["keep", "-5", "-5"],
    ["negate", "5", "-5"],
    ["negate", "-5", "5"],
    ["negate", "0.00", "0.00"],
    ["absolute", "5", "5"],
    ["absolute", "-5,50", "5.50"],
    ["negative", "5", "-5"],
    ["negative", "-5", "-5"],
    ["negative", "0", "0"],
    ["absolute", "-0,50", "0.50"],
  ] as const)("reads with sign %s %j as %j", (sign, text, value) => {
    expect(codecOf("decimal", { sign }).decode(text)).toBe(value);
  });

  it.each([
    [{ scale: 2 }, "2.345", "2.35"],
    [{ scale: 2 }, "-2.345", "-2.35"],
    [{ scale: 2 }, "2", "2.00"],
    [{ scale: 0 }, "2.5", "3"],
    [{ scale: 2, rounding: "halfEven" }, "2.345", "2.34"],
    [{ scale: 2, rounding: "down" }, "2.349", "2.34"],
    [{ scale: 2, rounding: "up" }, "2.341", "2.35"],
    [{ separator: "," }, "1234.50", "1234,50"],
    [{ thousands: "." }, "1234.50", "1234,50"],
    [{ trimZeros: true }, "2.50", "2.5"],
    [{ trimZeros: true }, "2.00", "2"],
    [{ trimZeros: true }, "20", "20"],
    [{ trimZeros: true, scale: 1 }, "1.96", "2"],
    [{}, "-0.0", "0.0"],
    [{ scale: 2 }, "-0.004", "0.00"],
    [{ separator: "," }, "1234", "1234"],
    [{ thousands: "," }, "1234.50", "1234.50"],
    [{ trimZeros: false }, "2.50", "2.50"],
    [{ trimZeros: true, scale: 2, separator: "," }, "2.501", "2,5"],
    [{ sign: "negate" }, "-5", "5"],
    [{ sign: "negate" }, "5", "-5"],
    [{ sign: "negate" }, "0", "0"],
    [{ sign: "absolute" }, "-0.0", "0.0"],
    [{ sign: "negative" }, "0", "0"],
    [{ sign: "negative" }, "-5", "5"],
    [{ sign: "absolute" }, "5", "5"],
  ] as const)("writes with %j %j as %j", (options, value, text) => {
    expect(codecOf("decimal", options).encode(value)).toBe(text);
  });

  it.each(["", "1,5", "1 000", "1e5", "NaN", ".5", "01", "+1", "-"])(
    "does not write %j, which is no decimal",
    (value) => {
      expectInvalid(decimal.encode(value));
    },
  );

  it("does not write what its sign cannot give back", () => {
    const absolute = codecOf("decimal", { sign: "absolute" });
    const negative = codecOf("decimal", { sign: "negative" });
    expect(absolute.encode("-1")).toMatchObject({ code: "FIELD_INVALID", expected: "a number from 0 up" });
    expect(negative.encode("1")).toMatchObject({ code: "FIELD_INVALID", expected: "a number from 0 down" });
  });

  it("refuses one separator for two things", () => {
    expect(() => codecOf("decimal", { thousands: ",", separator: "," })).toThrow(
      expect.objectContaining({ code: "MAPPING_INVALID" }),
    );
  });

  it("says when it cannot be turned around", () => {
    expect(isInvertible("decimal", {})).toBe(true);
    expect(isInvertible("decimal", { sign: "negate" })).toBe(true);
    expect(isInvertible("decimal", { sign: "absolute" })).toBe(false);
    expect(isInvertible("decimal", { sign: "negative" })).toBe(false);
  });

  it.each([{ scale: 13 }, { scale: -1 }, { scale: 1.5 }, { thousands: " " }, { rounding: "ceil" }, { decimals: 2 }])(
    "knows no option %j",
    (options) => {
      expect(codecTypes.decimal.options.safeParse(options).success).toBe(false);
    },
  );

  it("gives back what it wrote, to the last digit", () => {
    fc.assert(
      fc.property(
        decimals,
        fc.constantFrom({}, { separator: "," } as const, { thousands: "." } as const, { sign: "negate" } as const),
        (value, options) => {
          expect(reread(codecOf("decimal", options), value)).toBe(value);
        },
      ),
    );
  });

  it("reads as decimal.js does, however the number is dressed", () => {
    const separators = fc.constantFrom(
      ["", "."],
      ["", ","],
      [" ", ","],
      ["\u00a0", ","],
      ["\u202f", "."],
      [".", ","],
      [",", "."],
    );
    const units = fc.constantFrom(["", ""], ["", " Kč"], ["", "€"], ["CZK ", ""], ["", " %"], [" ", "\n"]);
    fc.assert(
      fc.property(decimals, separators, units, (value, [thousands, point], [before, after]) => {
        const [whole = "", fraction] = value.split(".");
        // One separator of thousands alone looks like a decimal one.
        fc.pre(fraction !== undefined || thousands === "" || thousands.trim() === "");
        const grouped = whole.replace(/\B(?=(\d{3})+$)/g, thousands);
        const text = `${before}${grouped}${fraction === undefined ? "" : `${point}${fraction}`}${after}`;
        const read = decimal.decode(text) as string;
        expect(decimalSchema.safeParse(read).success, text).toBe(true);
        expect(new Exact(read).equals(value), text).toBe(true);
      }),
    );
  });

  it("rounds as decimal.js does", () => {
    const modes = {
      halfUp: Exact.ROUND_HALF_UP,
      halfEven: Exact.ROUND_HALF_EVEN,
      down: Exact.ROUND_DOWN,
      up: Exact.ROUND_UP,
    } as const;
    const names = Object.keys(modes) as (keyof typeof modes)[];
    fc.assert(
      fc.property(decimals, fc.integer({ min: 0, max: 12 }), fc.constantFrom(...names), (value, scale, rounding) => {
        const written = codecOf("decimal", { scale, rounding }).encode(value) as string;
        const expected = new Exact(value).toDecimalPlaces(scale, modes[rounding]).toFixed(scale);
        expect(written).toBe(/[1-9]/.test(expected) ? expected : expected.replace("-", ""));
      }),
    );
  });

  it("gives a canonical decimal or nothing for any text at all", () => {
    const pieces = fc.array(fc.constantFrom(..."0123456789 .,-+%€\u00a0\u2212".split(""), "Kč", "x"), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(pieces, (parts) => {
        const value = decimal.decode(parts.join(""));
        if (typeof value === "string") expect(decimalSchema.safeParse(value).success).toBe(true);
        else expectInvalid(value);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("decimal with a shift", () => {
  it.each([
    [-3, "1250", "1.250"],
    [-3, "5", "0.005"],
    [-3, "0,5", "0.0005"],
    [-3, "-12.5", "-0.0125"],
    [-3, "0", "0.000"],
    [3, "1.25", "1250"],
    [3, "0.00005", "0.05"],
    [2, "1.2345", "123.45"],
  ] as const)("moves the point by %j: %j is %j", (shift, text, value) => {
    expect(codecOf("decimal", { shift }).decode(text)).toBe(value);
  });

  it("rounds what it writes after the point has been moved", () => {
    expect(codecOf("decimal", { shift: -3, scale: 0 }).encode("0.3505")).toBe("351");
    expect(codecOf("decimal", { shift: -3, scale: 1 }).encode("1")).toBe("1000.0");
  });

  it("reads what it wrote", () => {
    fc.assert(
      fc.property(decimals, fc.integer({ min: -12, max: 12 }), (value, shift) => {
        const codec = codecOf("decimal", { shift });
        const written = codec.encode(value) as string;
        expect(new Exact(written).times(new Exact(10).pow(shift)).eq(value)).toBe(true);
        expect(new Exact(codec.decode(written) as string).eq(value)).toBe(true);
      }),
    );
  });
});

describe("integer", () => {
  it.each([
    ["5", "5"],
    ["-5", "-5"],
    ["5.000", "5"],
    ["5,0", "5"],
    ["1 234", "1234"],
    ["10", "10"],
    ["0,00", "0"],
    ["007", "7"],
    ["12345678901234567890123", "12345678901234567890123"],
  ])("reads %j as %j", (text, value) => {
    expect(integer.decode(text)).toBe(value);
  });

  it.each(["5.5", "0,1", "x", "5 ks", "1e3"])("finds no whole number in %j", (text) => {
    expectInvalid(integer.decode(text));
  });

  it("writes whole numbers only", () => {
    expect(integer.encode("5")).toBe("5");
    expect(integer.encode("5.00")).toBe("5");
    expectInvalid(integer.encode("5.5"));
    expectInvalid(integer.encode("five"));
  });

  it("gives back what it wrote", () => {
    expect(isInvertible("integer", {})).toBe(true);
    fc.assert(
      fc.property(fc.bigInt(), (value) => {
        expect(reread(integer, String(value))).toBe(String(value));
      }),
    );
  });
});
