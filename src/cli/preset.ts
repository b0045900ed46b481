import { parseArguments } from "./arguments.ts";
import { findPreset } from "./choose.ts";
import { type Command, OK, output } from "./io.ts";

export const presetCommand: Command = {
  summary: "print a preset as JSON",
  help: `Prints a preset in its JSON form, to look at or to adapt: "import --mapping FILE.json" reads and
"export --mapping FILE.json" writes with it.

Usage: propojka preset ID
`,
  async run(args, io) {
    const { positionals } = parseArguments(args, {}, "ID");
    const out = output(io.stdout);
    await out.write(`${JSON.stringify(findPreset(await io.presets(), positionals[0] ?? ""), null, 2)}\n`);
    await out.flush();
    return OK;
  },
};
