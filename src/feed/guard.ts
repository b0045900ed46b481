import type { z } from "zod";
import { alignColumns, counted, listCodes, plainText } from "./columns.ts";
import { DefinitionError } from "../errors.ts";
import { judgeFeed } from "./guard-judge.ts";
import {
  type GuardOptions,
  type GuardOverride,
  guardOverrideSchema,
  type GuardRule,
  type GuardRules,
  guardRulesSchema,
  type GuardViolation,
} from "./guard-rules.ts";
import type { FeedSummary } from "./summary.ts";

/** A rule that an override lets pass. */
export interface Overridden {
  readonly rule: GuardRule;
  readonly reason: string;
  readonly by?: string | undefined;
}

export interface GuardReport {
  /** Whether the feed may replace the previous one: nothing is violated but what an override lets pass. */
  readonly ok: boolean;
  /** Violations that stand. */
  readonly violations: readonly GuardViolation[];
  /** Violations that an override lets pass. */
  readonly overridden: readonly (Overridden & GuardViolation)[];
  /** Overrides of rules that are not violated. */
  readonly unused: readonly Overridden[];
}

/**
 * Judges whether a feed may replace the previous one. Without a previous feed there is no drop and no change of price.
 *
 * @example
 * ```ts
 * const report = guardFeed(next, previous, { maxDrop: 0.1 }, { limits: feed.limits });
 * if (!report.ok) console.error(formatGuard(report));
 * ```
 * @throws {@link DefinitionError} PARAMETER_INVALID if the rules or the override do not have the form of their schema.
 */
export function guardFeed(
  next: FeedSummary,
  previous: FeedSummary | undefined,
  rules: GuardRules = {},
  options: GuardOptions = {},
): GuardReport {
  const settings = parse(guardRulesSchema, rules, "guard rules");
  const override = options.override && parse(guardOverrideSchema, options.override, "guard override");
  const found = judgeFeed(next, previous, settings, options.limits);
  return applyOverride(found, override);
}

function applyOverride(found: readonly GuardViolation[], override: GuardOverride | undefined): GuardReport {
  const named = new Set(override?.rules);
  const decision = { reason: override?.reason ?? "", ...(override?.by === undefined ? {} : { by: override.by }) };
  const violations = found.filter(({ rule }) => !named.has(rule));
  const overridden = found.filter(({ rule }) => named.has(rule));
  for (const { rule } of overridden) named.delete(rule);
  return {
    ok: violations.length === 0,
    violations,
    overridden: overridden.map((violation) => ({ ...violation, ...decision })),
    unused: [...named].map((rule) => ({ rule, ...decision })),
  };
}

function parse<Value>(schema: z.ZodType<Value>, given: unknown, what: string): Value {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const mistakes = result.error.issues.map(({ path, message }) => [...path.map(String), message].join(": "));
  throw new DefinitionError("PARAMETER_INVALID", `${what}: ${mistakes.join("; ")}`);
}

export interface FormatGuardOptions {
  /** How many codes are listed of each rule, 20 at most. @defaultValue 5 */
  readonly limit?: number | undefined;
}

/**
 * A few lines of text: the verdict, then each rule that is violated or overridden, with the first codes.
 *
 * ```text
 * refused: 1 rule violated
 *   maxDrop     the feed has 120 items, the one it replaces 512: 77 % of those are missing, allowed are 20 %
 *               H-1, H-2, H-3, H-4, H-5 and 387 more
 * overridden: winter goods come in a feed of their own (Jana)
 *   duplicates  the feed has 1 code more than once, up to 2 times, allowed is once
 *               H-9
 * ```
 */
export function formatGuard(report: GuardReport, options: FormatGuardOptions = {}): string {
  const { violations, overridden, unused } = report;
  const limit = options.limit ?? 5;
  const listed = [...violations, ...overridden].flatMap((violation) => rowsOf(violation, limit));
  const lines = alignColumns([...listed, ...unused.map(({ rule }) => [rule, "not violated"])], "  ");
  const upTo = violations.flatMap((violation) => rowsOf(violation, limit)).length;
  return [
    report.ok ? "passed" : `refused: ${counted(violations.length, "rule")} violated`,
    ...lines.slice(0, upTo),
    ...decisionLines(overridden, "overridden", lines.slice(upTo, listed.length)),
    ...decisionLines(unused, "override not needed", lines.slice(listed.length)),
  ].join("\n");
}

function rowsOf({ rule, message, codes, count }: GuardViolation, limit: number): string[][] {
  const shown = codes.slice(0, limit);
  return [[rule, message], ...(shown.length === 0 ? [] : [["", listCodes(shown, count)]])];
}

function decisionLines(decisions: readonly Overridden[], title: string, lines: readonly string[]): string[] {
  const [decision] = decisions;
  if (decision === undefined) return [];
  const by = decision.by === undefined ? "" : ` (${decision.by})`;
  return [plainText(`${title}: ${decision.reason}${by}`), ...lines];
}
