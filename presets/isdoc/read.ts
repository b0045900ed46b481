import {
  all,
  any,
  code,
  compared,
  concat,
  constant,
  date,
  dateTime,
  type Decimal,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  first,
  type Line,
  not,
  object,
  oneOf,
  type Party,
  type Spec,
  text,
  when,
} from "../../src/index.ts";
import { ignored } from "./ignored.ts";
import {
  CUSTOMER,
  DELIVERY,
  DETAILS,
  isForeign,
  LINE,
  namespaces,
  ORDER,
  ORIGINAL,
  PAYMENT,
  RATE,
  SUPPLIER,
  TOTAL,
} from "./places.ts";
import {
  amount,
  homeAmount,
  isClaimed,
  isNonZero,
  isPaidBefore,
  isRowClaimed,
  isUntaxed,
  row,
  totalAmount,
  up,
} from "./read-amounts.ts";
import { claimed, line, taxedDeposit } from "./read-lines.ts";
import { address, bankAccount, hasNumber, party } from "./read-parties.ts";

/** Credit notes have positive amounts. One with negative ones would be turned round into an invoice: it is refused. */
const isTurned = all(equals("DocumentType", ["2", "6"]), compared(decimal(`${TOTAL}/TaxInclusiveAmount`), "<", "0"));

const documentType = when(
  isTurned,
  oneOf(`${TOTAL}/TaxInclusiveAmount`, { "an amount from 0 up, as credit notes have": "creditNote" }),
  oneOf("DocumentType", {
    1: "invoice",
    2: "creditNote",
    3: "invoice", // debit note: it raises what was paid too little, and has a correctedNumber
    4: "proforma",
    5: "advance",
    6: "creditNote", // of a tax document on payment
    7: "invoice", // simplified
  }),
);

/** Units of the home currency for so many of the foreign one: the Czech National Bank lists 100 HUF. */
function rateFor(units: string, shift: number, otherwise?: Spec<Decimal>): Spec<Decimal> {
  const isListedSo = compared(decimal("RefCurrRate", { default: "1" }), "=", units);
  return when(isListedSo, decimal("CurrRate", { shift }), otherwise);
}

