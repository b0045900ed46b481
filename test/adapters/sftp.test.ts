import { execFile } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { inspect, promisify } from "node:util";
import { describe, expect, it, onTestFinished, test, vi } from "vitest";
import { loadLibrary } from "../../src/adapters/sftp/library.ts";
import { type SftpOptions, sftpTransport } from "../../src/adapters/sftp.ts";
import { TransportError } from "../../src/errors.ts";
import type { Transport } from "../../src/ports.ts";
import { faultProxy } from "../../src/testing/fault-proxy.ts";
import { allOf, inPieces, sampleBytes } from "../../src/testing/transport/check.ts";
import type { TransportSuiteOptions } from "../../src/testing/transport/case.ts";
import { transportSuite } from "../../src/testing/transport/suite.ts";
import { servers, type TestServer } from "../servers/servers.ts";
import { ownFolder, retry, sftpOptionsOf, timeouts } from "./real.ts";
import {
  HOME,
  type Instead,
  keyPair,
  type SftpRequest,
  sftpServer,
  type SftpServer,
  type SftpServerOptions,
} from "./sftp-server.ts";

const { list, reason } = servers();
const real = list.filter(({ kind }) => kind === "sftp");

const confirmation = "the fault cannot tell uploads from other requests, since SSH encrypts them";

describe.concurrent.each(real)("SFTP on $name", (server) => {
  transportSuite({ test: test.concurrent, skip: test.skip, ...suiteOf(server) });
});

test.skipIf(real.length > 0)(`SFTP on real servers (left out: ${reason ?? "they are there"})`, () => undefined);

test.runIf(real.some(({ keyFile }) => keyFile !== undefined))("SFTP on a real server logs in with a key", async () => {
  const server = real.find(({ keyFile }) => keyFile !== undefined)!;
  const privateKey = readFileSync(server.keyFile!, "utf8");
  const transport = sftpTransport({ ...sftpOptionsOf(server), password: undefined, privateKey });
  onTestFinished(() => transport.close());
  await expect(transport.stat("missing.xml")).resolves.toBeUndefined();
});

describe("SFTP on a server that can everything", () => {
  transportSuite({ test, skip: test.skip, ...ownSuite({}), without: { confirmation } });
});

describe("SFTP on a server that does not replace files by renaming, and gives little at a time", () => {
  const { create } = ownSuite({ without: ["posix-rename"], maxRead: 10_000 });
  const without = { replace: "the server lacks posix-rename", faults: "they are the same as above" };
  transportSuite({ test, skip: test.skip, create, without });
});

describe("the key of the server", () => {
  it("has to be known: the fingerprint is told, and nobody logs in", async () => {
    const server = await started();
    for (const hostKey of [
      undefined,
      [],
      "",
      "SHA256:AAAAC3NzaC1lZDI1NTE5AAAAIFOreign",
      ["SHA256:one", "SHA256:two"],
    ]) {
      const error = await failureOf(transportTo(server, { hostKey }).stat("a.xml"));
      expect(error).toMatchObject({ code: "TRANSPORT_SECURITY", retryable: false });
      expect(error.message).toContain(`${server.hostKey} (ssh-ed25519)`);
    }
    expect(server.requests).toEqual([]);
  });

  it("may be one of several, with or without padding", async () => {
    const server = await started();
    for (const hostKey of [["SHA256:other", server.hostKey], `${server.hostKey}=`])
      await expect(transportTo(server, { hostKey }).stat("a.xml")).resolves.toBeUndefined();
  });
});

