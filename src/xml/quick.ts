import type { Captures } from "./capture.ts";
import type { Cursor } from "./cursor.ts";
import { matches, pattern, type Shape } from "./shape.ts";
import { characterData, checkCharacterData } from "./text.ts";

const LESS = 60;

/** How far a walk has come. */
export interface Walk {
  at: number;
  /** Element that the walk is in. */
  element: Shape;
  /** Child of it that ended last; itself if none has. */
  last: Shape;
  /** Element whose text was read last. */
  reading: Shape | undefined;
}

/**
 * Goes on inside a record as long as the file repeats what it has shown before: the white space, tag after tag, that
 * the shapes have learned. Compares four bytes at a time, and stops, with nothing half done, in front of the first
 * thing that is not as expected; {@link Scanner.scan} reads that, and learns it.
 */
export function walkLearned(w: Cursor, walk: Walk, { frames, open }: Captures): void {
  const { bytes, view, text, end } = w;
  let { at, element, last } = walk;
  for (;;) {
    const shape = last === element ? element.first : last.next;
    if (shape !== undefined) {
      const { lead, hollow } = shape;
      if (lead !== undefined && matches(view, lead, at, end)) {
        const from = at + lead.length;
        if (shape.leafSlot >= 0 || (shape.bare && (bytes[from] ?? 0) > 32 && bytes[from] !== LESS)) {
          const less = text.indexOf("<", from);
          if (less < 0 || !matches(view, shape.close, less, end)) break;
          if (lead.lines > 0) countLines(w, at, lead.lines, lead.lastLine);
          if (shape.leafSlot >= 0) {
            walk.reading = shape;
            const value = characterData(w, from, less);
            const frame = frames[shape.leafScope];
            if (frame !== undefined && frame[shape.leafSlot] === undefined) frame[shape.leafSlot] = value;
          } else {
            walk.reading = shape;
            checkCharacterData(w, from, less);
          }
          at = less + shape.close.length;
          last = shape;
          continue;
        }
        if (!shape.opens) break;
        if (lead.lines > 0) countLines(w, at, lead.lines, lead.lastLine);
        if (shape.groups.length > 0) open(shape);
        element = last = shape;
        at = from;
        continue;
      }
      if (hollow !== undefined && matches(view, hollow, at, end)) {
        if (shape.leafSlot >= 0) {
          const frame = frames[shape.leafScope];
          if (frame !== undefined && frame[shape.leafSlot] === undefined) frame[shape.leafSlot] = "";
        } else if (!shape.bare) break;
        if (hollow.lines > 0) countLines(w, at, hollow.lines, hollow.lastLine);
        at += hollow.length;
        last = shape;
        continue;
      }
    }
    const { tail, parent } = element;
    if (!element.opens || parent === undefined || tail === undefined || !matches(view, tail, at, end)) break;
    if (tail.lines > 0) countLines(w, at, tail.lines, tail.lastLine);
    at += tail.length;
    last = element;
    element = parent;
  }
  walk.reading = undefined;
  walk.at = at;
  walk.element = element;
  walk.last = last;
}

function countLines(w: Cursor, at: number, lines: number, lastLine: number): void {
  w.line += lines;
  w.lineStart = at + lastLine;
}

/** White space longer than this is not worth remembering. */
const LEAD_BYTES = 64;

/** Remembers a tag with the white space before it, from `from` to `to`. */
export function learnTag(w: Cursor, shape: Shape, kind: "lead" | "hollow" | "tail", from: number, to: number): void {
  const known = shape[kind];
  if (to - from > LEAD_BYTES || (known !== undefined && matches(w.view, known, from, w.end))) return;
  shape[kind] = pattern(w.text.slice(from, to));
}
