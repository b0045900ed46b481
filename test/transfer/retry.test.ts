import { describe, expect, test } from "vitest";
import { TransportError } from "../../src/errors.ts";
import { createAttempts, retrying, type RetryOptions } from "../../src/transfer/retry.ts";

const passing = new TransportError("TRANSPORT_INTERRUPTED", "reset");
const lasting = new TransportError("TRANSPORT_LOGIN", "refused");

function clock(): { readonly waits: number[]; readonly options: RetryOptions } {
  const waits: number[] = [];
  const sleep = async (ms: number): Promise<void> => void waits.push(ms);
  return { waits, options: { sleep, random: () => 0 } };
}

function failing(...errors: readonly Error[]): () => Promise<string> {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return "done";
  };
}

describe("attempts", () => {
  test("wait twice as long each time, up to the longest wait", async () => {
    const { waits, options } = clock();
    const work = failing(passing, passing, passing, passing, passing);
    expect(await retrying(work, { ...options, attempts: 9, firstDelayMs: 100, maxDelayMs: 500 })).toBe("done");
    expect(waits).toEqual([100, 200, 400, 500, 500]);
  });

  test("leave a share of each wait to chance", async () => {
    const { waits, options } = clock();
    const random = [0, 0.5, 1];
    const own = { ...options, firstDelayMs: 1000, maxDelayMs: 1000, jitter: 0.4, random: () => random.shift() ?? 0 };
    await retrying(failing(passing, passing, passing), own);
    expect(waits).toEqual([1000, 800, 600]);
  });

  test("end with the last error when they are used up", async () => {
    const { waits, options } = clock();
    const last = new TransportError("TRANSPORT_TIMEOUT", "no reply");
    await expect(retrying(failing(passing, last), { ...options, attempts: 2 })).rejects.toBe(last);
    expect(waits).toHaveLength(1);
  });

  test("are not made for what does not pass, or is no transport's error", async () => {
    const { waits, options } = clock();
    await expect(retrying(failing(lasting), options)).rejects.toBe(lasting);
    const own = new Error("own");
    await expect(retrying(failing(own), options)).rejects.toBe(own);
    expect(waits).toEqual([]);
  });

  test("wait as long as the server asks, but not for hours", async () => {
    const { waits, options } = clock();
    const busy = (retryAfterMs: number) => new TransportError("TRANSPORT_BUSY", "later", { retryAfterMs });
    await retrying(failing(busy(20_000)), options);
    expect(waits).toEqual([20_000]);
    await expect(retrying(failing(busy(3_600_000)), options)).rejects.toMatchObject({ retryAfterMs: 3_600_000 });
  });

  test("begin anew after progress", async () => {
    const { waits, options } = clock();
    const attempts = createAttempts({ ...options, attempts: 2, firstDelayMs: 10 });
    await attempts.afterFailure(passing, undefined);
    attempts.progress();
    await attempts.afterFailure(passing, undefined);
    await expect(attempts.afterFailure(passing, undefined)).rejects.toBe(passing);
    expect(waits).toEqual([10, 10]);
  });

  test("stop waiting with the reason of the signal", async () => {
    const reason = new Error("stopped");
    const abort = new AbortController();
    const work = retrying(failing(passing), { firstDelayMs: 60_000, onRetry: () => abort.abort(reason) }, abort.signal);
    await expect(work).rejects.toBe(reason);
  });
});
