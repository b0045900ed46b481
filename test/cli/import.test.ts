import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Writable } from "node:stream";
import { run } from "../../src/cli/run.ts";
import { alfaJson, call, collector, folder, order, presets, shop, windows1250 } from "./call.ts";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeAll(async () => {
  files = await folder({
    "one.xml": shop(order()),
    "three.xml": shop(
      order(),
      order({ number: "26002", status: "storno" }),
      order({ number: "26003", name: "Žofie 漢字" }),
    ),
    "none.xml": shop(),
    "bad.xml": shop(order(), order({ number: "26002", count: "dva" }), order({ number: "26003" })),
    "total.xml": shop(order({ total: "999.00" })),
    "damaged.xml": shop(order(), order({ number: "26002", name: "Novák & syn" }), order({ number: "26003" })),
    "cut.xml": shop(order(), order({ number: "26002" })).slice(0, -60),
    "empty.xml": "",
    "blank.xml": " \n\n",
    "page.html": "<!DOCTYPE html><html><head><title>Přihlášení</title></head><body>…</body></html>",
    "plain.txt": "číslo;datum\n1;2026-03-04\n",
    "beta.xml": `<export><objednavka cislo="7"><polozka><nazev>Hrnek</nazev><kusu>2</kusu></polozka></objednavka></export>`,
    "strange.xml": "<a><b><c>1</c></b></a>",
    "broken.xml": "<SHOP><ORDERS></SHOP>",
    "cp1250.xml": windows1250(shop(order({ name: "Jiří Šťastný" })).replace("UTF-8", "windows-1250")),
    "undeclared.xml": windows1250(shop(order({ name: "Jiří", status: "nová" })).replace(/^.*\n/, "")),
    "alfa.json": alfaJson,
    "broken.json": '{\n  "target": "order",\n  "record" "/SHOP/ORDER"\n}',
    "wrong.json": JSON.stringify({
      target: "order",
      record: "/SHOP/ORDER",
      fields: { number: { type: "code", path: "NUMBER" }, currency: { type: "konstanta", value: "CZK" } },
    }),
    "preset.json": JSON.stringify(presets["alfa"]),
    "nofeed.json": JSON.stringify({
      id: "x",
      feeds: { orders: { direction: "import", records: "ordres", mapping: {} } },
    }),
    "custom.json": JSON.stringify({
      target: "custom",
      record: "/SHOP/ORDER",
      fields: { no: { type: "code", path: "NUMBER" } },
    }),
  });
});
afterAll(() => files.remove());

/** The lines of standard error, without the time that the run took. */
function errors(text: string): string[] {
  return text
    .replaceAll(at("x").slice(0, -1), "")
    .replace(/\d+\.\d\d s/g, "N s")
    .trimEnd()
    .split("\n");
}

