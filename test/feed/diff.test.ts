import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffFeeds, type FeedDiff, formatDiff } from "../../src/feed/diff.ts";
import type { Decimal } from "../../src/model/order.ts";
import type { Product, StockLevel } from "../../src/model/product.ts";
import { createFeedSummary, type FeedSummary } from "../../src/feed/summary.ts";

function feed(...records: readonly (Product | StockLevel)[]): FeedSummary {
  const summary = createFeedSummary();
  for (const record of records) summary.add(record);
  return summary;
}

function product(code: string, gross?: Decimal, quantity?: Decimal): Product {
  return {
    code,
    ...(gross === undefined ? {} : { prices: [{ currency: "CZK", gross }] }),
    ...(quantity === undefined ? {} : { stock: { quantity } }),
  };
}

const nothing: FeedDiff = { added: [], removed: [], prices: [], stock: [], unchanged: 0 };

describe("createFeedSummary", () => {
  const czk = (gross: Decimal) => ({ currency: "CZK", gross });

  it.each<[string, Product | StockLevel, object]>([
    ["a product", product("A", "10", "3"), { kind: "product", product: undefined, price: czk("10"), stock: "3" }],
    ["a product of a group", { code: "A", variantOf: "G" }, { kind: "variant", product: "G" }],
    ["an empty group", { code: "A", variantOf: "" }, { kind: "product", product: undefined }],
    ["no variants", { code: "A", variants: [] }, { kind: "product", product: undefined }],
    ["a stock level", { code: "A", quantity: "-2" }, { kind: "product", price: undefined, stock: "-2" }],
    [
      "the price in no list",
      { code: "A", prices: [{ list: "VOC", ...czk("8") }, czk("10"), { currency: "EUR", gross: "0.40" }] },
      { price: czk("10") },
    ],
    ["only lists", { code: "A", prices: [{ list: "VOC", ...czk("8") }] }, { price: undefined }],
    [
      "net alone",
      { code: "A", prices: [{ currency: "CZK", net: "8.26" }] },
      { price: { currency: "CZK", net: "8.26" } },
    ],
    ["no amount", { code: "A", prices: [{ currency: "CZK" }] }, { price: undefined }],
    [
      "warehouses",
      {
        code: "A",
        stock: {
          warehouses: [
            { code: "BRNO", quantity: "1.5" },
            { code: "PLZEN", quantity: "2" },
          ],
        },
      },
      { stock: "3.5" },
    ],
    [
      "a stated total beside warehouses",
      { code: "A", stock: { quantity: "9", warehouses: [{ code: "BRNO", quantity: "1" }] } },
      { stock: "9" },
    ],
    ["stock without a number", { code: "A", stock: { minimum: "1", warehouses: [] } }, { stock: undefined }],
  ])("takes %s", (_, record, expected) => {
    expect(feed(record).get("A")).toMatchObject(expected);
  });

  it("takes variants as the items of one product, which lends them what they leave out", () => {
    const summary = feed({
      ...product("T", "100", "7"),
      variants: [{ code: "T-M", prices: [czk("120")], stock: { quantity: "0" } }, { code: "T-L" }],
    });
    expect([...summary]).toEqual([
      { code: "T-M", kind: "variant", product: "T", price: czk("120"), stock: "0" },
      { code: "T-L", kind: "variant", product: "T", price: czk("100"), stock: "7" },
    ]);
    expect(summary).toMatchObject({ records: 1, items: 2, rows: 2, products: 1 });
    expect([...summary.variants]).toEqual([["T", 2]]);
    expect(summary.has("T")).toBe(false);
  });

  it("counts a product once that stands beside its variants", () => {
    const summary = feed(
      { code: "T" },
      { code: "T-M", variantOf: "T" },
      { code: "U-M", variantOf: "U" },
      { code: "S" },
    );
    expect(summary).toMatchObject({ records: 4, items: 4, products: 3 });
  });

  it("takes no group for one without a code", () => {
    expect(feed({ code: "A", variantOf: "" }, { code: "B", variantOf: "" })).toMatchObject({ products: 2 });
  });

  it("keeps the first of equal codes and counts all", () => {
    const summary = feed(product("A", "1"), product("B", "2"), product("A", "3"), product("A", "4"));
    expect(summary.get("A")?.price).toEqual(czk("1"));
    expect([...summary.duplicates]).toEqual([["A", 3]]);
    expect(summary).toMatchObject({ records: 4, items: 2, rows: 4, products: 2 });
  });

  it("sees products that occur twice with different variants", () => {
    const twice = feed({ code: "T", variants: [{ code: "T-M" }] }, { code: "T", variants: [{ code: "T-L" }] });
    expect([...twice.duplicates]).toEqual([["T", 2]]);
    const same = feed({ code: "T", variants: [{ code: "T" }] }, { code: "T", variants: [{ code: "T" }] });
    expect([...same.duplicates]).toEqual([["T", 2]]);
    const once = feed({ code: "T", variants: [{ code: "T" }, { code: "T-L" }] });
    expect(once.duplicates.size).toBe(0);
    expect(once).toMatchObject({ items: 2, products: 1 });
  });

  it("keeps the first 20 codes of rejected records", () => {
    const summary = feed();
    summary.reject();
    for (let index = 1; index <= 25; index++) summary.reject(`R-${index}`);
    expect(summary.rejected).toBe(26);
    expect(summary.rejectedCodes).toHaveLength(20);
    expect(summary.rejectedCodes[19]).toBe("R-20");
  });

  it("gives back any code, price and stock as it was", () => {
    const texts = fc.oneof(
      fc.constantFrom("__proto__", "constructor", "a\tb", "\t", " 007 "),
      fc.string({ minLength: 1 }),
    );
    const decimals = fc.bigInt(-(10n ** 20n), 10n ** 20n).map((units) => `${units}.50` as Decimal);
    const prices = fc.record({ currency: fc.constantFrom("CZK", "EUR"), gross: decimals, net: decimals });
    fc.assert(
      fc.property(texts, texts, prices, decimals, (code, variantOf, price, quantity) => {
        const summary = feed({ code, variantOf, prices: [price], stock: { quantity } });
        expect(summary.get(code)).toEqual({ code, kind: "variant", product: variantOf, price, stock: quantity });
      }),
      { seed: 20260304 },
    );
  });
});

