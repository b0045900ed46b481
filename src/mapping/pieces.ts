import { DefinitionError } from "../errors.ts";
import { type Codec, Invalid } from "./codec.ts";
import type { PartsSpec, PieceSpec } from "./spec.ts";

type CodecOf = (spec: PieceSpec, field: string) => Codec;

/** `"199.50 CZK"` ↔ `{ gross: "199.50", currency: "CZK" }`. */
export function partsCodec({ separator, fields }: PartsSpec, field: string, codecOf: CodecOf): Codec<object> {
  const entries = Object.entries(fields).map(([name, spec]) => [name, pieceCodec(spec, `${field}.${name}`, codecOf)]);
  const parts = entries as [string, Codec][];
  return {
    decode(text) {
      const pieces = cut(text, separator, parts.length);
      const value: Record<string, unknown> = {};
      for (const [index, [name, codec]] of parts.entries()) {
        const piece = pieces[index]?.trim() ?? "";
        const decoded = piece === "" ? undefined : codec.decode(piece);
        if (decoded instanceof Invalid) return new Invalid(`${decoded.expected} as ${name}`, decoded.code);
        if (decoded !== undefined) value[name] = decoded;
      }
      return Object.keys(value).length === 0 ? undefined : value;
    },
    encode(value) {
      const pieces: string[] = [];
      for (const [index, [name, codec]] of parts.entries()) {
        const own = (value as Readonly<Record<string, unknown>>)[name];
        const piece = own === undefined ? "" : codec.encode(own);
        if (piece instanceof Invalid) return new Invalid(`${piece.expected} as ${name}`, piece.code);
        const isLast = index === parts.length - 1;
        if (!isLast && piece.includes(separator)) return new Invalid(`a text without "${separator}" as ${name}`);
        pieces.push(piece);
      }
      while (pieces.at(-1) === "") pieces.pop();
      return pieces.join(separator);
    },
  };
}

/** A list of pieces, put together; texts where there is no codec for them. */
export function listCodec(piece: Codec | undefined, separator: string): Codec<readonly unknown[]> {
  return {
    decode: (text) =>
      text
        .split(separator)
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    encode(items) {
      const texts: string[] = [];
      for (const item of items) {
        const text = piece === undefined ? item : piece.encode(item);
        if (text instanceof Invalid) return text;
        if (typeof text !== "string" || text.includes(separator)) return new Invalid(`texts without "${separator}"`);
        if (text !== "") texts.push(text);
      }
      return texts.join(separator);
    },
  };
}

/** What one piece of a text is. */
export function pieceCodec(spec: PieceSpec, field: string, codecOf: CodecOf): Codec {
  if (spec.path !== ".") throw new DefinitionError("PATH_INVALID", `${field}: the path of a piece of a text is "."`);
  return codecOf(spec, field);
}

/** At most `count` pieces; the last one has whatever is left. */
function cut(text: string, separator: string, count: number): string[] {
  const pieces = text.split(separator);
  return pieces.length <= count ? pieces : [...pieces.slice(0, count - 1), pieces.slice(count - 1).join(separator)];
}
