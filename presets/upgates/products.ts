import {
  all,
  any,
  boolean,
  code,
  concat,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  type ExportFeed,
  fieldIs,
  type Fields,
  has,
  type Money,
  not,
  object,
  parameterIs,
  type ParameterReference,
  type ProductImage,
  type ProductParameter,
  type ProductPrice,
  readOnly,
  type Spec,
  type Stock,
  text,
  type Variant,
  vatRate,
  when,
  type WriteOptions,
  writeOnly,
} from "../../src/index.ts";

// Names and rules are those of https://www.upgates.cz/a/dokumentace-xml-produktu (read 2026-11-24). An empty element
// erases what the shop has, an empty wrapper must not be there; what the catalogue does not state is left out.

const language = {
  title: "Language of the shop",
  description: "ISO 639-1; prices of the shop's currency stand under the language, too",
  default: "cs",
} as const;
const currency = {
  title: "Currency of the prices in that language",
  description: "The catalogue's prices in another one are not written",
  default: "CZK",
} as const;
const priceBasis = {
  title: "Whether the shop stores prices with VAT or without",
  description: "Its setting decides what PRICE_ORIGINAL holds; the file does not say",
  default: "gross",
  values: ["gross", "net"],
} as const;
const country = {
  title: "Country of the VAT rate",
  description: "ISO 3166-1 alpha-2",
  default: "CZ",
} as const;

const number = { allowed: String.raw`^\d+(?:\.\d+)?$` } as const;
const isGross = parameterIs("priceBasis", "gross");
const isNet = parameterIs("priceBasis", "net");
/** Stated in exports of the shop only. */
const statedCurrency = { default: { parameter: "currency" } } as const;

const version = { "/PRODUCTS/@version": "2.0" } as const;

/** Attributes that the shop wants with everything that depends on the language. */
function inLanguage(...paths: readonly string[]): Readonly<Record<string, ParameterReference>> {
  return Object.fromEntries(paths.map((path) => [`${path}/@language`, { parameter: "language" }] as const));
}

/**
 * Written is one language. Read is the first one of a file, so that nothing of another language or currency gets in:
 * its prices count where their currency is stated or is that of the shop's language.
 */
const written = "PRICES/PRICE";
const read = "PRICES/PRICE[1]";
const isReadable = any(exists(`${read}/CURRENCY`), equals(`${read}/@language`, { parameter: "language" }));

/** The default list has an empty NAME. */
function priceLists(price: string): Spec<ProductPrice[]> {
  return each<ProductPrice>(
    `${price}/PRICELISTS/PRICELIST`,
    when(
      fieldIs("currency", "=", { parameter: "currency" }),
      object<ProductPrice>({
        list: text("NAME", { missing: "empty" }),
        currency: readOnly(code("../../CURRENCY", statedCurrency)),
        gross: when(isGross, decimal("PRICE_ORIGINAL", { ...number, required: true })),
        net: when(isNet, decimal("PRICE_ORIGINAL", { ...number, required: true })),
      }),
    ),
  );
}

const prices = concat<ProductPrice>(
  writeOnly(priceLists(written)),
  readOnly(when<ProductPrice[]>(isReadable, priceLists(read))),
);

/** Availabilities are paired by name, and an unknown one is added. */
const availability = text("AVAILABILITY");
const stock = object<Stock>({ quantity: decimal("STOCK", { trimZeros: true }) });

/** A price of the catalogue's at a place below PRICE, in the currency of the shop. */
function priceAt(
  field: "regularPrice" | "purchasePrice",
  name: string,
  amounts: (path: string) => Fields<Amounts>,
): Spec<Money> {
  const money = (price: string): Spec<Money> =>
    object<Money>({
      currency: readOnly(code(`${price}/CURRENCY`, statedCurrency)),
      ...amounts(`${price}/${name}`),
    });
  return when<Money>(
    fieldIs(`${field}.currency`, "=", { parameter: "currency" }),
    writeOnly(money(written)),
    readOnly(when<Money>(all(exists(`${read}/${name}`), isReadable), money(read))),
  );
}

type Amounts = Pick<Money, "net" | "gross">;

/** Price that shops show for comparison. Unverified: that it includes VAT as the others do. */
const regularPrice = priceAt("regularPrice", "PRICE_COMMON", (path) => ({
  gross: when(isGross, decimal(path, number)),
  net: when(isNet, decimal(path, number)),
}));

/** Unverified: that it excludes VAT. Customers do not see it. */
const purchasePrice = priceAt("purchasePrice", "PRICE_PURCHASE", (path) => ({ net: decimal(path, number) }));

