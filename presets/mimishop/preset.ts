import { definePreset } from "../../src/index.ts";
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
    "Nothing is publicly known of what Mimishop imports: the feeds are the neutral Czech template, a shape to offer to its support. Do not expect that it is taken as it is.",
    "UNIT, WEIGHT (kilograms) and AVAILABILITY are names of the template. The file states no currency, and only the main price.",
  ],
  feeds: { products, stock },
});
