import {
  all,
  compared,
  type Condition,
  constant,
  type Decimal,
  decimal,
  equals,
  not,
  object,
  type Spec,
  type VatBreakdown,
  vatRate,
  when,
} from "../../src/index.ts";
import { isForeign, TOTAL } from "./places.ts";

export const isNonZero = (path: string): Condition => compared(decimal(path), "!=", "0");

/**
 * A document of a seller that pays no VAT. VATApplicable alone does not tell: a proforma of one that does, which is no
 * tax document, has false there too, and states VAT nevertheless.
 */
export const isUntaxed = (up = ""): Condition =>
  all(equals(`${up}VATApplicable`, "false"), not(isNonZero(`${up}TaxTotal/TaxAmount`)));

/** An amount in the currency of the document: with a foreign one, each has a twin, which ends on Curr. */
export function amount(path: string, up = ""): Spec<Decimal> {
  return when(isForeign(up), decimal(`${path}Curr`), decimal(path));
}

/** The amount in the currency of the books beside the one in the foreign currency. */
export function homeAmount(path: string, up = ""): Spec<Decimal> {
  return when(isForeign(up), decimal(path));
}

/** From an item of a list up to the record. */
export const up = "../../";

export const isClaimed = isNonZero(`${TOTAL}/AlreadyClaimedTaxInclusiveAmount`);
export const isRowClaimed = isNonZero("AlreadyClaimedTaxInclusiveAmount");
/** Advances without a tax document: money that was paid before, and no part of what this document is about. */
export const isPaidBefore = isNonZero(`${TOTAL}/PaidDepositsAmount`);

/** What this document adds to the VAT of advances; without advances, the whole. */
function rowAmount(name: string, give: (path: string, up: string) => Spec<Decimal>): Spec<Decimal> {
  return when(isRowClaimed, give(`Difference${name}`, up), give(name, up));
}

export function totalAmount(name: string, give: (path: string) => Spec<Decimal>): Spec<Decimal> {
  return when(isClaimed, give(`${TOTAL}/Difference${name}`), give(`${TOTAL}/${name}`));
}

export const row = object<VatBreakdown>({
  rate: when(
    equals("TaxCategory/LocalReverseChargeFlag", "true"),
    constant("0"),
    vatRate("TaxCategory/Percent", { notation: "percent" }),
  ),
  net: rowAmount("TaxableAmount", amount),
  vat: rowAmount("TaxAmount", amount),
  gross: rowAmount("TaxInclusiveAmount", amount),
  category: when(
    equals("TaxCategory/LocalReverseChargeFlag", "true"),
    constant("reverseCharge"),
    when(all(equals("TaxCategory/VATApplicable", "false"), not(isNonZero("TaxAmount"))), constant("outOfScope")),
  ),
  home: {
    net: rowAmount("TaxableAmount", homeAmount),
    vat: rowAmount("TaxAmount", homeAmount),
    gross: rowAmount("TaxInclusiveAmount", homeAmount),
  },
});
