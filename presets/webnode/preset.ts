import { definePreset } from "../../src/index.ts";
import { products, stock } from "../generic-cz/products.ts";

export const webnode = definePreset({
  id: "webnode",
  title: "Webnode",
  maturity: "draft",
  provenance: [],
  limitations: [
    "Nothing is publicly known of what Webnode imports: the feeds are the neutral Czech template, a shape to offer to its support. Do not expect that it is taken as it is.",
    "UNIT, WEIGHT (kilograms) and AVAILABILITY are names of the template. The file states no currency, and only the main price.",
  ],
  feeds: { products, stock },
});
