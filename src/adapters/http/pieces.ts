/** Pieces to be read once, which can be let go of before the first one was taken, too. */
export interface Pieces extends AsyncIterable<Uint8Array> {
  return(): Promise<void>;
}

/** @param end - called when they end, in whatever way; may be called again */
export function piecesFrom(next: () => Promise<Uint8Array | undefined>, end: () => void | Promise<void>): Pieces {
  const iterator: AsyncIterator<Uint8Array, void> = {
    async next() {
      try {
        const value = await next();
        if (value !== undefined) return { done: false, value };
      } catch (error) {
        await end();
        throw error;
      }
      await end();
      return { done: true, value: undefined };
    },
    async return() {
      await end();
      return { done: true, value: undefined };
    },
  };
  return {
    [Symbol.asyncIterator]: () => iterator,
    async return() {
      await end();
    },
  };
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}
