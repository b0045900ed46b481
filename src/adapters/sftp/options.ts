import type { TransferLimits } from "../../transfer/limits.ts";
import type { RetryOptions } from "../../transfer/retry.ts";

/** An SFTP server and how to speak with it. */
export interface SftpOptions extends TransferLimits {
  readonly host: string;
  /** @defaultValue 22 */
  readonly port?: number | undefined;
  readonly user: string;
  /** Also the answer where the server asks for it in a dialogue (keyboard-interactive). */
  readonly password?: string | undefined;
  /** Text of a private key: OpenSSH, PEM or PuTTY. */
  readonly privateKey?: string | Uint8Array | undefined;
  /** Of the private key, if it is encrypted. */
  readonly passphrase?: string | undefined;
  /**
   * Fingerprint of the server's key, as `ssh-keygen -l` prints it: `"SHA256:…"`. Several, if the server has several keys or is about
   * to change its key. Without one that fits, every connection is refused, with the fingerprint that the server shows in the
   * message: whoever runs the server can say whether it is the right one.
   */
  readonly hostKey?: string | readonly string[] | undefined;
  /** Folder on the server that paths start from; without `/` at its start, within the folder of the login. @defaultValue that folder */
  readonly folder?: string | undefined;
  readonly timeouts?: SftpTimeouts | undefined;
  /** How passing failures are made good; false leaves them to the caller. */
  readonly retry?: RetryOptions | false | undefined;
  /** Called with what happens on the connection, without secrets: for finding out what goes wrong. */
  readonly onLine?: ((line: string) => void) | undefined;
}

/** In milliseconds. */
export interface SftpTimeouts {
  /** From the first packet to the end of the login. @defaultValue 20_000 */
  readonly connectMs?: number | undefined;
  /** For each reply. @defaultValue 30_000 */
  readonly controlMs?: number | undefined;
  /** While data is to come or go, and none does. @defaultValue 60_000 */
  readonly dataMs?: number | undefined;
}

export const PORT = 22;
export const CONNECT_MS = 20_000;
export const CONTROL_MS = 30_000;
export const DATA_MS = 60_000;