describe("import", () => {
  it("writes one JSON object a line and a summary", async () => {
    const { exitCode, out, err } = await call(["import", at("three.xml"), "--preset", "alfa"]);
    expect(exitCode).toBe(0);
    const orders = out
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { number: string });
    expect(orders.map(({ number }) => number)).toEqual(["26001", "26003"]);
    expect(errors(err)).toEqual([
      "three.xml: 3 read, 2 good, 0 bad, 1 skipped (cancelled: 1); preset alfa, utf-8, N s",
    ]);
  });

  it("finds the preset by itself and says which", async () => {
    const { exitCode, out, err } = await call(["import", at("beta.xml")]);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ number: "7" });
    expect(errors(err)[0]).toMatch(
      /^beta\.xml: read with preset beta \(orders\): it has records at \/export\/objednavka; /,
    );
  });

  it("finds the preset of a file without orders by the element around them", async () => {
    const { exitCode, out, err } = await call(["import", at("none.xml")]);
    expect({ exitCode, out }).toEqual({ exitCode: 0, out: "" });
    expect(err).toContain("the file is of the right kind, but holds none");
  });

  it("writes an array, also an empty one", async () => {
    const full = await call(["import", at("three.xml"), "--preset", "alfa", "--format", "json"]);
    expect(JSON.parse(full.out)).toHaveLength(2);
    const empty = await call(["import", at("none.xml"), "--preset", "alfa", "--format", "json"]);
    expect(JSON.parse(empty.out)).toEqual([]);
  });

  it("aligns the table, wide characters too", async () => {
    const { out } = await call(["import", at("three.xml"), "--preset", "alfa", "--format", "table"]);
    expect(out).toBe(
      [
        "number  date              status  customer     lines  payable  currency",
        "26001   2026-03-04 18:22  nová    Eva Vzorová      1   242.00  CZK",
        "26003   2026-03-04 18:22  nová    Žofie 漢字       1   242.00  CZK",
        "",
      ].join("\n"),
    );
  });

  it("prints a coloured table on a terminal unless NO_COLOR is set", async () => {
    const colored = await call(["import", at("bad.xml"), "--preset", "alfa"], { terminal: true });
    expect(colored.out).toContain("\x1b[1mnumber");
    expect(colored.err).toContain("\x1b[31m");
    const plain = await call(["import", at("bad.xml"), "--preset", "alfa"], { terminal: true, env: { NO_COLOR: "1" } });
    expect(plain.out).toMatch(/^number {2}date/);
    expect(plain.out + plain.err).not.toContain("\x1b[3");
  });

  it("makes invoices of orders, and says which cannot become one", async () => {
    const good = await call(["import", at("one.xml"), "--mapping", at("alfa.json"), "--as", "invoices"]);
    expect(good.exitCode).toBe(0);
    expect(JSON.parse(good.out)).toMatchObject({ invoiceNumber: "26001", issuedOn: "2026-03-04", dueOn: "2026-03-18" });
    const bad = await call(["import", at("beta.xml"), "--preset", "beta", "--as", "invoices"]);
    expect(bad).toMatchObject({ exitCode: 1, out: "" });
    expect(errors(bad.err)[0]).toMatch(/^beta\.xml:1:9: FIELD_MISSING createdAt: order 7 cannot become an invoice: /);
    expect(errors(bad.err)[1]).toContain("1 read, 0 good, 1 bad");
  });

  it("takes the preset's feed of orders, or of invoices when asked", async () => {
    expect(JSON.parse((await call(["import", at("one.xml")])).out)).toMatchObject({ number: "26001" });
    for (const preset of [[], ["--preset", "alfa"]]) {
      const { out } = await call(["import", at("one.xml"), "--as", "invoices", ...preset]);
      expect(JSON.parse(out)).not.toHaveProperty("dueOn");
      expect(JSON.parse(out)).toMatchObject({ invoiceNumber: "26001" });
    }
  });

  it("passes parameters on", async () => {
    const { out } = await call(["import", at("one.xml"), "--preset", "alfa", "--param", "currency=EUR"]);
    expect(JSON.parse(out)).toMatchObject({ currency: "EUR" });
    const wrong = await call(["import", at("one.xml"), "--preset", "alfa", "--param", "currency=USD"]);
    expect(wrong).toMatchObject({ exitCode: 2, err: 'parameter "currency": expected CZK, EUR, got "USD"\n' });
  });

  it("reads a mapping or a preset from a JSON file", async () => {
    for (const name of ["alfa.json", "preset.json"]) {
      const { exitCode, out } = await call(["import", at("one.xml"), "--mapping", at(name)]);
      expect(exitCode).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ number: "26001" });
    }
    const { out } = await call(["import", at("one.xml"), "--mapping", at("custom.json")]);
    expect(JSON.parse(out)).toEqual({ no: "26001" });
  });

  it("reads standard input, in whatever pieces it comes", async () => {
    const bytes = new TextEncoder().encode(shop(order(), order({ number: "26002" })));
    const pieces = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, index) =>
      bytes.subarray(index * 7, index * 7 + 7),
    );
    const { exitCode, out, err } = await call(["import", "-"], { stdin: pieces });
    expect(exitCode).toBe(0);
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect(err).toMatch(/^standard input: read with preset alfa/);
  });
});

