import { all, any, fieldIs, has, type Line, oneOf, type Spec, type VatRegime, when } from "../../src/index.ts";

type Category = NonNullable<Line["vatCategory"]>;
export const CATEGORIES = [
  "standard",
  "zero",
  "exempt",
  "reverseCharge",
  "intraCommunity",
  "export",
  "outOfScope",
] as const satisfies readonly Category[];
export const REGIMES = [
  "standard",
  "nonPayer",
  "reverseCharge",
  "intraCommunity",
  "oss",
  "export",
] as const satisfies readonly VatRegime[];

// Conditions start at the record, so that they hold inside its lists too.
export const isForeign = has("/homeCurrency");
export const isCreditNote = fieldIs("/documentType", "=", "creditNote");
export const isInvoice = fieldIs("/documentType", "=", "invoice");
export const isProforma = fieldIs("/documentType", "=", "proforma");
export const isCorrection = any(isCreditNote, all(isInvoice, has("/correctedNumber")));
export const isSimplified = fieldIs("/custom.documentTypeCode", "=", "7");

/** The same word for each of several values of a field. */
export function wordFor<Value extends string>(
  field: string,
  path: string,
  word: string,
  value: Value,
  ...others: readonly Value[]
): Spec<Value> {
  const one = oneOf(path, { [word]: value }, { required: true });
  const [next, ...rest] = others;
  return next === undefined ? one : when(fieldIs(field, "=", value), one, wordFor(field, path, word, next, ...rest));
}
