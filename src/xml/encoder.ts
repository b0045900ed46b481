import { characterTable } from "./charset.ts";

/** Encodings that files are written in, under their WHATWG names. */
export const outputEncodings = ["utf-8", "windows-1250", "iso-8859-2", "iso-8859-1", "iso-8859-15"] as const;

export type OutputEncoding = (typeof outputEncodings)[number];

/**
 * The bytes of a text.
 *
 * @throws RangeError for a character that the encoding lacks: texts are cleared of those before.
 */
export type Encode = (text: string) => Uint8Array;

export function createEncode(encoding: OutputEncoding): Encode {
  const table = characterTable(encoding);
  if (table === undefined) {
    const encoder = new TextEncoder();
    let kept = new Uint8Array(0);
    return (text) => {
      // A UTF-16 code unit takes at most three bytes. What is encoded into a kept buffer costs less than a new one.
      if (kept.length < text.length * 3) kept = new Uint8Array(text.length * 3);
      return kept.slice(0, encoder.encodeInto(text, kept).written);
    };
  }
  const byteOf = bytesOf(table);
  return (text) => {
    const bytes = new Uint8Array(text.length);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      const byte = byteOf[unit] ?? 0;
      if (byte === 0 && unit !== 0)
        throw new RangeError(`${encoding} lacks U+${unit.toString(16).toUpperCase().padStart(4, "0")}`);
      bytes[index] = byte;
    }
    return bytes;
  };
}

/** Whether an encoding has all characters of a short text. */
export function isEncodable(text: string, encoding: OutputEncoding): boolean {
  const table = characterTable(encoding);
  return table === undefined || Array.from(text).every((character) => table.includes(character));
}

/** The byte of each UTF-16 code unit; 0 where the encoding lacks it. */
function bytesOf(table: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(0x10000);
  for (const [byte, character] of table.entries()) if (character !== "") bytes[character.charCodeAt(0)] = byte;
  return bytes;
}

const lackedByEncoding = new Map<OutputEncoding, Uint8Array>();

/** 1 for each UTF-16 code unit that the encoding lacks; undefined for UTF-8, which lacks none. */
export function lackedBy(encoding: OutputEncoding): Uint8Array | undefined {
  const table = characterTable(encoding);
  if (table === undefined) return undefined;
  let lacked = lackedByEncoding.get(encoding);
  if (lacked === undefined) {
    lacked = new Uint8Array(0x10000).fill(1);
    for (const character of table) if (character !== "") lacked[character.charCodeAt(0)] = 0;
    lackedByEncoding.set(encoding, lacked);
  }
  return lacked;
}
