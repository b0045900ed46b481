/** Puts a feed where a shop fetches it: whole or not at all, with a file beside it that says that it is complete. */
import { copyFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { ftpTransport } from "../../src/adapters/ftp.ts";
import { type FeedStream, formatIssue, type Product, publish, writeProducts } from "../../src/index.ts";
import { ftpServer } from "../../src/testing/index.ts";

// Stands for the server: the shop has yesterday's file.
const root = await mkdtemp(join(tmpdir(), "shop-"));
await copyFile(new URL("stock-yesterday.xml", import.meta.url), join(root, "stock.xml"));
const server = await ftpServer({ root, users: { shop: "heslo" } });

const shop = ftpTransport({
  host: server.host,
  port: server.port,
  user: "shop",
  password: "heslo",
  secure: "none", // Only because this server is on the same machine. The default is TLS.
});
const list = async (): Promise<string> =>
  (await shop.list("")).files
    .map(({ name, size }) => `${name} (${size ?? "?"} bytes)`)
    .sort()
    .join(", ");
console.log("before:", await list());

const products = JSON.parse(await readFile(new URL("products.json", import.meta.url), "utf8")) as Product[];

// A function, so that the feed can be made again if the connection breaks. The last one is the one that arrived.
const write = (): FeedStream =>
  writeProducts(products, shoptet.feeds.stock, { options: { stock: { quantity: "available" } } });
let feed = write();
const published = await publish(shop, "stock.xml", () => (feed = write()), { done: ".done" });

const { bytes, by, verified } = published;
console.log(`${published.path}: ${bytes} bytes by ${by}, size ${verified ? "right" : "not known"}`);
console.log(`${feed.report.written} written, ${feed.report.rejected} rejected`);
console.log(feed.report.issues.map(formatIssue).join("\n") || "no issues");
console.log("after:", await list());

await shop.close();
// What the server was told to do with files.
console.log(server.commands.filter((line) => /^(?:STOR|SIZE|RNFR|RNTO)/.test(line)).map(withoutChance));
await server.close();
await rm(root, { recursive: true });

/** The name of the part is another one each time. */
function withoutChance(line: string): string {
  return line.replace(/\.[0-9a-f]{8}\.part$/, ".3f9a1c20.part");
}

/* Prints:
before: stock.xml (506 bytes)
stock.xml: 667 bytes by rename, size right
4 written, 0 rejected
no issues
after: stock.xml (667 bytes), stock.xml.done (0 bytes)
[
  'SIZE /stock.xml.done',
  'STOR /stock.xml.3f9a1c20.part',
  'SIZE /stock.xml.3f9a1c20.part',
  'RNFR /stock.xml.3f9a1c20.part',
  'RNTO /stock.xml',
  'SIZE /stock.xml',
  'STOR /stock.xml.done'
]
*/
