import { productSchema } from "propojka";
import { describe, expect, it } from "vitest";
import { add, multiply, round, sum } from "../../src/model/money.ts";
import { nastyProducts, niceProducts } from "../products.ts";
import { features } from "./features.ts";
import { textsOf } from "./text.ts";

const COUNT = 3000;
const nasty = [...nastyProducts(COUNT, 1)];
const nice = [...niceProducts(COUNT, 1)];

describe.each([
  ["niceProducts", niceProducts, nice],
  ["nastyProducts", nastyProducts, nasty],
])("%s", (_, products, sample) => {
  it("gives products", () => {
    for (const product of sample) {
      expect(() => productSchema.strict().parse(product)).not.toThrow();
    }
  });

  it("gives the same for the same seed, however many are asked for, and others for another seed", () => {
    expect([...products(50, 1)]).toEqual(sample.slice(0, 50));
    expect([...products(50, 2)]).not.toEqual(sample.slice(0, 50));
  });

  it("gives each product a code of its own", () => {
    expect(new Set(sample.map(({ code }) => code)).size).toBe(COUNT);
  });

  it("gives EANs with the right check digit", () => {
    const eans = sample.flatMap(({ ean, variants = [] }) => [ean, ...variants.map((variant) => variant.ean)]);
    const wrong = eans.filter((ean) => ean !== undefined && weighted(ean) % 10 !== 0);
    expect(eans.length).toBeGreaterThan(COUNT);
    expect(wrong).toEqual([]);
  });

  it("makes them as they are asked for", () => {
    const [first] = products(Infinity, 1);
    expect(first).toEqual(sample[0]);
  });
});

describe("niceProducts", () => {
  it("fills every field", () => {
    const { variantOf: _variantOf, variants: _variants, ...always } = productSchema.shape;
    for (const product of nice) {
      expect(Object.keys(product)).toEqual(expect.arrayContaining(Object.keys(always)));
    }
    expect(nice.filter(({ variants }) => variants !== undefined)).toHaveLength(COUNT / 5);
  });

  it("states net and gross that fit, and warehouses that add up", () => {
    for (const { vatRate, prices, stock } of nice) {
      for (const { net, gross } of prices!) {
        expect(gross).toBe(round(multiply(net!, multiply(add("100", vatRate!), "0.01")), 2));
      }
      expect(stock!.quantity).toBe(sum(stock!.warehouses!.map(({ quantity }) => quantity)));
      expect(stock!.reserved).toBe(sum(stock!.warehouses!.map(({ reserved }) => reserved!)));
    }
  });

  it.each(features)("shows nothing unusual: $name", ({ has }) => {
    expect(nice.filter((product) => has(product))).toEqual([]);
  });
});

describe("nastyProducts", () => {
  it.each(features)("has $name at its share", ({ has, share }) => {
    const found = nasty.filter((product) => has(product)).length;
    expect(found).toBeGreaterThan(0.4 * share * COUNT);
    expect(found).toBeLessThan(0.3 * COUNT);
  });

  it("can mostly be written as it is", () => {
    const harsh = features.filter((feature) => feature.harsh);
    const writable = nasty.filter((product) => !harsh.some(({ has }) => has(product)));
    expect(writable.length).toBeGreaterThan(0.6 * COUNT);
    expect(writable.length).toBeLessThan(0.9 * COUNT);
  });

  it("has every control character", () => {
    const texts = [...nastyProducts(10_000, 2)].flatMap(textsOf).join();
    const missing = Array.from({ length: 32 }, (_, code) => code).filter(
      (code) => !texts.includes(String.fromCharCode(code)),
    );
    expect(missing).toEqual([]);
  });
});

function weighted(ean: string): number {
  const digits = Array.from(ean, Number).reverse();
  return digits.reduce((total, digit, place) => total + digit * (place % 2 === 0 ? 1 : 3), 0);
}
