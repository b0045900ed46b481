import { productFeed, stockFeed, type Titles } from "../bohemiasoft/products.ts";

// Titles of a Slovak shop's own file, github.com/MichalBrozovic/Sniper_csv_webareal files/all_variants.csv (read
// 2026-11-24), where the first one has spaces around it.
const slovakTitles: Titles = {
  id: "ID",
  code: "Kod vyrobku",
  price: "Nasa cena",
  inStock: "Je skladom (1|0)",
  quantity: "Skladom (pocet kusu)",
};

/** Feeds of shops in Slovak; those in Czech have the titles of the engine. */
export const slovakFeeds = {
  productsSlovak: { ...productFeed(slovakTitles, "EUR"), title: "Prices and stock of a Slovak shop, CSV" },
  stockSlovak: { ...stockFeed(slovakTitles), title: "Stock of a Slovak shop, CSV" },
} as const;
