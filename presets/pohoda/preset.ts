import { definePreset } from "../../src/index.ts";
import { listStock } from "./list-stock.ts";
import { invoices } from "./invoices.ts";
import { orders } from "./orders.ts";
import { stock } from "./stock.ts";
import { newStock } from "./new-stock.ts";

export const pohoda = definePreset({
  id: "pohoda",
  title: "Pohoda",
  maturity: "verified",
  provenance: [
    {
      title:
        "Schemas of Pohoda XML, version 2, of 2025-10-16: order.xsd, invoice.xsd, stock.xsd, list.xsd, list_stock.xsd, filter.xsd, type.xsd, data.xsd, response.xsd",
      url: "https://github.com/VitexSoftware/php-pohoda-serialize",
      date: "2026-11-24",
    },
    {
      title: "Stormware: description of the XML format, with samples in windows-1250",
      url: "https://www.stormware.cz/pohoda/xml/",
      date: "2026-11-24",
    },
    {
      title: "Manual of Pohoda: XML import/export",
      url: "https://www.stormware.cz/prirucka-pohoda-online/datova_komunikace/XML_import-export/",
      date: "2026-11-24",
    },
    {
      title: "Stormware, for developers: documents in the One Stop Shop, with historic rates and percents",
      url: "https://www.stormware.cz/pohoda/xml/provyvojare/dphrezimmoss/",
      date: "2026-11-24",
    },
    {
      title: "What a shop's module reads of listStock: prestashop-pohoda",
      url: "https://github.com/techi602/prestashop-pohoda",
      date: "2026-11-24",
    },
    {
      title: "Stock requests of an exporter, with filters of actionType and with price levels: riesenia/pohoda",
      url: "https://github.com/riesenia/pohoda",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Orders and invoices: verified by the schema, and by samples that follow it; no file of an accounting unit is public.",
    "Pohoda states no sum of a document in the home currency, only sums of each VAT level. They are checked; the warning TOTAL_UNCHECKED comes nevertheless.",
    "A request may say how Pohoda has to round, and not by how much: then the document has the unrounded amount and a warning.",
    "Items have no kind: shipping, payment, discounts and rounding are told by the first word of their text. Any other one is goods.",
    "Unverified: that unitPrice is the price before discountPercentage. Where there is a discount, the line's total counts; a line with a discount and without a total keeps its document out.",
    "Sums of the home currency beside a foreign one are read by line, not by VAT level.",
    "A document with sums and without items has one line for each VAT level.",
    "Advance invoices and proformas call for payment: both are read as proforma. A tax document for an advance cannot be written, since Pohoda makes it of the payment.",
    "An invoice marked nonSubsume whose items have no VAT is taken for one of a seller that pays none; a payer may have marked it so, too.",
    "Payments, liquidations and the amount that is left to pay are not read as such: their numbers are in custom.",
    "Writing: rounding is a line without VAT, so that the amount is the shop's whatever the program would round. With the option rounding set to total it is the way to round instead (to a crown, in euro to five cents), and Pohoda calculates it: that the amount is a whole one is then not looked at.",
    "Writing: Pohoda calculates the VAT of each line itself; its sum may differ by a haléř from that of the shop.",
    "Writing: where a document has lines of rate 0 of several kinds, or historic rates, the sums of the levels are not complete; Pohoda adds up the items.",
    "Writing: the classification of VAT is set for sellers that pay none (nonSubsume) and for deliveries within the Union (UDdodEU). For exports and the reverse charge, it is the user's default.",
    "Writing: all of an order in the One Stop Shop is goods (GD). Unverified: this code, which is that of public exporters.",
    "Writing: vouchers and other payments have no word; without one, Pohoda takes a transfer.",
    "Writing: pick-up points, tracking numbers, weights and paid amounts have no place. The number that a credit note corrects has one in Slovak units only.",
    "Writing: a cancelled order or invoice is left out, since it would be a valid one in Pohoda.",
    "Stock levels cannot be written into Pohoda: the schema has them for export only. They go from Pohoda to the shop, in listStock.",
    "The feed stock changes cards and creates none; newStock creates cards and changes none.",
    "The schema says that a selling or purchase price that is not stated is zero. Whether that holds for changes too is not documented: send the prices with each change.",
    "Prices are in the home currency; others have no place on the card.",
    "Whether prices of price levels hold VAT is a setting of Pohoda that the file does not state: set the parameter levelPrices.",
    "Pictures are names of files in Pohoda's folder of documents, not addresses. They are not among the changes, since each change would add them again.",
    "Categories are numbers in Pohoda's own tree, and the supplier is the number of an address: both are left out.",
    "A card belongs to one storage: the same goods in two of them are two products with the same code.",
    "The weight is taken for kilograms; the schema does not name the unit.",
    "listStock requires the time and the first day of its validity: they are constants unless you set them, so that the same goods give the same file.",
  ],
  feeds: { orders, invoices, listStock, stock, newStock },
});
