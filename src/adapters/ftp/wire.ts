/** How a server writes the names of files. */
export type NameEncoding = "utf-8" | "windows-1250";

/**
 * Text on the control connection. The connection itself carries bytes, one for each character, so that names in any encoding
 * can be told from damage, and sent back as they came.
 */
export interface Wire {
  /** @throws RangeError if the encoding lacks a character */
  encode(text: string): string;
  /** @returns undefined if the bytes are not of this encoding. */
  decode(bytes: string): string | undefined;
  /** For messages: whatever can be read of it. */
  show(bytes: string): string;
}

export function createWire(encoding: NameEncoding): Wire {
  const strict = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  const loose = new TextDecoder(encoding, { ignoreBOM: true });
  const bytesOf = encoding === "utf-8" ? undefined : tableOf(strict);
  return {
    encode(text) {
      if (bytesOf === undefined) return Buffer.from(text, "utf8").toString("latin1");
      return Array.from(text, (char) => {
        const byte = bytesOf.get(char);
        if (byte === undefined) throw new RangeError(`${encoding} has no "${char}"`);
        return byte;
      }).join("");
    },
    decode(bytes) {
      try {
        return strict.decode(Buffer.from(bytes, "latin1"));
      } catch {
        return undefined;
      }
    },
    show: (bytes) => loose.decode(Buffer.from(bytes, "latin1")),
  };
}

/** Characters of a single-byte encoding, and the byte of each as a character of the same number. */
function tableOf(decoder: InstanceType<typeof TextDecoder>): ReadonlyMap<string, string> {
  const table = new Map<string, string>();
  for (let byte = 0; byte < 256; byte++) table.set(decoder.decode(Uint8Array.of(byte)), String.fromCharCode(byte));
  return table;
}
