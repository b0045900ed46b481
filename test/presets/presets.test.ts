import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import { check } from "../../src/check.ts";
import { add, compare, compileMapping, parseMapping, type Preset, type ReadOptions, sum } from "../../src/index.ts";
import { sampleResult } from "../../src/testing/index.ts";

const root = new URL("../../presets/", import.meta.url);

function samplesOf(id: string): string[] {
  return readdirSync(new URL(`${id}/samples/`, root))
    .filter((file) => file.endsWith(".xml"))
    .map((file) => file.slice(0, -4));
}

function readSample(id: string, name: string): { readonly bytes: Buffer; readonly options: ReadOptions } {
  const folder = new URL(`${id}/samples/`, root);
  const sidecar = new URL(`${name}.options.json`, folder);
  const options = existsSync(sidecar) ? (JSON.parse(readFileSync(sidecar, "utf8")) as ReadOptions) : {};
  return { bytes: readFileSync(new URL(`${name}.xml`, folder)), options: { ...options, file: `${name}.xml` } };
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

it("lists every folder under its id", () => {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(Object.keys(presets).sort()).toEqual(folders.map(({ name }) => name).sort());
});

describe.each(Object.entries(presets))("preset %s", (id, preset) => {
  it("bears the name of its folder and says where its knowledge comes from", () => {
    expect(preset.id).toBe(id);
    for (const { date } of preset.provenance) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    if (preset.maturity !== "verified") expect(preset.limitations ?? []).not.toEqual([]);
  });

  it("has notes for the owner of a shop", () => {
    expect(readFileSync(new URL(`${id}/notes.md`, root), "utf8")).toMatch(/^# /);
  });

  it("is plain data, and its mappings stand the check of mappings from files", async () => {
    expect(JSON.parse(JSON.stringify(preset))).toEqual(preset);
    for (const feed of Object.values(preset.feeds)) {
      expect(parseMapping(JSON.parse(JSON.stringify(feed.mapping)))).toEqual(feed.mapping);
      expect(() => compileMapping(feed.mapping)).not.toThrow();
      expect((await check(feed.mapping)).problems).toEqual([]);
    }
  });

  it("names on its page what no feed reads and what no sample fills", async () => {
    const page = readFileSync(new URL(`../docs/presets/${id}.md`, root), "utf8");
    const names = new Set<string>();
    const unfilled = new Map<string, readonly string[]>();
    for (const { bytes, options } of samplesOf(id).map((name) => readSample(id, name))) {
      const missed: (readonly string[])[] = [];
      for (const [name, { mapping }] of Object.entries(preset.feeds)) {
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

  it("keeps nothing beside its samples that belongs to none", () => {
    const files = readdirSync(new URL(`${id}/samples/`, root));
    const names = new Set(samplesOf(id));
    expect(files.filter((file) => !names.has(file.replace(/\.(?:xml|expected\.json|options\.json)$/, "")))).toEqual([]);
  });

  describe.each(samplesOf(id))("sample %s", (name) => {
    it("gives what was read by a human and kept beside it", async () => {
      const { bytes, options } = readSample(id, name);
      const expected = new URL(`${id}/samples/${name}.expected.json`, root).pathname;
      await expect(jsonOf(await sampleResult(bytes, preset, options))).toMatchFileSnapshot(expected);
    });

    it("gives the same from the JSON form of the preset, and in the smallest windows", async () => {
      const { bytes, options } = readSample(id, name);
      const fromJson = JSON.parse(JSON.stringify(preset)) as Preset;
      const pieces = async function* () {
        for (let at = 0; at < bytes.length; at += 61) yield bytes.subarray(at, at + 61);
      };
      expect(await sampleResult(pieces, fromJson, options)).toEqual(await sampleResult(bytes, preset, options));
    });

    it("reconciles to the haléř, or says why it does not", async () => {
      const { bytes, options } = readSample(id, name);
      const { orders, issues, report } = await sampleResult(bytes, preset, options);
      expect(report.read).toBe(report.good + report.bad + report.skipped);
      expect(orders).toHaveLength(report.good);
      expect(issues.length).toBeGreaterThanOrEqual(report.bad);
      for (const issue of issues.filter((line) => line.includes("_MISMATCH"))) expect(issue).toMatch(/difference -?\d/);
      if (issues.some((issue) => issue.includes("TOTAL_UNCHECKED"))) return;
      for (const { lines, totals } of orders) {
        const gross = sum(lines.map(({ total }) => total?.gross ?? "0"));
        expect(compare(add(gross, totals?.rounding ?? "0"), totals?.payable ?? "0")).toBe(0);
        expect(compare(gross, totals?.gross ?? "0")).toBe(0);
      }
    });
  });
});
