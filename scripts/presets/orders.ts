/** What samples of orders and invoices that are read show, for the page of a preset. */
import { importFeed, type ImportFeed, type Preset, readRecords } from "../../src/index.ts";
import { type ReadSample, type SampleFolder, sampleResult } from "../../src/testing/index.ts";
import { coverageText, json, linkOf, orderCoverage, orderSamples, readRow } from "./samples.ts";
import { joined, sentence, table } from "./words.ts";

export async function orderSection(preset: Preset, folder: SampleFolder): Promise<string> {
  const samples = orderSamples(folder);
  const kinds = (["orders", "invoices"] as const).filter((records) => importFeed(preset, records) !== undefined);
  if (samples.length === 0 || kinds.length === 0) return "";
  const link = linkOf(preset);
  const rows = await Promise.all(samples.map((sample) => readRow(sample, preset, link)));
  return joined(
    [
      `## Samples of ${kinds.join(" and ")} that are read`,
      table(["Sample", "Read with", sentence(kinds.join(" and ")), "Issues"], rows),
      await exampleOf(preset, samples),
      coverageText(await orderCoverage(preset, samples), true),
    ],
    "\n\n",
  );
}

/** A record as it stands in the file, and what is read of it: of the plainest sample. */
async function exampleOf(preset: Preset, samples: readonly ReadSample[]): Promise<string> {
  const records = importFeed(preset, "orders") === undefined ? "invoices" : "orders";
  const feed = importFeed(preset, records);
  if (feed === undefined) return "";
  const ranked = await Promise.all(
    samples.map(async (sample) => {
      const { feed: _feed, ...options } = sample.options;
      const { [records]: found = [], issues } = await sampleResult(sample.bytes, preset, options);
      const hasSettings = Object.keys(options).some((name) => name !== "file");
      const [record] = found;
      // With something to look at, and neither a credit note nor a proforma.
      const isPlain =
        record?.customer !== undefined &&
        record.lines.length > 1 &&
        (!("documentType" in record) || record.documentType === "invoice");
      const rank = (issues.length > 0 ? 4 : 0) + (hasSettings ? 2 : 0) + (isPlain ? 0 : 1);
      return { sample, record, rank: sample.name === records ? -1 : rank };
    }),
  );
  for (const { sample, record } of ranked.sort((a, b) => a.rank - b.rank)) {
    const source = record === undefined ? undefined : await sourceOf(record, feed, sample);
    if (record === undefined || source === undefined) continue;
    return `The first ${records.slice(0, -1)} of ${linkOf(preset)(sample.file)}:

\`\`\`xml
${source}
\`\`\`

gives

\`\`\`json
${await json(record)}
\`\`\``;
  }
  return "";
}

/** The element that became this record. */
async function sourceOf(
  record: object,
  { mapping, encoding, records }: ImportFeed,
  { bytes, options }: ReadSample,
): Promise<string | undefined> {
  const key = records === "orders" ? "number" : "invoiceNumber";
  const stream = readRecords(bytes, mapping, { ...options, presetEncoding: encoding });
  for await (const { record: found, source } of stream)
    if (Reflect.get(found ?? {}, key) === Reflect.get(record, key)) return source.raw();
  return undefined;
}
