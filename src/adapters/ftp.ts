import { type FileInfo, FileType, FTPError } from "basic-ftp";
import { PassThrough, Readable } from "node:stream";
import { TransportError } from "../errors.ts";
import type { CallOptions, Content, ReadFileOptions, RemoteFile, Transport, TransportCapabilities } from "../ports.ts";
import { metered } from "../transfer/content.ts";
import { checkedBytes, requireFewFiles } from "../transfer/limits.ts";
import {
  checkName,
  joinPath,
  nameFilter,
  refusedName,
  requireFolder,
  requirePath,
  splitPath,
} from "../transfer/names.ts";
import { redactor } from "../transfer/secrets.ts";
import { steady } from "../transfer/steady.ts";
import { connectFtp, type FtpConnection, setTimeoutOf } from "./ftp/connect.ts";
import { GRACE_MS } from "./ftp/data.ts";
import { ftpFailure } from "./ftp/failure.ts";
import { parseListing, type ParsedListing } from "./ftp/listing.ts";
import { CONTROL_MS, DATA_MS, type FtpOptions } from "./ftp/options.ts";
import { createPool } from "./ftp/pool.ts";
import { createWire } from "./ftp/wire.ts";

export type { FtpOptions, FtpTimeouts, FtpTls } from "./ftp/options.ts";
export type { NameEncoding } from "./ftp/wire.ts";

const can: TransportCapabilities = {
  list: true,
  stat: true,
  write: true,
  move: true,
  remove: true,
  folders: true,
  resumeRead: true,
  resumeWrite: true,
};

const CONNECTIONS = 2;

/** Bytes that wait between the network and whoever reads or writes. */
const BUFFER_BYTES = 256 * 1024;

/**
 * Files on an FTP server, by FTP or FTPS, in passive mode.
 *
 * Passing failures are made good by {@link steady}, unless `retry` is false. Nothing is connected before the first call; a call
 * after {@link Transport.close} connects again.
 */
export function ftpTransport(options: FtpOptions): Transport {
  const transport = plainFtp(options);
  return options.retry === false ? transport : steady(transport, options.retry);
}

