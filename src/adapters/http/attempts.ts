import { TransportError } from "../../errors.ts";
import { createAttempts } from "../../transfer/retry.ts";
import type { HttpRequest } from "./exchange.ts";
import type { HttpOptions } from "./options.ts";
import type { Turn } from "./rate-limit.ts";

/**
 * Makes attempts until one succeeds, each in its turn. The one that succeeds has to end its turn.
 *
 * @param repeats - whether the work can be done again after this error, if that is a passing one
 */
export type Attempting = <Value>(
  request: HttpRequest,
  work: (turn: Turn) => Promise<Value>,
  repeats: (error: unknown) => boolean,
) => Promise<Value>;

export function createAttempting({ retry = {}, rateLimit }: HttpOptions): Attempting {
  return async ({ place, signal }, work, repeats) => {
    const attempts = createAttempts(retry === false ? { attempts: 1 } : retry);
    let last: { readonly error: unknown } | undefined;
    for (;;) {
      let turn: Turn = { end: () => undefined };
      try {
        if (rateLimit !== undefined) turn = await rateLimit.take({ place, signal });
      } catch (error) {
        signal?.throwIfAborted();
        // What went wrong says more than that there is no second turn.
        throw last === undefined ? error : last.error;
      }
      try {
        return await work(turn);
      } catch (error) {
        turn.end(!(error instanceof TransportError && error.code === "TRANSPORT_CONNECT"));
        signal?.throwIfAborted();
        if (!repeats(error)) throw error;
        last = { error };
        await attempts.afterFailure(error, signal);
      }
    }
  };
}
