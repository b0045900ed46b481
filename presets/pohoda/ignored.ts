import { type Form } from "./document.ts";

// Places of a document that are known and left out on purpose. Names are those of order.xsd, invoice.xsd and type.xsd.

const BOOKS = "a setting of the books";
const STOCK = "a setting for the stock";
const PROGRAM = "what Pohoda itself keeps of the document";
const EET = "sales registration, which ended in 2022";
const LINK = "link inside Pohoda";
const WARRANTY = "warranty";

type Ignored = Readonly<Record<string, string>>;

function each(above: string, names: readonly string[], reason: string): Ignored {
  return Object.fromEntries(names.map((name) => [`${above}${name}`, reason]));
}

/** Around the documents, and at any depth of them. */
const everywhere: Ignored = {
  ...each("/dat:dataPack/", ["@id", "@version", "@application", "@note", "@key", "@programVersion"], "of the file"),
  ...each("/rsp:responsePack/", ["@id", "@version", "@state", "@note", "@key", "@programVersion"], "of the file"),
  ...each("/dat:dataPack/dat:dataPackItem/", ["@id", "@version", "@actionType"], "of the request, not of the record"),
  ...each("/rsp:responsePack/rsp:responsePackItem/", ["@id", "@version", "@state", "@note"], "of the answer"),
  ...each("/rsp:responsePack/rsp:responsePackItem/lst:listOrder/", ["@version", "@state"], "of the answer"),
  ...each("/rsp:responsePack/rsp:responsePackItem/lst:listInvoice/", ["@version", "@state"], "of the answer"),
  "**/rdc:importDetails": "what came of an import",
  "**/rdc:parts": "what came of an import",
  "**/@version": "of the format, not of the record",
  // A reference is a number, a code (typ:ids, which is read) and the number of another program.
  "**/typ:id": "number inside Pohoda",
  "**/typ:extId": "number of another program for the same entry",
  "**/typ:valueType": "which of its numbers a reference goes by",
  "**/typ:fax": "nobody faxes",
  "**/typ:rateVATround": "the item of the rounding states it",
  "**/typ:priceRoundSumVAT": "the item of the rounding states it",
};

const itemSettings = ["accounting", "classificationVAT", "classificationKVDPH", "centre", "activity", "contract"];

/** Places of both kinds of documents. */
export function ignoredOf({ header, prefix, summary, detail, name }: Form): Ignored {
  const at = `${header}${prefix}:`;
  const item = `${detail}${name}Item/${prefix}:`;
  const partner = `${at}partnerIdentity/typ:`;
  return {
    ...everywhere,
    ...each(at, ["isReserved"], STOCK),
    ...each(at, ["lock1", "lock2", "markRecord", "labels", "validate"], PROGRAM),
    [`${at}permanentDocument`]: "a setting for repeated documents",
    [`${at}permamentDocument`]: "the same, misspelt in older versions",
    [`${at}parameters`]: "fields of the user's own: name those that you need with customize()",
    [`${at}histRate`]: "follows from the items",
    [`${at}evidentiaryResourcesMOSS`]: "evidence of the customer's country",
    [`${at}accountingPeriodMOSS`]: "period of the return",
    [`${at}regVATinEU`]: "registration in another country",
    [`${at}dateDelivery`]: "of received invoices and issued orders, which are not read",
    [`${at}extId/typ:exSystemText`]: "words of another program",
    [`${at}number/typ:numberRequested/@checkDuplicity`]: "whether Pohoda has to refuse a number that it has",
    [`${at}myIdentity/typ:establishment`]: "one of several shops of the seller",
    [`${at}myIdentity/typ:address/typ:www`]: "of no use in the books",
    [`${partner}address/@linkToAddress`]: "a setting for the address book",
    [`${partner}address/typ:VATPayerType`]: "who pays VAT has a VAT number",
    [`${partner}shipToAddress/typ:actionType`]: "a setting for the address book",
    [`${partner}shipToAddress/typ:defaultShipAddress`]: "a setting for the address book",
    [`${summary}${prefix}:roundingVAT`]: "how Pohoda rounds the VAT; the amounts are stated or follow",
    [`${summary}${prefix}:calculateVAT`]: "whether there is VAT in the rounding: the rounding item states it",
    [`${summary}${prefix}:typeCalculateVATInclusivePrice`]: "how Pohoda calculates; the amounts are stated or follow",
    ...each(item, itemSettings, BOOKS),
    ...each(item, ["linkToStock", "link", "linkedDocument"], LINK),
    [`${item}coefficient`]: "how many pieces the unit has; prices are of the unit",
    [`${item}delivered`]: "how much Pohoda has delivered so far",
    [`${item}typeServiceMOSS`]: "kind of goods in the return of the One Stop Shop",
    [`${item}recyclingContrib`]: "a part of the price",
    [`${item}CodePDP`]: "kind of goods in the return of the reverse charge",
    [`${item}parameters`]: "fields of the user's own",
    [`${item}stockItem/typ:store`]: "store of the goods",
    [`${item}stockItem/typ:serialNumber`]: "of no use in the books",
    [`${item}stockItem/typ:serialNumberExtId`]: "of no use in the books",
    [`${item}stockItem/typ:stockItem/@insertAttachStock`]: STOCK,
    [`${item}stockItem/typ:stockItem/@applyUserSettingsFilterOnTheStore`]: STOCK,
    [`${detail}roundingItem/typ:payVAT`]: "false, by the schema",
    [`${prefix}:print`]: "an order to the printer",
    [`${prefix}:attachments`]: "files",
  };
}

