import type { IssueCode } from "../errors.ts";
import type { VatTable } from "../model/vat.ts";
import type { z } from "zod";

/** The text is not what the codec expects. */
export class Invalid {
  /** Ends the sentence "expected …": `a decimal such as 1234.50`. */
  readonly expected: string;
  readonly code: IssueCode;
  /** A warning goes with a value that stands in for the one that was not understood. */
  readonly instead: unknown;
  /** Whether that value stands in without a word: it only counts as drift. */
  readonly silent: boolean;

  constructor(expected: string, code: IssueCode = "FIELD_INVALID", instead?: unknown, silent = false) {
    this.expected = expected;
    this.code = code;
    this.instead = instead;
    this.silent = silent;
  }
}

/** What codecs may need to know beyond the text. One for each reading, updated from record to record. */
export interface CodecContext {
  /** Country of the shop, ISO 3166-1 alpha-2: decides VAT levels, and the default for phone numbers and postal codes. */
  readonly country: string;
  /** IANA time zone of times that state none: `Europe/Prague`. */
  readonly zone: string;
  readonly vatTable: VatTable;
  /** Day that decides VAT rates, of the record being read, `2026-03-04`. */
  taxDate: string | undefined;
}

/** Two-way conversion between the text in the file and the value in the record. */
export interface Codec<Value = unknown> {
  /** Undefined means that the text stands for no value, as `0000-00-00` does for a date. */
  decode(text: string): Value | Invalid | undefined;
  /** @returns {@link Invalid} for a value that the file cannot hold. */
  encode(value: Value): string | Invalid;
}

/** A named kind of codec with its options. */
export interface CodecType<Options extends z.ZodObject = z.ZodObject, Value = unknown> {
  /** Strict: an option that it does not list is an error in the mapping. */
  readonly options: Options;
  /** Whether `encode(decode(text))` can give the text back; a codec that drops something cannot be used for export. */
  invertible(options: z.output<Options>): boolean;
  create(options: z.output<Options>, context: CodecContext): Codec<Value>;
}

export function defineCodec<Options extends z.ZodObject, Value>(
  options: Options,
  invertible: (options: z.output<Options>) => boolean,
  create: (options: z.output<Options>, context: CodecContext) => Codec<Value>,
): CodecType<Options, Value> {
  return { options, invertible, create };
}
