import type { XmlError } from "../errors.ts";
import { type Issue } from "../errors.ts";
import type { Encoding } from "./charset.ts";
import { advance, createCursor, type Cursor, decodeBytes, Fault, faultError, locate } from "./cursor.ts";
import { type Decoding, decodingOf, mismatchIssue } from "./input.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { DECLARATION_BYTES, readDeclaration } from "./markup.ts";
import type { Frame, Plan } from "./plan.ts";
import { createDrift } from "./drift.ts";
import { expectedParent, keepFrom, nextRecord, recordBoundary } from "./recover.ts";
import { createScanner, type Observer, type Scanner } from "./scan.ts";
import type { Shape, ShapeStore } from "./shape.ts";
import { recordSource, type RecordSource } from "./source.ts";

/** Larger windows run out of the processor's cache. */
const WINDOW_BYTES = 64 * 1024;
/** Less than this is not worth another look at a record that the last window cut. */
const STEP_BYTES = 4 * 1024;
/** The encoding is decided from this much, however the file was cut on its way. */
const HEAD_BYTES = 64 * 1024;
/** The first window is never smaller: the XML declaration is whole in it, in UTF-16 too. */
const START_BYTES = 1024;

/**
 * What becomes of a record that is not well-formed. `stop`: an exception. `quarantine`: an issue instead of the
 * record, and its neighbours go on. `repair`: the record read leniently, with a warning that says what was mended.
 */
export type MalformedPolicy = "stop" | "quarantine" | "repair";

export interface ReaderOptions {
  /** Shown in locations. */
  readonly file?: string | undefined;
  /** What the transport says of the encoding: a `charset` of HTTP, a setting of the host. */
  readonly encoding?: Encoding | undefined;
  /** The bytes are those of a text in UTF-8: whatever its XML declaration says of an encoding does not count. */
  readonly isText?: boolean | undefined;
  /** Encoding of files that state none. */
  readonly presetEncoding?: Encoding | undefined;
  /** @defaultValue "quarantine" */
  readonly malformed?: MalformedPolicy | undefined;
  /** `skip` passes over a document type declaration without acting on it. @defaultValue "refuse" */
  readonly doctype?: "refuse" | "skip" | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Bytes looked at in one go; for tuning and for tests. Results do not depend on it. @defaultValue 65_536 */
  readonly windowBytes?: number | undefined;
}

/** What the reader tells while it reads. Windows of the file are overwritten: take what you need before you return. */
export interface ReaderEvents {
  record(scope: number, frame: Frame, source: RecordSource): void;
  /** A record that is not well-formed, and the element around it. */
  damagedRecord(issue: Issue, source: RecordSource, record: Shape): void;
  /** Something is wrong with the file around the records. */
  damagedFile(issue: Issue): void;
}

/** Takes the bytes of one document as they come. */
export interface Reader {
  /** @throws {@link XmlError} if the file cannot be read on. */
  write(chunk: Uint8Array): void;
  /** @throws {@link XmlError} if the file cannot be read. */
  end(): void;
  /** Values captured outside of records, so far. */
  readonly documentFrame: Frame;
  /** Encoding of the file, once it is known. */
  readonly encoding: Encoding | undefined;
  /** Name of the root element, once it was met. */
  readonly root: string | undefined;
  /** Element that holds the records, once it was met: if it never is, the file is not of the expected kind. */
  readonly recordParent: Shape | undefined;
  /** Places of records that the plan does not know, each with how many records have it. */
  drift(): ReadonlyMap<string, number>;
}

interface Open {
  readonly w: Cursor;
  readonly scanner: Scanner;
  readonly decoding: Decoding;
  readonly decodeName: (name: string) => string;
  readonly expectedParent: () => Shape | undefined;
}