describe("the login", () => {
  it("that is refused is told with what the server takes, and without the password", async () => {
    const server = await started({ password: "right" });
    const lines: string[] = [];
    const onLine = (line: string): void => void lines.push(line);
    const transport = transportTo(server, { password: "tajné-heslo", onLine });
    const error = await failureOf(transport.stat("a.xml"));
    expect(error).toMatchObject({ code: "TRANSPORT_LOGIN", retryable: false });
    expect(error.reason).toContain("password, publickey");
    expect(lines.length).toBeGreaterThan(0);
    for (const text of [inspect(error, { depth: 9, showHidden: true }), inspect(transport, { depth: 9 }), lines.join()])
      expect(text).not.toContain("tajné-heslo");
    expect(server.connections).toBe(1);
    const without = await failureOf(transportTo(server, { password: undefined }).stat("a.xml"));
    expect(without).toMatchObject({ code: "TRANSPORT_LOGIN" });
  });

  it("may be made with a key, also with an encrypted one", async () => {
    const passphrase = "heslo klíče";
    const plain = keyPair();
    const locked = keyPair(passphrase);
    const own = { password: undefined };
    const first = await started({ publicKey: plain.public });
    const bytes = new TextEncoder().encode(plain.private);
    for (const privateKey of [plain.private, bytes])
      await expect(transportTo(first, { ...own, privateKey }).stat("a.xml")).resolves.toBeUndefined();
    const second = await started({ publicKey: locked.public });
    const privateKey = locked.private;
    await expect(transportTo(second, { ...own, privateKey, passphrase }).stat("a.xml")).resolves.toBeUndefined();

    const refused = [
      transportTo(second, { ...own, privateKey }),
      transportTo(second, { ...own, privateKey, passphrase: "jiné heslo" }),
      transportTo(second, { ...own, privateKey: plain.private }),
      transportTo(second, { ...own, privateKey: "no key at all" }),
    ];
    for (const transport of refused)
      expect(await failureOf(transport.stat("a.xml"))).toMatchObject({ code: "TRANSPORT_LOGIN" });
  });

  it("may be made in a dialogue", async () => {
    const server = await started({ methods: ["keyboard-interactive"] });
    await expect(transportTo(server).stat("a.xml")).resolves.toBeUndefined();
    expect(await failureOf(transportTo(server, { password: "wrong" }).stat("a.xml"))).toMatchObject({
      code: "TRANSPORT_LOGIN",
    });
  });

  it("leads to a folder that has to be there", async () => {
    const server = await started();
    server.files.set(`${HOME}/file`, Buffer.of(1));
    for (const folder of ["missing", "/missing", "file"]) {
      const error = await failureOf(transportTo(server, { folder }).list(""));
      expect(error).toMatchObject({ code: "TRANSPORT_NOT_FOUND", retryable: false });
      expect(error.place).toContain(folder);
    }
    await expect(transportTo(server, { folder: HOME }).list("")).resolves.toMatchObject({ files: [{ path: "file" }] });
    await expect(transportTo(server, { folder: "/" }).stat("home/shop/file")).resolves.toMatchObject({ size: 1 });
  });

  it("to a server without SFTP says so", async () => {
    const server = await started({ noSftp: true });
    expect(await failureOf(transportTo(server).list(""))).toMatchObject({ code: "TRANSPORT_UNSUPPORTED" });
  });
});

describe("a server that is none", () => {
  const cases = [
    ["says nothing", "", "TRANSPORT_TIMEOUT"],
    ["speaks FTP", "220 ftp.shop.example ready\r\n", "TRANSPORT_REFUSED"],
    ["ends at once", undefined, "TRANSPORT_INTERRUPTED"],
    ["speaks another version", "SSH-1.5-old\r\n", "TRANSPORT_REFUSED"],
  ] as const;
  it.each(cases)("that %s is told", async (_name, greeting, code) => {
    const port = await listening(greeting);
    const transport = transportTo(
      { host: "127.0.0.1", port, hostKey: "SHA256:none" },
      { retry: false, timeouts: short },
    );
    expect(await failureOf(transport.list(""))).toMatchObject({ code });
  });

  it("that is not there is told", async () => {
    const server = await started();
    await server.close();
    expect(await failureOf(transportTo(server, { retry: false }).list(""))).toMatchObject({
      code: "TRANSPORT_CONNECT",
      retryable: true,
    });
  });
});

