import { definePreset } from "../../src/index.ts";
import { orders } from "./orders.ts";
import { combinations, products, stock } from "./resources.ts";

export const prestashop = definePreset({
  id: "prestashop",
  title: "PrestaShop",
  maturity: "documented",
  provenance: [
    {
      title: "Webservice: resources orders, order_details, order_cart_rules, addresses, customers and others",
      url: "https://devdocs.prestashop-project.org/9/webservice/resources/orders",
      date: "2026-11-24",
    },
    {
      title:
        "PrestaShop's source: fields of the webservice (classes/order/), states and countries as they are installed (install-dev/data/xml/)",
      url: "https://github.com/PrestaShop/PrestaShop",
      date: "2026-11-24",
    },
    {
      title: "An order as version 1.5.6 gives it",
      url: "https://pastebin.com/pdds9Yqd",
      date: "2026-11-24",
    },
    {
      title: "Changed addresses stay, marked as deleted, and the webservice lists them",
      url: "https://github.com/PrestaShop/PrestaShop/issues/36181",
      date: "2026-11-24",
    },
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
    "No order of a Czech or Slovak shop is publicly known; the samples follow the documentation, the source and orders of other countries.",
    "An order states ids. Without the resources that they stand in, it has amounts, goods and dates, but no customer, no names of states and carriers, and no name of a currency: each absent resource is said once, as LOOKUP_MISSING.",
    "An order in another currency than the default one cannot be read without currencies: an error, FIELD_MISSING, rather than a guess.",
    "Rows state no VAT rate: it follows from the prices without and with VAT, of the rates of Czechia and Slovakia on the day of the order. For other countries set orderDetails and give order_details and taxes; otherwise such lines have no rate.",
    "The regime of VAT is not in the webservice: an order without VAT has the rate 0, be it reverse charge, a supply to a company in the EU, an export or books. vatRegime is set for shops that pay no VAT only, by the parameter vatPayer.",
    "The discounts of an order are one line, shared among the VAT rates of the goods. Its note is the name of a cart rule; of several, only of the last one, since an order can look up one entry of a resource.",
    "Fees of modules for cash on delivery: one that is a product is told by the parameter feeReference, one that is part of the shipping stays there. One that stands in the total alone is reported as TOTAL_MISMATCH.",
    "Where the shop rounds is a setting of it (round_type). Rows are rounded as for 2, each row. With 1, each unit price, set orderDetails if the shop sets prices without VAT. With 3, the total only, an order whose rounded rows do not give the total is reported as TOTAL_MISMATCH.",
    "Currencies without decimals, where every row is rounded to whole crowns, need orderDetails and currencies. The VAT of such rows is not quite that of their rate, which is a warning.",
    "conversion_rate is units of the order's currency for one of the default currency, the other way round than exchangeRate: it stands in custom.conversionRate, where it is not 1.",
    "The shop's invoice number is kept without its prefix, in custom.invoiceNumber. Invoices are made of orders by rules; returned goods and credit slips (order_slip) are not read.",
    "What customers write (messages, customer_threads) is not read: an order can have none or several, and a lookup expects one. Payments one by one (order_payments) are not read either.",
    "States that the shop made are told by the flags shipped and paid and by the e-mail that they send; one without these is other, with its name in status.raw. Without order_states only the ids 1 to 7 and 10 of the installer are known.",
    "payment.paid follows the state: shops often flag states as paid that an order with cash on delivery goes through. paidAmount is what the shop booked.",
    "Unverified: that dni or siret holds the IČO, which is how Czech and Slovak shops use them, and that modules for cash on delivery have cashondelivery, codfee, dobirk or dobierk in their names.",
    "A document of PrestaShop that holds neither orders nor an error, such as one of products, gives no orders and no issue: all documents have the same root.",
    "No shop has been written to with these documents: they follow the documentation.",
    "Documents hold what changes, for PATCH. Older versions know PUT only, which needs the whole resource as it was read.",
    "The ids are those of the shop: externalId of products and variants, stock.externalId of rows of stock. Ask the webservice for them once, by reference.",
    "Prices of variants are not written: the webservice takes the difference to the price of the product, which a variant alone does not say. custom.priceImpact is read.",
    "Products without variants are left out of the feed combinations.",
    "Only the main price is written. Price lists are specific_prices, a resource of their own.",
    "Names and descriptions are read, of the first language, and not written: they belong to the shop.",
    "Images have a resource of their own and are not XML.",
    "The weight of products, and that of a row of an order, of one unit, is in the unit of the shop and taken for kilograms; that of variants, a difference too, is left out.",
  ],
  without: {
    rounding: "the webservice has no place for it: rows and totals are rounded, and a difference is said nowhere",
    windows1250: "the webservice writes UTF-8",
  },
  feeds: { orders, stock, products, combinations },
});
