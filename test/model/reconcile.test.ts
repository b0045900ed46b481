import { describe, expect, it } from "vitest";
import type { Issue } from "../../src/errors.ts";
import type { Invoice } from "../../src/model/invoice.ts";
import type { Decimal, Line, Order } from "../../src/model/order.ts";
import { orderSchema } from "../../src/model/order.ts";
import type { ReconcileContext } from "../../src/model/place.ts";
import { reconcile } from "../../src/model/reconcile.ts";
import { totalsRuleSchema } from "../../src/model/rule.ts";
import type { TotalsRule } from "../../src/model/rule.ts";

const GROSS: TotalsRule = { basis: "gross", method: "topDown", compare: ["payable", "gross"] };
const NET: TotalsRule = { basis: "net", method: "bottomUp", compare: ["payable", "gross", "net", "vat"] };
const CZ: ReconcileContext = { country: "CZ", date: "2026-03-04" };

function line(over: Partial<Line> = {}): Line {
  return { kind: "product", name: "Hrnek", quantity: "1", ...over };
}

function order(lines: Line[], over: Partial<Order> = {}): Order {
  return { number: "2026000412", currency: "CZK", lines, ...over };
}

function codes(issues: readonly Issue[]): string[] {
  return issues.map(({ code, severity, field }) => `${code} ${severity} ${field ?? ""}`);
}

/** The only line of an order after reconciling. */
function single(over: Partial<Line>, rule: TotalsRule = GROSS): Line {
  return reconcile(order([line(over)]), rule, CZ).order.lines[0]!;
}

