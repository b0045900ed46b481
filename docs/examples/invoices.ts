/** Makes invoices of the orders of a Shoptet export, by rules that an accountant set once. */
import { readFile } from "node:fs/promises";
import { shoptet } from "../../presets/shoptet/preset.ts";
import { formatIssue, type InvoiceRuleData, readInvoices } from "../../src/index.ts";

const bytes = await readFile(new URL("invoice-orders.xml", import.meta.url));
const json = await readFile(new URL("invoice-rules.json", import.meta.url), "utf8");
const rules = JSON.parse(json) as InvoiceRuleData;

const { invoices, issues, report, next } = await readInvoices(bytes, shoptet, { file: "orders.xml", rules });

for (const { invoiceNumber, variableSymbol, dueOn, payment, totals, vatRegime = "standard" } of invoices)
  console.log(invoiceNumber, variableSymbol, payment?.kind, "due", dueOn, vatRegime, JSON.stringify(totals));
for (const issue of issues) console.log(formatIssue(issue));
console.log(`${report.read} read, ${report.good} good, ${report.bad} bad, skipped:`, report.skippedFor);
console.log("next time:", next);

/* Prints:
FV2600017 2026000601 transfer due 2026-03-18 standard {"payable":"354.00","net":"300.00","vat":"54.00","gross":"354.00"}
FV2600018 2026000602 cash due 2026-03-04 standard {"payable":"121.00","net":"100.33","vat":"21.07","gross":"121.40","rounding":"-0.40"}
FV2600019 2026000604 card due 2026-03-05 oss {"net":"290.87","vat":"63.13","gross":"354.00","payable":"354.00"}
FV2600020 2026000605 transfer due 2026-03-19 intraCommunity {"net":"200.00","vat":"0.00","gross":"200.00","payable":"200.00"}
orders.xml:208:3: VAT_MISMATCH totals.vat: order 2026000606 cannot become an invoice: the customer is charged VAT of 42.00 CZK, and intraCommunity has none; the rule vat.charged "convert" makes all that is paid the price without VAT
6 read, 4 good, 1 bad, skipped: { cancelled: 1 }
next time: { number: 21 }
*/
