import { DefinitionError } from "../../errors.ts";

/** A day and a time of day as they stand in a text. */
export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Digits of the fraction of a second, `""` if there are none. */
  readonly fraction: string;
  /** `Z` or `+01:00`; undefined for a local time. */
  readonly offset: string | undefined;
}

/** Letters of a format and what they read. Longest first. */
const LETTERS = {
  yyyy: "(?<year>\\d{4})",
  yy: "(?<year>\\d{2})",
  MM: "(?<month>\\d{2})",
  M: "(?<month>\\d{1,2})",
  dd: "(?<day>\\d{2})",
  d: "(?<day>\\d{1,2})",
  HH: "(?<hour>\\d{2})",
  H: "(?<hour>\\d{1,2})",
  mm: "(?<minute>\\d{2})",
  ss: "(?<second>\\d{2})",
  S: "(?<fraction>\\d{1,9})",
  XXX: "(?<offset>Z|[+-]\\d{2}:?\\d{2})",
} as const;

type Letter = keyof typeof LETTERS;
const TOKEN = /yyyy|yy|MM|M|dd|d|HH|H|mm|ss|S+|XXX|'([^']*)'|[^A-Za-z']/g;

/** `d.M.yyyy H:mm` as something that reads and writes. */
export interface DateFormat {
  readonly read: (text: string) => DateParts | undefined;
  readonly write: (parts: DateParts) => string;
}

/**
 * Letters: `yyyy yy MM M dd d HH H mm ss S XXX`; other text stands for itself, letters in single quotes.
 *
 * @throws {@link DefinitionError} MAPPING_INVALID for other letters.
 */
export function dateFormat(format: string): DateFormat {
  const tokens = Array.from(format.matchAll(TOKEN), ([token, quoted]) => ({
    token: token.startsWith("S") ? "S" : token,
    quoted,
  }));
  if (format.replace(TOKEN, "") !== "")
    throw new DefinitionError(
      "MAPPING_INVALID",
      `date format "${format}": only yyyy yy MM M dd d HH H mm ss S XXX are known; put other letters into single quotes`,
    );
  const pattern = tokens
    .map(({ token, quoted }) => (isLetter(token) ? LETTERS[token] : escape(quoted ?? token)))
    .join("");
  const reader = new RegExp(`^${pattern}$`);
  return {
    read: (text) => partsOf(reader.exec(text)),
    write: (parts) =>
      tokens.map(({ token, quoted }) => (isLetter(token) ? writeLetter(token, parts) : (quoted ?? token))).join(""),
  };
}

/** Everything that shops are known to write: ISO forms, `4. 3. 2026 18:22`, `20260304`. */
const COMMON = new RegExp(
  "^(?:(?<year>\\d{4})-(?<month>\\d{1,2})-(?<day>\\d{1,2})|(?<day2>\\d{1,2})\\. ?(?<month2>\\d{1,2})\\. ?(?<year2>\\d{4})|(?<year3>\\d{4})(?<month3>\\d{2})(?<day3>\\d{2}))" +
    "(?:(?:[T ]|, ?)(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)? ?(?<offset>Z|[+-]\\d{2}:?\\d{2})?)?$",
);

/** Reads a date, with or without a time, in any of the common forms. */
export function readCommonDate(text: string): DateParts | undefined {
  return partsOf(COMMON.exec(text));
}

function partsOf(match: RegExpExecArray | null): DateParts | undefined {
  if (match === null) return undefined;
  const groups = match.groups ?? {};
  const pick = (name: string): string => groups[name] ?? groups[`${name}2`] ?? groups[`${name}3`] ?? "";
  const year = pick("year");
  const parts: DateParts = {
    year: year.length === 2 ? 2000 + Number(year) : Number(year),
    month: Number(pick("month")),
    day: Number(pick("day")),
    hour: Number(groups["hour"] ?? 0),
    minute: Number(groups["minute"] ?? 0),
    second: Number(groups["second"] ?? 0),
    fraction: groups["fraction"] ?? "",
    offset: groups["offset"],
  };
  return isReal(parts) ? parts : undefined;
}

function isReal({ year, month, day, hour, minute, second }: DateParts): boolean {
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= lastDay && hour <= 23 && minute <= 59 && second <= 59;
}

function writeLetter(letter: Letter, parts: DateParts): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  switch (letter) {
    case "yyyy":
      return String(parts.year).padStart(4, "0");
    case "yy":
      return two(parts.year % 100);
    case "MM":
      return two(parts.month);
    case "M":
      return String(parts.month);
    case "dd":
      return two(parts.day);
    case "d":
      return String(parts.day);
    case "HH":
      return two(parts.hour);
    case "H":
      return String(parts.hour);
    case "mm":
      return two(parts.minute);
    case "ss":
      return two(parts.second);
    case "S":
      return parts.fraction === "" ? "0" : parts.fraction;
    case "XXX":
      return parts.offset ?? "Z";
  }
}

function isLetter(token: string): token is Letter {
  return token in LETTERS;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
