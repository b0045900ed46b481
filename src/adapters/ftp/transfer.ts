import { Readable } from "node:stream";
import { TransportError } from "../../errors.ts";
import type { Content, ReadFileOptions, WriteFileOptions } from "../../ports.ts";
import { metered } from "../../transfer/content.ts";
import { checkedBytes } from "../../transfer/limits.ts";
import { setTimeoutOf } from "./connect.ts";
import { GRACE_MS } from "./data.ts";
import { statFile } from "./files.ts";
import { handOver } from "./hand-over.ts";
import { calling, type FtpCall, type FtpSession } from "./session.ts";

/** Bytes that wait between the network and whoever reads or writes. */
const BUFFER_BYTES = 256 * 1024;

/** RETR, from where the caller says. */
export async function* download(
  session: FtpSession,
  path: string,
  { signal, from = 0, size: known }: ReadFileOptions,
): AsyncGenerator<Uint8Array, void, undefined> {
  const { placeOf, options, controlMs, dataMs } = session;
  const call = await session.begin(signal);
  let broken = true;
  try {
    const size = known ?? (await sizeOf(session, call, path));
    setTimeoutOf(call.client.ftp, dataMs);
    // Nothing is left: a transfer of no bytes puts many servers out.
    const pieces = from > 0 && from === size ? nothing() : received(call, call.at(path), from);
    yield* checkedBytes(pieces, { ...options, place: placeOf(path), from, size, signal });
    broken = false;
  } catch (error) {
    signal?.throwIfAborted();
    throw session.failure(error, path);
  } finally {
    setTimeoutOf(call.client.ftp, controlMs);
    call.end(broken);
  }
}

/** STOR, or APPE after the bytes that are there. @returns how many bytes were sent. */
export async function upload(
  session: FtpSession,
  path: string,
  content: Content,
  { from = 0, signal }: WriteFileOptions,
): Promise<number> {
  const { controlMs, dataMs } = session;
  const sent = metered(content);
  async function* pieces(ready: () => Promise<void>): AsyncGenerator<Uint8Array, void, undefined> {
    await ready();
    yield* sent.pieces();
  }
  try {
    await calling(session, path, signal, async (call) => {
      const { client, data } = call;
      if (from > 0) await requireSize(session, call, path, from);
      const source = Readable.from(
        pieces(() => data.secured(dataMs)),
        { objectMode: false, highWaterMark: BUFFER_BYTES },
      );
      setTimeoutOf(client.ftp, dataMs);
      data.endAfterClose(() => (sent.ended ? controlMs : GRACE_MS));
      try {
        await (from > 0 ? client.appendFrom(source, call.at(path)) : client.uploadFrom(source, call.at(path)));
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
    throw sent.failure === undefined ? error : sent.failure.error;
  }
  return sent.bytes;
}

async function sizeOf(session: FtpSession, call: FtpCall, path: string): Promise<number | undefined> {
  const file = await statFile(session, call, path);
  if (file !== undefined) return file.size;
  throw new TransportError("TRANSPORT_NOT_FOUND", "there is no such file", { place: session.placeOf(path) });
}

async function requireSize(session: FtpSession, call: FtpCall, path: string, from: number): Promise<void> {
  const there = (await statFile(session, call, path))?.size ?? 0;
  if (there !== from)
    throw new TransportError("TRANSPORT_INCOMPLETE", `the file holds ${there} bytes, not ${from}`, {
      place: session.placeOf(path),
    });
}

/** The bytes of a file, as they come. */
async function* received({ client }: FtpCall, path: string, from: number): AsyncGenerator<Uint8Array, void, undefined> {
  const { sink, pieces } = handOver(BUFFER_BYTES);
  const transfer = client.downloadTo(sink, path, from).then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  try {
    yield* pieces();
  } catch (error) {
    throw (await transfer)?.error ?? error;
  }
  const failed = await transfer;
  if (failed !== undefined) throw failed.error;
}

async function* nothing(): AsyncGenerator<Uint8Array, void, undefined> {
  // The whole file has been read before.
}
