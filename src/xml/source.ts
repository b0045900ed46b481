import type { Location } from "../errors.ts";
import { characterTable, type Encoding, invalidUtf8 } from "./charset.ts";
import { columnUnits, type Cursor, decodeBytes } from "./cursor.ts";

/** Where a record came from. */
export interface RecordSource {
  /** Position among the records of the file, from 0. */
  readonly index: number;
  /** The first byte. */
  readonly at: Location;
  /** Bytes from {@link at} on; for UTF-16 input, of its UTF-8 form. */
  readonly length: number;
  /** The record's XML as it stands in the file. Holds on to a window of the file, 64 KiB and more, while it is kept. */
  raw(): string;
  /** The same, with bytes that are not valid UTF-8 taken to be in another encoding. */
  rawMixed(fallback: Encoding): string;
  /** Bytes of the first so many UTF-16 units of {@link raw}. */
  bytesBefore(units: number): number;
}

/** The bytes from `start` to `end` of a window; `start` is where the window's `keep` stands. */
export function recordSource(w: Cursor, index: number, start: number, end: number): RecordSource {
  return new WindowSource(w, index, start, end);
}

/** Notes what the cursor says now, since it moves on; what costs time waits until somebody asks. */
class WindowSource implements RecordSource {
  readonly index: number;
  readonly length: number;
  readonly #window: Cursor["snapshot"];
  readonly #line: number;
  readonly #lineStart: number;
  readonly #start: number;

  constructor(w: Cursor, index: number, start: number, end: number) {
    this.index = index;
    this.length = end - start;
    this.#window = w.snapshot;
    this.#line = w.keepLine;
    this.#lineStart = w.keepLineStart;
    this.#start = start;
  }

  get at(): Location {
    const { base, file } = this.#window;
    const column = columnUnits(this.#window, this.#lineStart, this.#start) + 1;
    const location = { line: this.#line, column, offset: base + this.#start };
    return file === undefined ? location : { file, ...location };
  }

  raw(): string {
    return decodeBytes(this.#window, this.#start, this.#start + this.length);
  }

  rawMixed(fallback: Encoding): string {
    const window = this.#window;
    if (window.table !== undefined) return this.raw();
    const table = characterTable(fallback) ?? [];
    const end = this.#start + this.length;
    let text = "";
    let done = this.#start;
    for (let bad = invalidUtf8(window.bytes, done, end); bad >= 0; bad = invalidUtf8(window.bytes, done, end)) {
      text += decodeBytes(window, done, bad) + (table[window.bytes[bad] ?? 0] ?? "");
      done = bad + 1;
    }
    return text + decodeBytes(window, done, end);
  }

  bytesBefore(units: number): number {
    if (this.#window.table !== undefined) return units;
    return new TextEncoder().encode(this.raw().slice(0, units)).length;
  }
}
