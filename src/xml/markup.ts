import { encodingNamed } from "./charset.ts";
import { type Cursor, decodeBytes, Fault, find, malformed, NOWHERE } from "./cursor.ts";
import type { Limits } from "./limits.ts";
import { isLocalName, splitName } from "./names.ts";
import { type Shape, XMLNS_URI } from "./shape.ts";
import { attributeData, checkAttributeData, checkCharacters } from "./text.ts";

/** What the functions here give when the window ends before the token does. */
export const MORE = -1;

const LESS = 60;
const GREATER = 62;
const SLASH = 47;

/** Attributes of one tag, filled by {@link readAttributes} and overwritten by the next tag. */
export interface Attributes {
  count: number;
  /** Qualified names, one character a byte. */
  readonly names: string[];
  /** Where each name starts. */
  readonly at: number[];
  /** Where each value starts and ends, without its quotes. */
  readonly from: number[];
  readonly to: number[];
  /** Whether the tag closes its own element. */
  empty: boolean;
  /** Namespace declarations among them. */
  declarations: (readonly [prefix: string, uri: string])[];
}

export function newAttributes(): Attributes {
  return { count: 0, names: [], at: [], from: [], to: [], empty: false, declarations: [] };
}

/** Reads from behind the element's name to behind its `>`, and checks all that needs no namespaces. */
export function readAttributes(w: Cursor, start: number, into: Attributes, limits: Limits): number {
  const { bytes } = w;
  into.count = 0;
  into.empty = false;
  if (into.declarations.length > 0) into.declarations = [];
  let at = start;
  for (;;) {
    const next = skipSpace(w, at);
    if (next >= w.end) return MORE;
    const byte = bytes[next];
    if (byte === GREATER) return next + 1;
    if (byte === SLASH) {
      if (next + 1 >= w.end) return MORE;
      if (bytes[next + 1] !== GREATER) throw malformed('expected ">" after "/"', next + 1);
      into.empty = true;
      return next + 2;
    }
    if (next === at) throw malformed("expected white space before an attribute", next);
    at = readAttribute(w, next, into, limits);
    if (at === MORE) return MORE;
  }
}

function readAttribute(w: Cursor, start: number, into: Attributes, limits: Limits): number {
  const { bytes } = w;
  let at = start;
  for (let byte = bytes[at] ?? 0; byte > 32 && byte !== 61; byte = bytes[++at] ?? 0)
    if (byte === GREATER || byte === SLASH || byte === LESS || byte === 34 || byte === 39) break;
  if (at - start > limits.name) throw new Fault("XML_LIMIT", `name longer than ${limits.name} bytes`, start);
  if (at >= w.end) return MORE;
  const name = w.text.slice(start, at);
  checkCharacters(w, start, at);
  at = skipSpace(w, at);
  if (at >= w.end) return MORE;
  if (bytes[at] !== 61 || name === "")
    throw malformed(`expected "=" and a quoted value after attribute "${decoded(w, start, name)}"`, at);
  at = skipSpace(w, at + 1);
  if (at >= w.end) return MORE;
  const quote = bytes[at];
  if (quote !== 34 && quote !== 39)
    throw malformed(`the value of attribute "${decoded(w, start, name)}" must be in quotes`, at);
  const from = at + 1;
  const to = find(w, quote === 34 ? '"' : "'", from);
  const less = find(w, "<", from);
  if (less < to)
    throw malformed(`"<" must be written "&lt;" in the value of attribute "${decoded(w, start, name)}"`, less);
  checkLength(from, Math.min(to, w.end), "attribute value", limits);
  if (to === NOWHERE) return MORE;
  checkAttributeData(w, from, to);
  const index = into.count++;
  if (index >= limits.attributes) throw new Fault("XML_LIMIT", `more than ${limits.attributes} attributes`, start);
  for (let other = 0; other < index; other++)
    if (into.names[other] === name) throw malformed(`attribute "${decoded(w, start, name)}" appears twice`, start);
  into.names[index] = name;
  into.at[index] = start;
  into.from[index] = from;
  into.to[index] = to;
  if (isDeclaration(name)) declare(w, into, index, start);
  else if (splitName(decoded(w, start, name)) === undefined)
    throw malformed(`"${decoded(w, start, name)}" is not a name`, start);
  return to + 1;
}

