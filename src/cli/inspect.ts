import { formatIssue } from "../errors.ts";
import { inspect } from "../inspect.ts";
import { draftMapping } from "../mapping/draft/draft.ts";
import type { Inspection } from "../mapping/draft/inspect.ts";
import { encodingOf, parseArguments } from "./arguments.ts";
import { BAD_DATA, colorsFor, type Command, type Io, OK, type Output, output } from "./io.ts";
import { createProgress } from "./progress.ts";
import { openSource } from "./source.ts";
import { createTable } from "./table.ts";

export const inspectCommand: Command = {
  summary: "show the structure of any XML file, or draft a mapping for it",
  help: `Shows the structure of any XML file: every place, how often it is there, and what it holds.

Usage: propojka inspect FILE [OPTIONS]

  FILE                  also a URL, see "propojka transport --help"; "-" is standard input

Options:
  --draft               print a mapping for orders as JSON, drafted from the names; what is unsure goes to standard error
  --encoding NAME       encoding of the file, where its XML declaration is wrong

Exit codes: 0 all is well; 1 the file is damaged, and was looked at only so far; 2 it cannot be read.
`,
  async run(args, io) {
    const parsed = parseArguments(args, { draft: { type: "boolean" }, encoding: { type: "string" } }, "FILE");
    const source = await openSource(parsed.positionals[0] ?? "", io);
    const progress = createProgress(io.stderr, source.size);
    const input = source.input((count) => {
      progress.bytes(count);
      progress.update();
    });
    const inspection = await inspect(input, { file: source.name, encoding: encodingOf(parsed) });
    progress.clear();
    const { red, yellow } = colorsFor(io.stderr, io.env);
    for (const issue of inspection.issues)
      io.stderr.write(`${(issue.severity === "error" ? red : yellow)(formatIssue(issue))}\n`);
    const out = output(io.stdout);
    if (parsed.values["draft"] === true) await printDraft(inspection, out, io);
    else await printStructure(inspection, out, io);
    return inspection.issues.some(({ severity }) => severity === "error") ? BAD_DATA : OK;
  },
};

async function printDraft(inspection: Inspection, out: Output, io: Io): Promise<void> {
  const { mapping, notes } = draftMapping(inspection);
  await out.write(`${JSON.stringify(mapping, null, 2)}\n`);
  await out.flush();
  for (const note of notes) io.stderr.write(`note: ${note}\n`);
}

async function printStructure(inspection: Inspection, out: Output, io: Io): Promise<void> {
  const { root, encoding, namespaces, record, records, paths, more } = inspection;
  const colors = colorsFor(io.stdout, io.env);
  await out.write(`root      <${root}>\nencoding  ${encoding}\n`);
  for (const { prefix, uri } of namespaces)
    await out.write(`namespace ${prefix === "" ? "(default)" : prefix} = ${uri}\n`);
  await out.write(`record    ${record === undefined ? "nothing looks like one" : `${record} (${records}×)`}\n\n`);
  const columns = [
    { title: "path", most: 80 },
    { title: "count", most: 12, align: "right" },
    { title: "per record", most: 10, align: "right" },
    { title: "values", most: 100 },
  ] as const;
  const table = createTable(columns, out, colors);
  for (const { path, count, perRecord, samples, texts } of paths)
    await table.row([
      path,
      String(count),
      perRecord === undefined ? "" : String(perRecord),
      texts === 0 ? "" : samples.map((text) => JSON.stringify(text)).join(", "),
    ]);
  await table.end();
  if (more) await out.write("… and more places than can be listed\n");
  await out.flush();
}
