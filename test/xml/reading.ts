import { formatIssue, type Issue, type Location, XmlError } from "../../src/errors.ts";
import { type Frame, type NameTest, type Plan, planBuilder, type PlanStep } from "../../src/xml/plan.ts";
import { createReader, type ReaderOptions } from "../../src/xml/reader.ts";
import { createShapeStore, type ShapeStore } from "../../src/xml/shape.ts";
import type { RecordSource } from "../../src/xml/source.ts";

/** What the reader said of one record, all at once. */
export interface ReadRecord {
  readonly scope: number;
  readonly frame: Frame;
  readonly index: number;
  readonly at: Location;
  readonly length: number;
  readonly raw: string;
}

export interface DamagedRecord extends Omit<ReadRecord, "scope" | "frame"> {
  readonly issue: Issue;
  readonly name: string;
}

/**
 * Comments that fill the first window, which is never a small one, to put before what small windows are to cut. Short
 * ones: what a window keeps of a token makes the next window longer.
 */
export const filler = "<!--.-->".repeat(140);

/** Everything that came of one document. */
export interface Reading {
  readonly records: readonly ReadRecord[];
  readonly damaged: readonly DamagedRecord[];
  /** Issues of the file around its records. */
  readonly issues: readonly Issue[];
  /** What was thrown, unless it is undefined. */
  readonly error: XmlError | undefined;
  readonly document: Frame;
  readonly encoding: string | undefined;
  readonly root: string | undefined;
}

export interface Structure {
  readonly plan: Plan;
  readonly shapes: ShapeStore;
}

export type Input = string | Uint8Array | readonly Uint8Array[];

/** Reads a document, in the pieces given. Whatever is thrown and is no {@link XmlError} goes through. */
export function read({ plan, shapes }: Structure, input: Input, options: ReaderOptions = {}): Reading {
  const records: ReadRecord[] = [];
  const damaged: DamagedRecord[] = [];
  const issues: Issue[] = [];
  let error: XmlError | undefined;
  const reader = createReader(
    plan,
    shapes,
    {
      record: (scope, frame, source) => void records.push({ scope, frame, ...placeOf(source) }),
      damagedRecord: (issue, source, { name }) => void damaged.push({ issue, name, ...placeOf(source) }),
      damagedFile: (issue) => void issues.push(issue),
    },
    options,
  );
  try {
    for (const chunk of pieces(input)) reader.write(chunk);
    reader.end();
  } catch (thrown) {
    if (!(thrown instanceof XmlError)) throw thrown;
    error = thrown;
  }
  const { documentFrame: document, encoding, root } = reader;
  return { records, damaged, issues, error, document, encoding, root };
}

function placeOf(source: RecordSource): Pick<ReadRecord, "index" | "at" | "length" | "raw"> {
  return { index: source.index, at: source.at, length: source.length, raw: source.raw() };
}

function pieces(input: Input): readonly Uint8Array[] {
  if (typeof input === "string") return [utf8(input)];
  return input instanceof Uint8Array ? [input] : input;
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** One character a byte: what a text of ASCII looks like in every single-byte encoding, and bytes written as `\xe8`. */
export function byteString(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => char.charCodeAt(0));
}

export function utf16(text: string, endian: "le" | "be"): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), endian === "le");
  return bytes;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Cuts bytes at the given positions. */
export function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const cuts = [...new Set(positions)].filter((at) => at > 0 && at < bytes.length).sort((a, b) => a - b);
  return [0, ...cuts].map((from, index) => bytes.subarray(from, cuts[index] ?? bytes.length));
}

/** `{urn:shop}ORDER`, `ORDER` in no namespace, `*:ORDER` in any. */
export function nameTest(name: string): NameTest {
  const [, uri, local] = /^(?:\{(.*)\}|(?:\*:))?(.*)$/.exec(name) ?? [];
  return { uri: name.startsWith("*:") ? undefined : (uri ?? ""), local };
}

