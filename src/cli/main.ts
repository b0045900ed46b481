#!/usr/bin/env node
import process from "node:process";
import { run } from "./run.ts";

process.exitCode = await run(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  presets: async () => (await import("../../presets/index.ts")).presets,
});
