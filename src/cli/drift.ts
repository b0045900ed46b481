import type { DriftReport } from "../mapping/read/drift.ts";

/** Places or words that one line names. */
const SHOWN = 8;

/** What a file holds that its mapping does not know, and what it lacks: a line for each. `name` is that of the mapping. */
export function driftLines({ unknown, values, vanished }: DriftReport, name: string): string[] {
  const inRecords = (count: number): string => `in ${count} ${count === 1 ? "record" : "records"}`;
  return [
    ...line(
      `${name} does not know`,
      unknown.map(({ path, records }) => `${path} (${inRecords(records)})`),
    ),
    ...line(
      `${name} does not know the words`,
      values.map(({ field, value, records }) => `${JSON.stringify(value)} of ${field} (${inRecords(records)})`),
    ),
    ...line("no record has", vanished),
  ];
}

function line(start: string, items: readonly string[]): string[] {
  if (items.length === 0) return [];
  const rest = items.length > SHOWN ? ` and ${items.length - SHOWN} more` : "";
  return [`${start} ${items.slice(0, SHOWN).join(", ")}${rest}`];
}