/** Slot of a value, by the name that the test gives it. */
export interface Layout extends Structure {
  readonly scopes: Readonly<Record<string, number>>;
  /** Values of a frame by name; undefined ones are left out. */
  named(scope: number, frame: Frame): Record<string, unknown>;
}

/**
 * A structure from paths such as `/ORDERS/ORDER/CODE`. `record` and `groups` name the elements that open frames; a
 * path belongs to the innermost of them around it. `+` behind a path keeps every occurrence; its name in a frame is
 * the part behind the frame's own path.
 */
export function layout(options: {
  readonly record?: string | readonly string[];
  readonly groups?: readonly string[];
  readonly paths: readonly string[];
  readonly ignoreCase?: boolean;
}): Layout {
  const builder = planBuilder(options.ignoreCase ?? false);
  const stepTo = (names: readonly string[]): PlanStep =>
    names.reduce((step, name) => builder.step(step, nameTest(name)), builder.plan.root);
  const openers = new Map<string, number>([["", 0]]);
  const innermost = (path: string): string => {
    const around = [...openers.keys()].filter((opener) => opener === path || path.startsWith(`${opener}/`));
    return around.reduce((a, b) => (b.length > a.length ? b : a));
  };
  const names = new Map<number, Map<number, string>>();
  const name = (scope: number, slot: number, text: string): void => {
    const known = names.get(scope) ?? new Map<number, string>();
    names.set(scope, known.set(slot, text));
  };
  for (const path of [options.record ?? []].flat()) openers.set(path, builder.record(stepTo(steps(path))));
  for (const path of options.groups ?? []) {
    const owner = innermost(path);
    const scope = builder.group(stepTo(steps(path)), openers.get(owner)!);
    openers.set(path, scope);
    const { parent, listSlot } = builder.plan.scopes[scope]!;
    name(parent, listSlot, path.slice(owner.length + 1));
  }
  for (const entry of options.paths) {
    const many = entry.endsWith("+");
    const path = many ? entry.slice(0, -1) : entry;
    const owner = innermost(path);
    const scope = openers.get(owner)!;
    const parts = steps(path);
    const last = parts.at(-1) ?? "";
    const capture = last.startsWith("@")
      ? builder.attribute(stepTo(parts.slice(0, -1)), nameTest(last.slice(1)), scope, many)
      : builder.text(stepTo(parts), scope, many);
    name(scope, capture.slot, path === owner ? "." : path.slice(owner.length + 1));
  }

  const list = (scope: number, frame: Frame): Record<string, unknown> =>
    Object.fromEntries(
      frame.flatMap((value, slot) => {
        const label = names.get(scope)?.get(slot) ?? String(slot);
        const child = builder.plan.scopes.findIndex(({ parent, listSlot }) => parent === scope && listSlot === slot);
        if (value === undefined) return [];
        return [[label, child > 0 ? (value as Frame[]).map((inner) => list(child, inner)) : value]];
      }),
    );
  return {
    plan: builder.plan,
    shapes: createShapeStore(builder.plan.root, builder.plan.ignoreCase),
    scopes: Object.fromEntries(openers),
    named: list,
  };
}

/** The records of a document, by the names of their values. */
export function valuesOf(structure: Layout, input: Input, options?: ReaderOptions): Record<string, unknown>[] {
  const { records, damaged, issues, error } = read(structure, input, options);
  if (error !== undefined) throw error;
  const [problem] = [...damaged.map(({ issue }) => issue), ...issues];
  if (problem !== undefined) throw new Error(`unexpected issue: ${formatIssue(problem)}`);
  return records.map(({ scope, frame }) => structure.named(scope, frame));
}

/** `/a/{urn:x/y}b/@c` → `["a", "{urn:x/y}b", "@c"]`. */
function steps(path: string): string[] {
  return path.match(/(?:@?\{[^}]*\}|[^/{])+/g) ?? [];
}
