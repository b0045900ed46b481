/** Stock out: a catalogue as the file that a shop imports, with what became of each product. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { formatIssue, type Product, writeProducts } from "../../src/index.ts";

const products = JSON.parse(await readFile(new URL("products.json", import.meta.url), "utf8")) as Product[];

const feed = writeProducts(products, shoptet.feeds.stock, {
  options: { select: { sold: true }, stock: { quantity: "available", cap: "10" } },
});
// A program pipes the feed into a file: await pipeline(feed, createWriteStream("stock.xml")).
const decoder = new TextDecoder();
for await (const bytes of feed) process.stdout.write(decoder.decode(bytes, { stream: true }));

const { products: all, offered, leftOut, leftOutFor, refused, read, written, rejected, bytes, issues } = feed.report;
console.log(`${all} products = ${offered} offered + ${leftOut} left out + ${refused} refused`);
console.log("left out:", leftOutFor);
console.log(`${read} records = ${written} written + ${rejected} rejected, ${bytes} bytes`);
console.log(issues.map(formatIssue).join("\n") || "no issues");

/* Prints:
<?xml version="1.0" encoding="utf-8"?>
<SHOP>
<SHOPITEM><CODE>HRN-001</CODE><EAN>8590000000015</EAN><STOCK><AMOUNT>10</AMOUNT></STOCK></SHOPITEM>
<SHOPITEM><VARIANTS><VARIANT><CODE>TRI-001-M</CODE><STOCK><AMOUNT>0</AMOUNT></STOCK><PARAMETERS><PARAMETER><NAME>Velikost</NAME><VALUE>M</VALUE></PARAMETER></PARAMETERS></VARIANT><VARIANT><CODE>TRI-001-L</CODE><STOCK><AMOUNT>10</AMOUNT></STOCK><PARAMETERS><PARAMETER><NAME>Velikost</NAME><VALUE>L</VALUE></PARAMETER></PARAMETERS></VARIANT></VARIANTS></SHOPITEM>
<SHOPITEM><CODE>LZC-001</CODE><STOCK><AMOUNT>10</AMOUNT></STOCK></SHOPITEM>
</SHOP>
4 products = 3 offered + 1 left out + 0 refused
left out: { 'not sold': 1 }
3 records = 3 written + 0 rejected, 592 bytes
no issues
*/
