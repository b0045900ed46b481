import { FTPError } from "basic-ftp";
import { TransportError, type TransportErrorCode } from "../../errors.ts";
import { harmless, type Redact } from "../../transfer/secrets.ts";
import { networkCode } from "../failures.ts";

/** What an error is told with. */
export interface FailureContext {
  readonly place: string;
  /** Also decodes what the server said. */
  readonly redact: Redact;
}

/** Codes of replies. @see https://www.rfc-editor.org/rfc/rfc959, rfc2228, rfc4217 (read 2026-11-24) */
const replies: Readonly<Record<number, TransportErrorCode>> = {
  421: "TRANSPORT_BUSY",
  425: "TRANSPORT_CONNECT",
  426: "TRANSPORT_INTERRUPTED",
  430: "TRANSPORT_LOGIN",
  434: "TRANSPORT_CONNECT",
  450: "TRANSPORT_BUSY",
  451: "TRANSPORT_BUSY",
  452: "TRANSPORT_FULL",
  500: "TRANSPORT_UNSUPPORTED",
  501: "TRANSPORT_UNSUPPORTED",
  502: "TRANSPORT_UNSUPPORTED",
  504: "TRANSPORT_UNSUPPORTED",
  521: "TRANSPORT_SECURITY",
  522: "TRANSPORT_SECURITY",
  530: "TRANSPORT_LOGIN",
  532: "TRANSPORT_LOGIN",
  533: "TRANSPORT_SECURITY",
  534: "TRANSPORT_SECURITY",
  535: "TRANSPORT_SECURITY",
  536: "TRANSPORT_SECURITY",
  550: "TRANSPORT_NOT_FOUND",
  552: "TRANSPORT_FULL",
  553: "TRANSPORT_DENIED",
};

/** Servers answer 550 and 553 to many things and tell them apart in words only. */
const DENIED = /denied|permission|not allowed|not permitted|forbidden|prohibited|read-?only/i;
const EXISTS = /\bexists?\b(?! *not)|already|overwrit/i;
const NOT_THERE = /no such|not found|does ?n[o']t exist|can(?:not|'t) find/i;

/** As a {@link TransportError} whatever basic-ftp has thrown. */
export function ftpFailure(error: unknown, { place, redact }: FailureContext): Error {
  if (error instanceof TransportError) return error;
  const cause = harmless(error, redact);
  // Replies may have several lines; a message has one.
  const told = redact(error instanceof Error ? error.message : String(error))
    .trim()
    .replace(/\s*[\r\n]+\s*/g, " ");
  if (error instanceof FTPError) {
    const code = replyCode(error);
    // Replies 4xx are said to pass.
    const retryable = code === "TRANSPORT_FULL" ? error.code < 500 : undefined;
    return new TransportError(code, `the server answers "${told}"${hints[error.code] ?? ""}`, {
      place,
      cause,
      retryable,
    });
  }
  const code = networkCode(error) ?? codeByMessage(told);
  const hint = told.includes("data connection") ? PASSIVE_HINT : "";
  return new TransportError(code, `${told}${hint}`, { place, cause });
}

const PASSIVE_HINT =
  "; a firewall, a range of passive ports that is closed, or data that comes from another host (separateDataHost)";

const hints: Readonly<Record<number, string>> = {
  425: PASSIVE_HINT,
  522: "; it wants the TLS session of the control connection to be used again, and it was not",
};

function replyCode({ code, message }: FTPError): TransportErrorCode {
  // The last words of a session of vsftpd, whatever the command was.
  if (message.startsWith("500 OOPS")) return "TRANSPORT_INTERRUPTED";
  // pure-ftpd says 451 also of a folder that is not there.
  if (code >= 450 && NOT_THERE.test(message)) return "TRANSPORT_NOT_FOUND";
  if (code === 550 || code === 553) {
    if (DENIED.test(message)) return "TRANSPORT_DENIED";
    if (EXISTS.test(message)) return "TRANSPORT_EXISTS";
  }
  return replies[code] ?? (code < 500 ? "TRANSPORT_BUSY" : "TRANSPORT_REFUSED");
}

function codeByMessage(message: string): TransportErrorCode {
  if (message.startsWith("Timeout")) return "TRANSPORT_TIMEOUT";
  if (/Maximum bytes exceeded|exceeded maximum allowed size/.test(message)) return "TRANSPORT_LIMIT";
  if (message.startsWith("Can't open data connection")) return "TRANSPORT_CONNECT";
  if (/clos|FIN packet|premature|aborted|reset/i.test(message)) return "TRANSPORT_INTERRUPTED";
  return "TRANSPORT_REFUSED";
}
