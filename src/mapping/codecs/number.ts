import { z } from "zod";
import { DefinitionError } from "../../errors.ts";
import { round } from "../../model/money.ts";
import type { Decimal } from "../../model/order.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";

type Separator = "," | ".";

const decimalOptions = z.strictObject({
  /**
   * What becomes of the sign. `negative`: minus whatever sign it has, for discounts that a shop states as positive;
   * `absolute`: none; `negate`: the other one.
   * @defaultValue "keep"
   */
  sign: z
    .enum(["keep", "negate", "absolute", "negative"])
    .optional()
    .describe("negative: minus whatever sign it has, for discounts that a shop states as positive"),
  /** Separator of thousands, so that `1,234` is `"1234"`. Left out: one comma or point alone is the decimal one. */
  thousands: z
    .enum([",", "."])
    .optional()
    .describe("Separator of thousands; without it, a single comma or point is the decimal one"),
  /**
   * How far the decimal point of the file's number moves to the right: `-3` for grams in the file and kilograms in the
   * record. @defaultValue 0
   */
  shift: z
    .int()
    .min(-12)
    .max(12)
    .optional()
    .describe("How far the decimal point moves to the right: -3 for grams in the file and kilograms in the record"),
  /** On export: decimals, exactly so many. Left out: as the value has them. */
  scale: z.int().min(0).max(12).optional().describe("On export: digits behind the decimal separator"),
  /** On export: how to reach the scale. @defaultValue "halfUp" */
  rounding: z
    .enum(["halfUp", "halfEven", "down", "up"])
    .optional()
    .describe("On export: how to reach the scale; halfUp unless said otherwise"),
  /** On export: the decimal separator. @defaultValue "." or, with `thousands: "."`, "," */
  separator: z.enum([".", ","]).optional().describe("On export: the decimal separator; a point unless said otherwise"),
  /** On export: leave out zeros at the end of the decimals, `2.50` → `2.5`, `2.00` → `2`. */
  trimZeros: z.boolean().optional().describe("On export: leave out zeros at the end of the decimals"),
});

const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const INVALID = new Invalid("a decimal such as 1234.50");

/**
 * Exact number. `1 234,50 Kč`, `1.234,50`, `250,-`, `+5` and `21 %` are understood; anything else is invalid, never
 * zero.
 *
 * - One comma or point alone is the decimal separator, so `1,234` and `1.234` are `"1.234"`; `thousands` says otherwise.
 * - With both, the last one is; the other one, or one that is there several times, separates thousands.
 * - Thousands come in groups of three: `12 34` and `1.23.456` are invalid.
 * - Trailing zeros stay as stated, leading zeros and the sign of zero go. 100 characters at most.
 */
export const decimal: CodecType<typeof decimalOptions, Decimal> = defineCodec(
  decimalOptions,
  ({ sign }) => sign === undefined || sign === "keep" || sign === "negate",
  (options) => {
    const { sign = "keep", thousands, shift = 0, scale, rounding = "halfUp", trimZeros = false } = options;
    const separator = options.separator ?? (thousands === "." ? "," : ".");
    if (separator === thousands)
      throw new DefinitionError("MAPPING_INVALID", `decimal: "separator" and "thousands" are both "${separator}"`);
    return {
      decode(text) {
        const value = readDecimal(text, thousands);
        if (value === undefined) return INVALID;
        const moved = shift === 0 ? value : movePoint(value, shift);
        return sign === "keep" ? moved : signed(moved, sign);
      },
      encode(value) {
        const plain = CANONICAL.test(value) ? readDecimal(value) : undefined;
        const own = plain === undefined ? INVALID : unsigned(plain, sign);
        if (own instanceof Invalid) return own;
        const moved = shift === 0 ? own : movePoint(own, -shift);
        const rounded = scale === undefined || hasScale(moved, scale) ? moved : round(moved, scale, rounding);
        const text = trimZeros ? withoutTrailingZeros(rounded) : rounded;
        return separator === "," ? text.replace(".", ",") : text;
      },
    };
  },
);

/** `movePoint("1250", -3)` → `"1.250"`, `movePoint("1.25", 3)` → `"1250"`. */
function movePoint(value: Decimal, places: number): Decimal {
  const minus = value.startsWith("-") ? "-" : "";
  const [whole = "", fraction = ""] = value.slice(minus.length).split(".");
  const digits = (whole + fraction).padStart(fraction.length - places + 1, "0");
  const padded = digits.padEnd(digits.length + places - fraction.length, "0");
  const point = padded.length - Math.max(0, fraction.length - places);
  const moved = padded.slice(0, point).replace(/^0+(?=\d)/, "");
  return (minus + moved + (point === padded.length ? "" : `.${padded.slice(point)}`)) as Decimal;
}

/** Whether a number has exactly so many decimals already, as most prices do. */
function hasScale(value: string, scale: number): boolean {
  return scale === 0 ? !value.includes(".") : value.charCodeAt(value.length - scale - 1) === POINT;
}

const integerOptions = z.strictObject({});
const INVALID_INTEGER = new Invalid("a whole number");
const WHOLE_NUMBER = /^-?\d+(?:\.0+)?$/;

/** Whole number of any size. `5.000` → `"5"`; `5.5` is invalid. */
export const integer: CodecType<typeof integerOptions, Decimal> = defineCodec(
  integerOptions,
  () => true,
  () => ({
    decode(text) {
      const value = readDecimal(text);
      return value === undefined || !WHOLE_NUMBER.test(value) ? INVALID_INTEGER : withoutTrailingZeros(value);
    },
    encode: (value) =>
      CANONICAL.test(value) && WHOLE_NUMBER.test(value) ? withoutTrailingZeros(value) : INVALID_INTEGER,
  }),
);

