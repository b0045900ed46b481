import { DefinitionError, type Issue } from "../../errors.ts";
import { createEncode, type OutputEncoding } from "../../xml/encoder.ts";
import {
  type CharacterProblem,
  createEscaper,
  type ForbiddenPolicy,
  type UnencodablePolicy,
} from "../../xml/escape.ts";
import type { CompiledWriter } from "./compile.ts";
import { documentWriter } from "./document.ts";
import type { EncodeRun } from "./encode.ts";
import { issuesOf } from "../problem.ts";
import { dayOf, keyField, keyOf, taxDateFields } from "../record-kinds.ts";
import { fieldName } from "./scopes.ts";

export interface RecordWriterOptions {
  /** @defaultValue "utf-8" */
  readonly encoding?: OutputEncoding | undefined;
  /** What becomes of characters that XML cannot hold. @defaultValue "remove" */
  readonly forbidden?: ForbiddenPolicy | undefined;
  /** What becomes of characters that the encoding lacks. @defaultValue "reference" */
  readonly unencodable?: UnencodablePolicy | undefined;
}

/** A record as text, or what keeps it from being written. */
export interface WrittenRecord {
  /** Undefined if the record cannot be written. */
  readonly text: string | undefined;
  readonly issues: readonly Issue[];
  /** Why the mapping does not want it. */
  readonly skipped?: string | undefined;
}

/** Characters that could not be written as they are, and list items that the mapping has no place for. */
export interface WriteCounts {
  readonly characters: { forbidden: number; unencodable: number };
  /** Items of lists, by field: `{ "prices[]": 12 }`. */
  readonly unwritten: Record<string, number>;
}

/** Takes records, gives texts. */
export interface RecordWriter {
  readonly encoding: OutputEncoding;
  /** Whether the mapping wants a document for each record. */
  readonly perRecord: boolean;
  /** Whether records are root elements, of which a document has one. */
  readonly isRoot: boolean;
  /** What stands before the first record. */
  readonly head: string;
  /** What stands behind the last one. */
  readonly tail: string;
  readonly counts: WriteCounts;
  record(value: unknown): WrittenRecord;
  bytes(text: string): Uint8Array;
}

const NO_ISSUES: readonly Issue[] = Object.freeze([]);

/** Writes the records of one document with a compiled mapping. `counts` are those to go on with. */
export function createRecordWriter(
  mapping: CompiledWriter,
  options: RecordWriterOptions = {},
  { characters: counts, unwritten }: WriteCounts = { characters: { forbidden: 0, unencodable: 0 }, unwritten: {} },
): RecordWriter {
  const { encoding = "utf-8", forbidden = "remove", unencodable = "reference" } = options;
  const escaper = createEscaper({ encoding, forbidden, unencodable, onProblem: noteCharacter });
  const run: EncodeRun = {
    frames: [],
    positions: [],
    problems: [],
    unwritten,
    trying: false,
    encoding,
    escaper,
    leaf: undefined,
  };
  const key = keyField(mapping.data);
  const taxDates = taxDateFields(mapping.data);

  function noteCharacter({ kind, codePoint, fatal }: CharacterProblem): void {
    counts[kind]++;
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`;
    const { leaf } = run;
    if (leaf === undefined && fatal)
      throw new DefinitionError("MAPPING_INVALID", `a fixed text holds ${name}, which cannot be written`);
    if (leaf === undefined || (kind === "unencodable" && unencodable === "reference")) return;
    const field = fieldName(leaf.field, run);
    const known = run.problems.some((problem) => problem.code === "CHARACTER_LOST" && problem.field === field);
    if (known) return;
    const why = kind === "forbidden" ? "XML cannot hold" : `${encoding} lacks`;
    run.problems.push({
      code: "CHARACTER_LOST",
      severity: fatal ? "error" : "warning",
      message: `the text holds ${name}, which ${why}${fatal ? "" : kind === "forbidden" && forbidden === "replace" ? "; replaced" : "; removed"}`,
      field,
    });
  }

  /** As when the record is read. */
  function taxDateOf(value: unknown): string | undefined {
    const stated = taxDates.find((name) => keyOf(value, name) !== undefined);
    return stated === undefined ? undefined : dayOf(keyOf(value, stated));
  }

  const document = documentWriter(mapping, run);

  return {
    encoding,
    perRecord: mapping.data.document?.perRecord === true,
    isRoot: mapping.data.csv === undefined && mapping.layout.around.length === 0,
    head: document.head,
    tail: document.tail,
    counts: { characters: counts, unwritten: run.unwritten },
    bytes: createEncode(encoding),
    record(value) {
      run.problems.length = 0;
      mapping.setting.context.taxDate = mapping.taxDate ?? taxDateOf(value);
      mapping.record.open(run, value, 0);
      const skipped = mapping.skip.find(({ test }) => test(run))?.reason;
      if (skipped !== undefined) return { text: undefined, issues: NO_ISSUES, skipped };
      const text = document.record();
      const issues = run.problems.length === 0 ? NO_ISSUES : issuesOf(run.problems, keyOf(value, key));
      const fails = issues !== NO_ISSUES && issues.some(({ severity }) => severity === "error");
      return { text: fails ? undefined : text, issues };
    },
  };
}
