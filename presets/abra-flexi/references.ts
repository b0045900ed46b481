import { first, text, type Spec } from "../../src/index.ts";

// A reference is a text with a prefix: "code:KOD", "ext:SHOP:10088", "ean:8590…", "uuid:…", or the number of the record in
// the company. What is written for people stands beside it: <mena showAs="EUR: Euro" ref="/c/firma/mena/2.xml">code:EUR</mena>.
// The same record in full, as the export gives it on request, has <kod> and <nazev> inside.

/** The code that a reference names: "code:EUR" → "EUR". */
export function codeOf(path: string): Spec<string> {
  return first(
    text(path, { extract: "^code:(.+)$" }),
    text(`${path}/@showAs`, { extract: "^([^:]+):" }),
    text([`${path}/*/kod`, `${path}/kod`]),
  );
}

/** The name of what a reference leads to, if the file says it; otherwise its code. */
export function nameOf(path: string): Spec<string> {
  return first(
    text([`${path}/*/nazev`, `${path}/nazev`]),
    text(`${path}/@showAs`, { extract: "^[^:]+:\\s*(\\S.*)$" }),
    text(path, { extract: "^code:(.+)$" }),
  );
}

/** ISO 3166-1 code of a reference to a state, which is the state's own code. */
export function stateOf(path: string): Spec<string> {
  return first(
    text(path, { extract: "^code:([A-Za-z]{2})$", case: "upper" }),
    text(`${path}/@showAs`, { extract: "^([A-Z]{2}):" }),
    text([`${path}/*/kod`, `${path}/kod`], { extract: "^([A-Z]{2})$" }),
  );
}

/** ISO 4217 code of a reference to a currency, whose own code it is. */
export function currencyOf(path: string): Spec<string> {
  return first(
    text(path, { extract: "^(?:code:)?([A-Za-z]{3})$", case: "upper" }),
    text(`${path}/@showAs`, { extract: "^([A-Z]{3}):" }),
    text([`${path}/*/kod`, `${path}/kod`], { extract: "^([A-Z]{3})$" }),
  );
}

/** "true" and "false" in exports; 1 and 0 are understood in imports. */
export const TRUE: readonly string[] = ["true", "1"];
/** Exports append the offset to a day: 2026-03-14+01:00. */
export const DAY: { readonly formats: string[] } = {
  formats: ["yyyy-MM-dd", "yyyy-MM-ddXXX", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX"],
};
