import type { TransportErrorCode } from "../errors.ts";

const codes: Readonly<Record<string, TransportErrorCode>> = {
  ECONNREFUSED: "TRANSPORT_CONNECT",
  ENOTFOUND: "TRANSPORT_CONNECT",
  EAI_AGAIN: "TRANSPORT_CONNECT",
  EHOSTUNREACH: "TRANSPORT_CONNECT",
  EHOSTDOWN: "TRANSPORT_CONNECT",
  ENETUNREACH: "TRANSPORT_CONNECT",
  ENETDOWN: "TRANSPORT_CONNECT",
  EADDRNOTAVAIL: "TRANSPORT_CONNECT",
  UND_ERR_CONNECT_TIMEOUT: "TRANSPORT_CONNECT",
  ETIMEDOUT: "TRANSPORT_TIMEOUT",
  UND_ERR_HEADERS_TIMEOUT: "TRANSPORT_TIMEOUT",
  UND_ERR_BODY_TIMEOUT: "TRANSPORT_TIMEOUT",
  ECONNRESET: "TRANSPORT_INTERRUPTED",
  ECONNABORTED: "TRANSPORT_INTERRUPTED",
  EPIPE: "TRANSPORT_INTERRUPTED",
  ERR_STREAM_PREMATURE_CLOSE: "TRANSPORT_INTERRUPTED",
  UND_ERR_SOCKET: "TRANSPORT_INTERRUPTED",
  EPROTO: "TRANSPORT_SECURITY",
};

/** Of Node and OpenSSL, for certificates and for TLS itself. */
const SECURITY = /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|ERR_TLS_|ERR_SSL_)/;

/** What an error of a socket or of TLS means, by its `code`; undefined for any other. */
export function networkCode(error: unknown): TransportErrorCode | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  return Object.hasOwn(codes, code) ? codes[code] : SECURITY.test(code) ? "TRANSPORT_SECURITY" : undefined;
}

/** `"ECONNRESET"`; undefined if an error has no such code. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}
