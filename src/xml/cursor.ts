import { type Location, XmlError, type XmlErrorCode } from "../errors.ts";
import { characterTable, cutUtf8, type Encoding, isUtf8 } from "./charset.ts";

/** "Nowhere in this window", as a position behind every other. */
export const NOWHERE = 0x3fffffff;

/** Tags longer than this, with the white space before them, are not learned. */
export const LEARNED_BYTES = 64;

/** Zero bytes behind the end of a window, so that anything learned can be compared anywhere in it without a look at the end. */
const PADDING = LEARNED_BYTES + 16;

/**
 * The part of the file that is in memory, and how far the scan has come. Positions count bytes from the start of the
 * window; `base` is where the window starts in the file. Everything before `keep` is done with: the next window starts
 * there, and a token or a record that the window cuts is read again from there.
 */
export interface Cursor {
  bytes: Uint8Array;
  view: DataView;
  /** One character a byte, so that positions in it are positions in `bytes`. */
  text: string;
  end: number;
  base: number;
  /** No more bytes will come. */
  final: boolean;
  keep: number;
  keepLine: number;
  keepLineStart: number;
  /** Line at the position that the scan has reached. */
  line: number;
  /** Where that line starts. */
  lineStart: number;
  /** UTF-16 units of the window's first line that lie before the window. */
  columnBase: number;
  /** The next `&`, `]]>` and U+FFFE/U+FFFF at or behind the position they were last asked for. */
  nextReference: number;
  nextSectionEnd: number;
  nextNoncharacter: number;
  /** The window is valid in its encoding as a whole: no value needs a check of its own. */
  clean: boolean;
  /** Characters of a single-byte encoding; undefined for UTF-8. */
  readonly table: readonly string[] | undefined;
  readonly tableHasGaps: boolean;
  readonly memo: Map<string, string>;
  readonly file: string | undefined;
  /** What stays true of this window when the scan has moved on; for the records that it held. */
  snapshot: Snapshot;
}

/** Enough of a window to say where something in it is, and what. */
export type Snapshot = Readonly<Pick<Cursor, "bytes" | "table" | "columnBase" | "base" | "file">>;

/** What is needed to decode bytes and to count columns. */
export type ColumnWindow = Pick<Cursor, "bytes" | "table" | "columnBase">;

interface NodeBuffer extends Uint8Array {
  latin1Slice(start: number, end: number): string;
  utf8Slice(start: number, end: number): string;
}
interface MaybeNode {
  readonly Buffer?: { allocUnsafeSlow(size: number): NodeBuffer };
}

const NodeBuffer = (globalThis as unknown as MaybeNode).Buffer;
// The web's "latin1" is windows-1252, which still gives one character a byte and leaves ASCII alone.
const byteText = new TextDecoder("windows-1252");
const utf8Text = new TextDecoder("utf-8", { ignoreBOM: true });

const NO_BYTES = new Uint8Array(PADDING);
const NO_VIEW = new DataView(NO_BYTES.buffer);

export function createCursor(encoding: Encoding, file?: string): Cursor {
  const table = characterTable(encoding);
  const bytes = NO_BYTES;
  return {
    bytes,
    view: NO_VIEW,
    text: "",
    end: 0,
    base: 0,
    final: false,
    keep: 0,
    keepLine: 1,
    keepLineStart: 0,
    line: 1,
    lineStart: 0,
    columnBase: 0,
    nextReference: -1,
    nextSectionEnd: -1,
    nextNoncharacter: -1,
    clean: true,
    table,
    tableHasGaps: table?.includes("") ?? false,
    memo: new Map(),
    file,
    snapshot: { bytes, table, columnBase: 0, base: 0, file },
  };
}

