import { ok } from "node:assert/strict";
import { createHash } from "node:crypto";
import { TransportError, type TransportErrorCode } from "../../errors.ts";
import type { Content } from "../../ports.ts";

/** Bytes of every value, the same for the same length and seed. */
export function sampleBytes(length: number, seed = 1): Uint8Array {
  const bytes = new Uint8Array(length);
  let state = seed >>> 0;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

/** The same bytes in pieces of this size, anew at each call. */
export function inPieces(bytes: Uint8Array, pieceBytes: number): () => AsyncGenerator<Uint8Array> {
  return async function* () {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  };
}

export async function allOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  for await (const piece of pieces) kept.push(piece.slice());
  return Buffer.concat(kept);
}

/** Fails with a message of a readable length, which comparing a megabyte has not. */
export function sameBytes(actual: Uint8Array, expected: Uint8Array): void {
  const told = (bytes: Uint8Array): string =>
    `${bytes.length} bytes, SHA-256 ${createHash("sha256").update(bytes).digest("hex").slice(0, 16)}`;
  ok(told(actual) === told(expected), `got ${told(actual)}; expected ${told(expected)}`);
}

/** The {@link TransportError} with one of the codes that `work` ends with. @throws if it ends otherwise */
export async function failsWith(
  work: () => Promise<unknown>,
  ...codes: readonly TransportErrorCode[]
): Promise<TransportError> {
  let told = "nothing";
  try {
    await work();
  } catch (error) {
    if (error instanceof TransportError && codes.includes(error.code)) return error;
    told = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  }
  throw new Error(`expected ${codes.join(" or ")}, got ${told}`);
}

/** A content that must not be asked for. */
export function untouched(): { readonly content: Content; readonly touched: boolean } {
  let touched = false;
  return {
    content: async function* () {
      touched = true;
      yield sampleBytes(10);
    },
    get touched() {
      return touched;
    },
  };
}
