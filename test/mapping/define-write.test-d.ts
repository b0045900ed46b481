import { describe, expectTypeOf, it } from "vitest";
import type { ByteStream, WriteReport } from "propojka";
import { z } from "zod";
import {
  absent,
  boolean,
  code,
  concat,
  constant,
  decimal,
  defineMapping,
  each,
  fieldIs,
  has,
  type Mapping,
  object,
  parts,
  readOnly,
  type Spec,
  split,
  text,
  when,
  writeOnly,
} from "../../src/mapping/define.ts";
import type { Decimal } from "../../src/model/order.ts";
import type {
  Product,
  ProductImage,
  ProductParameter,
  ProductPrice,
  StockLevel,
  Variant,
} from "../../src/model/product.ts";
import { writeDocuments, writeRecords } from "../../src/write.ts";

const record = "/SHOP/SHOPITEM";

describe("a mapping of products", () => {
  it("gives and takes products", () => {
    const mapping = defineMapping("product", { record, fields: { code: code("CODE"), name: text("NAME") } });
    expectTypeOf(mapping).toEqualTypeOf<Mapping<Product>>();
    const products: Product[] = [{ code: "A-1" }];
    expectTypeOf(writeRecords(products, mapping)).toEqualTypeOf<ByteStream>();
    expectTypeOf(writeDocuments(products, mapping).report).toEqualTypeOf<WriteReport>();
    // @ts-expect-error products have a code
    writeRecords([{ name: "Hrnek" }], mapping);
  });

  it("takes everything that lists of several places need", () => {
    defineMapping("product", {
      record,
      document: { fixed: { "/SHOP/@version": "2.0", TYPE: { parameter: "type" } }, order: ["CODE"], perRecord: false },
      fields: {
        code: code("CODE", { required: true, maxLength: 64, allowed: "^\\S+$" }),
        name: text("NAME", { blank: "empty", missing: "empty", cdata: true, tooLong: "cut", maxLength: 250 }),
        prices: concat(
          object<ProductPrice>({
            list: absent(),
            currency: code("CURRENCY"),
            gross: decimal("PRICE_VAT", { scale: 2 }),
          }),
          each<ProductPrice>("LISTS/LIST", { list: text("TITLE"), currency: code("CURRENCY") }, has("list"), 10),
        ),
        stock: { quantity: when(has("stock.warehouses"), readOnly(decimal("A")), decimal("B")) },
        sold: writeOnly(when(fieldIs("stock.quantity", ">", "0"), boolean("VISIBLE"))),
        parameters: split<ProductParameter>(
          "PARAMS",
          "|",
          parts<ProductParameter>(".", ":", { name: text("."), value: text(".") }),
          { maxLength: 1000 },
        ),
        variants: each("VARIANT", {
          code: code("CODE"),
          regularPrice: parts("P", " ", { gross: decimal("."), currency: code(".") }),
        }),
      },
    });
  });

  it("does not compile without a code", () => {
    // @ts-expect-error the code is forgotten
    defineMapping("product", { record, fields: { name: text("NAME") } });
    // @ts-expect-error the code of the variant is forgotten
    defineMapping("product", { record, fields: { code: code("CODE"), variants: each("V", { name: text("NAME") }) } });
    // @ts-expect-error the quantity is forgotten
    defineMapping("stockLevel", { record, fields: { code: code("CODE") } });
    // @ts-expect-error the currency is forgotten
    each<ProductPrice>("LIST", { list: text("TITLE"), gross: decimal("PRICE") });
    // @ts-expect-error the value is forgotten
    parts<ProductParameter>("P", ":", { name: text(".") });
  });

  it("does not compile with a field that products do not have", () => {
    // @ts-expect-error misspelt at the top
    defineMapping("product", { record, fields: { code: code("CODE"), nmae: text("NAME") } });
    // @ts-expect-error misspelt in a nested object
    defineMapping("product", { record, fields: { code: code("CODE"), stock: { qty: decimal("AMOUNT") } } });
    // @ts-expect-error misspelt in an item
    each<ProductImage>("IMG", { url: text("."), alt: text("@alt") });
    // @ts-expect-error misspelt in an item with a limit
    each<Variant>("V", { code: code("CODE"), ean13: text("EAN") }, undefined, 5);
    // @ts-expect-error misspelt in a piece
    parts<ProductParameter>("P", ":", { name: text("."), value: text("."), unit: text(".") });
    // @ts-expect-error stock levels have no name
    defineMapping("stockLevel", { record, fields: { code: code("C"), quantity: decimal("Q"), name: text("N") } });
  });

  it("does not compile with a codec of the wrong type", () => {
    // @ts-expect-error a boolean is needed
    defineMapping("product", { record, fields: { code: code("CODE"), sold: text("SOLD") } });
    // @ts-expect-error a decimal is needed
    defineMapping("product", { record, fields: { code: code("CODE"), weight: text("WEIGHT") } });
    // @ts-expect-error a list is needed
    defineMapping("product", { record, fields: { code: code("CODE"), images: { url: text("IMG") } } });
    // @ts-expect-error one of three words is needed
    defineMapping("product", { record, fields: { code: code("CODE"), condition: constant("broken") } });
    // @ts-expect-error a decimal is needed, also where it is only written
    defineMapping("product", { record, fields: { code: code("CODE"), weight: writeOnly(text("WEIGHT")) } });
    // @ts-expect-error a decimal is needed, also where it is only read
    defineMapping("product", { record, fields: { code: code("CODE"), weight: readOnly(text("WEIGHT")) } });
    // @ts-expect-error a decimal is needed below a condition
    defineMapping("product", { record, fields: { code: code("CODE"), weight: when(has("code"), text("WEIGHT")) } });
    // @ts-expect-error a decimal is needed in a piece
    parts<{ gross: Decimal }>("P", " ", { gross: text(".") });
    // @ts-expect-error the items are objects
    defineMapping("product", { record, fields: { code: code("CODE"), parameters: split("P", ";") } });
    const pairs = split("C", ";", parts<ProductParameter>(".", ":", { name: text("."), value: text(".") }));
    // @ts-expect-error the items are texts
    defineMapping("product", { record, fields: { code: code("CODE"), categories: pairs } });
  });

  it("does not compile with a write option that there is not", () => {
    // @ts-expect-error the option is misspelt
    text("NAME", { maxLenght: 5 });
    // @ts-expect-error there is no such policy
    text("NAME", { maxLength: 5, tooLong: "truncate" });
    // @ts-expect-error there is no such state
    text("NAME", { blank: "erase" });
    // @ts-expect-error a text is needed
    code("CODE", { allowed: /^\S+$/u });
    // @ts-expect-error errors and warnings only
    decimal("PRICE", { invalid: "ignore" });
    // @ts-expect-error a number is needed
    text("NAME", { maxLength: "5" });
    // @ts-expect-error a split has no default
    split("TAGS", ";", text("."), { default: "x" });
    // @ts-expect-error parts have no default
    parts<ProductParameter>("P", ":", { name: text("."), value: text(".") }, { default: "x" });
    // @ts-expect-error a comparison is needed
    fieldIs("stock.quantity", "==", "0");
    // @ts-expect-error a text is needed
    fieldIs("stock.quantity", ">", 0);
  });

  it("does not compile with a setting of documents that there is not", () => {
    const fields = { code: code("CODE") };
    // @ts-expect-error the option is misspelt
    defineMapping("product", { record, fields, document: { perrecord: true } });
    // @ts-expect-error fixed texts are texts, booleans or parameters
    defineMapping("product", { record, fields, document: { fixed: { VERSION: 2 } } });
    // @ts-expect-error columns have titles
    defineMapping("product", { record, fields, csv: { columns: ["code"] } });
  });
});

