import { chmod, lstat, mkdir, open, readdir, readlink, stat, symlink, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { folder } from "./call.ts";
import { codesIn, contentOf, deltaXml, exportCall, ndjson, product, products } from "./exporting.ts";

const OLD = deltaXml("<ITEM><CODE>H-1</CODE><PRICE>99.00</PRICE><STOCK>5</STOCK></ITEM>");
const delta = ["--preset", "delta", "--feed", "products"];

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeEach(async () => {
  files = await folder({
    "two.ndjson": ndjson(products(2)),
    "twenty.ndjson": ndjson(products(20)),
    "none.json": "[]",
    "out.xml": OLD,
    "broken.json": '[\n  {"code": "H-1"},\n  {"code" "H-2"}\n]',
    "wrong.json": '{"a": 1}',
    "empty.json": " \n",
    "text.csv": "a;b\n",
    "gama.xml": "<N><P><K>H-1</K></P></N>",
    "cut.xml": "<N><P><K>H-1</K></P><P><K>H-2</K></P>",
    "latin.json": Buffer.from('[{"code": "H-1", "name": "Příliš"}]', "latin1"),
    "badrules.json": '{"maxDorp": 0.1}',
    "badoptions.json": '{"prices": {"scale": "two"}, "imges": false}',
    "preset.json": JSON.stringify({
      feeds: { a: { direction: "export", records: "products", mapping: { target: "product", record: "/A/B" } } },
    }),
    "order.json": '{"target": "order", "record": "/A/B", "fields": {}}',
  });
});
afterEach(() => files.remove());

/** Exit code 2, nothing on standard output, the old file as it was, nothing left behind; then the message. */
async function refusal(...argv: readonly string[]): Promise<string> {
  const before = await readdir(at(""));
  const output = argv.includes("-o") || argv.includes("--output") ? [] : ["-o", at("out.xml")];
  const { exitCode, out, err } = await exportCall([...argv, ...output]);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).not.toMatch(/\n\s+at |unexpected error/);
  expect(await contentOf(at("out.xml"))).toBe(OLD);
  expect(await readdir(at(""))).toEqual(before);
  return err.replaceAll(`${at("")}/`, "").trimEnd();
}

