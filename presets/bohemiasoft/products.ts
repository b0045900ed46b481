import {
  absent,
  code,
  concat,
  decimal,
  defineMapping,
  exists,
  type ExportFeed,
  integer,
  type MappingOptions,
  object,
  oneOf,
  parameter,
  parameterIs,
  type ProductPrice,
  required,
  text,
  when,
} from "../../src/index.ts";

// The engine imports CSV, for which the vendor's help gives the rules of the ID and the limits:
// https://helpdesk.bohemiasoft.com/430676-30-Import--export-CSV-souboru (read 2026-11-24). The titles are those of the
// administration's own file, github.com/krsnak/cezar-csv-to-eshop-rychle eshop_template.csv (read 2026-11-24), which has
// some 150 columns, semicolons, prices such as 250.00 and stock in whole pieces. An XML import is not known.

/** Titles of the columns, which depend on the language of the shop. */
export interface Titles {
  readonly id: string;
  readonly code: string;
  readonly price: string;
  readonly inStock: string;
  readonly quantity: string;
}

export const czechTitles: Titles = {
  id: "ID",
  code: "Kod vyrobku",
  price: "Nase cena",
  inStock: "Je skladem (1|0)",
  quantity: "Skladem (pocet kusu)",
};

/**
 * The shop's number of the product; `<product>_<variant>` for a variant. "If you state an ID, the system finds the product
 * by it and corrects what is there; if there is none with this ID, it makes one. Without an ID it makes a new product": a
 * row without an ID would double the product.
 */
const id = code("id", { required: true });
const isInStock = oneOf("inStock", { "1": "Skladem", "0": "Není skladem" }, { invalid: "warning" });

/** Whether "Nase cena" includes VAT is a setting of the shop. */
const price = when<ProductPrice>(
  exists("price"),
  when<ProductPrice>(
    parameterIs("priceBasis", "net"),
    object<ProductPrice>({
      list: absent(),
      currency: parameter("priceCurrency"),
      net: decimal("price", { required: true, scale: 2 }),
    }),
    object<ProductPrice>({
      list: absent(),
      currency: parameter("priceCurrency"),
      gross: decimal("price", { required: true, scale: 2 }),
    }),
  ),
);

const record = { record: "/rows/row" } as const satisfies MappingOptions;

/** 5 MB and 3000 products a file. */
const limits = { maxItems: 3000 } as const;

/** Whole pieces; what is sold by length or weight is rounded down. */
const stockOptions = { quantity: "available", scale: 0 } as const;
const availability = [
  { from: "0", text: "Není skladem" },
  { from: "1", text: "Skladem" },
] as const;

/** Prices and stock of products that the shop has. */
export function productFeed(titles: Titles, currency: string): ExportFeed {
  return {
    direction: "export",
    records: "products",
    title: "Prices and stock, CSV",
    fileName: "products.csv",
    mapping: defineMapping("product", {
      ...record,
      parameters: {
        priceCurrency: {
          title: "Currency of the price list",
          description: "The file does not state it; prices in others are not written",
          default: currency,
        },
        priceBasis: {
          title: "Whether the prices of the shop include VAT",
          description: "gross: with VAT; net: without. A setting of the shop",
          default: "gross",
          values: ["gross", "net"],
        },
      },
      fields: {
        externalId: id,
        code: text("code"),
        prices: required(concat<ProductPrice>(price)),
        availability: isInStock,
        stock: { quantity: integer("quantity") },
      },
      csv: { separator: ";", columns: { ...titles } },
    }),
    options: { variants: "items", prices: { basis: "both", scale: 2 }, stock: stockOptions, availability },
    limits,
    maturity: "draft",
  };
}

/** Stock alone; prices stay as they are in the shop. */
export function stockFeed({ id: idTitle, code: codeTitle, inStock, quantity }: Titles): ExportFeed {
  return {
    direction: "export",
    records: "stockLevels",
    title: "Stock, CSV",
    fileName: "stock.csv",
    mapping: defineMapping("stockLevel", {
      ...record,
      fields: {
        externalId: id,
        code: text("code"),
        availability: isInStock,
        quantity: integer("quantity", { required: true }),
      },
      csv: { separator: ";", columns: { id: idTitle, code: codeTitle, inStock, quantity } },
    }),
    options: { variants: "items", stock: stockOptions, availability },
    limits,
    maturity: "draft",
  };
}

export const productFeeds = { products: productFeed(czechTitles, "CZK"), stock: stockFeed(czechTitles) } as const;

export const productLimitations: readonly string[] = [
  "products, stock: the vendor wants the columns of the sample file that the administration offers. That a file with some of them is taken is inferred: try it with one product, and otherwise list all titles of your sample in csv.columns.",
  "products, stock: they change what the shop has, found by the shop's own ID (externalId). A product without it is rejected, since the shop would make a second one.",
  "products, stock: the encoding that the import takes is not documented. All titles are ASCII; only a code with diacritics can tell the difference.",
  "products, stock: what an empty cell does to the shop's data is not documented.",
  "products: whether prices include VAT is a setting of the shop: set priceBasis. Price levels (Cenove hladiny) are left out: how several are divided is not known.",
  "products, stock: variants are rows whose ID is that of the product and the variant, 4717_24298358. That is known from an export of a Webareal shop; that the import takes them is inferred.",
  "No import of XML is known.",
];
