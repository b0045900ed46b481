import { describe, expect, it } from "vitest";
import { createOffer, stockLevels } from "../../../src/model/offer/offer.ts";
import type { ExportOptions } from "../../../src/model/offer/offer.ts";
import type { Decimal } from "../../../src/model/order.ts";
import { stockLevelSchema } from "../../../src/model/product.ts";
import type { Product, Stock } from "../../../src/model/product.ts";

type StockOptions = NonNullable<ExportOptions["stock"]>;

function stockOf(stock: Stock, options: StockOptions): Stock | undefined {
  const offer = createOffer({ stock: options })({ code: "HRN-1", stock });
  expect(offer).toMatchObject({ issues: [] });
  return offer.leftOut === undefined ? offer.products[0]!.stock : expect.fail(offer.leftOut);
}

/** 12 on hand, 5 reserved. */
const stock: Stock = {
  quantity: "12",
  reserved: "5",
  minimum: "2",
  warehouses: [
    { code: "BRNO", name: "Brno", quantity: "8", reserved: "1", location: "A-3" },
    { code: "PRAHA", quantity: "6", reserved: "4" },
    { code: "RMA", quantity: "-2" },
  ],
};

describe("the quantity that goes out", () => {
  it.each<[string, Stock, StockOptions, Stock | undefined]>([
    ["on hand, without the warehouses", stock, {}, { quantity: "12", reserved: "5", minimum: "2" }],
    ["what is not reserved", stock, { quantity: "available" }, { quantity: "7", minimum: "2" }],
    ["of one warehouse", stock, { warehouses: ["BRNO"] }, { quantity: "8", reserved: "1", minimum: "2" }],
    [
      "available in one warehouse",
      stock,
      { warehouses: ["PRAHA"], quantity: "available" },
      { quantity: "2", minimum: "2" },
    ],
    [
      "of several warehouses, summed before zero",
      stock,
      { warehouses: ["RMA", "BRNO"] },
      { quantity: "6", reserved: "1", minimum: "2" },
    ],
    [
      "of a warehouse that has none",
      stock,
      { warehouses: ["OSTRAVA"] },
      { quantity: "0", reserved: "0", minimum: "2" },
    ],
    ["never below zero", { quantity: "-2" }, {}, { quantity: "0" }],
    [
      "never below zero, reserved more than there is",
      { quantity: "2", reserved: "3.5" },
      { quantity: "available" },
      { quantity: "0.0" },
    ],
    ["below zero on request", { quantity: "-2" }, { negative: "keep" }, { quantity: "-2" }],
    ["at most the cap", { quantity: "100.5" }, { cap: "20" }, { quantity: "20" }],
    ["less than the cap", { quantity: "19.999" }, { cap: "20" }, { quantity: "19.999" }],
    ["rounded down", { quantity: "19.999" }, { scale: 0 }, { quantity: "19" }],
    ["a cap rounded down", { quantity: "30" }, { scale: 0, cap: "9.5" }, { quantity: "9" }],
    ["a debt rounded down", { quantity: "-0.5" }, { scale: 0, negative: "keep" }, { quantity: "-1" }],
    ["more decimals", { quantity: "3" }, { scale: 3 }, { quantity: "3.000" }],
    ["big numbers", { quantity: "98765432109876543210.9" }, { scale: 0 }, { quantity: "98765432109876543210" }],
    [
      "the sum of the warehouses where no total is stated",
      {
        warehouses: [
          { code: "A", quantity: "1.5" },
          { code: "B", quantity: "2", reserved: "1" },
        ],
      },
      {},
      { quantity: "3.5", reserved: "1" },
    ],
    [
      "available by the warehouses alone",
      {
        warehouses: [
          { code: "A", quantity: "1.5" },
          { code: "B", quantity: "2", reserved: "1" },
        ],
      },
      { quantity: "available" },
      { quantity: "2.5" },
    ],
    [
      "the whole reservation off a choice that states none",
      {
        reserved: "4",
        warehouses: [
          { code: "A", quantity: "9" },
          { code: "B", quantity: "1" },
        ],
      },
      { warehouses: ["A"], quantity: "available" },
      { quantity: "5" },
    ],
    [
      "no reservation of a choice that states none",
      { reserved: "4", warehouses: [{ code: "A", quantity: "9" }] },
      { warehouses: ["A"] },
      { quantity: "9" },
    ],
    [
      "minus what is reserved in all, whatever the warehouses say",
      { ...stock, reserved: "6" },
      { quantity: "available" },
      { quantity: "6", minimum: "2" },
    ],
    ["not asked for where it is not known", { minimum: "1" }, { warehouses: ["A"] }, { minimum: "1" }],
    ["nothing in no warehouse", { warehouses: [] }, {}, { quantity: "0" }],
    ["nothing in a warehouse, there being none at all", { quantity: "0" }, { warehouses: ["A"] }, { quantity: "0" }],
    ["the limits alone", { minimum: "1", maximum: "5" }, { scale: 0 }, { minimum: "1", maximum: "5" }],
    ["nothing of nothing", {}, {}, undefined],
  ])("is %s", (_, stated, options, expected) => {
    expect(stockOf(stated, options)).toStrictEqual(expected);
  });

  it.each<[string, Stock, StockOptions, Stock]>([
    [
      "on hand",
      stock,
      {},
      {
        warehouses: [
          { code: "BRNO", name: "Brno", location: "A-3", quantity: "8", reserved: "1" },
          { code: "PRAHA", quantity: "6", reserved: "4" },
          { code: "RMA", quantity: "0" },
        ],
        minimum: "2",
      },
    ],
    [
      "available, capped, of chosen ones",
      stock,
      { quantity: "available", cap: "5", warehouses: ["BRNO", "PRAHA"] },
      {
        warehouses: [
          { code: "BRNO", name: "Brno", location: "A-3", quantity: "5" },
          { code: "PRAHA", quantity: "2" },
        ],
        minimum: "2",
      },
    ],
    ["none of them", stock, { warehouses: ["OSTRAVA"] }, { warehouses: [], minimum: "2" }],
    ["the total where there is no breakdown", { quantity: "5" }, {}, { quantity: "5" }],
  ])("is stated by warehouse: %s", (_, stated, options, expected) => {
    expect(stockOf(stated, { ...options, breakdown: true })).toStrictEqual(expected);
  });

  it("warns where the quantity of the chosen warehouses is not known", () => {
    const offer = createOffer({ stock: { warehouses: ["BRNO"] } })({
      code: "1",
      stock: { quantity: "7", reserved: "1" },
    });
    expect(offer).toMatchObject({
      issues: [
        {
          code: "FIELD_MISSING",
          severity: "warning",
          key: "1",
          field: "stock.warehouses",
          message: expect.stringContaining("7"),
        },
      ],
    });
    expect(offer).toHaveProperty("products", [{ code: "1" }]);
  });

  it("warns where a reservation cannot be taken off the warehouses", () => {
    const product: Product = { code: "1", stock: { reserved: "3", warehouses: [{ code: "A", quantity: "7" }] } };
    const offer = createOffer({ stock: { quantity: "available", breakdown: true } })(product);
    expect(offer).toMatchObject({
      products: [{ stock: { warehouses: [{ quantity: "7" }] } }],
      issues: [
        {
          code: "FIELD_MISSING",
          severity: "warning",
          field: "stock.warehouses",
          message: expect.stringContaining("3"),
        },
      ],
    });
    product.stock!.reserved = "0";
    expect(createOffer({ stock: { quantity: "available", breakdown: true } })(product)).toMatchObject({ issues: [] });
  });

  it("leaves out the stock of what has no stock kept", () => {
    const offer = createOffer({ availability: [{ from: "0", text: "Vyprodáno" }] });
    const service: Product = { code: "MONTAZ", stocked: false, stock: { quantity: "0" } };
    expect(offer(service)).toStrictEqual({ products: [{ code: "MONTAZ", stocked: false }], issues: [] });
  });
});

