import { describe, expect, it } from "vitest";
import { createOffer, exportOptionsSchema } from "../../../src/model/offer/offer.ts";
import type { ExportOptions } from "../../../src/model/offer/offer.ts";
import type { Product, Variant } from "../../../src/model/product.ts";

function offered(product: Product, options: ExportOptions): readonly Product[] {
  const offer = createOffer(options)(product);
  expect(offer).toMatchObject({ issues: [] });
  return offer.leftOut === undefined ? offer.products : expect.fail(offer.leftOut);
}

describe("which products go out", () => {
  type Select = NonNullable<ExportOptions["select"]>;
  const withVariants = (...quantities: `${number}`[]): Partial<Product> => ({
    variants: quantities.map((quantity, index) => ({ code: `V-${index}`, stock: { quantity } })),
  });

  it.each<[Select, Partial<Product>, string | undefined]>([
    [{}, { sold: false, stocked: false }, undefined],
    [{ sold: true }, { sold: true }, undefined],
    [{ sold: true }, {}, undefined],
    [{ sold: true }, { sold: false }, "not sold"],
    [{ sold: false }, { sold: false }, undefined],
    [{ sold: false }, {}, "sold"],
    [{ stocked: true }, {}, undefined],
    [{ stocked: true }, { stocked: false }, "no stock kept"],
    [{ stocked: false }, { stocked: false }, undefined],
    [{ stocked: false }, { stocked: true }, "stock kept"],
    [{ inStock: true }, { stock: { quantity: "0.001" } }, undefined],
    [{ inStock: true }, { stock: { quantity: "0.000" } }, "not in stock"],
    [{ inStock: true }, { stock: { quantity: "-1" } }, "not in stock"],
    [{ inStock: true }, {}, "not in stock"],
    [{ inStock: true }, { stocked: false, stock: { quantity: "3" } }, "not in stock"],
    [{ inStock: true }, { stocked: false, ...withVariants("3") }, "not in stock"],
    [{ inStock: true }, withVariants("0", "2"), undefined],
    [{ inStock: true }, withVariants("0", "0"), "not in stock"],
    [{ inStock: true }, { stock: { quantity: "1" }, ...withVariants("0") }, undefined],
    [{ inStock: false }, withVariants("0", "2"), "in stock"],
    [{ inStock: false }, {}, undefined],
    [{ codes: ["HRN-1"] }, {}, undefined],
    [{ codes: ["HRN-2"] }, {}, "code not asked for"],
    [{ codes: [] }, {}, "code not asked for"],
    [{ codes: ["V-1"] }, withVariants("0", "0"), undefined],
    [{ codes: ["V-2"] }, withVariants("0", "0"), "code not asked for"],
    [{ sold: true, inStock: true }, { sold: false, stock: { quantity: "1" } }, "not sold"],
    [{ sold: true, inStock: true }, { sold: true, stock: { quantity: "0" } }, "not in stock"],
  ])("%o takes %o unless %s", (select, product, leftOut) => {
    const offer = createOffer({ select })({ code: "HRN-1", ...product });
    expect(offer.leftOut).toBe(leftOut);
  });

  it.each<[NonNullable<Select["changedSince"]>, Product["changedAt"], boolean]>([
    ["2026-03-04", undefined, true],
    ["2026-03-04", "2026-03-04", true],
    ["2026-03-04", "2026-03-03", false],
    ["2026-03-04", "2026-03-04T00:00:00+14:00", true],
    ["2026-03-04", "2026-03-03T23:59:59-05:00", false],
    ["2026-03-04T12:00:00Z", undefined, true],
    ["2026-03-04T12:00:00Z", "2026-03-04", true],
    ["2026-03-04T12:00:00Z", "2026-03-03", false],
    ["2026-03-04T12:00:00Z", "2026-03-04T13:00:00+01:00", true],
    ["2026-03-04T12:00:00Z", "2026-03-04T12:59:59.999+01:00", false],
    ["2026-03-04T12:00:00Z", "2026-03-04T11:30:00-01:00", true],
    ["2026-03-04T12:00:00.5Z", "2026-03-04T12:00:00.499Z", false],
    ["2026-03-04T12:00:00Z", "2026-99-99T99:99:99Z", true],
  ])("changed since %s takes %s: %s", (changedSince, changedAt, taken) => {
    const offer = createOffer({ select: { changedSince } })({ code: "1", ...(changedAt && { changedAt }) });
    expect(offer.leftOut).toBe(taken ? undefined : `unchanged since ${changedSince}`);
  });

  it("counts the stock that the stock options count", () => {
    const product: Product = { code: "1", stock: { quantity: "3", reserved: "3" } };
    const select = { inStock: true };
    expect(createOffer({ select })(product).leftOut).toBeUndefined();
    expect(createOffer({ select, stock: { quantity: "available" } })(product).leftOut).toBe("not in stock");
  });
});

