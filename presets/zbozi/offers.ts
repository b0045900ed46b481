import {
  absent,
  code,
  concat,
  constant,
  decimal,
  defineMapping,
  each,
  exists,
  type ExportFeed,
  has,
  not,
  object,
  type ProductImage,
  type ProductPrice,
  required,
  text,
  when,
  writeOnly,
} from "../../src/index.ts";
import { categories, delivery, parameters, priceOptions, webAddress } from "../heureka/offers.ts";

// Elements and lengths: https://napoveda.zbozi.cz/en/specification/, example and rules: https://napoveda.zbozi.cz/en/xml-feed-2/
// (both read 2026-11-24). CATEGORYTEXT, PARAM and DELIVERY_DATE are those of Heureka; -1, not known, of old files is not read.

/** Zboží.cz compares prices in Czech crowns only. */
const mainPrice = when<ProductPrice>(
  exists("PRICE_VAT"),
  object<ProductPrice>({
    list: absent(),
    currency: constant("CZK"),
    gross: decimal("PRICE_VAT", { ...priceOptions, scale: 2 }),
  }),
);

const mapping = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  namespaces: { "": "http://www.zbozi.cz/ns/offer/1.0" },
  fields: {
    code: code("ITEM_ID", { required: true }),
    // Offers with equal names and ids count as one, so that a name must not lose its end. 70 characters are recommended.
    name: text("PRODUCTNAME", { required: true, maxLength: 255 }),
    // Required; 250 to 1024 characters are recommended, longer texts are not refused.
    shortDescription: writeOnly(when(not(has("description")), text("DESCRIPTION"))),
    description: text("DESCRIPTION", { required: true }),
    url: text("URL", { required: true, allowed: webAddress }),
    images: each<ProductImage>("IMGURL", { url: text(".", { allowed: webAddress, invalid: "warning" }) }),
    prices: required(concat<ProductPrice>(mainPrice)),
    manufacturer: text("MANUFACTURER"),
    // A category instead of the shop's own.
    custom: { zboziCategory: writeOnly(text("CATEGORYTEXT")) },
    categories,
    ean: code("EAN", { allowed: String.raw`^(?:\d{8}|\d{12,14})$`, invalid: "warning" }),
    partNumber: text("PRODUCTNO"),
    parameters,
    ...delivery,
    variantOf: code("ITEMGROUP_ID"),
  },
});

export const offers: ExportFeed = {
  direction: "export",
  records: "products",
  title: "Offers for the comparison of prices",
  fileName: "zbozi.xml",
  mapping,
  options: {
    select: { sold: true },
    prices: { currency: "CZK", basis: "gross", scale: 2 },
    stock: { quantity: "available" },
    availability: [{ from: "1", days: "0" }],
    variants: "items",
  },
};
