import type { Issue } from "../errors.ts";
import { breakdowns, completeRows, formatRows, sumLines, sumRows } from "./breakdown.ts";
import { checkLine, checkParty, checkRates } from "./check.ts";
import { extend } from "./extend.ts";
import { closeLine, openLine } from "./line.ts";
import { completeLines } from "./lines.ts";
import { findPlace } from "./place.ts";
import type { Reconcilable, ReconcileContext } from "./place.ts";
import type { TotalsRule } from "./rule.ts";
import {
  agrees,
  chooseBreakdown,
  chooseSums,
  compareTotals,
  completeTotals,
  readTolerances,
  reporter,
} from "./totals.ts";

/**
 * Completes the money of an order or invoice and checks it. The input stays as it is; a stated amount is never changed,
 * what does not agree with it becomes an issue. (With `rule.fees.basis` `"auto"` the price of a fee may move from the
 * gross to the net side.) Reconciling the result again changes nothing.
 *
 * Completed are, where they follow from what is stated: the VAT rate of a line (out of net and gross, see
 * `snapVatRate`; of fees by `rule.fees.vat`), net and gross of unit prices (2 decimals, or the first of 4, 6, 8
 * that gives the line total back), line totals, the VAT breakdown, and the totals (2 decimals). A discount without a
 * rate over goods of several rates keeps none; the breakdown shares it among those rates by the price of the goods.
 *
 * - `vatRegime` `"nonPayer"`: no VAT at all. Net = gross, VAT `"0.00"`, lines get no rate, the breakdown is empty: a
 *   row with the rate 0 would say "taxed at zero", which is something else.
 * - `"reverseCharge"`, `"intraCommunity"` and `"export"`: a line without a rate has the rate `"0"`.
 * - `"oss"`: `vatCountry`, or else the country of delivery, comes first when a rate is sought.
 *
 * Issues: TOTAL_MISMATCH (error) and TOTAL_UNCHECKED (warning) by `rule.compare`; LINE_MISMATCH where a stated line
 * total is not quantity × stated unit price or net + VAT is not gross (a warning up to 0.01 × quantity, an error beyond;
 * none if the rounding of a unit price explains it and that side does not lead); VAT_MISMATCH for a stated breakdown
 * (error) and for a rate that its line contradicts (warning); VAT_RATE_UNKNOWN (warning) for a rate that neither the
 * shop's country nor that of delivery or billing has on the day, and for a line without one; IDENTIFIER_INVALID
 * (warning) for customer numbers that fail their check.
 *
 * @param record - valid by its schema
 * @throws RangeError if an amount is not a decimal
 */
export function reconcile<T extends Reconcilable>(
  record: T,
  rule: TotalsRule,
  context: ReconcileContext = {},
): { readonly order: T; readonly issues: readonly Issue[] } {
  const issues: Issue[] = [];
  const report = reporter(issues, context.key);
  const place = findPlace(record, rule, context);
  const tolerances = readTolerances(rule, record.lines.length);

  const lines = record.lines.map(openLine);
  completeLines(lines, { record, rule, place, tolerances, report });
  const sums = sumLines(lines);
  const candidates = breakdowns(lines, rule);
  const { totals } = record;
  const chosen = candidates && chooseBreakdown(candidates, totals);

  for (const line of lines) {
    checkLine(line, rule, report);
  }
  checkRates(lines, place, report);
  const stated = record.vatBreakdown && completeRows(record.vatBreakdown);
  const fits = candidates !== undefined && stated !== undefined && agrees(stated, candidates, tolerances, report);
  // What the shop states of each rate goes before what the lines give, as long as the two are no further apart than rounding.
  const byRows = fits ? sumRows(stated, lines) : undefined;
  const compared = [sums, ...(candidates ?? []), ...(byRows ? [byRows] : [])];
  const isCompared = compareTotals(totals, rule, compared, tolerances, report);
  if (!isCompared && !fits) {
    report("TOTAL_UNCHECKED", "warning", "totals", "no stated total that the lines could be compared with");
  }
  checkParty(record.customer, place.country, report);

  const order = extend<Reconcilable>(record, {
    lines: lines.map(closeLine),
    totals: completeTotals(totals, chooseSums(byRows, chosen ?? sums, totals)),
    vatBreakdown: stated ?? (chosen && formatRows(chosen.rows)),
  }) as T;
  return { order, issues };
}
