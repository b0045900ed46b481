import { DefinitionError } from "../errors.ts";
import { compare } from "../model/money.ts";
import { decimalSchema } from "../model/order.ts";
import type { Comparison, Condition } from "./spec.ts";

/**
 * Whether a condition looks at the record rather than the XML: it decides what is written, as the others decide what is
 * read. One on parameters alone decides both, and counts as one on the XML.
 *
 * @throws {@link DefinitionError} MAPPING_INVALID if it looks at both.
 */
export function isAboutRecord(condition: Condition): boolean {
  const kinds = kindsOf(condition);
  if (kinds.has("record") && kinds.has("xml"))
    throw new DefinitionError(
      "MAPPING_INVALID",
      "a condition is either on the XML, for reading, or on the record's values, for writing: not on both",
    );
  return kinds.has("record");
}

/** Whether a condition depends on parameters alone. */
export function isAboutParameters(condition: Condition): boolean {
  return kindsOf(condition).size === 0;
}

function kindsOf(condition: Condition): Set<"xml" | "record"> {
  if ("has" in condition || "field" in condition) return new Set(["record"]);
  if ("parameter" in condition) return new Set();
  if ("not" in condition) return kindsOf(condition.not);
  if ("all" in condition) return new Set(condition.all.flatMap((one) => [...kindsOf(one)]));
  if ("any" in condition) return new Set(condition.any.flatMap((one) => [...kindsOf(one)]));
  return new Set(["xml"]);
}

/** Whether two values compare so. */
export function holds(comparison: Comparison, left: string, right: string): boolean {
  const order = compareValues(left, right);
  if (comparison === "=") return order === 0;
  if (comparison === "!=") return order !== 0;
  if (comparison === "<") return order < 0;
  if (comparison === "<=") return order <= 0;
  return comparison === ">" ? order > 0 : order >= 0;
}

/** Numbers as numbers, times as moments, everything else as text. */
function compareValues(left: string, right: string): number {
  const numbers = [decimalSchema.safeParse(left), decimalSchema.safeParse(right)] as const;
  if (numbers[0].success && numbers[1].success) return compare(numbers[0].data, numbers[1].data);
  if (/^\d{4}-\d\d-\d\dT/.test(left) && /^\d{4}-\d\d-\d\d/.test(right)) return Date.parse(left) - Date.parse(right);
  return left < right ? -1 : left > right ? 1 : 0;
}
