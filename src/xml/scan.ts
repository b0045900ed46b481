import { type Cursor, Fault, find, malformed, NOWHERE } from "./cursor.ts";
import type { Limits } from "./limits.ts";
import {
  type Attributes,
  checkAttributeNamespaces,
  MORE,
  newAttributes,
  readAttributes,
  readComment,
  readInstruction,
  skipDoctype,
  unfinished,
} from "./markup.ts";
import { type Capture, type Frame, type Plan, type Scope } from "./plan.ts";
import { elementPath, passes, type Pattern, type Shape, type Shapes } from "./shape.ts";
import { attributeData, characterData, checkCharacterData, checkCharacters, sectionData } from "./text.ts";

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const BRACKET = 91;
const SECTION_START = 9; // <![CDATA[
const SECTION_END = 3; // ]]>

/** Told of each captured value while tracing. Positions count bytes from the start of the window. */
export type Trace = (frame: Frame, capture: Capture, shape: Shape, from: number, to: number) => void;

export interface ScanOptions {
  readonly plan: Plan;
  readonly shapes: Shapes;
  readonly limits: Limits;
  readonly doctype: "refuse" | "skip";
  /** Called at the end of each record, whose bytes are those from `start` to `end` of the window. */
  readonly emit: (scope: number, frame: Frame, start: number, end: number) => void;
  readonly trace?: Trace;
}

/** Walks the tags of one document, window after window. */
export interface Scanner {
  /** Goes as far as the window allows. @throws {@link Fault} at the first thing that is not well-formed. */
  scan(w: Cursor): void;
  /** Element that the scan is in outside of records; the document's shape before the root and after it. */
  readonly current: Shape;
  /** Where the last fault happened: `/ORDERS/ORDER[3]/CODE`. */
  faultPath(records: number): string;
  /** Record that a fault or the window's end cut; it starts at the window's `keep`. */
  readonly record: Shape | undefined;
  readonly sawRoot: boolean;
  /** Name of the root element. */
  readonly root: string | undefined;
  /** The last element met that can hold records. */
  readonly recordParent: Shape | undefined;
  /** Goes on inside `parent` at the window's `keep`, whatever came before. */
  resume(parent: Shape): void;
  /** Values captured outside of records, so far. */
  readonly documentFrame: Frame;
}

