import { z } from "zod";
import type { Instant, IsoDate } from "../../model/order.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";
import {
  type DateFormat,
  dateFormat,
  type DateParts,
  formatProblem,
  isRealDay,
  readCommonDate,
  two,
} from "./date-format.ts";
import { formatOffset, type Zone, zoneNamed } from "./zone.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

const format = z.string().refine((text) => text in COUNTED || formatProblem(text) === undefined, {
  error: ({ input }) => `is no date format: it ${formatProblem(String(input)) ?? ""}`,
});

const formats = z
  .array(format)
  .min(1)
  .optional()
  .describe(
    "Formats in letters yyyy yy MM M dd d HH H hh h a mm m ss s S XXX, or unix, unixMillis; without them, all common ones are understood. On export, the first one, ISO 8601 without them",
  );

const dateOptions = z.strictObject({
  /**
   * Formats to try in turn, such as `"d/M/yyyy"`, in letters `yyyy yy MM M dd d` and those of a time, with other letters in
   * single quotes; or `"unix"` for seconds and `"unixMillis"` for milliseconds since 1970. Left out: `2026-03-04`,
   * `4. 3. 2026`, `20260304`, with or without a time. On export the first one is written, `2026-03-04` without any.
   */
  formats,
});

/** What databases write for no date. */
const NO_DATE = /^(?:0|0000-00-00(?:[T ]00:00(?::00(?:\.0+)?)?)?|00?\. ?00?\. ?0000|00000000)?$/;
const INVALID_DATE = new Invalid("a date such as 2026-03-04 or 4.3.2026");

/**
 * Day as it is written, whatever time and offset go with it. `4. 3. 2026`, `2026-03-04 18:22:09` → `"2026-03-04"`;
 * `0000-00-00` and `0` are no value, 30 February is invalid.
 */
export const date: CodecType<typeof dateOptions, IsoDate> = defineCodec(
  dateOptions,
  () => true,
  (options, context) => {
    const zone = zoneNamed(context.zone);
    const formats = options.formats?.map((name) => formatNamed(name, zone));
    return {
      decode(text) {
        if (formats === undefined && hasIsoDay(text)) {
          if (text.length === 10) return text as IsoDate;
          if (text.length === 19 && hasTime(text)) return text.slice(0, 10) as IsoDate;
        }
        const trimmed = text.trim();
        if (NO_DATE.test(trimmed)) return undefined;
        const parts = readParts(trimmed, formats);
        return parts === undefined ? INVALID_DATE : isoDate(parts);
      },
      encode(value) {
        const parts = value.length === 10 && hasIsoDay(value) ? readCommonDate(value) : undefined;
        if (parts === undefined) return new Invalid("a date such as 2026-03-04");
        if (formats === undefined) return value;
        const midnight = { ...parts, offset: formatOffset(zone.reading(utcOf(parts)).actual) };
        return formats[0]?.write(midnight) ?? UNWRITABLE;
      },
    };
  },
);

const dateTimeOptions = z.strictObject({
  /**
   * Formats to try in turn, such as `"M/d/yyyy h:mm a"`, in letters `yyyy yy MM M dd d HH H hh h a mm m ss s S XXX`, with
   * other letters in single quotes: one letter reads one or two digits, `S` a fraction of any length, `XXX` an offset, `a`
   * AM or PM. Or `"unix"` for seconds and `"unixMillis"` for milliseconds since 1970. Left out: `2026-03-04 18:22:09` with
   * `T`, fraction or offset, `4. 3. 2026 18:22`, `20260304`. On export the first one is written, ISO 8601 without any.
   */
  formats,
  /** IANA time zone of times without an offset, and of those that are written. @defaultValue that of the mapping */
  zone: z
    .string()
    .refine(isZone, "is not an IANA time zone")
    .optional()
    .describe("IANA time zone of times without an offset, where it is not that of the mapping"),
});

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const INVALID_TIME = new Invalid("a time such as 2026-03-04 18:22:09");
const INVALID_INSTANT = new Invalid("a time such as 2026-03-04T18:22:09+01:00");
const UNWRITABLE = new Invalid("a time that the format can hold");

