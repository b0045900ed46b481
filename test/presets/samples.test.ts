import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import { DefinitionError, type Product } from "../../src/index.ts";
import { exportResult, sampleResult, samplesIn } from "../../src/testing/index.ts";

const { shoptet, prestashop, heureka } = presets;
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe("samplesIn", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "propojka samples "));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const put = (file: string, content = "{}"): void => {
    writeFileSync(join(folder, file), content);
  };
  const nameOf = (url: URL | undefined): string | undefined =>
    url && decodeURIComponent(url.pathname.split("/").at(-1) ?? "");

  it("pairs what is read with its options and its result", () => {
    put("orders.xml", "<ORDERS/>");
    put("orders.options.json", '{ "feed": "stock", "file": "other.xml" }');
    put("orders.expected.json");
    put("rows 1.csv", "code");
    const { reads, writes, strays } = samplesIn(folder);
    expect(writes).toEqual([]);
    expect(strays).toEqual([]);
    expect(
      reads.map(({ expected, bytes, ...rest }) => ({ ...rest, text: text(bytes), expected: nameOf(expected) })),
    ).toEqual([
      {
        name: "orders",
        file: "orders.xml",
        text: "<ORDERS/>",
        options: { feed: "stock", file: "orders.xml" },
        expected: "orders.expected.json",
      },
      {
        name: "rows 1",
        file: "rows 1.csv",
        text: "code",
        options: { file: "rows 1.csv" },
        expected: "rows 1.expected.json",
      },
    ]);
  });

  it("pairs what is written with its result, which is no file to be read", () => {
    put("a.input.json", '{ "feed": "stock", "products": [] }');
    put("a.expected.csv");
    put("b.input.json");
    const { reads, writes, strays } = samplesIn(pathToFileURL(folder));
    expect(reads).toEqual([]);
    expect(strays).toEqual([]);
    expect(writes.map(({ name, file, sample, expected }) => [name, file, sample, nameOf(expected)])).toEqual([
      ["a", "a.input.json", { feed: "stock", products: [] }, "a.expected.csv"],
      ["b", "b.input.json", {}, undefined],
    ]);
  });

  it("names files that belong to none", () => {
    const strays = ["a.expected.json", "a.expected.xml", "a.options.json", "notes.txt"];
    for (const file of strays) put(file);
    put("b.xml");
    put("b.expected.json");
    put("b.expected.expected.json");
    expect(samplesIn(`${folder}/`).strays).toEqual([...strays, "b.expected.expected.json"].sort());
  });

  it("refuses JSON that is none", () => {
    put("a.input.json", "{");
    expect(() => samplesIn(folder)).toThrow(SyntaxError);
  });
});

const mug: Product = { code: "HRN-01", externalId: "7", stock: { externalId: "70", quantity: "3" } };

describe("exportResult", () => {
  it("gives the file, what is wrong, and counts", async () => {
    const products: Product[] = [mug, { code: "x".repeat(65), stock: { quantity: "1" } }, { code: "A", sold: false }];
    const options = { select: { sold: true } };
    const { bytes, documents, issues, report } = await exportResult({ feed: "stock", products, options }, shoptet!);
    expect(documents).toEqual([bytes]);
    expect(text(bytes)).toContain("<CODE>HRN-01</CODE><STOCK><AMOUNT>3</AMOUNT></STOCK>");
    expect(issues).toEqual([expect.stringContaining("FIELD_TOO_LONG code")]);
    expect(report).toEqual({
      products: 3,
      offered: 2,
      leftOut: 1,
      refused: 0,
      read: 2,
      written: 1,
      rejected: 1,
      skipped: 0,
    });
  });

  it("puts the documents of a feed with one for each record one after the other", async () => {
    const products: Product[] = [mug, { ...mug, code: "HRN-02", stock: { externalId: "71", quantity: "4" } }];
    const { bytes, documents } = await exportResult({ feed: "stock", products }, prestashop!);
    expect(documents).toHaveLength(2);
    expect(text(bytes)).toBe(documents.map(text).join(""));
    expect(text(documents[1]!)).toContain("<id><![CDATA[71]]></id>");
  });

  it("says which feeds there are", async () => {
    await expect(exportResult({ feed: "orders", products: [] }, shoptet!)).rejects.toThrow(DefinitionError);
  });
});

describe("sampleResult with a feed", () => {
  it("gives products, or levels of stock", async () => {
    const { bytes } = await exportResult({ feed: "stock", products: [mug] }, shoptet!);
    expect(await sampleResult(bytes, shoptet!, { feed: "stock" })).toEqual({
      products: [expect.objectContaining({ code: "HRN-01", stock: { quantity: "3" } })],
      issues: [],
      report: { read: 1, good: 1, bad: 0, skipped: 0 },
    });
    const levels = await exportResult({ feed: "availability", products: [mug] }, heureka!);
    expect(await sampleResult(levels.bytes, heureka!, { feed: "availability" })).toEqual({
      stockLevels: [{ code: "HRN-01", quantity: "3" }],
      issues: [],
      report: { read: 1, good: 1, bad: 0, skipped: 0 },
    });
  });

  it("says which feeds there are", async () => {
    await expect(sampleResult("<SHOP/>", shoptet!, { feed: "nothing" })).rejects.toThrow(/stock/);
  });
});
