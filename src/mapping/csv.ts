import Papa from "papaparse";
import { DefinitionError, type Location, XmlError, type XmlErrorCode } from "../errors.ts";
import { defaultLimits, type Limits } from "../xml/limits.ts";
import { isLocalName } from "../xml/names.ts";
import type { CsvSpec } from "./spec.ts";

export interface CsvReadOptions {
  /** Name for locations in errors: `products.csv:12:1`. */
  readonly file?: string | undefined;
  /** `record` is the most characters of one row. */
  readonly limits?: Partial<Limits> | undefined;
}

/** The lines of a CSV file. */
export interface CsvWriter {
  /** The titles. */
  header(): string;
  /**
   * One row. `values` are texts by element name; what has none is an empty cell.
   *
   * @throws {@link DefinitionError} MAPPING_INVALID for an element without a column.
   */
  row(values: Readonly<Record<string, string>>): string;
}

/** A {@link CsvSpec}, checked. */
interface Table {
  readonly separator: string;
  /** Element names and titles. */
  readonly columns: readonly (readonly [name: string, title: string])[];
}

/** What the library says of one row. */
interface Row {
  readonly cells: readonly string[];
  /** Where the next row starts. */
  readonly end: number;
  readonly problem: { readonly message: string; readonly index: number } | undefined;
}

/** Result of the library's parser, whose types leave it open. */
interface ParserResult {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly message: string; readonly index: number }[];
  readonly meta: { readonly cursor: number };
}

const LINE_END = "\r\n";
/** Characters that are gathered before they are parsed. */
const BATCH = 65_536;
const BYTE_ORDER_MARK = "\ufeff";
const REFERENCES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };

/**
 * Writes rows that end in CR LF and quotes texts where that is needed: with the separator, a quote, a line break or a
 * space at either end. A text that starts with `=`, `+`, `-` or `@` is data and stays as it is, although a spreadsheet
 * would take it for a formula.
 *
 * @throws {@link DefinitionError} MAPPING_INVALID if the columns or the separator cannot be written.
 */
export function csvWriter(spec: CsvSpec): CsvWriter {
  const { separator, columns } = tableOf(spec);
  const names = new Set(columns.map(([name]) => name));
  const line = (cells: readonly string[]): string =>
    Papa.unparse([[...cells]], { delimiter: separator, newline: LINE_END, escapeFormulae: false }) + LINE_END;
  return {
    header: () => line(columns.map(([, title]) => title)),
    row(values) {
      for (const name in values)
        if (!names.has(name)) throw new DefinitionError("MAPPING_INVALID", `csv: "${name}" has no column`);
      return line(columns.map(([name]) => (Object.hasOwn(values, name) ? (values[name] ?? "") : "")));
    },
  };
}

/**
 * Turns a CSV file into `<rows><row><code>A-1</code>…</row>…</rows>`, for the reader of XML. Columns are found by the
 * titles in the first row, in any order. Unknown ones are left out, and missing ones give no element; an empty cell gives
 * an empty one. Rows without any text are left out. Each row stands on the line that it has in the file. Characters that
 * XML cannot hold are passed on for the reader to report.
 *
 * Memory stays the same however long the file is.
 *
 * @throws {@link DefinitionError} MAPPING_INVALID if the columns or the separator are wrong.
 * @throws {@link XmlError} from the iteration: XML_EMPTY without a header, XML_MALFORMED for quotes that do not match, for
 * a row with more or fewer cells than the header, and for a header without a known column or with one twice, XML_LIMIT
 * for a row beyond `limits.record`.
 */
export function csvToXml(
  pieces: Iterable<string> | AsyncIterable<string>,
  spec: CsvSpec,
  options: CsvReadOptions = {},
): AsyncIterable<string> {
  const table = tableOf(spec);
  async function* xml(): AsyncGenerator<string, void, undefined> {
    const rows = createRows(table, options);
    yield "<rows>";
    for await (const piece of pieces) {
      const text = rows.write(piece);
      if (text !== "") yield text;
    }
    yield `${rows.end()}</rows>`;
  }
  return xml();
}

function tableOf({ separator = ";", columns }: CsvSpec): Table {
  const refuse = (message: string): never => {
    throw new DefinitionError("MAPPING_INVALID", `csv: ${message}`);
  };
  if (separator.length !== 1 || Papa.BAD_DELIMITERS.includes(separator))
    refuse(`the separator must be one character other than a quote or a line break, got ${JSON.stringify(separator)}`);
  const entries = Object.entries(columns);
  if (entries.length === 0) refuse("there are no columns");
  const titles = new Set<string>();
  for (const [name, title] of entries) {
    if (!isLocalName(name)) refuse(`"${name}" cannot be the name of an element`);
    if (title !== title.trim() || title === "") refuse(`the title of "${name}" is empty or has space around it`);
    if (titles.has(title)) refuse(`two columns have the title "${title}"`);
    titles.add(title);
  }
  return { separator, columns: entries };
}