describe("diffFeeds", () => {
  it("lists what differs in the order of the feeds", () => {
    const previous = feed(product("Z", "1", "1"), product("A", "10", "5"), product("Y"), product("M", "7", "7"));
    const next = feed(product("N"), product("M", "7.00", "6"), product("A", "12", "4"), product("B"));
    expect(diffFeeds(previous, next)).toEqual({
      added: ["N", "B"],
      removed: ["Z", "Y"],
      prices: [{ code: "A", from: { currency: "CZK", gross: "10" }, to: { currency: "CZK", gross: "12" } }],
      stock: [
        { code: "M", from: "7", to: "6" },
        { code: "A", from: "5", to: "4" },
      ],
      unchanged: 0,
    });
  });

  it.each<[Product, Product, boolean]>([
    [product("A", "1.50", "2"), product("A", "1.5", "2.000"), true],
    [product("A", "0"), product("A", "-0.00"), true],
    [product("A", "1.50"), product("A", "1.51"), false],
    [product("A", "9007199254740993"), product("A", "9007199254740992"), false],
    [product("A", "1"), product("A"), false],
    [product("A", "1", "0"), product("A", "1"), false],
    [product("A", "1"), { code: "A", prices: [{ currency: "EUR", gross: "1" }] }, false],
    [product("A", "121"), { code: "A", prices: [{ currency: "CZK", gross: "121.00", net: "100" }] }, true],
    [product("A", "121"), { code: "A", prices: [{ currency: "CZK", gross: "122", net: "100" }] }, false],
    [product("A", "100"), { code: "A", prices: [{ currency: "CZK", net: "100" }] }, false],
    [
      { code: "A", prices: [{ currency: "CZK", gross: "121", net: "100" }] },
      { code: "A", prices: [{ currency: "CZK", gross: "121", net: "108.04" }] },
      false,
    ],
  ])("compares %j with %j", (left, right, same) => {
    for (const diff of [diffFeeds(feed(left), feed(right)), diffFeeds(feed(right), feed(left))]) {
      expect(diff.unchanged).toBe(same ? 1 : 0);
      expect(diff.prices.length + diff.stock.length).toBe(same ? 0 : 1);
    }
  });

  it("compares empty feeds", () => {
    expect(diffFeeds(feed(), feed())).toEqual(nothing);
    expect(diffFeeds(feed(), feed(product("A")))).toEqual({ ...nothing, added: ["A"] });
    expect(diffFeeds(feed(product("A")), feed())).toEqual({ ...nothing, removed: ["A"] });
  });

  it("compares 50,000 items with the same in reverse", () => {
    const products = Array.from({ length: 50_000 }, (_, index) => product(`V-${index}`, `${index}.90` as Decimal, "1"));
    const diff = diffFeeds(feed(...products), feed(...products.toReversed()));
    expect(diff).toEqual({ ...nothing, unchanged: 50_000 });
  });

  const codes = fc.constantFrom("__proto__", "constructor", "toString", "A", "a", "007", "7", "Č-1", "x\ty");
  const amounts = fc.constantFrom(undefined, "0", "1.5", "1.50", "20");
  const feeds = fc.array(fc.tuple(codes, amounts, amounts), { maxLength: 12 }).map((rows) => {
    return feed(...rows.map(([code, gross, quantity]) => product(code, gross, quantity)));
  });

  it("finds no difference between a feed and itself", () => {
    const property = fc.property(feeds, (one) => {
      expect(diffFeeds(one, one)).toEqual({ ...nothing, unchanged: one.items });
    });
    fc.assert(property, { seed: 20260304 });
  });

  it("mirrors the difference of the same feeds the other way round", () => {
    const property = fc.property(feeds, feeds, (one, two) => {
      const there = diffFeeds(one, two);
      const back = diffFeeds(two, one);
      expect(there.added).toEqual(back.removed);
      expect(there.removed).toEqual(back.added);
      expect(there.unchanged).toBe(back.unchanged);
      for (const kind of ["prices", "stock"] as const) {
        const mirrored = back[kind].map(({ code, from, to }) => ({ code, from: to, to: from }));
        expect(new Set<unknown>(there[kind])).toEqual(new Set<unknown>(mirrored));
      }
    });
    fc.assert(property, { seed: 20260304 });
  });

  it("accounts for every code of both feeds exactly once", () => {
    const property = fc.property(feeds, feeds, (one, two) => {
      const { added, removed, prices, stock, unchanged } = diffFeeds(one, two);
      const union = new Set([...one, ...two].map(({ code }) => code));
      const changed = new Set([...prices, ...stock].map(({ code }) => code));
      expect(added.length + removed.length + changed.size + unchanged).toBe(union.size);
      expect(new Set([...added, ...removed, ...changed]).size).toBe(union.size - unchanged);
    });
    fc.assert(property, { seed: 20260304 });
  });
});

