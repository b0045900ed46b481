import type { Issue, Location } from "../../errors.ts";
import type { Frame } from "../../xml/plan.ts";
import type { Shape } from "../../xml/shape.ts";
import type { RecordSource } from "../../xml/source.ts";
import { traceRecord } from "../../xml/trace.ts";
import type { CompiledMapping } from "./compile.ts";
import type { Run } from "./decoder.ts";
import type { FieldProblem } from "../problem.ts";
import { fieldKeys } from "./schema-check.ts";

/** Where one value of a record comes from. */
export interface Explanation {
  /** Place in the record, as asked: `lines[0].unitPrice.net`. */
  readonly field: string;
  /** The value in the record; undefined if it has none there. */
  readonly value: unknown;
  /** Name of the codec, or what else gave the value: `constant`, `parameter`, `join`, `derived`... */
  readonly codec: string;
  /** Paths of the mapping that were tried, in order. */
  readonly paths: readonly string[];
  /** The element or attribute that held the text: `/ORDERS/ORDER[1]/ORDER_ITEMS/ITEM[1]/UNIT_PRICE/WITHOUT_VAT`. */
  readonly path: string | undefined;
  readonly at: Location | undefined;
  /** The text as it stands in the file, references resolved. */
  readonly raw: string | undefined;
  /** Whether a default stands in for a missing, empty or unknown text. */
  readonly usedDefault: boolean;
}

/** What the records of one reading share. */
export interface ReadingContext {
  readonly mapping: CompiledMapping;
  readonly tables: Run["tables"];
  /** Element that holds the records. */
  readonly parent: Shape;
  readonly documentFrame: Frame;
}

/** What is needed to look at a record a second time. */
export interface Origin {
  readonly context: ReadingContext;
  readonly source: RecordSource;
  /** The mended XML, where that of the file could not be read. */
  readonly mended: string | undefined;
}

/** Gives back the object that it is asked to construct, so that a subclass can add a private field to it. */
// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- only a constructor can do that
class Itself {
  constructor(object: object) {
    return object;
  }
}

/**
 * A private field on the record holds its origin: nobody sees it, copies do not have it, and the collector of garbage
 * does not mind, where a WeakMap with an entry for each record took a quarter of all reading time.
 */
class Marked extends Itself {
  #origin: Origin;

  constructor(record: object, origin: Origin) {
    super(record);
    this.#origin = origin;
  }

  static mark(record: object, origin: Origin): void {
    if (#origin in record) record.#origin = origin;
    else new Marked(record, origin);
  }

  static originOf(record: object): Origin | undefined {
    return #origin in record ? record.#origin : undefined;
  }
}

/** Lets a record that was made of another one be explained by it. */
export function shareOrigin(from: object, to: object): void {
  const origin = Marked.originOf(from);
  if (origin !== undefined) Marked.mark(to, origin);
}

export function rememberOrigin(record: object, origin: Origin): void {
  Marked.mark(record, origin);
}

/**
 * Says where a value of a record comes from: `explain(order, "lines[0].unitPrice.net")`.
 *
 * @returns undefined if the record was not read by this library, or is a copy: records are told by identity.
 */
export function explain(record: object, field: string): Explanation | undefined {
  const origin = Marked.originOf(record);
  if (origin === undefined) return undefined;
  const keys = fieldKeys(field);
  const value = keys.reduce<unknown>(
    (at, key) => (typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[key] : undefined),
    record,
  );
  const found = lookAgain(origin)?.(field);
  if (found === undefined)
    return {
      field,
      value,
      codec: value === undefined ? "none" : "derived",
      paths: [],
      path: undefined,
      at: undefined,
      raw: undefined,
      usedDefault: false,
    };
  return { field, value, ...found };
}

/** Gives problems the places in the file that they are about, or at least the record's. */
export function locateIssues(problems: readonly FieldProblem[], origin: Origin, key: string | undefined): Issue[] {
  const look = problems.length === 0 ? undefined : lookAgain(origin);
  return problems.map(({ code, severity, message, field, raw }) => {
    const found = field === "" ? undefined : look?.(field);
    const hint =
      code === "FIELD_MISSING" && found !== undefined && found.paths.length > 0 ? ` (${found.paths.join(" or ")})` : "";
    return {
      code,
      severity,
      message: message + hint,
      ...(key === undefined ? {} : { key }),
      ...(field === "" ? {} : { field }),
      ...(found?.path === undefined ? {} : { path: found.path }),
      at: found?.at ?? origin.source.at,
      ...(raw === undefined ? {} : { raw }),
    };
  });
}

type Look = (field: string) => Omit<Explanation, "field" | "value"> | undefined;

/** Reads the record again and answers for its fields. */
const ignore = (): void => undefined;

function lookAgain({ context, source, mended }: Origin): Look | undefined {
  const { mapping, tables, parent, documentFrame } = context;
  const traced = traceRecord(mapping.plan, mapping.shapes, parent, mended ?? source.raw(), source.index);
  const decoder = traced === undefined ? undefined : mapping.decoders.get(traced.scope);
  if (traced === undefined || decoder === undefined) return undefined;
  const run: Run = {
    frames: [documentFrame],
    indices: [],
    problems: [],
    tables,
    missingTables: new Set(),
    noteValue: ignore,
    trying: true,
  };
  run.frames[traced.scope] = traced.frame;
  return (field) => {
    run.indices.length = 0;
    const evidence = decoder.fields.evidence(run, fieldKeys(field));
    if (evidence === undefined) return undefined;
    const { codec, paths, found, raw, usedDefault } = evidence;
    const place = found === undefined ? undefined : traced.place(found.frame, found.slot);
    if (place === undefined) return { codec, paths, path: undefined, at: undefined, raw, usedDefault };
    const start = source.at;
    const at = {
      ...start,
      line: start.line + place.lines,
      column: place.lines === 0 ? start.column + place.columns : place.columns + 1,
      offset: start.offset + source.bytesBefore(place.units),
    };
    const path = found?.attribute === undefined ? place.path : `${place.path}/@${found.attribute}`;
    return { codec, paths, path, at, raw, usedDefault };
  };
}
