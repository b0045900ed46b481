/** Before a file replaces another one: what differs, whether it may, and somebody's decision that it may all the same. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import {
  diffFeeds,
  formatDiff,
  formatGuard,
  guardFeed,
  type Product,
  summarizeFeed,
  writeProducts,
} from "../../src/index.ts";

const products = JSON.parse(await readFile(new URL("products.json", import.meta.url), "utf8")) as Product[];
const source = shoptet.feeds.stock;

const feed = writeProducts(products, source, { options: { stock: { quantity: "available" } } });
const written: Uint8Array[] = [];
for await (const bytes of feed) written.push(bytes);

// Both files are read by the mapping that wrote them; the records that could not be written are told besides.
const next = await summarizeFeed(Buffer.concat(written), source);
const previous = await summarizeFeed(await readFile(new URL("stock-yesterday.xml", import.meta.url)), source);
console.log(formatDiff(diffFeeds(previous, next)));

const judged = guardFeed(next, previous, { maxDrop: 0.1 }, { limits: source.limits });
console.log(formatGuard(judged));

const decided = guardFeed(
  next,
  previous,
  { maxDrop: 0.1 },
  {
    limits: source.limits,
    override: { rules: ["maxDrop"], reason: "three products are no longer made", by: "Jana" },
  },
);
console.log(formatGuard(decided));

/* Prints:
2 added, 3 removed, 0 prices, 1 stock, 2 unchanged
added
  TRI-001-M
  TRI-001-L
removed
  HRN-002
  HRN-003
  VAZ-001
stock
  HRN-001  14  ->  11
refused: 1 rule violated
  maxDrop  the feed has 5 items, the one it replaces 6: 50 % of those are missing, allowed are 10 %
           HRN-002, HRN-003, VAZ-001
passed
overridden: three products are no longer made (Jana)
  maxDrop  the feed has 5 items, the one it replaces 6: 50 % of those are missing, allowed are 10 %
           HRN-002, HRN-003, VAZ-001
*/