/** Takes pieces of CSV, gives pieces of XML. */
function createRows(table: Table, { file, limits }: CsvReadOptions): { write(piece: string): string; end(): string } {
  const limit = limits?.record ?? defaultLimits.record;
  /** What is not parsed yet; the places below are places in it. */
  let buffer = "";
  let enough = BATCH;
  let line = 1;
  let offset = 0;
  let parser: Papa.Parser | undefined;
  let rows: Row[] = [];
  let columns: readonly (readonly [name: string, index: number])[] | undefined;
  let width = 0;

  function take(isLast: boolean): string {
    if (offset === 0 && buffer.startsWith(BYTE_ORDER_MARK)) drop(BYTE_ORDER_MARK.length);
    parse(isLast);
    let xml = "";
    let from = 0;
    for (const row of rows) {
      xml += xmlOf(row, from);
      from = row.end;
    }
    rows = [];
    drop(from);
    if (buffer.length > limit)
      fail("XML_LIMIT", `a row is longer than ${limit} characters; a quote may not be closed`, 0);
    // Twice as much each time, so that a long row is not parsed over and over.
    enough = Math.max(BATCH, 2 * buffer.length);
    return xml;
  }

  /** Moves the start of the buffer. */
  function drop(length: number): void {
    const done = buffer.slice(0, length);
    line += lineBreaks(done);
    offset += byteLength(done);
    buffer = buffer.slice(length);
  }

  function parse(isLast: boolean): void {
    const newline = parser === undefined ? lineEnd(buffer, isLast) : undefined;
    if (newline !== undefined)
      parser = new Papa.Parser({
        delimiter: table.separator,
        newline,
        step(result: unknown) {
          const { data, errors, meta } = result as ParserResult;
          rows.push({ cells: data[0] ?? [], end: meta.cursor, problem: errors[0] });
        },
      });
    parser?.parse(buffer, 0, !isLast);
  }

  /** Has as many line breaks as the row itself. */
  function xmlOf({ cells, end, problem }: Row, from: number): string {
    if (problem !== undefined) fail("XML_MALFORMED", `${problem.message}; quotes do not match`, problem.index);
    let xml = "";
    if (cells.some((cell) => cell !== ""))
      if (columns === undefined) readHeader(cells, from);
      else {
        checkWidth(cells, from);
        for (const [name, index] of columns) xml += elementOf(name, cells[index] ?? "");
        xml = `<row>${xml}</row>`;
      }
    return xml + "\n".repeat(lineBreaks(buffer.slice(from, end)) - xml.split("\n").length + 1);
  }

  function readHeader(cells: readonly string[], from: number): void {
    const titles = cells.map((cell) => cell.trim());
    columns = table.columns.flatMap(([name, title]) => {
      const index = titles.indexOf(title);
      if (index !== titles.lastIndexOf(title)) fail("XML_MALFORMED", `column ${shown([title])} is there twice`, from);
      return index < 0 ? [] : [[name, index] as const];
    });
    width = cells.length;
    const expected = table.columns.map(([, title]) => title);
    if (columns.length === 0)
      fail(
        "XML_MALFORMED",
        `no known column: expected ${shown(expected)} with "${table.separator}" between them, got ${shown(titles)}`,
        from,
      );
  }

  function checkWidth(cells: readonly string[], from: number): void {
    if (cells.length >= width && cells.slice(width).every((cell) => cell === "")) return;
    fail("XML_MALFORMED", `the row has ${cells.length} cells, but the header has ${width}`, from);
  }

  function fail(code: XmlErrorCode, reason: string, index: number): never {
    const before = buffer.slice(0, index);
    const column = index - Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r"));
    const at: Location = { line: line + lineBreaks(before), column, offset: offset + byteLength(before) };
    throw new XmlError(code, reason, { at: file === undefined ? at : { file, ...at } });
  }

  return {
    write(piece) {
      buffer += piece;
      return buffer.length < enough ? "" : take(false);
    },
    end() {
      const xml = take(true);
      if (columns === undefined) fail("XML_EMPTY", "the file has no row of titles", 0);
      return xml;
    },
  };
}

/** The line end that the first row has: that of the whole file. Undefined if it is not there yet. */
function lineEnd(text: string, isLast: boolean): "\n" | "\r" | "\r\n" | undefined {
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (character === '"') quoted = !quoted;
    if (quoted || (character !== "\n" && character !== "\r")) continue;
    if (character === "\n") return "\n";
    if (index + 1 < text.length) return text[index + 1] === "\n" ? "\r\n" : "\r";
  }
  return isLast ? "\n" : undefined;
}

function elementOf(name: string, text: string): string {
  return text === "" ? `<${name}/>` : `<${name}>${escaped(text)}</${name}>`;
}

function escaped(text: string): string {
  if (!/[&<>\r]/.test(text)) return text;
  return text.replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? character);
}

function lineBreaks(text: string): number {
  return text.match(/\r\n?|\n/g)?.length ?? 0;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** At most the first five texts, each cut to 40 characters. */
function shown(texts: readonly string[]): string {
  const names = texts.slice(0, 5).map((text) => JSON.stringify(text.slice(0, 40)));
  return names.join(", ") + (texts.length > names.length ? " …" : "");
}
