import {
  all,
  date,
  dateTime,
  defineMapping,
  type DocumentType,
  fieldIs,
  not,
  oneOf,
  parameterIs,
  type Spec,
  text,
  when,
} from "../../src/index.ts";
import { invoiceForm, invoiceNamespace, requestNamespaces } from "./document.ts";
import { customerWritten } from "./party.ts";
import {
  breakdownWritten,
  currencyWritten,
  fixedOf,
  notesWritten,
  orderOf,
  paymentWritten,
  shippingWritten,
  skipCancelled,
  vatCountryWritten,
  writeParameters,
} from "./write-document.ts";
import { linesWritten } from "./write-lines.ts";

const H = "inv:invoiceHeader/";
const number = { maxLength: 32, required: true } as const;
const isProforma = fieldIs("documentType", "=", "proforma");

/** A tax document for an advance has no word: Pohoda makes it itself, of the payment. */
function documentType(): Spec<DocumentType> {
  const credit = (word: string): Spec<DocumentType> => oneOf(`${H}inv:invoiceType`, { [word]: "creditNote" });
  const proforma = (word: string): Spec<DocumentType> => oneOf(`${H}inv:invoiceType`, { [word]: "proforma" });
  return when(
    fieldIs("documentType", "=", "creditNote"),
    when(parameterIs("creditNote", "issuedCorrectiveTax"), credit("issuedCorrectiveTax"), credit("issuedCreditNotice")),
    when(
      isProforma,
      when(
        parameterIs("proforma", "issuedProformaInvoice"),
        proforma("issuedProformaInvoice"),
        proforma("issuedAdvanceInvoice"),
      ),
      oneOf(`${H}inv:invoiceType`, { issuedInvoice: "invoice" }),
    ),
  );
}

/** Issued invoices for Pohoda, one in each item of the pack. Amounts of credit notes are negative there as well. */
export const invoiceWriting = defineMapping("invoice", {
  record: "/dat:dataPack/dat:dataPackItem/inv:invoice",
  namespaces: { ...requestNamespaces, ...invoiceNamespace },
  parameters: {
    ...writeParameters("invoices", "Faktura z e-shopu"),
    numbering: {
      title: "Number of the invoice in Pohoda",
      description:
        "invoice: that of the shop; series: the next one of Pohoda's series, and that of the shop goes into the control statement",
      default: "invoice",
      values: ["invoice", "series"],
    },
    creditNote: {
      title: "What credit notes are",
      description: "issuedCreditNotice: dobropis; issuedCorrectiveTax: opravný daňový doklad, in Czech units alone",
      default: "issuedCreditNotice",
      values: ["issuedCreditNotice", "issuedCorrectiveTax"],
    },
    proforma: {
      title: "What proformas are",
      description: "issuedAdvanceInvoice: zálohová faktura; issuedProformaInvoice: proforma faktura",
      default: "issuedAdvanceInvoice",
      values: ["issuedAdvanceInvoice", "issuedProformaInvoice"],
    },
    accounting: { title: "Accounting (předkontace)", description: "At most 19 characters", default: "" },
    account: {
      title: "Bank account or cash desk",
      description: "Where the money is to come, by its name in Pohoda; at most 19 characters",
      default: "",
    },
  },
  country: { parameter: "country" },
  skip: [skipCancelled],
  fields: {
    invoiceNumber: when(
      parameterIs("numbering", "series"),
      // The number on the invoice is that of the control statement, whatever Pohoda calls the document.
      when(
        parameterIs("country", "SK"),
        text(`${H}inv:numberKVDPH`, { ...number, also: ["../@id"] }),
        text(`${H}inv:numberKHDPH`, { ...number, also: ["../@id"] }),
      ),
      text(`${H}inv:number/typ:numberRequested`, { ...number, also: ["../@id"] }),
    ),
    documentType: documentType(),
    variableSymbol: text(`${H}inv:symVar`, { maxLength: 20 }),
    issuedOn: date(`${H}inv:date`, { required: true }),
    taxPointOn: when(not(isProforma), date(`${H}inv:dateTax`)),
    dueOn: date(`${H}inv:dateDue`),
    createdAt: dateTime(`${H}inv:dateOrder`, { formats: ["yyyy-MM-dd"] }),
    orderNumber: text(`${H}inv:numberOrder`, { maxLength: 32 }),
    // For Slovak units, says the schema; of the Czech ones, none has a place where it would be a mere note.
    correctedNumber: text(`${H}inv:originalDocumentNumber`),
    ...currencyWritten(invoiceForm),
    customer: customerWritten(invoiceForm),
    lines: linesWritten(invoiceForm),
    payment: paymentWritten(invoiceForm),
    shipping: shippingWritten(invoiceForm),
    vatBreakdown: breakdownWritten(invoiceForm),
    vatCountry: vatCountryWritten(invoiceForm),
    // Calls for payment have no classification.
    vatRegime: when(
      all(fieldIs("vatRegime", "=", "nonPayer"), not(isProforma)),
      oneOf(`${H}inv:classificationVAT/typ:classificationVATType`, { nonSubsume: "nonPayer" }),
      when(
        all(fieldIs("vatRegime", "=", "intraCommunity"), not(isProforma)),
        oneOf(`${H}inv:classificationVAT/typ:ids`, { UDdodEU: "intraCommunity" }),
      ),
    ),
    notes: notesWritten(invoiceForm),
  },
  document: {
    wrapper: "dat:dataPackItem",
    fixed: {
      ...fixedOf(invoiceForm),
      [`${H}inv:accounting/typ:ids`]: { parameter: "accounting" },
      [`${H}inv:account/typ:ids`]: { parameter: "account" },
    },
    order: orderOf(invoiceForm),
  },
});
