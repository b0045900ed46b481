import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecure } from "node:https";
import { type AddressInfo, createServer as createTcp } from "node:net";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { mkdirSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FtpServerOptions } from "../../src/testing/ftp/options.ts";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import { certificate, withoutCertificate } from "../testing/certificate.ts";
import { alfaJson, type Call, call, type CallOptions, folder, order, shop } from "./call.ts";
import { codesIn, contentOf, deltaXml, exportCall, ndjson, products, shops } from "./exporting.ts";

const PASSWORD = "Tajne heslo-č. 7/@";
const HASH = "9f8e7d6c5b4a3210";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);
const closing: (() => Promise<void>)[] = [];

beforeEach(async () => {
  files = await folder({
    "alfa.json": alfaJson,
    "delta.json": JSON.stringify(shops["delta"]),
    "two.ndjson": ndjson(products(2)),
    "ten.ndjson": ndjson(products(10)),
  });
  mkdirSync(at("root/out"), { recursive: true });
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  await files.remove();
});

/** An FTP server on the folder `root`, and its URLs. */
async function ftp(options: Partial<FtpServerOptions> = {}) {
  const server = await ftpServer({ root: at("root"), users: { shop: PASSWORD }, ...options });
  closing.push(server.close);
  return {
    commands: server.commands,
    url: (path: string, scheme = "ftp") => `${scheme}://shop@${server.host}:${server.port}/${path}`,
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server that counts what is asked of it. */
async function web(handler: Handler, secured = false) {
  const asked: string[] = [];
  const listener: Handler = (request, response) => {
    asked.push(`${request.method ?? ""} ${request.url ?? ""}`);
    handler(request, response);
  };
  const server: Server = secured
    ? createSecure({ key: certificate?.key, cert: certificate?.cert }, listener)
    : createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  closing.push(async () => {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  const { port } = server.address() as AddressInfo;
  return { asked, url: (path: string) => `${secured ? "https" : "http"}://127.0.0.1:${port}/${path}` };
}

const env = { PROPOJKA_PASSWORD: PASSWORD, SHOP_HASH: HASH };

/** Runs a command with the password in the environment, and looks that it does not show. */
async function remote(argv: readonly string[], options: CallOptions = {}): Promise<Call> {
  return withoutSecrets(await call(argv, { env, ...options }));
}

async function remoteExport(argv: readonly string[], options: CallOptions = {}): Promise<Call> {
  return withoutSecrets(await exportCall(argv, { env, ...options }));
}

function withoutSecrets(result: Call): Call {
  for (const secret of [PASSWORD, encodeURIComponent(PASSWORD), "heslo-", HASH])
    expect(result.out + result.err).not.toContain(secret);
  return result;
}

const alfa = (): string[] => ["--mapping", at("alfa.json"), "--format", "ndjson"];
const delta = (): string[] => ["--mapping", at("delta.json"), "--feed", "products"];

describe("reading from an FTP server", () => {
  it("imports a file, with the URL as its name", async () => {
    const server = await ftp();
    await writeFile(at("root/out/orders.xml"), shop(order(), order({ number: "26002", count: "dva" })));
    const url = server.url("out/orders.xml");
    const { exitCode, out, err } = await remote(["import", url, ...alfa()]);
    expect(exitCode).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ number: "26001" });
    expect(err).toContain(`${url}:9:`);
    expect(err).toContain(`${url}: 2 read`);
    expect(server.commands.filter((one) => one.startsWith("RETR"))).toEqual(["RETR /out/orders.xml"]);
  });

  it("finds out what the file is, with one download", async () => {
    const server = await ftp();
    await writeFile(at("root/orders.xml"), shop(order()));
    const { exitCode, err } = await remote(["import", server.url("orders.xml"), "--as", "orders"]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 0, err: expect.stringContaining("preset alfa") });
    expect(server.commands.filter((one) => one.startsWith("RETR"))).toHaveLength(1);
  });

  it("serves inspect, explain, check and convert", async () => {
    const server = await ftp();
    await writeFile(at("root/orders.xml"), shop(order()));
    await writeFile(at("root/alfa.json"), alfaJson);
    const url = server.url("orders.xml");
    expect(await remote(["inspect", url])).toMatchObject({ exitCode: 0, out: expect.stringContaining("/SHOP/ORDER") });
    const explained = await remote(["explain", url, "26001", "totals.payable", "--mapping", server.url("alfa.json")]);
    expect(explained).toMatchObject({ exitCode: 0, out: expect.stringContaining(`${url}:`) });
    expect(await remote(["check", server.url("alfa.json"), "--sample", url])).toMatchObject({ exitCode: 0 });
  });

  it("takes a file URL as the path that it is", async () => {
    await writeFile(at("orders.xml"), shop(order()));
    const { exitCode, err } = await remote(["import", `file://${at("orders.xml")}`, ...alfa()]);
    expect({ exitCode, err }).toMatchObject({
      exitCode: 0,
      err: expect.stringContaining(`${at("orders.xml")}: 1 read`),
    });
  });

  it("says in one line that the password is wrong", async () => {
    const server = await ftp({ users: { shop: "another" } });
    const { exitCode, out, err } = await remote(["import", server.url("orders.xml"), ...alfa()]);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).toMatch(/^ftp:\/\/shop@.* TRANSPORT_LOGIN .*\n$/);
  });

  it("hides a password that the server repeats", async () => {
    const onCommand = (name: string, argument: string): string | undefined =>
      name === "PASS" ? `530 ${argument} is wrong, \x1b[2J try again` : undefined;
    const { exitCode, err } = await remote(["import", (await ftp({ onCommand })).url("x.xml"), ...alfa()]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("TRANSPORT_LOGIN") });
    expect(err).not.toContain("\x1b");
  });

  it("says that there is no such file, folder or permission", async () => {
    const onCommand = (name: string, argument: string): string | undefined =>
      name === "RETR" && argument.includes("secret") ? "550 Permission denied." : undefined;
    const server = await ftp({ onCommand });
    await writeFile(at("root/secret.xml"), shop(order()));
    const codeOf = async (path: string): Promise<unknown> => {
      const { exitCode, err } = await remote(["import", server.url(path), ...alfa()]);
      return [exitCode, /TRANSPORT_[A-Z_]+/.exec(err)?.[0]];
    };
    expect(await codeOf("none.xml")).toEqual([2, "TRANSPORT_NOT_FOUND"]);
    expect(await codeOf("none/orders.xml")).toEqual([2, "TRANSPORT_NOT_FOUND"]);
    expect(await codeOf("secret.xml")).toEqual([2, "TRANSPORT_DENIED"]);
    expect((await remote(["import", server.url("out/"), ...alfa()])).err).toContain("is a directory");
  });

  it("says that TLS is missing in words of the URL", async () => {
    const server = await ftp();
    const { exitCode, err } = await remote(["import", server.url("x.xml", "ftps"), ...alfa()]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("TRANSPORT_SECURITY") });
    expect(err).toContain("ftp://");
    expect(server.commands).not.toContain("PASS ***");
  });

  it.skipIf(withoutCertificate !== undefined)("reads by FTPS from a server whose authority it is told", async () => {
    const server = await ftp({ tls: certificate!, requireTls: true });
    await writeFile(at("root/orders.xml"), shop(order()));
    await writeFile(at("ca.pem"), certificate!.cert);
    const url = server.url("orders.xml", "ftps");
    expect(await remote(["import", url, ...alfa()])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("TRANSPORT_SECURITY"),
    });
    expect(server.commands).not.toContain("PASS ***");
    expect(await remote(["import", `${url}?ca=${at("ca.pem")}`, ...alfa()])).toMatchObject({ exitCode: 0 });
    const inEnvironment = { env: { ...env, PROPOJKA_CA: at("ca.pem") } };
    expect(await remote(["import", url, ...alfa()], inEnvironment)).toMatchObject({ exitCode: 0 });
    expect((await remote(["import", server.url("orders.xml"), ...alfa()])).err).toContain("use ftps://");
  });

  it("refuses a password in the URL, also of an argument too many", async () => {
    const url = `ftp://shop:${encodeURIComponent(PASSWORD)}@127.0.0.1/x.xml`;
    for (const argv of [
      ["import", url],
      ["import", "a.xml", url],
      ["import", "a.xml", "--preset", url],
      ["export", "a.json", "-o", url],
      ["transport", "doctor", url],
      [url],
    ])
      expect(await remote(argv)).toMatchObject({ exitCode: 2, out: "" });
  });

  it("does not send one password to two servers", async () => {
    const server = await ftp();
    await writeFile(at("root/two.ndjson"), ndjson(products(2)));
    const other = "ftp://shop@localhost:1/feed.xml";
    const { exitCode, err } = await remoteExport([server.url("two.ndjson"), ...delta(), "-o", other]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringMatching(/localhost.*127\.0\.0\.1/) });
    expect(server.commands).toEqual([]);
  });

  it("tells each attempt, and then that nobody listens", async () => {
    const free = createTcp();
    await new Promise<void>((done) => free.listen(0, "127.0.0.1", done));
    const { port } = free.address() as AddressInfo;
    await new Promise((done) => free.close(done));
    const { exitCode, err } = await remote(["import", `ftp://shop@127.0.0.1:${port}/x.xml`, ...alfa()]);
    expect(exitCode).toBe(2);
    expect(err.match(/TRANSPORT_CONNECT.*; trying again in [\d.]+ s\n/g)).toHaveLength(3);
    expect(err.trimEnd().split("\n").at(-1)).toMatch(/TRANSPORT_CONNECT(?!.*again)/);
  });

  it("ends with 1 and the summary if the file breaks off behind good records", async () => {
    const onCommand = (name: string): string | undefined => (name === "SIZE" ? "213 200000" : undefined);
    const server = await ftp({ onCommand });
    const whole = shop(...Array.from({ length: 500 }, (_, index) => order({ number: `26${index}` })));
    await writeFile(at("root/orders.xml"), whole.slice(0, 150_000));
    const { exitCode, out, err } = await remote(["import", server.url("orders.xml"), ...alfa()]);
    expect(exitCode).toBe(1);
    expect(out.trimEnd().split("\n").length).toBeGreaterThan(100);
    expect(err).toMatch(/TRANSPORT_INCOMPLETE/);
    expect(err).toMatch(/: \d+ read, \d+ good/);
  });
});

