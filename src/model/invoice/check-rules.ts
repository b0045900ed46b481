import type { z } from "zod";
import { DefinitionError } from "../../errors.ts";
import { type InvoiceRuleData, type InvoiceRules, invoiceRulesSchema } from "./rules.ts";

const checked = new WeakSet<InvoiceRules>();

/**
 * Rules as they are, if they are right; functions are taken on trust.
 *
 * @throws {@link DefinitionError} PARAMETER_INVALID with one line for each mistake.
 */
export function checkInvoiceRules(rules: InvoiceRules): InvoiceRules {
  if (!checked.has(rules)) {
    parseInvoiceRules(withoutFunctions(rules));
    checked.add(rules);
  }
  return rules;
}

/** Rules of a JSON file. @throws {@link DefinitionError} PARAMETER_INVALID with one line for each mistake. */
export function parseInvoiceRules(json: unknown): InvoiceRuleData {
  const parsed = invoiceRulesSchema.safeParse(json, { reportInput: true });
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.flatMap((issue) => describe(issue, []));
  throw new DefinitionError("PARAMETER_INVALID", lines.map((line) => `invoice rules: ${line}`).join("\n"));
}

/** Rules of which the second go before the first, one by one, also within `vat`, `exceptions` and `creditNotes`. */
export function mergeInvoiceRules(base: InvoiceRules | undefined, over: InvoiceRules | undefined): InvoiceRules {
  if (base === undefined || over === undefined) return over ?? base ?? {};
  const merged = { ...base, ...over };
  const vat = base.vat && over.vat && { ...base.vat, ...over.vat };
  const exceptions = base.exceptions && over.exceptions && { ...base.exceptions, ...over.exceptions };
  const creditNotes = base.creditNotes && over.creditNotes && { ...base.creditNotes, ...over.creditNotes };
  return { ...merged, ...(vat && { vat }), ...(exceptions && { exceptions }), ...(creditNotes && { creditNotes }) };
}

function withoutFunctions(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([, member]) => typeof member !== "function");
  return Object.fromEntries(entries.map(([key, member]) => [key, withoutFunctions(member)]));
}

function describe(issue: z.core.$ZodIssue, outer: readonly PropertyKey[]): string[] {
  const path = [...outer, ...issue.path];
  const isObject = typeof issue.input === "object" && issue.input !== null;
  if (issue.code === "invalid_union" && isObject) {
    const alternatives = issue.errors.filter((errors) => !errors.every(isOfAnotherType));
    const [closest] = [...alternatives].sort((a, b) => unknownKeys(a) - unknownKeys(b) || a.length - b.length);
    if (closest !== undefined) return closest.flatMap((inner) => describe(inner, path));
  }
  if (issue.code === "invalid_key") return issue.issues.flatMap((inner) => describe(inner, path));
  const where = path.length === 0 ? "" : `${path.map(String).join(".")}: `;
  const got = issue.input === undefined || isObject ? "" : `, got ${JSON.stringify(issue.input)}`;
  return [`${where}${issue.message}${got}`];
}

function isOfAnotherType(issue: z.core.$ZodIssue): boolean {
  return issue.path.length === 0 && (issue.code === "invalid_type" || issue.code === "invalid_value");
}

/** How many of the members belong to another alternative. */
function unknownKeys(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 0), 0);
}
