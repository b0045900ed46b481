import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { once } from "node:events";
import { pipeline } from "node:stream/promises";
import { summarizeFeed, type FeedSource } from "../feed/products.ts";
import { createFeedSummary, type FeedSummary } from "../feed/summary.ts";
import type { CompileOptions } from "../mapping/setting.ts";
import { Failure, type Io, UsageError } from "./io.ts";

/** Where a feed goes: first under another name, and in its place when it has been found good. */
export interface Target {
  readonly name: string;
  /** Whether each record is a file of its own. */
  readonly isDirectory: boolean;
  write(bytes: Uint8Array): Promise<void>;
  document(code: string, bytes: Uint8Array): Promise<void>;
  /** Whether there is something in its place. */
  exists(): Promise<boolean>;
  /** What has been written, read back. */
  summarize(feed: FeedSource, options: CompileOptions): Promise<FeedSummary>;
  commit(): Promise<void>;
  /** Takes away what was not committed. */
  discard(): Promise<void>;
}

/** @throws {@link Failure} if nothing can be written there. */
export async function openTarget(path: string, isDirectory: boolean, io: Io): Promise<Target> {
  if (path === "-" && isDirectory)
    throw new UsageError("this feed has a document for each record: give -o a directory");
  try {
    // Beside its place, so that putting it there is one step; standard output has none.
    const beside = path === "-" ? join(tmpdir(), "propojka-") : join(dirname(path), `.${basename(path)}-`);
    const folder = await mkdtemp(beside);
    return isDirectory ? directoryTarget(path, folder) : fileTarget(path, folder, io);
  } catch (error) {
    throw new Failure(`${path}: cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function fileTarget(path: string, folder: string, io: Io): Target {
  const name = path === "-" ? "standard output" : path;
  const file = join(folder, "feed");
  let stream: WriteStream | undefined;
  let failure: Error | undefined;

  async function finish(): Promise<void> {
    if (stream === undefined) return;
    const open = stream;
    stream = undefined;
    open.end();
    await once(open, "close");
    if (failure !== undefined) throw new Failure(`${name}: ${failure.message}`);
  }

  return {
    name,
    isDirectory: false,
    async write(bytes) {
      stream ??= createWriteStream(file).on("error", (error) => (failure = error));
      if (failure !== undefined) throw new Failure(`${name}: ${failure.message}`);
      if (!stream.write(bytes)) await Promise.race([once(stream, "drain"), once(stream, "close")]);
    },
    document: () => Promise.reject(new TypeError("a file takes no documents")),
    exists: () => exists(path),
    async summarize(feed, options) {
      await finish();
      return summarizeFeed(() => createReadStream(file), feed, { parameters: options.parameters });
    },
    async commit() {
      if (path === "-") await pipeline(createReadStream(file), io.stdout, { end: false });
      else await rename(file, path);
    },
    discard: () => discard(folder),
  };
}

function directoryTarget(path: string, folder: string): Target {
  return {
    name: path,
    isDirectory: true,
    write: () => Promise.reject(new TypeError("a directory takes documents")),
    document: (code, bytes) => writeFile(join(folder, `${encodeURIComponent(code)}.xml`), bytes),
    exists: () => exists(path),
    async summarize(feed, options) {
      const summary = createFeedSummary();
      for (const file of await readdir(folder))
        await summarizeFeed(await readFile(join(folder, file)), feed, { parameters: options.parameters }, summary);
      return summary;
    },
    async commit() {
      await mkdir(path, { recursive: true });
      for (const file of await readdir(folder)) await rename(join(folder, file), join(path, file));
    },
    discard: () => discard(folder),
  };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function discard(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
