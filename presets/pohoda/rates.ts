import { all, any, type Condition, fieldIs, has, not, parameterIs, vatTable } from "../../src/index.ts";

// Which word of typ:vatRateEnum stands for the rate of a line. Pohoda knows the rates of its country on the day of the
// document as high, low and third. Any other one is historic and has its percent beside it; so are all of the One Stop
// Shop. @see https://www.stormware.cz/pohoda/xml/provyvojare/dphrezimmoss/ (read 2026-11-24)

/** Periods that count: older documents get historic rates, which Pohoda takes as well. */
const RECENT = 2;

/** Whether the day that decides the rates is in a period: the first of these that is stated, as when rates are read. */
function dayIsIn(from: string, to: string | undefined): Condition {
  const days = ["/taxPointOn", "/createdAt", "/issuedOn"];
  return any(
    ...days.map((day, index) => {
      // Times are compared as moments. All rates changed with a year, in winter time.
      const at = (date: string): string => (day === "/createdAt" ? `${date}T00:00:00+01:00` : date);
      return all(
        ...days.slice(0, index).map((earlier) => not(has(earlier))),
        fieldIs(day, ">=", at(from)),
        ...(to === undefined ? [] : [fieldIs(day, "<", at(to))]),
      );
    }),
  );
}

function isRateOf(country: "CZ" | "SK"): Condition {
  const periods = vatTable[country] ?? [];
  return all(
    parameterIs("country", country),
    any(
      ...periods
        .slice(-RECENT)
        .map(({ from, standard, reduced }, index, recent) =>
          all(
            any(...[standard, ...reduced].map((rate) => fieldIs("vatRate", "=", rate))),
            dayIsIn(from, recent[index + 1]?.from),
          ),
        ),
    ),
  );
}

export const isOss = fieldIs("/vatRegime", "=", "oss");

/** Whether a level says the rate of the line. */
export const hasLevel = any(fieldIs("vatRate", "=", "0"), all(not(isOss), any(isRateOf("CZ"), isRateOf("SK"))));

/**
 * Historic rates are basic or reduced too. No basic rate in the Union is below 17 per cent, and only these reduced ones
 * are not.
 */
export const isReduced = any(
  fieldIs("vatRate", "<", "17"),
  all(fieldIs("/vatCountry", "=", "HU"), fieldIs("vatRate", "=", "18")),
  all(fieldIs("/vatCountry", "=", "SK"), fieldIs("vatRate", "=", "19")),
);
