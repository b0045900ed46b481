import { once } from "node:events";
import { chmodSync, mkdirSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { type Product, writeProductDocuments } from "propojka";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import { prestashop } from "../../presets/prestashop/preset.ts";
import { type HttpOptions, httpTransport, type HttpTransport, rateLimit } from "../../src/adapters/http.ts";
import { TransportError } from "../../src/errors.ts";
import { faultProxy } from "../../src/testing/fault-proxy.ts";
import { allOf, inPieces, sampleBytes } from "../../src/testing/transport/check.ts";
import { transportSuite } from "../../src/testing/transport/suite.ts";
import { niceProducts } from "../products.ts";
import { servers } from "../servers/servers.ts";
import { ownFolder, retry } from "./real.ts";

const { list, reason } = servers();
const real = list.filter(({ kind }) => kind === "http");

describe.each(real)("HTTP on $name", (server) => {
  const scheme = server.tls === "none" ? "http" : "https";
  const tls = server.ca === undefined ? {} : { ca: readFileSync(server.ca) };
  const at = (port: number): string => `${scheme}://${server.host}:${port}`;
  const made = (own: Partial<HttpOptions> = {}, port = server.port) => {
    const { name, dispose } = ownFolder(server);
    // Servers of WebDAV write into folders that are there; the server runs as another user.
    mkdirSync(join(server.folder, name));
    chmodSync(join(server.folder, name), 0o777);
    return { transport: httpTransport({ url: `${at(port)}/${name}`, retry, head: true, tls, ...own }), name, dispose };
  };
  transportSuite({
    test,
    skip: test.skip,
    create: (limits) => made(limits),
    createFaulty: async (faults) => {
      const proxy = await faultProxy({ host: server.host, port: server.port, faults });
      const timeouts = { connectMs: 700, idleMs: 700 };
      return { ...made({ timeouts }, proxy.port), proxy };
    },
    without: {
      list: "HTTP has no listing",
      move: "HTTP has no rename",
      remove: "HTTP exports are not removed",
      folders: "HTTP has no folders",
      resumeRead: "an export is another file at each request",
      resumeWrite: "HTTP has no appending",
      confirmation: "an answer is all that there is",
    },
  });

  it("waits as long as the server asks", async () => {
    const delays: number[] = [];
    const sleep = async (ms: number): Promise<void> => void delays.push(ms);
    const limited = httpTransport({ url: `${at(server.port)}/limited`, tls, retry: { attempts: 2, sleep } });
    for (let count = 0; count < 3; count++)
      expect(await codeOf(() => allOf(limited.read("none.xml")))).toMatch(/^TRANSPORT_(?:NOT_FOUND|BUSY)$/);
    expect(delays).toContain(1000);
  });

  it("follows a redirect within the host, and none to another", async () => {
    const { transport, name, dispose } = made();
    await transport.write("a.xml", bytes("<a/>"));
    const { user, password } = server;
    const root = httpTransport({ url: at(server.port), user, password, tls });
    expect(await textOf(root.read(`moved/${name}/a.xml`))).toBe("<a/>");
    const error = await failureOf(() => allOf(root.read(`elsewhere/${name}/a.xml`)));
    expect(error.code).toBe("TRANSPORT_SECURITY");
    expect(error.reason).toContain("127.0.0.2");
    dispose();
  });

  it("logs in", async () => {
    const url = `${at(server.port)}/private`;
    const { user, password } = server;
    const wrong = httpTransport({ url, user, password: "wrong-password", tls });
    const error = await failureOf(() => allOf(wrong.read("none.xml")));
    expect([error.code, error.message.includes("wrong-password")]).toEqual(["TRANSPORT_LOGIN", false]);
    const right = httpTransport({ url, user, password, tls });
    expect(await codeOf(() => allOf(right.read("none.xml")))).toBe("TRANSPORT_NOT_FOUND");
  });

  it.skipIf(server.tls === "none")("trusts no certificate of a stranger", async () => {
    const strangers = server.strangerCa === undefined ? {} : { ca: readFileSync(server.strangerCa) };
    for (const own of [strangers, {}]) {
      const transport = httpTransport({ url: at(server.port), tls: own, retry: false });
      expect(await codeOf(() => allOf(transport.read("none.xml")))).toBe("TRANSPORT_SECURITY");
    }
  });
});

test.skipIf(real.length > 0)(`HTTP on real servers (left out: ${reason ?? "they are there"})`, () => undefined);

const XML = `<?xml version="1.0"?><ORDERS>${"<ORDER><CODE>2026000001</CODE></ORDER>".repeat(20_000)}</ORDERS>`;
const HASH = "0123456789abcdef0123456789abcdef";

interface Shop {
  readonly url: string;
  readonly requests: IncomingMessage[];
}

const opened: (() => void)[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const close of opened.splice(0)) close();
});

