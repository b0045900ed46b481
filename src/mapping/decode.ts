import type { Severity } from "../errors.ts";
import type { Frame } from "../xml/plan.ts";
import { assembler } from "./assemble.ts";
import { type Codec, Invalid } from "./codec.ts";
import { isBlank, trimmed } from "./codecs/text.ts";
import type { FieldProblem } from "./problem.ts";
import { split } from "./pieces.ts";
import type { Found, Frames, Group, Reference } from "./reference.ts";

/** What one record is decoded with. Reused from record to record. */
export interface Run {
  readonly frames: Frames;
  /** Positions in the lists that are being decoded, outermost first. */
  readonly indices: number[];
  readonly problems: FieldProblem[];
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, TableEntry>>;
  /** Lookup tables whose absence has been said. */
  readonly missingTables: Set<string>;
}

/** An entry of a lookup table: a frame of one of the table's scopes. */
export interface TableEntry {
  readonly scope: number;
  readonly frame: Frame;
}

/** How a value came about. */
export interface Evidence {
  /** Name of the codec, or `constant`, `parameter`, `join`... */
  readonly codec: string;
  /** Paths that were tried. */
  readonly paths: readonly string[];
  /** The frame and slot that held the text. */
  readonly found?: Found | undefined;
  readonly raw?: string | undefined;
  /** Whether a default stood in for a missing, empty or unknown text. */
  readonly usedDefault: boolean;
}

/** A trimmed text from one slot: most fields are no more than that. */
export interface PlainText {
  readonly scope: number;
  readonly slot: number;
  readonly missing: unknown;
  readonly empty: unknown;
}

/** Gives one value of the record. */
export interface Decoder {
  /** Set where the value does not depend on the XML: an object of such values alone is none. */
  readonly constant?: boolean | undefined;
  /** Set where {@link decode} only gives this, so that objects can do without the call. */
  readonly plain?: PlainText | undefined;
  decode(run: Run): unknown;
  /** Follows a path into the record, such as `["lines", 0, "quantity"]`, to where its value comes from. */
  evidence(run: Run, path: readonly (string | number)[]): Evidence | undefined;
}

export type Test = (run: Run) => boolean;

export interface LeafOptions {
  readonly codecName: string;
  readonly codec: Codec;
  readonly references: readonly Reference[];
  /** `lines[#].quantity`: each `#` is a position in a list. */
  readonly field: string;
  readonly missing: unknown;
  readonly empty: unknown;
  readonly severity: Severity;
}

/** Text of the first path that holds any. Missing, empty and value are three states. */
export function leafDecoder(options: LeafOptions): Decoder {
  const { codec, references, missing, empty } = options;
  const [first, ...others] = references;
  const decodeText = (run: Run, raw: string | undefined): unknown => {
    if (raw === undefined) return missing;
    if (isBlank(raw)) return empty;
    const value = codec.decode(raw);
    return value instanceof Invalid ? reject(run, options, raw, value) : (value ?? missing);
  };
  const direct = others.length === 0 ? first?.direct : undefined;
  const { scope, slot } = direct ?? { scope: 0, slot: 0 };
  return {
    plain: direct !== undefined && codec.decode === trimmed ? { scope, slot, missing, empty } : undefined,
    decode:
      direct !== undefined
        ? (run) => decodeText(run, run.frames[scope]?.[slot] as string | undefined)
        : (run) => decodeText(run, readFirst(references, run.frames)),
    evidence(run, path) {
      if (path.length > 0) return undefined;
      const holder =
        references.find((reference) => !isBlank(reference.read(run.frames) ?? "")) ??
        references.find((reference) => reference.read(run.frames) !== undefined);
      const raw = holder?.read(run.frames);
      const value = raw === undefined || isBlank(raw) ? undefined : codec.decode(raw);
      return {
        codec: options.codecName,
        paths: references.map((reference) => reference.path),
        found: holder?.find(run.frames),
        raw,
        usedDefault:
          (value === undefined || value instanceof Invalid) &&
          (raw === undefined || !isBlank(raw) ? missing : empty) !== undefined,
      };
    },
  };
}

function reject(
  run: Run,
  { field, severity }: Pick<LeafOptions, "field" | "severity">,
  raw: string,
  invalid: Invalid,
): unknown {
  const stands = invalid.instead !== undefined;
  const shown = JSON.stringify(raw.trim().slice(0, 80));
  run.problems.push({
    code: invalid.code,
    severity: stands ? "warning" : severity,
    message: `expected ${invalid.expected}, got ${shown}${stands ? `; taken as ${JSON.stringify(invalid.instead)}` : ""}`,
    field: fieldAt(field, run.indices),
    raw: raw.slice(0, 200),
  });
  return invalid.instead;
}

function readFirst(references: readonly Reference[], frames: Frames): string | undefined {
  let found: string | undefined;
  for (const reference of references) {
    const text = reference.read(frames);
    if (text === undefined) continue;
    if (!isBlank(text)) return text;
    found ??= text;
  }
  return found;
}

