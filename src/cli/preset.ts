import { check } from "../check.ts";
import type { Change } from "../customize.ts";
import type { Preset } from "../preset.ts";
import { parseArguments, textOf } from "./arguments.ts";
import { findPreset } from "./choose.ts";
import { BAD_DATA, type Colors, colorsFor, type Command, type Io, OK, output, UsageError } from "./io.ts";
import { overridden } from "./override.ts";

export const presetCommand: Command = {
  summary: "print a preset as JSON, or what an override changes in it",
  help: `Prints a preset in its JSON form, to look at or to adapt: "import --mapping FILE.json" reads and
"export --mapping FILE.json" writes with it.

Usage: propojka preset ID [OPTIONS]

Options:
  --diff OVERRIDE.json      print what the override changes, one line each, and what is wrong with the result
  --override OVERRIDE.json  print the preset with the override laid over it
  --feed NAME               feed that the override is for, if it has the shape of a mapping; by default that of orders

An override has the shape of what it changes: { "fields": { "number": { "path": "KOD" }, "notes": null } } changes the
place of a field and takes another one away. Reading with one: "import --preset ID --override OVERRIDE.json".
Exit codes: 0 all is well; 1 the mapping is wrong with the override; 2 nothing could be done.
`,
  async run(args, io) {
    const options = { diff: { type: "string" }, override: { type: "string" }, feed: { type: "string" } } as const;
    const parsed = parseArguments(args, options, "ID");
    const preset = findPreset(await io.presets(), parsed.positionals[0] ?? "");
    const diff = textOf(parsed, "diff");
    const override = textOf(parsed, "override");
    const feed = textOf(parsed, "feed");
    if (diff !== undefined && override !== undefined) throw new UsageError("--diff and --override exclude each other");
    if (diff === undefined) {
      if (override === undefined && feed !== undefined) throw new UsageError("--feed goes with --diff or --override");
      const shown = override === undefined ? preset : (await overridden(preset, override, feed, io)).preset;
      await print(`${JSON.stringify(shown, null, 2)}\n`, io);
      return OK;
    }
    const result = await overridden(preset, diff, feed, io);
    await print(formatChanges(result.changes, colorsFor(io.stdout, io.env)), io);
    return (await tellProblems(preset, result.preset, io)) ? BAD_DATA : OK;
  },
};

async function print(text: string, { stdout }: Io): Promise<void> {
  const out = output(stdout);
  await out.write(text);
  await out.flush();
}

/** `+ fields.custom.costCentre: {…}`, `- …`, and both where something is replaced. */
function formatChanges(changes: readonly Change[], { green, red, bold }: Colors): string {
  if (changes.length === 0) return "the override changes nothing\n";
  const lines = changes.flatMap(({ path, from, to }) => [
    bold(path),
    ...(from === undefined ? [] : [red(`  - ${JSON.stringify(from)}`)]),
    ...(to === undefined ? [] : [green(`  + ${JSON.stringify(to)}`)]),
  ]);
  return `${lines.join("\n")}\n`;
}

/** Says what is wrong with the mappings that changed. */
async function tellProblems(before: Preset, after: Preset, { stderr, env }: Io): Promise<boolean> {
  const { red, yellow } = colorsFor(stderr, env);
  let wrong = false;
  for (const [name, { mapping }] of Object.entries(after.feeds)) {
    if (mapping === before.feeds[name]?.mapping) continue;
    for (const { severity, code, path, message } of (await check(mapping)).problems) {
      const line = `${name}: ${code} ${path}: ${message}`;
      stderr.write(`${severity === "error" ? red(line) : yellow(line)}\n`);
      wrong ||= severity === "error";
    }
  }
  return wrong;
}
