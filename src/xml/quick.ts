import type { Captures } from "./capture.ts";
import { type Cursor, LEARNED_BYTES } from "./cursor.ts";
import type { Drift } from "./drift.ts";
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
 * the shapes have learned. Compares eight bytes at a time, and stops, with nothing half done, in front of the first
 * thing that is not as expected; {@link Scanner.scan} reads that, and learns it.
 */
export function walkLearned(w: Cursor, walk: Walk, { frames, open }: Captures, drift: Drift): void {
  const { bytes, view, text } = w;
  let { at, element, last } = walk;
  for (;;) {
    const shape = last === element ? element.first : last.next;
    if (shape !== undefined) {
      const { lead, hollow } = shape;
      if (lead !== undefined && matches(view, lead, at)) {
        const from = at + lead.length;
        if (shape.leafSlot >= 0 || (shape.bare && (bytes[from] ?? 0) > 32 && bytes[from] !== LESS)) {
          if (shape.unknown && shape.met !== drift.serial) drift.meet(shape);
          const { usual } = shape;
          if (usual !== undefined && matches(view, usual.bytes, from)) {
            if (lead.lines > 0) countLines(w, at, lead.lines, lead.lastLine);
            const frame = frames[shape.leafScope];
            if (frame !== undefined && frame[shape.leafSlot] === undefined) frame[shape.leafSlot] = usual.text;
            at = from + usual.bytes.length;
            last = shape;
            continue;
          }
          const less = text.indexOf("<", from);
          if (less < 0 || !matches(view, shape.close, less)) break;
          if (lead.lines > 0) countLines(w, at, lead.lines, lead.lastLine);
          walk.reading = shape;
          at = less + shape.close.length;
          if (shape.leafSlot >= 0) {
            const value = characterData(w, from, less);
            const frame = frames[shape.leafScope];
            if (frame !== undefined && frame[shape.leafSlot] === undefined) frame[shape.leafSlot] = value;
            if (shape.repeats.tries > 0) learnText(w, shape, value, from, less, at);
          } else checkCharacterData(w, from, less);
          last = shape;
          continue;
        }
        if (!shape.opens) break;
        if (shape.unknown && shape.met !== drift.serial) drift.meet(shape);
        if (lead.lines > 0) countLines(w, at, lead.lines, lead.lastLine);
        if (shape.groups.length > 0) open(shape);
        element = last = shape;
        at = from;
        continue;
      }
      if (hollow !== undefined && matches(view, hollow, at)) {
        if (shape.leafSlot >= 0) {
          const frame = frames[shape.leafScope];
          if (frame !== undefined && frame[shape.leafSlot] === undefined) frame[shape.leafSlot] = "";
        } else if (!shape.bare) break;
        if (shape.unknown && shape.met !== drift.serial) drift.meet(shape);
        if (hollow.lines > 0) countLines(w, at, hollow.lines, hollow.lastLine);
        at += hollow.length;
        last = shape;
        continue;
      }
    }
    const { tail, parent } = element;
    if (!element.opens || parent === undefined || tail === undefined || !matches(view, tail, at)) break;
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

/** Remembers a tag with the white space before it, from `from` to `to`. */
export function learnTag(w: Cursor, shape: Shape, kind: "lead" | "hollow" | "tail", from: number, to: number): void {
  const known = shape[kind];
  if (to - from > LEARNED_BYTES || (known !== undefined && matches(w.view, known, from))) return;
  shape[kind] = pattern(w.text.slice(from, to));
}

/**
 * Remembers a text that comes again and again, such as a currency, with the closing tag behind it. A text counts as
 * come again if its length and its first four bytes are those of the one before; few tries are made, so that texts that
 * only look alike cost nothing in the long run.
 */
function learnText(w: Cursor, shape: Shape, value: string, from: number, less: number, end: number): void {
  const { repeats } = shape;
  const word = w.view.getInt32(from, true);
  const again = repeats.length === less - from && repeats.word === word;
  repeats.length = less - from;
  repeats.word = word;
  if (!again || end - from > LEARNED_BYTES || value.includes("\n")) return;
  repeats.tries--;
  shape.usual = { bytes: pattern(w.text.slice(from, end)), text: value };
}
