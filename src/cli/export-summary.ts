import type { FeedReport } from "../feed/products.ts";
import { colorsFor, type Io } from "./io.ts";
import type { Placed, Target } from "./target.ts";

export interface SummaryDetails {
  readonly io: Io;
  readonly choice: { readonly name: string };
  readonly file: { readonly name: string };
  readonly target: Pick<Target, "name">;
  /** Milliseconds, of the same clock as `performance.now()`. */
  readonly started: number;
}

/** What came of an export, in a line or two. `bad` products were not taken; `placed` is undefined if nothing was. */
export function exportSummary(
  report: FeedReport,
  bad: number,
  placed: Placed | undefined,
  { io, choice, file, target, started }: SummaryDetails,
): string {
  const { green, red, yellow } = colorsFor(io.stderr, io.env);
  const { written, bytes } = report;
  const seconds = ((performance.now() - started) / 1000).toFixed(2);
  const wrong = report.rejected + report.refused + bad;
  const parts = [
    `${report.products + bad} products`,
    leftOut(report),
    wrong === 0 ? "0 not written" : red(`${wrong} not written`),
    ...losses(report),
    placed === undefined ? red(`nothing was written to ${target.name}`) : green(`${written} records in ${target.name}`),
  ];
  const line = `${file.name}: ${parts.join(", ")}; ${choice.name}, ${bytes} bytes, ${seconds} s`;
  const others = placed?.others ?? [];
  return others.length === 0 ? line : `${yellow(olderDocuments(others, target.name))}\n${line}`;
}

function leftOut({ leftOut, leftOutFor, skipped, skippedFor }: FeedReport): string {
  const reasons = Object.entries({ ...leftOutFor, ...skippedFor }).map(([reason, count]) => `${reason}: ${count}`);
  return `${leftOut + skipped} left out${reasons.length === 0 ? "" : ` (${reasons.join(", ")})`}`;
}

/** What of the records that were written is not in the file. */
function losses({ characters, unwritten }: FeedReport): string[] {
  const { forbidden, unencodable } = characters;
  return [
    ...(forbidden > 0 ? [`${forbidden} characters that XML cannot hold`] : []),
    ...(unencodable > 0 ? [`${unencodable} characters beyond the encoding`] : []),
    ...Object.entries(unwritten).map(([field, count]) => `${count} ${field} without a place`),
  ];
}

const SHOWN = 5;

function olderDocuments(names: readonly string[], folder: string): string {
  const shown = names.slice(0, SHOWN).join(", ");
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : "";
  return `${folder}: holds documents that are not of this export: ${shown}${more}`;
}
