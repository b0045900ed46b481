import { constants, createReadStream, type Stats } from "node:fs";
import { copyFile, mkdir, open, readdir, rename, rm, stat, unlink } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import process from "node:process";
import { TransportError, type TransportErrorCode } from "../errors.ts";
import type { CallOptions, Content, RemoteFile, Transport, TransportCapabilities, WriteFileOptions } from "../ports.ts";
import { piecesOf } from "../transfer/content.ts";
import { checkedBytes, requireFewFiles, type TransferLimits } from "../transfer/limits.ts";
import { joinPath, nameFilter, refusal, requireFolder, requirePath, sortNames, splitPath } from "../transfer/names.ts";
import { codeOf } from "./failures.ts";

export interface FsOptions extends TransferLimits {
  /** Folder that paths start from: a path of this system, or one on a share. */
  readonly folder: string;
}

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

/** Files in a folder of this machine. Symbolic links in it are followed. */
export function fsTransport(options: FsOptions): Transport {
  const root = isAbsolute(options.folder) ? options.folder : resolve(options.folder);
  const name = root;

  /** Path of this system. @throws {@link TransportError} TRANSPORT_NAME */
  function pathOf(path: string): string {
    requireFolder(path, name);
    if (process.platform === "win32" && /[<>:"|?*]/.test(path))
      throw refusal(path, "holds a character that Windows does not allow", name);
    return path === "" ? root : join(root, ...path.split("/"));
  }

  async function calling<Value>(path: string, { signal }: CallOptions, work: (path: string) => Promise<Value>) {
    signal?.throwIfAborted();
    const own = pathOf(path);
    try {
      return await work(own);
    } catch (error) {
      signal?.throwIfAborted();
      throw fsFailure(error, own);
    }
  }

  async function statOf(path: string, own: string): Promise<RemoteFile | undefined> {
    const info = await stat(own).catch((error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
    return info?.isFile() === true ? remoteFile(path, info) : undefined;
  }

  async function* pieces(path: string, from: number, signal: AbortSignal | undefined) {
    const own = pathOf(path);
    try {
      for await (const piece of createReadStream(own, { start: from, signal })) yield piece as Uint8Array;
    } catch (error) {
      signal?.throwIfAborted();
      throw fsFailure(error, own);
    }
  }

  return {
    name,
    can,
    list: (folder, { pattern, signal } = {}) =>
      calling(folder, { signal }, async (own) => {
        const entries = (await readdir(own, { withFileTypes: true })).filter((one) => !one.isDirectory());
        requireFewFiles(entries.length, own, options);
        const { good, refused } = sortNames(entries.map((one) => one.name));
        const files: RemoteFile[] = [];
        for (const one of good.filter(nameFilter(pattern))) {
          // One that goes away meanwhile, or is no file at all, is not there.
          const file = await statOf(joinPath(folder, one), join(own, one));
          if (file !== undefined) files.push(file);
        }
        return { files, refused };
      }),
    async stat(path, call = {}) {
      requirePath(path, name);
      return calling(path, call, (own) => statOf(path, own));
    },
    async *read(path, { from = 0, size, signal } = {}) {
      requirePath(path, name);
      const file = await calling(path, { signal }, async (own) => {
        const info = await stat(own);
        if (!info.isFile()) throw new TransportError("TRANSPORT_DENIED", "is no file", { place: own });
        return remoteFile(path, info);
      });
      const expected = { ...options, place: pathOf(path), from, size: size ?? file.size, signal };
      yield* checkedBytes(pieces(path, from, signal), expected);
    },
    async write(path, content, writing = {}) {
      requirePath(path, name);
      return writeFile(pathOf(path), content, writing);
    },
    async move(from, to, call = {}) {
      requirePath(from, name);
      requirePath(to, name);
      await calling(from, call, (own) => moveFile(own, pathOf(to)));
    },
    async remove(path, call = {}) {
      requirePath(path, name);
      await calling(path, call, unlink);
    },
    async makeFolder(path, call = {}) {
      requirePath(path, name);
      await calling(path, call, (own) => mkdir(own, { recursive: true }));
    },
    async close() {
      // Nothing stays open.
    },
  };
}

async function writeFile(path: string, content: Content, { from = 0, signal }: WriteFileOptions): Promise<number> {
  signal?.throwIfAborted();
  const file = await attempt(path, () => open(path, from === 0 ? "w" : "r+"));
  let at = from;
  try {
    const { size } = await attempt(path, () => file.stat());
    if (size !== from)
      throw new TransportError("TRANSPORT_INCOMPLETE", `the file holds ${size} bytes, not ${from}`, { place: path });
    // What the content itself fails with is the caller's own.
    for await (const piece of piecesOf(content)) {
      signal?.throwIfAborted();
      for (let done = 0; done < piece.length;) {
        const { bytesWritten } = await attempt(path, () => file.write(piece, done, piece.length - done, at));
        done += bytesWritten;
        at += bytesWritten;
      }
    }
    await attempt(path, () => file.sync());
  } finally {
    await file.close();
  }
  return at - from;
}

async function attempt<Value>(path: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw fsFailure(error, path);
  }
}

async function moveFile(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (codeOf(error) !== "EXDEV") throw error;
    // Another disk: the copy takes its place in one step, and only then the file goes.
    const part = `${to}.${crypto.randomUUID().slice(0, 8)}.part`;
    try {
      await copyFile(from, part, constants.COPYFILE_EXCL);
      await rename(part, to);
    } catch (failure) {
      await rm(part, { force: true });
      throw failure;
    }
    await unlink(from);
  }
}

function remoteFile(path: string, { size, mtime }: Stats): RemoteFile {
  return { path, name: splitPath(path)[1], size, modifiedAt: mtime.toISOString() };
}

const codes: Readonly<Record<string, TransportErrorCode>> = {
  ENOENT: "TRANSPORT_NOT_FOUND",
  ENOTDIR: "TRANSPORT_NOT_FOUND",
  EACCES: "TRANSPORT_DENIED",
  EPERM: "TRANSPORT_DENIED",
  EROFS: "TRANSPORT_DENIED",
  EISDIR: "TRANSPORT_DENIED",
  EEXIST: "TRANSPORT_EXISTS",
  ENOSPC: "TRANSPORT_FULL",
  EDQUOT: "TRANSPORT_FULL",
  EFBIG: "TRANSPORT_FULL",
  ENAMETOOLONG: "TRANSPORT_NAME",
  EBUSY: "TRANSPORT_BUSY",
  EMFILE: "TRANSPORT_BUSY",
  ENFILE: "TRANSPORT_BUSY",
  EAGAIN: "TRANSPORT_BUSY",
  ETIMEDOUT: "TRANSPORT_TIMEOUT",
  ESTALE: "TRANSPORT_INTERRUPTED",
  EIO: "TRANSPORT_INTERRUPTED",
};

const words: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "there is no such file or folder",
  EACCES: "permission denied",
  EPERM: "not permitted",
  EROFS: "the file system is read-only",
  EISDIR: "is a folder, not a file",
  ENOSPC: "no space left on the device",
};

function fsFailure(error: unknown, place: string): unknown {
  const code = codeOf(error);
  if (error instanceof TransportError || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new TransportError(codes[code] ?? "TRANSPORT_REFUSED", words[code] ?? code, { place, cause: error });
}

function isMissing(error: unknown): boolean {
  const code = codeOf(error);
  return code === "ENOENT" || code === "ENOTDIR";
}
