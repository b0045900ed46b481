import {
  absent,
  all,
  any,
  boolean,
  code,
  compared,
  concat,
  type Decimal,
  decimal,
  defineMapping,
  each,
  exists,
  type ExportFeed,
  fieldIs,
  has,
  type Money,
  not,
  object,
  parameterIs,
  type ProductImage,
  type ProductParameter,
  type ProductPrice,
  readOnly,
  required,
  type Spec,
  type Stock,
  text,
  type Variant,
  vatRate,
  type Warehouse,
  when,
  writeOnly,
} from "../../src/index.ts";

// Lengths, decimals and words are those of the vendor's schemas products-supplier-v10.rng, products-complete-v10.rng and
// products-datatype-v10.rng at https://www.shoptet.cz/export/schema/ (read 2026-11-24). One item that the schema refuses
// makes Shoptet refuse the whole file, so it is better left out.

const currencies =
  "AUD|BGN|BRL|CAD|CHF|CNY|CZK|DKK|EUR|GBP|HKD|HRK|HUF|IDR|ILS|INR|ISK|JPY|KRW|MXN|MYR|NOK|NZD|PHP|PLN|RON|RUB|SEK|SGD|THB|TRY|USD|VND|XDR|ZAR";
const currencyOptions = { default: { parameter: "currency" }, allowed: `^(?:${currencies})$` } as const;
/** From 0 up, 12 digits, two of them decimals, with a point. */
const priceOptions = { scale: 2, allowed: String.raw`^\d{1,10}\.\d\d$` } as const;
/** Between -10 000 000 and 10 000 000, three decimals at most. */
const amountOptions = {
  scale: 3,
  rounding: "down",
  trimZeros: true,
  allowed: String.raw`^-?\d{1,7}(?:\.\d{1,3})?$`,
} as const;
const urlOptions = { allowed: String.raw`^https?://\S+$` } as const;
const availabilityOptions = { maxLength: 100, invalid: "warning" } as const;
const codeOptions = { maxLength: 64 } as const;

const currency = {
  title: "Currency of the shop",
  description: "Of main, standard and purchase prices; the catalogue's prices in another one are not written there",
  default: "CZK",
} as const;
const priceBasis = {
  title: "Whether PRICE in files that are read includes VAT",
  description: "The shop's setting decides and the file does not say; unknown leaves PRICE unread, PRICE_VAT counts",
  default: "unknown",
  values: ["unknown", "gross", "net"],
} as const;

/** A value that has no place in the file, whatever it is; what it belongs to goes out without it. */
const nothing = readOnly(absent());
const grossPrice = { ...priceOptions, required: true } as const;

/**
 * PRICE_VAT includes VAT in every shop; what PRICE holds is the shop's setting, so it is only read. An item has one
 * CURRENCY: a price in another one than the shop's must not stand under it.
 */
const mainPrice = when<ProductPrice>(
  fieldIs("currency", "=", { parameter: "currency" }),
  when(
    any(exists("PRICE_VAT"), all(exists("PRICE"), not(parameterIs("priceBasis", "unknown")))),
    object<ProductPrice>({
      list: absent(),
      currency: code("CURRENCY", currencyOptions),
      net: readOnly(when(parameterIs("priceBasis", "net"), decimal("PRICE"))),
      gross: when(
        parameterIs("priceBasis", "gross"),
        decimal(["PRICE_VAT", "PRICE"], grossPrice),
        decimal("PRICE_VAT", grossPrice),
      ),
    }),
  ),
);

const priceLists = each<ProductPrice>(
  "PRICELISTS/PRICELIST",
  when(
    has("list"),
    object<ProductPrice>({
      list: text("TITLE", { required: true, maxLength: 128 }),
      currency: code("CURRENCY", currencyOptions),
      gross: decimal("PRICE_VAT", grossPrice),
    }),
  ),
);

const itemCurrency = readOnly(code("CURRENCY", { default: { parameter: "currency" } }));

/** Price before a discount. Unverified: that it includes VAT, like PRICE_VAT beside it. */
const regularPrice = when<Money>(
  fieldIs("regularPrice.currency", "=", { parameter: "currency" }),
  when(
    exists("STANDARD_PRICE"),
    object<Money>({ currency: itemCurrency, gross: decimal("STANDARD_PRICE", priceOptions) }),
  ),
  nothing,
);

