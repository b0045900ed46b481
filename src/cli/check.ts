import { check, type CheckResult } from "../check.ts";
import { formatIssue } from "../errors.ts";
import { choiceOf, encodingOf, parametersOf, parseArguments, textOf } from "./arguments.ts";
import { readMapping } from "./choose.ts";
import { BAD_DATA, type Colors, colorsFor, type Command, OK, output } from "./io.ts";
import { openSource } from "./source.ts";

export const checkCommand: Command = {
  summary: "look for mistakes in a mapping",
  help: `Looks for mistakes in a mapping, by itself and against a sample file.

Usage: propojka check MAPPING.json [OPTIONS]

Options:
  --sample FILE         also: what of the sample nothing reads, what of the mapping the sample does not have;
                        a file or a URL, see "propojka transport --help"
  --param NAME=VALUE    a parameter of the mapping; repeatable
  --encoding NAME       encoding of the sample, where its XML declaration is wrong
  --direction WAY       import (the default), or export: also, what of it cannot be written
  --feed NAME           which feed, if the file is a preset

Exit codes: 0 no errors; 1 errors in the mapping or the sample; 2 a file cannot be read.
`,
  async run(args, io) {
    const options = {
      sample: { type: "string" },
      param: { type: "string", multiple: true },
      encoding: { type: "string" },
      direction: { type: "string" },
      feed: { type: "string" },
    } as const;
    const parsed = parseArguments(args, options, "MAPPING.json");
    const [path = ""] = parsed.positionals;
    const direction = choiceOf(parsed, "direction", ["import", "export"]) ?? "import";
    const mapping = await readMapping(path, textOf(parsed, "feed"), direction, io);
    const sample = textOf(parsed, "sample");
    const source = sample === undefined ? undefined : await openSource(sample, io);
    const result = await check(mapping, source?.input(), {
      file: source?.name,
      encoding: encodingOf(parsed),
      parameters: parametersOf(parsed),
      direction,
    });
    const out = output(io.stdout);
    for (const line of linesOf(result, path, colorsFor(io.stdout, io.env))) await out.write(`${line}\n`);
    await out.flush();
    const wrong = [...result.problems, ...result.issues].some(({ severity }) => severity === "error");
    return wrong ? BAD_DATA : OK;
  },
};

function* linesOf(result: CheckResult, path: string, colors: Colors): Generator<string, void, undefined> {
  const paint = (severity: "error" | "warning") => (severity === "error" ? colors.red : colors.yellow);
  for (const { severity, code, path: where, message } of result.problems)
    yield `${paint(severity)(severity)} ${code}${where === "" ? "" : ` ${where}`}: ${message}`;
  for (const issue of result.issues) yield paint(issue.severity)(formatIssue(issue));

  const { unread, neverFilled, report } = result;
  const missing = result.neverFound.filter(({ instead }) => instead === undefined);
  if (unread.length > 0) yield colors.bold("In the sample, but read by nothing:");
  for (const { path: place, count, samples } of unread)
    yield `  ${place} (${count}×)${samples.length === 0 ? " always empty" : `: ${samples.map((text) => JSON.stringify(text)).join(", ")}`}`;
  if (missing.length > 0) yield colors.bold("In the mapping, but not in the sample:");
  for (const { field, path: place } of missing) yield `  ${place} for ${field}`;
  if (neverFilled.length > 0) yield colors.bold("Fields that got no value:");
  for (const field of neverFilled) yield `  ${field}`;

  const errors = result.problems.filter(({ severity }) => severity === "error").length;
  const warnings = result.problems.length - errors;
  const sample =
    report === undefined
      ? ""
      : `; sample: ${report.read} read, ${report.good} good, ${report.bad} bad, ${report.skipped} skipped`;
  yield `${path}: ${errors} errors, ${warnings} warnings${sample}`;
}