/** A server that answers as told, and what it was asked. */
async function shop(answer: RequestListener): Promise<Shop> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

/** Answers with each of these in turn, then with the last one again. */
function inTurn(...answers: readonly RequestListener[]): RequestListener {
  let count = 0;
  return (request, response) => {
    const answer = answers[Math.min(count++, answers.length - 1)];
    answer?.(request, response);
  };
}

const whole: RequestListener = (_, response) => void response.setHeader("content-type", "text/xml").end(XML);
const status =
  (code: number, headers: Readonly<Record<string, string>> = {}, body = ""): RequestListener =>
  (_, response) =>
    void response.writeHead(code, headers).end(body);

function reading(url: string, options: Partial<HttpOptions> = {}): HttpTransport {
  return httpTransport({ url, retry: false, ...options });
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

async function textOf(pieces: AsyncIterable<Uint8Array>): Promise<string> {
  return new TextDecoder().decode(await allOf(pieces));
}

/** Something to wait for. */
function signal(): { readonly given: Promise<void>; readonly give: () => void } {
  let give = (): void => undefined;
  const given = new Promise<void>((resolve) => (give = resolve));
  return { given, give };
}

async function failureOf(work: () => Promise<unknown>): Promise<TransportError> {
  const error: unknown = await work().then(
    () => new Error("nothing failed"),
    (failure: unknown) => failure,
  );
  if (error instanceof TransportError) return error;
  throw error;
}

async function codeOf(work: () => Promise<unknown>): Promise<string> {
  return (await failureOf(work)).code;
}

/** Takes the body of a request to its end. */
async function bodyOf(request: IncomingMessage): Promise<string> {
  return textOf(request);
}

describe("reading", () => {
  it("gives a file by one request", async () => {
    const { url, requests } = await shop(whole);
    const transport = reading(url, { head: true });
    expect(await textOf(transport.read("out/objednávky č. 1.xml"))).toBe(XML);
    expect(requests.map(({ method, url: path }) => `${method ?? ""} ${path ?? ""}`)).toEqual([
      "GET /out/objedn%C3%A1vky%20%C4%8D.%201.xml",
    ]);
  });

  it("asks nothing before the first byte is wanted", async () => {
    const { url, requests } = await shop(whole);
    reading(url).read("orders.xml");
    expect(requests).toHaveLength(0);
  });

  const cut = XML.slice(0, XML.length / 2);
  const gzip = gzipSync(XML);
  const cutGzip = gzip.subarray(0, gzip.length / 2);
  const breakOff = (response: ServerResponse, text: string | Uint8Array): void => {
    response.write(text, () => void setImmediate(() => response.destroy()));
  };
  const broken: readonly (readonly [name: string, answer: RequestListener])[] = [
    ["with a length, broken off", (_, response) => breakOff(response.setHeader("content-length", XML.length), cut)],
    ["in chunks, broken off", (_, response) => breakOff(response, cut)],
    [
      "longer by its length than what comes before the connection closes",
      (request) =>
        void request.socket.end(`HTTP/1.1 200 OK\r\nContent-Length: ${XML.length}\r\nConnection: close\r\n\r\n${cut}`),
    ],
    [
      "in chunks, without the last one",
      (request) =>
        void request.socket.end(
          `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\n<abc>\r\n`,
        ),
    ],
    [
      "compressed and cut, with the length of what is left",
      (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(cutGzip),
    ],
    [
      "compressed and broken off",
      (_, response) =>
        breakOff(response.writeHead(200, { "content-encoding": "gzip", "content-length": gzip.length }), cutGzip),
    ],
    ["a part that nobody asked for", status(206, { "content-range": "bytes 0-4/100" }, "<abc>")],
  ];
  it.each(broken)("does not take for whole a file that is %s", async (_, answer) => {
    const { url } = await shop(answer);
    expect(await codeOf(() => allOf(reading(url).read("orders.xml")))).toMatch(
      /^TRANSPORT_(?:INCOMPLETE|INTERRUPTED)$/,
    );
  });

  it("asks for compression, and unpacks it", async () => {
    const { url, requests } = await shop(
      (_, response) =>
        void response.writeHead(200, { "content-encoding": "gzip", "content-length": gzip.length }).end(gzip),
    );
    expect(await textOf(reading(url).read("orders.xml"))).toBe(XML);
    expect(requests[0]?.headers["accept-encoding"]).toBe("gzip");
  });

  it("takes what another fetch has unpacked only where it may", async () => {
    const { url, requests } = await shop(
      (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(gzip),
    );
    const own = { fetch: globalThis.fetch };
    const error = await failureOf(() => allOf(reading(url, own).read("orders.xml")));
    expect([error.code, error.retryable]).toEqual(["TRANSPORT_INCOMPLETE", false]);
    expect(await textOf(reading(url, { ...own, compressed: true }).read("orders.xml"))).toBe(XML);
    expect(requests[0]?.headers["accept-encoding"]).toBe("identity");
  });

  it("says that what claims to be compressed is not, or in a way that nobody asked for", async () => {
    const { url } = await shop(
      inTurn(
        (_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(XML),
        (_, response) => void response.writeHead(200, { "content-encoding": "br" }).end(XML),
      ),
    );
    const transport = reading(url);
    for (let count = 0; count < 2; count++)
      expect(await codeOf(() => allOf(transport.read("orders.xml")))).toBe("TRANSPORT_INCOMPLETE");
  });

  it("stops at its limit, counted when unpacked", async () => {
    const bomb = gzipSync(new Uint8Array(20_000_000));
    const { url } = await shop((_, response) => void response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const transport = reading(url, { maxFileBytes: 1_000_000 });
    let size = 0;
    const code = await codeOf(async () => {
      for await (const piece of transport.read("orders.xml")) size += piece.length;
    });
    expect(code).toBe("TRANSPORT_LIMIT");
    expect(size).toBeLessThanOrEqual(1_000_000);
    expect(bomb.length).toBeLessThan(1_000_000);
  });

  it("lets go of what is not read to its end", async () => {
    const closed = signal();
    const { url } = await shop((_, response) => {
      response.on("close", closed.give);
      const more = (): void => {
        while (response.write(XML));
        response.once("drain", more);
      };
      more();
    });
    for await (const piece of reading(url).read("orders.xml")) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await closed.given;
  });

  it("lets go of an answer that is not read at all", async () => {
    const closed = signal();
    const { url } = await shop((_, response) => {
      response.on("close", closed.give);
      response.write(XML);
    });
    const answer = await reading(url).get("orders.xml");
    if (answer.changed) await answer.bytes[Symbol.asyncIterator]().return?.();
    await closed.given;
    expect(answer.changed).toBe(true);
  });

  it.each([
    ["to begin", (): void => undefined],
    ["to go on", (_: unknown, response: ServerResponse): void => void response.write(XML)],
  ] as const)("does not wait for ever for an answer %s", async (_, answer) => {
    const { url } = await shop(answer);
    const transport = reading(url, { timeouts: { connectMs: 100, idleMs: 100 } });
    expect(await codeOf(() => allOf(transport.read("orders.xml")))).toBe("TRANSPORT_TIMEOUT");
  });

  it("ends what is under way when it is closed", async () => {
    const { url } = await shop((_, response) => void response.write(XML));
    const transport = httpTransport({ url, retry });
    const error = await failureOf(async () => {
      for await (const piece of transport.read("orders.xml")) if (piece.length > 0) await transport.close();
    });
    expect([error.code, error.retryable]).toEqual(["TRANSPORT_INTERRUPTED", false]);
  });

  it("says that nobody listens, and tries again", async () => {
    const { url } = await shop(whole);
    const gone = new URL(url);
    for (const close of opened.splice(0)) close();
    const attempts: number[] = [];
    const onRetry = ({ attempt }: { readonly attempt: number }): void => void attempts.push(attempt);
    const transport = httpTransport({ url: gone.href, retry: { ...retry, attempts: 3, onRetry } });
    expect(await codeOf(() => allOf(transport.read("orders.xml")))).toBe("TRANSPORT_CONNECT");
    expect(attempts).toEqual([1, 2]);
  });

  it("tries again until the first byte has come, and not after it", async () => {
    const early = await shop(inTurn(status(503), (_, response) => response.destroy(), whole));
    expect(await textOf(httpTransport({ url: early.url, retry }).read("orders.xml"))).toBe(XML);
    expect(early.requests).toHaveLength(3);
    const late = await shop(inTurn((_, response) => breakOff(response, cut), whole));
    expect(await codeOf(() => allOf(httpTransport({ url: late.url, retry }).read("orders.xml")))).toBe(
      "TRANSPORT_INTERRUPTED",
    );
    expect(late.requests).toHaveLength(1);
  });

  it("starts no file in the middle", async () => {
    const { url, requests } = await shop(whole);
    expect(await codeOf(() => allOf(reading(url).read("orders.xml", { from: 1 })))).toBe("TRANSPORT_UNSUPPORTED");
    expect(requests).toHaveLength(0);
  });
});

describe("refusals", () => {
  it.each([
    [202, "TRANSPORT_BUSY"],
    [204, "TRANSPORT_REFUSED"],
    [304, "TRANSPORT_REFUSED"],
    [400, "TRANSPORT_REFUSED"],
    [401, "TRANSPORT_LOGIN"],
    [403, "TRANSPORT_DENIED"],
    [404, "TRANSPORT_NOT_FOUND"],
    [405, "TRANSPORT_UNSUPPORTED"],
    [408, "TRANSPORT_BUSY"],
    [410, "TRANSPORT_NOT_FOUND"],
    [413, "TRANSPORT_LIMIT"],
    [423, "TRANSPORT_BUSY"],
    [429, "TRANSPORT_BUSY"],
    [500, "TRANSPORT_BUSY"],
    [501, "TRANSPORT_UNSUPPORTED"],
    [502, "TRANSPORT_BUSY"],
    [503, "TRANSPORT_BUSY"],
    [507, "TRANSPORT_FULL"],
  ])("takes the status %i for %s", async (code, expected) => {
    const { url } = await shop(status(code));
    const error = await failureOf(() => allOf(reading(url).read("orders.xml")));
    expect([error.code, error.place]).toEqual([expected, `${url}/orders.xml`]);
  });

  it("says how long the server asks to wait, in seconds or until a time", async () => {
    const seconds = await shop(status(429, { "retry-after": "120" }));
    expect(await failureOf(() => allOf(reading(seconds.url).read("a.xml")))).toMatchObject({ retryAfterMs: 120_000 });
    const at = new Date(Date.now() + 3_600_000).toUTCString();
    const date = await shop(status(503, { "retry-after": at }));
    const { retryAfterMs = 0 } = await failureOf(() => allOf(reading(date.url).read("a.xml")));
    expect(retryAfterMs).toBeGreaterThan(3_500_000);
    expect(retryAfterMs).toBeLessThanOrEqual(3_600_000);
  });

  it("quotes what the server says, without tags, cut, and without secrets", async () => {
    const page = `<html><head><style>p { color: red }</style></head><body><script>alert(1)</script>
      <p>Access &amp; rights: <b>hash=${HASH}</b>, user ${Buffer.from("erp:heslo-9876").toString("base64")}</p>
      <p>${"slovo ".repeat(2000)}</p>`;
    const { url } = await shop(status(403, { "content-type": "text/html; charset=utf-8" }, page));
    const files = { "orders.xml": `${url}/export/orders.xml?patternId=-11&hash=${HASH}` };
    const transport = httpTransport({ files, user: "erp", password: "heslo-9876", retry: false });
    const error = await failureOf(() => allOf(transport.read("orders.xml")));
    expect(error.reason).toMatch(/^the server answers 403 "Access & rights: hash=\*\*\* , user \*\*\* slovo .*…"$/);
    expect(error.reason.length).toBeLessThan(240);
    expect(error.place).toBe(`${url}/export/orders.xml?patternId=…&hash=…`);
    expect(JSON.stringify([error.message, error.cause, error.stack])).not.toMatch(/0123456789abcdef|heslo-9876/);
  });

  it("quotes an error in XML with its text", async () => {
    const body = `<?xml version="1.0"?><prestashop><errors><error><message><![CDATA[Klíč nemá právo]]></message></error></errors>`;
    const { url } = await shop(status(401, { "content-type": "text/xml;charset=utf-8" }, body));
    const { code, reason: said } = await failureOf(() => allOf(reading(url).read("orders")));
    expect([code, said]).toEqual(["TRANSPORT_LOGIN", 'the server answers 401 "Klíč nemá právo"']);
  });

  const login = "<!DOCTYPE html><html><head><title>Přihlášení</title></head><body>Zadejte heslo</body></html>";
  it.each([
    ["as a page", "text/html; charset=utf-8", login],
    [
      "as XML",
      "text/xml",
      `<?xml version="1.0"?>\n<!-- x --><html xmlns="http://www.w3.org/1999/xhtml">Zadejte heslo</html>`,
    ],
    ["as a few words", "text/html", "Zadejte heslo"],
  ])("takes no page of a login for a file: %s", async (_, type, body) => {
    const { url } = await shop(status(200, { "content-type": type }, body));
    const error = await failureOf(() => allOf(reading(url).read("orders.xml")));
    expect([error.code, error.reason.includes("Zadejte heslo")]).toEqual(["TRANSPORT_REFUSED", true]);
  });

  it("takes XML that is sent as a page, as PHP does by itself", async () => {
    const { url } = await shop(status(200, { "content-type": "text/html" }, `\ufeff${XML}`));
    expect(await textOf(reading(url).read("orders.xml"))).toBe(XML);
  });

  it("says that the other side does not speak HTTP", async () => {
    const { url } = await shop((request) => void request.socket.end("220 FTP ready\r\n"));
    expect(await codeOf(() => allOf(reading(url).read("orders.xml")))).toMatch(/^TRANSPORT_(?:REFUSED|INTERRUPTED)$/);
  });
});

describe("redirects", () => {
  const to = (location: string, code = 302): RequestListener => status(code, { location });

  it("goes within the host, with its password", async () => {
    const { url, requests } = await shop(inTurn(to("/b.xml"), to("c.xml", 308), whole));
    expect(await textOf(reading(url, { user: "erp", password: "heslo" }).read("a.xml"))).toBe(XML);
    expect(requests.map((request) => request.url)).toEqual(["/a.xml", "/b.xml", "/c.xml"]);
    expect(new Set(requests.map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it("goes to no other host, and names nothing but the host", async () => {
    const other = await shop(whole);
    const { url } = await shop(to(`${other.url}/taken.xml?token=${HASH}`));
    const error = await failureOf(() => allOf(reading(url, { user: "erp", password: "heslo" }).read("a.xml")));
    expect([error.code, error.retryable, other.requests.length]).toEqual(["TRANSPORT_SECURITY", false, 0]);
    expect(error.message).toContain(new URL(other.url).host);
    expect(error.message).not.toMatch(/taken|0123456789/);
  });

  it("does not go from https to http", async () => {
    const urls: string[] = [];
    const answer: typeof fetch = async (input) => {
      urls.push(input instanceof URL ? input.href : "");
      return new Response(null, { status: 301, headers: { location: "http://shop.example/a.xml" } });
    };
    const transport = reading("https://shop.example", { fetch: answer });
    expect(await codeOf(() => allOf(transport.read("a.xml")))).toBe("TRANSPORT_SECURITY");
    expect(urls).toEqual(["https://shop.example/a.xml"]);
  });

  it("goes on five times", async () => {
    const { url, requests } = await shop(to("/again.xml"));
    expect(await codeOf(() => allOf(reading(url).read("a.xml")))).toBe("TRANSPORT_REFUSED");
    expect(requests).toHaveLength(6);
  });

  it("sends content again only where the method stays, and the content can come again", async () => {
    const bodies: string[] = [];
    const { url } = await shop((request, response) => {
      void bodyOf(request).then((body) => {
        bodies.push(body);
        if (request.url === "/a.xml") response.writeHead(307, { location: "/b.xml" }).end();
        else if (request.url === "/c.xml") response.writeHead(302, { location: "/b.xml" }).end();
        else response.writeHead(201).end();
      });
    });
    const transport = reading(url);
    expect(await transport.write("a.xml", inPieces(bytes("<a/>"), 2))).toBe(4);
    expect(bodies).toEqual(["<a/>", "<a/>"]);
    expect(await codeOf(() => transport.write("a.xml", inPieces(bytes("<a/>"), 2)()))).toBe("TRANSPORT_REFUSED");
    expect(await codeOf(() => transport.write("c.xml", bytes("<a/>")))).toBe("TRANSPORT_REFUSED");
  });
});

describe("addresses and secrets", () => {
  it("lists the names that stand for links, and shows links without their values", async () => {
    const { url, requests } = await shop(whole);
    const link = `${url}/export/orders.xml?patternId=-11&hash=${HASH}`;
    const transport = reading(url, {
      files: { "orders.xml": link, "in/stock.csv": `${url}/s/a1b2c3d4e5f6a7b8c9d0e1f2/x` },
    });
    expect(await transport.list("")).toEqual({
      files: [{ path: "orders.xml", name: "orders.xml", size: undefined, modifiedAt: undefined }],
      refused: [],
    });
    expect((await transport.list("in", { pattern: "*.csv" })).files.map(({ path }) => path)).toEqual(["in/stock.csv"]);
    expect(await codeOf(() => transport.list("out"))).toBe("TRANSPORT_NOT_FOUND");
    await allOf(transport.read("orders.xml"));
    expect(requests[0]?.url).toBe(`/export/orders.xml?patternId=-11&hash=${HASH}`);
    const single = httpTransport({ files: { "orders.xml": link } });
    expect(single.name).toBe(`${url}/export/orders.xml?patternId=…&hash=…`);
    expect(await codeOf(() => allOf(single.read("other.xml")))).toBe("TRANSPORT_NOT_FOUND");
  });

  it("does not show keys that stand in paths", async () => {
    const { url } = await shop(status(404));
    const transport = httpTransport({
      files: { "a.xml": `${url}/feeds/a1b2c3d4e5f6a7b8c9d0e1f2/a.xml` },
      retry: false,
    });
    const error = await failureOf(() => allOf(transport.read("a.xml")));
    expect(error.place).toBe(`${url}/feeds/…/a.xml`);
  });

  it("keeps a user without a password secret, and its headers", async () => {
    const key = "KLICKLICKLICKLICKLICKLICKLICKLIC";
    const { url, requests } = await shop((request, response) => {
      const { authorization = "", "x-token": token } = request.headers;
      response.writeHead(403).end(`${key} ${authorization} ${String(token)}`);
    });
    const headers = { "X-Token": "Bearer tajny-klic-1" };
    const error = await failureOf(() => allOf(reading(url, { user: key, headers }).read("orders")));
    expect(requests[0]?.headers).toMatchObject({
      authorization: `Basic ${Buffer.from(`${key}:`).toString("base64")}`,
      "x-token": "Bearer tajny-klic-1",
    });
    expect(error.message).not.toMatch(/KLIC|tajny/);
    expect(error.message).not.toContain(Buffer.from(key).toString("base64").slice(0, 20));
  });

  it("adds paths and parameters to a URL that has parameters of its own", async () => {
    const { url, requests } = await shop(whole);
    const transport = reading(`${url}/api/?ws_key=${HASH}`);
    const query = { "filter[date_upd]": ">[2026-02-01 00:00:00]", date: "1" };
    const answer = await transport.get("orders", { query });
    if (answer.changed) await allOf(answer.bytes);
    const asked = new URL(requests[0]?.url ?? "", url);
    expect(asked.pathname).toBe("/api/orders");
    expect(Object.fromEntries(asked.searchParams)).toEqual({ ws_key: HASH, ...query });
    expect(transport.name).toBe(`${url}/api?ws_key=…`);
  });

  it.each([
    ["http elsewhere", { url: "http://shop.example/" }, "TRANSPORT_SECURITY"],
    ["http elsewhere by a link", { files: { "a.xml": "http://shop.example/a" } }, "TRANSPORT_SECURITY"],
    ["another protocol", { url: "ftp://shop.example/" }, "TRANSPORT_NAME"],
    ["what is no URL", { url: `shop.example/?hash=${HASH}` }, "TRANSPORT_NAME"],
    ["a password in the URL", { url: "https://erp:tajne-heslo@shop.example/" }, "TRANSPORT_NAME"],
    ["a name that leads out", { files: { "../a.xml": "https://shop.example/a" } }, "TRANSPORT_NAME"],
    ["nothing", {}, "TRANSPORT_NAME"],
  ] as const)("refuses %s", async (_, options, code) => {
    const error = await failureOf(async () => httpTransport(options));
    expect(error.code).toBe(code);
    expect(error.message).not.toMatch(/0123456789|tajne/);
  });

  it("takes http where it may", () => {
    expect(httpTransport({ url: "http://shop.example/", insecure: true }).name).toBe("http://shop.example");
    expect(httpTransport({ url: "http://localhost:1/x/" }).name).toBe("http://localhost:1/x");
  });
});

describe("asking whether a file has changed", () => {
  it("gives validators, type and charset, and sends them back", async () => {
    const lastModified = "Tue, 24 Nov 2026 10:00:00 GMT";
    const { url, requests } = await shop((request, response) => {
      if (request.headers["if-none-match"] === '"a1"') response.writeHead(304).end();
      else
        response
          .writeHead(200, {
            etag: '"a1"',
            "last-modified": lastModified,
            "content-type": 'Text/XML; charset="Windows-1250"',
          })
          .end(XML);
    });
    const transport = reading(url);
    const first = await transport.get("orders.xml");
    if (!first.changed) throw new Error("not the first time");
    expect(await textOf(first.bytes)).toBe(XML);
    expect([first.validators, first.contentType, first.encoding]).toEqual([
      { etag: '"a1"', lastModified },
      "text/xml",
      "windows-1250",
    ]);
    expect(await transport.get("orders.xml", { validators: first.validators })).toEqual({ changed: false });
    expect(requests[1]?.headers["if-modified-since"]).toBe(lastModified);
  });

  it("asks by a time alone", async () => {
    const { url, requests } = await shop(status(304));
    const since = new Date("2026-11-24T10:00:00.500Z");
    expect(await reading(url).get("orders.xml", { since })).toEqual({ changed: false });
    expect(requests[0]?.headers["if-modified-since"]).toBe("Tue, 24 Nov 2026 10:00:00 GMT");
  });
});

describe("stat", () => {
  it("asks only where it may", async () => {
    const { url, requests } = await shop((request, response) => {
      const there = request.url === "/a.xml";
      const headers = { "content-length": "123", "last-modified": "Tue, 24 Nov 2026 10:00:00 GMT" };
      response.writeHead(there ? 200 : 404, there ? headers : {}).end();
    });
    expect(await codeOf(() => reading(url).stat("a.xml"))).toBe("TRANSPORT_UNSUPPORTED");
    expect(requests).toHaveLength(0);
    const transport = reading(url, { head: true });
    const file = { path: "a.xml", name: "a.xml", size: 123, modifiedAt: "2026-11-24T10:00:00.000Z" };
    expect(await transport.stat("a.xml")).toEqual(file);
    expect(await transport.stat("b.xml")).toBeUndefined();
  });
});

describe("writing", () => {
  interface Taken {
    readonly method: string | undefined;
    readonly url: string | undefined;
    readonly type: string | undefined;
    readonly body: string;
  }

  /** Takes what is sent and answers with each status in turn, then with 200. */
  async function taking(...statuses: readonly number[]): Promise<Shop & { readonly taken: Taken[] }> {
    const taken: Taken[] = [];
    const made = await shop((request, response) => {
      void bodyOf(request).then((body) => {
        const { method, url, headers } = request;
        const code = statuses[taken.length] ?? 200;
        taken.push({ method, url, type: headers["content-type"], body });
        response.writeHead(code).end();
      });
    });
    return { ...made, taken };
  }

  it("writes single records of a webservice, each document one request", async () => {
    const { url, taken } = await taking();
    const key = "KLICKLICKLICKLICKLICKLICKLICKLIC";
    const transport = httpTransport({ url: `${url}/api`, user: key, method: "PATCH", contentType: "text/xml" });
    const stock = [...niceProducts(2, 1)].map(({ code, name, vatRate }, index): Product => ({
      ...{ code, name, vatRate },
      stock: { externalId: String(67 + index), quantity: "10" },
    }));
    for await (const { record, bytes: document } of writeProductDocuments(stock, prestashop.feeds.stock))
      if ("stock" in record) await transport.write(`stock_availables/${record.stock?.externalId ?? ""}`, document);
    expect(taken.map((one) => [one.method, one.url, one.type])).toEqual([
      ["PATCH", "/api/stock_availables/67", "text/xml"],
      ["PATCH", "/api/stock_availables/68", "text/xml"],
    ]);
    expect(taken[0]?.body).toContain("<id><![CDATA[67]]></id>");
  });

  it("sends a file again by PUT whatever went wrong, as long as it can", async () => {
    const { url, taken } = await taking(500, 503);
    expect(await httpTransport({ url, retry }).write("a.xml", inPieces(bytes("<abc/>"), 4))).toBe(6);
    expect(taken.map(({ body }) => body)).toEqual(["<abc/>", "<abc/>", "<abc/>"]);
    const once = await taking(500);
    expect(
      await codeOf(() => httpTransport({ url: once.url, retry }).write("a.xml", inPieces(bytes("<a/>"), 4)())),
    ).toBe("TRANSPORT_BUSY");
    expect(once.taken).toHaveLength(1);
  });

  it.each(["POST", "PATCH"] as const)("sends %s again only if it cannot have been carried out", async (method) => {
    const busy = await taking(503, 429);
    await httpTransport({ url: busy.url, retry, method }).write("a.xml", bytes("<a/>"));
    expect(busy.taken).toHaveLength(3);
    const unsure = await taking(502);
    const transport = httpTransport({ url: unsure.url, retry, method });
    expect(await codeOf(() => transport.write("a.xml", bytes("<a/>")))).toBe("TRANSPORT_BUSY");
    expect(unsure.taken).toHaveLength(1);
    let count = 0;
    const lost = await shop((request) => {
      count++;
      request.socket.destroy();
    });
    expect(await codeOf(() => httpTransport({ url: lost.url, retry, method }).write("a.xml", bytes("<a/>")))).toBe(
      "TRANSPORT_INTERRUPTED",
    );
    expect(count).toBe(1);
  });

  it("takes nothing from the content when nobody listens", async () => {
    const { url } = await shop(whole);
    for (const close of opened.splice(0)) close();
    let started = false;
    async function* content(): AsyncGenerator<Uint8Array> {
      started = true;
      yield sampleBytes(10);
    }
    expect(await codeOf(() => httpTransport({ url, retry }).write("a.xml", content()))).toBe("TRANSPORT_CONNECT");
    expect(started).toBe(false);
  });

  it("does not believe a server that has not taken all", async () => {
    const { url } = await shop(status(201));
    const work = (): Promise<number> => reading(url).write("a.xml", inPieces(sampleBytes(20_000_000), 100_000));
    expect(await codeOf(work)).toMatch(/^TRANSPORT_(?:INCOMPLETE|INTERRUPTED)$/);
  });

  it("tells why a server does not take what is too large", async () => {
    const { url } = await shop(status(413, { connection: "close" }, "too large"));
    const work = (): Promise<number> => reading(url).write("a.xml", inPieces(sampleBytes(20_000_000), 100_000));
    expect(await codeOf(work)).toMatch(/^TRANSPORT_(?:LIMIT|INTERRUPTED)$/);
  });

  it("does not take a page for a receipt", async () => {
    const page = "<!doctype html><html><body>Vítejte v obchodě</body></html>";
    const { url } = await shop((request, response) => {
      void bodyOf(request).then(() => response.setHeader("content-type", "text/html").end(page));
    });
    expect(await codeOf(() => reading(url).write("a.xml", bytes("<a/>")))).toBe("TRANSPORT_REFUSED");
  });

  it.each([
    [409, "TRANSPORT_NOT_FOUND"],
    [413, "TRANSPORT_LIMIT"],
    [507, "TRANSPORT_FULL"],
  ])("takes the status %i for %s", async (code, expected) => {
    const { url } = await taking(code);
    expect(await codeOf(() => reading(url).write("a.xml", bytes("<a/>")))).toBe(expected);
  });

  it("waits for its own content as long as that takes, but not for the server", async () => {
    const { url } = await taking();
    const timeouts = { connectMs: 100, idleMs: 100 };
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield bytes("<a>");
      await new Promise((resolve) => setTimeout(resolve, 250));
      yield bytes("</a>");
    }
    expect(await reading(url, { timeouts }).write("a.xml", slow())).toBe(7);
    const deaf = await shop(() => undefined);
    expect(await codeOf(() => reading(deaf.url, { timeouts }).write("a.xml", inPieces(sampleBytes(10), 5)))).toBe(
      "TRANSPORT_TIMEOUT",
    );
  });

  it("moves, removes and lists nothing", async () => {
    const transport = reading("https://shop.example");
    for (const work of [
      () => transport.move("a", "b"),
      () => transport.remove("a"),
      () => transport.makeFolder("a"),
      () => transport.list(""),
    ])
      expect(await codeOf(work)).toBe("TRANSPORT_UNSUPPORTED");
  });
});

describe("rateLimit", () => {
  it("lets one request through at a time, in order, across transports", async () => {
    let [now, most] = [0, 0];
    const { url, requests } = await shop((request, response) => {
      most = Math.max(most, ++now);
      response.on("close", () => now--);
      whole(request, response);
    });
    const limit = rateLimit({ intervalMs: 0 });
    const [first, second] = [reading(url, { rateLimit: limit }), reading(url, { rateLimit: limit })];
    const names = ["0", "1", "2", "3"];
    await Promise.all(names.map((name, index) => allOf((index % 2 === 0 ? first : second).read(name))));
    expect(most).toBe(1);
    expect(requests.map((request) => request.url)).toEqual(names.map((name) => `/${name}`));
  });

  it("leaves time between the starts of requests", async () => {
    vi.useFakeTimers();
    const limit = rateLimit({ intervalMs: 1000, maxWaitMs: 10_000 });
    const starts: number[] = [];
    const run = async (): Promise<void> => {
      const turn = await limit.take();
      starts.push(Date.now());
      turn.end();
    };
    const from = Date.now();
    const all = Promise.all([run(), run(), run()]);
    await vi.advanceTimersByTimeAsync(2000);
    await all;
    expect(starts.map((start) => start - from)).toEqual([0, 1000, 2000]);
  });

  it("says at once that a wait would be too long, and how long it is", async () => {
    vi.useFakeTimers();
    const limit = rateLimit({ intervalMs: 900_000, maxWaitMs: 60_000 });
    (await limit.take()).end();
    await vi.advanceTimersByTimeAsync(100_000);
    expect(await failureOf(() => limit.take())).toMatchObject({
      code: "TRANSPORT_BUSY",
      retryable: true,
      retryAfterMs: 800_000,
    });
    await vi.advanceTimersByTimeAsync(750_000);
    const turn = limit.take();
    await vi.advanceTimersByTimeAsync(50_000);
    (await turn).end();
  });

  it("gives up a place in the queue after the longest wait, or when it is told to", async () => {
    vi.useFakeTimers();
    const limit = rateLimit({ intervalMs: 0, maxWaitMs: 1000 });
    const first = await limit.take();
    const late = failureOf(() => limit.take());
    const controller = new AbortController();
    const stopped = limit.take({ signal: controller.signal }).catch((error: unknown) => error);
    controller.abort(new Error("stop"));
    expect(await stopped).toEqual(new Error("stop"));
    await vi.advanceTimersByTimeAsync(1000);
    expect((await late).code).toBe("TRANSPORT_BUSY");
    first.end();
    first.end();
    (await limit.take()).end();
  });

  it("counts no request that was never sent, and tells what went wrong rather than that there is no second turn", async () => {
    const limit = rateLimit({ intervalMs: 900_000, maxWaitMs: 1000 });
    const gone = await shop(whole);
    for (const close of opened.splice(0)) close();
    const transport = httpTransport({ url: gone.url, rateLimit: limit, retry });
    expect(await codeOf(() => allOf(transport.read("a.xml")))).toBe("TRANSPORT_CONNECT");
    const { url, requests } = await shop(status(500));
    const other = httpTransport({ url, rateLimit: limit, retry });
    const error = await failureOf(() => allOf(other.read("a.xml")));
    expect([error.reason.includes("500"), requests.length]).toEqual([true, 1]);
  });
});
