import { mkdirSync, readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import { type AddressInfo, createServer as createTcp, type Server } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { greetFtp } from "../../src/adapters/ftp/survey.ts";
import type { FtpServerOptions } from "../../src/testing/ftp/options.ts";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import { sftpServer, type SftpServerOptions } from "../adapters/sftp-server.ts";
import { certificate, withoutCertificate } from "../testing/certificate.ts";
import { call, folder } from "./call.ts";

const PASSWORD = "Tajne heslo-č. 7/@";
const HASH = "9f8e7d6c5b4a3210";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);
const closing: (() => unknown)[] = [];

beforeEach(async () => {
  files = await folder({ "ca.pem": certificate?.cert ?? "" });
  mkdirSync(at("root/out"), { recursive: true });
  await writeFile(at("root/orders.xml"), "<ORDERS/>");
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await files.remove();
});

async function ftp(options: Partial<FtpServerOptions> = {}) {
  const server = await ftpServer({ root: at("root"), users: { shop: PASSWORD }, ...options });
  closing.push(server.close);
  return {
    ...{ port: server.port, commands: server.commands },
    url: (path = "", scheme = "ftp") => `${scheme}://shop@${server.host}:${server.port}/${path}`,
  };
}

interface Examined {
  readonly exitCode: number;
  readonly out: string;
  /** By check: `"note"`, or `"failed ?replace=remove"` with what to set. */
  readonly found: Readonly<Record<string, string>>;
  readonly message: (check: string) => string;
  readonly report: { readonly import: string; readonly export: string; readonly use?: string };
}

interface Finding {
  readonly check: string;
  readonly level: string;
  readonly message: string;
  readonly set?: string;
}

/** Lets the doctor look, and looks that no secret shows and nothing is left behind. */
async function doctor(url: string, ...more: readonly string[]): Promise<Examined> {
  return doctorWith(PASSWORD, url, ...more);
}

async function doctorWith(password: string, url: string, ...more: readonly string[]): Promise<Examined> {
  const env = { PROPOJKA_PASSWORD: password, SHOP_HASH: HASH };
  const { exitCode, out, err } = await call(["transport", "doctor", url, "--json", ...more], { env });
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "heslo-", HASH])
    expect(out + err).not.toContain(secret);
  expect(err).toBe("");
  const { findings, ...report } = JSON.parse(out) as { findings: readonly Finding[] } & Examined["report"];
  const of = (check: string): readonly Finding[] => findings.filter((finding) => finding.check === check);
  return {
    ...{ exitCode, out, report },
    found: Object.fromEntries(
      findings.map(({ check, level, set }) => [check, set === undefined ? level : `${level} ${set}`]),
    ),
    message: (check) =>
      of(check)
        .map(({ message }) => message)
        .join("\n"),
  };
}

const ALL_WRITTEN = {
  ...{ write: "ok", size: "ok", read: "ok", resume: "ok", rename: "ok", replace: "ok", names: "ok", clock: "ok" },
  cleanup: "ok",
};

