import { DefinitionError } from "../../errors.ts";
import { two } from "./date-format.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Days remembered at most. */
const REMEMBERED = 5000;

/** An IANA time zone. All times in milliseconds, offsets in minutes from UTC. */
export interface Zone {
  /** Offset at a moment. */
  at(instantMs: number): number;
  /**
   * How to read a local time, given as if it were UTC. One that the clocks skip in spring is read with the offset before
   * the change, so that it comes out later by what was skipped; one that they repeat in autumn is the first of the two.
   */
  reading(localMs: number): Reading;
  /**
   * Offset as text, `+01:00`, of all local times of a day; undefined for a day on which the clocks change.
   *
   * @param day - days since 1970-01-01
   */
  wholeDay(day: number): string | undefined;
}

export interface Reading {
  /** Offset that turns the local time into a moment. */
  readonly offset: number;
  /** Offset at that moment: another one only for times that the clocks skip. */
  readonly actual: number;
}

const zones = new Map<string, Zone>();

/** @throws {@link DefinitionError} MAPPING_INVALID if there is no such zone. */
export function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    const at = rememberingChanges(offsetIn(name));
    const reading = (localMs: number): Reading => readLocal(localMs, at);
    zone = { at, reading, wholeDay: remembering((day) => wholeDayOffset(day, reading)) };
    zones.set(name, zone);
  }
  return zone;
}

function readLocal(localMs: number, at: Zone["at"]): Reading {
  // The offsets a day before and a day after are the only ones that can apply.
  const before = at(localMs - DAY_MS);
  const after = at(localMs + DAY_MS);
  if (before === after) return { offset: before, actual: before };
  const fits = (offset: number): boolean => at(localMs - offset * MINUTE_MS) === offset;
  const offset = fits(before) || !fits(after) ? before : after;
  return { offset, actual: at(localMs - offset * MINUTE_MS) };
}

function wholeDayOffset(day: number, reading: Zone["reading"]): string | undefined {
  const early = reading(day * DAY_MS);
  const late = reading((day + 1) * DAY_MS);
  const same = early.offset === late.offset && early.actual === late.actual;
  return same ? formatOffset(early.offset) : undefined;
}

interface OffsetsOfDay {
  readonly before: number;
  readonly after: number;
  /** When the clocks change; Infinity if they do not. */
  readonly changeMs: number;
}

/** Offsets by UTC day. Clocks change at most once a day, so that the moment of a change is looked for only once. */
function rememberingChanges(at: Zone["at"]): Zone["at"] {
  const offsets = remembering((day): OffsetsOfDay => {
    const startMs = day * DAY_MS;
    const before = at(startMs);
    const after = at(startMs + DAY_MS);
    return { before, after, changeMs: before === after ? Infinity : findChange(startMs, before, at) };
  });
  return (instantMs) => {
    const { before, after, changeMs } = offsets(Math.floor(instantMs / DAY_MS));
    return instantMs < changeMs ? before : after;
  };
}

/** The first second of the day that has another offset. */
function findChange(startMs: number, before: number, at: Zone["at"]): number {
  let still = startMs;
  let changed = startMs + DAY_MS;
  while (changed - still > SECOND_MS) {
    const middle = Math.floor((still + changed) / 2 / SECOND_MS) * SECOND_MS;
    if (at(middle) === before) still = middle;
    else changed = middle;
  }
  return changed;
}

/** By number of the day: small whole numbers are the keys that maps find fastest. */
function remembering<Value>(find: (day: number) => Value): (day: number) => Value {
  const known = new Map<number, Value>();
  return (day) => {
    let value = known.get(day);
    if (value === undefined) {
      if (known.has(day)) return value as Value;
      value = find(day);
      if (known.size >= REMEMBERED) known.clear();
      known.set(day, value);
    }
    return value;
  };
}

/** Offset as `Intl` has it, which takes some microseconds. */
function offsetIn(zone: string): Zone["at"] {
  const format = clockOf(zone);
  return (instantMs) => {
    const [month = 0, day, year = 0, hour, minute, second] = (format.format(instantMs).match(/\d+/g) ?? []).map(Number);
    const localMs = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.round((localMs - Math.floor(instantMs / SECOND_MS) * SECOND_MS) / MINUTE_MS);
  };
}

/** Writes month, day, year, hour, minute and second, in this order. */
function clockOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      numberingSystem: "latn",
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
  } catch (cause) {
    throw new DefinitionError("MAPPING_INVALID", `"${zone}" is not an IANA time zone`, { cause });
  }
}

/** `60` → `"+01:00"`. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
