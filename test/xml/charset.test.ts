import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  characterTable,
  cutUtf8,
  decodeByteText,
  detectEncoding,
  encodeByteText,
  type Encoding,
  encodingNamed,
  encodings,
  invalidUtf8,
  looksLikeUtf8,
} from "../../src/xml/charset.ts";
import type { EncodingHints } from "../../src/xml/input.ts";
import { utf16Converter } from "../../src/xml/utf16.ts";
import { byteString, concat, cutAt, utf16, utf8 } from "./reading.ts";

/** Bytes near those where UTF-8 has its borders. */
const trickyBytes = fc
  .array(
    fc.constantFrom(
      0x00,
      0x41,
      0x7f,
      0x80,
      0x8f,
      0x90,
      0x9f,
      0xa0,
      0xbf,
      0xc0,
      0xc1,
      0xc2,
      0xdf,
      0xe0,
      0xed,
      0xef,
      0xf0,
      0xf4,
      0xf5,
      0xff,
    ),
    {
      maxLength: 8,
    },
  )
  .map((bytes) => Uint8Array.from(bytes));

function isValid(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

describe("the check of UTF-8", () => {
  it("agrees with TextDecoder", () => {
    fc.assert(
      fc.property(trickyBytes, (bytes) => {
        const bad = invalidUtf8(bytes, 0, bytes.length);
        expect(bad < 0).toBe(isValid(bytes));
        if (bad >= 0) expect(isValid(bytes.subarray(0, bad))).toBe(true);
      }),
      { numRuns: 20_000, seed: 1 },
    );
  });

  it("knows how much of a character that is cut stands at the end", () => {
    const bytes = utf8("aé€\u{1f600}");
    expect(Array.from(bytes, (_, at) => cutUtf8(bytes, at + 1))).toEqual([0, 1, 0, 1, 2, 0, 1, 2, 3, 0]);
  });

  it("takes bytes for UTF-8 only if they show it", () => {
    expect(looksLikeUtf8(utf8("abc"))).toBe(false);
    expect(looksLikeUtf8(utf8("žluť").subarray(0, 5))).toBe(true);
    expect(looksLikeUtf8(byteString("\xbelu\x9d"))).toBe(false);
  });
});

describe("a single-byte encoding", () => {
  const single = encodings.filter((encoding) => !encoding.startsWith("utf"));

  /** Their characters from the end of the table back, as the standards list them; `\0` for none. */
  const upper: Readonly<Record<string, string>> = {
    "windows-1250":
      "€\0‚\0„…†‡\0‰Š‹ŚŤŽŹ\0‘’“”•–—\0™š›śťžź\u00a0ˇ˘Ł¤Ą¦§¨©Ş«¬\u00ad®Ż°±˛ł´µ¶·¸ąş»Ľ˝ľżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    "windows-1252":
      "€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    "iso-8859-1":
      "\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
    "iso-8859-2":
      "\u00a0Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u00adŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙",
    "iso-8859-15":
      "\u00a0¡¢£€¥Š§š©ª«¬\u00ad®¯°±²³Žµ¶·ž¹º»ŒœŸ¿ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ",
  };

  it.each(single)("has the characters of %s", (encoding) => {
    const table = characterTable(encoding)!;
    const expected = upper[encoding]!;
    expect(table).toHaveLength(256);
    expect(
      table
        .slice(-expected.length)
        .map((char) => (char === "" ? "\0" : char))
        .join(""),
    ).toBe(expected);
    table.slice(0, -expected.length).forEach((char, byte) => expect(char).toBe(String.fromCharCode(byte)));
  });

  it("leaves bytes of windows-1250 and windows-1252 undefined that mean nothing there", () => {
    const gaps = (encoding: Encoding): number[] =>
      characterTable(encoding)!.flatMap((char, byte) => (char === "" ? [byte] : []));
    expect(gaps("windows-1250")).toEqual([0x81, 0x83, 0x88, 0x90, 0x98]);
    expect(gaps("windows-1252")).toEqual([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
    expect(gaps("iso-8859-2")).toEqual([]);
  });

  it.each(single)("gives a text of %s back", (encoding) => {
    const table = characterTable(encoding)!;
    const text = table.filter((char) => char !== "").join("");
    expect(decodeByteText(encoding, encodeByteText(table, text))).toBe(text);
  });
});

describe("a text of UTF-8", () => {
  it("comes back, with a byte order mark in front of it too", () => {
    expect(decodeByteText("utf-8", encodeByteText(undefined, "\ufeffžluť\u{1f600}"))).toBe("\ufeffžluť\u{1f600}");
  });
});

describe("the name of an encoding", () => {
  it.each([
    ["UTF-8", "utf-8"],
    ["utf8", "utf-8"],
    ["Windows-1250", "windows-1250"],
    ["CP1250", "windows-1250"],
    ["windows_1252", "windows-1252"],
    ["ISO-8859-2", "iso-8859-2"],
    ["iso8859-15", "iso-8859-15"],
    ["latin2", "iso-8859-2"],
    ["US-ASCII", "iso-8859-1"],
    ["UTF-16", "utf-16le"],
  ])("%s is %s", (label, encoding) => {
    expect(encodingNamed(label)).toBe(encoding);
  });

  it("is undefined for what the reader does not know", () => {
    expect(encodingNamed("shift_jis")).toBeUndefined();
  });
});

describe("the encoding of a file", () => {
  const declaration = (encoding: string): Uint8Array => utf8(`<?xml version="1.0" encoding="${encoding}"?><r/>`);

  it.each<readonly [string, Uint8Array, Encoding, string, EncodingHints]>([
    [
      "the byte order mark first",
      concat(Uint8Array.of(0xef, 0xbb, 0xbf), declaration("windows-1250")),
      "utf-8",
      "bom",
      {},
    ],
    ["UTF-16 by its byte order mark", utf16("\ufeff<r/>", "be"), "utf-16be", "bom", {}],
    [
      "the transport before the declaration",
      declaration("iso-8859-1"),
      "windows-1252",
      "transport",
      { transport: "windows-1252" },
    ],
    [
      "the declaration before the preset",
      declaration("iso-8859-2"),
      "iso-8859-2",
      "declaration",
      { preset: "windows-1250" },
    ],
    ["UTF-16 without a mark by its first bytes", utf16("<r/>", "le"), "utf-16le", "declaration", {}],
    ["the preset", utf8("<r/>"), "windows-1250", "preset", { preset: "windows-1250" }],
    ["UTF-8 in the end", utf8("<r/>"), "utf-8", "default", {}],
    ["no UTF-16 where the declaration could be read byte by byte", declaration("utf-16"), "utf-8", "declaration", {}],
  ])("is taken from %s", (_, bytes, encoding, from, hints) => {
    expect(detectEncoding(bytes, hints)).toMatchObject({ encoding, from });
  });
});

describe("UTF-16", () => {
  const convert = (chunks: readonly Uint8Array[], encoding: "utf-16le" | "utf-16be"): Uint8Array => {
    const converter = utf16Converter(encoding);
    return concat(...chunks.map((chunk, index) => converter(chunk, index === chunks.length - 1)));
  };

  it.each(["le", "be"] as const)("becomes UTF-8 however it is cut (%s)", (endian) => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.nat(40)), (text, positions) => {
        expect(convert(cutAt(utf16(text, endian), positions), `utf-16${endian}`)).toEqual(utf8(text));
      }),
      { seed: 1 },
    );
  });

  it.each(["le", "be"] as const)("becomes bytes that are not UTF-8 where half a pair is lost (%s)", (endian) => {
    const bytes = utf16("aé\ud83db\ude00€\u{1f600}", endian);
    const whole = convert([bytes], `utf-16${endian}`);
    expect(whole).toEqual(
      concat(
        utf8("aé"),
        Uint8Array.of(0xed, 0xa0, 0xbd),
        utf8("b"),
        Uint8Array.of(0xed, 0xb8, 0x80),
        utf8("€\u{1f600}"),
      ),
    );
    for (let at = 1; at < bytes.length; at++) expect(convert(cutAt(bytes, [at]), `utf-16${endian}`)).toEqual(whole);
  });

  it("becomes bytes that are not UTF-8 where it ends inside a unit", () => {
    expect(convert([utf16("ab", "le").subarray(0, 3)], "utf-16le")).toEqual(Uint8Array.of(0x61, 0xff));
  });
});