/** Text of the first path that holds any, trimmed; `""` if none does. */
export function readText(references: readonly Reference[], frames: Frames): string {
  return (readFirst(references, frames) ?? "").trim();
}

/** `lines[#].name` and `[2]` → `lines[2].name`. */
export function fieldAt(template: string, indices: readonly number[]): string {
  let position = 0;
  return template.replaceAll("#", () => String(indices[position++] ?? 0));
}

export function constantDecoder(codec: string, value: unknown): Decoder {
  return {
    constant: true,
    decode: () => value,
    evidence: (_, path) => (path.length > 0 ? undefined : { codec, paths: [], usedDefault: false }),
  };
}

/**
 * An object without the fields that have no value; no object at all if none has one from the XML, unless it is
 * `required`.
 */
export function objectDecoder(entries: readonly (readonly [string, Decoder])[], required: boolean): Decoder {
  const decoders = entries.map(([, decoder]) => decoder);
  // Plain texts of one scope, nearly all fields of most mappings, are read without a call.
  const scope = decoders.find(({ plain }) => plain !== undefined)?.plain?.scope ?? 0;
  const plain = decoders.map((decoder) => (decoder.plain?.scope === scope ? decoder.plain : undefined));
  const slots = Int32Array.from(plain, (text) => text?.slot ?? -1);
  const byKey = new Map(entries);
  const fills = decoders.map(({ constant }) => constant !== true);
  const assemble = assembler(entries.map(([key]) => key));
  // Overwritten by each object: it is assembled before the next one starts.
  const values = new Array<unknown>(entries.length).fill(undefined);
  return {
    decode(run) {
      const frame = run.frames[scope];
      let filled = 0;
      let present = required;
      const before = run.problems.length;
      for (let index = 0; index < slots.length; index++) {
        const slot = slots[index] ?? -1;
        let value: unknown;
        if (slot < 0) {
          value = decoders[index]?.decode(run);
          if (value !== undefined && !present) present = fills[index] === true && !isEmptyList(value);
        } else {
          const raw = frame?.[slot] as string | undefined;
          const text = raw === undefined ? undefined : trimmed(raw);
          value = text === undefined ? plain[index]?.missing : text === "" ? plain[index]?.empty : text;
          if (value !== undefined) present = true;
        }
        if (value !== undefined) filled++;
        values[index] = value;
      }
      return present || holdsUnreadable(run, before) ? assemble(values, filled === decoders.length) : undefined;
    },
    evidence(run, [key, ...rest]) {
      return typeof key === "string" ? byKey.get(key)?.evidence(run, rest) : undefined;
    },
  };
}

