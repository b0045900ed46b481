import { Decimal as Oracle } from "decimal.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Decimal } from "../../src/model/order.ts";
import * as exact from "../../src/model/scaled.ts";
import { snapVatRate, vatFromGross, vatFromNet, vatRateForLevel, vatRatesOn, vatTable } from "../../src/model/vat.ts";

const TODAY = "2026-03-04";
const cents = fc
  .integer({ min: -5_000_000, max: 5_000_000 })
  .map((units) => exact.format({ units: BigInt(units), scale: 2 }));
const rates = fc.constantFrom<Decimal>("21", "12", "15", "10", "23", "19", "5", "20", "0", "7.7");

describe("the VAT table", () => {
  it.each([
    ["CZ", "2010-01-01", "20", ["10"]],
    ["CZ", "2012-12-31", "20", ["14"]],
    ["CZ", "2013-01-01", "21", ["15"]],
    ["CZ", "2014-12-31", "21", ["15"]],
    ["CZ", "2015-01-01", "21", ["15", "10"]],
    ["CZ", "2023-12-31", "21", ["15", "10"]],
    ["CZ", "2024-01-01", "21", ["12"]],
    ["SK", "2011-01-01", "20", ["10"]],
    ["SK", "2022-12-31", "20", ["10"]],
    ["SK", "2023-01-01", "20", ["10", "5"]],
    ["SK", "2024-12-31", "20", ["10", "5"]],
    ["SK", "2025-01-01", "23", ["19", "5"]],
  ])("says what held in %s on %s", (country, date, standard, reduced) => {
    expect(vatRatesOn(country, date)).toEqual({ standard, reduced, zero: "0" });
  });

  it("gives the newest rates without a date, and none before it begins or for another country", () => {
    expect(vatRatesOn("CZ")?.reduced).toEqual(["12"]);
    expect(vatRatesOn("CZ", "2009-12-31")).toBeUndefined();
    expect(vatRatesOn("DE", TODAY)).toBeUndefined();
    expect(vatRatesOn("toString", TODAY)).toBeUndefined();
  });

  it("can be replaced", () => {
    const table = { ...vatTable, DE: [{ from: "2021-01-01", standard: "19", reduced: ["7"] }] } as const;
    expect(vatRateForLevel("low", "DE", TODAY, table)).toBe("7");
    expect(snapVatRate("100.00", "119.00", "DE", TODAY, table)).toBe("19");
  });

  it("turns levels into percents", () => {
    expect(vatRateForLevel("high", "CZ", TODAY)).toBe("21");
    expect(vatRateForLevel("low", "CZ", TODAY)).toBe("12");
    expect(vatRateForLevel("third", "CZ", TODAY)).toBeUndefined();
    expect(vatRateForLevel("third", "CZ", "2020-06-01")).toBe("10");
    expect(vatRateForLevel("third", "SK", TODAY)).toBe("5");
    expect(vatRateForLevel("none", "CZ", TODAY)).toBe("0");
    expect(vatRateForLevel("none", "DE", TODAY)).toBe("0");
    expect(vatRateForLevel("high", "DE", TODAY)).toBeUndefined();
  });
});

describe("VAT out of a price with it", () => {
  it.each<[Decimal, Decimal, Decimal]>([
    ["399.00", "21", "69.25"],
    ["100.00", "21", "17.36"],
    ["1003.60", "21", "174.18"],
    ["84.00", "21", "14.58"],
    ["-48.40", "21", "-8.40"],
    ["336.000000", "12", "36.00"],
    ["0.14", "12", "0.02"],
    ["100", "0", "0.00"],
  ])("of %s at %s %% is %s", (gross, rate, vat) => {
    expect(vatFromGross(gross, rate)).toBe(vat);
  });

  it("is price − price / 1.21, rounded half up, for any amount and rate", () => {
    fc.assert(
      fc.property(cents, rates, (gross, rate) => {
        const price = new Oracle(gross);
        const vat = price.times(rate).div(new Oracle(rate).plus(100));
        expect(new Oracle(vatFromGross(gross, rate)).eq(vat.toDecimalPlaces(2, Oracle.ROUND_HALF_UP))).toBe(true);
      }),
      { seed: 1 },
    );
  });

  it("has as many decimals as asked for", () => {
    expect(vatFromGross("399.00", "21", 4)).toBe("69.2479");
    expect(vatFromNet("329.75", "21", 4)).toBe("69.2475");
  });
});