/** Whether an attribute declares a namespace. */
export function isDeclaration(name: string): boolean {
  return name.startsWith("xmlns") && (name.length === 5 || name[5] === ":");
}

/** A name, which stands at `at` one character a byte, in its own characters. */
function decoded(w: Cursor, at: number, name: string): string {
  return decodeBytes(w, at, at + name.length);
}

function declare(w: Cursor, into: Attributes, index: number, at: number): void {
  const prefix = decoded(w, at, into.names[index] ?? "").slice(6);
  const uri = attributeData(w, into.from[index] ?? 0, into.to[index] ?? 0);
  const isXml = uri === "http://www.w3.org/XML/1998/namespace";
  if (into.names[index] !== "xmlns" && !isLocalName(prefix)) throw malformed(`"xmlns:${prefix}" is not a name`, at);
  if (prefix === "xmlns" || uri === XMLNS_URI || isXml !== (prefix === "xml"))
    throw malformed(`the namespace "${uri}" cannot have the prefix "${prefix}"`, at);
  if (prefix !== "" && uri === "") throw malformed(`the prefix "${prefix}" cannot be undeclared`, at);
  into.declarations.push([prefix, uri]);
}

/** Checks what needs the element's namespaces: prefixes are declared, no attribute comes twice under two prefixes. */
export function checkAttributeNamespaces(w: Cursor, shape: Shape, attributes: Attributes): void {
  let seen: Set<string> | undefined;
  for (let index = 0; index < attributes.count; index++) {
    const name = attributes.names[index] ?? "";
    const colon = name.indexOf(":");
    if (colon < 0 || name.startsWith("xmlns:")) continue;
    const at = attributes.at[index] ?? 0;
    const uri = shape.namespaces.get(name.slice(0, colon));
    if (uri === undefined) throw malformed(`the prefix of attribute "${decoded(w, at, name)}" is not declared`, at);
    const expanded = `${uri}\n${name.slice(colon + 1)}`;
    seen ??= new Set();
    if (seen.has(expanded)) throw malformed(`attribute "${decoded(w, at, name)}" appears twice in one namespace`, at);
    seen.add(expanded);
  }
}

/** Reads a comment from its `<` to behind its `-->`. */
export function readComment(w: Cursor, start: number, limits: Limits): number {
  const end = find(w, "--", start + 4);
  if (end + 2 >= w.end) return unfinished(w, start, "comment", limits);
  if (w.bytes[end + 2] !== GREATER) throw malformed('"--" is not allowed in a comment', end);
  checkLength(start, end + 3, "comment", limits);
  checkCharacters(w, start + 4, end);
  return end + 3;
}

/** Reads a processing instruction from its `<` to behind its `?>`. */
export function readInstruction(w: Cursor, start: number, limits: Limits): number {
  const end = find(w, "?>", start + 2);
  if (end === NOWHERE) return unfinished(w, start, "processing instruction", limits);
  checkLength(start, end + 2, "processing instruction", limits);
  const data = w.text.slice(start + 2, end);
  const target = /^[^ \t\r\n?]*/.exec(data)?.[0] ?? "";
  const name = decodeBytes(w, start + 2, start + 2 + target.length);
  if (!isLocalName(name)) throw malformed("a processing instruction must start with a name", start);
  if (name.toLowerCase() === "xml") throw malformed("the XML declaration is allowed only at the very start", start);
  if (!/^(?:$|[ \t\r\n])/.test(data.slice(target.length)))
    throw malformed(`expected white space after "<?${name}"`, start);
  checkCharacters(w, start + 2, end);
  return end + 2;
}

