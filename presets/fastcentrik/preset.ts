import { definePreset } from "../../src/index.ts";
import { listStock } from "../pohoda/list-stock.ts";
import { products, stock } from "./products.ts";

export const fastcentrik = definePreset({
  id: "fastcentrik",
  title: "FastCentrik",
  maturity: "draft",
  provenance: [
    {
      title: "A converter of the shop's Excel export, with the names of its columns",
      url: "https://github.com/zendev-ady/fastcentrik-to-woocommerce",
      date: "2026-11-24",
    },
    {
      title: "Manual FastCentrik 1.0: its contents name the imports from Excel, XML and Pohoda",
      url: "http://docplayer.cz/3049489-Uzivatelsky-manual-administrace-fastcentrik-popisovane-jsou-funkcnosti-administrace-fastcentrik-verze-gold-verze-3-4.html",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "The names of the columns are those of the shop's export to Excel. That the import takes the same ones, and that it takes a part of them, is inferred.",
    "The shop takes Excel files: open the CSV in Excel, and save it as .xls. The library writes no Excel files.",
    "Whether ZakladniCena includes VAT is not documented: set priceBasis. Only the main price is written.",
    "What an empty cell does to the shop's data is not documented.",
    "Univerzální XML, the shop's own XML import, is not publicly described; there is no feed for it.",
    "pohoda: the manual names an import from Pohoda. That it is the stock list of Pohoda XML is inferred.",
    "Images are paths within the shop's storage, categories are codes of the shop, and the unit of the weight is not known: they are left out.",
    "A parameter whose name holds a colon, or whose value holds a semicolon, cannot be written.",
  ],
  feeds: { products, stock, pohoda: { ...listStock, maturity: "draft" } },
});