describe("availability by quantity", () => {
  const availability = [
    { from: "0", text: "Na objednávku", days: "14" },
    { from: "10", text: "Skladem více než 10" },
    { from: "1.0", text: "Skladem", days: "0" },
  ] as const;

  it.each<[Decimal | undefined, StockOptions, string | undefined, string | undefined]>([
    ["0", {}, "Na objednávku", "14"],
    ["0.999", {}, "Na objednávku", "14"],
    ["1", {}, "Skladem", "0"],
    ["9.99", {}, "Skladem", "0"],
    ["10", {}, "Skladem více než 10", "3"],
    ["1000", { cap: "5" }, "Skladem více než 10", "3"],
    ["-1", {}, "Na objednávku", "14"],
    ["-1", { negative: "keep" }, "Dotaz", "3"],
    [undefined, {}, "Dotaz", "3"],
  ])("of %s with %o is %s in %s days", (quantity, options, text, days) => {
    const product: Product = {
      code: "1",
      availability: "Dotaz",
      deliveryDays: "3",
      stock: quantity ? { quantity } : {},
    };
    const offer = createOffer({ availability, stock: options })(product);
    expect(offer).toMatchObject({ products: [{ availability: text, deliveryDays: days }] });
  });

  it("counts what can be sold of the chosen warehouses, also if it is shown by warehouse", () => {
    const offer = createOffer({
      availability,
      stock: { quantity: "available", warehouses: ["BRNO", "PRAHA"], breakdown: true },
    });
    expect(offer({ code: "1", stock })).toMatchObject({ products: [{ availability: "Skladem", deliveryDays: "0" }] });
  });

  it("gives each variant its own", () => {
    const offer = createOffer({ availability });
    const product: Product = {
      code: "1",
      availability: "Dotaz",
      variants: [{ code: "1-A", stock: { quantity: "4" } }, { code: "1-B", stock: { quantity: "0" } }, { code: "1-C" }],
    };
    expect(offer(product)).toHaveProperty("products.0", {
      code: "1",
      availability: "Dotaz",
      variants: [
        { code: "1-A", stock: { quantity: "4" }, availability: "Skladem", deliveryDays: "0" },
        { code: "1-B", stock: { quantity: "0" }, availability: "Na objednávku", deliveryDays: "14" },
        { code: "1-C" },
      ],
    });
  });
});

