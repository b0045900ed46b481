import {
  constant,
  concat,
  customize,
  code,
  dateTime,
  decimal,
  each,
  equals,
  explain,
  first,
  integer,
  join,
  lookup,
  oneOf,
  type Order,
  parameter,
  readOrders,
  split,
  template,
  text,
  when,
} from "propojka";
import { describe, expect, it } from "vitest";
import { mappingOfShop, order, shop } from "../../order.ts";
import { items, mappingOf, readAll, values, type Values } from "../reading.ts";

const xml = `<S v="2">
  <R id="7"><NAME> Žluťoučký &amp; kůň </NAME><NO/>
    <ITEMS>
      <I code="a"><Q>1,5</Q></I>
      <I code="b"><Q>2</Q><TAGS>x; y</TAGS></I>
    </ITEMS><STATE>nic</STATE><WHO>9</WHO></R>
  <P id="9"><N>Eva</N></P>
</S>`;

const fields = {
  id: code("@id"),
  name: text(["LABEL", "NAME"]),
  missing: text("MISSING", { default: "d" }),
  empty: text("NO", { default: "d", empty: "e" }),
  none: text("NONE"),
  state: oneOf("STATE", { nová: "new" }, { unknown: { value: "other" } }),
  version: text("/S/@v"),
  fixed: constant("x"),
  setting: parameter("p"),
  joined: join("-", "NAME", "WHO"),
  filled: template("{WHO}/{@id}"),
  chosen: when(equals("WHO", "9"), text("WHO"), text("NAME")),
  firstOf: first(integer("NO"), integer("WHO")),
  tags: split("ITEMS/I/TAGS", ";"),
  person: lookup("people", "WHO", values({ name: text("N") })),
  lines: concat<Values>(
    items("ITEMS/I", { code: code("@code"), quantity: decimal("Q"), tags: split("TAGS", ";") }),
    values({ code: constant("fee"), quantity: decimal("WHO") }),
  ),
};

const mapping = mappingOf(fields, {
  key: "id",
  parameters: { p: { title: "P", default: "set" } },
  lookups: { people: { path: "/S/P", key: "@id" } },
});

async function explained(field: string): Promise<object> {
  const { records } = await readAll(xml, mapping, { file: "a.xml" });
  return { ...explain(records[0]!, field) };
}

/** Where the text that follows `mark` stands. */
function at(mark: string): object {
  const index = xml.indexOf(mark) + mark.length;
  const before = xml.slice(0, index).split("\n");
  const offset = new TextEncoder().encode(xml.slice(0, index)).length;
  return { file: "a.xml", line: before.length, column: before.at(-1)!.length + 1, offset };
}

