import { TransportError } from "../../errors.ts";
import type { Content } from "../../ports.ts";
import { isRepeatable, metered } from "../../transfer/content.ts";
import type { Redact } from "../../transfer/secrets.ts";
import type { Attempting } from "./attempts.ts";
import type { Exchange, HttpRequest, HttpResponse } from "./exchange.ts";
import { HEAD_BYTES } from "./opened.ts";
import { joined } from "./pieces.ts";
import { sendOn } from "./redirects.ts";
import { isPage, isUntouched, pageRefusal, refusal } from "./refusal.ts";

export interface UploadContext {
  readonly exchange: Exchange;
  readonly attempting: Attempting;
  readonly redact: Redact;
}

/** Statuses of a server that has taken what was sent. */
const TAKEN = new Set([200, 201, 202, 204, 205]);

/** Bytes of an answer that are worth taking, so that the connection can be used again. */
const REST_BYTES = 64 * 1024;

/** Sends a file by a request that has no body yet. @returns how many bytes were sent */
export async function upload(
  bodiless: HttpRequest,
  content: Content,
  { exchange, attempting, redact }: UploadContext,
): Promise<number> {
  const repeatable = isRepeatable(content);
  let sent = metered(content);
  let status = 0;
  const pieces = (): AsyncIterator<Uint8Array, void> => {
    // From the start, where a redirect is followed too.
    sent = metered(content);
    return sent.pieces();
  };
  const request: HttpRequest = { ...bodiless, body: content instanceof Uint8Array ? content : pieces };
  const repeats = (error: unknown): boolean => {
    if (sent.failure !== undefined || (sent.started && !repeatable)) return false;
    const unsent = error instanceof TransportError && error.code === "TRANSPORT_CONNECT";
    return request.method === "PUT" || unsent || isUntouched(status);
  };
  try {
    await attempting(
      request,
      async (turn) => {
        status = 0;
        const { response, request: answered } = await sendOn(exchange, request, repeatable);
        ({ status } = response);
        if (!TAKEN.has(status)) throw await refusal(response, answered, redact);
        await checkReceipt(response, answered, redact);
        if (!(content instanceof Uint8Array) && !sent.ended) {
          const reason = `the server answers ${status} before it has all of the file`;
          throw new TransportError("TRANSPORT_INCOMPLETE", reason, { place: answered.place });
        }
        turn.end();
      },
      repeats,
    );
  } catch (error) {
    // What the content itself failed with is the caller's own.
    throw sent.failure === undefined ? error : sent.failure.error;
  }
  return content instanceof Uint8Array ? content.length : sent.bytes;
}

/** Takes the rest of an answer. A site that shows some page for any address has taken nothing. */
async function checkReceipt(response: HttpResponse, request: HttpRequest, redact: Redact): Promise<void> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (let piece = await response.next(); piece !== undefined; piece = await response.next()) {
      if (size < HEAD_BYTES) pieces.push(piece);
      size += piece.length;
      if (size > REST_BYTES) break;
    }
  } catch (error) {
    request.signal?.throwIfAborted();
    // The server has said already that it took the file.
    if (!(error instanceof TransportError)) throw error;
  } finally {
    response.cancel();
  }
  const start = joined(pieces);
  if (response.status === 200 && isPage(start, undefined)) throw pageRefusal(start, request, redact);
}