describe("export with wrong arguments", () => {
  const hint = '\nTry "propojka export --help".';

  it("says what is missing or too much", async () => {
    const two = at("two.ndjson");
    expect(await refusal()).toBe(`propojka export: PRODUCTS is missing${hint}`);
    expect(await refusal(two, ...delta, "-o", "")).toBe(`propojka export: -o FILE is missing${hint}`);
    expect(await refusal(two, ...delta, "-o", "-", "b")).toBe(`propojka export: unexpected argument "b"${hint}`);
    expect(await refusal(two)).toContain("say with --preset ID or --mapping FILE.json");
    expect(await refusal(two, ...delta, "--mapping", "x.json")).toContain("--preset and --mapping exclude each other");
    expect(await refusal(two, "--preset", "epsilon")).toContain('there is no preset "epsilon"; known are delta, gama');
    expect(await refusal(two, "--preset", "delta")).toBe(
      `propojka export: delta has several feeds; take --feed products or stock or cards or hidden${hint}`,
    );
    expect(await refusal(two, "--preset", "gama", "--feed", "orders")).toBe(
      'gama: has no feed "orders" to write; it has offers',
    );
    expect(await refusal(two, ...delta, "--shiny")).toBe(`propojka export: Unknown option '--shiny'${hint}`);
    expect(await refusal(two, ...delta, "--cap", "-1")).toBe(
      `propojka export: --cap takes a value; write --cap=-…${hint}`,
    );
  });

  it.each([
    [["--encoding", "utf-16le"], "files are written in utf-8, windows-1250"],
    [["--forbidden", "keep"], '--forbidden takes remove, replace, error, not "keep"'],
    [["--unencodable", "keep"], '--unencodable takes reference, remove, error, not "keep"'],
    [["--param", "mena=EUR"], 'there is no parameter "mena"; known are currency'],
    [["--variants", "all"], '--variants takes nested, items, omit, not "all"'],
    [["--scale", "two"], '--scale takes a number, not "two"'],
    [["--scale", "9"], "export options prices.scale: "],
    [["--step", "0,5"], "export options prices.step: "],
    [["--cap=-1"], "export options stock.cap: expected 0 or more"],
    [["--changed-since", "yesterday"], "export options select.changedSince: expected a date such as"],
    [["--warehouses", " , "], "export options stock.warehouses: expected at least one warehouse"],
    [["--availability", "Skladem"], '--availability takes FROM=TEXT or FROM=TEXT:DAYS, not "Skladem"'],
    [["--availability", "1="], '--availability takes FROM=TEXT or FROM=TEXT:DAYS, not "1="'],
    [["--max-drop", "20"], "--max-drop takes a share from 0 to 1, not 20"],
    [["--override", "maxDorp", "--reason", "x"], "--override takes empty, maxDrop, duplicates, "],
    [["--override", ",", "--reason", "x"], "--override takes empty, maxDrop"],
    [["--override", "maxDrop"], "--override and --reason TEXT go together"],
    [["--override", "maxDrop", "--reason", " "], "--override and --reason TEXT go together"],
    [["--reason", "x"], "--override and --reason TEXT go together"],
    [["--by", "Jana"], "--by goes with --override and --reason"],
    [
      ["--from", "delta"],
      "delta has several feeds of products; take --from delta:products or delta:cards or delta:hidden",
    ],
    [["--from", "delta:stock"], "--from delta:stock: delta/stock holds stock levels, not products"],
    [["--from", "delta:x"], 'delta: has no feed "x" to write'],
  ])("%j", async (argv, message) => {
    expect(await refusal(at("two.ndjson"), ...delta, ...argv)).toContain(message);
  });

  it("says what is wrong in a file of options, rules or a mapping", async () => {
    const two = at("two.ndjson");
    expect(await refusal(two, ...delta, "--options", at("badoptions.json"))).toMatch(
      /^badoptions\.json: export options prices\.scale: .*\nbadoptions\.json: export options: .*imges/,
    );
    expect(await refusal(two, ...delta, "--options", at("none.json"))).toMatch(/^none\.json: export options: /);
    expect(await refusal(two, ...delta, "--rules", at("badrules.json"))).toMatch(
      /^badrules\.json: guard rules: .*maxDorp/,
    );
    expect(await refusal(two, ...delta, "--rules", at("gone.json"))).toBe("gone.json: no such file");
    expect(await refusal(two, "--mapping", at("wrong.json"))).toMatch(/^wrong\.json: the mapping has /);
    expect(await refusal(two, "--mapping", at("preset.json"))).toMatch(
      /^preset\.json: the mapping has a mistake:\n {2}fields: /,
    );
    expect(await refusal(two, "--mapping", at("order.json"))).toBe(
      "order.json: the target of the mapping is order; files of products need product or stockLevel",
    );
  });

  it("says what is wrong with the file of products", async () => {
    const of = (name: string, ...argv: readonly string[]) => refusal(at(name), ...delta, ...argv);
    expect(await of("gone.json")).toBe("gone.json: no such file");
    expect(await of("")).toMatch(/: is a directory, not a file$/);
    expect(await of("empty.json")).toBe("empty.json: the file is empty");
    expect(await of("broken.json")).toMatch(/^broken\.json:3:11: not JSON: /);
    expect(await of("wrong.json", "--rules", at("gone.json"))).toBe("gone.json: no such file");
    expect(await of("wrong.json")).toMatch(/^wrong\.json:1:1: FIELD_MISSING code: /);
    expect(await of("latin.json")).toBe("latin.json: the file is not UTF-8");
    expect(await of("text.csv")).toBe(
      "text.csv: expected JSON, or one JSON object a line; for CSV or XML say with --from how its products look",
    );
    expect(await of("gama.xml")).toMatch(/^gama\.xml: is XML; say with --from /);
    expect(await of("cut.xml", "--from", "gama")).toMatch(/^cut\.xml:1:\d+: XML_TRUNCATED/);
    expect(await of("out.xml", "--from", "gama")).toMatch(/^out\.xml:1:1: RECORD_NONE: /);
    expect(await of("text.csv", "--from", "gama")).toMatch(/^text\.csv:1:1: XML_NOT_XML/);
  });

  it("says where nothing can be written", async () => {
    const to = (path: string, feed = "products"): Promise<string> =>
      refusal(at("two.ndjson"), "--preset", "delta", "--feed", feed, "-o", path);
    expect(await to(at("gone/out.xml"))).toBe("gone/out.xml: cannot be written: no such folder");
    expect(await to(at("none.json/out.xml"))).toBe("none.json/out.xml: cannot be written: no such folder");
    expect(await to(at(""))).toContain("is a directory: give -o a file in it, such as delta.xml");
    expect(await to(at("new/"))).toContain("new/ is a directory: give -o a file in it");
    expect(await to("-", "cards")).toContain("this feed has a document for each record: give -o a directory");
    expect(await to(at("out.xml"), "cards")).toContain("is a file, but this feed has a document for each record");
    expect(await to(at("gone/cards"), "cards")).toBe("gone/cards: cannot be written: no such folder");
  });
});

