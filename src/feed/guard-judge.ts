import { counted } from "./columns.ts";
import { missingCodes } from "./diff.ts";
import type { GuardOptions, GuardRule, GuardSettings, GuardViolation } from "./guard-rules.ts";
import { compare } from "../model/money.ts";
import type { Decimal } from "../model/order.ts";
import type { Money } from "../model/product.ts";
import * as exact from "../model/scaled.ts";
import { type FeedSummary, FIRST_CODES } from "./summary.ts";

/** The rules and limits that the feed violates, in the order of {@link guardRules}. */
export function judgeFeed(
  next: FeedSummary,
  previous: FeedSummary | undefined,
  rules: GuardSettings,
  limits: GuardOptions["limits"] = {},
): GuardViolation[] {
  const judgements = [
    judgeEmpty(next, previous, rules),
    previous && judgeDrop(next, previous, rules),
    judgeDuplicates(next, rules),
    ...judgePrices(next, previous, rules),
    judgeRejected(next, rules),
    previous && judgePriceChanges(next, previous, rules),
    judgeRecords(next, limits.maxItems),
    judgeVariants(next, limits.maxVariants),
  ];
  return judgements.filter((judgement) => judgement !== undefined);
}

type Judgement = GuardViolation | undefined;

function judgeEmpty(next: FeedSummary, previous: FeedSummary | undefined, { empty }: GuardSettings): Judgement {
  if (empty || next.items > 0) return undefined;
  const replaced = previous === undefined ? "at least 1 is expected" : `the one it replaces ${previous.items}`;
  return { rule: "empty", message: `the feed has 0 items, ${replaced}`, codes: [], count: 0 };
}

function judgeDrop(next: FeedSummary, previous: FeedSummary, { maxDrop, dropFloor }: GuardSettings): Judgement {
  const missing = missingCodes(previous, next);
  if (missing.length <= dropFloor) return undefined;
  const numbers = `the feed has ${counted(next.items, "item")}, the one it replaces ${previous.items}`;
  const tally = { count: missing.length, codes: missing.slice(0, FIRST_CODES) };
  return judgeShare("maxDrop", tally, previous.items, maxDrop, numbers, " of those are missing");
}

function judgeDuplicates(next: FeedSummary, rules: GuardSettings): Judgement {
  const { size: count } = next.duplicates;
  if (rules.duplicates || count === 0) return undefined;
  const most = [...next.duplicates.values()].reduce((left, right) => Math.max(left, right));
  const message = `the feed has ${counted(count, "code")} more than once, up to ${most} times, allowed is once`;
  return { rule: "duplicates", message, codes: [...next.duplicates.keys()].slice(0, FIRST_CODES), count };
}

function judgePrices(next: FeedSummary, previous: FeedSummary | undefined, rules: GuardSettings): Judgement[] {
  const zero = startTally();
  const missing = startTally();
  for (const { code, price } of next) {
    if (price === undefined) missing.add(code);
    else if (isFree(price)) zero.add(code);
  }
  const { items } = next;
  if (missing.count === items && !hasPrices(previous)) return [];
  const all = `of ${counted(items, "item")}`;
  const free = `the feed has ${zero.count} ${all} at a price of zero or less`;
  const without = `the feed has ${missing.count} ${all} without a price`;
  return [
    judgeShare("maxZeroPrices", zero, items, rules.maxZeroPrices, free),
    judgeShare("maxMissingPrices", missing, items, rules.maxMissingPrices, without),
  ];
}

function isFree({ net, gross }: Money): boolean {
  return [net, gross].some((amount) => amount !== undefined && compare(amount, "0") <= 0);
}

function hasPrices(summary: FeedSummary | undefined): boolean {
  for (const { price } of summary ?? []) if (price !== undefined) return true;
  return false;
}

function judgeRejected(next: FeedSummary, { maxRejected, dropFloor }: GuardSettings): Judgement {
  if (next.rejected <= dropFloor) return undefined;
  const all = next.records + next.rejected;
  const tally = { count: next.rejected, codes: next.rejectedCodes };
  const numbers = `of ${counted(all, "record")} ${next.rejected} could not be written`;
  return judgeShare("maxRejected", tally, all, maxRejected, numbers);
}

