import { z } from "zod";
import type { Instant, IsoDate } from "../../model/order.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";
import { type DateFormat, type DateParts, dateFormat, readCommonDate } from "./date-format.ts";
import { formatOffset, type Zone, zoneNamed } from "./zone.ts";

const MINUTE_MS = 60_000;

const formats = z
  .array(z.string().min(1))
  .min(1)
  .optional()
  .describe(
    "Formats in letters yyyy yy MM M dd d HH H mm ss S XXX; without them, all common ones are understood. On export, the first one",
  );

/** `0000-00-00` and its like: what databases write for no date. */
const NO_DATE = /^0000-00-00(?:[T ]00:00:00)?$/;

const dateOptions = z.strictObject({ formats });

/** Day. `4. 3. 2026`, `2026-03-04 18:22:09` → `"2026-03-04"`; `0000-00-00` is no value. */
export const date: CodecType<typeof dateOptions, IsoDate> = defineCodec(
  dateOptions,
  () => true,
  (options) => {
    const { read, write } = readerOf(options.formats, "yyyy-MM-dd");
    return {
      decode(text) {
        const trimmed = text.trim();
        if (NO_DATE.test(trimmed)) return undefined;
        const parts = read(trimmed);
        return parts === undefined ? new Invalid("a date such as 2026-03-04 or 4.3.2026") : isoDate(parts);
      },
      encode(value) {
        const parts = readCommonDate(value);
        return parts === undefined ? new Invalid("a date such as 2026-03-04") : write(parts);
      },
    };
  },
);

const dateTimeOptions = z.strictObject({
  formats,
  zone: z
    .string()
    .optional()
    .describe("IANA time zone of times without an offset, where it is not that of the mapping"),
});

/** Moment. `2026-03-04 18:22:09` in Prague → `"2026-03-04T18:22:09+01:00"`. */
export const dateTime: CodecType<typeof dateTimeOptions, Instant> = defineCodec(
  dateTimeOptions,
  () => true,
  (options, context) => {
    const { read, write } = readerOf(options.formats, "yyyy-MM-dd HH:mm:ss");
    const zone = zoneNamed(options.zone ?? context.zone);
    return {
      decode(text) {
        const trimmed = text.trim();
        if (NO_DATE.test(trimmed)) return undefined;
        const parts = read(trimmed);
        if (parts === undefined) return new Invalid("a time such as 2026-03-04 18:22:09");
        return parts.offset === undefined
          ? inZone(parts, zone)
          : isoInstant(parts, parts.offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2"));
      },
      encode(value) {
        const parts = readCommonDate(value);
        if (parts?.offset === undefined) return new Invalid("a time such as 2026-03-04T18:22:09+01:00");
        const instantMs = utcOf(parts) - offsetMinutes(parts.offset) * MINUTE_MS;
        const offset = zone.at(instantMs);
        return write({
          ...partsAt(instantMs + offset * MINUTE_MS),
          fraction: parts.fraction,
          offset: formatOffset(offset),
        });
      },
    };
  },
);

function readerOf(formats: readonly string[] | undefined, standard: string): DateFormat {
  const [first = standard] = formats ?? [];
  const { write } = dateFormat(first);
  if (formats === undefined) return { read: readCommonDate, write };
  const readers = formats.map(dateFormat);
  return {
    write,
    read(text) {
      for (const reader of readers) {
        const parts = reader.read(text);
        if (parts !== undefined) return parts;
      }
      return undefined;
    },
  };
}

/** A local time as the moment that it is in the zone. */
function inZone(parts: DateParts, zone: Zone): Instant {
  const localMs = utcOf(parts);
  const { offset, actual } = zone.reading(localMs);
  if (actual === offset) return isoInstant(parts, formatOffset(offset));
  const shown = partsAt(localMs + (actual - offset) * MINUTE_MS);
  return isoInstant({ ...shown, fraction: parts.fraction }, formatOffset(actual));
}

function isoInstant(parts: Omit<DateParts, "offset">, offset: string): Instant {
  const { hour, minute, second, fraction } = parts;
  return `${isoDate(parts)}T${two(hour)}:${two(minute)}:${two(second)}${fraction === "" ? "" : `.${fraction}`}${offset}` as Instant;
}

function isoDate({ year, month, day }: Pick<DateParts, "year" | "month" | "day">): IsoDate {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}` as IsoDate;
}

function two(value: number): string {
  return value < 10 ? `0${value}` : String(value);
}

function utcOf({ year, month, day, hour, minute, second }: DateParts): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

function partsAt(ms: number): Omit<DateParts, "offset" | "fraction"> & { readonly offset: undefined } {
  const at = new Date(ms);
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
    offset: undefined,
  };
}

function offsetMinutes(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(offset) ?? [];
  return (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
}
