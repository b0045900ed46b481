import { TransportError } from "../../errors.ts";
import type { Redact } from "../../transfer/secrets.ts";
import type { HttpOptions } from "./options.ts";
import { joined, type Pieces, piecesFrom } from "./pieces.ts";
import type { Turn } from "./rate-limit.ts";
import type { Followed } from "./redirects.ts";
import { contentTypeOf, isPage, pageRefusal, refusal } from "./refusal.ts";

/** A file whose first bytes have come. */
export interface Opened {
  readonly place: string;
  readonly headers: Headers;
  /** Bytes, where the server tells. */
  readonly size: number | undefined;
  readonly pieces: Pieces;
}

/** Bytes by which a page is told from a file. */
export const HEAD_BYTES = 512;

/** Makes sure that an answer is a file, by its head and its first bytes. The turn ends with its pieces. */
export async function openedFile(
  { response, request }: Followed,
  turn: Turn,
  { compressed = false }: HttpOptions,
  redact: Redact,
): Promise<Opened> {
  const { headers, status } = response;
  const { place } = request;
  if (status !== 200 && status !== 203) throw await refusal(response, request, redact);
  const coding = headers.get("content-encoding")?.toLowerCase() ?? "identity";
  if (coding !== "identity" && !compressed) {
    const reason = `the server compresses the file (${coding}) without being asked: whether it is whole cannot be told`;
    throw new TransportError("TRANSPORT_INCOMPLETE", reason, { place, retryable: false });
  }
  const first: Uint8Array[] = [];
  for (let size = 0; size < HEAD_BYTES;) {
    const piece = await response.next();
    if (piece === undefined) break;
    first.push(piece);
    size += piece.length;
  }
  const start = joined(first);
  if (isPage(start, contentTypeOf(headers).contentType)) throw pageRefusal(start, request, redact);
  const pieces = piecesFrom(
    async () => first.shift() ?? (await response.next()),
    () => {
      response.cancel();
      turn.end();
    },
  );
  // Of what is compressed it would be the length before.
  return { place, headers, size: coding === "identity" ? contentLength(headers) : undefined, pieces };
}

export function contentLength(headers: Headers): number | undefined {
  const length = headers.get("content-length");
  return length !== null && /^\d+$/.test(length) ? Number(length) : undefined;
}
