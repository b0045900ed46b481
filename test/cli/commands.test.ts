import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { constant, parseMapping, type Preset } from "propojka";
import { alfaJson, call, folder, order, presets, shop } from "./call.ts";
import { product, shops } from "./exporting.ts";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeAll(async () => {
  files = await folder({
    "one.xml": shop(order()),
    "extra.xml": shop(order().replace("<TOTAL>", "<REMARK>Zazvonit</REMARK><TOTAL>")),
    "bad.xml": shop(order({ count: "dva" })),
    "damaged.xml": "<SHOP><ORDER><NUMBER>1</NUMBER></ORDR></SHOP>",
    "page.html": "<html></html>",
    "alfa.json": alfaJson,
    "dead.json": alfaJson.replace('"NUMBER"', '["NUMBER","NUMBER"]'),
    "unmapped.json": JSON.stringify({
      target: "order",
      record: "/SHOP/ORDER",
      fields: { number: { type: "code", path: "NUMBER" } },
    }),
  });
});
afterAll(() => files.remove());

describe("propojka", () => {
  it("shows an overview, the version and the help of each command", async () => {
    const overview = await call(["--help"]);
    expect(overview.exitCode).toBe(0);
    const names = [...overview.out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map(([, name]) => name ?? "");
    expect(names).toEqual([
      "import",
      "export",
      "convert",
      "presets",
      "preset",
      "check",
      "inspect",
      "explain",
      "transport",
    ]);
    for (const name of names) {
      const { exitCode, out, err } = await call([name, "--help"]);
      expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
      expect(out).toContain(`Usage: propojka ${name}`);
    }
    expect(await call(["--version"])).toMatchObject({ exitCode: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
  });

  it("gives a hint for what it does not know", async () => {
    expect(await call([])).toEqual({ exitCode: 2, out: "", err: 'propojka: which command?\nTry "propojka --help".\n' });
    expect((await call(["imprt"])).err).toBe(
      'propojka: there is no command "imprt"; did you mean "import"?\nTry "propojka --help".\n',
    );
    expect(await call(["toString"])).toMatchObject({ exitCode: 2 });
    expect((await call(["presets", "--all"])).err).toBe(
      "propojka presets: Unknown option '--all'\nTry \"propojka presets --help\".\n",
    );
  });
});

describe("presets and preset", () => {
  it("lists what there is", async () => {
    expect((await call(["presets"])).out).toBe(
      "id    title  maturity  feeds\nalfa  Alfa   draft     <- orders, invoices\nbeta  Beta   draft     <- orders\n",
    );
    expect((await call(["presets"], { presets: shops })).out).toBe(
      [
        "id     title  maturity  feeds",
        "delta  Delta  draft     -> products, stock, cards, hidden",
        "gama   Gama   draft     <- orders  -> offers",
        "rows   Rows   draft     -> products",
        "",
      ].join("\n"),
    );
  });

  it("prints the JSON form", async () => {
    const { exitCode, out } = await call(["preset", "alfa"]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(presets["alfa"])));
  });

  it("prints a preset with feeds to write, and takes it back as a file", async () => {
    const { out } = await call(["preset", "gama"], { presets: shops });
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(shops["gama"])));
    const printed = await folder({ "gama.json": out, "one.json": JSON.stringify([product("H-1")]) });
    const path = printed.path("gama.json");
    expect((await call(["import", at("one.xml"), "--mapping", path])).exitCode).toBe(0);
    expect((await call(["export", printed.path("one.json"), "--mapping", path, "-o", "-"])).out).toContain(
      "<K>H-1</K>",
    );
    await printed.remove();
  });

  it("names the ones there are when there is no such preset", async () => {
    expect(await call(["preset", "gama"])).toEqual({
      exitCode: 2,
      out: "",
      err: 'there is no preset "gama"; known are alfa, beta\n',
    });
  });
});

describe("check", () => {
  it("is content with a good mapping", async () => {
    expect(await call(["check", at("alfa.json")])).toEqual({
      exitCode: 0,
      out: `${at("alfa.json")}: 0 errors, 0 warnings\n`,
      err: "",
    });
  });

  it("prints warnings and exits with 0, errors and exits with 1", async () => {
    const dead = await call(["check", at("dead.json")]);
    expect(dead).toMatchObject({ exitCode: 0, out: expect.stringContaining("warning PATH_DEAD number: ") });
    const unmapped = await call(["check", at("unmapped.json")]);
    expect(unmapped).toMatchObject({ exitCode: 1, out: expect.stringContaining("error FIELD_UNMAPPED lines: ") });
  });

  it("says with --direction export what cannot be written", async () => {
    const joined = {
      type: "join",
      separator: " ",
      parts: [
        { type: "text", path: "A" },
        { type: "text", path: "B" },
      ],
    };
    const mapping = {
      target: "product",
      record: "/SHOP/ITEM",
      fields: { code: { type: "code", path: "CODE" }, name: joined },
    };
    const own = await folder({
      "joined.json": JSON.stringify(mapping),
      "shops.json": JSON.stringify(shops["delta"]),
      "gama.json": JSON.stringify(shops["gama"]),
    });
    expect(await call(["check", own.path("joined.json")])).toMatchObject({ exitCode: 0 });
    const written = await call(["check", own.path("joined.json"), "--direction", "export"]);
    expect(written).toMatchObject({ exitCode: 1, out: expect.stringContaining(" name: ") });

    const several = await call(["check", own.path("shops.json"), "--direction", "export"]);
    expect(several).toMatchObject({ exitCode: 2, err: expect.stringContaining("take --feed products or stock or") });
    for (const argv of [["shops.json", "--feed", "stock"], ["gama.json"]])
      expect(await call(["check", own.path(argv[0]!), ...argv.slice(1), "--direction", "export"])).toMatchObject({
        exitCode: 0,
        out: expect.stringContaining("0 errors"),
      });
    expect(await call(["check", own.path("gama.json"), "--direction", "both"])).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('--direction takes import, export, not "both"'),
    });
    await own.remove();
  });

  it("compares the mapping with a sample", async () => {
    const { exitCode, out } = await call(["check", at("alfa.json"), "--sample", at("extra.xml")]);
    expect(exitCode).toBe(0);
    expect(out).toContain('In the sample, but read by nothing:\n  /SHOP/ORDER/REMARK (1×): "Zazvonit"\n');
    expect(out).toContain("sample: 1 read, 1 good, 0 bad, 0 skipped");
    expect(await call(["check", at("alfa.json"), "--sample", at("bad.xml")])).toMatchObject({
      exitCode: 1,
      out: expect.stringContaining("FIELD_INVALID"),
    });
    expect(await call(["check", at("alfa.json"), "--sample", at("page.html")])).toMatchObject({ exitCode: 2, out: "" });
  });
});

