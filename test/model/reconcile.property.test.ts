import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as money from "../../src/model/money.ts";
import { lineKinds, orderSchema } from "../../src/model/order.ts";
import type { Decimal, Line, Order } from "../../src/model/order.ts";
import { reconcile } from "../../src/model/reconcile.ts";
import type { TotalsRule } from "../../src/model/rule.ts";
import * as exact from "../../src/model/scaled.ts";

const amounts: fc.Arbitrary<Decimal> = fc
  .tuple(
    fc.oneof(fc.integer({ min: -200, max: 200 }), fc.integer({ min: -900_000, max: 900_000 })),
    fc.constantFrom(0, 2, 4, 6),
  )
  .map(([units, scale]) => exact.format({ units: BigInt(units), scale }));
const quantities = fc.constantFrom<Decimal>("1", "1", "2", "3", "0.333", "-2", "0", "1000");
const rates = fc.constantFrom<Decimal | undefined>(undefined, "21", "12", "12.00", "0", "15", "-3");

/** An object with some of the members; the others are absent, not undefined. */
function some<T extends object>(members: { [K in keyof T]-?: fc.Arbitrary<NonNullable<T[K]>> }): fc.Arbitrary<
  Partial<T>
> {
  return fc.record(members, { requiredKeys: [], noNullPrototype: true }) as fc.Arbitrary<Partial<T>>;
}

const lines: fc.Arbitrary<Line> = fc
  .record({
    kind: fc.oneof(fc.constant("product" as const), fc.constantFrom(...lineKinds)),
    quantity: quantities,
    vatRate: rates,
    unitPrice: fc.option(some<NonNullable<Line["unitPrice"]>>({ net: amounts, gross: amounts }), { nil: undefined }),
    total: fc.option(some<NonNullable<Line["total"]>>({ net: amounts, vat: amounts, gross: amounts }), {
      nil: undefined,
    }),
  })
  .map(({ kind, quantity, vatRate, unitPrice, total }) => ({
    kind,
    name: "x",
    quantity,
    ...(vatRate && { vatRate }),
    ...(unitPrice && { unitPrice }),
    ...(total && { total }),
  }));

const totals = some<Omit<NonNullable<Order["totals"]>, "home" | "due">>({
  net: amounts,
  vat: amounts,
  gross: amounts,
  rounding: amounts,
  payable: amounts,
});

const regimes = fc.constantFrom<Order["vatRegime"]>(
  undefined,
  "standard",
  "nonPayer",
  "reverseCharge",
  "intraCommunity",
  "oss",
  "export",
);

const orders: fc.Arbitrary<Order> = fc
  .record({
    lines: fc.array(lines, { maxLength: 5 }),
    totals: fc.option(totals, { nil: undefined }),
    vatRegime: regimes,
    country: fc.constantFrom(undefined, "CZ", "SK", "DE"),
  })
  .map(({ lines: items, totals: sums, vatRegime, country }) => ({
    number: "1",
    currency: "CZK",
    lines: items,
    ...(sums && { totals: sums }),
    ...(vatRegime && { vatRegime }),
    ...(country && { customer: { shipping: { country } } }),
  }));

const rules: fc.Arbitrary<TotalsRule> = fc
  .record({
    basis: fc.constantFrom("gross", "net", "both"),
    method: fc.constantFrom("topDown", "bottomUp"),
    rounding: fc.constantFrom("perLine", "perUnit"),
    compare: fc.subarray<TotalsRule["compare"][number]>(["payable", "gross", "net", "vat"]),
    tolerance: fc.constantFrom<Decimal>("0.00", "1.00", "1000000"),
    feeBasis: fc.constantFrom("stated", "auto"),
    feeVat: fc.constantFrom("main", "highest", "standard", "stated"),
  })
  .map(({ feeBasis, feeVat, ...rule }) => ({ ...rule, fees: { basis: feeBasis, vat: feeVat } }));

const context = { country: "CZ", date: "2026-03-04" };
const runs = { numRuns: 3000, seed: 20260304 };

function freeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) {
    Object.values(value).forEach(freeze);
    Object.freeze(value);
  }
  return value;
}

/** Whether everything in `part` stands in `whole`, to the character. */
function holds(whole: unknown, part: unknown): boolean {
  if (typeof part !== "object" || part === null) {
    return whole === part;
  }
  return (
    typeof whole === "object" &&
    whole !== null &&
    Object.entries(part).every(([name, value]) => holds((whole as Record<string, unknown>)[name], value))
  );
}

