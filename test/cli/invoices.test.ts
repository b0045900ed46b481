import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { definePreset } from "propojka";
import { alfaJson, call, type Call, folder, order, presets, shop } from "./call.ts";

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeAll(async () => {
  files = await folder({
    "orders.xml": shop(order(), order({ number: "26002", total: "243.00" }), order({ number: "26003" })),
    "alfa.json": alfaJson,
    "rules.json": JSON.stringify({ number: { series: "FV{yy}####", next: { "2026": 41 } }, dueDays: 30 }),
    "wrong.json": JSON.stringify({ dueDays: "soon", numbers: 1 }),
    "broken.json": "{",
  });
});
afterAll(() => files.remove());

function invoices(...options: readonly string[]): Promise<Call> {
  return call(["import", at("orders.xml"), "--mapping", at("alfa.json"), "--as", "invoices", ...options]);
}
const numbersOf = ({ out }: Call): string[] =>
  out
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { invoiceNumber: string }).invoiceNumber);

describe("orders as invoices", () => {
  it("take numbers of a series, and the summary says which comes next", async () => {
    const done = await invoices("--series", "FV26#####", "--next", "17");
    expect(done.exitCode).toBe(1);
    expect(numbersOf(done)).toEqual(["FV2600017", "FV2600018"]);
    expect(done.err.trimEnd().split("\n").at(-2)).toContain("3 read, 2 good, 1 bad");
    expect(done.err.trimEnd().split("\n").at(-1)).toBe("next number of the series: 19");
  });

  it("follow the rules of a file", async () => {
    const done = await invoices("--invoice-rules", at("rules.json"));
    expect(numbersOf(done)).toEqual(["FV260041", "FV260042"]);
    expect(JSON.parse(done.out.split("\n")[0] ?? "")).toMatchObject({ dueOn: "2026-04-03" });
    expect(done.err).toContain('next number of the series: {"2026":43}\n');
    expect(numbersOf(await invoices("--invoice-rules", at("rules.json"), "--series", "A##", "--next", "1"))).toEqual([
      "A01",
      "A02",
    ]);
  });

  it("say which they are by their own numbers without any rule", async () => {
    const done = await invoices();
    expect(numbersOf(done)).toEqual(["26001", "26003"]);
    expect(done.err).not.toContain("next number");
  });

  it.each<[string, string[], string]>([
    [
      "rules that are wrong",
      ["--invoice-rules", "wrong.json"],
      "invoice rules: dueDays: expected a whole number of days",
    ],
    ["a file that is no JSON", ["--invoice-rules", "broken.json"], "broken.json"],
    ["a series without its next number", ["--series", "FV##"], "--series and --next go together"],
    ["a next number without its series", ["--next", "1"], "--series and --next go together"],
    ["a series that is none", ["--series", "FV", "--next", "1"], "number.series: expected one run of # for the count"],
    ["a next number that is none", ["--series", "F##", "--next", "x"], "number.next: expected a number from 1 up"],
  ])("refuse %s", async (_, options, message) => {
    const done = await invoices(...options.map((option) => (option.endsWith(".json") ? at(option) : option)));
    expect(done).toMatchObject({ exitCode: 2, out: "" });
    expect(done.err).toContain(message);
  });

  it.each(["--invoice-rules", "--series", "--next"])("are what %s is for", async (option) => {
    const values = option === "--invoice-rules" ? [option, at("rules.json")] : ["--series", "F##", "--next", "1"];
    const done = await call(["import", at("orders.xml"), "--mapping", at("alfa.json"), ...values]);
    expect(done).toMatchObject({ exitCode: 2, out: "" });
    expect(done.err).toContain("goes with orders that are read --as invoices");
  });

  it("follow the rules of a preset, which are checked", async () => {
    const { alfa } = presets;
    const feed = alfa!.feeds["orders"]!;
    const withRules = (invoice: object): Promise<Call> => {
      const preset = definePreset({ ...alfa!, feeds: { orders: { ...feed, invoice } as never } });
      const argv = ["import", at("orders.xml"), "--preset", "alfa", "--as", "invoices"];
      return call(argv, { presets: { alfa: preset } });
    };
    expect(numbersOf(await withRules({ number: { series: "P##", next: 3 } }))).toEqual(["P03", "P04"]);
    const wrong = await withRules({ number: "mine" });
    expect(wrong).toMatchObject({ exitCode: 2, out: "" });
    expect(wrong.err).toContain('invoice rules: number: expected "order"');
  });

  it("are counted where the rules skip them", async () => {
    const cancelled = alfaJson.replace(/,"skip":\[.*?\]/, "");
    const own = await folder({ "alfa.json": cancelled, "orders.xml": shop(order({ status: "storno" }), order()) });
    const argv = ["import", own.path("orders.xml"), "--mapping", own.path("alfa.json"), "--as", "invoices"];
    const done = await call(argv);
    await own.remove();
    expect(done.exitCode).toBe(0);
    expect(done.err).toContain("2 read, 1 good, 0 bad, 1 skipped (cancelled: 1)");
  });
});
