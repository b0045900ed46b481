import { parseArgs, type ParseArgsConfig } from "node:util";
import { type Encoding, encodingNamed, encodings } from "../xml/charset.ts";
import { UsageError } from "./io.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Named and positional arguments. */
export interface Parsed {
  readonly values: Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;
  readonly positionals: readonly string[];
}

/** Reads the arguments of a command. `names` are its positional arguments, all required. @throws {@link UsageError} */
export function parseArguments(args: readonly string[], options: Options, ...names: readonly string[]): Parsed {
  const parsed = parse(args, options);
  const { positionals } = parsed;
  const missing = names[positionals.length];
  if (missing !== undefined) throw new UsageError(`${missing} is missing`);
  const extra = positionals[names.length];
  if (extra !== undefined) throw new UsageError(`unexpected argument "${extra}"`);
  return parsed;
}

function parse(args: readonly string[], options: Options): Parsed {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The first sentence says it; the rest explains Node's own conventions.
    const [reason = error.message] = error.message.split(/\.\s/);
    throw new UsageError(reason.replace(/^Option '(.*)' argument is ambiguous$/, "$1 takes a value; write $1=-…"));
  }
}

/** The value of an option that takes one. */
export function textOf({ values }: Parsed, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** The value of an option that takes one of a few. */
export function choiceOf<Choice extends string>(
  parsed: Parsed,
  name: string,
  choices: readonly Choice[],
): Choice | undefined {
  const value = textOf(parsed, name);
  if (value === undefined) return undefined;
  const choice = choices.find((one) => one === value);
  if (choice === undefined) throw new UsageError(`--${name} takes ${choices.join(", ")}, not "${value}"`);
  return choice;
}

/** The value of an option that takes several, `"A,B"`. */
export function listOf(parsed: Parsed, name: string): string[] | undefined {
  return textOf(parsed, name)
    ?.split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}

/** The value of an option that takes a number. */
export function numberOf(parsed: Parsed, name: string): number | undefined {
  const text = textOf(parsed, name);
  if (text === undefined) return undefined;
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw new UsageError(`--${name} takes a number, not "${text}"`);
  return number;
}

export function encodingOf(parsed: Parsed): Encoding | undefined {
  const label = textOf(parsed, "encoding");
  if (label === undefined) return undefined;
  const encoding = encodingNamed(label);
  if (encoding === undefined)
    throw new UsageError(`there is no encoding "${label}"; known are ${encodings.join(", ")}`);
  return encoding;
}

/** `--param currency=EUR`, as often as there are parameters. */
export function parametersOf(parsed: Parsed): Record<string, string> {
  return pairsOf(parsed, "param");
}

/** The values of an option that takes `NAME=VALUE` several times. */
export function pairsOf({ values }: Parsed, option: string): Record<string, string> {
  const given = values[option];
  const pairs = Array.isArray(given) ? given.map(String) : [];
  return Object.fromEntries(
    pairs.map((pair) => {
      const equals = pair.indexOf("=");
      if (equals < 1) throw new UsageError(`--${option} takes NAME=VALUE, not "${pair}"`);
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
}
