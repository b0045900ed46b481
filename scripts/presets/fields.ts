/** The table "field of the record ↔ place in the file" of a mapping. */
import type { MappingData } from "../../src/index.ts";
import { alone } from "./conditions.ts";
import { createGlossary, type Glossary, isContrary, keyOf } from "./glossary.ts";
import { NONE, type Row, type RowTest, rowsOf, type View } from "./rows.ts";
import { code, joined, table } from "./words.ts";

const views: Readonly<
  Record<
    View,
    { readonly place: string; readonly says: (row: Row) => boolean; readonly counts: (test: RowTest) => boolean }
  >
> = {
  read: { place: "From", says: () => true, counts: ({ by }) => by !== "record" },
  write: {
    place: "To",
    says: ({ how, direction }) => how !== NONE || direction !== "read",
    counts: ({ by }) => by !== "file",
  },
  // That a field is not there is no news where it is read only.
  both: {
    place: "Place",
    says: ({ how, direction }) => how !== NONE || direction !== "read",
    counts: () => true,
  },
};

/** Where a file has what, and below it the conditions that have a name in it. */
export function fieldTable(mapping: MappingData, view: View): string {
  return tableOf(seen(mapping, view), view, mapping);
}

/** The same of one mapping beside another one: fields whose places differ, and fields that it has not. */
export function differingTable(mapping: MappingData, other: MappingData, view: View): string {
  const keyOf = ({ field: _, ...row }: Row): string => JSON.stringify(row);
  const [own, others] = [byField(seen(mapping, view)), byField(seen(other, view))];
  const rows = [...own.values()]
    .filter(
      (some) =>
        some.map(keyOf).join() !==
        others
          .get(some[0]?.field ?? "")
          ?.map(keyOf)
          .join(),
    )
    .flat();
  const missing = [...others.keys()].filter((field) => !own.has(field));
  return joined(
    [
      rows.length === 0 ? "" : tableOf(rows, view, mapping),
      missing.length === 0 ? "" : `Not there: ${missing.map(code).join(", ")}.`,
    ],
    "\n\n",
  );
}

/** Fields that reading such a file can fill: `prices[].gross`. */
export function filledByReading(mapping: MappingData): readonly string[] {
  const rows = rowsOf(mapping, "both").filter(({ fills, direction }) => fills && direction !== "write");
  return [...new Set(rows.map(({ field }) => field))];
}

function seen(mapping: MappingData, view: View): readonly Row[] {
  const { says, counts } = views[view];
  return rowsOf(mapping, view)
    .filter(says)
    .map((row) => ({ ...row, tests: row.tests.filter(counts) }));
}

function byField(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const fields = new Map<string, Row[]>();
  for (const row of rows) fields.set(row.field, [...(fields.get(row.field) ?? []), row]);
  return fields;
}

function tableOf(rows: readonly Row[], view: View, { csv }: MappingData): string {
  const glossary = createGlossary(rows.flatMap(({ tests }) => tests));
  const head = ["Field", csv === undefined ? views[view].place : "Column", "How"];
  const cells = chained(rows).map((row) => [code(row.field), row.place, inWords(row, view, glossary)]);
  return joined([table(head, cells), glossary.cases === "" ? "" : `In this table:\n\n${glossary.cases}`], "\n\n");
}

/** A row, and the tests of it that say no more than that the rows just above it do not hold. */
interface ChainedRow extends Row {
  readonly from: number;
  readonly to: number;
}

/** Of a long chain "if, else if, else if" the rows would say all that came before, over and over. */
function chained(rows: readonly Row[]): readonly ChainedRow[] {
  const all: ChainedRow[] = [];
  for (const row of rows) {
    const above = all.at(-1);
    const last = (above?.tests.length ?? 0) - 1;
    const follows =
      above?.field === row.field &&
      last >= 0 &&
      above.tests.every((test, index) => {
        const own = row.tests[index];
        return own !== undefined && (index < last ? keyOf(test) === keyOf(own) : isContrary(test, own));
      });
    if (!follows) all.push({ ...row, from: 0, to: 0 });
    else all.push({ ...row, from: above.to === last ? above.from : last, to: last + 1 });
  }
  return all;
}

function inWords({ how, direction, tests, from, to }: ChainedRow, view: View, { say }: Glossary): string {
  const isLong = to - from > 1;
  const clause = (start: string, ...by: readonly RowTest["by"][]): string => {
    const texts = tests.flatMap((test, index) => {
      if (!by.includes(test.by)) return [];
      return isLong && index >= from && index < to ? ["none of the above"] : [say(test)];
    });
    const [only] = tests;
    if (only !== undefined && tests.length === 1 && texts.length === 1)
      return `${start} ${alone(only.condition, say(only))}`;
    return texts.length === 0 ? "" : `${start} ${[...new Set(texts)].join(", and ")}`;
  };
  if (view !== "both") {
    const isReadBack = view === "write" && direction === "read";
    return joined([isReadBack ? "only read back" : "", how, clause("where", "record", "file", "settings")]);
  }
  return joined([
    { both: "", read: "only read", write: "only written" }[direction],
    how,
    direction === "read" ? "" : clause("written where", "record"),
    direction === "write" ? "" : clause("read where", "file"),
    clause("where", "settings"),
  ]);
}

/** Places that are known and left out on purpose, those of one reason together. */
export function ignoredTable({ ignore = {} }: MappingData): string {
  const places = new Map<string, string[]>();
  for (const [path, reason] of Object.entries(ignore)) places.set(reason, [...(places.get(reason) ?? []), path]);
  if (places.size === 0) return "";
  return table(
    ["Left out on purpose", "Why"],
    [...places].map(([reason, some]) => [some.map(code).join(", "), reason]),
  );
}
