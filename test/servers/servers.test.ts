import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { get as getHttp } from "node:http";
import { get as getHttps } from "node:https";
import { join } from "node:path";
import { Client } from "basic-ftp";
import SftpClient from "ssh2-sftp-client";
import { describe, expect, it } from "vitest";
import { servers, type TestServer } from "./servers.ts";

// Other tests use the same folders at the same time.
const FILE = "odpověď č. 1.xml";
const { list, reason } = servers();

describe("the real servers", () => {
  if (reason !== undefined) {
    it.skip(reason);
    return;
  }

  it("are all there", () => {
    expect(list.map(({ name }) => name)).toMatchInlineSnapshot(`
      [
        "vsftpd",
        "vsftpd-tls",
        "proftpd",
        "proftpd-tls",
        "proftpd-implicit",
        "proftpd-no-overwrite",
        "proftpd-sftp",
        "pureftpd",
        "pureftpd-tls",
        "openssh",
        "nginx",
        "nginx-tls",
      ]
    `);
  });

  it.each(of("ftp"))("$name takes the password and lists its folder", async (server) => {
    await withFile(server, async () => {
      const client = new Client(8000);
      try {
        await client.access({
          host: server.host,
          port: server.port,
          user: server.user,
          password: server.password,
          secure: { none: false, explicit: true, implicit: "implicit" as const }[server.tls],
          secureOptions: { ca: authority(server) },
        });
        expect(await client.list()).toContainEqual(expect.objectContaining({ name: FILE, size: 4 }));
      } finally {
        client.close();
      }
    });
  });

  it.each(of("sftp"))("$name takes the password, has the host key and lists its folder", async (server) => {
    expect(await listSftp(server, { password: server.password })).toContain(FILE);
  });

  it.each(of("sftp").filter(({ keyFile }) => keyFile !== undefined))("$name takes the key", async (server) => {
    expect(await listSftp(server, { privateKey: readFileSync(server.keyFile!) })).toContain(FILE);
  });

  it.each(of("http"))("$name serves a file of its folder", async (server) => {
    await withFile(server, async () => {
      expect(await body(server, `/${encodeURIComponent(FILE)}`)).toBe("<A/>");
    });
  });
});

function of(kind: TestServer["kind"]): readonly TestServer[] {
  return list.filter((server) => server.kind === kind);
}

/** Puts a file into the folder, past the server, for as long as `use` takes. */
async function withFile<T>(server: TestServer, use: () => Promise<T>): Promise<T> {
  const path = join(server.folder, FILE);
  writeFileSync(path, "<A/>");
  try {
    return await use();
  } finally {
    rmSync(path);
  }
}

async function listSftp(server: TestServer, login: SftpClient.ConnectOptions): Promise<readonly string[]> {
  const client = new SftpClient();
  try {
    return await withFile(server, async () => {
      await client.connect({
        host: server.host,
        port: server.port,
        username: server.user,
        hostHash: "sha256",
        hostVerifier: (hash: string) =>
          server.hostKey === `SHA256:${Buffer.from(hash, "hex").toString("base64").replace("=", "")}`,
        ...login,
      });
      return (await client.list(".")).map(({ name }) => name);
    });
  } finally {
    await client.end();
  }
}

async function body(server: TestServer, path: string): Promise<string> {
  const { host, port, tls } = server;
  const get = tls === "none" ? getHttp : getHttps;
  return await new Promise((resolve, reject) => {
    get({ host, port, path, ca: authority(server), agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => (text += part));
      response.on("end", () => resolve(text));
      response.on("error", reject);
    }).on("error", reject);
  });
}

function authority({ ca }: TestServer): string | undefined {
  return ca === undefined ? undefined : readFileSync(ca, "utf8");
}
