import type { Transport } from "../../ports.ts";
import { TransportError } from "../../errors.ts";
import type { Redact } from "../../transfer/secrets.ts";
import type { Access } from "../remotes.ts";
import type { Settings } from "../settings.ts";
import { toldFor } from "../telling.ts";
import type { Place } from "../url.ts";
import type { Findings } from "./findings.ts";

/** What the checks of one place share. */
export interface Examination {
  readonly place: Place;
  readonly access: Access;
  readonly findings: Findings;
  /** Whether nothing may be written. */
  readonly readOnly: boolean;
  /** For messages, which then hold no secret. */
  readonly redact: Redact;
  /** Told what is said on the connection, where somebody wants to know. */
  readonly onLine: ((line: string) => void) | undefined;
  /** A transport for the place, with these settings besides its own. It is closed at the end. */
  readonly open: (settings?: Settings) => Promise<Transport>;
}

/** What is known of a server before files are looked at. */
export interface Known {
  /** Settings that it turned out to need. */
  readonly settings: Settings;
  /** How files are listed: `"MLSD"`. */
  readonly listing: string;
  /** Whether it says that names are UTF-8. */
  readonly saysUtf8: boolean;
}

/**
 * The reason of a {@link TransportError}; anything else is thrown on. Of one that is not from a transport of the examination,
 * in words of the URL and without its secrets.
 */
export function reasonOf(error: unknown, exam?: Pick<Examination, "place" | "redact">): string {
  if (!(error instanceof TransportError)) throw error;
  return exam === undefined ? error.reason : toldFor(error, exam.place, exam.redact).reason;
}

export function codeIn(error: unknown): string | undefined {
  return error instanceof TransportError ? error.code : undefined;
}

/** Whether names may turn out to be in the encoding of old Windows. */
export function mayBeWindows({ scheme, settings }: Place): boolean {
  return scheme.startsWith("ftp") && settings.names === undefined;
}

/** `"3 files"` */
export function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
