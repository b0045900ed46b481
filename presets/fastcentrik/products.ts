import {
  absent,
  boolean,
  concat,
  decimal,
  defineMapping,
  exists,
  type ExportFeed,
  object,
  parameter,
  parameterIs,
  parts,
  type ProductParameter,
  type ProductPrice,
  required,
  split,
  text,
  when,
} from "../../src/index.ts";

// Names of the columns, sheet "Zbozi": those of the shop's Excel export "Export_Excel_Lite.xls", as a converter reads it,
// github.com/zendev-ady/fastcentrik-to-woocommerce (read 2026-11-24). It also says that variants have the code of their
// product in KodMasterVyrobku, that CenaBezna is the price before a discount, and how HodnotyParametru is put together.
// "Univerzální XML", the shop's own import of XML (title in the manual FastCentrik 1.0, docplayer.cz/28215045), is not
// described anywhere.

const itemCode = text("KodZbozi", { required: true });
/** Excel with Czech settings takes a comma. */
const amount = { scale: 2, separator: "," } as const;
const quantity = { trimZeros: true, separator: "," } as const;
const columns = { KodZbozi: "KodZbozi", NaSklade: "NaSklade" } as const;

/** Unverified: without VAT. Amounts in the known data have odd decimals. */
const prices = concat<ProductPrice>(
  when<ProductPrice>(
    exists("ZakladniCena"),
    when<ProductPrice>(
      parameterIs("priceBasis", "net"),
      object<ProductPrice>({
        list: absent(),
        currency: parameter("currency"),
        net: decimal("ZakladniCena", { ...amount, required: true }),
      }),
      object<ProductPrice>({
        list: absent(),
        currency: parameter("currency"),
        gross: decimal("ZakladniCena", { ...amount, required: true }),
      }),
    ),
  ),
);

const excel = {
  direction: "export",
  // What Excel with Czech settings opens without asking.
  encoding: "windows-1250",
  maturity: "draft",
} as const;

const options = {
  variants: "items",
  prices: { basis: "both", scale: 2 },
  stock: { quantity: "available" },
} as const;

/** The columns of goods, to be saved as an Excel file. */
export const products = {
  ...excel,
  records: "products",
  title: "Goods for the Excel import, CSV",
  fileName: "Zbozi.csv",
  mapping: defineMapping("product", {
    record: "/rows/row",
    parameters: {
      currency: {
        title: "Currency of the shop",
        description: "The file does not state it; prices in others are not written",
        default: "CZK",
      },
      priceBasis: {
        title: "Whether the prices of the shop include VAT",
        description: "net: without VAT; gross: with. Unverified: that they are without",
        default: "net",
        values: ["net", "gross"],
      },
    },
    fields: {
      code: itemCode,
      variantOf: text("KodMasterVyrobku"),
      name: text("JmenoZbozi", { required: true }),
      prices: required(prices),
      stock: { quantity: decimal("NaSklade", quantity) },
      sold: boolean("Vypnuto", { true: ["0"], false: ["1"] }),
      parameters: split(
        "HodnotyParametru",
        ";",
        parts<ProductParameter>(".", ":", { name: text("."), value: text(".") }),
      ),
    },
    csv: {
      separator: ";",
      columns: {
        KodZbozi: "KodZbozi",
        KodMasterVyrobku: "KodMasterVyrobku",
        JmenoZbozi: "JmenoZbozi",
        ZakladniCena: "ZakladniCena",
        NaSklade: "NaSklade",
        Vypnuto: "Vypnuto",
        HodnotyParametru: "HodnotyParametru",
      },
    },
  }),
  options,
} as const satisfies ExportFeed;

/** Stock alone. */
export const stock = {
  ...excel,
  records: "stockLevels",
  title: "Stock for the Excel import, CSV",
  fileName: "Sklad.csv",
  mapping: defineMapping("stockLevel", {
    record: "/rows/row",
    fields: { code: itemCode, quantity: decimal("NaSklade", { ...quantity, required: true }) },
    csv: { separator: ";", columns },
  }),
  options: { variants: "items", stock: { quantity: "available" } },
} as const satisfies ExportFeed;
