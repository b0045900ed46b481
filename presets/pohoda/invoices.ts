import {
  any,
  code,
  constant,
  date,
  dateTime,
  defineMapping,
  equals,
  first,
  type ImportFeed,
  join,
  not,
  oneOf,
  text,
  when,
} from "../../src/index.ts";
import {
  invoiceForm,
  isCancelled,
  invoiceNamespace,
  isOutsideVat,
  namespaces,
  readParameters,
  skipCancelled,
} from "./document.ts";
import { customRead, notesRead, paymentRead, vatRead } from "./header.ts";
import { ignoredOf, ignoredOfInvoices } from "./ignored.ts";
import { linesRead } from "./lines.ts";
import { customerRead, sellerRead } from "./party.ts";
import { breakdownRead, currencyRead, invoiceDay, totalsRead } from "./summary.ts";
import { invoiceWriting } from "./write-invoices.ts";

const H = "inv:invoiceHeader/";
const isProforma = equals(`${H}inv:invoiceType`, ["issuedAdvanceInvoice", "issuedProformaInvoice"]);
const linkTo = (agenda: string): string =>
  `inv:linkedDocuments/typ:link[typ:sourceAgenda='${agenda}']/typ:sourceDocument/typ:number`;

/** Issued invoices: of a request that shops send to Pohoda, and of Pohoda's own answer (invoice.xsd, list.xsd). */
export const invoiceMapping = defineMapping("invoice", {
  record: [
    "/dat:dataPack/dat:dataPackItem/inv:invoice",
    "/rsp:responsePack/rsp:responsePackItem/lst:listInvoice/lst:invoice",
  ],
  namespaces: { ...namespaces, ...invoiceNamespace },
  parameters: readParameters,
  country: { parameter: "country" },
  taxDate: invoiceDay,
  skip: [
    {
      when: equals(`${H}inv:invoiceType`, [
        "receivedInvoice",
        "receivedCreditNotice",
        "receivedDebitNote",
        "receivedAdvanceInvoice",
        "receivedProformaInvoice",
        "receivedCorrectiveTax",
        "commitment",
      ]),
      reason: "received invoice: what the accounting unit buys",
    },
    { when: equals(`${H}inv:invoiceType`, ["receivable", "penalty"]), reason: "a claim that is no invoice" },
    skipCancelled(invoiceForm),
  ],
  fields: {
    // Where Pohoda is to give the number itself, a request has none: the one that is on the invoice stands elsewhere.
    invoiceNumber: text([
      `${H}inv:number/typ:numberRequested`,
      `${H}inv:numberKHDPH`,
      `${H}inv:numberKVDPH`,
      `${H}inv:symVar`,
    ]),
    documentType: when(
      // The document that cancels another one has its amounts with the opposite sign.
      equals(`${H}inv:storno`, "cancelDocument"),
      constant("creditNote"),
      oneOf(`${H}inv:invoiceType`, {
        issuedInvoice: "invoice",
        issuedCreditNotice: "creditNote",
        // The Czech tax document by which an invoice is corrected.
        issuedCorrectiveTax: "creditNote",
        // Raises what was invoiced too low.
        issuedDebitNote: "invoice",
        // Calls for payment; no tax documents.
        issuedAdvanceInvoice: "proforma",
        issuedProformaInvoice: "proforma",
      }),
    ),
    externalId: text([`${H}inv:extId/typ:ids`, `${H}inv:id`]),
    variableSymbol: code(`${H}inv:symVar`),
    issuedOn: date(`${H}inv:date`),
    // Left out, it is the day of issue (invoice.xsd).
    taxPointOn: when(not(isProforma), first(date(`${H}inv:dateTax`), date(`${H}inv:date`))),
    dueOn: date(`${H}inv:dateDue`),
    createdAt: dateTime(`${H}inv:dateOrder`),
    orderNumber: text([
      `${H}inv:numberOrder`,
      "inv:links/typ:link[typ:sourceAgenda='receivedOrder']/typ:sourceDocument/typ:number",
      linkTo("receivedOrder"),
    ]),
    correctedNumber: when(
      any(
        equals(`${H}inv:invoiceType`, ["issuedCreditNotice", "issuedCorrectiveTax", "issuedDebitNote"]),
        equals(`${H}inv:storno`, "cancelDocument"),
      ),
      text([
        "inv:correctiveDocument/typ:sourceDocument/typ:number",
        "inv:cancelDocument/typ:sourceDocument/typ:number",
        `${H}inv:originalDocumentNumber`,
        linkTo("issuedInvoice"),
      ]),
    ),
    status: { kind: when(isCancelled(invoiceForm), constant("cancelled")) },
    ...currencyRead(invoiceForm),
    seller: {
      ...sellerRead(invoiceForm),
      bankAccount: { number: text(`${H}inv:account/typ:accountNo`), bankCode: text(`${H}inv:account/typ:bankCode`) },
    },
    customer: customerRead(invoiceForm),
    lines: linesRead(invoiceForm),
    payment: paymentRead(invoiceForm),
    shipping: { method: text(`${H}inv:carrier/typ:ids`) },
    totals: totalsRead(invoiceForm),
    vatBreakdown: breakdownRead(invoiceForm),
    ...vatRead(
      invoiceForm,
      when(
        isOutsideVat(),
        constant("nonPayer"),
        when(equals(`${H}inv:classificationVAT/typ:ids`, "UDdodEU"), constant("intraCommunity")),
      ),
    ),
    notes: notesRead(invoiceForm),
    custom: {
      ...customRead(invoiceForm),
      // Where the type says more than documentType: a debit note, a call for an advance.
      invoiceType: text(`${H}inv:invoiceType`, { remove: "^issued(?:Invoice|CreditNotice|ProformaInvoice)$" }),
      accounting: text(`${H}inv:accounting/typ:ids`),
      classificationVat: text(`${H}inv:classificationVAT/typ:ids`),
      bankAccount: text(`${H}inv:account/typ:ids`),
      constantSymbol: code(`${H}inv:symConst`),
      pairingSymbol: code(`${H}inv:symPar`),
      accountedOn: text(`${H}inv:dateAccounting`),
      correctedTaxPointOn: text(`${H}inv:dateTaxOriginalDocumentMOSS`),
      // Where a credit note is to be paid to.
      refundAccount: join("/", `${H}inv:paymentAccount/typ:accountNo`, `${H}inv:paymentAccount/typ:bankCode`),
      liquidatedOn: text(`${H}inv:liquidation/typ:date`),
      liquidationHome: text(`${H}inv:liquidation/typ:amountHome`),
      liquidationForeign: text(`${H}inv:liquidation/typ:amountForeign`),
    },
  },
  // Lines state either price; whoever calculates the VAT of the whole from its sums comes out a haléř or two apart.
  totals: { basis: "both", method: "topDown", compare: ["payable", "gross"], tolerance: "0.05" },
  ignore: { ...ignoredOf(invoiceForm), ...ignoredOfInvoices(invoiceForm) },
});

export const invoices = {
  direction: "import",
  records: "invoices",
  title: "Issued invoices (dataPack, listInvoice)",
  fileName: "*.xml",
  encoding: "windows-1250",
  version: "/dat:dataPack/@version",
  mapping: invoiceMapping,
  write: {
    mapping: invoiceWriting,
    encoding: "windows-1250",
    options: { rounding: "line", breakdown: "rate", homeCurrency: "CZK" },
  },
} satisfies ImportFeed;