/** Whether a text that is there could not be read. */
function holdsUnreadable({ problems }: Run, before: number): boolean {
  return problems.length > before && problems.slice(before).some(({ raw }) => raw !== undefined);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

/** A decoder that gives several items for a list. */
export interface ListDecoder extends Decoder {
  /** Calls `visit` for each item, whose frames are set, with a decoder for it; `visit` gives whether to stop. */
  items(run: Run, visit: (item: Decoder) => boolean): boolean;
}

export function isList(decoder: Decoder): decoder is ListDecoder {
  return "items" in decoder;
}

/** One item for each occurrence in the first of the groups that has any. */
export function eachDecoder(
  groups: readonly { readonly group: Group; readonly where: Test | undefined; readonly item: Decoder }[],
): ListDecoder {
  return listDecoder((run, visit) => {
    for (const { group, where, item } of groups) {
      let seen = 0;
      const stopped = group.walk(run.frames, () => {
        seen++;
        return (where === undefined || where(run)) && visit(item);
      });
      if (seen > 0) return stopped;
    }
    return false;
  });
}

/** Lists and single items one after the other. */
export function concatDecoder(parts: readonly Decoder[]): ListDecoder {
  return listDecoder((run, visit) => parts.some((part) => (isList(part) ? part.items(run, visit) : visit(part))));
}

function listDecoder(items: ListDecoder["items"]): ListDecoder {
  return {
    items,
    decode(run) {
      const list: unknown[] = [];
      items(run, (item) => {
        run.indices.push(list.length);
        const value = item.decode(run);
        run.indices.pop();
        if (value !== undefined) list.push(value);
        return false;
      });
      return list;
    },
    evidence(run, [wanted, ...rest]) {
      let position = 0;
      let found: Evidence | undefined;
      items(run, (item) => {
        run.indices.push(position);
        const counts = item.decode(run) !== undefined;
        run.indices.pop();
        if (!counts || position++ !== wanted) return false;
        found = item.evidence(run, rest);
        return true;
      });
      return found;
    },
  };
}

/** `then` or `otherwise`; in a list, whatever items the chosen one has. */
export function whenDecoder(test: Test, then: Decoder, otherwise: Decoder | undefined): Decoder | ListDecoder {
  const chosen = (run: Run): Decoder | undefined => (test(run) ? then : otherwise);
  const decoder: Decoder = {
    decode: (run) => chosen(run)?.decode(run),
    evidence: (run, path) => chosen(run)?.evidence(run, path),
  };
  if (!isList(then) && (otherwise === undefined || !isList(otherwise))) return decoder;
  const items: ListDecoder["items"] = (run, visit) => {
    const choice = chosen(run);
    return choice !== undefined && (isList(choice) ? choice.items(run, visit) : visit(choice));
  };
  return { ...decoder, items };
}

/** The first that gives a value; in a list, the first that gives items. */
export function firstDecoder(options: readonly Decoder[]): Decoder | ListDecoder {
  if (options.some(isList))
    return listDecoder((run, visit) => {
      for (const option of options) {
        let seen = 0;
        const stopped = itemsOf(option, run, (item) => {
          if (!givesValue(item, run)) return false;
          seen++;
          return visit(item);
        });
        if (seen > 0) return stopped;
      }
      return false;
    });
  return {
    decode(run) {
      for (const option of options) {
        const value = option.decode(run);
        if (value !== undefined) return value;
      }
      return undefined;
    },
    evidence: (run, path) =>
      (options.find((option) => option.decode(run) !== undefined) ?? options.at(-1))?.evidence(run, path),
  };
}

/** Looks without saying what is wrong. */
function givesValue(item: Decoder, run: Run): boolean {
  const before = run.problems.length;
  const value = item.decode(run);
  run.problems.length = before;
  return value !== undefined;
}

/** Texts with something between them; those without a value are left out. */
export function joinDecoder(parts: readonly Decoder[], separator: string): Decoder {
  return {
    decode(run) {
      const texts = parts.map((part) => part.decode(run)).filter((part) => typeof part === "string" && part !== "");
      return texts.length === 0 ? undefined : texts.join(separator);
    },
    evidence: (run, path) => (path.length > 0 ? undefined : combined("join", parts, run)),
  };
}

/** The items of a list; a single decoder is one item, if it gives a value. */
function itemsOf(decoder: Decoder, run: Run, visit: (item: Decoder) => boolean): boolean {
  if (isList(decoder)) return decoder.items(run, visit);
  const value = decoder.decode(run);
  return value !== undefined && visit({ ...decoder, decode: () => value });
}

function combined(codec: string, parts: readonly Decoder[], run: Run): Evidence {
  const all = parts.map((part) => part.evidence(run, []));
  const held = all.find((evidence) => evidence?.found !== undefined);
  return {
    codec,
    paths: all.flatMap((evidence) => evidence?.paths ?? []),
    found: held?.found,
    raw: held?.raw,
    usedDefault: all.some((evidence) => evidence?.usedDefault === true),
  };
}

/** `{NAME}` in a template stands for the text at that path. */
export function templateDecoder(pieces: readonly (string | Reference)[]): Decoder {
  const references = pieces.filter((piece) => typeof piece !== "string");
  return {
    decode(run) {
      const parts = pieces.map((piece) => (typeof piece === "string" ? piece : readText([piece], run.frames)));
      const filled = references.some((reference) => readText([reference], run.frames) !== "");
      return filled ? parts.join("").replace(/\s+/g, " ").trim() : undefined;
    },
    evidence(run, path) {
      if (path.length > 0) return undefined;
      const holder = references.find((reference) => readText([reference], run.frames) !== "");
      return {
        codec: "template",
        paths: references.map((reference) => reference.path),
        found: holder?.find(run.frames),
        raw: holder?.read(run.frames),
        usedDefault: false,
      };
    },
  };
}

export interface SplitOptions extends Pick<LeafOptions, "references" | "field" | "severity"> {
  readonly separator: string;
  /** What the pieces are; texts without it. */
  readonly codec: Codec | undefined;
}

export function splitDecoder(options: SplitOptions): ListDecoder {
  const { references, separator, codec } = options;
  const evidence = (run: Run): Evidence => {
    const holder = references.find((reference) => readText([reference], run.frames) !== "");
    return {
      codec: "split",
      paths: references.map((reference) => reference.path),
      found: holder?.find(run.frames),
      raw: holder?.read(run.frames),
      usedDefault: false,
    };
  };
  const decodePiece = (run: Run, piece: string): unknown => {
    const value = codec === undefined ? piece : codec.decode(piece);
    return value instanceof Invalid ? reject(run, options, piece, value) : value;
  };
  const list = listDecoder((run, visit) =>
    split(readText(references, run.frames), separator).some((piece) =>
      visit({ decode: (at) => decodePiece(at, piece), evidence }),
    ),
  );
  return { ...list, evidence };
}

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
  const absent = (run.tables.get(table)?.size ?? 0) === 0;
  // An input without the whole table is said once, not for each record.
  if (absent && run.missingTables.has(table)) return;
  if (absent) run.missingTables.add(table);
  const message = absent ? `the input holds no "${table}" at all` : `no entry "${key.slice(0, 80)}" in "${table}"`;
  run.problems.push({ code: "LOOKUP_MISSING", severity: "warning", message, field });
}
