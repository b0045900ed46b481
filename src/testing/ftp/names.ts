import { characterTable } from "../../xml/charset.ts";
import type { FtpNameEncoding } from "./options.ts";

/** Bytes on the wire and the text they stand for. */
export interface Names {
  /** Characters that the encoding lacks become `?`. */
  readonly encode: (text: string) => Buffer;
  /** Undefined for bytes that are no text in the encoding. */
  readonly decode: (bytes: Uint8Array) => string | undefined;
}

export function namesIn(encoding: FtpNameEncoding): Names {
  return encoding === "utf-8" ? utf8 : byteNames(encoding === "latin1" ? "iso-8859-1" : encoding);
}

const utf8: Names = {
  encode: (text) => Buffer.from(text, "utf8"),
  decode: (bytes) => {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      return undefined;
    }
  },
};

function byteNames(encoding: "windows-1250" | "iso-8859-1"): Names {
  const table = characterTable(encoding) ?? [];
  const byteOf = new Map(table.map((character, byte) => [character, byte]));
  return {
    encode: (text) => Buffer.from(Array.from(text, (character) => byteOf.get(character) ?? 0x3f)),
    decode: (bytes) => {
      const characters = Array.from(bytes, (byte) => table[byte] ?? "");
      return characters.includes("") ? undefined : characters.join("");
    },
  };
}
