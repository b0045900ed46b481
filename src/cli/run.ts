import { createRequire } from "node:module";
import { DefinitionError, TransportError, XmlError } from "../errors.ts";
import { checkCommand } from "./check.ts";
import { convertCommand } from "./convert.ts";
import { exportCommand } from "./export.ts";
import { explainCommand } from "./explain.ts";
import { importCommand } from "./import.ts";
import { inspectCommand } from "./inspect.ts";
import { type Command, Failure, type Host, OK, output, UNUSABLE, UsageError } from "./io.ts";
import { presetCommand } from "./preset.ts";
import { presetsCommand } from "./presets.ts";
import { createRemotes } from "./remotes.ts";
import { transportCommand } from "./transport.ts";

const commands: Readonly<Record<string, Command>> = {
  import: importCommand,
  export: exportCommand,
  convert: convertCommand,
  presets: presetsCommand,
  preset: presetCommand,
  check: checkCommand,
  inspect: inspectCommand,
  explain: explainCommand,
  transport: transportCommand,
};

const width = Math.max(...Object.keys(commands).map((name) => name.length));
const overview = `Reads the XML files that e-shops export, and writes those that they import.

Usage: propojka COMMAND [OPTIONS]

Commands:
${Object.entries(commands)
  .map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  .join("\n")}

Options:
  --help     show this text, or that of a command
  --version  show the version

Exit codes: 0 all is well; 1 some of the data is wrong; 2 nothing could be done.
`;

/** Runs one command line. @returns the exit code. */
export async function run(argv: readonly string[], io: Host): Promise<number> {
  const [name, ...args] = argv;
  // Nobody is left to be told.
  io.stderr.on("error", () => undefined);
  const out = output(io.stdout);
  const remotes = createRemotes(io);
  const say = async (text: string): Promise<number> => {
    await out.write(text);
    await out.flush();
    return OK;
  };
  try {
    if (name === "--version" || name === "-v") return await say(`${version()}\n`);
    if (name === "--help" || name === "-h") return await say(overview);
    if (name === "help") return await say(args[0] === undefined ? overview : (commands[args[0]]?.help ?? overview));
    if (name === undefined) throw new UsageError("which command?");
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined)
      throw new UsageError(`there is no ${name.startsWith("-") ? "option" : "command"} "${name}"${nearest(name)}`);
    if (args.includes("--help") || args.includes("-h")) return await say(command.help);
    return await command.run(args, { ...io, remotes });
  } catch (error) {
    io.stderr.write(withoutPasswords(complaint(error, name)));
    return error instanceof Failure ? error.exitCode : UNUSABLE;
  } finally {
    // Open connections would keep the program from ending.
    await remotes.close();
  }
}

function complaint(error: unknown, name: string | undefined): string {
  const known = name !== undefined && Object.hasOwn(commands, name);
  if (error instanceof UsageError)
    return `propojka${known ? ` ${name}` : ""}: ${error.message}\nTry "propojka ${known ? `${name} ` : ""}--help".\n`;
  const isExpected = [Failure, DefinitionError, XmlError, TransportError].some((kind) => error instanceof kind);
  if (isExpected && error instanceof Error) return `${error.message}\n`;
  return `propojka: unexpected error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}

/** Of URLs that came where none was expected, such as one argument too many. */
function withoutPasswords(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@:]*:[^\s@]*@/gi, "$1…@");
}

/** `imprt` → `; did you mean "import"?` */
function nearest(name: string): string {
  const known = [...Object.keys(commands), "--help", "--version"].find((one) => distance(one, name) <= 2);
  return known === undefined ? `; known are ${Object.keys(commands).join(", ")}` : `; did you mean "${known}"?`;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, char] of Array.from(a).entries()) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++)
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (char === b[j] ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

function version(): string {
  const { version } = createRequire(import.meta.url)("propojka/package.json") as { readonly version: string };
  return version;
}
