import {
  all,
  type Amount,
  any,
  compared,
  concat,
  type Condition,
  constant,
  decimal,
  type Decimal,
  equals,
  exists,
  first,
  matches,
  not,
  object,
  parameter,
  parameterIs,
  type Spec,
  text,
  type Totals,
  type VatBreakdown,
  vatLevel,
  vatRate,
  when,
} from "../../src/index.ts";
import { currencyOf, TRUE } from "./references.ts";

/** Where a document, or the document of an item, is told. */
export interface Place {
  /** "" in the document, "../../" in an item. */
  readonly up: "" | "../../";
  /** Paths of the items, from the document. */
  readonly items: readonly string[];
  /** Whether it may be a credit note. */
  readonly credits: boolean;
}

export function isForeign({ up }: Pick<Place, "up">): Condition {
  return compared(currencyOf(`${up}mena`), "!=", { parameter: "currency" });
}

export const isVatPayer = parameterIs("vatPayer", "yes");

/**
 * By the kind that the type of the document is of, if the export includes it; by the link to what is credited, which is
 * made with the document; by the words of the type: "DOBROPIS: Dobropis", "code:DOBROPIS-EUR".
 */
export function isCreditNote(up: Place["up"]): Condition {
  return any(
    equals(`${up}typDokl/typ-faktury-vydane/typDoklK`, "typDokladu.dobropis"),
    exists(`${up}vytvor-vazbu-dobropis/dobropisovanyDokl`),
    all(
      not(exists(`${up}typDokl/typ-faktury-vydane/typDoklK`)),
      any(equals(`${up}typDokl`, { parameter: "creditNoteType" }), matchesType(up, "dobropis|dobr\\b|opravn")),
    ),
  );
}

export function matchesType(up: Place["up"], pattern: string): Condition {
  return any(matches(`${up}typDokl`, pattern, "iu"), matches(`${up}typDokl/@showAs`, pattern, "iu"));
}

/**
 * An amount. Those of credit notes are below zero in all that is known; should one say that it is more than nothing, it is
 * turned round, since nobody pays the shop for goods that came back.
 */
export function amount(path: string, { up, credits }: Pick<Place, "up" | "credits">): Spec<Decimal> {
  if (!credits) return decimal(path);
  const isTurned = all(isCreditNote(up), compared(decimal(`${up}sumCelkem`), ">", "0"));
  return when(isTurned, decimal(path, { sign: "negate" }), decimal(path));
}

/** Units of the home currency; 100 forints are the usual quantity. */
export const exchangeRate = when(
  isForeign({ up: "" }),
  when(
    compared(decimal("kurzMnozstvi"), "=", "100"),
    decimal("kurz", { shift: -2 }),
    when(
      compared(decimal("kurzMnozstvi"), "=", "1000"),
      decimal("kurz", { shift: -3 }),
      when(any(not(exists("kurzMnozstvi")), compared(decimal("kurzMnozstvi"), "=", "1")), decimal("kurz")),
    ),
  ),
);

/** Levels of rates as elements are named, and the rates that the document itself states for them. */
export const levels = [
  { level: "high", name: "Zakl", type: "typSzbDph.dphZakl" },
  { level: "low", name: "Sniz", type: "typSzbDph.dphSniz" },
  { level: "third", name: "Sniz2", type: "typSzbDph.dphSniz2" },
] as const;

export function stateOfVat(up: Place["up"]): Spec<string> {
  return first(
    text(`${up}statDph`, { extract: "^code:([A-Za-z]{2})", case: "upper" }),
    text(`${up}statDph/@showAs`, { extract: "^([A-Z]{2})" }),
  );
}

/** Another country's rates are not those of the level here. */
export const isOss = (up: Place["up"]): Condition => compared(stateOfVat(up), "!=", { parameter: "country" });

