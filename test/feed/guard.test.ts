import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DefinitionError } from "propojka";
import { formatGuard, guardFeed, type GuardReport } from "../../src/feed/guard.ts";
import { type GuardOverride, guardRules, type GuardRules, guardRulesSchema } from "../../src/feed/guard-rules.ts";
import type { Decimal } from "../../src/model/order.ts";
import type { Product, StockLevel } from "../../src/model/product.ts";
import { createFeedSummary, type FeedSummary } from "../../src/feed/summary.ts";

function feed(records: readonly (Product | StockLevel)[], rejected = 0): FeedSummary {
  const summary = createFeedSummary();
  for (const record of records) summary.add(record);
  for (let index = 0; index < rejected; index++) summary.reject(`R-${index}`);
  return summary;
}

function priced(code: string, gross: Decimal, currency = "CZK"): Product {
  return { code, prices: [{ currency, gross }] };
}

/** `V-0`, `V-1`…, each for 100 CZK. */
function products(count: number, first = 0): Product[] {
  return Array.from({ length: count }, (_, index) => priced(`V-${first + index}`, "100"));
}

/** Products of which the first `wrong` are at that price, or have none. */
function pricedFeed(count: number, wrong: number, gross?: Decimal): FeedSummary {
  const others = products(count - wrong, wrong);
  return feed([
    ...products(wrong).map(({ code }) => (gross === undefined ? { code } : priced(code, gross))),
    ...others,
  ]);
}

const everything: GuardRules = {
  empty: true,
  maxDrop: 1,
  duplicates: true,
  maxZeroPrices: 1,
  maxMissingPrices: 1,
  maxRejected: 1,
};

function rulesOf(report: GuardReport): string[] {
  return report.violations.map(({ rule }) => rule);
}

