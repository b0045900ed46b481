/** A merchant edited the shop's template: an override in JSON says what is called otherwise, and the preset does the rest. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { check, customize, type Override, readOrders } from "../../src/index.ts";

const bytes = await readFile(new URL("edited-template.xml", import.meta.url));
const override = JSON.parse(
  await readFile(new URL("edited-template.override.json", import.meta.url), "utf8"),
) as Override;

// What the preset alone makes of the file: no order, and a list of what it does not know.
const alone = await readOrders(bytes, shoptet);
console.log(alone.orders.length, "orders; unknown:", alone.report.drift.unknown.map(({ path }) => path).join(" "));

const { mapping, changes } = customize(shoptet.feeds.orders.mapping, override);
console.log("changed:", changes.map(({ path }) => path).join(" "));
console.log((await check(mapping, bytes)).problems.length, "problems");

const { orders, issues, report } = await readOrders(bytes, mapping);
for (const { number, lines, totals } of orders)
  console.log(
    number,
    lines.map(({ kind, total }) => `${kind} ${total?.gross ?? "?"}`).join(", "),
    "=",
    totals?.payable,
  );
console.log(issues.length, "issues; unknown:", report.drift.unknown.length);

/* Prints:
0 orders; unknown: /ORDERS/ORDER/KOD /ORDERS/ORDER/POZNAMKA /ORDERS/ORDER/POLOZKY /ORDERS/ORDER/BALNE /ORDERS/ORDER/K_UHRADE
changed: fields.number.path fields.variableSymbol.path fields.payment.method.path fields.payment.code.path fields.shipping.method.path fields.shipping.code.path fields.totals.payable.path fields.notes.customer.path fields.lines
0 problems
2026000801 product 484.00, shipping 79.00, payment 39.00, wrapping 30.00 = 632.00
2026000802 product 242.00, shipping 0.00, discount -24.20 = 217.80
0 issues; unknown: 0
*/
