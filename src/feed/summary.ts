import { sum } from "../model/money.ts";
import type { Decimal } from "../model/order.ts";
import type { Money, Product, ProductPrice, Stock, StockLevel, Variant } from "../model/product.ts";

/** What a feed says of one thing that can be bought: a product without variants, or one variant of a product. */
export interface FeedItem {
  readonly code: string;
  readonly kind: "product" | "variant";
  /** Code of the product that a variant belongs to; undefined for a product. */
  readonly product: string | undefined;
  /**
   * The main price: the first without a `list`. A variant that has none takes that of its product. Undefined if there
   * is none, or neither net nor gross is stated.
   */
  readonly price: Money | undefined;
  /** Stock on hand in units of the product: the stated total, or the sum of the warehouses. */
  readonly stock: Decimal | undefined;
}

/** What a feed holds, in little memory: 120 to 200 bytes an item. */
export interface FeedSummary {
  /** Takes one record that the feed holds. The first of several items of one code counts; all are counted. */
  add(record: Product | StockLevel): void;
  /** Counts a record that the feed should hold but that could not be written. */
  reject(code?: string): void;
  /** How many records the feed holds; a product with its variants inside is one. */
  readonly records: number;
  /** How many different items there are. */
  readonly items: number;
  /** How many items there are, with those of a code that an earlier one has. */
  readonly rows: number;
  /** How many different products there are; a product with variants is one. */
  readonly products: number;
  /** How many different variants each product with variants has. */
  readonly variants: ReadonlyMap<string, number>;
  /** Codes that occur more than once, each with how often it does. */
  readonly duplicates: ReadonlyMap<string, number>;
  readonly rejected: number;
  /** Codes of rejected records, as far as they are known; the first 20. */
  readonly rejectedCodes: readonly string[];
  has(code: string): boolean;
  get(code: string): FeedItem | undefined;
  /** The items, in the order of the feed. */
  [Symbol.iterator](): Iterator<FeedItem>;
}

/** What a summary keeps of long lists of codes. */
export const FIRST_CODES = 20;

/**
 * Starts the summary of a feed, for {@link guardFeed} and {@link diffFeeds}. It expects records that their schema
 * accepts.
 *
 * @example
 * ```ts
 * const summary = createFeedSummary();
 * for await (const product of products) summary.add(product);
 * ```
 */
export function createFeedSummary(): FeedSummary {
  const entries = new Map<string, string>();
  const variants = new Map<string, number>();
  const duplicates = new Map<string, number>();
  const rejectedCodes: string[] = [];
  let records = 0;
  let rows = 0;
  let single = 0;
  let rejected = 0;

  function addItem(code: string, product: string | undefined, price: Money | undefined, stock: Decimal | undefined) {
    rows++;
    if (entries.has(code)) {
      repeat(code);
      return;
    }
    entries.set(code, pack(product, price, stock));
    if (product === undefined) single++;
    else variants.set(product, (variants.get(product) ?? 0) + 1);
  }

  function repeat(code: string): void {
    duplicates.set(code, (duplicates.get(code) ?? 1) + 1);
  }

  function addVariants(product: Product, itsVariants: readonly Variant[]): void {
    // A variant may have the code of its product, and is then counted as the variant.
    if (variants.has(product.code) && !itsVariants.some(({ code }) => code === product.code)) repeat(product.code);
    for (const variant of itsVariants) {
      const price = mainPrice(variant.prices) ?? mainPrice(product.prices);
      addItem(variant.code, product.code, price, quantityOf(variant.stock ?? product.stock));
    }
  }

  return {
    add(record) {
      records++;
      const product = record.variantOf === "" ? undefined : record.variantOf;
      if ("quantity" in record) {
        addItem(record.code, product, undefined, record.quantity);
      } else if (record.variants === undefined || record.variants.length === 0) {
        addItem(record.code, product, mainPrice(record.prices), quantityOf(record.stock));
      } else {
        addVariants(record, record.variants);
      }
    },
    reject(code) {
      rejected++;
      if (code !== undefined && rejectedCodes.length < FIRST_CODES) rejectedCodes.push(code);
    },
    get records() {
      return records;
    },
    get items() {
      return entries.size;
    },
    get rows() {
      return rows;
    },
    get products() {
      // Where variants are records of their own, the product they belong to may be one too.
      let both = 0;
      for (const product of variants.keys()) {
        const entry = entries.get(product);
        if (entry !== undefined && unpack(product, entry).product === undefined) both++;
      }
      return single + variants.size - both;
    },
    variants,
    duplicates,
    get rejected() {
      return rejected;
    },
    rejectedCodes,
    has: (code) => entries.has(code),
    get(code) {
      const entry = entries.get(code);
      return entry === undefined ? undefined : unpack(code, entry);
    },
    *[Symbol.iterator]() {
      for (const [code, entry] of entries) yield unpack(code, entry);
    },
  };
}

function mainPrice(prices: readonly ProductPrice[] | undefined): Money | undefined {
  const price = prices?.find(({ list }) => list === undefined);
  return price?.net === undefined && price?.gross === undefined ? undefined : price;
}

function quantityOf(stock: Stock | undefined): Decimal | undefined {
  if (stock?.quantity !== undefined) return stock.quantity;
  const warehouses = stock?.warehouses ?? [];
  return warehouses.length === 0 ? undefined : sum(warehouses.map(({ quantity }) => quantity));
}

const SEPARATOR = "\t";

/**
 * An item as one text, which takes a third of the memory of an object with its texts. The product's code is the last,
 * as only that may hold a separator. (`join` gives the text in one piece; `+` would keep its parts.)
 */
function pack(product: string | undefined, price: Money | undefined, stock: Decimal | undefined): string {
  return [price?.currency, price?.net, price?.gross, stock, product].join(SEPARATOR);
}

function unpack(code: string, entry: string): FeedItem {
  const [currency, net, gross, stock, ...rest] = entry.split(SEPARATOR) as [string, ...(Decimal | "")[]];
  const product = rest.join(SEPARATOR);
  const price = currency === "" ? undefined : { currency, ...(net && { net }), ...(gross && { gross }) };
  return {
    code,
    kind: product === "" ? "product" : "variant",
    product: product === "" ? undefined : product,
    price,
    stock: stock === "" ? undefined : stock,
  };
}
