import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as money from "../../../src/model/money.ts";
import { createOffer, stockLevels } from "../../../src/model/offer/offer.ts";
import type { ExportOptions } from "../../../src/model/offer/offer.ts";
import type { Decimal } from "../../../src/model/order.ts";
import { productSchema } from "../../../src/model/product.ts";
import type { Money, Product, ProductPrice, Stock, Variant } from "../../../src/model/product.ts";
import * as exact from "../../../src/model/scaled.ts";

const decimal = (min: number, max: number, scales: number[]): fc.Arbitrary<Decimal> =>
  fc
    .tuple(fc.integer({ min, max }), fc.constantFrom(...scales))
    .map(([units, scale]) => exact.format({ units: BigInt(units), scale }));

/** An object with some of the members; the others are absent, not undefined. */
function some<T extends object>(members: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }): fc.Arbitrary<
  Partial<T>
> {
  return fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Partial<T>>;
}

const amounts = fc.oneof(decimal(-300, 300, [0, 2]), decimal(-90_000_000, 90_000_000, [0, 2, 6]));
const quantities = decimal(-500, 9999, [0, 1, 3]);
const rates = fc.constantFrom<Decimal>("21", "12", "0", "5.5", "19.00");
const currencies = fc.constantFrom("CZK", "EUR");

const moneyOf = (amount: fc.Arbitrary<Decimal>): fc.Arbitrary<Money> =>
  fc
    .tuple(currencies, some<Omit<Money, "currency">>({ net: amount, gross: amount }))
    .map(([currency, stated]) => ({ currency, ...stated }));
const moneys = moneyOf(amounts);
const prices: fc.Arbitrary<ProductPrice> = fc
  .tuple(moneys, fc.constantFrom(undefined, "VOC", "MOC"))
  .map(([price, list]) => (list === undefined ? price : { list, ...price }));
const text = fc.constantFrom("a", "b");
const stocks: fc.Arbitrary<Stock> = some<Stock>({
  externalId: text,
  quantity: quantities,
  reserved: decimal(0, 99, [0, 1]),
  minimum: quantities,
  maximum: quantities,
  warehouses: fc.uniqueArray(
    fc
      .tuple(fc.constantFrom("A", "B", "C"), quantities, fc.option(decimal(0, 99, [0]), { nil: undefined }))
      .map(([code, quantity, reserved]) => ({ code, quantity, ...(reserved && { reserved }) })),
    { selector: ({ code }) => code },
  ),
});
const itemMembers = {
  externalId: text,
  ean: text,
  partNumber: text,
  unit: text,
  vatRate: rates,
  prices: fc.array(prices, { maxLength: 4 }),
  regularPrice: moneys,
  // no error stops one that rounding makes zero
  purchasePrice: moneyOf(decimal(-9000, 900_000, [0, 2])),
  stock: stocks,
  availability: text,
  deliveryDays: decimal(0, 9, [0]),
  weight: quantities,
  url: text,
  images: fc.array(fc.record({ url: text }, { noNullPrototype: true }), { maxLength: 2 }),
  parameters: fc.array(fc.record({ name: text, value: text }, { noNullPrototype: true }), { maxLength: 2 }),
  custom: fc.constant({ a: "b" }),
};
const variants: fc.Arbitrary<Variant> = fc
  .tuple(fc.string({ minLength: 1 }), some<Omit<Variant, "code" | "availableFrom">>({ name: text, ...itemMembers }))
  .map(([code, rest]) => ({ code, ...rest }));
const products: fc.Arbitrary<Product> = some<Omit<Product, "code">>({
  ...itemMembers,
  variantOf: text,
  name: text,
  description: text,
  shortDescription: text,
  manufacturer: text,
  supplier: text,
  categories: fc.array(text, { maxLength: 1 }),
  condition: fc.constant("new"),
  availableFrom: fc.constant("2026-03-04" as const),
  variants: fc.array(variants, { maxLength: 3 }),
  sold: fc.boolean(),
  stocked: fc.boolean(),
  changedAt: fc.constant("2026-03-04" as const),
}).map((rest) => ({ code: "P", ...rest }));

type Prices = NonNullable<ExportOptions["prices"]>;
type StockOptions = NonNullable<ExportOptions["stock"]>;

