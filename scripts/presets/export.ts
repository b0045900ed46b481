/** The part of a preset's page about a feed that is written. */
import type { ExportFeed, Preset } from "../../src/index.ts";
import type { SampleFolder } from "../../src/testing/index.ts";
import { fixedTexts, namespacesOf, rulesOf } from "./facts.ts";
import { fieldTable } from "./fields.ts";
import { indented } from "./indent.ts";
import { offerInWords } from "./options.ts";
import { coverageText, exampleOf, exportCoverage, json, linkOf, readRow, writeRow } from "./samples.ts";
import { bullets, code, list, maturities, paths, table } from "./words.ts";

/** The section of one feed that shops import. */
export async function exportSection(
  name: string,
  feed: ExportFeed,
  preset: Preset,
  { reads, writes }: SampleFolder,
): Promise<string> {
  const own = {
    reads: reads.filter(({ options }) => options.feed === name),
    writes: writes.filter(({ sample }) => sample.feed === name),
  };
  return `## Feed \`${name}\`: ${feed.title}

${bullets(factsOf(feed, preset))}

What does not fit or is too long keeps its record out of the file, unless the table says otherwise. Paths within a list
start at its element.

${fieldTable(feed.mapping, "both")}

${await exportSamples(feed, preset, own)}`;
}

function factsOf(feed: ExportFeed, preset: Preset): readonly string[] {
  const { mapping, encoding = "utf-8", fileName, limits, options, maturity = preset.maturity } = feed;
  const bounds = [
    ...(limits?.maxItems === undefined ? [] : [`${limits.maxItems} records`]),
    ...(limits?.maxVariants === undefined ? [] : [`${limits.maxVariants} variants of one product`]),
  ];
  const offer = offerInWords(options);
  return [
    `Written, and read from files like it: ${maturities[maturity]}.`,
    recordsInWords(feed),
    `${fileName === undefined ? "" : `File ${code(fileName)}, `}encoding ${encoding}.`,
    ...(bounds.length === 0 ? [] : [`At most ${bounds.join(" and ")} in one file.`]),
    ...(offer.length === 0 ? [] : [`Unless you say otherwise: ${offer.join("; ")}.`]),
    ...fixedTexts(mapping),
    ...namespacesOf(mapping),
    ...rulesOf(mapping),
  ];
}

function recordsInWords({ mapping: { record, document, csv }, records }: ExportFeed): string {
  const one = records === "products" ? "product" : "product or variant that has stock";
  if (csv !== undefined) {
    const titles = list(Object.values(csv.columns));
    return `One row for each ${one}; columns, divided by ${code(csv.separator ?? ";")}: ${titles}.`;
  }
  const [place = "", ...others] = [record].flat();
  const read = others.length === 0 ? "" : `; read from ${paths(others)} too`;
  return document?.perRecord === true
    ? `One document for each ${one}, with ${code(place)}${read}.`
    : `One ${code(place)} for each ${one}${read}.`;
}

async function exportSamples(
  feed: ExportFeed,
  preset: Preset,
  samples: Pick<SampleFolder, "reads" | "writes">,
): Promise<string> {
  const link = linkOf(preset);
  const { reads, writes } = samples;
  if (reads.length + writes.length === 0) return "";
  const parts: string[] = [];
  if (writes.length > 0) {
    const rows = await Promise.all(writes.map((write) => writeRow(write, preset, link)));
    parts.push(table(["Written", "With", "Records", "Issues"], rows));
  }
  if (reads.length > 0) {
    const rows = await Promise.all(reads.map((read) => readRow(read, preset, link)));
    parts.push(table(["Read", "With", "Records", "Issues"], rows));
  }
  const example = await exampleOf(writes, preset);
  if (example !== undefined) {
    const { sample, product, text } = example;
    const isTable = feed.mapping.csv !== undefined;
    parts.push(`A product of ${link(sample.file)}

\`\`\`json
${await json(product)}
\`\`\`

becomes${isTable ? "" : ", with line breaks added,"}

\`\`\`${isTable ? "csv" : "xml"}
${isTable ? text.replaceAll("\r\n", "\n").trimEnd() : indented(text)}
\`\`\``);
  }
  parts.push(coverageText(await exportCoverage(preset, feed, samples), reads.length > 0));
  return parts.join("\n\n");
}
