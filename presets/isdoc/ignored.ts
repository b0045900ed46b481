import { CUSTOMER, DELIVERY, LINE, ORDER, PAYMENT, SUPPLIER, TOTAL } from "./places.ts";

const BANK = "for sending the document through a bank";
const OFFICE = "for the records of a public office";
const PROGRAM = "a number of the program that wrote the file";
const ROW = "which row of which document the line belongs to";
const OTHER_CODE = "one more code of the same goods";
const CLAIMED = "follows from the rows of the VAT";
const REGISTER = "where the party is registered";
const CATALOGUE = "the party in a catalogue of firms";

/** Places of isdoc-invoice-6.0.2.xsd that are known and left out on purpose. */
export const ignored: Readonly<Record<string, string>> = {
  "@version": "of the format, not of the record",
  // What lines refer to, by a number that is of no use outside of the file.
  "**/@id": "a link inside the file",
  "**/@languageID": "language of a note",
  SubDocumentType: "a finer type, by a list of whoever issues the document",
  SubDocumentTypeOrigin: "whose list that is",
  TargetConsolidator: BANK,
  ClientOnTargetConsolidator: BANK,
  ClientBankAccount: BANK,
  EgovFlag: OFFICE,
  ISDS_ID: OFFICE,
  FileReference: OFFICE,
  ReferenceNumber: OFFICE,
  EgovClassifiers: OFFICE,
  IssuingSystem: "the program that wrote the file",
  ElectronicPossibilityAgreementReference: "the document by which the customer agreed to electronic invoices",
  Extensions: "elements of the program that wrote the file",
  SellerSupplierParty: "another address of the seller",
  BuyerCustomerParty: "another address of the customer",
  SupplementsList: "files beside the document in an .isdocx archive",
  Signature: "signatures are not checked",
  [`${SUPPLIER}/RegisterIdentification`]: REGISTER,
  [`${SUPPLIER}/PartyIdentification/UserID`]: PROGRAM,
  [`${SUPPLIER}/PartyIdentification/CatalogFirmIdentification`]: CATALOGUE,
  [`${CUSTOMER}/RegisterIdentification`]: REGISTER,
  [`${CUSTOMER}/PartyIdentification/UserID`]: PROGRAM,
  [`${CUSTOMER}/PartyIdentification/CatalogFirmIdentification`]: CATALOGUE,
  [`${DELIVERY}/RegisterIdentification`]: REGISTER,
  [`${DELIVERY}/PartyIdentification/UserID`]: PROGRAM,
  [`${DELIVERY}/PartyIdentification/CatalogFirmIdentification`]: CATALOGUE,
  [`${DELIVERY}/PartyTaxScheme/TaxScheme`]: "of no use at a place of delivery",
  [`${DELIVERY}/Contact/Telephone`]: "a record has one phone, that of the customer",
  [`${DELIVERY}/Contact/ElectronicMail`]: "a record has one e-mail, that of the customer",
  [`${ORDER}/ExternalOrderIssueDate`]: "when the customer wrote the order",
  [`${ORDER}/UUID`]: PROGRAM,
  [`${ORDER}/ISDS_ID`]: OFFICE,
  [`${ORDER}/FileReference`]: OFFICE,
  [`${ORDER}/ReferenceNumber`]: OFFICE,
  DeliveryNoteReferences: "delivery notes and contracts have no place in the record",
  ContractReferences: "delivery notes and contracts have no place in the record",
  [`${LINE}/OrderReference`]: ROW,
  [`${LINE}/DeliveryNoteReference`]: ROW,
  [`${LINE}/OriginalDocumentReference`]: ROW,
  [`${LINE}/ContractReference`]: ROW,
  [`${LINE}/EgovClassifier`]: OFFICE,
  [`${LINE}/Extensions`]: "elements of the program that wrote the file",
  [`${LINE}/Item/StoreBatches`]: "batches and serial numbers",
  [`${LINE}/Item/SecondarySellersItemIdentification`]: OTHER_CODE,
  [`${LINE}/Item/TertiarySellersItemIdentification`]: OTHER_CODE,
  [`${LINE}/Item/BuyersItemIdentification`]: OTHER_CODE,
  NonTaxedDeposits: "their sum stands in the totals",
  "TaxedDeposits/TaxedDeposit/VariableSymbol": "the symbol under which the advance was paid",
  "TaxedDeposits/TaxedDeposit/ClassifiedTaxCategory/VATApplicable": "follows from the percent",
  "TaxTotal/TaxSubTotal/TaxCategory/TaxScheme": "VAT, always",
  [`${TOTAL}/AlreadyClaimedTaxExclusiveAmount`]: CLAIMED,
  [`${TOTAL}/AlreadyClaimedTaxExclusiveAmountCurr`]: CLAIMED,
  [`${TOTAL}/AlreadyClaimedTaxInclusiveAmountCurr`]: CLAIMED,
  [`${PAYMENT}/PaidAmount`]: "what is to be paid, as in the totals",
  [`${PAYMENT}/@partialPayment`]: "whether it is one of several payments",
  "PaymentMeans/AlternateBankAccounts": "further accounts of the seller",
};
