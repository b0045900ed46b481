import { definePreset } from "../../src/index.ts";
import { orders } from "./orders.ts";
import { productFeeds } from "./products.ts";

export const upgates = definePreset({
  id: "upgates",
  title: "Upgates",
  // Of orders the vendor's documentation was at hand in part. That of products is complete: see their feeds.
  maturity: "draft",
  provenance: [
    {
      title: "Upgates help: Dokumentace XML - objednávky, version 1.0, as far as HEADER/CREATED_AT",
      url: "https://www.upgates.cz/a/dokumentace-xml-objednavek",
      date: "2026-11-24",
    },
    {
      title: "Upgates API v2: what orders hold, their payments and discounts (doc/upgatesapiv2.apib, data/orders.json)",
      url: "https://github.com/nuty456/UpgatesApi",
      date: "2026-11-24",
    },
    {
      title: "Upgates help: Export údajov, how often orders are exported",
      url: "https://www.upgates.sk/a/export-dat-z-e-shopu",
      date: "2026-11-24",
    },
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
    "orders: of the vendor's documentation, names of HEADER down to CREATED_AT were at hand; its schema and its sample were not. Unverified: all other names. They are keys of the vendor's API in capitals. A file with other names is not booked wrongly: without lines, an order does not give its total, and is rejected. One whose customer has other names comes without the address.",
    "orders: TOTAL_PRICE_REST is documented as the value of the rounding. Unverified: that it is what was added, negative where the total was rounded down.",
    "orders: without VARIABLE_SYMBOL, which is unverified, an order has no variable symbol. The shop makes it of the number of the case by default, not of the order's.",
    "orders: the currency's rate is in custom.currencyRate as it stands. It is units of the currency for one of the main currency, exchangeRate the other way round, and a mapping does not divide.",
    "orders: more than two parameters of a variant, the shop's own fields and the customer's consents are left out.",
    "Invoices: Upgates exports them for Pohoda (Obchod → Faktury → export); read that file with the preset pohoda. The order export has their numbers only (custom.invoiceNumber).",
    "The vendor's XSD (files.upgates.com/schema/products_v2.xsd) was not at hand: files follow the documentation, and no import into a shop was tried.",
    "Stock by warehouse is not written: the documentation does not say how STOCKS names a warehouse. The total is.",
    "Categories are not written, only read by name: an import wants their codes.",
    "One language is written. A shop with several needs a DESCRIPTION of each, or Upgates switches the product off in the others: add them in an override, or use the feed small.",
    "Of a file in several languages, the first one is read.",
    "SHORT_DESCRIPTION takes no HTML; tags of the catalogue's short description are not removed.",
    "Unverified: that PRICE_PURCHASE excludes VAT, and that PRICE_COMMON follows the shop's setting as PRICE_ORIGINAL does.",
    "Unverified: whether the country of a VAT rate is in capitals.",
    "Labels, action prices (PRICE_SALE), discounts, related products, sets and fields of the shop's own are not written.",
  ],
  without: { windows1250: "No XML of Upgates in an encoding other than UTF-8 is known" },
  feeds: { orders, ...productFeeds },
});
