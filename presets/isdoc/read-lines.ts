import {
  all,
  code,
  compared,
  constant,
  type Decimal,
  decimal,
  equals,
  exists,
  type Line,
  matches,
  not,
  object,
  oneOf,
  type Spec,
  template,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { isForeign } from "./places.ts";
import { amount, homeAmount, isNonZero, isUntaxed, up } from "./read-amounts.ts";

const isReverseCharge = exists("ClassifiedTaxCategory/LocalReverseCharge/LocalReverseChargeCode");
const isNegative = compared(decimal("LineExtensionAmountTaxInclusive"), "<", "0");

/** The price before a discount may stand in UnitPrice then; the total of the line is what counts, and gives the price. */
const isDiscounted = exists(["LineExtensionAmountBeforeDiscount", "LineExtensionAmountTaxInclusiveBeforeDiscount"]);
const statesPrice = all(exists("InvoicedQuantity"), not(isDiscounted));
// Unit prices have no twin: they are in the currency of the books, whatever that of the document is.
const unitPrice = { net: decimal("UnitPrice"), gross: decimal("UnitPriceTaxInclusive") };

export const line = object<Line>({
  // Lines have no kind. Shipping and payment are goods like others; only what is sure is told apart.
  kind: when(
    matches("Item/Description", "^zaokr[úo]uhlen", "iu"),
    constant("rounding"),
    when(isNegative, constant("discount"), constant("product")),
  ),
  externalId: text("ID"),
  code: text("Item/SellersItemIdentification/ID"),
  ean: code("Item/CatalogueItemIdentification/ID"),
  name: text(["Item/Description", "Note", "Item/SellersItemIdentification/ID"], { default: "Položka" }),
  quantity: decimal("InvoicedQuantity", { default: "1" }),
  unit: text("InvoicedQuantity/@unitCode"),
  // With local reverse charge the customer pays the VAT; the percent is what the customer has to calculate with.
  vatRate: when(
    isReverseCharge,
    constant("0"),
    when(not(isUntaxed(up)), vatRate("ClassifiedTaxCategory/Percent", { notation: "percent" })),
  ),
  vatCategory: when(
    isReverseCharge,
    constant("reverseCharge"),
    when(
      all(equals("ClassifiedTaxCategory/VATApplicable", "false"), not(isNonZero("LineExtensionTaxAmount"))),
      constant("outOfScope"),
    ),
  ),
  priceBasis: oneOf("ClassifiedTaxCategory/VATCalculationMethod", { 0: "net", 1: "gross" }),
  unitPrice: when(all(statesPrice, not(isForeign(up))), unitPrice),
  total: {
    net: amount("LineExtensionAmount", up),
    vat: when(not(isForeign(up)), decimal("LineExtensionTaxAmount")),
    gross: amount("LineExtensionAmountTaxInclusive", up),
  },
  home: {
    unitPrice: when(all(statesPrice, isForeign(up)), unitPrice),
    total: {
      net: homeAmount("LineExtensionAmount", up),
      vat: homeAmount("LineExtensionTaxAmount", up),
      gross: homeAmount("LineExtensionAmountTaxInclusive", up),
    },
  },
  note: when(exists("Item/Description"), text(["Note", "VATNote"])),
});

// Advances. Those with a tax document of their own have been taxed already: they are taken off, each rate by itself, so
// that the VAT of the record is the one that this document adds. The numbers of the documents stand in TaxedDeposits; a
// file without them has the same amounts in the summary.

function takenOff(path: string): Spec<Decimal> {
  return when(isForeign(up), decimal(`${path}Curr`, { sign: "negate" }), decimal(path, { sign: "negate" }));
}

export const taxedDeposit = object<Line>({
  kind: constant("deposit"),
  code: text("ID"),
  name: template("Odpočet zálohy {ID}"),
  quantity: constant("1"),
  vatRate: vatRate("ClassifiedTaxCategory/Percent", { notation: "percent" }),
  priceBasis: oneOf("ClassifiedTaxCategory/VATCalculationMethod", { 0: "net", 1: "gross" }),
  total: { net: takenOff("TaxableDepositAmount"), gross: takenOff("TaxInclusiveDepositAmount") },
});

export const claimed = object<Line>({
  kind: constant("deposit"),
  name: constant("Odpočet zálohy"),
  quantity: constant("1"),
  vatRate: vatRate("TaxCategory/Percent", { notation: "percent" }),
  total: {
    net: takenOff("AlreadyClaimedTaxableAmount"),
    vat: takenOff("AlreadyClaimedTaxAmount"),
    gross: takenOff("AlreadyClaimedTaxInclusiveAmount"),
  },
});
