import { type MappingData, type OutputEncoding, parseMapping, writeRecords } from "propojka";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge } from "../../xml/oracle.ts";
import { readAll } from "../reading.ts";
import { generated, held } from "./generated.ts";

const encoding = fc.constantFrom<OutputEncoding>("utf-8", "windows-1250", "iso-8859-2", "iso-8859-15");

async function written(
  records: readonly object[],
  mapping: MappingData,
  encoding: OutputEncoding,
): Promise<Uint8Array> {
  const stream = writeRecords(records, mapping, { encoding });
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  expect(stream.report).toMatchObject({ written: records.length, rejected: 0, issues: [], unwritten: {} });
  return Buffer.concat(chunks);
}

describe("what is written", () => {
  it("is read back by the same mapping, and is XML to another parser", async () => {
    await fc.assert(
      fc.asyncProperty(generated, encoding, async ({ mapping, records }, to) => {
        const bytes = await written(records, mapping, to);
        const { accepted, complaint } = judge(new TextDecoder(to).decode(bytes));
        expect(complaint).toBeUndefined();
        expect(accepted).toBe(true);
        const read = await readAll(bytes, mapping);
        expect(read.issues).toEqual([]);
        expect(read.records.map(held)).toEqual(records.map(held));
      }),
      { numRuns: 400 },
    );
  });

  it("is the same by a mapping that went through JSON", async () => {
    await fc.assert(
      fc.asyncProperty(generated, async ({ mapping, records }) => {
        const json = parseMapping(JSON.parse(JSON.stringify(mapping)));
        const bytes = await written(records, mapping, "utf-8");
        expect(Buffer.compare(await written(records, json, "utf-8"), bytes)).toBe(0);
        const read = await readAll(bytes, json);
        expect(read.records.map(held)).toEqual(records.map(held));
      }),
      { numRuns: 100 },
    );
  });
});
