/** What the samples of a preset show, for its page. */
import { format } from "prettier";
import { check } from "../../src/check.ts";
import { type ExportFeed, type Paths, type Preset, readRecords } from "../../src/index.ts";
import { counted } from "../../src/feed/columns.ts";
import { filledFields } from "../../src/mapping/check/coverage.ts";
import {
  exportResult,
  type ReadSample,
  type SampleFolder,
  sampleResult,
  samplesIn,
  type WriteSample,
} from "../../src/testing/index.ts";
import { filledByReading } from "./fields.ts";
import { list } from "./words.ts";

export function loadSamples(id: string): SampleFolder {
  return samplesIn(new URL(`../../presets/${id}/samples/`, import.meta.url));
}

/** Samples of the feeds of orders and invoices. */
export function orderSamples({ reads }: SampleFolder): readonly ReadSample[] {
  return reads.filter(({ options }) => options.feed === undefined);
}

/** A row of the table of samples that are read: file, settings, counts, codes of issues. */
export async function readRow({ file, bytes, options }: ReadSample, preset: Preset, link: Link): Promise<string[]> {
  const { feed: _feed, file: _file, parameters = {}, inputs = {}, ...rest } = options;
  const { issues, report } = await sampleResult(bytes, preset, options);
  const counts = `${report.good} good, ${report.bad} bad, ${report.skipped} skipped`;
  const given = Object.keys(inputs);
  const all = { ...parameters, ...rest, ...(given.length > 0 && { inputs: given.join("+") }) };
  return [link(file), settings(all), counts, codes(issues)];
}

/** A row of the table of samples that are written. */
export async function writeRow({ file, sample, expected }: WriteSample, preset: Preset, link: Link): Promise<string[]> {
  const { issues, report } = await exportResult(sample, preset);
  const { parameters = {}, options = {} } = sample;
  const counts = [
    counted(report.products, "product"),
    ...(report.leftOut === 0 ? [] : [`${report.leftOut} left out`]),
    ...(report.refused === 0 ? [] : [`${report.refused} refused`]),
    ...(report.rejected === 0 ? [] : [`${report.rejected} rejected`]),
    ...(report.skipped === 0 ? [] : [`${report.skipped} skipped`]),
    `${counted(report.written, "record")} written`,
  ];
  const result = expected === undefined ? "" : ` → ${link(fileName(expected))}`;
  return [link(file) + result, settings({ ...parameters, ...options }), counts.join(", "), codes(issues)];
}

export type Link = (file: string) => string;

/** Links to files beside the samples, from the pages. */
export function linkOf({ id }: Preset): Link {
  return (file) => `[${file}](../../presets/${id}/samples/${file})`;
}

export function fileName(url: URL): string {
  return decodeURIComponent(url.pathname.slice(url.pathname.lastIndexOf("/") + 1));
}

/** Longest value of a setting that fits into a row. */
const LONG = 60;

export function settings(all: object): string {
  return Object.entries(all)
    .map(([key, value]) => {
      const text = typeof value === "string" ? value : JSON.stringify(value);
      return text.length > LONG ? key : `${key}=${text}`;
    })
    .join(", ");
}

export async function json(value: object): Promise<string> {
  return (await format(JSON.stringify(value), { parser: "json", printWidth: 100 })).trimEnd();
}

export function codes(issues: readonly string[]): string {
  return [...new Set(issues.map((line) => /\b[A-Z]+_[A-Z_]+\b/.exec(line)?.[0]))].join(", ");
}

