import { TransportError, type TransportErrorCode } from "../../errors.ts";
import { harmless, type Redact } from "../../transfer/secrets.ts";
import { networkCode } from "../failures.ts";

/** What an error is told with. */
export interface FailureContext {
  readonly place: string;
  readonly redact: Redact;
}

export const END_OF_FILE = 1;
export const NO_SUCH_FILE = 2;
export const FAILURE = 4;
export const OP_UNSUPPORTED = 8;

/**
 * Codes of answers. Version 3 of the protocol, the one in use, ends at 8; servers that know later versions send theirs too.
 *
 * @see https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-13#section-9.1 (read 2026-11-24)
 */
const answers: Readonly<Record<number, TransportErrorCode>> = {
  [NO_SUCH_FILE]: "TRANSPORT_NOT_FOUND",
  3: "TRANSPORT_DENIED",
  6: "TRANSPORT_INTERRUPTED",
  7: "TRANSPORT_INTERRUPTED",
  [OP_UNSUPPORTED]: "TRANSPORT_UNSUPPORTED",
  10: "TRANSPORT_NOT_FOUND",
  11: "TRANSPORT_EXISTS",
  12: "TRANSPORT_DENIED",
  14: "TRANSPORT_FULL",
  15: "TRANSPORT_FULL",
  17: "TRANSPORT_BUSY",
  19: "TRANSPORT_NOT_FOUND",
  24: "TRANSPORT_DENIED",
};

/** OpenSSH says only "Failure"; others tell the reason in words. */
const words: readonly (readonly [RegExp, TransportErrorCode])[] = [
  [/no space|disk full|quota/i, "TRANSPORT_FULL"],
  [/no such|not found|not a directory|does ?n[o']t exist/i, "TRANSPORT_NOT_FOUND"],
  [/denied|permission|not (?:allowed|permitted)|forbidden|read-?only/i, "TRANSPORT_DENIED"],
  [/\bexists?\b|already/i, "TRANSPORT_EXISTS"],
];

/** As a {@link TransportError} whatever a request has failed with. */
export function sftpFailure(error: unknown, { place, redact }: FailureContext): TransportError {
  if (error instanceof TransportError) return error;
  const cause = harmless(error, redact);
  const told = redact(error instanceof Error ? error.message : String(error));
  const answer = answerCode(error);
  if (answer !== undefined)
    return new TransportError(answerMeaning(answer, told), `the server answers "${told}"`, { place, cause });
  // What ssh2 says of requests that are open when the channel ends.
  const ended = told === "No response from server";
  const code = networkCode(error) ?? (ended ? "TRANSPORT_INTERRUPTED" : "TRANSPORT_REFUSED");
  return new TransportError(code, ended ? "the connection ended" : told, { place, cause });
}

/** The number in the server's answer, if the error is one. */
export function answerCode(error: unknown): number | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : undefined;
}

function answerMeaning(answer: number, told: string): TransportErrorCode {
  if (answer === FAILURE) return words.find(([expression]) => expression.test(told))?.[1] ?? "TRANSPORT_REFUSED";
  return answers[answer] ?? "TRANSPORT_REFUSED";
}
