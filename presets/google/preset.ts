import { definePreset } from "../../src/index.ts";
import { products } from "./products.ts";

export const google = definePreset({
  id: "google",
  title: "Google Merchant Center",
  maturity: "documented",
  provenance: [
    {
      title: "Google: Product data specification",
      url: "https://support.google.com/merchants/answer/7052112",
      date: "2026-11-24",
    },
    {
      title: "Google: RSS 2.0 specification, the document around the products",
      url: "https://support.google.com/merchants/answer/14987622",
      date: "2026-11-24",
    },
    {
      title: "Google: Additional image link, number and form of the addresses",
      url: "https://support.google.com/merchants/answer/6324370",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "RSS 2.0 only: Atom, text and spreadsheet files are neither read nor written.",
    "identifier_exists is not written: Google wants it for products without manufacturer, EAN and part number.",
    "shipping, tax, sizes and weights, custom labels, gender and age group are not written; the account's own settings of shipping hold.",
    "The words preorder and backorder come from the catalogue only if the availability level from 0 is taken out of the options.",
    "Descriptions are written as they are: HTML in the catalogue stays HTML.",
  ],
  feeds: { products },
});
