import * as money from "../money.ts";
import type { Amount, Decimal, Line, Order, Price, Totals, VatBreakdown } from "../order.ts";

/** Decimals of unit prices in the home currency. */
const PRICE_SCALE = 4;

/**
 * The same record with all amounts in the home currency beside those in its own. The breakdown is converted row by row,
 * and the totals are its sum, so that they add up; amounts of lines are converted one by one.
 *
 * @param rate - units of the home currency for one unit of the record's
 */
export function withHomeAmounts<T extends Pick<Order, "lines" | "totals" | "vatBreakdown">>(
  record: T,
  rate: Decimal,
): T {
  const convert = (amount: Decimal, scale = 2): Decimal => money.round(money.multiply(amount, rate), scale);
  const converted = (amount: Decimal | undefined): Decimal | undefined =>
    amount === undefined ? undefined : convert(amount);

  const vatBreakdown = record.vatBreakdown?.map((row): VatBreakdown => {
    const vat = convert(row.vat);
    const net = convert(row.net);
    return { ...row, home: row.home ?? { net, vat, gross: money.add(net, vat) } };
  });
  const { totals } = record;
  return {
    ...record,
    lines: record.lines.map((line): Line => ({ ...line, home: { ...homeOfLine(line, convert), ...line.home } })),
    ...(vatBreakdown && { vatBreakdown }),
    ...(totals && { totals: { ...totals, home: { ...homeTotals(totals, vatBreakdown, converted), ...totals.home } } }),
  };
}

function homeOfLine(
  { unitPrice, total }: Line,
  convert: (amount: Decimal, scale?: number) => Decimal,
): NonNullable<Line["home"]> {
  const price: Price = {
    ...(unitPrice?.net !== undefined && { net: convert(unitPrice.net, PRICE_SCALE) }),
    ...(unitPrice?.gross !== undefined && { gross: convert(unitPrice.gross, PRICE_SCALE) }),
  };
  if (total?.net === undefined || total.vat === undefined) return { unitPrice: price };
  const net = convert(total.net);
  const vat = convert(total.vat);
  const amount: Amount = { net, vat, gross: money.add(net, vat) };
  return { unitPrice: price, total: amount };
}

function homeTotals(
  totals: Totals,
  rows: readonly VatBreakdown[] | undefined,
  convert: (amount: Decimal | undefined) => Decimal | undefined,
): NonNullable<Totals["home"]> {
  const sumOf = (side: "net" | "vat" | "gross"): Decimal | undefined =>
    rows === undefined || rows.length === 0
      ? convert(totals[side])
      : money.sum(rows.map(({ home }) => home?.[side] ?? "0"));
  const gross = sumOf("gross");
  const payable = convert(totals.payable);
  const rounding =
    payable !== undefined && gross !== undefined ? money.subtract(payable, gross) : convert(totals.rounding);
  const amounts = { net: sumOf("net"), vat: sumOf("vat"), gross, rounding, payable };
  const known = Object.entries(amounts).filter(([name, amount]) =>
    name === "rounding" ? amount !== undefined && !money.isZero(amount) : amount !== undefined,
  );
  return Object.fromEntries(known);
}