/** `"21.00"` → `"21"`, `"10.50"` → `"10.5"`, `"20"` → `"20"`. */
export function withoutTrailingZeros(value: Decimal): Decimal {
  return (value.includes(".") ? value.replace(/\.?0+$/, "") : value) as Decimal;
}

/** The number in a text as shops write it, by the rules of {@link decimal}; undefined if there is none. */
export function readDecimal(text: string, thousands?: Separator): Decimal | undefined {
  return readPlain(text, thousands) ?? readDressed(text, thousands);
}

const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const DIGIT_0 = 48;
const DIGIT_9 = 57;
/** Nobody sells for so much; numbers without end would take the time of everybody who calculates with them. */
const LONGEST = 100;

/** The usual case, `1234.50` or `1234,50`, without looking at anything twice. */
function readPlain(text: string, thousands: Separator | undefined): Decimal | undefined {
  const { length } = text;
  const start = text.charCodeAt(0) === MINUS ? 1 : 0;
  let point = -1;
  for (let index = start; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code >= DIGIT_0 && code <= DIGIT_9) continue;
    if ((code !== POINT && code !== COMMA) || point >= 0) return undefined;
    point = index;
  }
  const wholeEnd = point < 0 ? length : point;
  if (wholeEnd === start || point === length - 1 || length > LONGEST) return undefined;
  // Leading zeros and perhaps a negative zero.
  if (text.charCodeAt(start) === DIGIT_0 && (start === 1 || wholeEnd > 1)) return undefined;
  if (point < 0) return text as Decimal;
  if (text[point] === thousands) return undefined;
  return (text.charCodeAt(point) === POINT ? text : `${text.slice(0, point)}.${text.slice(point + 1)}`) as Decimal;
}

const CURRENCY = "(?:Kčs?|Kc|CZK|€|EUR|zł|zl|PLN|Ft|HUF|\\$|USD|£|GBP|CHF|RON|lei|BGN|лв|SEK|NOK|DKK|UAH)\\.?";
const DRESSED = new RegExp(
  `^(${CURRENCY} ?)?([+-] ?)?(${CURRENCY} ?)?([\\d.,](?:[\\d., ]*[\\d.,])?)(?:[.,]-{1,2})?( ?${CURRENCY})?( ?%)?$`,
  "iu",
);
const DASH = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;

function readDressed(text: string, thousands: Separator | undefined): Decimal | undefined {
  const bare = text.trim();
  if (bare.length > LONGEST) return undefined;
  const match = DRESSED.exec(bare.normalize("NFC").replace(/\s+/g, " ").replace(DASH, "-"));
  if (match === null) return undefined;
  const [, before, sign = "", inside, digits = "", after, percent] = match;
  if ([before, inside, after, percent].filter((unit) => unit !== undefined).length > 1) return undefined;
  const number = plainDigits(digits, thousands);
  if (number === undefined) return undefined;
  return sign.startsWith("-") ? negate(number) : number;
}

/** Nothing, digits, or groups of three with one and the same separator. */
const WHOLE = /^(?:\d*|\d{1,3}([ .,])\d{3}(?:\1\d{3})*)$/;

function plainDigits(digits: string, thousands: Separator | undefined): Decimal | undefined {
  // Two decimal separators leave one of them in the fraction.
  const at = digits.indexOf(decimalSeparator(digits, thousands));
  const whole = at < 0 ? digits : digits.slice(0, at);
  const fraction = at < 0 ? "" : digits.slice(at + 1);
  if (!WHOLE.test(whole) || /\D/.test(fraction) || (fraction === "" && !/\d/.test(whole))) return undefined;
  const number = whole.replace(/\D/g, "").replace(/^0+(?=\d)/, "") || "0";
  return (fraction === "" ? number : `${number}.${fraction}`) as Decimal;
}

function decimalSeparator(digits: string, thousands: Separator | undefined): Separator | "none" {
  if (thousands !== undefined) return thousands === "," ? "." : ",";
  const comma = digits.indexOf(",");
  const point = digits.indexOf(".");
  if (comma >= 0 && point >= 0) return digits.lastIndexOf(",") > digits.lastIndexOf(".") ? "," : ".";
  const separator = comma >= 0 ? "," : ".";
  // Several of one kind can only be thousands.
  return digits.indexOf(separator) === digits.lastIndexOf(separator) ? separator : "none";
}

type Sign = NonNullable<z.output<typeof decimalOptions>["sign"]>;

function signed(value: Decimal, sign: Sign): Decimal {
  if (sign === "negate") return negate(value);
  return sign === "absolute" ? absolute(value) : negate(absolute(value));
}

/** The value as the file has it, before {@link signed}. */
function unsigned(value: Decimal, sign: Sign): Decimal | Invalid {
  if (sign === "keep") return value;
  if (sign === "absolute") return value.startsWith("-") ? new Invalid("a number from 0 up") : value;
  if (sign === "negative" && negate(value).startsWith("-")) return new Invalid("a number from 0 down");
  return negate(value);
}

// Signs are cut and set: that is ten times as fast as going through exact numbers.

function absolute(value: Decimal): Decimal {
  return (value.startsWith("-") ? value.slice(1) : value) as Decimal;
}

/** Zero has no sign. */
function negate(value: Decimal): Decimal {
  if (value.startsWith("-")) return absolute(value);
  return (/[1-9]/.test(value) ? `-${value}` : value) as Decimal;
}
