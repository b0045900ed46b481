import { extend } from "../extend.ts";
import type { AvailabilityLevel, StockOptions } from "./options.ts";
import type { Decimal } from "../order.ts";
import type { Product, Stock, StockLevel, Variant, Warehouse } from "../product.ts";
import * as exact from "../scaled.ts";
import type { Scaled } from "../scaled.ts";
import type { Report } from "../totals.ts";

/** {@link StockOptions} and the levels of availability, ready for use. */
export interface StockRule {
  readonly available: boolean;
  readonly warehouses: ReadonlySet<string> | undefined;
  readonly breakdown: boolean;
  readonly keepNegative: boolean;
  readonly cap: Scaled | undefined;
  readonly scale: number | undefined;
  /** Highest first. */
  readonly levels: readonly (AvailabilityLevel & { readonly least: Scaled })[];
}

export function compileStock(options: StockOptions, levels: readonly AvailabilityLevel[]): StockRule {
  const { warehouses, cap } = options;
  return {
    available: options.quantity === "available",
    warehouses: warehouses && new Set(warehouses),
    breakdown: options.breakdown ?? false,
    keepNegative: options.negative === "keep",
    cap: cap === undefined ? undefined : exact.parse(cap),
    scale: options.scale,
    levels: levels
      .map((level) => ({ ...level, least: exact.parse(level.from) }))
      .sort((left, right) => exact.cmp(right.least, left.least)),
  };
}

/** The small part of an offered product: itself or each of its variants, as far as the quantity is known. */
export function stockLevels(product: Product): StockLevel[] {
  const { code, variantOf, availability, deliveryDays, variants } = product;
  if (variants === undefined || variants.length === 0) {
    return levelOf(product, { variantOf });
  }
  return variants.flatMap((variant) =>
    levelOf(variant, {
      variantOf: code,
      availability: variant.availability ?? availability,
      deliveryDays: variant.deliveryDays ?? deliveryDays,
    }),
  );
}

/** What may be sold, before it is capped; undefined where it is not known. */
export function sellable(stock: Stock | undefined, rule: StockRule): Scaled | undefined {
  const onHand = stock && onHandOf(stock, rule);
  if (stock === undefined || onHand === undefined) {
    return undefined;
  }
  const reserved = rule.available ? reservedOf(stock, rule) : undefined;
  return atLeastZero(reserved === undefined ? onHand : exact.sub(onHand, reserved), rule);
}

/**
 * The stock that goes out; undefined where nothing is left of it.
 *
 * @param field - place of the stock: `variants[2].stock`
 */
export function offerStock(stock: Stock, rule: StockRule, field: string, report: Report): Stock | undefined {
  const { externalId, minimum, maximum } = stock;
  const offered = extend<Stock>(
    {},
    rule.breakdown && stock.warehouses !== undefined
      ? { warehouses: offerWarehouses(stock, rule, field, report) }
      : { quantity: offerQuantity(stock, rule, field, report), reserved: shownReserved(stock, rule) },
  );
  const whole = extend(offered, { externalId, minimum, maximum });
  return Object.keys(whole).length === 0 ? undefined : whole;
}

/** Availability and days of delivery by the quantity, as far as the level that it reaches states them. */
export function availabilityOf(
  quantity: Scaled | undefined,
  rule: StockRule,
): Pick<Product, "availability" | "deliveryDays"> {
  const level = quantity && rule.levels.find(({ least }) => exact.cmp(quantity, least) >= 0);
  return { availability: level?.text, deliveryDays: level?.days };
}

function levelOf(item: Product | Variant, of: Partial<StockLevel>): StockLevel[] {
  const { code, externalId, ean, availability, deliveryDays, custom, stock } = item;
  const quantity = stock?.quantity ?? (stock?.warehouses && exact.format(sum(stock.warehouses)));
  if (quantity === undefined) {
    return [];
  }
  const level: StockLevel = { code, quantity };
  return [
    extend(extend(level, { externalId, ean, availability, deliveryDays, custom, warehouses: stock?.warehouses }), of),
  ];
}