/** Moves the window: drops what is before `keep`, appends the chunk, takes the scan back to `keep`. */
export function advance(w: Cursor, chunk: Uint8Array): void {
  const rest = w.end - w.keep;
  const size = rest + chunk.length;
  const bytes = nodeBytes(size + PADDING);
  bytes.set(w.bytes.subarray(w.keep, w.end));
  bytes.set(chunk, rest);
  if (w.keepLineStart >= w.keep && w.keepLineStart > 0) {
    w.columnBase = 0;
    w.lineStart = w.keepLineStart - w.keep;
  } else {
    w.columnBase = columnUnits(w, w.keepLineStart, w.keep);
    w.lineStart = 0;
  }
  w.base += w.keep;
  w.line = w.keepLine;
  w.keepLineStart = w.lineStart;
  w.keep = 0;
  w.bytes = bytes;
  w.snapshot = { bytes, table: w.table, columnBase: w.columnBase, base: w.base, file: w.file };
  w.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  w.end = size;
  w.text =
    NodeBuffer === undefined ? byteText.decode(bytes.subarray(0, size)) : (bytes as NodeBuffer).latin1Slice(0, size);
  forget(w);
  w.clean = w.table === undefined ? isUtf8(bytes.subarray(0, size - cutUtf8(bytes, size))) : !w.tableHasGaps;
}

/** Forgets what was found ahead: the scan goes on at another place than where it stopped. */
export function forget(w: Cursor): void {
  w.nextReference = w.nextSectionEnd = w.nextNoncharacter = -1;
}

/** Small windows share memory: each piece that the system gives costs more than reading a small document. */
const SLAB_BYTES = 256 * 1024;
let slab: Uint8Array = NO_BYTES;
let slabUsed = SLAB_BYTES;

function nodeBytes(size: number): Uint8Array {
  if (NodeBuffer === undefined) return new Uint8Array(size);
  let bytes: Uint8Array;
  if (size > SLAB_BYTES >> 3) bytes = NodeBuffer.allocUnsafeSlow(size);
  else {
    if (slabUsed + size > SLAB_BYTES) {
      slab = NodeBuffer.allocUnsafeSlow(SLAB_BYTES);
      slabUsed = 0;
    }
    bytes = slab.subarray(slabUsed, slabUsed + size);
    slabUsed += size;
  }
  bytes.fill(0, size - PADDING);
  return bytes;
}

/** Characters of the bytes from `from` to `to`, whatever they are: nothing is checked, nothing resolved. */
export function decodeBytes(w: ColumnWindow, from: number, to: number): string {
  const { table } = w;
  if (table !== undefined) {
    let text = "";
    for (let at = from; at < to; at++) text += table[w.bytes[at] ?? 0] ?? "";
    return text;
  }
  return NodeBuffer === undefined
    ? utf8Text.decode(w.bytes.subarray(from, to))
    : (w.bytes as NodeBuffer).utf8Slice(from, to);
}

/** Position of `what` at or behind `from`; {@link NOWHERE} if the window does not hold it. */
export function find(w: Cursor, what: string, from: number): number {
  const at = w.text.indexOf(what, from);
  return at < 0 ? NOWHERE : at;
}

/** Line, column and offset of a position at or behind `keep`. */
export function locate(w: Cursor, at: number): Location {
  let line = w.keepLine;
  let start = w.keepLineStart;
  for (let next = w.text.indexOf("\n", w.keep); next >= 0 && next < at; next = w.text.indexOf("\n", next + 1)) {
    line++;
    start = next + 1;
  }
  const location = { line, column: columnUnits(w, start, at) + 1, offset: w.base + at };
  return w.file === undefined ? location : { file: w.file, ...location };
}

/** UTF-16 units between the start of a line and a position in it. */
export function columnUnits(w: ColumnWindow, lineStart: number, at: number): number {
  let units = lineStart <= 0 ? w.columnBase : 0;
  if (w.table !== undefined) return units + at - Math.max(lineStart, 0);
  for (let next = Math.max(lineStart, 0); next < at; next++) {
    const byte = w.bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) units += byte >= 0xf0 ? 2 : 1;
  }
  return units;
}

/** The scan cannot go on at this position of the window. Internal: the reader makes issues or an {@link XmlError} of it. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: XmlErrorCode;
  readonly reason: string;
  readonly position: number;

  constructor(code: XmlErrorCode, reason: string, position: number) {
    super(reason);
    this.code = code;
    this.reason = reason;
    this.position = position;
  }
}

export function malformed(reason: string, position: number): Fault {
  return new Fault("XML_MALFORMED", reason, position);
}

export function faultError(w: Cursor, fault: Fault, path: string | undefined): XmlError {
  return new XmlError(fault.code, fault.reason, { at: locate(w, fault.position), path });
}