describe("explain", () => {
  it.each<[string, object]>([
    [
      "id",
      {
        value: "7",
        codec: "code",
        paths: ["@id"],
        path: "/S/R[1]/@id",
        at: at('R id="'),
        raw: "7",
        usedDefault: false,
      },
    ],
    [
      "name",
      {
        value: "Žluťoučký & kůň",
        codec: "text",
        paths: ["LABEL", "NAME"],
        path: "/S/R[1]/NAME",
        at: at("<NAME>"),
        raw: " Žluťoučký & kůň ",
        usedDefault: false,
      },
    ],
    [
      "missing",
      {
        value: "d",
        codec: "text",
        paths: ["MISSING"],
        path: undefined,
        at: undefined,
        raw: undefined,
        usedDefault: true,
      },
    ],
    ["empty", { value: "e", codec: "text", path: "/S/R[1]/NO", raw: "", usedDefault: true }],
    ["none", { value: undefined, codec: "text", paths: ["NONE"], path: undefined, usedDefault: false }],
    ["state", { value: "other", codec: "oneOf", path: "/S/R[1]/STATE", raw: "nic", at: at("<STATE>") }],
    ["version", { value: "2", codec: "text", paths: ["/S/@v"], raw: "2", path: undefined, at: undefined }],
    ["fixed", { value: "x", codec: "constant", paths: [], path: undefined, usedDefault: false }],
    ["setting", { value: "set", codec: "parameter", paths: [] }],
    ["joined", { codec: "join", paths: ["NAME", "WHO"], path: "/S/R[1]/NAME", at: at("<NAME>") }],
    ["filled", { value: "9/7", codec: "template", paths: ["WHO", "@id"], path: "/S/R[1]/WHO", raw: "9" }],
    ["chosen", { value: "9", codec: "text", paths: ["WHO"], path: "/S/R[1]/WHO" }],
    ["firstOf", { value: "9", codec: "integer", path: "/S/R[1]/WHO" }],
    ["tags", { value: ["x", "y"], codec: "split", path: "/S/R[1]/ITEMS/I[2]/TAGS", raw: "x; y" }],
    ["person.name", { value: "Eva", codec: "text", paths: ["N"], raw: "Eva", path: undefined }],
    ["lines[0].code", { value: "a", path: "/S/R[1]/ITEMS/I[1]/@code", at: at('I code="') }],
    ["lines[1].quantity", { value: "2", codec: "decimal", path: "/S/R[1]/ITEMS/I[2]/Q", at: at('"b"><Q>'), raw: "2" }],
    ["lines[1].tags[1]", { value: "y", codec: "split", path: "/S/R[1]/ITEMS/I[2]/TAGS", at: at("<TAGS>") }],
    ["lines[2].quantity", { value: "9", path: "/S/R[1]/WHO", at: at("<WHO>") }],
    ["lines[2].code", { value: "fee", codec: "constant" }],
    ["lines[9].code", { value: undefined, codec: "none", paths: [], path: undefined }],
    ["nothing", { value: undefined, codec: "none", paths: [] }],
    ["", { codec: "derived", path: undefined }],
  ])("says where %s comes from", async (field, expected) => {
    expect(await explained(field)).toMatchObject({ field, ...expected });
  });

  it("says nothing of copies and of what it did not read", async () => {
    const { records } = await readAll(xml, mapping);
    expect(explain({ ...records[0] }, "id")).toBeUndefined();
    expect(explain(structuredClone(records[0]!), "id")).toBeUndefined();
    expect(explain({}, "id")).toBeUndefined();
  });

  it("leaves no trace on the record", async () => {
    const { records } = await readAll("<S><R><A>1</A></R></S>", mappingOf({ a: text("A") }));
    expect(Reflect.ownKeys(records[0]!)).toEqual(["a"]);
    expect(JSON.stringify(records[0])).toBe('{"a":"1"}');
  });

  it("finds each record among many, in small pieces and far down", async () => {
    const number = (index: number): string => String(100_000 + index);
    const many = Array.from({ length: 2000 }, (_, index) => order(number(index)));
    const file = shop(...many);
    const bytes = new TextEncoder().encode(file);
    const pieces = Array.from({ length: Math.ceil(bytes.length / 777) }, (_, at) =>
      bytes.subarray(at * 777, (at + 1) * 777),
    );
    const { orders } = await readOrders(pieces, mappingOfShop);
    for (const index of [0, 1, 999, 1999]) {
      const { path, at: place } = explain(orders[index]!, "number")!;
      expect(path).toBe(`/SHOP/ORDER[${index + 1}]/NUMBER`);
      expect(place).toEqual({ line: index + 2, column: 16, offset: file.indexOf(number(index)) });
    }
  });

  describe("of orders", () => {
    const read = async (input: string | Uint8Array, options = {}): Promise<Order> => {
      const { orders } = await readOrders(input, mappingOfShop, options);
      return orders[0]!;
    };

    it("calls amounts that were calculated derived", async () => {
      const first = await read(shop(order("1")));
      expect(explain(first, "lines[0].total.net")).toEqual({
        field: "lines[0].total.net",
        value: "200.00",
        codec: "derived",
        paths: [],
        path: undefined,
        at: undefined,
        raw: undefined,
        usedDefault: false,
      });
      expect(explain(first, "vatBreakdown[0].rate")).toMatchObject({ value: "21", codec: "derived" });
      expect(explain(first, "lines[0].unitPrice.gross")).toMatchObject({ codec: "decimal", raw: "121.00" });
    });

    it("points into the mended XML of a record that was mended", async () => {
      const file = shop(order("1", "Čaj & káva"));
      const first = await read(file, { malformed: "repair" });
      expect(explain(first, "number")).toMatchObject({ value: "1", path: "/SHOP/ORDER[1]/NUMBER", raw: "1" });
      expect(explain(first, "lines[0].name")).toMatchObject({
        value: "Čaj & káva",
        raw: "Čaj & káva",
        at: { line: 2 },
      });
    });

    it("counts bytes of the file in an encoding of one byte", async () => {
      const latin = shop(order("1", "P\xf8\xedli\xb9 K\xf9\xf2"), order("2")); // windows-1250 as characters
      const { orders } = await readOrders(Buffer.from(latin, "latin1"), mappingOfShop, { encoding: "windows-1250" });
      expect(explain(orders[0]!, "lines[0].quantity")).toMatchObject({
        raw: "2",
        at: { line: 2, offset: latin.indexOf("<COUNT>") + 7 },
      });
      expect(orders[0]!.lines[0]!.name).toBe("Příliš Kůň".replace("š", "ą"));
      expect(explain(orders[1]!, "number")?.at).toEqual({
        line: 3,
        column: 16,
        offset: latin.indexOf("<NUMBER>2") + 8,
      });
    });

    it("counts bytes of the UTF-8 form of UTF-16, without the byte order mark", async () => {
      const file = shop(order("1", "Žluťoučký 😀"));
      const first = await read(Buffer.from(`\ufeff${file}`, "utf16le"));
      expect(first.lines[0]!.name).toBe("Žluťoučký 😀");
      const index = file.indexOf("<COUNT>") + 7;
      expect(explain(first, "lines[0].quantity")?.at).toMatchObject({
        line: 2,
        column: index - file.indexOf("\n"),
        offset: Buffer.byteLength(file.slice(0, index)),
      });
    });

    it("works for rejected records", async () => {
      const { rejected } = await readOrders(shop(order("1", "x", { TOTAL: "1.00" })), mappingOfShop);
      expect(explain(rejected[0]!.record!, "totals.payable")).toMatchObject({ raw: "1.00", codec: "decimal" });
    });

    it("says which default stands in", async () => {
      const { mapping: changed } = customize(mappingOfShop, {
        fields: {
          createdAt: dateTime("NEVER", { default: "2026-01-01T00:00:00Z" }),
          lines: each("ITEMS/NONE", constant(true)),
        },
      });
      const { orders } = await readOrders(shop(order("1", "x", { TOTAL: "" })), changed);
      expect(explain(orders[0]!, "createdAt")).toMatchObject({
        usedDefault: true,
        paths: ["NEVER"],
        codec: "dateTime",
      });
    });
  });
});