describe("import of bad data", () => {
  it("reports a bad field with its place, keeps the neighbours and exits with 1", async () => {
    const { exitCode, out, err } = await call(["import", at("bad.xml"), "--preset", "alfa"]);
    expect(exitCode).toBe(1);
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect(errors(err)[0]).toMatch(
      /^bad\.xml:9:\d+: FIELD_INVALID lines\[0\]\.quantity at \/SHOP\/ORDER\[2\]\/ITEMS\/ITEM\[1\]\/COUNT: .*"dva"$/,
    );
    expect(errors(err)[1]).toContain("3 read, 2 good, 1 bad");
  });

  it("reports a total that the lines do not give", async () => {
    const { exitCode, err } = await call(["import", at("total.xml"), "--preset", "alfa"]);
    expect(exitCode).toBe(1);
    expect(err).toContain("TOTAL_MISMATCH");
  });

  it("quarantines a damaged record", async () => {
    const { exitCode, out, err } = await call(["import", at("damaged.xml"), "--preset", "alfa"]);
    expect(exitCode).toBe(1);
    expect(out.trimEnd().split("\n")).toHaveLength(2);
    expect(errors(err)[0]).toMatch(/^damaged\.xml:8:\d+: XML_MALFORMED/);
  });

  it("repairs it when asked", async () => {
    const { exitCode, out, err } = await call([
      "import",
      at("damaged.xml"),
      "--preset",
      "alfa",
      "--malformed",
      "repair",
    ]);
    expect(exitCode).toBe(0);
    expect(out).toContain("Novák & syn");
    expect(err).toContain("RECORD_REPAIRED");
  });

  it("stops at it when asked", async () => {
    const { exitCode, out, err } = await call(["import", at("damaged.xml"), "--preset", "alfa", "--malformed", "stop"]);
    expect(exitCode).toBe(1);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(errors(err)[0]).toMatch(/^damaged\.xml:8:\d+: XML_MALFORMED/);
  });

  it("reads what stands before the end of a cut file and exits with 1", async () => {
    const { exitCode, out, err } = await call(["import", at("cut.xml"), "--preset", "alfa"]);
    expect(exitCode).toBe(1);
    expect(out.trimEnd().split("\n")).toHaveLength(1);
    expect(err).toContain("XML_TRUNCATED");
  });

  it("reads windows-1250 by the declaration, or by --encoding without one", async () => {
    const declared = await call(["import", at("cp1250.xml"), "--preset", "alfa"]);
    expect(declared.out).toContain("Jiří Šťastný");
    const told = await call(["import", at("undeclared.xml"), "--preset", "alfa", "--encoding", "cp1250"]);
    expect(told).toMatchObject({ exitCode: 0 });
    expect(told.out).toContain("Jiří");
  });
});

describe("import of what cannot be read", () => {
  /** Exit code 2, nothing on standard output, and this one message. */
  async function refusal(...argv: readonly string[]): Promise<string> {
    const { exitCode, out, err } = await call(argv);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
    expect(err).not.toMatch(/\n\s+at /);
    return errors(err).join("\n");
  }

  it("says what is wrong with the file", async () => {
    expect(await refusal("import", at("empty.xml"))).toBe("empty.xml:1:1: XML_EMPTY the file is empty");
    expect(await refusal("import", at("blank.xml"))).toMatch(/^blank\.xml:1:1: XML_EMPTY/);
    expect(await refusal("import", at("page.html"))).toBe(
      'page.html:1:1: XML_NOT_XML the file is an HTML page ("Přihlášení"), not XML',
    );
    expect(await refusal("import", at("page.html"), "--preset", "alfa")).toMatch(/^page\.html:1:1: XML_NOT_XML/);
    expect(await refusal("import", at("plain.txt"), "--preset", "alfa")).toMatch(/^plain\.txt:1:1: XML_NOT_XML/);
    expect(await refusal("import", at("missing.xml"))).toBe("missing.xml: no such file");
    expect(await refusal("import", at(""))).toMatch(/: is a directory, not a file$/);
  });

  it("says which platform the file looks like", async () => {
    expect(await refusal("import", at("beta.xml"), "--preset", "alfa")).toBe(
      "beta.xml:1:1: RECORD_NONE: no place for records at /SHOP/ORDER; the root element is <export>: is this the right kind of file? It looks like orders of beta: try --preset beta --feed orders",
    );
    expect(await refusal("import", at("strange.xml"))).toMatch(
      /^strange\.xml: no preset fits this file, whose root element is <a>\. Name one/,
    );
  });

  it("names the damage of a file that is broken before its first record", async () => {
    expect(await refusal("import", at("broken.xml"), "--mapping", at("custom.json"))).toMatch(
      /^broken\.xml:1:15: XML_MALFORMED/,
    );
  });

  it("says once that the encoding is wrong", async () => {
    const message = await refusal("import", at("undeclared.xml"), "--preset", "alfa");
    expect(message.split("\n")).toHaveLength(2);
    expect(message).toContain("name the right one, such as --encoding windows-1250");
  });

  it("says precisely what is wrong with a mapping", async () => {
    expect(await refusal("import", at("one.xml"), "--mapping", at("broken.json"))).toMatch(
      /^broken\.json:3:12: not JSON: /,
    );
    expect(await refusal("import", at("one.xml"), "--mapping", at("one.xml"))).toMatch(/^one\.xml: not JSON: /);
    expect(await refusal("import", at("one.xml"), "--mapping", at("nofeed.json"))).toMatch(
      /^nofeed\.json: the preset has a mistake:\n {2}feeds\.orders\.records: /,
    );
    const wrong = await refusal("import", at("one.xml"), "--mapping", at("wrong.json"));
    expect(wrong).toMatch(/^wrong\.json: the mapping has a mistake:\n {2}fields\.currency/);
    expect(wrong).toContain("there is no such type");
  });

  it("gives a hint for wrong arguments", async () => {
    const hint = '\nTry "propojka import --help".';
    expect(await refusal("import")).toBe(`propojka import: FILE is missing${hint}`);
    expect(await refusal("import", "a", "b")).toBe(`propojka import: unexpected argument "b"${hint}`);
    expect(await refusal("import", "a", "--fromat", "json")).toBe(`propojka import: Unknown option '--fromat'${hint}`);
    expect(await refusal("import", at("one.xml"), "--format", "xml")).toBe(
      `propojka import: --format takes ndjson, json, table, not "xml"${hint}`,
    );
    expect(await refusal("import", at("one.xml"), "--malformed", "ignore")).toContain(
      "--malformed takes stop, quarantine, repair",
    );
    expect(await refusal("import", at("one.xml"), "--param", "currency")).toContain("--param takes NAME=VALUE");
    expect(await refusal("import", at("one.xml"), "--encoding", "klingon")).toContain(
      'there is no encoding "klingon"; known are utf-8',
    );
    expect(await refusal("import", at("one.xml"), "--preset", "alfa", "--mapping", "x")).toContain(
      "exclude each other",
    );
    expect(await refusal("import", at("one.xml"), "--preset", "gama")).toBe(
      'there is no preset "gama"; known are alfa, beta',
    );
  });
});

