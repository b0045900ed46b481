import { createHash } from "node:crypto";
import { createServer, type AddressInfo, type Socket } from "node:net";
import ssh2 from "ssh2";
import type { AuthContext, Connection, ServerChannel } from "ssh2";

/** A request of SFTP version 3. @see https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02 (read 2026-11-24) */
export interface SftpRequest {
  readonly kind: keyof typeof requests;
  /** Absolute, where it names one. */
  readonly path: string | undefined;
  /** Where to read or write. */
  readonly position: number | undefined;
  /** Of its kind on this server: 0, 1, … */
  readonly index: number;
  /** Of the connection that it came on: 0, 1, … */
  readonly connection: number;
}

/**
 * What becomes of a request instead of its answer: a status; `silence`, neither done nor answered; `mute`, done but not answered;
 * `drop`, the connection ends; `leave`, SFTP ends and the connection stays; `garbage`, an answer that is none. A promise is waited
 * for first.
 */
export type Instead =
  | Promise<void>
  | { readonly status: number; readonly message: string }
  | "silence"
  | "mute"
  | "drop"
  | "leave"
  | "garbage";

export interface SftpServerOptions {
  readonly password?: string | undefined;
  /** Text of the public key that may log in. */
  readonly publicKey?: string | undefined;
  /** @defaultValue ["password", "publickey"] */
  readonly methods?: readonly ("password" | "publickey" | "keyboard-interactive")[] | undefined;
  /** Extensions that it lacks. */
  readonly without?: readonly "posix-rename"[] | undefined;
  /** Bytes that one answer holds at most. @defaultValue no limit */
  readonly maxRead?: number | undefined;
  /** Names, as bytes, that stand in every listing besides the files. */
  readonly strange?: readonly Uint8Array[] | undefined;
  /** Whether it tells kinds and sizes of files. @defaultValue true */
  readonly attributes?: boolean | undefined;
  /** Refuses the channel for SFTP. */
  readonly noSftp?: boolean | undefined;
  readonly instead?: ((request: SftpRequest) => Instead | undefined) | undefined;
}

export interface SftpServer {
  readonly host: string;
  readonly port: number;
  /** `"SHA256:…"` */
  readonly hostKey: string;
  readonly files: Map<string, Buffer>;
  /** Symbolic links: where each leads to. */
  readonly links: Map<string, string>;
  readonly requests: readonly SftpRequest[];
  /** Handles that are open. */
  readonly handles: ReadonlySet<string>;
  /** Connections so far. */
  readonly connections: number;
  /** Those that are open. */
  readonly sockets: ReadonlySet<Socket>;
  close(): Promise<void>;
}

export const HOME = "/home/shop";

