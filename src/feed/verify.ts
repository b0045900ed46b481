import { formatIssue, type Issue } from "../errors.ts";
import { memberOf } from "../mapping/assemble.ts";
import { compileMapping } from "../mapping/read/compile.ts";
import { createRecordReader, type ReadItem } from "../mapping/read/records.ts";
import { type CompileOptions, knownParameters } from "../mapping/setting.ts";
import type { MappingData } from "../mapping/spec.ts";
import { documentKey } from "../model/document/prepare.ts";
import type { Invoice } from "../model/invoice.ts";
import { compare } from "../model/money.ts";
import type { Decimal, Order } from "../model/order.ts";
import type { Encoding } from "../xml/charset.ts";

/** What reading a document back says of it. */
export interface Verification {
  /** Fields that the record had and the document does not give back, `lines[].kind`. */
  readonly lost: ReadonlySet<string>;
  /** Why the document would not be understood; a warning where it is, and its amounts do not add up. */
  readonly problem: Issue | undefined;
}

/** Reads the document of one record back. @param lines - those that the document is of */
export type Verify = (document: Uint8Array, given: Order | Invoice, lines: Order["lines"]) => Verification;

/**
 * Reads what is written with the mapping that reads such files: the one proof of what a program will find in them.
 *
 * @param mapping - for reading; parameters that only writing has do not count
 */
export function createVerify(mapping: MappingData, options: CompileOptions, encoding: Encoding | undefined): Verify {
  const compiled = compileMapping(mapping, { ...options, parameters: knownParameters(mapping, options.parameters) });
  return (document, given, lines) => {
    const key = documentKey(given);
    const items: ReadItem<Order | Invoice>[] = [];
    const reader = createRecordReader<Order | Invoice>(compiled, (item) => items.push(item), {
      presetEncoding: encoding,
    });
    reader.write(document);
    reader.end();
    const [item] = items;
    const errors = [...items.flatMap(({ issues }) => issues), ...reader.report.issues].filter(
      ({ severity }) => severity === "error",
    );
    const wrong = errors.find(({ code }) => !SUMS.has(code));
    const lost = new Set<string>();
    if (item?.record !== undefined && wrong === undefined) {
      collect({ ...given, lines }, item.record, "", lost);
      const [sum] = errors;
      return { lost, problem: sum && { ...own(sum), severity: "warning", key } };
    }
    const skipped = Object.keys(reader.report.skippedFor)[0];
    const reason =
      wrong !== undefined
        ? formatIssue(wrong)
        : skipped === undefined
          ? "it holds no record"
          : `it is skipped: ${skipped}`;
    const message = `what would be written cannot be read back: ${reason}`;
    return { lost, problem: { code: "FIELD_INVALID", severity: "error", message, key } };
  };
}

/** Amounts of the record that do not add up are none that writing made wrong: the program that reads them has to judge. */
const SUMS: ReadonlySet<Issue["code"]> = new Set(["TOTAL_MISMATCH", "LINE_MISMATCH", "VAT_MISMATCH"]);

/** An issue without the place in a document that nobody sees. */
function own({ at: _at, path: _path, ...issue }: Issue): Issue {
  return issue;
}

function collect(wrote: unknown, read: unknown, field: string, lost: Set<string>): void {
  if (wrote === undefined || wrote === null || wrote === "") return;
  if (Array.isArray(wrote)) {
    const items: readonly unknown[] = Array.isArray(read) ? read : [];
    for (const [index, item] of wrote.entries()) collect(item, items[index], `${field}[]`, lost);
  } else if (typeof wrote === "object")
    for (const [key, value] of Object.entries(wrote))
      collect(value, memberOf(read, key), field === "" ? key : `${field}.${key}`, lost);
  else if (!isSame(wrote, read)) lost.add(field);
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
const TIME = /^\d{4}-\d\d-\d\dT/;

/** Numbers by their value. Of a time, formats that know days only keep the day. */
function isSame(wrote: unknown, read: unknown): boolean {
  if (wrote === read) return true;
  if (typeof wrote !== "string" || typeof read !== "string") return false;
  if (NUMBER.test(wrote) && NUMBER.test(read)) return compare(wrote as Decimal, read as Decimal) === 0;
  return TIME.test(wrote) && wrote.slice(0, 10) === read.slice(0, 10);
}