describe("import in a pipe", () => {
  async function* endless(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    yield encoder.encode("<SHOP>");
    const many = encoder.encode(order().repeat(100));
    for (;;) yield many;
  }

  it("ends quietly when nobody reads on", async () => {
    let writes = 0;
    const stdout = new Writable({
      write(_chunk, _encoding, done) {
        done(++writes < 3 ? null : Object.assign(new Error("broken pipe"), { code: "EPIPE" }));
      },
    });
    const stderr = collector();
    const exitCode = await run(["import", "-", "--preset", "alfa"], {
      stdin: endless(),
      stdout,
      stderr,
      env: {},
      presets: async () => presets,
    });
    expect(exitCode).toBe(0);
    expect(stderr.text()).not.toContain("EPIPE");
  });

  it("reads no faster than the other side takes it", async () => {
    let taken = 0;
    let given = 0;
    async function* counted(): AsyncGenerator<Uint8Array> {
      for await (const chunk of endless()) {
        given += chunk.length;
        yield chunk;
      }
    }
    const stdout = new Writable({
      highWaterMark: 1024,
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length;
        if (taken > 2_000_000) done(Object.assign(new Error("broken pipe"), { code: "EPIPE" }));
        else setImmediate(done);
      },
    });
    await run(["import", "-", "--preset", "alfa"], {
      stdin: counted(),
      stdout,
      stderr: collector(),
      env: {},
      presets: async () => presets,
    });
    expect(given).toBeLessThan(taken + 500_000);
  });

  it("shows how far it is on a terminal, and takes that away at the end", async () => {
    async function* slow(): AsyncGenerator<Uint8Array> {
      const encoder = new TextEncoder();
      yield encoder.encode("<SHOP>");
      const end = performance.now() + 700;
      const many = encoder.encode(order().repeat(200));
      while (performance.now() < end) yield many;
      yield encoder.encode("</SHOP>");
    }
    const { exitCode, err } = await call(["import", "-", "--preset", "alfa"], { stdin: slow(), terminal: true });
    expect(exitCode).toBe(0);
    const shown = err.match(/\d+\.\d MiB, \d+ records/g) ?? [];
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(12);
    expect(err.slice(err.lastIndexOf(" records"))).toContain("\r\x1b[K");
  });
});
