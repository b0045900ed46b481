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
  /** What the content itself failed with: the caller's own error. */
  readonly failure: { readonly error: unknown } | undefined;
}

/** Leaves out the first `skip` bytes and counts the others. */
export function metered(content: Content, skip = 0): Metered {
  let bytes = 0;
  let started = false;
  let ended = false;
  let failure: Metered["failure"];
  async function* pieces(): AsyncGenerator<Uint8Array, void, undefined> {
    started = true;
    const source = piecesOf(content);
    let left = skip;
    try {
      for (let next = await pull(source); next.done !== true; next = await pull(source)) {
        const rest = next.value.subarray(Math.min(left, next.value.length));
        left -= next.value.length - rest.length;
        if (rest.length === 0) continue;
        bytes += rest.length;
        yield rest;
      }
      ended = true;
    } finally {
      if (!ended && failure === undefined) await source.return();
    }
  }

  // Streams throw what ended them into their source, which must not be taken for a failure of the content.
  async function pull(source: AsyncGenerator<Uint8Array, void>): Promise<IteratorResult<Uint8Array, void>> {
    try {
      return await source.next();
    } catch (error) {
      failure = { error };
      throw error;
    }
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
    get failure() {
      return failure;
    },
  };
}
