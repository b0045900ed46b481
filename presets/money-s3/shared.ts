import {
  absent,
  all,
  any,
  compared,
  concat,
  type Condition,
  constant,
  decimal,
  type Decimal,
  each,
  equals,
  exists,
  fieldIs,
  first,
  has,
  not,
  object,
  parameter,
  type Parameter,
  readOnly,
  type Spec,
  code,
  text,
  type Totals,
  type VatBreakdown,
  vatLevel,
  vatRate,
  when,
  writeOnly,
} from "../../src/index.ts";

// Types and lengths are those of __Objedn.xsd, __Faktura.xsd, __Firma.xsd and __Comtypes.xsd of Money S3 20.201. castkaType
// and mnozstviType have four decimals and 15 digits in all, xs:boolean is written 1 or 0. Where a comment says "the vendor's
// transformation", it is the style sheet by which Money S3 makes ISDOC of its own XML.

/** Amounts, prices and quantities. */
export const four = { scale: 4, trimZeros: true, allowed: String.raw`^-?(?=(?:\.?\d){1,15}$)\d+(?:\.\d+)?$` } as const;

/** Those that orders and invoices have in common. */
const common = {
  ico: { title: "IČO of the agenda", description: "Not written where it is empty.", default: "" },
  description: { title: "Description", description: "What the file is, in words.", default: "propojka" },
  currency: {
    title: "Home currency of the agenda",
    description: "Read where the file does not say it (MojeFirma/MenaKod)",
    default: "CZK",
  },
  country: {
    title: "Country of the agenda",
    description: "Decides which VAT rates are usual, and prefixes of phone numbers",
    default: "CZ",
    values: ["CZ", "SK"],
  },
  includeCancelled: {
    title: "Cancelled documents",
    description: "yes: read them too, with the status cancelled; no: skip them",
    default: "yes",
    values: ["yes", "no"],
  },
  stock: {
    title: "Write goods as lines of stock",
    description:
      "yes: goods with a code name a card (KmKarta) by its catalogue number, in the warehouse of the parameter, and stand before all other lines; no: all lines are without stock (NesklPolozka)",
    default: "no",
    values: ["yes", "no"],
  },
  warehouse: { title: "Name of the warehouse", description: "For lines of stock.", default: "Hlavní sklad" },
  warehouseCode: { title: "Code of the warehouse", description: "Not written where it is empty.", default: "" },
  text: {
    title: "Text of the document (Popis)",
    description: "Not written where it is empty.",
    default: "Prodej zboží",
  },
  centre: { title: "Centre (Středisko)", description: "Not written where it is empty.", default: "" },
  activity: { title: "Activity (Činnost)", description: "Not written where it is empty.", default: "" },
} as const satisfies Readonly<Record<string, Parameter>>;

export const orderParameters = {
  ...common,
  numberTo: {
    title: "Where the number of an order is written",
    description:
      "PrimDoklad: beside the number that Money gives, 20 characters; Doklad: it is the number in Money, 10 characters at most",
    default: "PrimDoklad",
    values: ["PrimDoklad", "Doklad"],
  },
  eshop: {
    title: "Write the block of the e-shop connector",
    description: "yes: mark orders as those of an e-shop, with their number there and their state; no: leave it out",
    default: "no",
    values: ["yes", "no"],
  },
  series: {
    title: "Series of numbers",
    description: "Of orders without a number in Money (DRada). Not written where it is empty.",
    default: "",
  },
} as const satisfies Readonly<Record<string, Parameter>>;

export const invoiceParameters = {
  ...common,
  proforma: {
    title: "What a proforma is in Money",
    description: "F: proforma faktura; L: zálohová faktura, whose payment is an advance",
    default: "F",
    values: ["F", "L"],
  },
  posting: {
    title: "Posting (Předkontace)",
    description: "Of invoices. Not written where it is empty.",
    default: "",
  },
} as const satisfies Readonly<Record<string, Parameter>>;

