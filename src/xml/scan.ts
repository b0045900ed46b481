import { createCaptures, type Trace } from "./capture.ts";
import { type Cursor, Fault, find, malformed, NOWHERE } from "./cursor.ts";
import type { Limits } from "./limits.ts";
import {
  type Attributes,
  checkAttributeNamespaces,
  checkLength,
  isDeclaration,
  MORE,
  newAttributes,
  readAttributes,
  readComment,
  readInstruction,
  skipDoctype,
  unfinished,
} from "./markup.ts";
import type { Frame, Plan } from "./plan.ts";
import { learnTag, type Walk, walkLearned } from "./quick.ts";
import { createDrift, type Drift } from "./drift.ts";
import {
  elementPath,
  matches,
  passes,
  type Pattern,
  type Shape,
  SCHEMA_INSTANCE_URI,
  type Shapes,
  XLINK_URI,
  XML_URI,
} from "./shape.ts";
import { attributeData, characterData, checkCharacterData, checkCharacters, sectionData } from "./text.ts";

const LESS = 60;
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const BRACKET = 91;
const SECTION_START = 9; // <![CDATA[
const SECTION_END = 3; // ]]>
/** Bytes shown of a closing tag that was not expected. */
const NAME_SHOWN = 60;

export interface ScanOptions {
  readonly plan: Plan;
  readonly shapes: Shapes;
  readonly limits: Limits;
  readonly doctype: "refuse" | "skip";
  /** Called at the end of each record, whose bytes are those from `start` to `end` of the window. */
  readonly emit: (scope: number, frame: Frame, start: number, end: number) => void;
  readonly trace?: Trace;
  readonly observe?: Observer | undefined;
  /** Told of what the plan does not know. */
  readonly drift?: Drift | undefined;
}

/** Told of what stands outside of records; for those who ask what a file looks like. */
export interface Observer {
  /** An opening tag of an element that the plan knows. */
  element(w: Cursor, shape: Shape, attributes: Attributes): void;
  /** A piece of text that nothing captures. */
  text(shape: Shape, text: string): void;
}

/** Walks the tags of one document, window after window. */
/**
 * How far a scan has come. A plain object rather than getters: literals with getters have a hidden class each, and
 * those keep everything that the getters see alive for longer than reading a small document takes.
 */
export interface ScanState {
  /** Element that the scan is in outside of records; the document's shape before the root and after it. */
  current: Shape;
  /** Element in which the last fault happened. */
  reached: Shape;
  /** Record that a fault or the window's end cut; it starts at the window's `keep`. */
  record: Shape | undefined;
  sawRoot: boolean;
  /** Name of the root element, one character a byte. */
  root: string | undefined;
  /** The last element met that can hold records. */
  recordParent: Shape | undefined;
  /** Values captured outside of records, so far. */
  readonly documentFrame: Frame;
}

export interface Scanner {
  readonly state: Readonly<ScanState>;
  /** Goes as far as the window allows. @throws {@link Fault} at the first thing that is not well-formed. */
  scan(w: Cursor): void;
  /** `/ORDERS/ORDER[3]/CODE`, as the frames stand now; `records` were complete before. */
  pathTo(shape: Shape, records: number): string;
  /** Goes on inside `parent` at the window's `keep`, whatever came before. */
  resume(parent: Shape): void;
}

