import { definePreset, type ImportFeed } from "../../src/index.ts";
import { listStock } from "../pohoda/list-stock.ts";
import { orders as pohodaOrders } from "../pohoda/orders.ts";
import { products, stock } from "./products.ts";

/** The shop writes what Pohoda imports: a dataPack with received orders. */
const orders = {
  direction: "import",
  records: "orders",
  title: "Orders for Pohoda (dataPack)",
  fileName: "*.xml",
  encoding: "windows-1250",
  mapping: pohodaOrders.mapping,
} satisfies ImportFeed;

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
      title: "Manual FastCentrik: its contents name the export of orders to Pohoda",
      url: "http://docplayer.cz/28215045-",
      date: "2026-11-24",
    },
    {
      title: "Schemas of Pohoda XML, version 2, of 2025-10-16: data.xsd, order.xsd, type.xsd",
      url: "https://github.com/VitexSoftware/php-pohoda-serialize",
      date: "2026-11-24",
    },
    {
      title: "Manual FastCentrik 1.0: its contents name the imports from Excel, XML and Pohoda",
      url: "http://docplayer.cz/3049489-Uzivatelsky-manual-administrace-fastcentrik-popisovane-jsou-funkcnosti-administrace-fastcentrik-verze-gold-verze-3-4.html",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Unverified: which elements of Pohoda's order the shop fills. No file of a shop is publicly known; that its export of orders to Pohoda is a dataPack with orders follows from what Pohoda imports.",
    "Items have no kind: shipping, payment and discounts are told by their names, such as Doprava or Dobírka. Any other text is goods.",
    "Such a file often says how Pohoda has to round, and not by how much: the order then has the unrounded amount and a warning.",
    "Such a file need not state any sum; then nothing proves that the lines are complete (TOTAL_UNCHECKED).",
    "The names of the columns are those of the shop's export to Excel. That the import takes the same ones, and that it takes a part of them, is inferred.",
    "The shop takes Excel files: open the CSV in Excel, and save it as .xls. The library writes no Excel files.",
    "Whether ZakladniCena includes VAT is not documented: set priceBasis. Only the main price is written.",
    "What an empty cell does to the shop's data is not documented.",
    "Univerzální XML, the shop's own XML import, is not publicly described; there is no feed for it.",
    "pohoda: the manual names an import from Pohoda. That it is the stock list of Pohoda XML is inferred.",
    "Images are paths within the shop's storage, categories are codes of the shop, and the unit of the weight is not known: they are left out.",
    "A parameter whose name holds a colon, or whose value holds a semicolon, cannot be written.",
  ],
  without: {
    cancelled:
      "An order for Pohoda has no place for its state: only Pohoda's own files say that a document is cancelled.",
  },
  feeds: { orders, products, stock, pohoda: { ...listStock, maturity: "draft" } },
});
