import { z } from "zod";
import { normalizeCompanyId, normalizeVatId } from "../../model/identifiers.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";
import { countryCode } from "./countries.ts";

const unknown = z
  .union([z.literal("error"), z.strictObject({ value: z.string(), silent: z.boolean().optional() })])
  .optional()
  .describe("What an unknown word does: an error, or this value, with a warning unless it is silent");

const oneOfOptions = z.strictObject({
  values: z.record(z.string(), z.string()).describe("The shop's words and the values that they stand for"),
  unknown,
  ignoreCase: z.boolean().optional().describe("Whether letter case does not count; true unless said otherwise"),
});

/** A value of ours for a word of the shop's. */
export const oneOf: CodecType<typeof oneOfOptions, string> = defineCodec(
  oneOfOptions,
  ({ values }) => new Set(Object.values(values)).size === Object.keys(values).length,
  ({ values, unknown: policy, ignoreCase = true }) => {
    const fold = (word: string): string => {
      const plain = word.normalize("NFC").trim().replace(/\s+/gu, " ");
      return ignoreCase ? plain.toLowerCase() : plain;
    };
    const known = new Map(Object.entries(values).map(([word, value]) => [fold(word), value]));
    // Words as they come, decided once each.
    const seen = new Map<string, string | Invalid>();
    const instead = typeof policy === "object" ? policy.value : undefined;
    const quiet = typeof policy === "object" && policy.silent === true ? policy.value : undefined;
    const expected = `one of ${Object.keys(values)
      .map((word) => JSON.stringify(word))
      .join(", ")}`;
    return {
      decode(text) {
        let value = seen.get(text);
        if (value === undefined) {
          value = known.get(fold(text)) ?? quiet ?? new Invalid(expected, "FIELD_UNKNOWN_VALUE", instead);
          if (seen.size < 1000) seen.set(text, value);
        }
        return value;
      },
      encode: (value) =>
        Object.keys(values).find((word) => values[word] === value) ??
        new Invalid(`one of ${Object.values(values).join(", ")}`, "FIELD_UNKNOWN_VALUE"),
    };
  },
);

const words = z.array(z.string()).min(1);
const booleanOptions = z.strictObject({
  true: words.optional().describe("Words for true, instead of 1, true, yes, ano, áno, a, y"),
  false: words.optional().describe("Words for false, instead of 0, false, no, ne, nie, n"),
});

export const boolean: CodecType<typeof booleanOptions, boolean> = defineCodec(
  booleanOptions,
  () => true,
  (options) => {
    const yes = options.true ?? ["1", "true", "yes", "ano", "áno", "a", "y"];
    const no = options.false ?? ["0", "false", "no", "ne", "nie", "n"];
    const known = new Map([
      ...yes.map((word) => [word.toLowerCase(), true] as const),
      ...no.map((word) => [word.toLowerCase(), false] as const),
    ]);
    const expected = `one of ${[...yes, ...no].join(", ")}`;
    return {
      decode: (text) => known.get(text) ?? known.get(text.trim().toLowerCase()) ?? new Invalid(expected),
      encode: (value) => (value ? yes : no)[0] ?? "",
    };
  },
);

const countryOptions = z.strictObject({ unknown });

/** Country name or code. `Česká republika` → `"CZ"`. */
export const country: CodecType<typeof countryOptions, string> = defineCodec(
  countryOptions,
  () => true,
  ({ unknown: policy }) => {
    const instead = typeof policy === "object" ? policy.value : undefined;
    return {
      decode: (text) =>
        countryCode(text) ?? new Invalid("a country such as CZ or Česká republika", "FIELD_UNKNOWN_VALUE", instead),
      encode: (value) => value,
    };
  },
);

const ownCountry = z.strictObject({
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .describe("ISO 3166-1 alpha-2, where it is not that of the shop"),
});

/** Prefix and length of national numbers where both are certain. @see https://www.itu.int/oth/T0202.aspx?parent=T0202 (read 2026-11-24) */
const PHONES: Readonly<Record<string, readonly [prefix: string, length: number] | undefined>> = {
  CZ: ["420", 9],
  SK: ["421", 9],
  PL: ["48", 9],
};

/** Phone number with its prefix where that is certain; a text that is no phone number stays, since none may stop an order. */
export const phone: CodecType<typeof ownCountry, string> = defineCodec(
  ownCountry,
  () => false,
  (options, context) => {
    const [prefix, length] = PHONES[options.country ?? context.country] ?? [];
    return {
      decode(text) {
        const bare = text.replace(/[\s\u00a0()/.-]/g, "").replace(/^00(?=[1-9])/, "+");
        if (!/^\+?\d{4,15}$/.test(bare)) return text.trim();
        if (bare.startsWith("+") || prefix === undefined) return bare;
        // Slovaks write the trunk prefix 0 before nine digits.
        const national = bare.length === 10 && bare.startsWith("0") ? bare.slice(1) : bare;
        if (national.length === length) return `+${prefix}${national}`;
        return national.length === prefix.length + (length ?? 0) && national.startsWith(prefix) ? `+${national}` : bare;
      },
      encode: (value) => value,
    };
  },
);

/** Postal code. `602 00` → `"60200"`; those with letters or dashes, as `SW1A 1AA` and `00-950`, stay as they are. */
export const zip: CodecType<typeof ownCountry, string> = defineCodec(
  ownCountry,
  () => false,
  () => ({
    decode(text) {
      const bare = text.replace(/[\s\u00a0]/g, "");
      return /^\d+$/.test(bare) ? bare : text.trim();
    },
    encode: (value) => value,
  }),
);

/** IČO. `1234567` → `"01234567"`: spreadsheets lose leading zeros. */
export const companyId: CodecType<typeof ownCountry, string> = defineCodec(
  ownCountry,
  () => false,
  (options, context) => ({
    decode: (text) => normalizeCompanyId(text, options.country ?? context.country),
    encode: (value) => value,
  }),
);

const none = z.strictObject({});

/** DIČ or IČ DPH. `cz 01234567` → `"CZ01234567"`. */
export const vatId: CodecType<typeof none, string> = defineCodec(
  none,
  () => false,
  () => ({ decode: normalizeVatId, encode: (value) => value }),
);
