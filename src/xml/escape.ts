import { type OutputEncoding, lackedBy } from "./encoder.ts";

/**
 * What becomes of characters that XML 1.0 cannot hold: control characters but tab and line ends, lone surrogates, U+FFFE
 * and U+FFFF. `remove` takes them out, `replace` puts U+FFFD in their place, `error` keeps the record from being
 * written.
 */
export type ForbiddenPolicy = "remove" | "replace" | "error";

/**
 * What becomes of characters that the encoding lacks. `reference` writes a numeric reference, which every XML parser
 * resolves; `error` keeps the record from being written. Files without references, such as CSV, remove them instead.
 */
export type UnencodablePolicy = "reference" | "remove" | "error";

/** A character that could not be written as it is. */
export interface CharacterProblem {
  readonly kind: "forbidden" | "unencodable";
  readonly codePoint: number;
  /** Whether the text cannot be written because of it. */
  readonly fatal: boolean;
}

/** Turns texts into markup. Each gives well-formed XML whatever the text is. */
export interface Escaper {
  text(value: string): string;
  /** For attributes in double quotes: line ends and tabs survive, too. */
  attribute(value: string): string;
  /** A CDATA section, or several where the text holds `]]>` or a character that the encoding lacks. */
  cdata(value: string): string;
  /** No markup, so no references either: characters that cannot be written go, or keep the record from being written. */
  plain(value: string): string;
}

export interface EscaperOptions {
  readonly encoding: OutputEncoding;
  readonly forbidden: ForbiddenPolicy;
  readonly unencodable: UnencodablePolicy;
  readonly onProblem: (problem: CharacterProblem) => void;
}

/** Insides of character classes: what is forbidden by code unit, and by code point, where a pair is no surrogate. */
const FORBIDDEN_UNITS = "\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff";
const FORBIDDEN = "\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\p{Cs}\\ufffe\\uffff";
const CR = 13;

/** References of a kind of text, by the code of the character. */
type References = readonly (string | undefined)[];

const textReferences = references("&<>\r");
const attributeReferences = references('&<>"\r\n\t');

export function createEscaper(options: EscaperOptions): Escaper {
  const { encoding, forbidden, unencodable, onProblem } = options;
  const lacks = lackedBy(encoding);
  // One look at a text says that nothing is to be done: most texts need no more.
  const { hasUnwritable, needsText, needsAttribute, needsSections } = looksOf(encoding);

  /** What stands for one character of the text that needs something done; undefined if nothing does. */
  function unwritable(codePoint: number): string | undefined {
    if (isForbidden(codePoint)) {
      onProblem({ kind: "forbidden", codePoint, fatal: forbidden === "error" });
      if (forbidden !== "replace") return "";
      return lacks === undefined ? "\ufffd" : "&#65533;";
    }
    if (lacks === undefined || (codePoint <= 0xffff && lacks[codePoint] === 0)) return undefined;
    onProblem({ kind: "unencodable", codePoint, fatal: unencodable === "error" });
    return unencodable === "reference" ? `&#${codePoint};` : "";
  }

  function escaped(value: string, table: References): string {
    return hasUnwritable(value) ? rewritten(value, table) : referenced(value, table);
  }

  function rewritten(value: string, table: References): string {
    let result = "";
    for (const character of value) {
      const codePoint = character.codePointAt(0) ?? 0;
      result += unwritable(codePoint) ?? table[codePoint] ?? character;
    }
    return result;
  }

  function withoutUnwritable(value: string): string {
    let result = "";
    for (const character of value) {
      const stands = unwritable(character.codePointAt(0) ?? 0) ?? character;
      if (stands.length === 1 || !stands.startsWith("&")) result += stands;
    }
    return result;
  }

  /** Sections end before a `>` that would close them, and around references. */
  function sections(value: string): string {
    let result = "";
    let inside = "";
    const close = (): void => {
      if (inside !== "") result += `<![CDATA[${inside}]]>`;
      inside = "";
    };
    for (const character of value) {
      // A parser would make a line feed of a carriage return.
      const stands = character === "\r" ? "&#13;" : unwritable(character.codePointAt(0) ?? 0);
      if (stands?.startsWith("&") === true) {
        close();
        result += stands;
        continue;
      }
      if (character === ">" && inside.endsWith("]]")) close();
      inside += stands ?? character;
    }
    close();
    return result;
  }

  return {
    text: (value) => (needsText(value) ? escaped(value, textReferences) : value),
    attribute: (value) => (needsAttribute(value) ? escaped(value, attributeReferences) : value),
    cdata(value) {
      if (!needsSections(value)) return `<![CDATA[${value}]]>`;
      if (hasUnwritable(value) || value.includes("\r")) return sections(value);
      return `<![CDATA[${value.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;
    },
    plain: (value) => (hasUnwritable(value) ? withoutUnwritable(value) : value),
  };
}

/** Whether a text holds any of some characters, or one that cannot be written. */
type Look = (value: string) => boolean;

interface Looks {
  readonly hasUnwritable: Look;
  readonly needsText: Look;
  readonly needsAttribute: Look;
  readonly needsSections: Look;
}

const known = new Map<OutputEncoding, Looks>();

/** Made once for each encoding: a small document is written in less time than their tables take. */
function looksOf(encoding: OutputEncoding): Looks {
  let looks = known.get(encoding);
  if (looks === undefined) {
    const lacks = lackedBy(encoding);
    looks = {
      hasUnwritable: lookFor("", lacks),
      needsText: lookFor("&<>\r", lacks),
      needsAttribute: lookFor('&<>"\r\n\t', lacks),
      needsSections: lookFor("]\r", lacks),
    };
    known.set(encoding, looks);
  }
  return looks;
}

/**
 * Regular expressions are fast where few characters count. Single-byte encodings lack most of them, in many ranges: there,
 * a table is.
 */
function lookFor(characters: string, lacks: Uint8Array | undefined): Look {
  if (lacks === undefined) {
    const units = characters.replace("]", "\\]");
    // A pair of surrogates is no reason to do anything, which only the slower flag `u` can tell.
    const quick = new RegExp(`[${units}${FORBIDDEN_UNITS}]`);
    if (characters !== "") return (value) => quick.test(value);
    const exact = new RegExp(`[${FORBIDDEN}]`, "u");
    return (value) => quick.test(value) && exact.test(value);
  }
  const stops = Uint8Array.from(lacks, (lacked, unit) => (lacked === 1 || isForbidden(unit) ? 1 : 0));
  for (const character of characters) stops[character.charCodeAt(0)] = 1;
  return (value) => {
    for (let index = 0; index < value.length; index++) if (stops[value.charCodeAt(index)] === 1) return true;
    return false;
  };
}

function references(characters: string): References {
  const names: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  const table: (string | undefined)[] = new Array<undefined>(64).fill(undefined);
  for (const character of characters)
    table[character.charCodeAt(0)] = names[character] ?? `&#${character.charCodeAt(0)};`;
  return table;
}

/** A text that can be written, with references for what means something in markup. */
function referenced(value: string, table: References): string {
  let result = "";
  let from = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code > 62) continue;
    const reference = table[code];
    if (reference === undefined) continue;
    result += value.slice(from, at) + reference;
    from = at + 1;
  }
  return result + value.slice(from);
}

function isForbidden(codePoint: number): boolean {
  if (codePoint < 32) return codePoint !== 9 && codePoint !== 10 && codePoint !== CR;
  return (codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint === 0xfffe || codePoint === 0xffff;
}
