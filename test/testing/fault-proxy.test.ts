import { Client } from "basic-ftp";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { Agent, createServer as createHttpServer, get } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault, FaultyConnection } from "../../src/testing/fault-kinds.ts";
import { type FaultProxy, faultProxy, type FaultProxyOptions } from "../../src/testing/fault-proxy.ts";
import { seededFaults } from "../../src/testing/fault-seeded.ts";
import type { FtpServer, FtpServerOptions } from "../../src/testing/ftp/options.ts";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import { certificate, withoutCertificate } from "./certificate.ts";

/** How long a client waits that is to lose patience; others wait long enough for a busy machine. */
const HASTY_MS = 300;
const file = Buffer.alloc(300_000, "0123456789");

let root: string;
const endings: (() => unknown)[] = [];

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "propojka-fault-"));
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(root, { recursive: true });
});

async function serve(options: Partial<FtpServerOptions> = {}): Promise<FtpServer> {
  const server = await ftpServer({ root, ...options });
  endings.push(server.close);
  return server;
}

async function disturb(
  server: { readonly host: string; readonly port: number },
  options: Partial<FaultProxyOptions> = {},
): Promise<FaultProxy> {
  const proxy = await faultProxy({ faults: () => undefined, host: server.host, port: server.port, ...options });
  endings.push(proxy.close);
  return proxy;
}

/** The fault for data connection `index`, nothing for others. */
const onData =
  (fault: Fault, index = 0) =>
  (connection: FaultyConnection): Fault | undefined =>
    connection.kind === "data" && connection.index === index ? fault : undefined;

const onControl =
  (fault: Fault) =>
  ({ kind }: FaultyConnection): Fault | undefined =>
    kind === "control" ? fault : undefined;

async function login(proxy: { readonly host: string; readonly port: number }, secure = false): Promise<Client> {
  const client = new Client(10_000);
  endings.push(() => client.close());
  const { host, port } = proxy;
  await client.access({
    host,
    port,
    user: "shop",
    password: "Heslo-123",
    secure,
    ...(certificate && { secureOptions: { ca: certificate.cert, servername: "localhost" } }),
  });
  return client;
}

/** The client loses patience soon. */
function hasty(client: Client): Client {
  Object.assign(client.ftp, { timeout: HASTY_MS });
  return client;
}

const upload = (client: Client, name = "a.xml", bytes: Buffer = file) =>
  client.uploadFrom(Readable.from([bytes]), name);

async function download(client: Client, name = "a.xml"): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  await client.downloadTo(sink, name);
  return Buffer.concat(chunks);
}

/** Reads what a socket brings until its end; how it ended beside it. */
async function drained(socket: Socket): Promise<{ readonly text: string; readonly error: string | undefined }> {
  let text = "";
  let error: string | undefined;
  socket.on("data", (chunk) => (text += chunk.toString("latin1")));
  socket.on("error", ({ message }) => (error = message));
  await new Promise((resolve) => socket.once("close", resolve));
  return { text, error: error?.replace(/^.*(ECONNRESET).*$/, "$1") };
}

/** Reads what a socket brings until it matches. */
async function heard(socket: Socket, pattern: RegExp): Promise<string> {
  endings.push(() => socket.destroy());
  let text = "";
  await new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (pattern.test(text)) resolve();
    });
  });
  return text;
}

/** A server that says something to each client, and may hear it out. */
async function tcpServer(
  onClient: (socket: Socket) => void,
): Promise<{ readonly host: string; readonly port: number }> {
  const open = new Set<Socket>();
  const server: Server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => undefined);
    onClient(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  endings.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { host: "127.0.0.1", port: (server.address() as AddressInfo).port };
}

