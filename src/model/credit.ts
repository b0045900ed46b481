import * as money from "./money.ts";
import type { Amount, Decimal, Line, Order, Totals, VatBreakdown } from "./order.ts";
import type { TotalsRule } from "./rule.ts";

/** What {@link negate} turns round. */
type Negatable = Pick<Order, "lines" | "totals" | "vatBreakdown">;

export function isCreditNote(record: object): boolean {
  return "documentType" in record && record.documentType === "creditNote";
}

/** Whether a file states the amounts of this record as positive ones, while the record has them negative. */
export function isTurned(record: object, rule: Pick<TotalsRule, "creditNotes"> | undefined): boolean {
  return rule?.creditNotes === "positive" && isCreditNote(record);
}

/**
 * The record with all its amounts of the other sign: quantities, totals of lines, VAT breakdown, totals. Unit prices
 * stay. Twice, it is the same again.
 */
export function negate<T extends Negatable>(record: T): T {
  const { lines, totals, vatBreakdown } = record;
  return {
    ...record,
    lines: lines.map(negateLine),
    ...(totals && { totals: negateTotals(totals) }),
    ...(vatBreakdown && { vatBreakdown: vatBreakdown.map(negateRow) }),
  };
}

function negateLine(line: Line): Line {
  const { quantity, total, home } = line;
  return {
    ...line,
    quantity: money.negate(quantity),
    ...(total && { total: negateAmounts(total) }),
    ...(home && { home: { ...home, ...(home.total && { total: negateAmounts(home.total) }) } }),
  };
}

function negateTotals({ home, ...totals }: Totals): Totals {
  return { ...negateAmounts(totals), ...(home && { home: negateAmounts(home) }) };
}

function negateRow({ net, vat, gross, home, ...row }: VatBreakdown): VatBreakdown {
  const amounts = { net: money.negate(net), vat: money.negate(vat) };
  return {
    ...row,
    ...amounts,
    ...(gross !== undefined && { gross: money.negate(gross) }),
    ...(home && { home: negateAmounts(home) }),
  };
}

function negateAmounts<T extends Amount>(amounts: T): T {
  const entries = Object.entries(amounts) as [keyof T, Decimal][];
  return Object.fromEntries(entries.map(([name, amount]) => [name, money.negate(amount)])) as T;
}
