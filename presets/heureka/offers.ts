import {
  absent,
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
  integer,
  type IsoDate,
  matches,
  not,
  object,
  oneOf,
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

// Elements, lengths and patterns: https://github.com/heureka/xml-feed-specs (read 2026-11-24), which calls itself a draft
// and gives precedence to https://sluzby.heureka.cz/napoveda/xml-feed/. The order of the elements is free.

/** ITEM_ID and ITEMGROUP_ID. */
export const itemId = "^[A-Za-z0-9_-]{1,36}$";
export const webAddress = String.raw`^https?://\S+$`;
const imageOptions = { maxLength: 255, allowed: webAddress } as const;

/** 25000, 25000.50 and 25000,50 are all taken, a sign is not. */
export const priceOptions = { required: true, allowed: String.raw`^\d+\.\d\d$` } as const;

/** The price without a list. PRICE, without VAT, is an addition of wholesalers. */
const mainPrice = when<ProductPrice>(
  exists(["PRICE_VAT", "PRICE"]),
  object<ProductPrice>({
    list: absent(),
    currency: parameter("currency"),
    net: readOnly(decimal("PRICE")),
    gross: decimal("PRICE_VAT", { ...priceOptions, scale: 2 }),
  }),
);

/** One main image, then at most 10 others. Files of other origin repeat IMGURL instead. */
const images = concat<ProductImage>(
  readOnly(each<ProductImage>("IMGURL", { url: text(".") })),
  required(writeOnly(object<ProductImage>({ url: text("IMGURL", { ...imageOptions, required: true }) }))),
  each<ProductImage>("IMGURL_ALTERNATIVE", { url: text(".", { ...imageOptions, invalid: "warning" }) }, undefined, 10),
);

const categoryOptions = { maxLength: 255 } as const;

/** Levels are divided by `|` in the file and by `>` in the catalogue. Only the first category is written. */
export const categories = concat<string>(text("CATEGORYTEXT", { ...categoryOptions, levels: " | " }));

/** What the catalogue states for Heureka alone: its own category instead of the shop's. One of them is required. */
const custom = {
  heurekaCategory: writeOnly(
    when(
      has("categories"),
      text("CATEGORYTEXT", categoryOptions),
      text("CATEGORYTEXT", { ...categoryOptions, required: true }),
    ),
  ),
};

/** `<PARAM/>` is allowed and says nothing; a name without a value is not allowed. */
export const parameters = each<ProductParameter>(
  "PARAM",
  when(has("value"), object<ProductParameter>({ name: text("PARAM_NAME"), value: text("VAL") })),
  all(exists("PARAM_NAME"), exists("VAL")),
);

const days = String.raw`^\d{1,3}$`;

/**
 * Days until it is handed over, without them the day. 0 for what is in stock is common and fits the documented pattern,
 * though its text speaks of 1 to 999. Words stand in files of wholesalers.
 */
export const delivery = {
  availableFrom: when<IsoDate>(
    not(has("deliveryDays")),
    when(matches("DELIVERY_DATE", String.raw`^\d{4}-`), date("DELIVERY_DATE")),
  ),
  deliveryDays: when(
    matches("DELIVERY_DATE", days),
    when(
      any(has("deliveryDays"), not(has("availableFrom"))),
      integer("DELIVERY_DATE", { required: true, allowed: days }),
    ),
  ),
  availability: readOnly(when<string>(matches("DELIVERY_DATE", String.raw`^\D+$`), text("DELIVERY_DATE"))),
};

/**
 * One word for used and for refurbished goods, none for new ones.
 *
 * @see https://github.com/pavelevap/ceske-sluzby/issues/62 `bazar` is the only word there is (of 2016, read 2026-11-24)
 */
const condition = when(
  fieldIs("condition", "=", "refurbished"),
  writeOnly(oneOf("ITEM_TYPE", { bazar: "refurbished" })),
  when(
    fieldIs("condition", "=", "used"),
    when(matches("ITEM_TYPE", "^bazar$", "iu"), oneOf("ITEM_TYPE", { bazar: "used" })),
  ),
);

const mapping = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  parameters: {
    currency: {
      title: "Currency of the prices",
      description: "The file does not state it: CZK for Heureka.cz, EUR for Heureka.sk; other prices are not written",
      default: "CZK",
    },
  },
  fields: {
    code: code("ITEM_ID", { required: true, allowed: itemId }),
    // A name that is cut may lose what tells it from its neighbours, and offers are paired by it: better no offer.
    name: text(["PRODUCTNAME", "PRODUCT"], { required: true, maxLength: 200 }),
    description: text("DESCRIPTION"),
    url: text("URL", { required: true, maxLength: 300, allowed: webAddress }),
    images,
    prices: required(concat<ProductPrice>(mainPrice)),
    vatRate: vatRate("VAT", { notation: "percent" }),
    manufacturer: text("MANUFACTURER"),
    custom,
    categories,
    condition,
    // "Must be exactly 13 digits"; any other one is left out.
    ean: code("EAN", { allowed: String.raw`^\d{13}$`, invalid: "warning" }),
    partNumber: text("PRODUCTNO"),
    parameters,
    ...delivery,
    // Not in the documentation, but in the files of many shops and wholesalers.
    stock: { quantity: readOnly(decimal("STOCK", { invalid: "warning" })) },
    variantOf: code("ITEMGROUP_ID", { allowed: itemId, invalid: "warning" }),
  },
});

export const offers: ExportFeed = {
  direction: "export",
  records: "products",
  title: "Offers for the comparison of prices",
  fileName: "heureka.xml",
  mapping,
  options: {
    select: { sold: true },
    prices: { basis: "gross", scale: 2 },
    stock: { quantity: "available" },
    availability: [{ from: "1", days: "0" }],
    variants: "items",
  },
  // https://sluzby.heureka.sk/napoveda/xml-feed (read 2026-11-24)
  limits: { maxItems: 500_000 },
};
