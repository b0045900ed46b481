import fc from "fast-check";
import { chmod, mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { documentNames } from "../../src/cli/folder-target.ts";
import { type Call, folder } from "./call.ts";
import { contentOf, exportCall, ndjson, product } from "./exporting.ts";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeEach(async () => {
  files = await folder({});
});
afterEach(() => files.remove());

/** Writes a card for each product. */
async function cards(codes: readonly string[], ...argv: readonly string[]): Promise<Call> {
  await writeFile(at("cards.ndjson"), ndjson(codes.map((code) => product(code))));
  return exportCall([at("cards.ndjson"), "--preset", "delta", "--feed", "cards", "-o", at("cards"), ...argv]);
}

const cardOf = (code: string): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<card><code>${code}</code><name>Hrnek ${code}</name><stock>5</stock></card>\n`;

describe("export of a document for each record", () => {
  it("makes the directory, with a file for each", async () => {
    const { exitCode, err } = await cards(["H-1", "H-2"]);
    expect(exitCode).toBe(0);
    expect(err).toContain("2 records in " + at("cards"));
    expect(await readdir(at(""))).toEqual(["cards", "cards.ndjson"]);
    expect(await readdir(at("cards"))).toEqual(["H-1.xml", "H-2.xml"]);
    expect(await contentOf(at("cards/H-2.xml"))).toBe(cardOf("H-2"));
    await mkdir(at("usual"));
    expect((await stat(at("cards"))).mode).toBe((await stat(at("usual"))).mode);
  });

  it("replaces documents of the same name, keeps all others and names those", async () => {
    await cards(["H-1", "H-2"]);
    await writeFile(at("cards/notes.txt"), "nic");
    await writeFile(at("cards/H-1.xml"), "<old/>");
    await chmod(at("cards/H-1.xml"), 0o600);
    const { exitCode, err } = await cards(["H-1", "H-3"]);
    expect(exitCode).toBe(0);
    expect(err).toContain(`${at("cards")}: holds documents that are not of this export: H-2.xml\n`);
    expect(await readdir(at("cards"))).toEqual(["H-1.xml", "H-2.xml", "H-3.xml", "notes.txt"]);
    expect(await contentOf(at("cards/H-1.xml"))).toBe(cardOf("H-1"));
    expect((await stat(at("cards/H-1.xml"))).mode & 0o777).toBe(0o600);
  });

  it("writes them within the directory first, which may be on a disk of its own", async () => {
    await cards(["H-1"]);
    async function* watched(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode(ndjson([product("H-1")]));
      expect(await readdir(at("cards"))).toEqual([expect.stringMatching(/^\.propojka-/), "H-1.xml"]);
    }
    const argv = ["-", "--preset", "delta", "--feed", "cards", "-o", at("cards")];
    expect(await exportCall(argv, { stdin: watched() })).toMatchObject({ exitCode: 0 });
    expect(await readdir(at("cards"))).toEqual(["H-1.xml"]);
  });

  it("compares with the documents of a directory, which may be missing the first time", async () => {
    const argv = ["--against", at("cards")];
    expect(await cards(["H-1", "H-2"], ...argv)).toMatchObject({ exitCode: 0 });
    expect((await cards(["H-1", "H-3"], ...argv)).err).toMatch(/^1 added, 1 removed, 0 prices, 0 stock, 1 unchanged\n/);
    const codes = ["X-1", "X-2", "X-3"];
    expect(await cards(codes, ...argv)).toMatchObject({ exitCode: 2, err: expect.stringContaining("maxDrop") });
    expect(await readdir(at("cards"))).toEqual(["H-1.xml", "H-2.xml", "H-3.xml"]);
  });

  it("keeps records apart that have the same code", async () => {
    const twice = ["H-1", "h-1", "H-1"];
    const refused = await cards(twice);
    expect(refused).toMatchObject({ exitCode: 2, err: expect.stringMatching(/duplicates .*\n +H-1\n/) });
    expect(await readdir(at(""))).toEqual(["cards.ndjson"]);
    const decision = ["--override", "duplicates", "--reason", "dvě varianty"];
    expect(await cards(twice, ...decision)).toMatchObject({ exitCode: 0 });
    expect(await readdir(at("cards"))).toEqual(["H-1.xml", "H-1~3.xml", "h-1~2.xml"]);
    expect(await contentOf(at("cards/h-1~2.xml"))).toBe(cardOf("h-1"));
  });

  it("stays within the directory whatever the codes are", async () => {
    const odd = [
      "../x",
      "..",
      ".",
      "/etc/x",
      "a\\b",
      "A/1",
      "CON",
      "nul.txt",
      "-rf",
      "Křeslo%",
      "x~2",
      "K".repeat(300),
    ];
    const { exitCode, err } = await cards(odd);
    expect(err).toMatch(/ 12 records in /);
    expect(exitCode).toBe(0);
    expect(await readdir(at(""))).toEqual(["cards", "cards.ndjson"]);
    const names = await readdir(at("cards"));
    expect(names).toHaveLength(odd.length);
  });

  it("says how many documents are in place already if one cannot be put there", async () => {
    await mkdir(at("cards/H-2.xml"), { recursive: true });
    const { exitCode, err } = await cards(["H-1", "H-2", "H-3"]);
    expect(exitCode).toBe(2);
    expect(err).toBe(
      `${at("cards/H-2.xml")}: cannot be written: is a directory; 1 of 3 documents are in place already\n`,
    );
    expect(await readdir(at("cards"))).toEqual(["H-1.xml", "H-2.xml"]);
  });
});

describe("names of documents", () => {
  it.each([
    ["H-001.5_a", "H-001.5_a.xml"],
    ["A/1", "A%2F1.xml"],
    ["..", "%2E..xml"],
    [".", "%2E.xml"],
    ["../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd.xml"],
    ["a\\b:c*", "a%5Cb%3Ac%2A.xml"],
    ["a\0b", "a%00b.xml"],
    ["x~2", "x%7E2.xml"],
    ["100 %", "100%20%25.xml"],
    ["Křeslo", "K%C5%99eslo.xml"],
    ["-rf", "%2Drf.xml"],
    ["CON", "%43ON.xml"],
    ["nul.txt", "%6Eul.txt.xml"],
    ["console", "console.xml"],
    ["\ud800", "%EF%BF%BD.xml"],
  ])("%j gives %j", (code, name) => {
    expect(documentNames(".xml")(code)).toBe(name);
  });

  it("are different and safe for any codes, also where case does not count", () => {
    const code = fc.oneof(
      fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom("a", "A", "~", "2", "/", ".", "%", "ř", "\0") }),
      fc.string({ minLength: 1, unit: "binary", maxLength: 400 }),
      fc.constantFrom("K".repeat(400), `${"K".repeat(399)}L`, "ž".repeat(100)),
    );
    fc.assert(
      fc.property(fc.array(code, { maxLength: 30 }), (codes) => {
        const nameOf = documentNames(".xml");
        const names = codes.map(nameOf);
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(codes.length);
        for (const name of names) expect(name).toMatch(/^[\w%][\w.~%-]{0,160}\.xml$/);
      }),
    );
  });

  it("tell the code of the first record that has it", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: "binary", maxLength: 10 }), (code) => {
        const name = documentNames("")(code);
        expect(decodeURIComponent(name)).toBe(code);
      }),
    );
  });
});
