import { z } from "zod";
import { DefinitionError } from "../../errors.ts";
import { normalizeCompanyId, normalizeVatId } from "../../model/identifiers.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";
import { countryCode } from "./countries.ts";
import { folded, INVISIBLE } from "./text.ts";

/** Words that each codec remembers at most. */
const REMEMBERED = 1000;
const LONGEST_REMEMBERED = 100;
/** Words that a message lists at most. */
const LISTED = 12;

const unknown = z
  .union([z.enum(["error", "keep"]), z.strictObject({ value: z.string(), silent: z.boolean().optional() })])
  .optional()
  .describe(
    "What an unknown word does: error, unless said otherwise; keep: it stands as it is; or this value stands in, with a warning unless it is silent",
  );

const oneOfOptions = z.strictObject({
  /** The shop's words and the values that they stand for: `{ "Vyřízena": "done", "Storno": "cancelled" }`. */
  values: z
    .record(z.string(), z.string())
    .describe("The shop's words and the values that they stand for; on export, the first word of a value is written"),
  /**
   * What an unknown word does. `"error"`; `"keep"`: it stands as it is; `{ value }`: the value stands in, with a warning
   * unless it is `silent`.
   * @defaultValue "error"
   */
  unknown,
  /** Whether letter case does not count. @defaultValue true */
  ignoreCase: z.boolean().optional().describe("Whether letter case does not count; true unless said otherwise"),
});

/** A value of ours for a word of the shop's. Runs of white space count as one space, composed letters as one. */
export const oneOf: CodecType<typeof oneOfOptions, string> = defineCodec(
  oneOfOptions,
  ({ values }) => new Set(Object.values(values)).size === Object.keys(values).length,
  ({ values, unknown: policy, ignoreCase = true }) => {
    const known = new Map<string, string>();
    const words = new Map<string, string>();
    for (const [word, value] of Object.entries(values)) {
      const plain = folded(word, ignoreCase);
      const other = known.get(plain) ?? value;
      if (other !== value)
        throw new DefinitionError("MAPPING_INVALID", `oneOf: "${word}" stands for "${other}" and for "${value}"`);
      known.set(plain, value);
      if (!words.has(value)) words.set(value, word);
    }
    const decodeUnknown = unknownDecoder(policy, list(Object.keys(values)));
    const unwritable = new Invalid(list([...words.keys()]), "FIELD_UNKNOWN_VALUE");
    return {
      decode: remembering((text) => known.get(folded(text, ignoreCase)) ?? decodeUnknown(text)),
      encode: (value) => words.get(value) ?? (policy === "keep" ? value : unwritable),
    };
  },
);

const wordList = z.array(z.string().min(1)).min(1);
const booleanOptions = z.strictObject({
  /** Words for true, in any letter case; the first is written. @defaultValue ["1", "true", "ano", "áno", "yes", "a", "y"] */
  true: wordList
    .optional()
    .describe("Words for true, instead of 1, true, ano, áno, yes, a, y; on export, the first one"),
  /** Words for false, in any letter case; the first is written. @defaultValue ["0", "false", "ne", "nie", "no", "n"] */
  false: wordList.optional().describe("Words for false, instead of 0, false, ne, nie, no, n; on export, the first one"),
});

/** `1`, `true`, `ano`, `A`, `yes` → `true`; their opposites → `false`; anything else is invalid. */
export const boolean: CodecType<typeof booleanOptions, boolean> = defineCodec(
  booleanOptions,
  () => true,
  (options) => {
    const yes = options.true ?? ["1", "true", "ano", "áno", "yes", "a", "y"];
    const no = options.false ?? ["0", "false", "ne", "nie", "no", "n"];
    const known = new Map<string, boolean>();
    const learn = (words: readonly string[], value: boolean): void => {
      for (const word of words) known.set(folded(word), value);
    };
    learn(no, false);
    learn(yes, true);
    // The mapping's own words win over those that it leaves to this codec.
    if (options.true === undefined) learn(no, false);
    else if (options.false?.some((word) => known.get(folded(word)) === true) === true)
      throw new DefinitionError("MAPPING_INVALID", "boolean: a word stands for true and for false");
    const invalid = new Invalid(list([...yes, ...no]));
    return {
      decode: (text) => known.get(text) ?? known.get(folded(text)) ?? invalid,
      encode: (value) => (value ? yes : no)[0]!,
    };
  },
);

