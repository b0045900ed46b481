import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { negate } from "../../src/model/credit.ts";
import {
  createInvoiceMaker,
  type Invoice,
  type InvoiceRules,
  invoiceSchema,
  type Made,
} from "../../src/model/invoice.ts";
import * as money from "../../src/model/money.ts";
import type { Decimal, Line, Order } from "../../src/model/order.ts";
import { reconcile } from "../../src/model/reconcile.ts";
import type { TotalsRule } from "../../src/model/rule.ts";

/** Prices of a shop's own choosing, in hundredths. */
const prices: fc.Arbitrary<Decimal> = fc
  .oneof(fc.integer({ min: 20, max: 300 }), fc.integer({ min: 20, max: 9_999_999 }))
  .map((cents) => money.divide(`${cents}`, "100", 2));
const quantities = fc.constantFrom<Decimal>("1", "1", "2", "3", "12", "0.5");
const goods: fc.Arbitrary<Line> = fc
  .record({
    kind: fc.constantFrom("product" as const, "product" as const, "shipping" as const, "payment" as const),
    quantity: quantities,
    vatRate: fc.constantFrom<Decimal>("21", "21.00", "12"),
    price: prices,
    externalId: fc.string({ minLength: 1, maxLength: 5 }),
  })
  .map(({ price, ...line }) => ({ ...line, name: "x", unitPrice: { gross: price } }));
const someGoods: fc.Arbitrary<Line[]> = fc
  .tuple(goods, fc.array(goods, { maxLength: 7 }))
  .map(([first, others]) => [{ ...first, kind: "product" }, ...others]);

const parties = fc.constantFrom<Order["customer"]>(
  undefined,
  { billing: { country: "CZ" } },
  { billing: { country: "SK" } },
  { billing: { country: "CZ" }, shipping: { country: "SK" } },
  { vatId: "SK2020202019", billing: { country: "SK" }, companyId: "00000019" },
  { vatId: "CZ00000019", email: "eva@example.com" },
  { billing: { country: "CH" } },
);
const payments = fc.constantFrom<Order["payment"]>(
  undefined,
  { method: "Hotově", paid: true },
  { method: "Dobírka" },
  { method: "Kartou", code: "card" },
  { method: "Převodem", paidAmount: "1.00" },
);

interface Drawn {
  readonly lines: readonly Line[];
  readonly discount: boolean;
  readonly customer: Order["customer"];
  readonly payment: Order["payment"];
  readonly rounds: boolean;
  readonly basis: "gross" | "net";
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  lines: someGoods,
  discount: fc.boolean(),
  customer: parties,
  payment: payments,
  rounds: fc.boolean(),
  basis: fc.constantFrom("gross", "net"),
});

/** An order as a Czech shop would have calculated it, read and reconciled. */
function orderOf({ lines, discount, customer, payment, rounds, basis }: Drawn, number = "1"): Order {
  const own = lines.map((line): Line =>
    basis === "net" ? { ...line, unitPrice: { net: line.unitPrice!.gross } } : line,
  );
  const off: Line = { kind: "discount", name: "Sleva", quantity: "1", total: { [basis]: "-0.07" } };
  const rule: TotalsRule = { basis, method: basis === "gross" ? "topDown" : "bottomUp", compare: [] };
  const bare: Order = {
    number,
    externalId: `id-${number}`,
    variableSymbol: number,
    createdAt: "2026-03-04T10:00:00+01:00",
    currency: "CZK",
    lines: discount ? [...own, off] : own,
    notes: { customer: "dík" },
    custom: { faktura: `F${number}` },
    shipping: { method: "PPL" },
    ...(customer && { customer }),
    ...(payment && { payment }),
  };
  const { order } = reconcile(bare, rule, { country: "CZ" });
  if (!rounds) return order;
  const gross = order.totals!.gross!;
  const payable = money.add(money.roundToStep(gross, "1"), "0.00");
  return { ...order, totals: { ...order.totals, rounding: money.subtract(payable, gross), payable } };
}

const rules: fc.Arbitrary<InvoiceRules> = fc
  .record({
    regimes: fc.subarray(["intraCommunity", "reverseCharge", "oss", "export", "nonPayer"] as const),
    charged: fc.constantFrom("refuse" as const, "convert" as const),
    documentType: fc.constantFrom("invoice" as const, "creditNote" as const, "proforma" as const),
    rounding: fc.constantFrom<InvoiceRules["rounding"]>(undefined, "none"),
    next: fc.integer({ min: 1, max: 90 }),
  })
  .map(({ regimes, charged, documentType, rounding, next }) => ({
    documentType,
    rounding,
    country: "CZ",
    number: { series: "FV26##", next },
    vat: { regimes, charged },
    creditNotes: { correctedNumber: { custom: "faktura" } },
  }));

