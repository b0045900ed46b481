import { definePreset } from "../../src/index.ts";
import { invoices } from "./invoices.ts";
import { orders } from "./orders.ts";
import { stock } from "./stock.ts";

export const moneyS3 = definePreset({
  id: "money-s3",
  title: "Money S3",
  maturity: "verified",
  provenance: [
    {
      title:
        "Schemas of Money S3 20.201 (XMLDE): _Document.xsd, __Objedn.xsd, __Faktura.xsd, __Firma.xsd, __Zasoba.xsd, __Comtypes.xsd",
      url: "https://github.com/Masa331/money_xsd",
      date: "2026-11-24",
    },
    {
      title: "Money S3 documents as others read and write them: Masa331/moneys3",
      url: "https://github.com/Masa331/moneys3",
      date: "2026-11-24",
    },
    {
      title:
        "The vendor's style sheet from Money S3 to ISDOC, as it lies in public repositories (author Marek Vykydal): signs of credit notes, kinds of invoices, words for payments, home currency, links between documents",
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
    "What is written follows the schema; no import into Money S3 was seen.",
    "Orders and invoices: the day of issue is read, and no time; the time of an order is not written.",
    "Orders and invoices: a document with lines at 0 % and with rounding states both in one sum (Zaklad0), and is rejected as one that does not add up, unless their base stands among the further rates.",
    "Orders and invoices: a total may differ from the lines by 0.05, since Money calculates VAT of the whole document: the vendor's style sheet makes lines of such differences.",
    "Unverified: that rounding is the base without VAT (Zaklad0) below one where no line is at 0 %, and that Money takes it there. SizDecCelk and SizDecDPH, whose values are not documented, are neither read nor written.",
    "Lines have no kinds: delivery, payment, discounts and rounding are told by their names, in Czech and Slovak.",
    "A line whose discount is still to be taken off (Sleva without CenaPoSleve) is read by its sums, and is an error without them. So is a line of VAT alone or of the base alone (TypCeny 2 and 3). A price that does not say whether it is with VAT is read as one without.",
    "Unverified: that a credit note wants prices below zero, as the vendor's style sheet reads them. Which invoice it corrects is written to PuvDoklad, which the schema has for Slovakia, and not as a link.",
    "Unverified: that proformas have the lines of orders (SeznamZalPolozek), as the schema says of advance invoices.",
    "Unverified: what OSS documents want to have as SazbaDPH1 and SazbaDPH2: they are written as the rates of the other country.",
    "Reverse charge, deliveries to the EU and exports are written with the rate 0; which abbreviation of the VAT return (KodDPH) belongs to them is the agenda's own and comes from custom.vatCode. When read, they are not told from each other.",
    "Money has one name for each address: of a company and a person, the company is written. Countries are written as codes (KodStatu), without their names.",
    "The number of a document in Money has at most 10 characters: a longer number of an invoice is an error and never cut. Numbers of orders go to PrimDoklad (20 characters), and Money gives its own. Texts of lines are cut to 50 characters, streets to 50, towns to 40, names of payment and delivery of orders to 20, each with a warning; a longer e-mail, phone or postal code is left out with a warning.",
    "A line without a VAT rate is written only if it has no VAT.",
    "Sets and their parts (Slozeni) are read as the line of the set.",
    "Stock: by the comments of the schema, Money imports neither stock levels (StavZasoby) nor warehouses (Sklad): those parts are for shops that read such files.",
    "Each Zasoba is goods in one warehouse: the same goods in two of them are two products with the same code. What is written names one warehouse, the parameter.",
    "The code is the catalogue number (Katalog), or the abbreviation (Zkrat) where there is none; only Katalog is written.",
    "Of the five prices of a price level, the first is read and written. A price of a card that does not say whether it holds VAT (SDPH) is read as one without.",
    "The last purchase price is read as one without VAT, which the schema does not state.",
    "Names of goods are cut to 50 characters.",
    "Categories of e-shops and stock groups are not read: they are numbers and single names, not paths.",
  ],
  feeds: { orders, invoices, stock },
});