export function createScanner(options: ScanOptions): Scanner {
  const { plan, shapes, limits, doctype, emit, trace, observe, drift = createDrift() } = options;
  const { document } = shapes;
  const captures = createCaptures(plan, trace);
  const { frames, collecting, store, put } = captures;
  const attributes: Attributes = newAttributes();
  const state: ScanState = {
    current: document,
    reached: document,
    record: undefined,
    sawRoot: false,
    root: undefined,
    recordParent: undefined,
    documentFrame: frames[0] ?? [],
  };
  let previous: Shape = document;
  let beforeRecord: Shape = document;
  let sawDoctype = false;
  /** Whether the element that was just entered has been read to its end. */
  let closed = false;
  /** Element whose text is being read while the walk is still in front of it. */
  let reading: Shape | undefined;

  function scan(w: Cursor): void {
    const { bytes, view, text, end } = w;
    const walk: Walk = { at: w.keep, element: state.current, last: previous, reading: undefined };
    let { at, element, last } = walk;
    // Inside a record, with no text being collected: what has been learned may be walked at once.
    let quick = false;
    let opening: Shape | undefined;
    try {
      for (;;) {
        if (quick) {
          walk.at = at;
          walk.element = element;
          walk.last = last;
          walkLearned(w, walk, captures, drift);
          ({ at, element, last } = walk);
        } else if (state.record === undefined) {
          keep(w, at);
          state.current = element;
          previous = last;
        }
        let lead = quick ? at : -1;
        if (collecting.length > 0) at = collect(w, at);
        else {
          let byte = bytes[at];
          while (byte !== LESS) {
            if (byte === 10) {
              w.line++;
              w.lineStart = at + 1;
            } else if (byte !== 32 && byte !== 9 && byte !== 13) {
              at = passText(w, at, element);
              lead = -1;
              break;
            }
            byte = bytes[++at];
          }
        }
        if (at === MORE || at + 1 >= end) {
          suspend(w);
          return;
        }
        if (state.record === undefined) keep(w, at);
        let byte = bytes[at + 1] ?? 0;

        if (byte === SLASH) {
          if (element.parent === undefined) throw malformed("a closing tag without an opening one", at);
          const exact = within(view, element.close, at, end);
          const next = exact ? at + element.close.length : closeTag(w, at, element, shapes);
          if (next === MORE) {
            suspend(w);
            return;
          }
          if (lead >= 0 && exact && element.opens) learnTag(w, element, "tail", lead, next);
          if (!element.bare) {
            leave(w, element, at, next);
            quick = isQuick(w);
          }
          last = element;
          element = element.parent;
          at = next;
          continue;
        }
        if (byte === BANG || byte === QUESTION) {
          at = byte === QUESTION ? readInstruction(w, at, limits) : declaration(w, at, element);
          if (at === MORE) {
            suspend(w);
            return;
          }
          continue;
        }

        let shape = last === element ? element.first : last.next;
        let next = shape === undefined ? 0 : at + shape.open.length;
        if (
          shape === undefined ||
          !within(view, shape.open, at, end) ||
          !((byte = bytes[next] ?? 0) === GREATER || byte === SLASH || byte <= 32)
        ) {
          next = nameEnd(w, at + 1, limits);
          if (next === MORE) {
            suspend(w);
            return;
          }
          shape = childShape(element, text.slice(at + 1, next), at);
          if (last === element) element.first = shape;
          else last.next = shape;
          byte = bytes[next] ?? 0;
        }
        if (lead >= 0) {
          if (byte === GREATER) learnTag(w, shape, "lead", lead, next + 1);
          else if (byte === SLASH && bytes[next + 1] === GREATER) learnTag(w, shape, "hollow", lead, next + 2);
        }

        if (element.parent === undefined && state.sawRoot) throw malformed("a second root element", at);
        opening = shape;
        if (byte === GREATER) {
          next++;
          attributes.count = 0;
          attributes.empty = false;
        } else {
          next = readAttributes(w, next, attributes, limits);
          if (next === MORE) {
            suspend(w);
            return;
          }
          if (attributes.declarations.length > 0) {
            shape = shapes.declared(shape, attributes.declarations);
            if (shape.namespaces.size > limits.attributes)
              throw new Fault("XML_LIMIT", `more than ${limits.attributes} namespaces`, at);
          }
          checkAttributeNamespaces(w, shape, attributes);
          if (attributes.count > 0 && shape.steps.length > 0) noteAttributes(shape);
        }
        if (shape.problem !== undefined) throw malformed(shape.problem, at);
        closed = attributes.empty;
        if (!shape.bare) {
          next = enter(w, shape, element, last, next);
          if (next === MORE) {
            suspend(w);
            return;
          }
          quick = isQuick(w);
        }
        if (shape.unknown) noteUnknown(shape);
        opening = undefined;
        at = next;
        last = shape;
        if (!closed) element = shape;
      }
    } catch (fault) {
      state.reached = walk.reading ?? reading ?? element;
      reading = undefined;
      if (opening !== undefined && opening.record >= 0 && state.record === undefined)
        enterRecord(opening, element, last);
      throw fault;
    }
  }

  function isQuick(w: Cursor): boolean {
    // A window that can hold a text over the limit is not walked at once: that would not notice.
    return state.record !== undefined && collecting.length === 0 && trace === undefined && w.end <= limits.text;
  }

  /** An opening tag of which something is wanted. Gives where to go on; `closed` says whether its closing tag is past. */
  function enter(w: Cursor, shape: Shape, element: Shape, last: Shape, next: number): number {
    const captured = shape.captures.length > 0;
    const less = captured && !closed ? w.text.indexOf("<", next) : next;
    if (less < 0) return unfinished(w, next, "text", limits);
    if (captured && !closed) checkLength(next, less, "text", limits);
    // The tag is whole: from here on it must not be read again outside of a record.
    if (element.parent === undefined) {
      state.sawRoot = true;
      state.root = shape.name;
    }
    if (shape.groups.length > 0) captures.open(shape);
    if (shape.attributes.length > 0) captureAttributes(w, shape);
    if (observe !== undefined) observe.element(w, shape, attributes);
    if (state.record === undefined) {
      if (shape.record >= 0) {
        enterRecord(shape, element, last);
      } else if (shape.holdsRecords) state.recordParent = shape;
    }
    if (closed) {
      if (captured) store(shape, "", next, next);
      if (shape.record >= 0) closeRecord(w, shape, next);
      return next;
    }
    if (!captured) return next;
    if (shape.record < 0 && collecting.length === 0) {
      reading = shape;
      const end = wholeText(w, shape, next, less);
      reading = undefined;
      if (end !== MORE) {
        closed = true;
        return end;
      }
    }
    collecting.push({ shape, text: "", from: next, before: "" });
    return next;
  }

  function enterRecord(shape: Shape, element: Shape, last: Shape): void {
    state.record = shape;
    captures.begin();
    beforeRecord = last;
    state.current = state.recordParent = element;
  }

  /** Text or one CDATA section, and nothing else, up to the closing tag. Gives the end of that; {@link MORE} if it is not so. */
  function wholeText(w: Cursor, shape: Shape, from: number, less: number): number {
    if (within(w.view, shape.close, less, w.end)) {
      store(shape, characterData(w, from, less), from, less);
      return less + shape.close.length;
    }
    const section = less === from ? wholeSection(w, from, shape) : MORE;
    if (section === MORE) return MORE;
    checkLength(from, section + SECTION_END, "CDATA section", limits);
    store(shape, sectionData(w, from + SECTION_START, section), from + SECTION_START, section);
    return section + SECTION_END + shape.close.length;
  }

  function leave(w: Cursor, shape: Shape, at: number, end: number): void {
    if (shape.captures.length > 0) captures.finish(shape, at);
    if (shape.record >= 0) closeRecord(w, shape, end);
  }

  function childShape(element: Shape, name: string, at: number): Shape {
    if (element.depth >= limits.depth)
      throw new Fault("XML_LIMIT", `more than ${limits.depth} elements inside one another`, at);
    return shapes.child(element, name);
  }

  /** The window ends inside a token: whatever is not kept will be read again. */
  function suspend(w: Cursor): void {
    checkSize(w, w.end);
    if (state.record !== undefined && !w.final) leaveRecord();
  }

  function leaveRecord(): void {
    drift.undo();
    // A record that is the root element will be met again.
    if (state.record?.parent === document) state.sawRoot = false;
    previous = beforeRecord;
    state.record = undefined;
    captures.undo();
  }

  /** Checks what is kept in memory: a record, or one tag outside of records. */
  function checkSize(w: Cursor, end: number): void {
    if (end - w.keep <= limits.record) return;
    throw new Fault(
      "XML_LIMIT",
      `${state.record === undefined ? "tag" : "record"} longer than ${limits.record} bytes`,
      w.keep,
    );
  }

  function closeRecord(w: Cursor, shape: Shape, end: number): void {
    if (state.record !== shape) return;
    checkSize(w, end);
    const frame = frames[shape.record];
    state.record = undefined;
    drift.commit();
    if (frame !== undefined) emit(shape.record, frame, w.keep, end);
  }

  function noteUnknown(shape: Shape): void {
    if (shape.met === drift.serial) return;
    // Outside of records, it matters only where a record might have been.
    if (state.record === undefined && shape.parent?.holdsRecords !== true) return;
    drift.meet(shape);
    if (state.record === undefined) drift.commit();
  }

  function noteAttributes(shape: Shape): void {
    if (state.record === undefined && shape.record < 0) return;
    for (let index = 0; index < attributes.count; index++) {
      const name = attributes.names[index] ?? "";
      let foreign = shape.named.get(name);
      if (foreign === undefined && !shape.named.has(name)) {
        foreign = isForeign(shape, name) ? { shape, name, met: 0, count: 0, counter: undefined } : undefined;
        if (shape.named.size < limits.attributes) shape.named.set(name, foreign);
      }
      if (foreign !== undefined && foreign.met !== drift.serial) drift.meet(foreign);
    }
  }

  /** Whether an attribute is none that the plan asks for, nor one of XML, of links or of schemas. */
  function isForeign(shape: Shape, name: string): boolean {
    if (isDeclaration(name)) return false;
    const colon = name.indexOf(":");
    const uri = colon < 0 ? "" : (shape.namespaces.get(name.slice(0, colon)) ?? "");
    if (uri === XML_URI || uri === SCHEMA_INSTANCE_URI || uri === XLINK_URI) return false;
    const local = shapes.decodeName(name.slice(colon + 1));
    return !shape.attributes.some(({ test }) => passes(test, uri, local, plan.ignoreCase));
  }

  function captureAttributes(w: Cursor, shape: Shape): void {
    for (const { test, capture } of shape.attributes)
      for (let index = 0; index < attributes.count; index++) {
        const name = attributes.names[index] ?? "";
        if (isDeclaration(name)) continue;
        const colon = name.indexOf(":");
        const uri = colon < 0 ? "" : (shape.namespaces.get(name.slice(0, colon)) ?? "");
        if (!passes(test, uri, shapes.decodeName(name.slice(colon + 1)), plan.ignoreCase)) continue;
        const from = attributes.from[index] ?? 0;
        const to = attributes.to[index] ?? 0;
        put(capture, attributeData(w, from, to), shape, from, to);
      }
  }

  /** Adds text up to the next `<` to the elements that collect it. */
  function collect(w: Cursor, at: number): number {
    const less = w.text.indexOf("<", at);
    // Text must not be added before the next window if what follows is read again in it.
    if (less < 0 || less + 1 >= w.end) return unfinished(w, at, "text", limits);
    if (less > at) {
      checkLength(at, less, "text", limits);
      addText(characterData(w, at, less), at);
    }
    return less;
  }

  function addText(text: string, at: number): void {
    captures.add(text);
    if ((collecting[0]?.text.length ?? 0) > limits.text)
      throw new Fault("XML_LIMIT", `text longer than ${limits.text} bytes`, at);
  }

  /** Passes over text that nothing collects. */
  function passText(w: Cursor, at: number, element: Shape): number {
    if (at >= w.end) return MORE;
    if (element.parent === undefined) throw malformed("text outside the root element", at);
    const less = w.text.indexOf("<", at);
    if (less < 0) return unfinished(w, at, "text", limits);
    checkLength(at, less, "text", limits);
    // A window that ends right behind the text will show it again.
    if (observe !== undefined && less + 1 < w.end) observe.text(element, characterData(w, at, less));
    else checkCharacterData(w, at, less);
    return less;
  }

  /** A comment, a CDATA section or a document type declaration. */
  function declaration(w: Cursor, at: number, element: Shape): number {
    const { text, end } = w;
    if (text.startsWith("<!--", at)) return readComment(w, at, limits);
    if (text.startsWith("<![CDATA[", at)) {
      if (element.parent === undefined) throw malformed("a CDATA section outside the root element", at);
      return section(w, at, element);
    }
    if (text.startsWith("<!DOCTYPE", at)) {
      if (doctype === "refuse") throw new Fault("XML_DOCTYPE", "a document type declaration is refused", at);
      if (element.parent !== undefined || state.sawRoot || sawDoctype)
        throw malformed("a misplaced document type declaration", at);
      const next = skipDoctype(w, at, limits);
      sawDoctype = next !== MORE;
      return next;
    }
    const head = text.slice(at, Math.min(end, at + SECTION_START));
    if (["<!--", "<![CDATA[", "<!DOCTYPE"].some((word) => word.startsWith(head))) return MORE;
    throw malformed('"<!" must start a comment, a CDATA section or a document type declaration', at);
  }

  function section(w: Cursor, at: number, element: Shape): number {
    const from = at + SECTION_START;
    const to = find(w, "]]>", from);
    if (to === NOWHERE) return unfinished(w, at, "CDATA section", limits);
    checkLength(at, to + SECTION_END, "CDATA section", limits);
    if (collecting.length > 0) addText(sectionData(w, from, to), at);
    else if (observe !== undefined) observe.text(element, sectionData(w, from, to));
    else checkCharacters(w, from, to);
    return to + SECTION_END;
  }

  return {
    state,
    scan,
    pathTo(target, records) {
      return elementPath(target, shapes.decodeName, (shape) => {
        const [scope] = shape.groups;
        if (scope === undefined) return undefined;
        return shape.record >= 0 ? records + 1 : captures.listed(scope);
      });
    },
    resume(parent) {
      if (state.record === undefined) collecting.length = 0;
      else leaveRecord();
      state.current = previous = parent;
      state.sawRoot = true;
    },
  };
}

