import { XmlError } from "./errors.ts";
import { type Input, openInput } from "./input.ts";
import { type CsvReadOptions, csvToXml } from "./mapping/csv.ts";
import type { CsvSpec } from "./mapping/spec.ts";
import type { Encoding } from "./xml/charset.ts";

/** A CSV file as the XML that its mapping reads. Its encoding is that of a byte order mark, or the one given. */
export async function* csvInput(
  input: Input,
  spec: CsvSpec,
  encoding: Encoding,
  options: CsvReadOptions,
): AsyncGenerator<string, void, undefined> {
  const { isText, pieces } = await openInput(input);
  yield* csvToXml(textOf(pieces, isText ? "utf-8" : encoding, options.file), spec, options);
}

async function* textOf(
  pieces: AsyncIterable<Uint8Array>,
  encoding: Encoding,
  file: string | undefined,
): AsyncGenerator<string, void, undefined> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  let offset = 0;
  const decode = (piece: Uint8Array | undefined): string => {
    decoder ??= new TextDecoder(hasMark(piece) ? "utf-8" : encoding, { fatal: true });
    try {
      return decoder.decode(piece, { stream: piece !== undefined });
    } catch (cause) {
      const at = { ...(file !== undefined && { file }), line: 1, column: 1, offset };
      throw new XmlError("XML_ENCODING", `the file is not ${decoder.encoding}`, { at, cause });
    }
  };
  for await (const piece of pieces) {
    yield decode(piece);
    offset += piece.length;
  }
  yield decode(undefined);
}

function hasMark(piece: Uint8Array | undefined): boolean {
  return piece?.[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf;
}