describe("export over another file", () => {
  it("keeps the old one if the new one breaks a rule, and says which and whose", async () => {
    await writeFile(at("free.ndjson"), ndjson(products(4, { prices: [{ currency: "CZK", gross: "0.00" }] })));
    expect(await refusal(at("none.json"), ...delta)).toMatch(
      /^refused: 1 rule violated\n {2}empty {2}the feed has 0 items/,
    );
    const free = await refusal(at("free.ndjson"), ...delta);
    expect(free).toMatch(/\n {2}maxZeroPrices .*\n +H-1, H-2, H-3, H-4\n/);
    expect(free).toMatch(/0 not written, nothing was written to out\.xml; delta\/products/);
    const variants = ["M", "L", "XL", "XXL"].map((size) => ({ code: `T-1/${size}` }));
    await writeFile(at("shirt.ndjson"), ndjson([product("T-1", { variants })]));
    expect(await refusal(at("shirt.ndjson"), ...delta)).toContain("up to 4 variants, the platform takes 3\n");
  });

  it("lets it pass with an override, and says who decided and why", async () => {
    const decision = ["--override", "empty,maxDrop", "--reason", "Výprodej skončil", "--by", "Jana"];
    const { exitCode, err } = await exportCall([at("none.json"), ...delta, ...decision, "-o", at("out.xml")]);
    expect(exitCode).toBe(0);
    expect(err).toMatch(/^passed\noverridden: Výprodej skončil \(Jana\)\n {2}empty /);
    expect(err).toContain("override not needed: Výprodej skončil (Jana)\n  maxDrop  not violated\n");
    expect(codesIn(await contentOf(at("out.xml")))).toEqual([]);
  });

  it("takes rules from a file, and --max-drop over them", async () => {
    await writeFile(at("rules.json"), '{"empty": true, "maxDrop": 1, "dropFloor": 0}');
    await exportCall([at("twenty.ndjson"), ...delta, "-o", at("twenty.xml")]);
    const argv = [at("two.ndjson"), ...delta, "--against", at("twenty.xml"), "--rules", at("rules.json")];
    expect(await refusal(...argv, "--max-drop", "0.89")).toMatch(
      /maxDrop .*: 90 % of those are missing, allowed are 89 %\n +H-3, /,
    );
    expect(await exportCall([...argv, "--max-drop", "0.9", "-o", at("out.xml")])).toMatchObject({ exitCode: 0 });
    expect(await exportCall([...argv, "-o", at("out.xml")])).toMatchObject({ exitCode: 0 });
  });

  it("prints what differs from the file to compare with", async () => {
    const { exitCode, err } = await exportCall([
      at("two.ndjson"),
      ...delta,
      "--against",
      at("out.xml"),
      "-o",
      at("new.xml"),
    ]);
    expect(exitCode).toBe(0);
    expect(err).toMatch(
      /^1 added, 0 removed, 1 price, 0 stock, 0 unchanged\nadded\n {2}H-2\nprice\n {2}H-1 {2}99\.00 CZK {2}-> {2}121\.00 CZK\n/,
    );
  });

  it("compares with the file that it replaces, which may be missing the first time", async () => {
    const argv = [at("twenty.ndjson"), ...delta, "-o", at("feed.xml"), "--against", `${at("")}/./feed.xml`];
    const first = await exportCall(argv);
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.err).not.toContain("added");
    expect((await exportCall(argv)).err).toMatch(/^0 added, 0 removed, 0 prices, 0 stock, 20 unchanged\n/);
    const drop = await exportCall([at("two.ndjson"), ...argv.slice(1)]);
    expect(drop).toMatchObject({ exitCode: 2, err: expect.stringContaining("H-3, H-4, H-5, H-6, H-7 and 13 more") });
    expect(codesIn(await contentOf(at("feed.xml")))).toHaveLength(20);
  });

  it("does not start if the file to compare with is missing or another one", async () => {
    const against = (path: string, file = at("two.ndjson")): Promise<string> =>
      refusal(file, ...delta, "--against", path);
    expect(await against(at("gone.xml"))).toBe("gone.xml: no such file");
    expect(await against(at("gama.xml"))).toMatch(/^--against: gama\.xml:1:1: RECORD_NONE: /);
    expect(await against(at("text.csv"))).toMatch(/^--against: text\.csv:1:1: XML_NOT_XML/);
    expect(await against("-", "-")).toContain("only one file can be standard input");
  });

  it("does not put in place what cannot be read back", async () => {
    const hidden = ["--preset", "delta", "--feed", "hidden"];
    expect(await refusal(at("two.ndjson"), ...hidden)).toBe(
      "out.xml:3:1: FIELD_MISSING code: required, but missing or empty\n" +
        "out.xml: of 2 records that were written, 0 can be read back; nothing was put in place",
    );
  });

  it("keeps the permissions", async () => {
    await chmod(at("out.xml"), 0o640);
    await exportCall([at("two.ndjson"), ...delta, "-o", at("out.xml")]);
    expect((await stat(at("out.xml"))).mode & 0o7777).toBe(0o640);
    await exportCall([at("two.ndjson"), ...delta, "-o", at("new.xml")]);
    await writeFile(at("usual"), "");
    expect((await stat(at("new.xml"))).mode).toBe((await stat(at("usual"))).mode);
  });

  it("is on the disk before it is in place", async () => {
    const handle = await open(at("out.xml"));
    const sync = vi.spyOn(Object.getPrototypeOf(handle) as typeof handle, "sync");
    const seen: (string | undefined)[] = [];
    sync.mockImplementation(async () => void seen.push(await contentOf(at("out.xml"))));
    await exportCall([at("two.ndjson"), ...delta, "-o", at("out.xml")]);
    sync.mockRestore();
    await handle.close();
    // The file under its other name, then the folder that has it in its place.
    expect(seen).toEqual([OLD, await contentOf(at("out.xml"))]);
  });

  it("follows symbolic links", async () => {
    await mkdir(at("data"));
    await symlink("data/real.xml", at("link.xml"));
    await symlink(at("link.xml"), at("second.xml"));
    for (const [name, count] of [
      ["two.ndjson", 2],
      ["twenty.ndjson", 20],
    ] as const) {
      expect(await exportCall([at(name), ...delta, "-o", at("second.xml")])).toMatchObject({ exitCode: 0 });
      expect(codesIn(await contentOf(at("data/real.xml")))).toHaveLength(count);
      expect((await lstat(at("link.xml"))).isSymbolicLink()).toBe(true);
      expect(await readlink(at("second.xml"))).toBe(at("link.xml"));
      expect(await readdir(at("data"))).toEqual(["real.xml"]);
    }
  });
});