/** A product, and the file that it becomes: of the sample that bears the name of its feed, or of one without issues. */
export async function exampleOf(
  writes: readonly WriteSample[],
  preset: Preset,
): Promise<{ readonly sample: WriteSample; readonly product: object; readonly text: string } | undefined> {
  const ranked = await Promise.all(
    writes.map(async (write) => {
      const bearsName = write.name.replaceAll("-", "") === write.sample.feed.toLowerCase();
      const { issues } = await exportResult(write.sample, preset);
      return { write, rank: bearsName ? 0 : issues.length === 0 ? 1 : 2 };
    }),
  );
  for (const { write } of ranked.sort((a, b) => a.rank - b.rank))
    for (const product of write.sample.products) {
      const { bytes, report } = await exportResult({ ...write.sample, products: [product] }, preset);
      if (report.written === 0) continue;
      const text = new TextDecoder(encodingOf(write, preset)).decode(bytes);
      return { sample: write, product, text };
    }
  return undefined;
}

function encodingOf({ sample }: WriteSample, { feeds }: Preset): string {
  const feed = feeds[sample.feed];
  return sample.encoding ?? (feed?.direction === "export" ? feed.encoding : undefined) ?? "utf-8";
}

export interface SampleCoverage {
  /** Places of the samples that nothing reads. */
  readonly unread: readonly string[];
  /** Mapped fields that no sample fills; of several feeds, `feed: field`. */
  readonly neverFilled: readonly string[];
}

/** What the feeds of orders and invoices make of their samples. */
export async function orderCoverage({ feeds }: Preset, samples: readonly ReadSample[]): Promise<SampleCoverage> {
  const unread = new Set<string>();
  const neverFilled = new Map<string, Set<string>>();
  const imports = Object.entries(feeds).filter(([, { direction }]) => direction === "import");
  for (const { bytes, options } of samples) {
    let places: ReadonlySet<string> | undefined;
    for (const [name, { mapping }] of imports) {
      const result = await check(mapping, bytes, options);
      const missed = new Set(result.unread.map(({ path }) => path));
      places = places === undefined ? missed : new Set([...places].filter((path) => missed.has(path)));
      if (result.report === undefined || result.report.good + result.report.bad === 0) continue;
      const before = neverFilled.get(name);
      neverFilled.set(name, new Set(result.neverFilled.filter((field) => before === undefined || before.has(field))));
    }
    for (const path of places ?? []) unread.add(path);
  }
  const fields = [...neverFilled].flatMap(([feed, names]) => [...names].map((name) => `${feed}: ${name}`));
  return { unread: [...unread].sort(), neverFilled: fields };
}

/** What one feed of products or stock makes of its samples, those that it writes read back. */
export async function exportCoverage(
  preset: Preset,
  { mapping, encoding }: ExportFeed,
  { reads, writes }: Pick<SampleFolder, "reads" | "writes">,
): Promise<SampleCoverage> {
  const unread = new Set<string>();
  const filled = new Set<string>();
  for (const { bytes, options } of reads) {
    // A table has no structure to look into: columns that are not mapped are left out when it is read.
    if (mapping.csv === undefined)
      for (const { path } of (await check(mapping, bytes, options)).unread) unread.add(path);
    for await (const { record } of readRecords(bytes, mapping, { presetEncoding: encoding, ...options }))
      filledFields(record, "", filled);
  }
  for (const { sample } of writes)
    for (const document of (await exportResult(sample, preset)).documents)
      for await (const { record } of readRecords(document, mapping, {
        presetEncoding: sample.encoding ?? encoding,
        parameters: sample.parameters,
      }))
        filledFields(record, "", filled);
  const fixed = new Set(Object.keys(mapping.document?.fixed ?? {}).map((path) => absolute(path, mapping.record)));
  return {
    unread: [...unread].filter((path) => !fixed.has(path)).sort(),
    neverFilled: filledByReading(mapping).filter((field) => !filled.has(field)),
  };
}

function absolute(path: string, record: Paths): string {
  return path.startsWith("/") ? path : `${[record].flat()[0] ?? ""}/${path}`;
}

export function coverageText({ unread, neverFilled }: SampleCoverage, withUnread: boolean): string {
  const filled = `Mapped, but filled by no sample: ${list(neverFilled)}.`;
  return withUnread ? `In the samples but read by nothing: ${list(unread)}.\n\n${filled}` : filled;
}
