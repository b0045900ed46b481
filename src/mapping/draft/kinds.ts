/** What a text can be read as. Several can hold at once: `12` is an integer and a decimal. */
export type ValueKind = "integer" | "decimal" | "decimalComma" | "percent" | "boolean" | DateKind;

/** Order of year, month and day, and whether a time goes with it. */
export type DateKind = `${"iso" | "dotted" | "dayFirst" | "monthFirst" | "compact"}${"Date" | "DateTime"}`;

const NUMBER = /^[+-]?\d{1,3}(?:[ \u00a0\u202f]?\d{3})*/;
const TIME = "[T ,]*([01]?\\d|2[0-3])[:.][0-5]\\d(?:[:.][0-5]\\d(?:\\.\\d+)?)?(?: ?(?:Z|[+-]\\d\\d:?\\d\\d))?";
const MONEY = "(?: ?(?:Kč|Kc|CZK|€|EUR))?";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])";
const MONTH = "(?:0?[1-9]|1[0-2])";

const dates = {
  iso: `\\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\\d|3[01])`,
  dotted: `${DAY}\\. ?${MONTH}\\. ?\\d{4}`,
  dayFirst: `${DAY}/${MONTH}/\\d{4}`,
  monthFirst: `${MONTH}/${DAY}/\\d{4}`,
  compact: `(?:19|20)\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])`,
} as const;

const patterns: readonly (readonly [ValueKind, RegExp])[] = [
  ["integer", new RegExp(`${NUMBER.source}$`)],
  ["decimal", new RegExp(`${NUMBER.source}(?:\\.\\d+)?${MONEY}$`)],
  ["decimalComma", new RegExp(`${NUMBER.source}(?:,\\d+)?(?:,-)?${MONEY}$`)],
  ["percent", /^\d{1,2}(?:[.,]\d+)? ?%$/],
  ["boolean", /^(?:0|1|true|false|yes|no|ano|ne|áno|nie|ja|nein)$/i],
  ...Object.entries(dates).flatMap(([name, date]): [ValueKind, RegExp][] => [
    [`${name}Date` as DateKind, new RegExp(`^${date}$`)],
    [`${name}DateTime` as DateKind, new RegExp(`^${date}${TIME}$`)],
  ]),
];

/** The kinds that a text fits, of those that all texts before it fitted. */
export function fittingKinds(text: string, before: readonly ValueKind[] | undefined): readonly ValueKind[] {
  if (before?.length === 0) return before;
  const fits = (kind: ValueKind, pattern: RegExp): boolean => (before?.includes(kind) ?? true) && pattern.test(text);
  return patterns.filter(([kind, pattern]) => fits(kind, pattern)).map(([kind]) => kind);
}
