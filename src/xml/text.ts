import { invalidUtf8 } from "./charset.ts";
import { type Cursor, decodeBytes, Fault, find, malformed } from "./cursor.ts";
import { isXmlCharacter } from "./names.ts";

const HIGH_BITS = 0x80808080;
const SPACES = 0x20202020;
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#([0-9]+)|#x([0-9a-fA-F]+));/y;
const PREDEFINED: Readonly<Record<string, string | undefined>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Longest value, in bytes, that is remembered decoded. Shops repeat countries, states and product names. */
const MEMO_BYTES = 48;
const MEMO_ENTRIES = 4096;

/** The text between two tags: references resolved, line ends normalised, everything checked that XML asks for. */
export function characterData(w: Cursor, from: number, to: number): string {
  if (from === to) return "";
  if (w.nextReference < from) w.nextReference = find(w, "&", from);
  if (w.nextSectionEnd < from) w.nextSectionEnd = find(w, "]]>", from);
  const special = specialBytes(w, from, to);
  if (w.nextSectionEnd < to) throw malformed('"]]>" must be written "]]&gt;" in text', w.nextSectionEnd);
  if (special === 0 && w.nextReference >= to) return w.text.slice(from, to);
  const returns = special !== 0 && checkSpecial(w, from, to, special);
  const text = decodeChecked(w, from, to, special, returns);
  if (w.nextReference >= to) return text;
  checkReferences(w, w.nextReference, to);
  return resolve(text);
}

/** The text of a CDATA section: as it stands, but for line ends. */
export function sectionData(w: Cursor, from: number, to: number): string {
  const special = specialBytes(w, from, to);
  if (special === 0) return w.text.slice(from, to);
  return decodeChecked(w, from, to, special, checkSpecial(w, from, to, special));
}

/** The value of an attribute that has been checked: white space becomes spaces, then references are resolved. */
export function attributeData(w: Cursor, from: number, to: number): string {
  const text = decodeChecked(w, from, to, specialBytes(w, from, to), true).replace(/[\t\n]/g, " ");
  return text.includes("&") ? resolve(text) : text;
}

/** Checks text that nobody asked for as strictly as text that is read. */
export function checkCharacterData(w: Cursor, from: number, to: number): void {
  if (w.nextReference < from) w.nextReference = find(w, "&", from);
  if (w.nextSectionEnd < from) w.nextSectionEnd = find(w, "]]>", from);
  if (w.nextSectionEnd < to) throw malformed('"]]>" must be written "]]&gt;" in text', w.nextSectionEnd);
  checkCharacters(w, from, to);
  if (w.nextReference < to) checkReferences(w, w.nextReference, to);
}

/** Checks attribute values that nobody asked for. */
export function checkAttributeData(w: Cursor, from: number, to: number): void {
  if (w.nextReference < from) w.nextReference = find(w, "&", from);
  checkCharacters(w, from, to);
  if (w.nextReference < to) checkReferences(w, w.nextReference, to);
}

/** Checks that the bytes are characters that XML allows: comments, CDATA sections, processing instructions. */
export function checkCharacters(w: Cursor, from: number, to: number): void {
  const special = specialBytes(w, from, to);
  if (special !== 0) checkSpecial(w, from, to, special);
}

/**
 * 0: nothing but ASCII without control characters, 1: something beyond ASCII, 2 or 3: control characters. The bytes
 * right behind `to` may count too.
 */
function specialBytes(w: Cursor, from: number, to: number): number {
  const { view } = w;
  let high = 0;
  let control = 0;
  for (let at = from; at < to; at += 4) {
    const word = view.getInt32(at, true);
    high |= word;
    control |= (word - SPACES) & ~word;
  }
  return ((control & HIGH_BITS) === 0 ? 0 : 2) | ((high & HIGH_BITS) === 0 ? 0 : 1);
}

/** Checks what {@link specialBytes} found, counts lines. Gives whether there is a carriage return. */
function checkSpecial(w: Cursor, from: number, to: number, special: number): boolean {
  const returns = special >= 2 && checkControls(w, from, to);
  if ((special & 1) !== 0) checkEncoding(w, from, to);
  return returns;
}

