import type { Issue } from "../../errors.ts";
import { checkExportOptions } from "./options.ts";
import type { ExportOptions } from "./options.ts";
import { compilePrices, isOfCurrency, offerMoney, offerPrices, offerPurchasePrice } from "./price.ts";
import type { PriceRule, StatedRate } from "./price.ts";
import { compileSelection } from "./select.ts";
import type { Selection } from "./select.ts";
import { availabilityOf, compileStock, offerStock, sellable } from "./stock.ts";
import type { StockRule } from "./stock.ts";
import { moveDetails, variantProducts } from "./variant.ts";
import type { Product, Variant } from "../product.ts";
import * as exact from "../scaled.ts";
import { reporter } from "../totals.ts";
import type { Report } from "../totals.ts";

export { exportOptionsSchema } from "./options.ts";
export type { ExportOptions } from "./options.ts";
export { stockLevels } from "./stock.ts";

/** What becomes of one product of the catalogue: it goes out, or it was not chosen. */
export type Offer = OfferedProducts | LeftOut;

export interface OfferedProducts {
  /** One product, or one for each variant; none if an issue is an error. */
  readonly products: readonly Product[];
  /** With the product's code as `key`, and fields of the product as it stands in the catalogue. */
  readonly issues: readonly Issue[];
  readonly leftOut?: undefined;
}

export interface LeftOut {
  /** Why: `"not sold"`, `"unchanged since 2026-01-01"`. */
  readonly leftOut: string;
}

/** Options, ready for use. */
interface Rules {
  readonly options: ExportOptions;
  readonly selection: Selection;
  readonly prices: PriceRule | undefined;
  readonly stock: StockRule;
}

/** What an item is offered with. */
interface Context {
  readonly rules: Rules;
  readonly report: Report;
  /** Percent, the item's own or that of its product. */
  readonly vatRate: Product["vatRate"];
  /** Whether stock is kept. */
  readonly stocked: boolean;
  /** What the item itself states; the rest is its product's. */
  readonly stated: Product | Variant;
  /** Place of the item in its product: `""`, `"variants[2]."`. */
  readonly prefix: string;
}

/** Fields that are calculated with the VAT rate. */
const priceFields = ["prices", "regularPrice", "purchasePrice"] as const;

/**
 * Prepares products of the accounting system's catalogue for a shop: chooses them, their prices and their stock. The
 * products must satisfy `productSchema`; they are not changed.
 *
 * @example
 * ```ts
 * const offer = createOffer({ select: { sold: true }, prices: { basis: "gross" }, stock: { quantity: "available" } });
 * const { products, issues } = offer(product);
 * ```
 * @throws {@link DefinitionError} PARAMETER_INVALID if the options are wrong, with one line for each mistake
 */
export function createOffer(options: ExportOptions = {}): (product: Product) => Offer {
  checkExportOptions(options);
  const stock = compileStock(options.stock ?? {}, options.availability ?? []);
  const rules: Rules = {
    options,
    selection: compileSelection(options.select ?? {}, stock),
    prices: options.prices && compilePrices(options.prices),
    stock,
  };
  return (product) => offerProduct(product, rules);
}

function offerProduct(product: Product, rules: Rules): Offer {
  const leftOut = rules.selection.product(product);
  if (leftOut !== undefined) {
    return { leftOut };
  }
  const issues: Issue[] = [];
  const context: Context = {
    rules,
    report: reporter(issues, product.code),
    vatRate: product.vatRate,
    stocked: product.stocked !== false,
    stated: product,
    prefix: "",
  };
  const products = arrange(product, context);
  if (typeof products === "string") {
    return { leftOut: products };
  }
  return issues.length === 0 ? { products, issues } : { products: accepted(products, issues), issues: unique(issues) };
}

/** The product and its variants in the form that the options ask for; or why none of the variants goes out. */
function arrange(product: Product, context: Context): Product[] | string {
  const { variants = [] } = product;
  const { options } = context.rules;
  if (variants.length === 0 || options.variants === "omit") {
    const changes: Partial<Product> = options.variants === "omit" ? { variants: undefined } : {};
    return [offerItem(product, withoutTexts(changes, product, options), context)];
  }
  return options.variants === "items"
    ? offerVariants(product, variants, context)
    : [offerNested(product, variants, context)];
}

function offerNested(product: Product, variants: readonly Variant[], context: Context): Product {
  const { options, prices } = context.rules;
  const whole = options.details === "variants" ? moveDetails(product, variants) : product;
  const offered = whole.variants!.map((variant, index) => {
    const complete = prices === undefined ? variant : withOwnPrices(product, variant);
    return offerItem(complete, {}, variantContext(variants[index]!, index, context));
  });
  return offerItem(whole, withoutTexts({ variants: offered }, product, options), context);
}

