import { type Issue, RecordError } from "../../errors.ts";
import type { Reconcilable } from "../../model/place.ts";
import { isTurned, negate } from "../../model/credit.ts";
import { reconcile } from "../../model/reconcile.ts";
import type { Frame } from "../../xml/plan.ts";
import { createReader, type Reader, type ReaderOptions } from "../../xml/reader.ts";
import type { Mend } from "../../xml/repair.ts";
import type { Shape } from "../../xml/shape.ts";
import type { RecordSource } from "../../xml/source.ts";
import { traceRecord } from "../../xml/trace.ts";
import type { CompiledMapping } from "./compile.ts";
import { createDriftLog, type DriftReport } from "./drift.ts";
import type { Run } from "./decoder.ts";
import type { FieldProblem } from "../problem.ts";
import { locateIssues, type Origin, type ReadingContext, rememberOrigin } from "./explain.ts";
import { dayOf, keyField, keyOf, recordSchemas } from "../record-kinds.ts";
import { checkAgainst, type Schema } from "./schema-check.ts";

/** A record that can be booked. */
export interface GoodRecord<Value> {
  readonly ok: true;
  readonly record: Value;
  /** Warnings only. */
  readonly issues: readonly Issue[];
  readonly source: RecordSource;
}

/** A record that must not be booked as it is. */
export interface BadRecord<Value> {
  readonly ok: false;
  /** At least one error. */
  readonly issues: readonly Issue[];
  readonly source: RecordSource;
  /** As far as it could be read, for somebody to look at. */
  readonly record: Value | undefined;
}

export type ReadItem<Value> = GoodRecord<Value> | BadRecord<Value>;

/** What came of a file. `read = good + bad + skipped`, always. */
export interface ReadReport {
  /** Records met. */
  read: number;
  good: number;
  bad: number;
  /** Records that the mapping's `skip` leaves out, by reason. */
  skipped: number;
  readonly skippedFor: Record<string, number>;
  /** What is wrong with the file around its records. */
  readonly issues: Issue[];
  /** Name of the root element. */
  root: string | undefined;
  encoding: string | undefined;
  /** How the file differs from what the mapping knows; complete once the whole file has been read. */
  drift: DriftReport;
  /** Whether the element that holds the records was there; if not, the file is of another kind. */
  foundRecords: boolean;
}

/** A record whose XML had to be mended. */
interface Repair {
  readonly xml: string;
  readonly problem: FieldProblem;
  /** The file ends inside the record: something is missing, if only the rest of one amount. */
  readonly incomplete: boolean;
}

const NO_ISSUES: readonly Issue[] = Object.freeze([]);

export interface RecordReaderOptions<Value> extends ReaderOptions {
  /** What becomes of a record with errors: an item that says so, or a {@link RecordError}. @defaultValue "reject" */
  readonly invalid?: "reject" | "stop" | undefined;
  /** Checks each record, and may change it. @defaultValue the schema of the mapping's target */
  readonly schema?: Schema<unknown, Value> | undefined;
  /** Fields that the shop's files have had so far: those that none of the records fills are told in `report.drift`. */
  readonly expected?: readonly string[] | undefined;
  /** Entries of the lookup tables, by table and key. */
  readonly tables?: Run["tables"] | undefined;
  /** Mends damaged records, for `malformed: "repair"`. */
  readonly mend?: Mend | undefined;
  /** Counts to go on with. */
  readonly report?: ReadReport | undefined;
}

/** Takes bytes, gives records. */
export interface RecordReader extends Pick<Reader, "write" | "end"> {
  readonly report: ReadReport;
}

