import { definePreset } from "../../src/index.ts";
import { orders } from "./orders.ts";
import { products, stock } from "./products.ts";

/** Orders and a price list of a neutral Czech shape, to start from where a shop has no format of its own. */
export const genericCz = definePreset({
  id: "generic-cz",
  title: "Neutral Czech template",
  maturity: "draft",
  provenance: [
    {
      title: "Heureka: XML feed specifications, elements of the offer feed (a draft, by its own words)",
      url: "https://github.com/heureka/xml-feed-specs",
      date: "2026-11-24",
    },
    {
      title: "A real feed of an Eshop-rychle shop in this shape (December 2019)",
      url: "https://github.com/hornmich/shop-manager",
      date: "2026-11-24",
    },
    {
      title: "A reader of a shop's feed for resellers, which finds goods by CODE",
      url: "https://github.com/MichalBrozovic/Sniper_csv_webareal",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "orders: no platform's format but a shape of the library's own, written down in the notes. Names that are not listed are passed over: check the first file with `propojka check`.",
    "orders: VAT is taken out of the sums with VAT. An order of a shop that adds it to the sum without VAT can differ by a haléř and is rejected; the notes show how to set the other way.",
    "orders: a price whose name says nothing of VAT is without it, unless priceBasis says otherwise. A wrong setting is found by the total of the order only: without any total it is a warning.",
    "orders: attributes are not read.",
    "products, stock: a template, whose shape most Czech shops and wholesalers know. Whoever reads the file has to agree to it, and the notes show how to change a name.",
    "UNIT, WEIGHT (kilograms) and AVAILABILITY are names of this template; other files name them in other ways.",
    "The file states no currency. Only the main price is written: choose the price list with the option prices.list.",
    "DELIVERY_DATE is written as days, and read as days only.",
  ],
  feeds: { orders, products, stock },
});