const DECLARATION =
  /^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(["'])1\.[0-9]+\1(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(["'])([A-Za-z][A-Za-z0-9._-]*)\2)?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(["'])(?:yes|no)\4)?[ \t\r\n]*\?>$/;

/** An XML declaration ends before this position; the first window of a file is never shorter. */
export const DECLARATION_BYTES = 500;

/** Reads the XML declaration, which should be at the start of the document. Gives its end, or `start` where there is none. */
export function readDeclaration(w: Cursor, start: number): number {
  if (!/^<\?xml[ \t\r\n?]/.test(w.text.slice(start, start + 6))) return start;
  const end = find(w, "?>", start);
  if (end > DECLARATION_BYTES) throw malformed("the XML declaration has no end", start);
  const match = DECLARATION.exec(w.text.slice(start, end + 2));
  if (match === null) throw malformed("the XML declaration is not well-formed", start);
  if (match[3] !== undefined && encodingNamed(match[3]) === undefined)
    throw new Fault("XML_ENCODING", `the encoding "${match[3]}" is not supported`, start);
  checkCharacters(w, start, end);
  return end + 2;
}

const DOCTYPE =
  /^<!DOCTYPE[ \t\r\n]+([^ \t\r\n[>]+)(?:[ \t\r\n]+(?:SYSTEM|PUBLIC[ \t\r\n]+(?:"[^"]*"|'[^']*'))[ \t\r\n]+(?:"[^"]*"|'[^']*'))?[ \t\r\n]*(?:\[[^]*\][ \t\r\n]*)?>$/;

/** Passes over a document type declaration, from its `<` to behind its `>`, without acting on anything in it. */
export function skipDoctype(w: Cursor, start: number, limits: Limits): number {
  const { line, lineStart } = w;
  let inner = false;
  let at = start + 9;
  while (at < w.end) {
    const byte = w.bytes[at];
    let close = 0;
    if (byte === 34 || byte === 39) close = find(w, byte === 34 ? '"' : "'", at + 1) + 1;
    else if (w.text.startsWith("<!--", at)) close = readComment(w, at, limits);
    else if (w.text.startsWith("<?", at)) close = readInstruction(w, at, limits);
    else if (byte === 91) inner = true;
    else if (byte === 93) inner = false;
    else if (byte === GREATER && !inner) {
      checkDoctype(w, start, at + 1);
      checkLength(start, at + 1, "document type declaration", limits);
      // The lines of comments in it have been counted.
      w.line = line;
      w.lineStart = lineStart;
      checkCharacters(w, start, at);
      return at + 1;
    }
    if (close === MORE) break;
    at = close === 0 ? at + 1 : close;
  }
  return unfinished(w, start, "document type declaration", limits);
}

/** Checks what is around the declarations inside. */
function checkDoctype(w: Cursor, start: number, end: number): void {
  const name = DOCTYPE.exec(w.text.slice(start, end))?.[1];
  const from = start + w.text.slice(start, end).indexOf(name ?? "", "<!DOCTYPE".length);
  if (name === undefined || splitName(decoded(w, from, name)) === undefined)
    throw malformed("the document type declaration is not well-formed", start);
}

export function unfinished(w: Cursor, start: number, what: string, limits: Limits): number {
  checkLength(start, w.end, what, limits);
  return MORE;
}

export function checkLength(start: number, end: number, what: string, limits: Limits): void {
  if (end - start > limits.text) throw new Fault("XML_LIMIT", `${what} longer than ${limits.text} bytes`, start);
}

function skipSpace(w: Cursor, start: number): number {
  let at = start;
  for (;;) {
    const byte = w.bytes[at];
    if (byte === 10) {
      w.line++;
      w.lineStart = at + 1;
    } else if (byte !== 32 && byte !== 9 && byte !== 13) return at;
    at++;
  }
}
