import type { SchemaCase } from "./cases.ts";

const image = "<IMGURL_ALTERNATIVE>https://www.example.cz/2.jpg</IMGURL_ALTERNATIVE>";
const address = (length: number): string => `https://www.example.cz/${"a".repeat(length - 23)}`;

export const feedCases: readonly SchemaCase[] = [
  {
    schema: "heureka-offer",
    good: `<SHOP><SHOPITEM>
      <ITEM_ID>HRN-01</ITEM_ID><PRODUCTNAME>Hrnek keramický 300 ml</PRODUCTNAME><DESCRIPTION>Točený &amp; pálený</DESCRIPTION>
      <URL>https://www.example.cz/hrnek</URL><IMGURL>https://www.example.cz/1.jpg</IMGURL>${image}
      <PRICE_VAT>199.50</PRICE_VAT><VAT>21%</VAT><CATEGORYTEXT>Heureka.cz | Dům a zahrada | Hrnky</CATEGORYTEXT>
      <EAN>8590000000018</EAN><DELIVERY_DATE>0</DELIVERY_DATE><ITEMGROUP_ID>HRN</ITEMGROUP_ID>
      <PARAM><PARAM_NAME>Objem</PARAM_NAME><VAL>300 ml</VAL></PARAM>
      <DELIVERY><DELIVERY_ID>ZASILKOVNA</DELIVERY_ID><DELIVERY_PRICE>79</DELIVERY_PRICE></DELIVERY>
    </SHOPITEM></SHOP>`,
    fine: [
      ["a decimal comma", ">199.50<", ">199,50<"],
      ["a day of delivery", "<DELIVERY_DATE>0<", "<DELIVERY_DATE>2026-03-04<"],
      ["an empty EAN", ">8590000000018<", "><"],
      ["10 more images", image, image.repeat(10)],
      ["an id of 36 characters", ">HRN-01<", `>${"H".repeat(36)}<`],
      ["an address of 300 characters", "https://www.example.cz/hrnek", address(300)],
      ["nothing at all", /<SHOPITEM>[\s\S]*<\/SHOPITEM>/, ""],
    ],
    broken: [
      ["no id", "<ITEM_ID>HRN-01</ITEM_ID>", ""],
      ["an id of 37 characters", ">HRN-01<", `>${"H".repeat(37)}<`],
      ["an id with a slash", ">HRN-01<", ">HRN/01<"],
      ["an id with white space around it", ">HRN-01<", "> HRN-01 <"],
      ["no name", /<PRODUCTNAME>.*<\/PRODUCTNAME>/, ""],
      ["a name of 201 characters", "Hrnek keramický 300 ml", "ř".repeat(201)],
      ["no address", "<URL>https://www.example.cz/hrnek</URL>", ""],
      ["an address of 301 characters", "https://www.example.cz/hrnek", address(301)],
      ["an image address of 256 characters", "https://www.example.cz/1.jpg", address(256)],
      ["no image", "<IMGURL>https://www.example.cz/1.jpg</IMGURL>", ""],
      ["11 more images", image, image.repeat(11)],
      ["an empty name", "Hrnek keramický 300 ml", ""],
      ["a category of 256 characters", "Heureka.cz | Dům a zahrada | Hrnky", "ř".repeat(256)],
      ["VAT in words", ">21%<", ">základní<"],
      ["a carrier in words", ">ZASILKOVNA<", ">Zásilkovna<"],
      ["a page without a scheme", "https://www.example.cz/hrnek", "/hrnek"],
      ["an image without a scheme", "https://www.example.cz/1.jpg", "1.jpg"],
      ["a parameter without a name", "<PARAM_NAME>Objem</PARAM_NAME>", ""],
      ["a gift of 251 characters", "<PARAM>", `<GIFT>${"ř".repeat(251)}</GIFT><PARAM>`],
      ["a price of 3 decimals", ">199.50<", ">199.505<"],
      ["a negative price", ">199.50<", ">-1<"],
      ["no price", "<PRICE_VAT>199.50</PRICE_VAT>", ""],
      ["no category", /<CATEGORYTEXT>.*<\/CATEGORYTEXT>/, ""],
      ["a delivery in words", "<DELIVERY_DATE>0<", "<DELIVERY_DATE>skladem<"],
      ["no delivery", /<DELIVERY>.*<\/DELIVERY>/, ""],
      ["a delivery without a price", "<DELIVERY_PRICE>79</DELIVERY_PRICE>", ""],
      ["an EAN of 9 digits", ">8590000000018<", ">859000000<"],
      ["a parameter without a value", "<VAL>300 ml</VAL>", ""],
      ["stock", "<VAT>", "<STOCK>3</STOCK><VAT>"],
    ],
  },
  {
    schema: "heureka-availability",
    good: `<item_list><item id="HRN-01"><stock_quantity>12</stock_quantity>
      <delivery_time orderDeadline="2026-03-16 12:00">2026-03-17 16:00</delivery_time>
      <depot id="2415"><stock_quantity>2</stock_quantity></depot></item></item_list>`,
    fine: [["no stock", "<stock_quantity>12</stock_quantity>", ""]],
    broken: [
      ["no id", ' id="HRN-01"', ""],
      ["an id with an accent", '"HRN-01"', '"HŘN-01"'],
      ["an id of 37 characters", '"HRN-01"', `"${"H".repeat(37)}"`],
      ["negative stock", ">12<", ">-1<"],
      ["fractional stock", ">12<", ">1.5<"],
      ["no deadline", ' orderDeadline="2026-03-16 12:00"', ""],
      ["a time with seconds", ">2026-03-17 16:00<", ">2026-03-17 16:00:00<"],
      ["a time with T", ">2026-03-17 16:00<", ">2026-03-17T16:00<"],
      ["a depot without an id", ' id="2415"', ""],
    ],
  },
  {
    schema: "zbozi",
    good: `<SHOP xmlns="http://www.zbozi.cz/ns/offer/1.0"><SHOPITEM>
      <ITEM_ID>HRN/01</ITEM_ID><PRODUCTNAME>Hrnek</PRODUCTNAME><DESCRIPTION>Hrnek na čaj</DESCRIPTION>
      <URL>https://www.example.cz/hrnek</URL><PRICE_VAT>199.50</PRICE_VAT><DELIVERY_DATE>-1</DELIVERY_DATE>
      <IMGURL>https://www.example.cz/1.jpg</IMGURL><EAN>8590000000018</EAN><VISIBILITY>1</VISIBILITY>
      <CATEGORYTEXT>Dům | Hrnky</CATEGORYTEXT><PARAM><PARAM_NAME>Objem</PARAM_NAME><VAL>300 ml</VAL></PARAM>
    </SHOPITEM></SHOP>`,
    fine: [["a name of 255 characters", ">Hrnek<", `>${"ř".repeat(255)}<`]],
    broken: [
      ["no namespace", ' xmlns="http://www.zbozi.cz/ns/offer/1.0"', ""],
      ["no id", "<ITEM_ID>HRN/01</ITEM_ID>", ""],
      ["a name of 256 characters", ">Hrnek<", `>${"ř".repeat(256)}<`],
      ["no description", "<DESCRIPTION>Hrnek na čaj</DESCRIPTION>", ""],
      ["no price", "<PRICE_VAT>199.50</PRICE_VAT>", ""],
      ["a price with its currency", ">199.50<", ">199.50 Kč<"],
      ["a price of 3 decimals", ">199.50<", ">199.505<"],
      ["no day of delivery", "<DELIVERY_DATE>-1</DELIVERY_DATE>", ""],
      ["a delivery in words", "<DELIVERY_DATE>-1<", "<DELIVERY_DATE>skladem<"],
      ["no address", "<URL>https://www.example.cz/hrnek</URL>", ""],
      ["an address without a scheme", "https://www.example.cz/hrnek", "/hrnek"],
      ["an empty name", ">Hrnek<", "><"],
      ["an empty description", ">Hrnek na čaj<", "><"],
      ["a parameter without a name", "<PARAM_NAME>Objem</PARAM_NAME>", ""],
      ["an unknown visibility", "<VISIBILITY>1<", "<VISIBILITY>2<"],
      ["an EAN with letters", ">8590000000018<", ">859A<"],
    ],
  },
  {
    schema: "google",
    good: `<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
      <title>Hrnky</title><link>https://www.example.cz/</link><description>Vše</description>
      <item><g:id>HRN-01</g:id><g:title>Hrnek</g:title><g:description>Na čaj</g:description>
        <g:link>https://www.example.cz/hrnek</g:link><g:image_link>https://www.example.cz/1.jpg</g:image_link>
        <g:availability>in_stock</g:availability><g:price>199.50 CZK</g:price><g:gtin>8590000000018</g:gtin>
        <g:condition>new</g:condition></item>
    </channel></rss>`,
    fine: [
      ["the title of RSS", "<g:title>Hrnek</g:title>", "<title>Hrnek</title>"],
      ["a title of 150 characters", ">Hrnek<", `>${"ř".repeat(150)}<`],
      [
        "an order for later, with its day",
        ">in_stock</g:availability>",
        ">preorder</g:availability><g:availability_date>2026-04-01</g:availability_date>",
      ],
    ],
    broken: [
      ["another version of RSS", 'version="2.0"', 'version="1.0"'],
      ["another namespace", "http://base.google.com/ns/1.0", "http://base.google.com/cns/1.0"],
      ["no id", "<g:id>HRN-01</g:id>", ""],
      ["an id of 51 characters", ">HRN-01<", `>${"H".repeat(51)}<`],
      ["a title of 151 characters", ">Hrnek<", `>${"ř".repeat(151)}<`],
      ["both titles", "<g:title>Hrnek</g:title>", "<g:title>Hrnek</g:title><title>Hrnek</title>"],
      ["a description of 5001 characters", ">Na čaj<", `>${"ř".repeat(5001)}<`],
      ["no image", /<g:image_link>.*?<\/g:image_link>/, ""],
      ["no title", "<g:title>Hrnek</g:title>", ""],
      ["no description", "<g:description>Na čaj</g:description>", ""],
      ["no address", "<g:link>https://www.example.cz/hrnek</g:link>", ""],
      ["no price", "<g:price>199.50 CZK</g:price>", ""],
      ["no title of the channel", "<title>Hrnky</title>", ""],
      ["no address of the channel", "<link>https://www.example.cz/</link>", ""],
      ["an address without a scheme", "https://www.example.cz/hrnek", "/hrnek"],
      ["an empty title", ">Hrnek<", "><"],
      ["an empty id", ">HRN-01<", "><"],
      ["a brand of 71 characters", "<g:gtin>", `<g:brand>${"ř".repeat(71)}</g:brand><g:gtin>`],
      ["an MPN of 71 characters", "<g:gtin>", `<g:mpn>${"1".repeat(71)}</g:mpn><g:gtin>`],
      ["a group of 51 characters", "<g:gtin>", `<g:item_group_id>${"H".repeat(51)}</g:item_group_id><g:gtin>`],
      ["a product type of 751 characters", "<g:gtin>", `<g:product_type>${"ř".repeat(751)}</g:product_type><g:gtin>`],
      ["availability in old words", ">in_stock<", ">in stock<"],
      ["an order for later without its day", ">in_stock<", ">backorder<"],
      ["a price without a currency", ">199.50 CZK<", ">199.50<"],
      ["a decimal comma", ">199.50 CZK<", ">199,50 CZK<"],
      ["a negative price", ">199.50 CZK<", ">-1 CZK<"],
      ["a GTIN of 9 digits", ">8590000000018<", ">859000000<"],
      ["an unknown condition", "<g:condition>new<", "<g:condition>nové<"],
    ],
  },
];
