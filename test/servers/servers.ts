import { readFileSync } from "node:fs";

/** A real server that `test/servers/start` started on loopback, with a folder of its own. */
export interface TestServer {
  /**
   * Which program, and how it is set up:
   *
   * - `vsftpd`, `proftpd`, `pureftpd`: FTP without TLS. vsftpd has no MLSD; pureftpd takes 3 s to refuse a password.
   * - `vsftpd-tls`, `proftpd-tls`: explicit TLS; a data connection has to resume the session of its control connection.
   * - `pureftpd-tls`: explicit TLS; sessions need not be resumed.
   * - `proftpd-implicit`: implicit TLS, otherwise as `proftpd-tls`.
   * - `proftpd-no-overwrite`: neither a rename nor an upload replaces a file that exists.
   * - `openssh`: SFTP by password and by key. A session begins in the folder but sees the whole disk; all other servers
   *   show the folder as their root.
   * - `proftpd-sftp`: SFTP by password.
   * - `nginx`, `nginx-tls`: HTTP with WebDAV; `start` lists the places.
   */
  readonly name: string;
  readonly kind: "ftp" | "sftp" | "http";
  /** Also the name by which the certificate knows it, beside `localhost`. */
  readonly host: string;
  readonly port: number;
  /** For HTTP, `implicit` means HTTPS. SFTP has none. */
  readonly tls: "none" | "explicit" | "implicit";
  readonly user: string;
  /** With a space and letters outside ASCII, sent as UTF-8. */
  readonly password: string;
  /** Absolute path of its files on disk, to look past the server. */
  readonly folder: string;
  /** FTP: first and last port of data connections. */
  readonly passivePorts?: readonly [from: number, to: number];
  /** With TLS: path of the certificate (PEM) of the authority that signed the server's. */
  readonly ca?: string;
  /** With TLS: path of a certificate (PEM) for the same names that has nothing to do with {@link ca}. */
  readonly strangerCa?: string;
  /** Path of the user's private key, without a passphrase, where the server takes one. */
  readonly keyFile?: string;
  /** SFTP: fingerprint of the host key, `SHA256:` and base64 without padding, as OpenSSH prints it. */
  readonly hostKey?: string;
  /** Of the process that listens. */
  readonly pid: number;
}

/**
 * Gives the real servers that run for the tests, from the file that the environment variable PROPOJKA_TEST_SERVERS
 * names, or none and the reason why.
 *
 * @throws Error if the variable names a file that cannot be read: tests must not be skipped by a mistyped name.
 */
export function servers(): { readonly list: readonly TestServer[]; readonly reason: string | undefined } {
  const file = process.env["PROPOJKA_TEST_SERVERS"];
  if (file === undefined || file === "") {
    return {
      list: [],
      reason: "no real servers: PROPOJKA_TEST_SERVERS is not set; test/servers/start starts them and prints its value",
    };
  }
  return { list: JSON.parse(readFileSync(file, "utf8")) as TestServer[], reason: undefined };
}
