/** What samples of orders and invoices that are written show, for the page of a preset. */
import { counted } from "../../src/feed/columns.ts";
import type { Preset } from "../../src/index.ts";
import {
  documentResult,
  type DocumentSample,
  type InvoicesSample,
  type OrdersSample,
  type SampleFolder,
} from "../../src/testing/index.ts";
import { indented } from "./indent.ts";
import { codes, fileName, json, type Link, linkOf, settings } from "./samples.ts";
import { code, joined, table } from "./words.ts";

type Kind = "orders" | "invoices";

export async function documentSection(preset: Preset, { documents }: SampleFolder): Promise<string> {
  if (documents.length === 0) return "";
  const link = linkOf(preset);
  const rows = await Promise.all(documents.map((document) => documentRow(document, preset, link)));
  const examples: string[] = [];
  for (const kind of ["orders", "invoices"] as const)
    examples.push(
      await exampleOf(
        kind,
        documents.filter(({ sample }) => kind in sample),
        preset,
        link,
      ),
    );
  return joined(
    [
      "## Samples of documents that are written",
      table(["Written", "With", "Records", "Lost", "Issues"], rows),
      ...examples,
    ],
    "\n\n",
  );
}

async function documentRow(
  { file, sample, expected }: DocumentSample,
  preset: Preset,
  link: Link,
): Promise<readonly string[]> {
  const { issues, report } = await documentResult(sample, preset);
  const { parameters = {}, options = {} } = sample;
  const counts = [
    counted(report.read, "orders" in sample ? "order" : "invoice"),
    ...(report.rejected === 0 ? [] : [`${report.rejected} rejected`]),
    ...(report.skipped === 0 ? [] : [`${report.skipped} skipped`]),
    `${report.written} written`,
  ];
  const lost = new Set([...Object.keys(report.lost), ...Object.keys(report.unwritten)]);
  const result = expected === undefined ? "" : ` → ${link(fileName(expected))}`;
  return [
    link(file) + result,
    settings({ ...parameters, ...options }),
    counts.join(", "),
    [...lost].map(code).join(", "),
    codes(issues),
  ];
}

/** A record and the document that it becomes: of the sample that is named after its kind, or of one without issues. */
async function exampleOf(
  kind: Kind,
  documents: readonly DocumentSample[],
  preset: Preset,
  link: Link,
): Promise<string> {
  const ranked = await Promise.all(
    documents.map(async (document) => {
      const isPlain = [`write-${kind}`, `write-${kind.slice(0, -1)}`].includes(document.name);
      const { issues } = await documentResult(document.sample, preset);
      return { document, rank: isPlain ? 0 : issues.length === 0 ? 1 : 2 };
    }),
  );
  for (const { document } of ranked.sort((a, b) => a.rank - b.rank))
    for (const one of singles(document.sample)) {
      const { documents: written, report } = await documentResult(one.sample, preset);
      const [bytes] = written;
      if (report.written === 0 || bytes === undefined) continue;
      return `${kind === "orders" ? "An order" : "An invoice"} of ${link(document.file)}

\`\`\`json
${await json(one.record)}
\`\`\`

becomes, with line breaks added,

\`\`\`xml
${indented(textOf(bytes))}
\`\`\``;
    }
  return "";
}

/** The sample with each of its records alone. */
function singles(
  sample: OrdersSample | InvoicesSample,
): readonly { readonly sample: OrdersSample | InvoicesSample; readonly record: object }[] {
  return "orders" in sample
    ? sample.orders.map((record) => ({ sample: { ...sample, orders: [record] }, record }))
    : sample.invoices.map((record) => ({ sample: { ...sample, invoices: [record] }, record }));
}

function textOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 100)).toString("latin1");
  return new TextDecoder(/encoding="([^"]+)"/.exec(start)?.[1] ?? "utf-8").decode(bytes);
}