function checkControls(w: Cursor, from: number, to: number): boolean {
  const { bytes } = w;
  let returns = false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte >= 0x20) continue;
    if (byte === 10) {
      w.line++;
      w.lineStart = at + 1;
    } else if (byte === 13) returns = true;
    else if (byte !== 9) throw malformed(`character U+${hex(byte)} is not allowed in XML`, at);
  }
  return returns;
}

function checkEncoding(w: Cursor, from: number, to: number): void {
  const { bytes, table } = w;
  if (table !== undefined) {
    if (!w.tableHasGaps) return;
    for (let at = from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80 && table[byte] === "")
        throw new Fault("XML_ENCODING", `byte 0x${byte.toString(16)} means no character in this encoding`, at);
    }
    return;
  }
  if (!w.clean) {
    const bad = invalidUtf8(bytes, from, to);
    if (bad >= 0)
      throw new Fault(
        "XML_ENCODING",
        `byte 0x${(bytes[bad] ?? 0).toString(16)} is not valid UTF-8 here; the file may be in another encoding, such as windows-1250`,
        bad,
      );
  }
  if (w.nextNoncharacter < from) w.nextNoncharacter = findNoncharacter(w, from);
  if (w.nextNoncharacter < to) throw malformed("U+FFFE and U+FFFF are not allowed in XML", w.nextNoncharacter);
}

function findNoncharacter(w: Cursor, from: number): number {
  let at = find(w, "\xef\xbf", from);
  while (at < w.end && (w.bytes[at + 2] ?? 0) < 0xbe) at = find(w, "\xef\xbf", at + 2);
  return at;
}

function decodeChecked(w: Cursor, from: number, to: number, special: number, returns: boolean): string {
  if (special === 0) return w.text.slice(from, to);
  const raw = w.text.slice(from, to);
  if (to - from > MEMO_BYTES) {
    const text = decodeBytes(w, from, to);
    return returns ? text.replace(/\r\n?/g, "\n") : text;
  }
  let text = w.memo.get(raw);
  if (text === undefined) {
    text = decodeBytes(w, from, to);
    if (w.memo.size >= MEMO_ENTRIES) w.memo.clear();
    w.memo.set(raw, text);
  }
  return returns ? text.replace(/\r\n?/g, "\n") : text;
}

/** Checks every `&` from the first one on. */
function checkReferences(w: Cursor, first: number, to: number): void {
  for (let at = first; at >= 0 && at < to; at = w.text.indexOf("&", at + 1)) {
    REFERENCE.lastIndex = at;
    const match = REFERENCE.exec(w.text);
    if (match === null || REFERENCE.lastIndex > to) throw badReference(w, at, to);
    const code = codePoint(match[2], match[3]);
    if (code !== undefined && !isXmlCharacter(code))
      throw malformed(`${match[0]} refers to a character that XML does not allow`, at);
  }
}

/** Resolves references that have been checked. */
function resolve(text: string): string {
  let resolved = "";
  let done = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", done)) {
    const end = text.indexOf(";", at);
    resolved += text.slice(done, at) + referent(text.slice(at + 1, end));
    done = end + 1;
  }
  return resolved + text.slice(done);
}

/** Character of a reference that has been checked: `amp`, `#215`, `#xD7`. */
function referent(name: string): string {
  return PREDEFINED[name] ?? String.fromCodePoint(Number(name.startsWith("#x") ? `0${name.slice(1)}` : name.slice(1)));
}

function codePoint(decimal: string | undefined, hexadecimal: string | undefined): number | undefined {
  if (decimal !== undefined) return Number.parseInt(decimal, 10);
  return hexadecimal === undefined ? undefined : Number.parseInt(hexadecimal, 16);
}

function badReference(w: Cursor, at: number, to: number): Fault {
  const name = /^&([^\s&;<]{1,40});/.exec(w.text.slice(at, Math.min(to, at + 50)))?.[0];
  return malformed(
    name === undefined ? '"&" must be written "&amp;"' : `unknown entity "${decodeBytes(w, at, at + name.length)}"`,
    at,
  );
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, "0");
}
