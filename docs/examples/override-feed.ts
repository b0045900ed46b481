/** One shop wants a file that differs from its platform's: replace a part of the mapping, and see what that changes. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { check, customize, type ExportFeed, mergeOptions, type Product, text, writeProducts } from "../../src/index.ts";

const { mapping, changes } = customize(shoptet.feeds.stock.mapping, {
  fields: {
    // This shop keeps EANs by itself.
    ean: null,
    // It shows the shelf, which is no field of the preset.
    custom: { shelf: text("TEXT_PROPERTIES/TEXT_PROPERTY[NAME='Regál']/VALUE") },
  },
});
for (const { path, from, to } of changes)
  console.log(path, ":", from === undefined ? "added" : to === undefined ? "taken away" : "replaced");

const { problems } = await check(mapping, undefined, { direction: "export" });
console.log(problems.length, "problems");

const ourStock: ExportFeed = {
  ...shoptet.feeds.stock,
  mapping,
  options: mergeOptions(shoptet.feeds.stock.options, { stock: { quantity: "available" } }),
};
const products = JSON.parse(await readFile(new URL("products.json", import.meta.url), "utf8")) as Product[];
const [mug] = products;
const feed = writeProducts(mug === undefined ? [] : [{ ...mug, custom: { shelf: "A-12" } }], ourStock);
for await (const bytes of feed) process.stdout.write(bytes);

/* Prints:
fields.ean : taken away
fields.custom : added
0 problems
<?xml version="1.0" encoding="utf-8"?>
<SHOP>
<SHOPITEM><CODE>HRN-001</CODE><STOCK><AMOUNT>11</AMOUNT></STOCK><TEXT_PROPERTIES><TEXT_PROPERTY><NAME>Regál</NAME><VALUE>A-12</VALUE></TEXT_PROPERTY></TEXT_PROPERTIES></SHOPITEM>
</SHOP>
*/
