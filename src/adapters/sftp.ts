import { TransportError, type TransportErrorCode } from "../errors.ts";
import type {
  CallOptions,
  Content,
  ReadFileOptions,
  RefusedName,
  RemoteFile,
  Transport,
  TransportCapabilities,
  WriteFileOptions,
} from "../ports.ts";
import { metered } from "../transfer/content.ts";
import { checkedBytes, requireFewFiles } from "../transfer/limits.ts";
import { checkName, joinPath, nameFilter, refusedName, requireFolder, requirePath } from "../transfer/names.ts";
import { redactor } from "../transfer/secrets.ts";
import { steady } from "../transfer/steady.ts";
import { connectSftp, type SftpConnection } from "./sftp/connect.ts";
import { answerCode, END_OF_FILE, FAILURE, OP_UNSUPPORTED, sftpFailure } from "./sftp/failure.ts";
import { type Attributes, type Entry, isDamaged, kindOf, remoteFile } from "./sftp/listing.ts";
import { DATA_MS, PORT, type SftpOptions } from "./sftp/options.ts";
import type { Call } from "./sftp/session.ts";
import { createShared } from "./sftp/shared.ts";
import { readAhead, whileLasting, writeBehind } from "./sftp/stream.ts";
import { createUnconfirmed } from "./sftp/unconfirmed.ts";

export type { SftpOptions, SftpTimeouts } from "./sftp/options.ts";

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

/** Flags of the request to open a file. @see https://datatracker.ietf.org/doc/html/draft-ietf-secsh-filexfer-02#section-6.3 (read 2026-11-24) */
const READ = 1;
const WRITE = 2;
const CREATE = 8;
const TRUNCATE = 16;

/**
 * Files on an SFTP server. Needs the package ssh2-sftp-client, which the program installs.
 *
 * All calls share one connection, opened at the first of them and again when it has gone. Passing failures are made good by
 * {@link steady}, unless `retry` is false.
 */
export function sftpTransport(options: SftpOptions): Transport {
  const transport = plainSftp(options);
  return options.retry === false ? transport : steady(transport, options.retry);
}

