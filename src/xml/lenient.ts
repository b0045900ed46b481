import { splitName } from "./names.ts";

/** A piece of a damaged record. Comments and processing instructions are left out: they hold no values. */
export interface Token {
  readonly kind: "open" | "empty" | "close" | "text" | "section";
  /** Name of the element, of tags. */
  readonly name: string;
  /** Text with each bare `<` escaped, a whole CDATA section, or an opening tag up to its end: `<ITEM code="A1"`. */
  readonly xml: string;
  /** Whether a text is nothing but white space, a tag nothing but its name. */
  readonly blank: boolean;
  /** White space before a tag that starts its line. */
  readonly indent: number | undefined;
  readonly notes: readonly Note[];
}

/** Says what was mended, given the place in the record. */
export type Note = (place: string) => string;

/** Place of an element, given the names from the record down to it: `/CUSTOMER/NAME`; the record itself by its name. */
export function placeOf(names: readonly string[]): string {
  return names.length > 1 ? `/${names.slice(1).join("/")}` : (names[0] ?? "the record");
}

interface Attribute {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly flaw: "word" | "unquoted" | "quote" | "joined" | undefined;
}

interface Tag {
  readonly attributes: readonly Attribute[];
  /** Position behind the tag. */
  readonly end: number;
  /** `cut`: the record ends in the tag. `open`: the next `<` comes before its `>`. */
  readonly finish: "closed" | "empty" | "open" | "cut";
  /** Whether it holds something that is no attribute. */
  readonly junk: boolean;
}

