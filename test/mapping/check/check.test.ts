import { describe, expect, it } from "vitest";
import { z } from "zod";
import {
  check,
  code,
  concat,
  constant,
  decimal,
  defineMapping,
  each,
  equals,
  first,
  type Condition,
  type Line,
  type MappingData,
  type Spec,
  parameterIs,
  text,
  when,
} from "propojka";
import { order, shop } from "../../cli/call.ts";

const line = { kind: constant("product"), name: text("NAME"), quantity: decimal("COUNT") } as const;
const items = (item: object, where?: Condition): Spec<Line[]> => each<Line>("ITEMS/ITEM", item as never, where);
const fields = { number: code("NUMBER"), currency: constant("CZK"), lines: items(line) } as const;
const good: MappingData = defineMapping("order", { record: "/SHOP/ORDER", fields });

/** The mapping as it may stand in a file, with some of it replaced. */
function changed(changes: object): unknown {
  return JSON.parse(JSON.stringify({ ...good, ...changes }));
}

async function problemsOf(mapping: unknown, options = {}): Promise<string[]> {
  const { problems } = await check(mapping, undefined, options);
  return problems.map(({ severity, code, path }) => `${severity} ${code} ${path}`.trimEnd());
}

describe("check without a sample", () => {
  it("finds nothing in a good mapping", async () => {
    expect(await check(good)).toEqual({
      problems: [],
      unread: [],
      neverFound: [],
      neverFilled: [],
      issues: [],
      report: undefined,
    });
  });

  it("throws only for what has not the form of a mapping", async () => {
    await expect(check({ target: "order" })).rejects.toMatchObject({ code: "MAPPING_INVALID" });
    await expect(check("text")).rejects.toMatchObject({ code: "MAPPING_INVALID" });
  });

  it("finds aliases that can never win", async () => {
    expect(await problemsOf(changed({ fields: { ...fields, number: code(["NUMBER", "./NUMBER"]) } }))).toEqual([
      "warning PATH_DEAD number",
    ]);
    expect(
      await problemsOf(changed({ ignoreCase: true, fields: { ...fields, number: code(["NUMBER", "Number"]) } })),
    ).toEqual(["warning PATH_DEAD number"]);
    expect(await problemsOf(changed({ fields: { ...fields, number: code(["NUMBER", "NO", "NO[.='1']"]) } }))).toEqual(
      [],
    );
  });

  it("finds alternatives and conditions that never count", async () => {
    const parameters = { fees: { title: "Fees", default: "gross", values: ["gross", "net"] } };
    const dead = when(parameterIs("fees", "auto"), text("A"), text("B"));
    expect(await problemsOf(changed({ parameters, fields: { ...fields, custom: { a: dead } } }))).toEqual([
      "warning PATH_DEAD custom.a",
      "warning PATH_DEAD custom.a",
    ]);
    const never = first(text("A", { default: "-" }), text("B"));
    expect(await problemsOf(changed({ fields: { ...fields, custom: { a: never } } }))).toEqual([
      "warning PATH_DEAD custom.a",
    ]);
    const skip = [{ when: parameterIs("fees", "auto"), reason: "never" }];
    expect(await problemsOf(changed({ parameters, skip }))).toContain("warning PATH_DEAD skip[0]");
  });

  it("finds items that would be taken twice", async () => {
    const lines = (...parts: unknown[]): unknown =>
      changed({ fields: { ...fields, lines: { type: "concat", parts } } });
    expect(await problemsOf(lines(items(line), items(line)))).toEqual(["error TARGET_AMBIGUOUS lines"]);
    const discount = { ...line, kind: constant("discount") };
    expect(await problemsOf(lines(items(line), items(discount, equals("TYPE", "d"))))).toEqual([
      "warning TARGET_AMBIGUOUS lines",
    ]);
    expect(await problemsOf(lines(items(line, equals("TYPE", "p")), items(discount, equals("TYPE", "d"))))).toEqual([]);
  });

  it("finds required fields that are not mapped, and fields that are not there", async () => {
    const { number: _, ...rest } = fields;
    expect(await problemsOf(changed({ fields: rest }))).toEqual(["error FIELD_UNMAPPED number"]);
    expect(await problemsOf(changed({ fields: { ...fields, nubmer: text("N") } }))).toEqual([
      "error FIELD_UNKNOWN nubmer",
    ]);
    const bare = concat(items({ kind: constant("product"), name: text("NAME") }), {
      kind: constant("shipping"),
      name: constant("S"),
      quantity: constant("1"),
      prize: text("P"),
    } as never);
    expect(await problemsOf(changed({ fields: { ...fields, lines: bare } }))).toEqual([
      "error FIELD_UNMAPPED lines[].quantity",
      "error FIELD_UNKNOWN lines[].prize",
    ]);
  });

  it("finds values that the record refuses", async () => {
    const lineOf = (changes: object): unknown =>
      changed({ fields: { ...fields, lines: each("I", { ...line, ...changes } as never) } });
    expect(await problemsOf(lineOf({ kind: constant("produkt") }))).toEqual(["error FIELD_UNFIT lines[].kind"]);
    expect(await problemsOf(lineOf({ kind: text("TYPE") }))).toEqual(["warning FIELD_LOOSE lines[].kind"]);
    expect(await problemsOf(lineOf({ unitPrice: text("PRICE") }))).toEqual(["error FIELD_UNFIT lines[].unitPrice"]);
    expect(await problemsOf(changed({ fields: { ...fields, lines: text("ITEMS") } }))).toEqual([
      "error FIELD_UNFIT lines",
    ]);
    expect(await problemsOf(changed({ fields: { ...fields, number: each("N", text(".")) } }))).toEqual([
      "error FIELD_UNFIT number",
    ]);
    expect(await problemsOf(changed({ fields: { ...fields, payment: { paid: text("PAID") } } }))).toEqual([
      "warning FIELD_LOOSE payment.paid",
    ]);
  });

  it("compares a target of the host's own when it is told the schema", async () => {
    const schema = z.object({ id: z.string(), total: z.number().optional() });
    const mapping = { target: "custom", record: "/A/B", fields: { name: text("N") } };
    expect(await problemsOf(mapping)).toEqual([]);
    expect(await problemsOf(mapping, { schema })).toEqual(["error FIELD_UNKNOWN name", "error FIELD_UNMAPPED id"]);
  });

  it("finds all unknown names at once", async () => {
    const mapping = changed({
      country: { parameter: "land" },
      fields: {
        ...fields,
        number: code("x:NUMBER"),
        externalId: code("../ID"),
        custom: {
          a: { type: "codec", name: "mine", path: "A" },
          b: { type: "lookup", table: "cities", key: "C", then: text("N") },
          c: text("D", { default: { parameter: "d" } }),
          d: text("A["),
        },
      },
    });
    expect((await problemsOf(mapping)).sort()).toEqual([
      "error MAPPING_INVALID custom.b",
      "error PARAMETER_INVALID country",
      "error PARAMETER_INVALID custom.c",
      "error PATH_INVALID custom.d",
      "error PATH_INVALID externalId",
      "error PATH_INVALID number",
      "warning CODEC_UNKNOWN custom.a",
    ]);
  });

  it("finds names that nothing uses", async () => {
    const mapping = changed({
      namespaces: { x: "urn:x" },
      parameters: { p: { title: "P", default: "" } },
      lookups: { cities: { path: "/SHOP/CITY", key: "ID" } },
    });
    expect((await problemsOf(mapping)).sort()).toEqual([
      "warning NAME_UNUSED lookups.cities",
      "warning NAME_UNUSED namespaces.x",
      "warning NAME_UNUSED parameters.p",
    ]);
  });

  it("passes on what only compiling shows", async () => {
    const mapping = changed({ skip: [{ when: { matches: "A", pattern: "(" }, reason: "r" }] });
    expect(await problemsOf(mapping)).toEqual(["error MAPPING_INVALID"]);
    expect(await problemsOf(good, { parameters: { x: "1" } })).toEqual(["error PARAMETER_INVALID"]);
  });

  it("asks for a way back on export only", async () => {
    const mapping = changed({
      fields: {
        ...fields,
        custom: {
          a: text("A", { stripTags: true }),
          b: { type: "join", separator: " ", parts: [text("B"), text("C")] },
        },
      },
    });
    expect(await problemsOf(mapping)).toEqual([]);
    expect(await problemsOf(mapping, { direction: "export" })).toEqual([
      "warning CODEC_ONE_WAY custom.a",
      "error CODEC_ONE_WAY custom.b",
    ]);
  });
});

