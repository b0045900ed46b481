import { type Colors, colorsFor, type Io, type Output } from "../io.ts";

/** What was found out about one thing. */
export interface Finding {
  /** `"login"` */
  readonly check: string;
  readonly level: "ok" | "note" | "failed";
  readonly message: string;
  /** What makes it work, or better: `"?replace=remove"`. */
  readonly set?: string | undefined;
  /** Whether it was seen to work with that. */
  readonly works?: boolean | undefined;
  /** What does not work because of it. @defaultValue both */
  readonly stops?: "import" | "export" | undefined;
}

/** Told one by one, as they are known. */
export interface Findings {
  readonly all: readonly Finding[];
  tell(finding: Finding): Promise<void>;
}

export function createFindings(out: Output | undefined, io: Pick<Io, "stdout" | "env">): Findings {
  const all: Finding[] = [];
  const colors = colorsFor(io.stdout, io.env);
  return {
    all,
    async tell(finding) {
      const told = { ...finding, message: printable(finding.message) };
      all.push(told);
      await out?.write(`${lineOf(told, colors)}\n`);
      await out?.flush();
    },
  };
}

const CHECK_WIDTH = "certificate".length;

function lineOf({ check, level, message, set }: Finding, colors: Colors): string {
  const paint = { ok: colors.green, note: colors.yellow, failed: colors.red }[level];
  const advice = set === undefined ? "" : `; set ${set}`;
  return `${paint(level.padEnd("failed".length))}  ${check.padEnd(CHECK_WIDTH)}  ${message}${advice}`;
}

/** On one line: what servers say may hold anything, also what a terminal takes for a command. */
export function printable(text: string): string {
  return text
    .trim()
    .replace(/[\r\n\t]+/g, " ")
    .replace(/[\u0000-\u001f\u007f-\u009f]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Whether something works, works with what is to be set, or does not. */
export type Verdict = "works" | "works with settings" | "does not work" | "not tried";

export function verdictOn(direction: "import" | "export", all: readonly Finding[]): Verdict {
  const failed = all.filter(({ level, stops }) => level === "failed" && (stops ?? direction) === direction);
  if (failed.length === 0) return "works";
  return failed.every(({ works }) => works === true) ? "works with settings" : "does not work";
}
