/** The page of a preset, and the list of all of them. */
import { readFileSync } from "node:fs";
import { type ImportFeed, type Maturity, type Preset, readRecords } from "../../src/index.ts";
import { type SampleFolder, sampleResult } from "../../src/testing/index.ts";
import { exportSection } from "./export.ts";
import { importTable } from "./fields.ts";
import { coverageText, linkOf, loadSamples, orderCoverage, orderSamples, readRow } from "./samples.ts";
import { code, maturities, paths, rulesOf, table } from "./words.ts";

export function indexPage(presets: readonly Preset[]): string {
  const rows = presets.map(({ id, title, maturity, feeds }) => {
    const reads = Object.entries(feeds).flatMap(([name, feed]) =>
      feed.direction === "import" ? [[name, maturity] as const] : [],
    );
    const writes = Object.entries(feeds).flatMap(([name, feed]) =>
      feed.direction === "export" ? [[name, feed.maturity ?? maturity] as const] : [],
    );
    return [`[${title}](${id}.md)`, code(id), byMaturity(reads), byMaturity(writes)];
  });
  return `# Presets

${table(["Platform", "Id", "Reads", "Writes, and reads back"], rows)}

How sure a feed is: ${Object.entries(maturities)
    .map(([name, meaning]) => `_${name}_, ${meaning.replace(/^a draft: /, "")}`)
    .join("; ")}.

Each page is generated from the preset and its samples by \`npm run presets\`.
`;
}

/** `orders, invoices (verified); products (draft)` */
function byMaturity(feeds: readonly (readonly [name: string, maturity: Maturity])[]): string {
  const groups = new Map<Maturity, string[]>();
  for (const [name, maturity] of feeds) groups.set(maturity, [...(groups.get(maturity) ?? []), name]);
  return [...groups].map(([maturity, names]) => `${names.join(", ")} (${maturity})`).join("; ");
}

export async function presetPage(preset: Preset): Promise<string> {
  const { id, title, maturity, provenance, limitations = [], feeds } = preset;
  const notes = readFileSync(new URL(`../../presets/${id}/notes.md`, import.meta.url), "utf8").replace(/^# .*\n+/, "");
  const sources = provenance.map(
    ({ title: name, url, date }) => `- ${url === undefined ? name : `[${name}](${url})`}, read ${date}`,
  );
  const samples = loadSamples(id);
  const sections: string[] = [];
  for (const [name, feed] of Object.entries(feeds))
    sections.push(
      feed.direction === "import" ? importSection(name, feed) : await exportSection(name, feed, preset, samples),
    );
  return `# ${title}

Preset \`${id}\`: ${maturities[maturity]}.

${notes}

## What it rests on

${sources.length === 0 ? "Nothing public." : sources.join("\n")}

## What is not known or not possible

${limitations.map((text) => `- ${text}`).join("\n")}

${parameterSection(preset)}

${sections.join("\n\n")}

${await orderSection(preset, samples)}
`;
}

/** One row for each parameter; one that is not the same in all feeds says where it holds. */
function parameterSection({ feeds }: Preset): string {
  const rows = new Map<string, { readonly cells: readonly string[]; readonly feeds: string[] }>();
  for (const [feed, { mapping }] of Object.entries(feeds))
    for (const [name, { title, description, default: value, values }] of Object.entries(mapping.parameters ?? {})) {
      const cells = [
        code(name),
        title + (description === undefined ? "" : `. ${description}`),
        value === "" ? "none" : code(value),
        values?.map(code).join(", ") ?? "any",
      ];
      const key = JSON.stringify(cells);
      const row = rows.get(key) ?? { cells, feeds: [] };
      rows.set(key, row);
      row.feeds.push(feed);
    }
  if (rows.size === 0) return "";
  const all = [...rows.values()];
  const head = ["Name", "What", "Default", "Values"];
  const differ = all.some((row) => row.feeds.length < Object.keys(feeds).length);
  return `## Parameters\n\n${
    differ
      ? table(
          [...head, "Feeds"],
          all.map((row) => [...row.cells, row.feeds.join(", ")]),
        )
      : table(
          head,
          all.map(({ cells }) => cells),
        )
  }`;
}

function importSection(name: string, { title, mapping }: ImportFeed): string {
  const facts = [
    `Records: ${paths(mapping.record)}${mapping.ignoreCase === true ? "; names in any letter case" : ""}.`,
    ...rulesOf(mapping),
  ];
  return `## Feed \`${name}\`: ${title}

${facts.map((fact) => `- ${fact}`).join("\n")}

Of several places the first one that holds text counts.

${importTable(mapping)}`;
}

async function orderSection(preset: Preset, folder: SampleFolder): Promise<string> {
  const samples = orderSamples(folder);
  const main = samples.find(({ name }) => name === "orders") ?? samples[0];
  const [feed] = Object.values(preset.feeds);
  if (main === undefined || feed?.direction !== "import") return "";
  const link = linkOf(preset);
  const rows = await Promise.all(samples.map((sample) => readRow(sample, preset, link)));
  const { feed: _feed, ...options } = main.options;
  const result = await sampleResult(main.bytes, preset, options);
  const [record] = result.orders ?? result.invoices ?? [];
  return `## Samples of orders

${table(["Sample", "Read with", "Orders", "Issues"], rows)}

The first order of ${link(main.file)}:

\`\`\`xml
${await firstRecord(feed, main.bytes)}
\`\`\`

gives

\`\`\`json
${JSON.stringify(record, null, 2)}
\`\`\`

${coverageText(await orderCoverage(preset, samples), true)}
`;
}

async function firstRecord({ mapping }: ImportFeed, bytes: Uint8Array): Promise<string> {
  for await (const { source } of readRecords(bytes, mapping)) return source.raw();
  return "";
}