/** What stands in every document that is written, by parameters. */
export const fixed = {
  "/MoneyData/@ICAgendy": { parameter: "ico" },
  "/MoneyData/@description": { parameter: "description" },
  Popis: { parameter: "text" },
  Stredisko: { parameter: "centre" },
  Cinnost: { parameter: "activity" },
} as const;

/** What the books sort documents by, and the discount of the document, which the prices have in them: fields of `custom`. */
export const booking = {
  centre: readOnly(text("Stredisko")),
  activity: readOnly(text("Cinnost")),
  contract: readOnly(text("Zakazka")),
  discount: readOnly(when(compared(decimal("Sleva"), "!=", "0"), text("Sleva"))),
} as const;

/** The document is in a foreign currency; amounts in it stand in Valuty, those beside in the home currency. */
export const isForeign = exists("Valuty/Mena/Kod");
const homeCurrency = first(code("MojeFirma/MenaKod"), parameter("currency"));

/** For reading, the currency that Valuty names; for writing, the preparation says which documents are foreign ones. */
export const currency = {
  currency: first(
    readOnly(first(code("Valuty/Mena/Kod", { upper: true }), homeCurrency)),
    // A rate below one has more than four decimals: it is then for 100 units, as that of the Czech National Bank.
    writeOnly(
      when(
        has("homeCurrency"),
        when(
          fieldIs("exchangeRate", "<", "1"),
          code("Valuty/Mena[Mnozstvi='100']/Kod", { maxLength: 4 }),
          code("Valuty/Mena[Mnozstvi='1']/Kod", { maxLength: 4 }),
        ),
      ),
    ),
  ),
  homeCurrency: readOnly(when(isForeign, homeCurrency)),
  exchangeRate: first(
    readOnly(
      when(
        equals("Valuty/Mena/Mnozstvi", "100"),
        decimal("Valuty/Mena/Kurs", { shift: -2 }),
        when(
          equals("Valuty/Mena/Mnozstvi", "1000"),
          decimal("Valuty/Mena/Kurs", { shift: -3 }),
          // Another quantity than these is not divided by: the rate is then left out.
          when(
            any(not(exists("Valuty/Mena/Mnozstvi")), equals("Valuty/Mena/Mnozstvi", "1")),
            decimal("Valuty/Mena/Kurs"),
          ),
        ),
      ),
    ),
    writeOnly(
      when(
        has("homeCurrency"),
        when(
          fieldIs("exchangeRate", "<", "1"),
          decimal("Valuty/Mena[Mnozstvi='100']/Kurs", { ...four, shift: -2 }),
          decimal("Valuty/Mena[Mnozstvi='1']/Kurs", four),
        ),
      ),
    ),
  ),
} as const;

/**
 * Rounding is in the sums and in no line: the vendor's transformation makes a line of the difference. A base at 0 % below one
 * crown is the rounding if no line is at 0 %, or if their base stands among the further rates. Unverified: that it is
 * always there.
 */
function isRounding(sums: string, lines: readonly string[]): Condition {
  const base = decimal(`${sums}/Zaklad0`);
  return all(
    any(
      exists(`${sums}/SeznamDalsiSazby/DalsiSazba[HladinaDPH='0']/Zaklad`),
      not(any(...lines.map((line) => exists(`${line}[SazbaDPH='0']/PocetMJ`)))),
    ),
    compared(base, "<", "1"),
    compared(base, ">", "-1"),
    compared(base, "!=", "0"),
  );
}

function roundingIn(sums: string, lines: readonly string[]): Spec<Decimal> {
  return when(isRounding(sums, lines), decimal(`${sums}/Zaklad0`));
}

