import type { Frame } from "../../xml/plan.ts";
import type { FieldProblem } from "../problem.ts";
import type { Found, Frames } from "./reference.ts";

/** What one record is decoded with. Reused from record to record. */
export interface Run {
  readonly frames: Frames;
  /** Positions in the lists that are being decoded, outermost first. */
  readonly indices: number[];
  readonly problems: FieldProblem[];
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, TableEntry>>;
  /** Told of words that a field does not know; `lines[].kind`. */
  readonly noteValue: (field: string, text: string) => void;
  /** Whether something is only tried, so that nothing is said of it. */
  trying: boolean;
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
