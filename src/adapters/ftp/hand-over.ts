import { Writable } from "node:stream";

/** A stream that is written to, and what comes out of it: one piece waits, and no more is taken before it is. */
export interface HandOver {
  readonly sink: Writable;
  /** @throws what the stream was destroyed with */
  readonly pieces: () => AsyncGenerator<Uint8Array, void, undefined>;
}

/** As a PassThrough that is iterated over, with half of the work for each piece. */
export function handOver(bufferBytes: number): HandOver {
  let waiting: { readonly piece: Uint8Array; readonly taken: () => void } | undefined;
  let failure: Error | null = null;
  let ended = false;
  let wake: (() => void) | undefined;
  const sink = new Writable({
    highWaterMark: bufferBytes,
    write(piece: Uint8Array, _encoding, taken) {
      waiting = { piece, taken };
      wake?.();
    },
    final(done) {
      ended = true;
      wake?.();
      done();
    },
    destroy(error, done) {
      failure = error;
      ended = true;
      wake?.();
      done(error);
    },
  });
  return {
    sink,
    async *pieces() {
      try {
        for (;;) {
          const next = waiting;
          if (next !== undefined) {
            waiting = undefined;
            next.taken();
            yield next.piece;
          } else if (ended) break;
          else
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
        }
        if (failure !== null) throw failure;
      } finally {
        sink.destroy();
      }
    },
  };
}
