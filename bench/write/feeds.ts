import {
  absent,
  code,
  concat,
  decimal,
  defineMapping,
  each,
  type ExportFeed,
  type ExportOptions,
  object,
  type ProductParameter,
  type ProductPrice,
  text,
  type Variant,
  vatRate,
} from "../../src/index.ts";
import type { PlainItem } from "./products.ts";

const plainTarget: {
  readonly "~standard": { readonly types?: { readonly input: PlainItem; readonly output: PlainItem } };
} = { "~standard": {} };

/** 13 texts and one attribute. */
export const plainMapping = defineMapping(plainTarget, {
  record: "/SHOP/SHOPITEM",
  fields: {
    id: text("@id"),
    code: text("ITEM_ID"),
    name: text("PRODUCTNAME"),
    description: text("DESCRIPTION", { cdata: true }),
    manufacturer: text("MANUFACTURER"),
    ean: text("EAN"),
    price: text("PRICE_VAT"),
    vat: text("VAT"),
    currency: text("CURRENCY"),
    unit: text("UNIT"),
    stock: text("STOCK"),
    availability: text("AVAILABILITY"),
    category: text("CATEGORYTEXT"),
    image: text("IMGURL"),
  },
});

const amounts = {
  currency: code("CURRENCY"),
  net: decimal("PRICE", { scale: 2 }),
  gross: decimal("PRICE_VAT", { scale: 2 }),
};
const mainPrice = object<ProductPrice>({ list: absent(), ...amounts });
const parameterList = each<ProductParameter>("PARAMETERS/PARAMETER", {
  name: text("NAME"),
  value: text("VALUE"),
});
const stock = { quantity: decimal("STOCK/AMOUNT", { scale: 3, trimZeros: true }) };

/** Exact amounts, price lists, pictures, parameters, variants. */
const richMapping = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  fields: {
    externalId: text("@id"),
    code: code("CODE", { required: true, maxLength: 64 }),
    name: text("NAME", { required: true, maxLength: 250, tooLong: "cut" }),
    description: text("DESCRIPTION", { cdata: true }),
    manufacturer: text("MANUFACTURER"),
    ean: code("EAN"),
    unit: text("UNIT"),
    vatRate: vatRate("VAT", { notation: "percent" }),
    prices: concat<ProductPrice>(
      mainPrice,
      each<ProductPrice>("PRICELISTS/PRICELIST", { list: text("TITLE"), ...amounts }),
    ),
    stock,
    availability: text("AVAILABILITY"),
    weight: decimal("WEIGHT", { scale: 3, trimZeros: true }),
    categories: each<string>("CATEGORIES/CATEGORY", text(".")),
    images: concat<{ url: string }>(
      object<{ url: string }>({ url: text("IMGURL") }),
      each<{ url: string }>("IMGURL_ALTERNATIVE", { url: text(".") }, undefined, 10),
    ),
    parameters: parameterList,
    variants: each<Variant>("VARIANTS/VARIANT", {
      code: code("CODE", { required: true, maxLength: 64 }),
      ean: code("EAN"),
      prices: concat<ProductPrice>(mainPrice),
      stock,
      availability: text("AVAILABILITY"),
      parameters: parameterList,
    }),
  },
});

export const richFeed: ExportFeed = {
  direction: "export",
  records: "products",
  title: "Everything that a shop takes",
  encoding: "windows-1250",
  mapping: richMapping,
};

/** Gross prices of what is for sale, what is left of it, and a word for how much that is. */
export const offerOptions = {
  select: { sold: true },
  prices: { basis: "gross", scale: 2, also: "all", currency: "CZK" },
  stock: { quantity: "available", cap: "50" },
  availability: [
    { from: "1", text: "Skladem" },
    { from: "0", text: "Na dotaz" },
  ],
} as const satisfies ExportOptions;