describe("the connection", () => {
  it("is one for all calls, also for those that start at the same time", async () => {
    const server = await started();
    const transport = transportTo(server);
    const names = Array.from({ length: 20 }, (_, index) => `${index}.xml`);
    await Promise.all(names.map((name, index) => transport.write(name, sampleBytes(100_000, index))));
    await Promise.all(names.map((name) => allOf(transport.read(name))));
    expect(server.connections).toBe(1);
  });

  it("is opened again when it has gone", async () => {
    const server = await started();
    const transport = transportTo(server, { retry: false });
    await transport.write("a.xml", sampleBytes(10));
    for (const socket of server.sockets) socket.destroy();
    await vi.waitFor(async () => expect(await transport.stat("a.xml")).toMatchObject({ size: 10 }));
    expect(server.connections).toBe(2);
  });

  it.each(["drop", "leave", "garbage"] as const)("that breaks while a request is open fails it: %s", async (kind) => {
    const server = await started({ instead: onceAt("STAT", kind) });
    server.files.set(`${HOME}/a.xml`, Buffer.of(1));
    const transport = transportTo(server, { retry: false });
    expect(await failureOf(transport.stat("a.xml"))).toMatchObject({ code: "TRANSPORT_INTERRUPTED", retryable: true });
    await vi.waitFor(async () => expect(await transport.stat("a.xml")).toMatchObject({ size: 1 }));
  });

  it("on which nothing is answered is given up, and made anew", async () => {
    const server = await started({
      instead: ({ kind, connection }) => (kind !== "REALPATH" && connection === 0 ? "silence" : undefined),
    });
    const transport = transportTo(server, { retry: false, timeouts: short });
    const calls = [transport.stat("a.xml"), transport.list("")].map(failureOf);
    for (const error of await Promise.all(calls)) expect(error.code).toBe("TRANSPORT_TIMEOUT");
    await expect(transport.stat("a.xml")).resolves.toBeUndefined();
    expect(server.connections).toBe(2);
  });

  it("fails what is under way when it is closed, and that is not tried again", async () => {
    const asked = latch();
    const server = await started({
      instead: ({ kind }) => {
        if (kind !== "STAT") return undefined;
        asked.open();
        return "silence";
      },
    });
    const transport = transportTo(server);
    const stat = failureOf(transport.stat("a.xml"));
    await asked.opened;
    await transport.close();
    expect(await stat).toMatchObject({ code: "TRANSPORT_INTERRUPTED", retryable: false });
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });

  it("is not waited for by a call that is aborted, but by the others", async () => {
    const greeted = latch();
    const server = await started({ instead: ({ kind }) => (kind === "REALPATH" ? greeted.opened : undefined) });
    const transport = transportTo(server);
    const aborted = new AbortController();
    const mine = transport.stat("a.xml", { signal: aborted.signal });
    const other = transport.stat("a.xml");
    const stopped = new Error("the task was stopped");
    aborted.abort(stopped);
    await expect(mine).rejects.toBe(stopped);
    greeted.open();
    await expect(other).resolves.toBeUndefined();
    expect(server.connections).toBe(1);
  });

  it("is not opened on when nobody wants it any more", async () => {
    const server = await started({ instead: ({ kind }) => (kind === "REALPATH" ? "silence" : undefined) });
    const aborted = new AbortController();
    const call = transportTo(server).stat("a.xml", { signal: aborted.signal });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    aborted.abort(new Error("the task was stopped"));
    await expect(call).rejects.toThrow("the task was stopped");
    await vi.waitFor(() => expect(server.sockets.size).toBe(0));
  });

  it("lets the program end while nothing is under way", async () => {
    const server = await started();
    server.files.set(`${HOME}/a.xml`, Buffer.from("<a/>"));
    const options = JSON.stringify(loginOf(server));
    const program = `
      import { sftpTransport } from "./src/adapters/sftp.ts";
      const transport = sftpTransport(${options});
      for await (const piece of transport.read("a.xml")) process.stdout.write(piece);`;
    const run = promisify(execFile);
    const child = run(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program], {
      timeout: 20_000,
    });
    await expect(child).resolves.toMatchObject({ stdout: "<a/>", stderr: "" });
  });
});

