import { Client } from "basic-ftp";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { FtpFeature, FtpServer, FtpServerOptions } from "../../src/testing/ftp/options.ts";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import { certificate, withoutCertificate } from "./certificate.ts";

let base: string;
let root: string;
const endings: (() => unknown)[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), "propojka-ftp-"));
  root = join(base, "root");
  await mkdir(root);
});

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
  await rm(base, { recursive: true });
});

async function serve(options: Partial<FtpServerOptions> = {}): Promise<FtpServer> {
  const server = await ftpServer({ root, ...options });
  endings.push(server.close);
  return server;
}

async function login(server: FtpServer, secure: boolean | "implicit" = false): Promise<Client> {
  const client = new Client(3000);
  endings.push(() => client.close());
  await client.access({
    host: server.host,
    port: server.port,
    user: "shop",
    password: "Heslo-123",
    secure,
    ...(certificate && { secureOptions: { ca: certificate.cert, servername: "localhost" } }),
  });
  return client;
}

async function download(client: Client, name: string, start = 0): Promise<string> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      chunks.push(chunk);
      done();
    },
  });
  await client.downloadTo(sink, name, start);
  return Buffer.concat(chunks).toString();
}

/** Makes the next data connection begin a session of its own. */
function forgetSession(client: Client): void {
  client.ftp.tlsSessionStore = undefined;
  (client.ftp.socket as TLSSocket).getSession = () => undefined;
}

const upload = (client: Client, name: string, text: string | Buffer) =>
  client.uploadFrom(Readable.from([Buffer.from(text)]), name);

/** A client that shows every byte; one character stands for one byte. */
interface RawClient {
  readonly socket: Socket;
  /** The next reply, without its last line end. */
  readonly reply: () => Promise<string>;
  readonly send: (command: string) => Promise<string>;
  /** Opens a data connection by EPSV. */
  readonly data: () => Promise<Socket>;
  readonly ended: Promise<unknown>;
}

async function raw(server: FtpServer, isLoggedIn = true): Promise<RawClient> {
  const socket = connect(server.port, server.host);
  endings.push(() => socket.destroy());
  socket.on("error", () => undefined);
  let text = "";
  const ended = new Promise((resolve) => socket.once("close", resolve));
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    socket.emit("text");
  });
  const reply = async (): Promise<string> => {
    for (;;) {
      const found = /^(?:(\d{3})-[^]*?^\1 [^\n]*\r\n|\d{3} [^\n]*\r\n)/m.exec(text);
      if (found?.index === 0) {
        text = text.slice(found[0].length);
        return found[0].slice(0, -2);
      }
      await new Promise((resolve) => {
        socket.once("text", resolve);
        void ended.then(resolve);
      });
      if (socket.closed && text === "") return "closed";
    }
  };
  const send = (command: string): Promise<string> => {
    socket.write(Buffer.from(`${command}\r\n`, "latin1"));
    return reply();
  };
  const data = async (): Promise<Socket> => {
    const port = Number(/\(\|\|\|(\d+)\|\)/.exec(await send("EPSV"))?.[1]);
    const opened = connect(port, server.host);
    endings.push(() => opened.destroy());
    opened.on("error", () => undefined);
    await new Promise((resolve) => opened.once("connect", resolve));
    return opened;
  };
  await reply();
  if (isLoggedIn) for (const command of ["USER shop", "PASS Heslo-123"]) await send(command);
  return { socket, reply, send, data, ended };
}

async function receive(client: RawClient, command: string): Promise<string> {
  const socket = await client.data();
  expect(await client.send(command)).toMatch(/^150 /);
  let text = "";
  for await (const chunk of socket) text += (chunk as Buffer).toString("latin1");
  expect(await client.reply()).toMatch(/^226 /);
  return text;
}

const code = (reply: string): string => reply.slice(0, 3);

