import { readFile, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ExportOptions, parseMapping } from "propojka";
import { parseArguments } from "../../src/cli/arguments.ts";
import type { Io } from "../../src/cli/io.ts";
import { exportOptionsOf, offerFlags } from "../../src/cli/offer-flags.ts";
import { folder } from "./call.ts";
import { codesIn, contentOf, deltaXml, exportCall, ndjson, product, products, shops } from "./exporting.ts";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);
/** Without the folder of the files. */
const plain = (text: string): string => text.replaceAll(`${at("")}/`, "");
const delta = ["--preset", "delta", "--feed", "products"];

beforeEach(async () => {
  files = await folder({
    "array.json": JSON.stringify(products(2)),
    "object.json": JSON.stringify({ feed: "x", products: products(2) }, null, 2),
    "line.json": JSON.stringify({ feed: "x", products: products(2) }),
    "lines.ndjson": ndjson(products(2)),
    "marked.ndjson": `\ufeff\n${ndjson(products(2)).replaceAll("\n", "\r\n\r\n").trimEnd()}`,
    "long.ndjson": ndjson(products(2, { description: "popis ".repeat(20_000) })),
    "separators.ndjson": ndjson(products(2, { description: "a\u2028b\u0085c\u2029d" })),
    "gama.xml": "<N>\n<P><K>H-1</K><J>Hrnek H-1</J></P>\n<P><K>H-2</K><J>Hrnek H-2</J></P>\n</N>\n",
    "rows.csv": "Kód;Název;Sklad\r\nH-1;Hrnek H-1;5\r\nH-2;Hrnek H-2;5\r\n",
  });
});
afterEach(() => files.remove());

const H1 = "<ITEM><CODE>H-1</CODE><NAME>Hrnek H-1</NAME><VAT>21</VAT><PRICE>121.00</PRICE><STOCK>5</STOCK></ITEM>";