function plainFtp(options: FtpOptions): Transport {
  const { connections = CONNECTIONS, timeouts = {} } = options;
  const { controlMs = CONTROL_MS, dataMs = DATA_MS, queueMs } = timeouts;
  const name = nameOf(options);
  const wire = createWire(options.names ?? "utf-8");
  const redact = redactor([options.password, options.password && wire.encode(options.password)]);
  const told = (text: string): string => redact(wire.show(text));
  const placeOf = (path: string): string => (path === "" ? name : `${name}/${path}`);
  const contextOf = (path: string) => ({ place: placeOf(path), redact: told });
  const connect = (signal: AbortSignal | undefined) => connectFtp(options, wire, contextOf(""), signal);
  const pool = createPool({ place: name, connections, queueMs, connect });

  function onTheWire(root: string, path: string): string {
    try {
      return path === "" ? root || "/" : `${root}/${wire.encode(path)}`;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new TransportError("TRANSPORT_NAME", `the name cannot be written: ${error.message}`, {
        place: placeOf(path),
      });
    }
  }

  /** Does `work` on a connection, which afterwards is ready for the next one, or closed. */
  async function using<Value>(
    path: string,
    { signal }: CallOptions,
    work: (connection: FtpConnection, onWire: (path: string) => string) => Promise<Value>,
  ): Promise<Value> {
    const { connection, giveBack } = await pool.take(signal);
    const abort = (): void => connection.client.close();
    signal?.addEventListener("abort", abort, { once: true });
    let broken = true;
    try {
      const value = await work(connection, (one) => onTheWire(connection.root, one));
      broken = false;
      return value;
    } catch (error) {
      signal?.throwIfAborted();
      // The server has answered, so the connection is as good as before.
      broken = !(error instanceof FTPError) && !(error instanceof TransportError);
      throw ftpFailure(error, contextOf(path));
    } finally {
      signal?.removeEventListener("abort", abort);
      connection.data.forget();
      giveBack(broken);
    }
  }

  async function listIn(connection: FtpConnection, folder: string, onWire: (path: string) => string) {
    const { client } = connection;
    // Paths in LIST are read differently by servers: spaces, options, wildcards.
    await client.cd(onWire(folder));
    let listing: ParsedListing = { entries: [], refused: [] };
    client.parseList = (raw) => {
      // A connection that breaks looks like the end of the listing.
      if (raw !== "" && !raw.endsWith("\n"))
        throw new TransportError("TRANSPORT_INCOMPLETE", "the listing ends within a line", { place: placeOf(folder) });
      listing = parseListing(raw, wire);
      return [];
    };
    await client.list();
    return listing;
  }

  /** SIZE and MDTM; where the server does not know SIZE, the listing of the folder. */
  async function statIn(connection: FtpConnection, path: string, onWire: (path: string) => string) {
    const { client, features } = connection;
    const [folder, file] = splitPath(path);
    if (!features.has("SIZE")) {
      const { entries } = await listIn(connection, folder, onWire).catch(orNothing({ entries: [], refused: [] }));
      const entry = entries.find((one) => one.name === file && one.info.type !== FileType.Directory);
      return entry && remoteFile(path, entry.info);
    }
    const size = await client.size(onWire(path)).catch(orNothing(undefined));
    if (size === undefined) return undefined;
    const time = features.has("MDTM") ? await client.lastMod(onWire(path)).catch(orNothing(undefined)) : undefined;
    return { path, name: file, size, modifiedAt: isoOf(time) };
  }

  async function sizeIn(connection: FtpConnection, path: string, onWire: (path: string) => string) {
    const file = await statIn(connection, path, onWire);
    if (file !== undefined) return file.size;
    throw new TransportError("TRANSPORT_NOT_FOUND", "there is no such file", { place: placeOf(path) });
  }

  async function* download(path: string, reading: ReadFileOptions): AsyncGenerator<Uint8Array, void, undefined> {
    const { signal, from = 0 } = reading;
    requirePath(path, name);
    const { connection, giveBack } = await pool.take(signal);
    const { client } = connection;
    const onWire = (one: string): string => onTheWire(connection.root, one);
    const abort = (): void => client.close();
    signal?.addEventListener("abort", abort, { once: true });
    let broken = true;
    try {
      const size = reading.size ?? (await sizeIn(connection, path, onWire));
      const expected = { ...options, place: placeOf(path), from, size, signal };
      // Nothing is left: a transfer of no bytes puts many servers out.
      if (size === undefined || from < size || size === 0)
        yield* checkedBytes(received(connection, onWire(path), from, dataMs), expected);
      broken = false;
    } catch (error) {
      signal?.throwIfAborted();
      throw ftpFailure(error, contextOf(path));
    } finally {
      signal?.removeEventListener("abort", abort);
      connection.data.forget();
      setTimeoutOf(client.ftp, controlMs);
      giveBack(broken);
    }
  }

  async function upload(path: string, content: Content, { from = 0, signal }: { from?: number; signal?: AbortSignal }) {
    requirePath(path, name);
    const sent = metered(content);
    let failure: { readonly error: unknown } | undefined;
    async function* watched(ready: () => Promise<void>): AsyncGenerator<Uint8Array, void, undefined> {
      await ready();
      try {
        yield* sent.pieces();
      } catch (error) {
        failure = { error };
        throw error;
      }
    }
    try {
      await using(path, { signal }, async (connection, onWire) => {
        const { client, data } = connection;
        if (from > 0) await requireSize(connection, path, from, onWire);
        const source = Readable.from(
          watched(() => data.secured()),
          { objectMode: false, highWaterMark: BUFFER_BYTES },
        );
        setTimeoutOf(client.ftp, dataMs);
        data.endAfterClose(() => (sent.ended ? controlMs : GRACE_MS));
        try {
          await (from > 0 ? client.appendFrom(source, onWire(path)) : client.uploadFrom(source, onWire(path)));
        } catch (error) {
          // A late answer of this transfer must not be taken for one of the next command.
          client.close();
          throw error;
        } finally {
          source.destroy();
          setTimeoutOf(client.ftp, controlMs);
        }
      });
    } catch (error) {
      // What the content itself failed with is the caller's own.
      throw failure === undefined ? error : failure.error;
    }
    return sent.bytes;
  }

  async function requireSize(
    connection: FtpConnection,
    path: string,
    from: number,
    onWire: (path: string) => string,
  ): Promise<void> {
    const there = (await statIn(connection, path, onWire))?.size ?? 0;
    if (there !== from)
      throw new TransportError("TRANSPORT_INCOMPLETE", `the file holds ${there} bytes, not ${from}`, {
        place: placeOf(path),
      });
  }

  return {
    name,
    can,
    async list(folder, { pattern, signal } = {}) {
      requireFolder(folder, name);
      return using(folder, { signal }, async (connection, onWire) => {
        const { entries, refused } = await listIn(connection, folder, onWire);
        const all = entries.filter(({ info }) => info.type !== FileType.Directory);
        requireFewFiles(all.length, placeOf(folder), options);
        const fits = nameFilter(pattern);
        const bad = [...refused];
        const files: RemoteFile[] = [];
        for (const { name: file, info } of all) {
          const reason = checkName(file);
          if (reason !== undefined) bad.push(refusedName(file, reason));
          else if (fits(file)) {
            const path = joinPath(folder, file);
            // What a link leads to, the server tells only when it is asked.
            const found = info.isFile ? remoteFile(path, info) : await statIn(connection, path, onWire);
            if (found !== undefined) files.push(found);
          }
        }
        return { files, refused: bad };
      });
    },
    async stat(path, call = {}) {
      requirePath(path, name);
      return using(path, call, (connection, onWire) => statIn(connection, path, onWire));
    },
    read: (path, reading = {}) => download(path, reading),
    write: (path, content, { from, signal } = {}) =>
      upload(path, content, { ...(from !== undefined && { from }), ...(signal && { signal }) }),
    async move(from, to, call = {}) {
      requirePath(from, name);
      requirePath(to, name);
      await using(from, call, async (connection, onWire) => {
        await connection.client.send(`RNFR ${onWire(from)}`);
        try {
          await connection.client.send(`RNTO ${onWire(to)}`);
        } catch (error) {
          if (!(error instanceof FTPError)) throw error;
          throw await renameFailure(error, to, connection, onWire);
        }
      });
    },
    async remove(path, call = {}) {
      requirePath(path, name);
      await using(path, call, ({ client }, onWire) => client.send(`DELE ${onWire(path)}`));
    },
    async makeFolder(path, call = {}) {
      requirePath(path, name);
      await using(path, call, async ({ client }, onWire) => {
        const names = path.split("/");
        for (let count = 1; count <= names.length; count++)
          await client.sendIgnoringError(`MKD ${onWire(names.slice(0, count).join("/"))}`);
        await client.cd(onWire(path));
      });
    },
    async close() {
      pool.close();
    },
  };

  /** Servers say in words only why they do not rename. */
  async function renameFailure(
    error: FTPError,
    to: string,
    connection: FtpConnection,
    onWire: (path: string) => string,
  ): Promise<Error> {
    const failure = ftpFailure(error, contextOf(to));
    if (!(failure instanceof TransportError) || error.code < 500) return failure;
    const exists = (await statIn(connection, to, onWire)) !== undefined;
    if (!exists) return failure;
    const reason = `the server does not replace a file by renaming: "${told(error.message)}"`;
    return new TransportError("TRANSPORT_EXISTS", reason, { place: placeOf(to), cause: failure.cause });
  }
}