describe("the rule", () => {
  it("is plain data that the schema accepts, and unknown members are refused", () => {
    const rule: TotalsRule = { ...GROSS, tolerance: "1.00", fees: { basis: "auto", vat: "main" }, country: "SK" };
    expect(totalsRuleSchema.parse(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
    expect(totalsRuleSchema.safeParse({ ...GROSS, tolerence: "1" }).success).toBe(false);
    expect(totalsRuleSchema.safeParse({ ...GROSS, compare: ["paid"] }).success).toBe(false);
  });
});

describe("a line with the price of one piece with VAT", () => {
  it("of 399.00 holds 69.25 VAT", () => {
    expect(single({ vatRate: "21", unitPrice: { gross: "399.00" } })).toMatchObject({
      unitPrice: { net: "329.75", gross: "399.00" },
      total: { net: "329.75", vat: "69.25", gross: "399.00" },
    });
  });

  it("of 100.00 holds 17.36 VAT, not 17.35", () => {
    expect(single({ vatRate: "21", unitPrice: { gross: "100.00" } }).total).toEqual({
      net: "82.64",
      vat: "17.36",
      gross: "100.00",
    });
  });

  it("of 2 × 199.50 is rounded on the line, so its net unit price needs four decimals", () => {
    expect(single({ quantity: "2", vatRate: "21", unitPrice: { gross: "199.50" } })).toMatchObject({
      unitPrice: { net: "164.8760", gross: "199.50" },
      total: { net: "329.75", vat: "69.25", gross: "399.00" },
    });
  });

  it("of 2 × 199.50 is rounded on the piece where the rule says so", () => {
    const rule: TotalsRule = { ...GROSS, rounding: "perUnit" };
    expect(single({ quantity: "2", vatRate: "21", unitPrice: { gross: "199.50" } }, rule)).toMatchObject({
      unitPrice: { net: "164.88", gross: "199.50" },
      total: { net: "329.76", vat: "69.24", gross: "399.00" },
    });
  });

  it("rounds a unit price of three decimals before anything else where the rule rounds per piece", () => {
    const rule: TotalsRule = { ...GROSS, rounding: "perUnit" };
    expect(single({ quantity: "2", vatRate: "21", unitPrice: { gross: "10.005" } }, rule).total).toEqual({
      net: "16.54",
      vat: "3.48",
      gross: "20.02",
    });
    expect(
      single({ quantity: "2", vatRate: "21", unitPrice: { net: "10.005" } }, { ...rule, basis: "net" }).total,
    ).toEqual({
      net: "20.02",
      vat: "4.20",
      gross: "24.22",
    });
  });

  it("takes a large quantity to six and eight decimals of the net unit price", () => {
    const large = single({ quantity: "300", vatRate: "21", unitPrice: { gross: "0.10" } });
    expect(large.total).toEqual({ net: "24.79", vat: "5.21", gross: "30.00" });
    expect(large.unitPrice?.net).toBe("0.082645");
    expect(single({ quantity: "1000000", vatRate: "21", unitPrice: { gross: "0.10" } }).unitPrice?.net).toBe(
      "0.08264463",
    );
  });

  it("may weigh less than one unit or be returned", () => {
    expect(single({ quantity: "0.333", vatRate: "12", unitPrice: { gross: "100.00" } }).total).toEqual({
      net: "29.73",
      vat: "3.57",
      gross: "33.30",
    });
    expect(single({ quantity: "-2", vatRate: "21", unitPrice: { gross: "199.50" } }).total).toEqual({
      net: "-329.75",
      vat: "-69.25",
      gross: "-399.00",
    });
  });

  it("follows the leading side when the shop states both", () => {
    const both = { quantity: "2", vatRate: "21", unitPrice: { net: "164.88", gross: "199.50" } } as const;
    expect(single(both).total).toEqual({ net: "329.75", vat: "69.25", gross: "399.00" });
    expect(single(both, NET).total).toEqual({ net: "329.76", vat: "69.25", gross: "399.01" });
    expect(single(both, { ...GROSS, basis: "both" }).total).toEqual({ net: "329.76", vat: "69.24", gross: "399.00" });
    expect(single(both, { ...NET, rounding: "perUnit" }).total).toEqual({
      net: "329.76",
      vat: "69.24",
      gross: "399.00",
    });
  });
});

describe("a line with the price of one piece without VAT", () => {
  it("gets VAT on top", () => {
    expect(single({ quantity: "3", vatRate: "21", unitPrice: { net: "82.64" } }, NET)).toMatchObject({
      unitPrice: { net: "82.64", gross: "99.9944" },
      total: { net: "247.92", vat: "52.06", gross: "299.98" },
    });
  });

  it("rounds on the piece where the rule says so", () => {
    const rule: TotalsRule = { ...NET, rounding: "perUnit" };
    expect(single({ quantity: "3", vatRate: "21", unitPrice: { net: "82.64" } }, rule)).toMatchObject({
      unitPrice: { net: "82.64", gross: "99.99" },
      total: { net: "247.92", vat: "52.05", gross: "299.97" },
    });
  });
});

describe("a line with its total only", () => {
  it("gets the other side and unit prices", () => {
    expect(single({ quantity: "2", vatRate: "21", total: { gross: "399.00" } })).toMatchObject({
      unitPrice: { net: "164.8750", gross: "199.50" },
      total: { net: "329.75", vat: "69.25", gross: "399.00" },
    });
    expect(single({ quantity: "1", vatRate: "21", total: { net: "100" } }).total).toEqual({
      net: "100",
      vat: "21.00",
      gross: "121.00",
    });
  });

  it("gets the third of net, VAT and gross from the two others", () => {
    expect(single({ total: { net: "100.00", vat: "21.00" } })).toMatchObject({
      vatRate: "21",
      total: { gross: "121.00" },
    });
    expect(single({ total: { vat: "21.00", gross: "121.00" } })).toMatchObject({
      vatRate: "21",
      total: { net: "100.00" },
    });
    expect(single({ total: { net: "100.00", gross: "112.00" } })).toMatchObject({
      vatRate: "12",
      total: { vat: "12.00" },
    });
  });

  it("of six decimals gets derived amounts of two", () => {
    expect(single({ vatRate: "21", total: { gross: "605.000000" } }).total).toEqual({
      net: "500.00",
      vat: "105.00",
      gross: "605.000000",
    });
    expect(single({ vatRate: "21", total: { net: "82.644628" } }, NET).total).toEqual({
      net: "82.644628",
      vat: "17.36",
      gross: "100.00",
    });
    const { order: result } = reconcile(order([line({ vatRate: "21", total: { net: "82.644628" } })]), NET, CZ);
    expect(result.vatBreakdown).toEqual([{ rate: "21", net: "82.64", vat: "17.35", gross: "99.99" }]);
    const both = line({ vatRate: "21", total: { net: "82.644628", gross: "100.004000" } });
    expect(reconcile(order([both]), { ...NET, basis: "both" }, CZ).order.vatBreakdown).toEqual([
      { rate: "21", net: "82.64", vat: "17.36", gross: "100.00" },
    ]);
  });

  it("believes VAT that is stated beside unit prices", () => {
    expect(single({ quantity: "2", unitPrice: { gross: "60.50" }, total: { vat: "21.00" } })).toMatchObject({
      vatRate: "21",
      total: { net: "100.00", vat: "21.00", gross: "121.00" },
    });
    expect(single({ quantity: "2", unitPrice: { net: "50.004" }, total: { vat: "21.001" } }, NET).total).toEqual({
      net: "100.01",
      vat: "21.001",
      gross: "121.01",
    });
  });

  it("of no pieces keeps its total and has no unit price", () => {
    const none = single({ quantity: "0", vatRate: "21", total: { gross: "0.00" } });
    expect(none.total).toEqual({ net: "0.00", vat: "0.00", gross: "0.00" });
    expect(none).not.toHaveProperty("unitPrice");
  });
});

/** The example order of Shoptet's export: two shirts, a coupon, shipping, and a payment method for nothing. */
const shoptet = order(
  [
    line({
      quantity: "2",
      vatRate: "21",
      unitPrice: { net: "400.00", gross: "484.00" },
      total: { net: "800.00", vat: "168.00", gross: "968.00" },
    }),
    line({
      kind: "discount",
      vatRate: "21",
      unitPrice: { net: "-40.00", gross: "-48.40" },
      total: { net: "-40.00", vat: "-8.40", gross: "-48.40" },
    }),
    line({
      kind: "shipping",
      vatRate: "21",
      unitPrice: { net: "69.42", gross: "84.00" },
      total: { net: "69.42", vat: "14.58", gross: "84.00" },
    }),
    line({
      kind: "payment",
      vatRate: "21",
      unitPrice: { net: "0", gross: "0" },
      total: { net: "0", vat: "0", gross: "0" },
    }),
  ],
  { totals: { net: "829.42", vat: "174.18", gross: "1003.60", rounding: "0.40", payable: "1004.00" } },
);
const SHOPTET: TotalsRule = { basis: "both", method: "topDown", compare: ["payable", "gross", "net", "vat"] };

describe("an order that states everything", () => {
  const { order: result, issues } = reconcile(shoptet, SHOPTET, CZ);

  it("has no issues and gets a VAT breakdown only", () => {
    expect(issues).toEqual([]);
    expect(result.lines).toEqual(shoptet.lines);
    expect(result.totals).toEqual(shoptet.totals);
    expect(result.vatBreakdown).toEqual([{ rate: "21", net: "829.42", vat: "174.18", gross: "1003.60" }]);
  });

  it("stays as it was", () => {
    expect(shoptet).not.toHaveProperty("vatBreakdown");
    expect(result).not.toBe(shoptet);
  });

  it("is valid by the schema afterwards", () => {
    expect(orderSchema.parse(result)).toEqual(result);
  });

  it("has a mismatch when a line is missing, with both numbers and the difference", () => {
    const short = { ...shoptet, lines: shoptet.lines.slice(0, 2) };
    const found = reconcile(short, SHOPTET, { ...CZ, key: "2026000412" }).issues;
    expect(codes(found)).toEqual([
      "TOTAL_MISMATCH error totals.payable",
      "TOTAL_MISMATCH error totals.gross",
      "TOTAL_MISMATCH error totals.net",
      "TOTAL_MISMATCH error totals.vat",
    ]);
    expect(found[0]).toEqual({
      code: "TOTAL_MISMATCH",
      severity: "error",
      key: "2026000412",
      field: "totals.payable",
      message: "the shop states 1003.60, without the rounding of 0.40, the lines give 919.60, difference 84.00",
    });
    expect(found[1]?.message).toBe("the shop states 1003.60, the lines give 919.60, difference 84.00");
  });

  it("compares only what the rule names", () => {
    const short = { ...shoptet, lines: shoptet.lines.slice(0, 2) };
    expect(codes(reconcile(short, { ...SHOPTET, compare: ["net"] }, CZ).issues)).toEqual([
      "TOTAL_MISMATCH error totals.net",
    ]);
  });
});

describe("tolerances", () => {
  const off = (payable: Decimal, rule: Partial<TotalsRule> = {}): string[] =>
    codes(
      reconcile(
        order([line({ vatRate: "21", total: { gross: "100.00" } })], { totals: { payable } }),
        { ...GROSS, ...rule },
        CZ,
      ).issues,
    );

  it("of payable and gross are zero unless stated", () => {
    expect(off("100.00")).toEqual([]);
    expect(off("100.01")).toEqual(["TOTAL_MISMATCH error totals.payable"]);
    expect(off("101.00", { tolerance: "1.00" })).toEqual([]);
    expect(off("99.00", { tolerance: "1.00" })).toEqual([]);
    expect(off("101.01", { tolerance: "1.00" })).toEqual(["TOTAL_MISMATCH error totals.payable"]);
  });

  it("of net and VAT are a cent a line unless stated", () => {
    const lines = [1, 2, 3].map(() => line({ vatRate: "21", unitPrice: { gross: "100.00" } }));
    const found = (net: Decimal, vat: Decimal, rule: Partial<TotalsRule> = {}): string[] =>
      codes(
        reconcile(order(lines, { totals: { net, vat } }), { ...GROSS, compare: ["net", "vat"], ...rule }, CZ).issues,
      );
    expect(found("247.93", "52.07")).toEqual([]);
    expect(found("247.96", "52.05")).toEqual([]);
    expect(found("247.97", "52.07")).toEqual(["TOTAL_MISMATCH error totals.net"]);
    expect(found("247.93", "52.03")).toEqual(["TOTAL_MISMATCH error totals.vat"]);
    expect(found("247.96", "52.07", { netTolerance: "0.00" })).toEqual(["TOTAL_MISMATCH error totals.net"]);
  });
});

describe("totals", () => {
  it("are derived from the VAT per rate where the shop states none", () => {
    const lines = [1, 2, 3].map(() => line({ vatRate: "21", unitPrice: { gross: "100.00" } }));
    const { order: result, issues } = reconcile(order(lines), GROSS, CZ);
    expect(result.totals).toEqual({ net: "247.93", vat: "52.07", gross: "300.00", payable: "300.00" });
    expect(result.vatBreakdown).toEqual([{ rate: "21", net: "247.93", vat: "52.07", gross: "300.00" }]);
    expect(codes(issues)).toEqual(["TOTAL_UNCHECKED warning totals"]);
  });

  it("follow the lines where the stated net total is their sum", () => {
    const lines = [1, 2, 3].map(() => line({ vatRate: "21", unitPrice: { gross: "100.00" } }));
    const { order: result } = reconcile(order(lines, { totals: { net: "247.92", gross: "300.00" } }), GROSS, CZ);
    expect(result.totals).toEqual({ net: "247.92", vat: "52.08", gross: "300.00", payable: "300.00" });
    expect(result.vatBreakdown).toEqual([{ rate: "21", net: "247.92", vat: "52.08", gross: "300.00" }]);
  });

  it("without VAT in a shop with net prices are taxed per rate", () => {
    const lines = [1, 2, 3].map(() => line({ vatRate: "21", unitPrice: { net: "82.64" } }));
    const totals = { net: "247.92", vat: "52.06", gross: "299.98", payable: "299.98" } as const;
    const { order: result, issues } = reconcile(order(lines, { totals }), NET, CZ);
    expect(issues).toEqual([]);
    expect(result.vatBreakdown).toEqual([{ rate: "21", net: "247.92", vat: "52.06", gross: "299.98" }]);
    expect(result.lines[0]?.total).toEqual({ net: "82.64", vat: "17.35", gross: "99.99" });
  });

  it("get what is missing from each other first", () => {
    const priced = [line({ vatRate: "21", total: { gross: "121.00" } })];
    const complete = (totals: Order["totals"]): Order["totals"] =>
      reconcile(order(priced, { totals }), { ...GROSS, tolerance: "5" }, CZ).order.totals;
    expect(complete({ gross: "120.00", net: "99.50" })).toMatchObject({ vat: "20.50", payable: "120.00" });
    expect(complete({ gross: "120.00", vat: "20.50" })).toMatchObject({ net: "99.50" });
    expect(complete({ net: "99.50", vat: "20.50" })).toMatchObject({ gross: "120.00", payable: "120.00" });
    const unknown = (totals: Order["totals"], over: Partial<Line>): Order["totals"] =>
      reconcile(order([line(over)], { totals }), GROSS, CZ).order.totals;
    expect(unknown({ net: "100.00" }, { total: { vat: "21.00" } })).toMatchObject({ vat: "21.00", gross: "121.00" });
    expect(unknown({ gross: "121.00" }, { total: { vat: "21.00" } })).toMatchObject({ net: "100.00", vat: "21.00" });
    expect(unknown({ gross: "121.00" }, { total: { net: "100.00" } })).toMatchObject({ net: "100.00", vat: "21.00" });
    expect(unknown({ rounding: "0.50" }, {})).toEqual({ rounding: "0.50" });
    expect(complete({ rounding: "-0.50" })).toEqual({
      rounding: "-0.50",
      net: "100.00",
      vat: "21.00",
      gross: "121.00",
      payable: "120.50",
    });
  });

  it("that contradict each other are a mismatch", () => {
    const totals = { net: "100.00", vat: "20.00", gross: "121.00" } as const;
    const { issues } = reconcile(order([line({ vatRate: "21", total: { gross: "121.00" } })], { totals }), GROSS, CZ);
    expect(codes(issues)).toEqual(["TOTAL_MISMATCH error totals.gross"]);
    expect(issues[0]?.message).toBe("the shop states 121.00, net + VAT is 120.00, difference 1.00");
  });

  it("of an order without lines are zero", () => {
    const { order: result } = reconcile(order([]), GROSS, CZ);
    expect(result.totals).toEqual({ net: "0.00", vat: "0.00", gross: "0.00", payable: "0.00" });
    expect(result.vatBreakdown).toEqual([]);
  });

  it("cannot be checked when a line has no price", () => {
    const lines = [line({ vatRate: "21", total: { gross: "100.00" } }), line({ kind: "other" })];
    const { order: result, issues } = reconcile(order(lines, { totals: { gross: "100.00" } }), GROSS, CZ);
    expect(codes(issues)).toEqual(["TOTAL_UNCHECKED warning totals"]);
    expect(result.totals).toEqual({ gross: "100.00", payable: "100.00" });
    expect(result).not.toHaveProperty("vatBreakdown");
    expect(result.lines[1]).toBe(lines[1]);
  });

  it("leave out a gift without a price", () => {
    const lines = [line({ vatRate: "21", total: { gross: "100.00" } }), line({ kind: "gift" })];
    const { order: result, issues } = reconcile(order(lines, { totals: { gross: "100.00" } }), GROSS, CZ);
    expect(issues).toEqual([]);
    expect(result.totals?.net).toBe("82.64");
    expect(result.lines[1]).toEqual(lines[1]);
  });

  it("hold a rounding line outside VAT", () => {
    const lines = [
      line({ vatRate: "21", total: { gross: "100.40" } }),
      line({ kind: "rounding", total: { gross: "-0.40" } }),
    ];
    const { order: result, issues } = reconcile(order(lines, { totals: { payable: "100.00" } }), GROSS, CZ);
    expect(issues).toEqual([]);
    expect(result.lines[1]?.total).toEqual({ net: "-0.40", vat: "0.00", gross: "-0.40" });
    expect(result.lines[1]).not.toHaveProperty("vatRate");
    expect(result.vatBreakdown).toEqual([{ rate: "21", net: "82.98", vat: "17.42", gross: "100.40" }]);
    expect(result.totals).toEqual({ net: "82.58", vat: "17.42", gross: "100.00", payable: "100.00" });
  });
});

/** The example order of a Bohemiasoft shop: a mug twice, tea, shipping 79, cash on delivery 39. */
function bohemiasoft(
  over: Partial<Order>,
  prices: readonly [Line["unitPrice"], Line["unitPrice"]],
  rates: boolean,
): Order {
  return order(
    [
      line({ quantity: "2", unitPrice: prices[0], ...(rates && { vatRate: "21" }) }),
      line({ quantity: "1", unitPrice: prices[1], ...(rates && { vatRate: "12" }) }),
      line({ kind: "shipping", unitPrice: { gross: "79" } }),
      line({ kind: "payment", unitPrice: { gross: "39" } }),
    ],
    over,
  );
}
const BOHEMIASOFT: TotalsRule = {
  basis: "both",
  method: "topDown",
  compare: ["gross", "net"],
  tolerance: "1.00",
  fees: { basis: "auto", vat: "main" },
};

describe("fees whose price basis is not stated", () => {
  it("do not matter to a shop that pays no VAT", () => {
    const input = bohemiasoft(
      { vatRegime: "nonPayer", totals: { net: "736", gross: "736" } },
      [
        { net: "249", gross: "249" },
        { net: "120", gross: "120" },
      ],
      false,
    );
    const { order: result, issues } = reconcile(input, BOHEMIASOFT, CZ);
    expect(issues).toEqual([]);
    expect(result.vatBreakdown).toEqual([]);
    expect(result.totals).toEqual({ net: "736", gross: "736", vat: "0.00", payable: "736.00" });
    expect(result.lines[0]).toEqual({
      ...input.lines[0],
      total: { net: "498.00", vat: "0.00", gross: "498.00" },
    });
    expect(result.lines[2]).toEqual({
      ...input.lines[2],
      unitPrice: { net: "79.00", gross: "79" },
      total: { net: "79.00", vat: "0.00", gross: "79.00" },
    });
  });

  const prices = [
    { net: "205.79", gross: "249" },
    { net: "107.14", gross: "120" },
  ] as const;

  it("are with VAT when that hits the total with VAT", () => {
    // 618 + 118 gross; net 411.58 + 107.14 + 65.29 + 32.23
    const input = bohemiasoft({ totals: { net: "616.24", gross: "736" } }, prices, true);
    const { order: result, issues } = reconcile(input, BOHEMIASOFT, CZ);
    expect(issues).toEqual([]);
    expect(result.lines[2]).toMatchObject({
      vatRate: "21",
      unitPrice: { net: "65.29", gross: "79" },
      total: { net: "65.29", vat: "13.71", gross: "79.00" },
    });
    expect(result.vatBreakdown).toEqual([
      { rate: "21", net: "509.10", vat: "106.90", gross: "616.00" },
      { rate: "12", net: "107.14", vat: "12.86", gross: "120.00" },
    ]);
  });

  it("are without VAT when that hits the total without VAT", () => {
    // net 411.58 + 107.14 + 118; gross 618 + 95.59 + 47.19
    const input = bohemiasoft({ totals: { net: "636.72", gross: "760.78" } }, prices, true);
    const { order: result, issues } = reconcile(input, BOHEMIASOFT, CZ);
    expect(issues).toEqual([]);
    expect(result.lines[2]).toEqual({
      kind: "shipping",
      name: "Hrnek",
      quantity: "1",
      vatRate: "21",
      unitPrice: { net: "79", gross: "95.59" },
      total: { net: "79.00", vat: "16.59", gross: "95.59" },
    });
    expect(result.lines[3]?.unitPrice).toEqual({ net: "39", gross: "47.19" });
    expect(result.totals).toEqual({ net: "636.72", vat: "124.06", gross: "760.78", payable: "760.78" });
  });

  it("stay with VAT, with a warning, when neither total is hit", () => {
    const input = bohemiasoft({ totals: { net: "700.00", gross: "800.00" } }, prices, true);
    const { order: result, issues } = reconcile(input, BOHEMIASOFT, CZ);
    expect(result.lines[2]?.unitPrice).toEqual({ net: "65.29", gross: "79" });
    expect(codes(issues)).toEqual([
      "TOTAL_UNCHECKED warning lines[2].unitPrice.gross",
      "TOTAL_MISMATCH error totals.gross",
      "TOTAL_MISMATCH error totals.net",
    ]);
  });

  it("stay with VAT, with a warning, when both totals are hit", () => {
    const input = bohemiasoft({ totals: { net: "636.72", gross: "736" } }, prices, true);
    const { order: result, issues } = reconcile(input, BOHEMIASOFT, CZ);
    expect(result.lines[2]?.unitPrice?.gross).toBe("79");
    expect(codes(issues)[0]).toBe("TOTAL_UNCHECKED warning lines[2].unitPrice.gross");
  });

  it("raise no question when they are free, when both sides are stated, or when the rule takes them as stated", () => {
    const free = bohemiasoft({ totals: { net: "518.72", gross: "618" } }, prices, true);
    free.lines[2] = line({ kind: "shipping", unitPrice: { gross: "0" } });
    free.lines[3] = line({ kind: "payment", vatRate: "21", unitPrice: { net: "0", gross: "0" } });
    expect(reconcile(free, BOHEMIASOFT, CZ).issues).toEqual([]);
    const stated = bohemiasoft({ totals: { gross: "736" } }, prices, true);
    const rule: TotalsRule = { ...BOHEMIASOFT, fees: { basis: "stated", vat: "main" } };
    expect(reconcile(stated, rule, CZ).issues).toEqual([]);
  });

  it("may be stated as line totals", () => {
    const input = bohemiasoft({ totals: { net: "636.72", gross: "760.78" } }, prices, true);
    input.lines[2] = line({ kind: "shipping", total: { gross: "79" } });
    const { order: result, issues } = reconcile(input, BOHEMIASOFT, CZ);
    expect(issues).toEqual([]);
    expect(result.lines[2]?.total).toEqual({ net: "79", vat: "16.59", gross: "95.59" });
  });
});

describe("the VAT rate of fees", () => {
  const goods = [
    line({ vatRate: "12", unitPrice: { gross: "300.00" } }),
    line({ vatRate: "21", unitPrice: { gross: "200.00" } }),
  ];
  const rate = (
    vat: NonNullable<TotalsRule["fees"]>["vat"],
    lines = goods,
    over: Partial<Order> = {},
  ): string | undefined => {
    const input = order([...lines, line({ kind: "shipping", unitPrice: { gross: "99.00" } })], over);
    return reconcile(input, { ...GROSS, fees: { basis: "stated", vat } }, CZ).order.lines.at(-1)?.vatRate;
  };

  it("is by the rule that of most goods, the highest of the goods, or the standard one", () => {
    expect(rate("main")).toBe("12");
    expect(rate("highest")).toBe("21");
    expect(rate("standard")).toBe("21");
    expect(rate("standard", goods.slice(0, 1))).toBe("21");
    expect(rate("highest", goods.slice(0, 1))).toBe("12");
    expect(rate("stated")).toBeUndefined();
  });

  it("counts most goods by their price with VAT, and takes the higher rate of two alike", () => {
    expect(rate("main", [...goods, line({ vatRate: "21", unitPrice: { gross: "100.01" } })])).toBe("21");
    expect(rate("main", [...goods, line({ vatRate: "21", unitPrice: { gross: "100.00" } })])).toBe("21");
    expect(rate("main", [...goods, line({ vatRate: "21", unitPrice: { gross: "99.99" } })])).toBe("12");
  });

  it("is unknown when no goods have one", () => {
    expect(rate("main", [])).toBeUndefined();
    expect(rate("standard", [])).toBe("21");
  });

  it("is the stated one or the one that net and gross give, before any rule", () => {
    const fees = [
      line({ kind: "shipping", vatRate: "21", unitPrice: { gross: "99.00" } }),
      line({ kind: "payment", unitPrice: { net: "100.00", gross: "121.00" } }),
      line({ kind: "payment", unitPrice: { gross: "0" } }),
    ];
    const rule: TotalsRule = { ...GROSS, fees: { basis: "stated", vat: "main" } };
    const { lines } = reconcile(order([goods[0]!, ...fees]), rule, CZ).order;
    expect(lines.map(({ vatRate }) => vatRate)).toEqual(["12", "21", "21", "12"]);
  });

  it("is zero under reverse charge, whatever the rule", () => {
    expect(rate("standard", [line({ unitPrice: { net: "100.00" } })], { vatRegime: "reverseCharge" })).toBe("0");
  });

  it("is none in a shop that pays no VAT", () => {
    expect(rate("standard", goods, { vatRegime: "nonPayer" })).toBeUndefined();
  });
});

describe("an order without VAT rates, as PrestaShop has it", () => {
  const prestashop = order(
    [
      line({ quantity: "2", unitPrice: { net: "250.000000", gross: "302.500000" } }),
      line({ unitPrice: { net: "300.000000", gross: "336.000000" } }),
      line({ kind: "shipping", vatRate: "21.000", unitPrice: { net: "80.000000", gross: "96.800000" } }),
      line({ kind: "discount", unitPrice: { net: "-80.000000", gross: "-94.100000" } }),
    ],
    { totals: { net: "800.000000", payable: "943.700000" } },
  );
  const PRESTASHOP: TotalsRule = { basis: "both", method: "topDown", compare: ["payable", "net"] };

  it("gets them from net and gross, and shares the discount among the goods", () => {
    const { order: result, issues } = reconcile(prestashop, PRESTASHOP, CZ);
    expect(issues).toEqual([]);
    expect(result.lines.map(({ vatRate }) => vatRate)).toEqual(["21", "12", "21.000", undefined]);
    expect(result.lines[0]?.total).toEqual({ net: "500.00", vat: "105.00", gross: "605.00" });
    expect(result.lines[3]?.total).toEqual({ net: "-80.00", vat: "-14.10", gross: "-94.10" });
    expect(result.vatBreakdown).toEqual([
      { rate: "21", net: "530.00", vat: "111.30", gross: "641.30" },
      { rate: "12", net: "270.00", vat: "32.40", gross: "302.40" },
    ]);
    expect(result.totals).toEqual({ net: "800.000000", vat: "143.70", gross: "943.70", payable: "943.700000" });
  });

  it("derives the side of a shared discount that is not stated", () => {
    const half = (unitPrice: Line["unitPrice"]): Line | undefined =>
      reconcile(
        { ...prestashop, lines: [...prestashop.lines.slice(0, 3), line({ kind: "discount", unitPrice })] },
        PRESTASHOP,
        CZ,
      ).order.lines[3];
    expect(half({ gross: "-94.10" })).toMatchObject({
      unitPrice: { net: "-80.00", gross: "-94.10" },
      total: { net: "-80.00", vat: "-14.10", gross: "-94.10" },
    });
    expect(half({ net: "-80.00" })?.total).toEqual({ net: "-80.00", vat: "-14.10", gross: "-94.10" });
  });

  it("warns when the discount is not spread as the goods are", () => {
    const lines = [
      ...prestashop.lines.slice(0, 3),
      line({ kind: "discount", total: { net: "-78.00", gross: "-94.10" } }),
    ];
    const { order: result, issues } = reconcile({ ...prestashop, lines }, { ...PRESTASHOP, compare: ["payable"] }, CZ);
    expect(codes(issues)).toEqual(["VAT_MISMATCH warning lines[3].total.net"]);
    expect(result.vatBreakdown?.map(({ gross }) => gross)).toEqual(["641.30", "302.40"]);
  });

  it("leaves the cents of a shared discount with the largest part of the goods", () => {
    const goods = [
      line({ vatRate: "12", unitPrice: { gross: "100.00" } }),
      line({ vatRate: "21", unitPrice: { gross: "100.01" } }),
      line({ vatRate: "0", unitPrice: { gross: "100.00" } }),
    ];
    const shared = (discount: Decimal): (string | undefined)[] => {
      const input = order([...goods, line({ kind: "discount", unitPrice: { gross: discount } })]);
      return reconcile(input, GROSS, CZ).order.vatBreakdown?.map(({ gross }) => gross) ?? [];
    };
    expect(shared("-30.01")).toEqual(["90.00", "90.00", "90.00"]);
    expect(shared("-10.00")).toEqual(["96.67", "96.67", "96.67"]);
    expect(shared("-20.00")).toEqual(["93.35", "93.33", "93.33"]);
  });

  it("takes a discount of which the stated sides fit the parts to a cent a rate", () => {
    const found = (net: Decimal): string[] => {
      const lines = [...prestashop.lines.slice(0, 3), line({ kind: "discount", total: { net, gross: "-94.10" } })];
      return codes(reconcile({ ...prestashop, lines }, { ...PRESTASHOP, compare: ["payable"] }, CZ).issues);
    };
    expect(found("-80.02")).toEqual([]);
    expect(found("-79.98")).toEqual([]);
    expect(found("-80.03")).toEqual(["VAT_MISMATCH warning lines[3].total.net"]);
    const lines = [
      ...prestashop.lines.slice(0, 3),
      line({ kind: "discount", total: { net: "-80.02", gross: "-94.10" } }),
    ];
    const { vatBreakdown } = reconcile(order(lines), PRESTASHOP, CZ).order;
    expect(vatBreakdown?.map(({ net }) => net)).toEqual(["529.98", "270.00"]);
  });

  it("gives a discount the rate of the goods if they have one only", () => {
    const lines = [prestashop.lines[0]!, line({ kind: "discount", unitPrice: { gross: "-60.50" } })];
    const { order: result } = reconcile(order(lines), PRESTASHOP, CZ);
    expect(result.lines[1]).toMatchObject({ vatRate: "21", total: { net: "-50.00", vat: "-10.50", gross: "-60.50" } });
  });

  it("finds the rates of the country of delivery", () => {
    const lines = [line({ unitPrice: { net: "100.00", gross: "123.00" } })];
    const customer = { shipping: { country: "SK" } };
    const { order: result, issues } = reconcile(order(lines, { customer, vatRegime: "oss" }), PRESTASHOP, CZ);
    expect(result.lines[0]?.vatRate).toBe("23");
    expect(codes(issues)).toEqual(["TOTAL_UNCHECKED warning totals"]);
  });

  it("prefers the country of delivery with OSS only", () => {
    const table = {
      CZ: [{ from: "2024-01-01", standard: "21", reduced: [] }],
      SK: [{ from: "2024-01-01", standard: "23", reduced: [] }],
    } as const;
    const lines = [line({ unitPrice: { net: "0.41", gross: "0.50" } })];
    const customer = { shipping: { country: "SK" } };
    const found = (vatRegime: Order["vatRegime"]): string | undefined =>
      reconcile(order(lines, { customer, vatRegime }), PRESTASHOP, { ...CZ, vatTable: table }).order.lines[0]?.vatRate;
    expect(found("standard")).toBe("21");
    expect(found("oss")).toBe("23");
  });
});

describe("lines that contradict themselves", () => {
  const found = (over: Partial<Line>, rule: TotalsRule = GROSS): string[] =>
    codes(reconcile(order([line({ vatRate: "21", ...over })]), { ...rule, compare: [] }, CZ).issues).filter(
      (code) => !code.startsWith("TOTAL_UNCHECKED"),
    );

  it("are a warning up to a cent a piece, an error beyond", () => {
    const three = (gross: Decimal): string[] =>
      found({ quantity: "3", unitPrice: { gross: "100.00" }, total: { gross } });
    expect(three("300.00")).toEqual([]);
    expect(three("300.03")).toEqual(["LINE_MISMATCH warning lines[0].total.gross"]);
    expect(three("299.97")).toEqual(["LINE_MISMATCH warning lines[0].total.gross"]);
    expect(three("300.04")).toEqual(["LINE_MISMATCH error lines[0].total.gross"]);
  });

  it("may differ by a cent as a warning even for a part of a piece", () => {
    const part = (gross: Decimal): string[] =>
      found({ quantity: "0.5", unitPrice: { gross: "100.00" }, total: { gross } });
    expect(part("50.01")).toEqual(["LINE_MISMATCH warning lines[0].total.gross"]);
    expect(part("50.02")).toEqual(["LINE_MISMATCH error lines[0].total.gross"]);
  });

  it("are no issue where the unit price of the side that does not lead is rounded", () => {
    const rounded = { quantity: "2", unitPrice: { net: "164.88" }, total: { net: "329.75", gross: "399.00" } } as const;
    expect(found(rounded)).toEqual([]);
    expect(found(rounded, { ...GROSS, basis: "both" })).toEqual([]);
    expect(found(rounded, NET)).toEqual(["LINE_MISMATCH warning lines[0].total.net"]);
    expect(found(rounded, { ...NET, basis: "both" })).toEqual(["LINE_MISMATCH warning lines[0].total.net"]);
    expect(found({ ...rounded, total: { net: "329.74" } })).toEqual(["LINE_MISMATCH warning lines[0].total.net"]);
    expect(found({ ...rounded, total: { net: "329.73" } })).toEqual(["LINE_MISMATCH error lines[0].total.net"]);
  });

  it("multiply the rounded price where the rule rounds per unit", () => {
    const padded = { quantity: "100", unitPrice: { gross: "1.004" }, total: { gross: "100.00" } } as const;
    expect(found(padded, { ...GROSS, rounding: "perUnit" })).toEqual([]);
    expect(found(padded)).toEqual(["LINE_MISMATCH warning lines[0].total.gross"]);
  });

  it("must have net + VAT = gross", () => {
    const total = (vat: Decimal): string[] => found({ total: { net: "100.00", vat, gross: "121.00" } });
    expect(total("21.00")).toEqual([]);
    expect(total("21.005")).toEqual([]);
    expect(total("21.01")).toEqual(["LINE_MISMATCH warning lines[0].total.gross"]);
    expect(total("20.98")).toEqual(["LINE_MISMATCH error lines[0].total.gross"]);
  });

  it("name both numbers", () => {
    const { issues } = reconcile(
      order([line({ vatRate: "21", quantity: "2", unitPrice: { gross: "100.00" }, total: { gross: "210.00" } })]),
      GROSS,
      CZ,
    );
    expect(issues[0]?.message).toBe("the shop states 210.00, quantity × unit price is 200.00, difference 10.00");
  });

  it("have a rate that their amounts deny", () => {
    expect(found({ vatRate: "12", total: { net: "100.00", gross: "121.00" } })).toEqual([
      "VAT_MISMATCH warning lines[0].vatRate",
    ]);
    expect(found({ vatRate: "21", unitPrice: { net: "249", gross: "249" } })).toEqual([
      "VAT_MISMATCH warning lines[0].vatRate",
    ]);
    expect(found({ vatRate: "21", unitPrice: { net: "206", gross: "249" } })).toEqual([]);
    expect(found({ vatRate: "21", unitPrice: { net: "82.64", gross: "100.00" } })).toEqual([]);
    expect(found({ vatRate: "21", total: { net: "100.00", gross: "121.04" } })).toEqual([
      "VAT_MISMATCH warning lines[0].vatRate",
    ]);
  });

  it("state VAT though the shop pays none", () => {
    const input = order([line({ total: { net: "100.00", gross: "121.00" } })], { vatRegime: "nonPayer" });
    expect(codes(reconcile(input, GROSS, CZ).issues)[0]).toBe("VAT_MISMATCH warning lines[0].vatRate");
  });
});

describe("VAT rates", () => {
  const found = (vatRate: Decimal, over: Partial<Order> = {}, context: ReconcileContext = CZ): string[] =>
    codes(reconcile(order([line({ vatRate, total: { gross: "100.00" } })], over), GROSS, context).issues).filter(
      (code) => code.startsWith("VAT"),
    );
  const unknown = ["VAT_RATE_UNKNOWN warning lines[0].vatRate"];

  it("must be those of the day in the shop's country", () => {
    expect(found("21")).toEqual([]);
    expect(found("12.00")).toEqual([]);
    expect(found("0")).toEqual([]);
    expect(found("15")).toEqual(unknown);
    expect(found("15", {}, { country: "CZ", date: "2023-12-31" })).toEqual([]);
    expect(found("-21")).toEqual(["VAT_RATE_UNKNOWN error lines[0].vatRate"]);
  });

  it("may be those of the country of delivery or billing", () => {
    expect(found("23", { customer: { shipping: { country: "SK" } } })).toEqual([]);
    expect(found("23", { customer: { billing: { country: "SK" } } })).toEqual([]);
    expect(found("15", { customer: { billing: { country: "SK" } } })).toEqual(unknown);
  });

  it("cannot be called wrong where the table lacks a country", () => {
    expect(found("19", { customer: { shipping: { country: "DE" } } })).toEqual([]);
    expect(found("99", {}, { country: "DE" })).toEqual([]);
    expect(found("99", {}, {})).toEqual([]);
  });

  it("are looked up on the day of the tax point, else of the order, else the newest", () => {
    expect(found("15", { createdAt: "2023-12-31T23:30:00+01:00" }, { country: "CZ" })).toEqual([]);
    expect(found("15", { createdAt: "2024-01-01T00:30:00+01:00" }, { country: "CZ" })).toEqual(unknown);
    expect(found("15", { createdAt: "2024-01-01T00:30:00+01:00" }, { country: "CZ", date: "2023-12-31" })).toEqual([]);
    expect(found("15", {}, { country: "CZ" })).toEqual(unknown);
    const { number: _, ...rest } = order([line({ vatRate: "15", total: { gross: "100.00" } })]);
    const invoice: Invoice = { ...rest, documentType: "invoice", invoiceNumber: "1", issuedOn: "2023-12-31" };
    const rateIssues = (input: Invoice): string[] =>
      codes(reconcile(input, GROSS, { country: "CZ" }).issues).filter((code) => code.startsWith("VAT"));
    expect(rateIssues(invoice)).toEqual([]);
    expect(rateIssues({ ...invoice, taxPointOn: "2024-01-01" })).toEqual(unknown);
    expect(rateIssues({ ...invoice, taxPointOn: "2023-12-31", issuedOn: "2024-01-05" })).toEqual([]);
  });

  it("take the country of the rule unless the caller names one", () => {
    const input = order([line({ vatRate: "23", total: { gross: "100.00" } })]);
    const count = (context: ReconcileContext): number =>
      reconcile(input, { ...GROSS, country: "SK" }, context).issues.filter(({ code }) => code === "VAT_RATE_UNKNOWN")
        .length;
    expect(count({ date: "2026-03-04" })).toBe(0);
    expect(count(CZ)).toBe(1);
  });

  it("are reported once each", () => {
    const lines = ["15", "15.0", "7", "21"].map((vatRate) =>
      line({ vatRate: vatRate as Decimal, total: { gross: "100.00" } }),
    );
    expect(codes(reconcile(order(lines), GROSS, CZ).issues).slice(0, 2)).toEqual([
      "VAT_RATE_UNKNOWN warning lines[0].vatRate",
      "VAT_RATE_UNKNOWN warning lines[2].vatRate",
    ]);
    const { issues } = reconcile(order(lines), GROSS, CZ);
    expect(issues[0]?.message).toBe("15 is no VAT rate of CZ on 2026-03-04");
  });

  it("that are missing and cannot be derived are reported, unless there is nothing to tax", () => {
    const priced = (total: Line["total"]): string[] =>
      codes(reconcile(order([line({ total })]), GROSS, CZ).issues).filter((code) => code.startsWith("VAT"));
    expect(priced({ gross: "100.00" })).toEqual(unknown);
    expect(priced({ net: "100.00", gross: "117.00" })).toEqual(unknown);
    expect(priced({ gross: "0.00" })).toEqual([]);
    expect(priced({ gross: "100.00", net: "100.00" })).toEqual([]);
    const { order: result } = reconcile(order([line({ total: { net: "100.00", gross: "117.00" } })]), GROSS, CZ);
    expect(result).not.toHaveProperty("vatBreakdown");
    expect(result.totals).toEqual({ net: "100.00", vat: "17.00", gross: "117.00", payable: "117.00" });
  });

  it("are zero under reverse charge and for exports", () => {
    for (const vatRegime of ["reverseCharge", "export"] as const) {
      const { order: result } = reconcile(order([line({ unitPrice: { net: "100.00" } })], { vatRegime }), NET, CZ);
      expect(result.lines[0]).toMatchObject({ vatRate: "0", total: { net: "100.00", vat: "0.00", gross: "100.00" } });
      expect(result.vatBreakdown).toEqual([{ rate: "0", net: "100.00", vat: "0.00", gross: "100.00" }]);
    }
  });
});

describe("a stated VAT breakdown", () => {
  const lines = [
    line({ vatRate: "21", total: { gross: "121.00" } }),
    line({ vatRate: "12", total: { gross: "112.00" } }),
  ];
  const good = [
    { rate: "21.0", net: "100.00", vat: "21.00", gross: "121.00" },
    { rate: "12", net: "100.00", vat: "12.00", gross: "112.00" },
  ] as const;
  const found = (vatBreakdown: Order["vatBreakdown"]): string[] =>
    codes(reconcile(order(lines, { vatBreakdown, totals: { gross: "233.00" } }), GROSS, CZ).issues);

  it("stays as it stands and is compared row by row", () => {
    const { order: result, issues } = reconcile(
      order(lines, { vatBreakdown: [...good], totals: { gross: "233.00" } }),
      GROSS,
      CZ,
    );
    expect(issues).toEqual([]);
    expect(result.vatBreakdown).toEqual(good);
    expect(found([{ ...good[0], net: "100.02", vat: "20.98" }, good[1]])).toEqual([]);
    expect(found([{ ...good[0], net: "100.03", vat: "20.97" }, good[1]])).toEqual([
      "VAT_MISMATCH error vatBreakdown[0].net",
      "VAT_MISMATCH error vatBreakdown[0].vat",
    ]);
  });

  it("must have a row for each rate, and none for a rate that no line has", () => {
    expect(found([good[0]])).toEqual(["VAT_MISMATCH error vatBreakdown"]);
    expect(found([...good, { rate: "0", net: "5.00", vat: "0.00", gross: "5.00" }])).toEqual([
      "VAT_MISMATCH error vatBreakdown[2].net",
      "VAT_MISMATCH error vatBreakdown[2].gross",
    ]);
    expect(found([...good, { rate: "0", net: "0.00", vat: "0.00", gross: "0.00" }])).toEqual([]);
  });

  it("has rows from the highest rate down when it is derived, and none for free fees", () => {
    const free = line({ kind: "shipping", vatRate: "21", total: { gross: "0.00" } });
    const { order: result } = reconcile(order([lines[1]!, free]), GROSS, CZ);
    expect(result.vatBreakdown?.map(({ rate }) => rate)).toEqual(["12"]);
    expect(reconcile(order([lines[1]!, lines[0]!]), GROSS, CZ).order.vatBreakdown?.map(({ rate }) => rate)).toEqual([
      "21",
      "12",
    ]);
  });
});

describe("the numbers of the customer", () => {
  const found = (customer: Order["customer"], context: ReconcileContext = CZ): string[] =>
    codes(reconcile(order([line({ kind: "gift" })], { customer, totals: { gross: "0" } }), GROSS, context).issues);

  it("are checked by the country of billing, else of the VAT number, else of the shop", () => {
    expect(found({ companyId: "12345679", vatId: "CZ12345679" })).toEqual([]);
    expect(found({ companyId: "12345678", vatId: "CZ12345678" })).toEqual([
      "IDENTIFIER_INVALID warning customer.companyId",
      "IDENTIFIER_INVALID warning customer.vatId",
    ]);
    expect(found({ companyId: "HRB 1", billing: { country: "DE" } })).toEqual([]);
    expect(found({ companyId: "HRB 1", vatId: "DE123456789" })).toEqual([]);
    expect(found({ companyId: "HRB 1" })).toEqual(["IDENTIFIER_INVALID warning customer.companyId"]);
    expect(found({ companyId: "HRB 1" }, {})).toEqual([]);
  });

  it("hold a Slovak DIČ in Slovakia only", () => {
    expect(found({ taxId: "123", billing: { country: "SK" } })).toEqual(["IDENTIFIER_INVALID warning customer.taxId"]);
    expect(found({ taxId: "2000000002", vatId: "SK2000000002" })).toEqual([]);
    expect(found({ taxId: "123" })).toEqual([]);
  });

  it("are not repeated in the message", () => {
    const customer = { vatId: "CZ5301010012" };
    const { issues } = reconcile(order([], { customer }), GROSS, CZ);
    expect(issues.find(({ code }) => code === "IDENTIFIER_INVALID")?.message).not.toMatch(/\d/);
  });
});
