import {
  all,
  boolean,
  code,
  concat,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  type ExportFeed,
  fieldIs,
  has,
  not,
  parameter,
  type ProductImage,
  type ProductPrice,
  readOnly,
  text,
  vatRate,
  type Warehouse,
  when,
  writeOnly,
} from "../../src/index.ts";

// Types and lengths are those of __Zasoba.xsd and __Comtypes.xsd of Money S3 20.201. castkaType, mnozstviType and
// procentoType have four decimals and 15 digits in all, popisType has 50 characters, xs:boolean is written 1 or 0.
const four = { scale: 4, trimZeros: true, allowed: String.raw`^-?(?=(?:\.?\d){1,15}$)\d+(?:\.\d+)?$` } as const;

/** Mena is checked against the list of foreign currencies, so that the home currency is not written. */
const currency = when(
  fieldIs("currency", "!=", { parameter: "currency" }),
  code("Mena/Kod", { maxLength: 4 }),
  parameter("currency"),
);
const level = text("Hladina/Zkrat", { maxLength: 10 });
const price = decimal("Cena1/Cena", { ...four, required: true });

/** SDPH says of each price whether it holds VAT. The one without a level is the base price. */
const readPrices = each<ProductPrice>(
  "PC",
  when<ProductPrice>(
    equals("SDPH", ["1", "true"]),
    { list: text("Hladina/Zkrat"), currency, gross: decimal("Cena1/Cena") },
    { list: text("Hladina/Zkrat"), currency, net: decimal("Cena1/Cena") },
  ),
);

/** A price that states both amounts is written gross. The schema takes ten prices: the base price and nine levels. */
const writePrices = concat<ProductPrice>(
  each<ProductPrice>("PC[SDPH='0']", { currency, net: price }, all(not(has("list")), not(has("gross"))), 1),
  each<ProductPrice>("PC[SDPH='1']", { currency, gross: price }, all(not(has("list")), has("gross")), 1),
  each<ProductPrice>("PC[SDPH='0']", { list: level, currency, net: price }, all(has("list"), not(has("gross"))), 9),
  each<ProductPrice>("PC[SDPH='1']", { list: level, currency, gross: price }, all(has("list"), has("gross")), 9),
);

/** SeznamZasoba: one Zasoba is one kind of goods in one warehouse, with the card that warehouses share inside it. */
const mapping = defineMapping("product", {
  record: "/MoneyData/SeznamZasoba/Zasoba",
  parameters: {
    ico: { title: "IČO of the agenda", description: "Not written where it is empty.", default: "" },
    description: { title: "Description", description: "What the export is, in words.", default: "propojka" },
    warehouse: { title: "Name of the warehouse", default: "Hlavní sklad" },
    warehouseCode: { title: "Code of the warehouse", description: "Not written where it is empty.", default: "" },
    currency: { title: "Home currency", description: "Prices that state none are in it.", default: "CZK" },
  },
  fields: {
    vatRate: vatRate(["konfigurace/SDPH_Prod", "KmKarta/konfigurace/SDPH_Prod"], { notation: "percent" }),
    stock: {
      minimum: decimal("konfigurace/Minimum", four),
      maximum: decimal("konfigurace/Maximum", four),
      quantity: decimal("StavZasoby/Zasoba", four),
      reserved: decimal("StavZasoby/Rezervace", four),
      warehouses: readOnly(
        concat<Warehouse>(
          // A price list has the same element as a warehouse.
          when<Warehouse>(all(exists("StavZasoby/Zasoba"), not(equals("Sklad/CenikSklad", ["1", "true"]))), {
            code: text(["Sklad/KodSkladu", "Sklad/Nazev"]),
            name: text("Sklad/Nazev"),
            quantity: decimal("StavZasoby/Zasoba"),
            reserved: decimal("StavZasoby/Rezervace"),
          }),
        ),
      ),
    },
    // The last purchase price, which is no business of the shop's.
    purchasePrice: readOnly(
      when(exists("Posl_N_Cen"), { currency: parameter("currency"), net: decimal("Posl_N_Cen") }),
    ),
    shortDescription: text("WWWPopis"),
    description: text("WWWPopis2"),
    manufacturer: text("Vyrobce", { maxLength: 50, tooLong: "cut" }),
    externalId: code("KmKarta/GUID", {
      allowed: "^\\{[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\\}$",
      invalid: "warning",
    }),
    code: text(["KmKarta/Katalog", "KmKarta/Zkrat"], { required: true, maxLength: 60 }),
    ean: code("KmKarta/BarCode", { maxLength: 20, invalid: "warning" }),
    name: text("KmKarta/Popis", { maxLength: 50, tooLong: "cut" }),
    unit: text("KmKarta/MJ", { maxLength: 10, invalid: "warning" }),
    weight: decimal("KmKarta/Hmotnost", four),
    stocked: boolean("KmKarta/TypKarty", { true: ["jednoducha", "sada", "komplet", "vyrobek"], false: ["sluzba"] }),
    // Paths of files on the computer of the accounting system: the large picture, then the small one.
    images: readOnly(
      concat<ProductImage>(
        when<ProductImage>(exists("KmKarta/Obrazek2"), { url: text("KmKarta/Obrazek2") }),
        when<ProductImage>(exists("KmKarta/Obrazek"), { url: text("KmKarta/Obrazek") }),
      ),
    ),
    parameters: readOnly(
      each("KmKarta/SeznamParametruKarty/ParametrKarty", { name: text("Parametr/Nazev"), value: text("Value") }),
    ),
    supplier: readOnly(text(["Posl_Dod/ObchNazev", "Posl_Dod/Nazev"])),
    prices: concat<ProductPrice>(readOnly(readPrices), writeOnly(writePrices)),
  },
  document: {
    fixed: {
      "/MoneyData/@ICAgendy": { parameter: "ico" },
      "/MoneyData/@description": { parameter: "description" },
      "Sklad/Nazev": { parameter: "warehouse" },
      "Sklad/KodSkladu": { parameter: "warehouseCode" },
      "Sklad/CenikSklad": "0",
    },
    // Zasoba, Sklad and PC are sequences; KmKarta, StavZasoby and konfigurace may have any order.
    order: [
      "konfigurace",
      "StavZasoby",
      "WWWPopis",
      "WWWPopis2",
      "Vyrobce",
      "KmKarta",
      "Sklad",
      "PC",
      "PC/Hladina",
      "PC/SDPH",
      "PC/Mena",
      "PC/Cena1",
    ],
  },
});

export const stock = {
  direction: "export",
  records: "products",
  title: "Stock (SeznamZasoba)",
  fileName: "zasoby.xml",
  mapping,
  // Cards have no variants.
  options: { variants: "items", prices: { basis: "both", also: "all" } },
} satisfies ExportFeed;
