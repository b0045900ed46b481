// Places of UBL that are known and left out on purpose: those of EN 16931 and Peppol that the record has no field for, and
// what programs add to them. Amounts that would change what is to be paid, such as a tax that the customer withholds, are
// not among them.

const FORMAT = "of the format, not of the record";
const CODE_LIST = "which list a code or number is of";
const VAT = "VAT; EN 16931 knows no other tax";
const FOLLOWS = "follows from the lines, allowances and charges";
const REASON = "the category says what VAT it is";
const REFERENCE = "other documents";
const PARTY = "a further party";
const PARTY_DETAIL = "what a party says of itself beyond its address and numbers";
const ADDRESS_DETAIL = "a part of an address that Czech and Slovak ones do not have";
const GOODS = "what the goods are beyond code, EAN and name";
const INSIDE = "inside the amount of the line";
const ROW = "which row of which document the line belongs to";
const BUYER_BOOKS = "a setting of the buyer's books";
const PAYMENT = "how the buyer pays; the kind and the account are read";
const TERMS = "the day and the text of the terms are read";
const DELIVERY = "more of the delivery than its day and place";

type Ignored = Readonly<Record<string, string>>;

/** @param names - with spaces between them */
function each(above: string, names: string, reason: string): Ignored {
  return Object.fromEntries(names.split(" ").map((name) => [`${above}${name}`, reason]));
}

const everywhere: Ignored = {
  "**/@currencyID": "the currency of the document, which it states",
  ...each("**/@", "schemeID schemeName schemeAgencyID schemeAgencyName schemeVersionID schemeDataURI", CODE_LIST),
  ...each(
    "**/@",
    "schemeURI listID listName listAgencyID listAgencyName listVersionID listURI listSchemeURI",
    CODE_LIST,
  ),
  ...each("**/@", "unitCode unitCodeListID unitCodeListAgencyID unitCodeListAgencyName", CODE_LIST),
  ...each("**/@", "languageID languageLocaleID name", "words for people"),
  "**/cac:TaxScheme": VAT,
  ...each("**/cbc:", "AccountingCost AccountingCostCode", BUYER_BOOKS),
  ...each("**/cac:TaxCategory/cbc:", "Name TaxExemptionReasonCode TaxExemptionReason", REASON),
  ...each("**/cac:ClassifiedTaxCategory/cbc:", "Name TaxExemptionReasonCode TaxExemptionReason", REASON),
  ...each("**/cac:PostalAddress/cbc:", "CountrySubentity CountrySubentityCode Region District", ADDRESS_DETAIL),
  ...each("**/cac:PostalAddress/cbc:", "ID AddressFormatCode AddressTypeCode Postbox Department", ADDRESS_DETAIL),
};

function partyOf(role: string): Ignored {
  const party = `${role}/cac:Party/`;
  return {
    ...each(`${role}/cbc:`, "CustomerAssignedAccountID SupplierAssignedAccountID AdditionalAccountID", PARTY_DETAIL),
    ...each(
      `${role}/cac:`,
      "AccountingContact BuyerContact SellerContact DeliveryContact DespatchContact",
      PARTY_DETAIL,
    ),
    [`${role}/cbc:DataSendingCapability`]: PARTY_DETAIL,
    // Of some of these, one number or another is read.
    ...each(party, "cbc:EndpointID cac:PartyIdentification cac:PartyName cac:Contact cac:Person", PARTY_DETAIL),
    ...each(party, "cbc:WebsiteURI cbc:LogoReferenceID cbc:IndustryClassificationCode cac:Language", PARTY_DETAIL),
    ...each(party, "cac:PhysicalLocation cac:PartyTaxScheme cac:PartyLegalEntity cac:AgentParty", PARTY_DETAIL),
    ...each(party, "cac:ServiceProviderParty cac:FinancialAccount", PARTY_DETAIL),
  };
}

/** @param line - path of a line, or of what holds it in an order */
function lineOf(line: string): Ignored {
  return {
    ...each(
      `${line}/cbc:`,
      "UUID TaxPointDate PaymentPurposeCode FreeOfChargeIndicator SalesOrderID LineStatusCode",
      ROW,
    ),
    ...each(`${line}/cbc:`, "PartialDeliveryIndicator BackOrderAllowedIndicator WarrantyInformation", DELIVERY),
    ...each(`${line}/cac:`, "InvoicePeriod OrderLineReference DespatchLineReference ReceiptLineReference", ROW),
    ...each(`${line}/cac:`, "BillingReference DocumentReference LineReference PricingReference", ROW),
    ...each(`${line}/cac:`, "OriginatorParty Delivery DeliveryTerms PaymentTerms", DELIVERY),
    ...each(`${line}/cac:AllowanceCharge/`, "cbc:ID cbc:AllowanceChargeReasonCode cbc:AllowanceChargeReason", INSIDE),
    ...each(`${line}/cac:AllowanceCharge/`, "cbc:SequenceNumeric cbc:BaseAmount cac:TaxCategory", INSIDE),
    ...each(`${line}/cac:TaxTotal/`, "cac:TaxSubtotal cbc:TaxEvidenceIndicator cbc:TaxIncludedIndicator", VAT),
    ...each(`${line}/cac:Item/cbc:`, "PackQuantity PackSizeNumeric CatalogueIndicator AdditionalInformation", GOODS),
    ...each(`${line}/cac:Item/cbc:`, "HazardousRiskIndicator Keyword BrandName ModelName", GOODS),
    ...each(`${line}/cac:Item/cac:`, "BuyersItemIdentification ManufacturersItemIdentification", GOODS),
    ...each(`${line}/cac:Item/cac:`, "CatalogueItemIdentification AdditionalItemIdentification", GOODS),
    ...each(`${line}/cac:Item/cac:`, "SellersItemIdentification StandardItemIdentification", GOODS),
    ...each(`${line}/cac:Item/cac:`, "ItemSpecificationDocumentReference OriginCountry CommodityClassification", GOODS),
    ...each(`${line}/cac:Item/cac:`, "HazardousItem AdditionalItemProperty ManufacturerParty ItemInstance", GOODS),
    ...each(`${line}/cac:Item/cac:`, "Certificate Dimension OriginAddress", GOODS),
    ...each(`${line}/cac:Price/cac:`, "AllowanceCharge PriceList ValidityPeriod", "the price has the discount in it"),
    ...each(`${line}/cac:Price/cbc:`, "PriceTypeCode PriceType", "what kind of price it is"),
  };
}

