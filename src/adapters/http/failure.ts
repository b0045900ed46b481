import { TransportError, type TransportErrorCode } from "../../errors.ts";
import { harmless, type Redact } from "../../transfer/secrets.ts";
import { codeOf, networkCode } from "../failures.ts";

/** What an error is told with. */
export interface FailureContext {
  readonly place: string;
  readonly redact: Redact;
}

/** Of undici, which is the fetch of Node, and of its parsers. */
const codes: Readonly<Record<string, TransportErrorCode>> = {
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "TRANSPORT_INCOMPLETE",
  UND_ERR_RESPONSE: "TRANSPORT_INTERRUPTED",
  UND_ERR_HEADERS_OVERFLOW: "TRANSPORT_LIMIT",
  UND_ERR_DESTROYED: "TRANSPORT_INTERRUPTED",
  UND_ERR_CLOSED: "TRANSPORT_INTERRUPTED",
  HPE_INVALID_EOF_STATE: "TRANSPORT_INTERRUPTED",
  HPE_INVALID_CHUNK_SIZE: "TRANSPORT_INCOMPLETE",
  HPE_STRICT: "TRANSPORT_INCOMPLETE",
  Z_BUF_ERROR: "TRANSPORT_INCOMPLETE",
  Z_DATA_ERROR: "TRANSPORT_INCOMPLETE",
};

/** As a {@link TransportError} whatever fetch has thrown: what went wrong stands in its cause. */
export function httpFailure(error: unknown, { place, redact }: FailureContext): Error {
  if (error instanceof TransportError) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const own = codeOf(cause);
  const code = networkCode(cause) ?? (own !== undefined && Object.hasOwn(codes, own) ? codes[own] : undefined);
  const told = harmless(cause, redact);
  // Of several addresses that all failed, there is no message.
  const message = told.message === "" ? (own ?? "the request failed") : told.message;
  return new TransportError(code ?? "TRANSPORT_REFUSED", message, { place, cause: told });
}
