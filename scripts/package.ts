/** Checks the built package: publint, Are the types wrong?, what npm packs, and that every entry point loads. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

interface Manifest {
  readonly name: string;
  readonly bin: Readonly<Record<string, string>>;
  /** A code entry point states types and default, a data file is a bare path. */
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
}

interface Tarball {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const PACKED_LIMIT_BYTES = 2 * 1024 * 1024;
const REQUIRED = ["package.json", "README.md", "LICENSE", "CHANGELOG.md"];
const ALLOWED = [
  /^(package\.json|README\.md|LICENSE|CHANGELOG\.md)$/,
  /^dist\/(src|presets)\/.+\.(js|d\.ts)(\.map)?$/,
  /^dist\/(presets\/[^/]+|mapping\.schema)\.json$/,
  /^src\/.+\.ts$/,
  /^presets\/([^/]+|[^/]+\/[^/]+)\.ts$/,
];

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Manifest;
const folder = mkdtempSync(join(tmpdir(), "propojka-package-"));
const problems: string[] = [];

try {
  const tarball = pack();
  const packed = new Set(tarball.files.map((file) => file.path));
  const entries = entryPoints(packed);
  checkFiles(tarball, packed);
  checkBins();
  load(entries);
  const file = join(folder, tarball.filename);
  run("publint", "run", file, "--strict");
  run("attw", file, "--profile", "esm-only", "--entrypoints", ...entries.filter((entry) => !entry.endsWith(".json")));
  process.stdout.write(`package: ${packed.size} files, ${Math.ceil(tarball.size / 1024)} KiB packed\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

for (const problem of problems) process.stderr.write(`package: ${problem}\n`);
process.exitCode = problems.length > 0 ? 1 : 0;

function pack(): Tarball {
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const { stdout, status, stderr } = spawnSync("npm", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`npm pack: ${stderr}`);
  const [tarball] = JSON.parse(stdout) as Tarball[];
  if (tarball === undefined) throw new Error("npm pack packed nothing");
  return tarball;
}

/** Every subpath of the exports map, with `*` replaced by each name for which a file was packed. */
function entryPoints(packed: ReadonlySet<string>): string[] {
  const entries: string[] = [];
  for (const [entry, target] of Object.entries(manifest.exports)) {
    const targets = typeof target === "string" ? [target] : [target.types, target.default];
    const names = entry.includes("*") ? packedNames(targets, packed) : [""];
    if (names.length === 0) problems.push(`${entry}: nothing packed fits ${targets.join(", ")}`);
    for (const name of names) {
      entries.push(entry.replace("*", name));
      for (const path of targets.map((text) => text.replace("*", name).slice("./".length))) {
        if (!packed.has(path)) problems.push(`${entry.replace("*", name)}: ${path} is not packed`);
      }
    }
  }
  return entries;
}

function packedNames(targets: readonly string[], packed: ReadonlySet<string>): string[] {
  const names = new Set<string>();
  for (const target of targets) {
    const [before = "", after = ""] = target.slice("./".length).split("*");
    for (const path of packed) {
      if (!path.startsWith(before) || !path.endsWith(after)) continue;
      const name = path.slice(before.length, path.length - after.length);
      if (!name.includes("/")) names.add(name);
    }
  }
  return [...names];
}

function checkFiles(tarball: Tarball, packed: ReadonlySet<string>): void {
  for (const path of REQUIRED) if (!packed.has(path)) problems.push(`${path} is not packed`);
  for (const path of packed) {
    if (!ALLOWED.some((allowed) => allowed.test(path))) problems.push(`${path} should not be packed`);
    const source = /^dist\/((?:src|presets)\/.+)\.js$/.exec(path)?.[1];
    if (source !== undefined && !packed.has(`${source}.ts`)) problems.push(`${path} has no source: build again`);
    const built = /^((?:src|presets)\/.+)\.ts$/.exec(path)?.[1];
    if (built !== undefined && !packed.has(`dist/${built}.js`)) problems.push(`${path} was not built`);
  }
  for (const name of presetFolders()) {
    if (!packed.has(`dist/presets/${name}.json`)) problems.push(`preset ${name} has no JSON form`);
  }
  if (tarball.size > PACKED_LIMIT_BYTES) problems.push(`${tarball.size} bytes packed, at most ${PACKED_LIMIT_BYTES}`);
}

function presetFolders(): string[] {
  if (!existsSync("presets")) return [];
  const entries = readdirSync("presets", { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function checkBins(): void {
  for (const [name, path] of Object.entries(manifest.bin)) {
    if (!existsSync(path)) problems.push(`bin ${name}: ${path} does not exist`);
    else if (!readFileSync(path, "utf8").startsWith("#!/usr/bin/env node\n")) problems.push(`${path} has no #! line`);
  }
}

/** Imports each entry point by its public name, as a program would. */
function load(entries: readonly string[]): void {
  for (const entry of entries) {
    const name = manifest.name + entry.slice(".".length);
    const attributes = entry.endsWith(".json") ? `, { with: { type: "json" } }` : "";
    const code = `await import(${JSON.stringify(name)}${attributes})`;
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
    if (status !== 0) problems.push(`import ${name}: ${stderr}`);
  }
}

/** Runs a tool of node_modules; what it prints is shown only if it fails. */
function run(command: string, ...args: string[]): void {
  const { status, stdout, stderr } = spawnSync(join("node_modules", ".bin", command), args, { encoding: "utf8" });
  if (status !== 0) problems.push(`${command} failed\n${stdout}${stderr}`);
}
