import { fieldAt, readText } from "./leaf.ts";
import type { Decoder, Run, TableEntry } from "./decoder.ts";
import type { Reference } from "./reference.ts";

/** Opens the entry of a table that a key names, and reads there. */
export function lookupDecoder(options: {
  readonly table: string;
  readonly key: readonly Reference[];
  /** What to read, by the scope of the entry. */
  readonly then: ReadonlyMap<number, Decoder>;
  readonly field: string;
}): Decoder {
  const { table, key, then, field } = options;
  const entryOf = (run: Run): TableEntry | undefined => run.tables.get(table)?.get(readText(key, run.frames));
  const within = <Result>(
    run: Run,
    { scope, frame }: TableEntry,
    use: (decoder: Decoder) => Result,
  ): Result | undefined => {
    const decoder = then.get(scope);
    if (decoder === undefined) return undefined;
    // An entry may look into its own table, as a category does for its parent.
    const before = run.frames[scope];
    run.frames[scope] = frame;
    const result = use(decoder);
    run.frames[scope] = before;
    return result;
  };
  return {
    decode(run) {
      const entry = entryOf(run);
      if (entry !== undefined) return within(run, entry, (decoder) => decoder.decode(run));
      const wanted = readText(key, run.frames);
      if (wanted !== "") missingEntry(run, table, wanted, fieldAt(field, run.indices));
      return undefined;
    },
    evidence(run, path) {
      const entry = entryOf(run);
      return entry === undefined ? undefined : within(run, entry, (decoder) => decoder.evidence(run, path));
    },
  };
}

function missingEntry(run: Run, table: string, key: string, field: string): void {
  if (run.trying) return;
  const absent = (run.tables.get(table)?.size ?? 0) === 0;
  // An input without the whole table is said once, not for each record.
  if (absent && run.missingTables.has(table)) return;
  if (absent) run.missingTables.add(table);
  const message = absent ? `the input holds no "${table}" at all` : `no entry "${key.slice(0, 80)}" in "${table}"`;
  // Several fields may want something of one entry: the first says it.
  if (run.problems.some((problem) => problem.code === "LOOKUP_MISSING" && problem.message === message)) return;
  run.problems.push({ code: "LOOKUP_MISSING", severity: "warning", message, field });
}
