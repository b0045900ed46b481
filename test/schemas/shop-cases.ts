import type { SchemaCase } from "./cases.ts";

const detail = `<CODE>HRN-001</CODE><EAN>8590000000018</EAN><CURRENCY>CZK</CURRENCY><VAT>21</VAT>
  <PRICE_VAT>249.00</PRICE_VAT><STANDARD_PRICE/><STOCK><AMOUNT>12.000</AMOUNT></STOCK>`;
const name = (length: number): string => `<NAME>${"ř".repeat(length)}</NAME>`;

/** What the supplier feed and the complete feed of Shoptet have in common. */
const shoptet: Omit<SchemaCase, "schema"> = {
  good: `<SHOP>
    <SHOPITEM id="1">
      <NAME>Hrnek Vltava</NAME><SHORT_DESCRIPTION>Hrnek</SHORT_DESCRIPTION>
      <CATEGORIES><CATEGORY>Kuchyně &gt; Hrnky</CATEGORY><DEFAULT_CATEGORY>Kuchyně</DEFAULT_CATEGORY></CATEGORIES>
      <IMAGES><IMAGE description="Zepředu">https://www.example.cz/1.jpg</IMAGE></IMAGES>
      <INFORMATION_PARAMETERS>
        <INFORMATION_PARAMETER><NAME>Barva</NAME><VALUE>modrá</VALUE><VALUE>bílá</VALUE></INFORMATION_PARAMETER>
      </INFORMATION_PARAMETERS>
      <FLAGS><FLAG><CODE>new</CODE><ACTIVE>1</ACTIVE></FLAG></FLAGS>
      ${detail}
    </SHOPITEM>
    <SHOPITEM>
      <NAME>Triko Vltava</NAME><ITEM_TYPE>product</ITEM_TYPE>
      <VARIANTS>
        <VARIANT>
          <CODE>TRI-02/M</CODE><PRICE_VAT>399.00</PRICE_VAT><STOCK><AMOUNT>0</AMOUNT></STOCK>
          <PARAMETERS><PARAMETER><NAME>Velikost</NAME><VALUE>M</VALUE></PARAMETER></PARAMETERS>
        </VARIANT>
      </VARIANTS>
    </SHOPITEM>
    <SHOPITEM>
      <CODE>HRN-003</CODE><PRICE>100.00</PRICE><VAT>12</VAT>
      <STOCK><WAREHOUSES><WAREHOUSE><NAME>Praha</NAME><VALUE>-4</VALUE></WAREHOUSE></WAREHOUSES><MINIMAL_AMOUNT/></STOCK>
    </SHOPITEM>
  </SHOP>`,
  fine: [
    ["an EAN without a code", "<CODE>HRN-001</CODE>", ""],
    ["a code without an EAN", "<EAN>8590000000018</EAN>", ""],
    ["a stock without anything", "<AMOUNT>12.000</AMOUNT>", ""],
    ["a name of 250 characters", "<NAME>Hrnek Vltava</NAME>", name(250)],
    [
      "parts of the product and of the item in any order",
      "<VAT>21</VAT>",
      "<UNIT>ks</UNIT><VAT>21</VAT><SUPPLIER>A</SUPPLIER>",
    ],
    ["a price of 12 digits", ">249.00<", ">1234567890.12<"],
    ["stock of 3 decimals", ">12.000<", ">-9999999.999<"],
    ["a place beside the amount", "<AMOUNT>0</AMOUNT>", "<LOCATION>A-1</LOCATION><AMOUNT>0</AMOUNT>"],
  ],
  broken: [
    ["no item at all", /<SHOPITEM[\s\S]*<\/SHOPITEM>/, ""],
    ["another root", /^<SHOP>([\s\S]*)<\/SHOP>$/, "<STORE>$1</STORE>"],
    ["neither code nor EAN", "<CODE>HRN-001</CODE><EAN>8590000000018</EAN>", ""],
    ["an empty code", "<CODE>HRN-001</CODE>", "<CODE></CODE>"],
    ["a code of 65 characters", "HRN-001", "H".repeat(65)],
    ["details beside variants", "<VARIANTS>", "<CODE>TRI-02</CODE><VARIANTS>"],
    ["a price beside variants", "<VARIANTS>", "<PRICE_VAT>10</PRICE_VAT><VARIANTS>"],
    ["variants without a variant", /<VARIANT>[\s\S]*<\/VARIANT>/, ""],
    ["a variant without parameters", /<PARAMETERS>[\s\S]*?<\/PARAMETERS>/, ""],
    ["a parameter value of 129 characters", "<VALUE>M</VALUE>", `<VALUE>${"M".repeat(129)}</VALUE>`],
    ["an empty parameter value", "<VALUE>M</VALUE>", "<VALUE></VALUE>"],
    ["a name of 251 characters", "<NAME>Hrnek Vltava</NAME>", name(251)],
    ["an empty name", "<NAME>Hrnek Vltava</NAME>", "<NAME></NAME>"],
    ["two names", "<NAME>Hrnek Vltava</NAME>", "<NAME>A</NAME><NAME>B</NAME>"],
    ["a manufacturer of 201 characters", "<NAME>H", `<MANUFACTURER>${"m".repeat(201)}</MANUFACTURER><NAME>H`],
    ["a supplier of 256 characters", "<NAME>H", `<SUPPLIER>${"m".repeat(256)}</SUPPLIER><NAME>H`],
    ["a unit of 33 characters", "<NAME>H", `<UNIT>${"m".repeat(33)}</UNIT><NAME>H`],
    ["an availability of 101 characters", "<VAT>21", `<AVAILABILITY>${"m".repeat(101)}</AVAILABILITY><VAT>21`],
    ["a decimal comma", ">249.00<", ">249,00<"],
    ["a negative price", ">249.00<", ">-249.00<"],
    ["a price of 3 decimals", ">249.00<", ">249.001<"],
    ["a price of 13 digits", ">249.00<", ">12345678901.12<"],
    ["a price with its currency", ">249.00<", ">249.00 Kč<"],
    ["an empty price", ">249.00<", "><"],
    ["VAT above 100", "<VAT>21<", "<VAT>100.01<"],
    ["negative VAT", "<VAT>21<", "<VAT>-1<"],
    ["VAT of 3 decimals", "<VAT>21<", "<VAT>21.001<"],
    ["an EAN of 256 characters", ">8590000000018<", `>${"8".repeat(256)}<`],
    ["stock of minus 10 million", ">12.000<", ">-10000000<"],
    ["an appendix of 151 characters", "<NAME>H", `<APPENDIX>${"m".repeat(151)}</APPENDIX><NAME>H`],
    ["a warranty of 101 characters", "<NAME>H", `<WARRANTY>${"m".repeat(101)}</WARRANTY><NAME>H`],
    ["VAT as a percentage", "<VAT>21<", "<VAT>21 %<"],
    ["an unknown currency", ">CZK<", ">Kč<"],
    ["stock of 4 decimals", ">12.000<", ">12.0001<"],
    ["stock of 10 million", ">12.000<", ">10000000<"],
    ["an amount beside warehouses", "<WAREHOUSES>", "<AMOUNT>4</AMOUNT><WAREHOUSES>"],
    ["an unknown kind of item", ">product<", ">bazar<"],
    ["a flag without its state", "<ACTIVE>1</ACTIVE>", ""],
    ["yes as a boolean", "<ACTIVE>1<", "<ACTIVE>ano<"],
    ["an image without a scheme", "https://www.example.cz/1.jpg", "1.jpg"],
    ["an unknown element", "<VAT>21", "<BARVA>modrá</BARVA><VAT>21"],
    ["weight outside LOGISTIC", "<VAT>21", "<WEIGHT>0.4</WEIGHT><VAT>21"],
  ],
};

