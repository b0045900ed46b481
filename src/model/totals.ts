import type { Issue, IssueCode, Severity } from "../errors.ts";
import type { Breakdown, Row, Sums } from "./breakdown.ts";
import { extend } from "./extend.ts";
import { cents, toRate } from "./line.ts";
import type { Decimal, Totals, VatBreakdown } from "./order.ts";
import type { Comparison, TotalsRule } from "./rule.ts";
import * as exact from "./scaled.ts";
import type { Scaled } from "./scaled.ts";

/** Takes note of one problem at a place of the record. */
export type Report = (code: IssueCode, severity: Severity, field: string, message: string) => void;

/** Largest differences that are no issue. */
export interface Tolerances {
  readonly gross: Scaled;
  readonly net: Scaled;
}

/** A {@link Report} that appends to `issues`. */
export function reporter(issues: Issue[], key: string | undefined): Report {
  return (code, severity, field, message) => {
    issues.push({ code, severity, message, ...(key === undefined ? {} : { key }), field });
  };
}

export function readTolerances(rule: TotalsRule, lineCount: number): Tolerances {
  return {
    gross: rule.tolerance === undefined ? exact.ZERO : exact.parse(rule.tolerance),
    net:
      rule.netTolerance === undefined
        ? { units: BigInt(Math.max(lineCount, 1)), scale: 2 }
        : exact.parse(rule.netTolerance),
  };
}

/**
 * Checks what `rule.compare` asks for, and that stated net + VAT = gross; says whether there was anything to compare.
 *
 * @param candidates - sums the shop may have calculated; one that fits is enough
 */
export function compareTotals(
  totals: Totals | undefined,
  rule: TotalsRule,
  candidates: readonly Sums[],
  tolerances: Tolerances,
  report: Report,
): boolean {
  let compared = 0;
  for (const name of rule.compare) {
    const stated = readStated(totals, name);
    const difference = stated && nearest(stated, name, candidates);
    if (stated === undefined || difference === undefined) {
      continue;
    }
    compared++;
    const tolerance = name === "gross" || name === "payable" ? tolerances.gross : tolerances.net;
    if (exact.cmp(exact.abs(difference), tolerance) > 0) {
      reportDifference(report, "TOTAL_MISMATCH", `totals.${name}`, stated, difference, lineSide(name, totals));
    }
  }
  checkTriple(totals, tolerances, report);
  return compared > 0;
}

/** Checks a stated VAT breakdown row by row, and says whether it is what the lines give. */
export function agrees(
  stated: readonly VatBreakdown[],
  candidates: readonly Breakdown[],
  tolerances: Tolerances,
  report: Report,
): boolean {
  let fits = true;
  // What is outside of VAT is in no candidate.
  const keys = stated.map(({ rate, category }) => (category === "outOfScope" ? undefined : toRate(rate).key));
  keys.forEach((key, index) => {
    // Rows of one rate differ by their category: together they are the row of the candidate.
    if (key === undefined || keys.indexOf(key) !== index) return;
    for (const side of ["net", "vat", "gross"] as const) {
      const amount = stated
        .filter((_, other) => keys[other] === key)
        .reduce((sum, row) => exact.add(sum, exact.parse(row[side] ?? "0")), exact.ZERO);
      const difference = smallest(
        candidates.map(({ rows }) => exact.sub(amount, findRow(rows, key)?.[side] ?? exact.ZERO)),
      );
      if (difference !== undefined && exact.cmp(exact.abs(difference), tolerances.net) > 0) {
        fits = false;
        reportDifference(
          report,
          "VAT_MISMATCH",
          `vatBreakdown[${index}].${side}`,
          amount,
          difference,
          "the lines give",
        );
      }
    }
  });
  for (const { key, gross } of candidates[0]?.rows ?? []) {
    if (!keys.includes(key)) {
      fits = false;
      report(
        "VAT_MISMATCH",
        "error",
        "vatBreakdown",
        `no row for the rate ${key}, the lines give ${exact.format(gross)}`,
      );
    }
  }
  return fits;
}

/**
 * The breakdown that hits most of the stated totals to the cent; the first one if none is better.
 *
 * @param candidates - the likelier one first
 */
export function chooseBreakdown(candidates: readonly [Breakdown, Breakdown], totals: Totals | undefined): Breakdown {
  return hits(candidates[1], totals) > hits(candidates[0], totals) ? candidates[1] : candidates[0];
}

/**
 * What the totals are completed from: the rows that the shop states, where they hit its totals better than the lines do,
 * or come to the same as these; else the lines.
 */
export function chooseSums(rows: Sums | undefined, lines: Sums, totals: Totals | undefined): Sums {
  if (rows?.gross === undefined) return lines;
  const better = hits(rows, totals) - hits(lines, totals);
  const isSame = lines.gross === undefined || exact.cmp(rows.gross, lines.gross) === 0;
  return better > 0 || (better === 0 && isSame) ? rows : lines;
}

