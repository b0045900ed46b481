import {
  absent,
  any,
  code,
  concat,
  type Decimal,
  decimal,
  defineMapping,
  each,
  exists,
  type ExportFeed,
  integer,
  matches,
  object,
  parameter,
  type ProductImage,
  type ProductParameter,
  type ProductPrice,
  readOnly,
  required,
  text,
  vatRate,
  when,
  writeOnly,
} from "../../src/index.ts";

// Elements as in the offer feed of Heureka, https://github.com/heureka/xml-feed-specs (read 2026-11-24), with what
// wholesalers and resellers' feeds add to it: CODE, STOCK, and PRICE without VAT beside PRICE_VAT. The others, UNIT,
// WEIGHT and AVAILABILITY, are this template's own. The second of two paths is for reading only.

const DAYS = String.raw`^\d{1,3}$`;

/** Identifies the goods; not the codec `code`, since spaces in it count. */
const itemCode = text(["CODE", "ITEM_ID"], { required: true });
const ean = code("EAN");
const availability = text("AVAILABILITY");
/** Days until it is handed over, 0 in stock. Dates, which Heureka knows too, are not read. */
const deliveryDays = when<Decimal>(matches("DELIVERY_DATE", DAYS), integer("DELIVERY_DATE", { allowed: DAYS }));

const price = when<ProductPrice>(
  any(exists("PRICE"), exists("PRICE_VAT")),
  object<ProductPrice>({
    list: absent(),
    currency: parameter("currency"),
    net: decimal("PRICE", { scale: 2 }),
    gross: decimal("PRICE_VAT", { scale: 2 }),
  }),
);

/** Some files repeat IMGURL instead of IMGURL_ALTERNATIVE. */
const images = concat<ProductImage>(
  readOnly(each<ProductImage>("IMGURL", { url: text(".") })),
  writeOnly(object<ProductImage>({ url: text("IMGURL") })),
  each<ProductImage>("IMGURL_ALTERNATIVE", { url: text(".") }),
);

/** Heureka's files divide levels by `|`. */
const categories = concat<string>(
  readOnly(each<string>("CATEGORYTEXT", text(".", { replace: [[String.raw`\s*\|\s*`, " > "]] }))),
  writeOnly(each<string>("CATEGORYTEXT", text("."))),
);

/** The price list with stock: one element for each product or variant. */
export const products = {
  direction: "export",
  records: "products",
  title: "Price list with stock",
  fileName: "products.xml",
  mapping: defineMapping("product", {
    record: "/SHOP/SHOPITEM",
    parameters: {
      currency: {
        title: "Currency of the prices",
        description: "The file does not state it; prices in others are not written",
        default: "CZK",
      },
    },
    fields: {
      code: itemCode,
      // Variants of one product have its code here.
      variantOf: text("ITEMGROUP_ID"),
      ean,
      partNumber: text("PRODUCTNO"),
      name: text(["PRODUCTNAME", "PRODUCT"], { required: true }),
      description: text("DESCRIPTION"),
      manufacturer: text("MANUFACTURER"),
      categories,
      prices: required(concat<ProductPrice>(price)),
      vatRate: vatRate("VAT", { notation: "percent" }),
      unit: text("UNIT"),
      stock: { quantity: decimal("STOCK", { trimZeros: true }) },
      availability,
      deliveryDays,
      weight: decimal("WEIGHT", { trimZeros: true }),
      url: text("URL"),
      images,
      parameters: each<ProductParameter>(
        "PARAM",
        { name: text("PARAM_NAME"), value: text("VAL") },
        exists("PARAM_NAME"),
      ),
    },
  }),
  options: {
    prices: { basis: "both", scale: 2 },
    stock: { quantity: "available" },
    availability: [{ from: "1", days: "0" }],
    variants: "items",
  },
} as const satisfies ExportFeed;

/** Stock alone: small enough to be sent often. */
export const stock = {
  direction: "export",
  records: "stockLevels",
  title: "Stock",
  fileName: "stock.xml",
  mapping: defineMapping("stockLevel", {
    record: "/SHOP/SHOPITEM",
    fields: {
      code: itemCode,
      ean,
      quantity: decimal("STOCK", { required: true, trimZeros: true }),
      availability,
      deliveryDays,
    },
  }),
  options: products.options,
} as const satisfies ExportFeed;
