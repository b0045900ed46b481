import {
  all,
  code,
  constant,
  date,
  decimal,
  defineMapping,
  equals,
  exists,
  fieldIs,
  first,
  has,
  type ImportFeed,
  type Invoice,
  join,
  type Mapping,
  type MappingOptions,
  matches,
  not,
  object,
  oneOf,
  type Party,
  type Seller,
  text,
  when,
} from "../../src/index.ts";
import { ignoredOfInvoices } from "./ignored.ts";
import { lineCurrencies, lineOrder, lineParameters, readLines, writeLines } from "./lines.ts";
import {
  hasHomeVat,
  inPaymentMeans,
  paymentOrder,
  readBreakdown,
  readPayment,
  readRegime,
  readTotals,
  totalsCurrencies,
  totalsOrder,
  writeAccount,
  writeBreakdown,
  writePayment,
  writeTotals,
} from "./money.ts";
import {
  addressOrder,
  endpointParameters,
  isIntraCommunity,
  isPeppol,
  partyOrder,
  profileParameters,
  readAddress,
  readParty,
  writeBuyerEndpoint,
  writeParty,
} from "./parties.ts";
import { components, invoiceTypeCodes } from "./words.ts";

const INVOICE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2";
const CREDIT_NOTE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2";

const SELLER = "cac:AccountingSupplierParty/cac:Party";
const BUYER = "cac:AccountingCustomerParty/cac:Party";
const DELIVERY = "cac:Delivery/cac:DeliveryLocation/cac:Address";
const TOTAL = "cac:LegalMonetaryTotal";
const ACCOUNT = "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID";
const isIban = matches(ACCOUNT, "^[A-Z]{2}\\d{2}");
const BRANCH = "cac:PaymentMeans/cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch";

const writingParameters = {
  ...profileParameters,
  ...endpointParameters,
  exemptionReason: {
    title: "Why what is exempt (category E) bears no VAT",
    description: "The rules demand a reason",
    default: "Osvobozeno od DPH",
  },
} satisfies MappingOptions["parameters"];

const shared = {
  country: "CZ",
  // Σ lines without VAT is exact, by the rules. VAT may differ from base × rate: sellers take it out of prices with VAT,
  // and no line states its own: the rows of the breakdown say it.
  totals: {
    basis: "net",
    method: "bottomUp",
    compare: ["payable", "gross", "net", "vat"],
    creditNotes: "positive",
  },
} satisfies Partial<MappingOptions>;

/** Elements of a document in the order of its schema. */
function order(line: string, quantity: string, isCreditNote: boolean): string[] {
  const head = isCreditNote
    ? ["cbc:IssueDate", "cbc:TaxPointDate", "cbc:CreditNoteTypeCode", "cbc:Note"]
    : ["cbc:IssueDate", "cbc:DueDate", "cbc:InvoiceTypeCode", "cbc:Note", "cbc:TaxPointDate"];
  return [
    ...["cbc:CustomizationID", "cbc:ProfileID", "cbc:ID", ...head],
    ...["cbc:DocumentCurrencyCode", "cbc:TaxCurrencyCode", "cbc:BuyerReference"],
    ...["cac:InvoicePeriod", "cac:InvoicePeriod/cbc:StartDate", "cac:InvoicePeriod/cbc:EndDate"],
    ...["cac:OrderReference", "cac:BillingReference", "cac:ContractDocumentReference"],
    ...partyOrder("cac:AccountingSupplierParty"),
    ...partyOrder("cac:AccountingCustomerParty"),
    ...["cac:Delivery", "cac:Delivery/cbc:ActualDeliveryDate", "cac:Delivery/cac:DeliveryLocation"],
    ...["cac:Delivery/cac:DeliveryLocation/cbc:ID", DELIVERY, ...addressOrder(DELIVERY)],
    "cac:Delivery/cac:DeliveryParty",
    ...paymentOrder,
    ...totalsOrder(TOTAL),
    ...lineOrder(line, quantity),
  ];
}

