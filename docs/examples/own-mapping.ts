/** A mapping for a shop of your own: typed, checked against a sample, and the same as JSON. */
import {
  check,
  code,
  concat,
  constant,
  dateTime,
  decimal,
  defineMapping,
  each,
  exists,
  explain,
  parseMapping,
  readOrders,
  text,
  vatRate,
  when,
} from "../../src/index.ts";

const xml = `<?xml version="1.0" encoding="utf-8"?>
<orders>
  <order id="88">
    <number>2026/0088</number>
    <date>4. 3. 2026 18:22</date>
    <currency/>
    <items>
      <item><name>Hrnek</name><pieces>2</pieces><vat>21 %</vat><price_vat>121,00</price_vat></item>
    </items>
    <shipping><name>Zásilkovna</name><price_vat>79,-</price_vat><vat>21</vat></shipping>
    <total_vat>321,00 Kč</total_vat>
    <gift_wrap>ano</gift_wrap>
  </order>
</orders>`;

const mapping = defineMapping("order", {
  record: "/orders/order",
  fields: {
    number: code("number"),
    externalId: code("@id"),
    createdAt: dateTime("date"),
    currency: text("currency", { default: "CZK" }),
    lines: concat(
      each("items/item", {
        kind: constant("product"),
        name: text("name"),
        quantity: decimal("pieces"),
        vatRate: vatRate("vat"),
        unitPrice: { gross: decimal("price_vat") },
      }),
      when(exists("shipping/price_vat"), {
        kind: constant("shipping"),
        name: text("shipping/name"),
        quantity: constant("1"),
        vatRate: vatRate("shipping/vat"),
        unitPrice: { gross: decimal("shipping/price_vat") },
      }),
    ),
    totals: { payable: decimal("total_vat") },
  },
  totals: { basis: "gross", method: "topDown", compare: ["payable"] },
});

const { problems, unread } = await check(mapping, xml);
console.log("problems:", problems.length);
for (const { path, samples } of unread) console.log("read by nothing:", path, samples.join(", "));

const { orders } = await readOrders(xml, mapping, { file: "orders.xml" });
const [order] = orders;
if (order === undefined) throw new Error("no order");
console.log(order.number, order.createdAt, order.currency);
for (const { kind, name, quantity, total } of order.lines) console.log(kind, name, quantity, JSON.stringify(total));
console.log(JSON.stringify(order.totals));

const why = explain(order, "lines[1].unitPrice.gross");
console.log(why?.value, "from", JSON.stringify(why?.raw), "at", why?.path);

// A mapping is plain data: it survives JSON.
const fromJson = parseMapping(JSON.parse(JSON.stringify(mapping)));
console.log((await readOrders(xml, fromJson)).orders.length, "order with the mapping from JSON");

/* Prints:
problems: 0
read by nothing: /orders/order/gift_wrap ano
2026/0088 2026-03-04T18:22:00+01:00 CZK
product Hrnek 2 {"net":"200.00","vat":"42.00","gross":"242.00"}
shipping Zásilkovna 1 {"net":"65.29","vat":"13.71","gross":"79.00"}
{"payable":"321.00","net":"265.29","vat":"55.71","gross":"321.00"}
79 from "79,-" at /orders/order[1]/shipping/price_vat
1 order with the mapping from JSON
*/
