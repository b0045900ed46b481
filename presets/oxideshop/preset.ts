import { definePreset } from "../../src/index.ts";
import { products, stock } from "../generic-cz/products.ts";

/** OXID eShop, and the Czech oXyShop, whose data have OXID's names. */
export const oxideshop = definePreset({
  id: "oxideshop",
  title: "Oxideshop (OXID eShop, oXyShop)",
  maturity: "draft",
  provenance: [
    {
      title: "OXID eShop Community Edition: imports goods from CSV, and no XML",
      url: "https://github.com/OXID-eSales/oxideshop_ce",
      date: "2026-11-24",
    },
    {
      title: "oXyShop: what goes between the shop and Money S3",
      url: "https://help.oxyshop.cz/konektory/implementace-propojeni-money-s3/prenasena-data-money-s3",
      date: "2026-11-24",
    },
    {
      title: "oXyShop: getting started with Pohoda",
      url: "https://help.oxyshop.cz/konektory/implementace-propojeni-pohoda/zaciname-s-pohodou",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "No XML import of goods is known, neither of OXID eShop nor of oXyShop: the feeds are the neutral Czech template, and an import has to be set up for it in the shop.",
    "oXyShop takes goods through its connectors to Pohoda and Money S3: where one of them runs, use the presets pohoda or money-s3.",
    "UNIT, WEIGHT (kilograms) and AVAILABILITY are names of the template. The file states no currency, and only the main price.",
  ],
  feeds: { products, stock },
});