describe("without faults", () => {
  it.each([
    ["EPSV", {}],
    ["PASV", { without: ["EPSV"], pasvHost: "192.168.0.10" }],
  ] as const)("carries control and data connections of %s", async (_, options) => {
    const server = await serve(options);
    const proxy = await disturb(server);
    const client = await login(proxy);
    await upload(client);
    expect((await download(client)).equals(file)).toBe(true);
    expect(await client.list()).toHaveLength(1);
    expect(proxy.connections.map(({ kind, index, fault }) => ({ kind, index, fault }))).toEqual([
      { kind: "control", index: 0, fault: undefined },
      { kind: "data", index: 0, fault: undefined },
      { kind: "data", index: 1, fault: undefined },
      { kind: "data", index: 2, fault: undefined },
    ]);
    expect(proxy.connections[1]).toMatchObject({ bytesUp: file.length, bytesDown: 0 });
    expect(proxy.connections[2]).toMatchObject({ bytesUp: 0, bytesDown: file.length });
    expect(proxy.connections[0]!.bytesUp).toBeGreaterThan(50);
  });

  it("reads a reply that comes in pieces, and one of several lines that looks like another", async () => {
    const { port } = await tcpServer((socket) => socket.end("data"));
    const whole = `220 Hello.\r\n211-Features:\r\n229 x (|||1|)\r\n211 End\r\n229 Entering Extended Passive Mode (|||${port}|)\r\n`;
    const slow = await tcpServer((socket) => {
      // Each byte waits until the one before has left, and is a packet of its own.
      socket.setNoDelay(true);
      const next = (at: number): void => {
        if (at < whole.length) socket.write(whole.slice(at, at + 1), () => setImmediate(next, at + 1));
      };
      next(0);
    });
    const proxy = await disturb(slow);
    const control = connect(proxy.port, proxy.host);
    const text = await heard(control, /\(\|\|\|\d{2,}\|\)\r\n$/);
    const shown = /\(\|\|\|(\d+)\|\)\r\n$/.exec(text)?.[1];
    expect(text).toBe(whole.replace(String(port), String(shown)));
    expect(shown).not.toBe(String(port));
    expect(await drained(connect(Number(shown), proxy.host))).toEqual({ text: "data", error: undefined });
  });

  it("passes HTTP and SSH on at once and unchanged", async () => {
    const http = createHttpServer((_, response) => response.end("line\n229 (|||5|)\n123"));
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    endings.push(() => http.close());
    const proxy = await disturb({ host: "127.0.0.1", port: (http.address() as AddressInfo).port });
    const agent = new Agent({ keepAlive: true });
    endings.push(() => agent.destroy());
    const body = await new Promise<string>((resolve) =>
      get({ host: proxy.host, port: proxy.port, agent }, (response) => {
        response.setEncoding("utf8");
        response.once("data", resolve);
      }),
    );
    expect(body).toBe("line\n229 (|||5|)\n123");

    const ssh = await tcpServer((socket) => socket.write("SSH-2.0-x\r\n12"));
    const { host, port } = await disturb(ssh);
    expect(await heard(connect(port, host), /12$/)).toBe("SSH-2.0-x\r\n12");
  });

  it("leaves each side its own end", async () => {
    // The server hears the client out before it answers.
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      let heard = 0;
      socket.on("data", (chunk) => (heard += chunk.length));
      socket.on("end", () => socket.end(`heard ${heard}`));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endings.push(() => server.close());
    const proxy = await disturb({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
    const client = connect({ host: proxy.host, port: proxy.port, allowHalfOpen: true });
    client.end("12345");
    expect(await drained(client)).toEqual({ text: "heard 5", error: undefined });
  });

  it("passes the end of a server that is not there on", async () => {
    const gone = await serve();
    await gone.close();
    const proxy = await disturb(gone);
    expect(await drained(connect(proxy.port, proxy.host))).toEqual({ text: "", error: "ECONNRESET" });
  });
});

describe("faults of data connections", () => {
  it("drop: the upload ends early and looks whole to the server", async () => {
    const proxy = await disturb(await serve(), { faults: onData({ kind: "drop", afterBytes: 1000, direction: "up" }) });
    const client = await login(proxy);
    await upload(client).catch(() => undefined);
    expect((await stat(join(root, "a.xml"))).size).toBe(1000);
    expect(proxy.connections[1]).toMatchObject({ bytesUp: 1000, fault: "drop" });
  });

  it("drop: the download ends early without an error of the connection", async () => {
    await writeFile(join(root, "a.xml"), file);
    const proxy = await disturb(await serve(), { faults: onData({ kind: "drop", afterBytes: 1000 }) });
    const client = await login(proxy);
    expect(await download(client)).toHaveLength(1000);
    expect(proxy.connections[1]).toMatchObject({ bytesDown: 1000, fault: "drop" });
  });

  it("truncate: the upload is confirmed, only its size is wrong", async () => {
    const faults = onData({ kind: "truncate", afterBytes: 1000, direction: "up" });
    const proxy = await disturb(await serve(), { faults });
    const client = await login(proxy);
    expect((await upload(client)).code).toBe(226);
    expect(await client.size("a.xml")).toBe(1000);
    expect(proxy.connections[1]).toMatchObject({ bytesUp: 1000, fault: "truncate" });
    expect((await upload(client)).code).toBe(226);
    expect(await client.size("a.xml")).toBe(file.length);
  });

  it("truncate: the download is confirmed, only its size is wrong", async () => {
    await writeFile(join(root, "a.xml"), file);
    const proxy = await disturb(await serve(), { faults: onData({ kind: "truncate", afterBytes: 70_000 }) });
    expect((await download(await login(proxy))).equals(file.subarray(0, 70_000))).toBe(true);
  });

  it("truncate: does not strike a file that is just so long", async () => {
    const faults = onData({ kind: "truncate", afterBytes: file.length, direction: "up" });
    const proxy = await disturb(await serve(), { faults });
    const client = await login(proxy);
    await upload(client);
    expect(await client.size("a.xml")).toBe(file.length);
    expect(proxy.connections[1]!.fault).toBeUndefined();
  });

  it("reset: both sides see it", async () => {
    const server = await serve();
    const proxy = await disturb(server, { faults: onData({ kind: "reset", afterBytes: 1000, direction: "up" }) });
    const client = await login(proxy);
    await expect(upload(client)).rejects.toThrow(/ECONNRESET|EPIPE|426/);
    expect(proxy.connections[1]).toMatchObject({ fault: "reset" });
    expect((await stat(join(root, "a.xml"))).size).toBeLessThanOrEqual(1000);
  });

  it("stall: nothing passes, and nobody hears of it", async () => {
    const proxy = await disturb(await serve(), {
      faults: onData({ kind: "stall", afterBytes: 1000, direction: "up" }),
    });
    const client = await login(proxy);
    await expect(upload(hasty(client))).rejects.toThrow("Timeout");
    expect((await stat(join(root, "a.xml"))).size).toBe(1000);
    expect(proxy.connections[1]).toMatchObject({ bytesUp: 1000, fault: "stall" });
  });

  it("stall: strikes before the first byte too", async () => {
    await writeFile(join(root, "a.xml"), file);
    const proxy = await disturb(await serve(), { faults: onData({ kind: "stall", afterBytes: 0 }) });
    await expect(download(hasty(await login(proxy)))).rejects.toThrow("Timeout");
    expect(proxy.connections[1]).toMatchObject({ bytesDown: 0, fault: "stall" });
  });

  it("slow: takes as long as it says", async () => {
    await writeFile(join(root, "a.xml"), file);
    const proxy = await disturb(await serve(), { faults: onData({ kind: "slow", bytesPerSecond: 1_000_000 }) });
    const client = await login(proxy);
    const start = performance.now();
    expect((await download(client)).equals(file)).toBe(true);
    expect(performance.now() - start).toBeGreaterThan(250);
    expect(proxy.connections[1]).toMatchObject({ bytesDown: file.length, fault: "slow" });
  });

  it("refuse: the client sees the end, the server waits in vain", async () => {
    await writeFile(join(root, "a.xml"), file);
    const server = await serve({ dataTimeoutMs: 20 });
    const proxy = await disturb(server, { faults: onData({ kind: "refuse" }) });
    const client = await login(proxy);
    await expect(download(client)).rejects.toThrow();
    expect(proxy.connections[1]).toEqual({ kind: "data", index: 0, bytesUp: 0, bytesDown: 0, fault: "refuse" });
  });

  it("strikes the chosen connection only", async () => {
    const proxy = await disturb(await serve(), {
      faults: onData({ kind: "truncate", afterBytes: 1, direction: "up" }, 1),
    });
    const client = await login(proxy);
    for (const name of ["a.xml", "b.xml", "c.xml"]) await upload(client, name);
    const sizes = await Promise.all(["a.xml", "b.xml", "c.xml"].map((name) => stat(join(root, name))));
    expect(sizes.map(({ size }) => size)).toEqual([file.length, 1, file.length]);
  });
});

describe("faults of control connections", () => {
  it.each([0, 1, 3])("mute: swallows replies after %i of them", async (afterReplies) => {
    const server = await serve();
    const proxy = await disturb(server, { faults: onControl({ kind: "mute", afterReplies }) });
    const socket = connect(proxy.port, proxy.host);
    socket.end("FEAT\r\nNOOP\r\nSYST\r\nQUIT\r\n");
    const { text } = await drained(socket);
    // The greeting, then FEAT in several lines.
    expect(text.match(/^\d{3} /gm) ?? []).toEqual(["220 ", "211 ", "200 "].slice(0, afterReplies));
    expect(proxy.connections[0]!.fault).toBe("mute");
  });

  it("mute: an upload is done and its confirmation never arrives", async () => {
    const proxy = await disturb(await serve(), { faults: onControl({ kind: "mute", afterUploads: 2 }) });
    const client = await login(proxy);
    await upload(client, "a.xml");
    await client.list();
    await expect(upload(hasty(client), "b.xml")).rejects.toThrow("Timeout (control socket)");
    expect((await readFile(join(root, "b.xml"))).equals(file)).toBe(true);
    expect(proxy.connections[0]!.fault).toBe("mute");
  });

  it("mute: knows that an upload ends before the server can answer its last bytes", async () => {
    // As TLS does it: the last bytes say goodbye, the end of the connection follows.
    let answer = (): void => undefined;
    const data = await tcpServer((socket) => socket.on("data", () => answer()));
    const control = await tcpServer((socket) => {
      socket.write(`220 Hello.\r\n229 Entering Extended Passive Mode (|||${data.port}|)\r\n`);
      answer = () => socket.end("226 Transfer complete.\r\n");
    });
    const proxy = await disturb(control, { faults: onControl({ kind: "mute", afterUploads: 1 }) });
    const client = connect(proxy.port, proxy.host);
    const seen = drained(client);
    const port = Number(/\|\|\|(\d+)/.exec(await heard(client, /\|\)\r\n/))?.[1]);
    const upload = connect(port, proxy.host);
    upload.on("error", () => undefined);
    await new Promise((resolve) => upload.write("goodbye", resolve));
    // Time enough for an answer to come back.
    for (let turns = 0; turns < 20; turns++) await turn();
    upload.end();
    expect((await seen).text).not.toContain("226");
    expect(proxy.connections[0]!.fault).toBe("mute");
  });

  it("drop and reset: the session ends in the middle of a reply", async () => {
    const server = await serve();
    for (const kind of ["drop", "reset"] as const) {
      const proxy = await disturb(server, { faults: onControl({ kind, afterBytes: 10 }) });
      const seen = await drained(connect(proxy.port, proxy.host));
      expect(seen).toEqual({ text: "220 127.0.", error: kind === "drop" ? undefined : "ECONNRESET" });
    }
  });

  it("refuse: the server hears nothing", async () => {
    let clients = 0;
    const proxy = await disturb(await tcpServer(() => clients++), { faults: () => ({ kind: "refuse" }) });
    expect(await drained(connect(proxy.port, proxy.host))).toEqual({ text: "", error: undefined });
    expect(clients).toBe(0);
  });
});

describe.skipIf(withoutCertificate !== undefined || process.platform === "darwin")(
  withoutCertificate ?? "FTPS (127.0.0.2 does not exist on macOS)",
  () => {
    async function secured(faults: FaultProxyOptions["faults"], maxVersion: "TLSv1.2" | "TLSv1.3" = "TLSv1.3") {
      for (;;) {
        const passivePorts = await freePorts(4);
        const server = await serve({
          passivePorts,
          tls: { ...certificate!, maxVersion },
          requireTls: true,
          requireSessionReuse: true,
        });
        try {
          const proxy = await disturb(server, { faults, passivePorts });
          return { proxy, client: await login(proxy, true) };
        } catch (error) {
          // Somebody else took one of the ports meanwhile.
          if (!String(error).includes("EADDRINUSE")) throw error;
        }
      }
    }

    /** Ports that were free a moment ago, or at least the first of them. */
    async function freePorts(count: number): Promise<readonly [number, number]> {
      for (;;) {
        const probe = await serve();
        await probe.close();
        if (probe.port + count <= 65_535) return [probe.port, probe.port + count - 1];
      }
    }

    it("goes through the same ports of another address", async () => {
      const { proxy, client } = await secured(() => undefined);
      expect(proxy.host).toBe("127.0.0.2");
      await upload(client);
      expect((await download(client)).equals(file)).toBe(true);
      expect(proxy.connections.map(({ kind }) => kind)).toEqual(["control", "data", "data"]);
    });

    it("reset: an upload breaks off", async () => {
      const { client } = await secured(onData({ kind: "reset", afterBytes: 10_000, direction: "up" }));
      await expect(upload(client)).rejects.toThrow();
      expect((await stat(join(root, "a.xml"))).size).toBeLessThan(10_000);
    });

    it.each(["TLSv1.2", "TLSv1.3"] as const)("%s mute: uploads are done and not confirmed", async (version) => {
      for (let round = 0; round < 3; round++) {
        const { proxy, client } = await secured(onControl({ kind: "mute", afterUploads: 2 }), version);
        await upload(client, "a.xml");
        await client.list();
        await expect(upload(hasty(client), "b.xml")).rejects.toThrow("Timeout (control socket)");
        expect((await readFile(join(root, "b.xml"))).equals(file)).toBe(true);
        expect(proxy.connections[0]!.fault).toBe("mute");
      }
    });

    it("fails to begin where a port is taken", async () => {
      const server = await serve();
      const first = await disturb(server, { passivePorts: await freePorts(1) });
      const passivePorts = [first.port, first.port] as const;
      await expect(disturb(server, { passivePorts })).rejects.toMatchObject({ code: "EADDRINUSE" });
    });
  },
);

describe("close", () => {
  it("ends all connections, stalled ones too, and can be called twice", async () => {
    const server = await serve();
    const proxy = await disturb(server, { faults: () => ({ kind: "stall", afterBytes: 5 }) });
    const clients = [connect(proxy.port, proxy.host), connect(proxy.port, proxy.host)];
    const ended = clients.map(drained);
    await Promise.all(clients.map((client) => new Promise((resolve) => client.once("data", resolve))));
    await Promise.all([proxy.close(), proxy.close()]);
    expect((await Promise.all(ended)).map(({ text }) => text)).toEqual(["220 1", "220 1"]);
    expect((await drained(connect(proxy.port, proxy.host))).error).toContain("ECONNREFUSED");
  });
});

describe("seeded faults", () => {
  const kinds = ["drop", "reset", "stall", "slow", "refuse", "truncate", "mute"] as const;
  const connections = Array.from({ length: 500 }, (_, index): FaultyConnection[] => [
    { kind: "control", index },
    { kind: "data", index },
  ]).flat();

  it("are the same for the same seed, in whatever order connections begin", () => {
    const options = { rate: 0.5, kinds };
    const first = connections.map(seededFaults(7, options));
    expect(connections.toReversed().map(seededFaults(7, options)).reverse()).toEqual(first);
    expect(connections.map(seededFaults(8, options))).not.toEqual(first);
  });

  it("strike at the given rate", () => {
    const struck = (rate: number) => connections.map(seededFaults(1, { rate, kinds })).filter(Boolean).length;
    expect(struck(0)).toBe(0);
    expect(struck(1)).toBe(1000);
    expect(struck(0.2)).toBeGreaterThan(150);
    expect(struck(0.2)).toBeLessThan(250);
  });

  it("are of all the given kinds, mute on control connections only, within the given bytes", () => {
    const faults = seededFaults(3, { rate: 1, kinds, maxBytes: 5000 });
    const ofData = connections.filter(({ kind }) => kind === "data").map(faults);
    const ofControl = connections.filter(({ kind }) => kind === "control").map(faults);
    expect(new Set(ofData.map((fault) => fault?.kind))).toEqual(new Set(kinds.filter((kind) => kind !== "mute")));
    expect(new Set(ofControl.map((fault) => fault?.kind))).toEqual(new Set(kinds));
    const bytesOf = (all: readonly (Fault | undefined)[]) =>
      all.flatMap((fault) => (fault && "afterBytes" in fault ? [fault.afterBytes] : []));
    expect(Math.max(...bytesOf(ofData))).toBeGreaterThan(2500);
    expect(Math.max(...bytesOf(ofData))).toBeLessThanOrEqual(5000);
    expect(Math.min(...bytesOf(ofData))).toBeLessThan(10);
    expect(Math.max(...bytesOf(ofControl))).toBeLessThanOrEqual(2000);
    expect(seededFaults(3, { rate: 1, kinds: ["mute"] })({ kind: "data", index: 0 })).toBeUndefined();
  });
});