function offerQuantity(stock: Stock, rule: StockRule, field: string, report: Report): Decimal | undefined {
  const quantity = sellable(stock, rule);
  if (quantity === undefined && rule.warehouses !== undefined && stock.quantity !== undefined) {
    const message = `the quantity ${stock.quantity} is not stated by warehouse, so that of the chosen ones is not known`;
    report("FIELD_MISSING", "warning", `${field}.warehouses`, message);
  }
  return quantity && exact.format(shown(quantity, rule));
}

function offerWarehouses(stock: Stock, rule: StockRule, field: string, report: Report): Warehouse[] {
  if (rule.available && stock.reserved !== undefined && exact.parse(stock.reserved).units !== 0n) {
    if (!statesReserved(stock)) {
      const message = `the reserved quantity ${stock.reserved} is not stated by warehouse, so it is not taken off`;
      report("FIELD_MISSING", "warning", `${field}.warehouses`, message);
    }
  }
  return chosen(stock, rule).map((warehouse) => offerWarehouse(warehouse, rule));
}

function offerWarehouse(warehouse: Warehouse, rule: StockRule): Warehouse {
  const { reserved, quantity: stated, ...rest } = warehouse;
  const onHand = exact.parse(stated);
  if (!rule.available) {
    return extend<Warehouse>({ ...rest, quantity: exact.format(shown(atLeastZero(onHand, rule), rule)) }, { reserved });
  }
  const available = reserved === undefined ? onHand : exact.sub(onHand, exact.parse(reserved));
  return { ...rest, quantity: exact.format(shown(atLeastZero(available, rule), rule)) };
}

/** Once it is taken off it is not stated again; nor is that of all warehouses where some of them count. */
function shownReserved(stock: Stock, rule: StockRule): Decimal | undefined {
  if (rule.available || (rule.warehouses !== undefined && !statesReserved(stock))) {
    return undefined;
  }
  const reserved = reservedOf(stock, rule);
  return reserved && exact.format(reserved);
}

function onHandOf(stock: Stock, rule: StockRule): Scaled | undefined {
  const total = stock.quantity === undefined ? undefined : exact.parse(stock.quantity);
  if (rule.warehouses === undefined) {
    return total ?? (stock.warehouses && sum(stock.warehouses));
  }
  if (stock.warehouses !== undefined) {
    return sum(chosen(stock, rule));
  }
  // Nothing on hand is nothing in each warehouse.
  return total?.units === 0n ? total : undefined;
}

/** Of the warehouses that count, if any warehouse states it, else of all together. */
function reservedOf(stock: Stock, rule: StockRule): Scaled | undefined {
  const { reserved } = stock;
  if (statesReserved(stock) && (rule.warehouses !== undefined || reserved === undefined)) {
    return chosen(stock, rule).reduce<Scaled>(
      (total, warehouse) =>
        warehouse.reserved === undefined ? total : exact.add(total, exact.parse(warehouse.reserved)),
      exact.ZERO,
    );
  }
  return reserved === undefined ? undefined : exact.parse(reserved);
}

function statesReserved(stock: Stock): boolean {
  return stock.warehouses?.some(({ reserved }) => reserved !== undefined) ?? false;
}

function chosen(stock: Stock, { warehouses }: StockRule): readonly Warehouse[] {
  const all = stock.warehouses ?? [];
  return warehouses === undefined ? all : all.filter(({ code }) => warehouses.has(code));
}

function sum(warehouses: readonly Warehouse[]): Scaled {
  return warehouses.reduce((total, { quantity }) => exact.add(total, exact.parse(quantity)), exact.ZERO);
}

function atLeastZero(quantity: Scaled, { keepNegative }: StockRule): Scaled {
  return keepNegative || quantity.units >= 0n ? quantity : { units: 0n, scale: quantity.scale };
}

/** Capped and rounded down, a negative quantity away from zero. */
function shown(quantity: Scaled, { cap, scale }: StockRule): Scaled {
  const capped = cap !== undefined && exact.cmp(quantity, cap) > 0 ? cap : quantity;
  return scale === undefined ? capped : exact.roundTo(capped, scale, capped.units < 0n ? "up" : "down");
}