describe("files", () => {
  it("uploads, lists, measures, resumes, appends, renames and deletes", async () => {
    const client = await login(await serve());
    await client.ensureDir("export/2026");
    expect(await client.pwd()).toBe("/export/2026");
    await upload(client, "objednávka č. 1.xml", "<ORDERS/>");
    expect(await readFile(join(root, "export/2026/objednávka č. 1.xml"), "utf8")).toBe("<ORDERS/>");
    expect(await client.size("objednávka č. 1.xml")).toBe(9);
    await client.appendFrom(Readable.from(["<!-- -->"]), "objednávka č. 1.xml");
    expect(await download(client, "objednávka č. 1.xml")).toBe("<ORDERS/><!-- -->");
    expect(await download(client, "objednávka č. 1.xml", 9)).toBe("<!-- -->");
    await upload(client, "old.xml", "old");
    await client.rename("objednávka č. 1.xml", "old.xml");
    const listed = await client.list();
    expect(listed.map(({ name, size, isFile }) => ({ name, size, isFile }))).toEqual([
      { name: "old.xml", size: 17, isFile: true },
    ]);
    await client.remove("old.xml");
    await client.cdup();
    await client.removeEmptyDir("2026");
    expect(await readdir(join(root, "export"))).toEqual([]);
  });

  it("gives the exact time of a file in UTC by MDTM, MLSD and MLST", async () => {
    const client = await raw(await serve());
    await writeFile(join(root, "a.xml"), "12345");
    await utimes(join(root, "a.xml"), 0, new Date("2026-03-29T01:30:59Z"));
    expect(await client.send("MDTM a.xml")).toBe("213 20260329013059");
    const facts = "type=file;size=5;modify=20260329013059;perm=adfrw;";
    expect(await receive(client, "MLSD")).toMatch(
      new RegExp(`^type=cdir.*; \\.\r\ntype=pdir.*; \\.\\.\r\n${facts} a.xml`),
    );
    expect(await client.send("MLST a.xml")).toBe(`250-Listing\r\n ${facts} /a.xml\r\n250 End`);
    expect(await receive(client, "LIST -la")).toMatch(
      /^-rw-r--r-- +1 ftp +ftp +5 Mar 29 {1,2}(?:01:30|2026) a\.xml\r\n$/,
    );
    expect(await receive(client, "LIST a.xml")).toMatch(/ a\.xml\r\n$/);
    expect(await receive(client, "NLST")).toBe("a.xml\r\n");
  });

  it("resumes an upload where REST says, and forgets the place afterwards", async () => {
    const client = await raw(await serve());
    const store = async (name: string, text: string): Promise<void> => {
      const data = await client.data();
      expect(code(await client.send(`STOR ${name}`))).toBe("150");
      data.end(text);
      expect(code(await client.reply())).toBe("226");
    };
    await store("a.xml", "abcdef");
    expect(code(await client.send("REST 3"))).toBe("350");
    await store("a.xml", "XY");
    expect(await readFile(join(root, "a.xml"), "utf8")).toBe("abcXYf");
    await store("a.xml", "z");
    expect(await readFile(join(root, "a.xml"), "utf8")).toBe("z");
    await client.send("REST 2");
    await client.data();
    expect(code(await client.send("RETR a.xml"))).toBe("554");
  });

  it("stores an empty file whose connection ends before the command", async () => {
    const client = await raw(await serve());
    const data = await client.data();
    await new Promise<void>((resolve) => data.end(resolve));
    // By now the server has seen the end too.
    expect(code(await client.send("NOOP"))).toBe("200");
    expect(code(await client.send("STOR empty.xml"))).toBe("150");
    expect(code(await client.reply())).toBe("226");
    expect((await stat(join(root, "empty.xml"))).size).toBe(0);
  });

  it("goes on with a download whose client has ended its own side", async () => {
    await writeFile(join(root, "large.xml"), Buffer.alloc(2_000_000));
    const client = await raw(await serve());
    const port = Number(/\(\|\|\|(\d+)\|\)/.exec(await client.send("EPSV"))?.[1]);
    const data = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    data.end();
    expect(code(await client.send("RETR large.xml"))).toBe("150");
    let length = 0;
    for await (const chunk of data) length += (chunk as Buffer).length;
    expect(length).toBe(2_000_000);
    expect(code(await client.reply())).toBe("226");
  });

  it("answers 426 to an upload that is reset, and keeps what came", async () => {
    const client = await raw(await serve());
    const data = await client.data();
    await client.send("STOR half.xml");
    data.write("half");
    while ((await stat(join(root, "half.xml"))).size < 4) await turn();
    data.resetAndDestroy();
    expect(code(await client.reply())).toBe("426");
    expect(await client.send("SIZE half.xml")).toBe("213 4");
  });

  it("breaks a download off at ABOR with 426 and 226", async () => {
    const client = await raw(await serve());
    await writeFile(join(root, "large.xml"), Buffer.alloc(20_000_000));
    const data = await client.data();
    expect(code(await client.send("RETR large.xml"))).toBe("150");
    expect(code(await client.send("\xff\xf4\xff\xf2ABOR"))).toBe("426");
    expect(code(await client.reply())).toBe("226");
    expect(code(await client.send("ABOR"))).toBe("225");
    expect(code(await client.send("NOOP"))).toBe("200");
    data.destroy();
  });

  it("serves several sessions at once", async () => {
    const server = await serve();
    const clients = await Promise.all(
      ["a", "b", "c", "d"].map(async (name) => ({ name, client: await login(server) })),
    );
    await Promise.all(clients.map(({ name, client }) => upload(client, `${name}.xml`, name.repeat(500_000))));
    const texts = await Promise.all(clients.map(({ name, client }) => download(client, `${name}.xml`)));
    expect(texts).toEqual(clients.map(({ name }) => name.repeat(500_000)));
  });
});