// Characters that XML forbids: control characters, U+FFFE, U+FFFF, halves of surrogate pairs.
const FORBIDDEN = /[\0-\x08\v\f\x0e-\x1f\ufffe\uffff\p{Surrogate}]/gu;
const NAME = /[^ \t\r\n<>/="']*/y;
const UNQUOTED = /[^ \t\r\n<>]*/y;
const SPACE = /[ \t\r\n]*/y;
const INDENT = /\n([ \t]*)$/;
const SECTION = "<![CDATA[";

const bareLess: Note = (place) => `"<" in ${place} written as "&lt;"`;
const cutTag: Note = (place) => `the record ends inside a tag in ${place}: the tag dropped`;

/** `text` without the characters that XML forbids; `found` is told of each: `control character U+0001`. */
export function withoutForbidden(text: string, found: (what: string) => void): string {
  return text.replace(FORBIDDEN, (character) => {
    const code = character.charCodeAt(0);
    const what = code < 0x20 ? "control character" : code < 0xe000 ? "half of a character" : "character";
    found(`${what} U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
    return "";
  });
}

/**
 * Takes the damaged record `xml` apart. What only looks like markup, as the `<` of `1 < 2`, becomes text. A tag is one
 * if a name follows its `<`, and either nothing but attributes follow the name or the record closes such an element.
 */
export function readLeniently(xml: string, record: string): Token[] {
  const { length } = xml;
  const tokens: Token[] = [];
  const lastClosing = closingTags(xml);
  const less = finder(xml, "<");
  const greater = finder(xml, ">");
  const quotes: Readonly<Record<string, Finder | undefined>> = { '"': finder(xml, '"'), "'": finder(xml, "'") };
  const commentStart = finder(xml, "<!--");
  const commentEnd = finder(xml, "-->");
  const sectionStart = finder(xml, SECTION);
  const sectionEnd = finder(xml, "]]>");
  const instructionEnd = finder(xml, "?>");
  /** Name in the last tag, if that was an opening one. */
  let inside: string | undefined;
  let text = "";
  let textNotes: Note[] = [];

  for (let at = 0; at < length;) {
    const mark = less(at);
    text += xml.slice(at, mark);
    at = mark === length ? mark : readMarkup(mark);
  }
  pushText();
  return tokens;

  /** Reads what starts with the `<` at `at`; gives the position behind it. */
  function readMarkup(at: number): number {
    if (xml.startsWith("<!--", at)) return readComment(at);
    if (xml.startsWith(SECTION, at)) return readSection(at);
    if (length - at < SECTION.length && (SECTION.startsWith(xml.slice(at)) || "<!--".startsWith(xml.slice(at))))
      return cut();
    if (xml[at + 1] === "?") return readInstruction(at);
    return xml[at + 1] === "/" ? readClosing(at) : readOpening(at);
  }

  function bare(at: number): number {
    text += "&lt;";
    textNotes.push(bareLess);
    return at + 1;
  }

  function cut(): number {
    textNotes.push(cutTag);
    return length;
  }

  function readComment(at: number): number {
    const end = commentEnd(at + 4);
    if (end < length && commentStart(at + 4) > end) {
      if (xml.slice(at + 4, end).includes("--")) textNotes.push((place) => `a comment with "--" in ${place} dropped`);
      return end + 3;
    }
    textNotes.push((place) => `a comment without end in ${place} dropped, up to the next tag`);
    return less(at + 4);
  }

  function readInstruction(at: number): number {
    const end = instructionEnd(at + 2);
    return end < length && splitName(match(NAME, at + 2).replace(/\?.*/s, "")) !== undefined ? end + 2 : bare(at);
  }

  function readSection(at: number): number {
    const from = at + SECTION.length;
    const end = sectionEnd(from);
    const own = ownClosing(from, end);
    if (own === undefined && end < length) return pushSection(from, end, end + 3, []);
    const recordGoesOn = (lastClosing.get(record) ?? -1) >= from;
    const to = own ?? (recordGoesOn ? less(from) : length);
    return pushSection(from, to, to, [(place) => `the CDATA section in ${place} was not closed`]);
  }

  /** Where a CDATA section without end gives way to the closing tag of its element, if it does. */
  function ownClosing(from: number, end: number): number | undefined {
    if (inside === undefined) return undefined;
    if (end === length) return (lastClosing.get(inside) ?? -1) >= from ? xml.indexOf(`</${inside}`, from) : undefined;
    // `<A><![CDATA[x</A><A><![CDATA[y]]></A>`: the end that was found is another section's, even if it fits.
    const nested = sectionStart(from);
    const own = nested < end ? xml.slice(from, nested).indexOf(`</${inside}`) : -1;
    return own < 0 ? undefined : from + own;
  }

  function readClosing(at: number): number {
    const raw = match(NAME, at + 2);
    const behindName = at + 2 + raw.length;
    const end = behindName + match(SPACE, behindName).length;
    if (end === length) return cut();
    const notes: Note[] = [];
    const name = cleanName(raw, notes);
    if (raw === "" ? xml[end] !== ">" : splitName(name) === undefined) return bare(at);
    if (xml[end] === ">") return pushTag("close", name, "", true, end + 1, notes);
    if (greater(end) < less(end)) {
      notes.push((place) => `what stood behind the name in the closing tag of ${place} dropped`);
      return pushTag("close", name, "", true, greater(end) + 1, notes);
    }
    notes.push((place) => `the closing tag of ${place} lacked its ">"`);
    return pushTag("close", name, "", true, behindName, notes);
  }

  function readOpening(at: number): number {
    const raw = match(NAME, at + 1);
    const notes: Note[] = [];
    const name = cleanName(raw, notes);
    if (splitName(name) === undefined) return bare(at);
    const { attributes, end, finish, junk } = readTag(at + 1 + raw.length, notes);
    const loose = junk || attributes.some(({ flaw }) => flaw === "word");
    const known = name === record || lastClosing.has(name);
    if (!known && (finish === "open" || (loose && finish !== "empty"))) return bare(at);
    if (finish === "cut") return cut();
    if (finish === "open") {
      // `<STREET Dlouhá</STREET>`: what is no attribute is the text.
      const last = attributes.findLast(({ flaw }) => flaw !== "word");
      const own = last === undefined ? [] : attributes.slice(0, attributes.indexOf(last) + 1);
      const behind = last === undefined ? at + 1 + raw.length : last.end;
      notes.push((place) => `the opening tag of ${place} lacked its ">"`);
      const head = writeTag(name, own, notes);
      return pushTag("open", name, head, own.length === 0, behind + match(SPACE, behind).length, notes);
    }
    if (junk) notes.push((place) => `what is no attribute in the opening tag of ${place} dropped`);
    const head = writeTag(name, attributes, notes);
    return pushTag(finish === "empty" ? "empty" : "open", name, head, attributes.length === 0, end, notes);
  }

  function readTag(start: number, notes: Note[]): Tag {
    const attributes: Attribute[] = [];
    let junk = false;
    for (let at = start; ;) {
      const before = at;
      at += match(SPACE, at).length;
      const character = xml[at];
      if (character === undefined) return { attributes, end: at, finish: "cut", junk };
      if (character === "<") return { attributes, end: at, finish: "open", junk };
      if (character === ">") return { attributes, end: at + 1, finish: "closed", junk };
      const behindSlash = character === "/" ? at + 1 + match(SPACE, at + 1).length : at;
      if (xml[behindSlash] === ">") return { attributes, end: behindSlash + 1, finish: "empty", junk };
      const raw = match(NAME, at);
      const attribute = readAttribute(at, raw, at === before, notes);
      if (splitName(attribute.name) === undefined) junk = true;
      else attributes.push(attribute);
      at = Math.max(attribute.end, at + 1);
    }
  }

  function readAttribute(start: number, raw: string, joined: boolean, notes: Note[]): Attribute {
    const name = cleanName(raw, notes);
    const behindName = start + raw.length;
    const equals = behindName + match(SPACE, behindName).length;
    if (xml[equals] !== "=") return { name, from: behindName, to: behindName, end: behindName, flaw: "word" };
    const at = equals + 1 + match(SPACE, equals + 1).length;
    const quote = quotes[xml[at] ?? ""];
    if (quote === undefined) {
      const to = beforeSlash(at, at + match(UNQUOTED, at).length);
      return { name, from: at, to, end: to, flaw: "unquoted" };
    }
    const from = at + 1;
    const to = quote(from);
    const lost = lostQuote(from, to);
    if (lost !== undefined) return { name, from, to: lost, end: lost, flaw: "quote" };
    return { name, from, to, end: to + 1, flaw: joined ? "joined" : undefined };
  }

  /** Where a value ends whose closing quote is missing, so that the one at `quote` belongs to something behind it. */
  function lostQuote(from: number, quote: number): number | undefined {
    const nextLess = less(from);
    const nextGreater = greater(from);
    if (quote === length || (nextGreater < nextLess && nextLess < quote))
      return beforeSlash(from, Math.min(nextLess, nextGreater));
    // `code="A1 id="5"`: the value reaches to the quote that opens the next one.
    if (nextLess < quote || /[\s/>]/.test(xml[quote + 1] ?? ">")) return undefined;
    const value = xml.slice(from, quote).trimEnd();
    const space = Math.max(...[" ", "\t", "\n", "\r"].map((character) => value.lastIndexOf(character)));
    return value.endsWith("=") && space > 0 ? from + space : undefined;
  }

  /** The `/` of `/>` is not part of the value before it. */
  function beforeSlash(from: number, to: number): number {
    return to > from && xml[to] === ">" && xml[to - 1] === "/" ? to - 1 : to;
  }

  function writeTag(name: string, attributes: readonly Attribute[], notes: Note[]): string {
    const seen = new Set<string>();
    let head = `<${name}`;
    for (const { name: attribute, from, to, flaw } of attributes) {
      if (seen.has(attribute)) {
        notes.push((place) => `attribute ${attribute} of ${place} appears twice: only the first one kept`);
        continue;
      }
      seen.add(attribute);
      const value = xml.slice(from, to);
      if (flaw === "joined") notes.push((place) => `attribute ${attribute} of ${place} parted from the one before it`);
      else if (flaw === "word")
        notes.push((place) => `attribute ${attribute} of ${place} had no value: written as empty`);
      else if (flaw === "unquoted")
        notes.push((place) => `the value of attribute ${attribute} of ${place} put in quotes`);
      else if (flaw === "quote")
        notes.push((place) => `the value of attribute ${attribute} of ${place} lacked its closing quote`);
      if (value.includes("<")) notes.push((place) => bareLess(`attribute ${attribute} of ${place}`));
      head += ` ${attribute}="${value.replace(/</g, "&lt;").replace(/"/g, "&quot;")}"`;
    }
    return head;
  }

  function pushText(): void {
    if (text === "" && textNotes.length === 0) return;
    tokens.push({ kind: "text", name: "", xml: text, blank: isBlank(text), indent: undefined, notes: textNotes });
    text = "";
    textNotes = [];
  }

  function pushSection(from: number, to: number, end: number, notes: readonly Note[]): number {
    pushText();
    const content = xml.slice(from, to);
    tokens.push({
      kind: "section",
      name: "",
      xml: `${SECTION}${content}]]>`,
      blank: isBlank(content),
      indent: undefined,
      notes,
    });
    return end;
  }

  function pushTag(
    kind: "open" | "empty" | "close",
    name: string,
    head: string,
    blank: boolean,
    end: number,
    notes: readonly Note[],
  ): number {
    const indent = INDENT.exec(text)?.[1]?.length;
    pushText();
    tokens.push({ kind, name, xml: head, blank, indent, notes });
    inside = kind === "open" ? name : undefined;
    return end;
  }

  function match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(xml)?.[0] ?? "";
  }
}

function cleanName(raw: string, notes: Note[]): string {
  return withoutForbidden(raw, (what) => notes.push((place) => `${what} removed from a name in a tag of ${place}`));
}

function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

/** Where the last closing tag of each name starts. */
function closingTags(xml: string): Map<string, number> {
  const last = new Map<string, number>();
  for (const found of xml.matchAll(/<\/([^ \t\r\n<>/="']+)/g)) last.set(found[1] ?? "", found.index);
  return last;
}

type Finder = (at: number) => number;

/** Looks for `mark` at or behind a position; the length of the text stands for none. Going forwards, it reads the text once. */
function finder(xml: string, mark: string): Finder {
  let from = 0;
  let found = -1;
  return (at) => {
    if (at < from || at > found) {
      from = at;
      found = xml.indexOf(mark, at);
      if (found < 0) found = xml.length;
    }
    return found;
  };
}
