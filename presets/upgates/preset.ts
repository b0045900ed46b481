import { definePreset } from "../../src/index.ts";
import { productFeeds } from "./products.ts";

export const upgates = definePreset({
  id: "upgates",
  title: "Upgates",
  maturity: "documented",
  provenance: [
    {
      title: "Upgates help: Dokumentace XML - produkty, versions 1.0 and 2.0",
      url: "https://www.upgates.cz/a/dokumentace-xml-produktu",
      date: "2026-11-24",
    },
    {
      title: "Upgates help: Import dat do e-shopu",
      url: "https://www.upgates.cz/a/import-dat-do-e-shopu",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "The vendor's XSD (files.upgates.com/schema/products_v2.xsd) was not at hand: files follow the documentation, and no import into a shop was tried.",
    "Stock by warehouse is not written: the documentation does not say how STOCKS names a warehouse. The total is.",
    "Categories are not written, only read by name: an import wants their codes.",
    "One language is written. A shop with several needs a DESCRIPTION of each, or Upgates switches the product off in the others: add them in an override, or use the feed small.",
    "Of a file in several languages, the first one is read.",
    "SHORT_DESCRIPTION takes no HTML; tags of the catalogue's short description are not removed.",
    "Unverified: that PRICE_PURCHASE excludes VAT, and that PRICE_COMMON follows the shop's setting as PRICE_ORIGINAL does.",
    "Unverified: whether the country of a VAT rate is in capitals.",
    "Labels, action prices (PRICE_SALE), discounts, related products, sets and fields of the shop's own are not written. Orders are not covered yet.",
  ],
  feeds: productFeeds,
});
