import {
  all,
  any,
  code,
  compared,
  concat,
  constant,
  type Decimal,
  decimal,
  each,
  equals,
  exists,
  first,
  type Line,
  type LineKind,
  matches,
  not,
  object,
  oneOf,
  parameterIs,
  type Price,
  type Spec,
  text,
  vatLevel,
  vatRate,
  when,
} from "../../src/index.ts";
import { amount, isForeign, isVatPayer, levels, type Place, rateOf } from "./money.ts";
import { codeOf, nameOf, TRUE } from "./references.ts";

// The program has no kinds of items; services such as delivery are told by their names or codes, in Czech and Slovak.
const SHIPPING =
  "^(?:doprav|poštov|dopravn|přeprav|preprav|doruč|balné|osobní odběr|osobný odber|zásilkovna|zásielkovňa)";
const PAYMENT = "^(?:dobírk|dobierk|platba|(?:po|pří|prí)plat\\S+ za (?:plat|dob))";
const DISCOUNT = "^(?:slev|zľav|kup[oó]n)";
const ROUNDING = "^(?:zaokrouhl|zaokrúhl|haléřové vyrovnán|halierové vyrovnan|centové vyrovnan)";

/** Goods of the price list are goods, whatever they are called, unless their code says that they are a service. */
const isGoods = all(
  any(equals("typPolozkyK", "typPolozky.katalog"), exists("cenik")),
  not(matches("cenik", "^code:(?:DOPRAV|POSTOVN|POŠTOVN|PREPRAV|DOBIR|DOBÍR|DOBIER|SLEV|ZLAV|ZĽAV)", "iu")),
);

const kind: Spec<LineKind> = when(
  any(equals("autoZaokr", TRUE), matches("nazev", ROUNDING, "iu")),
  constant("rounding"),
  when(
    equals("zaloha", TRUE),
    constant("deposit"),
    when(
      isGoods,
      constant("product"),
      when(
        any(matches("nazev", SHIPPING, "iu"), matches("cenik", "^code:(?:DOPRAV|POSTOVN|POŠTOVN|PREPRAV)", "iu")),
        constant("shipping"),
        when(
          any(matches("nazev", PAYMENT, "iu"), matches("cenik", "^code:(?:DOBIR|DOBÍR|DOBIER)", "iu")),
          constant("payment"),
          when(
            any(matches("nazev", DISCOUNT, "iu"), matches("cenik", "^code:(?:SLEV|ZLAV|ZĽAV)", "iu")),
            constant("discount"),
            when(
              equals("typPolozkyK", ["typPolozky.ucetni", "typPolozky.korekceRekapitulace"]),
              constant("other"),
              constant("product"),
            ),
          ),
        ),
      ),
    ),
  ),
);

/** A discount of the item or of the document is still to be taken off the price; the sums of the item are without it. */
const isDiscounted = any(
  compared(decimal("slevaPol"), "!=", "0"),
  all(compared(decimal("../../slevaDokl"), "!=", "0"), not(equals("uplSlevaDokl", ["false", "0"]))),
);

function item(place: Omit<Place, "items">): Spec<Line> {
  const hasSums = any(exists("sumCelkemMen"), exists("sumCelkem"), exists("sumZkl"));
  const sums = (suffix: "" | "Men") => ({
    net: amount(`sumZkl${suffix}`, place),
    vat: amount(`sumDph${suffix}`, place),
    gross: amount(`sumCelkem${suffix}`, place),
  });
  const isGross = any(
    equals("typCenyDphK", ["typCeny.sDph", "typCeny.sDphKoef"]),
    all(not(exists("typCenyDphK")), parameterIs("prices", "gross")),
  );
  const priced = when(isGross, object<Price>({ gross: decimal("cenaMj") }), object<Price>({ net: decimal("cenaMj") }));
  return object<Line>({
    kind,
    externalId: text("id"),
    code: first(
      text("cenik", { extract: "^code:(.+)$" }),
      text("kod"),
      text("cenik/@showAs", { extract: "^([^:]+):" }),
    ),
    ean: first(text("cenik", { extract: "^ean:(.+)$" }), code("eanKod")),
    name: first(text("nazev", { collapse: true }), nameOf("cenik")),
    quantity: amount("mnozMj", place),
    unit: codeOf("mj"),
    vatRate: rateOf(place),
    // With a discount that nobody took off, and without sums, nothing says what the item costs: that is an error.
    priceBasis: when(
      any(not(isDiscounted), hasSums),
      when(isGross, constant("gross"), constant("net")),
      when(
        compared(decimal("slevaPol"), "!=", "0"),
        oneOf("slevaPol", { 0: "net" }),
        oneOf("../../slevaDokl", { 0: "net" }),
      ),
    ),
    unitPrice: when(not(isDiscounted), priced),
    total: when(isForeign(place), sums("Men"), sums("")),
    home: when(isForeign(place), { total: sums("") }),
    discount: when(compared(decimal("slevaPol"), "!=", "0"), decimal("slevaPol")),
    note: text("poznam"),
  });
}

/** A document without items has only sums by rate: each is a line. */
function sumsAsLines(place: Place): Spec<Line[]> {
  const line = (suffix: "" | "Men", name: "Zakl" | "Sniz" | "Sniz2" | undefined, rate: Spec<Decimal>) => {
    const amounts = (end: "" | "Men") =>
      name === undefined
        ? { net: amount(`sumOsv${end}`, place), gross: amount(`sumOsv${end}`, place) }
        : {
            net: amount(`sumZkl${name}${end}`, place),
            vat: amount(`sumDph${name}${end}`, place),
            gross: amount(`sumCelk${name}${end}`, place),
          };
    const sum = name === undefined ? `sumOsv${suffix}` : `sumCelk${name}${suffix}`;
    return when<Line>(compared(decimal(sum), "!=", "0"), {
      kind: constant("other"),
      name: text("popis", { default: "Bez položek" }),
      quantity: constant("1"),
      vatRate: when(isVatPayer, rate),
      total: amounts(suffix),
      ...(suffix === "Men" && { home: { total: amounts("") } }),
    });
  };
  const lines = (suffix: "" | "Men") => [
    ...levels.map(({ level, name }) =>
      line(suffix, name, first(vatRate(`szbDph${name}`, { notation: "percent" }), vatLevel(level))),
    ),
    line(suffix, undefined, constant("0")),
  ];
  return when(isForeign(place), concat<Line>(...lines("Men")), concat<Line>(...lines("")));
}

export function lines(place: Place): Spec<Line[]> {
  return when(
    equals("bezPolozek", TRUE),
    sumsAsLines(place),
    // Texts between items have no price, and cancelled items are no part of the document.
    each<Line>(
      place.items,
      item({ ...place, up: "../../" }),
      all(not(equals("typPolozkyK", "typPolozky.text")), not(equals("stornoPol", TRUE))),
    ),
  );
}
