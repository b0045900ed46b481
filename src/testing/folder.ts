import { existsSync, readdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { ExportSample } from "./export.ts";
import type { SampleOptions } from "./sample.ts";

/** A file to be read: `NAME.xml` or `NAME.csv`, with `NAME.options.json` if it is not read with the defaults. */
export interface ReadSample {
  readonly name: string;
  /** Name of the file, also of locations in issues. */
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly options: SampleOptions;
  /** Where the result stands, `NAME.expected.json`; it need not be there yet. */
  readonly expected: URL;
}

/** Products to be written: `NAME.input.json`. */
export interface WriteSample {
  readonly name: string;
  /** Name of the file. */
  readonly file: string;
  readonly sample: ExportSample;
  /** Where the result stands, `NAME.expected.xml` or `NAME.expected.csv`; undefined if there is none. */
  readonly expected: URL | undefined;
}

/** What a folder of samples holds. */
export interface SampleFolder {
  readonly reads: readonly ReadSample[];
  readonly writes: readonly WriteSample[];
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

  const writes = namesOf(files, /^(.+)\.input\.json$/).map(({ name, file }): WriteSample => {
    const expected = [`${name}.expected.xml`, `${name}.expected.csv`].find((one) => strays.has(one));
    const sample = readJson(take(file)) as ExportSample;
    return { name, file, sample, expected: expected === undefined ? undefined : take(expected) };
  });
  const reads = namesOf([...strays], /^(.+)(?<!\.expected)\.(?:xml|csv)$/).map(({ name, file }): ReadSample => {
    const options = take(`${name}.options.json`);
    return {
      name,
      file,
      bytes: readFileSync(take(file)),
      options: { ...(existsSync(options) && (readJson(options) as SampleOptions)), file },
      expected: take(`${name}.expected.json`),
    };
  });
  return { reads, writes, strays: [...strays] };
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
