/** Encodings that the reader understands, under their WHATWG names. */
export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1250",
  "windows-1252",
  "iso-8859-1",
  "iso-8859-2",
  "iso-8859-15",
] as const;

export type Encoding = (typeof encodings)[number];

const LABELS: Readonly<Record<string, Encoding>> = {
  utf8: "utf-8",
  "utf-16": "utf-16le",
  utf16: "utf-16le",
  "ucs-2": "utf-16le",
  cp1250: "windows-1250",
  "cp-1250": "windows-1250",
  win1250: "windows-1250",
  "win-1250": "windows-1250",
  "x-cp1250": "windows-1250",
  cp1252: "windows-1252",
  latin1: "iso-8859-1",
  "us-ascii": "iso-8859-1",
  ascii: "iso-8859-1",
  "iso8859-1": "iso-8859-1",
  latin2: "iso-8859-2",
  "iso8859-2": "iso-8859-2",
  latin9: "iso-8859-15",
  "latin-9": "iso-8859-15",
  "iso8859-15": "iso-8859-15",
};

/** `"CP1250"` → `"windows-1250"`; undefined for a name that is not listed in {@link encodings} or among their aliases. */
export function encodingNamed(label: string): Encoding | undefined {
  const name = label.trim().toLowerCase().replaceAll("_", "-");
  return encodings.find((encoding) => encoding === name) ?? LABELS[name];
}

/** What the first bytes of a file, and whoever brought it, say of its encoding. */
export interface Detection {
  readonly encoding: Encoding;
  readonly from: "bom" | "transport" | "declaration" | "preset" | "default";
  /** Bytes of the byte order mark. */
  readonly skip: number;
  /** The name in the XML declaration, as it stands there. */
  readonly declared: string | undefined;
}

/** Byte order mark, then transport hint, then XML declaration, then the preset's encoding, then UTF-8. */
export function detectEncoding(
  head: Uint8Array,
  hints: { readonly transport?: Encoding | undefined; readonly preset?: Encoding | undefined } = {},
): Detection {
  const bom = byteOrderMark(head);
  const wide = bom?.encoding ?? wideWithoutMark(head);
  const start = bom?.skip ?? 0;
  const declared = declaredEncoding(head, start, wide);
  const named = declared === undefined ? undefined : encodingNamed(declared);
  if (bom !== undefined) return { ...bom, from: "bom", declared };
  if (hints.transport !== undefined) return { encoding: hints.transport, from: "transport", skip: 0, declared };
  if (wide !== undefined) return { encoding: wide, from: "declaration", skip: 0, declared };
  // A declaration that could be read byte by byte cannot be UTF-16, whatever it says.
  if (named !== undefined) {
    const encoding = named.startsWith("utf-16") ? "utf-8" : named;
    return { encoding, from: "declaration", skip: 0, declared };
  }
  if (hints.preset !== undefined) return { encoding: hints.preset, from: "preset", skip: 0, declared };
  return { encoding: "utf-8", from: "default", skip: 0, declared };
}

function byteOrderMark(head: Uint8Array): { encoding: Encoding; skip: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", skip: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", skip: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", skip: 2 };
  return undefined;
}

function wideWithoutMark(head: Uint8Array): Encoding | undefined {
  if (head[0] === 0x3c && head[1] === 0 && head[3] === 0) return "utf-16le";
  if (head[0] === 0 && head[1] === 0x3c && head[2] === 0) return "utf-16be";
  return undefined;
}

function declaredEncoding(head: Uint8Array, start: number, wide: Encoding | undefined): string | undefined {
  const bytes = head.subarray(start, start + 400);
  if (wide?.startsWith("utf-16") === true) return declaredIn(new TextDecoder(wide).decode(bytes));
  const first = bytes.find((byte) => byte > 32);
  if (first !== 0x3c) return undefined;
  const end = bytes.indexOf(0x3e);
  return declaredIn(asciiText(end < 0 ? bytes : bytes.subarray(0, end)));
}

