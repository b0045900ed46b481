import {
  all,
  any,
  constant,
  date,
  decimal,
  dateTime,
  defineMapping,
  code,
  compared,
  type DocumentType,
  equals,
  exists,
  first,
  type ImportFeed,
  type MappingOptions,
  not,
  oneOf,
  parameterIs,
  type Spec,
  type StatusKind,
  text,
  when,
} from "../../src/index.ts";
import { ignoredOfInvoices, ignoredOfOrders } from "./ignored.ts";
import { lines } from "./lines.ts";
import {
  currency,
  isCreditNote,
  isForeign,
  isOss,
  matchesType,
  type Place,
  stateOfVat,
  totals,
  vatBreakdown,
} from "./money.ts";
import { customer } from "./party.ts";
import { codeOf, DAY, nameOf, TRUE } from "./references.ts";

/** Names of the collection of items: that of the list of relations, and those that exports and connectors have. */
function itemsOf(agenda: string, ...collections: readonly string[]): readonly string[] {
  return collections.map((collection) => `${collection}/${agenda}-polozka`);
}
const orderPlace: Place = {
  up: "",
  items: itemsOf("objednavka-prijata", "polozkyDokladu", "polozkyObchDokladu"),
  credits: false,
};
const invoicePlace: Place = {
  up: "",
  items: itemsOf("faktura-vydana", "polozkyDokladu", "polozkyFaktury"),
  credits: true,
};

const options = {
  parameters: {
    currency: {
      title: "Home currency of the company",
      description: "Documents that name none are in it",
      default: "CZK",
    },
    country: {
      title: "Country of the company",
      description: "Decides the rates of VAT levels, and which country of VAT is a foreign one",
      default: "CZ",
      values: ["CZ", "SK"],
    },
    vatPayer: {
      title: "Whether the company pays VAT",
      description: "no: rates in the file do not count",
      default: "yes",
      values: ["yes", "no"],
    },
    prices: {
      title: "Prices of items that do not say whether they are with VAT",
      description: "In files to be imported, typCenyDphK may be left to the type of the document",
      default: "net",
      values: ["net", "gross"],
    },
    creditNoteType: { title: "Type of credit notes", default: "code:DOBROPIS" },
    invoiceType: { title: "Type of invoices that no word tells", default: "code:FAKTURA" },
    includeCancelled: {
      title: "Cancelled documents",
      description: "yes: read them too, with the status cancelled; no: skip them",
      default: "yes",
      values: ["yes", "no"],
    },
  },
  country: { parameter: "country" },
} satisfies Omit<MappingOptions, "record">;

const { creditNoteType: _credit, invoiceType: _invoice, ...orderParameters } = options.parameters;

