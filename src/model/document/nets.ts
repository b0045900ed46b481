import * as money from "../money.ts";
import type { Decimal, Line, VatBreakdown } from "../order.ts";

const CENT: Decimal = "0.01";

/**
 * The lines with net amounts that add up to the rows of the breakdown. What rounding leaves over is at most a cent a
 * line, so it goes to the largest lines of the row, a cent each; more than that is no rounding and stays.
 */
export function fitNets(lines: readonly Line[], rows: readonly VatBreakdown[]): Line[] {
  const changes = new Map<Line, Decimal>();
  for (const { rate, category, net } of rows) {
    const own = lines.filter((line) => line.vatCategory === category && money.compare(line.vatRate ?? "0", rate) === 0);
    const left = money.subtract(net, money.sum(own.map(({ total }) => total?.net ?? "0")));
    const count = Number(money.absolute(money.multiply(left, "100")));
    if (count === 0 || count > own.length) continue;
    const step = money.compare(left, "0") < 0 ? money.negate(CENT) : CENT;
    for (const line of largest(own).slice(0, count)) changes.set(line, step);
  }
  return lines.map((line) => {
    const change = changes.get(line);
    return change === undefined ? line : changed(line, change);
  });
}

function largest(lines: readonly Line[]): Line[] {
  const size = ({ total }: Line): Decimal => money.absolute(total?.net ?? "0");
  return [...lines].sort((left, right) => money.compare(size(right), size(left)));
}

function changed(line: Line, by: Decimal): Line {
  const { total } = line;
  if (total?.net === undefined) return line;
  const net = money.add(total.net, by);
  return { ...line, total: { ...total, net, ...(total.vat !== undefined && { vat: money.subtract(total.vat, by) }) } };
}
