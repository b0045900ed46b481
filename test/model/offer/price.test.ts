import { describe, expect, it } from "vitest";
import { createOffer } from "../../../src/model/offer/offer.ts";
import type { ExportOptions, Offer } from "../../../src/model/offer/offer.ts";
import type { Decimal } from "../../../src/model/order.ts";
import type { Money, Product, ProductPrice } from "../../../src/model/product.ts";

type Prices = NonNullable<ExportOptions["prices"]>;

function offerOf(product: Partial<Product>, prices: Prices): Offer {
  return createOffer({ prices })({ code: "HRN-1", vatRate: "21", ...product });
}

function offered(product: Partial<Product>, prices: Prices): Product {
  const offer = offerOf(product, prices);
  expect(offer).toMatchObject({ issues: [] });
  return offer.leftOut === undefined ? offer.products[0]! : expect.fail(offer.leftOut);
}

function pricesOf(prices: ProductPrice[], options: Prices): ProductPrice[] | undefined {
  return offered({ prices }, options).prices;
}

/** The main price in CZK. */
function priced(stated: { net?: Decimal; gross?: Decimal }, options: Prices, vatRate?: Decimal): Money {
  return offered({ prices: [{ currency: "CZK", ...stated }], ...(vatRate && { vatRate }) }, options).prices![0]!;
}

describe("which prices go out", () => {
  const main: ProductPrice = { currency: "CZK", gross: "121.00", net: "100.00" };
  const mainEur: ProductPrice = { currency: "EUR", gross: "4.84", net: "4.00" };
  const trade: ProductPrice = { list: "VOC", currency: "CZK", gross: "96.80", net: "80.00" };
  const staff: ProductPrice = { list: "ZAM", currency: "CZK", gross: "60.50", net: "50.00" };
  const all = [main, mainEur, trade, staff];

  it.each<[string, Prices, ProductPrice[]]>([
    ["the main price", {}, [main, mainEur]],
    ["the main price in one currency", { currency: "EUR" }, [mainEur]],
    ["none in a currency that is not there", { currency: "PLN" }, []],
    ["a list as the main price", { list: "VOC" }, [{ currency: "CZK", gross: "96.80", net: "80.00" }]],
    ["no price if the list has none", { list: "MOC" }, []],
    ["the main price if the list has none", { list: "MOC", fallback: true }, [main, mainEur]],
    [
      "the main price in the currency that the list lacks",
      { list: "VOC", fallback: true },
      [mainEur, { currency: "CZK", gross: "96.80", net: "80.00" }],
    ],
    ["chosen lists beside the main price", { also: ["ZAM", "MOC"], currency: "CZK" }, [main, staff]],
    ["all lists beside the main price", { also: "all", currency: "CZK" }, [main, trade, staff]],
    [
      "all other lists beside the list that became the main price",
      { list: "VOC", also: "all" },
      [{ currency: "CZK", gross: "96.80", net: "80.00" }, staff],
    ],
    [
      "a list as the main price and under its name",
      { list: "VOC", also: ["VOC"] },
      [{ currency: "CZK", gross: "96.80", net: "80.00" }, trade],
    ],
  ])("takes %s", (_, options, expected) => {
    expect(pricesOf(all, options)).toStrictEqual(expected);
  });

  it("leaves all prices as they stand without the section, and checks none", () => {
    const product: Product = { code: "HRN-1", prices: [{ currency: "CZK", net: "1.123456" }, trade] };
    expect(createOffer({})(product)).toStrictEqual({ products: [product], issues: [] });
  });

  it("drops regular and purchase prices of another currency", () => {
    const other: Money = { currency: "EUR", net: "4.00", gross: "4.84" };
    const product = { prices: [main], regularPrice: other, purchasePrice: other };
    expect(offered(product, { currency: "CZK" })).toStrictEqual({ code: "HRN-1", vatRate: "21", prices: [main] });
    expect(offered(product, { currency: "EUR" })).toMatchObject({ regularPrice: other, purchasePrice: other });
  });

  it("says nothing about a product without prices", () => {
    expect(offered({}, { basis: "gross" })).toStrictEqual({ code: "HRN-1", vatRate: "21" });
  });
});