/** How many stated totals some sums hit to the cent. */
function hits(sums: Sums, totals: Totals | undefined): number {
  return (["gross", "net", "vat", "payable"] as const).filter((name) => {
    const stated = readStated(totals, name);
    return stated !== undefined && nearest(stated, name, [sums])?.units === 0n;
  }).length;
}

/**
 * The totals with what the shop does not state, 2 decimals: each of net, VAT and gross from the two others if they are
 * stated, else from `sums`; payable = gross + rounding. Stated amounts stay as they stand.
 */
export function completeTotals(totals: Totals | undefined, sums: Sums): Totals | undefined {
  const statedNet = amount(totals?.net);
  const statedVat = amount(totals?.vat);
  const statedGross = amount(totals?.gross);
  const likelyNet = statedNet ?? minus(statedGross, statedVat) ?? sums.net;
  const likelyVat = statedVat ?? minus(statedGross, statedNet) ?? sums.vat;
  const gross = statedGross ?? plus(statedNet, statedVat) ?? sums.gross ?? plus(likelyNet, likelyVat);
  const net = likelyNet ?? minus(gross, likelyVat);
  const vat = likelyVat ?? minus(gross, likelyNet);
  const rounding = amount(totals?.rounding) ?? exact.ZERO;
  const complete = extend<Totals>(totals ?? {}, {
    net: totals?.net ?? (net && exact.format(cents(net))),
    vat: totals?.vat ?? (vat && exact.format(cents(vat))),
    gross: totals?.gross ?? (gross && exact.format(cents(gross))),
    payable: totals?.payable ?? (gross && exact.format(cents(exact.add(gross, rounding)))),
  });
  return (complete.gross ?? complete.net ?? complete.vat ?? complete.payable) ? complete : totals;
}

function minus(left: Scaled | undefined, right: Scaled | undefined): Scaled | undefined {
  return left && right && exact.sub(left, right);
}

function plus(left: Scaled | undefined, right: Scaled | undefined): Scaled | undefined {
  return left && right && exact.add(left, right);
}

/** A difference in words: `the shop states 1003.50, the lines give 1003.60, difference -0.10`. */
export function reportDifference(
  report: Report,
  code: IssueCode,
  field: string,
  stated: Scaled,
  difference: Scaled,
  other: string,
  severity: Severity = "error",
): void {
  const numbers = `${exact.format(stated)}, ${other} ${exact.format(exact.strip(exact.sub(stated, difference), 2))}`;
  report(code, severity, field, `the shop states ${numbers}, difference ${exact.format(exact.strip(difference, 2))}`);
}

/** The stated amount that a sum of lines can equal: `payable` without the rounding. */
function readStated(totals: Totals | undefined, name: Comparison): Scaled | undefined {
  const stated = amount(totals?.[name]);
  return name === "payable" && stated && totals?.rounding !== undefined
    ? exact.sub(stated, exact.parse(totals.rounding))
    : stated;
}

function lineSide(name: Comparison, totals: Totals | undefined): string {
  return name === "payable" && totals?.rounding !== undefined
    ? `without the rounding of ${totals.rounding}, the lines give`
    : "the lines give";
}

function nearest(stated: Scaled, name: Comparison, candidates: readonly Sums[]): Scaled | undefined {
  const side = name === "payable" ? "gross" : name;
  let best: Scaled | undefined;
  for (const candidate of candidates) {
    const sum = candidate[side];
    const difference = sum && exact.sub(stated, sum);
    if (difference !== undefined && (best === undefined || exact.cmp(exact.abs(difference), exact.abs(best)) < 0)) {
      best = difference;
    }
  }
  return best;
}

function checkTriple(totals: Totals | undefined, tolerances: Tolerances, report: Report): void {
  const net = amount(totals?.net);
  const vat = amount(totals?.vat);
  const gross = amount(totals?.gross);
  if (net && vat && gross) {
    const difference = exact.sub(gross, exact.add(net, vat));
    const size = exact.abs(difference);
    if (exact.cmp(size, tolerances.net) > 0 && exact.cmp(size, tolerances.gross) > 0) {
      reportDifference(report, "TOTAL_MISMATCH", "totals.gross", gross, difference, "net + VAT is");
    }
  }
}

function findRow(rows: readonly Row[], key: string): Row | undefined {
  return rows.find((row) => row.key === key);
}

function smallest(values: readonly Scaled[]): Scaled | undefined {
  return values.reduce<Scaled | undefined>(
    (best, value) => (best === undefined || exact.cmp(exact.abs(value), exact.abs(best)) < 0 ? value : best),
    undefined,
  );
}

function amount(text: Decimal | undefined): Scaled | undefined {
  return text === undefined ? undefined : exact.parse(text);
}
