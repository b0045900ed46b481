import { spawnSync } from "node:child_process";
import { median } from "./median.ts";

const RUNS = 15;

/** Milliseconds that an import takes on top of an empty process, ours beside zod alone, which it loads. */
export function measureStart(): Readonly<Record<string, number>> {
  const modules = { propojka: new URL("../src/index.js", import.meta.url).href, zod: import.meta.resolve("zod") };
  const times: Record<keyof typeof modules, number[]> = { propojka: [], zod: [] };
  for (let run = 0; run < RUNS; run++) {
    const empty = timeProcess("");
    for (const name of ["propojka", "zod"] as const)
      times[name].push(timeProcess(`await import(${JSON.stringify(modules[name])})`) - empty);
  }
  console.log("| start-up, fresh process | ms on top of an empty one |\n|---|--:|");
  for (const [name, values] of Object.entries(times))
    console.log(`| \`import "${name}"\` | ${median(values).toFixed(0)} |`);
  console.log("");
  return { propojka: median(times.propojka), zod: median(times.zod) };
}

function timeProcess(code: string): number {
  const start = performance.now();
  const { status } = spawnSync(process.execPath, ["--input-type=module", "-e", code]);
  if (status !== 0) throw new Error(`the process ended with ${String(status)}: ${code}`);
  return performance.now() - start;
}