describe("the basis of prices", () => {
  it.each<[string, { net?: Decimal; gross?: Decimal }, Prices, Decimal, { net?: Decimal; gross?: Decimal }]>([
    ["gross from net", { net: "82.64" }, { basis: "gross" }, "21", { gross: "99.99" }],
    ["gross from six decimals", { net: "82.644628" }, { basis: "gross" }, "21", { gross: "100.00" }],
    ["net from gross", { gross: "399.00" }, { basis: "net" }, "21", { net: "329.75" }],
    ["the missing net", { gross: "399" }, {}, "21", { net: "329.75", gross: "399.00" }],
    ["the missing gross", { net: "82.644628" }, {}, "21", { net: "82.64", gross: "100.00" }],
    ["what is stated", { net: "82.64", gross: "100.00" }, {}, "21", { net: "82.64", gross: "100.00" }],
    ["one of the stated", { net: "82.64", gross: "100.00" }, { basis: "gross" }, "21", { gross: "100.00" }],
    ["the other of the stated", { net: "82.65", gross: "100.00" }, { basis: "net" }, "21", { net: "82.65" }],
    ["no VAT at rate 0", { net: "10.005" }, {}, "0", { net: "10.01", gross: "10.01" }],
    ["a rate with decimals", { net: "100" }, { basis: "gross" }, "5.5", { gross: "105.50" }],
    ["big numbers", { net: "12345678901234567890.12" }, { basis: "gross" }, "21", { gross: "14938271470493827147.05" }],
    ["negative amounts", { net: "-100.00" }, {}, "12", { net: "-100.00", gross: "-112.00" }],
    ["other decimals", { gross: "1.00" }, { basis: "net", scale: 4 }, "21", { net: "0.8264" }],
    ["whole numbers", { gross: "121.50" }, { scale: 0 }, "21", { net: "100", gross: "122" }],
    ["rounding down", { gross: "1.00" }, { basis: "net", scale: 3, rounding: "up" }, "21", { net: "0.827" }],
    ["half to even", { net: "0.125" }, { basis: "net", rounding: "halfEven" }, "21", { net: "0.12" }],
  ])("gives %s", (_, stated, options, vatRate, expected) => {
    expect(priced(stated, options, vatRate)).toStrictEqual({ currency: "CZK", ...expected });
  });

  it("derives a price of nothing without a VAT rate", () => {
    const offer = createOffer({ prices: {} })({ code: "1", prices: [{ currency: "CZK", net: "0" }] });
    expect(offer).toMatchObject({ issues: [], products: [{ prices: [{ net: "0.00", gross: "0.00" }] }] });
  });

  it("treats the regular price like the others and keeps both sides of the purchase price", () => {
    const product: Partial<Product> = {
      regularPrice: { currency: "CZK", net: "100" },
      purchasePrice: { currency: "CZK", net: "60.5555" },
    };
    expect(offered(product, { basis: "gross", step: "5" })).toMatchObject({
      regularPrice: { currency: "CZK", gross: "120.00" },
      purchasePrice: { currency: "CZK", net: "60.56", gross: "73.27" },
    });
    expect(offered(product, { basis: "gross" }).regularPrice).not.toHaveProperty("net");
  });
});

describe("prices in steps", () => {
  it.each<[string, { net?: Decimal; gross?: Decimal }, Prices, { net?: Decimal; gross?: Decimal }]>([
    ["gross, derived", { net: "82.30" }, { basis: "gross", step: "1" }, { gross: "100.00" }],
    ["net, derived", { gross: "100.00" }, { basis: "net", step: "0.05" }, { net: "82.65" }],
    [
      "net, with its own rounding",
      { gross: "100.00" },
      { basis: "net", step: "0.5", rounding: "down" },
      { net: "82.50" },
    ],
    ["gross and the net in it", { net: "82.30" }, { step: "1" }, { net: "82.64", gross: "100.00" }],
    [
      "gross and the net in it, stated",
      { net: "82.30", gross: "99.58" },
      { step: "1" },
      { net: "82.64", gross: "100.00" },
    ],
    [
      "gross that fits already, so net stays",
      { net: "82.65", gross: "100.00" },
      { step: "1" },
      { net: "82.65", gross: "100.00" },
    ],
    ["whole crowns without decimals", { gross: "99.50" }, { basis: "gross", step: "1", scale: 0 }, { gross: "100" }],
    ["steps above one", { gross: "1234" }, { basis: "gross", step: "50" }, { gross: "1250.00" }],
    // 0.4999… of a step must not become a half by rounding twice
    ["in one rounding", { net: "82.231404" }, { basis: "gross", step: "1" }, { gross: "99.00" }],
  ])("rounds %s", (_, stated, options, expected) => {
    expect(priced(stated, options)).toStrictEqual({ currency: "CZK", ...expected });
  });
});

