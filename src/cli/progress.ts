import type { Terminal } from "./io.ts";

/** One line on a terminal that says how far the work has come. */
export interface Progress {
  /** `what` goes behind the bytes: `1200 records`. */
  update(what?: string): void;
  /** Bytes read so far. */
  bytes(count: number): void;
  /** Takes the line away, so that something else can be written. */
  clear(): void;
}

const INTERVAL_MS = 200;
const MEBIBYTE = 1024 * 1024;
const ERASE_LINE = "\r\x1b[K";

/** Does nothing unless `stream` is a terminal. `size` is in bytes. */
export function createProgress(stream: Terminal, size: number | undefined, now: () => number = Date.now): Progress {
  if (stream.isTTY !== true) return { update: nothing, bytes: nothing, clear: nothing };
  let shown = false;
  let last = now();
  let read = 0;
  return {
    update(what) {
      const time = now();
      if (time - last < INTERVAL_MS) return;
      last = time;
      const percent = size === undefined || size === 0 ? "" : ` ${Math.min(100, Math.floor((read / size) * 100))} %`;
      stream.write(
        `${ERASE_LINE}${(read / MEBIBYTE).toFixed(1)} MiB${percent}${what === undefined ? "" : `, ${what}`}`,
      );
      shown = true;
    },
    bytes(count) {
      read = count;
    },
    clear() {
      if (shown) stream.write(ERASE_LINE);
      shown = false;
    },
  };
}

function nothing(): void {
  // There is no terminal to show it on.
}