const complete = `<VISIBILITY>visible</VISIBILITY><GUID>0123456789abcdef0123456789abcdef</GUID>
  <LOGISTIC><WEIGHT>0.4</WEIGHT></LOGISTIC><PART_NUMBER>PN-1</PART_NUMBER>
  <ACTION_PRICE>199.00</ACTION_PRICE><ACTION_PRICE_FROM>2026-03-04</ACTION_PRICE_FROM>
  <RECYCLING_FEE_CATEGORY>A</RECYCLING_FEE_CATEGORY><RECYCLING_FEE_PRICE>2.50</RECYCLING_FEE_PRICE>
  <RECYCLING_FEE_CURRENCY>CZK</RECYCLING_FEE_CURRENCY><RECYCLING_FEE_TYPE>1</RECYCLING_FEE_TYPE>
  <PRICELISTS><PRICELIST><TITLE>VOC</TITLE><CURRENCY>CZK</CURRENCY><PRICE_VAT>212.00</PRICE_VAT></PRICELIST></PRICELISTS>`;

export const shoptetCases: readonly SchemaCase[] = [
  {
    schema: "shoptet-supplier",
    ...shoptet,
    broken: [
      ...shoptet.broken,
      ["price lists", "<VAT>21", "<PRICELISTS><PRICELIST><TITLE>VOC</TITLE></PRICELIST></PRICELISTS><VAT>21"],
      ["an action price", "<VAT>21", "<ACTION_PRICE>199</ACTION_PRICE><VAT>21"],
      ["visibility", "<VAT>21", "<VISIBILITY>visible</VISIBILITY><VAT>21"],
    ],
  },
  {
    schema: "shoptet-complete",
    good: shoptet.good.replace("<VAT>21", `${complete}<VAT>21`),
    fine: shoptet.fine,
    broken: [
      ...shoptet.broken,
      ["a price list without a title", "<TITLE>VOC</TITLE>", ""],
      ["a title of 129 characters", ">VOC<", `>${"V".repeat(129)}<`],
      ["a decimal comma in a price list", ">212.00<", ">212,00<"],
      ["an unknown visibility", ">visible<", ">shown<"],
      ["an upper-case GUID", "abcdef0123456789abcdef", "ABCDEF0123456789abcdef"],
      ["a Czech date", ">2026-03-04<", ">4.3.2026<"],
      ["a part number of 33 characters", ">PN-1<", `>${"P".repeat(33)}<`],
      ["a part of the recycling fee", "<RECYCLING_FEE_TYPE>1</RECYCLING_FEE_TYPE>", ""],
      ["weight with its unit", ">0.4<", ">0.4 kg<"],
      ["a PLU of 17 characters", "<PART_NUMBER>", `<PLU>${"1".repeat(17)}</PLU><PART_NUMBER>`],
      ["10 decimals", "<PART_NUMBER>", "<DECIMAL_COUNT>10</DECIMAL_COUNT><PART_NUMBER>"],
      ["a recycling fee without its price", /<RECYCLING_FEE_PRICE>.*<\/RECYCLING_FEE_PRICE>/, ""],
      [
        "a set item of nothing",
        "<GUID>",
        "<SET_ITEMS><SET_ITEM><CODE>A</CODE><AMOUNT>0</AMOUNT></SET_ITEM></SET_ITEMS><GUID>",
      ],
    ],
  },
];

