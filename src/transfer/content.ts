import type { Content } from "../ports.ts";

/** Whether it can be written a second time. */
export function isRepeatable(content: Content): boolean {
  return content instanceof Uint8Array || typeof content === "function";
}

/** The pieces of a content, once. */
export async function* piecesOf(content: Content): AsyncGenerator<Uint8Array, void, undefined> {
  if (content instanceof Uint8Array) {
    if (content.length > 0) yield content;
    return;
  }
  yield* typeof content === "function" ? content() : content;
}

/** What has gone out of a content so far. */
export interface Metered {
  readonly pieces: () => AsyncGenerator<Uint8Array, void, undefined>;
  readonly bytes: number;
  /** Whether anybody has asked for the first piece. */
  readonly started: boolean;
  readonly ended: boolean;
}

/** Leaves out the first `skip` bytes and counts the others. */
export function metered(content: Content, skip = 0): Metered {
  let bytes = 0;
  let started = false;
  let ended = false;
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    started = true;
    let left = skip;
    for await (const piece of piecesOf(content)) {
      const rest = piece.subarray(Math.min(left, piece.length));
      left -= piece.length - rest.length;
      if (rest.length === 0) continue;
      bytes += rest.length;
      yield rest;
    }
    ended = true;
  }
  return {
    pieces,
    get bytes() {
      return bytes;
    },
    get started() {
      return started;
    },
    get ended() {
      return ended;
    },
  };
}