/** @param lines - paths of the lines */
export function totals(lines: readonly string[]): Spec<Totals> {
  return first<Totals>(
    readOnly(
      when(
        isForeign,
        object<Totals>({
          rounding: roundingIn("Valuty/SouhrnDPH", lines),
          payable: decimal("Valuty/Celkem"),
          home: { rounding: roundingIn("SouhrnDPH", lines), payable: decimal("Celkem") },
        }),
        object<Totals>({ rounding: roundingIn("SouhrnDPH", lines), payable: decimal("Celkem") }),
      ),
    ),
    writeOnly(
      when(
        has("homeCurrency"),
        object<Totals>({
          ...writtenTotals("Valuty/"),
          home: object<NonNullable<Totals["home"]>>(writtenTotals("")),
        }),
        object<Totals>(writtenTotals("")),
      ),
    ),
  );
}

/** The schema wants the sums even of a document that comes to nothing, which has no row of VAT. */
function writtenTotals(inside: "" | "Valuty/") {
  return {
    rounding: decimal(`${inside}SouhrnDPH/Zaklad0`, four),
    net: when(not(has("/vatBreakdown")), decimal(`${inside}SouhrnDPH/Zaklad0`, four)),
    payable: decimal(`${inside}Celkem`, { ...four, required: true }),
  } as const;
}

/** The country whose VAT applies under OSS, or else that of delivery. */
function isVatOf(country: string): Condition {
  return any(
    fieldIs("/vatCountry", "=", country),
    all(not(has("/vatCountry")), fieldIs("/customer.shipping.country", "=", country)),
    all(
      not(has("/vatCountry")),
      not(has("/customer.shipping.country")),
      fieldIs("/customer.billing.country", "=", country),
    ),
  );
}

/** Standard rates of the EU are 17 % and more; the only reduced ones that high are 19 in Slovakia and 18 in Hungary. */
const isStandard = any(
  fieldIs("rate", ">=", "20"),
  all(fieldIs("rate", ">=", "17"), fieldIs("/vatRegime", "=", "oss"), not(isVatOf("SK")), not(isVatOf("HU"))),
);
const isZero = fieldIs("rate", "=", "0");
/** The base at 0 % is where rounding goes, too; both have a place if there are both. */
const isRounded = any(has("/totals.rounding"), has("/totals.home.rounding"));

/** A value of a row that the file has no place for. */
const nowhere = readOnly(absent());

/** One row of the sums; in a foreign currency, the same in the home currency beside it. */
function row(rate: Spec<Decimal>, net: string, vat?: string): Spec<VatBreakdown> {
  const amounts = (inside: "" | "Valuty/") => ({
    net: decimal(inside + net, four),
    vat: vat === undefined ? nowhere : decimal(inside + vat, four),
  });
  return when<VatBreakdown>(
    has("/homeCurrency"),
    { rate, ...amounts("Valuty/"), home: amounts("") },
    { rate, ...amounts("") },
  );
}

/** A row of a further rate, which is there once for each level. */
function furtherRow(level: "0" | "1" | "2"): Spec<VatBreakdown> {
  const place = `SouhrnDPH/SeznamDalsiSazby/DalsiSazba[HladinaDPH='${level}']`;
  const rate = when(
    has("/homeCurrency"),
    vatRate(`${place}/Sazba`, { notation: "percent", also: [`Valuty/${place}/Sazba`] }),
    vatRate(`${place}/Sazba`, { notation: "percent" }),
  );
  return row(rate, `${place}/Zaklad`, `${place}/DPH`);
}

const standardRate = vatRate("SazbaDPH2", { notation: "percent" });
const reducedRate = vatRate("SazbaDPH1", { notation: "percent" });

const writtenRows = concat<VatBreakdown>(
  when(all(isZero, not(isRounded)), row(nowhere, "SouhrnDPH/Zaklad0")),
  // The names are historical: 22 is the standard rate of the document, SazbaDPH2, and 5 the reduced one, SazbaDPH1.
  when(isStandard, row(standardRate, "SouhrnDPH/Zaklad22", "SouhrnDPH/DPH22")),
  when(all(not(isZero), not(isStandard)), row(reducedRate, "SouhrnDPH/Zaklad5", "SouhrnDPH/DPH5")),
  when(isZero, furtherRow("0")),
  when(all(not(isZero), not(isStandard)), furtherRow("1")),
  when(isStandard, furtherRow("2")),
);

