import type { Product } from "../../src/index.ts";
import type { FileEncoding } from "../generate.ts";
import { catalogue, type PlainItem, plainItems } from "./products.ts";

/** What is written: texts; everything that a shop takes; the same of what is for sale, at the price it has there. */
export type Work = "plain" | "rich" | "offered";
export type Item = PlainItem | Product;

/** Takes the file, in chunks of 32 KB or more but for the last one. */
export type Sink = (chunk: Uint8Array) => void;

export interface Writer {
  write(items: Iterable<Item>, sink: Sink): void | Promise<void>;
}

/** How much text is put together before it becomes bytes. */
export const CHUNK = 65_536;

export const works: Readonly<
  Record<Work, { readonly encoding: FileEncoding; readonly items: (count: number) => Iterable<Item> }>
> = {
  plain: { encoding: "utf-8", items: plainItems },
  rich: { encoding: "windows-1250", items: catalogue },
  offered: { encoding: "windows-1250", items: catalogue },
};

/** Collects text, and hands it on as bytes. */
export interface Output {
  add(text: string): void;
  end(): void;
}

export function createOutput(encoding: FileEncoding, sink: Sink): Output {
  const encode = encoderOf(encoding);
  let text = "";
  return {
    add(piece) {
      text += piece;
      if (text.length < CHUNK) return;
      sink(encode(text));
      text = "";
    },
    end: () => sink(encode(text)),
  };
}

const utf8 = new TextEncoder();

export function encoderOf(encoding: FileEncoding): (text: string) => Uint8Array {
  return encoding === "utf-8" ? (text) => utf8.encode(text) : singleByteEncoder(encoding);
}

/** Node writes no single-byte encoding but latin1; it reads them all, so its table is turned round. */
function singleByteEncoder(encoding: FileEncoding): (text: string) => Uint8Array {
  const table = new Uint8Array(0x10000);
  for (let byte = 0; byte < 256; byte++)
    table[new TextDecoder(encoding).decode(Uint8Array.of(byte)).charCodeAt(0)] = byte;
  return (text) => {
    const bytes = new Uint8Array(text.length);
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      const byte = table[unit]!;
      if (byte === 0 && unit !== 0) throw new Error(`${encoding} has no U+${unit.toString(16)}`);
      bytes[index] = byte;
    }
    return bytes;
  };
}

/** Finds what the encoding lacks; undefined for UTF-8, which has everything. */
export function lackingExpression(encoding: FileEncoding, flags = "u"): RegExp | undefined {
  if (encoding === "utf-8") return undefined;
  const all = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const has = Array.from(all, (letter) => String.raw`\u{${letter.charCodeAt(0).toString(16)}}`).join("");
  return new RegExp(String.raw`[^${has}\p{Cs}]`, flags);
}

/** Numeric references for what the encoding lacks, for markup of builders that know no encodings. Not for CDATA. */
export function withReferences(encoding: FileEncoding): (markup: string) => string {
  const lacks = lackingExpression(encoding, "gu");
  if (lacks === undefined) return (markup) => markup;
  return (markup) => markup.replace(lacks, (character) => `&#${character.codePointAt(0)!};`);
}