function judgePriceChanges(next: FeedSummary, previous: FeedSummary, { maxPriceChange }: GuardSettings): Judgement {
  if (maxPriceChange === undefined) return undefined;
  const factor = exact.parse(maxPriceChange.factor);
  const tally = startTally();
  let compared = 0;
  for (const { code, price } of next) {
    const before = previous.get(code)?.price;
    if (price === undefined || before === undefined) continue;
    const change = isBeyond(before, price, factor);
    if (change !== undefined) compared++;
    if (change === true) tally.add(code);
  }
  const prices = `${tally.count} of ${counted(compared, "price")}`;
  const numbers = `the feed has ${prices} changed by more than a factor of ${maxPriceChange.factor}`;
  return judgeShare("maxPriceChange", tally, compared, maxPriceChange.share, numbers);
}

/** Undefined if one price has only a net and the other only a gross amount. */
function isBeyond(from: Money, to: Money, factor: exact.Scaled): boolean | undefined {
  if (from.currency !== to.currency) return true;
  const sides = [[from.net, to.net] as const, [from.gross, to.gross] as const];
  const changes = sides.map(([left, right]) => left && right && isAmountBeyond(left, right, factor));
  return changes.includes(true) || (changes.includes(false) ? false : undefined);
}

function isAmountBeyond(from: Decimal, to: Decimal, factor: exact.Scaled): boolean {
  const left = exact.parse(from);
  const right = exact.parse(to);
  if (left.units < 0n !== right.units < 0n) return true;
  const [one, two] = [exact.abs(left), exact.abs(right)];
  return exact.cmp(two, exact.mul(one, factor)) > 0 || exact.cmp(one, exact.mul(two, factor)) > 0;
}

function judgeRecords({ records }: FeedSummary, maxItems: number | undefined): Judgement {
  if (maxItems === undefined || records <= maxItems) return undefined;
  const message = `the feed has ${counted(records, "record")}, the platform takes ${maxItems}`;
  return { rule: "maxItems", message, codes: [], count: records - maxItems };
}

function judgeVariants({ variants }: FeedSummary, maxVariants: number | undefined): Judgement {
  if (maxVariants === undefined) return undefined;
  const tally = startTally();
  let most = 0;
  for (const [product, count] of variants) {
    if (count > maxVariants) tally.add(product);
    most = Math.max(most, count);
  }
  if (tally.count === 0) return undefined;
  const message = `the feed has ${counted(tally.count, "product")} with up to ${most} variants, the platform takes ${maxVariants}`;
  return { rule: "maxVariants", message, codes: tally.codes, count: tally.count };
}

interface Tally {
  readonly count: number;
  readonly codes: readonly string[];
}

function startTally(): Tally & { add(code: string): void } {
  const codes: string[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    codes,
    add(code) {
      count++;
      if (codes.length < FIRST_CODES) codes.push(code);
    },
  };
}

/**
 * `numbers` says how many there are. A quotient is compared, not a product: where the share is exactly the one allowed,
 * both are the same number, as division and the reading of `0.2` are both rounded to the nearest.
 */
function judgeShare(
  rule: GuardRule,
  { count, codes }: Tally,
  all: number,
  allowed: number,
  numbers: string,
  suffix = "",
): Judgement {
  const share = count / all;
  if (count === 0 || share <= allowed) return undefined;
  const limit = Number((allowed * 100).toPrecision(12));
  const message = `${numbers}: ${percentAbove(share, limit)} %${suffix}, allowed are ${limit} %`;
  return { rule, message, codes, count };
}

/** Percents with the decimals of the limit, or as many as show that the share is above it and, if so, not all. */
function percentAbove(share: number, limit: number): string {
  for (let decimals = String(limit).split(".")[1]?.length ?? 0; decimals < 10; decimals++) {
    const text = (share * 100).toFixed(decimals);
    if (Number(text) > limit && (share === 1 || Number(text) < 100)) return text;
  }
  return String(share * 100);
}
