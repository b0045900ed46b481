import {
  absent,
  boolean,
  code,
  concat,
  date,
  decimal,
  defineMapping,
  each,
  exists,
  first,
  has,
  type MappingData,
  object,
  oneOf,
  parseMapping,
  parts,
  type Product,
  type ProductImage,
  type ProductParameter,
  type ProductPrice,
  productSchema,
  readOnly,
  split,
  template,
  text,
  vatRate,
  type Variant,
  type Warehouse,
  when,
  writeOnly,
  writeRecords,
} from "propojka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../../xml/oracle.ts";
import { readAll } from "../reading.ts";
import { held, heldDecimal, heldText, word } from "./generated.ts";

/** A feed that uses every kind of node there is. */
const mapping = defineMapping("product", {
  record: "/s:SHOP/s:ITEMS/SHOPITEM",
  namespaces: { s: "urn:example:shop", g: "urn:example:base" },
  parameters: { currency: { title: "Currency", default: "CZK" } },
  document: {
    fixed: { "/s:SHOP/@version": "2.0", "/s:SHOP/CURRENCY": { parameter: "currency" }, ITEM_TYPE: "product" },
    order: ["CODE", "ITEM_TYPE", "NAME", "STOCK", "STOCK/MINIMUM", "STOCK/AMOUNT"],
  },
  fields: {
    name: text("NAME", { cdata: true, required: true }),
    code: code("CODE", { required: true, allowed: "^\\S+$", maxLength: 100 }),
    externalId: text("@id"),
    description: text("TEXT[@lang='cs']/FULL", { cdata: true }),
    shortDescription: text("TEXT[@lang='cs']/SHORT"),
    manufacturer: first(text("MAKER/NAME"), text("MANUFACTURER")),
    supplier: readOnly(template("{MAKER/NAME} s.r.o.")),
    ean: text(["EAN", "BARCODE"]),
    unit: text("STOCK/@unit"),
    condition: oneOf("CONDITION", { "0": "new", "1": "used", "2": "refurbished" }),
    vatRate: vatRate("VAT", { notation: "percent" }),
    categories: split("CATEGORIES", "|"),
    regularPrice: parts("g:price", " ", { gross: decimal(".", { scale: 2 }), currency: code(".") }),
    prices: concat(
      object<ProductPrice>({
        list: absent(),
        currency: code("PRICE/@currency"),
        gross: decimal("PRICE", { separator: "," }),
      }),
      each<ProductPrice>("PRICELISTS/LIST", {
        list: text("TITLE"),
        currency: code("CURRENCY"),
        net: decimal("NET"),
        gross: decimal("GROSS"),
      }),
    ),
    stock: {
      quantity: when(has("stock.warehouses"), decimal("STOCK/TOTAL"), decimal("STOCK/AMOUNT")),
      minimum: decimal("STOCK/MINIMUM"),
      warehouses: each<Warehouse>("STOCK/WAREHOUSE", { code: code("@code"), quantity: decimal(".") }),
    },
    availableFrom: date("AVAILABLE", { formats: ["d.M.yyyy"] }),
    images: concat<ProductImage>(
      object<ProductImage>({ url: text("IMAGE"), description: text("IMAGE/@title") }),
      each<ProductImage>("IMAGES/IMAGE", { url: text("."), description: text("@title") }, undefined, 20),
    ),
    parameters: each<ProductParameter>("PARAM", { name: text("NAME"), value: text("VALUE") }),
    sold: when(exists("VISIBLE"), boolean("VISIBLE", { true: ["ano"], false: ["ne"] })),
    stocked: writeOnly(boolean("STOCKED")),
    variants: each<Variant>("VARIANTS/VARIANT", {
      code: code("CODE"),
      parameters: split("@parameters", ";", parts<ProductParameter>(".", ":", { name: text("."), value: text(".") })),
      prices: concat(
        object<ProductPrice>({ list: absent(), currency: code("@currency"), gross: decimal("@price") }),
        each<ProductPrice>("LIST", { list: text("@title"), currency: code("@currency"), gross: decimal("@gross") }),
      ),
    }),
  },
});

const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined, freq: 2 });
const list = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[] | undefined> =>
  maybe(fc.array(value, { maxLength: 3 }));
const number = heldDecimal as fc.Arbitrary<`${number}`>;
const currency = fc.constantFrom("CZK", "EUR");
const day = fc.constantFrom("2026-03-04", "2026-12-31", "2028-02-29") as fc.Arbitrary<`${number}-${number}-${number}`>;

function pricesOf(inList: fc.Arbitrary<object>): fc.Arbitrary<object[] | undefined> {
  return maybe(
    fc
      .tuple(maybe(fc.record({ currency, gross: number })), fc.array(inList, { maxLength: 2 }))
      .map(([main, others]) => [...(main === undefined ? [] : [main]), ...others]),
  );
}

