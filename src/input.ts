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

/** Whether the input comes as characters rather than bytes. */
export function isText(input: Input): boolean {
  return typeof input === "string";
}

/** The bytes of the input, in pieces of at most 64 KiB. */
export async function* piecesOf(input: Input): AsyncGenerator<Uint8Array, void, undefined> {
  const data = typeof input === "function" ? input() : input;
  if (typeof data === "string") yield* split(new TextEncoder().encode(data));
  else if (data instanceof Uint8Array) yield* split(data);
  else if (data instanceof ArrayBuffer) yield* split(new Uint8Array(data));
  else if (Symbol.asyncIterator in data || Symbol.iterator in data)
    for await (const chunk of data) yield* split(bytesOf(chunk));
  else yield* fromWeb(data);
}

async function* fromWeb(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read())
      if (next.value !== undefined) yield* split(next.value);
  } finally {
    await reader.cancel();
  }
}

function bytesOf(chunk: Uint8Array | string): Uint8Array {
  return typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk;
}

function* split(bytes: Uint8Array): Generator<Uint8Array, void, undefined> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) yield bytes.subarray(from, from + PIECE_BYTES);
}
