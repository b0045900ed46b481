import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median } from "./median.ts";

/** Those who do the same work, each in a process of its own. */
export interface Contest {
  readonly title: string;
  /** What the ratios are to. */
  readonly base: string;
  readonly own: string;
  readonly names: readonly string[];
  /** What the process of a contender is started with. */
  readonly args: (name: string) => readonly (string | number)[];
}

interface Row {
  readonly name: string;
  /** How many times as fast as the base, round by round. */
  readonly overBase: readonly number[];
  /** How many times as fast propojka is, round by round. */
  readonly ownOver: readonly number[];
  readonly rates: readonly number[];
  readonly error?: string;
}

/** Times each contender in turns with the base and with propojka, and prints a table. */
export async function compare(contest: Contest, rounds: number): Promise<readonly Row[]> {
  const { names, args } = contest;
  if (names.length === 0) return [];
  const base = await startChild(contest.base, args);
  const own = await startChild(contest.own, args);
  const rows: Row[] = [];
  for (const name of names) {
    const known = name === contest.base ? base : name === contest.own ? own : undefined;
    const row = { name, overBase: [] as number[], ownOver: [] as number[], rates: [] as number[] };
    let child = known;
    try {
      child ??= await startChild(name, args);
      for (let round = 0; round < rounds; round++) {
        const order = [...new Set([base, child, own])];
        if (round % 2 === 1) order.reverse();
        const rates = new Map<ChildProcess, number>();
        for (const one of order) rates.set(one, await askChild(one));
        const rate = rates.get(child) ?? NaN;
        row.rates.push(rate);
        row.overBase.push(rate / (rates.get(base) ?? NaN));
        row.ownOver.push((rates.get(own) ?? NaN) / rate);
      }
      rows.push(row);
    } catch (error) {
      rows.push({ ...row, error: error instanceof Error ? error.message : String(error) });
    }
    if (known === undefined) child?.kill();
  }
  base.kill();
  own.kill();
  rows.sort((a, b) => (median(b.overBase) || 0) - (median(a.overBase) || 0));
  print(contest, rows);
  return rows;
}

function print({ title, base, own }: Contest, rows: readonly Row[]): void {
  console.log(`| ${title} | × ${base} | ${own} is × it | MB/s |\n|---|--:|--:|--:|`);
  for (const { name, overBase, ownOver, rates, error } of rows)
    console.log(
      error === undefined
        ? `| ${name} | ${short(median(overBase))} | ${short(median(ownOver))} | ${short(median(rates))} |`
        : `| ${name} | ${error} | | |`,
    );
  console.log("");
}

/** `0.62`, `3.4`, `348`. */
function short(value: number): string {
  return value.toFixed(value < 2 ? 2 : value < 100 ? 1 : 0);
}

function startChild(name: string, args: Contest["args"]): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("main.js", import.meta.url)), args(name).map(String), {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // Who holds the whole document shall not be timed at the edge of its heap.
    execArgv: ["--max-old-space-size=8192"],
  });
  return answer(child, name).then(() => child);
}

async function askChild(child: ChildProcess): Promise<number> {
  child.send("go");
  return ((await answer(child, "a contender")) as { readonly rate: number }).rate;
}

function answer(child: ChildProcess, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`${name} ended with ${String(code)}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message);
    });
  });
}