describe("check with a sample", () => {
  const mapping = changed({
    fields: {
      ...fields,
      externalId: code(["ID", "NUMBER/@id"]),
      customer: { email: text(["EMAIL", "CUSTOMER/NAME"]), phone: text("PHONE") },
      lines: items({ ...line, unitPrice: { gross: decimal("PRICE") } }),
    },
    totals: { basis: "gross", method: "topDown", compare: [] },
  });

  it("lists what nothing reads", async () => {
    const { unread } = await check(mapping, shop(order(), order({ status: "storno" })));
    expect(unread).toEqual([
      { path: "/SHOP/ORDER/DATE", count: 2, samples: ["2026-03-04 18:22:09"] },
      { path: "/SHOP/ORDER/STATUS", count: 2, samples: ["nová", "storno"] },
      { path: "/SHOP/ORDER/CUSTOMER/CITY", count: 2, samples: ["Brno"] },
      { path: "/SHOP/ORDER/ITEMS/ITEM/VAT", count: 2, samples: ["21"] },
      { path: "/SHOP/ORDER/TOTAL", count: 2, samples: ["242.00"] },
    ]);
  });

  it("lists what the sample does not have", async () => {
    const { neverFound, neverFilled } = await check(mapping, shop(order()));
    expect(neverFound).toEqual([
      { field: "externalId", source: "ID", path: "/SHOP/ORDER/ID", instead: undefined },
      { field: "externalId", source: "NUMBER/@id", path: "/SHOP/ORDER/NUMBER/@id", instead: undefined },
      { field: "customer.email", source: "EMAIL", path: "/SHOP/ORDER/EMAIL", instead: "/SHOP/ORDER/CUSTOMER/NAME" },
      { field: "customer.phone", source: "PHONE", path: "/SHOP/ORDER/PHONE", instead: undefined },
    ]);
    // What the sums give besides, such as unitPrice.net, is not mapped and must not count.
    expect(neverFilled).toEqual(["externalId", "customer.phone"]);
  });

  it("passes on the issues and the counts", async () => {
    const { issues, report } = await check(
      mapping,
      [new TextEncoder().encode(shop(order({ count: "dva" }), order()))],
      { file: "s.xml" },
    );
    expect(issues.slice(0, 1)).toMatchObject([
      { code: "FIELD_INVALID", field: "lines[0].quantity", at: { file: "s.xml", line: 5 } },
    ]);
    expect(report).toMatchObject({ read: 2, good: 1, bad: 1 });
  });

  it("knows what conditions, predicates and lookups read", async () => {
    const looking = changed({
      lookups: { cities: { path: "/SHOP/CITIES/CITY", key: "@id" } },
      skip: [{ when: equals("STATE", "x"), reason: "x" }],
      fields: {
        ...fields,
        custom: {
          city: { type: "lookup", table: "cities", key: "CITY_ID", then: text("NAME") },
          color: text("P[KEY='color']/VALUE"),
        },
      },
    });
    const xml = `<SHOP><CITIES><CITY id="1"><NAME>Brno</NAME></CITY></CITIES><ORDER><NUMBER>1</NUMBER><STATE>n</STATE><CITY_ID>1</CITY_ID><P><KEY>color</KEY><VALUE>red</VALUE></P><ITEMS><ITEM><NAME>a</NAME><COUNT>1</COUNT></ITEM></ITEMS></ORDER></SHOP>`;
    expect(await check(looking, xml)).toMatchObject({
      problems: [],
      unread: [],
      neverFound: [],
      neverFilled: [],
      report: { good: 1 },
    });
  });

  it("does not read with a mapping that cannot be used, and throws for a sample that cannot be read", async () => {
    expect(await check(changed({ record: "ORDER" }), shop(order()))).toMatchObject({
      problems: [{ code: "PATH_INVALID" }],
      report: undefined,
    });
    await expect(check(good, "<html></html>")).rejects.toMatchObject({ code: "XML_NOT_XML" });
  });
});
