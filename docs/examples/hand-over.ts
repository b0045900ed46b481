/** Hands the orders of a Shoptet export to Pohoda, and their invoices to any program that takes ISDOC. */
import { readFile } from "node:fs/promises";
import { isdoc } from "../../presets/isdoc/preset.ts";
import { pohoda } from "../../presets/pohoda/preset.ts";
import { shoptet } from "../../presets/shoptet/preset.ts";
import {
  type DocumentOptions,
  formatIssue,
  type InvoiceRuleData,
  readInvoices,
  readOrders,
  writeInvoiceDocuments,
  writeOrders,
} from "../../src/index.ts";

const read = (name: string): Promise<Buffer> => readFile(new URL(name, import.meta.url));
const json = async <T>(name: string): Promise<T> => JSON.parse((await read(name)).toString("utf8")) as T;

const bytes = await read("invoice-orders.xml");
const options = await json<DocumentOptions>("hand-over.options.json");
const rules = await json<InvoiceRuleData>("invoice-rules.json");

// Orders: one file for Pohoda, which numbers them itself and finds the goods by their codes.
const { orders } = await readOrders(bytes, shoptet);
const file = writeOrders(orders, pohoda, {
  options,
  parameters: { ico: "27082440", packId: "2026-03-06", series: "26OP", items: "text" },
});
const pieces: Uint8Array[] = [];
for await (const piece of file) pieces.push(piece);
const [first = ""] =
  /<ord:orderItem>.*?<\/ord:orderItem>/.exec(new TextDecoder("windows-1250").decode(Buffer.concat(pieces))) ?? [];
console.log(first);
console.log(`${file.report.read} read, ${file.report.written} written, skipped:`, file.report.skippedFor);
console.log("no place for:", file.report.lost);

// Invoices: a file for each. The seller stands in all of them.
const { invoices, issues, next } = await readInvoices(bytes, shoptet, { rules });
const documents = writeInvoiceDocuments(invoices, isdoc, { options });
for await (const { record, bytes } of documents) {
  const [, uuid] = /<UUID>(.*)<\/UUID>/.exec(Buffer.from(bytes).toString("utf8")) ?? [];
  console.log(`${record.invoiceNumber}.isdoc`, uuid, record.totals?.payable, record.currency);
}
console.log(`${documents.report.read} read, ${documents.report.written} written; no place for:`, documents.report.lost);
for (const issue of [...issues, ...documents.report.issues]) console.log(formatIssue(issue));
console.log("next time:", next);

/* Prints:
<ord:orderItem><ord:text>Hrnek modrý</ord:text><ord:quantity>2</ord:quantity><ord:payVAT>true</ord:payVAT><ord:rateVAT>high</ord:rateVAT><ord:homeCurrency><typ:unitPrice>121</typ:unitPrice></ord:homeCurrency><ord:discountPercentage>0</ord:discountPercentage></ord:orderItem>
6 read, 5 written, skipped: { 'cancelled: Pohoda takes no cancelled documents': 1 }
no place for: {
  variableSymbol: 5,
  'status.kind': 5,
  'status.raw': 5,
  'lines[].kind': 5,
  'payment.method': 5
}
FV2600017.isdoc 3b6aab8a-7a39-544f-b9cc-3d290c2c05ef 354.00 CZK
FV2600018.isdoc 6a111c7a-3a4f-5dfb-b8db-d9cc9b23d04b 121.00 CZK
FV2600019.isdoc 3af121da-fb40-55fb-a4d4-d9d08988c334 354.00 CZK
FV2600020.isdoc 0e740758-c8b4-51d9-b78b-5fec5978fcf6 200.00 CZK
4 read, 4 written; no place for: {
  'status.kind': 4,
  'status.raw': 4,
  'lines[].vatCategory': 4,
  'lines[].kind': 4,
  'payment.method': 4,
  'vatBreakdown[].category': 4,
  dueOn: 1,
  variableSymbol: 1,
  vatRegime: 2,
  vatCountry: 1
}
input:208:3: VAT_MISMATCH totals.vat: order 2026000606 cannot become an invoice: the customer is charged VAT of 42.00 CZK, and intraCommunity has none; the rule vat.charged "convert" makes all that is paid the price without VAT
next time: { number: 21 }
*/
