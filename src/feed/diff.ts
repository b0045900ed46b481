import { alignColumns, counted } from "./columns.ts";
import { compare } from "../model/money.ts";
import type { Decimal } from "../model/order.ts";
import type { Money } from "../model/product.ts";
import type { FeedItem, FeedSummary } from "./summary.ts";

/** A value of one item that two feeds state differently; undefined in the feed that does not state it. */
export interface ItemChange<Value> {
  readonly code: string;
  readonly from: Value | undefined;
  readonly to: Value | undefined;
}

/** What one feed holds that another does not. Removed items stand as in the previous feed, all others as in the next. */
export interface FeedDiff {
  /** Codes that only the next feed has. */
  readonly added: readonly string[];
  /** Codes that only the previous feed has. */
  readonly removed: readonly string[];
  readonly prices: readonly ItemChange<Money>[];
  readonly stock: readonly ItemChange<Decimal>[];
  /** How many items of both feeds have the same price and stock. */
  readonly unchanged: number;
}

/**
 * Compares two feeds item by item. Decimals compare as numbers, so `"1.50"` is `"1.5"`. A price is another one if its
 * currency, net or gross differs; where one feed states only net or only gross, that one is compared.
 */
export function diffFeeds(previous: FeedSummary, next: FeedSummary): FeedDiff {
  const added: string[] = [];
  const prices: ItemChange<Money>[] = [];
  const stock: ItemChange<Decimal>[] = [];
  let unchanged = 0;
  for (const item of next) {
    const { code } = item;
    const before = previous.get(code);
    if (before === undefined) {
      added.push(code);
      continue;
    }
    const samePrice = isSamePrice(before.price, item.price);
    const sameStock = isSameDecimal(before.stock, item.stock);
    if (!samePrice) prices.push({ code, from: before.price, to: item.price });
    if (!sameStock) stock.push({ code, from: before.stock, to: item.stock });
    if (samePrice && sameStock) unchanged++;
  }
  const removed = missingCodes(previous, next);
  return { added, removed, prices, stock, unchanged };
}

/** Codes of the items of `from` that `other` does not have, in the order of `from`. */
export function missingCodes(from: Iterable<FeedItem>, other: FeedSummary): string[] {
  const codes: string[] = [];
  for (const { code } of from) if (!other.has(code)) codes.push(code);
  return codes;
}

function isSamePrice(left: Money | undefined, right: Money | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  if (left.currency !== right.currency) return false;
  const sides = (["net", "gross"] as const).filter((side) => left[side] !== undefined && right[side] !== undefined);
  return sides.length > 0 && sides.every((side) => isSameDecimal(left[side], right[side]));
}

function isSameDecimal(left: Decimal | undefined, right: Decimal | undefined): boolean {
  if (left === right) return true;
  return left !== undefined && right !== undefined && compare(left, right) === 0;
}

export interface FormatDiffOptions {
  /** How many items are listed of each kind of difference. @defaultValue 10 */
  readonly limit?: number | undefined;
}

/**
 * A few lines of text that say what differs: a line with all numbers, then the first items of each kind of difference.
 *
 * ```text
 * 1 added, 0 removed, 1 price, 0 stock, 510 unchanged
 * added
 *   H-3
 * price
 *   H-1  199.00 CZK  ->  249.00 CZK
 * ```
 */
export function formatDiff(diff: FeedDiff, options: FormatDiffOptions = {}): string {
  const limit = options.limit ?? 10;
  const { added, removed, prices, stock } = diff;
  const numbers = `${added.length} added, ${removed.length} removed, ${counted(prices.length, "price")}, ${stock.length} stock`;
  const lines = [
    `${numbers}, ${diff.unchanged} unchanged`,
    ...section("added", added, limit, (code) => [code]),
    ...section("removed", removed, limit, (code) => [code]),
    ...section("price", prices, limit, ({ code, from, to }) => [code, priceText(from), "->", priceText(to)]),
    ...section("stock", stock, limit, ({ code, from, to }) => [code, from ?? "none", "->", to ?? "none"]),
  ];
  return lines.join("\n");
}

function section<Entry>(
  title: string,
  entries: readonly Entry[],
  limit: number,
  row: (entry: Entry) => readonly string[],
): string[] {
  const shown = entries.slice(0, limit);
  if (shown.length === 0) return [];
  const more = entries.length - shown.length;
  return [title, ...alignColumns(shown.map(row), "  "), ...(more > 0 ? [`  and ${more} more`] : [])];
}

function priceText(price: Money | undefined): string {
  if (price === undefined) return "none";
  const { currency, net, gross } = price;
  if (net === undefined) return `${gross ?? "none"} ${currency}`;
  return gross === undefined ? `${net} ${currency} net` : `${gross} ${currency} (${net} net)`;
}