function declaredIn(text: string): string | undefined {
  return /^\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.:-]*)["']/.exec(text)?.[1];
}

function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

/** What windows-1252 has where iso-8859-1 has control characters; a space stands for nothing. */
const WINDOWS_1252 = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
const C1 = 0x80;

const tables = new Map<Encoding, readonly string[]>();

/** The 256 characters of a single-byte encoding, `""` for bytes that it does not define; undefined for UTF-8 and UTF-16. */
export function characterTable(encoding: Encoding): readonly string[] | undefined {
  if (encoding.startsWith("utf-")) return undefined;
  let table = tables.get(encoding);
  if (table === undefined) {
    table = makeTable(encoding);
    tables.set(encoding, table);
  }
  return table;
}

function makeTable(encoding: Encoding): string[] {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  // The web calls windows-1252 by the name iso-8859-1, and some versions of Node read both as iso-8859-1.
  if (encoding === "iso-8859-1") return Array.from(asciiText(bytes));
  if (encoding === "windows-1252")
    return Array.from(asciiText(bytes), (char, byte) => WINDOWS_1252[byte - C1]?.trim() ?? char);
  const isWindows = encoding.startsWith("windows-");
  // Windows code pages define no control characters above 0x7f: decoders hand such bytes through as U+0080 and so on.
  return Array.from(new TextDecoder(encoding).decode(bytes), (char, byte) =>
    isWindows && byte >= C1 && byte < 0xa0 && char.charCodeAt(0) === byte ? "" : char,
  );
}

/** The characters of a short text that holds one character a byte. */
export function decodeByteText(encoding: Encoding, text: string): string {
  // A decoder of its own for every short name would cost more than the whole document.
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  const bytes = Uint8Array.from(text, (char) => char.charCodeAt(0));
  const table = characterTable(encoding);
  return table === undefined
    ? new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes)
    : Array.from(bytes, (byte) => table[byte] ?? "").join("");
}

/** The bytes of a short text, one character each; what a single-byte encoding lacks becomes `?`. */
export function encodeByteText(table: readonly string[] | undefined, text: string): string {
  if (table === undefined) return asciiText(new TextEncoder().encode(text));
  return Array.from(text, (char) => String.fromCharCode(table.includes(char) ? table.indexOf(char) : 63)).join("");
}

interface BufferModule {
  readonly isUtf8?: (bytes: Uint8Array) => boolean;
}
interface MaybeNode {
  readonly process?: { readonly getBuiltinModule?: (id: string) => BufferModule | undefined };
}

const native = (globalThis as MaybeNode).process?.getBuiltinModule?.("node:buffer")?.isUtf8;

/** Whether the bytes are UTF-8 from the first to the last. */
export const isUtf8: (bytes: Uint8Array) => boolean = native ?? ((bytes) => invalidUtf8(bytes, 0, bytes.length) < 0);

/** Position of the first byte that starts no valid UTF-8 sequence between `from` and `to`; -1 if there is none. */
export function invalidUtf8(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || at + length > to) return at;
    const second = bytes[at + 1] ?? 0;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return at;
    for (let next = 2; next < length; next++) if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return at;
    at += length;
  }
  return -1;
}

/** How many bytes at the end belong to a UTF-8 sequence that goes on in the next chunk: 0 to 3. */
export function cutUtf8(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back++) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

/** Whether bytes said to be of a single-byte encoding are UTF-8 after all: valid, with at least one character beyond ASCII. */
export function looksLikeUtf8(bytes: Uint8Array): boolean {
  const whole = bytes.subarray(0, bytes.length - cutUtf8(bytes, bytes.length));
  return isUtf8(whole) && hasHighByte(whole);
}

/** Whether any byte is beyond ASCII. */
export function hasHighByte(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80) return true;
  return false;
}
