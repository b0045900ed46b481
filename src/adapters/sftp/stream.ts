import type { Call } from "./session.ts";

/** What goes in one request: ssh2 makes two of anything over 31,952 bytes, unless the server allows more. */
const BLOCK_BYTES = 31 * 1024;

/** Requests under way at a time: one alone waits for the whole way there and back for each block. */
const AHEAD = 16;

/** Reads up to so many bytes at a place; none is the end of the file. */
export type ReadBlock = (position: number, length: number) => Promise<Uint8Array>;
export type WriteBlock = (position: number, block: Buffer) => Promise<void>;

interface Slot {
  readonly position: number;
  readonly length: number;
  readonly block: Promise<Uint8Array>;
}

/** The bytes of a file from a place on, in order, with reads ahead. */
export async function* readAhead(
  read: ReadBlock,
  from: number,
  size: number | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const slots: Slot[] = [];
  let position = from;
  let beyond = false;

  function slot(at: number, length: number): Slot {
    const block = read(at, length);
    block.catch(() => undefined);
    return { position: at, length, block };
  }

  /** Up to the size that the file should have, and one byte beyond, to see whether it ends there. */
  function fill(): void {
    while (slots.length < AHEAD && !beyond) {
      const left = size === undefined ? BLOCK_BYTES : size - position;
      beyond = left <= 0;
      const next = slot(position, beyond ? 1 : Math.min(left, BLOCK_BYTES));
      slots.push(next);
      position += next.length;
    }
  }

  for (;;) {
    fill();
    const next = slots.shift();
    if (next === undefined) return;
    const block = await next.block;
    if (block.length === 0) return;
    // Servers may give less than was asked for.
    const rest = next.length - block.length;
    if (rest > 0) slots.unshift(slot(next.position + block.length, rest));
    yield block;
  }
}

/** Writes pieces in blocks from a place on; the next ones are sent while earlier ones are not confirmed yet. */
export async function writeBehind(write: WriteBlock, pieces: AsyncIterable<Uint8Array>, from: number): Promise<void> {
  const underWay: Promise<void>[] = [];
  let position = from;
  for await (const block of blocksOf(pieces)) {
    if (underWay.length >= AHEAD) await underWay.shift();
    const written = write(position, block);
    written.catch(() => undefined);
    underWay.push(written);
    position += block.length;
  }
  await Promise.all(underWay);
}

/** Many small pieces would be as many requests. */
async function* blocksOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, undefined> {
  let block = Buffer.allocUnsafe(BLOCK_BYTES);
  let used = 0;
  for await (const piece of pieces)
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + BLOCK_BYTES - used);
      block.set(part, used);
      at += part.length;
      used += part.length;
      if (used < BLOCK_BYTES) continue;
      yield block;
      block = Buffer.allocUnsafe(BLOCK_BYTES);
      used = 0;
    }
  if (used > 0) yield block.subarray(0, used);
}

/** The same pieces as long as the call lasts: who makes them may take any time, or never go on. */
export async function* whileLasting(
  pieces: AsyncGenerator<Uint8Array, void, undefined>,
  call: Call,
): AsyncGenerator<Uint8Array, void, undefined> {
  let waiting = false;
  try {
    for (;;) {
      waiting = true;
      const next = await call.wait(pieces.next());
      waiting = false;
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    const returned = pieces.return();
    if (waiting) returned.catch(() => undefined);
    else await returned;
  }
}
