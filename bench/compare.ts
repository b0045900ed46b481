import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { BASE, type Contender, OWN } from "./contenders.ts";
import type { FileEncoding } from "./generate.ts";
import { median } from "./median.ts";

interface Task {
  readonly bytes: number;
  readonly encoding: FileEncoding;
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
export async function compare(
  title: string,
  contenders: readonly Contender[],
  task: Task,
  rounds: number,
): Promise<readonly Row[]> {
  const [{ work } = { work: undefined }] = contenders;
  if (work === undefined) return [];
  const base = await startChild(BASE[work], task);
  const own = await startChild(OWN[work], task);
  const rows: Row[] = [];
  for (const { name } of contenders) {
    const known = name === BASE[work] ? base : name === OWN[work] ? own : undefined;
    const row = { name, overBase: [] as number[], ownOver: [] as number[], rates: [] as number[] };
    let child = known;
    try {
      child ??= await startChild(name, task);
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
  print(title, work, rows);
  return rows;
}

function print(title: string, work: Contender["work"], rows: readonly Row[]): void {
  console.log(`| ${title} | × ${BASE[work]} | ${OWN[work]} is × it | MB/s |\n|---|--:|--:|--:|`);
  for (const { name, overBase, ownOver, rates, error } of rows)
    console.log(
      error === undefined
        ? `| ${name} | ${median(overBase).toFixed(1)} | ${median(ownOver).toFixed(1)} | ${median(rates).toFixed(0)} |`
        : `| ${name} | ${error} | | |`,
    );
  console.log("");
}

function startChild(name: string, { bytes, encoding }: Task): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL("main.js", import.meta.url)), ["time", name, String(bytes), encoding], {
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
