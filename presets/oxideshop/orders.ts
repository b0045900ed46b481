import {
  type Address,
  all,
  code,
  companyId,
  compared,
  concat,
  constant,
  country,
  dateTime,
  decimal,
  defineMapping,
  each,
  exists,
  first,
  join,
  type Line,
  matches,
  not,
  object,
  parameter,
  parameterIs,
  type Party,
  phone,
  text,
  vatId,
  vatRate,
  when,
  zip,
} from "../../src/index.ts";

// What OXID eShop itself writes, in its core before version 6 and in the Lexware module since then. Facts are from
// github.com/OXIDprojects/lexware-export-module models/oelexwareexportimex.php (read 2026-11-24), where nothing else is
// said. Names and texts lose their round brackets and double quotes: they come as apostrophes.

/** A customer's number is in no native file. Unverified: the names under which a Czech edition would add it. */
const isCzechEdition = parameterIs("edition", "czech");

const billing = object<Address>({
  name: join(" ", text("Kunde/Vorname", { collapse: true }), text("Kunde/Name", { collapse: true })),
  company: text("Kunde/Firmenname", { collapse: true }),
  street: text("Kunde/Strasse", { collapse: true }),
  city: text("Kunde/Ort", { collapse: true }),
  zip: zip("Kunde/PLZ"),
  // A name, in the language of the shop.
  country: country("Kunde/Land", { invalid: "warning" }),
});

const delivery = object<Address>({
  name: join(
    " ",
    text("Kunde/Lieferadresse/Vorname", { collapse: true }),
    text("Kunde/Lieferadresse/Name", { collapse: true }),
  ),
  company: text("Kunde/Lieferadresse/Firmenname", { collapse: true }),
  street: text("Kunde/Lieferadresse/Strasse", { collapse: true }),
  city: text("Kunde/Lieferadresse/Ort", { collapse: true }),
  zip: zip("Kunde/Lieferadresse/PLZ"),
  country: country("Kunde/Lieferadresse/Land", { invalid: "warning" }),
});

const article = object<Line>({
  kind: constant("product"),
  code: text("Artikelnummer"),
  // The variant follows after a slash, which names may have too; three spaces end it.
  name: text(["Produktname", "Artikelnummer"], { collapse: true }),
  quantity: decimal("Anzahl"),
  // `0.21`, and `0.00` where nothing is charged.
  vatRate: vatRate("Steuersatz", { notation: "fraction" }),
  // The price of the line with VAT, divided by the quantity and rounded.
  unitPrice: { gross: decimal("Preis") },
  // The total of the goods is that of a single article, to the cent.
  total: { gross: when(not(exists("../Artikel[2]")), decimal("../GesamtBrutto")) },
  priceBasis: constant("gross"),
});

/** A rate that the shop's owner knows better than the rule for fees. */
const feeVatRate = parameter<`${number}`>("feeVatRate");

