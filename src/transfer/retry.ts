import { TransportError } from "../errors.ts";
import { wait } from "./wait.ts";

/** When and how often a failed call is made again. */
export interface RetryOptions {
  /** Attempts in all, without any progress between them. @defaultValue 4 */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second attempt; each further wait is twice as long. @defaultValue 500 */
  readonly firstDelayMs?: number | undefined;
  /** Milliseconds of the longest wait. @defaultValue 30_000 */
  readonly maxDelayMs?: number | undefined;
  /** Share of each wait that is left to chance, 0 to 1, so that many tasks do not come back at once. @defaultValue 0.5 */
  readonly jitter?: number | undefined;
  /** Told before each wait; `error` is what failed. */
  readonly onRetry?: ((retry: Retry) => void) | undefined;
  /** From 0 up to 1. @defaultValue Math.random */
  readonly random?: (() => number) | undefined;
  /** @defaultValue setTimeout */
  readonly sleep?: ((ms: number, signal?: AbortSignal) => Promise<void>) | undefined;
}

export interface Retry {
  readonly error: TransportError;
  /** Of the attempt that failed: 1, 2, … */
  readonly attempt: number;
  readonly delayMs: number;
}

/** Failures in a row, and how long to wait after each. */
export interface Attempts {
  /** Waits before the next attempt. @throws the error itself if it is not a passing one, or attempts are used up */
  afterFailure(error: unknown, signal: AbortSignal | undefined): Promise<void>;
  /** Something got better: the next failure is the first one again. */
  progress(): void;
}

const ATTEMPTS = 4;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const JITTER = 0.5;

export function createAttempts(options: RetryOptions): Attempts {
  const { attempts = ATTEMPTS, onRetry, sleep = wait } = options;
  let failures = 0;
  return {
    async afterFailure(error, signal) {
      failures++;
      if (!(error instanceof TransportError) || !error.retryable || failures >= attempts) throw error;
      // The server knows best; but who asks for hours is not waited for.
      const asked = error.retryAfterMs;
      if (asked !== undefined && asked > (options.maxDelayMs ?? MAX_DELAY_MS)) throw error;
      const delayMs = Math.max(asked ?? 0, delayAfter(failures, options));
      onRetry?.({ error, attempt: failures, delayMs });
      await sleep(delayMs, signal);
    },
    progress() {
      failures = 0;
    },
  };
}

/** Calls `work` until it succeeds, fails for good, or attempts are used up; then its last error is thrown. */
export async function retrying<Value>(
  work: (attempt: number) => Promise<Value>,
  options: RetryOptions = {},
  signal?: AbortSignal,
): Promise<Value> {
  const attempts = createAttempts(options);
  for (let attempt = 1; ; attempt++)
    try {
      signal?.throwIfAborted();
      return await work(attempt);
    } catch (error) {
      await attempts.afterFailure(error, signal);
    }
}

function delayAfter(failures: number, options: RetryOptions): number {
  const { firstDelayMs = FIRST_DELAY_MS, maxDelayMs = MAX_DELAY_MS, jitter = JITTER, random = Math.random } = options;
  const full = Math.min(firstDelayMs * 2 ** (failures - 1), maxDelayMs);
  return Math.round(full * (1 - jitter * random()));
}
