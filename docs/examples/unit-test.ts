/** A test of a preset or of a shop's override: a sample beside the result that you expect of it. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { customize, definePreset, text } from "../../src/index.ts";
import { sampleResult } from "../../src/testing/index.ts";

const sample = await readFile(new URL("orders.xml", import.meta.url));

// The preset as it is: the expected result lies beside the sample.
const expected: unknown = JSON.parse(await readFile(new URL("orders.expected.json", import.meta.url), "utf8"));
assert.deepEqual(await sampleResult(sample, shoptet), expected);
console.log("the preset gives what it should");

// A shop of yours: the preset with an override.
const { orders } = shoptet.feeds;
const ourShop = definePreset({
  ...shoptet,
  id: "our-shop",
  feeds: {
    orders: {
      ...orders,
      mapping: customize(orders.mapping, { fields: { notes: { internal: text("TEXT1") } } }).mapping,
    },
  },
});
const { report, issues } = await sampleResult(sample, ourShop);
assert.equal(issues.length, 2);
console.log(`our shop: ${report.good} of ${report.read} good`);

/* Prints:
the preset gives what it should
our shop: 2 of 4 good
*/
