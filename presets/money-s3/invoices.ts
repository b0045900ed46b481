import {
  any,
  code,
  concat,
  constant,
  date,
  defineMapping,
  type DocumentType,
  equals,
  fieldIs,
  first,
  type ImportFeed,
  join,
  type Line,
  not,
  oneOf,
  all,
  parameterIs,
  readOnly,
  type StatusKind,
  text,
  when,
  writeOnly,
} from "../../src/index.ts";
import { ignoredOfInvoices } from "./ignored.ts";
import { fixedOfLines, invoiceForm, orderForm, readLines, writeLines } from "./lines.ts";
import { customer, readSeller, writeSeller } from "./party.ts";
import { payment } from "./payment.ts";
import { booking, currency, fixed, invoiceParameters, oss, readRegime, totals, vatBreakdown } from "./shared.ts";

const LINES = "SeznamPolozek/Polozka";
const ORDER_LINES = "SeznamZalPolozek/Polozka";

const isCreditNote = equals("Dobropis", ["1", "true"]);
const isCancelled = any(equals("Storno", "1"), equals("Del", ["1", "true"]));

/** SeznamFaktVyd: issued invoices, credit notes, proformas and tax documents of payments. */
const mapping = defineMapping("invoice", {
  record: "/MoneyData/SeznamFaktVyd/FaktVyd",
  parameters: invoiceParameters,
  country: { parameter: "country" },
  taxDate: first(date("PlnenoDPH"), date("Vystaveno")),
  skip: [
    { when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" },
    { when: fieldIs("status.kind", "=", "cancelled"), reason: "cancelled" },
  ],
  fields: {
    invoiceNumber: text("Doklad", { required: true, maxLength: 10 }),
    // Money gives its own; a number of another system is none.
    externalId: readOnly(code(["GUID", "eshop/IN_FakCis"])),
    // L and Z are advances that are asked for, F and P proformas: no tax documents, for the vendor's transformation too.
    documentType: first<DocumentType>(
      readOnly(
        when(
          isCreditNote,
          constant("creditNote"),
          oneOf(
            "Druh",
            { N: "invoice", L: "proforma", Z: "proforma", F: "proforma", P: "proforma", D: "advance" },
            { default: "invoice" },
          ),
        ),
      ),
      writeOnly(
        when(
          fieldIs("documentType", "=", "creditNote"),
          oneOf("Dobropis", { 1: "creditNote" }),
          when(
            parameterIs("proforma", "L"),
            oneOf("Druh", { N: "invoice", L: "proforma", D: "advance" }),
            oneOf("Druh", { N: "invoice", F: "proforma", D: "advance" }),
          ),
        ),
      ),
    ),
    issuedOn: date("Vystaveno"),
    // Money fills it in proformas too, which have no tax point.
    taxPointOn: first(
      readOnly(when(not(equals("Druh", ["L", "Z", "F", "P"])), date("PlnenoDPH"))),
      writeOnly(date("PlnenoDPH")),
    ),
    dueOn: date("Splatno"),
    orderNumber: first(
      readOnly(
        text([
          "CObjednavk",
          "SeznamVazeb/Vazba[Typ='PR' and Doklad/Druh='OP']/Doklad/PrijatDokl",
          "SeznamVazeb/Vazba[Typ='PR' and Doklad/Druh='OP']/Doklad/Cislo",
        ]),
      ),
      writeOnly(text("CObjednavk", { maxLength: 50 })),
    ),
    correctedNumber: first(
      readOnly(text(["SeznamVazeb/Vazba[Typ='DB']/Doklad/Cislo", "PuvDoklad"])),
      writeOnly(text("PuvDoklad", { maxLength: 50 })),
    ),
    variableSymbol: code("VarSymbol", { maxLength: 20 }),
    // 2 is the document that takes back a cancelled one; its amounts are below zero.
    status: {
      kind: readOnly(
        when<StatusKind>(isCancelled, constant("cancelled"), when(equals("Storno", "2"), constant("other"))),
      ),
      raw: readOnly(when(equals("Storno", ["1", "2"]), text("Storno"))),
    },
    ...currency,
    seller: first(readOnly(readSeller), writeOnly(writeSeller)),
    customer,
    lines: concat<Line>(
      readOnly(readLines(LINES, invoiceForm)),
      readOnly(readLines(ORDER_LINES, orderForm)),
      writeOnly(
        when(
          fieldIs("documentType", "=", "proforma"),
          writeLines(ORDER_LINES, orderForm),
          when(
            fieldIs("documentType", "=", "creditNote"),
            writeLines(LINES, invoiceForm, "negate"),
            writeLines(LINES, invoiceForm),
          ),
        ),
      ),
    ),
    payment: payment("Uhrada"),
    shipping: { method: text("ZpDopravy", { maxLength: 255, tooLong: "cut" }) },
    totals: totals([LINES, ORDER_LINES]),
    vatBreakdown: vatBreakdown([LINES, ORDER_LINES]),
    custom: {
      description: readOnly(text("Popis")),
      // The agenda's own abbreviation, by which Money puts the document into the VAT return.
      vatCode: text("KodDPH", { maxLength: 10 }),
      controlNumber: text("EvCisDokl", { maxLength: 50 }),
      partnerCode: readOnly(text("DodOdb/KodPartn")),
      ...booking,
      accounting: readOnly(text("PredKontac")),
      accountedOn: readOnly(text("DatUcPr")),
      bankAccount: readOnly(text("Ucet")),
      constantSymbol: readOnly(code("KonstSym")),
      specificSymbol: readOnly(code("SpecSymbol")),
      pairingSymbol: readOnly(code("ParSymbol")),
      // A simplified tax document.
      simplified: readOnly(when(equals("ZjednD", ["1", "true"]), constant("true"))),
      correctedTaxPointOn: readOnly(text("DobrDUZP")),
      // Where a credit note is to be paid to.
      refundAccount: readOnly(when(isCreditNote, join("/", "DodOdb/Ucet", "DodOdb/KodBanky"))),
    },
    // What the agenda calls a delivery without VAT is its own: without it in custom.vatCode, the regime is lost with a warning.
    vatRegime: first(
      readRegime,
      writeOnly(
        when(
          any(
            fieldIs("vatRegime", "=", "reverseCharge"),
            fieldIs("vatRegime", "=", "intraCommunity"),
            fieldIs("vatRegime", "=", "export"),
          ),
          oneOf("KodDPH", { standard: "standard" }, { invalid: "warning" }),
        ),
      ),
    ),
    ...oss,
    notes: { customer: text("TextPredFa"), internal: text("Poznamka") },
  },
  totals: { basis: "gross", method: "topDown", compare: ["payable"], tolerance: "0.05" },
  ignore: ignoredOfInvoices,
  document: {
    fixed: {
      ...fixed,
      PredKontac: { parameter: "posting" },
      ...fixedOfLines(LINES, invoiceForm),
      ...fixedOfLines(ORDER_LINES, orderForm),
    },
    // FaktVyd may have any order; that of the vendor's exports is easier to read.
    order: [
      "Doklad",
      "EvCisDokl",
      "Popis",
      "Vystaveno",
      "PlnenoDPH",
      "Splatno",
      "KodDPH",
      "VarSymbol",
      "CObjednavk",
      "PuvDoklad",
      "Druh",
      "Dobropis",
      "ZpDopravy",
      "Uhrada",
      "PredKontac",
      "Cinnost",
      "StatMOSS",
      "SazbaDPH1",
      "SazbaDPH2",
      "SouhrnDPH",
      "Celkem",
      "Valuty",
      "Poznamka",
      "Stredisko",
      "TextPredFa",
      "DodOdb",
      "KonecPrij",
      "SeznamPolozek",
      "SeznamZalPolozek",
      "MojeFirma",
    ],
  },
});

export const invoices = {
  direction: "import",
  records: "invoices",
  title: "Issued invoices (SeznamFaktVyd)",
  fileName: "*.xml",
  mapping,
  write: { encoding: "utf-8", options: { homeCurrency: "CZK", homeAmounts: "beside", rounding: "total" } },
} satisfies ImportFeed;