export function rateOf({ up }: Pick<Place, "up">): Spec<Decimal> {
  const ofLevel = levels.reduceRight<Spec<Decimal>>(
    (others, { level, name, type }) =>
      when(
        equals("typSzbDphK", type),
        first(vatRate(`${up}szbDph${name}`, { notation: "percent" }), when(not(isOss(up)), vatLevel(level))),
        others,
      ),
    when(equals("typSzbDphK", "typSzbDph.dphOsv"), constant("0")),
  );
  return when(isVatPayer, first(vatRate("szbDph", { notation: "percent" }), ofLevel));
}

/** An item with no VAT, or one that the program made to round the document. */
function hasZeroItem({ items }: Place): Condition {
  return any(
    ...items.flatMap((item) => [
      exists(`${item}[typSzbDphK='typSzbDph.dphOsv']/typSzbDphK`),
      exists(`${item}[autoZaokr='true']/autoZaokr`),
    ]),
  );
}

/**
 * Rounding by the method "0sazba" goes to the sum without VAT. Less than one there, and no item of that rate, is the
 * rounding. Unverified: that there is no item for it then.
 */
function isRounding(path: string, place: Place): Condition {
  return all(
    not(hasZeroItem(place)),
    not(equals("bezPolozek", TRUE)),
    compared(decimal(path), "<", "1"),
    compared(decimal(path), ">", "-1"),
    compared(decimal(path), "!=", "0"),
  );
}

export function totals(place: Place): Spec<Totals> {
  const stated = (suffix: "" | "Men") => ({
    vat: when(isVatPayer, amount(`sumDphCelkem${suffix}`, place)),
    rounding: when(isRounding(`sumOsv${suffix}`, place), amount(`sumOsv${suffix}`, place)),
    payable: amount(`sumCelkem${suffix}`, place),
  });
  return when<Totals>(
    isForeign(place),
    { ...stated("Men"), home: object<NonNullable<Totals["home"]>>(stated("")) },
    stated(""),
  );
}

/** Sums by rate. Those of the currency of the document have "Men" at the end; in the home currency these are zeros. */
export function vatBreakdown(place: Place): Spec<VatBreakdown[]> {
  const isForeignHere = isForeign(place);
  const rows = (suffix: "" | "Men") =>
    levels.map(({ level, name }) => {
      const amounts = (end: string) => ({
        net: amount(`sumZkl${name}${end}`, place),
        vat: amount(`sumDph${name}${end}`, place),
        gross: amount(`sumCelk${name}${end}`, place),
      });
      return when<VatBreakdown>(
        any(
          compared(decimal(`sumCelk${name}${suffix}`), "!=", "0"),
          compared(decimal(`sumZkl${name}${suffix}`), "!=", "0"),
        ),
        {
          rate: first(vatRate(`szbDph${name}`, { notation: "percent" }), when(not(isOss("")), vatLevel(level))),
          ...amounts(suffix),
          ...(suffix === "Men" && { home: object<Amount>(amounts("")) }),
        },
      );
    });
  const free = (suffix: "" | "Men") =>
    when<VatBreakdown>(
      all(compared(decimal(`sumOsv${suffix}`), "!=", "0"), not(isRounding(`sumOsv${suffix}`, place))),
      {
        rate: constant("0"),
        net: amount(`sumOsv${suffix}`, place),
        vat: constant("0"),
        gross: amount(`sumOsv${suffix}`, place),
        ...(suffix === "Men" && {
          home: object<Amount>({ net: amount("sumOsv", place), gross: amount("sumOsv", place) }),
        }),
      },
    );
  return when(
    all(isVatPayer, exists(["sumCelkZakl", "sumCelkSniz", "sumCelkSniz2", "sumOsv"])),
    when(isForeignHere, concat<VatBreakdown>(...rows("Men"), free("Men")), concat<VatBreakdown>(...rows(""), free(""))),
  );
}

export const currency = {
  currency: first(currencyOf("mena"), parameter("currency")),
  exchangeRate,
  homeCurrency: when(isForeign({ up: "" }), parameter("currency")),
} as const;
