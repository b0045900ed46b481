/** Values that stand elsewhere: in another part of the file, or in another file. */
import {
  type Address,
  code,
  constant,
  decimal,
  defineMapping,
  each,
  formatIssue,
  lookup,
  readOrders,
  text,
} from "../../src/index.ts";

const mapping = defineMapping("order", {
  record: "/export/orders/order",
  lookups: {
    // In the same file, before or behind the orders.
    addresses: { path: "/export/addresses/address", key: "id" },
    // In a file of its own, passed as inputs.carriers.
    carriers: { path: "/carriers/carrier", key: "@id", input: "carriers" },
  },
  fields: {
    number: code("number"),
    currency: constant("CZK"),
    customer: {
      billing: lookup<Address>("addresses", "id_address", { name: text("name"), city: text("city") }),
    },
    shipping: { method: lookup("carriers", "id_carrier", text("name")) },
    lines: each("rows/row", { kind: constant("product"), name: text("name"), quantity: decimal("qty") }),
  },
});

const orders = `<export>
  <orders>
    <order><number>1</number><id_address>7</id_address><id_carrier>2</id_carrier>
      <rows><row><name>Hrnek</name><qty>1</qty></row></rows></order>
    <order><number>2</number><id_address>8</id_address><id_carrier>2</id_carrier>
      <rows><row><name>Talíř</name><qty>6</qty></row></rows></order>
  </orders>
  <addresses><address><id>7</id><name>Eva Vzorová</name><city>Brno</city></address></addresses>
</export>`;
const carriers = `<carriers><carrier id="2"><name>Zásilkovna</name></carrier></carriers>`;

const result = await readOrders(orders, mapping, { file: "orders.xml", inputs: { carriers } });
for (const { number, customer, shipping } of result.orders)
  console.log(number, JSON.stringify(customer), shipping?.method);
for (const issue of result.issues) console.log(issue.severity, formatIssue(issue));

/* Prints:
1 {"billing":{"name":"Eva Vzorová","city":"Brno"}} Zásilkovna
2 undefined Zásilkovna
warning orders.xml:5:5: LOOKUP_MISSING customer.billing: no entry "8" in "addresses"
*/