const countryOptions = z.strictObject({
  /**
   * What an unknown name does. `"error"`; `"keep"`: it stands as it is; `{ value }`: the value stands in, with a warning
   * unless it is `silent`.
   * @defaultValue "error"
   */
  unknown,
});

/** ISO 3166-1 alpha-2 of a country's name or code. `Česká republika`, `cze` → `"CZ"`. */
export const country: CodecType<typeof countryOptions, string> = defineCodec(
  countryOptions,
  () => true,
  ({ unknown: policy }, context) => {
    const decodeUnknown = unknownDecoder(policy, "a country such as CZ or Česká republika");
    return {
      decode: remembering((text) => countryCode(text, context.country) ?? decodeUnknown(text)),
      encode: (value) => value,
    };
  },
);

const homeCountry = z
  .string()
  .regex(/^[A-Z]{2}$/, "is not an ISO 3166-1 alpha-2 code such as CZ")
  .optional();

const phoneOptions = z.strictObject({
  /** Country of numbers without a prefix, ISO 3166-1 alpha-2. @defaultValue that of the mapping */
  country: homeCountry.describe("Country of numbers without a prefix, ISO 3166-1 alpha-2, where it is not the shop's"),
});

interface PhonePlan {
  readonly prefix: string;
  /** National numbers that can be told for certain; the first group that matches is what follows the prefix. */
  readonly national: RegExp;
  /** The same after the prefix, for numbers that only lack the plus. Undefined where lengths vary. */
  readonly international: RegExp | undefined;
}

/**
 * Numbers of nine digits in Czechia begin with 2 to 8 (with 9, mobile phones of Slovakia), those of Slovakia with 2 to 5 and
 * 9 (with 6 and 7, mobile phones of Czechia). Germany and Austria have numbers of any length after the trunk prefix 0,
 * Hungary of 8 or 9 digits after 06.
 *
 * @see https://www.itu.int/oth/T0202.aspx?parent=T0202 National numbering plans (read 2026-11-24)
 */
const PHONES: ReadonlyMap<string, PhonePlan> = new Map([
  ["CZ", { prefix: "420", national: /^([2-8]\d{8})$/, international: /^420[1-9]\d{8}$/ }],
  ["SK", { prefix: "421", national: /^(?:0([1-9]\d{8})|([2-59]\d{8}))$/, international: /^421[1-9]\d{8}$/ }],
  ["PL", { prefix: "48", national: /^0?([1-9]\d{8})$/, international: /^48[1-9]\d{8}$/ }],
  ["DE", { prefix: "49", national: /^0([1-9]\d{6,10})$/, international: undefined }],
  ["AT", { prefix: "43", national: /^0([1-9]\d{6,12})$/, international: undefined }],
  ["HU", { prefix: "36", national: /^(?:06)?([1-9]\d{7,8})$/, international: /^36[1-9]\d{7,8}$/ }],
]);

const PHONE_PUNCTUATION = /[\s()/.\u00ad\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e\u2060\ufeff-]+/g;

/**
 * Phone number without punctuation, with its prefix where that is certain: `600 000 001` → `"+420600000001"` in a Czech
 * shop, `00421 …` → `"+421…"`. A text that is no phone number stays as it is, trimmed: none may stop an order.
 */