/**
 * Moment. `2026-03-04 18:22:09` in Prague → `"2026-03-04T18:22:09+01:00"`; an offset that the text states stays.
 *
 * A time that the clocks skip in spring is read with the offset before the change: `2026-03-29 02:30:00` →
 * `"2026-03-29T03:30:00+02:00"`. One that they repeat in autumn is the first of the two: `2026-10-25 02:30:00` →
 * `"2026-10-25T02:30:00+02:00"`.
 */
export const dateTime: CodecType<typeof dateTimeOptions, Instant> = defineCodec(
  dateTimeOptions,
  () => true,
  (options, context) => {
    const zone = zoneNamed(options.zone ?? context.zone);
    const formats = options.formats?.map((name) => formatNamed(name, zone));
    return {
      decode(text) {
        const quick = formats === undefined ? readIso(text, zone) : undefined;
        if (quick !== undefined) return quick;
        const trimmed = text.trim();
        if (NO_DATE.test(trimmed)) return undefined;
        const parts = readParts(trimmed, formats);
        if (parts === undefined) return INVALID_TIME;
        return parts.offset === undefined ? inZone(parts, zone) : isoInstant(parts, parts.offset);
      },
      encode(value) {
        const parts = INSTANT.test(value) ? readCommonDate(value) : undefined;
        if (parts?.offset === undefined) return INVALID_INSTANT;
        if (formats === undefined) return value;
        return formats[0]?.write(partsIn(zone, instantOf(parts, parts.offset), parts.fraction)) ?? UNWRITABLE;
      },
    };
  },
);

/** `2026-03-04 18:22:09`, most of what shops write, and what is in form already. */
function readIso(text: string, zone: Zone): Instant | undefined {
  if (!hasIsoDay(text) || !hasTime(text)) return undefined;
  if (text.length === 19) {
    const dayMs = Date.UTC(digits(text, 0) * 100 + digits(text, 2), digits(text, 5) - 1, digits(text, 8));
    const offset = zone.wholeDay(dayMs / DAY_MS) ?? unshiftedOffset(text, dayMs, zone);
    return offset === undefined ? undefined : (`${text.slice(0, 10)}T${text.slice(11)}${offset}` as Instant);
  }
  if (text[10] !== "T") return undefined;
  if (text.length === 20) return text[19] === "Z" ? (text as Instant) : undefined;
  const hasOffset =
    text.length === 25 &&
    (text[19] === "+" || text[19] === "-") &&
    digits(text, 20) <= 14 &&
    text[22] === ":" &&
    digits(text, 23) <= 59;
  return hasOffset ? (text as Instant) : undefined;
}

/** Undefined for a time that the clocks skip. */
function unshiftedOffset(text: string, dayMs: number, zone: Zone): string | undefined {
  const minutes = digits(text, 11) * 60 + digits(text, 14);
  const { offset, actual } = zone.reading(dayMs + minutes * MINUTE_MS + digits(text, 17) * 1000);
  return offset === actual ? formatOffset(offset) : undefined;
}

/** Whether a text starts with a day as `2026-03-04`. */
function hasIsoDay(text: string): boolean {
  return (
    text[4] === "-" &&
    text[7] === "-" &&
    isRealDay(digits(text, 0) * 100 + digits(text, 2), digits(text, 5), digits(text, 8))
  );
}

/** Whether `T18:22:09` or the like, with a space, follows the day. */
function hasTime(text: string): boolean {
  return (
    (text[10] === " " || text[10] === "T") &&
    digits(text, 11) <= 23 &&
    text[13] === ":" &&
    digits(text, 14) <= 59 &&
    text[16] === ":" &&
    digits(text, 17) <= 59
  );
}

