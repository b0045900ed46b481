import { addToRate, sumLines } from "./breakdown.ts";
import { cents, timesQuantity, toRate } from "./line.ts";
import type { OpenLine, Rate, RateSum } from "./line.ts";
import type { Amount, Decimal, Line, Price, Totals } from "./order.ts";
import type { TotalsRule } from "./rule.ts";
import * as exact from "./scaled.ts";
import type { Scaled } from "./scaled.ts";
import type { Tolerances } from "./totals.ts";
import { vatInGross, vatOnNet } from "./vat.ts";

export function isFee({ kind }: Line): boolean {
  return kind === "shipping" || kind === "payment";
}

/** Net and gross of the goods per rate, in order of appearance. */
export function sumGoods(lines: readonly OpenLine[]): RateSum[] {
  const sums: RateSum[] = [];
  for (const { line, rate, net, gross } of lines) {
    if (line.kind === "product" && rate !== undefined && net !== undefined && gross !== undefined) {
      addToRate(sums, rate, net, gross);
    }
  }
  return sums;
}

/** The rate that `fees.vat` gives to a fee, if it gives one. A tie of `main` goes to the higher rate. */
export function feeRate(rule: TotalsRule, goods: readonly RateSum[], standard: Decimal | undefined): Rate | undefined {
  switch (rule.fees?.vat) {
    case "main":
      return first(
        goods,
        (left, right) => exact.cmp(right.gross, left.gross) || exact.cmp(right.percent, left.percent),
      );
    case "highest":
      return first(goods, (left, right) => exact.cmp(right.percent, left.percent));
    case "standard":
      return standard === undefined ? undefined : toRate(standard);
    default:
      return undefined;
  }
}

/** Whether a fee states a price of which nobody says if VAT is in it; the mapping put it on the gross side. */
export function isAmbiguous({ line, net, unitNet, gross, unitGross }: OpenLine): boolean {
  return isFee(line) && net === undefined && unitNet === undefined && (gross ?? unitGross) !== undefined;
}

/**
 * Takes ambiguous fees by the reading that hits the stated total: Σ gross with the fees as they stand = `totals.gross`,
 * or Σ net with the fees as they stand = `totals.net`. In the second case the prices move to the net side.
 *
 * @param fees - the ambiguous ones
 * @param others - all other lines, completed
 * @returns `false` if both readings hit or none does; the fees then stay gross
 */
export function decideFeeBasis(
  fees: readonly OpenLine[],
  others: readonly OpenLine[],
  totals: Totals | undefined,
  rule: TotalsRule,
  tolerances: Tolerances,
): boolean {
  let price = exact.ZERO;
  for (const fee of fees) {
    price = exact.add(price, fee.gross ?? timesQuantity(fee, fee.unitGross!, rule));
  }
  if (price.units === 0n) {
    return true;
  }
  const sums = sumLines(others);
  const asGross = hits(sums.gross, price, totals?.gross, tolerances.gross);
  const asNet = hits(sums.net, price, totals?.net, tolerances.net);
  if (asNet && !asGross) {
    fees.forEach(moveToNet);
  }
  return asNet !== asGross;
}

/**
 * Shares a discount without a rate among the rates of the goods in proportion to their price, the way VAT law sees a
 * discount on everything; the largest part takes what rounding leaves. Fills in the side that the line lacks.
 *
 * @returns how far the stated net amount is from the sum of the parts, when both sides are stated
 */
export function shareDiscount(open: OpenLine, goods: readonly RateSum[]): Scaled {
  const side = open.gross === undefined ? "net" : "gross";
  const amount = open[side];
  const base = goods.reduce((sum, part) => exact.add(sum, part[side]), exact.ZERO);
  if (amount === undefined || base.units === 0n) {
    return exact.ZERO;
  }
  const parts = goods.map((part) => exact.divide(exact.mul(amount, part[side]), base, 2));
  let largest = 0;
  goods.forEach((part, index) => {
    largest = exact.cmp(exact.abs(part[side]), exact.abs(goods[largest]![side])) > 0 ? index : largest;
  });
  const rest = exact.sub(amount, parts.reduce(exact.add, exact.ZERO));
  parts[largest] = exact.add(parts[largest]!, rest);

  const shares = goods.map(({ key, percent }, index): RateSum => {
    const part = parts[index]!;
    return side === "gross"
      ? { key, percent, gross: part, net: exact.sub(part, vatInGross(part, percent, 2)) }
      : { key, percent, net: part, gross: exact.add(part, vatOnNet(part, percent, 2)) };
  });
  const other = side === "gross" ? "net" : "gross";
  const sum = shares.reduce((total, share) => exact.add(total, share[other]), exact.ZERO);
  const difference = exact.sub(open[other] ?? sum, sum);
  shares[largest]![other] = exact.add(shares[largest]![other], difference);
  open[other] ??= cents(sum);
  open.vat ??= cents(exact.sub(open.gross!, open.net!));
  open.shares = shares;
  return difference;
}

function hits(sum: Scaled | undefined, price: Scaled, stated: Decimal | undefined, tolerance: Scaled): boolean {
  if (sum === undefined || stated === undefined) {
    return false;
  }
  const difference = exact.sub(exact.add(sum, price), exact.parse(stated));
  return exact.cmp(exact.abs(difference), tolerance) <= 0;
}

function moveToNet(open: OpenLine): void {
  const { unitPrice, total, ...rest } = open.line;
  const line: Line = rest;
  if (unitPrice?.gross !== undefined) {
    line.unitPrice = { net: unitPrice.gross } satisfies Price;
  }
  if (total?.gross !== undefined) {
    line.total = { net: total.gross } satisfies Amount;
  }
  open.line = line;
  open.unitNet = open.unitGross;
  open.net = open.gross;
  open.unitGross = undefined;
  open.gross = undefined;
}

function first(goods: readonly RateSum[], order: (left: RateSum, right: RateSum) => number): Rate | undefined {
  const best = [...goods].sort(order)[0];
  return best && { key: best.key, percent: best.percent };
}
