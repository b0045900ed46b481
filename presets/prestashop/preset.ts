import { definePreset } from "../../src/index.ts";
import { combinations, products, stock } from "./resources.ts";

export const prestashop = definePreset({
  id: "prestashop",
  title: "PrestaShop",
  maturity: "documented",
  provenance: [
    {
      title: "Webservice: resources products, combinations, stock_availables",
      url: "https://devdocs.prestashop-project.org/9/webservice/resources/",
      date: "2026-11-24",
    },
    {
      title: "Webservice tutorials: changing resources, PATCH and PUT, no line breaks inside values",
      url: "https://devdocs.prestashop-project.org/9/webservice/tutorials/",
      date: "2026-11-24",
    },
    {
      title: "PUT of stock_availables without id_shop hides the stock",
      url: "https://github.com/PrestaShop/PrestaShop/issues/18953",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "No shop has been written to with these documents: they follow the documentation.",
    "Documents hold what changes, for PATCH. Older versions know PUT only, which needs the whole resource as it was read.",
    "The ids are those of the shop: externalId of products and variants, stock.externalId of rows of stock. Ask the webservice for them once, by reference.",
    "Prices of variants are not written: the webservice takes the difference to the price of the product, which a variant alone does not say. custom.priceImpact is read.",
    "Products without variants are left out of the feed combinations.",
    "Only the main price is written. Price lists are specific_prices, a resource of their own.",
    "Names and descriptions are read, of the first language, and not written: they belong to the shop.",
    "Images have a resource of their own and are not XML.",
    "The weight of products is in the unit of the shop and taken for kilograms; that of variants, a difference too, is left out.",
  ],
  feeds: { stock, products, combinations },
});