const steps = fc.constantFrom<Decimal>("1", "0.05", "10", "0.1");
const priceOptions: fc.Arbitrary<Prices> = some<Prices>({
  list: fc.constantFrom("VOC", "XXX"),
  fallback: fc.boolean(),
  also: fc.constantFrom<Prices["also"][]>("all", ["MOC"], []) as fc.Arbitrary<NonNullable<Prices["also"]>>,
  currency: currencies,
  basis: fc.constantFrom("net", "gross", "both"),
  scale: fc.integer({ min: 2, max: 6 }),
  rounding: fc.constantFrom("halfUp", "halfEven", "down", "up"),
  step: steps,
});
const stockOptions: fc.Arbitrary<StockOptions> = some<StockOptions>({
  quantity: fc.constantFrom("onHand", "available"),
  warehouses: fc.constantFrom(["A"], ["B", "C"], ["X"]),
  breakdown: fc.boolean(),
  negative: fc.constantFrom("zero", "keep"),
  cap: decimal(0, 200, [0, 1]),
  scale: fc.integer({ min: 0, max: 4 }),
});
const options: fc.Arbitrary<ExportOptions> = some<ExportOptions>({
  select: fc.constant({}),
  prices: priceOptions,
  stock: stockOptions,
  availability: fc.constantFrom<NonNullable<ExportOptions["availability"]>[]>(
    [],
    [
      { from: "0", text: "a" },
      { from: "10", text: "b", days: "0" },
    ],
  ),
  images: fc.boolean(),
  descriptions: fc.boolean(),
  variants: fc.constantFrom("nested", "items", "omit"),
  details: fc.constantFrom("both", "variants"),
});

function holds<T extends unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => void,
): void {
  const property = fc.property(fc.tuple<T>(...arbitraries), (values) => {
    check(...values);
  });
  fc.assert(property, { numRuns: 1000, seed: 20260304 });
}

function offered(product: Product, chosen: ExportOptions): readonly Product[] {
  const offer = createOffer(chosen)(product);
  return offer.leftOut === undefined ? offer.products : expect.fail(offer.leftOut);
}

/** Every item of the products: themselves and their variants. */
function items(list: readonly Product[]): (Product | Variant)[] {
  return list.flatMap((product) => [product, ...(product.variants ?? [])]);
}

function shownQuantities({ stock }: Product | Variant): Decimal[] {
  const shown = stock?.warehouses?.map(({ quantity }) => quantity) ?? [];
  return stock?.quantity === undefined ? shown : [...shown, stock.quantity];
}

function places(value: Decimal): number {
  return value.split(".")[1]?.length ?? 0;
}

describe("an offer of any product", () => {
  it("is either products that satisfy the schema or an error", () => {
    let count = 0;
    holds([products, options], (product, chosen) => {
      const offer = createOffer(chosen)(product);
      if (offer.leftOut !== undefined) {
        expect.fail(offer.leftOut);
      }
      for (const item of offer.products) {
        count++;
        expect(productSchema.strict().parse(item)).toStrictEqual(item);
      }
      expect(offer.products.length === 0).toBe(offer.issues.some(({ severity }) => severity === "error"));
    });
    expect(count).toBeGreaterThan(500);
  });

  it("does not change the product", () => {
    holds([products, options], (product, chosen) => {
      const before = structuredClone(product);
      createOffer(chosen)(product);
      expect(product).toStrictEqual(before);
    });
  });

  it("has as many items as there are variants", () => {
    holds([products, stockOptions], (product, stock) => {
      const count = product.variants?.length ?? 0;
      expect(offered(product, { variants: "items", stock })).toHaveLength(count === 0 ? 1 : count);
    });
  });

  it("gives the same as before when it is offered again", () => {
    holds([products, options], (product, { prices: { list, currency, ...rest } = {}, ...chosen }) => {
      fc.pre(list === undefined && currency === undefined);
      // What lists and warehouses were chosen by, and what was taken off, is no longer there.
      const stock = { ...chosen.stock, warehouses: undefined, breakdown: false };
      const repeatable = { ...chosen, prices: rest, stock, availability: [] };
      const once = offered(product, repeatable);
      expect(once.flatMap((item) => offered(item, repeatable))).toStrictEqual(once);
    });
  });

  it("counts the same stock in items as in nested variants", () => {
    holds([products, stockOptions], (product, stock) => {
      const items = offered(product, { variants: "items", stock }).flatMap(stockLevels);
      const nested = offered(product, { stock }).flatMap(stockLevels);
      expect(items).toHaveLength(nested.length);
      for (const [index, level] of nested.entries()) {
        expect(items[index]).toMatchObject(level);
      }
    });
  });
});