function documentOf(total: string): Ignored {
  return {
    ...everywhere,
    ...each("cbc:", "UBLVersionID ProfileID ProfileExecutionID CopyIndicator UUID", FORMAT),
    "ext:UBLExtensions": "elements of the program that wrote the file",
    "cac:Signature": "signatures are not checked",
    "cbc:LineCountNumeric": "follows from the lines",
    ...each("cac:", "OriginatorDocumentReference AdditionalDocumentReference ProjectReference", REFERENCE),
    ...each(`${total}/cbc:`, "LineExtensionAmount AllowanceTotalAmount ChargeTotalAmount", FOLLOWS),
    ...each("cac:AllowanceCharge/cbc:", "ID SequenceNumeric BaseAmount", "the amount itself is read"),
    ...each("cac:PaymentMeans/", "cbc:ID cbc:PaymentChannelCode cbc:InstructionID cac:CardAccount", PAYMENT),
    ...each("cac:PaymentMeans/", "cac:PayerFinancialAccount cac:PaymentMandate cac:PayeeFinancialAccount", PAYMENT),
    ...each("cac:PaymentTerms/cbc:", "ID PaymentMeansID ReferenceEventCode SettlementDiscountPercent", TERMS),
    ...each("cac:PaymentTerms/cbc:", "PenaltySurchargePercent Amount", TERMS),
    ...each("cac:PaymentTerms/cac:", "SettlementPeriod PenaltyPeriod", TERMS),
    ...each("cac:Delivery/cbc:", "ID Quantity ActualDeliveryTime LatestDeliveryDate LatestDeliveryTime", DELIVERY),
    ...each("cac:Delivery/cac:", "PromisedDeliveryPeriod EstimatedDeliveryPeriod NotifyParty Despatch", DELIVERY),
    ...each("cac:Delivery/cac:", "Shipment DeliveryLocation DeliveryParty CarrierParty", DELIVERY),
    "cac:DeliveryTerms": DELIVERY,
  };
}

export const ignoredOfInvoices: Ignored = {
  ...documentOf("cac:LegalMonetaryTotal"),
  ...partyOf("cac:AccountingSupplierParty"),
  ...partyOf("cac:AccountingCustomerParty"),
  ...lineOf("cac:InvoiceLine"),
  ...lineOf("cac:CreditNoteLine"),
  "cbc:IssueTime": "the day is read",
  "cac:InvoicePeriod/cbc:Description": "the days of the period are read",
  ...each("cac:OrderReference/cbc:", "UUID IssueDate IssueTime CustomerReference", REFERENCE),
  "cac:BillingReference/cac:InvoiceDocumentReference": "the number of the corrected invoice is read",
  "cac:BillingReference/cac:AdditionalDocumentReference": REFERENCE,
  ...each("cac:", "DespatchDocumentReference ReceiptDocumentReference StatementDocumentReference", REFERENCE),
  "cac:ContractDocumentReference": "the number of the contract is read",
  ...each("cac:", "PayeeParty TaxRepresentativeParty BuyerCustomerParty SellerSupplierParty", PARTY),
  "cac:PrepaidPayment": "payments one by one; PrepaidAmount is their sum",
  ...each(
    "cac:TaxExchangeRate/cbc:",
    "SourceCurrencyCode TargetCurrencyCode ExchangeMarketID Date",
    "the rate is read",
  ),
};

export const ignoredOfOrders: Ignored = {
  ...documentOf("cac:AnticipatedMonetaryTotal"),
  ...partyOf("cac:BuyerCustomerParty"),
  ...partyOf("cac:SellerSupplierParty"),
  ...partyOf("cac:AccountingCustomerParty"),
  ...lineOf("cac:OrderLine/cac:LineItem"),
  "cbc:OrderTypeCode": "an order, also one of consigned goods",
  "cac:ValidityPeriod": "until when the order may be confirmed",
  ...each("cac:", "QuotationDocumentReference OrderDocumentReference CatalogueReference Contract", REFERENCE),
  ...each("cac:", "OriginatorCustomerParty FreightForwarderParty DestinationCountry", PARTY),
  ...each("cbc:", "RequestedInvoiceCurrencyCode TaxCurrencyCode", "the currency of the invoice to come"),
  "cac:PaymentMeans/cbc:PaymentDueDate": "the day is the invoice's",
  "cac:PaymentTerms/cbc:PaymentDueDate": "the day is the invoice's",
  ...each("cac:OrderLine/", "cbc:Note cac:DocumentReference cac:CatalogueLineReference", ROW),
  ...each("cac:OrderLine/", "cac:QuotationLineReference cac:OrderLineReference", ROW),
};
