import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { promisify } from "node:util";
import { runInNewContext } from "node:vm";
import { afterAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { guardRules, guardRulesSchema } from "../src/feed/guard-rules.ts";
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

  it.each(["IssueCode", "XmlErrorCode", "DefinitionErrorCode", "TransportErrorCode"])(
    "docs/errors.md explains each %s",
    (type) => {
      const union = new RegExp(`export type ${type} =([^;]*);`).exec(source)?.[1] ?? "";
      const section = new RegExp(`^## ${type}$([^]*?)(?=^## )`, "m").exec(page)?.[1] ?? "";
      const codes = Array.from(union.matchAll(/"([A-Z_]+)"/g), ([, code]) => code);
      const headings = Array.from(section.matchAll(/^### ([A-Z_]+)$/gm), ([, heading]) => heading);
      expect(codes).not.toEqual([]);
      expect(headings.sort()).toEqual(codes.sort());
    },
  );
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

/** Rows of the tables "Field | Value | XML", and "| Warning", in docs/writing.md. */
const writtenRows = Array.from(
  read("docs/writing.md").matchAll(
    /^\| `([^`]+)` *\| (?:`([^`]+)`|none) *\| (?:`([^`]+)`|nothing) *\|(?: `([A-Z_]+)` *\|)?$/gm,
  ),
  ([, field = "", value, xml = "", warning]) => ({
    field: unescaped(field),
    value: value && unescaped(value),
    xml: unescaped(xml),
    warning,
  }),
);

describe("files in docs/writing.md", () => {
  it("are there", () => {
    expect(writtenRows.length).toBeGreaterThan(60);
  });
  it.each(writtenRows)("$field of $value is $xml", async ({ field, value, xml, warning }) => {
    const node = runInNewContext(`(${field})`, { ...propojka }) as propojka.Node;
    const isRecord = field.startsWith("{");
    const given = value === undefined ? undefined : (JSON.parse(value) as unknown);
    const feed = propojka.writeRecords([isRecord ? given : { value: given }], {
      target: "custom",
      record: "/F/R",
      namespaces: { p: "urn:p" },
      parameters: { unit: { title: "Unit", default: "ks" } },
      fields: isRecord ? (node as propojka.MappingData["fields"]) : { value: node },
    });
    const chunks: Uint8Array[] = [];
    for await (const bytes of feed) chunks.push(bytes);
    const [record = ""] = /<R[^]*(?=\n<\/F>)/.exec(Buffer.concat(chunks).toString("utf8")) ?? [];
    const codes = feed.report.issues.map(({ severity, code }) => `${severity} ${code}`);
    if (/^[A-Z_]+$/.test(xml)) {
      expect({ record, codes }).toEqual({ record: "", codes: [`error ${xml}`] });
    } else {
      const wanted = xml === "" ? "<R/>" : xml.startsWith("<R") ? xml : `<R>${xml}</R>`;
      expect({ record, codes }).toEqual({ record: wanted, codes: warning === undefined ? [] : [`warning ${warning}`] });
    }
  });
});

/** What stands in the first column of the tables below a heading. */
function firstCells(page: string, heading: string): string[] {
  const section = new RegExp(`^## ${heading}$([^]*?)(?=^## )`, "m").exec(read(page))?.[1] ?? "";
  return Array.from(section.matchAll(/^\| `([A-Za-z.]+)` +\|/gm), ([, name = ""]) => name);
}

describe("tables in docs/writing.md", () => {
  it("name every export option", () => {
    const { properties = {} } = z.toJSONSchema(propojka.exportOptionsSchema);
    const names = Object.entries(properties).flatMap(([group, schema]) => {
      const members = Object.keys((typeof schema === "object" ? schema.properties : undefined) ?? {});
      return members.length === 0 ? [group] : members.map((member) => `${group}.${member}`);
    });
    expect(firstCells("docs/writing.md", "What goes out")).toEqual(names);
  });
  it("name every rule of the guard, with its default", () => {
    const defaults: Readonly<Record<string, unknown>> = guardRulesSchema.parse({});
    expect(firstCells("docs/writing.md", "Guard and diff")).toEqual(guardRules);
    for (const rule of guardRules)
      if (defaults[rule] !== undefined)
        expect(read("docs/writing.md")).toMatch(
          new RegExp(`^\\| \`${rule}\` +\\| \`${JSON.stringify(defaults[rule])}\` +\\|`, "m"),
        );
  });
});

describe("tables in docs/documents.md", () => {
  it("name every option", () => {
    const { properties = {} } = z.toJSONSchema(propojka.documentOptionsSchema);
    expect(firstCells("docs/documents.md", "How records are prepared")).toEqual(Object.keys(properties));
  });
  it("name every format with its parameters", () => {
    const rows = Array.from(
      read("docs/documents.md").matchAll(/^\| \[`([a-z0-9-]+)`\]\([^)]*\) +\| (.*) \|$/gm),
      ([, id = "", cell = ""]) => [id, Array.from(cell.matchAll(/`([A-Za-z]+)`/g), ([, name = ""]) => name).sort()],
    );
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(writable.map(({ id, feeds }) => [id, [...new Set(feeds.flatMap(parametersOf))].sort()])),
    );
  });
  it("name every format with what it takes", () => {
    const rows = Array.from(
      read("docs/documents.md").matchAll(/^\| `([a-z0-9-]+)` +\| ((?:orders|invoices|, )+) +\|/gm),
      ([, id = "", cell = ""]) => [id, cell.split(", ")],
    );
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(writable.map(({ id, feeds }) => [id, feeds.map(({ records }) => records)])),
    );
  });
});

