import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { type Input, openInput } from "../input.ts";
import { Failure, type Io, type Remote } from "./io.ts";
import { isUrl, localPath } from "./url.ts";

/** The bytes that a command reads. */
export interface Source {
  /** Name for messages and locations. */
  readonly name: string;
  /** Bytes, where that is known. */
  readonly size: number | undefined;
  /** The first bytes, at most 64 KiB: enough to tell what it is. */
  head(): Promise<Uint8Array>;
  /** `onBytes` is told how many have been read. */
  input(onBytes?: (count: number) => void): Input;
}

/** Bytes with the name of what they are from. */
export interface NamedInput {
  readonly name: string;
  readonly input: Input;
}

const HEAD_BYTES = 64 * 1024;

/**
 * A file, `-` for standard input, or a URL.
 *
 * @throws {@link Failure} if there is no such file, or it is a directory; {@link TransportError} if a server cannot be reached
 */
export async function openSource(argument: string, io: Io): Promise<Source> {
  const path = localPath(argument);
  if (path === "-") return streamSource("standard input", io.stdin);
  if (isUrl(path)) return remoteSource(await io.remotes.open(path));
  try {
    const info = await stat(path);
    if (info.isDirectory()) throw new Failure(`${path}: is a directory, not a file`);
    // Pipes such as <(…) can be read only once.
    return info.isFile() ? fileSource(path, info.size) : streamSource(path, createReadStream(path));
  } catch (error) {
    throw named(error, path);
  }
}

/** A file on a server: it is fetched once, when it is first looked at. @throws {@link TransportError} */
export async function remoteSource({ name, transport, path, isFolder }: Remote): Promise<Source> {
  if (isFolder || path === "") throw new Failure(`${name}: is a directory, not a file`);
  const file = transport.can.stat ? await transport.stat(path) : undefined;
  return streamSource(name, transport.read(path), file?.size);
}

/** Whether an argument that may name other things as well names a JSON file. */
export function namesFile(argument: string): boolean {
  return argument.endsWith(".json") || isUrl(argument);
}

/** The JSON in a file, also in one that a URL names. @throws {@link Failure} with the place of the mistake. */
export async function readJson(argument: string, io: Io): Promise<unknown> {
  const path = localPath(argument);
  if (isUrl(path)) {
    const source = await openSource(path, io);
    const chunks: Uint8Array[] = [];
    for await (const piece of (await openInput(source.input())).pieces) chunks.push(piece.slice());
    return parseJson(Buffer.concat(chunks).toString("utf8"), source.name);
  }
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    throw named(error, path);
  }
  return parseJson(text, path);
}

/** @throws {@link Failure} with the place of the mistake. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, "")) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = /at position (\d+)/.exec(reason)?.[1];
    if (position === undefined) throw new Failure(`${name}: not JSON: ${reason.split(", ")[0] ?? reason}`);
    const before = text.slice(0, Number(position)).split("\n");
    throw new Failure(
      `${name}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}: not JSON: ${reason.replace(/ (?:in JSON )?at position .*$/s, "")}`,
    );
  }
}

function fileSource(path: string, size: number): Source {
  return {
    name: path,
    size,
    async head() {
      const file = await open(path).catch((error: unknown) => {
        throw named(error, path);
      });
      try {
        const bytes = new Uint8Array(HEAD_BYTES);
        const { bytesRead } = await file.read(bytes, 0, HEAD_BYTES, 0);
        return bytes.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    input: (onBytes) => () => counted(createReadStream(path), path, onBytes),
  };
}

function streamSource(name: string, stream: AsyncIterable<Uint8Array>, size?: number): Source {
  const iterator = stream[Symbol.asyncIterator]();
  const start: Uint8Array[] = [];
  let kept = 0;
  let over = false;

  async function next(): Promise<Uint8Array | undefined> {
    const result = await iterator.next();
    if (result.done === true) {
      over = true;
      return undefined;
    }
    const { value } = result;
    if (kept < HEAD_BYTES) {
      start.push(value);
      kept += value.length;
    }
    return value;
  }

  async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      yield* start.slice();
      for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
    } finally {
      // Whoever stops early must not leave the program waiting for the rest.
      if (!over) await iterator.return?.();
    }
  }

  return {
    name,
    size,
    async head() {
      while (kept < HEAD_BYTES && !over) await next();
      return Buffer.concat(start).subarray(0, HEAD_BYTES);
    },
    input: (onBytes) => counted(all(), name, onBytes),
  };
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  onBytes: ((count: number) => void) | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  let count = 0;
  try {
    for await (const chunk of chunks) {
      count += chunk.length;
      onBytes?.(count);
      yield chunk;
    }
  } catch (error) {
    throw named(error, name);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EISDIR: "is a directory, not a file",
  EACCES: "permission denied",
  EPERM: "permission denied",
};

/** What the file system refuses, as a {@link Failure} that names the file. */
export function named(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (error instanceof Failure || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new Failure(`${path}: ${reasons[code] ?? `cannot be read (${code})`}`);
}
