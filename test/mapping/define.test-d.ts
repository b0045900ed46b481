import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import {
  boolean,
  code,
  concat,
  constant,
  date,
  dateTime,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  first,
  join,
  lookup,
  type Mapping,
  object,
  oneOf,
  text,
  when,
} from "../../src/mapping/define.ts";
import type { Address, Line, Order } from "../../src/model/order.ts";

const record = "/orders/order";
const lines = each<Line>("items/item", { kind: constant("product"), name: text("name"), quantity: decimal("pieces") });

describe("a mapping of orders", () => {
  it("gives orders", () => {
    const mapping = defineMapping("order", {
      record,
      fields: { number: code("id"), currency: constant("CZK"), lines },
    });
    expectTypeOf(mapping).toEqualTypeOf<Mapping<Order>>();
  });

  it("takes nested objects as literals, conditions, fallbacks and several sources of lines", () => {
    defineMapping("order", {
      record,
      fields: {
        number: first(code("number"), code("id")),
        createdAt: dateTime("date", { zone: "Europe/Prague" }),
        status: {
          kind: oneOf("state", { nová: "new", hotovo: "done" }, { unknown: { value: "other" } }),
          raw: text("state"),
        },
        currency: text("currency", { default: { parameter: "currency" } }),
        customer: {
          email: text(["email", "mail"]),
          billing: lookup<Address>("addresses", "address_id", {
            street: join(" ", "street", "number"),
            city: text("city"),
          }),
        },
        lines: concat(
          each("items/item", {
            kind: oneOf("type", { product: "product", billing: "payment" }),
            name: text("name"),
            quantity: decimal("pieces"),
            unitPrice: { gross: decimal("price") },
          }),
          when(exists("postage"), {
            kind: constant("shipping"),
            name: text("postageName"),
            quantity: constant("1"),
            unitPrice: { gross: decimal("postage") },
          }),
        ),
        payment: { paid: boolean("paid") },
        vatRegime: when(equals("payer", "0"), constant("nonPayer")),
      },
    });
  });

  it("does not compile without a required field", () => {
    // @ts-expect-error currency is forgotten
    defineMapping("order", { record, fields: { number: code("id"), lines } });
    defineMapping("order", {
      record,
      fields: {
        number: code("id"),
        currency: constant("CZK"),
        // @ts-expect-error quantity of the line is forgotten
        lines: each("items/item", { kind: constant("product"), name: text("name") }),
      },
    });
  });

  it("does not compile with a field that orders do not have", () => {
    defineMapping("order", {
      record,
      fields: {
        number: code("id"),
        currency: constant("CZK"),
        lines,
        // @ts-expect-error misspelt at the top
        curency: text("currency"),
      },
    });
    defineMapping("order", {
      record,
      fields: {
        number: code("id"),
        currency: constant("CZK"),
        lines,
        customer: {
          // @ts-expect-error misspelt in a nested object
          emial: text("email"),
        },
      },
    });
    defineMapping("order", {
      record,
      fields: {
        number: code("id"),
        currency: constant("CZK"),
        lines: each("items/item", {
          kind: constant("product"),
          name: text("name"),
          quantity: decimal("pieces"),
          // @ts-expect-error misspelt in an item
          vatrate: decimal("vat"),
        }),
      },
    });
  });

  it("does not compile with a misspelt enum value", () => {
    defineMapping("order", {
      record,
      fields: {
        number: code("id"),
        currency: constant("CZK"),
        lines,
        // @ts-expect-error there is no status "doen"
        status: { kind: oneOf("state", { hotovo: "doen" }) },
      },
    });
    defineMapping("order", {
      record,
      fields: {
        number: code("id"),
        currency: constant("CZK"),
        lines,
        // @ts-expect-error the stand-in for unknown words is misspelt
        status: { kind: oneOf("state", { hotovo: "done" }, { unknown: { value: "othr" } }) },
      },
    });
    // @ts-expect-error there is no line kind "produkt"
    each<Line>("items/item", { kind: constant("produkt"), name: text("name"), quantity: decimal("pieces") });
  });

  it("does not compile with a codec of the wrong type", () => {
    const fields = { number: code("id"), currency: constant("CZK"), lines } as const;
    // @ts-expect-error a time is needed, not any text
    defineMapping("order", { record, fields: { ...fields, createdAt: text("date") } });
    // @ts-expect-error a time is needed, not a day
    defineMapping("order", { record, fields: { ...fields, createdAt: date("date") } });
    // @ts-expect-error a decimal is needed, not any text
    defineMapping("order", { record, fields: { ...fields, exchangeRate: text("rate") } });
    // @ts-expect-error a boolean is needed
    defineMapping("order", { record, fields: { ...fields, payment: { paid: text("paid") } } });
    // @ts-expect-error a list is needed
    defineMapping("order", { record, fields: { ...fields, vatBreakdown: decimal("vat") } });
    // @ts-expect-error a default must be of the field's type
    decimal("price", { default: "free" });
    // @ts-expect-error there is no such option
    text("name", { trimm: true });
  });

  it("does not compile with an object of the wrong shape below a condition", () => {
    object<Line>({
      kind: constant("shipping"),
      name: text("name"),
      quantity: constant("1"),
      // @ts-expect-error a price is an object
      unitPrice: decimal("price"),
    });
  });
});

describe("a mapping of one's own records", () => {
  const schema = z.object({
    sku: z.string(),
    tags: z.array(z.string()).optional(),
    sizes: z.array(z.object({ width: z.string(), unit: z.enum(["mm", "cm"]) })),
  });

  it("infers the record from the schema", () => {
    const mapping = defineMapping(schema, {
      record: "/p/i",
      fields: { sku: code("code"), sizes: each("size", { width: text("w"), unit: oneOf("u", { mm: "mm" }) }) },
    });
    expectTypeOf(mapping).toEqualTypeOf<Mapping<z.input<typeof schema>>>();
  });

  it("does not compile with a mistake either", () => {
    // @ts-expect-error sizes are forgotten
    defineMapping(schema, { record: "/p/i", fields: { sku: code("code") } });
    defineMapping(schema, {
      record: "/p/i",
      fields: {
        sku: code("code"),
        // @ts-expect-error there is no unit "inch"
        sizes: each("size", { width: text("w"), unit: constant("inch") }),
      },
    });
  });
});
