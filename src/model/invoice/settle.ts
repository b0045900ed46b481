import * as money from "../money.ts";
import type { Amount, Decimal, Line, Order, Price, Totals, VatBreakdown } from "../order.ts";
import { reconcile } from "../reconcile.ts";
import type { TotalsRule } from "../rule.ts";
import { vatFromGross } from "../vat.ts";
import type { Sale } from "./place.ts";
import { isUntaxed } from "./regime.ts";
import { Refusal } from "./refusal.ts";

/** An order whose money was calculated anew: from the prices that the customer pays, which stay. */
const FROM_GROSS: TotalsRule = { basis: "gross", method: "topDown", compare: [] };

/** Which of its prices the customer pays. */
export type Side = "net" | "gross";

/**
 * Sums up lines whose prices are settled: the totals, and VAT by rates. A shop that adds up without VAT is off by cents
 * on the side with it. Where VAT is charged, gross stays and the largest rate takes them, as it did there; where none is,
 * they are a rounding.
 *
 * @param stated - the order as it was
 */
export function settle(order: Order, stated: Order, side: Side, sale: Sale): Order {
  const { totals: _, vatBreakdown: __, ...rest } = order;
  const { totals, lines, vatBreakdown } = reconcile<Order>(rest, FROM_GROSS, sale).order;
  const sum = totals?.gross;
  if (sum === undefined || vatBreakdown === undefined)
    throw new Refusal("FIELD_MISSING", "lines", "not every line has a price and a VAT rate");
  const paid = money.round(paidOf(stated, side) ?? sum, 2);
  const cents = money.subtract(paid, sum);
  if (money.compare(money.absolute(cents), money.multiply("0.01", `${lines.length}`)) > 0)
    throw new Refusal("TOTAL_MISMATCH", "totals", `the lines come to ${sum}, and the order to ${paid}`);
  const free = isUntaxed(order.vatRegime);
  const gross = free ? sum : paid;
  const rows = free || money.isZero(cents) ? vatBreakdown : withCents(vatBreakdown, cents);
  const vat = money.add(money.sum(rows.map((row) => row.vat)), "0.00");
  const { rounding: own, payable, home } = stated.totals ?? {};
  const rounding = free && !money.isZero(cents) ? money.add(own ?? "0", cents) : own;
  const settled: Totals = { net: money.subtract(gross, vat), vat, gross };
  if (rounding !== undefined) settled.rounding = rounding;
  settled.payable = payable ?? money.add(gross, rounding ?? "0");
  if (home !== undefined) {
    const { net, vat: homeVat, gross: homeGross, ...other } = home;
    const amount: Amount = { net, vat: homeVat, gross: homeGross };
    settled.home = { ...other, ...(free ? freeAmount(amount, side) : grossAmount(amount)) };
  }
  return { ...rest, lines, totals: settled, vatBreakdown: rows };
}

function withCents(rows: readonly VatBreakdown[], cents: Decimal): VatBreakdown[] {
  const grossOf = ({ net, vat, gross }: VatBreakdown): Decimal => gross ?? money.add(net, vat);
  const size = (row: VatBreakdown): Decimal => money.absolute(grossOf(row));
  const largest = rows.reduce(
    (best, row, index) => (money.compare(size(row), size(rows[best]!)) > 0 ? index : best),
    0,
  );
  return rows.map((row, index) => {
    if (index !== largest) return row;
    const gross = money.add(grossOf(row), cents);
    const vat = vatFromGross(gross, row.rate);
    return { ...row, gross, vat, net: money.subtract(gross, vat) };
  });
}

/** What is paid without rounding, as far as the order states it. */
export function paidOf({ totals }: Order, side: Side = "gross"): Decimal | undefined {
  if (totals?.payable === undefined) return totals?.[side];
  return totals.rounding === undefined ? totals.payable : money.subtract(totals.payable, totals.rounding);
}

export function sumOf(lines: readonly Line[], side: Side): Decimal | undefined {
  let sum: Decimal = "0";
  for (const { total, kind } of lines) {
    const amount = total?.[side];
    if (amount === undefined && kind !== "gift") return undefined;
    sum = money.add(sum, amount ?? "0");
  }
  return sum;
}

/** Prices of a line without VAT: what the customer pays is both net and gross. */
export function freeMoney({ unitPrice, total, home }: Line, side: Side): Partial<Line> {
  return {
    ...(unitPrice && { unitPrice: freePrice(unitPrice, side) }),
    ...(total && { total: freeAmount(total, side) }),
    ...(home && {
      home: {
        ...(home.unitPrice && { unitPrice: freePrice(home.unitPrice, side) }),
        ...(home.total && { total: freeAmount(home.total, side) }),
      },
    }),
  };
}

function freePrice({ net, gross }: Price, side: Side): Price {
  const price = side === "gross" ? (gross ?? net) : (net ?? gross);
  return price === undefined ? {} : { net: price, gross: price };
}

function freeAmount(amount: Amount, side: Side): Amount {
  const { net, gross } = freePrice(amount, side);
  return net === undefined || gross === undefined ? {} : { net, vat: "0.00", gross };
}

/** Prices of a line of which only the side with VAT is settled. */
export function grossMoney({ unitPrice, total, home }: Line, index: number): Partial<Line> {
  if (total !== undefined && total.gross === undefined)
    throw new Refusal("FIELD_MISSING", `lines[${index}].total.gross`, "OSS needs prices with VAT");
  return {
    ...(unitPrice && { unitPrice: grossPrice(unitPrice), priceBasis: "gross" as const }),
    ...(total && { total: grossAmount(total) }),
    ...(home && {
      home: {
        ...(home.unitPrice && { unitPrice: grossPrice(home.unitPrice) }),
        ...(home.total && { total: grossAmount(home.total) }),
      },
    }),
  };
}

function grossPrice({ gross }: Price): Price {
  return gross === undefined ? {} : { gross };
}

function grossAmount({ gross }: Amount): Amount {
  return gross === undefined ? {} : { gross };
}
