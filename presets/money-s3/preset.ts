import { definePreset } from "../../src/index.ts";
import { stock } from "./stock.ts";

export const moneyS3 = definePreset({
  id: "money-s3",
  title: "Money S3",
  maturity: "verified",
  provenance: [
    {
      title: "Schemas of Money S3 20.201 (XMLDE): _Document.xsd, __Zasoba.xsd, __Comtypes.xsd",
      url: "https://github.com/Masa331/money_xsd",
      date: "2026-11-24",
    },
    {
      title: "Money S3 documents as others read and write them: Masa331/moneys3",
      url: "https://github.com/Masa331/moneys3",
      date: "2026-11-24",
    },
    {
      title: "oXyShop: what its connector takes from a stock export of Money S3",
      url: "https://help.oxyshop.cz/konektory/implementace-propojeni-money-s3/prenasena-data-money-s3",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "The schema is of March 2020. Newer exports hold elements that it does not know (Jazyk3, Vlajky/Local): they are not read.",
    "What is written follows the schema; no import into Money S3 was seen. By the comments of the schema, Money imports neither stock levels (StavZasoby) nor warehouses (Sklad): those parts are for shops that read such files.",
    "Each Zasoba is goods in one warehouse: the same goods in two of them are two products with the same code. What is written names one warehouse, the parameter.",
    "The code is the catalogue number (Katalog), or the abbreviation (Zkrat) where there is none; only Katalog is written.",
    "Of the five prices of a price level, the first is read and written. A price that does not say whether it holds VAT (SDPH) is read as one without.",
    "The last purchase price is read as one without VAT, which the schema does not state.",
    "Names are cut to 50 characters.",
    "Categories of e-shops and stock groups are not read: they are numbers and single names, not paths.",
  ],
  feeds: { stock },
});
