import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presets as all } from "../../presets/index.ts";
import { type Call, call, folder, order, presets as invented, shop } from "./call.ts";

const presets = { ...invented, ...all };
const seller = {
  companyId: "27082440",
  vatId: "CZ27082440",
  billing: { company: "Vzor s.r.o.", street: "Dlouhá 1", city: "Brno", zip: "60200", country: "CZ" },
};

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);
const convert = (...argv: string[]): Promise<Call> => call(["convert", ...argv], { presets });

beforeAll(async () => {
  files = await folder({
    "three.xml": shop(order(), order({ number: "26002", status: "storno" }), order({ number: "26003" })),
    "two.xml": shop(order(), order({ number: "26003", total: "1.00" })),
    "empty.xml": shop(),
    "options.json": JSON.stringify({ seller }),
    "wrong.json": JSON.stringify({ seler: seller }),
    "there.xml": "before",
  });
});
afterAll(() => files.remove());

describe("convert", () => {
  it("hands orders to a program, and says what came of it", async () => {
    const { exitCode, out, err } = await convert(at("three.xml"), "--preset", "alfa", "--to", "pohoda", "-o", "-");
    expect(exitCode).toBe(0);
    expect(out.match(/<ord:order /g)).toHaveLength(2);
    expect(out).toContain("<ord:numberOrder>26001</ord:numberOrder>");
    expect(err).toMatch(/three\.xml: 3 read, 1 skipped \(cancelled: 1\), 0 not written, 2 in standard output; /);
  });

  it("makes invoices of orders where the format has nothing else, one document each", async () => {
    const target = at("isdoc");
    const { exitCode, err } = await convert(
      ...[at("three.xml"), "--preset", "alfa", "--to", "isdoc", "--options", at("options.json"), "-o", target],
    );
    expect({ exitCode, err }).toMatchObject({ exitCode: 0 });
    expect(readdirSync(target).sort()).toEqual(["26001.isdoc", "26003.isdoc"]);
    expect(readFileSync(join(target, "26001.isdoc"), "utf8")).toContain("<ID>26001</ID>");
  });

  it("goes on with a series, and says the next number", async () => {
    const { exitCode, out, err } = await convert(
      ...["presets/shoptet/samples/orders.xml", "--as", "invoices", "--to", "pohoda", "-o", "-"],
      ...["--series", "26####", "--next", "17"],
    );
    expect(exitCode).toBe(0);
    expect(out).toContain(">260017<");
    expect(out).toContain(">260018<");
    expect(err).toMatch(/next.*\b(?:19|20)\b/);
  });

  it("finds the preset by itself", async () => {
    const { exitCode, err } = await convert("presets/shoptet/samples/orders.xml", "--to", "pohoda", "-o", "-");
    expect(exitCode).toBe(0);
    expect(err).toContain("read with preset shoptet (orders)");
  });

  it("writes the good ones, says what is wrong with the others, and what has no place", async () => {
    const { exitCode, err } = await convert(at("two.xml"), "--preset", "alfa", "--to", "pohoda", "-o", at("out.xml"));
    expect(exitCode).toBe(1);
    expect(readFileSync(at("out.xml"), "latin1").match(/<ord:order /g)).toHaveLength(1);
    expect(err).toContain("TOTAL_MISMATCH totals.payable");
    expect(err).toMatch(/2 read, 1 not written, 1 in /);
    expect(err).toMatch(
      /pohoda has no place for status\.kind \(1\), status\.raw \(1\)|pohoda has no place for .*status\.raw \(1\)/,
    );
  });

  it("leaves a file that was there as it was where nothing could be written", async () => {
    for (const name of ["empty.xml", "there.xml"]) {
      const target = at("there.xml");
      writeFileSync(target, "before");
      const { exitCode } = await convert(at(name), "--preset", "alfa", "--to", "pohoda", "-o", target);
      expect(exitCode).toBe(2);
      expect(readFileSync(target, "utf8")).toBe("before");
    }
  });

  it.each([
    [["--to", "pohoda"], /-o OUT is missing/],
    [["-o", "-"], /--to ID/],
    [["--to", "shoptet", "-o", "-"], /cannot write/],
    [["--to", "nothing", "-o", "-"], /no preset "nothing"/],
    [["--to", "isdoc", "-o", "-"], /give -o a directory/],
    [["--to", "pohoda", "-o", "-", "--to-param", "x=1"], /no parameter "x"/],
    [["--to", "pohoda", "-o", "-", "--input", "a=two.xml"], /no such file|takes no input "a"/],
  ])("refuses %j", async (argv, message) => {
    const { exitCode, err } = await convert(at("three.xml"), "--preset", "alfa", ...argv);
    expect(exitCode).toBe(2);
    expect(err).toMatch(message);
  });

  it("says which option is wrong", async () => {
    const { err } = await convert(
      at("three.xml"),
      "--preset",
      "alfa",
      "--to",
      "pohoda",
      "-o",
      "-",
      "--options",
      at("wrong.json"),
    );
    expect(err).toMatch(/wrong\.json: Unrecognized key: "seler"/);
  });
});