export const phone: CodecType<typeof phoneOptions, string> = defineCodec(
  phoneOptions,
  () => false,
  (options, context) => {
    const plan = PHONES.get(options.country ?? context.country);
    return {
      decode(text) {
        const digits = /^\+?\d+$/.test(text) ? text : text.replace(PHONE_PUNCTUATION, "");
        const bare = digits.replace(/^00(?=[1-9])/, "+");
        if (!/^\+?\d{4,15}$/.test(bare)) return text.trim() || undefined;
        // `+43 (0) 664 …`: the zero is for calls inside the country.
        if (bare.startsWith("+")) return /\(\s*0\s*\)/.test(text) ? withoutTrunkZero(text) : bare;
        if (plan === undefined) return bare;
        const national = plan.national.exec(bare);
        if (national !== null) return `+${plan.prefix}${national[1] ?? national[2] ?? ""}`;
        return plan.international?.test(bare) === true ? `+${bare}` : bare;
      },
      encode: (value) => value,
    };
  },
);

function withoutTrunkZero(text: string): string {
  return text
    .replace(/\(\s*0\s*\)/, "")
    .replace(PHONE_PUNCTUATION, "")
    .replace(/^00/, "+");
}

const none = z.strictObject({});
const DIGITS = /^\d+$/;

/** Postal code. `602 00` → `"60200"`; those with letters or dashes, as `SW1A 1AA` and `00-950`, stay as they are. */
export const zip: CodecType<typeof none, string> = defineCodec(
  none,
  () => false,
  () => ({
    decode(text) {
      if (DIGITS.test(text)) return text;
      const bare = text.replace(INVISIBLE, "");
      return (DIGITS.test(bare) ? bare : text.trim()) || undefined;
    },
    encode: (value) => value,
  }),
);

const companyIdOptions = z.strictObject({
  /** Country whose numbers they are, ISO 3166-1 alpha-2; CZ and SK have 8 digits. @defaultValue that of the mapping */
  country: homeCountry.describe("Country whose numbers they are, ISO 3166-1 alpha-2, where it is not the shop's"),
});

const EIGHT_DIGITS = /^\d{8}$/;

/** IČO. `1234567` → `"01234567"`: spreadsheets lose leading zeros. Whether it is good is checked with the whole record. */
export const companyId: CodecType<typeof companyIdOptions, string> = defineCodec(
  companyIdOptions,
  () => false,
  (options, context) => {
    const home = options.country ?? context.country;
    return {
      decode: (text) =>
        EIGHT_DIGITS.test(text) ? text : normalizeCompanyId(text.replace(INVISIBLE, ""), home) || undefined,
      encode: (value) => value,
    };
  },
);

const PLAIN_VAT_ID = /^[A-Z]{2}[0-9A-Z]+$/;
const VAT_ID_PUNCTUATION = /[-/.\u2010-\u2015\u2212]/g;

/** DIČ or IČ DPH. `cz 012-34567` → `"CZ01234567"`. Whether it is good is checked with the whole record. */
export const vatId: CodecType<typeof none, string> = defineCodec(
  none,
  () => false,
  () => ({
    decode: (text) =>
      PLAIN_VAT_ID.test(text)
        ? text
        : normalizeVatId(text.replace(INVISIBLE, "").replace(VAT_ID_PUNCTUATION, "")) || undefined,
    encode: (value) => value,
  }),
);

type DecodeWord = (text: string) => string | Invalid;

function unknownDecoder(policy: z.output<typeof unknown>, expected: string): DecodeWord {
  if (policy === "keep") return (text) => new Invalid(expected, "FIELD_UNKNOWN_VALUE", folded(text, false), true);
  const { value, silent = false } = typeof policy === "object" ? policy : { value: undefined };
  const invalid = new Invalid(expected, "FIELD_UNKNOWN_VALUE", value, silent);
  return () => invalid;
}

function list(words: readonly string[]): string {
  const shown = words.slice(0, LISTED).map((word) => JSON.stringify(word));
  const rest = words.length - shown.length;
  return `one of ${shown.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** Few words come again and again: each is decided once. */
function remembering(decide: DecodeWord): DecodeWord {
  const seen = new Map<string, string | Invalid>();
  return (text) => {
    let value = seen.get(text);
    if (value === undefined) {
      value = decide(text);
      if (seen.size < REMEMBERED && text.length <= LONGEST_REMEMBERED) seen.set(text, value);
    }
    return value;
  };
}
