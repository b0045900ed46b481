import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import * as propojka from "../src/index.ts";
import { presets } from "../presets/index.ts";
import { run as runCommand } from "../src/cli/run.ts";
import { collector } from "./cli/call.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const execute = promisify(execFile);

/** Files below a folder, from the root of the repository, with "/" between names. */
function find(folder: string, extension: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(extension))
    .map((path) => `${folder}/${path.replaceAll("\\", "/")}`)
    .sort();
}

const pages = ["README.md", ...find("docs", ".md").filter((path) => !path.startsWith("docs/api/"))];

describe("links", () => {
  it.each(pages)("of %s lead somewhere", (page) => {
    const targets = Array.from(read(page).matchAll(/\]\(([^)\s]+)\)/g), ([, target = ""]) => target);
    const broken = targets.filter((target) => !/^[a-z]+:/.test(target) && !leadsSomewhere(page, target));
    expect(broken).toEqual([]);
  });
});

function leadsSomewhere(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return false;
  return anchor === undefined || anchors(file).includes(anchor);
}

/** Anchors of headings, as GitHub makes them. */
function anchors(page: string): string[] {
  return Array.from(read(page).matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("examples", () => {
  it.each(find("docs/examples", ".ts"))("%s prints what it says", { timeout: 60_000 }, async (path) => {
    const wanted = /\/\* Prints:\n([^]*)\n\*\/\n$/.exec(read(path))?.[1];
    const { stdout, stderr } = await execute(process.execPath, ["--import", "tsx", path], { cwd: root });
    expect(stderr).toBe("");
    expect(stdout.trimEnd()).toBe(wanted);
  });
});

describe("codes", () => {
  const source = read("src/errors.ts");
  const page = read("docs/errors.md");

  it.each(["IssueCode", "XmlErrorCode", "DefinitionErrorCode"])("docs/errors.md explains each %s", (type) => {
    const union = new RegExp(`export type ${type} =([^;]*);`).exec(source)?.[1] ?? "";
    const section = new RegExp(`^## ${type}$([^]*?)(?=^## )`, "m").exec(page)?.[1] ?? "";
    const codes = Array.from(union.matchAll(/"([A-Z_]+)"/g), ([, code]) => code);
    const headings = Array.from(section.matchAll(/^### ([A-Z_]+)$/gm), ([, heading]) => heading);
    expect(codes).not.toEqual([]);
    expect(headings.sort()).toEqual(codes.sort());
  });
});

/** Rows of the tables "Field | XML | Value" in docs/mapping.md. */
const rows = Array.from(
  read("docs/mapping.md").matchAll(/^\| `([^`]+)` *\| `([^`]+)` *\| (?:`([^`]+)`|nothing) *\|$/gm),
  ([, field = "", xml = "", value]) => ({ field: unescaped(field), xml: unescaped(xml), value }),
);

describe("values in docs/mapping.md", () => {
  it("are there", () => {
    expect(rows.length).toBeGreaterThan(50);
  });
  it.each(rows)("$field of $xml is $value", async ({ field, xml, value }) => {
    const spec = runInNewContext(field, { ...propojka }) as propojka.Node;
    const mapping: propojka.MappingData = {
      target: "custom",
      record: "/R",
      namespaces: { p: "urn:p" },
      parameters: { unit: { title: "Unit", default: "ks" } },
      taxDate: { type: "constant", value: "2026-03-04" },
      fields: { value: spec },
    };
    const results: unknown[] = [];
    for await (const { record, issues } of propojka.readRecords<{ value?: unknown }>(`<R>${xml}</R>`, mapping))
      results.push(issues[0]?.code ?? record?.value);
    expect(results).toEqual([value === undefined || /^[A-Z_]+$/.test(value) ? value : JSON.parse(value)]);
  });
});

/** A "|" is written "\|" in a table. */
function unescaped(cell: string): string {
  return cell.replaceAll("\\|", "|");
}

/** Blocks that show a command and what it prints. */
const commands = ["docs/cli.md", "docs/reading.md"].flatMap((page) =>
  Array.from(read(page).matchAll(/^```console\n\$ propojka (.*)\n([^]*?)^```$/gm), ([, words = "", printed = ""]) => ({
    page,
    words,
    printed,
  })),
);

describe("commands", () => {
  it("are there", () => {
    expect(commands.length).toBeGreaterThan(5);
  });
  it.each(commands)("propojka $words in $page", async ({ words, printed }) => {
    const argv = Array.from(words.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "");
    const stdout = collector();
    const stderr = collector();
    const exitCode = await runCommand(argv, { stdin: none(), stdout, stderr, env: {}, presets: async () => presets });
    const [shown = "", wantedCode = "0"] = printed.split(/^\(exit code (\d)\)\n/m);
    const wanted = linesOf(shown);
    const got = linesOf(stdout.text() + stderr.text());
    expect(exitCode).toBe(Number(wantedCode));
    // The end of a long output is left out.
    if (wanted.at(-1) === "…") expect(got.slice(0, wanted.length - 1)).toEqual(wanted.slice(0, -1));
    else expect(got).toEqual(wanted);
  });
});

async function* none(): AsyncGenerator<Uint8Array> {
  // nothing comes on standard input
}

/** Lines without what differs from run to run. */
function linesOf(text: string): string[] {
  const lines = text.trimEnd().split("\n");
  return lines.map((line) => line.trimEnd().replace(/\d+\.\d\d s$/, "0.03 s"));
}
