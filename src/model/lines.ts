import { decideFeeBasis, feeRate, isAmbiguous, isFee, shareDiscount, sumGoods } from "./fees.ts";
import { completeTotal, completeUnitPrice, toRate } from "./line.ts";
import type { OpenLine, Rate, RateSum } from "./line.ts";
import type { Decimal, VatRegime } from "./order.ts";
import { listRates } from "./place.ts";
import type { Place, Reconcilable } from "./place.ts";
import type { TotalsRule } from "./rule.ts";
import * as exact from "./scaled.ts";
import { reportDifference } from "./totals.ts";
import type { Report, Tolerances } from "./totals.ts";
import { snapRate } from "./vat.ts";

const ZERO_RATE: Rate = toRate("0");
/** Regimes in which the seller charges no VAT. */
const UNTAXED: ReadonlySet<VatRegime> = new Set(["reverseCharge", "intraCommunity", "export"]);

/** Everything that completing lines depends on. */
interface Setting {
  readonly record: Reconcilable;
  readonly rule: TotalsRule;
  readonly place: Place;
  readonly tolerances: Tolerances;
  readonly report: Report;
}

/** Completes rates and amounts: of goods first, then of discounts, which follow the goods, and of fees at last. */
export function completeLines(lines: readonly OpenLine[], setting: Setting): void {
  const { record, place } = setting;
  const nonPayer = record.vatRegime === "nonPayer";
  const lists = place.rates.map(listRates);
  const fees: OpenLine[] = [];
  const discounts: OpenLine[] = [];
  for (const line of lines) {
    line.vatFree = nonPayer || (line.line.kind === "rounding" && line.rate === undefined);
    if (isFee(line.line)) {
      fees.push(line);
    } else if (line.line.kind === "discount" && line.rate === undefined && !nonPayer) {
      discounts.push(line);
    } else {
      complete(line, lists, setting);
    }
  }
  if (discounts.length > 0 || fees.length > 0) {
    const goods = sumGoods(lines);
    for (const discount of discounts) {
      completeDiscount(discount, goods, lists, setting);
    }
    completeFees(fees, lines, goods, lists, setting);
  }
  for (const line of lines) {
    completeUnitPrice(line);
  }
}

/**
 * @param byRule - the rate of a line whose amounts tell none
 */
function complete(
  line: OpenLine,
  lists: readonly (readonly Decimal[])[],
  { record, rule }: Setting,
  byRule?: Rate,
): void {
  if (!line.vatFree && line.rate === undefined) {
    const untaxed = record.vatRegime !== undefined && UNTAXED.has(record.vatRegime);
    const fallback = untaxed ? ZERO_RATE : isSettled(line) ? undefined : byRule;
    line.rate = snap(line, lists) ?? fallback;
  }
  completeTotal(line, rule);
  if (!line.vatFree) {
    line.rate ??= snap(line, lists) ?? (isSettled(line) ? undefined : byRule);
  }
}

/** A discount without a rate has that of the goods; where they have several, a part in each. */
function completeDiscount(
  line: OpenLine,
  goods: readonly RateSum[],
  lists: readonly (readonly Decimal[])[],
  setting: Setting,
): void {
  // One off the shipping has the rate of the shipping, whatever the goods have: where both sides tell, they are believed.
  const rates = goods.length === 0 ? lists : [goods.map(({ key }) => key), ...lists];
  complete(line, rates, setting, goods.length === 1 ? goods[0] : undefined);
  if (line.rate !== undefined || goods.length === 0) {
    return;
  }
  const difference = shareDiscount(line, goods);
  if (exact.cmp(exact.abs(difference), { units: BigInt(goods.length), scale: 2 }) > 0) {
    const field = `lines[${line.index}].total.net`;
    const other = "shared among the rates of the goods it is";
    reportDifference(setting.report, "VAT_MISMATCH", field, line.net!, difference, other, "warning");
  }
  line.rate = snap(line, rates);
  if (line.rate !== undefined) {
    line.shares = undefined;
  }
}

function completeFees(
  fees: readonly OpenLine[],
  lines: readonly OpenLine[],
  goods: readonly RateSum[],
  lists: readonly (readonly Decimal[])[],
  setting: Setting,
): void {
  const { rule, record, place, tolerances, report } = setting;
  const byRule = feeRate(rule, goods, place.home?.standard);
  const completeFee = (line: OpenLine): void => {
    complete(line, lists, setting, byRule);
  };
  const auto = rule.fees?.basis === "auto" && record.vatRegime !== "nonPayer";
  const ambiguous = auto ? fees.filter(isAmbiguous) : [];
  for (const fee of fees) {
    if (!ambiguous.includes(fee)) {
      completeFee(fee);
    }
  }
  if (ambiguous.length > 0) {
    const others = lines.filter((line) => !ambiguous.includes(line));
    if (!decideFeeBasis(ambiguous, others, record.totals, rule, tolerances)) {
      const field = `lines[${ambiguous[0]!.index}].unitPrice.gross`;
      report("TOTAL_UNCHECKED", "warning", field, "the totals do not tell if fees are with VAT; taken as with VAT");
    }
    ambiguous.forEach(completeFee);
  }
}

/**
 * The rate that both sides of the line total give, else those of the unit price; countries in their order. Zeros give
 * none.
 */
function snap(line: OpenLine, lists: readonly (readonly Decimal[])[]): Rate | undefined {
  const ofTotal = line.net !== undefined && line.gross !== undefined;
  const net = ofTotal ? line.net : line.unitNet;
  const gross = ofTotal ? line.gross : line.unitGross;
  if (net === undefined || gross === undefined) {
    return undefined;
  }
  for (const rates of lists) {
    const rate = snapRate(net, gross, rates);
    if (rate !== undefined) {
      return toRate(rate);
    }
  }
  return undefined;
}

/** Whether both sides are known and not zero, so that only one rate can be right. */
function isSettled({ net, gross, unitNet, unitGross }: OpenLine): boolean {
  const [left, right] = net !== undefined && gross !== undefined ? [net, gross] : [unitNet, unitGross];
  return left !== undefined && right !== undefined && (left.units !== 0n || right.units !== 0n);
}