const prices = `<PRICES><PRICE language="cs">
  <PRICELISTS><PRICELIST><NAME></NAME><PRICE_ORIGINAL>249.00</PRICE_ORIGINAL></PRICELIST></PRICELISTS>
  <PRICE_PURCHASE>100,5</PRICE_PURCHASE></PRICE></PRICES>`;
const variant = `<VARIANTS><VARIANT><CODE>HRN-001/M</CODE><STOCK>4</STOCK></VARIANT></VARIANTS>`;
const small = `<PRODUCTS version="2.0"><PRODUCT><CODE>HRN-001</CODE><ACTIVE_YN>1</ACTIVE_YN>
  <AVAILABILITY>Skladem</AVAILABILITY><STOCK>12</STOCK>${prices}${variant}</PRODUCT></PRODUCTS>`;

const upgates: Omit<SchemaCase, "schema" | "good"> = {
  fine: [
    ["an empty stock", "<STOCK>12<", "<STOCK><"],
    ["a decimal comma", ">249.00<", ">249,00<"],
    ["a name of a price list", "<NAME></NAME>", "<NAME>VOC</NAME>"],
  ],
  broken: [
    ["no product", /<PRODUCT>[\s\S]*<\/PRODUCT>/, ""],
    ["version 1.0", 'version="2.0"', 'version="1.0"'],
    ["no version", ' version="2.0"', ""],
    ["an empty code", "<CODE>HRN-001<", "<CODE><"],
    ["a price without a language", /<PRICE language="cs">/, "<PRICE>"],
    ["an upper-case language", /<PRICE language="cs">/, '<PRICE language="CS">'],
    ["an empty price", ">249.00<", "><"],
    ["a negative price", ">249.00<", ">-249.00<"],
    ["thousands separators", ">249.00<", ">1 249.00<"],
    ["a price that only exports have", "<NAME></NAME>", "<NAME></NAME><PRICE_WITH_VAT>249</PRICE_WITH_VAT>"],
    ["an empty wrapper", /<PRICELISTS>[\s\S]*<\/PRICELISTS>/, "<PRICELISTS/>"],
    ["no variant in the wrapper", variant, "<VARIANTS/>"],
    ["a variant without a code", "<CODE>HRN-001/M</CODE>", ""],
    ["true as a flag", "<ACTIVE_YN>1<", "<ACTIVE_YN>true<"],
    ["stock with its unit", "<STOCK>12<", "<STOCK>12 ks<"],
  ],
};

