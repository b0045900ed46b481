import { formatIssue, type Issue, type Location } from "../errors.ts";
import type { FeedSource } from "../feed/products.ts";
import { openInput } from "../input.ts";
import { checkAgainst } from "../mapping/read/schema-check.ts";
import { type Product, productSchema } from "../model/product.ts";
import { readRecords } from "../read.ts";
import { Failure } from "./io.ts";
import { linesOf } from "./lines.ts";
import { parseJson, type Source } from "./source.ts";

/** Products from a file, one by one. */
export interface Catalogue extends AsyncIterable<Product> {
  /** Products so far that are not as they must be. */
  readonly bad: number;
}

export interface CatalogueOptions {
  /** How products look that are neither JSON nor one JSON object a line. */
  readonly source: FeedSource | undefined;
  /** Called for each product that has issues; `good` if it goes on. */
  readonly onIssues: (issues: readonly Issue[], good: boolean) => void;
  readonly onBytes: (count: number) => void;
}

/**
 * Products from a JSON array, an object with one under `products`, a JSON object a line, or, with a `source`, from any
 * file that can be read with it.
 *
 * @throws {@link Failure} if the file is none of these; from the iteration if it cannot be read to its end.
 */
export async function openCatalogue(file: Source, options: CatalogueOptions): Promise<Catalogue> {
  const entries = await entriesOf(file, options);
  let bad = 0;
  async function* products(): AsyncGenerator<Product, void, undefined> {
    for await (const { value, at, path, issues } of entries) {
      const known = issues ?? issuesOf(value, at, path);
      const good = known.every(({ severity }) => severity !== "error");
      if (!good) bad++;
      if (known.length > 0) options.onIssues(known, good);
      if (good) yield value as Product;
    }
  }
  return {
    get bad() {
      return bad;
    },
    [Symbol.asyncIterator]: products,
  };
}

interface Entry {
  readonly value: unknown;
  /** Place in a file of lines. */
  readonly at?: Location | undefined;
  /** Place in a JSON array, `products.json[3]`. */
  readonly path?: string | undefined;
  /** What is wrong, where that is known already. */
  readonly issues?: readonly Issue[] | undefined;
}

async function entriesOf(file: Source, options: CatalogueOptions): Promise<AsyncIterable<Entry>> {
  const { source } = options;
  if (source !== undefined) return readFrom(file, source, options);
  const head = new TextDecoder("utf-8").decode(await file.head()).trimStart();
  if (head === "") throw new Failure(`${file.name}: the file is empty`);
  if (head.startsWith("<"))
    throw new Failure(`${file.name}: is XML; say with --from ID:FEED or --from FILE.json how its products look`);
  if (!/^[[{]/.test(head))
    throw new Failure(
      `${file.name}: expected JSON, or one JSON object a line; for CSV or XML say with --from how its products look`,
    );
  return isOnePerLine(head) ? fromLines(file, options) : fromJson(file, options);
}

/** Whether the first line is a product rather than the start of a document. `head` starts with `{` or `[`. */
function isOnePerLine(head: string): boolean {
  const [line = ""] = head.split("\n", 1);
  // Within a text, the quotes would be escaped.
  if (!line.startsWith("{") || /"products"\s*:\s*\[/.test(line)) return false;
  return line.trimEnd().endsWith("}") || line.length === head.length;
}

async function* readFrom(file: Source, source: FeedSource, { onBytes }: CatalogueOptions): AsyncGenerator<Entry> {
  const { mapping, encoding } = "mapping" in source ? source : { mapping: source, encoding: undefined };
  const reading = { file: file.name, presetEncoding: encoding };
  const stream = readRecords<Product>(file.input(onBytes), mapping, reading);
  for await (const { record, issues } of stream) yield { value: record, issues };
  // The file is of another kind, or some of it is missing: who knows what else is.
  const damage = stream.report.issues.find(({ severity }) => severity === "error");
  if (damage !== undefined) throw new Failure(formatIssue(damage));
}

async function* fromLines(file: Source, { onBytes }: CatalogueOptions): AsyncGenerator<Entry> {
  const { pieces } = await openInput(file.input(onBytes));
  let line = 0;
  for await (const { bytes, offset } of linesOf(pieces)) {
    const at = { file: file.name, line: ++line, column: 1, offset };
    const { text, json, mistake } = parseLine(bytes);
    if (mistake !== undefined)
      yield { value: undefined, at, issues: [{ code: "FIELD_INVALID", severity: "error", message: mistake, at }] };
    else if (text.trim() !== "") yield { value: json, at };
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parseLine(bytes: Uint8Array): { readonly text: string; readonly json?: unknown; readonly mistake?: string } {
  let text: string;
  try {
    text = utf8.decode(bytes);
  } catch {
    return { text: "", mistake: "the line is not UTF-8" };
  }
  if (text.trim() === "") return { text };
  try {
    return { text, json: JSON.parse(text) as unknown };
  } catch (error) {
    return { text, mistake: `not JSON: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function* fromJson(file: Source, { onBytes }: CatalogueOptions): AsyncGenerator<Entry> {
  const json = parseJson(await textOf(file, onBytes), file.name);
  const list = Array.isArray(json) ? json : (json as { readonly products?: unknown } | null)?.products;
  if (!Array.isArray(list)) throw new Failure(`${file.name}: expected an array of products, or an object that has one`);
  const place = Array.isArray(json) ? file.name : `${file.name}: products`;
  for (const [index, value] of list.entries()) yield { value: value as unknown, path: `${place}[${index}]` };
}

async function textOf(file: Source, onBytes: (count: number) => void): Promise<string> {
  const { pieces } = await openInput(file.input(onBytes));
  const chunks: Uint8Array[] = [];
  for await (const piece of pieces) chunks.push(piece.slice());
  try {
    return utf8.decode(Buffer.concat(chunks));
  } catch {
    throw new Failure(`${file.name}: the file is not UTF-8`);
  }
}

/** What keeps an entry from being a product. The product is named by its code or, without one, by its place. */
function issuesOf(value: unknown, at: Issue["at"], path: string | undefined): readonly Issue[] {
  const { problems } = checkAgainst(productSchema, value);
  const code = (value as { readonly code?: unknown } | null)?.code;
  const key = typeof code === "string" && code !== "" ? code : undefined;
  return problems.map(({ field, raw: _, ...problem }) => ({
    ...problem,
    ...(field !== "" && { field }),
    ...(key !== undefined && { key }),
    ...(key === undefined && path !== undefined && { path }),
    ...(at !== undefined && { at }),
  }));
}
