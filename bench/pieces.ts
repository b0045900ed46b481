import type { Open, Reader } from "./contenders.ts";

const PIECE_BYTES = 64 * 1024;

/** A reader out of one that is handed the file piece by piece. */
export function inPieces(open: Open): Reader {
  return {
    whole(bytes, emit) {
      const reader = open(emit);
      for (let at = 0; at < bytes.length; at += PIECE_BYTES) reader.write(bytes.subarray(at, at + PIECE_BYTES));
      reader.end();
    },
    async pieces(chunks, emit) {
      const reader = open(emit);
      for await (const chunk of chunks) reader.write(chunk);
      reader.end();
    },
  };
}
