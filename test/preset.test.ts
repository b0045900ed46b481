import {
  code,
  type Condition,
  constant,
  customize,
  customizePreset,
  decimal,
  definePreset,
  equals,
  exists,
  importFeed,
  type MappingData,
  type Node,
  oneOf,
  parseMapping,
  type Preset,
  readOrders,
  text,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items } from "./mapping/reading.ts";
import { mappingOfShop, order, shop } from "./order.ts";

const mapping: MappingData = mappingOfShop;

describe("customize", () => {
  it("replaces, adds and takes away fields, and says what", () => {
    const { mapping: changed, changes } = customize(mapping, {
      fields: { currency: constant("EUR"), customer: { phone: text("PHONE"), email: null } },
    });
    expect(changed.fields).toEqual({
      ...mapping.fields,
      currency: constant("EUR"),
      customer: { phone: text("PHONE") },
    });
    expect(changes).toEqual([
      { path: "fields.currency", from: constant("CZK"), to: constant("EUR") },
      { path: "fields.customer.phone", from: undefined, to: text("PHONE") },
      { path: "fields.customer.email", from: text("MAIL"), to: undefined },
    ]);
  });

  it("leaves the mapping that it was given as it was", () => {
    const before = structuredClone(mapping);
    customize(mapping, { fields: { customer: null, number: code("ID") }, country: "SK" });
    expect(mapping).toEqual(before);
  });

  it("says nothing of what is the same", () => {
    const { mapping: changed, changes } = customize(mapping, {
      record: "/SHOP/ORDER",
      fields: { currency: constant("CZK"), totals: { payable: decimal("TOTAL") } },
    });
    expect(changed).toEqual(mapping);
    expect(changes).toEqual([]);
  });

  it("changes nothing where there is nothing to take away", () => {
    const { mapping: changed, changes } = customize(mapping, { zone: null, fields: { notes: { customer: null } } });
    expect(changes).toEqual([]);
    expect(changed).toEqual(mapping);
    expect(customize(mapping, {})).toEqual({ mapping, changes: [] });
  });

  it("takes a specification as a whole, and lists too", () => {
    const lines = items("ROWS/ROW", { name: text("N"), quantity: decimal("Q") });
    const status = oneOf("STATUS", { nová: "new" });
    const once = customize(mapping, {
      fields: { lines, status: { kind: status } },
      record: ["/SHOP/ORDER", "/SHOP/O"],
    });
    expect(once.mapping.fields["lines"]).toEqual(lines);
    expect(once.changes.map(({ path }) => path)).toEqual(["fields.lines", "fields.status", "record"]);
    const twice = customize(once.mapping, {
      fields: { status: { kind: oneOf("STATE", { x: "done" }) } },
      record: "/S/O",
    });
    expect(twice.mapping.fields["status"]).toEqual({ kind: oneOf("STATE", { x: "done" }) });
    expect(twice.changes[0]).toMatchObject({ path: "fields.status.kind", from: status });
    expect(twice.changes[1]).toEqual({ path: "record", from: ["/SHOP/ORDER", "/SHOP/O"], to: "/S/O" });
  });

  it("replaces an object by a specification, and the other way round", () => {
    expect(customize(mapping, { fields: { customer: constant("x") } }).mapping.fields["customer"]).toEqual(
      constant("x"),
    );
    expect(customize(mapping, { fields: { number: { a: text("A") } } }).mapping.fields["number"]).toEqual({
      a: text("A"),
    });
  });

  it("changes single options of a specification, and reaches into lists", () => {
    const items = {
      type: "each",
      path: "ROWS/ROW",
      item: { name: text("N"), quantity: decimal("Q", { default: "1" }) },
    };
    const lines = { type: "concat", parts: [items, { name: text("SHIPPING") }] } as unknown as Node;
    const from: MappingData = { ...mapping, fields: { ...mapping.fields, lines } };
    const { mapping: changed, changes } = customize(from, {
      fields: {
        number: { path: "KOD" },
        lines: {
          parts: {
            0: { item: { ean: code("EAN13"), quantity: { default: null, sign: "negative" } }, where: exists("N") },
            1: null,
          },
        },
      },
    });
    expect(changed.fields["number"]).toEqual({ ...mapping.fields["number"], path: "KOD" });
    const item = { name: text("N"), quantity: { ...decimal("Q"), sign: "negative" }, ean: code("EAN13") };
    expect(changed.fields["lines"]).toEqual({ type: "concat", parts: [{ ...items, item, where: exists("N") }] });
    expect(changes.map(({ path }) => path)).toEqual([
      "fields.number.path",
      "fields.lines.parts.0.item.ean",
      "fields.lines.parts.0.item.quantity.default",
      "fields.lines.parts.0.item.quantity.sign",
      "fields.lines.parts.0.where",
      "fields.lines.parts.1",
    ]);
    expect(customize(from, { fields: { lines: { parts: { 2: constant("x") } } } }).changes).toHaveLength(1);
    expect(() => customize(from, { fields: { lines: { parts: { 3: constant("x") } } } })).toThrow(/0 to 2/);
    expect(() => customize(from, { fields: { lines: { parts: { first: constant("x") } } } })).toThrow(/"first"/);
  });

  it("adds rules and settings", async () => {
    const rule = (when: Condition): object => ({ skip: [{ when, reason: "cancelled" }] });
    const { mapping: changed, changes } = customize(mappingOfShop, {
      ...rule(equals("STATE", "storno")),
      totals: { tolerance: "1.00" },
      parameters: { p: { title: "P", default: "" } },
    });
    expect(changes.map(({ path }) => path)).toEqual(["skip", "totals.tolerance", "parameters"]);
    const xml = shop(order("1", "a", { STATE: "storno" }), order("2", "b", { TOTAL: "242.90" }));
    const { orders, issues, report } = await readOrders(xml, changed);
    expect(orders.map(({ number }) => number)).toEqual(["2"]);
    expect(issues).toEqual([]);
    expect(report).toMatchObject({ read: 2, good: 1, skipped: 1, skippedFor: { cancelled: 1 } });
  });

  it("gives a mapping that survives JSON", () => {
    const override = JSON.parse(
      '{"fields":{"customer":{"email":null,"phone":{"type":"phone","path":"TEL"}}}}',
    ) as object;
    const { mapping: changed } = customize(mapping, override);
    expect(parseMapping(JSON.parse(JSON.stringify(changed)))).toEqual(changed);
  });
});

