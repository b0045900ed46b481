import {
  absent,
  all,
  boolean,
  concat,
  decimal,
  each,
  equals,
  exists,
  first,
  has,
  not,
  parameter,
  parameterIs,
  type Decimal,
  type ProductPrice,
  readOnly,
  type Spec,
  text,
  vatRate,
  when,
  writeOnly,
} from "../../src/index.ts";

// What the feeds have in common: the stock card, stk:stock. Names, types and lengths are those of stock.xsd and
// type.xsd, version 2 of 2025-10-16. Paths start at `at`, the card or an element around it.

const VERSION_2 = "http://www.stormware.cz/schema/version_2";

/** Files of others have other prefixes; the reader goes by the URI. */
export const namespaces = {
  stk: `${VERSION_2}/stock.xsd`,
  typ: `${VERSION_2}/type.xsd`,
};

/** What both feeds ask the user. */
export const cardParameters = {
  country: {
    title: "Country of the accounting unit",
    description: "Decides what high and low mean as VAT rates: 21 and 12 per cent in CZ, 23 and 19 in SK.",
    default: "CZ",
    values: ["CZ", "SK"],
  },
  currency: {
    title: "Home currency of the accounting unit",
    description: "Prices on the card are in the home currency, which the file does not state.",
    default: "CZK",
  },
  // stockPriceItem states no payVAT; each price list of Pohoda has a setting of its own for it.
  levelPrices: {
    title: "Prices of price levels",
    description: "Whether the prices of price levels are net or gross; the file does not say.",
    default: "gross",
    values: ["net", "gross"],
  },
} as const;

/** typ:boolean is a word, "true" or "false", unlike xsd:boolean. */
export function word(path: string): Spec<boolean> {
  return boolean(path, { true: ["true", "1"], false: ["false", "0"] });
}

/**
 * Levels change their meaning with the day, and Pohoda states the percent beside them in its own files, also for rates
 * that are no longer in force (historyHigh).
 */
export function sellingRate(at: string): Spec<Decimal> {
  return first<Decimal>(
    writeOnly(vatRate(`${at}stk:stockHeader/stk:sellingRateVAT`, { notation: "level" })),
    readOnly(vatRate(`${at}stk:stockHeader/stk:sellingRateVAT/@value`, { notation: "percent" })),
    readOnly(vatRate(`${at}stk:stockHeader/stk:sellingRateVAT`, { notation: "level", invalid: "warning" })),
  );
}

/**
 * The selling price of the card and those of its price levels. payVAT is xsd:boolean with the default false: a price
 * without it is net. A price that states both amounts is written gross.
 */
export function cardPrices(at: string): Spec<ProductPrice[]> {
  const selling = `${at}stk:stockHeader/stk:sellingPrice`;
  const isGross = equals(`${selling}/@payVAT`, ["true", "1"]);
  const amount = { trimZeros: true } as const;
  const level = {
    list: text(["typ:ids", "typ:id"], { maxLength: 19, required: true }),
    currency: parameter("currency"),
  };
  return concat<ProductPrice>(
    when<ProductPrice>(
      all(exists(selling), not(isGross)),
      when<ProductPrice>(not(has("gross")), {
        list: absent(),
        currency: parameter("currency"),
        net: decimal([`${selling}[@payVAT='false']`, selling], amount),
      }),
    ),
    when<ProductPrice>(
      all(exists(selling), isGross),
      when<ProductPrice>(has("gross"), {
        list: absent(),
        currency: parameter("currency"),
        gross: decimal([`${selling}[@payVAT='true']`, selling], amount),
      }),
    ),
    each<ProductPrice>(
      `${at}stk:stockPriceItem/stk:stockPrice`,
      when<ProductPrice>(
        parameterIs("levelPrices", "net"),
        { ...level, net: decimal("typ:price", { ...amount, required: true }) },
        { ...level, gross: decimal("typ:price", { ...amount, required: true }) },
      ),
    ),
  );
}
