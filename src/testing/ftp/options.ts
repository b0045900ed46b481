/**
 * What a server may lack. `"TLS"` means AUTH, PBSZ and PROT, `"MLSD"` takes MLST along, `"UTF8"` is OPTS UTF8 and its line
 * in FEAT; all others are commands.
 */
export type FtpFeature =
  | "TLS"
  | "UTF8"
  | "FEAT"
  | "OPTS"
  | "SYST"
  | "EPSV"
  | "PASV"
  | "LIST"
  | "NLST"
  | "MLSD"
  | "SIZE"
  | "MDTM"
  | "REST"
  | "APPE"
  | "MKD"
  | "DELE"
  | "RNFR"
  | "ABOR";

/** How names of files are encoded: on the control connection and in listings. */
export type FtpNameEncoding = "utf-8" | "windows-1250" | "latin1";

/** Key and certificate, and how TLS begins. */
export interface FtpServerTls {
  /** Private key, PEM. */
  readonly key: string | Uint8Array;
  /** Certificate, PEM, with the chain if there is one. */
  readonly cert: string | Uint8Array;
  /** TLS from the first byte, as on port 990, instead of by AUTH TLS. @defaultValue false */
  readonly implicit?: boolean;
  /** The newest version that is spoken. Servers on old systems stay at 1.2. @defaultValue "TLSv1.3" */
  readonly maxVersion?: "TLSv1.2" | "TLSv1.3";
}

/**
 * How the server is to behave. What is said here of real servers was seen by running vsftpd 3.0.3, proftpd 1.3.8 and
 * pure-ftpd 1.0.50 of Debian 12 (2026-11-24); where it was not, it says so.
 */
export interface FtpServerOptions {
  /** Folder whose files are served; it must exist. Nothing outside of it is read or written, also not through links. */
  readonly root: string;
  /** Address to listen on. @defaultValue "127.0.0.1" */
  readonly host?: string;
  /** Port of the control connection; 0 for a free one. @defaultValue 0 */
  readonly port?: number;
  /** First and last port of data connections, as behind a firewall. @defaultValue any free port */
  readonly passivePorts?: readonly [from: number, to: number];
  /** Names and passwords. @defaultValue every name and password is let in */
  readonly users?: Readonly<Record<string, string>>;
  /** TLS is offered: by AUTH TLS, or from the start where it is implicit. @defaultValue no TLS */
  readonly tls?: FtpServerTls;
  /**
   * What the server lacks: answered with 500 and absent from FEAT. vsftpd has no MLSD; servers behind an old firewall or
   * load balancer lack EPSV, and IIS 6 lacks MLSD (own knowledge, not run).
   *
   * @defaultValue []
   */
  readonly without?: readonly FtpFeature[];
  /**
   * A login without TLS is refused with 530, and a data connection without it with 522, as vsftpd does it. pure-ftpd says
   * 421 and 521, proftpd 550 and, to PROT C, 534 (see {@link FtpServerOptions.onCommand}).
   *
   * @defaultValue false
   */
  readonly requireTls?: boolean;
  /**
   * A data connection whose TLS session is not that of an earlier connection is refused with 522, and the session ends.
   * vsftpd does so unless `require_ssl_reuse=NO`; proftpd unless `NoSessionReuseRequired`, with 425 and without hanging up.
   *
   * @defaultValue false
   */
  readonly requireSessionReuse?: boolean;
  /**
   * IPv4 address stated in answer to PASV. A server behind NAT that does not know its outer address states the inner one,
   * such as 192.168.0.10: any server without `pasv_address` (vsftpd), `MasqueradeAddress` (proftpd) or `-P` (pure-ftpd).
   *
   * @defaultValue the address it listens on
   */
  readonly pasvHost?: string;
  /**
   * Encoding of names. Windows servers before IIS 7 and small routers with Czech set-up send windows-1250 (own knowledge,
   * not run). Characters that the encoding lacks become `?`.
   *
   * @defaultValue "utf-8"
   */
  readonly names?: FtpNameEncoding;
  /**
   * Whether RNTO replaces a file that exists; otherwise it is answered with 553. vsftpd, proftpd with `AllowOverwrite on`
   * and pure-ftpd replace it; proftpd without that line refuses, with 550.
   *
   * @defaultValue true
   */
  readonly replaceOnRename?: boolean;
  /**
   * Changes the lines of a LIST, NLST or MLSD before they are sent, each without its line end. Names that no server should
   * send are put in here: `../../etc/passwd`, `CON`, a line break within a name. A generator may yield more than fits
   * into memory.
   */
  readonly listing?: (lines: readonly string[]) => Iterable<string>;
  /**
   * Most sessions at a time; more are turned away with 421. Web hosts allow two to eight for an account, pure-ftpd by
   * `-C`, vsftpd by `max_per_ip` (own knowledge, not run).
   *
   * @defaultValue no limit
   */
  readonly maxSessions?: number;
  /** How long a transfer waits for its data connection before 425, milliseconds. @defaultValue 10_000 */
  readonly dataTimeoutMs?: number;
  /**
   * Answers a command in the server's place, such as `"550 Permission denied."`; undefined leaves it to the server, the
   * empty text is no answer at all. An answer that begins with 421 ends the session. A promise is waited for, so that a
   * test can decide when the server goes on. The name is in capitals; the argument of PASS is the real password.
   */
  readonly onCommand?: (name: string, argument: string) => string | undefined | Promise<string | undefined>;
}

/** A server that runs. */
export interface FtpServer {
  readonly host: string;
  readonly port: number;
  /** Real path of the folder that is served. */
  readonly root: string;
  /** All commands received, of all sessions in order: `STOR orders.xml`. A password is shown as `PASS ***`. */
  readonly commands: readonly string[];
  /** Ends every connection and stops listening. Files of unfinished uploads stay as they are. */
  readonly close: () => Promise<void>;
}
