/** Runs everything that CI runs, in its order and to the end, then says what failed. */
import { spawnSync } from "node:child_process";
import { appendFileSync } from "node:fs";

const STEPS: readonly (readonly [name: string, ...args: string[]])[] = [
  ["format:check"],
  ["lint"],
  ["layers"],
  ["unused"],
  ["typecheck"],
  ["test", "--coverage"],
  ["presets", "--check"],
  ["build"],
  ["docs"],
  ["check:package"],
];

const lines: string[] = [];
const failed: string[] = [];
for (const [name, ...args] of STEPS) {
  process.stdout.write(`\n── ${[name, ...args].join(" ")}\n`);
  const started = performance.now();
  const { status } = spawnSync("npm", ["run", "--silent", name, "--", ...args], { stdio: "inherit" });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  lines.push(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}

process.stdout.write(`\n${lines.join("\n")}\n`);
const report = process.env["CHECK_REPORT"];
if (report !== undefined) appendFileSync(report, failed.map((name) => `${name}\n`).join(""));
process.exitCode = failed.length > 0 ? 1 : 0;
