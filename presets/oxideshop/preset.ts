import { definePreset } from "../../src/index.ts";
import { products, stock } from "../generic-cz/products.ts";
import { orders } from "./orders.ts";

/** OXID eShop, and the Czech oXyShop, whose data have OXID's names. */
export const oxideshop = definePreset({
  id: "oxideshop",
  title: "Oxideshop (OXID eShop, oXyShop)",
  maturity: "documented",
  provenance: [
    {
      title:
        "OXID's module that writes orders for Lexware: models/oelexwareexportimex.php, the source of every element",
      url: "https://github.com/OXIDprojects/lexware-export-module",
      date: "2026-11-24",
    },
    {
      title:
        "OXID eShop Community Edition: the same export in source/core/oximex.php before version 6; VAT of fees; imports goods from CSV, and no XML",
      url: "https://github.com/OXID-eSales/oxideshop_ce",
      date: "2026-11-24",
    },
    {
      title: "oXyShop: its own XML export of orders, when it runs and what its files are called",
      url: "https://www.oxyshop.cz/blog/e-commerce/automaticky-xml-export-objednavek-na-ftp",
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
    "The orders are read as the source code of OXID's export writes them; no real file is publicly known. The Czech edition (Oxideshop.cz, oXyShop) is a draft: it is not known whether its file has this shape at all. oXyShop says that it exports an XML of its own, and not what stands in it.",
    "Unverified: the names ICO, IC, DIC and UStID, which edition czech reads in Kunde. The native file has no number of the customer's company, no name of the way of shipping and no status: cancelled orders come like all others and cannot be told.",
    "The file states neither the currency of the shop nor that of the order: amounts are in the shop's main currency, whatever the customer paid in, and Standardwaehrung says euro in every shop. Set the parameters country and currency.",
    "The file has no total of the order. Where it has a discount, shipping or a payment fee, nothing can be compared, and the warning TOTAL_UNCHECKED says so; custom.goodsGross holds the total of the goods. Gift wrapping and rounding are not in the file.",
    "The price of one piece is rounded: three pieces for 100.00 come as 3 × 33.33. With a single article the total of the goods puts that right, with a warning; with more of them it is a TOTAL_MISMATCH where there is a total to compare, and otherwise a few cents that nobody sees but who compares custom.goodsGross.",
    "The rate is rounded to whole percents (0.06 for 5.5 %). All Czech, Slovak, German and Austrian rates are whole.",
    "The VAT rate of shipping and payment is not in the file: it is that of the largest part of the goods, OXID's default, or the one set by feeVatRate. A shop that taxes them in proportion (sAdditionalServVATCalcMethod) cannot be followed.",
    "The remark and the name of the way of payment are written without escaping: an & or an &nbsp; in them makes the order malformed. With the policy repair it is read.",
    "No XML import of goods is known, neither of OXID eShop nor of oXyShop: the feeds are the neutral Czech template, and an import has to be set up for it in the shop.",
    "oXyShop takes goods through its connectors to Pohoda and Money S3: where one of them runs, use the presets pohoda or money-s3.",
    "UNIT, WEIGHT (kilograms) and AVAILABILITY are names of the template. The file of goods states no currency, and only the main price.",
  ],
  without: {
    cancelled: "The file has no status. Cancelled articles are left out of it, cancelled orders are not marked",
    rounding: "The file has no place for rounding",
  },
  feeds: {
    orders,
    products: { ...products, maturity: "draft" },
    stock: { ...stock, maturity: "draft" },
  },
});