/** The number that two digits make; NaN if they are none. */
function digits(text: string, index: number): number {
  const tens = text.charCodeAt(index) - 48;
  const ones = text.charCodeAt(index + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function readParts(text: string, formats: readonly DateFormat[] | undefined): DateParts | undefined {
  if (formats === undefined) return readCommonDate(text);
  for (const { read } of formats) {
    const parts = read(text);
    if (parts !== undefined) return parts;
  }
  return undefined;
}

/** Milliseconds of the units that formats count in since 1970. */
const COUNTED = { unix: 1000, unixMillis: 1 } as const;

function formatNamed(name: string, zone: Zone): DateFormat {
  return name in COUNTED ? countedFormat(COUNTED[name as keyof typeof COUNTED], zone) : dateFormat(name);
}

/** Years that dates can have, less a day for the zones. */
const FIRST_MS = Date.UTC(1000, 0, 2);
const LAST_MS = Date.UTC(9999, 11, 31);

function countedFormat(unitMs: number, zone: Zone): DateFormat {
  return {
    read(text) {
      const instantMs = /^-?\d{1,15}$/.test(text) ? Number(text) * unitMs : Number.NaN;
      if (!(instantMs >= FIRST_MS && instantMs <= LAST_MS)) return undefined;
      const millis = ((instantMs % 1000) + 1000) % 1000;
      return partsIn(zone, instantMs, millis === 0 ? "" : String(millis).padStart(3, "0"));
    },
    write(parts) {
      const count = Math.floor((instantOf(parts, parts.offset ?? "Z") + millisOf(parts)) / unitMs);
      // 0 is no date when it is read.
      return count === 0 ? undefined : String(count);
    },
  };
}

/** A local time as the moment that it is in the zone. */
function inZone(parts: DateParts, zone: Zone): Instant {
  const localMs = utcOf(parts);
  const { offset, actual } = zone.reading(localMs);
  if (actual === offset) return isoInstant(parts, formatOffset(offset));
  const shown = partsIn(zone, localMs - offset * MINUTE_MS, parts.fraction);
  return isoInstant(shown, shown.offset);
}

/** A moment as the clocks of the zone show it. */
function partsIn(zone: Zone, instantMs: number, fraction: string): DateParts & { readonly offset: string } {
  const offset = zone.at(instantMs);
  const shown = new Date(instantMs + offset * MINUTE_MS);
  return {
    year: shown.getUTCFullYear(),
    month: shown.getUTCMonth() + 1,
    day: shown.getUTCDate(),
    hour: shown.getUTCHours(),
    minute: shown.getUTCMinutes(),
    second: shown.getUTCSeconds(),
    fraction,
    offset: formatOffset(offset),
  };
}

function isoInstant(parts: DateParts, offset: string): Instant {
  const { hour, minute, second, fraction } = parts;
  return `${isoDate(parts)}T${two(hour)}:${two(minute)}:${two(second)}${fraction === "" ? "" : `.${fraction}`}${offset}`;
}

function isoDate({ year, month, day }: DateParts): IsoDate {
  return `${year}-${two(month)}-${two(day)}` as IsoDate;
}

/** Without the fraction. */
function utcOf({ year, month, day, hour, minute, second }: DateParts): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** Without the fraction. */
function instantOf(parts: DateParts, offset: string): number {
  return utcOf(parts) - offsetMinutes(offset) * MINUTE_MS;
}

function millisOf({ fraction }: DateParts): number {
  return Number(fraction.padEnd(3, "0").slice(0, 3));
}

/** `"-05:30"` → `-330`, `"Z"` → `0`. */
function offsetMinutes(offset: string): number {
  if (offset === "Z") return 0;
  const size = digits(offset, 1) * 60 + digits(offset, 4);
  return offset.startsWith("-") ? -size : size;
}

function isZone(name: string): boolean {
  try {
    zoneNamed(name);
    return true;
  } catch {
    return false;
  }
}
