import { createReadStream, type Stats } from "node:fs";
import { open, rename } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname } from "node:path";
import type { Terminal } from "./io.ts";
import { createFile, type NewFile, openStage, syncFolder, takeAfter, writing } from "./stage.ts";

/** Where a feed goes: first under another name, and in its place when it has been found good. */
export interface Target {
  /** For messages. */
  readonly name: string;
  /** Whether each record is a file of its own; then `document` is called, otherwise `write`. */
  readonly isFolder: boolean;
  write(bytes: Uint8Array): Promise<void>;
  document(code: string, bytes: Uint8Array): Promise<void>;
  /** Ends the writing. */
  finish(): Promise<readonly WrittenFile[]>;
  /** Puts what has been written in its place, in one step for each file. */
  commit(): Promise<Placed>;
  /** Takes away what was not committed. */
  discard(): Promise<void>;
}

/** A file that is complete, but not in its place yet. */
export interface WrittenFile {
  readonly path: string;
  /** For messages: the path that it will have. */
  readonly name: string;
}

export interface Placed {
  /** Whether the other side took all of it; false if the reader of a pipe went away. */
  readonly complete: boolean;
  /** Names of the folder's other documents. */
  readonly others: readonly string[];
}

/** A file. `place` is the path behind symbolic links, `info` what stands there. */
export async function fileTarget(name: string, place: string, info: Stats | undefined): Promise<Target> {
  // Beside its place, so that putting it there is one step.
  const { path, ...file } = await stagedFile(name, dirname(place));
  return {
    ...file,
    commit: () =>
      writing(name, async () => {
        if (info !== undefined) await takeAfter(path, info);
        await rename(path, place);
        await syncFolder(dirname(place));
        return { complete: true, others: [] };
      }),
  };
}

/** Standard output, a pipe or a device: it gets the bytes when they have been found good. */
export async function streamTarget(name: string, stdout: Terminal | undefined): Promise<Target> {
  const { path, ...file } = await stagedFile(name, tmpdir());
  return {
    ...file,
    commit: () =>
      writing(name, async () => {
        try {
          await (stdout === undefined ? copyInto(name, path) : copyTo(stdout, path));
          return { complete: true, others: [] };
        } catch (error) {
          const code = error instanceof Error && "code" in error ? error.code : undefined;
          if (code !== "EPIPE" && code !== "ERR_STREAM_DESTROYED") throw error;
          return { complete: false, others: [] };
        }
      }),
  };
}

/** A file in a folder of its own within `parent`, until it is put in its place. */
export async function stagedFile(
  name: string,
  parent: string,
): Promise<Omit<Target, "commit"> & { readonly path: string }> {
  const stage = await writing(name, () => openStage(parent));
  const path = stage.at("feed");
  let file: NewFile | undefined;
  return {
    name,
    path,
    isFolder: false,
    write: (bytes) =>
      writing(name, async () => {
        file ??= await createFile(path);
        await file.write(bytes);
      }),
    document: () => Promise.reject(new TypeError("a file takes no documents")),
    finish: () =>
      writing(name, async () => {
        file ??= await createFile(path);
        await file.close();
        return [{ path, name }];
      }),
    async discard() {
      await file?.close().catch(() => undefined);
      await stage.discard();
    },
  };
}

async function copyTo(stream: Terminal, path: string): Promise<void> {
  for await (const chunk of createReadStream(path))
    await new Promise<void>((done, fail) =>
      stream.write(chunk, (error) => {
        if (error) fail(error);
        else done();
      }),
    );
}

async function copyInto(place: string, path: string): Promise<void> {
  const handle = await open(place, "w");
  try {
    for await (const chunk of createReadStream(path)) await handle.writeFile(chunk as Uint8Array);
  } finally {
    await handle.close();
  }
}
