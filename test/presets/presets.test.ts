import { readFileSync, readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import {
  add,
  check,
  compare,
  compileMapping,
  type MappingData,
  parseMapping,
  type Preset,
  type Situation,
  sum,
} from "../../src/index.ts";
import { fieldsOf } from "../../src/mapping/check/coverage.ts";
import { walkMapping } from "../../src/mapping/usage.ts";
import { type ReadSample, sampleResult } from "../../src/testing/index.ts";
import { foldersOf } from "./feeds.ts";
import { situations, situationsIn } from "./situations.ts";

const root = new URL("../../presets/", import.meta.url);

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The mappings of all feeds, those of writing too. */
function mappingsOf({ feeds }: Preset): readonly MappingData[] {
  return Object.values(feeds).flatMap((feed) => {
    const write = feed.direction === "import" ? feed.write : undefined;
    return [feed.mapping, write?.mapping, write?.creditNotes].filter((mapping) => mapping !== undefined);
  });
}

it("lists every folder under its id", () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(presets).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(Object.entries(presets))("preset %s", (id, preset) => {
  const { reads, writes, documents, strays } = foldersOf(id);
  const orders = reads.filter(({ options }) => options.feed === undefined);
  const page = readFileSync(new URL(`../docs/presets/${id}.md`, root), "utf8");

  it("bears the name of its folder and says where its knowledge comes from", () => {
    expect(preset.id).toBe(id);
    for (const { date } of preset.provenance) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    if (preset.maturity !== "verified") expect(preset.limitations ?? []).not.toEqual([]);
  });

  it("has notes for the owner of a shop, in English and in Czech", () => {
    for (const file of ["notes.md", "notes.cs.md"])
      expect(readFileSync(new URL(`${id}/${file}`, root), "utf8")).toMatch(/^# /);
  });

  it.runIf(Object.values(preset.feeds).some(({ direction }) => direction === "import"))(
    "shows every situation in a sample, or says why its files cannot",
    async () => {
      const shown = await situationsIn(preset, orders);
      const excused = Object.keys(preset.without ?? {});
      expect(situations.filter((one) => !shown.has(one) && !excused.includes(one))).toEqual([]);
      expect(excused.filter((one) => shown.has(one as Situation))).toEqual([]);
    },
  );

  it("is plain data, and its mappings stand the check of mappings from files", async () => {
    expect(JSON.parse(JSON.stringify(preset))).toEqual(preset);
    for (const feed of Object.values(preset.feeds)) {
      expect(parseMapping(JSON.parse(JSON.stringify(feed.mapping)))).toEqual(feed.mapping);
      expect(() => compileMapping(feed.mapping)).not.toThrow();
      expect((await check(feed.mapping)).problems).toEqual([]);
    }
  });

  it("has samples, of which each one is of a feed that there is", () => {
    expect(reads.length + writes.length + documents.length).toBeGreaterThan(0);
    const names = [...reads.map(({ options }) => options.feed), ...writes.map(({ sample }) => sample.feed)];
    const unknown = names.filter((name) => name !== undefined && preset.feeds[name]?.direction !== "export");
    expect(unknown).toEqual([]);
  });

  it("keeps nothing beside its samples that belongs to none", () => {
    expect(strays).toEqual([]);
  });

  it("shows on its page every feed with all fields, places and parameters", () => {
    for (const [name, { mapping }] of Object.entries(preset.feeds)) {
      const start = page.indexOf(`## Feed \`${name}\``);
      expect(start).toBeGreaterThan(0);
      const end = page.indexOf("\n## ", start + 1);
      const section = page.slice(start, end < 0 ? undefined : end).replaceAll("\\|", "|");
      const wanted = new Set(fieldsOf(mapping));
      walkMapping(mapping, {
        path({ source, use }) {
          if (use === "value" || use === "list") wanted.add(mapping.csv?.columns[source] ?? source);
        },
      });
      expect([...wanted].filter((text) => !section.includes(text))).toEqual([]);
      for (const parameter of Object.keys(mapping.parameters ?? {})) expect(page).toContain(`| \`${parameter}\` |`);
    }
  });

  it("names on its page what no feed reads and what no sample fills", async () => {
    const names = new Set<string>();
    const unfilled = new Map<string, readonly string[]>();
    const feeds = Object.entries(preset.feeds).filter(([, { direction }]) => direction === "import");
    for (const { bytes, options } of orders) {
      const missed: (readonly string[])[] = [];
      for (const [name, { mapping }] of feeds) {
        const { unread, neverFilled, report } = await check(mapping, bytes, options);
        missed.push(unread.map(({ path }) => path));
        if (report !== undefined && report.good + report.bad > 0)
          unfilled.set(
            name,
            neverFilled.filter((field) => unfilled.get(name)?.includes(field) ?? true),
          );
      }
      const [first = [], ...others] = missed;
      for (const path of first) if (others.every((paths) => paths.includes(path))) names.add(path);
    }
    for (const [name, fields] of unfilled) for (const field of fields) names.add(`${name}: ${field}`);
    expect([...names].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("says on its page what is left out on purpose, and what its files cannot show", () => {
    const wanted = Object.entries(preset.without ?? {}).map(([situation, reason]) => `(\`${situation}\`): ${reason}`);
    for (const mapping of mappingsOf(preset))
      for (const [path, reason] of Object.entries(mapping.ignore ?? {})) wanted.push(`\`${path}\``, reason);
    const text = page.replaceAll("\\|", "|");
    expect(wanted.filter((one) => !text.includes(one))).toEqual([]);
  });

  it("shows on its page how its feeds are written, with all parameters", () => {
    const text = page.replaceAll("\\|", "|");
    for (const mapping of mappingsOf(preset)) {
      const wanted = new Set([
        ...Object.values(mapping.parameters ?? {}).map(({ title }) => title),
        ...fieldsOf(mapping).map((field) => `\`${field}`),
        ...Object.keys(mapping.document?.fixed ?? {}).map((path) => `\`${path}\``),
        ...Object.keys(mapping.lookups ?? {}).map((table) => `Table \`${table}\``),
      ]);
      expect([...wanted].filter((one) => !text.includes(one))).toEqual([]);
      for (const parameter of Object.keys(mapping.parameters ?? {})) expect(page).toContain(`| \`${parameter}\` |`);
    }
    for (const { file } of documents) expect(page).toContain(`[${file}]`);
  });

  it("has its Czech notes on its page, below a heading of their own", () => {
    const notes = readFileSync(new URL(`${id}/notes.cs.md`, root), "utf8");
    const paragraphs = notes.split(/\n{2,}/).map((paragraph) => paragraph.trim());
    const first = paragraphs.find((paragraph) => !paragraph.startsWith("#"));
    expect(page.slice(page.indexOf("\n## Česky\n"))).toContain(first);
    for (const [heading] of notes.matchAll(/^##+ .*$/gm)) expect(page).toContain(`\n#${heading}\n`);
  });

  describe.each(reads)("sample $name", ({ bytes, options, expected }: ReadSample) => {
    it("gives what was read by a human and kept beside it", async () => {
      const result = jsonOf(await sampleResult(bytes, preset, options));
      await expect(result).toMatchFileSnapshot(expected.pathname);
    });

    it("gives the same from the JSON form of the preset, and in the smallest windows", async () => {
      const fromJson = JSON.parse(JSON.stringify(preset)) as Preset;
      const pieces = async function* () {
        for (let at = 0; at < bytes.length; at += 61) yield bytes.subarray(at, at + 61);
      };
      expect(await sampleResult(pieces, fromJson, options)).toEqual(await sampleResult(bytes, preset, options));
    });

    it("counts every record, and has an issue for each that is bad", async () => {
      const result = await sampleResult(bytes, preset, options);
      const { issues, report } = result;
      const lists = Object.values(result).filter((value) => Array.isArray(value) && value !== issues);
      expect(report.read).toBe(report.good + report.bad + report.skipped);
      expect(lists.map((list: unknown[]) => list.length)).toContain(report.good);
      expect(issues.length).toBeGreaterThanOrEqual(report.bad);
    });
  });

  describe.each(orders)("orders of sample $name", ({ bytes, options: { feed: _feed, ...options } }: ReadSample) => {
    it("reconcile to the haléř, or say why they do not", async () => {
      const result = await sampleResult(bytes, preset, options);
      for (const issue of result.issues.filter((line) => line.includes("_MISMATCH")))
        expect(issue).toMatch(/difference -?\d/);
      if (result.issues.some((issue) => issue.includes("TOTAL_UNCHECKED"))) return;
      for (const { lines, totals } of [...(result.orders ?? []), ...(result.invoices ?? [])]) {
        const gross = sum(lines.map(({ total }) => total?.gross ?? "0"));
        expect(compare(add(gross, totals?.rounding ?? "0"), totals?.payable ?? "0")).toBe(0);
        expect(compare(gross, totals?.gross ?? "0")).toBe(0);
      }
    });
  });
});
