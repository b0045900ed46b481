/** Checks who imports whom (the rules are in .dependency-cruiser.cjs), and that no source file escaped the check. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { cruise, format, type ICruiseResult } from "dependency-cruiser";
import extractOptions from "dependency-cruiser/config-utl/extract-depcruise-options";
import extractTypeScript from "dependency-cruiser/config-utl/extract-ts-config";

const folders = ["src", "presets"].filter((folder) => existsSync(folder));
const options = await extractOptions("./.dependency-cruiser.cjs");
const cruised = await cruise(folders, options, undefined, { tsConfig: extractTypeScript("tsconfig.json") });
const result = cruised.output as ICruiseResult;

const report = await format(result, { outputType: "err-long" });
process.stdout.write(report.output as string);

const seen = new Set(result.modules.map((module) => module.source));
const missed = (await sources()).filter((file) => !seen.has(file));
if (seen.size === 0) process.stderr.write("layers: saw no module at all\n");
for (const file of missed) process.stderr.write(`layers: ${file} was not looked at\n`);

process.exitCode = report.exitCode > 0 || missed.length > 0 || seen.size === 0 ? 1 : 0;

async function sources(): Promise<string[]> {
  const files: string[] = [];
  for (const folder of folders) {
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = `${entry.parentPath}/${entry.name}`.replaceAll("\\", "/");
      if (entry.isFile() && path.endsWith(".ts") && !path.includes("/samples/")) files.push(path);
    }
  }
  return files;
}