describe("reading", () => {
  it("asks for several blocks ahead, up to the end and no further", async () => {
    const server = await started();
    const transport = transportTo(server, { retry: false });
    const bytes = Buffer.from(sampleBytes(1_000_000));
    server.files.set(`${HOME}/large.bin`, bytes);
    expect(bytes.equals(await allOf(transport.read("large.bin")))).toBe(true);
    const reads = server.requests.filter(({ kind }) => kind === "READ").map(({ position }) => position);
    expect(new Set(reads).size).toBe(reads.length);
    expect(reads.at(-1)).toBe(1_000_000);
  });

  it("that stops early leaves no file open, and asks for no more than it has ahead", async () => {
    const server = await started();
    const transport = transportTo(server);
    server.files.set(`${HOME}/large.bin`, Buffer.from(sampleBytes(3_000_000)));
    for await (const piece of transport.read("large.bin")) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    await transport.stat("large.bin");
    expect(server.handles.size).toBe(0);
    expect(server.requests.filter(({ kind }) => kind === "READ").length).toBeLessThan(20);
  });

  it("goes on where it stopped when the connection broke in the middle", async () => {
    const server = await started({ instead: onceAt("READ", "drop", 40) });
    const bytes = Buffer.from(sampleBytes(3_000_000));
    server.files.set(`${HOME}/large.bin`, bytes);
    expect(bytes.equals(await allOf(transportTo(server).read("large.bin")))).toBe(true);
    expect(server.connections).toBe(2);
    const again = server.requests.filter(({ kind, connection }) => kind === "READ" && connection === 1);
    expect(again[0]?.position).toBeGreaterThan(500_000);
  });

  it("is given up when no data come for a while", async () => {
    const server = await started({ instead: onceAt("READ", "silence", 3) });
    server.files.set(`${HOME}/large.bin`, Buffer.from(sampleBytes(300_000)));
    const transport = transportTo(server, { retry: false, timeouts: { ...short, controlMs: 20_000 } });
    expect(await failureOf(allOf(transport.read("large.bin")))).toMatchObject({ code: "TRANSPORT_TIMEOUT" });
  });

  it("closes what a server opens after the call was aborted", async () => {
    const opened = latch();
    const server = await started({ instead: ({ kind }) => (kind === "OPEN" ? opened.opened : undefined) });
    server.files.set(`${HOME}/a.xml`, Buffer.of(1));
    const transport = transportTo(server, { retry: false });
    const aborted = new AbortController();
    const read = allOf(transport.read("a.xml", { signal: aborted.signal }));
    await vi.waitFor(() => expect(server.requests.at(-1)?.kind).toBe("OPEN"));
    aborted.abort(new Error("the task was stopped"));
    await expect(read).rejects.toThrow("the task was stopped");
    opened.open();
    await vi.waitFor(() => expect(server.requests.at(-1)?.kind).toBe("CLOSE"));
    expect(server.handles.size).toBe(0);
    expect(server.connections).toBe(1);
  });

  it("does without size and kind, where the server tells none", async () => {
    const server = await started({ attributes: false });
    const bytes = Buffer.from(sampleBytes(100_000));
    server.files.set(`${HOME}/a.bin`, bytes);
    const transport = transportTo(server);
    expect(bytes.equals(await allOf(transport.read("a.bin")))).toBe(true);
    const { files } = await transport.list("");
    expect(files).toEqual([{ path: "a.bin", name: "a.bin", size: undefined, modifiedAt: undefined }]);
  });
});

