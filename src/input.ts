import { DefinitionError } from "./errors.ts";

/** What a file can come as. A function is called for each pass over it, so that it can be read more than once. */
export type Input = InputData | (() => InputData);

/** Text is taken as it is; its XML declaration does not count. */
export type InputData =
  | string
  | Uint8Array
  | ArrayBuffer
  | Iterable<Uint8Array>
  | AsyncIterable<Uint8Array | string>
  | ReadableStream<Uint8Array>;

/** A stream of the web platform, without its types. */
interface ReadableStream<Chunk> {
  getReader(): {
    read(): Promise<{ readonly done: boolean; readonly value?: Chunk | undefined }>;
    cancel(): Promise<void>;
  };
}

/** Pieces that leave the event loop and the caller time to breathe. */
const PIECE_BYTES = 64 * 1024;

/** Whether the input can be read again from its start. */
export function isRepeatable(input: Input): boolean {
  return (
    typeof input === "string" ||
    input instanceof Uint8Array ||
    input instanceof ArrayBuffer ||
    typeof input === "function"
  );
}

/** An input, opened for one pass over it. */
export interface OpenInput {
  /** Whether it comes as characters rather than bytes. */
  readonly isText: boolean;
  /** Its bytes, in pieces of at most 64 KiB; of characters, those of UTF-8. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Opens an input; a stream tells only by its first chunk whether it gives bytes or characters. */
export async function openInput(input: Input): Promise<OpenInput> {
  const data = typeof input === "function" ? input() : input;
  if (typeof data === "string") return opened(true, [data]);
  if (data instanceof Uint8Array) return opened(false, [data]);
  if (data instanceof ArrayBuffer) return opened(false, [new Uint8Array(data)]);
  const chunks = chunksOf(data);
  const first = await chunks.next();
  if (first.done === true) return opened(false, []);
  return opened(typeof first.value === "string", startingWith(first.value, chunks));
}

const KEPT_BYTES = 64 * 1024 * 1024;

/**
 * All of a stream, which can be read only once.
 *
 * @throws {@link DefinitionError} INPUT_UNREADABLE if it is longer than 64 MiB.
 */
export async function keepAll(input: Input): Promise<Uint8Array | string> {
  const { isText, pieces } = await openInput(input);
  const kept: Uint8Array[] = [];
  let size = 0;
  for await (const piece of pieces) {
    // A copy, since a stream may use its buffer again.
    kept.push(new Uint8Array(piece));
    size += piece.length;
    if (size > KEPT_BYTES)
      throw new DefinitionError(
        "INPUT_UNREADABLE",
        `the input has to be read twice, so a stream must be kept in memory, but it is longer than ${KEPT_BYTES} bytes; pass a function that opens it, to be called twice`,
      );
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const piece of kept) {
    whole.set(piece, at);
    at += piece.length;
  }
  return isText ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(whole) : whole;
}

type Chunk = Uint8Array | string;

function opened(isText: boolean, chunks: Iterable<Chunk> | AsyncIterable<Chunk>): OpenInput {
  return { isText, pieces: split(chunks) };
}

async function* chunksOf(
  data: Iterable<Chunk> | AsyncIterable<Chunk> | ReadableStream<Uint8Array>,
): AsyncGenerator<Chunk, void, undefined> {
  if (Symbol.asyncIterator in data || Symbol.iterator in data) yield* data;
  else yield* fromWeb(data);
}

async function* startingWith(first: Chunk, rest: AsyncGenerator<Chunk>): AsyncGenerator<Chunk, void, undefined> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* fromWeb(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      if (next.value !== undefined) yield next.value;
  } finally {
    await reader.cancel();
  }
}

async function* split(chunks: Iterable<Chunk> | AsyncIterable<Chunk>): AsyncGenerator<Uint8Array, void, undefined> {
  const encoder = new TextEncoder();
  // Half of a character outside the basic plane, if a chunk ends with one.
  let half = "";
  for await (const chunk of chunks) {
    let bytes = chunk;
    if (typeof bytes === "string") {
      const text = half + bytes;
      half = /[\ud800-\udbff]$/.exec(text)?.[0] ?? "";
      bytes = encoder.encode(text.slice(0, text.length - half.length));
    }
    for (let from = 0; from < bytes.length; from += PIECE_BYTES) yield bytes.subarray(from, from + PIECE_BYTES);
  }
  if (half !== "") yield encoder.encode(half);
}