describe("reading from a web server", () => {
  const serving =
    (body: string): Handler =>
    (_, response) => {
      response.setHeader("content-type", "text/xml").end(body);
    };

  it("asks for a permalink exactly once, with its secret, which nobody sees", async () => {
    const server = await web(serving(shop(order())));
    const url = server.url("export/orders.xml?patternId=1&hash={SHOP_HASH}");
    const { exitCode, err } = await remote(["import", url, "--as", "orders"]);
    expect(exitCode).toBe(0);
    expect(err).toContain(`${url}: 1 read`);
    expect(server.asked).toEqual([`GET /export/orders.xml?patternId=1&hash=${HASH}`]);
  });

  it("asks once as well when the file is of another kind", async () => {
    const server = await web(serving("<OTHER/>"));
    const { exitCode } = await remote(["import", server.url("o.xml?hash={SHOP_HASH}")]);
    expect(exitCode).toBe(2);
    expect(server.asked).toHaveLength(1);
  });

  it("tells an error with the placeholder in its place, whatever the server repeats", async () => {
    const server = await web((request, response) => {
      response.writeHead(403).end(`<p>Bad hash ${request.url ?? ""} ${HASH}</p>`);
    });
    const url = server.url("{SHOP_HASH}/orders.xml?hash={SHOP_HASH}");
    const { exitCode, err } = await remote(["import", url, ...alfa()]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("TRANSPORT_DENIED") });
    expect(err).toContain(url);
    expect(server.asked).toHaveLength(1);
  });

  it("asks nothing when the variable is missing", async () => {
    const server = await web(serving(shop(order())));
    const { exitCode, err } = await remote(["import", server.url("x.xml?hash={NO_HASH}")]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("NO_HASH") });
    expect(server.asked).toEqual([]);
  });

  it("reads further inputs from there, too", async () => {
    const server = await web(serving('<PEOPLE><P id="Eva Vzorová">Eva Nová</P></PEOPLE>'));
    const mapping = JSON.parse(alfaJson) as { fields: { customer: { billing: { name: unknown } } }; lookups?: unknown };
    const name = { type: "lookup", table: "people", key: "CUSTOMER/NAME", then: { type: "text", path: "." } };
    mapping.fields.customer.billing.name = name;
    mapping.lookups = { people: { path: "/PEOPLE/P", key: "@id", input: "people" } };
    await writeFile(at("looking.json"), JSON.stringify(mapping));
    await writeFile(at("orders.xml"), shop(order()));
    const people = server.url("people.xml?hash={SHOP_HASH}");
    const argv = ["import", at("orders.xml"), "--mapping", at("looking.json"), "--format", "ndjson"];
    const { exitCode, out } = await remote([...argv, "--input", `people=${people}`]);
    expect({ exitCode, out }).toMatchObject({ exitCode: 0, out: expect.stringContaining("Eva Nová") });
    expect(server.asked).toHaveLength(1);
  });

  it.skipIf(withoutCertificate !== undefined)("trusts the authority that PROPOJKA_CA names", async () => {
    const server = await web(serving(shop(order())), true);
    await writeFile(at("ca.pem"), certificate!.cert);
    const url = server.url("orders.xml?hash={SHOP_HASH}");
    const trusted = { env: { ...env, PROPOJKA_CA: at("ca.pem") } };
    expect(await remote(["import", url, ...alfa()], trusted)).toMatchObject({ exitCode: 0 });
    expect(await remote(["import", url, ...alfa()])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining("TRANSPORT_SECURITY"),
    });
    expect(server.asked).toHaveLength(1);
  });

  it("puts a file in place by PUT", async () => {
    let body = "";
    const server = await web((request, response) => {
      request.setEncoding("utf8").on("data", (text: string) => (body += text));
      request.on("end", () => response.writeHead(201).end());
    });
    const { exitCode } = await remoteExport([
      at("two.ndjson"),
      ...delta(),
      "-o",
      server.url("feed.xml?key={SHOP_HASH}"),
    ]);
    expect(exitCode).toBe(0);
    expect(server.asked).toEqual([`PUT /feed.xml?key=${HASH}`]);
    expect(codesIn(body)).toEqual(["H-1", "H-2"]);
  });
});

