/** One shop differs from its platform: replace a part of the preset's mapping, and see what that changes. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { check, customize, readOrders, text } from "../../src/index.ts";

const { mapping, changes } = customize(shoptet.feeds.orders.mapping, {
  fields: {
    // This shop writes the cost centre into a field of its own.
    custom: { costCentre: text("VARCHAR1"), varchar1: null },
    // It has a state that the preset does not know.
    status: { raw: text("STATUS", { case: "upper" }) },
  },
  parameters: { includeCancelled: { default: "no" } },
});

for (const { path, from, to } of changes)
  console.log(path, ":", from === undefined ? "added" : to === undefined ? "taken away" : "replaced");

const { problems } = await check(mapping);
console.log(problems.length, "problems");

const bytes = await readFile(new URL("orders.xml", import.meta.url));
const { orders } = await readOrders(bytes, mapping);
console.log(orders.map(({ number, status }) => `${number} ${status?.raw ?? "?"}`).join(", "));

/* Prints:
fields.custom.costCentre : added
fields.custom.varchar1 : taken away
fields.status.raw : replaced
parameters.includeCancelled.default : replaced
0 problems
2026000501 VYŘIZUJE SE, 2026000504 VYŘÍZENA
*/