function keep(w: Cursor, at: number): void {
  w.keep = at;
  w.keepLine = w.line;
  w.keepLineStart = w.lineStart;
}

/** Whether the pattern stands at a position, wholly inside the window. */
function within(view: DataView, pattern: Pattern, at: number, end: number): boolean {
  return at + pattern.length <= end && matches(view, pattern, at);
}

/** End of a CDATA section that is all there is between the tags of `shape`; {@link MORE} if it is not. */
function wholeSection(w: Cursor, at: number, shape: Shape): number {
  if (w.bytes[at + 1] !== BANG || w.bytes[at + 2] !== BRACKET || !w.text.startsWith("CDATA[", at + 3)) return MORE;
  if (w.nextSectionEnd < at) w.nextSectionEnd = find(w, "]]>", at);
  const end = w.nextSectionEnd;
  return end !== NOWHERE && within(w.view, shape.close, end + SECTION_END, w.end) ? end : MORE;
}

/** A closing tag that is not exactly `</NAME>`: with white space, cut by the window, or the wrong one. */
function closeTag(w: Cursor, at: number, element: Shape, { decodeName }: Shapes): number {
  const greater = w.text.indexOf(">", at);
  const name = w.text.slice(at + 2, greater < 0 ? w.end : greater);
  const expected = element.name;
  const rest = name.slice(expected.length);
  if (greater < 0 && name.length <= expected.length && expected.startsWith(name)) return MORE;
  if (greater < 0 && !w.final && name.length < NAME_SHOWN && !/[ \t\r\n<]/.test(name)) return MORE;
  if (name.startsWith(expected) && /^[ \t\r\n]*$/.test(rest)) {
    if (greater < 0) return MORE;
    for (let next = w.text.indexOf("\n", at); next >= 0 && next < greater; next = w.text.indexOf("\n", next + 1)) {
      w.line++;
      w.lineStart = next + 1;
    }
    return greater + 1;
  }
  const got = name.slice(0, NAME_SHOWN).split(/[ \t\r\n<]/)[0] ?? "";
  throw malformed(`expected </${decodeName(expected)}>, got </${decodeName(got)}>`, at);
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
  checkCharacters(w, at, next);
  return next;
}
