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

/** Options of each codec. */
export type CodecOptions = {
  readonly [Name in keyof typeof codecTypes]: Readonly<z.input<(typeof codecTypes)[Name]["options"]>>;
};
