import { existsSync, readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { ExportSample, InvoicesSample, OrdersSample } from "./export.ts";
import type { SampleOptions } from "./sample.ts";

/**
 * A file to be read: `NAME.xml` or `NAME.csv`, with `NAME.options.json` if it is not read with the defaults. Its `inputs`
 * are names of further files in the folder: `{ "inputs": { "addresses": "addresses.xml" } }`.
 */
export interface ReadSample {
  readonly name: string;
  /** Name of the file, also of locations in issues. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly options: SampleOptions;
  /** Where the result stands, `NAME.expected.json`; it need not be there yet. */
  readonly expected: URL;
}

type StatedOptions = Omit<SampleOptions, "inputs"> & { readonly inputs?: Readonly<Record<string, string>> };

/** Products to be written: `NAME.input.json`. */
export interface WriteSample {
  readonly name: string;
  /** Name of the file. */
  readonly file: string;
  readonly sample: ExportSample;
  /** Where the result stands, `NAME.expected.xml` or `NAME.expected.csv`; undefined if there is none. */
  readonly expected: URL | undefined;
}

/** Orders or invoices to be written: `NAME.input.json`. */
export interface DocumentSample extends Omit<WriteSample, "sample"> {
  readonly sample: OrdersSample | InvoicesSample;
}

/** What a folder of samples holds. */
export interface SampleFolder {
  readonly reads: readonly ReadSample[];
  readonly writes: readonly WriteSample[];
  readonly documents: readonly DocumentSample[];
  /** Names of files that belong to no sample. */
  readonly strays: readonly string[];
}

/**
 * The samples of a folder, by the names of its files.
 *
 * @throws Error of the file system, or SyntaxError for JSON that is none.
 */
export function samplesIn(folder: URL | string): SampleFolder {
  const base = folderUrl(folder);
  const files = readdirSync(base).sort();
  const strays = new Set(files);
  const take = (file: string): URL => {
    strays.delete(file);
    return new URL(encodeURIComponent(file), base);
  };

  const writes: WriteSample[] = [];
  const documents: DocumentSample[] = [];
  for (const { name, file } of namesOf(files, /^(.+)\.input\.json$/)) {
    const found = [`${name}.expected.xml`, `${name}.expected.csv`].find((one) => strays.has(one));
    const sample = readJson(take(file)) as WriteSample["sample"] | DocumentSample["sample"];
    const expected = found === undefined ? undefined : take(found);
    if ("orders" in sample || "invoices" in sample) documents.push({ name, file, sample, expected });
    else writes.push({ name, file, sample, expected });
  }
  const named = namesOf([...strays], /^(.+)(?<!\.expected)\.(?:xml|csv)$/).map(({ name, file }) => {
    const options = take(`${name}.options.json`);
    return { name, file, stated: existsSync(options) ? (readJson(options) as StatedOptions) : {} };
  });
  const inputs = new Set(named.flatMap(({ stated }) => Object.values(stated.inputs ?? {})));
  const reads = named
    .filter(({ file }) => !inputs.has(file))
    .map(({ name, file, stated: { inputs: others, ...options } }): ReadSample => {
      const read = (one: string): Uint8Array => readFileSync(take(one));
      const further = Object.entries(others ?? {}).map(([input, other]) => [input, read(other)] as const);
      return {
        name,
        file,
        bytes: read(file),
        options: { ...options, ...(others && { inputs: Object.fromEntries(further) }), file },
        expected: take(`${name}.expected.json`),
      };
    });
  return { reads, writes, documents, strays: [...strays] };
}

function namesOf(files: readonly string[], pattern: RegExp): { readonly name: string; readonly file: string }[] {
  return files.flatMap((file) => {
    const name = pattern.exec(file)?.[1];
    return name === undefined ? [] : [{ name, file }];
  });
}

function folderUrl(folder: URL | string): URL {
  const { href } = typeof folder === "string" ? pathToFileURL(folder) : folder;
  return new URL(href.endsWith("/") ? href : `${href}/`);
}

function readJson(file: URL): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}