/** The bytes of a file, as they come. */
async function* received(
  { client }: FtpConnection,
  path: string,
  from: number,
  dataMs: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const pass = new PassThrough({ highWaterMark: BUFFER_BYTES });
  setTimeoutOf(client.ftp, dataMs);
  const transfer = client.downloadTo(pass, path, from).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    for await (const piece of pass) yield piece as Uint8Array;
  } catch (error) {
    throw (await transfer)?.error ?? error;
  }
  const failed = await transfer;
  if (failed !== undefined) throw failed.error;
}

/** A refusal means that there is nothing; anything else is thrown on. */
function orNothing<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof FTPError && error.code >= 500) return value;
    throw error;
  };
}

function remoteFile(path: string, { size, modifiedAt }: FileInfo): RemoteFile {
  return {
    path,
    name: splitPath(path)[1],
    size: Number.isFinite(size) ? size : undefined,
    modifiedAt: isoOf(modifiedAt),
  };
}

function isoOf(time: Date | undefined): string | undefined {
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

function nameOf({ host, port, user, secure = "explicit", folder = "" }: FtpOptions): string {
  const scheme = secure === "none" ? "ftp" : "ftps";
  const usual = secure === "implicit" ? 990 : 21;
  const at = host.includes(":") ? `[${host}]` : host;
  const path = folder.replace(/\/+$/, "").replace(/^(?=[^/])/, "/");
  return `${scheme}://${user === undefined ? "" : `${encodeURIComponent(user)}@`}${at}${port === undefined || port === usual ? "" : `:${port}`}${path}`;
}
