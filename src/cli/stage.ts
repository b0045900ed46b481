import { mkdtempSync, rmSync, type Stats } from "node:fs";
import { chmod, chown, type FileHandle, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import process from "node:process";
import { Failure } from "./io.ts";

/** A folder for files that are not in their place yet. It goes away with the program, whatever ends it. */
export interface Stage {
  /** Path of a file in it. */
  at(name: string): string;
  discard(): Promise<void>;
}

/** Signals that end the program. */
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Makes the folder within `parent`, readable by nobody else. @throws an error of the file system */
export function openStage(parent: string): Stage {
  const folder = mkdtempSync(join(parent, ".propojka-"));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  const end = (signal: NodeJS.Signals): void => {
    remove();
    forget();
    process.kill(process.pid, signal);
  };
  const forget = (): void => {
    process.removeListener("exit", remove);
    for (const signal of SIGNALS) process.removeListener(signal, end);
  };
  process.once("exit", remove);
  for (const signal of SIGNALS) process.on(signal, end);
  return {
    at: (name) => join(folder, name),
    async discard() {
      await rm(folder, { recursive: true, force: true });
      forget();
    },
  };
}

/** Writes a new file that has reached the disk when it is closed. */
export interface NewFile {
  write(bytes: Uint8Array): Promise<void>;
  close(): Promise<void>;
}

/** @throws an error of the file system, as do the methods */
export async function createFile(path: string): Promise<NewFile> {
  let handle: FileHandle | undefined = await open(path, "wx");
  return {
    write: async (bytes) => handle?.writeFile(bytes),
    async close() {
      const file = handle;
      handle = undefined;
      try {
        await file?.sync();
      } finally {
        await file?.close();
      }
    },
  };
}

/** Makes sure that a folder's new names reach the disk, where the system can do that. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => undefined);
  await folder?.close();
}

/** Gives a file the permissions of the one that it will replace and, where that is allowed, its owner. */
export async function takeAfter(path: string, { mode, uid, gid }: Stats): Promise<void> {
  const own = await stat(path);
  if (own.uid !== uid || own.gid !== gid) await chown(path, uid, gid).catch(() => undefined);
  await chmod(path, mode & 0o7777);
}

/** Calls `work`; what the file system refuses is a {@link Failure} that names `path`. */
export async function writing<Value>(path: string, work: () => Value | Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Failure(`${path}: cannot be written: ${reasons[code] ?? code}`);
  }
}

/** `"ENOSPC"`; undefined of an error that is not one of the file system. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return /^E[A-Z0-9]+$/.test(code) ? code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such folder",
  ENOTDIR: "no such folder",
  EISDIR: "is a directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file gets too large",
  ENAMETOOLONG: "the name is too long",
  ELOOP: "too many symbolic links",
};
