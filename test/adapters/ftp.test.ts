import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { type FtpOptions, ftpTransport } from "../../src/adapters/ftp.ts";
import { faultProxy } from "../../src/testing/fault-proxy.ts";
import type { FtpServerOptions } from "../../src/testing/ftp/options.ts";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import type { TransportSuiteOptions } from "../../src/testing/transport/case.ts";
import { transportSuite } from "../../src/testing/transport/suite.ts";
import { servers, type TestServer } from "../servers/servers.ts";
import { ftpOptionsOf, ownAddress, ownFolder, retry, timeouts } from "./real.ts";

const { list, reason } = servers();
const real = list.filter(({ kind }) => kind === "ftp");

describe.concurrent.each(real)("FTP on $name", (server) => {
  transportSuite({ test: test.concurrent, skip: test.skip, ...suiteOf(server) });
});

test.skipIf(real.length > 0)(`FTP on real servers (left out: ${reason ?? "they are there"})`, () => undefined);

const quirks: readonly (readonly [name: string, options: Omit<FtpServerOptions, "root">])[] = [
  ["that can everything", {}],
  ["without MLSD, EPSV, SIZE and MDTM", { without: ["MLSD", "EPSV", "SIZE", "MDTM"] }],
];

describe.concurrent.each(quirks)("FTP on a server %s", (_name, options) => {
  transportSuite({ test: test.concurrent, skip: test.skip, ...ownServer(options) });
});

function suiteOf(server: TestServer): Omit<TransportSuiteOptions, "test" | "skip"> {
  const overwrites = server.name !== "proftpd-no-overwrite";
  const create = async (own: Partial<FtpOptions>) => {
    const { name: folder, dispose } = ownFolder(server);
    const home = ftpTransport(ftpOptionsOf(server));
    await home.makeFolder(folder);
    await home.close();
    return { transport: ftpTransport({ ...ftpOptionsOf(server), folder, ...own }), dispose };
  };
  return {
    create: (limits) => create({ ...limits }),
    createFaulty: async (faults) => {
      const { host, port, passivePorts, tls } = server;
      const proxy = await faultProxy({
        host,
        port,
        faults,
        ...(tls !== "none" && passivePorts && { passivePorts, listen: ownAddress() }),
      });
      return {
        ...(await create({
          host: proxy.host,
          port: proxy.port,
          timeouts,
          ...(process.env["DBG"] && {
            onLine: (l: string) => console.log(Date.now() % 1e6, l),
            retry: { ...retry, onRetry: (r) => console.log(Date.now() % 1e6, "RETRY", r.error.message, r.attempt) },
          }),
        })),
        proxy,
      };
    },
    without: overwrites ? {} : { replace: "this server refuses to replace files" },
  };
}

function ownServer(options: Omit<FtpServerOptions, "root">): Omit<TransportSuiteOptions, "test" | "skip"> {
  const create = async (own: Partial<FtpOptions> = {}) => {
    const root = mkdtempSync(join(tmpdir(), "propojka-ftp-"));
    const server = await ftpServer({ root, users: { shop: "heslo" }, ...options });
    const login = {
      host: server.host,
      port: server.port,
      user: "shop",
      password: "heslo",
      secure: "none",
      retry,
    } as const;
    const dispose = async (): Promise<void> => {
      await server.close();
      rmSync(root, { recursive: true });
    };
    return { transport: ftpTransport({ ...login, ...own }), server, dispose };
  };
  return {
    create: (limits) => create({ ...limits }),
    createFaulty: async (faults) => {
      const { server, dispose } = await create();
      const proxy = await faultProxy({ host: server.host, port: server.port, faults });
      const login = { user: "shop", password: "heslo", secure: "none", retry, timeouts } as const;
      return { transport: ftpTransport({ host: proxy.host, port: proxy.port, ...login }), proxy, dispose };
    },
  };
}
