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
    return (text) => encoder.encode(text);
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

/**
 * The inside of a regular expression's character class that has every character up to U+FFFF which the encoding lacks;
 * empty for UTF-8. Single-byte encodings lack all that are beyond.
 */
export function unencodableClass(encoding: OutputEncoding): string {
  const table = characterTable(encoding);
  if (table === undefined) return "";
  const byteOf = bytesOf(table);
  let result = "";
  let from = -1;
  for (let unit = 0x80; unit <= 0x10000; unit++) {
    // Surrogates stand for characters beyond, or for none.
    const lacks = unit < 0x10000 && byteOf[unit] === 0 && (unit < 0xd800 || unit > 0xdfff);
    if (lacks && from < 0) from = unit;
    if (lacks || from < 0) continue;
    result += `${escaped(from)}-${escaped(unit - 1)}`;
    from = -1;
  }
  return result;
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, "0")}`;
}