function made(rule: InvoiceRules, orders: readonly Order[]): { readonly all: Made[]; readonly invoices: Invoice[] } {
  const maker = createInvoiceMaker(rule);
  const all = orders.map((order) => maker.make(order));
  return { all, invoices: all.flatMap((one) => ("invoice" in one ? [one.invoice] : [])) };
}

const isFree = (regime: Order["vatRegime"]): boolean => regime !== undefined && regime !== "oss";
const equal = (left: Decimal, right: Decimal): boolean => money.compare(left, right) === 0;

/** What belongs to no VAT rate: a rounding line, or everything of a seller who pays no VAT. */
function outside({ lines, vatRegime }: Invoice): Decimal {
  const free = lines.filter(({ kind, vatRate }) => vatRegime === "nonPayer" || (kind === "rounding" && !vatRate));
  return money.sum(free.map(({ total }) => total!.gross!));
}

const runs = { numRuns: 300, seed: 20260304 };

describe("any invoice", () => {
  const anyInvoice = (check: (invoice: Invoice, order: Order, rule: InvoiceRules, draw: Drawn) => void): void =>
    fc.assert(
      fc.property(drawn, rules, (draw, rule) => {
        const order = orderOf(draw);
        const before = structuredClone(order);
        for (const invoice of made(rule, [order]).invoices) check(invoice, order, rule, draw);
        expect(order).toEqual(before);
      }),
      runs,
    );

  it("comes of many orders, in every regime", () => {
    const regimes = new Set<Order["vatRegime"]>();
    let count = 0;
    anyInvoice(({ vatRegime }) => {
      regimes.add(vatRegime);
      count++;
    });
    expect(count).toBeGreaterThan(runs.numRuns / 2);
    expect(regimes.size).toBe(6);
  });

  it("is valid by its schema", () =>
    anyInvoice((invoice) => {
      expect(invoiceSchema.parse(invoice)).toEqual(invoice);
    }));

  it("adds up: gross and rounding are what is paid, VAT by rates is the VAT, lines are the gross", () =>
    anyInvoice(({ totals, vatBreakdown, lines, ...rest }, order, _, { basis }) => {
      const { net, vat, gross, payable, rounding = "0" } = totals!;
      const rows = vatBreakdown!;
      const free = outside({ ...rest, lines, vatBreakdown, totals });
      expect(equal(money.add(gross!, rounding), payable!)).toBe(true);
      expect(equal(money.add(net!, vat!), gross!)).toBe(true);
      expect(equal(money.sum(rows.map((row) => row.vat)), vat!)).toBe(true);
      expect(equal(money.add(money.sum(rows.map((row) => row.gross!)), free), gross!)).toBe(true);
      for (const row of rows) expect(equal(money.add(row.net, row.vat), row.gross!)).toBe(true);
      for (const { total } of lines) expect(equal(money.add(total!.net!, total!.vat!), total!.gross!)).toBe(true);
      const off = money.subtract(gross!, money.sum(lines.map(({ total }) => total!.gross!)));
      // Only VAT that is added up by rates makes a shop with net prices differ from its lines.
      const slack = basis === "gross" || isFree(rest.vatRegime) ? 0 : order.lines.length;
      expect(money.compare(money.absolute(off), money.multiply("0.01", `${slack}`))).toBeLessThan(1);
    }));

  it("lets the customer pay what the order says, but for the rounding of cash", () =>
    anyInvoice(({ totals, documentType, payment, vatRegime }, order, { rounding }) => {
      const sign = documentType === "creditNote" ? "-1" : "1";
      const paid = money.multiply(totals!.payable!, sign);
      const stated = order.totals!.payable!;
      const rounds = rounding !== "none" && payment?.kind === "cash" && order.totals!.rounding === undefined;
      if (!rounds) expect(equal(paid, stated)).toBe(true);
      else expect(equal(paid, money.roundToStep(stated, "1"))).toBe(true);
      // Without VAT, what a shop with net prices is off by is a rounding.
      const off = money.subtract(money.multiply(totals!.gross!, sign), order.totals!.gross!);
      const cents = isFree(vatRegime) ? `${order.lines.length}` : "0";
      expect(money.compare(money.absolute(off), money.multiply("0.01", cents as Decimal))).toBeLessThan(1);
    }));

  it("has lost nothing of the order", () =>
    anyInvoice((invoice, order) => {
      const { number, lines, totals, vatBreakdown: _, vatRegime: __, vatCountry: ___, payment, ...rest } = order;
      expect(invoice).toMatchObject({ ...rest, orderNumber: number });
      if (payment !== undefined) expect(invoice.payment).toMatchObject(payment);
      if (totals?.rounding !== undefined && !isFree(invoice.vatRegime))
        expect(money.absolute(invoice.totals!.rounding!)).toBe(money.absolute(totals.rounding));
      expect(invoice.lines).toHaveLength(lines.length);
      invoice.lines.forEach((line, index) => {
        const { quantity, vatRate, total, unitPrice, ...same } = lines[index]!;
        expect(line).toMatchObject(same);
        expect(money.absolute(line.quantity)).toBe(quantity);
        expect(line.unitPrice === undefined).toBe(unitPrice === undefined);
        expect(money.absolute(line.total!.gross!)).toBe(money.absolute(total!.gross!));
        if (isFree(invoice.vatRegime)) expect(line.vatRate).toBe(invoice.vatRegime === "nonPayer" ? undefined : "0");
        else expect(line.vatRate === undefined).toBe(vatRate === undefined);
      });
    }));

  it("charges no VAT where its regime has none, and that of the destination under OSS", () =>
    anyInvoice(({ vatRegime, vatCountry, vatBreakdown, totals, lines }) => {
      const rates = vatBreakdown!.map(({ rate }) => rate);
      if (vatRegime === "oss") {
        expect(vatCountry).toBe("SK");
        expect(["23", "19", "5"]).toEqual(expect.arrayContaining(rates));
      } else if (vatRegime !== undefined) {
        expect(equal(totals!.vat!, "0")).toBe(true);
        expect(equal(totals!.net!, totals!.gross!)).toBe(true);
        expect(lines.every(({ vatCategory }) => vatCategory !== undefined && vatCategory !== "standard")).toBe(true);
      }
    }));

  it("is the same when negated twice, and a credit note is the invoice with the other sign", () =>
    anyInvoice((invoice, order, rule) => {
      expect(negate(negate(invoice))).toEqual(invoice);
      const [other] = made({ ...rule, documentType: "invoice" }, [order]).invoices;
      if (invoice.documentType !== "creditNote" || other === undefined) return;
      const { lines, totals, vatBreakdown } = negate(other);
      expect({ lines: invoice.lines, totals: invoice.totals, rows: invoice.vatBreakdown }).toEqual({
        lines,
        totals,
        rows: vatBreakdown,
      });
    }));
});