describe("texts and images", () => {
  const image = { url: "https://obchod.example/hrnek.jpg" };
  const product: Product = {
    code: "HRN-1",
    name: "Hrnek",
    description: "<p>Kamenina</p>",
    shortDescription: "Kamenina",
    images: [image],
    variants: [{ code: "HRN-1-M", images: [image] }],
  };

  it("go along by default", () => {
    expect(offered(product, {})).toStrictEqual([product]);
    expect(offered(product, { images: true, descriptions: true })).toStrictEqual([product]);
  });

  it("stay out on request", () => {
    expect(offered(product, { images: false, descriptions: false })).toStrictEqual([
      { code: "HRN-1", name: "Hrnek", variants: [{ code: "HRN-1-M" }] },
    ]);
    expect(offered(product, { images: false, descriptions: false, variants: "items" })).toStrictEqual([
      { code: "HRN-1-M", name: "Hrnek", variantOf: "HRN-1" },
    ]);
  });

  it("hands back the product itself if nothing touches it", () => {
    const plain: Product = { code: "1", name: "Hrnek", prices: [{ currency: "CZK", gross: "1" }] };
    expect(offered(plain, { images: false, descriptions: false })[0]).toBe(plain);
  });
});

const shirt: Product = {
  code: "TRI",
  externalId: "501",
  name: "Triko Vltava",
  description: "Bavlněné triko",
  manufacturer: "Textil Vltava",
  categories: ["Oděvy > Trika"],
  ean: "8594000000013",
  partNumber: "VL-7",
  unit: "ks",
  vatRate: "21",
  prices: [{ currency: "CZK", net: "300" }],
  stock: { quantity: "9" },
  availability: "Skladem",
  weight: "0.2",
  url: "https://obchod.example/triko",
  images: [{ url: "https://obchod.example/triko.jpg" }],
  parameters: [
    { name: "Materiál", value: "bavlna" },
    { name: "Velikost", value: "různé" },
  ],
  sold: true,
  changedAt: "2026-03-04",
  custom: { sezona: "léto" },
  variants: [
    {
      code: "TRI-M",
      externalId: "502",
      ean: "8594000000020",
      stock: { quantity: "4" },
      parameters: [
        { name: "Velikost", value: "M" },
        { name: "Barva", value: "modrá" },
      ],
    },
    { code: "TRI-L", name: "Triko Vltava velké", prices: [{ currency: "CZK", net: "350" }], weight: "0.3" },
  ],
};

