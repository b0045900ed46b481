import { advance, createCursor, decodeBytes, Fault, locate } from "./cursor.ts";
import { defaultLimits } from "./limits.ts";
import type { Frame, Plan } from "./plan.ts";
import { wrap } from "./recover.ts";
import { createScanner } from "./scan.ts";
import type { Shape, ShapeStore } from "./shape.ts";

/** Where in a record's XML a captured text stands. */
export interface TracedPlace {
  /** `/ORDERS/ORDER[3]/CODE`. */
  readonly path: string;
  /** UTF-16 units before it, counted from the start of the record. */
  readonly units: number;
  /** Line ends before it in the record. */
  readonly lines: number;
  /** UTF-16 units before it in its line; in the record's first line, from the start of the record. */
  readonly columns: number;
}

/** A record read a second time, with places. */
export interface TracedRecord {
  readonly scope: number;
  readonly frame: Frame;
  place(frame: Frame, slot: number): TracedPlace | undefined;
}

/**
 * Reads the XML of one record again, as it stands below `parent`, and notes where each text was. Much slower than the
 * first reading: meant for the one record that somebody has a question about.
 *
 * @returns undefined if the XML is not well-formed or holds no record.
 */
export function traceRecord(
  plan: Plan,
  shapes: ShapeStore,
  parent: Shape,
  xml: string,
  index: number,
): TracedRecord | undefined {
  const learned = shapes("utf-8");
  const { before, text } = wrap(parent, learned.decodeName, xml);
  const w = createCursor("utf-8");
  const places = new Map<Frame, Map<number, TracedPlace>>();
  const start = new TextEncoder().encode(before).length;
  let found: { scope: number; frame: Frame } | undefined;
  const scanner = createScanner({
    plan,
    shapes: learned,
    limits: { ...defaultLimits, record: Number.MAX_SAFE_INTEGER },
    doctype: "refuse",
    emit(scope, frame) {
      found ??= { scope, frame };
    },
    trace(frame, { slot }, shape, from) {
      const { line, column } = locate(w, from);
      const place = {
        path: scanner.pathTo(shape, index),
        units: decodeBytes(w, start, from).length,
        lines: line - 1,
        columns: line === 1 ? column - 1 - before.length : column - 1,
      };
      const known = places.get(frame);
      if (known === undefined) places.set(frame, new Map([[slot, place]]));
      else known.set(slot, place);
    },
  });
  advance(w, new TextEncoder().encode(text));
  w.final = true;
  try {
    scanner.scan(w);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return undefined;
  }
  if (found === undefined) return undefined;
  return { ...found, place: (frame, slot) => places.get(frame)?.get(slot) };
}
