import { TransportError } from "../errors.ts";

/** Limits that guard this program against a place that sends more than anybody means to. */
export interface TransferLimits {
  /** Files in one folder, whatever their names. @defaultValue 50_000 */
  readonly maxFiles?: number | undefined;
  /** Bytes of a file that is read. @defaultValue 4 GiB */
  readonly maxFileBytes?: number | undefined;
}

export const MAX_FILES = 50_000;
export const MAX_FILE_BYTES = 4 * 1024 ** 3;

/** @throws {@link TransportError} TRANSPORT_LIMIT */
export function requireFewFiles(count: number, place: string, limits: TransferLimits): void {
  const { maxFiles = MAX_FILES } = limits;
  if (count > maxFiles)
    throw new TransportError("TRANSPORT_LIMIT", `the folder holds more than ${maxFiles} files`, { place });
}

/** What is known of a file before it is read. */
export interface Expected extends TransferLimits {
  readonly place: string;
  /** Bytes that are left out at its start. */
  readonly from: number;
  /** Bytes of the whole file, where known. */
  readonly size: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Passes the bytes of a file on and holds them against what was expected.
 *
 * @throws {@link TransportError} TRANSPORT_LIMIT before a byte too many is given; TRANSPORT_INCOMPLETE at the end
 */
export async function* checkedBytes(
  pieces: AsyncIterable<Uint8Array>,
  { place, from, size, signal, maxFileBytes = MAX_FILE_BYTES }: Expected,
): AsyncGenerator<Uint8Array, void, undefined> {
  requireSmall(size ?? 0, maxFileBytes, place);
  if (size !== undefined && from > size)
    throw wrongSize(`has ${size} bytes, and cannot be read from ${from} on`, place);
  let at = from;
  for await (const piece of pieces) {
    at += piece.length;
    requireSmall(at, maxFileBytes, place);
    if (size !== undefined && at > size) throw wrongSize(`goes on after ${size} bytes, which was its size`, place);
    yield piece;
    signal?.throwIfAborted();
  }
  if (size !== undefined && at < size) throw wrongSize(`ends after ${at} bytes, but its size is ${size}`, place);
}

function requireSmall(bytes: number, maxFileBytes: number, place: string): void {
  if (bytes > maxFileBytes)
    throw new TransportError("TRANSPORT_LIMIT", `the file is longer than ${maxFileBytes} bytes`, { place });
}

function wrongSize(what: string, place: string): TransportError {
  return new TransportError("TRANSPORT_INCOMPLETE", `the file ${what}`, { place });
}