function offerVariants(product: Product, variants: readonly Variant[], context: Context): Product[] | string {
  const { selection, options } = context.rules;
  const products: Product[] = [];
  let reason: string | undefined;
  for (const [index, item] of variantProducts(product, variants).entries()) {
    const variant = variants[index]!;
    const leftOut = selection.variant(product, variant);
    if (leftOut === undefined) {
      products.push(offerItem(item, withoutTexts({}, item, options), variantContext(variant, index, context)));
    }
    reason ??= leftOut;
  }
  return products.length === 0 && reason !== undefined ? reason : products;
}

function variantContext(variant: Variant, index: number, context: Context): Context {
  const vatRate = variant.vatRate ?? context.vatRate;
  return { ...context, vatRate, stated: variant, prefix: `variants[${index}].` };
}

/** With another VAT rate the product's prices are calculated anew for the variant. */
function withOwnPrices(product: Product, variant: Variant): Variant {
  if (variant.vatRate === undefined || variant.vatRate === product.vatRate) {
    return variant;
  }
  const changes: Partial<Product> = {};
  for (const name of priceFields) {
    Object.assign(changes, { [name]: variant[name] ?? product[name] });
  }
  return rebuild(variant, changes);
}

function offerItem<Item extends Product | Variant>(item: Item, changes: Partial<Product>, context: Context): Item {
  const { rules, stocked } = context;
  if (rules.prices !== undefined) {
    changePrices(item, changes, rules.prices, context);
  }
  if (item.stock !== undefined) {
    changes.stock = undefined;
    if (stocked) {
      changeStock(item, changes, rules.stock, context);
    }
  }
  if (rules.options.images === false && item.images !== undefined) {
    changes.images = undefined;
  }
  return rebuild(item, changes);
}

function changePrices(item: Product | Variant, changes: Partial<Product>, rule: PriceRule, context: Context): void {
  const { prices, regularPrice, purchasePrice } = item;
  const { report } = context;
  const rate: StatedRate = {
    rate: context.vatRate === undefined ? undefined : exact.parse(context.vatRate),
    field: fieldOf("vatRate", context),
  };
  if (prices !== undefined) {
    changes.prices = offerPrices(prices, rate, rule, fieldOf("prices", context), report);
  }
  if (regularPrice !== undefined) {
    changes.regularPrice = isOfCurrency(regularPrice, rule)
      ? offerMoney(regularPrice, rate, rule, fieldOf("regularPrice", context), report)
      : undefined;
  }
  if (purchasePrice !== undefined) {
    changes.purchasePrice = isOfCurrency(purchasePrice, rule)
      ? offerPurchasePrice(purchasePrice, rate, rule)
      : undefined;
  }
}

function changeStock(item: Product | Variant, changes: Partial<Product>, rule: StockRule, context: Context): void {
  changes.stock = offerStock(item.stock!, rule, fieldOf("stock", context), context.report);
  if (rule.levels.length > 0) {
    const { availability, deliveryDays } = availabilityOf(sellable(item.stock, rule), rule);
    changes.availability = availability ?? item.availability;
    changes.deliveryDays = deliveryDays ?? item.deliveryDays;
  }
}

function withoutTexts(changes: Partial<Product>, product: Product, { descriptions }: ExportOptions): Partial<Product> {
  if (descriptions === false) {
    for (const name of ["description", "shortDescription"] as const) {
      if (product[name] !== undefined) {
        changes[name] = undefined;
      }
    }
  }
  return changes;
}

/** A copy with the changes, of which undefined takes a field away; the item itself if there are none. */
function rebuild<Item extends object>(item: Item, changes: Partial<Product>): Item {
  const names = Object.keys(changes) as (keyof Product)[];
  if (names.length === 0) {
    return item;
  }
  const copy: Record<string, unknown> = {};
  for (const name in item) {
    if (!(name in changes)) {
      copy[name] = item[name];
    }
  }
  for (const name of names) {
    if (changes[name] !== undefined) {
      copy[name] = changes[name];
    }
  }
  return copy as Item;
}

/** Place of a field in the product of the catalogue, whoever of product and variant states it. */
function fieldOf(name: keyof Variant, { stated, prefix }: Context): string {
  return stated[name] === undefined ? name : prefix + name;
}

function accepted(products: Product[], issues: readonly Issue[]): Product[] {
  return issues.some(({ severity }) => severity === "error") ? [] : products;
}

/** Several variants can inherit one mistake. */
function unique(issues: readonly Issue[]): Issue[] {
  return issues.filter(
    ({ field, message }, index) =>
      issues.findIndex((other) => other.field === field && other.message === message) === index,
  );
}
