/** A test of a feed: products beside the file that you expect of them, compared byte by byte. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { exportResult, type ExportSample } from "../../src/testing/index.ts";

const samples = new URL("../../presets/shoptet/samples/", import.meta.url);

const sample = JSON.parse(await readFile(new URL("stock.input.json", samples), "utf8")) as ExportSample;
const { bytes, issues, report } = await exportResult(sample, shoptet);

assert.deepEqual(Buffer.from(bytes), await readFile(new URL("stock.expected.xml", samples)));
assert.deepEqual(issues, []);
console.log(`${report.written} of ${report.products} products are written as they should be`);

/* Prints:
2 of 2 products are written as they should be
*/