describe("guardFeed", () => {
  it("lets a sound feed pass", () => {
    const report = guardFeed(feed(products(95)), feed(products(100)));
    expect(report).toEqual({ ok: true, violations: [], overridden: [], unused: [] });
  });

  it("has safe defaults", () => {
    expect(guardRulesSchema.parse({})).toEqual({
      empty: false,
      maxDrop: 0.2,
      dropFloor: 2,
      duplicates: false,
      maxZeroPrices: 0.05,
      maxMissingPrices: 0.05,
      maxRejected: 0.05,
    });
  });

  it("says in one sentence what there is and what is allowed", () => {
    const [violation] = guardFeed(feed(products(120)), feed(products(512))).violations;
    expect(violation).toEqual({
      rule: "maxDrop",
      message: "the feed has 120 items, the one it replaces 512: 77 % of those are missing, allowed are 20 %",
      codes: Array.from({ length: 20 }, (_, index) => `V-${120 + index}`),
      count: 392,
    });
  });

  it.each<[string, FeedSummary, FeedSummary | undefined, string, string[], number]>([
    ["empty", feed([]), undefined, "the feed has 0 items, at least 1 is expected", [], 0],
    ["empty", feed([]), feed([]), "the feed has 0 items, the one it replaces 0", [], 0],
    [
      "duplicates",
      feed([...products(3), priced("V-1", "100"), priced("V-1", "100")]),
      undefined,
      "the feed has 1 code more than once, up to 3 times, allowed is once",
      ["V-1"],
      1,
    ],
    [
      "maxZeroPrices",
      pricedFeed(20, 2, "0.00"),
      undefined,
      "the feed has 2 of 20 items at a price of zero or less: 10 %, allowed are 5 %",
      ["V-0", "V-1"],
      2,
    ],
    [
      "maxMissingPrices",
      pricedFeed(20, 2),
      undefined,
      "the feed has 2 of 20 items without a price: 10 %, allowed are 5 %",
      ["V-0", "V-1"],
      2,
    ],
    [
      "maxRejected",
      feed(products(17), 3),
      undefined,
      "of 20 records 3 could not be written: 15 %, allowed are 5 %",
      ["R-0", "R-1", "R-2"],
      3,
    ],
  ])("refuses %s", (rule, next, previous, message, codes, count) => {
    const report = guardFeed(next, previous);
    expect(report.ok).toBe(false);
    expect(report.violations).toEqual([{ rule, message, codes, count }]);
  });

  it("refuses an empty feed twice where it replaces one with items", () => {
    expect(rulesOf(guardFeed(feed([]), feed(products(3))))).toEqual(["empty", "maxDrop"]);
    expect(rulesOf(guardFeed(feed([]), feed(products(3)), { empty: true }))).toEqual(["maxDrop"]);
    expect(guardFeed(feed([]), feed(products(3)), { empty: true, maxDrop: 1 }).ok).toBe(true);
  });

  it("refuses a feed of as many items with other codes", () => {
    const [violation] = guardFeed(feed(products(30, 1000)), feed(products(30))).violations;
    expect(violation).toMatchObject({ rule: "maxDrop", count: 30 });
    expect(violation?.message).toContain("100 % of those");
  });

  it.each([
    [3, 1, true],
    [3, 2, true],
    [4, 3, false],
    [10, 2, true],
    [10, 3, false],
    [15, 3, true],
    [15, 4, false],
  ])("of %d items lets %d be missing: %s", (all, missing, ok) => {
    // New items make up for none that is missing.
    const next = feed([...products(all - missing, missing), ...products(all, 1000)]);
    expect(guardFeed(next, feed(products(all))).ok).toBe(ok);
  });

  it("lets nothing be missing with a share and a floor of 0", () => {
    const [next, previous] = [feed(products(9)), feed(products(10))];
    expect(guardFeed(next, previous, { maxDrop: 0 }).ok).toBe(true);
    expect(rulesOf(guardFeed(next, previous, { maxDrop: 0, dropFloor: 0 }))).toEqual(["maxDrop"]);
  });

  it("lets exactly the allowed share pass, and one more not", () => {
    const hundreds = fc.integer({ min: 1, max: 12 }).map((factor) => factor * 100);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), hundreds, (percent, all) => {
        const share = percent / 100;
        const wrong = (percent * all) / 100;
        const check = (rule: keyof typeof judged, rules: GuardRules): void => {
          const settings = { ...everything, ...rules };
          expect(rulesOf(judged[rule](all, wrong, settings))).toEqual([]);
          expect(rulesOf(judged[rule](all, wrong + 1, settings))).toEqual([rule]);
        };
        check("maxDrop", { maxDrop: share, dropFloor: 0 });
        check("maxZeroPrices", { maxZeroPrices: share });
        check("maxMissingPrices", { maxMissingPrices: share });
        check("maxRejected", { maxRejected: share, dropFloor: 0 });
        check("maxPriceChange", { maxPriceChange: { factor: "2", share } });
      }),
      { numRuns: 30, seed: 20260304, examples: [[7, 100]] },
    );
  });

  const judged = {
    maxDrop: (all: number, wrong: number, rules: GuardRules) =>
      guardFeed(feed(products(all - wrong)), feed(products(all)), rules),
    maxZeroPrices: (all: number, wrong: number, rules: GuardRules) =>
      guardFeed(pricedFeed(all, wrong, "0"), undefined, rules),
    // The previous feed has prices, so that a feed without any is judged too.
    maxMissingPrices: (all: number, wrong: number, rules: GuardRules) =>
      guardFeed(pricedFeed(all, wrong), feed(products(all)), rules),
    maxRejected: (all: number, wrong: number, rules: GuardRules) =>
      guardFeed(feed(products(all - wrong), wrong), undefined, rules),
    maxPriceChange: (all: number, wrong: number, rules: GuardRules) =>
      guardFeed(pricedFeed(all, wrong, "200.01"), feed(products(all)), rules),
  };

  it.each([
    [1, 1000, 0, "0.1 %, allowed are 0 %"],
    [501, 10_000, 0.05, "5.01 %, allowed are 5 %"],
    [999, 1000, 0.2, "99.9 %, allowed are 20 %"],
    [76, 1000, 0.075, "7.6 %, allowed are 7.5 %"],
    [8, 100, 0.07, "8 %, allowed are 7 %"],
  ])("shows that %d of %d is above %d", (wrong, all, share, text) => {
    const [violation] = guardFeed(pricedFeed(all, wrong, "0"), undefined, { maxZeroPrices: share }).violations;
    expect(violation?.message).toContain(text);
  });

  describe("prices", () => {
    it("are not judged in feeds that have none", () => {
      const stock = feed([{ code: "V-0", quantity: "1" }]);
      expect(guardFeed(stock, stock).ok).toBe(true);
      expect(guardFeed(stock, undefined).ok).toBe(true);
    });

    it("must not all get lost", () => {
      const codesOnly = feed(products(5).map(({ code }) => ({ code })));
      expect(rulesOf(guardFeed(codesOnly, feed(products(5))))).toEqual(["maxMissingPrices"]);
    });

    it.each<[Product, boolean]>([
      [{ code: "V-0", prices: [{ currency: "CZK", net: "0" }] }, true],
      [{ code: "V-0", prices: [{ currency: "CZK", net: "10", gross: "0" }] }, true],
      [priced("V-0", "-1"), true],
      [priced("V-0", "-0.00"), true],
      [priced("V-0", "0.01"), false],
    ])("%j count as zero: %s", (product, zero) => {
      expect(rulesOf(guardFeed(feed([product]), undefined))).toEqual(zero ? ["maxZeroPrices"] : []);
    });

    it.each<[Product, Product, string, boolean]>([
      [priced("A", "100"), priced("A", "150.00"), "1.5", false],
      [priced("A", "100"), priced("A", "150.01"), "1.5", true],
      [priced("A", "150"), priced("A", "100"), "1.5", false],
      [priced("A", "150.01"), priced("A", "100"), "1.5", true],
      [priced("A", "100"), priced("A", "100.00"), "1", false],
      [priced("A", "100"), priced("A", "100.01"), "1", true],
      [priced("A", "9007199254740993"), priced("A", "9007199254740992"), "1", true],
      [priced("A", "0"), priced("A", "0.01"), "1000", true],
      [priced("A", "0"), priced("A", "0.00"), "2", false],
      [priced("A", "10"), priced("A", "-10"), "2", true],
      [priced("A", "-10"), priced("A", "-30"), "2", true],
      [priced("A", "-10"), priced("A", "-20"), "2", false],
      [priced("A", "100"), priced("A", "100", "EUR"), "2", true],
      [priced("A", "100"), { code: "A", prices: [{ currency: "CZK", net: "1", gross: "100" }] }, "2", false],
      [priced("A", "100"), { code: "A", prices: [{ currency: "CZK", net: "1000" }] }, "2", false],
      [priced("A", "100"), { code: "A" }, "2", false],
      [
        { code: "A", prices: [{ currency: "CZK", net: "10", gross: "121" }] },
        { code: "A", prices: [{ currency: "CZK", net: "100", gross: "121" }] },
        "2",
        true,
      ],
    ])("from %j to %j change by more than %s: %s", (from, to, factor, beyond) => {
      const rules = { ...everything, maxPriceChange: { factor: factor as Decimal, share: 0 } };
      expect(rulesOf(guardFeed(feed([to]), feed([from]), rules))).toEqual(beyond ? ["maxPriceChange"] : []);
    });

    it("may change at will unless a rule says otherwise", () => {
      expect(guardFeed(feed([priced("A", "1")]), feed([priced("A", "100000")])).ok).toBe(true);
    });

    it("are a share of those that both feeds have", () => {
      const previous = feed([priced("A", "1"), priced("B", "1"), { code: "C" }, priced("D", "1")]);
      const net: Product = { code: "D", prices: [{ currency: "CZK", net: "9" }] };
      const next = feed([priced("A", "3"), priced("B", "1"), priced("C", "1"), net, priced("N", "1")]);
      expect(guardFeed(next, previous, { maxPriceChange: { factor: "2", share: 0.5 } }).ok).toBe(true);
      expect(guardFeed(next, previous, { maxPriceChange: { factor: "2", share: 0.4 } }).violations).toEqual([
        {
          rule: "maxPriceChange",
          message: "the feed has 1 of 2 prices changed by more than a factor of 2: 50 %, allowed are 40 %",
          codes: ["A"],
          count: 1,
        },
      ]);
    });
  });

  describe("limits of the platform", () => {
    const shirts = (variants: number): Product => ({
      ...priced("TRIKO", "300"),
      variants: Array.from({ length: variants }, (_, index) => ({ code: `TRIKO-${index}` })),
    });

    it("count records, and variants of each product", () => {
      const next = feed([shirts(4), priced("H-1", "100")]);
      expect(guardFeed(next, undefined, {}, { limits: { maxItems: 2, maxVariants: 4 } }).ok).toBe(true);
      expect(guardFeed(next, undefined, {}, { limits: { maxItems: 1, maxVariants: 3 } }).violations).toEqual([
        { rule: "maxItems", message: "the feed has 2 records, the platform takes 1", codes: [], count: 1 },
        {
          rule: "maxVariants",
          message: "the feed has 1 product with up to 4 variants, the platform takes 3",
          codes: ["TRIKO"],
          count: 1,
        },
      ]);
    });

    it("hold whatever the rules say", () => {
      const report = guardFeed(feed([shirts(4), priced("H-1", "100")]), undefined, everything, {
        limits: { maxItems: 1, maxVariants: 3 },
      });
      expect(rulesOf(report)).toEqual(["maxItems", "maxVariants"]);
    });

    it("count records of one code as many", () => {
      const twice = feed([priced("A", "1"), priced("A", "1")]);
      expect(rulesOf(guardFeed(twice, undefined, everything, { limits: { maxItems: 1 } }))).toEqual(["maxItems"]);
    });

    it("yield to an override that names them", () => {
      const override: GuardOverride = { rules: ["maxItems"], reason: "the shop has a higher tariff" };
      const report = guardFeed(feed(products(3)), undefined, {}, { limits: { maxItems: 2 }, override });
      expect(report.ok).toBe(true);
      expect(report.overridden).toMatchObject([{ rule: "maxItems", reason: "the shop has a higher tariff" }]);
    });
  });

  describe("an override", () => {
    const override: GuardOverride = {
      rules: ["maxDrop", "duplicates", "maxDrop"],
      reason: "summer goods are over",
      by: "Jana",
    };

    it("lets the named rules pass and is recorded, also where it was not needed", () => {
      const report = guardFeed(feed(products(10)), feed(products(100)), {}, { override });
      const decision = { reason: "summer goods are over", by: "Jana" };
      expect(report).toMatchObject({
        ok: true,
        violations: [],
        overridden: [{ rule: "maxDrop", count: 90, ...decision }],
        unused: [{ rule: "duplicates", ...decision }],
      });
      expect(report.overridden).toHaveLength(1);
      expect(report.overridden[0]?.message).toContain("10 items, the one it replaces 100");
      expect(JSON.parse(JSON.stringify(report))).toEqual(report);
    });

    it("lets no other rule pass", () => {
      const report = guardFeed(feed([]), feed(products(100)), {}, { override });
      expect(report.ok).toBe(false);
      expect(rulesOf(report)).toEqual(["empty"]);
      expect(report.overridden.map(({ rule }) => rule)).toEqual(["maxDrop"]);
    });

    it("may name every rule", () => {
      const reason = "first day";
      const report = guardFeed(feed([]), undefined, {}, { override: { rules: guardRules, reason } });
      expect(report.ok).toBe(true);
      expect(report.overridden.map(({ rule }) => rule)).toEqual(["empty"]);
      expect(report.unused).toEqual(guardRules.slice(1).map((rule) => ({ rule, reason })));
    });
  });

  it.each<[object, object | undefined, RegExp]>([
    [{ maxDrop: 20 }, undefined, /^guard rules: maxDrop: /],
    [{ maxdrop: 0.2 }, undefined, /maxdrop/],
    [{ dropFloor: 1.5 }, undefined, /dropFloor/],
    [{ maxPriceChange: { factor: "0.5", share: 0 } }, undefined, /maxPriceChange: factor: expected a factor/],
    [{ maxPriceChange: { factor: "1,5", share: 0 } }, undefined, /factor/],
    [{}, { rules: ["maxdrop"], reason: "x" }, /^guard override: rules: 0: /],
    [{}, { rules: ["maxDrop"], reason: " " }, /reason: expected a reason/],
    [{}, { rules: [], reason: "x" }, /rules/],
  ])("takes no rules such as %j, override %j", (rules, override, message) => {
    const call = (): unknown =>
      guardFeed(feed(products(1)), undefined, rules, { override: override as GuardOverride | undefined });
    expect(call).toThrow(DefinitionError);
    expect(call).toThrow(message);
  });

  it("lists 20 codes and counts all", () => {
    const free = products(25).map(({ code }) => priced(code, "0"));
    const { violations } = guardFeed(feed([...free, ...free]), feed(products(25, 1000)));
    expect(violations.map(({ rule, count, codes }) => [rule, count, codes.length])).toEqual([
      ["maxDrop", 25, 20],
      ["duplicates", 25, 20],
      ["maxZeroPrices", 25, 20],
    ]);
  });

  it("takes any text as a code", () => {
    const codes = ["__proto__", "constructor", "hasOwnProperty"];
    const next = feed([...codes, ...codes].map((code) => priced(code, "0")));
    const previous = feed(products(50));
    const report = guardFeed(next, previous);
    expect(rulesOf(report)).toEqual(["maxDrop", "duplicates", "maxZeroPrices"]);
    expect(report.violations.slice(1).map((violation) => violation.codes)).toEqual([codes, codes]);
  });

  it("judges 50,000 items", () => {
    const report = guardFeed(feed(products(40_000)), feed(products(50_000)), {
      maxPriceChange: { factor: "2", share: 0 },
    });
    expect(report.ok).toBe(true);
  });
});

