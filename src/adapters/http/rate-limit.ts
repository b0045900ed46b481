import { TransportError } from "../../errors.ts";
import type { CallOptions } from "../../ports.ts";

export interface RateLimitOptions {
  /** Milliseconds from the start of one request to the start of the next. */
  readonly intervalMs: number;
  /** Longest wait for a turn, in milliseconds; Infinity for no limit. @defaultValue 60_000 */
  readonly maxWaitMs?: number | undefined;
}

/** Lets requests to one shop through one by one, each in its time. Several transports share it. */
export interface RateLimit {
  /**
   * Waits for a turn, in the order of the calls. It lasts until it is ended, which for a file is when it has been read.
   *
   * @throws {@link TransportError} TRANSPORT_BUSY, with `retryAfterMs`, if the wait is or will be longer than `maxWaitMs`
   */
  take(options?: TurnOptions): Promise<Turn>;
}

export interface TurnOptions extends CallOptions {
  /** For messages. */
  readonly place?: string | undefined;
}

export interface Turn {
  /** @param counts - false if nothing was sent, so that the next one need not wait. @defaultValue true */
  end(counts?: boolean): void;
}

interface Waiting {
  go(): void;
}

const MAX_WAIT_MS = 60_000;

export function rateLimit({ intervalMs, maxWaitMs = MAX_WAIT_MS }: RateLimitOptions): RateLimit {
  const queue: Waiting[] = [];
  let taken = false;
  /** When the next one may start, by the clock of `performance`. */
  let nextMs = -Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const untilNext = (): number => Math.max(0, nextMs - performance.now());

  /** Lets the first one go, now or when it is time. */
  function advance(): void {
    clearTimeout(timer);
    if (taken || queue.length === 0) return;
    const waitMs = untilNext();
    if (waitMs > 0) timer = setTimeout(advance, Math.ceil(waitMs));
    else queue.shift()?.go();
  }

  function begin(): Turn {
    const before = nextMs;
    taken = true;
    nextMs = performance.now() + intervalMs;
    let ended = false;
    return {
      end(counts = true) {
        if (ended) return;
        ended = true;
        taken = false;
        if (!counts) nextMs = before;
        advance();
      },
    };
  }

  return {
    async take({ signal, place } = {}) {
      signal?.throwIfAborted();
      const waitMs = untilNext() + queue.length * intervalMs;
      if (waitMs > maxWaitMs) throw busy(waitMs, place);
      return new Promise<Turn>((resolve, reject) => {
        const leave = (error: Error): void => {
          queue.splice(queue.indexOf(waiting), 1);
          clear();
          reject(error);
          advance();
        };
        const abort = (): void => leave(signal?.reason as Error);
        const late = (): void => leave(busy(Math.max(untilNext(), intervalMs), place));
        const limit = maxWaitMs === Infinity ? undefined : setTimeout(late, maxWaitMs);
        const clear = (): void => {
          clearTimeout(limit);
          signal?.removeEventListener("abort", abort);
        };
        const waiting: Waiting = {
          go() {
            clear();
            resolve(begin());
          },
        };
        signal?.addEventListener("abort", abort, { once: true });
        queue.push(waiting);
        advance();
      });
    },
  };
}

function busy(waitMs: number, place: string | undefined): TransportError {
  const retryAfterMs = Math.ceil(waitMs);
  const reason = `other requests to this shop come first; the next one may start in ${Math.ceil(retryAfterMs / 1000)} s`;
  return new TransportError("TRANSPORT_BUSY", reason, { place, retryAfterMs });
}
