import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Line, linesOf } from "../../src/cli/lines.ts";

async function read(bytes: Uint8Array, size: number): Promise<Line[]> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    const buffer = new Uint8Array(size);
    for (let from = 0; from < bytes.length; from += size) {
      // One buffer for all, as some streams have it.
      const piece = bytes.subarray(from, from + size);
      buffer.set(piece);
      yield buffer.subarray(0, piece.length);
    }
  }
  const lines: Line[] = [];
  for await (const { bytes: line, offset } of linesOf(pieces())) lines.push({ bytes: Uint8Array.from(line), offset });
  return lines;
}

describe("linesOf", () => {
  it("ends lines at LF and CRLF only", async () => {
    const text = "a\r\nb\n\nc\rd\u2028e\u0085f\r";
    const lines = await read(new TextEncoder().encode(text), 100);
    expect(lines.map(({ bytes }) => new TextDecoder().decode(bytes))).toEqual(["a", "b", "", "c\rd\u2028e\u0085f\r"]);
    expect(lines.map(({ offset }) => offset)).toEqual([0, 3, 5, 6]);
  });

  it("gives the same in whatever pieces the bytes come, each at its offset", async () => {
    const part = fc.constantFrom("a", "ř", "\n", "\r\n", "\r", "{}");
    await fc.assert(
      fc.asyncProperty(fc.array(part), fc.integer({ min: 1, max: 9 }), async (parts, size) => {
        const bytes = new TextEncoder().encode(parts.join(""));
        const lines = await read(bytes, size);
        const texts = parts.join("").split(/\r?\n/);
        if (texts.at(-1) === "") texts.pop();
        expect(lines.map(({ bytes: line }) => new TextDecoder().decode(line))).toEqual(texts);
        for (const { bytes: line, offset } of lines) expect(bytes.slice(offset, offset + line.length)).toEqual(line);
      }),
    );
  });
});
