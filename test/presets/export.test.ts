import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import {
  check,
  compileMapping,
  compileWriter,
  exportFeed,
  parseMapping,
  type Preset,
  productSchema,
} from "../../src/index.ts";
import { exportResult, type WriteSample } from "../../src/testing/index.ts";
import { foldersOf, judge, readBack, ruleOf, shown, writeAgain } from "./feeds.ts";

const exporting = Object.entries(presets).filter(([, { feeds }]) =>
  Object.values(feeds).some(({ direction }) => direction === "export"),
);

describe.each(exporting)("preset %s", (id, preset) => {
  const feeds = Object.entries(preset.feeds).flatMap(([name, feed]) =>
    feed.direction === "export" ? [{ name, feed }] : [],
  );
  const fromJson = JSON.parse(JSON.stringify(preset)) as Preset;

  it.each(feeds)("can write and read back feed $name", async ({ feed: { mapping, records } }) => {
    expect(parseMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
    expect(() => compileMapping(mapping)).not.toThrow();
    expect(() => compileWriter(mapping)).not.toThrow();
    expect((await check(mapping, undefined, { direction: "import" })).problems).toEqual([]);
    expect((await check(mapping, undefined, { direction: "export" })).problems).toEqual([]);
    expect(mapping.target).toBe(records === "stockLevels" ? "stockLevel" : "product");
  });

  describe.each(foldersOf(id).writes)("sample $name", ({ sample, expected }: WriteSample) => {
    it("holds products", () => {
      for (const product of sample.products) expect(productSchema.strict().safeParse(product).error).toBeUndefined();
    });

    it("becomes the file that was written by a human and kept beside it", async () => {
      expect(expected).toBeDefined();
      const { bytes } = await exportResult(sample, preset);
      expect(shown([bytes])).toBe(readFileSync(expected ?? "", "latin1"));
    });

    it("becomes the same by the JSON form of the preset", async () => {
      expect(await exportResult(sample, fromJson)).toEqual(await exportResult(sample, preset));
    });

    it("is told of in full", async () => {
      const { report, issues } = await exportResult(sample, preset);
      expect(report.products).toBe(sample.products.length);
      expect(report.offered + report.leftOut + report.refused).toBe(report.products);
      expect(report.written + report.rejected + report.skipped).toBe(report.read);
      expect(issues.length).toBeGreaterThanOrEqual(report.rejected + report.refused);
    });

    it("becomes a file that follows the schema of its platform, where there is one", async () => {
      const { documents } = await exportResult(sample, preset);
      expect((await judge(documents, ruleOf(id, sample.feed))).errors).toEqual([]);
    });

    it("becomes a file that says the same when it is read back and written again", async () => {
      const { documents, report } = await exportResult(sample, preset);
      const feed = { ...exportFeed(preset, sample.feed), ...(sample.encoding && { encoding: sample.encoding }) };
      const exporting = { feed, parameters: sample.parameters ?? {} };
      const { records, rejected } = await readBack(documents, exporting);
      expect(rejected).toBe(0);
      expect(records).toHaveLength(report.written);
      expect((await readBack(await writeAgain(records, exporting), exporting)).records).toEqual(records);
    });
  });
});
