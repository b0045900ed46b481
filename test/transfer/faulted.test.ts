import { chownSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { ftpTransport } from "../../src/adapters/ftp.ts";
import { sftpTransport } from "../../src/adapters/sftp.ts";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import { ftpOptionsOf, ownAddress, sftpOptionsOf } from "../adapters/real.ts";
import { servers } from "../servers/servers.ts";
import { type Faulted, type FaultedCounts, faultedTransfers } from "./faulted.ts";

/** Uploads, and as many downloads, on each server; thousands with `npm run soak:transfers`. */
const COUNT = Number(process.env["PROPOJKA_SOAK"] ?? 15);
const SEED = Number(process.env["PROPOJKA_SEED"] ?? 1);
const TIME_MS = 60_000 + COUNT * 5000;

const timeouts = { connectMs: 1500, controlMs: 700, dataMs: 500 } as const;
const { list, reason } = servers();
const real = list.filter(({ kind, name }) => kind !== "http" && name !== "proftpd-no-overwrite");

describe(`${COUNT} uploads and downloads through connections that break`, () => {
  test("on the server of the test kit", { timeout: TIME_MS }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "propojka-faulted-"));
    const server = await ftpServer({ root: folder, users: { shop: "heslo" } });
    const login = { user: "shop", password: "heslo", secure: "none", timeouts } as const;
    try {
      report(
        "test kit",
        await faultedTransfers(COUNT, SEED, {
          folder,
          server: { host: server.host, port: server.port },
          connect: ({ host, port }, retry) => ftpTransport({ ...login, host, port, retry }),
        }),
      );
    } finally {
      await server.close();
      rmSync(folder, { recursive: true });
    }
  });

  test.each(real)("on $name", { timeout: TIME_MS }, async (server) => {
    const folder = mkdtempSync(join(server.folder, "faulted-"));
    const { uid, gid } = statSync(server.folder);
    const belongs = (path: string): void => chownSync(path, uid, gid);
    belongs(folder);
    const { host, port, passivePorts, tls } = server;
    const own = relative(server.folder, folder);
    const faulted: Faulted = {
      folder,
      belongs,
      oneConnection: server.kind === "sftp",
      server: { host, port, ...(tls !== "none" && passivePorts && { passivePorts, listen: ownAddress() }) },
      connect: (proxy, retry) => {
        const options = { host: proxy.host, port: proxy.port, timeouts, retry };
        if (server.kind === "ftp") return ftpTransport({ ...ftpOptionsOf(server), ...options, folder: own });
        const sftp = sftpOptionsOf(server);
        return sftpTransport({ ...sftp, ...options, folder: `${sftp.folder ?? ""}/${own}` });
      },
    };
    try {
      report(server.name, await faultedTransfers(COUNT, SEED, faulted));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test.skipIf(real.length > 0)(`on real servers (left out: ${reason ?? "they are there"})`, () => undefined);
});

function report(name: string, counts: FaultedCounts): void {
  expect(counts.uploads).toBe(COUNT);
  expect(counts.downloads).toBe(COUNT);
  // Without faults that struck, nothing has been shown.
  expect(Object.values(counts.struck).reduce((sum, one) => sum + one, 0)).toBeGreaterThan(COUNT / 5);
  expect(counts.retries).toBeGreaterThan(0);
  if (process.env["PROPOJKA_SOAK"] !== undefined) process.stdout.write(`${name}: ${JSON.stringify(counts)}\n`);
}