describe("writing", () => {
  it("is right in the end when a server wrote later blocks, but not an earlier one, before it broke", async () => {
    const instead = ({ kind, index, connection }: SftpRequest): Instead | undefined => {
      if (kind !== "WRITE" || connection > 0) return undefined;
      return index === 2 ? "silence" : index === 9 ? "drop" : undefined;
    };
    for (const size of [1_000_000, 300_000]) {
      const server = await started({ instead });
      const bytes = Buffer.from(sampleBytes(size));
      const transport = transportTo(server);
      await expect(transport.write("large.bin", inPieces(bytes, 20_000))).resolves.toBe(size);
      expect(bytes.equals(server.files.get(`${HOME}/large.bin`)!)).toBe(true);
      expect(server.connections).toBe(2);
      // It went on, and did not start anew.
      const again = server.requests.filter(({ kind, connection }) => kind === "WRITE" && connection === 1);
      expect(again[0]?.position).toBe(2 * 31 * 1024);
      await expect(transport.stat("large.bin")).resolves.toMatchObject({ size });
    }
  });

  it("is done when only its last confirmation is lost", async () => {
    const server = await started({ instead: onceAt("CLOSE", "mute") });
    const bytes = Buffer.from(sampleBytes(100_000));
    let opened = 0;
    const content = (): AsyncGenerator<Uint8Array> => {
      opened++;
      return inPieces(bytes, 10_000)();
    };
    await expect(transportTo(server, { timeouts: short }).write("a.bin", content)).resolves.toBe(100_000);
    expect(bytes.equals(server.files.get(`${HOME}/a.bin`)!)).toBe(true);
    expect([opened, server.connections]).toEqual([1, 2]);
  });

  it("sends small pieces together", async () => {
    const server = await started();
    await transportTo(server).write("a.bin", inPieces(sampleBytes(10_000), 10));
    expect(server.requests.filter(({ kind }) => kind === "WRITE")).toHaveLength(1);
  });

  it("ends with its signal also while the content keeps it waiting", async () => {
    const server = await started();
    const transport = transportTo(server);
    const aborted = new AbortController();
    const waiting = latch();
    async function* stuck(): AsyncGenerator<Uint8Array> {
      yield sampleBytes(40_000);
      waiting.open();
      await new Promise(() => undefined);
    }
    const write = transport.write("a.bin", stuck, { signal: aborted.signal });
    await waiting.opened;
    aborted.abort(new Error("the task was stopped"));
    await expect(write).rejects.toThrow("the task was stopped");
    await vi.waitFor(() => expect(server.handles.size).toBe(0));
  });

  const answers = [
    [{ status: 4, message: "Failure" }, "TRANSPORT_REFUSED"],
    [{ status: 4, message: "No space left on device" }, "TRANSPORT_FULL"],
    [{ status: 15, message: "" }, "TRANSPORT_FULL"],
    [{ status: 3, message: "Permission denied" }, "TRANSPORT_DENIED"],
    [{ status: 77, message: "Nonsense" }, "TRANSPORT_REFUSED"],
  ] as const;
  it.each(answers)("that the server breaks off with %o fails: %s", async (status, code) => {
    for (const kind of ["OPEN", "WRITE", "CLOSE"] as const) {
      const server = await started({ instead: onceAt(kind, status) });
      const write = transportTo(server).write("a.bin", inPieces(sampleBytes(1_000_000), 50_000));
      expect(await failureOf(write)).toMatchObject({ code, retryable: false });
    }
  });

  it("to a folder is denied", async () => {
    const transport = transportTo(await started());
    await transport.makeFolder("out");
    expect(await failureOf(transport.write("out", sampleBytes(1)))).toMatchObject({ code: "TRANSPORT_DENIED" });
    await transport.write("a.xml", sampleBytes(1));
    expect(await failureOf(transport.move("a.xml", "out"))).toMatchObject({ code: "TRANSPORT_DENIED" });
    expect(await failureOf(transport.remove("out"))).toMatchObject({ code: "TRANSPORT_NOT_FOUND" });
    expect(await failureOf(transport.makeFolder("a.xml"))).toMatchObject({ code: "TRANSPORT_EXISTS" });
  });

  it("replaces no file by renaming where the server cannot", async () => {
    const unsupported = { status: 8, message: "Unsupported" };
    for (const own of [{ without: ["posix-rename"] }, { instead: onceAt("EXTENDED", unsupported) }] as const) {
      const transport = transportTo(await started(own));
      await transport.write("a.xml", sampleBytes(1));
      await transport.write("b.xml", sampleBytes(2));
      const error = await failureOf(transport.move("a.xml", "b.xml"));
      expect(error).toMatchObject({ code: "TRANSPORT_EXISTS", retryable: false });
      expect(error.place).toMatch(/b\.xml$/);
      await transport.move("a.xml", "c.xml");
      await expect(transport.stat("c.xml")).resolves.toMatchObject({ size: 1 });
    }
  });
});

describe("a listing", () => {
  it("tells names that cannot be used, and follows links", async () => {
    const strange = [
      Buffer.from("\u017elu\u0165.xml"),
      Buffer.of(0x9e, 0x6c, 0x75, 0x9d, 0x2e, 0x78, 0x6d, 0x6c),
      Buffer.from("../../etc/passwd"),
      Buffer.from("a\u0000b"),
      Buffer.from("nul.xml"),
    ];
    const server = await started({ strange });
    server.files.set(`${HOME}/a.xml`, Buffer.alloc(5));
    server.links.set(`${HOME}/link.xml`, `${HOME}/a.xml`);
    server.links.set(`${HOME}/folder`, HOME);
    server.links.set(`${HOME}/dangling.xml`, `${HOME}/gone.xml`);
    const { files, refused } = await transportTo(server).list("");
    expect(Object.fromEntries(files.map(({ name, size }) => [name, size]))).toEqual({
      "a.xml": 5,
      "link.xml": 5,
      "žluť.xml": 1,
    });
    expect(files[0]?.modifiedAt).toBe("2026-03-04T18:22:09.000Z");
    expect(refused.map(({ reason: why }) => why)).toEqual([
      "is in another encoding than UTF-8",
      "holds a path separator",
      "holds a control character",
      "is a name that Windows keeps for a device",
    ]);
  });
});

