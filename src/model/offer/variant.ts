import type { Product, ProductParameter, Variant } from "../product.ts";
import { variantSchema } from "../product.ts";

/** What a variant has of its own or not at all: it identifies or counts one thing. */
const neverInherited: ReadonlySet<string> = new Set(["variants", "externalId", "ean", "stock"]);
/** What a product with variants keeps where the details are with the variants. */
const keptByProduct: readonly string[] = ["code", "name", "externalId", "url", "images", "parameters", "custom"];
const moved: ReadonlySet<string> = new Set(
  Object.keys(variantSchema.shape).filter((name) => !keptByProduct.includes(name)),
);

/** A product that leaves its details to the variants, with those that have them. */
export function moveDetails(product: Product, variants: readonly Variant[]): Product {
  const heritage = pick(product, (name) => moved.has(name) && !neverInherited.has(name));
  const frame = pick(product, (name) => !moved.has(name)) as Product;
  frame.variants = variants.map((variant) => inherit(heritage, variant));
  return frame;
}

/** The variants as products of their own. */
export function variantProducts(product: Product, variants: readonly Variant[]): Product[] {
  const heritage = pick(product, (name) => !neverInherited.has(name));
  heritage.variantOf = product.code;
  return variants.map((variant) => {
    const item = inherit(heritage, variant);
    if (variant.name === undefined && product.name !== undefined) {
      item.name = variantName(product.name, variant);
    }
    return item;
  });
}

/** `"Triko Vltava"` with the parameters M and modrá is `"Triko Vltava, M, modrá"`. */
function variantName(name: string, { parameters = [] }: Variant): string {
  const values = parameters.map(({ value }) => value).filter((value) => value !== "");
  return [name, ...values].join(", ");
}

/** The variant, completed by what it does not state itself. */
function inherit(heritage: Partial<Product>, variant: Variant): Product {
  const item = Object.assign({}, heritage, variant);
  if (heritage.parameters !== undefined && variant.parameters !== undefined) {
    item.parameters = joinParameters(heritage.parameters, variant.parameters);
  }
  if (heritage.custom !== undefined && variant.custom !== undefined) {
    item.custom = { ...heritage.custom, ...variant.custom };
  }
  for (const name in variant) {
    if (variant[name as keyof Variant] === undefined) {
      Object.assign(item, { [name]: heritage[name as keyof Variant] });
    }
  }
  return item;
}

function pick(product: Product, isWanted: (name: string) => boolean): Partial<Product> {
  return Object.fromEntries(Object.entries(product).filter(([name]) => isWanted(name)));
}

/** Those of the product that the variant does not state, then those of the variant. */
function joinParameters(general: readonly ProductParameter[], own: readonly ProductParameter[]): ProductParameter[] {
  return [...general.filter(({ name }) => !own.some((parameter) => parameter.name === name)), ...own];
}
