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
  const look = (): Promise<RemoteFile | undefined> => retrying(() => transport.stat(path, { signal }), options, signal);
  const file = stat ? await look() : undefined;
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
      if (given) requireSame(transport, path, file, await look());
    }
}

function requireSame(
  transport: Transport,
  path: string,
  before: RemoteFile | undefined,
  now: RemoteFile | undefined,
): void {
  if (now !== undefined && before?.size === now.size && before?.modifiedAt === now.modifiedAt) return;
  const what = now === undefined ? "was taken away" : "was replaced or grew";
  throw new TransportError("TRANSPORT_CHANGED", `the file ${what} while it was read`, {
    place: `${transport.name}/${path}`,
  });
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
  for (;;) {
    const sent = metered(content, from - start);
    try {
      await transport.write(path, sent.pieces, { from, signal });
      return from + sent.bytes - start;
    } catch (error) {
      if (!(error instanceof TransportError) || !error.retryable || !sent.started) {
        await attempts.afterFailure(error, signal);
        continue;
      }
      const end = from + sent.bytes;
      const there = transport.can.stat
        ? await retrying(() => transport.stat(path, { signal }), options, signal).catch(() => undefined)
        : undefined;
      // All of it has arrived; only the confirmation got lost.
      if (sent.ended && there?.size === end) return end - start;
      if (!isRepeatable(content)) throw error;
      const arrived = there?.size ?? 0;
      const goesOn = transport.can.resumeWrite && arrived > from && arrived <= end;
      if (goesOn) attempts.progress();
      await attempts.afterFailure(error, signal);
      from = goesOn ? arrived : start;
    }
  }
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
