import { extend } from "../extend.ts";
import * as money from "../money.ts";
import type { IsoDate, Order, PaymentKind, Totals } from "../order.ts";
import { Refusal } from "./refusal.ts";
import type { InvoiceRounding, InvoiceRules } from "./rules.ts";

/**
 * Rounding of cash: to the smallest coin in Czechia, to five cents in Slovakia.
 *
 * @see https://businesscenter.podnikatel.cz/pravo/zakony/dph/f2549023/ § 36 (5) of act 235/2004 Sb.: what rounding the
 * payment to whole crowns makes is not in the tax base (read 2026-11-24)
 * @see https://softpc.cz/o-spolecnosti/81-aktuality/2573-upozorneni-na-zmenu-zaokrouhlovani.html for cash only, neither
 * in the base nor in the tax (read 2026-11-24)
 * @see https://www.zakonypreludi.sk/zz/2021-457 § 3 (4) of act 18/1996 Z. z., since 2022-07-01 (read 2026-11-24)
 */
const cashRounding: readonly InvoiceRounding[] = [
  { step: "1", currency: "CZK", country: "CZ" },
  { step: "0.05", currency: "EUR", country: "SK", atLeastStep: true, from: "2022-07-01" },
];

/** What rounding depends on. */
export interface Cash {
  readonly kind: PaymentKind | undefined;
  /** Country of the seller. */
  readonly home: string | undefined;
  readonly issuedOn: IsoDate;
  /** Whether the shop states a rounding itself. */
  readonly isRounded: boolean;
}

/**
 * The totals with what is to be paid rounded. A rounding that the shop states stays, as a total or as a line, and so does
 * a payable amount that is not gross, whatever the reason.
 *
 * @throws {@link Refusal} if a rule of the caller needs `totals.gross` and there is none
 */
export function roundTotals(order: Order, rule: InvoiceRules["rounding"], cash: Cash): Totals | undefined {
  const { totals, lines } = order;
  const rounding = roundings(rule).find((one) => fits(one, order, cash));
  if (rounding === undefined || cash.isRounded) return totals;
  if (lines.some(({ kind }) => kind === "rounding")) return totals;
  if (totals?.gross === undefined) {
    if (rule === undefined) return totals;
    throw new Refusal("FIELD_MISSING", "totals.gross", "rounding needs totals.gross; reconcile the order first");
  }
  const { gross, rounding: cents = "0" } = totals;
  const due = money.add(gross, cents);
  if (totals.payable !== undefined && money.compare(totals.payable, due) !== 0) return totals;
  const payable = money.add(roundedTo(due, rounding), "0.00");
  const difference = money.round(money.subtract(payable, gross), 2);
  const same = money.isZero(difference) && totals.rounding === undefined;
  return same ? totals : extend(totals, { rounding: difference, payable });
}

function roundings(rule: InvoiceRules["rounding"]): readonly InvoiceRounding[] {
  if (rule === undefined) return cashRounding;
  if (rule === "none") return [];
  return "step" in rule ? [rule] : rule;
}

function fits(rounding: InvoiceRounding, order: Order, cash: Cash): boolean {
  const { currency, country, kinds = ["cash"], from } = rounding;
  const { kind } = cash;
  if (kind !== "cash" && kind !== "cashOnDelivery") return false;
  if (!kinds.includes(kind) || (currency !== undefined && currency !== order.currency)) return false;
  if (from !== undefined && cash.issuedOn < from) return false;
  return country === undefined || placesOf(order, kind, cash.home).includes(country);
}

/** Countries in which the money may be handed over. */
function placesOf({ customer }: Order, kind: PaymentKind, home: string | undefined): (string | undefined)[] {
  const delivery = customer?.shipping?.country ?? customer?.billing?.country;
  return kind === "cash" ? [home, delivery] : [delivery ?? home];
}

/** Of a credit note the same as of the invoice that it returns, with the other sign. */
function roundedTo(gross: Totals["gross"] & string, { step, mode, atLeastStep }: InvoiceRounding): typeof gross {
  const rounded = money.roundToStep(gross, step, mode);
  if (atLeastStep !== true || !money.isZero(rounded) || money.isZero(gross)) return rounded;
  return money.compare(gross, "0") > 0 ? step : money.negate(step);
}