describe("variants", () => {
  it("are nested by default, each stating what it states", () => {
    expect(offered(shirt, {})).toStrictEqual([shirt]);
    expect(offered(shirt, { prices: { basis: "gross" } })).toStrictEqual([
      {
        ...shirt,
        prices: [{ currency: "CZK", gross: "363.00" }],
        variants: [shirt.variants![0], { ...shirt.variants![1], prices: [{ currency: "CZK", gross: "423.50" }] }],
      },
    ]);
  });

  it("are left out on request", () => {
    const { variants: _, ...alone } = shirt;
    expect(offered(shirt, { variants: "omit" })).toStrictEqual([alone]);
    expect(offered(alone, { variants: "omit" })).toStrictEqual([alone]);
  });

  const common = {
    partNumber: "VL-7",
    unit: "ks",
    vatRate: "21",
    availability: "Skladem",
  } as const;
  const material = { name: "Materiál", value: "bavlna" };

  it("are products of their own, with all that they do not state themselves", () => {
    const general = {
      variantOf: "TRI",
      description: "Bavlněné triko",
      manufacturer: "Textil Vltava",
      categories: ["Oděvy > Trika"],
      ...common,
      url: "https://obchod.example/triko",
      images: [{ url: "https://obchod.example/triko.jpg" }],
      sold: true,
      changedAt: "2026-03-04",
      custom: { sezona: "léto" },
    };
    expect(offered(shirt, { variants: "items", details: "variants", prices: { basis: "gross" } })).toStrictEqual([
      {
        ...general,
        code: "TRI-M",
        name: "Triko Vltava, M, modrá",
        externalId: "502",
        ean: "8594000000020",
        prices: [{ currency: "CZK", gross: "363.00" }],
        stock: { quantity: "4" },
        weight: "0.2",
        parameters: [material, ...shirt.variants![0]!.parameters!],
      },
      {
        ...general,
        code: "TRI-L",
        name: "Triko Vltava velké",
        prices: [{ currency: "CZK", gross: "423.50" }],
        weight: "0.3",
        parameters: shirt.parameters,
      },
    ]);
  });

  it("have the details alone on request", () => {
    const { externalId, name, description, manufacturer, categories, url, images, sold, changedAt, custom } = shirt;
    const { parameters } = shirt;
    expect(offered(shirt, { details: "variants", prices: { basis: "gross" } })).toStrictEqual([
      {
        ...{
          code: "TRI",
          externalId,
          name,
          description,
          manufacturer,
          categories,
          url,
          images,
          parameters,
          sold,
          changedAt,
          custom,
        },
        variants: [
          {
            ...common,
            ...shirt.variants![0],
            prices: [{ currency: "CZK", gross: "363.00" }],
            weight: "0.2",
          },
          {
            ...common,
            ...shirt.variants![1],
            prices: [{ currency: "CZK", gross: "423.50" }],
          },
        ],
      },
    ]);
  });

  it("leave the details where there are no variants", () => {
    const product: Product = { code: "1", ean: "8594000000013", vatRate: "21", variants: [] };
    expect(offered(product, { details: "variants" })).toStrictEqual([product]);
    expect(offered(product, { variants: "items" })).toStrictEqual([product]);
  });

  it.each<[string | undefined, Partial<Variant>, string | undefined]>([
    ["Triko", {}, "Triko"],
    ["Triko", { parameters: [] }, "Triko"],
    [
      "Triko",
      {
        parameters: [
          { name: "Velikost", value: "" },
          { name: "Barva", value: "bílá" },
        ],
      },
      "Triko, bílá",
    ],
    ["Triko", { name: "Tričko", parameters: [{ name: "Velikost", value: "M" }] }, "Tričko"],
    [undefined, { parameters: [{ name: "Velikost", value: "M" }] }, undefined],
    [undefined, { name: "Tričko" }, "Tričko"],
  ])("of %s with %o are called %s", (name, variant, expected) => {
    const product: Product = { code: "1", ...(name && { name }), variants: [{ code: "2", ...variant }] };
    expect(offered(product, { variants: "items" })[0]!.name).toBe(expected);
  });

  it("inherit where they state undefined", () => {
    const product: Product = { code: "1", unit: "ks", variants: [{ code: "2", unit: undefined }] };
    expect(offered(product, { variants: "items" })).toStrictEqual([{ code: "2", variantOf: "1", unit: "ks" }]);
  });

  it("that state prices, none of which goes out, do not fall back on those of the product", () => {
    const product: Product = {
      code: "1",
      prices: [{ list: "VOC", currency: "CZK", gross: "80.00" }],
      variants: [{ code: "2", prices: [{ currency: "CZK", gross: "100.00" }] }],
    };
    const prices = { list: "VOC", basis: "gross" } as const;
    expect(offered(product, { prices })[0]!.variants).toStrictEqual([{ code: "2", prices: [] }]);
    expect(offered(product, { prices, details: "variants" })[0]!.variants).toStrictEqual([{ code: "2", prices: [] }]);
    expect(offered(product, { prices, variants: "items" })).toStrictEqual([{ code: "2", variantOf: "1", prices: [] }]);
  });

  it("with a VAT rate of their own have the product's prices calculated with it", () => {
    const net = { currency: "CZK", net: "100" } as const;
    const product: Product = {
      ...{ code: "1", vatRate: "21", prices: [net], regularPrice: net, purchasePrice: net },
      variants: [
        { code: "2", vatRate: "12" },
        { code: "3", vatRate: "21" },
        { code: "4", vatRate: "0", prices: [{ currency: "CZK", net: "90" }] },
      ],
    };
    expect(offered(product, { prices: { basis: "gross" } })[0]!.variants).toStrictEqual([
      {
        ...{ code: "2", vatRate: "12" },
        prices: [{ currency: "CZK", gross: "112.00" }],
        regularPrice: { currency: "CZK", gross: "112.00" },
        purchasePrice: { currency: "CZK", net: "100.00", gross: "112.00" },
      },
      { code: "3", vatRate: "21" },
      {
        ...{ code: "4", vatRate: "0" },
        prices: [{ currency: "CZK", gross: "90.00" }],
        regularPrice: { currency: "CZK", gross: "100.00" },
        purchasePrice: { currency: "CZK", net: "100.00", gross: "100.00" },
      },
    ]);
    expect(offered(product, {})).toStrictEqual([product]);
  });

  it("go out one by one where codes or stock choose them", () => {
    const codes = (select: ExportOptions["select"]): string[] =>
      offered(shirt, { variants: "items", select }).map(({ code }) => code);
    expect(codes({ codes: ["TRI"] })).toEqual(["TRI-M", "TRI-L"]);
    expect(codes({ codes: ["TRI-L"] })).toEqual(["TRI-L"]);
    expect(codes({ inStock: true })).toEqual(["TRI-M"]);
    const offer = createOffer({ variants: "items", select: { codes: ["TRI-L"], inStock: true } });
    expect(offer(shirt)).toStrictEqual({ leftOut: "code not asked for" });
    expect(offer({ ...shirt, variants: [shirt.variants![1]!] })).toStrictEqual({ leftOut: "not in stock" });
  });
});

