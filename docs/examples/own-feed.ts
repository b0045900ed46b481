/** A file of your own shape: one mapping writes it and reads it. */
import {
  absent,
  check,
  code,
  concat,
  decimal,
  defineMapping,
  each,
  formatIssue,
  type Product,
  readProducts,
  text,
  vatRate,
  writeProducts,
} from "../../src/index.ts";

const amount = { scale: 2, separator: "," } as const;

const mapping = defineMapping("product", {
  record: "/shop/item",
  fields: {
    code: code("@code"),
    name: text("name", { required: true, maxLength: 20, tooLong: "cut" }),
    description: text("text", { cdata: true, blank: "empty" }),
    vatRate: vatRate("vat", { notation: "percent" }),
    prices: concat(
      { list: absent(), currency: code("price/@currency"), gross: decimal("price", amount) },
      each("levels/level", { list: text("@name"), currency: code("@currency"), gross: decimal(".", amount) }),
    ),
    stock: { quantity: decimal("stock", { trimZeros: true }) },
    images: concat({ url: text("image") }, each("image_alt", { url: text(".") }, undefined, 1)),
  },
  document: { fixed: { "/shop/@version": "2" } },
});

const { problems } = await check(mapping, undefined, { direction: "export" });
console.log("problems:", problems.length);

const products: Product[] = [
  {
    code: "HRN-001",
    name: "Hrnek Vltava & Labe, 0,3 l",
    description: "<b>Kameninový</b> hrnek",
    vatRate: "21",
    prices: [
      { currency: "CZK", gross: "249" },
      { list: "VOC", currency: "CZK", net: "150.00" },
    ],
    stock: { quantity: "12.000" },
    images: [
      { url: "https://example.com/1.jpg" },
      { url: "https://example.com/2.jpg" },
      { url: "https://example.com/3.jpg" },
    ],
  },
  { code: "LZC-001", description: "", stock: { quantity: "40" } },
  { code: "TAL-001", name: "Talíř Sázava", description: "" },
];

const feed = writeProducts(products, mapping, { options: { prices: { basis: "gross", also: "all" } } });
let xml = "";
for await (const bytes of feed) xml += new TextDecoder().decode(bytes);
console.log(xml.trimEnd());
console.log(feed.report.issues.map(formatIssue).join("\n"));
console.log("no place for", feed.report.unwritten);

const back = await readProducts(xml, mapping);
console.log("read back:", JSON.stringify(back.products[0]?.prices));

/* Prints:
problems: 0
<?xml version="1.0" encoding="utf-8"?>
<shop version="2">
<item code="HRN-001"><name>Hrnek Vltava &amp; Labe,</name><text><![CDATA[<b>Kameninový</b> hrnek]]></text><vat>21</vat><price currency="CZK">249,00</price><levels><level name="VOC" currency="CZK">181,50</level></levels><stock>12</stock><image>https://example.com/1.jpg</image><image_alt>https://example.com/2.jpg</image_alt></item>
<item code="TAL-001"><name>Talíř Sázava</name><text/></item>
</shop>
HRN-001: FIELD_TOO_LONG name: expected at most 20 characters, got 26; cut
LZC-001: FIELD_MISSING name: the file cannot do without it
no place for { 'images[]': 1 }
read back: [{"currency":"CZK","gross":"249.00"},{"list":"VOC","currency":"CZK","gross":"181.50"}]
*/
