import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { pipeline, type Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import type { HttpOptions } from "./options.ts";

/** What is used of fetch. */
export type Fetch = (url: URL, init: RequestInit) => Promise<Response>;

export interface StrictFetch {
  readonly fetch: Fetch;
  /** Ends connections that are not in use. */
  close(): void;
}

/** Statuses whose answers have no body. */
const BODILESS = new Set([204, 205, 304]);

/**
 * A fetch that tells what is whole from what was cut. The global one of Node takes what there is of a gzip file for all of it,
 * and where the server closes the connection after the answer, what there is of the chunks.
 *
 * It knows no redirects, and unpacks gzip only, whose header it then leaves out.
 */
export function createStrictFetch({ tls = {} }: Pick<HttpOptions, "tls">): StrictFetch {
  const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true, ...tls }) };
  return {
    async fetch(url, { method = "GET", headers, body, signal }) {
      const own = { method, headers: headers as Record<string, string> };
      const request =
        url.protocol === "https:"
          ? httpsRequest(url, { ...own, agent: agents.https })
          : httpRequest(url, { ...own, agent: agents.http });
      const answer = answerTo(request);
      // As an option, the signal would also end the connection, which may serve another request by then.
      const abort = (): void => void request.destroy();
      signal?.addEventListener("abort", abort, { once: true });
      request.once("close", () => signal?.removeEventListener("abort", abort));
      if (body instanceof ReadableStream) void upload(request, body as ReadableStream<Uint8Array>, answer);
      else request.end(body ?? undefined);
      return responseOf(request, await answer, method);
    },
    close() {
      agents.http.destroy();
      agents.https.destroy();
    },
  };
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once("response", resolve);
    // Stays for what happens to the upload after the answer has come: that counts.
    request.on("error", reject);
  });
}

/** Sends pieces once the connection is there, until the answer comes, which then is that to a part. */
async function upload(
  request: ClientRequest,
  body: ReadableStream<Uint8Array>,
  answer: Promise<unknown>,
): Promise<void> {
  const reader = body.getReader();
  const state = { over: false };
  const end = (): void => void (state.over = true);
  answer.then(end, end);
  try {
    await connected(request);
    while (!state.over && !request.destroyed) {
      const piece = await reader.read();
      if (piece.done) {
        request.end();
        return;
      }
      if (!request.write(piece.value)) await drained(request);
    }
    await reader.cancel();
  } catch {
    // Without an error, which could strike the connection when it has been given back; who sent the content knows it.
    request.destroy();
  }
}

function connected(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    request.once("close", resolve);
    request.once("socket", (socket) => {
      if (socket.connecting) socket.once("encrypted" in socket ? "secureConnect" : "connect", () => resolve());
      else resolve();
    });
  });
}

function drained(request: ClientRequest): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      for (const event of ["drain", "close", "response"]) request.removeListener(event, go);
      resolve();
    };
    for (const event of ["drain", "close", "response"]) request.once(event, go);
  });
}

function responseOf(request: ClientRequest, message: IncomingMessage, method: string): Response {
  const { statusCode: status = 0 } = message;
  const headers = new Headers();
  for (const [name, values = []] of Object.entries(message.headersDistinct))
    for (const value of values) headers.append(name, value);
  if (method === "HEAD" || BODILESS.has(status)) {
    message.resume();
    return new Response(null, { status, headers });
  }
  // Who reads is told; when nobody does any more, it is of no interest.
  message.on("error", () => undefined);
  let source: Readable = message;
  if (/^(?:x-)?gzip$/i.test(headers.get("content-encoding") ?? "")) {
    headers.delete("content-encoding");
    headers.delete("content-length");
    // Ends with an error if its own end, with the checksum, is missing.
    source = pipeline(message, createGunzip(), () => undefined);
  }
  return new Response(streamOf(source, request, message), { status, headers });
}

function streamOf(source: Readable, request: ClientRequest, message: IncomingMessage): ReadableStream<Uint8Array> {
  const pieces: AsyncIterator<Uint8Array, unknown> = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await pieces.next();
        if (piece.done !== true) controller.enqueue(piece.value);
        else if (message.complete) {
          // An upload that was not wanted would keep the connection.
          if (!request.writableFinished) request.destroy();
          controller.close();
        } else throw Object.assign(new Error("the answer breaks off"), { code: "ECONNRESET" });
      },
      cancel() {
        request.destroy();
      },
    },
    { highWaterMark: 0 },
  );
}
