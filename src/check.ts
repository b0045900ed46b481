import type { Issue } from "./errors.ts";
import { type Input, isRepeatable, keepAll } from "./input.ts";
import { inspect } from "./inspect.ts";
import {
  checkMapping,
  type CheckOptions,
  hostCodecNames,
  isUsable,
  type Problem,
  standIns,
} from "./mapping/check/check.ts";
import { coverageOf, fieldsOf, filledFields } from "./mapping/check/coverage.ts";
import type { ReadReport } from "./mapping/read/records.ts";
import { parseMapping } from "./mapping/schema.ts";
import { readRecords } from "./read.ts";
import type { Encoding } from "./xml/charset.ts";

/** A place of the sample that the mapping does not read. */
export interface UnreadPath {
  /** `/ORDERS/ORDER/REMARK` */
  readonly path: string;
  readonly count: number;
  /** The first three different texts, each cut to 60 characters; none if it is always empty. */
  readonly samples: readonly string[];
}

/** A path of the mapping that the sample does not have. */
export interface MissingPath {
  /** Field of the record, or part of the mapping. */
  readonly field: string;
  /** As it stands in the mapping. */
  readonly source: string;
  /** From the document. */
  readonly path: string;
  /** Another path of the same field that the sample does have; then nothing is wrong. */
  readonly instead: string | undefined;
}

/** What {@link check} found. Plain data; the parts about a sample are empty without one. */
export interface CheckResult {
  readonly problems: readonly Problem[];
  readonly unread: readonly UnreadPath[];
  readonly neverFound: readonly MissingPath[];
  /** Mapped fields that got a value in no record: `shipping.pickupPoint`. */
  readonly neverFilled: readonly string[];
  /** What is wrong with the data of the sample, at most the first 1000. */
  readonly issues: readonly Issue[];
  /** What came of reading the sample; undefined without one, or if the mapping cannot be used. */
  readonly report: ReadReport | undefined;
}

export interface SampleOptions extends CheckOptions {
  /** Name of the sample for locations in issues. */
  readonly file?: string | undefined;
  readonly encoding?: Encoding | undefined;
}

const ISSUES = 1000;

/**
 * Looks for mistakes in a mapping: by itself, and against a sample file.
 *
 * @example
 * ```ts
 * const { problems, unread } = await check(JSON.parse(text), await readFile("orders.xml"));
 * ```
 * @throws {@link DefinitionError} MAPPING_INVALID if `mapping` does not have the form of one. Everything else that is
 * wrong with it is a problem in the result.
 * @throws {@link XmlError} if the sample cannot be read as XML at all.
 */
export async function check(mapping: unknown, sample?: Input, options: SampleOptions = {}): Promise<CheckResult> {
  const data = parseMapping(mapping);
  const problems = checkMapping(data, options);
  const nothing = { unread: [], neverFound: [], neverFilled: [], issues: [], report: undefined };
  if (sample === undefined || !isUsable(problems)) return { problems, ...nothing };

  const input = isRepeatable(sample) ? sample : await keepAll(sample);
  const reading = { ...options, codecs: { ...standIns(hostCodecNames(data)), ...options.codecs }, schema: undefined };
  const inspection = await inspect(input, options);
  const issues: Issue[] = [];
  const stream = readRecords(input, data, reading);
  for await (const item of stream) issues.push(...item.issues.slice(0, ISSUES - issues.length));
  issues.push(...stream.report.issues);

  // Amounts that only the sums give must not count as mapped, so the sums are left out.
  const { totals: _, ...stated } = data;
  const filled = new Set<string>();
  for await (const { record } of readRecords(input, stated, reading)) filledFields(record, "", filled);
  const neverFilled =
    stream.report.good + stream.report.bad === 0 ? [] : fieldsOf(data).filter((field) => !filled.has(field));
  const { neverFound, ...coverage } = coverageOf(data, inspection);
  const unread = coverage.unread.map(({ path, count, samples }) => ({ path, count, samples }));
  return { problems, unread, neverFound, neverFilled, issues, report: stream.report };
}