describe("export", () => {
  it("writes the products of a JSON array and says what came of them", async () => {
    const { exitCode, out, err } = await exportCall([at("array.json"), ...delta, "-o", at("out.xml")]);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: "" });
    expect(await contentOf(at("out.xml"))).toBe(deltaXml(H1, H1.replaceAll("H-1", "H-2")));
    expect(plain(err).replace(/\d\.\d\d s/, "N s")).toBe(
      "array.json: 2 products, 0 left out, 0 not written, 2 records in out.xml; delta/products, 272 bytes, N s\n",
    );
  });

  it.each(["object.json", "line.json", "lines.ndjson", "marked.ndjson", "long.ndjson", "separators.ndjson"])(
    "takes them from %s as well",
    async (name) => {
      const { exitCode, out } = await exportCall([at(name), ...delta, "--no-descriptions", "-o", "-"]);
      expect({ exitCode, out }).toEqual({ exitCode: 0, out: deltaXml(H1, H1.replaceAll("H-1", "H-2")) });
    },
  );

  it.each([
    ["gama.xml", "gama"],
    ["gama.xml", "gama:offers"],
    ["rows.csv", "rows"],
  ])("takes them from %s with --from %s", async (name, from) => {
    const { exitCode, out } = await exportCall([at(name), "--from", from, ...delta, "-o", "-"]);
    expect(exitCode).toBe(0);
    expect(codesIn(out)).toEqual(["H-1", "H-2"]);
    expect(out).toContain("<NAME>Hrnek H-2</NAME>");
  });

  it("takes a mapping or a preset from a file, for either side", async () => {
    await writeFile(at("gama.json"), JSON.stringify(shops["gama"]));
    await writeFile(at("own.json"), JSON.stringify(shops["gama"]!.feeds["offers"]!.mapping));
    expect(parseMapping(shops["gama"]!.feeds["offers"]!.mapping).target).toBe("product");
    for (const name of ["gama.json", "own.json"]) {
      const { exitCode, out } = await exportCall([
        at("gama.xml"),
        ...["--from", at(name), "--mapping", at(name), "-o", "-"],
      ]);
      expect({ exitCode, codes: codesIn(out) }).toEqual({ exitCode: 0, codes: ["H-1", "H-2"] });
    }
  });

  it("reads standard input and writes to standard output, in whatever pieces it comes", async () => {
    const bytes = new TextEncoder().encode(ndjson(products(3, { name: "Příliš žluťoučký" })));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.subarray(index * 7, index * 7 + 7),
    );
    const { exitCode, out, err } = await exportCall(["-", ...delta, "-o", "-"], { stdin: pieces });
    expect({ exitCode, codes: codesIn(out) }).toEqual({ exitCode: 0, codes: ["H-1", "H-2", "H-3"] });
    expect(out).toContain("<NAME>Příliš žluťoučký</NAME>");
    expect(err).toMatch(/^standard input: 3 products, .* in standard output;/);
  });

  it("passes parameters, encoding and policies on", async () => {
    const odd = [product("H-1", { name: "漢\u0001", prices: [{ currency: "EUR", gross: "5.00" }] })];
    await writeFile(at("odd.json"), JSON.stringify(odd));
    const argv = [at("odd.json"), ...delta, "-o", at("out.xml"), "--encoding", "cp1250"];
    const { err } = await exportCall([...argv, "--param", "currency=EUR", "--forbidden", "replace"]);
    const xml = await contentOf(at("out.xml"));
    expect(xml).toContain('encoding="windows-1250"');
    expect(xml).toMatch(/<NAME>&#(?:28450|x6F22);[^<]+<\/NAME>.*<PRICE>5.00</i);
    expect(err).toContain("1 characters that XML cannot hold, 1 characters beyond the encoding, 1 records");
    const strict = await exportCall([...argv, "--unencodable", "error"]);
    expect(strict).toMatchObject({ exitCode: 2, err: expect.stringContaining("H-1: CHARACTER_LOST name: ") });
    expect(await contentOf(at("out.xml"))).toBe(xml);
  });

  it("reads a file without a declaration back in the encoding that it has", async () => {
    await writeFile(at("odd.json"), JSON.stringify([product("H-1", { name: "Žluťoučký" })]));
    const argv = [at("odd.json"), "--preset", "rows", "--encoding", "windows-1250", "-o", at("rows.csv")];
    expect(await exportCall([...argv])).toMatchObject({ exitCode: 0 });
    expect(await readFile(at("rows.csv"), "latin1")).toBe("K\xf3d;N\xe1zev;Sklad\r\nH-1;\x8elu\x9dou\xe8k\xfd;5\r\n");
    expect((await exportCall([...argv, "--against", at("rows.csv")])).err).toContain("0 added, 0 removed");
  });

  it("says what was left out, and why", async () => {
    await writeFile(at("some.json"), JSON.stringify([product("H-1"), product("H-2", { sold: false })]));
    const { exitCode, err } = await exportCall([at("some.json"), ...delta, "--sold", "-o", at("out.xml")]);
    expect(exitCode).toBe(0);
    expect(codesIn(await contentOf(at("out.xml")))).toEqual(["H-1"]);
    expect(err).toContain("2 products, 1 left out (not sold: 1), 0 not written, 1 records in ");
  });
});

