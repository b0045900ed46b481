import type { CompiledWriter } from "../mapping/write/compile.ts";

/** Counts the fields that a record has and a file of this mapping cannot hold; each once a record. */
export function countLost(record: object, { carried }: CompiledWriter, lost: Record<string, number>): void {
  const found = new Set<string>();
  collect(record, "", carried, found);
  for (const field of found) lost[field] = (lost[field] ?? 0) + 1;
}

function collect(value: unknown, field: string, carried: ReadonlySet<string>, found: Set<string>): void {
  if (value === undefined || value === null || value === "" || carried.has(field)) return;
  if (Array.isArray(value)) for (const item of value) collect(item, `${field}[]`, carried, found);
  else if (typeof value === "object")
    for (const [key, child] of Object.entries(value))
      collect(child, field === "" ? key : `${field}.${key}`, carried, found);
  else found.add(field);
}
