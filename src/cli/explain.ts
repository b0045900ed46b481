import { explain } from "../mapping/read/explain.ts";
import { keyField } from "../mapping/record-kinds.ts";
import { readRecords } from "../read.ts";
import { encodingOf, parametersOf, parseArguments } from "./arguments.ts";
import { choose, readingHelp, readingOptions } from "./choose.ts";
import { type Command, Failure, OK, output } from "./io.ts";
import { openSource } from "./source.ts";

export const explainCommand: Command = {
  summary: "say where a value of one record comes from",
  help: `Says from which place of the file a value of one record comes, and by which part of the mapping.

Usage: propojka explain FILE KEY FIELD [OPTIONS]

  FILE                  also a URL, see "propojka transport --help"; "-" is standard input
  KEY                   number of the order or invoice, code of the product
  FIELD                 such as lines[0].unitPrice.net

Options:
${readingHelp}
`,
  async run(args, io) {
    const parsed = parseArguments(args, readingOptions, "FILE", "KEY", "FIELD");
    const [path = "", key = "", field = ""] = parsed.positionals;
    const source = await openSource(path, io);
    const { mapping, presetEncoding } = await choose(parsed, source, io);
    const identifier = keyField(mapping);
    const reading = {
      file: source.name,
      encoding: encodingOf(parsed),
      parameters: parametersOf(parsed),
      presetEncoding,
    };
    for await (const { record } of readRecords<unknown>(source.input(), mapping, reading)) {
      if (typeof record !== "object" || record === null || (record as Record<string, unknown>)[identifier] !== key)
        continue;
      const found = explain(record, field);
      if (found === undefined) break;
      const { value, codec, paths, path: place, at, raw, usedDefault } = found;
      const out = output(io.stdout);
      const lines: readonly (readonly [string, string | undefined])[] = [
        ["value", value === undefined ? "none" : JSON.stringify(value)],
        ["by", `${codec}${usedDefault ? ", a default" : ""}`],
        ["mapped from", paths.length === 0 ? undefined : paths.join(" or ")],
        ["found at", place],
        ["in", at === undefined ? undefined : `${at.file ?? source.name}:${at.line}:${at.column}`],
        ["text", raw === undefined ? undefined : JSON.stringify(raw)],
      ];
      for (const [name, text] of lines) if (text !== undefined) await out.write(`${name.padEnd(12)}${text}\n`);
      await out.flush();
      return OK;
    }
    throw new Failure(`${source.name}: no record has the ${identifier} "${key}"`);
  },
};
