/**
 * Checks an IČO of Czechia or Slovakia: 8 digits, the last of which is a check digit. Spaces do not matter; lost
 * leading zeros do, see {@link normalizeCompanyId}. Numbers of other countries are not looked at.
 *
 * Check digit, the same in both countries: the first seven digits times 8, 7, 6, 5, 4, 3, 2, summed; 11 − (sum mod 11),
 * where 11 becomes 1 and 10 becomes 0.
 *
 * @param country - ISO 3166-1 alpha-2
 * @returns undefined if the number is good or its country has no check here, else the reason without the number itself
 * @see https://tleskac.gkolin.cz/ulohy/overeni_ic/ (read 2026-11-24)
 * @see https://github.com/arthurdejong/python-stdnum stdnum/cz/ico.py, stdnum/sk/ico.py (read 2026-11-24)
 */
export function checkCompanyId(value: string, country: string): string | undefined {
  if (country !== "CZ" && country !== "SK") {
    return undefined;
  }
  const digits = compact(value);
  if (!/^\d{8}$/.test(digits)) {
    return /^\d{1,7}$/.test(digits)
      ? `expected an IČO of 8 digits, got ${digits.length}; leading zeros may be lost`
      : "expected an IČO of 8 digits";
  }
  return companyCheckDigit(digits) === digitAt(digits, 7) ? undefined : "the check digit of the IČO is wrong";
}

/** Spaces out; in Czechia and Slovakia leading zeros back that a spreadsheet lost: `" 1234 5"` → `"00012345"`. */
export function normalizeCompanyId(value: string, country = "CZ"): string {
  const id = compact(value);
  return (country === "CZ" || country === "SK") && /^\d{1,7}$/.test(id) ? id.padStart(8, "0") : id;
}

/**
 * Checks a VAT number with its country prefix: DIČ in Czechia, IČ DPH in Slovakia. Case and spaces do not matter.
 *
 * - `CZ` and 8 digits: a legal person, an IČO that does not begin with 9.
 * - `CZ` and 9 digits that begin with 6: a number that the tax office gave (group registration, foreigners); the check
 *   digit is taken over the digits after the 6.
 * - `CZ` and 9 or 10 digits: a person's birth number. The date must exist; 9 digits were given out until 1953; 10
 *   digits are divisible by 11, or, in some numbers given out until 1985, the first nine leave 10 and the last is 0.
 * - `SK` and 10 digits, divisible by 11.
 * - Any other prefix: 2 to 13 letters, digits, `+` or `*` after it; no check digit is calculated.
 *
 * @returns undefined if the number is good, else the reason without the number itself, which may be personal
 * @see https://github.com/arthurdejong/python-stdnum stdnum/cz/dic.py, stdnum/cz/rc.py, stdnum/sk/dph.py (read 2026-11-24)
 * @see https://democz.tindb.cz/country-cz.html 9 digits of groups and foreign persons (read 2026-11-24)
 */
export function checkVatId(value: string): string | undefined {
  const id = compact(value);
  const prefix = id.slice(0, 2);
  const rest = id.slice(2);
  if (prefix === "CZ") {
    return checkCzechVatNumber(rest);
  }
  if (prefix === "SK") {
    if (!/^\d{10}$/.test(rest)) {
      return "expected SK and 10 digits";
    }
    return Number(rest) % 11 === 0 ? undefined : "the check digit of the IČ DPH is wrong";
  }
  if (/^\d{10}$/.test(id)) {
    return "expected a country prefix; 10 bare digits may be a Slovak DIČ";
  }
  return /^[A-Z]{2}[0-9A-Z+*]{2,13}$/.test(id) ? undefined : "expected a country prefix and 2 to 13 letters or digits";
}

/** Upper case without spaces: `"cz 0000 0019"` → `"CZ00000019"`. */
export function normalizeVatId(value: string): string {
  return compact(value);
}

/** The country of a VAT number's prefix as ISO 3166-1, for Greece and Northern Ireland too: `"EL…"` → `"GR"`. */
export function vatIdCountry(value: string): string | undefined {
  const prefix = /^[A-Z]{2}(?=[0-9A-Z])/.exec(compact(value))?.[0];
  return prefix === "EL" ? "GR" : prefix === "XI" ? "GB" : prefix;
}

/**
 * Checks a Slovak DIČ: 10 digits without a prefix. The law fixes no check digit, so none is calculated (the divisibility
 * by 11 belongs to the IČ DPH).
 *
 * @returns undefined if the number is good, else the reason
 * @see § 67 of the Slovak act 563/2009 Z. z.
 * @see https://sk.wikipedia.org/wiki/Daňové_identifikačné_číslo (read 2026-11-24)
 */
export function checkTaxId(value: string): string | undefined {
  const id = compact(value);
  if (/^\d{10}$/.test(id)) {
    return undefined;
  }
  return id.startsWith("SK") ? "expected a DIČ of 10 digits; with SK it is an IČ DPH" : "expected a DIČ of 10 digits";
}

function compact(value: string): string {
  return value.replace(/\s+/g, "").toUpperCase();
}

function checkCzechVatNumber(digits: string): string | undefined {
  if (!/^\d{8,10}$/.test(digits)) {
    return "expected CZ and 8 to 10 digits";
  }
  if (digits.length === 8) {
    if (digits.startsWith("9")) {
      return "a DIČ of 8 digits does not begin with 9";
    }
    return companyCheckDigit(digits) === digitAt(digits, 7) ? undefined : "the check digit of the DIČ is wrong";
  }
  if (digits.length === 9 && digits.startsWith("6")) {
    const expected = ((weightedSum(digits.slice(1)) % 11) + 8) % 10;
    return expected === digitAt(digits, 8) ? undefined : "the check digit of the DIČ is wrong";
  }
  return checkBirthNumber(digits);
}

function checkBirthNumber(digits: string): string | undefined {
  const short = digits.length === 9;
  const twoDigits = Number(digits.slice(0, 2));
  // 9 digits: 1880 to 1953; 10 digits: 1954 to 2053
  const century = short ? (twoDigits >= 80 ? 1800 : 1900) : twoDigits < 54 ? 2000 : 1900;
  const year = century + twoDigits;
  if (short && year > 1953) {
    return "a birth number of 9 digits ends with the year 1953";
  }
  // women have 50 added to the month; since 2004 another 20 where a day ran out of numbers
  let month = Number(digits.slice(2, 4));
  month -= month > 50 ? 50 : 0;
  month -= month > 20 && year >= 2004 ? 20 : 0;
  const day = Number(digits.slice(4, 6));
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) {
    return "the date in the birth number does not exist";
  }
  if (short) {
    return undefined;
  }
  const rest = Number(digits.slice(0, 9)) % 11;
  return rest % 10 === digitAt(digits, 9) ? undefined : "the check digit of the birth number is wrong";
}

/** Expected eighth digit of an IČO. */
function companyCheckDigit(digits: string): number {
  return (11 - (weightedSum(digits) % 11)) % 10;
}

/** The first seven digits times 8, 7, 6, 5, 4, 3, 2. */
function weightedSum(digits: string): number {
  let sum = 0;
  for (let index = 0; index < 7; index++) {
    sum += digitAt(digits, index) * (8 - index);
  }
  return sum;
}

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 48;
}

/** Days of a month, 1 to 12. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
