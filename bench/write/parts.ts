import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compare } from "../compare.ts";
import { MEMORY_HEAD, type MemoryRow, watchProcess } from "../memory.ts";
import { BASE_WRITER, canWrite, OWN_WRITER, type WriteContender } from "./writers.ts";
import { type RecordBytes, verifyWriters } from "./verify.ts";
import type { Work } from "./writer.ts";

export interface WriteParts {
  readonly contenders: readonly WriteContender[];
  /** Which works are timed at which sizes of the file; none if nothing is to be timed. */
  readonly sizesMb: Readonly<Partial<Record<Work, readonly number[]>>>;
  readonly memoryMb: readonly number[];
  readonly rounds: number;
}

/** Sizes that whoever holds the whole document is measured at; larger ones are for those who do not. */
const WHOLE_MB = 20;

/** Verifies the writers, then times them. False if one writes what was not to be expected. */
export async function benchWriting(parts: WriteParts, result: Record<string, unknown>): Promise<boolean> {
  const { contenders, sizesMb, memoryMb, rounds } = parts;
  const { isRight, recordBytes } = await verifyWriters(contenders);
  for (const [work, sizes] of Object.entries(sizesMb) as [Work, readonly number[]][])
    for (const mb of sizes) {
      const able = contenders
        .filter((one) => canWrite(one, work) && mb <= (one.mostMb ?? Infinity))
        .map(({ name }) => name);
      const title = `write ${work}, ${mb} MB`;
      const args = (name: string): readonly (string | number)[] => [
        "time-write",
        name,
        work,
        recordCount(mb, work, recordBytes),
        mb * 1e6,
      ];
      result[title] = await compare({ title, base: BASE_WRITER, own: OWN_WRITER, names: able, args }, rounds);
    }
  if (memoryMb.length > 0) result["write memory"] = measureWriteMemory(contenders, memoryMb, recordBytes);
  return isRight;
}

function measureWriteMemory(
  contenders: readonly WriteContender[],
  sizesMb: readonly number[],
  recordBytes: RecordBytes,
): readonly MemoryRow[] {
  const folder = mkdtempSync(join(tmpdir(), "propojka-bench-"));
  const path = join(folder, "feed.xml");
  const rows: MemoryRow[] = [];
  console.log(MEMORY_HEAD);
  try {
    for (const mb of sizesMb)
      for (const { name, mostMb = Infinity } of contenders)
        for (const work of name === OWN_WRITER ? (["plain", "rich", "offered"] as const) : (["plain"] as const)) {
          if (mb > mostMb || (mb > WHOLE_MB && name !== OWN_WRITER && name !== BASE_WRITER)) continue;
          const count = recordCount(mb, work, recordBytes);
          rows.push(watchProcess(`${name}, ${work}`, mb, ["watch-write", name, work, count, path]));
        }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log("");
  return rows;
}

function recordCount(mb: number, work: Work, recordBytes: RecordBytes): number {
  return Math.max(1, Math.round((mb * 1e6) / recordBytes[work]));
}