export const reading = defineMapping("invoice", {
  record: "/Invoice",
  namespaces,
  parameters: {
    country: {
      title: "Country of the seller",
      description: "Decides which VAT rates there are, the prefix of phone numbers, and IČO checks",
      default: "CZ",
      values: ["CZ", "SK"],
    },
  },
  country: { parameter: "country" },
  // A correction has no tax point, and the rate of what it corrects.
  taxDate: first(date("TaxPointDate"), date(`${ORIGINAL}/IssueDate`), date("IssueDate")),
  fields: {
    invoiceNumber: text("ID"),
    documentType,
    issuedOn: date("IssueDate"),
    taxPointOn: date("TaxPointDate"),
    dueOn: date(`${DETAILS}/PaymentDueDate`),
    orderNumber: text(`${ORDER}/SalesOrderID`),
    correctedNumber: text(`${ORIGINAL}/ID`),
    variableSymbol: code(`${DETAILS}/VariableSymbol`),
    // The day of the order; ISDOC knows no time.
    createdAt: dateTime(`${ORDER}/IssueDate`),
    currency: code(["ForeignCurrencyCode", "LocalCurrencyCode"], { upper: true }),
    homeCurrency: when(isForeign(), code("LocalCurrencyCode", { upper: true })),
    exchangeRate: when(isForeign(), rateFor("1", 0, rateFor("100", -2, rateFor("1000", -3, rateFor("10", -1))))),
    seller: { ...party(SUPPLIER), bankAccount },
    customer: object<Party>({
      ...party(CUSTOMER),
      // A place of delivery is seldom given with numbers; who has a contact person is a company.
      shipping: address(DELIVERY, any(hasNumber(DELIVERY), exists(`${DELIVERY}/Contact/Name`))),
    }),
    lines: concat<Line>(
      each(LINE, line),
      when(
        isClaimed,
        when(
          exists("TaxedDeposits/TaxedDeposit/TaxInclusiveDepositAmount"),
          each<Line>("TaxedDeposits/TaxedDeposit", taxedDeposit),
          each<Line>(RATE, claimed, isRowClaimed),
        ),
      ),
    ),
    payment: {
      kind: oneOf(`${PAYMENT}/PaymentMeansCode`, {
        10: "cash",
        20: "cheque",
        31: "transfer", // completed
        42: "transfer",
        48: "card",
        49: "directDebit",
        50: "cashOnDelivery",
        97: "setOff",
      }),
      paid: when(
        any(
          equals(`${PAYMENT}/PaymentMeansCode`, "31"),
          exists(`${DETAILS}/DocumentID`),
          all(isPaidBefore, not(isNonZero(`${TOTAL}/PayableAmount`))),
        ),
        constant(true),
      ),
      paidAmount: when(isPaidBefore, amount(`${TOTAL}/PaidDepositsAmount`)),
      // With the number of a receipt: the day of the receipt.
      paidAt: when(exists(`${DETAILS}/DocumentID`), date(`${DETAILS}/IssueDate`)),
    },
    totals: {
      net: totalAmount("TaxExclusiveAmount", amount),
      vat: when(not(isClaimed), amount("TaxTotal/TaxAmount")),
      gross: totalAmount("TaxInclusiveAmount", amount),
      rounding: when(
        any(isNonZero(`${TOTAL}/PayableRoundingAmount`), isNonZero(`${TOTAL}/PayableRoundingAmountCurr`)),
        amount(`${TOTAL}/PayableRoundingAmount`),
      ),
      // What is left to pay, where advances were paid before, is less than what the document is about.
      payable: when(not(isPaidBefore), amount(`${TOTAL}/PayableAmount`)),
      home: {
        net: totalAmount("TaxExclusiveAmount", homeAmount),
        vat: when(not(isClaimed), homeAmount("TaxTotal/TaxAmount")),
        gross: totalAmount("TaxInclusiveAmount", homeAmount),
        rounding: when(isNonZero(`${TOTAL}/PayableRoundingAmount`), homeAmount(`${TOTAL}/PayableRoundingAmount`)),
        payable: when(not(isPaidBefore), homeAmount(`${TOTAL}/PayableAmount`)),
      },
    },
    vatBreakdown: each(RATE, row, not(isUntaxed(up))),
    vatRegime: when(
      isUntaxed(),
      constant("nonPayer"),
      when(
        all(
          any(
            exists(`${LINE}[ClassifiedTaxCategory/LocalReverseCharge]/ID`),
            exists(`${RATE}[TaxCategory/LocalReverseChargeFlag='true']/TaxableAmount`),
          ),
          not(isNonZero("TaxTotal/TaxAmount")),
        ),
        constant("reverseCharge"),
      ),
    ),
    notes: { customer: text("Note") },
    custom: {
      // The zero UUID is no id: two documents that have it would be taken for one.
      uuid: text("UUID", { case: "lower", extract: "^(?!0{8}-0{4}-0{4}-0{4}-0{12}$).+$" }),
      // Where the type says more than documentType: debit note, credit note of an advance, simplified document.
      documentTypeCode: when(equals("DocumentType", ["3", "6", "7"]), code("DocumentType")),
      externalOrderNumber: text(`${ORDER}/ExternalOrderID`),
      correctedUuid: text(`${ORIGINAL}/UUID`, { case: "lower" }),
      correctedIssuedOn: text(`${ORIGINAL}/IssueDate`),
      constantSymbol: code(`${DETAILS}/ConstantSymbol`),
      specificSymbol: code(`${DETAILS}/SpecificSymbol`),
      receiptNumber: text(`${DETAILS}/DocumentID`),
      reverseChargeCode: code(
        `${LINE}[ClassifiedTaxCategory/LocalReverseCharge]/ClassifiedTaxCategory/LocalReverseCharge/LocalReverseChargeCode`,
      ),
      anonymousCustomerId: text("AnonymousCustomerParty/ID"),
      anonymousCustomerScheme: text("AnonymousCustomerParty/IDScheme"),
    },
  },
  // Both sides of each line are stated. Where prices without VAT lead, the VAT is calculated from the sum of a rate, and
  // the lines with VAT need not add up to it; the summary is what counts then, by the standard.
  totals: {
    basis: "both",
    method: "bottomUp",
    compare: ["payable", "gross", "net", "vat"],
    tolerance: "0.05",
    creditNotes: "positive",
  },
  ignore: ignored,
});
