/**
 * `npm run bench`: propojka beside other libraries that read XML in JavaScript.
 *
 * Each contender lives in a process of its own, since contenders that share one spoil each other's heap and machine
 * code. Timed blocks of at least 0.4 s take turns, A X A X, so that a noisy machine hits both alike; ratios are taken
 * within a round, and their median is what counts. Megabytes a second are for orientation only.
 *
 * Options: `--quick`, `--mb 5,20`, `--rounds 7`, `--only REGEX`, `--part raw,whole,one,start,memory`, `--json FILE`.
 */
import { fork, spawnSync, type ChildProcess } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { orderFile, writeOrderFile } from "./generate.ts";
import { type Contender, own } from "./own.ts";

const BLOCK_MS = 400;
const WARM_UP_MS = 1500;
const self = fileURLToPath(import.meta.url);

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    mb: { type: "string" },
    rounds: { type: "string" },
    only: { type: "string" },
    part: { type: "string", default: "raw,whole,one,start,memory" },
    json: { type: "string" },
    child: { type: "string" },
    bytes: { type: "string" },
    file: { type: "string" },
  },
});

if (options.child === "time") await timeChild(await contenderNamed(options.only ?? ""), Number(options.bytes));
else if (options.child === "memory") await memoryChild(await contenderNamed(options.only ?? ""), options.file ?? "");
else await main();

/** The others are loaded only when one of them is asked for: they would weigh on our memory. */
async function contenderNamed(name: string): Promise<Contender> {
  const found = [...own, ...(name.startsWith("propojka") ? [] : await all())].find(
    (contender) => contender.name === name,
  );
  if (found === undefined) throw new Error(`no contender "${name}"`);
  return found;
}

async function all(): Promise<readonly Contender[]> {
  return (await import("./contenders.ts")).contenders;
}

// ── children ────────────────────────────────────────────────────────────────────────────────────────────────────────

async function timeChild(contender: Contender, bytes: number): Promise<void> {
  const file = Buffer.concat([...orderFile(bytes)]);
  let last: unknown;
  const block = async (): Promise<void> => {
    await contender.run(file, (record) => {
      last = record;
    });
  };
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS;) await block();
  const start = performance.now();
  await block();
  const repeats = Math.max(1, Math.ceil(BLOCK_MS / (performance.now() - start)));
  process.on("message", () => {
    void (async () => {
      const from = performance.now();
      for (let index = 0; index < repeats; index++) await block();
      process.send?.({ rate: (file.length * repeats) / 1e3 / (performance.now() - from), last: typeof last });
    })();
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ ready: true });
}

