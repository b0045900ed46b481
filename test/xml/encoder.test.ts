import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEncode, outputEncodings, lackedBy } from "../../src/xml/encoder.ts";

/** The character of each byte by the Encoding Standard, undefined for bytes that the encoding does not define. */
function tableOf(encoding: (typeof outputEncodings)[number]): readonly (string | undefined)[] {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  // The Encoding Standard takes iso-8859-1 for windows-1252.
  if (encoding === "iso-8859-1") return Array.from(bytes, (byte) => String.fromCharCode(byte));
  const characters = Array.from(new TextDecoder(encoding).decode(bytes));
  // Decoders give control characters for the five bytes that windows-1250 does not define.
  const isDefined = (character: string): boolean => encoding !== "windows-1250" || !/[\x80-\x9f]/.test(character);
  return characters.map((character) => (isDefined(character) ? character : undefined));
}

const single = outputEncodings.filter((encoding) => encoding !== "utf-8");

describe.each(single)("%s", (encoding) => {
  const table = tableOf(encoding);
  const characters = table.filter((character) => character !== undefined);

  it("has the byte of each of its characters", () => {
    const encode = createEncode(encoding);
    expect(characters.length).toBe(encoding === "windows-1250" ? 251 : 256);
    for (const [byte, character] of table.entries())
      if (character !== undefined) expect(Array.from(encode(character))).toEqual([byte]);
  });

  it("throws for every character that it lacks, and says which", () => {
    const encode = createEncode(encoding);
    const lacks = lackedBy(encoding);
    const known = new Set(characters);
    for (let unit = 0; unit <= 0xffff; unit++) {
      // Surrogates are no characters.
      if (unit === 0xd800) unit = 0xe000;
      const character = String.fromCharCode(unit);
      const isKnown = known.has(character);
      if ((lacks?.[unit] === 1) === isKnown) expect.fail(`U+${unit.toString(16)} is misjudged`);
      if (!isKnown && unit % 97 === 0) expect(() => encode(`a${character}`)).toThrow(RangeError);
    }
    for (const character of ["\ud800", "😀"]) expect(() => encode(character)).toThrow(RangeError);
    expect(() => encode("я")).toThrow(`${encoding} lacks U+044F`);
  });

  it("is undone by decoding", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...characters)), (text) => {
        const bytes = createEncode(encoding)(text.join(""));
        expect(Array.from(bytes, (byte) => table[byte])).toEqual(text);
      }),
    );
  });
});

describe("utf-8", () => {
  it("has every character", () => {
    expect(lackedBy("utf-8")).toBeUndefined();
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const bytes = createEncode("utf-8")(text);
        expect(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes)).toBe(text);
      }),
    );
  });
});