describe("what goes out", () => {
  const flags: readonly (readonly [readonly string[], ExportOptions])[] = [
    [["--sold"], { select: { sold: true } }],
    [["--stocked"], { select: { stocked: true } }],
    [["--in-stock"], { select: { inStock: true } }],
    [["--codes", "H-1, H-2"], { select: { codes: ["H-1", "H-2"] } }],
    [["--changed-since", "2026-03-04"], { select: { changedSince: "2026-03-04" } }],
    [["--price-list", "VOC"], { prices: { list: "VOC" } }],
    [["--more-lists", "VOC,MOC"], { prices: { also: ["VOC", "MOC"] } }],
    [["--more-lists", "all"], { prices: { also: "all" } }],
    [["--more-lists", "all,VOC"], { prices: { also: ["all", "VOC"] } }],
    [["--currency", "EUR"], { prices: { currency: "EUR" } }],
    [["--prices", "net"], { prices: { basis: "net" } }],
    [["--scale", "0"], { prices: { scale: 0 } }],
    [["--step", "0.5"], { prices: { step: "0.5" } }],
    [["--stock", "available"], { stock: { quantity: "available" } }],
    [["--warehouses", "HLAVNI,PRODEJNA"], { stock: { warehouses: ["HLAVNI", "PRODEJNA"] } }],
    [["--by-warehouse"], { stock: { breakdown: true } }],
    [["--negative", "keep"], { stock: { negative: "keep" } }],
    [["--cap", "10"], { stock: { cap: "10" } }],
    [
      ["--availability", "1=Skladem:0", "--availability", "0=Do 24:00 hodin", "--availability=-5=:14"],
      {
        availability: [
          { from: "1", text: "Skladem", days: "0" },
          { from: "0", text: "Do 24:00 hodin" },
          { from: "-5", days: "14" },
        ],
      },
    ],
    [["--no-images"], { images: false }],
    [["--no-descriptions"], { descriptions: false }],
    [["--variants", "items"], { variants: "items" }],
  ];
  const optionsOf = (argv: readonly string[]): Promise<ExportOptions> =>
    exportOptionsOf(parseArguments(argv, offerFlags), {} as Io);

  it.each(flags)("%j", async (argv, expected) => {
    expect(await optionsOf(argv)).toEqual(expected);
  });

  it("has a test for every option", () => {
    const tested = new Set(flags.flatMap(([argv]) => argv.flatMap((one) => /^--[a-z-]+/.exec(one)?.[0] ?? [])));
    expect([...tested, "--options"].sort()).toEqual(
      Object.keys(offerFlags)
        .map((name) => `--${name}`)
        .sort(),
    );
  });

  it("puts single options over those of a file", async () => {
    const options: ExportOptions = { prices: { basis: "net", scale: 0 }, stock: { cap: "9" }, details: "variants" };
    await writeFile(at("options.json"), JSON.stringify(options));
    expect(await optionsOf(["--options", at("options.json"), "--scale", "1", "--sold", "--no-images"])).toEqual({
      prices: { basis: "net", scale: 1 },
      stock: { cap: "9" },
      details: "variants",
      select: { sold: true },
      images: false,
    });
  });

  it("shows in the file", async () => {
    const rich = product("H-1", {
      description: "Popis",
      prices: [
        { currency: "CZK", gross: "121.40" },
        { list: "VOC", currency: "CZK", gross: "99.00" },
      ],
      stock: { quantity: "12", reserved: "3" },
      images: [{ url: "https://example.cz/h1.jpg" }],
    });
    await writeFile(at("rich.json"), JSON.stringify([rich]));
    const flags = ["--scale", "2", "--step", "1", "--more-lists", "VOC", "--stock", "available", "--cap", "8"];
    const argv = [at("rich.json"), ...delta, "-o", "-", ...flags, "--availability", "1=Skladem", "--no-images"];
    expect((await exportCall(argv)).out).toBe(
      deltaXml(
        "<ITEM><CODE>H-1</CODE><NAME>Hrnek H-1</NAME><DESCRIPTION>Popis</DESCRIPTION><VAT>21</VAT><PRICE>121.00</PRICE>" +
          "<LISTS><LIST><NAME>VOC</NAME><CURRENCY>CZK</CURRENCY><PRICE>99.00</PRICE></LIST></LISTS><STOCK>8</STOCK>" +
          "<AVAILABILITY>Skladem</AVAILABILITY></ITEM>",
      ),
    );
  });
});

