import { checkCompanyId, checkTaxId, checkVatId, vatIdCountry } from "./identifiers.ts";
import { timesQuantity } from "./line.ts";
import type { OpenLine } from "./line.ts";
import type { Decimal, Party } from "./order.ts";
import type { Place } from "./place.ts";
import type { TotalsRule } from "./rule.ts";
import * as exact from "./scaled.ts";
import type { Scaled } from "./scaled.ts";
import { reportDifference } from "./totals.ts";
import type { Report } from "./totals.ts";
import { vatInGross } from "./vat.ts";

const CENT: Scaled = { units: 1n, scale: 2 };
const HALF_CENT: Scaled = { units: 5n, scale: 3 };

/** Checks stated amounts of a line against each other: quantity × price, net + VAT = gross, and the rate. */
export function checkLine(open: OpenLine, rule: TotalsRule, report: Report): void {
  const { unitPrice, total } = open.line;
  if (total !== undefined) {
    if (unitPrice?.gross !== undefined && total.gross !== undefined) {
      checkProduct(open, "gross", open.unitGross!, open.gross!, rule, report);
    }
    if (unitPrice?.net !== undefined && total.net !== undefined) {
      checkProduct(open, "net", open.unitNet!, open.net!, rule, report);
    }
    if (total.net !== undefined && total.vat !== undefined && total.gross !== undefined) {
      const difference = exact.sub(open.gross!, exact.add(open.net!, open.vat!));
      reportLine(open, "total.gross", open.gross!, difference, "net + VAT is", report);
    }
  }
  checkRate(open, report);
}

/** Checks the VAT rates of all lines, each rate once, at the first line that has it. */
export function checkRates(lines: readonly OpenLine[], place: Place, report: Report): void {
  const seen: Decimal[] = [];
  for (const { line, index, rate, vatFree, shares, net, gross, vat } of lines) {
    if (vatFree) {
      continue;
    }
    const field = (): string => `lines[${index}].vatRate`;
    if (line.vatRate === undefined) {
      const priced = vat === undefined ? (net ?? gross) !== undefined : vat.units !== 0n;
      if (rate === undefined && shares === undefined && priced) {
        report("VAT_RATE_UNKNOWN", "warning", field(), "no VAT rate is stated and none follows from the amounts");
      }
    } else if (rate !== undefined && !seen.includes(rate.key)) {
      seen.push(rate.key);
      if (rate.percent.units < 0n) {
        report("VAT_RATE_UNKNOWN", "error", field(), `expected a VAT rate from 0 up, got ${rate.key}`);
      } else if (!isKnown(rate.key, place)) {
        const day = place.date === undefined ? "" : ` on ${place.date}`;
        report("VAT_RATE_UNKNOWN", "warning", field(), `${rate.key} is no VAT rate of ${place.country!}${day}`);
      }
    }
  }
}

/** Checks the numbers of the customer; the messages do not repeat them. */
export function checkParty(party: Party | undefined, country: string | undefined, report: Report): void {
  if (party === undefined) {
    return;
  }
  const { companyId, vatId, taxId } = party;
  if (companyId === undefined && vatId === undefined && taxId === undefined) {
    return;
  }
  const home = party.billing?.country ?? (vatId && vatIdCountry(vatId)) ?? country;
  const note = (field: string, reason: string | undefined): void => {
    if (reason !== undefined) {
      report("IDENTIFIER_INVALID", "warning", `customer.${field}`, reason);
    }
  };
  if (companyId !== undefined && home !== undefined) {
    note("companyId", checkCompanyId(companyId, home));
  }
  if (vatId !== undefined) {
    note("vatId", checkVatId(vatId));
  }
  if (taxId !== undefined && home === "SK") {
    note("taxId", checkTaxId(taxId));
  }
}

function checkProduct(
  open: OpenLine,
  side: "net" | "gross",
  unit: Scaled,
  stated: Scaled,
  rule: TotalsRule,
  report: Report,
): void {
  const difference = exact.sub(stated, timesQuantity(open, unit, rule));
  if (difference.units === 0n) {
    return;
  }
  const leading = rule.basis === "both" ? (rule.method === "topDown" ? "gross" : "net") : rule.basis;
  if (side !== leading) {
    const place = Math.max(exact.strip(unit, 2).scale, 2);
    const slack = exact.add(exact.mul({ units: 5n, scale: place + 1 }, exact.abs(open.quantity)), HALF_CENT);
    if (exact.cmp(exact.abs(difference), slack) <= 0) {
      return;
    }
  }
  reportLine(open, `total.${side}`, stated, difference, "quantity × unit price is", report);
}

function reportLine(
  open: OpenLine,
  field: string,
  stated: Scaled,
  difference: Scaled,
  other: string,
  report: Report,
): void {
  const size = exact.abs(difference);
  if (exact.cmp(size, HALF_CENT) > 0) {
    const severity = exact.cmp(size, centsOfQuantity(open)) <= 0 ? "warning" : "error";
    reportDifference(report, "LINE_MISMATCH", `lines[${open.index}].${field}`, stated, difference, other, severity);
  }
}

/** The VAT between a stated net and gross must be that of the stated rate, give or take their rounding. */
function checkRate(open: OpenLine, report: Report): void {
  const { unitPrice, total, vatRate } = open.line;
  const percent = open.vatFree ? exact.ZERO : open.rate?.percent;
  if (percent === undefined || percent.units < 0n || (vatRate === undefined && !open.vatFree)) {
    return;
  }
  const ofTotal = total?.net !== undefined && total.gross !== undefined;
  if (!ofTotal && (unitPrice?.net === undefined || unitPrice.gross === undefined)) {
    return;
  }
  const net = ofTotal ? open.net! : open.unitNet!;
  const gross = ofTotal ? open.gross! : open.unitGross!;
  const vat = exact.sub(gross, net);
  const difference = exact.sub(vat, vatInGross(gross, percent, 2));
  const slack = exact.add(exact.add(halfPlace(net), halfPlace(gross)), centsOfQuantity(open));
  if (exact.cmp(exact.abs(difference), slack) > 0) {
    const other = `at ${exact.format(percent)} % it is`;
    reportDifference(report, "VAT_MISMATCH", `lines[${open.index}].vatRate`, vat, difference, other, "warning");
  }
}

/** One cent for each piece, at least one. */
function centsOfQuantity({ quantity }: OpenLine): Scaled {
  const cents = exact.mul(CENT, exact.abs(quantity));
  return exact.cmp(cents, CENT) < 0 ? CENT : cents;
}

function halfPlace(value: Scaled): Scaled {
  return { units: 5n, scale: exact.strip(value, Math.min(value.scale, 2)).scale + 1 };
}

function isKnown(rate: Decimal, { rates, partial }: Place): boolean {
  return partial || rate === "0" || rates.some(({ standard, reduced }) => rate === standard || reduced.includes(rate));
}