/** Unverified: that it excludes VAT, where PURCHASE_PRICE_INCL_VAT of the complete schema does not say so. */
const purchasePrice = when<Money>(
  fieldIs("purchasePrice.currency", "=", { parameter: "currency" }),
  when(
    exists("PURCHASE_PRICE"),
    object<Money>({ currency: itemCurrency, net: decimal("PURCHASE_PRICE", priceOptions) }),
  ),
  nothing,
);

/**
 * AMOUNT or WAREHOUSES, never both; warehouses are told by their names. MINIMAL_AMOUNT is no stock but the least quantity
 * of an order, as in price lists, which have it too.
 */
const stock = {
  quantity: when<Decimal>(not(has("stock.warehouses")), decimal("STOCK/AMOUNT", amountOptions), nothing),
  warehouses: when<Warehouse[]>(
    exists("STOCK/WAREHOUSES/WAREHOUSE/NAME"),
    each<Warehouse>("STOCK/WAREHOUSES/WAREHOUSE", {
      name: writeOnly(text("NAME")),
      code: text("NAME"),
      quantity: decimal("VALUE", amountOptions),
      location: text("LOCATION"),
    }),
  ),
};

/**
 * The shop keeps one text for when there is stock and one for when there is none. The catalogue says what holds now, so
 * that only the one that holds now is written.
 */
const availability = when<string>(
  fieldIs("stock.quantity", ">", "0"),
  when(
    compared(decimal("STOCK/AMOUNT"), ">", "0"),
    text(["AVAILABILITY_IN_STOCK", "AVAILABILITY"], availabilityOptions),
  ),
  when(
    fieldIs("stock.quantity", "<=", "0"),
    when(
      compared(decimal("STOCK/AMOUNT"), "<=", "0"),
      text(["AVAILABILITY_OUT_OF_STOCK", "AVAILABILITY"], availabilityOptions),
    ),
    nothing,
  ),
);

const ean = code("EAN", { maxLength: 255, invalid: "warning" });
const vat = vatRate("VAT", { notation: "percent", allowed: String.raw`^\d{1,3}(?:\.\d{1,2})?$` });
const unit = text("UNIT", { maxLength: 32, invalid: "warning" });
const shopId = readOnly(text("@id"));

/** What an item states: a product without variants, or a variant. */
const supplierDetails = {
  ean,
  vatRate: vat,
  prices: concat<ProductPrice>(mainPrice),
  regularPrice,
  purchasePrice,
  stock: object<Stock>(stock),
  availability,
};

const completeDetails = {
  ...supplierDetails,
  prices: concat<ProductPrice>(mainPrice, priceLists),
  stock: object<Stock>({ ...stock, minimum: decimal("STOCK_MIN_SUPPLY", amountOptions) }),
  partNumber: text("PART_NUMBER", { maxLength: 32, invalid: "warning" }),
  // Kilograms. The schema of 2015 has it directly in the item: github.com/norbertfabian/MakitoShoptetParser.
  weight: decimal(["LOGISTIC/WEIGHT", "WEIGHT"], {
    scale: 3,
    trimZeros: true,
    allowed: String.raw`^\d{1,9}(?:\.\d+)?$`,
  }),
};

/** What a product states, with variants or without. */
const head = {
  externalId: shopId,
  name: text("NAME", { maxLength: 250, tooLong: "cut" }),
  shortDescription: text("SHORT_DESCRIPTION", { cdata: true }),
  description: text("DESCRIPTION", { cdata: true }),
  manufacturer: text("MANUFACTURER", { maxLength: 200, invalid: "warning" }),
  supplier: text("SUPPLIER", { maxLength: 255, invalid: "warning" }),
  unit,
  // Exports of a shop repeat the main category among the others.
  categories: concat<string>(text("CATEGORIES/DEFAULT_CATEGORY"), each<string>("CATEGORIES/CATEGORY", text("."))),
  images: each<ProductImage>("IMAGES/IMAGE", { url: text(".", urlOptions), description: text("@description") }),
  // Informational parameters make filters besides; what is written makes none.
  parameters: concat<ProductParameter>(
    each<ProductParameter>("TEXT_PROPERTIES/TEXT_PROPERTY", {
      name: text("NAME", { required: true, maxLength: 250 }),
      value: text("VALUE", { required: true }),
    }),
    readOnly(
      each<ProductParameter>("INFORMATION_PARAMETERS/INFORMATION_PARAMETER/VALUE", {
        name: text("../NAME"),
        value: text("."),
      }),
    ),
  ),
};

/** What a variant states beside its details. Its picture must be one of the product's. */
const variantHead = {
  externalId: shopId,
  unit,
  images: each<ProductImage>("IMAGE_REF", { url: text(".", urlOptions) }, undefined, 1),
};

