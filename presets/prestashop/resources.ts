import {
  absent,
  boolean,
  code,
  concat,
  decimal,
  defineMapping,
  exists,
  type ExportFeed,
  has,
  integer,
  not,
  oneOf,
  parameter,
  type ProductPrice,
  readOnly,
  required,
  text,
  when,
} from "../../src/index.ts";

// One document a record: the webservice changes one resource with one request, PATCH /api/products/27. Fields that the
// document leaves out stay as they are. Values stand in CDATA without white space around them, which would become part
// of the value. What a PrestaShop answers to ?display=full has one more element around the records.

const cdata = true;
const currency = {
  title: "Default currency of the shop",
  description: "Prices of products are in it; the file does not state it.",
  default: "CZK",
};
/** Prices are kept without VAT, with six decimals, from 0 up. */
const amount = { cdata, scale: 6, allowed: String.raw`^[0-9]{1,10}\.[0-9]{6}$` } as const;
/** Type isEan13: 13 digits at most. */
const ean13 = { cdata, allowed: "^[0-9]{1,13}$", invalid: "warning" } as const;

const stockMapping = defineMapping("product", {
  record: ["/prestashop/stock_available", "/prestashop/stock_availables/stock_available"],
  fields: {
    custom: {
      idProduct: readOnly(text("id_product")),
      idProductAttribute: readOnly(text("id_product_attribute")),
    },
    // A row of stock states no code of its goods: its own id stands in when it is read.
    code: readOnly(code("id")),
    stock: {
      externalId: code("id", { cdata, required: true, allowed: "^[1-9][0-9]*$" }),
      quantity: integer("quantity", { cdata, required: true }),
    },
  },
  document: { perRecord: true },
});

export const stock = {
  direction: "export",
  records: "products",
  title: "Stock (stock_availables)",
  fileName: "stock_available.xml",
  mapping: stockMapping,
  // Variants have rows of their own; a product with variants has the row of their sum, which the shop keeps.
  options: { variants: "items", stock: { quantity: "available", scale: 0 } },
} satisfies ExportFeed;

const productMapping = defineMapping("product", {
  record: ["/prestashop/product", "/prestashop/products/product"],
  parameters: { currency },
  fields: {
    externalId: code("id", { cdata, required: true, allowed: "^[1-9][0-9]*$" }),
    code: text("reference", { cdata, required: true, maxLength: 64 }),
    ean: code("ean13", ean13),
    partNumber: text("mpn", { cdata, maxLength: 40, invalid: "warning" }),
    prices: required(
      concat<ProductPrice>(
        when<ProductPrice>(exists("price"), {
          list: absent(),
          currency: parameter("currency"),
          net: decimal("price", { ...amount, required: true }),
        }),
      ),
    ),
    purchasePrice: when(exists("wholesale_price"), {
      currency: parameter("currency"),
      net: decimal("wholesale_price", amount),
    }),
    // In the unit of the shop.
    weight: decimal("weight", amount),
    condition: oneOf("condition", { new: "new", used: "used", refurbished: "refurbished" }, { cdata }),
    sold: boolean("active", { cdata, true: ["1"], false: ["0"] }),
    // Texts belong to the shop and have one value for each of its languages.
    name: readOnly(text("name/language")),
    shortDescription: readOnly(text("description_short/language")),
    description: readOnly(text("description/language")),
    // Not writable: a request that holds it fails.
    manufacturer: readOnly(text("manufacturer_name")),
  },
  document: { perRecord: true },
});

export const products = {
  direction: "export",
  records: "products",
  title: "Products and prices (products)",
  fileName: "product.xml",
  mapping: productMapping,
  options: { variants: "omit", prices: { basis: "net", scale: 6 } },
} satisfies ExportFeed;

const combinationMapping = defineMapping("product", {
  record: ["/prestashop/combination", "/prestashop/combinations/combination"],
  parameters: { currency },
  // The id of a product is no id of a combination.
  skip: [{ when: not(has("variantOf")), reason: "no variant" }],
  fields: {
    externalId: code("id", { cdata, required: true, allowed: "^[1-9][0-9]*$" }),
    code: text("reference", { cdata, required: true, maxLength: 64 }),
    ean: code("ean13", ean13),
    partNumber: text("mpn", { cdata, maxLength: 40, invalid: "warning" }),
    purchasePrice: when(exists("wholesale_price"), {
      currency: parameter("currency"),
      net: decimal("wholesale_price", amount),
    }),
    custom: {
      idProduct: readOnly(text("id_product")),
      // What the variant costs more or less than the product, without VAT; may be negative.
      priceImpact: readOnly(decimal("price")),
    },
  },
  document: { perRecord: true },
});

export const combinations = {
  direction: "export",
  records: "products",
  title: "Variants (combinations)",
  fileName: "combination.xml",
  mapping: combinationMapping,
  options: { variants: "items", prices: { basis: "net", scale: 6 } },
} satisfies ExportFeed;