/** `shapes` should be kept with the plan: what one document taught makes the next one faster. */
export function createReader(
  plan: Plan,
  shapes: ShapeStore,
  events: ReaderEvents,
  options: ReaderOptions & { readonly observe?: Observer | undefined } = {},
): Reader {
  const limits = { ...defaultLimits, ...options.limits };
  const stops = options.malformed === "stop";
  const windowBytes = options.windowBytes ?? WINDOW_BYTES;
  const drift = createDrift();
  const pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let wanted = HEAD_BYTES;
  let open: Open | undefined;
  let records = 0;
  /** A fault inside a record whose end is still to come. */
  let damage: Issue | undefined;
  /** Looking for the next record behind a fault outside of records. */
  let seeking = false;
  let over = false;

  function feed(bytes: Uint8Array, final: boolean): void {
    const starting = open === undefined;
    open ??= begin(bytes.subarray(0, HEAD_BYTES));
    const { w, scanner, decoding } = open;
    const chunk = decoding.convert(starting ? bytes.subarray(decoding.skip) : bytes, final);
    let from = 0;
    do {
      // A record that outgrows the window is read again from its start: each time with half as much again.
      const to = from + Math.max(windowBytes, starting && from === 0 ? START_BYTES : 0, (w.end - w.keep) >> 1);
      advance(w, chunk.subarray(from, to));
      w.final = final && to >= chunk.length;
      if (starting && from === 0) start(w);
      try {
        run(w, scanner);
      } finally {
        publish(open);
      }
      if (over) return;
      from = to;
    } while (from < chunk.length);
    wanted = Math.max(Math.min(STEP_BYTES, windowBytes), (w.end - w.keep) >> 1);
  }

  function begin(head: Uint8Array): Open {
    const decoding = decodingOf(head, {
      transport: options.encoding,
      preset: options.presetEncoding,
      isText: options.isText,
    });
    if (decoding.mismatch !== undefined) events.damagedFile(mismatchIssue(decoding.mismatch, options.file));
    const w = createCursor(decoding.encoding, options.file);
    w.base = decoding.original === decoding.encoding ? decoding.skip : 0;
    const learned = shapes(decoding.encoding, limits);
    const emit = (scope: number, frame: Frame, from: number, to: number): void => {
      reader.recordParent = scanner.state.recordParent;
      events.record(scope, frame, recordSource(w, records++, from, to));
    };
    const { doctype = "refuse", observe } = options;
    const scanner = createScanner({ plan, shapes: learned, limits, doctype, emit, observe, drift });
    reader.documentFrame = scanner.state.documentFrame;
    reader.encoding = decoding.original;
    return {
      w,
      scanner,
      decoding,
      decodeName: learned.decodeName,
      expectedParent: () => expectedParent(learned, plan),
    };
  }

  /** What only the very start of a document can hold, and what no XML document starts with. */
  function start(w: Cursor): void {
    if (!/^<\?xml\s|^<[A-Za-z_](?!tml[\s>])/.test(w.text.slice(0, 6))) checkHead(w);
    const from = w.text.search(/[^ \t\r\n]/);
    if (from < 0 || from > DECLARATION_BYTES) return;
    try {
      const next = readDeclaration(w, from);
      if (next === from) return;
      if (from > 0)
        fileFault(w, new Fault("XML_MALFORMED", "the XML declaration must be at the very start of the file", from), "");
      keepFrom(w, next);
    } catch (fault) {
      fileFault(w, faultOf(fault), "");
      const end = w.text.slice(0, DECLARATION_BYTES + 2).indexOf("?>", from);
      keepFrom(w, end < 0 ? from : end + 2);
    }
  }

  /** Is it XML at all? Asked where the file does not start as XML nearly always does. */
  function checkHead(w: Cursor): void {
    const head = decodeBytes(w, 0, Math.min(w.end, 2000));
    const text = head.trimStart();
    if (text === "") {
      if (w.final) throw fatal(w, new Fault("XML_EMPTY", "the file is empty", 0));
      return;
    }
    if (/^<(?:!doctype\s+html|html)[\s>]/i.test(text)) {
      const title = /<title[^>]*>\s*([^<]{1,80})/i.exec(head)?.[1]?.trim();
      const named = title === undefined ? "" : ` ("${title}")`;
      throw fatal(w, new Fault("XML_NOT_XML", `the file is an HTML page${named}, not XML`, 0));
    }
    if (!text.startsWith("<")) {
      const shown = JSON.stringify(text.slice(0, 20));
      throw fatal(w, new Fault("XML_NOT_XML", `the file is not XML: it starts with ${shown}`, 0));
    }
  }

  function run(w: Cursor, scanner: Scanner): void {
    while (!over) {
      if (damage !== undefined && !passRecord(w, scanner, damage)) return;
      if (seeking && !seekRecord(w, scanner)) return;
      try {
        scanner.scan(w);
        if (w.final) finish(w, scanner);
        return;
      } catch (thrown) {
        recover(w, scanner, faultOf(thrown));
      }
    }
  }

  function recover(w: Cursor, scanner: Scanner, fault: Fault): void {
    const path = scanner.pathTo(scanner.state.reached, records);
    if (stops || fault.code === "XML_DOCTYPE") throw fatal(w, fault, path);
    if (scanner.state.record !== undefined) {
      damage = issueOf(w, fault, path);
      return;
    }
    fileFault(w, fault, path);
    if (scanner.state.sawRoot && scanner.state.current.parent === undefined)
      over = true; // junk behind the root
    else {
      seeking = true;
      keepFrom(w, Math.min(w.end, Math.max(fault.position, w.keep + 1)));
    }
  }

  /** Reports the damaged record and goes on behind it; false if its end takes more bytes. */
  function passRecord(w: Cursor, scanner: Scanner, issue: Issue): boolean {
    const { record } = scanner.state;
    const end = record === undefined ? undefined : recordBoundary(w, record);
    if (record === undefined || end === undefined || end - w.keep > limits.record) {
      if (w.end - w.keep <= limits.record) return false;
      throw fatal(w, new Fault("XML_LIMIT", `no end of a damaged record within ${limits.record} bytes`, w.keep));
    }
    damage = undefined;
    events.damagedRecord(issue, recordSource(w, records++, w.keep, end), record);
    keepFrom(w, end);
    scanner.resume(record.parent ?? scanner.state.current);
    return true;
  }

  /** Goes on at the next record; false if the window holds none. */
  function seekRecord(w: Cursor, scanner: Scanner): boolean {
    const parent = scanner.state.recordParent ?? open?.expectedParent();
    const next = parent === undefined ? -1 : nextRecord(w, plan, w.keep);
    if (parent === undefined || next < 0) {
      over = parent === undefined || w.final;
      keepFrom(w, Math.max(w.keep, w.end - limits.name));
      return false;
    }
    seeking = false;
    keepFrom(w, next);
    scanner.resume(parent);
    return true;
  }

  /** The last byte has been read: is the document complete? */
  function finish(w: Cursor, scanner: Scanner): void {
    const { record, sawRoot, current } = scanner.state;
    if (record !== undefined) throw new Fault("XML_TRUNCATED", "the file ends inside this record", w.end);
    over = true;
    const rest = w.text.slice(w.keep, w.end).trim();
    if (!sawRoot && rest === "") throw fatal(w, new Fault("XML_EMPTY", "the file holds no element", w.end));
    if (rest !== "") fileFault(w, new Fault("XML_TRUNCATED", "the file ends inside a tag", w.end), "");
    else if (current.parent !== undefined)
      fileFault(w, new Fault("XML_TRUNCATED", `the file ends inside ${scanner.pathTo(current, records)}`, w.end), "");
  }

  function fileFault(w: Cursor, fault: Fault, path: string): void {
    if (stops) throw fatal(w, fault, path);
    events.damagedFile(issueOf(w, fault, path));
  }

  function fatal(w: Cursor, fault: Fault, path = ""): XmlError {
    over = true;
    return faultError(w, fault, path === "" ? undefined : path);
  }

  function take(): Uint8Array {
    const bytes = pending.length === 1 && pending[0] !== undefined ? pending[0] : concatenate(pending, pendingBytes);
    pending.length = pendingBytes = 0;
    return bytes;
  }

  const reader: { -readonly [Part in keyof Reader]: Reader[Part] } = {
    write(chunk) {
      if (over) return;
      pending.push(chunk);
      pendingBytes += chunk.length;
      if (pendingBytes >= wanted) feed(take(), false);
    },
    end() {
      if (!over) feed(take(), true);
    },
    drift: () => drift.counts(open?.decodeName ?? ((name) => name)),
    documentFrame: [],
    encoding: undefined,
    root: undefined,
    recordParent: undefined,
  };

  /** Puts what the scan knows where callers see it. */
  function publish({ scanner, decodeName }: Open): void {
    const { root, recordParent } = scanner.state;
    reader.root = root === undefined ? undefined : decodeName(root);
    reader.recordParent = recordParent;
  }

  return reader;
}

function issueOf(w: Cursor, fault: Fault, path: string): Issue {
  const issue: Issue = { code: fault.code, severity: "error", message: fault.reason, at: locate(w, fault.position) };
  return path === "" ? issue : { ...issue, path };
}

function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown;
  throw thrown;
}

function concatenate(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
