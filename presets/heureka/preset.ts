import { definePreset } from "../../src/index.ts";
import { availability } from "./availability.ts";
import { offers } from "./offers.ts";

export const heureka = definePreset({
  id: "heureka",
  title: "Heureka",
  maturity: "documented",
  provenance: [
    {
      title: "Heureka: XML feed specifications, elements of the offer feed (a draft, by its own words)",
      url: "https://github.com/heureka/xml-feed-specs",
      date: "2026-11-24",
    },
    {
      title: "Heureka.sk: Špecifikácia XML súboru, example and number of offers",
      url: "https://sluzby.heureka.sk/napoveda/xml-feed",
      date: "2026-11-24",
    },
    {
      title: "Mergado: Availability feed, example of the availability feed",
      url: "https://help.mergado.com/en/mergado-marketplaces/availability-feed",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "DELIVERY, which Heureka requires, is not written: carriers and their prices are each shop's own. The notes show how a shop adds them.",
    "Descriptions are written as they are: HTML in the catalogue stays HTML.",
    "ITEM_TYPE has one word for used and refurbished goods; it is read as used. Whether Heureka still takes it is not documented.",
    "VIDEO_URL, HEUREKA_CPC, ACCESSORY, GIFT, DUES, EXTENDED_WARRANTY, SPECIAL_SERVICE, SALES_VOUCHER and the addresses of manufacturers have no place in the record; the notes show how to add them.",
    "Of files in which a wholesaler puts variants into their product (VARIANT), only the product is read.",
    "availability: no description by Heureka itself is known. Times of dispatch (delivery_time) and quantities by pick-up place (depot) are not written.",
  ],
  feeds: { offers, availability },
});
