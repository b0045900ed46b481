import { writeFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, type Call, folder, order, shop } from "./call.ts";
import { exportCall, ndjson, product, shops } from "./exporting.ts";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeAll(async () => {
  const rich = product("H-1", {
    prices: [
      { currency: "CZK", gross: "121.00" },
      { list: "VOC", currency: "CZK", gross: "99.00" },
    ],
  });
  const shirt = product("T-1", { variants: [{ code: "T-1/M", stock: { quantity: "2" } }] });
  files = await folder({
    "catalogue.ndjson": ndjson([rich, shirt]),
    "orders.xml": shop(order()),
    "gama.json": JSON.stringify(shops["gama"]),
    "levels.json": JSON.stringify(shops["delta"]!.feeds["stock"]!.mapping),
    "bad.xml": "<N><P><J>Hrnek</J></P><P><K>H-2</K></P></N>",
  });
  for (const [feed, name] of [
    ["products", "products.xml"],
    ["stock", "stock.xml"],
  ] as const)
    await exportCall([at("catalogue.ndjson"), "--preset", "delta", "--feed", feed, "-o", at(name)]);
  await exportCall([at("catalogue.ndjson"), "--preset", "rows", "-o", at("rows.csv")]);
  await exportCall([at("catalogue.ndjson"), "--preset", "gama", "-o", at("gama.xml")]);
});
afterAll(() => files.remove());

const importCall = (name: string, ...argv: readonly string[]): Promise<Call> =>
  call(["import", at(name), ...argv], { presets: shops });

function codes({ out }: Call): string[] {
  const lines = out.split("\n").filter((line) => line !== "");
  return lines.map((line) => (JSON.parse(line) as { code: string }).code);
}

describe("import of products", () => {
  it("reads what export wrote, by the name of the feed", async () => {
    const read = await importCall("products.xml", "--preset", "delta", "--feed", "products");
    expect(read.exitCode).toBe(0);
    expect(codes(read)).toEqual(["H-1", "T-1"]);
    expect(JSON.parse(read.out.split("\n")[0]!)).toMatchObject({
      name: "Hrnek H-1",
      prices: [
        { currency: "CZK", gross: "121.00" },
        { list: "VOC", currency: "CZK", gross: "99.00" },
      ],
    });
    expect(read.err).toMatch(/products\.xml: 2 read, 2 good, 0 bad, 0 skipped; preset delta/);
  });

  it("gives what export takes again", async () => {
    const { out } = await importCall("products.xml", "--preset", "delta", "--feed", "products");
    await writeFile(at("again.ndjson"), out);
    const again = await exportCall([
      at("again.ndjson"),
      ...["--preset", "delta", "--feed", "products", "--against", at("products.xml"), "-o", at("again.xml")],
    ]);
    expect(again.exitCode).toBe(0);
    expect(again.err).toMatch(/^0 added, 0 removed, 0 prices, 0 stock, 2 unchanged\n/);
  });

  it("takes the only feed of products or stock levels with --as", async () => {
    expect(codes(await importCall("gama.xml", "--preset", "gama", "--as", "products"))).toEqual(["H-1", "T-1"]);
    expect(codes(await importCall("gama.xml", "--mapping", at("gama.json"), "--as", "products"))).toHaveLength(2);
    expect(codes(await importCall("stock.xml", "--preset", "delta", "--as", "stockLevels"))).toEqual(["H-1", "T-1/M"]);
    expect(codes(await importCall("stock.xml", "--mapping", at("levels.json")))).toEqual(["H-1", "T-1/M"]);
    expect(codes(await importCall("rows.csv", "--preset", "rows", "--as", "products"))).toEqual(["H-1", "T-1"]);
  });

  it("takes orders by the name of their feed, also as invoices", async () => {
    const orders = await importCall("orders.xml", "--preset", "gama", "--feed", "orders");
    expect(JSON.parse(orders.out)).toMatchObject({ number: "26001" });
    const invoices = await importCall("orders.xml", "--preset", "gama", "--feed", "orders", "--as", "invoices");
    expect(JSON.parse(invoices.out)).toMatchObject({ invoiceNumber: "26001" });
  });

  it("shows tables", async () => {
    const table = ["--format", "table"];
    expect((await importCall("products.xml", "--preset", "delta", "--feed", "products", ...table)).out).toBe(
      [
        "code  name        price  currency  VAT  stock  variants",
        "H-1   Hrnek H-1  121.00  CZK        21      5         0",
        "T-1   Hrnek T-1  121.00  CZK        21      5         1",
        "",
      ].join("\n"),
    );
    expect((await importCall("stock.xml", "--preset", "delta", "--as", "stockLevels", ...table)).out).toBe(
      [
        "code   variant of  EAN  quantity  availability",
        "H-1                            5",
        "T-1/M                          2",
        "",
      ].join("\n"),
    );
  });

  it("names bad products and exits with 1", async () => {
    const { exitCode, out, err } = await importCall("bad.xml", "--preset", "gama", "--as", "products");
    expect(exitCode).toBe(1);
    expect(codes({ exitCode, out, err })).toEqual(["H-2"]);
    expect(err).toMatch(/bad\.xml:1:4: FIELD_MISSING code/);
  });

  it("explains a value of a product by its code", async () => {
    const argv = ["explain", at("gama.xml"), "T-1", "name", "--preset", "gama", "--feed", "offers"];
    const { exitCode, out } = await call(argv, { presets: shops });
    expect(exitCode).toBe(0);
    expect(out).toContain("found at    /N/P[2]/J\n");
  });

  it.each([
    [["--preset", "delta"], "preset delta: has no feed of orders or invoices; name one with --feed: products, stock,"],
    [
      ["--preset", "delta", "--as", "products"],
      "has several feeds of products; take --feed products or cards or hidden",
    ],
    [["--preset", "gama", "--as", "stockLevels"], "preset gama: has no feeds of stock levels"],
    [["--preset", "gama", "--feed", "x"], 'preset gama: has no feed "x"; it has orders, offers'],
    [["--preset", "gama", "--feed", "toString"], 'preset gama: has no feed "toString"'],
    [["--preset", "gama", "--feed", "offers", "--as", "orders"], '--as orders: the feed "offers" holds products'],
    [["--feed", "offers"], "--feed goes with --preset or --mapping"],
    [["--mapping", "levels.json", "--as", "products"], "reads stock levels"],
    [["--mapping", "levels.json", "--feed", "stock"], "is a mapping, which has no feeds"],
    [["--preset", "gama", "--as", "cards"], "--as takes orders, invoices, products, stockLevels"],
  ])("refuses %j", async (argv, message) => {
    const full = argv.map((one) => (one.endsWith(".json") ? at(one) : one));
    expect(await importCall("products.xml", ...full)).toEqual({
      exitCode: 2,
      out: "",
      err: expect.stringContaining(message),
    });
  });
});