async function memoryChild(contender: Contender, path: string): Promise<void> {
  let records = 0;
  const emit = (): void => {
    records++;
  };
  const start = performance.now();
  if (contender.open === undefined) await contender.run(readFileSync(path), emit);
  else {
    const stream = contender.open(emit);
    for await (const chunk of createReadStream(path)) stream.write(chunk as Buffer);
    stream.end();
  }
  const seconds = (performance.now() - start) / 1e3;
  console.log(JSON.stringify({ records, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}

// ── driver ──────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Row {
  readonly name: string;
  readonly ratio: number;
  readonly rate: number;
  readonly error?: string;
}

async function main(): Promise<void> {
  const sizes = (options.mb ?? (options.quick ? "1" : "1,5,20")).split(",").map(Number);
  const rounds = Number(options.rounds ?? (options.quick ? 3 : 7));
  const parts = new Set(options.part.split(","));
  const result: Record<string, unknown> = {};
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "?"}, ${process.platform} ${process.arch}\n`,
  );
  const contenders = await all();
  verify(contenders);
  for (const work of ["raw", "whole"] as const) {
    const base = work === "raw" ? "fast-xml-parser" : "fast-xml-parser + zod";
    for (const mb of parts.has(work) ? sizes : [])
      result[`${work} ${mb} MB`] = await compare(`${work}, ${mb} MB`, work, base, mb * 1e6, rounds);
  }
  if (parts.has("one"))
    result["one order"] = await compare("raw, one order, mapping kept", "raw", "fast-xml-parser", 1, rounds);
  if (parts.has("start")) result["start"] = startUp();
  if (parts.has("memory")) result["memory"] = memory(contenders, options.quick ? [20] : [20, 200, 1000]);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.exit(0);
}

/** Do all read the same? Compared with the one that checks most. */
function verify(contenders: readonly Contender[]): void {
  const file = Buffer.concat([...orderFile(3e5)]);
  const collect = async (contender: Contender): Promise<string> => {
    const records: unknown[] = [];
    await contender.run(file, (record) => records.push(record));
    return JSON.stringify(records, (_, value: unknown) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        : value,
    );
  };
  void Promise.all(
    contenders.map(async (contender) => {
      const reference = contenders.find(
        ({ work, name }) =>
          work === contender.work && (name.startsWith("saxes") || name.startsWith("propojka, shoptet")),
      );
      const same = reference !== undefined && (await collect(contender)) === (await collect(reference));
      if (!same)
        console.log(
          `${contender.name}: reads something else${contender.remark === undefined ? "" : ` (${contender.remark})`}`,
        );
    }),
  );
}

async function compare(
  title: string,
  work: Contender["work"],
  baseName: string,
  bytes: number,
  rounds: number,
): Promise<Row[]> {
  const only = new RegExp(options.only ?? "", "i");
  const base = await startChild(baseName, bytes);
  const rows: Row[] = [];
  for (const { name, work: its } of await all()) {
    if (its !== work || !only.test(name)) continue;
    try {
      const child = name === baseName ? base : await startChild(name, bytes);
      const rates: number[] = [];
      const ratios: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const order = round % 2 === 0 ? [base, child] : [child, base];
        const measured = new Map<ChildProcess, number>();
        for (const one of order) measured.set(one, await askChild(one));
        rates.push(measured.get(child) ?? 0);
        ratios.push((measured.get(child) ?? 0) / (measured.get(base) ?? 1));
      }
      rows.push({ name, ratio: median(ratios), rate: median(rates) });
      if (child !== base) child.kill();
    } catch (error) {
      rows.push({ name, ratio: NaN, rate: NaN, error: String(error) });
    }
  }
  base.kill();
  rows.sort((a, b) => (b.ratio || 0) - (a.ratio || 0));
  console.log(`| ${title} | × ${baseName} | MB/s |\n|---|--:|--:|`);
  for (const { name, ratio, rate, error } of rows)
    console.log(`| ${name} | ${error ?? ratio.toFixed(1)} | ${error === undefined ? rate.toFixed(0) : ""} |`);
  console.log("");
  return rows;
}

function startChild(name: string, bytes: number): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = fork(self, ["--child", "time", "--only", name, "--bytes", String(bytes)], {
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      execArgv: ["--max-old-space-size=8192"],
    });
    child.once("message", () => {
      resolve(child);
    });
    child.once("exit", (code) => {
      reject(new Error(`ended with ${String(code)}`));
    });
  });
}

function askChild(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => {
    child.once("message", (message) => {
      resolve((message as { rate: number }).rate);
    });
    child.send("go");
  });
}

function startUp(): { readonly milliseconds: number } {
  const library = fileURLToPath(new URL("../src/index.js", import.meta.url));
  const time = (code: string): number => {
    const start = performance.now();
    spawnSync(process.execPath, ["--input-type=module", "-e", code]);
    return performance.now() - start;
  };
  const runs = Array.from({ length: 15 }, () => time(`await import(${JSON.stringify(library)})`) - time(""));
  const milliseconds = median(runs);
  console.log(`import "propojka": ${milliseconds.toFixed(0)} ms on top of an empty process\n`);
  return { milliseconds };
}

function memory(contenders: readonly Contender[], sizes: readonly number[]): unknown[] {
  const folder = join(tmpdir(), "propojka-bench");
  mkdirSync(folder, { recursive: true });
  const rows: unknown[] = [];
  console.log("| peak memory (RSS), fresh process | MB of file | MB | s |\n|---|--:|--:|--:|");
  for (const size of sizes) {
    const path = join(folder, `${size}.xml`);
    if (!existsSync(path)) writeOrderFile(path, size * 1e6);
    for (const contender of contenders) {
      const { name } = contender;
      if (!new RegExp(options.only ?? "", "i").test(name) || (size > 200 && contender.open === undefined)) continue;
      const { stdout, stderr } = spawnSync(
        process.execPath,
        [self, "--child", "memory", "--only", name, "--file", path],
        { encoding: "utf8", timeout: 300_000 },
      );
      const line = stdout.split("\n").find((text) => text.startsWith("{"));
      const measured = line === undefined ? undefined : (JSON.parse(line) as { megabytes: number; seconds: number });
      const failure = /heap out of memory|Error[^\n]*/.exec(stderr)?.[0]?.slice(0, 60) ?? "no result";
      console.log(
        `| ${name} | ${size} | ${measured === undefined ? failure : measured.megabytes.toFixed(0)} | ${measured?.seconds.toFixed(1) ?? ""} |`,
      );
      rows.push({ name, size, ...measured });
    }
    rmSync(path);
  }
  return rows;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