describe("reconcile, for any order and rule,", () => {
  it("neither throws nor touches its input, and gives a valid order", () => {
    fc.assert(
      fc.property(orders, rules, (order, rule) => {
        const { order: result } = reconcile(freeze(order), rule, context);
        expect(orderSchema.safeParse(result).error).toBeUndefined();
        expect(result).toStrictEqual(JSON.parse(JSON.stringify(result)));
      }),
      runs,
    );
  });

  it("is idempotent", () => {
    fc.assert(
      fc.property(orders, rules, (order, rule) => {
        const once = reconcile(order, rule, context).order;
        expect(reconcile(once, rule, context).order).toEqual(once);
      }),
      runs,
    );
  });

  it("never changes what is stated", () => {
    fc.assert(
      fc.property(orders, rules, (order, rule) => {
        const stated = { ...rule, fees: { basis: "stated" as const, vat: rule.fees?.vat ?? "main" } };
        const { order: result } = reconcile(order, stated, context);
        expect(holds(result, order)).toBe(true);
      }),
      runs,
    );
  });

  it("at most moves the price of a fee from the side with VAT to the other one", () => {
    fc.assert(
      fc.property(orders, rules, (order, rule) => {
        const { order: result } = reconcile(order, rule, context);
        order.lines.forEach((line, index) => {
          const { unitPrice, total } = result.lines[index]!;
          const moved =
            (line.kind === "shipping" || line.kind === "payment") &&
            holds({ ...unitPrice, gross: unitPrice?.net }, line.unitPrice ?? {}) &&
            holds({ ...total, gross: total?.net }, line.total ?? {});
          expect(moved || holds(result.lines[index], line)).toBe(true);
        });
      }),
      runs,
    );
  });

  it("gives a VAT breakdown that adds up to the totals", () => {
    fc.assert(
      fc.property(orders, rules, ({ totals: _, ...order }, rule) => {
        const { order: result } = reconcile(order as Order, rule, context);
        const rows = result.vatBreakdown;
        fc.pre(rows !== undefined);
        for (const { net, vat, gross } of rows) {
          expect(money.add(net, vat)).toBe(gross);
        }
        const free = result.lines.filter(
          ({ kind, vatRate, total }) =>
            total?.gross !== undefined &&
            (result.vatRegime === "nonPayer" || (kind === "rounding" && vatRate === undefined)),
        );
        const freeGross = money.round(money.sum(free.map((line) => line.total!.gross!)), 2);
        expect(result.totals?.gross).toBe(money.add(money.sum(rows.map(({ gross }) => gross!)), freeGross));
        expect(result.totals?.net).toBe(money.add(money.sum(rows.map(({ net }) => net)), freeGross));
        expect(result.totals?.vat).toBe(money.add(money.sum(rows.map(({ vat }) => vat)), "0.00"));
      }),
      runs,
    );
  });

  it("derives line totals of two decimals of which net + VAT is gross", () => {
    fc.assert(
      fc.property(fc.array(lines, { minLength: 1, maxLength: 3 }), rules, (items, rule) => {
        const bare: Line[] = items.map(({ total: _, ...line }) => line);
        const { order: result } = reconcile({ number: "1", currency: "CZK", lines: bare }, rule, context);
        for (const { total } of result.lines) {
          for (const amount of Object.values(total ?? {})) {
            expect(amount).toMatch(/^-?\d+\.\d\d$/);
          }
          if (total?.net !== undefined && total.vat !== undefined) {
            expect(money.add(total.net, total.vat)).toBe(total.gross);
          }
        }
      }),
      runs,
    );
  });

  it("finds nothing to object to in an order of consistent prices", () => {
    const prices = fc
      .integer({ min: 1, max: 900_000 })
      .map((units) => exact.format({ units: BigInt(units), scale: 2 }));
    const items = fc
      .array(fc.tuple(prices, fc.integer({ min: 1, max: 20 }), fc.constantFrom<Decimal>("21", "12")), { minLength: 1 })
      .map((goods) =>
        goods.map(([gross, count, vatRate]): Line => ({
          kind: "product",
          name: "x",
          quantity: `${count}`,
          vatRate,
          unitPrice: { gross },
        })),
      );
    fc.assert(
      fc.property(items, (goods) => {
        const gross = money.sum(goods.map(({ quantity, unitPrice }) => money.multiply(quantity, unitPrice!.gross!)));
        const rule: TotalsRule = { basis: "gross", method: "topDown", compare: ["payable", "gross", "net", "vat"] };
        const order: Order = { number: "1", currency: "CZK", lines: goods, totals: { gross, payable: gross } };
        const first = reconcile(order, rule, context);
        expect(first.issues).toEqual([]);
        expect(reconcile(first.order, rule, context).issues).toEqual([]);
      }),
      { numRuns: 500, seed: 20260304 },
    );
  });
});
