import {
  code,
  type Condition,
  constant,
  customize,
  decimal,
  definePreset,
  equals,
  importFeed,
  type MappingData,
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
