import type { SchemaCase } from "./cases.ts";

const root = (record: string): string =>
  `<prestashop xmlns:xlink="http://www.w3.org/1999/xlink">${record}</prestashop>`;

export const prestashopCases: readonly SchemaCase[] = [
  {
    schema: "prestashop",
    good: root("<stock_available><id><![CDATA[67]]></id><quantity><![CDATA[-10]]></quantity></stock_available>"),
    fine: [
      [
        "all fields",
        "</quantity>",
        `</quantity><id_product>27</id_product><id_product_attribute>0</id_product_attribute><id_shop>1</id_shop>
         <id_shop_group>0</id_shop_group><depends_on_stock>0</depends_on_stock><out_of_stock>2</out_of_stock>`,
      ],
    ],
    broken: [
      ["no id", "<id><![CDATA[67]]></id>", ""],
      ["fractional stock", "-10", "1.5"],
      ["white space around a number", "<![CDATA[-10]]>", "\n10\n"],
      ["an unknown rule for what is out of stock", "</quantity>", "</quantity><out_of_stock>3</out_of_stock>"],
      ["two records", "</stock_available>", "</stock_available><stock_available><id>1</id></stock_available>"],
      ["an id of zero", "67", "0"],
      ["a place of 256 characters", "</quantity>", `</quantity><location>${"A".repeat(256)}</location>`],
    ],
  },
  {
    schema: "prestashop",
    good: root(`<product><id>27</id><reference>HR-001</reference><ean13>8590000000018</ean13>
      <price>250.000000</price><wholesale_price>140</wholesale_price><active>1</active><visibility>both</visibility>
      <name><language id="1">Hrnek Kolín</language></name></product>`),
    fine: [
      ["a reference of 64 characters", ">HR-001<", `>${"H".repeat(64)}<`],
      ["a name of 128 characters", "Hrnek Kolín", "ř".repeat(128)],
    ],
    broken: [
      ["no id", "<id>27</id>", ""],
      ["a decimal comma", ">250.000000<", ">250,00<"],
      ["7 decimals", ">250.000000<", ">250.0000001<"],
      ["a negative price", ">250.000000<", ">-1<"],
      ["a line break before the price", ">250.000000<", ">\n250<"],
      ["a reference of 65 characters", ">HR-001<", `>${"H".repeat(65)}<`],
      ["white space around the reference", ">HR-001<", "> HR-001<"],
      ["an EAN of 14 digits", ">8590000000018<", ">85900000000180<"],
      ["true as a flag", "<active>1<", "<active>true<"],
      ["white space around a flag", "<active>1<", "<active> 1<"],
      ["an unknown visibility", ">both<", ">all<"],
      ["a UPC of 13 digits", "<active>", "<upc>0123456789012</upc><active>"],
      ["an ISBN of 33 characters", "<active>", `<isbn>${"9".repeat(33)}</isbn><active>`],
      ["an MPN of 41 characters", "<active>", `<mpn>${"9".repeat(41)}</mpn><active>`],
      ["an unknown condition", "<active>", "<condition>nový</condition><active>"],
      ["the id of a manufacturer in words", "<active>", "<id_manufacturer>A</id_manufacturer><active>"],
      ["a name of 129 characters", "Hrnek Kolín", "ř".repeat(129)],
      ["a forbidden character in the name", "Hrnek Kolín", "Hrnek #1"],
      ["a name without a language", / id="1"/, ""],
      ["a quantity", "<active>", "<quantity>3</quantity><active>"],
      ["the name of the manufacturer", "<active>", "<manufacturer_name>A</manufacturer_name><active>"],
    ],
  },
  {
    schema: "prestashop",
    good: root(`<combination><id>61</id><id_product>27</id_product><reference>HR-001-M</reference><price>-12.500000</price>
      <minimal_quantity>1</minimal_quantity><associations><product_option_values>
      <product_option_value><id>5</id></product_option_value></product_option_values></associations></combination>`),
    fine: [["no associations", /<associations>[\s\S]*<\/associations>/, ""]],
    broken: [
      ["no id", "<id>61</id>", ""],
      ["a decimal comma", ">-12.500000<", ">-12,5<"],
      ["a value without an id", "<id>5</id>", ""],
      ["a quantity", "<minimal_quantity>1<", "<minimal_quantity>1,0<"],
    ],
  },
];
