import type { SelectOptions } from "./options.ts";
import { sellable } from "./stock.ts";
import type { StockRule } from "./stock.ts";
import type { Product, Stock, Variant } from "../product.ts";

/** Says why something does not go out; undefined if it does. */
export interface Selection {
  readonly product: (product: Product) => string | undefined;
  /** Of a variant that goes out by itself, once its product was selected. */
  readonly variant: (product: Product, variant: Variant) => string | undefined;
}

const NOT_ASKED_FOR = "code not asked for";
const DAY_LENGTH = "2026-03-04".length;

export function compileSelection(options: SelectOptions, rule: StockRule): Selection {
  const { sold, stocked, inStock, changedSince } = options;
  const codes = options.codes && new Set(options.codes);
  const changed = changedSince === undefined ? undefined : changedCheck(changedSince);
  const stockReason = (found: boolean): string | undefined =>
    found === inStock ? undefined : found ? "in stock" : "not in stock";

  return {
    product(product) {
      if (sold !== undefined && sold !== (product.sold ?? true)) {
        return sold ? "not sold" : "sold";
      }
      if (stocked !== undefined && stocked !== (product.stocked ?? true)) {
        return stocked ? "no stock kept" : "stock kept";
      }
      if (codes !== undefined && !isAskedFor(product, codes)) {
        return NOT_ASKED_FOR;
      }
      if (changed?.(product) === false) {
        return `unchanged since ${changedSince!}`;
      }
      return inStock === undefined ? undefined : stockReason(isInStock(product, rule));
    },
    variant(product, variant) {
      if (codes !== undefined && !codes.has(product.code) && !codes.has(variant.code)) {
        return NOT_ASKED_FOR;
      }
      return inStock === undefined ? undefined : stockReason(isVariantInStock(product, variant, rule));
    },
  };
}

function isAskedFor({ code, variants = [] }: Product, codes: ReadonlySet<string>): boolean {
  return codes.has(code) || variants.some((variant) => codes.has(variant.code));
}

/** Whether any of it can be sold: of the product itself, or of one of its variants. */
function isInStock(product: Product, rule: StockRule): boolean {
  const { variants = [], stocked, stock } = product;
  return (
    (stocked !== false && isPositive(stock, rule)) ||
    variants.some((variant) => isVariantInStock(product, variant, rule))
  );
}

function isVariantInStock({ stocked }: Product, { stock }: Variant, rule: StockRule): boolean {
  return stocked !== false && isPositive(stock, rule);
}

function isPositive(stock: Stock | undefined, rule: StockRule): boolean {
  return (sellable(stock, rule)?.units ?? 0n) > 0n;
}

/** Moments against moments, else days as they are written. What cannot be compared counts as changed. */
function changedCheck(since: string): (product: Product) => boolean {
  const moment = since.length > DAY_LENGTH ? Date.parse(since) : undefined;
  const day = since.slice(0, DAY_LENGTH);
  return ({ changedAt }) => {
    if (changedAt === undefined) {
      return true;
    }
    return moment === undefined || changedAt.length === DAY_LENGTH
      ? changedAt.slice(0, DAY_LENGTH) >= day
      : !(Date.parse(changedAt) < moment);
  };
}