export function createScanner({ plan, shapes, limits, doctype, emit, trace }: ScanOptions): Scanner {
  const { document } = shapes;
  const blanks = plan.scopes.map((scope: Scope): Frame => new Array<undefined>(scope.size).fill(undefined));
  /** The open frame of each scope. */
  const frames: Frame[] = blanks.map((blank) => blank.slice());
  const attributes: Attributes = newAttributes();
  let current: Shape = document;
  let previous: Shape = document;
  let record: Shape | undefined;
  let beforeRecord: Shape = document;
  let reached: Shape = document;
  let sawRoot = false;
  let root: string | undefined;
  let recordParent: Shape | undefined;
  let sawDoctype = false;
  /** Whether the element that was just entered has been read to its end. */
  let closed = false;
  /** Elements whose text is being collected piece by piece, outermost first. */
  const collecting: { readonly shape: Shape; text: string; from: number }[] = [];

  function scan(w: Cursor): void {
    const { bytes, view, text, end } = w;
    let at = w.keep;
    let element = current;
    let last = previous;
    // Inside a record, with no text being collected: nothing but the next tag matters.
    let quick = false;
    try {
      for (;;) {
        if (record === undefined) {
          keep(w, at);
          current = element;
          previous = last;
        }
        if (collecting.length > 0) at = collect(w, at);
        else {
          let byte = bytes[at];
          while (byte !== LESS) {
            if (byte === 10) {
              w.line++;
              w.lineStart = at + 1;
            } else if (byte !== 32 && byte !== 9 && byte !== 13) {
              at = passText(w, at, element);
              break;
            }
            byte = bytes[++at];
          }
        }
        if (at === MORE || at + 1 >= end) return suspend(w);
        if (record === undefined) keep(w, at);
        let byte = bytes[at + 1] ?? 0;

        if (byte === SLASH) {
          if (element.parent === undefined) throw malformed("a closing tag without an opening one", at);
          const next = matches(view, element.close, at, end) ? at + element.close.length : closeTag(w, at, element);
          if (next === MORE) return suspend(w);
          if (!element.bare) {
            leave(w, element, at, next);
            quick = isQuick();
          }
          last = element;
          element = element.parent;
          at = next;
          continue;
        }
        if (byte === BANG || byte === QUESTION) {
          at = byte === QUESTION ? readInstruction(w, at, limits) : declaration(w, at, element);
          if (at === MORE) return suspend(w);
          continue;
        }

        let shape = last === element ? element.first : last.next;
        let next = shape === undefined ? 0 : at + shape.open.length;
        if (
          shape === undefined ||
          !matches(view, shape.open, at, end) ||
          !((byte = bytes[next] ?? 0) === GREATER || byte === SLASH || byte <= 32)
        ) {
          next = nameEnd(w, at + 1, limits);
          if (next === MORE) return suspend(w);
          shape = childShape(element, text.slice(at + 1, next), at);
          if (last === element) element.first = shape;
          else last.next = shape;
          byte = bytes[next] ?? 0;
        }
        if (byte === GREATER && quick) {
          next++;
          if (shape.bare) {
            element = last = shape;
            at = next;
            continue;
          }
          if (shape.leafSlot >= 0) {
            const less = text.indexOf("<", next);
            if (less >= 0 && matches(view, shape.close, less, end)) {
              const frame = frames[shape.leafScope];
              const value = characterData(w, next, less);
              if (frame !== undefined && frame[shape.leafSlot] === undefined) frame[shape.leafSlot] = value;
              at = less + shape.close.length;
              last = shape;
              continue;
            }
          }
          next--;
        }

        if (element.parent === undefined && sawRoot) throw malformed("a second root element", at);
        if (byte === GREATER) {
          next++;
          attributes.count = 0;
          attributes.empty = false;
        } else {
          next = readAttributes(w, next, attributes, limits);
          if (next === MORE) return suspend(w);
          if (attributes.declarations.length > 0) shape = shapes.declared(shape, attributes.declarations);
          checkAttributeNamespaces(w, shape, attributes);
        }
        if (shape.problem !== undefined) throw malformed(shape.problem, at);
        closed = attributes.empty;
        if (!shape.bare) {
          next = enter(w, shape, element, last, next);
          if (next === MORE) return suspend(w);
          quick = isQuick();
        }
        at = next;
        last = shape;
        if (!closed) element = shape;
      }
    } catch (fault) {
      reached = element;
      throw fault;
    }
  }

  function isQuick(): boolean {
    return record !== undefined && collecting.length === 0 && trace === undefined;
  }

  /** An opening tag of which something is wanted. Gives where to go on; `closed` says whether its closing tag is past. */
  function enter(w: Cursor, shape: Shape, element: Shape, last: Shape, next: number): number {
    const captured = shape.captures.length > 0;
    const less = captured && !closed ? w.text.indexOf("<", next) : next;
    if (less < 0) return unfinished(w, next, "text", limits);
    // The tag is whole: from here on it must not be read again outside of a record.
    if (element.parent === undefined) {
      sawRoot = true;
      root = shapes.decodeName(shape.name);
    }
    if (shape.groups.length > 0) openFrames(shape);
    if (shape.attributes.length > 0) captureAttributes(w, shape);
    if (record === undefined) {
      if (shape.record >= 0) {
        record = shape;
        beforeRecord = last;
        current = recordParent = element;
      } else if (shape.holdsRecords) recordParent = shape;
    }
    if (closed) {
      if (captured) store(shape, "", next, next);
      if (shape.record >= 0) closeRecord(w, shape, next);
      return next;
    }
    if (!captured) return next;
    if (shape.record < 0 && collecting.length === 0) {
      const end = wholeText(w, shape, next, less);
      if (end !== MORE) {
        closed = true;
        return end;
      }
    }
    collecting.push({ shape, text: "", from: next });
    return next;
  }

  /** Text or one CDATA section, and nothing else, up to the closing tag. Gives the end of that; {@link MORE} if it is not so. */
  function wholeText(w: Cursor, shape: Shape, from: number, less: number): number {
    if (matches(w.view, shape.close, less, w.end)) {
      store(shape, characterData(w, from, less), from, less);
      return less + shape.close.length;
    }
    const section = less === from ? wholeSection(w, from, shape) : MORE;
    if (section === MORE) return MORE;
    store(shape, sectionData(w, from + SECTION_START, section), from + SECTION_START, section);
    return section + SECTION_END + shape.close.length;
  }

  function leave(w: Cursor, shape: Shape, at: number, end: number): void {
    if (shape.captures.length > 0) finishText(shape, at);
    if (shape.record >= 0) closeRecord(w, shape, end);
  }

  function childShape(element: Shape, name: string, at: number): Shape {
    if (element.depth >= limits.depth) throw new Fault("XML_LIMIT", `more than ${limits.depth} elements inside one another`, at);
    return shapes.child(element, name);
  }

  /** The window ends inside a token: whatever is not kept will be read again. */
  function suspend(w: Cursor): void {
    if (record === undefined) return;
    if (w.end - w.keep > limits.record) throw new Fault("XML_LIMIT", `record longer than ${limits.record} bytes`, w.keep);
    if (w.final) return;
    leaveRecord();
  }

  function leaveRecord(): void {
    previous = beforeRecord;
    record = undefined;
    collecting.length = 0;
  }

  function closeRecord(w: Cursor, shape: Shape, end: number): void {
    if (record !== shape) return;
    const frame = frames[shape.record];
    record = undefined;
    if (frame !== undefined) emit(shape.record, frame, w.keep, end);
  }

  function openFrames(shape: Shape): void {
    for (const scope of shape.groups) {
      const frame = (blanks[scope] ?? []).slice();
      frames[scope] = frame;
      const { parent, listSlot } = plan.scopes[scope] ?? { parent: -1, listSlot: -1 };
      const owner = frames[parent];
      if (owner === undefined) continue;
      const list = owner[listSlot] as Frame[] | undefined;
      if (list === undefined) owner[listSlot] = [frame];
      else list.push(frame);
    }
  }

  function store(shape: Shape, value: string, from: number, to: number): void {
    for (const capture of shape.captures) put(capture, value, shape, from, to);
  }

  function put(capture: Capture, value: string, shape: Shape, from: number, to: number): void {
    const frame = frames[capture.scope];
    if (frame === undefined) return;
    if (capture.many) {
      const list = frame[capture.slot] as string[] | undefined;
      if (list === undefined) frame[capture.slot] = [value];
      else list.push(value);
    } else if (frame[capture.slot] === undefined) frame[capture.slot] = value;
    else return;
    if (trace !== undefined) trace(frame, capture, shape, from, to);
  }

  function captureAttributes(w: Cursor, shape: Shape): void {
    for (const { test, capture } of shape.attributes)
      for (let index = 0; index < attributes.count; index++) {
        const name = attributes.names[index] ?? "";
        const colon = name.indexOf(":");
        const uri = colon < 0 ? "" : (shape.namespaces.get(name.slice(0, colon)) ?? "");
        if (!passes(test, uri, shapes.decodeName(name.slice(colon + 1)), plan.ignoreCase)) continue;
        const from = attributes.from[index] ?? 0;
        const to = attributes.to[index] ?? 0;
        w.nextReference = -1;
        put(capture, attributeData(w, from, to), shape, from, to);
      }
  }

  /** Adds text up to the next `<` to the elements that collect it. */
  function collect(w: Cursor, at: number): number {
    const less = w.text.indexOf("<", at);
    if (less < 0) return unfinished(w, at, "text", limits);
    if (less > at) addText(characterData(w, at, less));
    return less;
  }

  function addText(text: string): void {
    for (const entry of collecting) entry.text += text;
  }

  function finishText(shape: Shape, at: number): void {
    const entry = collecting.pop();
    if (entry !== undefined) store(shape, entry.text, entry.from, at);
  }

  /** Passes over text that nothing collects. */
  function passText(w: Cursor, at: number, element: Shape): number {
    if (at >= w.end) return MORE;
    if (element.parent === undefined) throw malformed("text outside the root element", at);
    const less = w.text.indexOf("<", at);
    if (less < 0) return unfinished(w, at, "text", limits);
    checkCharacterData(w, at, less);
    return less;
  }

  /** A comment, a CDATA section or a document type declaration. */
  function declaration(w: Cursor, at: number, element: Shape): number {
    const { text, end } = w;
    if (text.startsWith("<!--", at)) return readComment(w, at, limits);
    if (text.startsWith("<![CDATA[", at)) {
      if (element.parent === undefined) throw malformed("a CDATA section outside the root element", at);
      return section(w, at);
    }
    if (text.startsWith("<!DOCTYPE", at)) {
      if (doctype === "refuse") throw new Fault("XML_DOCTYPE", "a document type declaration is refused", at);
      if (element.parent !== undefined || sawRoot || sawDoctype) throw malformed("a misplaced document type declaration", at);
      const next = skipDoctype(w, at, limits);
      sawDoctype = next !== MORE;
      return next;
    }
    const head = text.slice(at, Math.min(end, at + SECTION_START));
    if (["<!--", "<![CDATA[", "<!DOCTYPE"].some((word) => word.startsWith(head))) return MORE;
    throw malformed('"<!" must start a comment, a CDATA section or a document type declaration', at);
  }

  function section(w: Cursor, at: number): number {
    const from = at + SECTION_START;
    const to = find(w, "]]>", from);
    if (to === NOWHERE) return unfinished(w, at, "CDATA section", limits);
    if (collecting.length > 0) addText(sectionData(w, from, to));
    else checkCharacters(w, from, to);
    return to + SECTION_END;
  }

  return {
    scan,
    get current() {
      return current;
    },
    faultPath(records) {
      return elementPath(reached, (shape) => {
        const scope = shape.groups[0];
        if (scope === undefined) return undefined;
        if (shape.record >= 0) return records + 1;
        const { parent, listSlot } = plan.scopes[scope] ?? { parent: -1, listSlot: -1 };
        return (frames[parent]?.[listSlot] as Frame[] | undefined)?.length;
      });
    },
    get record() {
      return record;
    },
    get sawRoot() {
      return sawRoot;
    },
    get root() {
      return root;
    },
    get recordParent() {
      return recordParent;
    },
    resume(parent) {
      leaveRecord();
      current = previous = parent;
      sawRoot = true;
    },
    get documentFrame() {
      return frames[0] ?? [];
    },
  };
}

