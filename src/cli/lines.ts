/** A line without its end. */
export interface Line {
  readonly bytes: Uint8Array;
  /** Bytes from the start of the file. */
  readonly offset: number;
}

const LF = 0x0a;
const CR = 0x0d;

/**
 * The lines of a file as bytes. Only LF and CRLF end one: other characters that break lines may stand in JSON texts.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Line, void, undefined> {
  let waiting: Uint8Array[] = [];
  let offset = 0;
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(LF); end >= 0; end = piece.indexOf(LF, from)) {
      const bytes = joined(waiting, piece.subarray(from, end));
      yield { bytes: bytes.at(-1) === CR ? bytes.subarray(0, -1) : bytes, offset };
      waiting = [];
      offset += bytes.length + 1;
      from = end + 1;
    }
    // A copy, since a stream may use its buffer again.
    if (from < piece.length) waiting.push(piece.slice(from));
  }
  if (waiting.length > 0) yield { bytes: joined(waiting, new Uint8Array()), offset };
}

function joined(start: readonly Uint8Array[], end: Uint8Array): Uint8Array {
  return start.length === 0 ? end : Buffer.concat([...start, end]);
}