describe("formatGuard", () => {
  it("gives the verdict, then each rule with the first codes", () => {
    const repeated = feed([...products(120), ...products(1)]);
    const override: GuardOverride = {
      rules: ["duplicates", "empty"],
      reason: "the double is \u001b[31mknown\nto us",
      by: "Jana",
    };
    expect(formatGuard(guardFeed(repeated, feed(products(512)), {}, { override }), { limit: 3 })).toBe(
      [
        "refused: 1 rule violated",
        "  maxDrop     the feed has 120 items, the one it replaces 512: 77 % of those are missing, allowed are 20 %",
        "              V-120, V-121, V-122 and 389 more",
        "overridden: the double is  [31mknown to us (Jana)",
        "  duplicates  the feed has 1 code more than once, up to 2 times, allowed is once",
        "              V-0",
        "override not needed: the double is  [31mknown to us (Jana)",
        "  empty       not violated",
      ].join("\n"),
    );
  });

  it("lets a few records be rejected whatever share that is", () => {
    expect(guardFeed(feed(products(1), 2), undefined).ok).toBe(true);
    expect(rulesOf(guardFeed(feed(products(1), 3), undefined))).toEqual(["maxRejected"]);
    expect(rulesOf(guardFeed(feed(products(1), 1), undefined, { dropFloor: 0 }))).toEqual(["maxRejected"]);
  });

  it("counts the rules that are violated", () => {
    const report = guardFeed(feed([], 3), undefined);
    expect(formatGuard(report, { limit: 0 })).toBe(
      [
        "refused: 2 rules violated",
        "  empty        the feed has 0 items, at least 1 is expected",
        "  maxRejected  of 3 records 3 could not be written: 100 %, allowed are 5 %",
      ].join("\n"),
    );
  });

  it("is one word for a sound feed", () => {
    expect(formatGuard(guardFeed(feed(products(2)), undefined))).toBe("passed");
  });
});
