import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FtpOptions } from "../../src/adapters/ftp.ts";
import type { SftpOptions } from "../../src/adapters/sftp.ts";
import type { RetryOptions } from "../../src/transfer/retry.ts";
import type { TestServer } from "../servers/servers.ts";

/** Attempts follow one another at once. */
export const retry: RetryOptions = { attempts: 5, firstDelayMs: 5, maxDelayMs: 50 };

/** As short as a loaded machine allows. */
export const timeouts = { connectMs: 10_000, controlMs: 3000, dataMs: 1500 } as const;

/** How a real FTP server is spoken with. */
export function ftpOptionsOf(server: TestServer): FtpOptions {
  const { host, port, user, password, ca } = server;
  const secure = server.tls;
  return {
    ...{ host, port, user, password, secure, retry },
    ...(ca !== undefined && { tls: { ca: readFileSync(ca), servername: "localhost" } }),
  };
}

/** How a real SFTP server is spoken with. */
export function sftpOptionsOf({ name, host, port, user, password, folder, hostKey }: TestServer): SftpOptions {
  // OpenSSH shows the whole disk.
  return { host, port, user, password, hostKey, retry, folder: name === "openssh" ? folder : "/" };
}

let count = 0;

/** A folder on a real server for one case, and how to take it away past the server. */
export function ownFolder({ folder }: TestServer): { readonly name: string; readonly dispose: () => void } {
  const name = `case-${process.pid}-${count++}`;
  return { name, dispose: () => rmSync(join(folder, name), { recursive: true, force: true }) };
}

/**
 * A loopback address that no other proxy listens on: those before servers with TLS take the ports of the server's data
 * connections. Linux has all of 127.0.0.0/8.
 */
export function ownAddress(): string {
  return `127.0.${2 + (process.pid % 250)}.${1 + (count++ % 250)}`;
}
