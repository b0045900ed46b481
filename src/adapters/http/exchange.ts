import { TransportError } from "../../errors.ts";
import type { Redact } from "../../transfer/secrets.ts";
import { httpFailure } from "./failure.ts";
import { CONNECT_MS, type HttpOptions, IDLE_MS } from "./options.ts";
import { createStrictFetch } from "./strict-fetch.ts";

export interface HttpRequest {
  readonly method: string;
  readonly url: URL;
  /** For messages. */
  readonly place: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | (() => AsyncIterator<Uint8Array, void>) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The head of an answer, and its body as it comes. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** The next piece; undefined at the end. @throws {@link TransportError} */
  next(): Promise<Uint8Array | undefined>;
  /** Lets go of the rest. */
  cancel(): void;
}

export interface Exchange {
  /** One request, and the head of its answer, whatever its status. @throws {@link TransportError} */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Ends all that is under way. */
  close(): void;
}

/** Speaks by fetch: with time-outs, and with every failure as a {@link TransportError}. */
export function createExchange(options: HttpOptions, redact: Redact): Exchange {
  const { connectMs = CONNECT_MS, idleMs = IDLE_MS } = options.timeouts ?? {};
  const strict = createStrictFetch(options);
  const fetch = options.fetch ?? strict.fetch;
  const open = new Set<(reason: TransportError) => void>();

  async function send(request: HttpRequest): Promise<HttpResponse> {
    const { method, url, place, headers, body, signal } = request;
    signal?.throwIfAborted();
    const controller = new AbortController();
    const stop = (reason: unknown): void => controller.abort(reason);
    const abort = (): void => stop(signal?.reason);
    const timer = createTimer((ms, waitedFor) =>
      stop(new TransportError("TRANSPORT_TIMEOUT", `no ${waitedFor} within ${ms} ms`, { place })),
    );
    signal?.addEventListener("abort", abort, { once: true });
    open.add(stop);
    let over = false;
    const isOver = (): boolean => over || controller.signal.aborted;
    const finish = (): void => {
      over = true;
      timer.stop();
      signal?.removeEventListener("abort", abort);
      open.delete(stop);
    };
    const failed = (error: unknown): Error => {
      finish();
      // Whatever fetch makes of it, the reason is ours.
      if (controller.signal.aborted) return controller.signal.reason as Error;
      return httpFailure(error, { place, redact });
    };

    let response: Response;
    try {
      timer.start(connectMs, "answer");
      response = await fetch(url, {
        method,
        headers,
        redirect: "manual",
        signal: controller.signal,
        ...(body !== undefined && bodyOf(body, { timer, connectMs, idleMs, isOver })),
      });
      timer.stop();
    } catch (error) {
      throw failed(error);
    }
    const reader = response.body?.getReader();
    return {
      status: response.status,
      headers: response.headers,
      async next() {
        if (over || reader === undefined) {
          finish();
          return undefined;
        }
        try {
          timer.start(idleMs, "more of the answer");
          const piece = await reader.read();
          timer.stop();
          if (piece.done) finish();
          return piece.value;
        } catch (error) {
          throw failed(error);
        }
      },
      cancel() {
        if (over) return;
        finish();
        stop(new TransportError("TRANSPORT_INTERRUPTED", "the rest was not wanted", { place }));
        // What fails now, nobody wants to know.
        reader?.cancel().catch(() => undefined);
      },
    };
  }

  return {
    send,
    close() {
      const reason = new TransportError("TRANSPORT_INTERRUPTED", "the transport was closed", { retryable: false });
      for (const stop of [...open]) stop(reason);
      strict.close();
    },
  };
}

interface Timer {
  start(ms: number, waitedFor: string): void;
  stop(): void;
}

function createTimer(onTime: (ms: number, waitedFor: string) => void): Timer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    start(ms, waitedFor) {
      clearTimeout(timer);
      timer = setTimeout(() => onTime(ms, waitedFor), ms);
    },
    stop: () => clearTimeout(timer),
  };
}

interface BodyContext {
  readonly timer: Timer;
  readonly connectMs: number;
  readonly idleMs: number;
  /** Nobody wants more of it. */
  readonly isOver: () => boolean;
}

/** Pieces are taken one by one as the connection wants them, and time runs only while it does not. */
function bodyOf(
  body: NonNullable<HttpRequest["body"]>,
  { timer, connectMs, idleMs, isOver }: BodyContext,
): RequestInit & { readonly duplex?: "half" } {
  // A copy of what may stand in a shared buffer, of which fetch takes none.
  if (body instanceof Uint8Array) return { body: new Uint8Array(body) };
  const pieces = body();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        timer.stop();
        const piece = await pieces.next();
        if (isOver()) {
          // The fetch of Node takes pieces on and on for a request that was aborted.
          controller.error(new Error("the request is over"));
          await pieces.return?.();
        } else if (piece.done === true) {
          controller.close();
          timer.start(connectMs, "answer");
        } else {
          controller.enqueue(piece.value);
          timer.start(idleMs, "progress of the upload");
        }
      },
      async cancel() {
        await pieces.return?.();
      },
    },
    // Nothing is taken ahead: what was not sent can be sent again.
    { highWaterMark: 0 },
  );
  return { body: stream, duplex: "half" };
}