/** One row that is read, if it is about anything; without a stated rate, the one of its level on the day. */
function readRow(inside: "" | "Valuty/", end: "22" | "5"): Spec<VatBreakdown> {
  const amounts = (place: string) => ({
    net: decimal(`${place}SouhrnDPH/Zaklad${end}`, { default: "0" }),
    vat: decimal(`${place}SouhrnDPH/DPH${end}`, { default: "0" }),
  });
  return when<VatBreakdown>(
    any(
      compared(decimal(`${inside}SouhrnDPH/Zaklad${end}`), "!=", "0"),
      compared(decimal(`${inside}SouhrnDPH/DPH${end}`), "!=", "0"),
    ),
    {
      rate: first(
        vatRate(end === "22" ? "SazbaDPH2" : "SazbaDPH1", { notation: "percent" }),
        vatLevel(end === "22" ? "high" : "low"),
      ),
      ...amounts(inside),
      ...(inside !== "" && { home: amounts("") }),
    },
  );
}

function readRows(inside: "" | "Valuty/", lines: readonly string[]): Spec<VatBreakdown[]> {
  const sums = `${inside}SouhrnDPH`;
  return concat<VatBreakdown>(
    readRow(inside, "22"),
    readRow(inside, "5"),
    when<VatBreakdown>(all(compared(decimal(`${sums}/Zaklad0`), "!=", "0"), not(isRounding(sums, lines))), {
      rate: constant("0"),
      net: decimal(`${sums}/Zaklad0`),
      vat: constant("0"),
      ...(inside !== "" && { home: { net: decimal("SouhrnDPH/Zaklad0") } }),
    }),
    // Further rates are exported even where nothing is sold at them.
    each<VatBreakdown>(
      `${sums}/SeznamDalsiSazby/DalsiSazba`,
      {
        rate: vatRate("Sazba", { notation: "percent" }),
        net: decimal("Zaklad"),
        vat: decimal("DPH", { default: "0" }),
      },
      any(compared(decimal("Zaklad"), "!=", "0"), compared(decimal("DPH"), "!=", "0")),
    ),
  );
}

/**
 * If there are sums, Money takes them instead of those of the lines.
 *
 * @param lines - paths of the lines
 */
export function vatBreakdown(lines: readonly string[]): Spec<VatBreakdown[]> {
  // The rates of another country are those that the document states.
  const hasRates = any(not(exists("StatMOSS")), exists(["SazbaDPH1", "SazbaDPH2"]));
  const sums = ["Zaklad0", "Zaklad5", "Zaklad22", "SeznamDalsiSazby/DalsiSazba/Zaklad"];
  const stated = (inside: "" | "Valuty/"): Condition =>
    all(hasRates, exists(sums.map((sum) => `${inside}SouhrnDPH/${sum}`)));
  return when(
    all(isForeign, stated("Valuty/")),
    readOnly(readRows("Valuty/", lines)),
    when(all(not(isForeign), stated("")), readOnly(readRows("", lines)), writeOnly(writtenRows)),
  );
}

const isUnderOss = fieldIs("vatRegime", "=", "oss");
/** Where the record does not say whose VAT applies, it is that of the country of delivery. */
export const ossByDelivery = all(isUnderOss, not(has("vatCountry")));
export const ossByBilling = all(ossByDelivery, not(has("customer.shipping.country")));
const STATE = { allowed: "^[A-Z]{2}$" } as const;

export const readRegime = readOnly(when(exists("StatMOSS"), constant("oss")));

/** VAT of another country, under OSS. */
export const oss = {
  vatCountry: first(
    readOnly(code("StatMOSS", { upper: true })),
    writeOnly(
      when(
        all(isUnderOss, not(has("customer.shipping.country")), not(has("customer.billing.country"))),
        code("StatMOSS", { ...STATE, required: true }),
        when(isUnderOss, code("StatMOSS", STATE)),
      ),
    ),
  ),
} as const;
