import {
  type Decimal,
  decimal,
  fieldIs,
  has,
  object,
  oneOf,
  type Spec,
  type VatBreakdown,
  vatRate,
  when,
} from "../../src/index.ts";
import { PAYMENT, TOTAL } from "./places.ts";
import { hasCode, isTransfer, TRANSFER } from "./write-payment.ts";
import { CATEGORIES, isForeign, isProforma, wordFor } from "./write-words.ts";

// Amounts. In the currency of the books there is one of each; in another currency it stands beside, with the same name
// and Curr. Advances are not taken off, so all that they would take is zero: elements that must be there nevertheless.

export const MONEY = { required: true } as const;

export function zeros(names: readonly string[], twins: boolean): string {
  const places = twins ? names.flatMap((name) => [name, `${name}Curr`]) : names;
  return `[${places.map((name) => `${name}='0'`).join(" and ")}]`;
}

const CLAIMED = ["AlreadyClaimedTaxExclusiveAmount", "AlreadyClaimedTaxInclusiveAmount", "PaidDepositsAmount"];
export const TOTAL_HOME = TOTAL + zeros(CLAIMED, false);
const TOTAL_FOREIGN = TOTAL + zeros(CLAIMED, true);
/** What is to be paid can be rounded by the exchange rate alone; then the rounding of the other currency is zero. */
const TOTAL_FOREIGN_EVEN = TOTAL + zeros(CLAIMED, true).replace("]", " and PayableRoundingAmountCurr='0']");

type Total = "TaxExclusiveAmount" | "TaxInclusiveAmount" | "PayableRoundingAmount" | "PayableAmount";

/** An amount of the totals; without advances, the difference to what they claimed is the same amount. */
export function inTotal(at: string, name: Total, twin: "" | "Curr", more: readonly string[] = []): Spec<Decimal> {
  const place = at + "/";
  const difference = name.startsWith("Tax") ? [`${place}Difference${name}${twin}`] : [];
  return decimal(`${place}${name}${twin}`, {
    required: name !== "PayableRoundingAmount",
    also: [...difference, ...more],
  });
}

export function inForeignTotal(name: Total, twin: "" | "Curr", more: readonly string[] = []): Spec<Decimal> {
  return when(
    has("/totals.rounding"),
    inTotal(TOTAL_FOREIGN, name, twin, more),
    inTotal(TOTAL_FOREIGN_EVEN, name, twin, more),
  );
}

export const total = (name: Total): Spec<Decimal> =>
  when(isForeign, inForeignTotal(name, "Curr"), inTotal(TOTAL_HOME, name, ""));
export const homeTotal = (name: Total): Spec<Decimal> => when(isForeign, inForeignTotal(name, ""));

/** The amount to be paid in the currency of the books is also that of the payment. */
export function toPay(give: (more: readonly string[]) => Spec<Decimal>): Spec<Decimal> {
  return when(hasCode, give([`${PAYMENT}/PaidAmount`]), when(isTransfer, give([`${TRANSFER}/PaidAmount`]), give([])));
}

// VAT summary

const RATE_SUMS = ["TaxableAmount", "TaxAmount", "TaxInclusiveAmount"];
export const RATE_CLAIMED = RATE_SUMS.map((name) => `AlreadyClaimed${name}`);

function rateSum(name: string): Spec<Decimal> {
  return decimal(name, { ...MONEY, also: [`Difference${name}`] });
}

export function row(twin: "" | "Curr"): Spec<VatBreakdown> {
  return object<VatBreakdown>({
    rate: vatRate("TaxCategory/Percent", { notation: "percent", required: true }),
    net: rateSum(`TaxableAmount${twin}`),
    vat: rateSum(`TaxAmount${twin}`),
    gross: rateSum(`TaxInclusiveAmount${twin}`),
    category: when(
      isProforma,
      wordFor("category", "TaxCategory/VATApplicable", "false", ...CATEGORIES),
      when(
        fieldIs("category", "=", "outOfScope"),
        oneOf("TaxCategory/VATApplicable", { false: "outOfScope" }),
        when(
          fieldIs("category", "=", "reverseCharge"),
          oneOf("TaxCategory/LocalReverseChargeFlag", { true: "reverseCharge" }),
        ),
      ),
    ),
    ...(twin === "Curr" && {
      home: {
        net: rateSum("TaxableAmount"),
        vat: rateSum("TaxAmount"),
        gross: rateSum("TaxInclusiveAmount"),
      },
    }),
  });
}