describe("an FTP server that does all", () => {
  it("gets a good report, and keeps nothing", async () => {
    const server = await ftp();
    const { exitCode, found, report, message } = await doctor(server.url());
    expect(found).toEqual({
      ...{ address: "ok", connection: "ok", tls: "note", login: "ok", folder: "ok", passive: "ok", listing: "ok" },
      ...ALL_WRITTEN,
    });
    expect({ exitCode, report }).toEqual({
      exitCode: 0,
      report: { url: server.url(), import: "works", export: "works", exitCode: 0 },
    });
    expect(message("login")).toContain("PROPOJKA_PASSWORD");
    expect(message("listing")).toBe("MLSD: 1 file");
    expect(readdirSync(at("root")).sort()).toEqual(["orders.xml", "out"]);
  });

  it("prints a line for each check as it is known, with colours on a terminal only", async () => {
    const argv = ["transport", "doctor", (await ftp({ replaceOnRename: false })).url()];
    const env = { PROPOJKA_PASSWORD: PASSWORD };
    const { out } = await call(argv, { env });
    expect(out).toMatch(/^ok {6}address {6}127\.0\.0\.1\nok {6}connection {3}port \d+, \d+ ms: 220 .*\nnote {4}tls /);
    expect(out).toMatch(/^failed {2}replace .*; set \?replace=remove$/m);
    expect(out).toMatch(
      /\n\nimport {2}works\nexport {2}works with settings\nuse {5}ftp:\/\/shop@.*\?replace=remove\n$/,
    );
    expect(out).not.toContain("\x1b");
    const shown = await call(argv, { env, terminal: true });
    expect(shown.out).toContain("\x1b[31mfailed\x1b[39m");
  });

  it("may be looked at without writing", async () => {
    const server = await ftp();
    const { exitCode, found, report, message } = await doctor(server.url(), "--read-only");
    expect({ exitCode, report }).toMatchObject({ exitCode: 0, report: { import: "works", export: "not tried" } });
    expect(message("read")).toBe("orders.xml: 9 bytes");
    expect(found).not.toHaveProperty("write");
    expect(server.commands.filter((one) => /^(?:STOR|APPE|MKD|DELE|RNFR)/.test(one))).toEqual([]);
  });

  it("may be asked about a file, a folder or what is not there yet", async () => {
    const server = await ftp();
    expect((await doctor(server.url("orders.xml"), "--read-only")).message("file")).toContain("orders.xml: 9 bytes");
    expect((await doctor(server.url("out"), "--read-only")).message("listing")).toBe("MLSD: 0 files");
    expect((await doctor(server.url("feed.xml"), "--read-only")).found).toMatchObject({ file: "note", listing: "ok" });
    expect(await doctor(server.url("none/feed.xml"))).toMatchObject({
      exitCode: 2,
      found: { login: "ok", folder: "failed" },
    });
    expect((await doctor(server.url("none/"))).found).toMatchObject({ login: "ok", folder: "failed" });
  });

  it("tells what is said on the connection, if somebody wants to know", async () => {
    const argv = ["transport", "doctor", (await ftp()).url(), "--read-only", "--verbose"];
    const { err } = await call(argv, { env: { PROPOJKA_PASSWORD: PASSWORD } });
    expect(err).toContain("USER shop");
    expect(err).not.toContain(PASSWORD);
  });
});