/** A text of the product in one language. */
function textAt(field: string, name: string, options: WriteOptions = {}): Spec<string> {
  return when<string>(
    has(field),
    writeOnly(text(`DESCRIPTIONS/DESCRIPTION/${name}`, options)),
    readOnly(text(`DESCRIPTIONS/DESCRIPTION[1]/${name}`)),
  );
}

const url = { allowed: String.raw`^https?://\S+$` } as const;
const image = { url: text("URL", url), description: text("TITLES/TITLE") };
const parameters = each<ProductParameter>("PARAMETERS/PARAMETER", {
  name: text("NAME", { required: true }),
  value: text("VALUE", { required: true }),
});
const shared = {
  ean: code("EAN", { invalid: "warning" }),
  availability,
  stock,
} as const;

/** Grams in the file. */
const weight = decimal("WEIGHT", { shift: -3, scale: 0 });

const products = defineMapping("product", {
  record: "/PRODUCTS/PRODUCT",
  parameters: { language, currency, priceBasis, country },
  country: { parameter: "country" },
  fields: {
    code: text("CODE"),
    externalId: readOnly(text("PRODUCT_ID")),
    sold: boolean("ACTIVE_YN"),
    // A language without a description is switched off, so that a product without a name must not go out.
    name: when<string>(
      has("name"),
      textAt("name", "TITLE"),
      writeOnly(text("DESCRIPTIONS/DESCRIPTION/TITLE", { required: true })),
    ),
    url: readOnly(text("DESCRIPTIONS/DESCRIPTION[1]/URL")),
    shortDescription: textAt("shortDescription", "SHORT_DESCRIPTION"),
    description: textAt("description", "LONG_DESCRIPTION", { cdata: true }),
    manufacturer: text("MANUFACTURER"),
    ...shared,
    weight,
    unit: text("UNIT"),
    vatRate: vatRate("VATS/VAT", { notation: "percent" }),
    // Imports want codes of categories, which the catalogue does not know.
    categories: readOnly(each<string>("CATEGORIES/CATEGORY", text("NAME"))),
    prices,
    purchasePrice,
    regularPrice,
    images: concat<ProductImage>(
      each<ProductImage>("IMAGES/IMAGE[MAIN_YN='1']", image, undefined, 1),
      each<ProductImage>("IMAGES/IMAGE", image, not(equals("MAIN_YN", "1"))),
    ),
    parameters,
    variants: each<Variant>("VARIANTS/VARIANT", {
      code: text("CODE"),
      externalId: readOnly(text("VARIANT_ID")),
      ...shared,
      weight,
      images: each<ProductImage>("IMAGE_URL", { url: text(".", url) }, undefined, 1),
      parameters,
      prices,
      purchasePrice,
      regularPrice,
    }),
  },
  document: {
    fixed: {
      ...version,
      ...inLanguage(
        "DESCRIPTIONS/DESCRIPTION",
        "PRICES/PRICE",
        "IMAGES/IMAGE/TITLES/TITLE",
        "PARAMETERS/PARAMETER/NAME",
        "PARAMETERS/PARAMETER/VALUE",
        "VARIANTS/VARIANT/PARAMETERS/PARAMETER/NAME",
        "VARIANTS/VARIANT/PARAMETERS/PARAMETER/VALUE",
        "VARIANTS/VARIANT/PRICES/PRICE",
      ),
      "VATS/VAT/@country": { parameter: "country" },
    },
    order: ["IMAGES/IMAGE/URL", "IMAGES/IMAGE/TITLES", "IMAGES/IMAGE/MAIN_YN"],
  },
});

const small = defineMapping("product", {
  record: "/PRODUCTS/PRODUCT",
  parameters: { language, currency, priceBasis },
  fields: {
    code: text("CODE"),
    externalId: readOnly(text("PRODUCT_ID")),
    sold: readOnly(boolean("ACTIVE_YN")),
    availability,
    stock,
    prices,
    variants: each<Variant>("VARIANTS/VARIANT", {
      code: text("CODE"),
      externalId: readOnly(text("VARIANT_ID")),
      availability,
      stock,
      prices,
    }),
  },
  document: {
    fixed: { ...version, ...inLanguage("PRICES/PRICE", "VARIANTS/VARIANT/PRICES/PRICE") },
  },
});

const common = {
  direction: "export",
  records: "products",
  encoding: "utf-8",
  maturity: "documented",
  options: { prices: { scale: 2 } },
} as const;

/** Files that Upgates imports. */
export const productFeeds = {
  products: {
    ...common,
    title: "Products, XML version 2.0",
    fileName: "upgates-products.xml",
    mapping: products,
  },
  small: {
    ...common,
    title: "Prices, stock and availability for the small import, XML version 2.0",
    fileName: "upgates-small.xml",
    mapping: small,
  },
} as const satisfies Readonly<Record<string, ExportFeed>>;