/** A small SFTP server in this process, with files in memory and whatever goes wrong with real ones. */
export async function sftpServer(options: SftpServerOptions = {}): Promise<SftpServer> {
  const { private: privateKey, public: publicKey } = keyPair();
  const place = createPlace();
  const sockets = new Set<Socket>();
  const counts = { connections: 0 };
  const ssh = new ssh2.Server({ hostKeys: [privateKey] }, (client: Connection) => {
    const connection = counts.connections++;
    client.on("error", () => undefined);
    client.on("authentication", (login) => authenticate(login, options));
    client.on("session", (accept) => {
      accept().on("subsystem", (take: () => ServerChannel, refuse: () => void) => {
        if (options.noSftp === true) refuse();
        else serve(take(), { options, place, connection, drop: () => latest(sockets)?.destroy() });
      });
    });
  });
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
    ssh.injectSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const key = Buffer.from(publicKey.split(" ")[1]!, "base64");
  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    hostKey: `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`,
    ...place,
    get connections() {
      return counts.connections;
    },
    sockets,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A pair of keys for logins. */
export function keyPair(passphrase?: string): { readonly private: string; readonly public: string } {
  const { generateKeyPairSync, parseKey } = ssh2.utils;
  for (;;) {
    const pair =
      passphrase === undefined
        ? generateKeyPairSync("ed25519")
        : generateKeyPairSync("ed25519", { cipher: "aes256-ctr", passphrase, rounds: 1 });
    // Now and then ssh2 makes one that it cannot read.
    if (!(parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}

function latest<Value>(values: Iterable<Value>): Value | undefined {
  return [...values].at(-1);
}

function authenticate(login: AuthContext, { password = "heslo", publicKey, methods }: SftpServerOptions): void {
  const taken = [...(methods ?? (["password", "publickey"] as const))];
  const decide = (good: boolean): void => (good ? login.accept() : login.reject(taken));
  if (!(taken as string[]).includes(login.method) || login.username !== "shop") login.reject(taken);
  else if (login.method === "password") decide(login.password === password);
  else if (login.method === "keyboard-interactive")
    login.prompt([{ prompt: "Password: ", echo: false }], (answers) => decide(answers[0] === password));
  else if (login.method === "publickey" && publicKey !== undefined) {
    const known = ssh2.utils.parseKey(publicKey);
    if (known instanceof Error) throw known;
    const { key, blob, signature, hashAlgo } = login;
    const same = known.getPublicSSH().equals(key.data);
    decide(same && (signature === undefined || known.verify(blob!, signature, hashAlgo)));
  } else login.reject(taken);
}

interface Place {
  readonly files: Map<string, Buffer>;
  readonly times: Map<string, number>;
  readonly links: Map<string, string>;
  readonly folders: Set<string>;
  readonly handles: Set<string>;
  readonly requests: SftpRequest[];
}

function createPlace(): Place {
  const folders = new Set(["", "/home", HOME]);
  return { files: new Map(), times: new Map(), links: new Map(), folders, handles: new Set(), requests: [] };
}

interface Serving {
  readonly options: SftpServerOptions;
  readonly place: Place;
  readonly connection: number;
  readonly drop: () => void;
}

const requests = {
  INIT: 1,
  OPEN: 3,
  CLOSE: 4,
  READ: 5,
  WRITE: 6,
  OPENDIR: 11,
  READDIR: 12,
  REMOVE: 13,
  MKDIR: 14,
  REALPATH: 16,
  STAT: 17,
  RENAME: 18,
  EXTENDED: 200,
} as const;

const [OK, END, MISSING, FAILURE, UNSUPPORTED] = [0, 1, 2, 4, 8];

/** Takes packets from the channel and answers them. */
function serve(channel: ServerChannel, serving: Serving): void {
  const { options, place, connection, drop } = serving;
  let buffer = Buffer.alloc(0);
  channel.on("error", () => undefined);
  channel.on("data", (data: Buffer) => {
    buffer = Buffer.concat([buffer, data]);
    while (buffer.length >= 4 && buffer.length >= 4 + buffer.readUInt32BE(0)) {
      const packet = buffer.subarray(4, 4 + buffer.readUInt32BE(0));
      buffer = buffer.subarray(4 + packet.length);
      take(packet);
    }
  });

  function send(type: number, ...parts: readonly Buffer[]): void {
    const body = Buffer.concat([Buffer.of(type), ...parts]);
    channel.write(Buffer.concat([uint32(body.length), body]));
  }

  function take(packet: Buffer): void {
    const kind = (Object.keys(requests) as (keyof typeof requests)[]).find((one) => requests[one] === packet[0]);
    const fields = readFields(packet);
    if (kind === "INIT") {
      const rename = options.without?.includes("posix-rename") !== true;
      send(2, uint32(3), ...(rename ? [string("posix-rename@openssh.com"), string("1")] : []));
      return;
    }
    const id = fields.uint32();
    if (kind === undefined) {
      send(101, uint32(id), uint32(UNSUPPORTED), string("Operation unsupported"), string(""));
      return;
    }
    const peek = readFields(packet);
    peek.uint32();
    const subject = peek.bytes().toString();
    const path = subject.startsWith("/") ? subject : place.handles.has(subject) ? pathOfHandle(subject) : undefined;
    const position = kind === "READ" || kind === "WRITE" ? peek.uint64() : undefined;
    const index = place.requests.filter((one) => one.kind === kind).length;
    const request = { kind, path, position, index, connection };
    place.requests.push(request);
    const instead = options.instead?.(request);
    if (instead === "drop") drop();
    else if (instead === "leave") channel.end();
    else if (instead === "garbage") send(104, uint32(id), uint32(5), string("x"));
    else if (instead instanceof Promise) void instead.then(reply);
    else if (typeof instead === "object")
      send(101, uint32(id), uint32(instead.status), string(instead.message), string(""));
    else if (instead === "mute") answer(request.kind, fields, serving);
    else if (instead === undefined) reply();

    function reply(): void {
      const [type, ...parts] = answer(request.kind, fields, serving);
      send(type, uint32(id), ...parts);
    }
  }
}

type Answer = readonly [type: number, ...parts: readonly Buffer[]];

function answer(kind: keyof typeof requests, fields: Fields, { options, place }: Serving): Answer {
  const { files, times, folders, links, handles } = place;
  const status = (code: number, message = ""): Answer => [101, uint32(code), string(message), string("")];
  const done = status(OK, "Success");
  const missing = status(MISSING, "No such file");
  // As OpenSSH does it, that is all it says.
  const failure = status(FAILURE, "Failure");
  const parentOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
  const handleOf = (path: string): Answer => {
    const handle = `${handles.size}-${Math.trunc(performance.now() * 1000)}:${path}`;
    handles.add(handle);
    return [102, string(handle)];
  };
  const follow = (path: string): string => links.get(path) ?? path;
  const attributesOf = (path: string): Buffer => {
    if (options.attributes === false) return uint32(0);
    if (links.has(path)) return attributes(0o120777, 10);
    if (folders.has(path)) return attributes(0o040755, 4096);
    return attributes(0o100644, files.get(path)?.length ?? 0, times.get(path));
  };

  switch (kind) {
    case "REALPATH": {
      const path = fields.text();
      return [
        104,
        uint32(1),
        string(path.startsWith("/") ? path : path === "." ? HOME : `${HOME}/${path}`),
        string(""),
        uint32(0),
      ];
    }
    case "STAT": {
      const path = follow(fields.text()).replace(/\/$/, "");
      return folders.has(path) || files.has(path) ? [105, attributesOf(path)] : missing;
    }
    case "OPENDIR": {
      const path = fields.text().replace(/\/$/, "");
      return folders.has(path) ? handleOf(`${path}/`) : missing;
    }
    case "READDIR": {
      const handle = fields.text();
      const folder = pathOfHandle(handle).slice(0, -1);
      // Once read, there is no more.
      if (handles.has(`read ${handle}`)) return status(END, "End of file");
      handles.add(`read ${handle}`);
      const paths = [...folders, ...files.keys(), ...links.keys()].filter(
        (path) => path !== "" && parentOf(path) === folder,
      );
      const entries = paths.map((path) => {
        const sign = links.has(path) ? "l" : folders.has(path) ? "d" : "-";
        const name = path.slice(folder.length + 1);
        return [string(name), string(`${sign}rw-r--r-- 1 shop shop ${name}`), attributesOf(path)];
      });
      const strange = (options.strange ?? []).map((name) => [
        string(name),
        string("-rw-r--r--"),
        attributes(0o100644, 1),
      ]);
      const selves = [".", ".."].map((name) => [string(name), string("drwxr-xr-x"), attributes(0o040755, 1)]);
      const all = [...selves, ...entries, ...strange];
      return [104, uint32(all.length), ...all.flat()];
    }
    case "OPEN": {
      const path = follow(fields.text());
      const flags = fields.uint32();
      if (folders.has(path)) return flags === 1 ? handleOf(path) : failure;
      if ((flags & 8) === 0 && !files.has(path)) return missing;
      if (!folders.has(parentOf(path))) return missing;
      if (!files.has(path) || (flags & 16) !== 0) files.set(path, Buffer.alloc(0));
      return handleOf(path);
    }
    case "CLOSE": {
      const handle = fields.text();
      handles.delete(`read ${handle}`);
      return handles.delete(handle) ? done : failure;
    }
    case "READ": {
      const bytes = files.get(pathOfHandle(fields.text()));
      const [from, length] = [fields.uint64(), fields.uint32()];
      if (bytes === undefined) return failure;
      const part = bytes.subarray(from, from + Math.min(length, options.maxRead ?? length));
      return part.length === 0 ? status(END, "End of file") : [103, string(part)];
    }
    case "WRITE": {
      const path = pathOfHandle(fields.text());
      const [from, part] = [fields.uint64(), fields.bytes()];
      const before = files.get(path) ?? Buffer.alloc(0);
      const after = Buffer.alloc(Math.max(before.length, from + part.length));
      after.set(before);
      after.set(part, from);
      files.set(path, after);
      times.set(path, Math.trunc(Date.now() / 1000));
      return done;
    }
    case "REMOVE": {
      const path = fields.text();
      return files.delete(path) || links.delete(path) ? done : folders.has(path) ? failure : missing;
    }
    case "MKDIR": {
      const path = fields.text();
      if (folders.has(path) || files.has(path)) return failure;
      if (!folders.has(parentOf(path))) return missing;
      folders.add(path);
      return done;
    }
    case "EXTENDED":
    case "RENAME": {
      if (kind === "EXTENDED" && fields.text() !== "posix-rename@openssh.com") return status(UNSUPPORTED);
      const [from, to] = [fields.text(), fields.text()];
      const bytes = files.get(from);
      if (bytes === undefined || !folders.has(parentOf(to))) return missing;
      if (folders.has(to) || (kind === "RENAME" && files.has(to))) return failure;
      files.delete(from);
      files.set(to, bytes);
      return done;
    }
    case "INIT":
      return failure;
  }
}

function pathOfHandle(handle: string): string {
  return handle.slice(handle.indexOf(":") + 1);
}

interface Fields {
  uint32(): number;
  uint64(): number;
  bytes(): Buffer;
  text(): string;
}

/** The fields after the type, one after the other. */
function readFields(packet: Buffer): Fields {
  let at = 1;
  const uint32 = (): number => packet.readUInt32BE((at += 4) - 4);
  const bytes = (): Buffer => {
    const length = uint32();
    return packet.subarray(at, (at += length));
  };
  return { uint32, uint64: () => uint32() * 2 ** 32 + uint32(), bytes, text: () => bytes().toString() };
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function string(value: string | Uint8Array): Buffer {
  const bytes = typeof value === "string" ? Buffer.from(value) : value;
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** Size, permissions and time: unless they are written, files are of 2026-03-04T18:22:09Z. */
function attributes(mode: number, size: number, seconds = 1_772_648_529): Buffer {
  const time = uint32(seconds);
  return Buffer.concat([uint32(1 | 4 | 8), uint32(0), uint32(size), uint32(mode), time, time]);
}
