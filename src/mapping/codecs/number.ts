import { z } from "zod";
import { absolute, negate, round } from "../../model/money.ts";
import type { Decimal } from "../../model/order.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";

const decimalOptions = z.strictObject({
  sign: z
    .enum(["keep", "negate", "absolute", "negative"])
    .optional()
    .describe("negative: minus whatever sign it has, for discounts that a shop states as positive"),
  thousands: z
    .enum([",", "."])
    .optional()
    .describe("Separator of thousands; without it, a single comma or point is the decimal one"),
  scale: z.int().min(0).max(12).optional().describe("On export: digits behind the decimal separator"),
  rounding: z.enum(["halfUp", "halfEven", "down", "up"]).optional().describe("On export: how to reach the scale"),
  separator: z.enum([".", ","]).optional().describe("On export: the decimal separator"),
});

const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const CURRENCY = "(?:Kč|Kc|CZK|€|EUR|zł|zl|PLN|Ft|HUF|USD|\\$|GBP|£|%)";
const DRESSED = new RegExp(
  `^(?:${CURRENCY})?([+-]?)(?:${CURRENCY})?(\\d[\\d.,]*|[.,]\\d+)(?:[.,][-–—])?(?:${CURRENCY})?$`,
  "iu",
);
const EXPECTED = "a decimal such as 1234.50";

/**
 * Exact number. `1 234,50 Kč`, `1.234,50`, `250,-` and `21 %` are understood; anything else is invalid, never zero. One
 * comma or point alone is the decimal separator, so `1,234` is `"1.234"`; with both, the last one is. Trailing zeros
 * stay as stated.
 */
export const decimal: CodecType<typeof decimalOptions, Decimal> = defineCodec(
  decimalOptions,
  ({ sign }) => sign === undefined || sign === "keep" || sign === "negate",
  (options) => {
    const { sign = "keep" } = options;
    return {
      decode(text) {
        const value = CANONICAL.test(text) ? (text as Decimal) : readDecimal(text, options.thousands);
        return value === undefined ? new Invalid(EXPECTED) : signed(value, sign);
      },
      encode(value) {
        if (!CANONICAL.test(value)) return new Invalid(EXPECTED);
        const own = sign === "negate" ? negate(value) : value;
        const text = options.scale === undefined ? own : round(own, options.scale, options.rounding ?? "halfUp");
        return options.separator === "," ? text.replace(".", ",") : text;
      },
    };
  },
);

const integerOptions = z.strictObject({});

/** Whole number. `5.000` → `"5"`; `5.5` is invalid. */
export const integer: CodecType<typeof integerOptions, Decimal> = defineCodec(
  integerOptions,
  () => true,
  () => ({
    decode(text) {
      const value = readDecimal(text, undefined);
      return value === undefined || !/^-?\d+(?:\.0+)?$/.test(value)
        ? new Invalid("a whole number")
        : (value.replace(/\..*/, "") as Decimal);
    },
    encode: (value) => (/^-?\d+$/.test(value) ? value : new Invalid("a whole number")),
  }),
);

/** The number in a text as shops write it; undefined if there is none. */
export function readDecimal(text: string, thousands: "," | "." | undefined): Decimal | undefined {
  const bare = text.replace(/[\s\u00a0\u202f\u2009]/g, "").replace(/[−–](?=[\d.,])/, "-");
  const match = DRESSED.exec(bare);
  const [, sign = "", digits = ""] = match ?? [];
  if (match === null) return undefined;
  const plain = plainDigits(digits.replace(/[.,]$/, ""), thousands);
  if (plain === undefined) return undefined;
  const [whole = "", fraction] = plain.split(".");
  const number = whole.replace(/^0+(?=\d)/, "") || "0";
  return `${sign === "-" ? "-" : ""}${number}${fraction === undefined || fraction === "" ? "" : `.${fraction}`}` as Decimal;
}

/** Digits with at most one point, the decimal one. */
function plainDigits(digits: string, thousands: "," | "." | undefined): string | undefined {
  const separators = digits.replace(/\d/g, "");
  if (separators === "") return digits;
  if (thousands === undefined && separators.length === 1) return digits.replace(",", ".");
  const group = thousands ?? (separators.startsWith(".") ? "." : ",");
  const point = group === "," ? "." : ",";
  const [whole = "", fraction, ...more] = digits.split(point);
  const grouped = group === "," ? /^\d{1,3}(?:,\d{3})+$|^\d+$/ : /^\d{1,3}(?:\.\d{3})+$|^\d+$/;
  if (more.length > 0 || !grouped.test(whole) || fraction?.includes(group) === true) return undefined;
  return whole.replaceAll(group, "") + (fraction === undefined ? "" : `.${fraction}`);
}

function signed(value: Decimal, sign: "keep" | "negate" | "absolute" | "negative"): Decimal {
  if (sign === "keep") return value;
  if (sign === "negate") return negate(value);
  return sign === "absolute" ? absolute(value) : negate(absolute(value));
}