function plainSftp(options: SftpOptions): Transport {
  const { dataMs = DATA_MS } = options.timeouts ?? {};
  const name = nameOf(options);
  const { password, passphrase, privateKey } = options;
  const redact = redactor([password, passphrase, typeof privateKey === "string" ? privateKey : undefined]);
  const placeOf = (path: string): string => (path === "" ? name : `${name}/${path}`);
  const contextOf = (path: string) => ({ place: placeOf(path), redact });
  const shared = createShared((signal) => connectSftp(options, contextOf(""), signal));
  const unconfirmed = createUnconfirmed();

  interface Work extends Call {
    readonly connection: SftpConnection;
    readonly onServer: (path: string) => string;
  }

  async function begin({ signal }: CallOptions): Promise<Work> {
    const connection = await shared.take(signal);
    const call = connection.session.begin(signal);
    const release = connection.hold();
    return {
      ...call,
      connection,
      onServer: (path) => (path === "" ? connection.root || "/" : `${connection.root}/${path}`),
      end() {
        call.end();
        release();
      },
    };
  }

  async function using<Value>(path: string, call: CallOptions, work: (work: Work) => Promise<Value>): Promise<Value> {
    const begun = await begin(call);
    try {
      return await work(begun);
    } catch (error) {
      call.signal?.throwIfAborted();
      throw sftpFailure(error, contextOf(path));
    } finally {
      begun.end();
    }
  }

  function close({ connection }: Work, handle: Buffer): Promise<void> {
    return connection.session.ask((sftp, answer) => sftp.close(handle, answer));
  }

  /** Nobody waits for it, and a call that has been aborted closes what it has opened, too. */
  function closeLater(work: Work, handle: Buffer): void {
    close(work, handle).catch(() => undefined);
  }

  function openFile(work: Work, path: string, flags: number): Promise<Buffer> {
    return work.ask<Buffer>((sftp, answer) => sftp.open(work.onServer(path), flags, answer), {
      late: (handle) => closeLater(work, handle),
    });
  }

  /** What is at a path, whatever it is. */
  async function look(work: Work, path: string): Promise<Attributes | undefined> {
    try {
      return await work.ask<Attributes>((sftp, answer) => sftp.stat(work.onServer(path), answer));
    } catch (error) {
      if (sftpFailure(error, contextOf(path)).code === "TRANSPORT_NOT_FOUND") return undefined;
      throw error;
    }
  }

  async function fileAt(work: Work, path: string): Promise<RemoteFile | undefined> {
    const there = await look(work, path);
    if (there === undefined || kindOf(there) !== "file") return undefined;
    return remoteFile(path, { ...there, size: unconfirmed.sizeOf(path, there.size) });
  }

  /** Servers answer "Failure" to many things; what is there tells more. */
  async function explained(error: unknown, work: Work, path: string, code: TransportErrorCode): Promise<unknown> {
    if (answerCode(error) !== FAILURE) return error;
    const there = await look(work, path).catch(() => undefined);
    if (there === undefined || kindOf(there) !== "folder") return error;
    const { cause } = sftpFailure(error, contextOf(path));
    return new TransportError(code, "is a folder, not a file", { place: placeOf(path), cause });
  }

  async function entriesOf(work: Work, folder: string): Promise<readonly Entry[]> {
    const handle = await work.ask<Buffer>((sftp, answer) => sftp.opendir(work.onServer(folder), answer), {
      late: (late) => closeLater(work, late),
    });
    try {
      const entries: Entry[] = [];
      let files = 0;
      for (;;) {
        const more = await work.ask<readonly Entry[]>((sftp, answer) => sftp.readdir(handle, answer)).catch(atEnd);
        if (more === undefined) return entries;
        for (const entry of more) if (kindOf(entry.attrs, entry.longname) !== "folder") files = entries.push(entry);
        requireFewFiles(files, placeOf(folder), options);
      }
    } finally {
      closeLater(work, handle);
    }
  }

  async function* download(path: string, reading: ReadFileOptions): AsyncGenerator<Uint8Array, void, undefined> {
    const { signal, from = 0 } = reading;
    requirePath(path, name);
    const work = await begin({ signal });
    let handle: Buffer | undefined;
    try {
      const file = reading.size === undefined ? await look(work, path) : reading;
      const opened = (handle = await openFile(work, path, READ));
      const read = async (position: number, length: number): Promise<Uint8Array> => {
        const block = Buffer.allocUnsafe(length);
        const limits = { limitMs: dataMs };
        const bytes = await work.ask<number>(
          (sftp, answer) => sftp.read(opened, block, 0, length, position, answer),
          limits,
        );
        return block.subarray(0, bytes);
      };
      const expected = { ...options, place: placeOf(path), from, size: file?.size, signal };
      yield* checkedBytes(readAhead(read, from, file?.size), expected);
    } catch (error) {
      signal?.throwIfAborted();
      throw sftpFailure(await explained(error, work, path, "TRANSPORT_NOT_FOUND"), contextOf(path));
    } finally {
      if (handle !== undefined) closeLater(work, handle);
      work.end();
    }
  }

  async function upload(path: string, content: Content, { from = 0, signal }: WriteFileOptions): Promise<number> {
    requirePath(path, name);
    const sent = metered(content);
    try {
      await using(path, { signal }, async (work) => {
        if (from > 0) await requireSize(work, path, from);
        const handle = await openFile(work, path, from > 0 ? WRITE : WRITE | CREATE | TRUNCATE).catch(
          async (error: unknown) => {
            throw await explained(error, work, path, "TRANSPORT_DENIED");
          },
        );
        const blocks = unconfirmed.begin(path, from);
        const write = async (position: number, block: Buffer): Promise<void> => {
          blocks.sent(position, block.length);
          await work.ask((sftp, answer) => sftp.write(handle, block, 0, block.length, position, answer), {
            limitMs: dataMs,
          });
          blocks.confirmed(position);
        };
        try {
          await writeBehind(write, whileLasting(sent.pieces(), work), from);
        } catch (error) {
          blocks.brokenOff();
          closeLater(work, handle);
          throw error;
        }
        blocks.complete();
        // Some servers find out here that a disk is full.
        await close(work, handle);
      });
    } catch (error) {
      // What the content itself failed with is the caller's own.
      throw sent.failure === undefined ? error : sent.failure.error;
    }
    return sent.bytes;
  }

  async function requireSize(work: Work, path: string, from: number): Promise<void> {
    const there = (await fileAt(work, path))?.size ?? 0;
    if (there !== from)
      throw new TransportError("TRANSPORT_INCOMPLETE", `the file holds ${there} bytes, not ${from}`, {
        place: placeOf(path),
      });
  }

  /** Renames and replaces in one step, where the server can. */
  async function rename(work: Work, from: string, to: string): Promise<void> {
    const [source, target] = [work.onServer(from), work.onServer(to)];
    try {
      await work.ask((sftp, answer) => sftp.ext_openssh_rename(source, target, answer));
    } catch (error) {
      if (!isMissing(error)) throw await explained(error, work, to, "TRANSPORT_DENIED");
      await work
        .ask((sftp, answer) => sftp.rename(source, target, answer))
        .catch(async (refusal: unknown) => {
          throw await renameFailure(refusal, work, to);
        });
    }
  }

  /** The request to rename is one for names that are free, and servers do not say that one is taken. */
  async function renameFailure(error: unknown, work: Work, to: string): Promise<unknown> {
    const failure = sftpFailure(error, contextOf(to));
    if (answerCode(error) === undefined || failure.code === "TRANSPORT_NOT_FOUND") return failure;
    if ((await fileAt(work, to)) === undefined) return explained(error, work, to, "TRANSPORT_DENIED");
    const reason = `the server does not replace a file by renaming: ${failure.reason}`;
    return new TransportError("TRANSPORT_EXISTS", reason, { place: placeOf(to), cause: failure.cause });
  }

  return {
    name,
    can,
    async list(folder, { pattern, signal } = {}) {
      requireFolder(folder, name);
      return using(folder, { signal }, async (work) => {
        const fits = nameFilter(pattern);
        const refused: RefusedName[] = [];
        const found: Promise<RemoteFile | undefined>[] = [];
        for (const { filename, longname, attrs } of await entriesOf(work, folder)) {
          const kind = kindOf(attrs, longname);
          const reason = isDamaged(filename) ? "is in another encoding than UTF-8" : checkName(filename);
          const path = joinPath(folder, filename);
          if (kind === "other") continue;
          if (reason !== undefined) refused.push(refusedName(filename, reason));
          // What a link leads to, the server tells only when it is asked.
          else if (fits(filename))
            found.push(kind === "link" ? fileAt(work, path) : Promise.resolve(remoteFile(path, attrs)));
        }
        const files = (await Promise.all(found)).filter((file) => file !== undefined);
        return { files, refused };
      });
    },
    async stat(path, call = {}) {
      requirePath(path, name);
      return using(path, call, (work) => fileAt(work, path));
    },
    read: (path, reading = {}) => download(path, reading),
    write: (path, content, writing = {}) => upload(path, content, writing),
    async move(from, to, call = {}) {
      requirePath(from, name);
      requirePath(to, name);
      await using(from, call, (work) => rename(work, from, to));
      unconfirmed.forget(from);
      unconfirmed.forget(to);
    },
    async remove(path, call = {}) {
      requirePath(path, name);
      await using(path, call, (work) =>
        work
          .ask((sftp, answer) => sftp.unlink(work.onServer(path), answer))
          .catch(async (error: unknown) => {
            throw await explained(error, work, path, "TRANSPORT_NOT_FOUND");
          }),
      );
      unconfirmed.forget(path);
    },
    async makeFolder(path, call = {}) {
      requirePath(path, name);
      await using(path, call, async (work) => {
        let refusal: unknown;
        let there = await look(work, path);
        const names = path.split("/");
        for (let count = 1; there === undefined && count <= names.length; count++) {
          const folder = work.onServer(names.slice(0, count).join("/"));
          await work
            .ask((sftp, answer) => sftp.mkdir(folder, answer))
            .catch((error: unknown) => {
              if (answerCode(error) === undefined) throw error;
              refusal = error;
            });
        }
        there ??= await look(work, path);
        if (there === undefined) throw refusal;
        if (kindOf(there) !== "folder")
          throw new TransportError("TRANSPORT_EXISTS", "is a file, not a folder", { place: placeOf(path) });
      });
    },
    async close() {
      const reason = "the transport was closed";
      shared.close(new TransportError("TRANSPORT_INTERRUPTED", reason, { place: name, retryable: false }));
    },
  };
}

/** The server has no more. */
function atEnd(error: unknown): undefined {
  if (answerCode(error) !== END_OF_FILE) throw error;
}

/** Whether the server lacks what was asked of it; ssh2 itself refuses to ask for what the server does not offer. */
function isMissing(error: unknown): boolean {
  return (
    answerCode(error) === OP_UNSUPPORTED ||
    (error instanceof Error && error.message === "Server does not support this extended request")
  );
}

function nameOf({ host, port = PORT, user, folder = "" }: SftpOptions): string {
  const at = host.includes(":") ? `[${host}]` : host;
  const path = folder.replace(/\/+$/, "").replace(/^(?=[^/])/, "/");
  return `sftp://${encodeURIComponent(user)}@${at}${port === PORT ? "" : `:${port}`}${path}`;
}