describe("customizePreset", () => {
  it("changes feeds and what stands around their mappings, and says what", () => {
    const orders = { direction: "import", records: "orders", title: "Orders", mapping } as const;
    const preset: Preset = { id: "shop", title: "Shop", maturity: "draft", provenance: [], feeds: { orders } };
    const { preset: changed, changes } = customizePreset(preset, {
      feeds: { orders: { invoice: { dueDays: 30 }, mapping: { fields: { number: { path: "KOD" } } } } },
    });
    expect(changed.feeds["orders"]).toEqual({
      ...orders,
      invoice: { dueDays: 30 },
      mapping: { ...mapping, fields: { ...mapping.fields, number: { ...mapping.fields["number"], path: "KOD" } } },
    });
    expect(changes.map(({ path }) => path)).toEqual([
      "feeds.orders.invoice",
      "feeds.orders.mapping.fields.number.path",
    ]);
  });
});

describe("definePreset", () => {
  const feed = { direction: "import", records: "orders", title: "Orders", mapping } as const;
  const preset: Preset = {
    id: "fast-shop",
    title: "Fast Shop",
    maturity: "documented",
    provenance: [{ title: "Manual", date: "2026-11-20" }],
    feeds: { orders: feed },
  };

  it("gives back what it is given", () => {
    expect(definePreset(preset)).toBe(preset);
  });

  it.each(["", "Fast", "fast_shop", "fast--shop", "-fast", "fast-", "1shop", "fást", "fast shop"])(
    "refuses the id %j",
    (id) => {
      expect(() => definePreset({ ...preset, id })).toThrow(expect.objectContaining({ code: "PRESET_INVALID" }));
    },
  );

  it("refuses a preset without feeds, and one that does not say where its knowledge comes from", () => {
    expect(() => definePreset({ ...preset, feeds: {} })).toThrow("no feeds");
    expect(() => definePreset({ ...preset, provenance: [] })).toThrow("provenance");
    expect(definePreset({ ...preset, provenance: [], maturity: "draft" }).id).toBe("fast-shop");
  });

  it("has feeds by what they hold", () => {
    expect(importFeed(preset, "orders")).toBe(feed);
    expect(importFeed(preset, "invoices")).toBeUndefined();
  });
});
