import type { Issue } from "../../errors.ts";
import * as money from "../money.ts";
import type { Decimal, Line, Order } from "../order.ts";
import { type Retaxed, withVatOf } from "./oss.ts";
import { complete, type Sale } from "./place.ts";
import { isUntaxed, type Regime, usedRates } from "./regime.ts";
import { Refusal } from "./refusal.ts";
import type { InvoiceRules } from "./rules.ts";
import { freeMoney, paidOf, settle, type Side, sumOf } from "./settle.ts";

/**
 * The order with the VAT of its regime, and warnings. The amount to be paid stays in any case.
 *
 * @throws {@link Refusal} if the VAT cannot be that of the regime without changing what the customer pays
 */
export function applyRegime(order: Order, choice: Regime, rules: InvoiceRules, sale: Sale): Retaxed {
  const { regime, vatCountry } = choice;
  const settled: Order = {
    ...order,
    ...(regime && { vatRegime: regime }),
    ...(vatCountry !== undefined && { vatCountry }),
  };
  if (isUntaxed(regime)) return { order: withoutVat(order, settled, rules.vat?.charged ?? "refuse", sale), issues: [] };
  if (regime !== "oss" || vatCountry === undefined) return { order: settled, issues: [] };
  const { order: done, issues } = withVatOf(vatCountry, order, settled, rules.vat, sale);
  return { order: done, issues: choice.guessed === true ? [guess(order, vatCountry), ...issues] : issues };
}

function guess({ number }: Order, country: string): Issue {
  const message = `the order states no VAT regime; its rates are those of ${country}, so it is taken as OSS; the rule vat.regimes says it for sure`;
  return { code: "FIELD_MISSING", severity: "warning", message, key: number, field: "vatRegime" };
}

function withoutVat(order: Order, settled: Order, charged: "refuse" | "convert", sale: Sale): Order {
  const known = isCharged(order) ? complete(order, sale) : order;
  const side = known === order ? "gross" : sideOf(known, settled, charged);
  const free = settled.vatRegime === "nonPayer";
  const lines = known.lines.map(({ vatRate, ...line }): Line => {
    const bare = free || (line.kind === "rounding" && vatRate === undefined);
    return { ...line, ...freeMoney(line, side), ...(bare ? {} : { vatRate: "0" }) };
  });
  return settle({ ...settled, lines }, order, side, sale);
}

/** Whether some amount says that VAT is in it. */
function isCharged({ lines, totals, vatBreakdown }: Order): boolean {
  const hasVat = (vat: Decimal | undefined): boolean => vat !== undefined && !money.isZero(vat);
  if (hasVat(totals?.vat) || (vatBreakdown ?? []).some(({ vat }) => hasVat(vat))) return true;
  return lines.some(({ vatRate, total, unitPrice }) => {
    if (hasVat(total?.vat)) return true;
    const { net, gross } = total?.net !== undefined && total.gross !== undefined ? total : { ...total, ...unitPrice };
    if (net !== undefined && gross !== undefined) return money.compare(net, gross) !== 0;
    const price = net ?? gross;
    return usedRates([{ vatRate }]).length > 0 && price !== undefined && !money.isZero(price);
  });
}

/** What the customer pays, if the order says it, is the sum without VAT or the one with it. */
function sideOf(known: Order, { vatRegime, currency }: Order, charged: "refuse" | "convert"): Side {
  const paid = paidOf(known);
  const net = sumOf(known.lines, "net");
  const gross = sumOf(known.lines, "gross");
  if (paid !== undefined && net !== undefined && gross !== undefined && money.compare(paid, net) === 0)
    return money.compare(net, gross) === 0 ? "gross" : "net";
  if (charged === "convert") return "gross";
  const vat = known.totals?.vat;
  const amount = vat === undefined ? "VAT" : `VAT of ${vat} ${currency}`;
  throw new Refusal(
    "VAT_MISMATCH",
    "totals.vat",
    `the customer is charged ${amount}, and ${vatRegime ?? "this regime"} has none; the rule vat.charged "convert" makes all that is paid the price without VAT`,
  );
}
