import fc from "fast-check";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { Codec, CodecType } from "../../../src/mapping/codec.ts";
import { Invalid } from "../../../src/mapping/codec.ts";
import { codecTypes } from "../../../src/mapping/codecs/index.ts";
import type { CodecOptions } from "../../../src/mapping/codecs/index.ts";
import type { IsoDate } from "../../../src/model/order.ts";
import { contextWith } from "./codec.ts";

const types: readonly (readonly [string, CodecType])[] = Object.entries(codecTypes);

describe("codecTypes", () => {
  it.each(types)("describes every option of %s in its JSON Schema", (_, type) => {
    const schema = z.toJSONSchema(type.options, { io: "input" });
    expect(schema.additionalProperties).toBe(false);
    for (const [option, described] of Object.entries(schema.properties ?? {}))
      expect([option, (described as { description?: string }).description]).toEqual([
        option,
        expect.stringMatching(/.{15}/),
      ]);
  });

  it.each(types)("gives options of %s that can be spread into another schema", (name, type) => {
    const field = z.strictObject({ type: z.literal(name), path: z.string(), ...type.options.shape });
    const own = name === "oneOf" ? { values: { a: "b" } } : {};
    expect(field.safeParse({ type: name, path: "A", ...own }).success).toBe(true);
    expect(field.safeParse({ type: name, path: "A", ...own, nonsense: 1 }).success).toBe(false);
  });

  it.each(types)("puts no defaults into the options of %s, which a mapping then would state", (name, type) => {
    const own = name === "oneOf" ? { values: { a: "b" } } : {};
    expect(type.options.parse(own)).toEqual(own);
  });

  it("has options with types", () => {
    expectTypeOf<CodecOptions["decimal"]["sign"]>().toEqualTypeOf<
      "keep" | "negate" | "absolute" | "negative" | undefined
    >();
    expectTypeOf<CodecOptions["oneOf"]["values"]>().toEqualTypeOf<Record<string, string>>();
    expectTypeOf<CodecOptions["zip"]>().not.toBeAny();
    expectTypeOf<ReturnType<(typeof codecTypes)["date"]["create"]>>().toEqualTypeOf<Codec<IsoDate>>();
  });

  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.stringMatching(/^[ \d.,:+Kč%-]{0,12}$/),
    fc.constantFrom(
      "21",
      "0.12",
      "high",
      "Ano",
      "CZ",
      "Slovensko",
      "4.3.2026",
      "2026-10-25 02:30:00",
      "2026-03-04T18:22:09Z",
      "a",
      "B",
    ),
  );

  it.each(types)("%s does not throw, and reads again what it read and wrote", (name, type) => {
    const options = name === "oneOf" ? { values: { a: "x", b: "y" } } : {};
    const codec: Codec = type.create(options, contextWith({ taxDate: "2026-03-04" }));
    fc.assert(
      fc.property(texts, (text) => {
        const value = codec.decode(text);
        if (value === undefined || value instanceof Invalid) return;
        const written = codec.encode(value);
        expect(written).toBeTypeOf("string");
        if (value !== "") expect(codec.decode(written as string)).toEqual(value);
      }),
      { numRuns: 1000, seed: 20260304 },
    );
  });
});
