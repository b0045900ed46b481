import fc from "fast-check";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { createEncode, type OutputEncoding, outputEncodings } from "../../src/xml/encoder.ts";
import { type CharacterProblem, createEscaper, type Escaper, type EscaperOptions } from "../../src/xml/escape.ts";

type Form = "text" | "attribute" | "cdata";

const FORMS: readonly Form[] = ["text", "attribute", "cdata"];
const ENCODINGS: readonly OutputEncoding[] = ["utf-8", "windows-1250", "iso-8859-2"];
const CASES = ENCODINGS.flatMap((encoding) => FORMS.map((form) => [encoding, form] as const));

function open(options: Partial<EscaperOptions> = {}): {
  readonly escaper: Escaper;
  readonly problems: CharacterProblem[];
} {
  const problems: CharacterProblem[] = [];
  const escaper = createEscaper({
    encoding: "utf-8",
    forbidden: "remove",
    unencodable: "reference",
    onProblem: (problem) => void problems.push(problem),
    ...options,
  });
  return { escaper, problems };
}

/** What a parser that is not ours reads out of the bytes of a document that holds the text. */
function parsedBack(text: string, form: Form, options: Partial<EscaperOptions> = {}): string {
  const { encoding = "utf-8" } = options;
  const { escaper } = open(options);
  const markup = form === "attribute" ? `<R a="${escaper.attribute(text)}"/>` : `<R>${escaper[form](text)}</R>`;
  const bytes = createEncode(encoding)(markup);
  const parser = new SaxesParser({ xmlns: false, fragment: false });
  let result = "";
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("text", (piece) => (result += piece));
  parser.on("cdata", (piece) => (result += piece));
  parser.on("opentag", ({ attributes }) => (result += attributes["a"] ?? ""));
  parser.write(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes)).close();
  return result;
}

/** The rule of XML 1.0, as its grammar states it: production 2, Char. */
function isXmlCharacter(character: string): boolean {
  return /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]$/u.test(character);
}

function has(encoding: OutputEncoding, character: string): boolean {
  if (encoding === "utf-8") return true;
  const table = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  // Decoders give control characters for the five bytes that windows-1250 does not define.
  return table.includes(character) && !(encoding === "windows-1250" && /[\x80-\x9f]/.test(character));
}

const AWKWARD = [
  "&",
  "<",
  ">",
  "]",
  "]]",
  "]]>",
  '"',
  "'",
  "\r",
  "\n",
  "\t",
  "\r\n",
  "&amp;",
  "&#13;",
  "<![CDATA[",
  "<!--",
  "<?x?>",
  " ",
  "\u00a0",
  "\u0085",
  "\u2028",
  "\ufeff",
  "ř",
  "Ž",
  "€",
  "ß",
  "я",
  "漢",
  "😀",
  "\ue000",
  "\ufffd",
  "\x7f",
  "\x80",
  "\x81",
  "\x9f",
];
const WRONG = ["\0", "\x01", "\x0b", "\x1f", "\ud800", "\udc00", "\udfff", "\ufffe", "\uffff"];

const xmlCharacter = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...AWKWARD) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 3 }) },
);
/** Any text that XML 1.0 can carry. */
const xmlText = fc
  .array(xmlCharacter, { maxLength: 20 })
  .map((pieces) => Array.from(pieces.join("")).filter(isXmlCharacter).join(""));
/** Any string at all, with what XML 1.0 cannot carry in it. */
const anyText = fc
  .array(fc.oneof(xmlCharacter, fc.constantFrom(...WRONG), fc.string({ unit: "binary-ascii", maxLength: 3 })), {
    maxLength: 20,
  })
  .map((pieces) => pieces.join(""));

describe.each(CASES)("in %s, as %s", (encoding, form) => {
  it("carries any text that XML can hold", () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        const { escaper, problems } = open({ encoding });
        expect(parsedBack(text, form, { encoding })).toBe(text);
        escaper[form](text);
        const lacking = Array.from(text).filter((character) => !has(encoding, character));
        expect(problems).toEqual(
          lacking.map((character) => ({ kind: "unencodable", codePoint: character.codePointAt(0), fatal: false })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("removes what XML cannot hold, and says each", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { escaper, problems } = open({ encoding });
        escaper[form](text);
        const wrong = Array.from(text).filter((character) => !isXmlCharacter(character));
        expect(parsedBack(text, form, { encoding })).toBe(Array.from(text).filter(isXmlCharacter).join(""));
        expect(problems.filter(({ kind }) => kind === "forbidden")).toEqual(
          wrong.map((character) => ({ kind: "forbidden", codePoint: character.codePointAt(0), fatal: false })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("puts U+FFFD for what XML cannot hold, if asked to", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expected = Array.from(text, (character) => (isXmlCharacter(character) ? character : "\ufffd")).join("");
        expect(parsedBack(text, form, { encoding, forbidden: "replace" })).toBe(expected);
      }),
      { numRuns: 200 },
    );
  });

  it("says that the text cannot be written, if asked to", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { escaper, problems } = open({ encoding, forbidden: "error", unencodable: "error" });
        escaper[form](text);
        const bad = Array.from(text).filter((one) => !isXmlCharacter(one) || !has(encoding, one));
        expect(problems.map(({ codePoint, fatal }) => [codePoint, fatal])).toEqual(
          bad.map((character) => [character.codePointAt(0), true]),
        );
      }),
      { numRuns: 200 },
    );
  });

  it("removes what the encoding lacks, if asked to", () => {
    fc.assert(
      fc.property(xmlText, (text) => {
        const expected = Array.from(text).filter((character) => has(encoding, character));
        expect(parsedBack(text, form, { encoding, unencodable: "remove" })).toBe(expected.join(""));
      }),
      { numRuns: 200 },
    );
  });
});