const mapping = defineMapping("order", {
  record: "/Bestellliste/Bestellung",
  parameters: {
    country: {
      title: "Country of the shop",
      description: "It decides VAT rates, the currency and the prefix of phone numbers",
      default: "CZ",
      values: ["CZ", "SK", "DE", "AT"],
    },
    currency: {
      title: "Currency of the amounts: the shop's main one",
      description:
        "The file says 978, the euro, in every shop, and turns all amounts into the main currency. Left empty, it is that of the country: CZK or EUR",
      default: "",
    },
    feeVatRate: {
      title: "VAT rate of shipping and payment, in percent",
      description: "The file states none. Left empty, it is that of the largest part of the goods, OXID's default",
      default: "",
    },
    edition: {
      title: "Edition of the shop",
      description:
        "oxid: the native file. czech: a draft, which also reads the customer's IČO and DIČ from places that are a guess",
      default: "oxid",
      values: ["oxid", "czech"],
    },
  },
  country: { parameter: "country" },
  // Times have no offset; Bratislava, Berlin and Vienna keep the same one.
  zone: "Europe/Prague",
  fields: {
    number: code("Bestellnummer"),
    variableSymbol: text("Bestellnummer", { extract: "^\\d{1,10}$" }),
    // Day and time stand in two elements. The day has the form of the shop's language: 03.02.2026 or 2026-02-03.
    createdAt: dateTime("Bestelldatum"),
    currency: first(parameter("currency"), when(parameterIs("country", "CZ"), constant("CZK"), constant("EUR"))),
    customer: object<Party>({
      email: text("Kunde/Email"),
      phone: phone(["Kunde/Telefon", "Kunde/Telefon2"]),
      billing,
      // Empty unless the customer gave another address.
      shipping: when(exists("Kunde/Lieferadresse/Name"), delivery),
      companyId: when(isCzechEdition, companyId(["Kunde/ICO", "Kunde/IC"])),
      vatId: when(
        isCzechEdition,
        first(vatId("Kunde/UStID"), when(matches("Kunde/DIC", "^\\s*[A-Za-z]{2}"), vatId("Kunde/DIC"))),
      ),
      taxId: when(all(isCzechEdition, matches("Kunde/DIC", "^\\s*\\d")), code("Kunde/DIC")),
    }),
    lines: concat<Line>(
      each("Artikelliste/Artikel", article),
      // Vouchers and discounts on the whole order, with VAT and without a sign; the totals share them among the rates.
      when(compared(decimal("Artikelliste/GesamtRabatt"), "!=", "0"), {
        kind: constant("discount"),
        name: constant("Sleva"),
        quantity: constant("1"),
        unitPrice: { gross: decimal("Artikelliste/GesamtRabatt", { sign: "negate" }) },
        priceBasis: constant("gross"),
      }),
      // At the price 0 too. The method has no name in the file.
      when(exists("Artikelliste/Lieferkosten"), {
        kind: constant("shipping"),
        name: constant("Doprava"),
        quantity: constant("1"),
        vatRate: feeVatRate,
        unitPrice: { gross: decimal("Artikelliste/Lieferkosten") },
        priceBasis: constant("gross"),
      }),
      // Below 0 where a shop rewards a way of payment.
      when(compared(decimal("Artikelliste/Zahlungsartkosten"), "!=", "0"), {
        kind: constant("payment"),
        name: text("Zahlung/Art", { collapse: true, default: "Platba" }),
        quantity: constant("1"),
        vatRate: feeVatRate,
        unitPrice: { gross: decimal("Artikelliste/Zahlungsartkosten") },
        priceBasis: constant("gross"),
      }),
    ),
    payment: { method: text("Zahlung/Art", { collapse: true }) },
    // The file has no total of the order: GesamtBrutto is that of the goods alone. It is one of the order where there is
    // nothing else.
    totals: {
      gross: when(
        all(
          compared(decimal("Artikelliste/GesamtRabatt"), "=", "0"),
          compared(decimal("Artikelliste/Lieferkosten"), "=", "0"),
          compared(decimal("Artikelliste/Zahlungsartkosten"), "=", "0"),
        ),
        decimal("Artikelliste/GesamtBrutto"),
      ),
    },
    notes: { customer: text("Artikelliste/Bemerkung", { unescape: true, stripTags: true }) },
    custom: {
      invoiceNumber: text("Rechnungsnummer"),
      goodsNet: text("Artikelliste/GesamtNetto"),
      goodsGross: text("Artikelliste/GesamtBrutto"),
      // `ja` or `nein`: whether the customer's account is of a home country of the shop.
      domestic: text("Kunde/fSteuerbar"),
      // `Nein` in all three, unless somebody changed the export.
      held: text("@zurückgestellt"),
      processed: text("@bearbeitet"),
      transferred: text("@übertragen"),
    },
  },
  ignore: {
    Standardwaehrung: "978 in every shop, whatever its currency: see the parameter currency",
    "Kunde/Kundennummer": "always empty",
    "Kunde/Anrede": "a form of address, of no use for accounting",
    "Kunde/Bundesland": "always empty",
    "Kunde/Fax": "of no use for accounting",
    "Kunde/Lieferadresse/Bundesland": "always empty",
    "Kunde/Matchcode": "the surname and first name again",
    "Artikelliste/Artikel/Artikelzusatzinfo": "always empty",
    "Artikelliste/Artikel/SteuersatzID": "number of the rate in the module's settings; Steuersatz has the rate itself",
    "Artikelliste/Artikel/Rabatt": "always 0.00",
  },
  totals: {
    basis: "gross",
    method: "topDown",
    compare: ["gross"],
    // OXID's setting sAdditionalServVATCalcMethod, biggest_net. The other one, proportional, mixes the rates, which no
    // file shows. Source: github.com/OXID-eSales/oxideshop_ce source/core/oxbasket.php (read 2026-11-24).
    fees: { basis: "stated", vat: "main" },
  },
});

export const orders = {
  direction: "import",
  records: "orders",
  title: "Orders for Lexware, XML",
  // intern.xml of OXID; the other name is oXyShop's.
  fileName: "*.xml",
  encoding: "iso-8859-15",
  mapping,
} as const;
