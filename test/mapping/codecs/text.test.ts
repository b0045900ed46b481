import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Invalid } from "../../../src/mapping/codec.ts";
import { folded, htmlUnescape, stripTags, text, trimmed } from "../../../src/mapping/codecs/text.ts";
import { codecOf, isInvertible } from "./codec.ts";

describe("text", () => {
  it.each([
    ["Eva Vzorová", {}, "Eva Vzorová"],
    [" \n\t Eva  Vzorová\u00a0", {}, "Eva  Vzorová"],
    ["\ufeffEva\u2003", {}, "Eva"],
    [" Eva ", { trim: false }, " Eva "],
    ["Eva \u00a0\n Vzorová", { collapse: true }, "Eva Vzorová"],
    ["Eva\u00a0Vzorová", { collapse: true }, "Eva Vzorová"],
    ["Eva\tVzorová", { collapse: true }, "Eva Vzorová"],
    [" Eva ", { collapse: true, trim: false }, " Eva "],
    ["Eva  Vzorová", { collapse: false }, "Eva  Vzorová"],
    ["&quot;Hrnek&quot; 20&nbsp;cm", { unescape: true }, '"Hrnek" 20\u00a0cm'],
    ["&quot;Hrnek&quot; 20&nbsp;cm", { unescape: true, collapse: true }, '"Hrnek" 20 cm'],
    ["&quot;", { unescape: false }, "&quot;"],
    ["&lt;b&gt;Hrnek&lt;/b&gt;", { unescape: true, stripTags: true }, "Hrnek"],
    ["Objednávka č. 2026-00123", { extract: "\\d+-(\\d+)" }, "00123"],
    ["Objednávka č. 2026-00123", { extract: "\\d+-\\d+" }, "2026-00123"],
    ["\n  2026001\n", { extract: "^\\d{1,10}$" }, "2026001"],
    ["ab", { extract: "(x)?b" }, "b"],
    [" xa ", { remove: "^x" }, "a"],
    [" 00a ", { replace: [["^0+", ""]] }, "a"],
    ["Praha [pobočka] a [sklad]", { remove: "\\s*\\[[^\\]]*\\]" }, "Praha a"],
    [
      "0012.50",
      {
        replace: [
          ["^0+", ""],
          ["\\.", ","],
        ],
      },
      "12,50",
    ],
    ["a-b-c", { replace: [["(\\w)-", "$1+"]] }, "a+b+c"],
    ["Štítek", { case: "upper" }, "ŠTÍTEK"],
    ["ŠTÍTEK", { case: "lower" }, "štítek"],
  ] as const)("reads %j with %j as %j", (input, options, expected) => {
    expect(codecOf("text", options as never).decode(input)).toBe(expected);
  });

  it.each([
    ["bez čísla", { extract: "\\d+" }],
    ["[jen to]", { remove: "\\[.*\\]" }],
    ["<br />", { stripTags: true }],
    ["&nbsp;", { unescape: true }],
  ] as const)("has no value for %j with %j", (input, options) => {
    expect(codecOf("text", options).decode(input)).toBeUndefined();
  });

  it("is the reader's own trimming where there is nothing else to do", () => {
    expect(codecOf("text")).toMatchObject({ decode: trimmed });
    expect(codecOf("text", { trim: true, collapse: false })).toMatchObject({ decode: trimmed });
    expect(codecOf("text", { collapse: true })).not.toMatchObject({ decode: trimmed });
  });

  it("keeps no state between texts", () => {
    const codec = codecOf("text", { remove: "x", replace: [["y", ""]], extract: ".+" });
    expect([codec.decode("xaya"), codec.decode("xaya"), codec.decode("a")]).toEqual(["aa", "aa", "a"]);
  });

  it("refuses what is no regular expression", () => {
    for (const options of [{ extract: "(" }, { remove: "[" }, { replace: [["*", ""]] }])
      expect(text.options.safeParse(options).success).toBe(false);
  });

  it("can be written back if it drops nothing but white space at the ends", () => {
    expect(text.invertible({})).toBe(true);
    expect(text.invertible({ trim: false, unescape: false, stripTags: undefined })).toBe(true);
    for (const options of [{ unescape: true }, { collapse: true }, { extract: "a" }, { case: "upper" }] as const)
      expect(text.invertible(options)).toBe(false);
  });

  it("writes the value as it is", () => {
    expect(codecOf("text", {}).encode(" a ")).toBe(" a ");
    expect(codecOf("text", { collapse: true }).encode("a  b")).toBe("a  b");
  });
});

describe("levels", () => {
  const codec = codecOf("text", { levels: " | " });

  it("have > between them in the record, and what the file wants in the file", () => {
    expect(codec.decode("Kuchyně|Hrnky | Malé")).toBe("Kuchyně > Hrnky > Malé");
    expect(codec.encode("Kuchyně > Hrnky > Malé")).toBe("Kuchyně | Hrnky | Malé");
    expect(codec.encode("Kuchyně>Hrnky")).toBe("Kuchyně | Hrnky");
    expect(codec.encode("Hrnky")).toBe("Hrnky");
  });

  it("survive the way there and back", () => {
    const level = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && !/[|>]/.test(text));
    fc.assert(
      fc.property(fc.array(level, { minLength: 1, maxLength: 4 }), (levels) => {
        const path = levels.join(" > ");
        expect(codec.decode(codec.encode(path) as string)).toBe(path);
      }),
    );
  });
});