describe("replies", () => {
  it.each([
    ["SYST", "215"],
    ["NOOP", "200"],
    ["noop", "200"],
    ["OPTS UTF8 ON", "200"],
    ["OPTS MLST type;", "200"],
    ["OPTS NONE", "501"],
    ["TYPE I", "200"],
    ["TYPE A", "200"],
    ["TYPE E", "504"],
    ["MODE S", "200"],
    ["MODE B", "504"],
    ["STRU F", "200"],
    ["STRU R", "504"],
    ["PWD", "257"],
    ["CWD folder", "250"],
    ["CWD a.xml", "550"],
    ["CWD none", "550"],
    ["CDUP", "250"],
    ["EPSV", "229"],
    ["EPSV 1", "229"],
    ["EPSV ALL", "200"],
    ["EPSV 2", "522"],
    ["PASV", "227"],
    ["SIZE a.xml", "213"],
    ["SIZE folder", "550"],
    ["MDTM none", "550"],
    ["MLST none", "550"],
    ["REST 10", "350"],
    ["REST x", "501"],
    ["RETR", "501"],
    ["RETR none", "550"],
    ["RETR folder", "550"],
    ["RETR a.xml", "425"],
    ["STOR b.xml", "425"],
    ["STOR none/b.xml", "550"],
    ["STOR folder", "550"],
    ["APPE b.xml", "425"],
    ["LIST", "425"],
    ["LIST none", "550"],
    ["MLSD a.xml", "501"],
    ["NLST", "425"],
    ["MKD new", "257"],
    ["MKD folder", "550"],
    ["RMD none", "550"],
    ["RMD full", "550"],
    ["RMD folder", "250"],
    ["RMD /", "550"],
    ["DELE a.xml", "250"],
    ["DELE none", "550"],
    ["DELE folder", "550"],
    ["RNFR none", "550"],
    ["RNFR /", "550"],
    ["RNFR a.xml", "350"],
    ["RNTO b.xml", "503"],
    ["ABOR", "225"],
    ["AUTH TLS", "500"],
    ["PBSZ 0", "503"],
    ["PROT P", "503"],
    ["PORT 127,0,0,1,4,1", "502"],
    ["EPRT |1|127.0.0.1|1025|", "502"],
    ["XYZ", "500"],
    ["__proto__", "500"],
    ["", "500"],
    ["QUIT", "221"],
    ["USER x", "331"],
    ["PASS x", "503"],
  ])("answers %s with %s", async (command, expected) => {
    await mkdir(join(root, "folder"));
    await mkdir(join(root, "full"));
    await writeFile(join(root, "full/a.xml"), "");
    await writeFile(join(root, "a.xml"), "123");
    const client = await raw(await serve());
    expect(code(await client.send(command))).toBe(expected);
  });

  it("doubles quotes in the path that PWD and MKD state", async () => {
    const client = await raw(await serve());
    expect(await client.send('MKD a"b')).toBe('257 "/a""b" created.');
  });

  it("demands a login, the right password and USER before PASS", async () => {
    const client = await raw(await serve({ users: { shop: "Heslo-123" } }), false);
    expect(code(await client.send("PWD"))).toBe("530");
    expect(code(await client.send("FEAT"))).toBe("211");
    for (const [user, password, expected] of [
      ["shop", "wrong", "530"],
      ["constructor", "x", "530"],
      ["shop", "Heslo-123", "230"],
    ] as const) {
      expect(code(await client.send(`USER ${user}`))).toBe("331");
      expect(code(await client.send(`PASS ${password}`))).toBe(expected);
    }
    expect(code(await client.send("PWD"))).toBe("257");
    await client.send("USER shop");
    expect(code(await client.send("PWD"))).toBe("530");
  });

  it("logs commands of all sessions without the password", async () => {
    const server = await serve();
    const client = await raw(server);
    await client.send("pass Heslo-123");
    await client.send("mkd new");
    expect(server.commands).toEqual(["USER shop", "PASS ***", "PASS ***", "MKD new"]);
  });

  it("answers 425 when no data connection comes", async () => {
    const client = await raw(await serve({ dataTimeoutMs: 1 }));
    await client.send("EPSV");
    expect(code(await client.send("LIST"))).toBe("425");
  });

  it("ends a session whose command line has no end", async () => {
    const client = await raw(await serve());
    expect(code(await client.send(""))).toBe("500");
    client.socket.write("x".repeat(9000));
    expect(code(await client.reply())).toBe("500");
    await client.ended;
  });
});

