import type { Product, ProductPrice, Variant } from "../../src/index.ts";
import { offered, trimmed, twoDecimals } from "./offer.ts";
import type { PlainItem } from "./products.ts";
import type { Work } from "./writer.ts";

/** A record as those libraries take it that build from objects: `@` before attributes, `$` for CDATA. */
export interface Tree {
  readonly [name: string]: string | Tree | readonly (string | Tree)[];
}

export const ATTRIBUTE = "@";
export const CDATA = "$";

/** The records of a work. */
export function treesOf(work: Work): (items: Iterable<never>) => Iterable<Tree> {
  return function* (items: Iterable<PlainItem | Product>) {
    if (work === "plain") for (const item of items as Iterable<PlainItem>) yield plainTree(item);
    else {
      const products = items as Iterable<Product>;
      for (const product of work === "offered" ? offered(products) : products) yield richTree(product);
    }
  };
}

function plainTree(item: PlainItem): Tree {
  return {
    "@id": item.id,
    ITEM_ID: item.code,
    PRODUCTNAME: item.name,
    DESCRIPTION: { [CDATA]: item.description },
    MANUFACTURER: item.manufacturer,
    EAN: item.ean,
    PRICE_VAT: item.price,
    VAT: item.vat,
    CURRENCY: item.currency,
    UNIT: item.unit,
    STOCK: item.stock,
    AVAILABILITY: item.availability,
    CATEGORYTEXT: item.category,
    IMGURL: item.image,
  };
}

function richTree(product: Product): Tree {
  const { prices = [], categories = [], images = [], variants = [], stock } = product;
  const tree: Record<string, Tree[string] | undefined> = {
    "@id": product.externalId,
    CODE: product.code,
    NAME: product.name,
    DESCRIPTION: product.description === undefined ? undefined : { [CDATA]: product.description },
    MANUFACTURER: product.manufacturer,
    EAN: product.ean,
    UNIT: product.unit,
    VAT: product.vatRate,
    ...mainAmounts(prices),
  };
  const lists = prices.filter(({ list }) => list !== undefined);
  if (lists.length > 0)
    tree["PRICELISTS"] = { PRICELIST: lists.map((price) => ({ TITLE: price.list ?? "", ...amounts(price) })) };
  if (stock?.quantity !== undefined) tree["STOCK"] = { AMOUNT: trimmed(stock.quantity) };
  tree["AVAILABILITY"] = product.availability;
  if (product.weight !== undefined) tree["WEIGHT"] = trimmed(product.weight);
  if (categories.length > 0) tree["CATEGORIES"] = { CATEGORY: categories };
  const [main, ...others] = images.map(({ url }) => url);
  tree["IMGURL"] = main;
  if (others.length > 0) tree["IMGURL_ALTERNATIVE"] = others;
  tree["PARAMETERS"] = parameters(product);
  if (variants.length > 0) tree["VARIANTS"] = { VARIANT: variants.map(variantTree) };
  return defined(tree);
}

function variantTree(variant: Variant): Tree {
  return defined({
    CODE: variant.code,
    EAN: variant.ean,
    ...mainAmounts(variant.prices ?? []),
    STOCK: variant.stock?.quantity === undefined ? undefined : { AMOUNT: trimmed(variant.stock.quantity) },
    AVAILABILITY: variant.availability,
    PARAMETERS: parameters(variant),
  });
}

function mainAmounts(prices: readonly ProductPrice[]): Tree {
  const main = prices.find(({ list }) => list === undefined);
  return main === undefined ? {} : amounts(main);
}

function amounts({ currency, net, gross }: ProductPrice): Tree {
  return defined({ CURRENCY: currency, PRICE: net && twoDecimals(net), PRICE_VAT: gross && twoDecimals(gross) });
}

function parameters({ parameters: all = [] }: Product | Variant): Tree | undefined {
  return all.length === 0 ? undefined : { PARAMETER: all.map(({ name, value }) => ({ NAME: name, VALUE: value })) };
}

/** Builders would write `undefined`. */
function defined(tree: Record<string, Tree[string] | undefined>): Tree {
  const result: Record<string, Tree[string]> = {};
  for (const name in tree) if (tree[name] !== undefined) result[name] = tree[name];
  return result;
}
