import { memberOf } from "../assemble.ts";
import { fieldsOf } from "../check/coverage.ts";
import { ignoring } from "../ignore.ts";
import type { MappingData } from "../spec.ts";

/** How a file differs from what its mapping knows: what the platform added, and what it no longer sends. */
export interface DriftReport {
  /** Elements and attributes that nothing reads and no `ignore` of the mapping names, the outermost of them. */
  readonly unknown: readonly { readonly path: string; readonly records: number }[];
  /** Words that a field does not know. Whether each was an issue, too, is for the mapping to say. */
  readonly values: readonly { readonly field: string; readonly value: string; readonly records: number }[];
  /** Fields that files of the kind usually have, and that no record of this one fills. */
  readonly vanished: readonly string[];
}

/** Takes note of records as they are read. */
export interface DriftLog {
  readonly value: (field: string, text: string) => void;
  readonly record: (record: unknown) => void;
  /** @param counts - paths that the plan does not know, each with its number of records */
  report(counts: ReadonlyMap<string, number>): DriftReport;
}

/** With fewer records, a field that none fills says nothing. */
const ENOUGH = 10;
/** Different words remembered at most. */
const WORDS = 1000;
const SHOWN = 80;

/** What nearly every order of nearly every shop has. */
const USUAL = [
  "createdAt",
  "issuedOn",
  "status.raw",
  "customer.email",
  "customer.billing.street",
  "customer.billing.city",
  "customer.billing.zip",
  "lines[].vatRate",
  "lines[].unitPrice.gross",
  "lines[].unitPrice.net",
  "payment.method",
  "shipping.method",
  "totals.payable",
  "totals.gross",
];

/** @param expected - fields that the shop's files have had so far; by default the usual ones of the mapping */
export function createDriftLog(mapping: MappingData, expected?: readonly string[]): DriftLog {
  const mapped = new Set(fieldsOf(mapping));
  const missing = new Set((expected ?? USUAL).filter((field) => mapped.has(field)));
  const words = new Map<string, { readonly field: string; readonly value: string; records: number; last: number }>();
  const isIgnored = ignoring(mapping);
  let records = 0;

  return {
    value(field, text) {
      const value = text.trim().slice(0, SHOWN);
      const key = `${field}\0${value}`;
      const known = words.get(key);
      if (known === undefined) {
        if (words.size < WORDS) words.set(key, { field, value, records: 1, last: records });
      } else if (known.last !== records) {
        known.records++;
        known.last = records;
      }
    },
    record(record) {
      records++;
      if (missing.size === 0) return;
      for (const field of missing) if (holds(record, field.split("."), 0)) missing.delete(field);
    },
    report(counts) {
      const unknown = [...counts].filter(([path]) => !isIgnored(path));
      return {
        unknown: unknown.map(([path, count]) => ({ path, records: count })),
        values: [...words.values()].map(({ field, value, records: count }) => ({ field, value, records: count })),
        vanished: expected !== undefined ? (records > 0 ? [...missing] : []) : records < ENOUGH ? [] : [...missing],
      };
    },
  };
}

/** Whether a record has a value at a field such as `lines[].unitPrice.gross`. */
function holds(value: unknown, keys: readonly string[], from: number): boolean {
  if (value === undefined || value === null) return false;
  const key = keys[from];
  if (key === undefined) return true;
  const isList = key.endsWith("[]");
  const member = memberOf(value, isList ? key.slice(0, -2) : key);
  if (!isList) return holds(member, keys, from + 1);
  return Array.isArray(member) && member.some((item) => holds(item, keys, from + 1));
}