describe("formatDiff", () => {
  const diff = diffFeeds(
    feed(product("HRNEK-1", "199.00", "5"), product("H-2", "10", "12"), product("Č-3", undefined, "1"), product("R"), {
      code: "N",
      prices: [{ currency: "CZK", net: "100", gross: "121" }],
    }),
    feed(
      product("HRNEK-1", "249.00", "5"),
      product("H-2", "9.90", "8"),
      product("Č-3", "5"),
      product("N-1"),
      product("N-2"),
      product("N-3"),
      { code: "N", prices: [{ currency: "CZK", net: "108.04" }] },
    ),
  );

  it("aligns the first of each kind below all numbers", () => {
    expect(formatDiff(diff, { limit: 2 })).toBe(
      [
        "3 added, 1 removed, 4 prices, 2 stock, 0 unchanged",
        "added",
        "  N-1",
        "  N-2",
        "  and 1 more",
        "removed",
        "  R",
        "price",
        "  HRNEK-1  199.00 CZK  ->  249.00 CZK",
        "  H-2      10 CZK      ->  9.90 CZK",
        "  and 2 more",
        "stock",
        "  H-2  12  ->  8",
        "  Č-3  1   ->  none",
      ].join("\n"),
    );
  });

  it("says which prices are net, and which are not there", () => {
    const lines = formatDiff(diff).split("\n");
    expect(lines).toContain("  Č-3      none               ->  5 CZK");
    expect(lines).toContain("  N        121 CZK (100 net)  ->  108.04 CZK net");
  });

  it("aligns letters with combining marks and characters of two code units", () => {
    const stock = ["C\u030c-1", "\u{1d400}-1", "C-1"].map((code) => ({ code, from: "1" as const, to: undefined }));
    const columns = formatDiff({ ...nothing, stock })
      .split("\n")
      .slice(2);
    expect(columns).toEqual(stock.map(({ code }) => `  ${code}  1  ->  none`));
  });

  it("is one line without differences, and with a limit of 0", () => {
    expect(formatDiff(nothing)).toBe("0 added, 0 removed, 0 prices, 0 stock, 0 unchanged");
    expect(formatDiff(diff, { limit: 0 })).toBe("3 added, 1 removed, 4 prices, 2 stock, 0 unchanged");
  });

  it("lets no control character of a code reach the terminal", () => {
    expect(formatDiff({ ...nothing, added: ["A\u001b[2J\nB"] }).split("\n")).toEqual([
      "1 added, 0 removed, 0 prices, 0 stock, 0 unchanged",
      "added",
      "  A [2J B",
    ]);
  });
});
