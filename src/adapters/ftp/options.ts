import type { ConnectionOptions } from "node:tls";
import type { RetryOptions } from "../../transfer/retry.ts";
import type { TransferLimits } from "../../transfer/limits.ts";
import type { NameEncoding } from "./wire.ts";

/** An FTP server and how to speak with it. */
export interface FtpOptions extends TransferLimits {
  readonly host: string;
  /** @defaultValue 21; 990 for implicit TLS */
  readonly port?: number | undefined;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** Folder on the server that paths start from. @defaultValue the folder of the login */
  readonly folder?: string | undefined;
  /**
   * `explicit`: TLS is asked for on the usual port; `implicit`: TLS from the first byte; `none`: everything, the password too, goes
   * over the line as it is.
   *
   * @defaultValue "explicit"
   */
  readonly secure?: "explicit" | "implicit" | "none" | undefined;
  /** Certificates are always checked: name here the authority (`ca`) of those that the system does not know. */
  readonly tls?: FtpTls | undefined;
  /** `auto` asks for EPSV first and for PASV where that fails. There is no active mode. @defaultValue "auto" */
  readonly passive?: "auto" | "epsv" | "pasv" | undefined;
  /**
   * Whether data may come from another host, where PASV names one. Otherwise the host of the control connection is used in its
   * place, which is also right for servers behind NAT that name their inner address.
   *
   * @defaultValue false
   */
  readonly separateDataHost?: boolean | undefined;
  /** Encoding of names of files, of user and of password. @defaultValue "utf-8" */
  readonly names?: NameEncoding | undefined;
  readonly timeouts?: FtpTimeouts | undefined;
  /**
   * Connections at most, opened when they are needed. Calls queue for one; a file that is being read or written holds one.
   *
   * @defaultValue 2
   */
  readonly connections?: number | undefined;
  /** How passing failures are made good; false leaves them to the caller. */
  readonly retry?: RetryOptions | false | undefined;
  /** Called with every line sent and received, without secrets: for finding out what goes wrong. */
  readonly onLine?: ((line: string) => void) | undefined;
}

export type FtpTls = Pick<
  ConnectionOptions,
  "ca" | "cert" | "key" | "passphrase" | "servername" | "minVersion" | "maxVersion"
>;

/** In milliseconds. */
export interface FtpTimeouts {
  /** From the first packet to the end of the login. @defaultValue 20_000 */
  readonly connectMs?: number | undefined;
  /** For each reply. @defaultValue 30_000 */
  readonly controlMs?: number | undefined;
  /** While data is to come or go, and none does. @defaultValue 60_000 */
  readonly dataMs?: number | undefined;
  /** For a connection to be free. @defaultValue 120_000 */
  readonly queueMs?: number | undefined;
}

export const CONNECTIONS = 2;
export const CONNECT_MS = 20_000;
export const CONTROL_MS = 30_000;
export const DATA_MS = 60_000;
export const QUEUE_MS = 120_000;