describe("the root", () => {
  const secret = "outside";

  beforeEach(async () => {
    await writeFile(join(base, "secret.xml"), secret);
    await mkdir(join(base, "other"));
    await writeFile(join(root, "a.xml"), "inside");
  });

  it.each([
    "RETR ../secret.xml",
    "RETR /../secret.xml",
    "RETR /a/../../secret.xml",
    "SIZE ../secret.xml",
    "MDTM ../secret.xml",
    "MLST ../secret.xml",
    "CWD ../other",
    "RNFR ../secret.xml",
    "DELE ../secret.xml",
    "RMD ../other",
    "LIST ../other",
  ])("is not left by %s", async (command) => {
    const client = await raw(await serve());
    await client.data();
    expect(code(await client.send(command))).toBe("550");
    expect(await readdir(base)).toEqual(["other", "root", "secret.xml"]);
  });

  it("is its own parent, also for what is written", async () => {
    const client = await login(await serve());
    await upload(client, "../../up.xml", "x");
    await client.rename("a.xml", "../b.xml");
    await client.send("MKD ../new");
    expect(await readdir(root)).toEqual(["b.xml", "new", "up.xml"]);
    expect(await readdir(base)).toEqual(["other", "root", "secret.xml"]);
  });

  it.each([
    "RETR file",
    "SIZE file",
    "STOR file",
    "APPE file",
    "MLST file",
    "STOR nothing",
    "CWD folder",
    "LIST folder",
    "MLSD folder",
    "STOR folder/new.xml",
    "MKD folder/new",
    "RMD folder/inner",
    "DELE folder/inner.xml",
    "RNFR folder/inner.xml",
  ])("is not left through a link by %s", async (command) => {
    await writeFile(join(base, "other/inner.xml"), secret);
    await mkdir(join(base, "other/inner"));
    await symlink(join(base, "secret.xml"), join(root, "file"));
    await symlink(join(base, "created.xml"), join(root, "nothing"));
    await symlink(join(base, "other"), join(root, "folder"));
    const client = await raw(await serve());
    await client.data();
    expect(code(await client.send(command))).toBe("550");
    expect(await readFile(join(base, "secret.xml"), "utf8")).toBe(secret);
    expect(await readdir(base)).toEqual(["other", "root", "secret.xml"]);
    expect(await readdir(join(base, "other"))).toEqual(["inner", "inner.xml"]);
  });

  it("is not left by RNTO into a linked folder", async () => {
    await symlink(join(base, "other"), join(root, "folder"));
    const client = await raw(await serve());
    await client.send("RNFR a.xml");
    expect(code(await client.send("RNTO folder/a.xml"))).toBe("550");
    expect(await readdir(join(base, "other"))).toEqual([]);
  });

  it("shows links that stay inside, leaves out others, and deletes the link itself", async () => {
    await symlink(join(base, "secret.xml"), join(root, "file"));
    await symlink("a.xml", join(root, "alias.xml"));
    const client = await raw(await serve());
    expect(await receive(client, "NLST")).toBe("a.xml\r\nalias.xml\r\n");
    expect(await receive(client, "RETR alias.xml")).toBe("inside");
    expect(code(await client.send("DELE file"))).toBe("250");
    expect(await readFile(join(base, "secret.xml"), "utf8")).toBe(secret);
  });

  it("is not mistaken for a folder whose name begins like it", async () => {
    await mkdir(join(base, "root-2"));
    await writeFile(join(base, "root-2/a.xml"), secret);
    await symlink(join(base, "root-2"), join(root, "folder"));
    const client = await raw(await serve());
    await client.data();
    expect(code(await client.send("RETR folder/a.xml"))).toBe("550");
  });

  it("may itself be a link, and must exist", async () => {
    await symlink(root, join(base, "link"));
    const server = await serve({ root: join(base, "link") });
    expect(server.root).toBe(root);
    expect(await receive(await raw(server), "RETR a.xml")).toBe("inside");
    await expect(ftpServer({ root: join(base, "none") })).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("quirks", () => {
  it.each<readonly [FtpFeature, string, RegExp]>([
    ["EPSV", "EPSV", /^ EPSV/m],
    ["PASV", "PASV", /^ PASV/m],
    ["MLSD", "MLSD", /^ MLST/m],
    ["MLSD", "MLST a.xml", /^ MLST/m],
    ["SIZE", "SIZE a.xml", /^ SIZE/m],
    ["MDTM", "MDTM a.xml", /^ MDTM/m],
    ["REST", "REST 1", /^ REST/m],
    ["APPE", "APPE a.xml", /^ APPE/m],
    ["RNFR", "RNTO a.xml", /^ RNFR/m],
  ])("without %s, %s is unknown and not announced", async (feature, command, announced) => {
    const lacking = await raw(await serve({ without: [feature] }));
    expect(code(await lacking.send(command))).toBe("500");
    expect(await lacking.send("FEAT")).not.toMatch(announced);
    const whole = await raw(await serve());
    expect(code(await whole.send(command))).not.toBe("500");
    if (!/APPE|RNFR/.test(feature)) expect(await whole.send("FEAT")).toMatch(announced);
  });

  it("without FEAT and UTF8, both are unknown", async () => {
    const client = await raw(await serve({ without: ["FEAT", "UTF8"] }));
    expect(code(await client.send("FEAT"))).toBe("500");
    expect(code(await client.send("OPTS UTF8 ON"))).toBe("501");
  });

  it("lets a client fall back to PASV and LIST", async () => {
    const server = await serve({ without: ["EPSV", "MLSD"] });
    const client = await login(server);
    await upload(client, "a b.xml", "123");
    expect((await client.list()).map(({ name, size }) => [name, size])).toEqual([["a b.xml", 3]]);
    expect(server.commands).toEqual(expect.arrayContaining(["EPSV", "PASV", "LIST -a"]));
  });

  it("states another host in answer to PASV", async () => {
    const server = await serve({ pasvHost: "192.168.0.10", without: ["EPSV"] });
    expect(await (await raw(server)).send("PASV")).toMatch(/^227 .*\(192,168,0,10,\d+,\d+\)/);
    await expect((await login(server)).list()).rejects.toThrow("192.168.0.10");
  });

  it("refuses to rename over a file with 553 and keeps both", async () => {
    const client = await login(await serve({ replaceOnRename: false }));
    await upload(client, "a.xml", "a");
    await upload(client, "b.xml", "b");
    await expect(client.rename("a.xml", "b.xml")).rejects.toMatchObject({ code: 553 });
    expect(await readFile(join(root, "b.xml"), "utf8")).toBe("b");
    await client.rename("a.xml", "c.xml");
    expect(await readdir(root)).toEqual(["b.xml", "c.xml"]);
  });

  it("speaks windows-1250 on the control connection and in listings", async () => {
    // "ceník šťastný.xml"; ť is 0x9d, š is 0x9a, í is 0xed, ý is 0xfd.
    const bytes = "cen\xedk \x9a\x9dastn\xfd.xml";
    const server = await serve({ names: "windows-1250" });
    const client = await login(server);
    client.ftp.encoding = "latin1";
    await upload(client, bytes, "x");
    expect(await readdir(root)).toEqual(["ceník šťastný.xml"]);
    expect((await client.list()).map(({ name }) => name)).toEqual([bytes]);
    expect(server.commands).toContain("STOR ceník šťastný.xml");
    const wire = await raw(server);
    expect(await wire.send("FEAT")).not.toContain("UTF8");
    expect(await receive(wire, "NLST")).toBe(`${bytes}\r\n`);
    // 0x81 is no character of windows-1250.
    expect(code(await wire.send("DELE \x81.xml"))).toBe("501");
  });

  it("shows what an encoding lacks as a question mark", async () => {
    await writeFile(join(root, "čaj é.xml"), "");
    expect(await receive(await raw(await serve({ names: "latin1" })), "NLST")).toBe("?aj \xe9.xml\r\n");
    expect(await receive(await raw(await serve({ names: "windows-1250" })), "NLST")).toBe("\xe8aj \xe9.xml\r\n");
  });

  it("refuses bytes that are not UTF-8", async () => {
    expect(code(await (await raw(await serve())).send("MKD cen\xedk"))).toBe("501");
  });

  it("sends injected lines as they are", async () => {
    const lines = ["../../etc/passwd", "a\r\nDELE b", "CON"];
    const client = await raw(await serve({ listing: (own) => [...own, ...lines] }));
    await writeFile(join(root, "a.xml"), "");
    expect(await receive(client, "NLST")).toBe("a.xml\r\n../../etc/passwd\r\na\r\nDELE b\r\nCON\r\n");
  });

  it("makes an endless listing only as fast as it is read", async () => {
    let made = 0;
    const line = "-rw-r--r-- 1 ftp ftp 1 Nov 24 2025 ".padEnd(1022, "x");
    function* endless(): Generator<string> {
      for (; made < 100_000; made++) yield line;
    }
    const client = await raw(await serve({ listing: endless }));
    const data = await client.data();
    data.pause();
    await client.send("LIST");
    for (let still = 0; still < 100; still++) {
      const before = made;
      await turn();
      if (made !== before) still = 0;
    }
    // What is under way fits into the buffers of the system.
    expect(made).toBeLessThan(20_000);
    let length = 0;
    for await (const chunk of data) length += (chunk as Buffer).length;
    expect(length).toBe(100_000 * 1024);
    expect(code(await client.reply())).toBe("226");
  });

  it("turns sessions away that are too many, until one leaves", async () => {
    const server = await serve({ maxSessions: 1 });
    const first = await raw(server);
    await expect(login(server)).rejects.toMatchObject({ code: 421 });
    await first.send("QUIT");
    await first.ended;
    await expect(login(server)).resolves.toBeDefined();
  });

  it("opens data connections in the given range only", async () => {
    const probe = await serve();
    await probe.close();
    const client = await raw(await serve({ passivePorts: [probe.port, probe.port] }));
    expect(await client.send("EPSV")).toContain(`|||${probe.port}|`);
    const other = await raw(await serve({ passivePorts: [probe.port, probe.port] }));
    expect(code(await other.send("EPSV"))).toBe("425");
  });

  it("lets a test answer, wait, keep silent and hang up", async () => {
    let release = (): void => undefined;
    const released = new Promise<string>((resolve) => {
      release = () => resolve("250 Done.");
    });
    const asked: string[][] = [];
    const server = await serve({
      onCommand: (name, argument) => {
        asked.push([name, argument]);
        return { STOR: "550 Disk failure.", DELE: released, NOOP: "", XHUP: "421 Going down." }[name];
      },
    });
    const client = await raw(server);
    expect(await client.send("STOR a.xml")).toBe("550 Disk failure.");
    const waiting = client.send("dele a.xml");
    release();
    expect(await waiting).toBe("250 Done.");
    // The silence is seen by the next reply being that of PWD.
    client.socket.write("NOOP\r\n");
    expect(code(await client.send("PWD"))).toBe("257");
    expect(await client.send("XHUP")).toBe("421 Going down.");
    await client.ended;
    expect(asked).toContainEqual(["DELE", "a.xml"]);
    expect(asked).toContainEqual(["PASS", "Heslo-123"]);
  });
});

describe("close", () => {
  it("ends sessions, transfers and open questions, and can be called twice", async () => {
    const server = await serve({
      onCommand: (name) => (name === "NOOP" ? new Promise(() => undefined) : undefined),
    });
    await writeFile(join(root, "large.xml"), Buffer.alloc(20_000_000));
    const [idle, waiting, asking, loading] = await Promise.all([raw(server), raw(server), raw(server), raw(server)]);
    await waiting.send("EPSV");
    waiting.socket.write("STOR a.xml\r\n");
    asking.socket.write("NOOP\r\n");
    const data = await loading.data();
    await loading.send("RETR large.xml");
    await Promise.all([server.close(), server.close()]);
    await Promise.all([idle, waiting, asking, loading].map(({ ended }) => ended));
    data.destroy();
    await expect(login(server)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });
});

describe.skipIf(withoutCertificate !== undefined)(withoutCertificate ?? "TLS", () => {
  const versions = ["TLSv1.2", "TLSv1.3"] as const;
  const modes = versions.flatMap((version) => [[version, "explicit"] as const, [version, "implicit"] as const]);

  it.each(modes)("%s %s carries files whose sessions are reused", async (maxVersion, mode) => {
    const server = await serve({
      tls: { ...certificate!, maxVersion, implicit: mode === "implicit" },
      requireTls: true,
      requireSessionReuse: true,
    });
    const client = await login(server, mode === "implicit" ? "implicit" : true);
    expect((client.ftp.socket as TLSSocket).getProtocol()).toBe(maxVersion);
    const large = "x".repeat(1_000_000);
    for (let round = 0; round < 5; round++) {
      await upload(client, `${round}.xml`, large);
      expect(await download(client, `${round}.xml`)).toBe(large);
    }
    expect(await client.list()).toHaveLength(5);
    expect(await readFile(join(root, "4.xml"), "utf8")).toBe(large);
  });

  it.each(versions)("%s refuses a data connection of another session with 522 and hangs up", async (maxVersion) => {
    const client = await login(await serve({ tls: { ...certificate!, maxVersion }, requireSessionReuse: true }), true);
    forgetSession(client);
    await expect(upload(client, "a.xml", "a")).rejects.toMatchObject({ code: 522 });
    await vi.waitUntil(() => client.closed);
  });

  it("takes any session without that quirk", async () => {
    const client = await login(await serve({ tls: certificate! }), true);
    forgetSession(client);
    expect(await client.list()).toEqual([]);
  });

  it("refuses a plain login with 530 and plain data with 522 where TLS is required", async () => {
    const server = await serve({ tls: certificate!, requireTls: true });
    await expect(login(server)).rejects.toMatchObject({ code: 530 });
    const client = await login(server, true);
    expect((await client.send("PROT C")).code).toBe(200);
    await client.send("EPSV");
    await expect(client.send("LIST")).rejects.toMatchObject({ code: 522 });
  });

  it("allows plain sessions and plain data otherwise", async () => {
    const server = await serve({ tls: certificate! });
    const plain = await login(server);
    await upload(plain, "a.xml", "a");
    expect(await download(await login(server, true), "a.xml")).toBe("a");
  });

  it("knows no AUTH without TLS", async () => {
    const client = await raw(await serve({ tls: certificate!, without: ["TLS"] }));
    expect(code(await client.send("AUTH TLS"))).toBe("500");
    expect(await client.send("FEAT")).not.toMatch(/AUTH|PBSZ|PROT/);
    const whole = await raw(await serve({ tls: certificate! }));
    expect(await whole.send("FEAT")).toMatch(/^ AUTH TLS\r\n[^]*^ PBSZ\r\n PROT\r\n/m);
    expect(code(await whole.send("AUTH NONE"))).toBe("504");
  });

  it("drops commands that came in plain text behind AUTH TLS", async () => {
    const server = await serve({ tls: certificate! });
    const client = await raw(server, false);
    expect(code(await client.send("AUTH TLS\r\nUSER intruder"))).toBe("234");
    const secured = connectTls({ socket: client.socket, ca: certificate!.cert, servername: "localhost" });
    endings.push(() => secured.destroy());
    secured.write("NOOP\r\n");
    const first = await new Promise<Buffer>((resolve) => secured.once("data", resolve));
    expect(first.toString()).toMatch(/^200 /);
    expect(server.commands).toEqual(["AUTH TLS", "NOOP"]);
  });

  it("survives a client that speaks no TLS where TLS is implicit", async () => {
    const server = await serve({ tls: { ...certificate!, implicit: true } });
    const socket = connect(server.port, server.host);
    socket.on("error", () => undefined);
    socket.resume().write("USER shop\r\n");
    await new Promise((resolve) => socket.once("close", resolve));
    await expect(login(server, "implicit")).resolves.toBeDefined();
  });

  it("turns a session that is too many away within TLS", async () => {
    const server = await serve({ tls: { ...certificate!, implicit: true }, maxSessions: 1 });
    await login(server, "implicit");
    await expect(login(server, "implicit")).rejects.toMatchObject({ code: 421 });
  });
});
