import type { Issue } from "../errors.ts";
import { utf16Converter } from "./utf16.ts";
import { detectEncoding, type Encoding, encodingNamed, hasHighByte, looksLikeUtf8 } from "./charset.ts";

/** How the bytes of one file are to be read. */
export interface Decoding {
  /** Encoding of the bytes that {@link convert} gives: never UTF-16. */
  readonly encoding: Encoding;
  /** Encoding of the file. */
  readonly original: Encoding;
  /** Bytes of the byte order mark. */
  readonly skip: number;
  /** What does not fit together in what is said of the encoding. */
  readonly mismatch: string | undefined;
  /** UTF-16 to UTF-8, chunk by chunk; other bytes as they are. */
  convert(chunk: Uint8Array, final: boolean): Uint8Array;
}

export interface EncodingHints {
  readonly transport?: Encoding | undefined;
  readonly preset?: Encoding | undefined;
  /** The bytes are UTF-8 made of a text. */
  readonly isText?: boolean | undefined;
}

/** Decides from the first bytes of a file, and from what they and others say. */
export function decodingOf(head: Uint8Array, hints: EncodingHints): Decoding {
  const asIs = (chunk: Uint8Array): Uint8Array => chunk;
  if (hints.isText === true) {
    const skip = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf ? 3 : 0;
    return { encoding: "utf-8", original: "utf-8", skip, mismatch: undefined, convert: asIs };
  }
  const { encoding: said, skip, declared } = detectEncoding(head, hints);
  const named = declared === undefined ? undefined : encodingNamed(declared);
  if (said === "utf-16le" || said === "utf-16be") {
    const mismatch = named !== undefined && !named.startsWith("utf-16") ? contradiction(declared, said) : undefined;
    return { encoding: "utf-8", original: said, skip, mismatch, convert: utf16Converter(said) };
  }
  if (said !== "utf-8" && hasHighByte(head) && looksLikeUtf8(head)) {
    const mismatch = `the file is said to be ${declared ?? said} but is UTF-8; read as UTF-8`;
    return { encoding: "utf-8", original: "utf-8", skip, mismatch, convert: asIs };
  }
  const differs = named !== undefined && named !== said;
  return {
    encoding: said,
    original: said,
    skip,
    mismatch: differs ? contradiction(declared, said) : undefined,
    convert: asIs,
  };
}

export function mismatchIssue(message: string, file: string | undefined): Issue {
  const start = { line: 1, column: 1, offset: 0 };
  return {
    code: "ENCODING_MISMATCH",
    severity: "warning",
    message,
    at: file === undefined ? start : { file, ...start },
  };
}

function contradiction(declared: string | undefined, used: Encoding): string {
  return `the XML declaration says ${declared ?? ""}, but the file is ${used}; read as ${used}`;
}
