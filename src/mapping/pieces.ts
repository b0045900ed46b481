import { DefinitionError } from "../errors.ts";
import { memberOf } from "./assemble.ts";
import { type Codec, Invalid } from "./codec.ts";
import type { PartsSpec, PieceSpec } from "./spec.ts";

type CodecOf = (spec: PieceSpec, field: string) => Codec;

/** What the values of a codec are in JavaScript. Those of the host's own codecs may be anything. */
export type ValueType = "string" | "boolean" | "object" | "any";

export function valueTypeOf(codec: string): ValueType {
  if (codec === "codec") return "any";
  if (codec === "boolean") return "boolean";
  return codec === "parts" ? "object" : "string";
}

/** Whether a value is what a codec takes. */
export function isOfType(value: unknown, type: ValueType): boolean {
  return type === "any" || (typeof value === type && !Array.isArray(value));
}

/** `"199.50 CZK"` ↔ `{ gross: "199.50", currency: "CZK" }`. */
export function partsCodec({ separator, fields }: PartsSpec, field: string, codecOf: CodecOf): Codec<object> {
  const parts = Object.entries(fields).map(
    ([name, spec]) => [name, pieceCodec(spec, `${field}.${name}`, codecOf)] as const,
  );
  return {
    decode(text) {
      const pieces = cut(text, separator, parts.length);
      const value: Record<string, unknown> = {};
      for (const [index, [name, codec]] of parts.entries()) {
        const piece = pieces[index] ?? "";
        const decoded = piece === "" ? undefined : codec.decode(piece);
        if (decoded instanceof Invalid && !decoded.silent)
          return new Invalid(`${decoded.expected} as ${name}`, decoded.code);
        const own: unknown = decoded instanceof Invalid ? decoded.instead : decoded;
        if (own !== undefined) value[name] = own;
      }
      return Object.keys(value).length === 0 ? undefined : value;
    },
    encode(value) {
      const pieces: string[] = [];
      for (const [index, [name, codec]] of parts.entries()) {
        const own = memberOf(value, name);
        const piece = own === undefined || own === null ? "" : codec.encode(own);
        if (piece instanceof Invalid) return new Invalid(`${piece.expected} as ${name}`, piece.code);
        if (index < parts.length - 1 && piece.includes(separator))
          return new Invalid(`a text without "${separator}" as ${name}`);
        pieces.push(piece);
      }
      while (pieces.at(-1) === "") pieces.pop();
      const text = pieces.join(separator);
      return areEqual(cut(text, separator, parts.length), pieces)
        ? text
        : new Invalid(`pieces that "${separator}" tells apart`);
    },
  };
}

/** A list of pieces, put together; texts where there is no codec for them. */
export function listCodec(piece: Codec | undefined, separator: string): Codec<readonly unknown[]> {
  return {
    decode: (text) => split(text, separator),
    encode(items) {
      if (!Array.isArray(items)) return new Invalid("a list");
      const texts: string[] = [];
      for (const item of items as readonly unknown[]) {
        const text = piece === undefined ? item : piece.encode(item);
        if (text instanceof Invalid) return text;
        if (typeof text !== "string") return new Invalid("a list of texts");
        if (text !== "") texts.push(text);
      }
      const joined = texts.join(separator);
      return areEqual(split(joined, separator), texts) ? joined : new Invalid(`texts that "${separator}" tells apart`);
    },
  };
}

/** What one piece of a text is. It refuses values of another type. */
export function pieceCodec(spec: PieceSpec, field: string, codecOf: CodecOf): Codec {
  if (spec.path !== ".") throw new DefinitionError("PATH_INVALID", `${field}: the path of a piece of a text is "."`);
  const codec = codecOf(spec, field);
  const type = valueTypeOf(spec.type);
  return {
    decode: codec.decode.bind(codec),
    encode: (value) => (isOfType(value, type) ? codec.encode(value) : new Invalid(`a ${type}`)),
  };
}

/** The pieces of a text, without those that hold nothing. */
export function split(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== "");
}

/** At most `count` pieces; the last one has whatever is left. */
function cut(text: string, separator: string, count: number): string[] {
  const pieces = text.trim().split(separator);
  const cut =
    pieces.length <= count ? pieces : [...pieces.slice(0, count - 1), pieces.slice(count - 1).join(separator)];
  return cut.map((piece) => piece.trim());
}

function areEqual(found: readonly string[], wanted: readonly string[]): boolean {
  const pieces = wanted.length === 0 ? [""] : wanted;
  const same = found.length === pieces.length && pieces.every((piece, index) => piece.trim() === found[index]);
  return same || (wanted.length === 0 && found.length === 0);
}
