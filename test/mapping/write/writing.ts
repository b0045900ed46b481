import { compileWriter, type Issue, type MappingData } from "propojka";
import { createRecordWriter, type RecordWriter, type RecordWriterOptions } from "../../../src/mapping/write/records.ts";
import type { CompileOptions } from "../../../src/mapping/setting.ts";
import { mappingOf, type MappingChanges } from "../reading.ts";

export interface WriteOneOptions extends MappingChanges {
  readonly options?: CompileOptions & RecordWriterOptions;
}

/** A writer of records at `/S/R`, unless the changes say otherwise. */
export function writerOf(fields: object, { options, ...changes }: WriteOneOptions = {}): RecordWriter {
  return openWriter(mappingOf(fields, changes), options);
}

export function openWriter(mapping: MappingData, options: WriteOneOptions["options"] = {}): RecordWriter {
  return createRecordWriter(compileWriter(mapping, options), options);
}

/** What is written of one record: its element, or undefined if it cannot be written. */
export function writeOne(
  record: unknown,
  fields: object,
  changes: WriteOneOptions = {},
): { readonly xml: string | undefined; readonly issues: readonly Issue[] } {
  const { text, issues } = writerOf(fields, changes).record(record);
  return { xml: text?.replace(/\n$/, ""), issues };
}

/** The element of a record that must be written without any issue. */
export function xmlOf(record: unknown, fields: object, changes: WriteOneOptions = {}): string {
  const { xml, issues } = writeOne(record, fields, changes);
  if (xml === undefined || issues.length > 0) throw new Error(`not written as it is: ${JSON.stringify(issues)}`);
  return xml;
}

/** A whole document with these records, without a declaration. */
export function documentOf(writer: RecordWriter, ...records: readonly unknown[]): string {
  const texts = records.map((record) => {
    const { text, issues } = writer.record(record);
    if (text === undefined) throw new Error(`not written: ${JSON.stringify(issues)}`);
    return text;
  });
  return (writer.head + texts.join("") + writer.tail).replace(/^<\?xml[^>]*\?>\n/, "");
}
