import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Invalid } from "../../../src/mapping/codec.ts";
import { date, dateTime } from "../../../src/mapping/codecs/date.ts";
import { instantSchema } from "../../../src/model/order.ts";
import type { Instant, IsoDate } from "../../../src/model/order.ts";
import { codecOf, contextWith } from "./codec.ts";

const HOUR_MS = 3_600_000;

describe("date", () => {
  const codec = codecOf("date", {});

  it.each([
    ["2026-03-04", "2026-03-04"], ["2026-3-4", "2026-03-04"], [" 2026-03-04\n", "2026-03-04"],
    ["2026-03-04 18:22:09", "2026-03-04"], ["2026-03-04T18:22:09", "2026-03-04"], ["2026-03-04 18:22", "2026-03-04"],
    ["2026-03-04T18:22:09.123", "2026-03-04"], ["2026-03-04T23:59:59Z", "2026-03-04"], ["2026-03-04T00:00:00+02:00", "2026-03-04"],
    ["2026-03-04+01:00", "2026-03-04"], ["2026-03-04Z", "2026-03-04"],
    ["4.3.2026", "2026-03-04"], ["04.03.2026", "2026-03-04"], ["4. 3. 2026", "2026-03-04"], ["4.\u00a03.\u00a02026", "2026-03-04"],
    ["4. 3. 2026 8:05", "2026-03-04"], ["31.12.2026", "2026-12-31"], ["20260304", "2026-03-04"],
    ["2024-02-29", "2024-02-29"], ["2000-02-29", "2000-02-29"], ["1000-01-01", "1000-01-01"], ["9999-12-31", "9999-12-31"],
  ])("reads %j as %j", (input, expected) => {
    expect(codec.decode(input)).toBe(expected);
  }); // prettier-ignore

  it.each([
    "", " ", "0", "0000-00-00", "0000-00-00 00:00:00", "0000-00-00T00:00:00", "0000-00-00 00:00", "0000-00-00 00:00:00.000",
    "00.00.0000", "0. 0. 0000", "00000000", " 0000-00-00 ",
  ])("takes %j for no date", (input) => {
    expect(codec.decode(input)).toBeUndefined();
    expect(codecOf("dateTime", {}).decode(input)).toBeUndefined();
  }); // prettier-ignore

  it.each([
    "2026-02-30", "2026-02-29", "1900-02-29", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31", "2026-13-01", "2026-00-10", "2026-01-00",
    "2026-01-32", "30.2.2026", "20260230", "0999-01-01", "0000-01-01", "4.3.26", "03/04/2026", "4-3-2026", "2026/03/04", "2026-03", "2026",
    "2026-03-04x", "x2026-03-04", "2026-03-04-05", "2026-03-04 24:00:00", "2026-03-04 12:60:00", "2026-03-04 12:00:60", "2026-03-04 1200", "zítra",
    "2026-03-0a", "202a-03-04", "2026-0:-04", "2026-03-04 12:00:0x", "2026-03-04 12-00:00", "2026-03-04 12:00x00", "2026-03-04x12:00:00",
    "2026_03-04", "2026-03_04",
  ])("takes %j for an invalid date", (input) => {
    expect(codec.decode(input)).toMatchObject({ code: "FIELD_INVALID", expected: "a date such as 2026-03-04 or 4.3.2026" });
  }); // prettier-ignore

  it("has exactly the days of the calendar", () => {
    const days = new Set<string>();
    for (let day = Date.UTC(1999, 11, 31); day < Date.UTC(2029, 0, 1); day += 24 * HOUR_MS)
      days.add(new Date(day).toISOString().slice(0, 10));
    for (let year = 2000; year <= 2028; year++)
      for (let month = 0; month <= 13; month++)
        for (let day = 0; day <= 32; day++) {
          const text = `${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
          const czech = `${day}.${month}.${year}`;
          expect(codec.decode(text)).toBe(days.has(text) ? text : codec.decode("x"));
          expect(codec.decode(czech)).toBe(days.has(text) ? text : codec.decode("x"));
        }
  });

  it.each([
    [["MM/dd/yyyy"], "03/04/2026", "2026-03-04"],
    [["M/d/yy"], "3/4/26", "2026-03-04"],
    [["yy"+"MMdd"], "990304", "2099-03-04"],
    [["d/M/yyyy", "yyyy"+"MM-dd"], "202603-04", "2026-03-04"],
    [["'den 'd'. měsíce 'M yyyy"], "den 4. měsíce 3\u00a0\u00a02026", "2026-03-04"],
    [["yyyy'''s 'MM dd"], "2026's 03 04", "2026-03-04"],
    [["(yyyy).MM*dd"], "(2026).03*04", "2026-03-04"],
    [["unix"], "1772668800", "2026-03-05"],
    [["unix"], "1772665199", "2026-03-04"],
    [["unix"], "1772665200", "2026-03-05"],
    [["unixMillis"], "1772665199999", "2026-03-04"],
    [["unix"], "-1", "1970-01-01"],
  ])("in the formats %j reads %j as %j", (formats, input, expected) => {
    expect(codecOf("date", { formats }).decode(input)).toBe(expected);
  }); // prettier-ignore

  it.each([
    [["MM/dd/yyyy"], "3/04/2026"],
    [["MM/dd/yyyy"], "2026-03-04"],
    [["MM/dd/yyyy"], "13/04/2026"],
    [["d.M.yyyy"], "4x3x2026"],
    [["d.M.yyyy"], "4.3.2026 x"],
    [["unix"], "17726688x"],
    [["unix"], "99999999999999"],
    [["unix"], "1.5"],
  ])("in the formats %j takes %j for no date", (formats, input) => {
    expect(codecOf("date", { formats }).decode(input)).toBeInstanceOf(Invalid);
  });

  it.each([
    [undefined, "2026-03-04"],
    [["d. M. yyyy"], "4. 3. 2026"],
    [["dd.MM.yy"], "04.03.26"],
    [["yyyyMMdd", "d.M.yyyy"], "20260304"],
    [["yyyy-MM-dd'T'HH:mm:ssXXX"], "2026-03-04T00:00:00+01:00"],
    [["d.M.yyyy h:mm a"], "4.3.2026 12:00 AM"],
    [["unix"], "1772578800"],
    [["unixMillis"], "1772578800000"],
  ])("in the formats %j writes %j", (formats, expected) => {
    expect(codecOf("date", { formats }).encode("2026-03-04")).toBe(expected);
  });

  it("does not write what is no date, or what the format cannot hold", () => {
    for (const value of ["2026-02-30", "4.3.2026", "2026-3-4", "2026-03-04T00:00:00Z", ""])
      expect(codec.encode(value as IsoDate)).toBeInstanceOf(Invalid);
    for (const value of ["1999-12-31", "2100-01-01"] as const)
      expect(codecOf("date", { formats: ["d.M.yy"] }).encode(value)).toBeInstanceOf(Invalid);
    for (const value of ["2000-01-01", "2099-12-31"] as const)
      expect(codecOf("date", { formats: ["d.M.yy"] }).encode(value)).toBeTypeOf("string");
  });

  it.each([
    ["HH:mm", "lacks the year"],
    ["yyyy-dd", "lacks the month"],
    ["yyyy-MM", "lacks the day"],
    ["d.M.yyyy h:mm", "both h and a"],
    ["d.M.yyyy H:mm a", "both h and a"],
    ["d.M.yyyy H h:mm a", "hour twice"],
    ["d.M.yyyy yy", "year twice"],
    ["d.M.yyyyy", "other letters"],
    ["d.MMM.yyyy", "month twice"],
    ["yyyy-MM-ddTHH:mm", "other letters"],
    ["d.M.yyyy 'v", "other letters"],
    ["", "lacks the year"],
  ])("refuses the format %j: %s", (format, message) => {
    const { success, error } = date.options.safeParse({ formats: [format] });
    expect(success).toBe(false);
    expect(error?.message).toContain(message);
    expect(() =>
      date.create({ formats: [format] }, { country: "CZ", zone: "Europe/Prague", vatTable: {}, taxDate: undefined }),
    ).toThrow(expect.objectContaining({ code: "MAPPING_INVALID" }));
  });

  it("refuses an empty list of formats", () => {
    expect(date.options.safeParse({ formats: [] }).success).toBe(false);
  });
});

describe("dateTime", () => {
  const codec = codecOf("dateTime", {});

  it.each([
    ["2026-03-04 18:22:09", "2026-03-04T18:22:09+01:00"], ["2026-07-04 18:22:09", "2026-07-04T18:22:09+02:00"],
    ["2026-03-04T18:22:09", "2026-03-04T18:22:09+01:00"], ["2026-03-04 18:22", "2026-03-04T18:22:00+01:00"],
    ["2026-03-04", "2026-03-04T00:00:00+01:00"], ["2026-03-04 8:05", "2026-03-04T08:05:00+01:00"], ["\n2026-03-04 18:22:09 ", "2026-03-04T18:22:09+01:00"],
    ["2026-03-04  18:22:09", "2026-03-04T18:22:09+01:00"], ["2026-03-04 23:59:59", "2026-03-04T23:59:59+01:00"],
    ["2026-03-04 18:22:09.5", "2026-03-04T18:22:09.5+01:00"], ["2026-03-04 18:22:09,123", "2026-03-04T18:22:09.123+01:00"],
    ["2026-03-04T18:22:09.1234567", "2026-03-04T18:22:09.1234567+01:00"], ["2026-03-04 18:22:09.000", "2026-03-04T18:22:09+01:00"],
    ["2026-03-04T18:22:09Z", "2026-03-04T18:22:09Z"], ["2026-03-04T18:22:09+05:30", "2026-03-04T18:22:09+05:30"],
    ["2026-03-04T18:22:09-08:00", "2026-03-04T18:22:09-08:00"], ["2026-03-04T18:22:09+0100", "2026-03-04T18:22:09+01:00"],
    ["2026-03-04T18:22:09+01", "2026-03-04T18:22:09+01:00"], ["2026-03-04 18:22:09 +0100", "2026-03-04T18:22:09+01:00"],
    ["2026-03-04 18:22:09Z", "2026-03-04T18:22:09Z"], ["2026-03-04 18:22Z", "2026-03-04T18:22:00Z"], ["2026-03-04T18:22:09.25-0330", "2026-03-04T18:22:09.25-03:30"],
    ["2026-03-04 18:22:09+01:00", "2026-03-04T18:22:09+01:00"], ["2026-03-04+01:00", "2026-03-04T00:00:00+01:00"],
    ["4.3.2026", "2026-03-04T00:00:00+01:00"], ["4.3.2026 18:22", "2026-03-04T18:22:00+01:00"], ["4. 3. 2026 8:22:09", "2026-03-04T08:22:09+01:00"],
    ["4. 3. 2026, 18:22", "2026-03-04T18:22:00+01:00"], ["4.3.2026,18:22", "2026-03-04T18:22:00+01:00"], ["2026-03-04 18:22 +1345", "2026-03-04T18:22:00+13:45"], ["04.07.2026 18:22", "2026-07-04T18:22:00+02:00"], ["20260304", "2026-03-04T00:00:00+01:00"],
    // spring: the hour from two is skipped
    ["2026-03-29 01:59:59", "2026-03-29T01:59:59+01:00"], ["2026-03-29 02:00:00", "2026-03-29T03:00:00+02:00"],
    ["2026-03-29 02:30:00", "2026-03-29T03:30:00+02:00"], ["2026-03-29 02:59:59.5", "2026-03-29T03:59:59.5+02:00"], ["2026-03-29 03:00:00", "2026-03-29T03:00:00+02:00"],
    // autumn: the hour from two is there twice
    ["2026-10-25 01:59:59", "2026-10-25T01:59:59+02:00"], ["2026-10-25 02:00:00", "2026-10-25T02:00:00+02:00"],
    ["2026-10-25 02:59:59", "2026-10-25T02:59:59+02:00"], ["2026-10-25 03:00:00", "2026-10-25T03:00:00+01:00"],
    ["29.3.2026 2:30", "2026-03-29T03:30:00+02:00"], ["25.10.2026 2:30", "2026-10-25T02:30:00+02:00"],
  ])("reads %j as %j", (input, expected) => {
    expect(codec.decode(input)).toBe(expected);
    expect(instantSchema.safeParse(expected).success).toBe(true);
  }); // prettier-ignore

  it.each([
    "2026-02-30 10:00:00", "2026-03-04 24:00:00", "2026-03-04 12:60:00", "2026-03-04 12:00:60", "2026-03-04T18:22:09+15:00", "2026-03-04T18:22:09+01:60",
    "2026-03-04T18:22:09z", "2026-03-04T18:22:09x01:00", "2026-03-04T18:22:09+01:0", "2026-03-04T18:22:09+01x00", "2026-03-04T18", "2026-03-04 6:22 PM",
    "1772645000", "dnes", "2026-03-04 18:22:09.", "2026-03-04T18:22:0", "2026-03-04T18:22:09+1a:00",
  ])("takes %j for an invalid time", (input) => {
    expect(codec.decode(input)).toMatchObject({ code: "FIELD_INVALID", expected: "a time such as 2026-03-04 18:22:09" });
  }); // prettier-ignore

  it.each([
    ["M/d/yyyy h:mm a", "3/4/2026 6:22 PM", "2026-03-04T18:22:00+01:00"],
    ["M/d/yyyy h:mm a", "3/4/2026 12:05 am", "2026-03-04T00:05:00+01:00"],
    ["M/d/yyyy h:mm a", "3/4/2026 12:05 p.m.", "2026-03-04T12:05:00+01:00"],
    ["M/d/yyyy hh:mm:ss a", "3/4/2026 06:22:09 AM", "2026-03-04T06:22:09+01:00"],
    ["yyyyMMddHHmmss", "20260304182209", "2026-03-04T18:22:09+01:00"],
    ["yyyyMMddHHmmssSSS", "20260304182209050", "2026-03-04T18:22:09.050+01:00"],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2026-03-04T18:22:09.250Z", "2026-03-04T18:22:09.250Z"],
    ["yyyy-MM-dd HH:mm XXX", "2026-03-04 18:22 +0530", "2026-03-04T18:22:00+05:30"],
    ["d.M.yyyy H:m:s", "4.3.2026 8:5:9", "2026-03-04T08:05:09+01:00"],
    ["d.M.yyyy", "4.3.2026", "2026-03-04T00:00:00+01:00"],
    ["unix", "1772644929", "2026-03-04T18:22:09+01:00"],
    ["unix", "1783181929", "2026-07-04T18:18:49+02:00"],
    ["unixMillis", "1772644929050", "2026-03-04T18:22:09.050+01:00"],
    ["unixMillis", "1772644929000", "2026-03-04T18:22:09+01:00"],
    ["unixMillis", "-1", "1970-01-01T00:59:59.999+01:00"],
  ])("in the format %j reads %j as %j, and writes it so that it reads it again", (format, input, expected) => {
    const codec = codecOf("dateTime", { formats: [format] });
    expect(codec.decode(input)).toBe(expected);
    const read = codec.decode(codec.encode(expected) as string) as string;
    expect(Date.parse(read)).toBe(Date.parse(expected));
  });

  it.each([
    ["M/d/yyyy h:mm a", "3/4/2026 13:05 PM"],
    ["M/d/yyyy h:mm a", "3/4/2026 0:05 AM"],
    ["M/d/yyyy h:mm a", "3/4/2026 6:22"],
    ["d.M.yyyy H:mm", "4.3.2026 8:5"],
    ["d.M.yyyy H:mm", "4.3.2026 25:00"],
  ])("in the format %j takes %j for no time", (format, input) => {
    expect(codecOf("dateTime", { formats: [format] }).decode(input)).toBeInstanceOf(Invalid);
  });

  it("has no value for a count of 0", () => {
    const codec = codecOf("dateTime", { formats: ["unix"] });
    expect(codec.decode("0")).toBeUndefined();
    expect(codec.encode("1970-01-01T00:00:00Z")).toBeInstanceOf(Invalid);
    expect(codec.encode("1970-01-01T00:00:01Z")).toBe("1");
  });

  it.each([
    [undefined, "2026-03-04T18:22:09.5Z", "2026-03-04T18:22:09.5Z"],
    [["yyyy-MM-dd HH:mm:ss"], "2026-03-04T17:22:09Z", "2026-03-04 18:22:09"],
    [["yyyy-MM-dd HH:mm:ss"], "2026-07-04T23:22:09Z", "2026-07-05 01:22:09"],
    [["d. M. yyyy H:mm", "yyyy"+"-MM-dd"], "2026-03-04T07:05:09+01:00", "4. 3. 2026 7:05"],
    [["d.M.yyyy h:m:s a"], "2026-03-04T00:05:09+01:00", "4.3.2026 12:5:9 AM"],
    [["d.M.yyyy hh:mm a"], "2026-03-04T12:05:09+01:00", "4.3.2026 12:05 PM"],
    [["d.M.yyyy hh:mm a"], "2026-03-04T13:05:09+01:00", "4.3.2026 01:05 PM"],
    [["yyyy-MM-dd'T'HH:mm:ss.SSSXXX"], "2026-03-04T18:22:09Z", "2026-03-04T19:22:09.000+01:00"],
    [["yyyyMMddHHmmssSS"], "2026-03-04T18:22:09.129+01:00", "2026030418220912"],
    [["unix"], "2026-03-04T18:22:09.9+01:00", "1772644929"],
    [["unixMillis"], "2026-03-04T18:22:09.95+01:00", "1772644929950"],
    [["unix"], "2026-03-04T11:52:09-05:30", "1772644929"],
  ] as const)("in the formats %j writes %j as %j", (formats, value, expected) => {
    expect(codecOf("dateTime", { formats: formats && [...formats] }).encode(value)).toBe(expected);
  }); // prettier-ignore

  it("writes Z for no offset", () => {
    const codec = codecOf("dateTime", { formats: ["yyyy-MM-dd'T'HH:mm:ssXXX"], zone: "Europe/London" });
    expect(codec.encode("2026-03-04T18:22:09+01:00")).toBe("2026-03-04T17:22:09Z");
    expect(codec.encode("2026-07-04T18:22:09+01:00")).toBe("2026-07-04T18:22:09+01:00");
  });

  it("does not write what is no moment", () => {
    for (const value of [
      "2026-03-04T18:22:09",
      "2026-03-04",
      "2026-03-04 18:22:09+01:00",
      "2026-02-30T18:22:09Z",
      "2026-03-04T18:22Z",
      "",
    ])
      expect(codec.encode(value as Instant)).toBeInstanceOf(Invalid);
  });

  it("takes its own zone before that of the mapping", () => {
    expect(codecOf("dateTime", { zone: "Asia/Kolkata" }).decode("2026-03-04 18:22:09")).toBe(
      "2026-03-04T18:22:09+05:30",
    );
    expect(codecOf("dateTime", {}, contextWith({ zone: "America/New_York" })).decode("2026-03-04 18:22:09")).toBe(
      "2026-03-04T18:22:09-05:00",
    );
    expect(codecOf("dateTime", {}, contextWith({ zone: "UTC" })).decode("2026-03-04 18:22:09")).toBe(
      "2026-03-04T18:22:09+00:00",
    );
  });

  it("refuses a zone that there is not", () => {
    expect(dateTime.options.safeParse({ zone: "Europe/Brno" }).success).toBe(false);
    expect(() => codecOf("dateTime", {}, contextWith({ zone: "Europe/Brno" }))).toThrow(
      expect.objectContaining({ code: "MAPPING_INVALID" }),
    );
  });
});

/** Every local time of the years, each with the moments that it stands for, as `Intl` shows the moments. */
function clock(
  zone: string,
  stepMs: number,
): { readonly moments: Map<string, number[]>; readonly show: (ms: number) => string } {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "medium" });
  const show = (ms: number): string => format.format(ms);
  const moments = new Map<string, number[]>();
  for (let ms = Date.UTC(2023, 11, 31); ms < Date.UTC(2028, 0, 2); ms += stepMs) {
    const local = show(ms);
    const known = moments.get(local);
    if (known === undefined) moments.set(local, [ms]);
    else known.push(ms);
  }
  return { moments, show };
}

describe("dateTime against Intl", () => {
  it.each([
    ["Europe/Prague", 2], ["Europe/London", 2], ["America/New_York", 2], ["America/St_Johns", 2], ["Australia/Lord_Howe", 4], ["Asia/Kolkata", 2],
    ["Africa/Casablanca", 2], ["America/Santiago", 2], ["Asia/Beirut", 2], ["Pacific/Chatham", 4], ["America/Havana", 2], ["Africa/Cairo", 2],
  ] as const)("reads every hour of 2024 to 2027 in %s", (zone, perHour) => {
    const codec = codecOf("dateTime", { zone });
    const stepMs = HOUR_MS / perHour;
    const { moments, show } = clock(zone, stepMs);
    let skipped = 0;
    for (let localMs = Date.UTC(2024, 0, 1); localMs < Date.UTC(2028, 0, 1); localMs += stepMs) {
      const local = new Date(localMs).toISOString().slice(0, 19).replace("T", " ");
      const value = codec.decode(local) as string;
      const [first] = moments.get(local) ?? [];
      if (first !== undefined) {
        // The earliest of the moments, shown as it was written.
        if (Date.parse(value) !== first || value.slice(0, 19) !== local.replace(" ", "T")) expect([local, value]).toBe(first);
      } else {
        skipped++;
        // What the clocks show is later than what was written by what they skipped: that much, and not more, before as after.
        const shown = Date.parse(`${show(Date.parse(value)).replace(" ", "T")}Z`);
        const gapMs = shown - localMs;
        const before = show(Date.parse(value) - gapMs);
        expect(value.slice(0, 19)).toBe(new Date(shown).toISOString().slice(0, 19));
        expect(Date.parse(`${before.replace(" ", "T")}Z`)).toBe(localMs - gapMs);
        expect(gapMs).toBeGreaterThan(0);
      }
    }
    // Morocco's rules differ between the time zone data of Node 20 and 24; every moment above is checked all the same.
    if (zone === "Africa/Casablanca") expect(skipped).toBeGreaterThan(0);
    else expect(skipped).toBe(zone === "Asia/Kolkata" ? 0 : zone === "Australia/Lord_Howe" ? 2 * 4 : 4 * perHour);
  }); // prettier-ignore

  it.each(["Europe/Prague", "America/St_Johns", "Australia/Lord_Howe", "Africa/Casablanca"])(
    "writes every half hour of 2024 to 2027 as the clocks of %s show it",
    (zone) => {
      const codec = codecOf("dateTime", { zone, formats: ["yyyy-MM-dd HH:mm:ss"] });
      const { moments } = clock(zone, HOUR_MS / 2);
      for (const [local, all] of moments)
        for (const ms of all) {
          const text = codec.encode(new Date(ms).toISOString().replace(".000", ""));
          if (text !== local) expect(text).toBe(local);
        }
    },
  );

  it("knows the changes to the second, in any order", () => {
    const codec = codecOf("dateTime", {});
    fc.assert(
      fc.property(
        fc.integer({ min: 1996, max: 2037 }),
        fc.constantFrom(2, 9),
        fc.integer({ min: -7200, max: 7200 }),
        (year, month, seconds) => {
          const lastSunday = new Date(Date.UTC(year, month + 1, 0));
          lastSunday.setUTCDate(lastSunday.getUTCDate() - lastSunday.getUTCDay());
          const ms = lastSunday.getTime() + HOUR_MS + seconds * 1000;
          const summer = month === 2 ? seconds >= 0 : seconds < 0;
          const local = new Date(ms + (summer ? 2 : 1) * HOUR_MS).toISOString().slice(0, 19);
          const repeated = month === 9 && seconds >= 0 && seconds < 3600;
          expect(codec.decode(local.replace("T", " "))).toBe(`${local}${summer || repeated ? "+02:00" : "+01:00"}`);
        },
      ),
      { numRuns: 500, seed: 20260304 },
    );
  });

  it("reads days that a country left out", () => {
    // Samoa went from 29 to 31 December 2011.
    const codec = codecOf("dateTime", { zone: "Pacific/Apia" });
    expect(codec.decode("2011-12-29 23:59:59")).toBe("2011-12-29T23:59:59-10:00");
    expect(codec.decode("2011-12-30 12:00:00")).toBe("2011-12-31T12:00:00+14:00");
    expect(codec.decode("2011-12-31 00:00:00")).toBe("2011-12-31T00:00:00+14:00");
  });
});

describe("dates and times", () => {
  const days = fc
    .integer({ min: Date.UTC(1000, 0, 2) / HOUR_MS / 24, max: Date.UTC(9999, 11, 30) / HOUR_MS / 24 })
    .map((day) => new Date(day * 24 * HOUR_MS).toISOString().slice(0, 10) as IsoDate);

  it.each([undefined, ["d. M. yyyy"], ["yyyyMMdd"], ["M/d/yyyy h:mm a"], ["yyyy-MM-dd'T'HH:mm:ss"]])(
    "reads a day in the formats %j as it wrote it",
    (formats) => {
      const codec = codecOf("date", { formats });
      fc.assert(
        fc.property(days, (value) => {
          expect(codec.decode(codec.encode(value) as string)).toBe(value);
        }),
        { seed: 20260304 },
      );
    },
  );

  it.each(["unix", "unixMillis"])("reads a day in the format %s as it wrote it", (format) => {
    const codec = codecOf("date", { formats: [format] });
    fc.assert(
      fc.property(days, (value) => {
        fc.pre(value >= "1900-01-01");
        expect(codec.decode(codec.encode(value) as string)).toBe(value);
      }),
      { seed: 20260304 },
    );
  });

  it.each([undefined, ["yyyy-MM-dd'T'HH:mm:ss.SSSXXX"], ["unixMillis"], ["M/d/yyyy h:mm:ss.SSS a XXX"]])(
    "reads a moment in the formats %j as it wrote it",
    (formats) => {
      const codec = codecOf("dateTime", { formats });
      fc.assert(
        fc.property(
          fc.date({ min: new Date("1950-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
          (moment) => {
            fc.pre(moment.getTime() !== 0);
            const value = moment.toISOString() as Instant;
            const read = codec.decode(codec.encode(value) as string) as string;
            expect(Date.parse(read)).toBe(moment.getTime());
            if (formats === undefined) expect(read).toBe(value.replace(/\.000(?=Z)/, ""));
          },
        ),
        { seed: 20260304 },
      );
    },
  );
});

describe("speed", () => {
  it("takes at most a microsecond for a time on a day that was there before", () => {
    const codec = codecOf("dateTime", {});
    const texts = Array.from({ length: 1000 }, (_, index) =>
      new Date(Date.UTC(2026, 0, 1 + (index % 300), 12, index % 60)).toISOString().slice(0, 19).replace("T", " "),
    );
    let best = Infinity;
    for (let round = 0; round < 30; round++) {
      const started = performance.now();
      for (const text of texts) codec.decode(text);
      best = Math.min(best, ((performance.now() - started) * 1000) / texts.length);
    }
    expect(best).toBeLessThan(1);
  });
});