describe("issues of prices", () => {
  const czk = (amounts: { net?: Decimal; gross?: Decimal }): ProductPrice => ({ currency: "CZK", ...amounts });

  it.each<[string, Partial<Product>, Prices, string, string, RegExp]>([
    [
      "no rate for gross",
      { prices: [czk({ net: "100" })] },
      { basis: "gross" },
      "FIELD_MISSING",
      "prices[0].gross",
      /100 CZK.*VAT rate/,
    ],
    [
      "no rate for net",
      { prices: [czk({ gross: "100" })] },
      { basis: "net" },
      "FIELD_MISSING",
      "prices[0].net",
      /gross 100 CZK/,
    ],
    ["no rate for both", { prices: [czk({ gross: "100" })] }, {}, "FIELD_MISSING", "prices[0].net", /gross 100 CZK/],
    [
      "no rate for the net of a new gross",
      { prices: [czk({ net: "82.30", gross: "99.58" })] },
      { step: "1" },
      "FIELD_MISSING",
      "prices[0].net",
      /100\.00 CZK/,
    ],
    [
      "no rate for the step",
      { prices: [czk({ net: "82.30" })] },
      { step: "1" },
      "FIELD_MISSING",
      "prices[0].gross",
      /82\.30/,
    ],
    [
      "no rate for a price of another list",
      { prices: [czk({ gross: "1" }), { list: "VOC", ...czk({ net: "2" }) }] },
      { basis: "gross", list: "VOC" },
      "FIELD_MISSING",
      "prices[1].gross",
      /net 2 CZK/,
    ],
    [
      "no rate for the regular price",
      { regularPrice: czk({ net: "5" }) },
      { basis: "gross" },
      "FIELD_MISSING",
      "regularPrice.gross",
      /net 5 CZK/,
    ],
    ["no amount", { prices: [czk({})] }, { basis: "net" }, "FIELD_MISSING", "prices[0].net", /neither/],
    ["no amount at all", { prices: [czk({})] }, {}, "FIELD_MISSING", "prices[0]", /neither/],
    [
      "a negative rate",
      { vatRate: "-100", prices: [czk({ gross: "100" })] },
      { basis: "net" },
      "VAT_RATE_UNKNOWN",
      "vatRate",
      /-100/,
    ],
    [
      "a price that vanishes",
      { vatRate: "21", prices: [czk({ net: "0.004" })] },
      { basis: "net" },
      "FIELD_INVALID",
      "prices[0].net",
      /0\.004 CZK.*0\.00/,
    ],
    [
      "a price below half a step",
      { vatRate: "21", prices: [czk({ gross: "0.40" })] },
      { basis: "gross", step: "1" },
      "FIELD_INVALID",
      "prices[0].gross",
      /0\.40 CZK.*0\.00/,
    ],
  ])("stops at %s", (_, product, options, code, field, message) => {
    const offer = createOffer({ prices: options })({ code: "HRN-1", ...product });
    expect(offer).toMatchObject({ products: [] });
    expect(offer).toHaveProperty("issues.length", 1);
    expect(offer).toMatchObject({
      issues: [{ code, severity: "error", key: "HRN-1", field, message: expect.stringMatching(message) }],
    });
  });

  it("does not ask for a rate where the stated amount is the one in force", () => {
    const offer = createOffer({ prices: { basis: "gross", step: "1" } })({
      code: "1",
      prices: [czk({ gross: "99.60" })],
    });
    expect(offer).toMatchObject({ issues: [], products: [{ prices: [{ currency: "CZK", gross: "100.00" }] }] });
  });

  it("does not ask for the rate of a purchase price, nor mind if it vanishes", () => {
    const offer = createOffer({ prices: { basis: "gross" } })({ code: "1", purchasePrice: czk({ net: "0.001" }) });
    expect(offer).toMatchObject({ issues: [] });
    expect(offer).toHaveProperty("products.0.purchasePrice", { currency: "CZK", net: "0.00" });
  });

  it("warns of a negative rate that does not fit", () => {
    const offer = offerOf({ vatRate: "-21", prices: [czk({ net: "100", gross: "121" })] }, {});
    expect(offer).toMatchObject({ issues: [{ code: "VAT_MISMATCH" }], products: [{ prices: [{ gross: "121.00" }] }] });
  });

  it.each<[{ net: Decimal; gross: Decimal }, boolean]>([
    [{ net: "100.00", gross: "121.00" }, true],
    [{ net: "100", gross: "121" }, true],
    [{ net: "100", gross: "120" }, false],
    [{ net: "82.64", gross: "100.00" }, true],
    [{ net: "82.65", gross: "100.00" }, true],
    [{ net: "82.66", gross: "100.00" }, false],
    [{ net: "82.640000", gross: "100.00" }, true],
    [{ net: "82.640001", gross: "100.00" }, false],
    [{ net: "82.6446", gross: "100.0000" }, true],
    [{ net: "82.6446", gross: "100.0001" }, false],
    [{ net: "0.01", gross: "0.01" }, true],
    [{ net: "-82.64", gross: "-100.00" }, true],
    [{ net: "100.00", gross: "-121.00" }, false],
  ])("warns of %o only if it does not fit the rate", (stated, fits) => {
    const offer = offerOf({ prices: [czk(stated)] }, { scale: 6 });
    expect(offer).toMatchObject({ products: [{ code: "HRN-1" }] });
    const warning = { code: "VAT_MISMATCH", severity: "warning", field: "prices[0]" };
    expect(offer).toMatchObject({ issues: fits ? [] : [warning] });
  });
});
