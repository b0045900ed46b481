import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { byteString, concat, utf16, utf8 } from "./reading.ts";

/** A well-formed document to start from. */
export interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Path of its records, as in {@link Choice}. */
  readonly record: string | undefined;
}

const ORDERS = `<?xml version="1.0" encoding="utf-8"?>
<!-- exported at night -->
<ORDERS version="2.1">
  <SHOP>Kolo &amp; syn</SHOP>
  <ORDER id="1">
    <ORDER_ID>2026000001</ORDER_ID>
    <CUSTOMER><NAME>Jana Nov\u00e1kov\u00e1</NAME><EMAIL>jana@example.com</EMAIL></CUSTOMER>
    <NOTE><![CDATA[Pros\u00edm <b>rychle</b> & opatrn\u011b \u{1f680}]]></NOTE>
    <ITEMS>
      <ITEM code="00123" vat='21'><NAME>Sedlo &quot;A&quot;</NAME><AMOUNT>1.000</AMOUNT><PRICE>499,00</PRICE></ITEM>
      <ITEM code="K&#x159;\u00ed\u017e" vat='12'><NAME>Duše &#269;ern\u00e1</NAME><AMOUNT>2</AMOUNT><PRICE/></ITEM>
    </ITEMS>
    <TOTAL currency="CZK">1 240.50</TOTAL>
  </ORDER>
  <ORDER id="2">
    <ORDER_ID>2026000002</ORDER_ID>
    <?note to="warehouse" ?>
    <ITEMS><ITEM code="9&#10;9"  vat = "0" ><NAME>a<!-- b -->c</NAME><AMOUNT >3</AMOUNT ></ITEM></ITEMS>
    <TOTAL currency="EUR">0</TOTAL>
  </ORDER>
</ORDERS>
`;

const PACK = `<?xml version="1.0" encoding="Windows-1250"?>\r
<dat:dataPack xmlns:dat="http://www.example.com/schema/data.xsd" xmlns:typ="http://www.example.com/schema/type.xsd" ico="12345679" version="2.0">\r
\t<dat:dataPackItem id="a1" version="2.0">\r
\t\t<inv:invoice xmlns:inv="http://www.example.com/schema/invoice.xsd" version="2.0">\r
\t\t\t<inv:number><typ:numberRequested>2600001</typ:numberRequested></inv:number>\r
\t\t\t<inv:partner><typ:company>\x8akoda a \xf8epa s.r.o.</typ:company><typ:city>Plze\xf2</typ:city></inv:partner>\r
\t\t\t<inv:text>prvn\xed\r
druh\xfd \xf8\xe1dek</inv:text>\r
\t\t</inv:invoice>\r
\t</dat:dataPackItem>\r
\t<dat:dataPackItem id="a2" version="2.0"><i:invoice xmlns:i="http://www.example.com/schema/invoice.xsd" xmlns:typ="urn:other" i:mark='x' typ:mark="y"><typ:company/></i:invoice></dat:dataPackItem>\r
</dat:dataPack>\r
`;

const CATALOG = `<!DOCTYPE SHOP SYSTEM "shop.dtd" [ <!-- > --> <!ENTITY ok "x > y"> ]>
<SHOP xmlns="http://www.example.com/ns/offer/1.0" xmlns:g="urn:g"><SHOPITEM><ITEM_ID>A1</ITEM_ID><g:price g:vat="21" vat="12">100 CZK</g:price>
<DESCRIPTION>dlouh\u00fd <b xmlns="">popis</b> s <i>prvky</i> a textem</DESCRIPTION><URL>https://example.com/?a=1&amp;b=2</URL></SHOPITEM>
<SHOPITEM><ITEM_ID>A2</ITEM_ID><PARAM><VAL>\u4e2d\u6587</VAL></PARAM><PARAM><VAL xml:lang="cs"> mezery </VAL></PARAM></SHOPITEM><SHOPITEM/><SHOPITEM></SHOPITEM>
</SHOP><!-- end --><?end?>
`;

const FLAT = `<r><a>1</a><a>2</a><b x="1" y='2' z="a&lt;b"/><a>3]] &gt; 4]</a><c><d><e><f>deep</f></e></d></c><a/><a><![CDATA[]]></a><a>x<![CDATA[y]]>z</a></r>`;

/** Small documents with everything that XML allows in a shop. */
export const seeds: readonly Seed[] = [
  { name: "orders", bytes: utf8(ORDERS), record: "/{}ORDERS/{}ORDER" },
  {
    name: "accounting pack in windows-1250",
    bytes: byteString(PACK),
    record: "/{http://www.example.com/schema/data.xsd}dataPack/{http://www.example.com/schema/data.xsd}dataPackItem",
  },
  {
    name: "catalogue in a default namespace",
    bytes: utf8(CATALOG),
    record: "/{http://www.example.com/ns/offer/1.0}SHOP/{http://www.example.com/ns/offer/1.0}SHOPITEM",
  },
  { name: "small and flat", bytes: utf8(FLAT), record: "/{}r/{}a" },
  {
    name: "orders in UTF-16",
    bytes: utf16(`\ufeff${ORDERS.replace("utf-8", "utf-16")}`, "le"),
    record: "/{}ORDERS/{}ORDER",
  },
  {
    name: "orders with a byte order mark",
    bytes: concat(Uint8Array.of(0xef, 0xbb, 0xbf), utf8(ORDERS)),
    record: "/{}ORDERS/{}ORDER",
  },
];

const SAMPLE_BYTES = 12_000;

/** The smaller samples of the presets. */
export function presetSamples(): Seed[] {
  const root = join(import.meta.dirname, "../../presets");
  if (!existsSync(root)) return [];
  return readdirSync(root, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => /\/samples\/[^/]*\.xml$/.test(path))
    .sort()
    .map((path) => ({ name: path, bytes: new Uint8Array(readFileSync(join(root, path))), record: undefined }))
    .filter(({ bytes }) => bytes.length <= SAMPLE_BYTES);
}