describe("the invoices of any file", () => {
  const statuses = fc.constantFrom<NonNullable<Order["status"]>["kind"] | undefined>(
    undefined,
    "cancelled",
    "returned",
  );
  const files = fc.array(fc.tuple(drawn, statuses, fc.integer({ min: 1, max: 20 })), { maxLength: 12 });
  const ordersOf = (
    file: readonly (readonly [Drawn, NonNullable<Order["status"]>["kind"] | undefined, number])[],
  ): Order[] =>
    file.map(([draw, kind, number]) => ({ ...orderOf(draw, String(number)), ...(kind && { status: { kind } }) }));

  it("have the numbers of the series without gaps, each once, in the order of the file", () => {
    fc.assert(
      fc.property(files, rules, (file, rule) => {
        const orders = ordersOf(file);
        const maker = createInvoiceMaker(rule);
        const numbers = orders.flatMap((order) => {
          const one = maker.make(order);
          return "invoice" in one ? [one.invoice.invoiceNumber] : [];
        });
        const { next } = rule.number as { readonly next: number };
        const wanted = numbers.map((_, index) => `FV26${String(next + index).padStart(2, "0")}`);
        expect(numbers).toEqual(wanted);
        expect(maker.next).toEqual({ number: next + numbers.length });
      }),
      { ...runs, numRuns: 100 },
    );
  });

  it("are the same when the file is read again, and no order has two", () => {
    fc.assert(
      fc.property(files, rules, (file, rule) => {
        const orders = ordersOf(file);
        const { all, invoices } = made(rule, orders);
        expect(made(rule, orders).all).toEqual(all);
        const keys = invoices.map(({ orderNumber }) => orderNumber);
        expect(new Set(keys).size).toBe(keys.length);
      }),
      { ...runs, numRuns: 100 },
    );
  });
});
