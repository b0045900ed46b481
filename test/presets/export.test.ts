import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import {
  exportFeed,
  type ExportOptions,
  formatIssue,
  type Product,
  productSchema,
  writeProductDocuments,
  writeProducts,
} from "../../src/index.ts";

const root = new URL("../../presets/", import.meta.url);

/** What stands beside an expected file. */
interface Sample {
  readonly feed: string;
  readonly options?: ExportOptions;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly products: readonly Product[];
}

function samplesOf(id: string): { readonly name: string; readonly sample: Sample; readonly expected: URL }[] {
  const folder = new URL(`${id}/samples/`, root);
  const files = readdirSync(folder);
  return files
    .filter((file) => file.endsWith(".input.json"))
    .map((file) => {
      const name = file.slice(0, -".input.json".length);
      const expected = files.find((one) => /^\.expected\.(?:xml|csv)$/.test(one.slice(name.length)) && one.startsWith(name));
      return {
        name,
        sample: JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Sample,
        expected: new URL(expected ?? `${name}.expected.xml`, folder),
      };
    });
}

/** Bytes as a text that a file of the same bytes would give. */
async function bytesOf(id: string, { feed, products, ...options }: Sample): Promise<{ bytes: Buffer; issues: string[] }> {
  const preset = presets[id as keyof typeof presets];
  const source = exportFeed(preset, feed);
  const chunks: Uint8Array[] = [];
  if (source.mapping.document?.perRecord === true) {
    const documents = writeProductDocuments(products, source, options);
    for await (const { bytes } of documents) chunks.push(bytes);
    return { bytes: Buffer.concat(chunks), issues: documents.report.issues.map(formatIssue) };
  }
  const stream = writeProducts(products, source, options);
  for await (const chunk of stream) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), issues: stream.report.issues.map(formatIssue) };
}

describe.each(Object.keys(presets).filter((id) => samplesOf(id).length > 0))("preset %s", (id) => {
  it.each(samplesOf(id))("writes $name as it stands beside it", async ({ sample, expected }) => {
    for (const product of sample.products) expect(productSchema.safeParse(product).error).toBeUndefined();
    const { bytes } = await bytesOf(id, sample);
    const latin = bytes.toString("latin1");
    expect(latin).toBe(readFileSync(expected, "latin1"));
  });
});