/** Reads the records of one document with a compiled mapping; `emit` is called for each, in document order. */
export function createRecordReader<Value>(
  mapping: CompiledMapping,
  emit: (item: ReadItem<Value>) => void,
  options: RecordReaderOptions<Value> = {},
): RecordReader {
  const schema =
    options.schema ?? (recordSchemas[mapping.data.target] as unknown as Schema<unknown, Value> | undefined);
  const drift = createDriftLog(mapping.data, options.expected);
  const run: Run = {
    noteValue: drift.value,
    trying: false,
    frames: [],
    indices: [],
    problems: [],
    tables: options.tables ?? new Map<string, never>(),
    missingTables: new Set(),
  };
  const report = options.report ?? newReport();
  const key = keyField(mapping.data);

  const reader = createReader(
    mapping.plan,
    mapping.shapes,
    {
      record(scope, frame, source) {
        const parent = reader.recordParent;
        if (parent !== undefined) readRecord(scope, frame, source, parent);
      },
      damagedRecord(issue, source, shape) {
        if (!mapping.recordScopes.has(shape.record)) report.issues.push(issue);
        else if (!readMended(issue, source, shape)) giveUp([issue], source, undefined);
      },
      damagedFile(issue) {
        report.issues.push(issue);
      },
    },
    options,
  );

  let context: ReadingContext | undefined;

  /** What the records below one element share, made once. */
  function contextOf(parent: Shape): ReadingContext {
    if (context?.parent !== parent)
      context = { mapping, tables: run.tables, parent, documentFrame: reader.documentFrame };
    return context;
  }

  function readRecord(scope: number, frame: Frame, source: RecordSource, parent: Shape, repair?: Repair): void {
    const decoder = mapping.decoders.get(scope);
    if (decoder === undefined) return; // an entry of a lookup table
    run.frames[0] = reader.documentFrame;
    run.frames[scope] = frame;
    run.problems.length = run.indices.length = 0;
    // What cannot be read is said where it is a field.
    run.trying = true;
    const reason = decoder.skip.find(({ test }) => test(run))?.reason;
    if (decoder.taxDate !== undefined) mapping.context.taxDate = dayOf(decoder.taxDate.decode(run));
    run.trying = false;
    run.problems.length = 0;
    if (reason !== undefined) {
      skip(reason);
      return;
    }
    if (repair !== undefined) run.problems.push(repair.problem);
    const decoded = decoder.fields.decode(run) as Value;
    drift.record(decoded);
    const value = check(decoded);
    // Where nothing adds up the lines, nobody would notice that one is missing.
    if (repair?.incomplete === true && !addsUp(run.problems))
      run.problems.push({
        ...repair.problem,
        severity: "error",
        message: "the file ends inside this record, and no total proves it complete",
      });

    const origin: Origin = { context: contextOf(parent), source, mended: repair?.xml };
    const issues = run.problems.length === 0 ? NO_ISSUES : locateIssues(run.problems, origin, keyOf(decoded, key));
    if (value === undefined || issues.some(({ severity }) => severity === "error")) {
      giveUp(issues, source, value ?? decoded, origin);
      return;
    }
    report.read++;
    report.good++;
    remember(value, origin);
    emit({ ok: true, record: value, issues, source });
  }

  /** What the schema and the totals rule make of a record; their problems go to the run's. */
  function check(decoded: Value): Value | undefined {
    const { problems } = run;
    let value: Value | undefined = decoded;
    if (schema !== undefined) {
      const checked = checkAgainst(schema, decoded);
      ({ value } = checked);
      for (const problem of checked.problems)
        if (!problems.some(({ field }) => covers(field, problem.field))) problems.push(problem);
    }
    const { totals, target } = mapping.data;
    if (value === undefined || totals === undefined || (target !== "order" && target !== "invoice")) return value;
    const { country, vatTable, taxDate } = mapping.context;
    const done = reconcile(value as unknown as Reconcilable, totals, { country, date: taxDate, vatTable });
    for (const issue of done.issues) problems.push({ ...issue, field: issue.field ?? "" });
    return (isTurned(done.order, totals) ? negate(done.order) : done.order) as unknown as Value;
  }

  function addsUp(problems: readonly FieldProblem[]): boolean {
    return mapping.data.totals !== undefined && !problems.some(({ code }) => code === "TOTAL_UNCHECKED");
  }

  function skip(reason: string): void {
    report.read++;
    report.skipped++;
    report.skippedFor[reason] = (report.skippedFor[reason] ?? 0) + 1;
  }

  function giveUp(issues: readonly Issue[], source: RecordSource, record: Value | undefined, origin?: Origin): void {
    if (options.invalid === "stop") throw new RecordError(issues);
    report.read++;
    report.bad++;
    if (origin !== undefined) remember(record, origin);
    emit({ ok: false, issues, source, record });
  }

  /** A mended record must stand every check that others stand; the repair itself is a warning. */
  function readMended(issue: Issue, source: RecordSource, shape: Shape): boolean {
    // Names in another encoding are the commonest reason why a file of UTF-8 is not valid.
    const misread = issue.code === "XML_ENCODING" && reader.encoding === "utf-8";
    const mended = options.mend?.(misread ? source.rawMixed("windows-1250") : source.raw(), shape.name);
    if (mended === undefined || shape.parent === undefined) return false;
    const traced = traceRecord(mapping.plan, mapping.shapes, shape.parent, mended.xml, source.index);
    if (traced === undefined) return false;
    const said = [issue.message, ...(misread ? ["its bytes read as windows-1250"] : []), ...mended.repairs].join("; ");
    readRecord(traced.scope, traced.frame, source, shape.parent, {
      xml: mended.xml,
      problem: { code: "RECORD_REPAIRED", severity: "warning", message: said, field: "" },
      incomplete: issue.code === "XML_TRUNCATED",
    });
    return true;
  }

  function settle(): void {
    report.root = reader.root;
    report.encoding = reader.encoding;
    report.foundRecords = reader.recordParent !== undefined;
  }

  return {
    report,
    write(chunk) {
      try {
        reader.write(chunk);
      } finally {
        settle();
      }
    },
    end() {
      try {
        reader.end();
      } finally {
        settle();
        report.drift = drift.report(reader.drift());
      }
    },
  };
}

export function newReport(): ReadReport {
  return {
    read: 0,
    good: 0,
    bad: 0,
    skipped: 0,
    skippedFor: {},
    issues: [],
    root: undefined,
    encoding: undefined,
    drift: { unknown: [], values: [], vanished: [] },
    foundRecords: false,
  };
}

function remember(record: unknown, origin: Origin): void {
  if (typeof record === "object" && record !== null) rememberOrigin(record, origin);
}

/** Whether a problem with `field` already says what is wrong with `other`, which it is or lies in. */
function covers(field: string, other: string): boolean {
  return field === other || (field !== "" && (field.startsWith(`${other}.`) || field.startsWith(`${other}[`)));
}
