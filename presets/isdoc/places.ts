import { type Condition, exists } from "../../src/index.ts";

// Where things stand in an ISDOC invoice. Names, order and types are those of isdoc-invoice-6.0.2.xsd.

/** Versions 6.0.1 and 6.0.2 share it; versions up to 5.x had http://isdoc.cz/namespace/invoice. */
export const namespaces = { "": "http://isdoc.cz/namespace/2013" };

export const SUPPLIER = "AccountingSupplierParty/Party";
export const CUSTOMER = "AccountingCustomerParty/Party";
export const DELIVERY = "Delivery/Party";
export const ORDER = "OrderReferences/OrderReference";
export const ORIGINAL = "OriginalDocumentReferences/OriginalDocumentReference";
export const LINE = "InvoiceLines/InvoiceLine";
export const RATE = "TaxTotal/TaxSubTotal";
export const TOTAL = "LegalMonetaryTotal";
export const PAYMENT = "PaymentMeans/Payment";
export const DETAILS = `${PAYMENT}/Details`;

/** On reading: whether there is a foreign currency; seen from the record (`""`) or from an item of a list in it (`"../../"`). */
export const isForeign = (up = ""): Condition => exists(`${up}ForeignCurrencyCode`);

interface Tree {
  readonly [name: string]: Tree;
}

function names(...list: readonly string[]): Tree {
  return Object.fromEntries(list.map((name) => [name, {}]));
}

/** Amounts with their twins in the foreign currency; which of the two comes first differs. */
function twins(order: "twinFirst" | "twinLast", ...list: readonly string[]): readonly string[] {
  return list.flatMap((name) => (order === "twinFirst" ? [`${name}Curr`, name] : [name, `${name}Curr`]));
}

const account = ["ID", "BankCode", "Name", "IBAN", "BIC"];

const party: Tree = {
  Party: {
    PartyIdentification: names("ID"),
    PartyName: names("Name"),
    PostalAddress: {
      ...names("StreetName", "BuildingNumber", "CityName", "PostalZone"),
      Country: names("IdentificationCode", "Name"),
    },
    PartyTaxScheme: names("CompanyID", "TaxScheme"),
    Contact: names("Name", "Telephone", "ElectronicMail"),
  },
};

const line: Tree = {
  ...names("ID", "InvoicedQuantity"),
  ...names(...twins("twinFirst", "LineExtensionAmount", "LineExtensionAmountTaxInclusive")),
  ...names("LineExtensionTaxAmount", "UnitPrice", "UnitPriceTaxInclusive"),
  ClassifiedTaxCategory: {
    ...names("Percent", "VATCalculationMethod", "VATApplicable"),
    LocalReverseCharge: names("LocalReverseChargeCode", "LocalReverseChargeQuantity"),
  },
  Note: {},
  Item: {
    Description: {},
    CatalogueItemIdentification: names("ID"),
    SellersItemIdentification: names("ID"),
  },
};

const sums = ["TaxableAmount", "TaxAmount", "TaxInclusiveAmount"];

const invoice: Tree = {
  ...names("DocumentType", "ID", "UUID", "IssuingSystem", "IssueDate", "TaxPointDate", "VATApplicable"),
  ...names("ElectronicPossibilityAgreementReference", "Note"),
  ...names("LocalCurrencyCode", "ForeignCurrencyCode", "CurrRate", "RefCurrRate"),
  AccountingSupplierParty: party,
  AnonymousCustomerParty: names("ID", "IDScheme"),
  AccountingCustomerParty: party,
  OrderReferences: { OrderReference: names("SalesOrderID", "ExternalOrderID", "IssueDate") },
  OriginalDocumentReferences: { OriginalDocumentReference: names("ID", "IssueDate", "UUID") },
  Delivery: party,
  InvoiceLines: { InvoiceLine: line },
  TaxTotal: {
    TaxSubTotal: {
      ...names(
        ...["", "AlreadyClaimed", "Difference"]
          .flatMap((part) => sums.map((name) => part + name))
          .flatMap((name) => twins("twinFirst", name)),
      ),
      TaxCategory: names("Percent", "TaxScheme", "VATApplicable", "LocalReverseChargeFlag"),
    },
    ...names(...twins("twinFirst", "TaxAmount")),
  },
  LegalMonetaryTotal: names(
    ...twins(
      "twinLast",
      ...["", "AlreadyClaimed", "Difference"].flatMap((part) => [
        `${part}TaxExclusiveAmount`,
        `${part}TaxInclusiveAmount`,
      ]),
      "PayableRoundingAmount",
      "PaidDepositsAmount",
      "PayableAmount",
    ),
  ),
  PaymentMeans: {
    Payment: {
      ...names("PaidAmount", "PaymentMeansCode"),
      Details: names("PaymentDueDate", ...account, "VariableSymbol", "ConstantSymbol", "SpecificSymbol"),
    },
  },
};

function pathsOf(tree: Tree, above = ""): string[] {
  return Object.entries(tree).flatMap(([name, below]) => [above + name, ...pathsOf(below, `${above}${name}/`)]);
}

/** Everything in ISDOC is a sequence: elements that are written, in the order that the schema wants. */
export const order: readonly string[] = pathsOf(invoice);
