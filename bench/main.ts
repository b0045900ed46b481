/**
 * `npm run bench`: propojka beside other libraries that read XML in JavaScript.
 *
 * Before anything is timed, all read the same file, and their records are compared; a difference that is not announced
 * ends the run with an error. Each contender lives in a process of its own, since contenders that share one spoil each
 * other's heap and machine code. Timed blocks of at least 0.4 s take turns, base, contender, propojka, then the other
 * way round, so that a noisy machine hits all alike; ratios are taken within a round, and their median is what counts.
 * Megabytes a second are for orientation only.
 *
 * Options: `--quick`, `--mb 5,20`, `--rounds 7`, `--only REGEX`, `--part raw,1250,whole,one,start,memory`,
 * `--json FILE`.
 */
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { runChild } from "./child.ts";
import { compare } from "./compare.ts";
import { BASE, contenders } from "./contenders.ts";
import { measureMemory } from "./memory.ts";
import { measureStart } from "./start.ts";
import { verify } from "./verify.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    mb: { type: "string" },
    rounds: { type: "string" },
    only: { type: "string", default: "" },
    part: { type: "string", default: "raw,1250,whole,one,start,memory" },
    json: { type: "string" },
  },
});

const [task, ...rest] = positionals;
if (task !== undefined) await runChild(task, rest);
else process.exit((await main()) ? 0 : 1);

async function main(): Promise<boolean> {
  const sizes = (options.mb ?? (options.quick ? "1,5" : "1,5,20")).split(",").map(Number);
  const rounds = Number(options.rounds ?? (options.quick ? 3 : 7));
  const only = new RegExp(options.only, "i");
  const parts = new Set(options.part.split(","));
  const chosen = contenders.filter(({ name }) => only.test(name));
  const raw = chosen.filter(({ work }) => work === "raw");
  const whole = chosen.filter(({ work }) => work === "whole");

  const machine = {
    node: process.version,
    processor: `${cpus().length} × ${cpus()[0]?.model ?? "?"}`,
    memoryGb: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
  };
  console.log(`Node ${machine.node}, ${machine.processor}, ${machine.memoryGb} GB, ${machine.platform}\n`);
  const result: Record<string, unknown> = { machine, rounds };

  const same = await verify(chosen);
  for (const mb of parts.has("raw") ? sizes : [])
    result[`raw ${mb} MB`] = await compare(`raw, ${mb} MB`, raw, { bytes: mb * 1e6, encoding: "utf-8" }, rounds);
  if (parts.has("1250"))
    result["raw windows-1250"] = await compare(
      "raw, 5 MB, windows-1250",
      raw,
      { bytes: 5e6, encoding: "windows-1250" },
      rounds,
    );
  if (parts.has("one"))
    result["one order"] = await compare("raw, one order, mapping kept", raw, { bytes: 1, encoding: "utf-8" }, rounds);
  for (const mb of parts.has("whole") ? sizes : [])
    result[`whole ${mb} MB`] = await compare(`whole, ${mb} MB`, whole, { bytes: mb * 1e6, encoding: "utf-8" }, rounds);
  if (parts.has("start")) result["start"] = measureStart();
  // What fast-xml-parser does with its options is a matter of time, not of memory.
  const forMemory = chosen.filter(({ name }) => name !== "fast-xml-parser, exact text" && name !== BASE.whole);
  if (parts.has("memory")) result["memory"] = await measureMemory(forMemory, options.quick ? [20] : [20, 200, 1000]);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  return same;
}