describe("products that are wrong", () => {
  const many = products(40);

  it("are named by their line; their neighbours go on", async () => {
    const lines = ndjson(many).split("\n");
    lines[2] = JSON.stringify({ ...many[2], prices: [{ currency: "CZK", gross: 121 }] });
    lines[9] = '{"code": "H-10", "name": ';
    const text = lines.join("\n").replace('"Hrnek H-20"', '"Hrnek \u0000"');
    const bytes = Uint8Array.from(new TextEncoder().encode(text), (byte) => (byte === 0 ? 0xe9 : byte));
    await writeFile(at("bad.ndjson"), bytes);
    const { exitCode, err } = await exportCall([
      at("bad.ndjson"),
      ...delta,
      "--rules",
      await lax(),
      "-o",
      at("out.xml"),
    ]);
    const said = plain(err).split("\n");
    expect(exitCode).toBe(1);
    expect(said[0]).toMatch(/^bad\.ndjson:3:1: FIELD_INVALID prices\[0\]\.gross: .*string/);
    expect(said[1]).toMatch(/^bad\.ndjson:10:1: FIELD_INVALID: not JSON: /);
    expect(said[2]).toBe("bad.ndjson:20:1: FIELD_INVALID: the line is not UTF-8");
    expect(said[3]).toContain("40 products, 0 left out, 3 not written, 37 records in out.xml");
    const left = many.map(({ code }) => code).filter((code) => !["H-3", "H-10", "H-20"].includes(code));
    expect(codesIn(await contentOf(at("out.xml")))).toEqual(left);
  });

  it("are named by their code, or by their place if they have none", async () => {
    const bad = [{ ...many[0], stock: { quantity: "pět" } }, { name: "Bez kódu" }, null, ...many.slice(3)];
    await writeFile(at("bad.json"), JSON.stringify(bad));
    await writeFile(at("object.json"), JSON.stringify({ products: bad }));
    const argv = [...delta, "--rules", await lax(), "-o", at("out.xml")];
    const { exitCode, err } = await exportCall([at("bad.json"), ...argv]);
    const said = plain(err).split("\n");
    expect(exitCode).toBe(1);
    expect(said[0]).toMatch(/^H-1: FIELD_INVALID stock\.quantity: /);
    expect(said[1]).toBe("FIELD_MISSING code at bad.json[1]: required, but missing or empty");
    expect(said[2]).toMatch(/^FIELD_INVALID at bad\.json\[2\]: .*null/);
    expect(codesIn(await contentOf(at("out.xml")))).toEqual(many.slice(3).map(({ code }) => code));
    expect((await exportCall([at("object.json"), ...argv])).err).toContain(`code at ${at("object.json")}: products[1]`);
  });

  it("are named if the file cannot hold them", async () => {
    const bad = [{ ...many[0], name: "Hrnek, který má příliš dlouhý název" }, ...many.slice(1)];
    await writeFile(at("bad.json"), JSON.stringify(bad));
    const { exitCode, err } = await exportCall([at("bad.json"), ...delta, "-o", at("out.xml")]);
    expect(exitCode).toBe(1);
    expect(err).toMatch(/^H-1: FIELD_TOO_LONG name: expected at most 20 characters, got 35\n/);
    expect(err).toContain("40 products, 0 left out, 1 not written, 39 records in");
  });

  it("count as missing from the file", async () => {
    await writeFile(
      at("bad.ndjson"),
      ndjson([...many.slice(0, 8), { code: "X-1", name: 1 }, { code: "X-2", name: 2 }, { code: "X-3", name: 3 }]),
    );
    const { exitCode, err } = await exportCall([at("bad.ndjson"), ...delta, "-o", at("out.xml")]);
    expect(exitCode).toBe(2);
    expect(err).toContain("maxRejected  of 11 records 3 could not be written: 27 %, allowed are 5 %\n");
    expect(err).toContain("X-1, X-2, X-3");
    expect(await contentOf(at("out.xml"))).toBeUndefined();
  });

  async function lax(): Promise<string> {
    await writeFile(at("rules.json"), '{"maxRejected": 0.1}');
    return at("rules.json");
  }
});
