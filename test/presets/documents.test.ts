import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  check,
  compileMapping,
  compileWriter,
  importFeed,
  invoiceSchema,
  orderSchema,
  parseMapping,
  type Preset,
  readRecords,
} from "../../src/index.ts";
import { documentResult, type DocumentSample } from "../../src/testing/index.ts";
import { differences } from "./carried.ts";
import { grouped, judgeDocuments, recordsOf, ruleFor, textOf, writingPresets } from "./documents.ts";
import { foldersOf, shown } from "./feeds.ts";
import { rulesAvailable } from "../schematron.ts";
import { schemaAvailable } from "../validation.ts";

it("some presets write documents", () => {
  expect(writingPresets.map(({ id }) => id)).toEqual(["isdoc", "money-s3", "pohoda", "ubl"]);
});

describe.each(writingPresets)("documents of $id", ({ id, preset, writes }) => {
  const { documents } = foldersOf(id);
  const fromJson = JSON.parse(JSON.stringify(preset)) as Preset;

  it.each(writes)("have mappings that can be written, of %s", async (records) => {
    const { mapping, write } = importFeed(preset, records)!;
    for (const one of [write?.mapping ?? mapping, write?.creditNotes].filter((some) => some !== undefined)) {
      expect(parseMapping(JSON.parse(JSON.stringify(one)))).toEqual(one);
      expect(() => compileWriter(one)).not.toThrow();
      const { problems } = await check(one, undefined, { direction: "export" });
      expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
    }
  });

  it("have samples of all records", () => {
    const kinds = new Set(documents.map(({ sample }) => ("orders" in sample ? "orders" : "invoices")));
    expect([...kinds].sort()).toEqual([...writes].sort());
  });

  describe.each(documents)("sample $name", ({ sample, expected }: DocumentSample) => {
    it("holds records as the model wants them", () => {
      const schema = "orders" in sample ? orderSchema.strict() : invoiceSchema.strict();
      for (const record of recordsOf(sample)) expect(schema.safeParse(record).error).toBeUndefined();
    });

    it("becomes the file that was read by a human and kept beside it", async () => {
      const { bytes } = await documentResult(sample, preset);
      expect(shown([bytes])).toBe(readFileSync(expected ?? "", "latin1"));
    });

    it("becomes the same by the JSON form of the preset", async () => {
      expect(await documentResult(sample, fromJson)).toEqual(await documentResult(sample, preset));
    });

    it("is told of in full", async () => {
      const { report, issues } = await documentResult(sample, preset);
      expect(report.read).toBe(recordsOf(sample).length);
      expect(report.written + report.rejected + report.skipped).toBe(report.read);
      expect(issues.length).toBeGreaterThanOrEqual(report.rejected);
    });

    it("becomes documents that are valid", async () => {
      const result = await documentResult(sample, preset);
      expect(await judgeDocuments(result.documents.map(textOf))).toEqual([]);
    });

    it("is read back as it was, but for what the library says is lost", async () => {
      const result = await documentResult(sample, preset);
      const read = await readBack(
        result.documents,
        preset,
        "orders" in sample ? "orders" : "invoices",
        sample.parameters,
      );
      expect(read.issues).toEqual([]);
      expect(read.records).toHaveLength(result.report.written);
      const key = "orders" in sample ? "number" : "invoiceNumber";
      const told = [...Object.keys(result.report.lost), ...Object.keys(result.report.unwritten)];
      const silent = read.records.flatMap((record) => {
        const wrote = recordsOf(sample).find((one) => Reflect.get(one, key) === Reflect.get(record, key));
        const lost = wrote === undefined ? [] : differences(wrote, record);
        return lost.filter(({ field }) => {
          const isTold = told.some(
            (one) => field === one || field.startsWith(`${one}.`) || field.startsWith(`${one}[`),
          );
          return (
            !isTold && !result.issues.some((issue) => issue.includes(` ${field.replaceAll("[]", "[")}`.split("[")[0]!))
          );
        });
      });
      expect(silent).toEqual([]);
    });
  });

  it("are found invalid when they are broken", async () => {
    const written = await Promise.all(documents.map(({ sample }) => documentResult(sample, preset)));
    const texts = written.flatMap((result) => result.documents.map(textOf));
    const kinds = grouped(texts, ruleFor);
    for (const [rule, some] of kinds) {
      if (!schemaAvailable(rule.schema) || (rule.rules !== undefined && !rulesAvailable(rule.rules))) continue;
      for (const [pattern, replacement] of rule.broken) {
        const broken = some
          .map((text) => text.replace(pattern, replacement))
          .filter((text, index) => text !== some[index]);
        expect(broken.length, `${rule.schema} ${pattern.source}`).toBeGreaterThan(0);
        expect(await judgeDocuments(broken.slice(0, 1)), `${rule.schema} ${pattern.source}`).not.toEqual([]);
      }
    }
  }, 120_000);
});

async function readBack(
  documents: readonly Uint8Array[],
  preset: Preset,
  kind: "orders" | "invoices",
  given: Readonly<Record<string, string>> = {},
): Promise<{ readonly records: object[]; readonly issues: string[] }> {
  const { mapping, encoding } = importFeed(preset, kind)!;
  const parameters = Object.fromEntries(Object.entries(given).filter(([name]) => name in (mapping.parameters ?? {})));
  const compiled = compileMapping(mapping, { parameters });
  const records: object[] = [];
  const issues: string[] = [];
  for (const document of documents)
    for await (const item of readRecords<object>(document, compiled, { presetEncoding: encoding })) {
      if (item.ok) records.push(item.record);
      issues.push(
        ...item.issues
          .filter(({ severity }) => severity === "error")
          .map(({ message, field }) => `${field ?? ""}: ${message}`),
      );
    }
  return { records, issues };
}
