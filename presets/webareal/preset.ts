import { definePreset } from "../../src/index.ts";
import { engineLimitations, engineProvenance, engineWithout, feeds } from "../bohemiasoft/preset.ts";
import { slovakFeeds } from "./products.ts";

export const webareal = definePreset({
  id: "webareal",
  title: "Webareal",
  maturity: "draft",
  provenance: [
    ...engineProvenance,
    {
      title: "CSV of Webareal variants: its column names are those of Eshop-rychle, word for word",
      url: "https://github.com/MichalBrozovic/Sniper_csv_webareal",
      date: "2026-11-24",
    },
  ],
  limitations: [
    "No order export of a Webareal shop is known. The preset is that of the engine, which the vendor runs under this brand too.",
    ...engineLimitations,
    "products, stock: the Czech titles are known from Eshop-rychle only; take productsSlovak and stockSlovak for a shop in Slovak.",
  ],
  without: engineWithout,
  feeds: { ...feeds, ...slovakFeeds },
});
