import { type OutputEncoding, unencodableClass } from "./encoder.ts";

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

const FORBIDDEN = "\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff";
const CR = 13;
const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
  "\n": "&#10;",
  "\t": "&#9;",
};

type Replace = (character: string) => string;

export function createEscaper(options: EscaperOptions): Escaper {
  const { encoding, forbidden, unencodable, onProblem } = options;
  const beyond = unencodableClass(encoding);
  // One look at the text says whether there is anything to do; a surrogate pair of UTF-8 is looked at again.
  const looksFor = (characters: string): RegExp => new RegExp(`[${characters}${FORBIDDEN}${beyond}]`);
  const inText = looksFor("&<>\\r");
  const inAttribute = looksFor('&<>"\\r\\n\\t');
  const inCdata = looksFor("\\]\\r");
  const inPlain = looksFor("");
  const lacks = beyond === "" ? undefined : new RegExp(`[${beyond}]`);

  /** What stands for one character of the text that needs something done; undefined if nothing does. */
  function unwritable(codePoint: number, character: string): string | undefined {
    if (isForbidden(codePoint)) {
      onProblem({ kind: "forbidden", codePoint, fatal: forbidden === "error" });
      if (forbidden !== "replace") return "";
      return lacks === undefined ? "\ufffd" : "&#65533;";
    }
    if (lacks === undefined || (codePoint <= 0xffff && !lacks.test(character))) return undefined;
    onProblem({ kind: "unencodable", codePoint, fatal: unencodable === "error" });
    return unencodable === "reference" ? `&#${codePoint};` : "";
  }

  function rewrite(value: string, replace: Replace): string {
    let result = "";
    for (const character of value) result += unwritable(character.codePointAt(0) ?? 0, character) ?? replace(character);
    return result;
  }

  function withoutUnwritable(value: string): string {
    let result = "";
    for (const character of value) {
      const stands = unwritable(character.codePointAt(0) ?? 0, character) ?? character;
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
      const stands = character === "\r" ? "&#13;" : unwritable(character.codePointAt(0) ?? 0, character);
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
    text: (value) => (inText.test(value) ? rewrite(value, textReference) : value),
    attribute: (value) => (inAttribute.test(value) ? rewrite(value, attributeReference) : value),
    cdata: (value) => (inCdata.test(value) ? sections(value) : `<![CDATA[${value}]]>`),
    plain: (value) => (inPlain.test(value) ? withoutUnwritable(value) : value),
  };
}

const KEPT_IN_TEXT: ReadonlySet<string> = new Set(["\n", "\t", '"']);
const attributeReference: Replace = (character) => REFERENCES[character] ?? character;
const textReference: Replace = (character) => (KEPT_IN_TEXT.has(character) ? character : attributeReference(character));

function isForbidden(codePoint: number): boolean {
  if (codePoint < 32) return codePoint !== 9 && codePoint !== 10 && codePoint !== CR;
  return (codePoint >= 0xd800 && codePoint <= 0xdfff) || codePoint === 0xfffe || codePoint === 0xffff;
}
