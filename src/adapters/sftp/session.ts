import { TransportError } from "../../errors.ts";
import type { Sftp } from "./library.ts";

/** Requests on one connection, whose answers must come in time. */
export interface Session {
  readonly ended: boolean;
  /** Sends a request and waits for its answer. */
  ask<Value>(request: Request<Value>, limits?: AskOptions<Value>): Promise<Value>;
  /** The same for one call, which ends with its signal; to be ended in any case. */
  begin(signal: AbortSignal | undefined): Call;
  /** All that is under way fails with this error. */
  end(error: Error): void;
}

export interface Call {
  ask<Value>(request: Request<Value>, limits?: AskOptions<Value>): Promise<Value>;
  /** Waits for something else than an answer, as long as the call and its connection last. */
  wait<Value>(work: Promise<Value>): Promise<Value>;
  end(): void;
}

/** @example (sftp, answer) => sftp.unlink(path, answer) */
export type Request<Value> = (sftp: Sftp, answer: (error: Error | null | undefined, value?: Value) => void) => void;

export interface AskOptions<Value> {
  /** @defaultValue that of the session */
  readonly limitMs?: number | undefined;
  /** Called with an answer that nobody waits for any more. */
  readonly late?: ((value: Value) => void) | undefined;
}

export interface SessionOptions {
  readonly sftp: Sftp;
  readonly place: string;
  readonly limitMs: number;
  /** Closes the connection. */
  readonly close: () => void;
}

type Stop = (error: Error) => void;

export function createSession({ sftp, place, limitMs, close }: SessionOptions): Session {
  /** Requests without an answer, by age, and how long each may take. */
  const open = new Map<symbol, number>();
  const stops = new Set<Stop>();
  let ending: Error | undefined;
  let timer: NodeJS.Timeout | undefined;

  /**
   * Times the oldest request only: servers answer one after the other, and whoever stands behind a long upload has not been
   * forgotten.
   */
  function watch(): void {
    clearTimeout(timer);
    const [ms] = open.values();
    if (ms === undefined) return;
    const give = (): void => end(new TransportError("TRANSPORT_TIMEOUT", `no answer within ${ms} ms`, { place }));
    timer = setTimeout(give, ms).unref();
  }

  function end(error: Error): void {
    if (ending !== undefined) return;
    ending = error;
    open.clear();
    watch();
    for (const stop of stops) stop(error);
    stops.clear();
    close();
  }

  /** A promise that is also stopped from outside. */
  function stoppable<Value>(own: Set<Stop>, work: (resolve: (value: Value) => void, reject: Stop) => void) {
    return new Promise<Value>((resolve, reject) => {
      const stop: Stop = (error) => {
        leave();
        reject(error);
      };
      const leave = (): void => {
        stops.delete(stop);
        own.delete(stop);
      };
      if (ending !== undefined) {
        reject(ending);
        return;
      }
      stops.add(stop);
      own.add(stop);
      work((value) => {
        leave();
        resolve(value);
      }, stop);
    });
  }

  function asking<Value>(own: Set<Stop>, request: Request<Value>, options: AskOptions<Value> = {}): Promise<Value> {
    const key = Symbol();
    let waiting = true;
    const answered = stoppable<Value>(own, (resolve, reject) => {
      const done = (): void => {
        const [oldest] = open.keys();
        open.delete(key);
        if (oldest === key) watch();
      };
      open.set(key, options.limitMs ?? limitMs);
      if (open.size === 1) watch();
      try {
        request(sftp, (error, value) => {
          done();
          if (error) reject(error);
          else if (waiting) resolve(value as Value);
          else options.late?.(value as Value);
        });
      } catch (error) {
        done();
        reject(error as Error);
      }
    });
    answered.catch(() => (waiting = false));
    return answered;
  }

  return {
    get ended() {
      return ending !== undefined;
    },
    ask: (request, options) => asking(new Set(), request, options),
    begin(signal) {
      const own = new Set<Stop>();
      const abort = (): void => {
        for (const stop of own) stop(signal?.reason as Error);
      };
      signal?.addEventListener("abort", abort, { once: true });
      const unlessAborted = <Value>(work: () => Promise<Value>): Promise<Value> =>
        signal?.aborted === true ? Promise.reject(signal.reason as Error) : work();
      return {
        ask: (request, options) => unlessAborted(() => asking(own, request, options)),
        wait: (work) => unlessAborted(() => stoppable(own, (resolve, reject) => void work.then(resolve, reject))),
        end: () => signal?.removeEventListener("abort", abort),
      };
    },
    end,
  };
}