describe("an FTP server with a fault", () => {
  it("that nobody listens at", async () => {
    const server = createTcp();
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const { exitCode, found, report } = await doctor(`ftp://shop@127.0.0.1:${port}/`);
    expect({ exitCode, found }).toEqual({ exitCode: 2, found: { address: "ok", connection: "failed" } });
    expect(report).toMatchObject({ import: "does not work", export: "does not work" });
  });

  it("whose name leads nowhere", async () => {
    const { exitCode, found } = await doctor("ftp://shop@ftp.shop.invalid/");
    expect({ exitCode, found }).toEqual({ exitCode: 2, found: { address: "failed" } });
  });

  it("that refuses the password", async () => {
    const { exitCode, found } = await doctor((await ftp({ users: { shop: "another" } })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 2, found: { login: "failed" } });
  });

  it("that has no TLS where it is wanted", async () => {
    const server = await ftp();
    const { exitCode, found } = await doctor(server.url("", "ftps"));
    expect({ exitCode, found }).toMatchObject({
      exitCode: 2,
      found: { tls: expect.stringMatching(/^failed ftp:\/\//) },
    });
    expect(server.commands).not.toContain("PASS ***");
  });

  it.skipIf(withoutCertificate !== undefined)("that offers or wants TLS where none is used", async () => {
    const offering = await doctor((await ftp({ tls: certificate! })).url(), "--read-only");
    expect(offering).toMatchObject({ exitCode: 0, found: { tls: "note ftps:// in the URL" } });
    const wanting = await doctor((await ftp({ tls: certificate!, requireTls: true })).url());
    expect(wanting).toMatchObject({ exitCode: 2, found: { tls: "failed" } });
    expect(wanting.message("tls")).toContain("use ftps://");
  });

  it.skipIf(withoutCertificate !== undefined)(
    "whose certificate nobody knows, which then gets no password",
    async () => {
      const server = await ftp({ tls: certificate! });
      const unknown = await doctor(server.url("", "ftps"));
      expect(unknown).toMatchObject({
        exitCode: 2,
        found: { certificate: expect.stringMatching(/^failed \?ca=FILE/) },
      });
      expect(unknown.message("certificate")).toMatch(/DEPTH_ZERO_SELF_SIGNED_CERT.*(?:[0-9A-F]{2}:){31}/);
      expect(server.commands).not.toContain("PASS ***");
      const known = await doctor(`${server.url("", "ftps")}?ca=${at("ca.pem")}`);
      expect(known.found).toMatchObject({ tls: "ok", certificate: "note", ...ALL_WRITTEN });
      expect(known.message("certificate")).toMatch(
        /of localhost, signed by localhost, trusted by .*\?ca, valid for 1 more day/,
      );
    },
  );

  it.skipIf(withoutCertificate !== undefined)("whose certificate is for another name", async () => {
    const server = await ftp({ tls: certificate!, host: "127.0.0.2" });
    const { exitCode, found } = await doctor(`${server.url("", "ftps")}?ca=${at("ca.pem")}`);
    expect({ exitCode, found }).toMatchObject({ exitCode: 2, found: { certificate: "failed" } });
  });

  it("that knows no EPSV and names an address behind NAT", async () => {
    const { exitCode, found, message } = await doctor((await ftp({ without: ["EPSV"], pasvHost: "192.0.2.7" })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 0, found: { passive: "ok", ...ALL_WRITTEN } });
    expect(message("passive")).toMatch(/EPSV is refused.*PASV works.*192\.0\.2\.7/);
  });

  it("whose EPSV names a port that is closed", async () => {
    const closed = createTcp();
    await new Promise<void>((done) => closed.listen(0, "127.0.0.1", done));
    const { port } = closed.address() as AddressInfo;
    await new Promise((done) => closed.close(done));
    const onCommand = (name: string): string | undefined =>
      name === "EPSV" ? `229 Entering Extended Passive Mode (|||${port}|)` : undefined;
    const server = await ftp({ onCommand });
    const either = await doctor(server.url());
    expect(either).toMatchObject({ exitCode: 0, found: { passive: "note ?passive=pasv", ...ALL_WRITTEN } });
    const only = await doctor(`${server.url()}?passive=epsv`);
    expect(only).toMatchObject({ exitCode: 1, found: { passive: "failed ?passive=pasv", ...ALL_WRITTEN } });
    expect(only.report).toMatchObject({ import: "works with settings", use: `${server.url()}?passive=pasv` });
  });

  it("that answers with data at another host only", async () => {
    const other = createTcp((socket) => socket.destroy());
    await new Promise<void>((done) => other.listen(0, "127.0.0.2", done));
    closing.push(() => new Promise((done) => other.close(done)));
    const { port } = other.address() as AddressInfo;
    const onCommand = (name: string): string | undefined =>
      name === "PASV" ? `227 Entering Passive Mode (127,0,0,2,${port >> 8},${port & 255})` : undefined;
    const { found } = await doctor((await ftp({ without: ["EPSV"], onCommand })).url());
    expect(found).toMatchObject({ passive: "failed ?passive=pasv&separateDataHost=yes" });
  });

  it("that opens no data connection at all", async () => {
    const { exitCode, found } = await doctor((await ftp({ without: ["EPSV", "PASV"] })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 2, found: { passive: "failed" } });
    expect(found).not.toHaveProperty("listing");
  });

  it("that lists in the old way, with names that cannot be used", async () => {
    const listing = (lines: readonly string[]): readonly string[] => [
      ...lines,
      "-rw-r--r-- 1 ftp ftp 9 Nov 24 18:46 CON",
      "-rw-r--r-- 1 ftp ftp 9 Nov 24 18:46 a\\b.xml",
    ];
    const server = await ftp({ without: ["MLSD"], listing });
    const { found, out } = await doctor(server.url(), "--read-only");
    expect(found).toMatchObject({ listing: "note" });
    expect(out).toContain("LIST: 1 file");
    expect(out).toMatch(/2 names cannot be used/);
  });

  it("whose names are those of old Windows", async () => {
    const server = await ftp({ names: "windows-1250", users: { shop: "plain-password" } });
    await writeFile(at("root/objednávka.xml"), "<A/>");
    const { exitCode, found, report } = await doctorWith("plain-password", server.url(), "--read-only");
    expect({ exitCode, found }).toMatchObject({ exitCode: 1, found: { listing: "failed ?names=windows-1250" } });
    expect(report.use).toBe(`${server.url()}?names=windows-1250`);
  });

  it("whose passwords are those of old Windows", async () => {
    const server = await ftp({ names: "windows-1250" });
    const { exitCode, found, report } = await doctor(server.url());
    expect({ exitCode, found }).toMatchObject({
      exitCode: 1,
      found: { login: "failed ?names=windows-1250", names: "ok" },
    });
    expect(report.use).toBe(`${server.url()}?names=windows-1250`);
  });

  it("that spoils names in UTF-8", async () => {
    // As one that takes each byte for a letter, and knows only those of its own code page.
    const listing = (lines: readonly string[]): readonly string[] => lines.map((line) => line.replace(/Ă.|Ä./g, "?"));
    const server = await ftp({ names: "windows-1250", listing, users: { shop: "plain-password" } });
    const { exitCode, found } = await doctorWith("plain-password", server.url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 1, found: { names: "failed ?names=windows-1250" } });
    expect(await doctorWith("plain-password", `${server.url()}?names=windows-1250`)).toMatchObject({
      exitCode: 0,
      found: ALL_WRITTEN,
    });
  });

  it("that does not say that names are UTF-8", async () => {
    const { found } = await doctor((await ftp({ without: ["UTF8"] })).url());
    expect(found).toMatchObject({ names: "note ?names=windows-1250" });
  });

  it("that lets nobody write", async () => {
    const onCommand = (name: string): string | undefined => (name === "STOR" ? "550 Permission denied." : undefined);
    const { exitCode, found, report } = await doctor((await ftp({ onCommand })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 2, found: { write: "failed", cleanup: "ok" } });
    expect(report).toMatchObject({ import: "works", export: "does not work" });
  });

  it("that tells a size that is wrong, or none", async () => {
    const wrong = (name: string): string | undefined => (name === "SIZE" ? "213 12" : undefined);
    expect(await doctor((await ftp({ onCommand: wrong })).url())).toMatchObject({
      exitCode: 2,
      found: { size: "failed" },
    });
    expect((await doctor((await ftp({ without: ["SIZE"] })).url())).found).toMatchObject({ size: "ok", replace: "ok" });
  });

  it("that changes files", async () => {
    const stored: string[] = [];
    const onCommand = async (name: string, argument: string): Promise<undefined> => {
      if (name === "STOR") stored.push(argument);
      const [first] = stored;
      if (name !== "RETR" || first === undefined) return;
      const path = `${at("root")}/${first.replace(/^\//, "")}`;
      await writeFile(path, (await readFile(path, "latin1")).replaceAll("\r\n", "\n\n"), "latin1");
    };
    const { exitCode, found } = await doctor((await ftp({ onCommand })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 2, found: { size: "ok", read: "failed" } });
  });

  it("that goes on with no transfer", async () => {
    const onCommand = (name: string): string | undefined =>
      name === "REST" || name === "APPE" ? `502 ${name} not implemented.` : undefined;
    const { exitCode, found, message } = await doctor((await ftp({ onCommand })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 0, found: { resume: "note" } });
    expect(message("resume")).toMatch(/downloads that break off.*uploads that break off/);
  });

  it("that renames nothing, or replaces nothing", async () => {
    const never = (name: string): string | undefined => (name === "RNFR" ? "502 RNFR not implemented." : undefined);
    const renames = await doctor((await ftp({ onCommand: never })).url());
    expect(renames).toMatchObject({ exitCode: 1, found: { rename: "failed ?replace=in-place", cleanup: "ok" } });
    const replacing = await ftp({ replaceOnRename: false });
    const replaces = await doctor(replacing.url());
    expect(replaces).toMatchObject({ exitCode: 1, found: { ...ALL_WRITTEN, replace: "failed ?replace=remove" } });
    expect(replaces.report).toMatchObject({ import: "works", export: "works with settings" });
    const told = await doctor(`${replacing.url()}?replace=remove`);
    expect(told).toMatchObject({ exitCode: 0, found: { ...ALL_WRITTEN, replace: "note" } });
  });

  it("whose clock tells the time of its zone", async () => {
    const onCommand = (name: string): string | undefined =>
      name === "MDTM" ? `213 ${stampOf(Date.now() + 3_600_000)}` : undefined;
    const { exitCode, found, message } = await doctor((await ftp({ onCommand })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 0, found: { clock: "note" } });
    expect(message("clock")).toMatch(/^1 hour ahead.*zone/);
    expect((await doctor((await ftp({ without: ["MDTM"] })).url())).found).toMatchObject({ clock: "note" });
  });

  it("that lets nobody remove what was written, which is then named", async () => {
    const onCommand = (name: string): string | undefined => (name === "DELE" ? "550 Permission denied." : undefined);
    const { exitCode, found, message } = await doctor((await ftp({ onCommand })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 0, found: { cleanup: "note" } });
    for (const name of readdirSync(at("root")).filter((one) => one.startsWith("propojka-doctor-")))
      expect(message("cleanup")).toContain(name);
  });

  it("that says what a terminal takes for a command", async () => {
    const onCommand = (name: string): string | undefined =>
      name === "PASS" ? "530 No \x1b[2J\x07 for you." : undefined;
    const { message } = await doctor((await ftp({ onCommand })).url());
    expect(message("login")).not.toMatch(/[\x00-\x1f]/);
  });
});

/** `20261124184600` */
function stampOf(time: number): string {
  return new Date(time).toISOString().slice(0, 19).replace(/[-T:]/g, "");
}

describe.skipIf(withoutCertificate !== undefined)("greetFtp", () => {
  it("sees implicit TLS", async () => {
    const server = await ftp({ tls: { ...certificate!, implicit: true } });
    const context = { place: "ftps:", redact: (text: string) => text };
    const options = { host: "127.0.0.1", port: server.port, secure: "implicit" } as const;
    const greeting = await greetFtp(options, context);
    expect(greeting).toMatchObject({ offersTls: true, tls: { distrust: "DEPTH_ZERO_SELF_SIGNED_CERT" } });
    expect(await greetFtp({ ...options, tls: { ca: certificate!.cert } }, context)).toMatchObject({
      tls: { distrust: undefined, protocol: "TLSv1.3" },
    });
    expect(server.commands.filter((one) => one !== "QUIT")).toEqual([]);
  });
});

describe("an SFTP server", () => {
  async function sftp(options: SftpServerOptions = {}) {
    const server = await sftpServer({ password: PASSWORD, ...options });
    closing.push(() => server.close());
    return {
      hostKey: server.hostKey,
      url: (query = `?hostKey=${server.hostKey}`) => `sftp://shop@${server.host}:${server.port}/~/${query}`,
    };
  }

  it("gets a good report", async () => {
    const server = await sftp();
    const { exitCode, found, message } = await doctor(server.url());
    expect({ exitCode, found }).toEqual({
      exitCode: 0,
      found: {
        ...{ address: "ok", connection: "ok", "host key": "ok", login: "ok", listing: "ok" },
        ...ALL_WRITTEN,
        clock: expect.any(String),
      },
    });
    expect(message("connection")).toContain("SSH-2.0-");
    expect(message("host key")).toBe(server.hostKey);
  });

  it("shows its key where none is expected, or another one, and gets no password", async () => {
    const server = await sftp();
    const none = await doctor(server.url(""));
    expect(none).toMatchObject({ exitCode: 2, found: { "host key": expect.stringContaining(server.hostKey) } });
    expect(none.found).not.toHaveProperty("login");
    const other = await doctor(server.url(`?hostKey=SHA256:${"0".repeat(43)}`));
    expect(other).toMatchObject({ exitCode: 2, found: { "host key": expect.stringContaining("failed") } });
    expect(other.message("host key")).toMatch(/another server/);
  });

  it("that refuses the password", async () => {
    const { exitCode, found } = await doctor((await sftp({ password: "another" })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 2, found: { login: "failed" } });
  });

  it("that replaces nothing in one step", async () => {
    const { exitCode, found } = await doctor((await sftp({ without: ["posix-rename"] })).url());
    expect({ exitCode, found }).toMatchObject({ exitCode: 1, found: { replace: "failed ?replace=remove" } });
  });
});

describe("a web server", () => {
  type Handler = (request: IncomingMessage, response: ServerResponse) => void;
  async function web(handler: Handler, secured = false) {
    const asked: string[] = [];
    const listener: Handler = (request, response) => {
      asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
      handler(request, response);
    };
    const server: Server & { closeAllConnections(): void } = secured
      ? createSecure({ key: certificate?.key, cert: certificate?.cert }, listener)
      : createServer(listener);
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    closing.push(() => {
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    return {
      asked,
      url: `${secured ? "https" : "http"}://127.0.0.1:${port}/orders.xml?hash={SHOP_HASH}`,
    };
  }
  const serve: Handler = (request, response) => {
    response.setHeader("etag", '"1"').setHeader("content-type", "text/xml; charset=windows-1250");
    if (request.headers["if-none-match"] === '"1"') response.writeHead(304).end();
    else response.end("<ORDERS/>");
  };

  it("gets a good report after two requests", async () => {
    const server = await web(serve);
    const { exitCode, found, report, message } = await doctor(server.url);
    expect({ exitCode, found }).toEqual({
      exitCode: 0,
      found: { address: "ok", connection: "ok", tls: "note https:// in the URL", get: "ok", changes: "ok" },
    });
    expect(report).toMatchObject({ url: server.url, import: "works", export: "not tried" });
    expect(message("get")).toMatch(/^text\/xml, windows-1250, 9 bytes/);
    expect(server.asked).toHaveLength(2);
  });

  it("is asked once where it tells nothing that a second request could name", async () => {
    const server = await web((_, response) => response.end("<ORDERS/>"));
    expect(await doctor(server.url)).toMatchObject({ exitCode: 0, found: { changes: "note" } });
    expect(server.asked).toHaveLength(1);
  });

  it("may refuse the second request, or send the file again", async () => {
    const busy = await web((request, response) => {
      if (request.headers["if-none-match"] === undefined) serve(request, response);
      else response.writeHead(429, { "retry-after": "900" }).end();
    });
    expect(await doctor(busy.url)).toMatchObject({ exitCode: 0, found: { get: "ok", changes: "note" } });
    const again = await web((_, response) => response.setHeader("etag", '"1"').end("<ORDERS/>"));
    expect(await doctor(again.url)).toMatchObject({ exitCode: 0, found: { changes: "note" } });
  });

  it("that says no, gives a page, compresses, or cuts what it has compressed", async () => {
    const denied = await web((_, response) => response.writeHead(403).end(`<b>${HASH}</b> is wrong`));
    expect(await doctor(denied.url)).toMatchObject({ exitCode: 2, found: { get: "failed" } });
    const page = await web((_, response) => response.setHeader("content-type", "text/html").end("<html>Log in</html>"));
    expect(await doctor(page.url)).toMatchObject({ exitCode: 2, found: { get: "failed" } });
    const small = gzipSync("<ORDERS/>");
    const gzip = await web((_, response) => response.setHeader("content-encoding", "gzip").end(small));
    expect(await doctor(gzip.url)).toMatchObject({ exitCode: 0, found: { get: "ok" } });
    const cut = await web((_, response) => response.setHeader("content-encoding", "gzip").end(small.subarray(0, 12)));
    expect(await doctor(cut.url)).toMatchObject({ exitCode: 2, found: { get: "failed" } });
  });

  it.skipIf(withoutCertificate !== undefined)("whose certificate nobody knows", async () => {
    const server = await web(serve, true);
    const { exitCode, found } = await doctor(server.url);
    expect({ exitCode, found }).toMatchObject({
      exitCode: 2,
      found: { tls: "ok", certificate: expect.stringMatching(/^failed PROPOJKA_CA/) },
    });
    expect(server.asked).toEqual([]);
    const env = { SHOP_HASH: HASH, PROPOJKA_CA: at("ca.pem") };
    expect(await call(["transport", "doctor", server.url], { env })).toMatchObject({ exitCode: 0 });
  });
});

describe("a folder", () => {
  it("gets a good report, and keeps nothing", async () => {
    const { exitCode, found } = await doctor(`file://${at("root/out")}/`);
    expect({ exitCode, found }).toEqual({ exitCode: 0, found: { listing: "ok", ...ALL_WRITTEN } });
    expect(readdirSync(at("root/out"))).toEqual([]);
  });

  it("that is not there", async () => {
    expect(await doctor(`file://${at("none")}/x.xml`)).toMatchObject({ exitCode: 2, found: { folder: "failed" } });
  });
});

describe("the command", () => {
  it("says what it takes", async () => {
    for (const argv of [[], ["nurse"], ["doctor"], ["doctor", "orders.xml"], ["doctor", "s3://bucket/x"]])
      expect(await call(["transport", ...argv])).toMatchObject({ exitCode: 2, out: "" });
  });
});
