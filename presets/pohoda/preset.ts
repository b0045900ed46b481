import { definePreset } from "../../src/index.ts";
import { listStock } from "./list-stock.ts";
import { stock } from "./stock.ts";
import { newStock } from "./new-stock.ts";

export const pohoda = definePreset({
  id: "pohoda",
  title: "Pohoda",
  maturity: "verified",
  provenance: [
    {
      title:
        "Schemas of Pohoda XML, version 2, of 2025-10-16: stock.xsd, list_stock.xsd, filter.xsd, type.xsd, data.xsd, response.xsd",
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
  feeds: { listStock, stock, newStock },
});