/** Places of orders alone. */
export const ignoredOfOrders: Ignored = {
  "ord:actionType/ord:add": "what an order is there for, if it says nothing else",
  "ord:orderHeader/ord:isDelivered": "follows from what was delivered of each item",
  "ord:links": "the offer that the order is made of",
  "ord:linkedDocuments": "what came of the order later",
};

/** Places of invoices alone. */
export function ignoredOfInvoices({ header, items, detail }: Form): Ignored {
  const at = `${header}inv:`;
  const advance = `${detail}invoiceAdvancePaymentItem/inv:`;
  return {
    ...each(at, ["sphereType", "symSpec", "messageForRecipient", "dateOfPaymentOrder", "postponedReceive"], "of debts"),
    [`${at}originalDocument`]: "the number of the document for payment orders",
    [`${at}order`]: LINK,
    [`${at}dateKHDPH`]: "a date of the control statement",
    [`${at}dateApplicationVAT`]: "a date of the VAT return",
    [`${at}classificationKVDPH`]: "a setting of the control statement",
    [`${at}accounting/typ:accountingType`]: "follows from the kind of document",
    [`${at}correctionMOSS`]: "a setting of the return of the One Stop Shop",
    [`${at}paymentTerminal`]: "a setting of payments by card",
    [`${at}intrastat`]: "a statistical report",
    [`${at}postponedIssue`]: STOCK,
    [`${at}applied`]: "how much of an advance invoice was taken off later",
    "inv:links/typ:manualLink": LINK,
    "inv:links/typ:link/typ:settingsSourceDocument": LINK,
    "inv:linkedDocuments/typ:manualLink": LINK,
    "inv:linkedDocuments/typ:link/typ:settingsSourceDocument": LINK,
    "inv:correctiveDocument/@itemTransfer": "whether Pohoda has to take the items over",
    "inv:EET": EET,
    "inv:liquidations": "payments, in Pohoda's own numbers",
    "inv:invoiceRetentions": "sums that are paid later",
    ...each(advance, [...itemSettings, "typeServiceMOSS", "symPar"], BOOKS),
    [`${advance}foreignCurrency/typ:rateExcRateDiff`]: "difference of the rates, which Pohoda books",
    [`${advance}foreignCurrency/typ:amountExcRateDiff`]: "difference of the rates, which Pohoda books",
    [`${advance}voucherEET`]: EET,
    [`${advance}parameters`]: "fields of the user's own",
    [`${items}/inv:EETItem`]: EET,
    [`${items}/inv:guarantee`]: WARRANTY,
    [`${items}/inv:guaranteeType`]: WARRANTY,
  };
}