/** Products of no more than what the mapping holds: texts trimmed and not blank, the price of no list first. */
const product = fc.record({
  code: word,
  name: heldText,
  externalId: maybe(heldText),
  description: maybe(heldText),
  shortDescription: maybe(heldText),
  manufacturer: maybe(heldText),
  ean: maybe(fc.constantFrom("8590000000013", "8591234567898")),
  unit: maybe(word),
  condition: maybe(fc.constantFrom("new", "used", "refurbished")),
  vatRate: maybe(fc.constantFrom("21", "12", "0")),
  categories: list(word),
  regularPrice: maybe(fc.record({ currency, gross: fc.constantFrom("199.50", "0.00", "-1.25") })),
  prices: pricesOf(fc.record({ list: heldText, currency, net: maybe(number), gross: maybe(number) })),
  stock: maybe(
    fc.record({
      quantity: maybe(number),
      minimum: maybe(number),
      warehouses: list(fc.record({ code: word, quantity: number })),
    }),
  ),
  availableFrom: maybe(day),
  images: list(fc.record({ url: heldText, description: maybe(heldText) })),
  parameters: list(fc.record({ name: heldText, value: heldText })),
  sold: maybe(fc.boolean()),
  variants: list(
    fc.record({
      code: word,
      parameters: list(fc.record({ name: word, value: word })),
      prices: pricesOf(fc.record({ list: heldText, currency, gross: maybe(number) })),
    }),
  ),
});

async function written(products: readonly Product[], by: MappingData): Promise<Uint8Array> {
  const stream = writeRecords(products, by);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(stream.report).toMatchObject({ written: products.length, rejected: 0, issues: [], unwritten: {} });
  return Buffer.concat(chunks);
}

/** What is read, without what the mapping only reads. */
function back(record: unknown): unknown {
  const { supplier, ...rest } = record as Product;
  expect(supplier === undefined).toBe(rest.manufacturer === undefined);
  return held(rest);
}

describe("a rich mapping of products", () => {
  it.each<[string, MappingData]>([
    ["as it is built", mapping],
    ["as it comes out of JSON", parseMapping(JSON.parse(JSON.stringify(mapping)))],
  ])("reads what it wrote, %s", async (_, by) => {
    await fc.assert(
      fc.asyncProperty(fc.array(product, { maxLength: 3 }), async (generated) => {
        const products = generated.map((one) => productSchema.parse(one));
        const bytes = await written(products, by);
        expect(judge(new TextDecoder().decode(bytes)).complaint).toBeUndefined();
        const { records, issues } = await readAll(bytes, by, { schema: productSchema });
        expect(issues).toEqual([]);
        expect(records.map(back)).toEqual(products.map(held));
      }),
      { numRuns: 200 },
    );
  });

  it("writes what a person would", async () => {
    const bytes = await written(
      [
        {
          code: "HRN-1",
          name: "Hrnek & talíř",
          externalId: "7",
          manufacturer: "Keramika",
          unit: "ks",
          condition: "new",
          vatRate: "21",
          categories: ["Kuchyně", "Hrnky"],
          regularPrice: { currency: "CZK", gross: "250" },
          prices: [
            { currency: "CZK", gross: "199.50" },
            { list: "VOC", currency: "CZK", net: "120" },
          ],
          stock: { quantity: "5", minimum: "1", warehouses: [{ code: "A", quantity: "5" }] },
          images: [{ url: "https://example.com/1.jpg", description: "zepředu" }, { url: "https://example.com/2.jpg" }],
          sold: true,
          stocked: false,
          variants: [
            {
              code: "HRN-1-M",
              parameters: [{ name: "Barva", value: "modrá" }],
              prices: [{ currency: "CZK", gross: "210" }],
            },
          ],
        },
        { code: "HRN-2", name: "Bez všeho" },
      ],
      mapping,
    );
    expect(new TextDecoder().decode(bytes)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<s:SHOP version="2.0" xmlns:s="urn:example:shop" xmlns:g="urn:example:base"><CURRENCY>CZK</CURRENCY>
<s:ITEMS>
<SHOPITEM id="7"><CODE>HRN-1</CODE><ITEM_TYPE>product</ITEM_TYPE><NAME><![CDATA[Hrnek & talíř]]></NAME><STOCK unit="ks"><MINIMUM>1</MINIMUM><TOTAL>5</TOTAL><WAREHOUSE code="A">5</WAREHOUSE></STOCK><MAKER><NAME>Keramika</NAME></MAKER><CONDITION>0</CONDITION><VAT>21</VAT><CATEGORIES>Kuchyně|Hrnky</CATEGORIES><g:price>250.00 CZK</g:price><PRICE currency="CZK">199,50</PRICE><PRICELISTS><LIST><TITLE>VOC</TITLE><CURRENCY>CZK</CURRENCY><NET>120</NET></LIST></PRICELISTS><IMAGE title="zepředu">https://example.com/1.jpg</IMAGE><IMAGES><IMAGE>https://example.com/2.jpg</IMAGE></IMAGES><VISIBLE>ano</VISIBLE><STOCKED>0</STOCKED><VARIANTS><VARIANT parameters="Barva:modrá" currency="CZK" price="210"><CODE>HRN-1-M</CODE></VARIANT></VARIANTS></SHOPITEM>
<SHOPITEM><CODE>HRN-2</CODE><ITEM_TYPE>product</ITEM_TYPE><NAME><![CDATA[Bez všeho]]></NAME></SHOPITEM>
</s:ITEMS>
</s:SHOP>
`);
  });
});
