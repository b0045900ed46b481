import { z } from "zod";
import { compare, multiply, subtract } from "../../model/money.ts";
import type { Decimal } from "../../model/order.ts";
import { type VatLevel, vatRateForLevel } from "../../model/vat.ts";
import { type CodecContext, type CodecType, defineCodec, Invalid } from "../codec.ts";
import { readDecimal } from "./number.ts";

const level = z.enum(["high", "low", "third", "none"]);

const vatRateOptions = z.strictObject({
  notation: z
    .enum(["auto", "percent", "fraction", "level", "index"])
    .optional()
    .describe(
      "percent: 21; fraction: 0.21 or 1.21; level: a word for a rate of country and day; index: a number of the shop's",
    ),
  levels: z.record(z.string(), level).optional().describe("Words for levels, beside high, low, third and none"),
  index: z.record(z.string(), z.string()).optional().describe("The shop's numbers and the percent that they stand for"),
});

const LEVELS: Readonly<Record<string, VatLevel>> = {
  high: "high", standard: "high", základní: "high", základná: "high",
  low: "low", reduced: "low", snížená: "low", znížená: "low",
  third: "third", "druhá snížená": "third", "2. snížená": "third",
  none: "none", nulová: "none", osvobozeno: "none", "bez dph": "none",
}; // prettier-ignore
const EXPECTED = "a VAT rate such as 21";

/** Percent from any notation: `21 %`, `21.00`, `0.21`, `1,21`, `high` → `"21"`. */
export const vatRate: CodecType<typeof vatRateOptions, Decimal> = defineCodec(
  vatRateOptions,
  ({ notation }) => notation !== undefined && notation !== "auto",
  (options, context) => {
    const { notation = "auto" } = options;
    const words = { ...LEVELS, ...options.levels };
    const cache = new Map<string, Decimal | Invalid>();
    const decode = (text: string): Decimal | Invalid => {
      if (notation === "index") return indexed(text.trim(), options.index ?? {});
      const number = readDecimal(text, undefined);
      if (number === undefined)
        return notation === "auto" || notation === "level" ? levelRate(text, words, context) : new Invalid(EXPECTED);
      if (notation === "level") return new Invalid("a word for a VAT level");
      return compact(asPercent(number, notation, text.includes("%")));
    };
    return {
      decode(text) {
        const known = cache.get(text);
        if (known !== undefined) return known;
        const rate = decode(text);
        // Rates of levels depend on the day.
        if (!(rate instanceof Invalid) && /\d/.test(text) && cache.size < 100) cache.set(text, rate);
        return rate;
      },
      encode(value) {
        if (notation === "index")
          return (
            Object.entries(options.index ?? {}).find(([, rate]) => rate === value)?.[0] ??
            new Invalid("a rate that the shop has a number for")
          );
        if (notation === "level") return levelWord(value, context) ?? new Invalid("a rate of the country on the day");
        return notation === "fraction" ? compact(multiply(value, "0.01")) : value;
      },
    };
  },
);

function indexed(text: string, index: Readonly<Record<string, string>>): Decimal | Invalid {
  const rate = index[text];
  return rate === undefined
    ? new Invalid(`one of ${Object.keys(index).join(", ")}`, "FIELD_UNKNOWN_VALUE")
    : (rate as Decimal);
}

function asPercent(number: Decimal, notation: string, hasSign: boolean): Decimal {
  const isFraction =
    notation === "fraction" ||
    (notation === "auto" && !hasSign && compare(number, "0") > 0 && compare(number, "2") < 0);
  if (!isFraction) return number;
  const fraction = compare(number, "1") > 0 ? subtract(number, "1") : number;
  return multiply(fraction, "100");
}

/** Without zeros behind the point: `"21.00"` → `"21"`. */
function compact(rate: Decimal): Decimal {
  return (rate.includes(".") ? rate.replace(/\.?0+$/, "") : rate) as Decimal;
}

function levelRate(
  text: string,
  words: Readonly<Record<string, VatLevel>>,
  { country, taxDate, vatTable }: CodecContext,
): Decimal | Invalid {
  const wanted = words[text.trim()] ?? words[text.normalize("NFC").trim().toLowerCase()];
  if (wanted === undefined) return new Invalid(EXPECTED);
  if (wanted === "none") return "0";
  return (
    vatRateForLevel(wanted, country, taxDate, vatTable) ??
    new Invalid(`a VAT level that ${country} has on ${taxDate ?? "that day"}`)
  );
}

function levelWord(rate: Decimal, { country, taxDate, vatTable }: CodecContext): VatLevel | undefined {
  if (compare(rate, "0") === 0) return "none";
  const levels = ["high", "low", "third"] as const;
  return levels.find((one) => {
    const known = vatRateForLevel(one, country, taxDate, vatTable);
    return known !== undefined && compare(known, rate) === 0;
  });
}
