import { z } from "zod";
import { DefinitionError } from "../../errors.ts";
import { compare, multiply, subtract } from "../../model/money.ts";
import type { Decimal } from "../../model/order.ts";
import { type VatLevel, vatRateForLevel } from "../../model/vat.ts";
import { type CodecContext, type CodecType, defineCodec, Invalid } from "../codec.ts";
import { readDecimal, withoutTrailingZeros } from "./number.ts";
import { folded } from "./text.ts";

const level = z.enum(["high", "low", "third", "none"]);
const percent = z.string().regex(/^(?:0|[1-9]\d?|100)(?:\.\d+)?$/, "is not a percent such as 21");

const vatRateOptions = z.strictObject({
  /**
   * How rates are written. `percent`: `21`; `fraction`: `0.21`, or a coefficient, `1.21`; `level`: a word for a rate of the
   * country and day; `index`: a number that the shop gave to the rate; `auto`: whatever it looks like.
   * @defaultValue "auto"
   */
  notation: z
    .enum(["auto", "percent", "fraction", "level", "index"])
    .optional()
    .describe(
      "percent: 21; fraction: 0.21 or 1.21; level: a word for a rate of country and day; index: a number of the shop's; auto, unless said otherwise: whatever it looks like",
    ),
  /** Words for levels, beside high, low, third, none and the Czech and Slovak ones: `{ plná: "high" }`. */
  levels: z.record(z.string(), level).optional().describe("Words for levels, beside high, low, third and none"),
  /** The shop's numbers and the percent that each stands for: `{ "1": "21", "2": "12" }`. */
  index: z.record(z.string(), percent).optional().describe("The shop's numbers and the percent that they stand for"),
});

type Notation = NonNullable<z.output<typeof vatRateOptions>["notation"]>;

const LEVELS: Readonly<Record<VatLevel, string>> = {
  high: "high, standard, základní, základní sazba, základná, základná sadzba",
  low: "low, reduced, snížená, snížená sazba, první snížená, 1. snížená, znížená, znížená sadzba, prvá znížená, 1. znížená",
  third: "third, druhá snížená, 2. snížená, druhá znížená, 2. znížená",
  none: "none, zero, exempt, nulová, nulová sazba, nulová sadzba, osvobozeno, oslobodené, bez dph",
};
const EXPECTED = "a VAT rate such as 21";
const INVALID = new Invalid(EXPECTED);
/** Rates remembered at most by each codec. */
const REMEMBERED = 100;
const LONGEST_REMEMBERED = 20;

/**
 * Percent from any notation, without zeros at the end: `21 %`, `21.00`, `0.21`, `1,21`, `high` → `"21"`.
 *
 * In `auto`, a number between 0 and 1 is a fraction, one between 1 and 2 a coefficient, any other one a percent, as is
 * everything with `%`; the number 1, which may be a coefficient, an index or a percent, is invalid. In `fraction`, 1 is the
 * coefficient of `"0"`. A negative rate or one above 100 is invalid.
 */
export const vatRate: CodecType<typeof vatRateOptions, Decimal> = defineCodec(
  vatRateOptions,
  ({ notation }) => notation !== undefined && notation !== "auto",
  (options, context) => {
    const { notation = "auto" } = options;
    if (notation === "index" && options.index === undefined)
      throw new DefinitionError("MAPPING_INVALID", 'vatRate: notation "index" needs "index"');
    const index = new Map(Object.entries(options.index ?? {}).map(([key, rate]) => [key.trim(), compact(rate)]));
    const levels = levelWords(options.levels ?? {});
    const numbers = new Map<string, Decimal>();
    return {
      decode(text) {
        const known = numbers.get(text);
        if (known !== undefined) return known;
        const rate = decodeRate(text);
        // Words for levels change their meaning with the day.
        const lasts = typeof rate === "string" && !levels.has(folded(text));
        if (lasts && numbers.size < REMEMBERED && text.length <= LONGEST_REMEMBERED) numbers.set(text, rate);
        return rate;
      },
      encode(value) {
        const rate = readDecimal(value);
        if (rate === undefined || !isRate(rate)) return INVALID;
        if (notation === "index") return indexOf(compact(rate), index);
        if (notation === "level") return levelOf(rate, options.levels ?? {}, context);
        return notation === "fraction" ? withoutTrailingZeros(multiply(rate, "0.01")) : rate;
      },
    };

    function decodeRate(text: string): Decimal | Invalid {
      if (notation === "index" || (notation === "auto" && index.has(text.trim())))
        return index.get(text.trim()) ?? new Invalid(`one of ${[...index.keys()].join(", ")}`, "FIELD_UNKNOWN_VALUE");
      if (notation === "auto" || notation === "level") {
        const wanted = levels.get(text) ?? levels.get(folded(text));
        if (wanted !== undefined) return rateOf(wanted, context);
        if (notation === "level") return new Invalid("a word for a VAT level", "FIELD_UNKNOWN_VALUE");
      }
      const number = readDecimal(text);
      const rate = number && asPercent(number, text.includes("%") ? "percent" : notation);
      return rate === undefined || !isRate(rate) ? INVALID : withoutTrailingZeros(rate);
    }
  },
);

function levelWords(own: Readonly<Record<string, VatLevel>>): ReadonlyMap<string, VatLevel> {
  const words = new Map<string, VatLevel>();
  for (const name of level.options) for (const word of LEVELS[name].split(", ")) words.set(word, name);
  for (const [word, name] of Object.entries(own)) words.set(folded(word), name);
  return words;
}

/** Undefined if the number may be anything. */
function asPercent(number: Decimal, notation: Notation): Decimal | undefined {
  if (notation === "percent") return number;
  const overOne = compare(number, "1");
  if (overOne === 0) return notation === "fraction" ? "0" : undefined;
  if (overOne < 0) return multiply(number, "100");
  return notation === "fraction" || compare(number, "2") < 0 ? multiply(subtract(number, "1"), "100") : number;
}

function isRate(rate: Decimal): boolean {
  return !rate.startsWith("-") && compare(rate, "100") <= 0;
}

function compact(rate: string): Decimal {
  return withoutTrailingZeros(rate as Decimal);
}

function rateOf(wanted: VatLevel, { country, taxDate, vatTable }: CodecContext): Decimal | Invalid {
  const rate = vatRateForLevel(wanted, country, taxDate, vatTable);
  return rate === undefined
    ? new Invalid(`a VAT level that ${country} has${taxDate === undefined ? "" : ` on ${taxDate}`}`)
    : compact(rate);
}

function indexOf(rate: Decimal, index: ReadonlyMap<string, Decimal>): string | Invalid {
  for (const [key, known] of index) if (known === rate) return key;
  return new Invalid("a rate that the shop has a number for");
}

/** The shop's own word for a level if it has one. */
function levelOf(rate: Decimal, own: Readonly<Record<string, VatLevel>>, context: CodecContext): string | Invalid {
  const { country, taxDate, vatTable } = context;
  const found = (["none", "high", "low", "third"] as const).find((one) => {
    const known = vatRateForLevel(one, country, taxDate, vatTable);
    return known !== undefined && compare(known, rate) === 0;
  });
  if (found === undefined) return new Invalid(`a rate that ${country} has a level for`);
  return Object.keys(own).find((word) => own[word] === found) ?? found;
}
