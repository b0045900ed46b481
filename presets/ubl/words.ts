import {
  any,
  type Condition,
  equals,
  fieldIs,
  type MappingOptions,
  matches,
  type Spec,
  when,
} from "../../src/index.ts";

/** What EN 16931 itself asks for, and what an access point of Peppol expects of BIS Billing 3. */
export const EN_16931 = "urn:cen.eu:en16931:2017";
export const PEPPOL = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
export const PEPPOL_PROCESS = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

export const components = {
  cac: "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
  cbc: "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
} satisfies MappingOptions["namespaces"];

/** UNCL5305. IGIC, IPSI and Italian split payment are rates like others; what is written is the first of each word. */
export const vatCategoryCodes = {
  S: "standard",
  Z: "zero",
  E: "exempt",
  AE: "reverseCharge",
  K: "intraCommunity",
  G: "export",
  O: "outOfScope",
  L: "standard",
  M: "standard",
  B: "standard",
} as const;

/** UNCL1001, the codes that EN 16931 allows for an invoice. Advances and proformas go first: the others are invoices. */
export const invoiceTypeCodes = {
  "380": "invoice",
  "386": "advance",
  "325": "proforma",
  "381": "creditNote", // no code of an Invoice by EN 16931, but of some programs; its amounts are positive all the same
  // Also a correction, whose amounts have their signs: what it takes back is negative.
  "384": "invoice",
  ...asInvoices(
    "71 80 82 84 102 130 202 203 204 211 218 219 295 326 331 382 383 385 387 388 389 390 393 394 395 456 457 471 472",
    "473 500 501 527 553 575 623 633 751 780 817 870 875 876 877 935",
  ),
} as const;

function asInvoices(...codes: readonly string[]): Record<string, "invoice"> {
  return Object.fromEntries(codes.flatMap((list) => list.split(" ").map((code) => [code, "invoice"] as const)));
}

/** UNCL4461. What is left out, `ZZZ` above all, says nothing of the kind: then the name of the payment does. */
export const paymentMeansCodes = {
  "10": "cash",
  "20": "cheque",
  "21": "cheque",
  "22": "cheque",
  "23": "cheque",
  "24": "cheque",
  "25": "cheque",
  "26": "cheque",
  "30": "transfer",
  "31": "transfer",
  "42": "transfer",
  "45": "transfer",
  "46": "transfer",
  "47": "transfer",
  "58": "transfer",
  "48": "card",
  "54": "card",
  "55": "card",
  "68": "card", // online payment service
  "49": "directDebit",
  "59": "directDebit",
  "97": "setOff",
} as const;

/**
 * UN/ECE recommendations 20 and 21: the code, the unit that it is read as, and further words that are written as it.
 * Whatever is not here is written as pieces, `C62`.
 */
const units: readonly (readonly [code: string, unit: string, ...words: string[]])[] = [
  ["C62", "ks", "kus", "kusy", "kusů", "Ks", "KS", "pcs", "pc", "szt"],
  ["KGM", "kg", "Kg", "KG", "kilogram"],
  ["GRM", "g", "gram"],
  ["MGM", "mg"],
  ["TNE", "t", "tuna"],
  ["LTR", "l", "L", "litr", "liter"],
  ["MLT", "ml"],
  ["CLT", "cl"],
  ["DLT", "dl"],
  ["HLT", "hl"],
  ["MTR", "m", "metr", "meter", "bm"],
  ["CMT", "cm"],
  ["MMT", "mm"],
  ["KMT", "km"],
  ["MTK", "m2", "m²"],
  ["MTQ", "m3", "m³"],
  ["HUR", "h", "hod", "hod.", "hodina", "hodin"],
  ["MIN", "min", "min."],
  ["DAY", "den", "deň", "dny", "dní"],
  ["WEE", "týden", "týždeň"],
  ["MON", "měsíc", "mesiac", "měs", "měs."],
  ["ANN", "rok"],
  ["PR", "pár", "pár."],
  ["SET", "sada", "set", "souprava", "súprava"],
  ["XPK", "balení", "balenie", "bal", "bal."],
  ["XBX", "krabice", "krabica", "krab"],
  ["XCT", "karton", "kartón", "krt"],
  ["XBO", "láhev", "lahev", "fľaša"],
  ["XRO", "role", "rolka", "rola"],
  ["XBG", "sáček", "vrecko"],
  ["XPX", "paleta", "pal"],
  ["XTU", "tuba"],
  ["XJR", "sklenice"],
  ["DZN", "tucet"],
  ["KWH", "kWh"],
  ["P1", "%"],
  ["LS", "paušál"],
  ["E48", "služba"],
];