const isCancelled = any(
  equals("storno", TRUE),
  equals("stavUzivK", "stavDoklObch.storno"),
  equals("@action", ["storno", "cancel"]),
);
const skip = [
  { when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" },
  // A request to the program to delete what it has.
  { when: equals("@action", "delete"), reason: "to be deleted" },
] as const;

const states = {
  "stavDoklObch.nespec": "new",
  "stavDoklObch.pripraveno": "processing",
  "stavDoklObch.schvaleno": "processing",
  "stavDoklObch.castecneNaCeste": "processing",
  "stavDoklObch.naCeste": "processing",
  "stavDoklObch.castVydano": "processing",
  "stavDoklObch.vydano": "shipped",
  "stavDoklObch.castHotovo": "processing",
  "stavDoklObch.hotovo": "done",
  "stavDoklObch.storno": "cancelled",
} as const;

const common = {
  // Several <id> may stand one after the other; the first is the program's number, or the connector's "ext:SHOP:10088".
  externalId: text(["id", "@id"]),
  variableSymbol: code("varSym"),
  ...currency,
  customer,
  shipping: {
    method: first(nameOf("formaDopravy"), text("doprava")),
    code: codeOf("formaDopravy"),
    pickupPoint: text("branchId"),
  },
  notes: { customer: text("poznam"), internal: text("popis") },
  vatRegime: when(parameterIs("vatPayer", "no"), constant("nonPayer"), when(isOss(""), constant("oss"))),
  vatCountry: when(isOss(""), stateOfVat("")),
} as const;

/** A day as it stands, without the offset behind it. */
function day(path: string): Spec<string> {
  return text(path, { extract: "^\\d{4}-\\d\\d-\\d\\d" });
}

/** What the books sort documents by: fields of `custom`. */
const booking = {
  centre: codeOf("stredisko"),
  activity: codeOf("cinnost"),
  contract: codeOf("zakazka"),
  constantSymbol: codeOf("konSym"),
} as const;

/** The day that decides the levels of VAT. */
const taxDate = first(date("duzpPuv", DAY), date("datSazbyDph", DAY), date("datVyst", DAY));

const orderMapping = defineMapping("order", {
  ...options,
  parameters: orderParameters,
  record: "/winstrom/objednavka-prijata",
  taxDate: first(date("datSazbyDph", DAY), date("datVyst", DAY)),
  skip,
  fields: {
    // The program's own number is unique there. Connectors mostly send none, and the shop's as a number received.
    number: text(["kod", "cisDosle", "varSym"]),
    ...common,
    createdAt: first(dateTime("datObj", DAY), dateTime("datVyst", DAY)),
    status: {
      kind: when(
        isCancelled,
        constant("cancelled"),
        oneOf("stavUzivK", states, { unknown: { value: "other" }, default: "new" }),
      ),
      raw: first(text("stavUzivK/@showAs"), text("stavUzivK")),
    },
    lines: lines(orderPlace),
    payment: { method: nameOf("formaUhradyCis"), code: codeOf("formaUhradyCis") },
    totals: totals(orderPlace),
    vatBreakdown: vatBreakdown(orderPlace),
    custom: {
      // What the shop calls the order, where the program has a number of its own.
      originalNumber: when(exists("kod"), text("cisDosle")),
      documentType: codeOf("typDokl"),
      labels: text("stitky"),
      deliverBy: day("datTermin"),
      ...booking,
    },
  },
  totals: { basis: "both", method: "topDown", compare: ["payable", "vat"], tolerance: "0.05" },
  ignore: ignoredOfOrders(orderPlace.items),
});

const kindOfType = "typDokl/typ-faktury-vydane/typDoklK";
const isAdvance = any(
  equals(kindOfType, "typDokladu.zdd"),
  all(not(exists(kindOfType)), matchesType("", "zdd|z[aá]lohov\\S* daňov|p[rř]ijat\\S* (?:plat|z[aá]l)")),
);
const isProforma = any(
  equals(kindOfType, ["typDokladu.zalohFaktura", "typDokladu.proforma"]),
  all(not(exists(kindOfType)), matchesType("", "z[aá]loh|proforma"), not(isAdvance)),
);
const isInvoice = any(
  equals(kindOfType, "typDokladu.faktura"),
  all(
    not(exists(kindOfType)),
    any(equals("typDokl", { parameter: "invoiceType" }), matchesType("", "fakt|invoice|^code:f(?:a|v)")),
  ),
);

const invoiceMapping = defineMapping("invoice", {
  ...options,
  record: "/winstrom/faktura-vydana",
  taxDate,
  skip,
  fields: {
    invoiceNumber: text(["kod", "varSym"]),
    ...common,
    // The types of documents are the company's own. One that no word tells must not be booked as an invoice.
    documentType: when<DocumentType>(
      isCreditNote(""),
      constant("creditNote"),
      when<DocumentType>(
        isAdvance,
        constant("advance"),
        when<DocumentType>(
          isProforma,
          constant("proforma"),
          when<DocumentType>(isInvoice, constant("invoice"), oneOf("typDokl", { "code:FAKTURA": "invoice" })),
        ),
      ),
    ),
    issuedOn: date("datVyst", DAY),
    taxPointOn: when(not(isProforma), date("duzpPuv", DAY)),
    dueOn: date("datSplat", DAY),
    orderNumber: text(["cisObj", "cisDosle"]),
    correctedNumber: first(
      text("vytvor-vazbu-dobropis/dobropisovanyDokl", { extract: "^code:(.+)$" }),
      text("vytvor-vazbu-dobropis/dobropisovanyDokl"),
    ),
    status: {
      kind: when<StatusKind>(isCancelled, constant("cancelled")),
    },
    seller: {
      bankAccount: {
        number: text("buc", { extract: "^([\\d-]+)(?:/\\d{4})?$" }),
        bankCode: text("buc", { extract: "/(\\d{4})$" }),
        iban: code("iban", { upper: true }),
        bic: code("bic", { upper: true }),
      },
    },
    lines: lines(invoicePlace),
    payment: {
      method: nameOf("formaUhradyCis"),
      code: codeOf("formaUhradyCis"),
      paid: when(
        equals("stavUhrK", ["stavUhr.uhrazeno", "stavUhr.uhrazenoRucne"]),
        constant(true),
        when(any(equals("stavUhrK", "stavUhr.castUhr"), compared(decimal("zbyvaUhradit"), "!=", "0")), constant(false)),
      ),
      paidAmount: when(isForeign({ up: "" }), decimal("juhSumMen"), decimal("juhSum")),
      paidAt: date("datUhr", DAY),
    },
    totals: totals(invoicePlace),
    vatBreakdown: vatBreakdown(invoicePlace),
    custom: {
      documentType: codeOf("typDokl"),
      vatLines: codeOf("clenDph"),
      labels: text("stitky"),
      accounting: codeOf("typUcOp"),
      accountedOn: day("datUcto"),
      // The day of the VAT return, where it is not the tax point.
      vatReturnOn: day("duzpUcto"),
      specificSymbol: code("specSym"),
      reverseChargeCode: first(...invoicePlace.items.map((item) => codeOf(`${item}/dphPren`))),
      // Such as that of used goods.
      specialVatRegime: when(equals("osobUpravaDph", TRUE), constant("true")),
      ...booking,
    },
  },
  totals: { basis: "both", method: "topDown", compare: ["payable", "vat"], tolerance: "0.05" },
  ignore: ignoredOfInvoices(invoicePlace.items),
});

export const orders = {
  direction: "import",
  records: "orders",
  title: "Received orders (objednavka-prijata)",
  fileName: "*.xml",
  version: "/winstrom/@version",
  mapping: orderMapping,
} satisfies ImportFeed;

export const invoices = {
  direction: "import",
  records: "invoices",
  title: "Issued invoices (faktura-vydana)",
  fileName: "*.xml",
  version: "/winstrom/@version",
  mapping: invoiceMapping,
} satisfies ImportFeed;
