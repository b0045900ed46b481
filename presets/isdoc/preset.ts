import { definePreset } from "../../src/index.ts";
import { reading } from "./read.ts";
import { writing } from "./write.ts";

/** The Czech national format of electronic invoices. */
export const isdoc = definePreset({
  id: "isdoc",
  title: "ISDOC",
  maturity: "verified",
  provenance: [
    {
      title: "Schema of the invoice, version 6.0.2 of 2022-04-25, and the Schematron rules of the same version",
      url: "https://github.com/isdoc/isdoc.github.io",
      date: "2026-11-24",
    },
    {
      title: "Schema of version 6.0.1 of 2014-05-26",
      url: "https://github.com/isdoc/schema",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Versions up to 5.x have another namespace and are not read; neither is CommonDocument, which asks for no payment. There is no ISDOC order.",
    "Only the XML: .isdocx archives and PDF files have to be unpacked before, and signatures are neither checked nor written.",
    "Lines have no kind: shipping and payment are read as products.",
    "A proforma of a seller that pays VAT, with no VAT at all on it, cannot be told from one of a seller that pays none.",
    "The total of a line counts by the standard, even where it is not quantity × price. Such a line is refused unless the file states a discount, since nobody could tell it from a mistake.",
    "Two rows of the VAT summary with the same percent, such as zero and outside of VAT, cannot be matched with their lines: VAT_MISMATCH.",
    "Of several payments, bank accounts, orders and corrected documents, the first is read.",
    "Exchange rates for 1, 10, 100 and 1000 units are read; of other units there is no exchangeRate.",
    "The percent of a discount, the kind of a line and its weight have no place. The country whose VAT applies under OSS has none either; its rates are written.",
    "On writing, advances are not taken off: no deposits are listed, and the amounts already claimed are zero. Lines of the kind deposit are lines like others.",
    "The number of the house stays in StreetName, and BuildingNumber is empty; the name of the country is its code.",
    "Unverified: PaidAmount of a document in a foreign currency, which has no twin, is taken as one in the currency of the books.",
    "Unverified: whether programs write the price before or after a discount into UnitPrice. It is not read where a discount is stated.",
  ],
  without: {
    freeShipping: "lines have no kind, so that shipping is a product like others",
    paidShipping: "lines have no kind, so that shipping is a product like others",
    cashOnDelivery: "lines have no kind, so that the fee is a product like others; the payment itself is read",
    cancelled: "a document has no state: what was issued in error is corrected by another document",
    windows1250: "the standard wants UTF-8",
  },
  feeds: {
    invoices: {
      direction: "import",
      records: "invoices",
      title: "Invoice, one a file",
      fileName: "*.isdoc",
      encoding: "utf-8",
      version: "/Invoice/@version",
      mapping: reading,
      write: {
        encoding: "utf-8",
        options: { homeCurrency: "CZK", homeAmounts: "beside", rounding: "total" },
        mapping: writing,
      },
    },
  },
});