/** Further codes of what is one piece: EA each, H87 piece, NAR number of articles, PCE and ST from before. */
const pieces = ["EA", "H87", "NAR", "PCE", "ST", "XPP"] as const;

export const unitWords: Readonly<Record<string, string>> = Object.fromEntries([
  ...units.map(([code, unit]) => [code, unit] as const),
  ...pieces.map((code) => [code, "ks"] as const),
]);

/** Codes other than the one for all the rest, and when they are written. */
export const unitConditions: readonly (readonly [code: string, when: Condition])[] = units
  .filter(([code]) => code !== "C62")
  .map(([code, ...words]) => [code, any(...words.map((word) => fieldIs("unit", "=", word)))]);

/** Whether the code of a unit is one that we have a word for. */
export const isKnownUnit = (path: string | readonly string[]): Condition => equals(path, Object.keys(unitWords));

/** UNCL7161: freight service, delivery, shipping and handling. */
const SHIPPING_CODES = ["FC", "DL", "SAA"];

// No element says what a line is. These words, which shops name their fees by, do; the parameter `lineKinds` turns it off.
const NAMES = {
  shipping:
    "^(?:doprava|dopravn|doručen|doruč|poštovn|expedi|přeprav|preprav|shipping|delivery|postage|freight|carriage)",
  payment: "^(?:dobír|dobier|platba|způsob platby|spôsob platby|cash on delivery|payment|cod\\b)",
  discount: "^(?:slev|zľav|kup[oó]n|slevov|zľavov|dárkový (?:poukaz|šek)|discount|rabat)",
  rounding: "^(?:zaokrouhl|zaokrúhl|haléřové vyrovn|centové vyrovn|rounding)",
} as const;

export function isNamed(kind: keyof typeof NAMES, path: string): Condition {
  return matches(path, NAMES[kind], "iu");
}

export function isFreight(path: string): Condition {
  return equals(path, SHIPPING_CODES);
}

/**
 * Electronic addresses by country: EAS schemes whose value is the number of the VAT payer, with its prefix. Czechia and
 * Slovakia have others too, which parameters choose.
 */
export const vatSchemes = {
  AT: "9914",
  BG: "9926",
  DE: "9930",
  ES: "9920",
  FR: "9957",
  HR: "9934",
  HU: "9910",
  PL: "9945",
  PT: "9946",
  RO: "9947",
  SI: "9949",
} as const;

/** Currencies of books, in which the VAT may stand a second time. */
export const homeCurrencies = ["CZK", "EUR", "PLN", "HUF", "RON", "BGN", "SEK", "DKK", "GBP", "USD", "CHF"] as const;

/** The first of several whose condition holds. */
export function choose<Value>(
  branches: readonly (readonly [Condition, Spec<Value>])[],
  otherwise?: Spec<Value>,
): Spec<Value> {
  const chosen = branches.reduceRight<Spec<Value> | undefined>(
    (rest, [condition, then]) => when<Value>(condition, then, rest),
    otherwise,
  );
  if (chosen === undefined) throw new RangeError("nothing to choose from");
  return chosen;
}