describe("text", () => {
  it("escapes no more than it must", () => {
    const { escaper } = open();
    expect(escaper.text(`a & b < c > d "e" 'f'\tg\nh`)).toBe(`a &amp; b &lt; c &gt; d "e" 'f'\tg\nh`);
    expect(escaper.text("řeka 😀 \u00a0\u0085")).toBe("řeka 😀 \u00a0\u0085");
  });

  it("keeps a carriage return from becoming a line feed", () => {
    expect(open().escaper.text("a\r\nb\rc")).toBe("a&#13;\nb&#13;c");
  });

  it("gives the text itself where there is nothing to do", () => {
    const { escaper, problems } = open({ encoding: "windows-1250" });
    expect(escaper.text("Příliš žluťoučký kůň — €")).toBe("Příliš žluťoučký kůň — €");
    expect(problems).toEqual([]);
  });

  it("writes a numeric reference for what the encoding lacks", () => {
    expect(open({ encoding: "windows-1250" }).escaper.text("я😀ř")).toBe("&#1103;&#128512;ř");
    expect(open({ encoding: "iso-8859-2" }).escaper.text("€ř")).toBe("&#8364;ř");
    expect(open({ encoding: "iso-8859-15" }).escaper.text("€ř")).toBe("€&#345;");
    expect(open({ encoding: "iso-8859-1" }).escaper.text("€é")).toBe("&#8364;é");
  });

  it("writes the replacement character as a reference where the encoding lacks it", () => {
    expect(open({ forbidden: "replace" }).escaper.text("a\0b")).toBe("a\ufffdb");
    expect(open({ forbidden: "replace", encoding: "windows-1250" }).escaper.text("a\0b")).toBe("a&#65533;b");
  });

  it("tells a surrogate pair from its halves", () => {
    const { escaper, problems } = open();
    expect(escaper.text("😀\ud83d\ude00\ud83d")).toBe("😀😀");
    expect(escaper.text("\ude00\ud83d")).toBe("");
    expect(problems.map(({ codePoint }) => codePoint)).toEqual([0xd83d, 0xde00, 0xd83d]);
  });

  it("knows the edges of what XML can hold", () => {
    const { escaper, problems } = open();
    const kept = ["\t", "\n", " ", "\x7f", "\ud7ff", "\ue000", "\ufffd", "\u{10000}", "\u{1fffe}", "\u{10ffff}"];
    for (const character of kept) expect(escaper.text(character)).toBe(character);
    expect(problems).toEqual([]);
    for (const character of WRONG) expect(escaper.text(`a${character}b`), JSON.stringify(character)).toBe("ab");
    expect(problems).toHaveLength(WRONG.length);
  });
});

describe("attribute", () => {
  it("keeps white space from being made spaces, and quotes from ending it", () => {
    expect(open().escaper.attribute(`a"b'c\td\ne\rf<g>&`)).toBe(`a&quot;b'c&#9;d&#10;e&#13;f&lt;g&gt;&amp;`);
  });
});

describe("cdata", () => {
  it("is one section where nothing ends it", () => {
    const { escaper } = open();
    expect(escaper.cdata("<p>a & b</p>")).toBe("<![CDATA[<p>a & b</p>]]>");
    expect(escaper.cdata("a]b] ]>]")).toBe("<![CDATA[a]b] ]>]]]>");
  });

  it("is split before each > that would end it", () => {
    const { escaper } = open();
    expect(escaper.cdata("a]]>b")).toBe("<![CDATA[a]]]]><![CDATA[>b]]>");
    expect(escaper.cdata("]]]>")).toBe("<![CDATA[]]]]]><![CDATA[>]]>");
    expect(escaper.cdata("]]>]]>")).toBe("<![CDATA[]]]]><![CDATA[>]]]]><![CDATA[>]]>");
  });

  it("is split where a character between was taken out", () => {
    const { escaper } = open();
    expect(escaper.cdata("]]\0>")).toBe("<![CDATA[]]]]><![CDATA[>]]>");
    expect(escaper.cdata("]\ud800]\uffff>")).toBe("<![CDATA[]]]]><![CDATA[>]]>");
    expect(parsedBack("]]\0>", "cdata")).toBe("]]>");
  });

  it("stands around references", () => {
    expect(open().escaper.cdata("a\rb")).toBe("<![CDATA[a]]>&#13;<![CDATA[b]]>");
    expect(open().escaper.cdata("\r")).toBe("&#13;");
    expect(open({ encoding: "windows-1250" }).escaper.cdata("я]]")).toBe("&#1103;<![CDATA[]]]]>");
    expect(open({ encoding: "iso-8859-2", forbidden: "replace" }).escaper.cdata("a\0]]>")).toBe(
      "<![CDATA[a]]>&#65533;<![CDATA[]]]]><![CDATA[>]]>",
    );
  });

  it("is nothing where nothing is left", () => {
    expect(open().escaper.cdata("\0\ufffe")).toBe("");
  });
});

describe("plain", () => {
  it("escapes nothing and writes no references", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...outputEncodings), (text, encoding) => {
        const { escaper } = open({ encoding });
        const kept = Array.from(text).filter(
          (one) => isXmlCharacter(one) && (encoding === "iso-8859-1" || has(encoding, one)),
        );
        const plain = escaper.plain(text);
        if (encoding !== "iso-8859-1") expect(plain).toBe(kept.join(""));
        expect(() => createEncode(encoding)(plain)).not.toThrow();
      }),
    );
  });

  it("keeps an ampersand that is text", () => {
    const { escaper } = open({ encoding: "windows-1250" });
    expect(escaper.plain("a & b &#13; \0<я>")).toBe("a & b &#13; <>");
  });
});
