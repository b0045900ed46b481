/**
 * `npm run bench`: propojka beside other libraries that read and write XML in JavaScript.
 *
 * Before anything is timed, all read the same file, and their records are compared; all write the same products, and
 * their documents are compared. A difference that is not announced ends the run with an error. Each contender lives in
 * a process of its own, since contenders that share one spoil each other's heap and machine code. Timed blocks of at
 * least 0.4 s take turns, base, contender, propojka, then the other way round, so that a noisy machine hits all alike;
 * ratios are taken within a round, and their median is what counts. Megabytes a second are for orientation only.
 *
 * Options: `--quick`, `--mb 5,20`, `--rounds 7`, `--only REGEX`, `--json FILE`,
 * `--part raw,1250,whole,one,memory,write,write-memory,start,ftp`.
 */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { runChild } from "./child.ts";
import { compare } from "./compare.ts";
import { BASE, type Contender, contenders, OWN } from "./contenders.ts";
import type { FileEncoding } from "./generate.ts";
import { measureMemory } from "./memory.ts";
import { measureStart } from "./start.ts";
import { benchTransfers, runTransferChild } from "./transfer.ts";
import { verify } from "./verify.ts";
import { benchWriting } from "./write/parts.ts";
import { writers } from "./write/writers.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    mb: { type: "string" },
    rounds: { type: "string" },
    only: { type: "string", default: "" },
    part: { type: "string", default: "raw,1250,whole,one,memory,write,write-memory,start,ftp" },
    json: { type: "string" },
  },
});

const rounds = Number(options.rounds ?? (options.quick ? 3 : 7));
const only = new RegExp(options.only, "i");
const parts = new Set(options.part.split(","));
const sizesMb = options.mb?.split(",").map(Number);

const [task, ...rest] = positionals;
if (task?.endsWith("-ftp") === true) await runTransferChild(task, rest[0] ?? "");
else if (task !== undefined) await runChild(task, rest);
else process.exit((await main()) ? 0 : 1);

async function main(): Promise<boolean> {
  const machine = {
    node: process.version,
    processor: `${cpus().length} × ${cpus()[0]?.model ?? "?"}`,
    memoryGb: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
  };
  console.log(`Node ${machine.node}, ${machine.processor}, ${machine.memoryGb} GB, ${machine.platform}\n`);
  const result: Record<string, unknown> = { machine, rounds };
  const isRight = [await benchReading(result), await benchWritingParts(result)].every(Boolean);
  if (parts.has("start")) result["start"] = measureStart();
  if (parts.has("ftp")) result["ftp"] = await benchTransfers(sizesMb?.[0] ?? (options.quick ? 20 : 200), rounds);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  return isRight;
}

async function benchReading(result: Record<string, unknown>): Promise<boolean> {
  if (!["raw", "1250", "one", "whole", "memory"].some((part) => parts.has(part))) return true;
  const sizes = sizesMb ?? (options.quick ? [1, 5] : [1, 5, 20]);
  const chosen = contenders.filter(({ name }) => only.test(name));
  const same = await verify(chosen);
  const time = async (work: Contender["work"], title: string, bytes: number, encoding: FileEncoding): Promise<void> => {
    const names = chosen.filter((one) => one.work === work).map(({ name }) => name);
    const args = (name: string): readonly (string | number)[] => ["time", name, bytes, encoding];
    result[title] = await compare({ title, base: BASE[work], own: OWN[work], names, args }, rounds);
  };
  for (const mb of parts.has("raw") ? sizes : []) await time("raw", `raw, ${mb} MB`, mb * 1e6, "utf-8");
  if (parts.has("1250")) await time("raw", "raw, 5 MB, windows-1250", 5e6, "windows-1250");
  if (parts.has("one")) await time("raw", "raw, one order, mapping kept", 1, "utf-8");
  for (const mb of parts.has("whole") ? sizes : []) await time("whole", `whole, ${mb} MB`, mb * 1e6, "utf-8");
  // What fast-xml-parser does with its options is a matter of time, not of memory.
  const forMemory = chosen.filter(({ name }) => name !== "fast-xml-parser, exact text" && name !== BASE.whole);
  if (parts.has("memory")) result["memory"] = await measureMemory(forMemory, options.quick ? [20] : [20, 200, 1000]);
  return same;
}

async function benchWritingParts(result: Record<string, unknown>): Promise<boolean> {
  if (!parts.has("write") && !parts.has("write-memory")) return true;
  const small = sizesMb ?? (options.quick ? [1] : [1, 20]);
  const all = sizesMb ?? (options.quick ? [1] : [1, 20, 200]);
  return benchWriting(
    {
      contenders: writers.filter(({ name }) => only.test(name)),
      sizesMb: parts.has("write") ? { plain: all, rich: small, offered: small } : {},
      memoryMb: !parts.has("write-memory") ? [] : options.quick ? [20] : [1, 20, 200, 1000],
      rounds,
    },
    result,
  );
}