function keep(w: Cursor, at: number): void {
  w.keep = at;
  w.keepLine = w.line;
  w.keepLineStart = w.lineStart;
}

function matches(view: DataView, pattern: Pattern, at: number, end: number): boolean {
  if (at + pattern.length > end) return false;
  const { words, count } = pattern;
  for (let index = 0, from = at; index < count; index++, from += 4) if (view.getInt32(from, true) !== words[index]) return false;
  return ((view.getInt32(at + pattern.tailAt, true) ^ pattern.tail) & pattern.tailMask) === 0;
}

/** End of a CDATA section that is all there is between the tags of `shape`; {@link MORE} if it is not. */
function wholeSection(w: Cursor, at: number, shape: Shape): number {
  if (w.bytes[at + 1] !== BANG || w.bytes[at + 2] !== BRACKET || !w.text.startsWith("CDATA[", at + 3)) return MORE;
  if (w.nextSectionEnd < at) w.nextSectionEnd = find(w, "]]>", at);
  const end = w.nextSectionEnd;
  return end !== NOWHERE && matches(w.view, shape.close, end + SECTION_END, w.end) ? end : MORE;
}

/** A closing tag that is not exactly `</NAME>`: with white space, cut by the window, or the wrong one. */
function closeTag(w: Cursor, at: number, element: Shape): number {
  const greater = w.text.indexOf(">", at);
  const name = w.text.slice(at + 2, greater < 0 ? w.end : greater);
  const expected = element.name;
  const rest = name.slice(expected.length);
  if (greater < 0 && name.length <= expected.length && expected.startsWith(name)) return MORE;
  if (name.startsWith(expected) && /^[ \t\r\n]*$/.test(rest)) {
    if (greater < 0) return MORE;
    for (let next = w.text.indexOf("\n", at); next >= 0 && next < greater; next = w.text.indexOf("\n", next + 1)) {
      w.line++;
      w.lineStart = next + 1;
    }
    return greater + 1;
  }
  throw malformed(`expected </${expected}>, got </${name.slice(0, 60).split(/[\s<]/)[0] ?? ""}>`, at);
}

/** End of a name that starts at `at`. */
function nameEnd(w: Cursor, at: number, limits: Limits): number {
  const { bytes, end } = w;
  let next = at;
  for (let byte = bytes[next] ?? 0; byte > 32 && byte !== GREATER && byte !== SLASH; byte = bytes[++next] ?? 0)
    if (byte === LESS || byte === 61) break;
  if (next - at > limits.name) throw new Fault("XML_LIMIT", `name longer than ${limits.name} bytes`, at);
  if (next >= end) return MORE;
  if (next === at) throw malformed('"<" must be written "&lt;" in text', at - 1);
  return next;
}