describe("offered stock", () => {
  it("is never below zero, above the cap or of other decimals", () => {
    let count = 0;
    holds([products, stockOptions, decimal(0, 200, [0, 1])], (product, { negative: _, ...stock }, cap) => {
      for (const item of items(offered(product, { stock: { ...stock, cap } }))) {
        for (const quantity of shownQuantities(item)) {
          count++;
          expect(money.compare(quantity, "0")).not.toBe(-1);
          expect(money.compare(quantity, cap)).not.toBe(1);
          expect(places(quantity)).toBe(stock.scale ?? places(quantity));
        }
      }
    });
    expect(count).toBeGreaterThan(500);
  });
});

describe("offered prices", () => {
  const positive = fc.oneof(decimal(200, 9999, [0, 2]), decimal(2_000_000, 90_000_000, [2, 6]));
  const modes = fc.constantFrom<NonNullable<Prices["rounding"]>>("halfUp", "halfEven", "down", "up");
  const derived = (stated: Omit<Money, "currency">, vatRate: Decimal, chosen: Prices): Money =>
    offered({ code: "P", vatRate, prices: [{ currency: "CZK", ...stated }] }, { prices: chosen })[0]!.prices![0]!;

  it("are what the exact amount is rounded to", () => {
    holds([positive, rates, modes, fc.integer({ min: 0, max: 6 })], (amount, rate, rounding, scale) => {
      const factor = money.add("100", rate);
      const fromNet = derived({ net: amount }, rate, { basis: "gross", rounding, scale });
      expect(fromNet.gross).toBe(money.divide(money.multiply(amount, factor), "100", scale, rounding));
      const fromGross = derived({ gross: amount }, rate, { basis: "net", rounding, scale });
      expect(fromGross.net).toBe(money.divide(money.multiply(amount, "100"), factor, scale, rounding));
    });
  });

  it("have a net and a gross amount that are half a unit apart at most", () => {
    holds([positive, rates, fc.integer({ min: 0, max: 6 })], (amount, rate, scale) => {
      const { net, gross } = derived({ gross: money.round(amount, scale) }, rate, { scale });
      const exactGross = money.multiply(net!, money.divide(money.add("100", rate), "100", 6));
      const half = money.multiply(exact.format({ units: 5n, scale: scale + 1 }), "1.21");
      expect(money.compare(money.absolute(money.subtract(gross!, exactGross)), half)).not.toBe(1);
    });
  });

  it("are multiples of the step, half a step away at most, with the net that is in them", () => {
    holds([positive, rates, steps, fc.constantFrom<"net" | "both">("net", "both")], (net, rate, step, basis) => {
      const main = basis === "net" ? "net" : "gross";
      const stated = basis === "net" ? net : money.divide(money.multiply(net, money.add("100", rate)), "100", 8);
      const offer = createOffer({ prices: { basis, step } })({
        code: "P",
        vatRate: rate,
        prices: [{ currency: "CZK", net }],
      });
      const price = offer.leftOut === undefined ? offer.products[0]?.prices?.[0] : undefined;
      if (price === undefined) {
        // half of a step of 10 is more than the smallest price
        expect(money.compare(stated, "5")).toBe(-1);
        return;
      }
      const amount = price[main]!;
      expect(money.compare(money.roundToStep(amount, step), amount)).toBe(0);
      expect(money.compare(money.absolute(money.subtract(amount, stated)), money.divide(step, "2", 4))).not.toBe(1);
      if (basis === "both" && money.compare(money.round(stated, 2), amount) !== 0) {
        expect(price.net).toBe(money.divide(money.multiply(amount, "100"), money.add("100", rate), 2));
      }
    });
  });
});
