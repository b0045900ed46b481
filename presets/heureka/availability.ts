import { code, defineMapping, type ExportFeed, integer } from "../../src/index.ts";
import { itemId } from "./offers.ts";

// https://help.mergado.com/en/mergado-marketplaces/availability-feed (read 2026-11-24)

const mapping = defineMapping("stockLevel", {
  record: "/item_list/item",
  fields: {
    // Must be the ITEM_ID of the offer.
    code: code("@id", { required: true, allowed: itemId }),
    quantity: integer("stock_quantity", { required: true, allowed: String.raw`^\d+$` }),
  },
});

export const availability: ExportFeed = {
  direction: "export",
  records: "stockLevels",
  title: "Quantities of what is in stock",
  fileName: "heureka-availability.xml",
  mapping,
  options: {
    // What is not in the file is not in stock.
    select: { sold: true, inStock: true },
    stock: { quantity: "available", scale: 0 },
    variants: "items",
  },
  maturity: "draft",
};