/** Presets whose documents can be written, with those feeds. */
const writable = Object.values<propojka.Preset>(presets).flatMap(({ id, feeds }) => {
  const written = Object.values(feeds).filter(
    (feed): feed is propojka.ImportFeed => feed.direction === "import" && feed.write !== undefined,
  );
  return written.length === 0 ? [] : [{ id, feeds: written }];
});

/** Parameters of the mapping that writes; not those that decide what is read. */
function parametersOf({ mapping, write }: propojka.ImportFeed): string[] {
  return Object.keys((write?.mapping ?? mapping).parameters ?? {}).filter((name) => name !== "includeCancelled");
}

describe("mappings in docs/writing.md", () => {
  it("are those of the examples", () => {
    const [, block = ""] = /```json\n(\{\n {2}"target": "stockLevel"[^]*?)```/.exec(read("docs/writing.md")) ?? [];
    expect(JSON.parse(block)).toEqual(JSON.parse(read("docs/examples/stock-csv-mapping.json")));
  });
  it("are products", () => {
    const [, block = ""] = /```json\n(\{\n {2}"code": "HRN-001"[^]*?)```/.exec(read("docs/writing.md")) ?? [];
    expect(propojka.productSchema.safeParse(JSON.parse(block)).error).toBeUndefined();
  });
});

/** A "|" is written "\|" in a table. */
function unescaped(cell: string): string {
  return cell.replaceAll("\\|", "|");
}

/** Blocks that show a command and what it prints. */
const commands = [
  "docs/cli.md",
  "docs/documents.md",
  "docs/invoices.md",
  "docs/mapping.md",
  "docs/reading.md",
  "docs/writing.md",
].flatMap((page) =>
  Array.from(read(page).matchAll(/^```console\n\$ propojka (.*)\n([^]*?)^```$/gm), ([, words = "", printed = ""]) => ({
    page,
    words,
    printed,
  })),
);

describe("commands", () => {
  // What they write goes there, and not into the repository.
  const folder = mkdtempSync(join(tmpdir(), "propojka-docs-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it("are there", () => {
    expect(commands.length).toBeGreaterThan(5);
  });
  it.each(commands)("propojka $words in $page", async ({ words, printed }) => {
    const argv = Array.from(words.matchAll(/'([^']*)'|(\S+)/g), ([, quoted, plain]) => quoted ?? plain ?? "").map(
      (word, index, all) => (all[index - 1] === "-o" && word !== "-" ? join(folder, word) : word),
    );
    const stdout = collector();
    const stderr = collector();
    const exitCode = await runCommand(argv, { stdin: none(), stdout, stderr, env: {}, presets: async () => presets });
    const [shown = "", wantedCode = "0"] = printed.split(/^\(exit code (\d)\)\n/m);
    const wanted = linesOf(shown);
    const got = linesOf((stdout.text() + stderr.text()).replaceAll(`${folder}${sep}`, ""));
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
