import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Issue } from "../errors.ts";
import type { Encoding } from "../xml/charset.ts";
import { checkAgainst } from "../mapping/schema-check.ts";
import { type Product, productSchema } from "../model/product.ts";
import { readRecords } from "../read.ts";
import type { FeedSource } from "../feed/products.ts";
import { Failure } from "./io.ts";
import type { Source } from "./source.ts";

/** Products from a file, one by one. */
export interface Catalogue extends AsyncIterable<Product> {
  /** Entries that are no products, or not as they must be. */
  readonly bad: number;
}

export interface CatalogueOptions {
  /** How products in XML look. */
  readonly source: FeedSource | undefined;
  readonly encoding: Encoding | undefined;
  readonly onIssues: (issues: readonly Issue[]) => void;
  readonly onBytes: (count: number) => void;
}

/**
 * Products from JSON (an array, or an object with one), from a JSON object a line, or from XML; the first character
 * tells which.
 *
 * @throws {@link Failure} from the iteration if the file is none of these.
 */
export async function openCatalogue(file: Source, options: CatalogueOptions): Promise<Catalogue> {
  const head = new TextDecoder("utf-8").decode(await file.head()).trimStart();
  const catalogue = { bad: 0 };
  const entries = head.startsWith("<")
    ? fromXml(file, options)
    : isOnePerLine(head)
      ? fromLines(file, options)
      : fromJson(file, options);

  async function* products(): AsyncGenerator<Product, void, undefined> {
    for await (const { value, at, issues } of entries) {
      const known = issues ?? issuesOf(value, at);
      if (known.length > 0) options.onIssues(known);
      if (known.some(({ severity }) => severity === "error")) catalogue.bad++;
      else yield value as Product;
    }
  }
  return {
    get bad() {
      return catalogue.bad;
    },
    [Symbol.asyncIterator]: products,
  };
}

interface Entry {
  readonly value: unknown;
  readonly at: Issue["at"];
  /** Of a record that has been checked already. */
  readonly issues?: readonly Issue[];
}

/** Whether the first line is a whole JSON object. */
function isOnePerLine(head: string): boolean {
  const [line = ""] = head.split("\n", 1);
  if (!line.startsWith("{")) return false;
  try {
    return typeof JSON.parse(line) === "object" && !/^\s*\{\s*"products"\s*:/.test(line);
  } catch {
    return false;
  }
}

async function* fromXml(file: Source, { source, encoding, onBytes }: CatalogueOptions): AsyncGenerator<Entry> {
  if (source === undefined)
    throw new Failure(`${file.name}: is XML; say with --from PRESET or --from PRESET:FEED how its products look`);
  const mapping = "mapping" in source ? source.mapping : source;
  const presetEncoding = "mapping" in source ? source.encoding : undefined;
  const stream = readRecords<Product>(file.input(onBytes), mapping, { file: file.name, encoding, presetEncoding });
  for await (const item of stream) yield { value: item.record, at: item.source.at, issues: item.issues };
  const [first] = stream.report.issues;
  if (first !== undefined) yield { value: undefined, at: first.at, issues: stream.report.issues };
}

async function* fromLines(file: Source, { onBytes }: CatalogueOptions): AsyncGenerator<Entry> {
  const lines = createInterface({ input: Readable.from(bytesOf(file, onBytes)), crlfDelay: Infinity });
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === "") continue;
    const at = { file: file.name, line, column: 1, offset: 0 };
    try {
      yield { value: JSON.parse(text.replace(/^\ufeff/, "")), at };
    } catch (error) {
      const message = `not JSON: ${error instanceof Error ? error.message : String(error)}`;
      yield { value: undefined, at, issues: [{ code: "FIELD_INVALID", severity: "error", message, at }] };
    }
  }
}

async function* fromJson(file: Source, { onBytes }: CatalogueOptions): AsyncGenerator<Entry> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytesOf(file, onBytes)) chunks.push(new Uint8Array(chunk));
  const text = Buffer.concat(chunks)
    .toString("utf8")
    .replace(/^\ufeff/, "");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Failure(`${file.name}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const list = Array.isArray(json) ? json : (json as { readonly products?: unknown } | null)?.products;
  if (!Array.isArray(list)) throw new Failure(`${file.name}: expected an array of products, or an object that has one`);
  for (const value of list) yield { value, at: undefined };
}

function bytesOf(file: Source, onBytes: (count: number) => void): AsyncIterable<Uint8Array> {
  const input = file.input(onBytes);
  return (typeof input === "function" ? input() : input) as AsyncIterable<Uint8Array>;
}

function issuesOf(value: unknown, at: Issue["at"]): readonly Issue[] {
  const { problems } = checkAgainst(productSchema, value);
  const code = (value as { readonly code?: unknown } | null)?.code;
  return problems.map(({ raw: _raw, ...problem }) => ({
    ...problem,
    ...(typeof code === "string" && { key: code }),
    ...(at !== undefined && { at }),
  }));
}
