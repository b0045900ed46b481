import { DefinitionError } from "../../errors.ts";

/** A day and a time of day as they stand in a text. */
export interface DateParts {
  /** 1000 to 9999. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits of the fraction of a second, `""` if there are none but zeros. */
  readonly fraction: string;
  /** `Z` or `+01:00`; undefined for a local time. */
  readonly offset: string | undefined;
}

/** `d.M.yyyy H:mm` as something that reads and writes. */
export interface DateFormat {
  readonly read: (text: string) => DateParts | undefined;
  /** Undefined if the format has no way to write it, such as `yy` another century. */
  readonly write: (parts: DateParts) => string | undefined;
}

type Field = "year" | "month" | "day" | "hour" | "hour12" | "half" | "minute" | "second" | "fraction" | "offset";
type Found = Partial<Record<Field, string | undefined>>;

interface Letter {
  readonly field: Field;
  readonly pattern: string;
  readonly write: (parts: DateParts, width: number) => string | undefined;
}

const OFFSET = "(Z|[+-](?:0\\d|1[0-4])(?::?[0-5]\\d)?)";
const ONE_OR_TWO = "(\\d{1,2})";
const TWO = "(\\d{2})";

const LETTERS: ReadonlyMap<string, Letter> = new Map<string, Letter>([
  ["yyyy", { field: "year", pattern: "(\\d{4})", write: ({ year }) => String(year) }],
  ["yy", { field: "year", pattern: TWO, write: ({ year }) => (is21st(year) ? two(year % 100) : undefined) }],
  ["MM", { field: "month", pattern: TWO, write: ({ month }) => two(month) }],
  ["M", { field: "month", pattern: ONE_OR_TWO, write: ({ month }) => String(month) }],
  ["dd", { field: "day", pattern: TWO, write: ({ day }) => two(day) }],
  ["d", { field: "day", pattern: ONE_OR_TWO, write: ({ day }) => String(day) }],
  ["HH", { field: "hour", pattern: TWO, write: ({ hour }) => two(hour) }],
  ["H", { field: "hour", pattern: ONE_OR_TWO, write: ({ hour }) => String(hour) }],
  ["hh", { field: "hour12", pattern: TWO, write: ({ hour }) => two(hour % 12 || 12) }],
  ["h", { field: "hour12", pattern: ONE_OR_TWO, write: ({ hour }) => String(hour % 12 || 12) }],
  ["a", { field: "half", pattern: "([AaPp]\\.?[Mm]\\.?)", write: ({ hour }) => (hour < 12 ? "AM" : "PM") }],
  ["mm", { field: "minute", pattern: TWO, write: ({ minute }) => two(minute) }],
  ["m", { field: "minute", pattern: ONE_OR_TWO, write: ({ minute }) => String(minute) }],
  ["ss", { field: "second", pattern: TWO, write: ({ second }) => two(second) }],
  ["s", { field: "second", pattern: ONE_OR_TWO, write: ({ second }) => String(second) }],
  [
    "S",
    {
      field: "fraction",
      pattern: "(\\d{1,9})",
      write: ({ fraction }, width) => fraction.padEnd(width, "0").slice(0, width),
    },
  ],
  ["XXX", { field: "offset", pattern: OFFSET, write: ({ offset = "Z" }) => (offset === "+00:00" ? "Z" : offset) }],
]);

const TOKEN = /yyyy|yy|MM?|dd?|HH?|hh?|a|mm?|ss?|S+|XXX|'(?:[^']|'')*'|[^A-Za-z']/g;

interface Token {
  /** Undefined for text that stands for itself. */
  readonly letter: Letter | undefined;
  readonly text: string;
}

/**
 * Letters: `yyyy yy MM M dd d HH H hh h a mm m ss s S XXX`. Other text stands for itself, letters in single quotes, a
 * quote doubled; a space stands for any white space. Doubled letters have two digits, single ones one or two; `yy` is
 * 2000 to 2099; `S` reads a fraction of a second of any length and writes as many digits as there are of them; `XXX` is
 * `Z`, `+01:00`, `+0100` or `+01`.
 *
 * @throws {@link DefinitionError} MAPPING_INVALID, see {@link formatProblem}.
 */
