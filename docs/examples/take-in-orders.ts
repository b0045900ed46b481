/** Takes orders in from a shop's folder on an FTP server: good files are archived, bad ones put aside with a report. */
import { copyFile, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { ftpTransport } from "../../src/adapters/ftp.ts";
import { formatIssue, incomingFiles, readOrders, XmlError } from "../../src/index.ts";
import { ftpServer } from "../../src/testing/index.ts";

// Stands for the server of the shop: two exports, one with a damaged order, and one that is still being uploaded.
const root = await mkdtemp(join(tmpdir(), "shop-"));
const sample = (name: string): URL => new URL(name, import.meta.url);
await copyFile(sample("../../presets/shoptet/samples/orders.xml"), join(root, "orders-9.xml"));
await copyFile(sample("damaged.xml"), join(root, "orders-10.xml"));
await copyFile(sample("damaged.xml"), join(root, "orders-11.xml.part"));
const server = await ftpServer({ root, users: { shop: "heslo" } });

const shop = ftpTransport({
  host: server.host,
  port: server.port,
  user: "shop",
  password: "heslo",
  secure: "none", // Only because this server is on the same machine. The default is TLS.
});

const incoming = await incomingFiles(shop, {
  pattern: "orders-*",
  settleMs: 100, // The default is 5 seconds.
  now: () => new Date("2026-03-05T06:00:00Z"), // For names in the archive; left out, the current time.
});
for (const { path, reason } of incoming.waiting) console.log("not yet:", path, reason);
for (const { name, reason } of incoming.refused) console.log("refused:", name, reason);

for (const file of incoming.files) {
  try {
    const { orders, rejected, issues } = await readOrders(file.read, shoptet, { file: file.name });
    // Book the good ones, each number once: await book(orders);
    console.log(`${file.name}: ${orders.length} good, ${rejected.length} rejected`);
    const isBad = issues.some(({ severity }) => severity === "error");
    console.log("  ->", isBad ? await file.fail({ issues: issues.map(formatIssue) }) : await file.succeed());
  } catch (error) {
    // No XML at all is the fault of the file. A TransportError is not: the file stays, for the next run.
    if (!(error instanceof XmlError)) throw error;
    console.log("  ->", await file.fail(error.message));
  }
}
await shop.close();

await server.close();
for (const folder of ["", "archive", "failed"]) {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  console.log(`/${folder}: ${names.sort().join(", ")}`);
}
await rm(root, { recursive: true });

/* Prints:
not yet: orders-11.xml.part has the name of a file that is still being written
orders-9.xml: 3 good, 0 rejected
  -> archive/orders-9.2026-03-05T06-00-00Z.xml
orders-10.xml: 2 good, 1 rejected
  -> failed/orders-10.2026-03-05T06-00-00Z.xml
/: orders-11.xml.part
/archive: orders-9.2026-03-05T06-00-00Z.xml
/failed: orders-10.2026-03-05T06-00-00Z.xml, orders-10.2026-03-05T06-00-00Z.xml.report.json
*/
