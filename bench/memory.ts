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

interface Row {
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
): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "propojka-bench-"));
  const rows: Row[] = [];
  console.log("| peak memory, fresh process | file, MB | MB | s |\n|---|--:|--:|--:|");
  try {
    for (const fileMb of fileSizesMb) {
      const path = join(folder, `${fileMb}.xml`);
      writeOrderFile(path, fileMb * 1e6);
      for (const contender of contenders) {
        if (fileMb > PIECES_ONLY_MB && (await contender.make("utf-8")).pieces === undefined) continue;
        const row = { name: contender.name, fileMb, ...watchProcess(contender.name, path) };
        rows.push(row);
        console.log(
          `| ${row.name} | ${fileMb} | ${row.failure ?? row.megabytes?.toFixed(0) ?? ""} | ${row.seconds?.toFixed(1) ?? ""} |`,
        );
      }
      rmSync(path);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log("");
  return rows;
}

function watchProcess(name: string, path: string): Pick<Row, "megabytes" | "seconds" | "failure"> {
  const main = fileURLToPath(new URL("main.js", import.meta.url));
  const { stdout, stderr, error } = spawnSync(process.execPath, [main, "watch", name, path], {
    encoding: "utf8",
    timeout: TIMEOUT_MS,
  });
  const line = stdout.split("\n").find((text) => text.startsWith("{"));
  if (line !== undefined) return JSON.parse(line) as { readonly megabytes: number; readonly seconds: number };
  const said = /heap out of memory|\w*Error[^\n]*/.exec(stderr)?.[0] ?? error?.message ?? "no result";
  return { failure: `fails: ${said.slice(0, 80)}` };
}