describe("VAT on top of a price without it", () => {
  it("is the price times the rate", () => {
    expect(vatFromNet("82.64", "21")).toBe("17.35");
    expect(vatFromNet("829.42", "21")).toBe("174.18");
    expect(vatFromNet("-40", "21")).toBe("-8.40");
    fc.assert(
      fc.property(cents, rates, (net, rate) => {
        const vat = new Oracle(net).times(rate).div(100).toDecimalPlaces(2, Oracle.ROUND_HALF_UP);
        expect(new Oracle(vatFromNet(net, rate)).eq(vat)).toBe(true);
      }),
      { seed: 2 },
    );
  });
});

describe("a rate out of net and gross", () => {
  it.each<[Decimal, Decimal, string, string, Decimal]>([
    ["82.64", "100.00", "CZ", TODAY, "21"],
    ["250.000000", "302.500000", "CZ", TODAY, "21"],
    ["206.611570", "250.000000", "CZ", TODAY, "21"],
    ["82.640000", "100.000000", "CZ", TODAY, "21"],
    ["300.00", "336.00", "CZ", TODAY, "12"],
    ["-80.00", "-96.80", "CZ", TODAY, "21"],
    ["100.00", "100.00", "CZ", TODAY, "0"],
    ["206", "249", "CZ", TODAY, "21"],
    ["100.00", "123.00", "SK", TODAY, "23"],
    ["100.00", "105.00", "SK", TODAY, "5"],
    ["100.00", "115.00", "CZ", "2023-12-31", "15"],
    // neither amount gives the other, but 100.004 and 121.005 give both
    ["100.00", "121.01", "CZ", TODAY, "21"],
    ["100.00", "120.99", "CZ", TODAY, "21"],
  ])("%s and %s in %s on %s give %s", (net, gross, country, date, rate) => {
    expect(snapVatRate(net, gross, country, date)).toBe(rate);
  });

  it("is unknown where no rate fits", () => {
    expect(snapVatRate("100.00", "115.00", "CZ", TODAY)).toBeUndefined();
    expect(snapVatRate("100.00", "121.02", "CZ", TODAY)).toBeUndefined();
    expect(snapVatRate("100.00", "-121.00", "CZ", TODAY)).toBeUndefined();
    expect(snapVatRate("100.00", "119.00", "DE", TODAY)).toBeUndefined();
  });

  it("is unknown where several rates fit", () => {
    expect(snapVatRate("0.01", "0.01", "CZ", TODAY)).toBeUndefined();
    expect(snapVatRate("0", "0.00", "CZ", TODAY)).toBeUndefined();
    expect(snapVatRate("0.00", "0.01", "CZ", TODAY)).toBeUndefined();
    expect(snapVatRate("0.04", "0.05", "CZ", TODAY)).toBeUndefined();
  });

  it("comes back from any price of a crown or more", () => {
    const prices = fc.integer({ min: 100, max: 10_000_000 });
    fc.assert(
      fc.property(prices, fc.constantFrom<Decimal>("21", "12", "0"), (units, rate) => {
        const gross = exact.format({ units: BigInt(units), scale: 2 });
        const net = exact.format(exact.sub(exact.parse(gross), exact.parse(vatFromGross(gross, rate))));
        expect(snapVatRate(net, gross, "CZ", TODAY)).toBe(rate);
      }),
      { seed: 3 },
    );
  });
});