describe("issues of variants", () => {
  const net = { currency: "CZK", net: "100" } as const;

  it.each<["nested" | "items", "both" | "variants"]>([
    ["nested", "both"],
    ["nested", "variants"],
    ["items", "both"],
  ])("name the place in the catalogue: %s, %s", (variants, details) => {
    const offer = createOffer({ variants, details, prices: { basis: "gross" } });
    const product: Product = { code: "1", variants: [{ code: "2" }, { code: "3", prices: [net] }] };
    expect(offer(product)).toMatchObject({
      products: [],
      issues: [{ code: "FIELD_MISSING", key: "1", field: "variants[1].prices[0].gross" }],
    });
    product.variants![1]!.vatRate = "-1";
    expect(offer(product)).toMatchObject({ issues: [{ code: "VAT_RATE_UNKNOWN", field: "variants[1].vatRate" }] });
    product.variants![1]!.vatRate = "21";
    expect(offer(product)).toMatchObject({ issues: [] });
    product.variants![1]!.stock = { quantity: "4" };
    expect(createOffer({ variants, details, stock: { warehouses: ["A"] } })(product)).toMatchObject({
      issues: [{ code: "FIELD_MISSING", severity: "warning", field: "variants[1].stock.warehouses" }],
    });
  });

  it.each<"nested" | "items">(["nested", "items"])("are stated once where several inherit them: %s", (variants) => {
    const offer = createOffer({ variants, details: "variants", prices: { basis: "gross" } });
    const product: Product = { code: "1", prices: [net, net], variants: [{ code: "2" }, { code: "3" }] };
    expect(offer(product)).toMatchObject({
      products: [],
      issues: [{ field: "prices[0].gross" }, { field: "prices[1].gross" }],
    });
  });

  it("do not arise from a product's prices that no variant needs", () => {
    const product: Product = { code: "1", prices: [net], variants: [{ code: "2", vatRate: "21", prices: [net] }] };
    const prices = { basis: "gross" } as const;
    expect(offered(product, { variants: "items", prices })).toHaveLength(1);
    expect(offered(product, { details: "variants", prices })).toHaveLength(1);
    expect(createOffer({ prices })(product)).toMatchObject({ products: [], issues: [{ field: "prices[0].gross" }] });
  });
});