describe("trimmed", () => {
  it("does what String.prototype.trim does", () => {
    const piece = fc.constantFrom(" ", "\n", "\u00a0", "\ufeff", "\u2003", "a", "ž", "\u200b", "\u{1f600}", "\u0085");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
        expect(trimmed(pieces.join(""))).toBe(pieces.join("").trim());
      }),
      { seed: 20260304 },
    );
  });
});

describe("code", () => {
  it.each([
    ["00123", "00123"],
    [" 00 123\n", "00123"],
    ["AB\u00a0-\u202f12", "AB-12"],
    ["\ufeffAB\u200b12\u2060", "AB12"],
    ["ab\u00adc\u200e", "abc"],
    ["ž1", "ž1"],
  ])("reads %j as %j", (input, expected) => {
    expect(codecOf("code", {}).decode(input)).toBe(expected);
  });

  it("can be written back", () => {
    expect([isInvertible("code", {}), isInvertible("code", { upper: true })]).toEqual([true, true]);
  });

  it("has no value where there is only white space", () => {
    expect(codecOf("code", {}).decode(" \u200b")).toBeUndefined();
  });

  it("writes capitals if it reads them", () => {
    const codec = codecOf("code", { upper: true });
    expect(codec.decode("ab 12ž")).toBe("AB12Ž");
    expect(codec.encode("ab12")).toBe("AB12");
    expect(codecOf("code", { upper: false }).decode("ab")).toBe("ab");
    expect(codecOf("code", {}).encode("ab")).toBe("ab");
  });

  it.each(["", " AB", "A B", "AB\u00a0", "A\u200bB"])("does not write %j, which it would read otherwise", (value) => {
    expect(codecOf("code", {}).encode(value)).toBeInstanceOf(Invalid);
  });

  it("reads what it wrote", () => {
    const codec = codecOf("code", {});
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (input) => {
        const value = codec.decode(input);
        fc.pre(typeof value === "string");
        expect(codec.encode(value)).toBe(value);
        expect(codec.decode(value)).toBe(value);
      }),
      { seed: 20260304 },
    );
  });
});

describe("htmlUnescape", () => {
  it.each([
    ["&amp;&lt;&gt;&quot;&apos;", "&<>\"'"],
    ["Kol&iacute;n &Ccaron;&scaron; &euro; &ndash;", "Kolín Čš € –"],
    ["&#269;&#x10D;&#X10d;", "ččč"],
    ["&#150;&#x80;&#159;", "–€Ÿ"],
    ["&#128512;", "\u{1f600}"],
    ["&amp;lt;", "&lt;"],
    ["&#10;&#9;&#13;&#32;", "\n\t\r "],
    ["&#xD7FF;&#xE000;&#x10FFFD;", "\ud7ff\ue000\u{10fffd}"],
    ["&#x9;", "\t"],
  ])("resolves %j to %j", (input, expected) => {
    expect(htmlUnescape(input)).toBe(expected);
  });

  it.each([
    "Black & White", "A&B;", "&nesmysl;", "&constructor;", "&AMP", "&#0;", "&#1;", "&#129;", "&#xD800;", "&#xFFFE;", "&#x10FFFF;", "&#1114112;",
    "&#x110000;", "&#;", "&#x;", "&;", "&amp", "&Iacute", "a&",
  ])("leaves %j as it is", (input) => {
    expect(htmlUnescape(input)).toBe(input);
  }); // prettier-ignore
});

describe("stripTags", () => {
  it.each([
    ["<p>Vyzvednutí <b>na pobočce</b></p>", "Vyzvednutí na pobočce"],
    ["první<br>druhý<br/>třetí<BR />čtvrtý", "první\ndruhý\ntřetí\nčtvrtý"],
    ["<p>první</p>\n  <p class='x'>druhý</p>", "první\ndruhý"],
    ["<ul><li>a</li><li>b</li></ul>", "a\nb"],
    ["první<br />\ndruhý", "první\ndruhý"],
    ["<h1>první</h1><h6>druhý</h6>třetí", "první\ndruhý\ntřetí"],
    ["<!---->a<!-- <b>poznámka</b> -->b<!---->c", "abc"],
    ['<a href="https://vzor.cz/?a=1&b=2">odkaz</a>', "odkaz"],
    ["a<o:p></o:p>b<my-tag x>c", "abc"],
    ["bez  značek\n\nbeze změny", "bez  značek\n\nbeze změny"],
    ["3 < 5 a 7 > 6", "3 < 5 a 7 > 6"],
    ["Eva <eva@vzor.cz>", "Eva <eva@vzor.cz>"],
    ["viz <https://vzor.cz/>", "viz <https://vzor.cz/>"],
    ["I <3 hrnky", "I <3 hrnky"],
    ["nedokončený <b", "nedokončený <b"],
    ["nedokončená <!-- poznámka", "nedokončená <!-- poznámka"],
  ])("makes of %j %j", (input, expected) => {
    expect(stripTags(input)).toBe(expected);
  });

  it.each(["<!--", "<a ", "<br ", "<", " \n", "</p", "<a b"])("takes no time for a lot of %j", (piece) => {
    const started = performance.now();
    stripTags(`<b>${piece.repeat(50_000)}`);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe("folded", () => {
  it("makes words comparable", () => {
    expect(folded(" Vyr\u030ci\u0301zena\u00a0 TED ")).toBe("vyřízena ted");
    expect(folded(" Ano  Ne", false)).toBe("Ano Ne");
  });
});
