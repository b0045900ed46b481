import { TransportError } from "../errors.ts";
import type { CallOptions, Listing, RemoteFile, Transport, TransportCapabilities } from "../ports.ts";
import { piecesOf } from "../transfer/content.ts";
import { checkedBytes, requireFewFiles, type TransferLimits } from "../transfer/limits.ts";
import { joinPath, nameFilter, requireFolder, requirePath, sortNames, splitPath } from "../transfer/names.ts";

export interface MemoryTransportOptions extends TransferLimits {
  /** What is there at the start: `{ "out/orders.xml": bytes }`; text is taken as UTF-8. */
  readonly files?: Readonly<Record<string, Uint8Array | string>> | undefined;
  /** Time of the files that are written. @defaultValue the current time */
  readonly now?: (() => Date) | undefined;
}

/** A transport that also shows what it holds. */
export interface MemoryTransport extends Transport {
  /** The files by their paths, as they are now. */
  readonly files: ReadonlyMap<string, Uint8Array>;
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

/** Files in memory: for tests, and the reference of what a transport does. */
export function memoryTransport(options: MemoryTransportOptions = {}): MemoryTransport {
  const { now = () => new Date() } = options;
  const name = "memory:";
  const files = new Map<string, Uint8Array>();
  const times = new Map<string, string>();
  const folders = new Set([""]);

  const placeOf = (path: string): string => `${name}/${path}`;
  const missing = (path: string): TransportError =>
    new TransportError("TRANSPORT_NOT_FOUND", "there is no such file", { place: placeOf(path) });
  const put = (path: string, bytes: Uint8Array): void => {
    files.set(path, bytes);
    times.set(path, now().toISOString());
  };
  const requireParent = (path: string): void => {
    const [folder] = splitPath(path);
    if (!folders.has(folder))
      throw new TransportError("TRANSPORT_NOT_FOUND", "there is no such folder", { place: placeOf(folder) });
  };
  const start = (path: string, { signal }: CallOptions = {}): void => {
    signal?.throwIfAborted();
    requirePath(path, name);
  };
  const infoOf = (path: string, bytes: Uint8Array): RemoteFile => ({
    path,
    name: splitPath(path)[1],
    size: bytes.length,
    modifiedAt: times.get(path),
  });
  const addFolder = (path: string): void => {
    for (let folder = path; folder !== ""; folder = splitPath(folder)[0]) folders.add(folder);
  };

  for (const [path, content] of Object.entries(options.files ?? {})) {
    requirePath(path, name);
    addFolder(splitPath(path)[0]);
    put(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
  }

  return {
    name,
    can,
    files,
    async list(folder, { pattern, signal } = {}): Promise<Listing> {
      signal?.throwIfAborted();
      requireFolder(folder, name);
      if (!folders.has(folder))
        throw new TransportError("TRANSPORT_NOT_FOUND", "there is no such folder", { place: placeOf(folder) });
      const fits = nameFilter(pattern);
      const names = [...files.keys()].filter((path) => splitPath(path)[0] === folder).map((path) => splitPath(path)[1]);
      requireFewFiles(names.length, placeOf(folder), options);
      const { good, refused } = sortNames(names);
      const paths = good.filter(fits).map((one) => joinPath(folder, one));
      return { files: paths.map((path) => infoOf(path, files.get(path) ?? new Uint8Array())), refused };
    },
    async stat(path, call) {
      start(path, call);
      const bytes = files.get(path);
      return bytes && infoOf(path, bytes);
    },
    async *read(path, { from = 0, size, signal } = {}) {
      start(path, { signal });
      const bytes = files.get(path);
      if (bytes === undefined) throw missing(path);
      const expected = { ...options, place: placeOf(path), from, size: size ?? bytes.length, signal };
      yield* checkedBytes(piecesOf(bytes.subarray(from)), expected);
    },
    async write(path, content, { from = 0, signal } = {}) {
      start(path, { signal });
      requireParent(path);
      if (folders.has(path))
        throw new TransportError("TRANSPORT_DENIED", "is a folder, not a file", { place: placeOf(path) });
      let bytes = from === 0 ? new Uint8Array() : (files.get(path) ?? new Uint8Array());
      if (bytes.length !== from)
        throw new TransportError("TRANSPORT_INCOMPLETE", `the file holds ${bytes.length} bytes, not ${from}`, {
          place: placeOf(path),
        });
      const pieces = [bytes];
      try {
        put(path, bytes);
        for await (const piece of piecesOf(content)) {
          signal?.throwIfAborted();
          // A copy, since a stream may use its buffer again.
          pieces.push(piece.slice());
        }
      } finally {
        put(path, (bytes = joined(pieces)));
      }
      return bytes.length - from;
    },
    async move(from, to, call) {
      start(from, call);
      start(to, call);
      const bytes = files.get(from);
      const time = times.get(from);
      if (bytes === undefined) throw missing(from);
      requireParent(to);
      files.delete(from);
      times.delete(from);
      files.set(to, bytes);
      if (time !== undefined) times.set(to, time);
    },
    async remove(path, call) {
      start(path, call);
      if (!files.delete(path)) throw missing(path);
      times.delete(path);
    },
    async makeFolder(path, { signal } = {}) {
      signal?.throwIfAborted();
      requirePath(path, name);
      addFolder(path);
    },
    async close() {
      // Nothing is open.
    },
  };
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