export function dateFormat(format: string): DateFormat {
  const problem = formatProblem(format);
  if (problem !== undefined) throw new DefinitionError("MAPPING_INVALID", `date format "${format}" ${problem}`);
  const tokens = tokensOf(format);
  const letters = tokens.flatMap(({ letter }) => letter ?? []);
  const reader = new RegExp(`^${tokens.map(({ letter, text }) => letter?.pattern ?? literally(text)).join("")}$`);
  return {
    read(text) {
      const match = reader.exec(text);
      if (match === null) return undefined;
      const found: Found = {};
      for (let index = 0; index < letters.length; index++) found[letters[index]!.field] = match[index + 1];
      return realParts(found);
    },
    write(parts) {
      let result = "";
      for (const { letter, text } of tokens) {
        const piece = letter === undefined ? text : letter.write(parts, text.length);
        if (piece === undefined) return undefined;
        result += piece;
      }
      return result;
    },
  };
}

/** What is wrong with a format, to follow its name; undefined if it is good. */
export function formatProblem(format: string): string | undefined {
  if (format.replace(TOKEN, "") !== "")
    return `has other letters than ${[...LETTERS.keys()].join(" ")}; text belongs in single quotes`;
  const fields = tokensOf(format).flatMap(({ letter }) => letter?.field ?? []);
  const twice = fields.find((field, index) => fields.indexOf(field) !== index);
  if (twice !== undefined) return `states the ${twice} twice`;
  const missing = (["year", "month", "day"] as const).find((field) => !fields.includes(field));
  if (missing !== undefined) return `lacks the ${missing}`;
  if (fields.includes("hour12") !== fields.includes("half")) return "needs both h and a, or H";
  return fields.includes("hour12") && fields.includes("hour") ? "states the hour twice" : undefined;
}

function tokensOf(format: string): Token[] {
  return (format.match(TOKEN) ?? []).map((text) => {
    const letter = LETTERS.get(text.startsWith("S") ? "S" : text);
    if (letter !== undefined || !text.startsWith("'")) return { letter, text };
    return { letter, text: text === "''" ? "'" : text.slice(1, -1).replaceAll("''", "'") };
  });
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/\s+/g, "\\s+");
}

/** Everything that shops are known to write: ISO forms, `4. 3. 2026 18:22`, `20260304`. */
const COMMON = new RegExp(
  "^(?:(\\d{4})-(\\d{1,2})-(\\d{1,2})|(\\d{1,2})\\.\\s?(\\d{1,2})\\.\\s?(\\d{4})|(\\d{4})(\\d{2})(\\d{2}))" +
    "(?:(Z|[+-](?:0\\d|1[0-4]):[0-5]\\d)" +
    `|(?:T|\\s+|,\\s?)${ONE_OR_TWO}:${TWO}(?::${TWO}(?:[.,](\\d{1,9}))?)?(?:\\s?${OFFSET})?)?$`,
);

/** Reads a date, with or without a time, in any of the common forms. */
export function readCommonDate(text: string): DateParts | undefined {
  const match = COMMON.exec(text);
  return match === null
    ? undefined
    : realParts({
        year: match[1] ?? match[6] ?? match[7],
        month: match[2] ?? match[5] ?? match[8],
        day: match[3] ?? match[4] ?? match[9],
        hour: match[11],
        minute: match[12],
        second: match[13],
        fraction: match[14],
        offset: match[10] ?? match[15],
      });
}

/** The parts as numbers, if the calendar and the clock have them. */
function realParts(found: Found): DateParts | undefined {
  const { year = "", half, fraction, offset } = found;
  const hour = half === undefined ? Number(found.hour ?? 0) : hourOf(Number(found.hour12), half);
  const parts: DateParts = {
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(found.month),
    day: Number(found.day),
    hour,
    minute: Number(found.minute ?? 0),
    second: Number(found.second ?? 0),
    fraction: fraction !== undefined && /[1-9]/.test(fraction) ? fraction : "",
    offset: offset === undefined || offset === "Z" || offset.length === 6 ? offset : withColon(offset),
  };
  const isReal = hour <= 23 && parts.minute <= 59 && parts.second <= 59;
  return isReal && isRealDay(parts.year, parts.month, parts.day) ? parts : undefined;
}

/** 12 AM is midnight, 12 PM noon; NaN if the clock has no such hour. */
function hourOf(hour12: number, half: string): number {
  const hour = hour12 >= 1 && hour12 <= 12 ? hour12 % 12 : Number.NaN;
  return half.startsWith("a") || half.startsWith("A") ? hour : hour + 12;
}

/** `+0100` and `+01` → `+01:00`. */
function withColon(offset: string): string {
  return `${offset.slice(0, 3)}:${offset.slice(3).replace(":", "") || "00"}`;
}

/** Whether the calendar has such a day, in the years 1000 to 9999. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return year >= 1000 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= lastDay(year, month);
}

function lastDay(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function is21st(year: number): boolean {
  return year >= 2000 && year <= 2099;
}

/** Two digits: `4` → `"04"`. */
export function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}