describe("the options", () => {
  it.each<[unknown, string]>([
    [{ price: {} }, 'export options: Unrecognized key: "price"'],
    [{ select: { onlySold: true } }, 'export options select: Unrecognized key: "onlySold"'],
    [{ select: { codes: [""] } }, "export options select.codes[0]: expected a text that is not empty"],
    [
      { select: { changedSince: "4.3.2026" } },
      "export options select.changedSince: expected a date such as 2026-03-04 or a time such as 2026-03-04T18:22:09+01:00",
    ],
    [
      { select: { changedSince: "2026-03-04T25:00:00Z" } },
      "export options select.changedSince: expected a day and time that exist",
    ],
    [{ prices: { also: "VOC" } }, 'export options prices.also: expected "all" or a list of price list names'],
    [{ prices: { currency: "Kč" } }, "export options prices.currency: expected a currency code such as CZK"],
    [{ prices: { step: "0" } }, "export options prices.step: expected a step above 0"],
    [{ prices: { step: "0.005" } }, "export options prices.step: expected no more decimals than the prices have"],
    [{ stock: { warehouses: [] } }, "export options stock.warehouses: expected at least one warehouse"],
    [{ stock: { cap: "-1" } }, "export options stock.cap: expected 0 or more"],
    [{ availability: [{ from: "1" }] }, "export options availability[0]: expected text, days or both"],
    [{ availability: [{ from: "1", days: "-1" }] }, "export options availability[0].days: expected 0 or more"],
    [
      {
        availability: [
          { from: "1", text: "a" },
          { from: "1.0", text: "b" },
        ],
      },
      "export options availability: expected each `from` once",
    ],
  ])("%o: %s", (options, message) => {
    expect(() => createOffer(options as ExportOptions)).toThrow(
      expect.objectContaining({ name: "DefinitionError", code: "PARAMETER_INVALID", message }),
    );
  });

  it.each<unknown>([
    { prices: { scale: 7 } },
    { prices: { scale: -1 } },
    { prices: { scale: 1.5 } },
    { prices: { step: "1,5" } },
    { prices: { basis: "vat" } },
    { prices: { rounding: "nearest" } },
    { stock: { scale: 7 } },
    { stock: { cap: "x" } },
    {
      availability: [
        { from: "x", text: "a" },
        { from: "y", text: "a" },
      ],
    },
    { variants: "flat" },
    { details: "none" },
  ])("refuse %o", (options) => {
    expect(() => createOffer(options as ExportOptions)).toThrow(expect.objectContaining({ code: "PARAMETER_INVALID" }));
  });

  it("name every mistake, one a line", () => {
    const options = { images: 1, stock: { cap: "-1" } } as unknown as ExportOptions;
    expect(() => createOffer(options)).toThrow(/^export options stock\.cap: .*\nexport options images: .*$/);
  });

  it("are plain data", () => {
    const options: ExportOptions = {
      select: { sold: true, stocked: true, inStock: true, codes: ["1"], changedSince: "2026-03-04" },
      prices: {
        ...{ list: "VOC", fallback: true, also: "all", currency: "CZK", basis: "both" },
        ...{ scale: 6, rounding: "down", step: "0.000001" },
      },
      stock: { quantity: "available", warehouses: ["A"], breakdown: true, negative: "keep", cap: "0", scale: 0 },
      availability: [{ from: "-1", text: "Skladem", days: "0" }],
      images: false,
      descriptions: false,
      variants: "items",
      details: "variants",
    };
    expect(exportOptionsSchema.parse(JSON.parse(JSON.stringify(options)))).toStrictEqual(options);
    expect(createOffer(options)({ code: "2" })).toStrictEqual({ leftOut: "code not asked for" });
    expect(createOffer()({ code: "2" })).toStrictEqual({ products: [{ code: "2" }], issues: [] });
  });
});