describe("writing to an FTP server", () => {
  const OLD = deltaXml(...Array.from({ length: 10 }, (_, index) => `<ITEM><CODE>H-${index + 1}</CODE></ITEM>`));

  it("publishes a file under its name in one step", async () => {
    const server = await ftp();
    await writeFile(at("root/out/feed.xml"), OLD);
    const url = server.url("out/feed.xml");
    const { exitCode, err } = await remoteExport([at("two.ndjson"), ...delta(), "-o", url]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 0, err: expect.stringContaining(`2 records in ${url};`) });
    expect(codesIn(await contentOf(at("root/out/feed.xml")))).toEqual(["H-1", "H-2"]);
    expect(await readdir(at("root/out"))).toEqual(["feed.xml"]);
    const stored = server.commands.filter((one) => /^(?:STOR|RNTO|DELE)/.test(one));
    expect(stored).toEqual([expect.stringMatching(/^STOR .*feed\.xml\.[0-9a-f]{8}\.part$/), "RNTO /out/feed.xml"]);
  });

  it("compares with the file that is there, and leaves it byte for byte when the guard refuses", async () => {
    const server = await ftp();
    await writeFile(at("root/out/feed.xml"), OLD);
    const url = server.url("out/feed.xml");
    const argv = [at("two.ndjson"), ...delta(), "-o", url, "--against", url];
    const { exitCode, err } = await remoteExport(argv);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("maxDrop") });
    expect(err).toContain(`nothing was written to ${url}`);
    expect(await contentOf(at("root/out/feed.xml"))).toBe(OLD);
    expect(server.commands.filter((one) => /^(?:STOR|APPE|RNFR|DELE|MKD)/.test(one))).toEqual([]);
    expect(await remoteExport([at("ten.ndjson"), ...argv.slice(1)])).toMatchObject({ exitCode: 0 });
  });

  it("needs no file to compare with where it writes the first one", async () => {
    const server = await ftp();
    const url = server.url("out/feed.xml");
    const first = await remoteExport([at("two.ndjson"), ...delta(), "-o", url, "--against", url]);
    expect(first).toMatchObject({ exitCode: 0 });
    const other = server.url("out/other.xml");
    const missing = await remoteExport([at("two.ndjson"), ...delta(), "-o", url, "--against", other]);
    expect(missing).toMatchObject({ exitCode: 2, err: expect.stringContaining("TRANSPORT_NOT_FOUND") });
  });

  it("takes a file that the server tells nothing of for one that is there", async () => {
    const onCommand = (name: string): string | undefined =>
      name === "SIZE" || name === "RETR" ? "550 Something is wrong." : undefined;
    const server = await ftp({ onCommand });
    await writeFile(at("root/feed.xml"), OLD);
    const url = server.url("feed.xml");
    const { exitCode } = await remoteExport([at("two.ndjson"), ...delta(), "-o", url, "--against", url]);
    expect(exitCode).toBe(2);
    expect(await contentOf(at("root/feed.xml"))).toBe(OLD);
  });

  it("says how to replace a file where the server does not do it in one step", async () => {
    const server = await ftp({ replaceOnRename: false });
    await writeFile(at("root/feed.xml"), OLD);
    const url = server.url("feed.xml");
    const refused = await remoteExport([at("ten.ndjson"), ...delta(), "-o", url]);
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringContaining("TRANSPORT_EXISTS") });
    expect(refused.err).toContain("?replace=remove");
    expect(await contentOf(at("root/feed.xml"))).toBe(OLD);
    expect(await readdir(at("root"))).toEqual(["feed.xml", "out"]);
    const removed = await remoteExport([at("ten.ndjson"), ...delta(), "-o", `${url}?replace=remove`, "--against", url]);
    expect(removed).toMatchObject({ exitCode: 0 });
    expect(await contentOf(at("root/feed.xml"))).not.toBe(OLD);
  });

  it("leaves the old file when the upload fails", async () => {
    const onCommand = (name: string): string | undefined =>
      name === "STOR" ? "552 Quota exceeded, 0 bytes left." : undefined;
    const server = await ftp({ onCommand });
    await writeFile(at("root/feed.xml"), OLD);
    const { exitCode, err } = await remoteExport([at("ten.ndjson"), ...delta(), "-o", server.url("feed.xml")]);
    expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("TRANSPORT_FULL") });
    expect(await contentOf(at("root/feed.xml"))).toBe(OLD);
  });

  it("finds mistakes in the URL before anything is fetched", async () => {
    const server = await ftp();
    const argv = [server.url("two.ndjson"), ...delta(), "-o", server.url("feed.xml?replace=maybe")];
    expect(await remoteExport(argv)).toMatchObject({ exitCode: 2, err: expect.stringContaining("in-place") });
    expect(server.commands).toEqual([]);
    const folderUrl = await remoteExport([at("two.ndjson"), ...delta(), "-o", server.url("out/")]);
    expect(folderUrl).toMatchObject({ exitCode: 2, err: expect.stringContaining("delta.xml") });
  });

  describe("a document for each record", () => {
    const cards = (): string[] => ["--mapping", at("delta.json"), "--feed", "cards"];

    it("goes into a folder, which is made, and what else is there is told", async () => {
      const server = await ftp();
      const url = server.url("out/cards");
      expect(await remoteExport([at("two.ndjson"), ...cards(), "-o", url])).toMatchObject({ exitCode: 0 });
      expect((await readdir(at("root/out/cards"))).sort()).toEqual(["H-1.xml", "H-2.xml"]);
      await writeFile(at("root/out/cards/OLD.xml"), "<card/>");
      const again = await remoteExport([at("two.ndjson"), ...cards(), "-o", `${url}/`]);
      expect(again).toMatchObject({ exitCode: 0, err: expect.stringContaining("OLD.xml") });
    });

    it("is compared with those that are there", async () => {
      const server = await ftp();
      const url = server.url("out/cards/");
      const first = await remoteExport([at("ten.ndjson"), ...cards(), "-o", url, "--against", url]);
      expect(first).toMatchObject({ exitCode: 0 });
      const second = await remoteExport([at("two.ndjson"), ...cards(), "-o", url, "--against", url]);
      expect(second).toMatchObject({ exitCode: 2, err: expect.stringContaining("8 removed") });
      expect(await readdir(at("root/out/cards"))).toHaveLength(10);
    });

    it("says how many are in place already when one fails", async () => {
      const onCommand = (name: string, argument: string): string | undefined =>
        name === "RNTO" && argument.endsWith("H-2.xml") ? "553 Not allowed here." : undefined;
      const server = await ftp({ onCommand });
      const { exitCode, err } = await remoteExport([at("two.ndjson"), ...cards(), "-o", server.url("out/")]);
      expect({ exitCode, err }).toMatchObject({ exitCode: 2, err: expect.stringContaining("1 of 2 documents") });
      expect(await readdir(at("root/out"))).toEqual(["H-1.xml"]);
    });

    it("cannot go to a web server", async () => {
      const server = await web((_, response) => response.end());
      expect(await remoteExport([at("two.ndjson"), ...cards(), "-o", server.url("cards/")])).toMatchObject({
        exitCode: 2,
      });
      expect(server.asked).toEqual([]);
    });
  });

  it("writes orders on for an accounting program", async () => {
    const { presets } = await import("../../presets/index.ts");
    const server = await ftp();
    const orders = await readFile("docs/examples/orders.xml");
    await writeFile(at("root/orders.xml"), orders);
    const argv = ["convert", server.url("orders.xml"), "--to", "pohoda", "--to-param", "ico=27082440"];
    const { exitCode, err } = await remote([...argv, "-o", server.url("out/pohoda.xml")], { presets });
    expect({ exitCode, err }).toMatchObject({ exitCode: 1, err: expect.stringContaining("2 in ftp://shop@") });
    expect(await contentOf(at("root/out/pohoda.xml"))).toContain("2026000501");
  });
});
