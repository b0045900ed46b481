import type { z } from "zod";
import type { Codec, CodecContext, CodecType } from "../../../src/mapping/codec.ts";
import { vatTable } from "../../../src/model/vat.ts";

/** A codec with checked options, of a Czech shop unless the context says otherwise. */
export function create<Options extends z.ZodObject, Value>(
  type: CodecType<Options, Value>,
  options: z.input<Options>,
  context: Partial<CodecContext> = {},
): Codec<Value> {
  return type.create(type.options.parse(options), {
    country: "CZ",
    zone: "Europe/Prague",
    vatTable,
    taxDate: undefined,
    ...context,
  });
}
