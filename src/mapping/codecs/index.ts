import type { z } from "zod";
import type { CodecType } from "../codec.ts";
import { date, dateTime } from "./date.ts";
import { decimal, integer } from "./number.ts";
import { code, text } from "./text.ts";
import { boolean, companyId, country, oneOf, phone, vatId, zip } from "./values.ts";
import { vatRate } from "./vat.ts";

/** The built-in codecs by the names that mappings call them. */
export const codecTypes = {
  text,
  code,
  decimal,
  integer,
  boolean,
  date,
  dateTime,
  vatRate,
  oneOf,
  country,
  phone,
  zip,
  companyId,
  vatId,
} as const satisfies Readonly<Record<string, CodecType>>;

type OptionsOf<Type> = Type extends { readonly options: infer Options extends z.ZodObject }
  ? Readonly<Pick<z.input<Options>, keyof Options["shape"] & keyof z.input<Options>>>
  : never;

/** Options of each codec. */
export type CodecOptions = {
  // Picked by name: zod takes no options at all for a record of never, which nothing could be added to.
  readonly [Name in keyof typeof codecTypes]: OptionsOf<(typeof codecTypes)[Name]>;
};
