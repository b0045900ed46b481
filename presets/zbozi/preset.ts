import { definePreset } from "../../src/index.ts";
import { offers } from "./offers.ts";

export const zbozi = definePreset({
  id: "zbozi",
  title: "Zboží.cz",
  maturity: "documented",
  provenance: [
    {
      title: "Zboží.cz: Specifications of the XML tags",
      url: "https://napoveda.zbozi.cz/en/specification/",
      date: "2026-11-24",
    },
    {
      title: "Zboží.cz: XML feed, example and how it is fetched",
      url: "https://napoveda.zbozi.cz/en/xml-feed-2/",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Only part of the specification could be read: the documented lengths are those of PRODUCTNAME and DESCRIPTION.",
    "Descriptions must be plain text in Czech; they are written as the catalogue has them, HTML included.",
    "Only the first category is read and written.",
    "CONDITION, ITEM_TYPE, BRAND, DELIVERY, EXTRA_MESSAGE, SHOP_DEPOTS, VISIBILITY, EROTIC, MAX_CPC and CUSTOM_LABEL are not written: their words are not publicly known or are each shop's own. Used goods would be offered as new; leave them out.",
    "Files without the namespace, as of before it was introduced, are not read; those of the shape of Heureka are read by the preset heureka.",
  ],
  feeds: { offers },
});
