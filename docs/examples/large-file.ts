/** Reads a file of any size, one order at a time: memory does not grow with the file. */
import { shoptet } from "../../presets/shoptet/preset.ts";
import { readRecords } from "../../src/index.ts";

const ORDERS = 50_000;

/** Stands for `() => createReadStream("orders.xml")`. One order is damaged. */
function* hugeFile(): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode("<ORDERS>");
  for (let number = 1; number <= ORDERS; number++)
    yield encoder.encode(
      `<ORDER><CODE>2026${String(number).padStart(6, "0")}</CODE><DATE>2026-03-04 18:22:09</DATE>` +
        `<CURRENCY><CODE>CZK</CODE></CURRENCY><ORDER_ITEMS><ITEM><TYPE>product</TYPE>` +
        `<NAME>${number === 777 ? "Šroub & matice" : "Šroub"}</NAME><AMOUNT>2</AMOUNT><UNIT_PRICE>` +
        `<WITH_VAT>60.50</WITH_VAT><VAT_RATE>21</VAT_RATE></UNIT_PRICE></ITEM></ORDER_ITEMS>` +
        `<TOTAL_PRICE><PRICE_TO_PAY>121.00</PRICE_TO_PAY></TOTAL_PRICE></ORDER>\n`,
    );
  yield encoder.encode("</ORDERS>");
}

const stream = readRecords(hugeFile(), shoptet.feeds.orders.mapping, { file: "orders.xml" });

let booked = 0;
for await (const item of stream) {
  if (item.ok) {
    // await book(item.record);
    booked++;
  } else {
    // Keep the XML, not the source: a source holds on to a window of the file.
    const xml = item.source.raw();
    console.log("set aside:", item.issues[0]?.message, "in", xml.slice(0, 30));
  }
}
console.log(booked, "booked;", stream.report.bad, "set aside;", stream.report.encoding);

/* Prints:
set aside: "&" must be written "&amp;" in <ORDER><CODE>2026000777</CODE>
49999 booked; 1 set aside; utf-8
*/
