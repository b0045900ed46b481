import { TransportError, type TransportErrorCode } from "../../errors.ts";
import type { Redact } from "../../transfer/secrets.ts";
import type { HttpRequest, HttpResponse } from "./exchange.ts";

/** Codes of statuses. @see https://www.rfc-editor.org/rfc/rfc9110#name-status-codes (read 2026-11-24) */
const statuses: Readonly<Record<number, TransportErrorCode>> = {
  202: "TRANSPORT_BUSY", // to a GET: it is still being made
  206: "TRANSPORT_INCOMPLETE",
  401: "TRANSPORT_LOGIN",
  403: "TRANSPORT_DENIED",
  404: "TRANSPORT_NOT_FOUND",
  405: "TRANSPORT_UNSUPPORTED",
  407: "TRANSPORT_LOGIN",
  408: "TRANSPORT_BUSY",
  410: "TRANSPORT_NOT_FOUND",
  413: "TRANSPORT_LIMIT",
  423: "TRANSPORT_BUSY",
  425: "TRANSPORT_BUSY",
  429: "TRANSPORT_BUSY",
  451: "TRANSPORT_DENIED",
  501: "TRANSPORT_UNSUPPORTED",
  507: "TRANSPORT_FULL",
};

/** Statuses which say that the request was not even begun. */
const UNTOUCHED = new Set([408, 423, 425, 429, 503]);

/** Bytes of an error answer that are looked at. */
const LOOKED_AT = 8 * 1024;
/** Characters of it that are shown. */
const SHOWN = 200;
/** Longer than any secret that the end of what is looked at may cut. */
const MARGIN = 512;

/** Whether the same request can be sent again without being carried out twice. */
export function isUntouched(status: number): boolean {
  return UNTOUCHED.has(status);
}

/** What an answer means that is not the one hoped for. Takes the answer to its end. */
export async function refusal(
  response: HttpResponse,
  { method, place }: HttpRequest,
  redact: Redact,
): Promise<TransportError> {
  const { status, headers } = response;
  const text = await textOf(response, redact);
  // To a PUT it says that the folder is missing (RFC 4918, 9.7.1).
  const noFolder = status === 409 && method === "PUT";
  const code = noFolder
    ? "TRANSPORT_NOT_FOUND"
    : (statuses[status] ?? (status >= 500 ? "TRANSPORT_BUSY" : "TRANSPORT_REFUSED"));
  const retryAfterMs = code === "TRANSPORT_BUSY" ? retryAfter(headers.get("retry-after"), Date.now()) : undefined;
  const said = text === "" ? "" : ` "${text}"`;
  return new TransportError(code, `the server answers ${status}${said}`, { place, retryAfterMs });
}

/** Says that a page came where a file was expected. */
export function pageRefusal(head: Uint8Array, { place }: HttpRequest, redact: Redact): TransportError {
  const text = shownText(new TextDecoder().decode(head), redact);
  const reason = `the answer is a page for people, not a file, as of a login or an error: "${text}"`;
  return new TransportError("TRANSPORT_REFUSED", reason, { place });
}

/**
 * Whether it is a page for people, by the first bytes. Many shops send their XML as `text/html`, the default of PHP; so that
 * content type decides only where the bytes are no XML.
 */
export function isPage(head: Uint8Array, contentType: string | undefined): boolean {
  const text = new TextDecoder().decode(head).trimStart();
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype\s+html|html)\b/i.test(text)) return true;
  return /^(?:text\/html|application\/xhtml\+xml)$/.test(contentType ?? "") && !text.startsWith("<?xml");
}

/** `"120"`, or a date, as milliseconds from now. */
export function retryAfter(value: string | null, nowMs: number): number | undefined {
  if (value === null) return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) ? undefined : Math.max(0, atMs - nowMs);
}

async function textOf(response: HttpResponse, redact: Redact): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  try {
    for (let piece = await response.next(); piece !== undefined; piece = await response.next()) {
      pieces.push(piece);
      size += piece.length;
      if (size > LOOKED_AT) break;
    }
  } catch (error) {
    // A text that breaks off is as good as none; what the caller asked for is not.
    if (!(error instanceof TransportError)) throw error;
  } finally {
    response.cancel();
  }
  const bytes = new Uint8Array(Math.min(size, LOOKED_AT));
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, bytes.length - at);
    bytes.set(part, at);
    at += part.length;
  }
  const { encoding = "utf-8" } = contentTypeOf(response.headers);
  const text = decoderFor(encoding).decode(bytes);
  return shownText(size > LOOKED_AT ? text.slice(0, -MARGIN) : text, redact);
}

function decoderFor(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding);
  } catch {
    return new TextDecoder();
  }
}

/** What is left of a page without tags, at most so many characters. */
function shownText(page: string, redact: Redact): string {
  const text = page
    .replace(/<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g, "$1")
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ")
    .replace(/<!--[\s\S]*?(?:-->|$)/g, " ")
    .replace(/<[^<>]*>/g, " ")
    .replace(/&(?:lt|gt|quot|#0*39|nbsp|amp);/g, (entity) => entities[entity.replace(/#0+/, "#")] ?? " ");
  // Masked before it is cut, so that no half of a secret is left.
  const told = redact(text)
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ")
    .trim();
  return told.length > SHOWN ? `${told.slice(0, SHOWN)}…` : told;
}

const entities: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** `Text/XML; charset="UTF-8"` → `text/xml` and `utf-8`. */
export function contentTypeOf(headers: Headers): {
  readonly contentType: string | undefined;
  readonly encoding: string | undefined;
} {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").split(";");
  const charset = parameters
    .map((one) => /^\s*charset\s*=\s*"?([^"\s]+)/i.exec(one)?.[1])
    .find((one) => one !== undefined);
  return { contentType: type.trim().toLowerCase() || undefined, encoding: charset?.toLowerCase() };
}
