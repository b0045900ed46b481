import type { IsoDate } from "../order.ts";
import { Refusal } from "./refusal.ts";

/** The number to go on with: one, or one by year. */
export type NextNumber = number | Readonly<Record<string, number>>;

/** A series as the rules state it. */
export interface SeriesRule {
  readonly series: string;
  readonly next: NextNumber;
}

/** A series while invoices are numbered. */
export interface Series {
  /** The next number for a day of issue. @throws {@link Refusal} if the series is full or does not know the year */
  peek(issuedOn: IsoDate): string;
  /** Takes the number that {@link peek} gave. */
  take(issuedOn: IsoDate): void;
  readonly next: NextNumber;
}

const PLACEHOLDER = /\{(yyyy|yy|mm)\}/g;
/** So many digits are exact as a number. */
const MAX_DIGITS = 15;

/** What is wrong with the pattern of a series. */
export function seriesMistake(pattern: string): string | undefined {
  const runs = pattern.match(/#+/g) ?? [];
  if (runs.length !== 1) return "expected one run of # for the count, such as FV26#####";
  if (runs[0].length > MAX_DIGITS) return `expected at most ${MAX_DIGITS} signs #`;
  if (/[{}]/.test(pattern.replace(PLACEHOLDER, ""))) return "expected no braces but {yyyy}, {yy} and {mm}";
  if (/\s/.test(pattern)) return "expected no spaces";
  return undefined;
}

export function countsByYear(pattern: string): boolean {
  return /\{yy(?:yy)?\}/.test(pattern);
}

export function createSeries({ series, next: start }: SeriesRule): Series {
  const byYear = typeof start === "object" ? new Map(Object.entries(start)) : undefined;
  let count = typeof start === "object" ? 1 : start;
  /** Of the numbers given, where the pattern has it and `next` does not. */
  let onlyYear: string | undefined;

  function countOf(year: string): number {
    if (byYear === undefined) {
      if (countsByYear(series) && onlyYear !== undefined && onlyYear !== year)
        throw refusal(`it counts ${onlyYear}, and this invoice is of ${year}; give next by years`);
      return count;
    }
    const known = byYear.get(year);
    if (known !== undefined) return known;
    if ([...byYear.keys()].every((other) => other < year)) return 1;
    throw refusal(`next says nothing of ${year}`);
  }

  function refusal(reason: string): Refusal {
    return new Refusal("FIELD_INVALID", undefined, `no number of the series ${series}: ${reason}`);
  }

  return {
    peek(issuedOn) {
      const year = issuedOn.slice(0, 4);
      const digits = String(countOf(year));
      const width = /#+/.exec(series)?.[0].length ?? 0;
      if (digits.length > width) throw refusal(`it is full, ${digits} has more than ${width} digits`);
      const dated: Readonly<Record<string, string>> = { yyyy: year, yy: year.slice(2), mm: issuedOn.slice(5, 7) };
      return series
        .replace(PLACEHOLDER, (_, part: string) => dated[part] ?? "")
        .replace(/#+/, () => digits.padStart(width, "0"));
    },
    take(issuedOn) {
      const year = issuedOn.slice(0, 4);
      const taken = countOf(year);
      onlyYear ??= year;
      if (byYear === undefined) count = taken + 1;
      else byYear.set(year, taken + 1);
    },
    get next() {
      return byYear === undefined ? count : Object.fromEntries([...byYear].sort());
    },
  };
}