describe("absent", () => {
  it("stands for a field of any type", () => {
    object<ProductPrice>({ list: absent(), currency: code("CURRENCY") });
    object<StockLevel>({ code: code("CODE"), quantity: decimal("Q"), warehouses: absent() });
    expectTypeOf(absent()).toEqualTypeOf<Spec<never>>();
  });
});

describe("concat", () => {
  const fields = { code: code("CODE") };

  it("takes literals for the items that stand alone", () => {
    const price = { list: absent(), currency: code("CURRENCY"), gross: decimal("PRICE") };
    const lists = each<ProductPrice>("LIST", { list: text("TITLE"), currency: code("CURRENCY") });
    defineMapping("product", { record, fields: { ...fields, prices: concat(price, lists) } });
    expectTypeOf(concat<ProductPrice>(price)).toEqualTypeOf<Spec<ProductPrice[]>>();
  });

  it("refuses a literal that is no item", () => {
    // @ts-expect-error the field is misspelt
    concat<ProductPrice>({ list: absent(), currency: code("CURRENCY"), grosss: decimal("PRICE") });
    // @ts-expect-error the currency is forgotten
    concat<ProductPrice>({ list: absent(), gross: decimal("PRICE") });
  });
});

describe("a mapping of one's own records", () => {
  const schema = z.object({ sku: z.string(), stars: z.number().optional() });

  it("is written with records of that type", () => {
    const mapping = defineMapping(schema, { record, fields: { sku: code("SKU") } });
    writeRecords([{ sku: "a", stars: 5 }], mapping);
    // @ts-expect-error the code is forgotten
    writeRecords([{ stars: 5 }], mapping);
    // @ts-expect-error a number is no text
    defineMapping(schema, { record, fields: { sku: code("SKU"), stars: text("STARS") } });
  });
});
