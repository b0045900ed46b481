import {
  type Condition,
  each,
  type Issue,
  type MappingData,
  type Node,
  object,
  type Paths,
  type ReadItem,
  readRecords,
  type ReadRecordsOptions,
  type ReadReport,
  type Spec,
} from "propojka";

export type Values = Readonly<Record<string, unknown>>;

export interface Read {
  readonly items: readonly ReadItem<Values>[];
  /** All records, good and bad. */
  readonly records: readonly (Values | undefined)[];
  /** Of the records, then of the file. */
  readonly issues: readonly Issue[];
  readonly report: ReadReport;
}

export type MappingChanges = Partial<Omit<MappingData, "fields">>;

/** A mapping without a schema, of `/S/R` unless it says otherwise. */
export function mappingOf(fields: object, changes: MappingChanges = {}): MappingData {
  return { target: "custom", record: "/S/R", fields: fields as Readonly<Record<string, Node>>, ...changes };
}

export async function readAll(
  input: Parameters<typeof readRecords>[0],
  mapping: MappingData,
  options: ReadRecordsOptions<Values> = {},
): Promise<Read> {
  const stream = readRecords<Values>(input, mapping, options);
  const items: ReadItem<Values>[] = [];
  for await (const item of stream) items.push(item);
  return {
    items,
    records: items.map(({ record }) => record),
    issues: [...items.flatMap(({ issues }) => issues), ...stream.report.issues],
    report: stream.report,
  };
}

/** What the fields give for one record with this content. */
export async function readOne(
  content: string,
  fields: object,
  changes: MappingChanges & { readonly options?: ReadRecordsOptions<Values>; readonly around?: string } = {},
): Promise<{ readonly record: Values; readonly issues: readonly Issue[] }> {
  const { options, around = "", ...mapping } = changes;
  const { records, issues } = await readAll(`<S>${around}<R>${content}</R></S>`, mappingOf(fields, mapping), options);
  return { record: records[0] ?? {}, issues };
}

/** The one value that a specification gives. */
export async function valueOf(
  content: string,
  spec: object,
  changes: Parameters<typeof readOne>[2] = {},
): Promise<unknown> {
  const { record } = await readOne(content, { value: spec }, changes);
  return record["value"];
}

/** A nested object of any fields. */
export function values(fields: object): Spec<Values> {
  return object<Values>(fields as never);
}

/** A list of nested objects of any fields. */
export function items(path: Paths, fields: object, where?: Condition): Spec<Values[]> {
  return each<Values>(path, fields as never, where);
}
