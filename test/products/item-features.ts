import type { Product, Variant } from "propojka";
import { harshness, numberOf, itemsOf, type Feature } from "./feature.ts";
import { niceProduct, withCheckDigit } from "./nice.ts";

/** What codes, lists, flags and dates may hold. */
export const itemFeatures: readonly Feature[] = [
  codes("leadingZeroCode", 0.06, (number) => `00${number}`, /^0\d*$/),
  codes("slashCode", 0.06, (number) => `105/VAN${number}`, /\//),
  codes("spaceCode", 0.02, (number) => `HRN ${number} M`, / /, "harsh"),
  codes("accentCode", 0.02, (number) => `HŘŇ-${number}ž`, /[^\x20-\x7e]/, "harsh"),
  codes("markupCode", 0.01, (number) => `H&${number}<"1">`, /[&<">]/, "harsh"),
  codes("longCode", 0.01, (number) => `HRN-${"0".repeat(80)}${number}`, /^.{65,}$/, "harsh"),
  {
    name: "variantOf",
    share: 0.02,
    add: (product) => {
      product.variantOf = "HRN-000001";
      delete product.variants;
    },
    has: ({ variantOf }) => variantOf !== undefined,
  },
  {
    name: "bare",
    share: 0.01,
    harsh: true,
    add: (product) => {
      for (const key of Object.keys(product)) {
        if (key !== "code") {
          Reflect.deleteProperty(product, key);
        }
      }
    },
    has: (product) => Object.keys(product).length === 1,
  },
  eans("noEan", 0.05, () => undefined),
  eans("ean8", 0.02, (number) => withCheckDigit(`859${number.slice(-4).padStart(4, "0")}`)),
  eans("upc", 0.02, (number) => withCheckDigit(number.slice(-11).padStart(11, "0"))),
  eans("leadingZeroEan", 0.02, (number) => withCheckDigit(number.slice(-10).padStart(12, "0"))),

  {
    name: "oddAddresses",
    share: 0.03,
    add: (product) =>
      (product.images = [
        { url: "https://www.example.cz/obrázky/žluťoučký kůň.jpg?a=1&b=<2>", description: 'zepředu "A"\n& zezadu' },
        ...(product.images ?? []),
      ]),
    has: (product) => (product.images ?? []).some(({ url }) => url.includes(" ")),
  },
  lists("noImages", 0.05, "images", 0),
  lists("manyImages", 0.08, "images", 8),
  lists("noParameters", 0.05, "parameters", 0),
  lists("manyParameters", 0.08, "parameters", 6),
  lists("oneVariant", 0.02, "variants", 1),
  lists("manyVariants", 0.06, "variants", 12),
  lists("hundredsOfVariants", 0.002, "variants", 600, "harsh"),
  {
    name: "bareVariants",
    share: 0.03,
    add: (product) => (product.variants = ["A", "B"].map((name) => bareVariant(product, name))),
    has: ({ variants = [] }) => variants.some((variant) => variant.prices === undefined && variant.stock === undefined),
  },

  {
    name: "notSold",
    share: 0.06,
    add: (product) => (product.sold = false),
    has: ({ sold }) => sold === false,
  },
  {
    name: "notStocked",
    share: 0.04,
    add: (product) => {
      product.stocked = false;
      itemsOf(product).forEach((item) => delete item.stock);
    },
    has: ({ stocked }) => stocked === false,
  },
  {
    name: "oddCategories",
    share: 0.03,
    add: (product) =>
      (product.categories = [
        "Heureka.cz | Dům & zahrada | Hrnky",
        "A>B",
        " Dárky  >  Pro ni ",
        ...(product.categories ?? []),
      ]),
    has: ({ categories = [] }) => categories.includes("A>B"),
  },
  changes("changedInSummer", 0.08, "2026-07-31T23:59:59+02:00"),
  changes("changedInUtc", 0.05, "2026-03-01T23:30:00.123Z"),
  changes("changedFarAway", 0.02, "2026-03-02T09:30:00+14:00"),
  changes("changedOnDate", 0.04, "2026-02-28"),
  changes("changedLongAgo", 0.02, "1999-12-31T23:59:59-08:00"),
  changes("noChange", 0.04, undefined),
];

function bareVariant({ code }: Product, value: string): Variant {
  return { code: `${code}-${value}`, parameters: [{ name: "Typ", value }] };
}

function codes(name: string, share: number, make: (number: string) => string, form: RegExp, harsh?: "harsh"): Feature {
  return {
    name,
    share,
    ...harshness(harsh),
    add: (product) => (product.code = make(numberOf(product))),
    has: ({ code }) => form.test(code),
  };
}

function eans(name: string, share: number, make: (number: string) => string | undefined): Feature {
  const usual = (ean: string | undefined): boolean => ean?.startsWith("859") === true && ean.length === 13;
  return {
    name,
    share,
    add: (product) => {
      const ean = make(numberOf(product));
      delete product.ean;
      Object.assign(product, ean === undefined ? {} : { ean });
    },
    has: (product) => !usual(product.ean) && product.ean?.length === make(numberOf(product))?.length,
  };
}

/** Takes the list from a nice product that has as many. */
function lists(
  name: string,
  share: number,
  list: "images" | "parameters" | "variants",
  count: number,
  harsh?: "harsh",
): Feature {
  return {
    name,
    share,
    ...harshness(harsh),
    add: (product) => {
      const other = niceProduct(count, Number(numberOf(product)), { [list]: count });
      Object.assign(product, { [list]: other[list] ?? [] });
    },
    has: (product) => (product[list] ?? []).length === count,
  };
}

function changes(name: string, share: number, changedAt: Product["changedAt"]): Feature {
  return {
    name,
    share,
    add: (product) => {
      delete product.changedAt;
      Object.assign(product, changedAt === undefined ? {} : { changedAt });
    },
    has: (product) => product.changedAt === changedAt,
  };
}