export const upgatesCases: readonly SchemaCase[] = [
  {
    schema: "upgates-products",
    good: small.replace(
      "<STOCK>12",
      `<DESCRIPTIONS><DESCRIPTION language="cs"><TITLE>Hrnek</TITLE></DESCRIPTION></DESCRIPTIONS>
       <EAN>8590000000018</EAN><WEIGHT>400</WEIGHT><VATS><VAT country="CZ">21</VAT></VATS>
       <IMAGES><IMAGE><URL>https://www.example.cz/1.jpg</URL><MAIN_YN>1</MAIN_YN></IMAGE></IMAGES>
       <PARAMETERS><PARAMETER><NAME language="cs">Barva</NAME><VALUE language="cs">modrá</VALUE></PARAMETER></PARAMETERS>
       <LIMIT_ORDERS>sale</LIMIT_ORDERS><STOCK>12`,
    ),
    fine: [...upgates.fine, ["no code", "<CODE>HRN-001</CODE>", ""]],
    broken: [
      ...upgates.broken,
      ["a description without a language", '<DESCRIPTION language="cs">', "<DESCRIPTION>"],
      ["a parameter name without a language", '<NAME language="cs">', "<NAME>"],
      ["VAT without a country", ' country="CZ"', ""],
      ["VAT with its sign", ">21<", ">21 %<"],
      ["a time with its zone", "<PRODUCT>", '<PRODUCT last_update_time="2026-03-04T10:00:00+01:00">'],
      ["a meta without a key", "<EAN>", "<METAS><META><META_VALUE>a</META_VALUE></META></METAS><EAN>"],
      ["an image without a scheme", "https://www.example.cz/1.jpg", "1.jpg"],
      ["an unknown limit of orders", ">sale<", ">2<"],
      ["an element of version 1.0", "<EAN>", "<NEW_YN>1</NEW_YN><EAN>"],
      ["weight with its unit", ">400<", ">400 g<"],
    ],
  },
  {
    schema: "upgates-small",
    good: small,
    fine: upgates.fine,
    broken: [
      ...upgates.broken,
      ["no code", "<CODE>HRN-001</CODE>", ""],
      ["an EAN", "<STOCK>12", "<EAN>8590000000018</EAN><STOCK>12"],
      [
        "descriptions",
        "<STOCK>12",
        '<DESCRIPTIONS><DESCRIPTION language="cs"><TITLE>Hrnek</TITLE></DESCRIPTION></DESCRIPTIONS><STOCK>12',
      ],
      ["metas in a variant", "<STOCK>4", "<METAS><META><META_KEY>a</META_KEY><META_VALUE/></META></METAS><STOCK>4"],
    ],
  },
];