/** The mapping of what is written: a credit note is a document of its own kind, with some names of its own. */
function writingMapping(isCreditNote: boolean): Mapping<Invoice> {
  const line = isCreditNote ? "cac:CreditNoteLine" : "cac:InvoiceLine";
  const quantity = isCreditNote ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity";
  const seller = { field: "seller", party: SELLER, strict: true } as const;
  const buyer = {
    field: "customer",
    party: BUYER,
    strict: true,
    deliveryCountry: `${DELIVERY}/cac:Country/cbc:IdentificationCode`,
  } as const;

  return defineMapping("invoice", {
    ...shared,
    parameters: writingParameters,
    // The usual form: no prefix for the document itself.
    namespaces: { "": isCreditNote ? CREDIT_NOTE : INVOICE, ...components },
    record: isCreditNote ? "/CreditNote" : "/Invoice",
    document: {
      perRecord: true,
      fixed: {
        "cbc:CustomizationID": { parameter: "customizationId" },
        "cbc:ProfileID": { parameter: "profileId" },
        [`${SELLER}/cbc:EndpointID`]: { parameter: "sellerEndpointId" },
        [`${SELLER}/cbc:EndpointID/@schemeID`]: { parameter: "sellerEndpointScheme" },
        "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID": "VAT",
        "cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory/cbc:ID='E']/cac:TaxCategory/cbc:TaxExemptionReason": {
          parameter: "exemptionReason",
        },
        ...Object.fromEntries(
          [...totalsCurrencies(TOTAL, true), ...lineCurrencies(line)].map((path) => [path, { field: "currency" }]),
        ),
      },
      order: order(line, quantity, isCreditNote),
    },
    fields: {
      invoiceNumber: text("cbc:ID", { required: true }),
      issuedOn: date("cbc:IssueDate", { required: true }),
      documentType: isCreditNote
        ? oneOf("cbc:CreditNoteTypeCode", { "381": "creditNote" }, { required: true })
        : // A proforma is no invoice for Peppol.
          when(
            isPeppol,
            oneOf("cbc:InvoiceTypeCode", { "380": "invoice", "386": "advance" }, { required: true }),
            oneOf("cbc:InvoiceTypeCode", { "380": "invoice", "386": "advance", "325": "proforma" }, { required: true }),
          ),
      dueOn: isCreditNote ? inPaymentMeans((means) => date(`${means}/cbc:PaymentDueDate`)) : date("cbc:DueDate"),
      notes: { customer: text("cbc:Note") },
      // BR-IC-11: goods that go to another country of the EU have a day of delivery. That is the day of the supply.
      taxPointOn: when(
        all(isIntraCommunity, not(has("custom.deliveredOn"))),
        date("cbc:TaxPointDate", { required: true, also: ["cac:Delivery/cbc:ActualDeliveryDate"] }),
        date("cbc:TaxPointDate"),
      ),
      currency: code("cbc:DocumentCurrencyCode", { required: true }),
      homeCurrency: when(hasHomeVat, code("cbc:TaxCurrencyCode")),
      // PEPPOL-EN16931-R003: one of the two.
      orderNumber: when(
        all(isPeppol, not(has("custom.buyerReference"))),
        text("cac:OrderReference/cbc:ID", { required: true }),
        text("cac:OrderReference/cbc:ID"),
      ),
      correctedNumber: text("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
      seller: object<Seller>({ ...writeParty(seller), bankAccount: writeAccount() }),
      customer: object<Party>({
        ...writeParty(buyer),
        shipping: when(
          // BR-57: an address of delivery has a country.
          has("customer.shipping.country"),
          {
            company: text("cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name"),
            name: text("cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name"),
            street: text(`${DELIVERY}/cbc:StreetName`),
            city: text(`${DELIVERY}/cbc:CityName`),
            zip: text(`${DELIVERY}/cbc:PostalZone`),
            country: text(`${DELIVERY}/cac:Country/cbc:IdentificationCode`),
          },
        ),
      }),
      shipping: { pickupPoint: text("cac:Delivery/cac:DeliveryLocation/cbc:ID") },
      payment: writePayment(TOTAL),
      variableSymbol: inPaymentMeans((means) => text(`${means}/cbc:PaymentID`)),
      totals: writeTotals(TOTAL, true),
      vatBreakdown: writeBreakdown(),
      lines: writeLines(line, quantity),
      custom: {
        ...writeBuyerEndpoint(BUYER),
        buyerReference: text("cbc:BuyerReference"),
        periodFrom: text("cac:InvoicePeriod/cbc:StartDate"),
        periodTo: text("cac:InvoicePeriod/cbc:EndDate"),
        contractNumber: text("cac:ContractDocumentReference/cbc:ID"),
        deliveredOn: text("cac:Delivery/cbc:ActualDeliveryDate"),
        // PEPPOL-EN16931-R061: a direct debit names the mandate.
        mandateReference: when(
          all(isPeppol, fieldIs("payment.kind", "=", "directDebit")),
          text("cac:PaymentMeans/cac:PaymentMandate/cbc:ID", { required: true }),
          when(fieldIs("payment.kind", "=", "directDebit"), text("cac:PaymentMeans/cac:PaymentMandate/cbc:ID")),
        ),
      },
    },
  });
}

const readMapping = defineMapping("invoice", {
  ...shared,
  namespaces: { inv: INVOICE, cn: CREDIT_NOTE, ...components },
  parameters: lineParameters,
  record: ["/inv:Invoice", "/cn:CreditNote"],
  fields: {
    invoiceNumber: text("cbc:ID"),
    // Whatever its code, a CreditNote is one; an unknown code of an Invoice is an error, since it must not be booked.
    documentType: when(
      exists("cac:CreditNoteLine/cbc:ID"),
      constant("creditNote"),
      oneOf("cbc:InvoiceTypeCode", invoiceTypeCodes, { default: "invoice" }),
    ),
    issuedOn: date("cbc:IssueDate"),
    // BT-8, a code instead of a day: 3 that of issue, 35 that of delivery. 432, the day of payment, is not known yet.
    taxPointOn: first(
      date("cbc:TaxPointDate"),
      when(equals("cac:InvoicePeriod/cbc:DescriptionCode", "3"), date("cbc:IssueDate")),
      when(equals("cac:InvoicePeriod/cbc:DescriptionCode", "35"), date("cac:Delivery/cbc:ActualDeliveryDate")),
    ),
    dueOn: date(["cbc:DueDate", "cac:PaymentMeans/cbc:PaymentDueDate", "cac:PaymentTerms/cbc:PaymentDueDate"]),
    // Peppol wants NA where only the seller's number of the order is known.
    orderNumber: text("cac:OrderReference/cbc:ID", { extract: "^(?!NA$).+$" }),
    correctedNumber: text("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID"),
    variableSymbol: text("cac:PaymentMeans/cbc:PaymentID", { extract: "^(?:/?VS[:/ ]*)?(\\d{1,10})(?![\\d])" }),
    currency: code("cbc:DocumentCurrencyCode", { upper: true }),
    homeCurrency: code("cbc:TaxCurrencyCode", { upper: true }),
    exchangeRate: when(
      not(matches("cac:TaxExchangeRate/cbc:MathematicOperatorCode", "^div", "iu")),
      decimal("cac:TaxExchangeRate/cbc:CalculationRate"),
    ),
    seller: object<Seller>({
      ...readParty(SELLER),
      bankAccount: {
        iban: when(isIban, code(ACCOUNT)),
        number: when(not(isIban), text(ACCOUNT, { extract: "^[^/]+" })),
        bankCode: first(
          when(not(isIban), text(ACCOUNT, { extract: "/(\\d{4})$" })),
          text(`${BRANCH}/cbc:ID`, { extract: "^\\d{4}$" }),
        ),
        bankName: text([`${BRANCH}/cac:FinancialInstitution/cbc:Name`, `${BRANCH}/cbc:Name`]),
        bic: text([`${BRANCH}/cbc:ID`, `${BRANCH}/cac:FinancialInstitution/cbc:ID`], {
          extract: "^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$",
        }),
      },
    }),
    customer: object<Party>({
      ...readParty(BUYER),
      shipping: {
        name: text("cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name", { collapse: true }),
        ...readAddress(DELIVERY),
      },
    }),
    shipping: {
      method: text("cac:Delivery/cac:CarrierParty/cac:PartyName/cbc:Name"),
      pickupPoint: text("cac:Delivery/cac:DeliveryLocation/cbc:ID"),
      trackingNumber: text("cac:Delivery/cbc:TrackingID"),
    },
    payment: readPayment(TOTAL),
    lines: readLines(["cac:InvoiceLine", "cac:CreditNoteLine"], ["cbc:InvoicedQuantity", "cbc:CreditedQuantity"], ".."),
    totals: readTotals(TOTAL),
    vatBreakdown: readBreakdown(),
    vatRegime: readRegime(),
    notes: { customer: join("\n", "cbc:Note[1]", "cbc:Note[2]", "cbc:Note[3]") },
    custom: {
      buyerReference: text("cbc:BuyerReference"),
      salesOrderNumber: text("cac:OrderReference/cbc:SalesOrderID"),
      contractNumber: text("cac:ContractDocumentReference/cbc:ID"),
      periodFrom: text("cac:InvoicePeriod/cbc:StartDate"),
      periodTo: text("cac:InvoicePeriod/cbc:EndDate"),
      deliveredOn: text("cac:Delivery/cbc:ActualDeliveryDate"),
      paymentReference: text("cac:PaymentMeans/cbc:PaymentID"),
      paymentTerms: text("cac:PaymentTerms/cbc:Note"),
      mandateReference: text("cac:PaymentMeans/cac:PaymentMandate/cbc:ID"),
      typeCode: text(["cbc:InvoiceTypeCode", "cbc:CreditNoteTypeCode"]),
      customizationId: text("cbc:CustomizationID"),
      buyerEndpointId: text(`${BUYER}/cbc:EndpointID`),
      buyerEndpointScheme: text(`${BUYER}/cbc:EndpointID/@schemeID`),
      accountingCost: text("cbc:AccountingCost"),
      // The words that the invoice has to bear where no VAT is paid.
      exemptionReason: text("cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:TaxExemptionReason"),
    },
  },
  ignore: ignoredOfInvoices,
});

export const invoices = {
  direction: "import",
  records: "invoices",
  title: "Invoices and credit notes: EN 16931 and Peppol BIS Billing 3",
  fileName: "*.xml",
  encoding: "utf-8",
  mapping: readMapping,
  write: {
    mapping: writingMapping(false),
    creditNotes: writingMapping(true),
    options: { negativePrices: "quantity", lineNets: "sum", rounding: "total", homeAmounts: "beside" },
  },
} satisfies ImportFeed;
