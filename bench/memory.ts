import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Contender } from "./contenders.ts";
import { writeOrderFile } from "./generate.ts";

/** A file of this size is for those that read piece by piece: the others cannot hold it. */
const PIECES_ONLY_MB = 500;
const TIMEOUT_MS = 300_000;
export const MEMORY_HEAD = "| peak memory, fresh process | file, MB | MB | s |\n|---|--:|--:|--:|";

export interface MemoryRow {
  readonly name: string;
  readonly fileMb: number;
  readonly megabytes?: number;
  readonly seconds?: number;
  readonly failure?: string;
}

/** Peak of the resident set of a fresh process over a real file, with Node's default heap. */
export async function measureMemory(
  contenders: readonly Contender[],
  fileSizesMb: readonly number[],
): Promise<readonly MemoryRow[]> {
  const folder = mkdtempSync(join(tmpdir(), "propojka-bench-"));
  const rows: MemoryRow[] = [];
  console.log(MEMORY_HEAD);
  try {
    for (const fileMb of fileSizesMb) {
      const path = join(folder, `${fileMb}.xml`);
      writeOrderFile(path, fileMb * 1e6);
      for (const contender of contenders) {
        if (fileMb > PIECES_ONLY_MB && (await contender.make("utf-8")).pieces === undefined) continue;
        rows.push(watchProcess(contender.name, fileMb, ["watch", contender.name, path]));
      }
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log("");
  return rows;
}

/** Starts a process that does the work once, and prints a row of the table. */
export function watchProcess(name: string, fileMb: number, args: readonly (string | number)[]): MemoryRow {
  const row = { name, fileMb, ...outcome(args.map(String)) };
  const { failure, megabytes, seconds } = row;
  console.log(`| ${name} | ${fileMb} | ${failure ?? megabytes?.toFixed(0) ?? ""} | ${seconds?.toFixed(1) ?? ""} |`);
  return row;
}

function outcome(args: readonly string[]): Pick<MemoryRow, "megabytes" | "seconds" | "failure"> {
  const main = fileURLToPath(new URL("main.js", import.meta.url));
  const { stdout, stderr, error } = spawnSync(process.execPath, [main, ...args], {
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  const line = stdout.split("\n").find((text) => text.startsWith("{"));
  if (line !== undefined) return JSON.parse(line) as { readonly megabytes: number; readonly seconds: number };
  const said = /heap out of memory|\w*Error[^\n]*/.exec(stderr)?.[0] ?? error?.message ?? "no result";
  return { failure: `fails: ${said.slice(0, 80)}` };
}
