import { DefinitionError } from "../../errors.ts";
import { isEncodable } from "../../xml/encoder.ts";
import type { CompiledWriter } from "./compile.ts";
import { csvWriter } from "../csv.ts";
import { type EncodeRun, type Leaf, markupOf, plainText, write } from "./encode.ts";
import type { Place } from "./layout.ts";
import type { CsvSpec } from "../spec.ts";

/** What stands around the records of a document, and how the one that is open is written. */
export interface DocumentWriter {
  readonly head: string;
  readonly tail: string;
  record(): string;
}

export function documentWriter(mapping: CompiledWriter, run: EncodeRun): DocumentWriter {
  const { csv } = mapping.data;
  return csv === undefined ? xmlWriter(mapping, run) : rowWriter(csv, mapping, run);
}

function xmlWriter({ layout }: CompiledWriter, run: EncodeRun): DocumentWriter {
  for (const place of [...layout.around, layout.record]) checkNames(place, run);
  const { around, shared } = layout;
  const ownChildren = ({ children }: Place<Leaf>): Place<Leaf>[] => children.filter((child) => !around.includes(child));
  let head = `<?xml version="1.0" encoding="${run.encoding}"?>\n`;
  let tail = "";
  for (const place of around.slice(0, shared)) {
    const own = { ...place, children: ownChildren(place) };
    const [start, end] = opened(write(markupOf(own, run.escaper, true), run), place.name);
    head += `${start}\n`;
    tail = `${end}\n${tail}`;
  }
  const wrapped = around
    .slice(shared)
    .reduceRight((inner, place) => ({ ...place, children: [...ownChildren(place), inner] }), layout.record);
  const record = markupOf(wrapped, run.escaper, true);
  return { head, tail, record: () => `${write(record, run)}\n` };
}

/** Texts can have references for characters that the encoding lacks, names cannot. */
function checkNames({ name, attributes, children }: Place<Leaf>, run: EncodeRun): void {
  for (const one of [name, ...attributes.keys()])
    if (!isEncodable(one, run.encoding))
      throw new DefinitionError("MAPPING_INVALID", `${run.encoding} lacks a character of the name "${one}"`);
  for (const child of children) checkNames(child, run);
}

/** `<a b="c"/>` → `<a b="c">` and `</a>`. */
function opened(element: string, name: string): readonly [string, string] {
  const end = `</${name}>`;
  return [element.endsWith(end) ? element.slice(0, -end.length) : `${element.slice(0, -2)}>`, end];
}

/** Each element below the record is the column of its name. */
function rowWriter(spec: CsvSpec, { layout }: CompiledWriter, run: EncodeRun): DocumentWriter {
  const csv = csvWriter(spec);
  const columns = layout.record.children.map((place) => [place.name, columnOf(place, spec)] as const);
  return {
    head: csv.header(),
    tail: "",
    record: () => csv.row(Object.fromEntries(columns.map(([name, slot]) => [name, plainText(slot, run)]))),
  };
}

function columnOf(place: Place<Leaf>, { columns }: CsvSpec): Place<Leaf>["text"] {
  const { name, children, attributes, repeat, text } = place;
  if (!Object.hasOwn(columns, name)) throw new DefinitionError("MAPPING_INVALID", `csv: "${name}" has no column`);
  if (children.length > 0 || attributes.size > 0 || repeat !== undefined)
    throw new DefinitionError(
      "MAPPING_INVALID",
      `csv: a cell is one text, but "${name}" has elements or attributes in it`,
    );
  return text;
}