/**
 * A product has its details or VARIANTS, never both, and beside them no code of its own: it is read under that of its
 * first variant. Items may have an EAN alone.
 */
const productCode = when<string>(
  not(has("variants")),
  text(["CODE", "EAN"], codeOptions),
  readOnly(text(["VARIANTS/VARIANT/CODE", "VARIANTS/VARIANT/EAN"])),
);

/** What a product with variants must not state. */
function alone<Nodes extends Readonly<Record<string, Spec<unknown>>>>(nodes: Nodes): Nodes {
  const entries = Object.entries(nodes).map(([field, node]) => [field, when(not(has("variants")), node)] as const);
  return Object.fromEntries(entries) as Nodes;
}

type VariantFields = Parameters<typeof object<Variant>>[0];

/** Variants are found by their codes, yet the schema wants their parameters in every file, an update of stock too. */
function variants(fields: Omit<VariantFields, "code" | "parameters">): Spec<Variant[]> {
  return each<Variant>(
    "VARIANTS/VARIANT",
    object<Variant>({
      code: when(
        has("parameters"),
        text(["CODE", "EAN"], codeOptions),
        // No code is like this; whoever reads the issue learns what is missing.
        writeOnly(text("CODE", { allowed: "^code of a variant with parameters$" })),
      ),
      ...fields,
      parameters: each<ProductParameter>("PARAMETERS/PARAMETER", {
        name: text("NAME", { required: true, maxLength: 250 }),
        value: text("VALUE", { required: true, maxLength: 128 }),
      }),
    }),
  );
}

const supplier = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  parameters: { currency, priceBasis },
  fields: {
    code: productCode,
    ...head,
    ...alone(supplierDetails),
    variants: variants({ ...variantHead, ...supplierDetails }),
  },
  // The schema of 2015 has the main category behind the others; that of today takes any order.
  document: { order: ["CATEGORIES/CATEGORY", "CATEGORIES/DEFAULT_CATEGORY"] },
});

const complete = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  parameters: { currency, priceBasis },
  fields: {
    code: productCode,
    ...head,
    // Of the other words, those are on sale that somebody can buy in the shop: registered customers, or whoever has the link.
    sold: boolean("VISIBILITY", {
      true: ["visible", "showRegistered", "blockUnregistered", "detailOnly"],
      false: ["hidden", "blocked", "cashDeskOnly"],
    }),
    ...alone(completeDetails),
    variants: variants({ ...variantHead, ...completeDetails }),
  },
  document: { order: ["CATEGORIES/CATEGORY", "CATEGORIES/DEFAULT_CATEGORY"] },
});

const stockDetails = { ean, stock: object<Stock>(stock) };
const stockOnly = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  fields: { code: productCode, ...alone(stockDetails), variants: variants(stockDetails) },
});

const priceDetails = { ean, vatRate: vat, prices: required(supplierDetails.prices) };
const pricesOnly = defineMapping("product", {
  record: "/SHOP/SHOPITEM",
  parameters: { currency, priceBasis },
  fields: { code: productCode, ...alone(priceDetails), variants: variants(priceDetails) },
});

/** Of items and of variants of one: https://podpora.shoptet.cz/xml-validace/, and what a supplier's connector cuts off. */
const limits = { maxItems: 20_000, maxVariants: 512 } as const;

const common = { direction: "export", records: "products", encoding: "utf-8", limits } as const;
const gross = { basis: "gross", scale: 2 } as const;

/** Files that Shoptet imports. */
export const productFeeds = {
  supplier: {
    ...common,
    title: "Products for automatic imports, supplier XML",
    fileName: "shoptet-products.xml",
    mapping: supplier,
    options: { select: { sold: true }, prices: gross, details: "variants" },
  },
  complete: {
    ...common,
    title: "Products with price lists, weight and visibility, complete XML",
    fileName: "shoptet-products-complete.xml",
    mapping: complete,
    options: { prices: { ...gross, also: "all" }, details: "variants" },
  },
  stock: {
    ...common,
    title: "Stock alone",
    fileName: "shoptet-stock.xml",
    mapping: stockOnly,
    options: { details: "variants" },
  },
  prices: {
    ...common,
    title: "Prices alone",
    fileName: "shoptet-prices.xml",
    mapping: pricesOnly,
    options: { prices: gross, details: "variants" },
  },
} as const satisfies Readonly<Record<string, ExportFeed>>;
