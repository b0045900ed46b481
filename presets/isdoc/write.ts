import {
  all,
  any,
  code,
  concat,
  date,
  dateTime,
  decimal,
  defineMapping,
  each,
  fieldIs,
  has,
  not,
  object,
  oneOf,
  type Party,
  required,
  type Seller,
  text,
  type VatBreakdown,
  when,
} from "../../src/index.ts";
import { CUSTOMER, DELIVERY, LINE, namespaces, order, ORDER, ORIGINAL, PAYMENT, RATE, SUPPLIER } from "./places.ts";
import { CATEGORY, line } from "./write-lines.ts";
import { address, party } from "./write-parties.ts";
import { accountAt, detail, hasCode } from "./write-payment.ts";
import {
  homeTotal,
  inForeignTotal,
  inTotal,
  MONEY,
  RATE_CLAIMED,
  row,
  toPay,
  total,
  TOTAL_HOME,
  zeros,
} from "./write-totals.ts";
import {
  isCorrection,
  isCreditNote,
  isForeign,
  isInvoice,
  isProforma,
  isSimplified,
  REGIMES,
  wordFor,
} from "./write-words.ts";

const documentTypeCode = when(
  any(
    all(isInvoice, isSimplified, not(has("/correctedNumber"))),
    all(isCreditNote, fieldIs("/custom.documentTypeCode", "=", "6")),
  ),
  code("DocumentType"),
);

export const writing = defineMapping("invoice", {
  record: "/Invoice",
  namespaces,
  parameters: {
    country: {
      title: "Country of the seller",
      description: "Decides VAT rates where the record states none",
      default: "CZ",
      values: ["CZ", "SK"],
    },
    issuingSystem: {
      title: "Name of the program that issues the documents",
      description: "At most 80 characters",
      default: "propojka",
    },
  },
  country: { parameter: "country" },
  fields: {
    // Before documentType, since the finer type goes first.
    custom: {
      documentTypeCode,
      uuid: text("UUID", {
        required: true,
        allowed: "^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$",
      }),
      externalOrderNumber: when(has("/orderNumber"), text(`${ORDER}/ExternalOrderID`)),
      correctedIssuedOn: when(isCorrection, text(`${ORIGINAL}/IssueDate`)),
      correctedUuid: when(isCorrection, text(`${ORIGINAL}/UUID`)),
      anonymousCustomerId: text("AnonymousCustomerParty/ID"),
      anonymousCustomerScheme: text("AnonymousCustomerParty/IDScheme"),
      constantSymbol: detail((at) => text(`${at}/ConstantSymbol`)),
      specificSymbol: detail((at) => text(`${at}/SpecificSymbol`)),
    },
    // An invoice that corrects another one is a debit note.
    documentType: when(
      all(isInvoice, has("/correctedNumber")),
      oneOf("DocumentType", { 3: "invoice" }),
      oneOf("DocumentType", { 1: "invoice", 2: "creditNote", 4: "proforma", 5: "advance" }),
    ),
    invoiceNumber: text("ID", { required: true }),
    issuedOn: date("IssueDate", { required: true }),
    // By the standard, corrections have none; and what is no tax document has none either.
    taxPointOn: when(not(any(isCorrection, isProforma)), date("TaxPointDate")),
    vatRegime: when(
      any(isProforma, fieldIs("/vatRegime", "=", "nonPayer")),
      wordFor("/vatRegime", "VATApplicable", "false", ...REGIMES),
      wordFor("/vatRegime", "VATApplicable", "true", ...REGIMES),
    ),
    notes: { customer: text("Note") },
    homeCurrency: code("LocalCurrencyCode"),
    currency: when(isForeign, code("ForeignCurrencyCode"), code("LocalCurrencyCode")),
    exchangeRate: decimal("CurrRate", { required: true }),
    seller: object<Seller>({ ...party(SUPPLIER, "seller"), bankAccount: detail(accountAt) }),
    // Without a customer the element is there all the same, unless an anonymous one stands in for it.
    customer: when(
      any(has("/customer"), not(has("/custom.anonymousCustomerId"))),
      object<Party>({
        ...party(CUSTOMER, "customer"),
        shipping: when(has("/customer.shipping"), address(DELIVERY, "customer.shipping", false)),
      }),
    ),
    orderNumber: text(`${ORDER}/SalesOrderID`),
    createdAt: when(has("/orderNumber"), dateTime(`${ORDER}/IssueDate`, { formats: ["yyyy-MM-dd"] })),
    correctedNumber: when(
      isCreditNote,
      text(`${ORIGINAL}/ID`, { required: true }),
      when(isCorrection, text(`${ORIGINAL}/ID`)),
    ),
    lines: required(each(LINE, line)),
    vatBreakdown: required(
      concat<VatBreakdown>(
        when(isForeign, each<VatBreakdown>(RATE + zeros(RATE_CLAIMED, true), row("Curr"))),
        when(not(isForeign), each<VatBreakdown>(RATE + zeros(RATE_CLAIMED, false), row(""))),
      ),
    ),
    totals: {
      net: total("TaxExclusiveAmount"),
      gross: total("TaxInclusiveAmount"),
      vat: when(isForeign, decimal("TaxTotal/TaxAmountCurr", MONEY), decimal("TaxTotal/TaxAmount", MONEY)),
      rounding: total("PayableRoundingAmount"),
      payable: when(
        isForeign,
        inForeignTotal("PayableAmount", "Curr"),
        toPay((more) => inTotal(TOTAL_HOME, "PayableAmount", "", more)),
      ),
      home: {
        net: homeTotal("TaxExclusiveAmount"),
        gross: homeTotal("TaxInclusiveAmount"),
        vat: when(isForeign, decimal("TaxTotal/TaxAmount", MONEY)),
        rounding: homeTotal("PayableRoundingAmount"),
        payable: when(
          isForeign,
          toPay((more) => inForeignTotal("PayableAmount", "", more)),
        ),
      },
    },
    payment: {
      kind: when(
        all(fieldIs("/payment.kind", "=", "transfer"), fieldIs("/payment.paid", "=", "true")),
        oneOf(`${PAYMENT}/PaymentMeansCode`, { 31: "transfer" }),
        when(
          hasCode,
          oneOf(`${PAYMENT}/PaymentMeansCode`, {
            10: "cash",
            20: "cheque",
            42: "transfer",
            48: "card",
            49: "directDebit",
            50: "cashOnDelivery",
            97: "setOff",
          }),
        ),
      ),
    },
    dueOn: detail((at) => date(`${at}/PaymentDueDate`)),
    variableSymbol: detail((at) => text(`${at}/VariableSymbol`)),
  },
  totals: { basis: "both", method: "bottomUp", compare: ["payable", "gross", "net", "vat"], creditNotes: "positive" },
  document: {
    perRecord: true,
    order,
    fixed: {
      "@version": "6.0.2",
      IssuingSystem: { parameter: "issuingSystem" },
      ElectronicPossibilityAgreementReference: "",
      RefCurrRate: "1",
      [`${SUPPLIER}/PostalAddress/BuildingNumber`]: "",
      [`${CUSTOMER}/PostalAddress/BuildingNumber`]: "",
      [`${DELIVERY}/PostalAddress/BuildingNumber`]: "",
      [`${DELIVERY}/PartyIdentification/ID`]: "",
      [`${LINE}/${CATEGORY}/LocalReverseCharge/LocalReverseChargeCode`]: { field: "custom.reverseChargeCode" },
    },
  },
});
