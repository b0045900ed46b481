import type { RateSum, OpenLine, Rate } from "./line.ts";
import { cents } from "./line.ts";
import type { VatBreakdown } from "./order.ts";
import type { TotalsRule } from "./rule.ts";
import * as exact from "./scaled.ts";
import type { Scaled } from "./scaled.ts";
import { vatInGross, vatOnNet } from "./vat.ts";

/** Net, VAT and gross of something, as far as they can be known. */
export interface Sums {
  readonly net: Scaled | undefined;
  readonly vat: Scaled | undefined;
  readonly gross: Scaled | undefined;
}

/** One row of the VAT breakdown. */
export interface Row extends Rate {
  readonly net: Scaled;
  readonly vat: Scaled;
  readonly gross: Scaled;
}

/** A VAT breakdown, and what it makes together with the lines that no VAT belongs to. */
export interface Breakdown extends Sums {
  readonly rows: readonly Row[];
}

/** Σ of each side over the lines; a side that one line lacks has no sum. */
export function sumLines(lines: readonly OpenLine[]): Sums {
  let net: Scaled | undefined = exact.ZERO;
  let vat: Scaled | undefined = exact.ZERO;
  let gross: Scaled | undefined = exact.ZERO;
  for (const line of lines) {
    if (isUnpriced(line)) {
      continue;
    }
    net = net && line.net && exact.add(net, line.net);
    vat = vat && line.vat && exact.add(vat, line.vat);
    gross = gross && line.gross && exact.add(gross, line.gross);
  }
  return { net, vat, gross };
}

/**
 * The VAT of each rate in the two ways that a shop may have calculated it: by `rule.method` from the sum per rate, as
 * the law has it, and as the sum of the lines. The first one is the likelier: the sum of the lines where the shop states
 * both sides of its prices (`rule.basis` `"both"`), the method otherwise.
 *
 * Rates are sorted from the highest; a rate whose lines come to nothing has no row.
 *
 * @returns undefined if the amounts or the rate of some line are unknown
 */
export function breakdowns(lines: readonly OpenLine[], rule: TotalsRule): readonly [Breakdown, Breakdown] | undefined {
  const sums: RateSum[] = [];
  let free: Scaled = exact.ZERO;
  for (const line of lines) {
    if (isUnpriced(line)) {
      continue;
    }
    const { net, vat, gross, rate } = line;
    if (net === undefined || vat === undefined || gross === undefined) {
      return undefined;
    }
    if (line.shares !== undefined) {
      for (const share of line.shares) {
        addToRate(sums, share, share.net, share.gross);
      }
    } else if (line.vatFree || (rate === undefined && gross.units === 0n)) {
      free = exact.add(free, gross);
    } else if (rate !== undefined) {
      addToRate(sums, rate, net, gross);
    } else {
      return undefined;
    }
  }
  const taxed = sums
    .filter(({ net, gross }) => net.units !== 0n || gross.units !== 0n)
    .sort((left, right) => exact.cmp(right.percent, left.percent));
  const byMethod = total(taxed.map(rule.method === "topDown" ? rowTopDown : rowBottomUp), free);
  const byLines = total(taxed.map(rowOfLines), free);
  return rule.basis === "both" ? [byLines, byMethod] : [byMethod, byLines];
}

/** Adds to the sum of a rate, which is put at the end if it is new. */
export function addToRate(sums: RateSum[], rate: Rate, net: Scaled, gross: Scaled): void {
  for (const sum of sums) {
    if (sum.key === rate.key) {
      sum.net = exact.add(sum.net, net);
      sum.gross = exact.add(sum.gross, gross);
      return;
    }
  }
  sums.push({ key: rate.key, percent: rate.percent, net, gross });
}

/** The rows as a record states them. */
export function formatRows(rows: readonly Row[]): VatBreakdown[] {
  return rows.map(({ key, net, vat, gross }) => ({
    rate: key,
    net: exact.format(net),
    vat: exact.format(vat),
    gross: exact.format(gross),
  }));
}

/** Stated rows, each with its gross amount. */
export function completeRows(rows: readonly VatBreakdown[]): VatBreakdown[] {
  return rows.map((row) =>
    row.gross === undefined
      ? { ...row, gross: exact.format(exact.add(exact.parse(row.net), exact.parse(row.vat))) }
      : row,
  );
}

/** What stated rows make together, with the lines that no VAT belongs to. */
export function sumRows(rows: readonly VatBreakdown[], lines: readonly OpenLine[]): Sums {
  const outside = rows.some(({ category }) => category === "outOfScope");
  const free = lines.filter((line) => !outside && !isUnpriced(line) && line.vatFree);
  const sum = (side: "net" | "vat" | "gross"): Scaled =>
    [
      ...rows.map((row) => exact.parse(row[side] ?? "0")),
      ...(side === "vat" ? [] : free.map(({ gross }) => gross ?? exact.ZERO)),
    ].reduce((total, amount) => exact.add(total, amount), exact.ZERO);
  return { net: cents(sum("net")), vat: cents(sum("vat")), gross: cents(sum("gross")) };
}

/** A gift without any price neither adds to a sum nor makes it unknown. */
function isUnpriced({ line, net, gross }: OpenLine): boolean {
  return line.kind === "gift" && net === undefined && gross === undefined;
}

function rowTopDown(sum: RateSum): Row {
  const gross = cents(sum.gross);
  const vat = vatInGross(gross, sum.percent, 2);
  return { key: sum.key, percent: sum.percent, net: exact.sub(gross, vat), vat, gross };
}

function rowBottomUp(sum: RateSum): Row {
  const net = cents(sum.net);
  const vat = vatOnNet(net, sum.percent, 2);
  return { key: sum.key, percent: sum.percent, net, vat, gross: exact.add(net, vat) };
}

function rowOfLines(sum: RateSum): Row {
  const net = cents(sum.net);
  const gross = cents(sum.gross);
  return { key: sum.key, percent: sum.percent, net, vat: exact.sub(gross, net), gross };
}

function total(rows: readonly Row[], free: Scaled): Breakdown {
  let net = cents(free);
  let vat: Scaled = { units: 0n, scale: 2 };
  let gross = net;
  for (const row of rows) {
    net = exact.add(net, row.net);
    vat = exact.add(vat, row.vat);
    gross = exact.add(gross, row.gross);
  }
  return { rows, net, vat, gross };
}