it("says which package to install where it is missing", async () => {
  const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
  const error = await failureOf(loadLibrary("sftp://shop.example", () => Promise.reject(missing)));
  expect(error).toMatchObject({ code: "TRANSPORT_UNSUPPORTED", retryable: false });
  expect(error.message).toContain("npm install ssh2-sftp-client");
});

it("has a name without secrets", () => {
  const named = (own: Partial<SftpOptions>): string =>
    sftpTransport({ host: "sftp.shop.example", user: "shop", password: "tajné-heslo", ...own }).name;
  expect(named({})).toBe("sftp://shop@sftp.shop.example");
  expect(named({ port: 2222, folder: "/out/" })).toBe("sftp://shop@sftp.shop.example:2222/out");
  expect(named({ host: "::1", port: 22, user: "a@b", folder: "out" })).toBe("sftp://a%40b@[::1]/out");
});

/** Time-outs as short as a loaded machine allows. */
const short = { connectMs: 500, controlMs: 300, dataMs: 300 } as const;

function onceAt(kind: SftpRequest["kind"], instead: Instead, at = 0): (request: SftpRequest) => Instead | undefined {
  return (request) => (request.kind === kind && request.index === at ? instead : undefined);
}

/** Something to wait for. */
function latch(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

async function started(options: SftpServerOptions = {}): Promise<SftpServer> {
  const server = await sftpServer(options);
  onTestFinished(() => server.close());
  return server;
}

type Reached = Pick<SftpServer, "host" | "port" | "hostKey">;

function loginOf({ host, port, hostKey }: Reached): SftpOptions {
  return { host, port, hostKey, user: "shop", password: "heslo", retry };
}

function transportTo(server: Reached, own: Partial<SftpOptions> = {}): Transport {
  const transport = sftpTransport({ ...loginOf(server), ...own });
  onTestFinished(() => transport.close());
  return transport;
}

async function failureOf(work: Promise<unknown>): Promise<TransportError> {
  const error = await work.then(
    (value) => new Error(`succeeded with ${inspect(value)}`),
    (failure: unknown) => failure,
  );
  if (error instanceof TransportError) return error;
  throw error;
}

/** A port where every connection is greeted like this, or ended. */
async function listening(greeting: string | undefined): Promise<number> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    if (greeting === undefined) socket.destroy();
    else socket.write(greeting);
    onTestFinished(() => void socket.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function ownSuite(quirks: SftpServerOptions): Omit<TransportSuiteOptions, "test" | "skip"> {
  return {
    create: async (limits) => {
      const server = await sftpServer(quirks);
      return { transport: sftpTransport({ ...loginOf(server), ...limits }), dispose: () => server.close() };
    },
    createFaulty: async (faults) => {
      const server = await sftpServer(quirks);
      const proxy = await faultProxy({ host: server.host, port: server.port, faults });
      const { host, port } = proxy;
      const transport = sftpTransport({ ...loginOf(server), host, port, timeouts: { ...short, connectMs: 5000 } });
      return { transport, proxy, dispose: () => server.close() };
    },
  };
}

function suiteOf(server: TestServer): Omit<TransportSuiteOptions, "test" | "skip"> {
  const create = async (own: Partial<SftpOptions>) => {
    const { name, dispose } = ownFolder(server);
    const options = sftpOptionsOf(server);
    const home = sftpTransport(options);
    await home.makeFolder(name);
    await home.close();
    return { transport: sftpTransport({ ...options, folder: `${options.folder ?? ""}/${name}`, ...own }), dispose };
  };
  return {
    create: (limits) => create({ ...limits }),
    createFaulty: async (faults) => {
      const proxy = await faultProxy({ host: server.host, port: server.port, faults });
      return { ...(await create({ host: proxy.host, port: proxy.port, timeouts })), proxy };
    },
    without: { confirmation },
  };
}