describe("inspect", () => {
  it("shows the structure", async () => {
    const { exitCode, out } = await call(["inspect", at("one.xml")]);
    expect(exitCode).toBe(0);
    expect(out).toContain("record    /SHOP/ORDER (1×)");
    expect(out).toMatch(/^\/SHOP\/ORDER\/CUSTOMER\/NAME +1 +1 {2}"Eva Vzorová"$/m);
  });

  it("drafts a mapping that can be used at once", async () => {
    const { exitCode, out, err } = await call(["inspect", at("one.xml"), "--draft"]);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^note: /);
    expect(parseMapping(JSON.parse(out))).toMatchObject({ record: "/SHOP/ORDER" });
    const drafted = await folder({ "draft.json": out });
    const read = await call(["import", at("one.xml"), "--mapping", drafted.path("draft.json")]);
    await drafted.remove();
    expect(JSON.parse(read.out)).toMatchObject({ number: "26001", totals: { payable: "242.00" } });
  });

  it("shows what stands before damage and exits with 1", async () => {
    const { exitCode, out, err } = await call(["inspect", at("damaged.xml")]);
    expect(exitCode).toBe(1);
    expect(out).toContain("/SHOP/ORDER/NUMBER");
    expect(err).toMatch(/damaged\.xml:1:\d+: XML_MALFORMED/);
    expect(await call(["inspect", at("page.html")])).toMatchObject({ exitCode: 2, out: "" });
  });
});

describe("explain", () => {
  it("says where a value comes from", async () => {
    const { exitCode, out } = await call(["explain", at("one.xml"), "26001", "lines[0].quantity", "--preset", "alfa"]);
    expect(exitCode).toBe(0);
    expect(out).toContain('value       "2"\n');
    expect(out).toContain("found at    /SHOP/ORDER[1]/ITEMS/ITEM[1]/COUNT\n");
    expect(out).toContain("one.xml:5:");
  });

  it("says that there is no such record", async () => {
    expect(await call(["explain", at("one.xml"), "7", "number", "--preset", "alfa"])).toMatchObject({
      exitCode: 2,
      out: "",
      err: expect.stringContaining('no record has the number "7"'),
    });
  });
});

describe("preset with an override", () => {
  let files: Awaited<ReturnType<typeof folder>>;
  beforeAll(async () => {
    files = await folder({
      "kod.json": JSON.stringify({ fields: { number: { path: "KOD" }, customer: null } }),
      "feeds.json": JSON.stringify({ feeds: { invoices: { mapping: { fields: { currency: constant("EUR") } } } } }),
      "wrong.json": JSON.stringify({ fields: { number: { path: "A B" } } }),
      "list.json": "[]",
      "shop.xml": shop(order({ number: "1" }).replaceAll("NUMBER>", "KOD>")),
    });
  });
  afterAll(() => files.remove());
  const at = (name: string): string => files.path(name);

  it("prints what it changes, and nothing else", async () => {
    const { exitCode, out, err } = await call(["preset", "alfa", "--diff", at("kod.json")]);
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    expect(out.split("\n").slice(0, 4)).toEqual([
      "feeds.orders.mapping.fields.number.path",
      expect.stringMatching(/^ {2}- "/),
      '  + "KOD"',
      "feeds.orders.mapping.fields.customer",
    ]);
    const feeds = await call(["preset", "alfa", "--diff", at("feeds.json")]);
    expect(feeds.out).toContain("feeds.invoices.mapping.fields.currency");
  });

  it("says what is wrong with the result", async () => {
    const { exitCode, err } = await call(["preset", "alfa", "--diff", at("wrong.json"), "--feed", "orders"]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^orders: PATH_INVALID number: /);
    expect((await call(["preset", "alfa", "--diff", at("list.json")])).exitCode).toBe(2);
    expect((await call(["preset", "alfa", "--diff", at("kod.json"), "--feed", "x"])).err).toContain("it has orders");
  });

  it("prints the preset with it, and reads with it", async () => {
    const { out } = await call(["preset", "alfa", "--override", at("kod.json")]);
    expect((JSON.parse(out) as Preset).feeds["orders"]?.mapping.fields["number"]).toMatchObject({ path: "KOD" });
    const read = await call(["import", at("shop.xml"), "--preset", "alfa", "--override", at("kod.json")]);
    expect(read.err).toContain("preset alfa with ");
    expect(read.exitCode).toBe(0);
    expect(JSON.parse(read.out)).toMatchObject({ number: "1" });
    expect((await call(["import", at("shop.xml"), "--override", at("kod.json")])).err).toContain("--preset");
  });
});
