const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Offsets remembered at most. */
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
}

export interface Reading {
  /** Offset that turns the local time into a moment. */
  readonly offset: number;
  /** Offset at that moment: another one only for times that the clocks skip. */
  readonly actual: number;
}

const zones = new Map<string, Zone>();

/** @throws RangeError if there is no such zone. */
export function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    const at = offsetAt(name);
    zone = { at, reading: remembering(readingOffset(at)) };
    zones.set(name, zone);
  }
  return zone;
}

/** Offsets change only at clock changes, so most days have one for all their hours. */
function remembering(find: Zone["reading"]): Zone["reading"] {
  const days = new Map<number, Reading | undefined>();
  return (localMs) => {
    const day = Math.floor(localMs / DAY_MS);
    let reading = days.get(day);
    if (reading === undefined && !days.has(day)) {
      const early = find(day * DAY_MS);
      const late = find((day + 1) * DAY_MS);
      reading = early.offset === late.offset && early.actual === late.actual ? early : undefined;
      if (days.size >= REMEMBERED) days.clear();
      days.set(day, reading);
    }
    return reading ?? find(localMs);
  };
}

function readingOffset(at: Zone["at"]): Zone["reading"] {
  return (localMs) => {
    // The offsets a day before and a day after are the only ones that can apply.
    const before = at(localMs - DAY_MS);
    const after = at(localMs + DAY_MS);
    const fits = (offset: number): boolean => at(localMs - offset * MINUTE_MS) === offset;
    const offset = before === after || fits(before) || !fits(after) ? before : after;
    return { offset, actual: at(localMs - offset * MINUTE_MS) };
  };
}

function offsetAt(zone: string): Zone["at"] {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  return (instantMs) => {
    const parts = Object.fromEntries(format.formatToParts(instantMs).map(({ type, value }) => [type, value]));
    const number = (name: string): number => Number(parts[name]);
    const local = Date.UTC(
      number("year"),
      number("month") - 1,
      number("day"),
      number("hour"),
      number("minute"),
      number("second"),
    );
    return Math.round((local - Math.floor(instantMs / 1000) * 1000) / MINUTE_MS);
  };
}

/** `60` → `"+01:00"`. */
export function formatOffset(minutes: number): string {
  const sign = minutes < 0 ? "-" : "+";
  const size = Math.abs(minutes);
  return `${sign}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}