describe("stock levels", () => {
  it("are one for a product", () => {
    const product: Product = {
      code: "1",
      variantOf: "0",
      externalId: "77",
      ean: "8594000000013",
      name: "Hrnek",
      availability: "Skladem",
      deliveryDays: "0",
      stock: { quantity: "4", reserved: "1" },
      variants: [],
    };
    const levels = stockLevels(product);
    expect(levels).toStrictEqual([
      {
        code: "1",
        quantity: "4",
        externalId: "77",
        ean: "8594000000013",
        availability: "Skladem",
        deliveryDays: "0",
        variantOf: "0",
      },
    ]);
    expect(stockLevelSchema.strict().parse(levels[0])).toStrictEqual(levels[0]);
  });

  it("are one for each variant whose quantity is known", () => {
    const product: Product = {
      code: "1",
      ean: "8594000000013",
      externalId: "77",
      availability: "Dotaz",
      deliveryDays: "3",
      stock: { quantity: "9" },
      variants: [
        { code: "1-A", ean: "8594000000020", stock: { quantity: "4" } },
        { code: "1-B", stock: { minimum: "1" } },
        { code: "1-C" },
        { code: "1-D", availability: "Skladem", deliveryDays: "0", stock: { quantity: "0" } },
      ],
    };
    expect(stockLevels(product)).toStrictEqual([
      { code: "1-A", quantity: "4", ean: "8594000000020", variantOf: "1", availability: "Dotaz", deliveryDays: "3" },
      { code: "1-D", quantity: "0", availability: "Skladem", deliveryDays: "0", variantOf: "1" },
    ]);
  });

  it("are none where no quantity is known", () => {
    expect(stockLevels({ code: "1" })).toStrictEqual([]);
    expect(stockLevels({ code: "1", stock: { maximum: "3" } })).toStrictEqual([]);
  });

  it("sum the warehouses of a breakdown", () => {
    const warehouses = [
      { code: "A", quantity: "1.5" as const },
      { code: "B", quantity: "2" as const },
    ];
    expect(stockLevels({ code: "1", stock: { warehouses } })).toStrictEqual([
      { code: "1", quantity: "3.5", warehouses },
    ]);
  });
});
