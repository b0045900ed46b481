import {
  all,
  any,
  code,
  concat,
  date,
  decimal,
  defineMapping,
  each,
  exists,
  type ExportFeed,
  fieldIs,
  has,
  type IsoDate,
  matches,
  type Money,
  not,
  object,
  oneOf,
  parameter,
  parts,
  type ProductImage,
  type ProductParameter,
  type ProductPrice,
  readOnly,
  required,
  text,
  when,
  writeOnly,
} from "../../src/index.ts";

// Attributes, lengths and words: https://support.google.com/merchants/answer/7052112, the document around them:
// https://support.google.com/merchants/answer/14987622 (both read 2026-11-24).

const addressOptions = { allowed: String.raw`^https?://\S+$` } as const;

/** `199.50 CZK`, with VAT: countries with VAT have it in their prices. */
const priceFields = { gross: decimal(".", { scale: 2 }), currency: code(".") };
const priceOptions = { required: true, allowed: String.raw`^\d+\.\d\d [A-Z]{3}$` } as const;

/** The price without a list, in the currency of the feed. */
function mainPrice(path: string) {
  const price = when<ProductPrice>(
    all(not(has("list")), fieldIs("currency", "=", { parameter: "currency" })),
    parts<ProductPrice>(path, " ", priceFields, priceOptions),
  );
  return when<ProductPrice[]>(exists(path), concat<ProductPrice>(price));
}

/** With a price before the discount, that one is the price, and what has to be paid is the sale price. */
const discounted = all(
  has("prices"),
  has("regularPrice.gross"),
  fieldIs("regularPrice.currency", "=", { parameter: "currency" }),
);
const regularPrice = when<Money>(
  discounted,
  when(exists("g:sale_price"), parts<Money>("g:price", " ", priceFields, priceOptions)),
);
const prices = when<ProductPrice[]>(discounted, mainPrice("g:sale_price"), mainPrice("g:price"));

/** One main image, at most 10 others. One of these that cannot be written costs itself only. */
const images = concat<ProductImage>(
  required(
    when<ProductImage>(exists("g:image_link"), { url: text("g:image_link", { ...addressOptions, required: true }) }),
  ),
  each<ProductImage>(
    "g:additional_image_link",
    { url: text(".", { ...addressOptions, invalid: "warning" }) },
    undefined,
    10,
  ),
);

/** Words of before 2021 have spaces. */
const availability = when(
  not(matches("g:availability", " ")),
  oneOf(
    "g:availability",
    { in_stock: "in_stock", out_of_stock: "out_of_stock", preorder: "preorder", backorder: "backorder" },
    { required: true },
  ),
  readOnly(oneOf("g:availability", { "in stock": "in_stock", "out of stock": "out_of_stock" })),
);

/** For what can be ordered before it is there, and only then. */
const availableFrom = when<IsoDate>(
  any(fieldIs("availability", "=", "preorder"), fieldIs("availability", "=", "backorder")),
  date("g:availability_date", { required: true }),
);

/** Color and size have attributes of their own, which tell variants apart; whatever else goes out as a detail. */
const parameters = concat<ProductParameter>(
  namedParameter("color", "g:color"),
  namedParameter("size", "g:size"),
  each<ProductParameter>(
    "g:product_detail",
    when(has("value"), object<ProductParameter>({ name: text("g:attribute_name"), value: text("g:attribute_value") })),
    all(exists("g:attribute_name"), exists("g:attribute_value")),
  ),
);

function namedParameter(name: string, path: string) {
  return when<ProductParameter>(
    exists(path),
    object<ProductParameter>({ name: parameter(name), value: text(path, { maxLength: 100, invalid: "warning" }) }),
  );
}

const mapping = defineMapping("product", {
  record: "/rss/channel/item",
  namespaces: { g: "http://base.google.com/ns/1.0" },
  parameters: {
    title: { title: "Name of the shop", description: "Title of the channel", default: "" },
    link: { title: "Address of the shop", description: "Link of the channel, https://…", default: "" },
    description: { title: "What the shop sells", description: "Description of the channel", default: "" },
    currency: {
      title: "Currency of the prices",
      description: "That of the country where the products are shown; prices in another one are not written",
      default: "CZK",
    },
    color: { title: "Parameter that is the color", default: "Barva" },
    size: { title: "Parameter that is the size", default: "Velikost" },
  },
  document: {
    fixed: {
      "/rss/@version": "2.0",
      "/rss/channel/title": { parameter: "title" },
      "/rss/channel/link": { parameter: "link" },
      "/rss/channel/description": { parameter: "description" },
    },
  },
  fields: {
    code: code("g:id", { required: true, maxLength: 50 }),
    // Names of variants differ at the end: a name that is cut would no longer tell them apart.
    name: text(["g:title", "title"], { required: true, maxLength: 150 }),
    shortDescription: writeOnly(
      when(not(has("description")), text("g:description", { maxLength: 5000, tooLong: "cut" })),
    ),
    description: text(["g:description", "description"], { required: true, maxLength: 5000, tooLong: "cut" }),
    url: text(["g:link", "link"], { ...addressOptions, required: true }),
    images,
    availability,
    availableFrom,
    regularPrice,
    prices: required(prices),
    manufacturer: text("g:brand", { maxLength: 70, invalid: "warning" }),
    ean: code("g:gtin", { allowed: String.raw`^(?:\d{8}|\d{12,14})$`, invalid: "warning" }),
    partNumber: text("g:mpn", { maxLength: 70, invalid: "warning" }),
    condition: oneOf("g:condition", { new: "new", refurbished: "refurbished", used: "used" }),
    variantOf: code("g:item_group_id", { maxLength: 50 }),
    custom: {
      // Number or path of Google's own category.
      googleCategory: text("g:google_product_category"),
    },
    // The shop's own categories, with > between the levels as in the catalogue.
    categories: each("g:product_type", text(".", { maxLength: 750, invalid: "warning" })),
    parameters,
  },
});

export const products: ExportFeed = {
  direction: "export",
  records: "products",
  title: "Product data source as RSS 2.0",
  fileName: "google.xml",
  mapping,
  options: {
    select: { sold: true },
    prices: { basis: "gross", scale: 2 },
    stock: { quantity: "available" },
    availability: [
      { from: "0", text: "out_of_stock" },
      { from: "1", text: "in_stock" },
    ],
    variants: "items",
  },
};
