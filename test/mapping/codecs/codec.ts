import { expect } from "vitest";
import { type Codec, type CodecContext, Invalid } from "../../../src/mapping/codec.ts";
import { type CodecOptions, codecTypes } from "../../../src/mapping/codecs/index.ts";
import { vatTable } from "../../../src/model/vat.ts";

export type CodecName = keyof typeof codecTypes;

/** A Czech shop, unless a test says otherwise. */
export function contextWith(changes: Partial<CodecContext> = {}): CodecContext {
  return { country: "CZ", zone: "Europe/Prague", vatTable, taxDate: undefined, ...changes };
}

/** A built-in codec, its options checked as those of a mapping are. */
export function codecOf<Name extends CodecName>(
  name: Name,
  options: CodecOptions[Name] = {} as CodecOptions[Name],
  context: CodecContext = contextWith(),
): Codec {
  const type = codecTypes[name];
  return type.create(type.options.parse(options) as never, context);
}

/** Whether the codec says that what it reads can be written. */
export function isInvertible<Name extends CodecName>(name: Name, options: CodecOptions[Name]): boolean {
  const type = codecTypes[name];
  return type.invertible(type.options.parse(options) as never);
}

export function expectInvalid(value: unknown, code = "FIELD_INVALID"): void {
  expect(value).toBeInstanceOf(Invalid);
  expect(value).toMatchObject({ code, expected: expect.stringMatching(/^(a|one) /) });
}

/** What a value that was written comes back as. */
export function reread(codec: Codec, value: unknown): unknown {
  const text = codec.encode(value);
  expect(typeof text).toBe("string");
  return codec.decode(text as string);
}
