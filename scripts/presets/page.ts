/** The page of a preset, and the list of all of them. */
import { readFileSync } from "node:fs";
import type { Feed, Maturity, Preset, Situation } from "../../src/index.ts";
import { documentSection } from "./documents.ts";
import { exportSection } from "./export.ts";
import { importSection } from "./import.ts";
import { orderSection } from "./orders.ts";
import { parameterSection } from "./parameters.ts";
import { loadSamples } from "./samples.ts";
import { bullets, code, maturities, sentence, table } from "./words.ts";

const situations: Readonly<Record<Situation, string>> = {
  company: "a customer that is a company",
  privatePerson: "a customer that is a private person",
  czech: "a Czech customer",
  slovak: "a Slovak customer",
  twoRates: "two VAT rates in one order",
  discount: "a discount",
  freeShipping: "free shipping",
  paidShipping: "shipping that is paid",
  cashOnDelivery: "a fee for cash on delivery",
  rounding: "rounding",
  foreignCurrency: "another currency",
  cancelled: "a cancelled order",
  oneLine: "an order of one line",
  manyLines: "an order of many lines",
  missingBlocks: "an order without a phone and notes",
  windows1250: "a file in windows-1250",
};

export function indexPage(presets: readonly Preset[]): string {
  const rows = presets.map((preset) => {
    const { id, title } = preset;
    return [`[${title}](${id}.md)`, code(id), byMaturity(preset, isRead), byMaturity(preset, isWritten)];
  });
  return `# Presets

${table(["Platform", "Id", "Reads", "Writes"], rows)}

How sure a feed is: ${Object.entries(maturities)
    .map(([name, meaning]) => `_${name}_, ${meaning.replace(/^a draft: /, "")}`)
    .join("; ")}. Files of products and stock that are written can be read back too.

Each page is generated from the preset and its samples by \`npm run presets\`.
`;
}

function isRead(feed: Feed): boolean {
  return feed.direction === "import";
}

function isWritten(feed: Feed): boolean {
  return feed.direction === "export" || feed.write !== undefined;
}

/** `orders, invoices (verified); products (draft)` */
function byMaturity({ feeds, maturity }: Preset, counts: (feed: Feed) => boolean): string {
  const groups = new Map<Maturity, string[]>();
  for (const [name, feed] of Object.entries(feeds)) {
    if (!counts(feed)) continue;
    const own = (feed.direction === "export" ? feed.maturity : undefined) ?? maturity;
    groups.set(own, [...(groups.get(own) ?? []), name]);
  }
  return [...groups].map(([name, feeds]) => `${feeds.join(", ")} (${name})`).join("; ");
}

export async function presetPage(preset: Preset): Promise<string> {
  const { id, title, maturity, provenance, limitations = [], feeds } = preset;
  const sources = provenance.map(
    ({ title: name, url, date }) => `${url === undefined ? name : `[${name}](${url})`}, read ${date}`,
  );
  const samples = loadSamples(id);
  const sections: string[] = [];
  for (const [name, feed] of Object.entries(feeds))
    sections.push(
      feed.direction === "import" ? importSection(name, feed) : await exportSection(name, feed, preset, samples),
    );
  return `# ${title}

Preset \`${id}\`: ${maturities[maturity]}. [Poznámky česky](#česky).

${englishNotes(id)}

## What it rests on

${sources.length === 0 ? "Nothing public." : bullets(sources)}

## What is not known or not possible

${bullets(limitations)}

${withoutSection(preset)}

${parameterSection(preset)}

${sections.join("\n\n")}

${await orderSection(preset, samples)}

${await documentSection(preset, samples)}

${czechNotes(id)}
`;
}

/** Situations that the files of a preset cannot show. */
function withoutSection({ without = {} }: Preset): string {
  const lines = Object.entries(without).map(
    ([situation, reason]) => `${sentence(situations[situation as Situation])} (${code(situation)}): ${reason}`,
  );
  return lines.length === 0 ? "" : `## What its files cannot show\n\n${bullets(lines)}`;
}

function englishNotes(id: string): string {
  return withoutTitle(id, "notes.md");
}

/** The Czech notes as a section, their headings one level down. */
function czechNotes(id: string): string {
  return `## Česky\n\n${lowered(withoutTitle(id, "notes.cs.md"))}`;
}

function withoutTitle(id: string, file: string): string {
  return readFileSync(new URL(`../../presets/${id}/${file}`, import.meta.url), "utf8").replace(/^# .*\n+/, "");
}

function lowered(notes: string): string {
  let isCode = false;
  return notes
    .split("\n")
    .map((line) => {
      if (/^\s*```/.test(line)) isCode = !isCode;
      return !isCode && /^#{1,5} /.test(line) ? `#${line}` : line;
    })
    .join("\n");
}
