import { TransportError } from "../errors.ts";
import type { CallOptions, Content, ReadFileOptions, RemoteFile, Transport, WriteFileOptions } from "../ports.ts";
import { isRepeatable, metered } from "./content.ts";
import { createAttempts, type RetryOptions, retrying } from "./retry.ts";

/**
 * The same transport with failures that pass made good: calls are made again after a wait, a broken download goes on where it
 * stopped if the file is still the same, a broken upload after what has arrived.
 *
 * A call whose answer got lost is not made blindly again: of a file that was written, moved or removed, the place is asked
 * first what became of it.
 */
export function steady(transport: Transport, options: RetryOptions = {}): Transport {
  const again = <Value>(work: () => Promise<Value>, { signal }: CallOptions): Promise<Value> =>
    retrying(work, options, signal);
  return {
    name: transport.name,
    can: transport.can,
    list: (folder, call = {}) => again(() => transport.list(folder, call), call),
    stat: (path, call = {}) => again(() => transport.stat(path, call), call),
    read: (path, reading = {}) => readOn(transport, path, reading, options),
    write: (path, content, writing = {}) => writeOn(transport, path, content, writing, options),
    move: (from, to, call = {}) => moveOnce(transport, from, to, call, options),
    remove: (path, call = {}) => removeOnce(transport, path, call, options),
    makeFolder: (path, call = {}) => again(() => transport.makeFolder(path, call), call),
    close: () => transport.close(),
  };
}

async function* readOn(
  transport: Transport,
  path: string,
  reading: ReadFileOptions,
  options: RetryOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal } = reading;
  const { stat, resumeRead } = transport.can;
  const attempts = createAttempts(options);
  const look = async (): Promise<RemoteFile | undefined> => {
    if (!stat) return undefined;
    const found = await retrying(() => transport.stat(path, { signal }), options, signal);
    if (found !== undefined) return found;
    throw new TransportError("TRANSPORT_NOT_FOUND", "there is no such file", { place: placeOf(transport, path) });
  };
  const file = await look();
  const size = reading.size ?? file?.size;
  let from = reading.from ?? 0;
  let given = false;
  for (;;)
    try {
      for await (const piece of transport.read(path, { signal, from, size })) {
        from += piece.length;
        given = true;
        attempts.progress();
        yield piece;
      }
      return;
    } catch (error) {
      // What has been given cannot be taken back, so only a transport that starts in the middle can go on.
      if (given && !(stat && resumeRead)) throw error;
      await attempts.afterFailure(error, signal);
      const now = await look();
      if (now?.size !== file?.size || now?.modifiedAt !== file?.modifiedAt)
        throw new TransportError("TRANSPORT_CHANGED", "the file was replaced or grew while it was read", {
          place: placeOf(transport, path),
        });
    }
}

async function writeOn(
  transport: Transport,
  path: string,
  content: Content,
  { from: start = 0, signal }: WriteFileOptions,
  options: RetryOptions,
): Promise<number> {
  const attempts = createAttempts(options);
  let from = start;
  let broken: TransportError | undefined;
  let silent = 0;
  for (;;) {
    const sent = metered(content, from - start);
    try {
      await transport.write(path, sent.pieces, { from, signal });
      return from + sent.bytes - start;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (!sent.started) {
        // A server may keep a file locked for a connection that it does not know to be dead; or refuse to go on with it.
        silent += error.code === "TRANSPORT_TIMEOUT" ? 1 : 0;
        if (silent === SILENT || (broken !== undefined && !error.retryable)) throw broken ?? error;
        await attempts.afterFailure(error, signal);
        continue;
      }
      if (!error.retryable) throw error;
      broken = error;
      const end = from + sent.bytes;
      const arrived = await sizeNow(transport, path, signal, options);
      // All of it has arrived; only the confirmation got lost.
      if (sent.ended && arrived === end) return end - start;
      if (!isRepeatable(content)) throw error;
      const goesOn = transport.can.resumeWrite && arrived > from && arrived <= end;
      if (goesOn) attempts.progress();
      await attempts.afterFailure(error, signal);
      from = goesOn ? arrived : start;
    }
  }
}

/** Time-outs in a row after which a path is given up that nothing can be written to. */
const SILENT = 2;

async function sizeNow(
  transport: Transport,
  path: string,
  signal: AbortSignal | undefined,
  options: RetryOptions,
): Promise<number> {
  if (!transport.can.stat) return -1;
  const file = await retrying(() => transport.stat(path, { signal }), options, signal).catch(() => undefined);
  return file?.size ?? -1;
}

function placeOf({ name }: Transport, path: string): string {
  return `${name}/${path}`;
}

async function moveOnce(
  transport: Transport,
  from: string,
  to: string,
  { signal }: CallOptions,
  options: RetryOptions,
): Promise<void> {
  await retrying(
    async (attempt) => {
      try {
        await transport.move(from, to, { signal });
      } catch (error) {
        // An earlier attempt may have moved it, and only its answer got lost.
        if (attempt === 1 || !isNotFound(error) || (await transport.stat(to, { signal })) === undefined) throw error;
      }
    },
    options,
    signal,
  );
}

async function removeOnce(
  transport: Transport,
  path: string,
  { signal }: CallOptions,
  options: RetryOptions,
): Promise<void> {
  await retrying(
    async (attempt) => {
      try {
        await transport.remove(path, { signal });
      } catch (error) {
        if (attempt === 1 || !isNotFound(error)) throw error;
      }
    },
    options,
    signal,
  );
}

function isNotFound(error: unknown): boolean {
  return error instanceof TransportError && error.code === "TRANSPORT_NOT_FOUND";
}
