import { definePreset } from "../../src/index.ts";
import { orders } from "../generic-cz/orders.ts";
import { products, stock } from "../generic-cz/products.ts";

export const mimishop = definePreset({
  id: "mimishop",
  title: "Mimishop",
  maturity: "draft",
  provenance: [
    {
      title: "Terms of Mimishop, which name its operator and no format",
      url: "https://www.mimishop.cz/stranka.php?id=15",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "Nothing is publicly known of the orders that Mimishop exports, not even whether it exports XML. The feed orders is the neutral Czech shape of the preset generic-cz: a shape to ask for, and a start for a mapping of your own. Do not expect that it reads a file of Mimishop.",
    "Without --preset, files in shapes that are known, such as Pohoda, ISDOC or the ones of Shoptet and Bohemiasoft, are recognised by themselves: try that first. A file in no known shape is refused with the name of its root element; no order is taken from it.",
    "To support Mimishop as it is, one exported file is missing, with invented customers. The notes say what it should hold.",
    "Nothing is publicly known of what Mimishop imports either: products and stock are the neutral Czech template, a shape to offer to its support. Do not expect that it is taken as it is.",
    "UNIT, WEIGHT (kilograms) and AVAILABILITY are names of the template. The file states no currency, and only the main price.",
  ],
  feeds: { orders, products, stock },
});
