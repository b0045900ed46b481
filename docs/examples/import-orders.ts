/** Reads the orders of a Shoptet export, and shows what can be booked and what cannot. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { formatIssue, readInvoices, readOrders } from "../../src/index.ts";

const bytes = await readFile(new URL("orders.xml", import.meta.url));

const { orders, rejected, issues, report } = await readOrders(bytes, shoptet, { file: "orders.xml" });

for (const order of orders)
  console.log("good:", order.number, order.lines.length, "lines,", order.totals?.payable, order.currency);
for (const { issues } of rejected) console.log("rejected:", issues[0]?.key, issues.length, "issue");
for (const issue of issues) console.log(formatIssue(issue));
console.log(`${report.read} read = ${report.good} good + ${report.bad} bad + ${report.skipped} skipped`);

// The same file as invoices: numbers and dates by rules of yours.
const { invoices } = await readInvoices(bytes, shoptet, {
  rules: { number: (order) => `FV${order.number}`, taxPointOn: "issued", dueDays: 14 },
});
for (const { invoiceNumber, taxPointOn, dueOn, vatBreakdown } of invoices)
  console.log(invoiceNumber, "DUZP", taxPointOn, "due", dueOn, JSON.stringify(vatBreakdown));

/* Prints:
good: 2026000501 2 lines, 563.00 CZK
good: 2026000504 1 lines, 242.00 CZK
rejected: 2026000502 1 issue
rejected: 2026000503 1 issue
orders.xml:62:17: FIELD_INVALID lines[0].quantity at /ORDERS/ORDER[2]/ORDER_ITEMS/ITEM[1]/AMOUNT: expected a decimal such as 1234.50, got "2,5,1"
orders.xml:94:21: TOTAL_MISMATCH totals.payable at /ORDERS/ORDER[3]/TOTAL_PRICE/PRICE_TO_PAY: the shop states 331.00, the lines give 321.00, difference 10.00
4 read = 2 good + 2 bad + 0 skipped
FV2026000501 DUZP 2026-03-04 due 2026-03-18 [{"rate":"21","net":"465.29","vat":"97.71","gross":"563.00","category":"standard"}]
FV2026000504 DUZP 2026-03-05 due 2026-03-19 [{"rate":"21","net":"200.00","vat":"42.00","gross":"242.00","category":"standard"}]
*/
