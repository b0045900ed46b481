import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const report = process.env["TEST_REPORT"];

export default defineConfig({
  resolve: {
    alias: [
      { find: /^propojka$/, replacement: source("src/index.ts") },
      { find: /^propojka\/testing$/, replacement: source("src/testing/index.ts") },
      { find: /^propojka\/presets$/, replacement: source("presets/index.ts") },
      { find: /^propojka\/presets\/([^/.]+)$/, replacement: source("presets/$1/preset.ts") },
    ],
  },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    reporters: report === undefined ? ["default"] : ["default", ["json", { outputFile: report }]],
    typecheck: {
      enabled: true,
      include: ["test/**/*.test-d.ts"],
      checker: "./node_modules/typescript7/bin/tsc",
      tsconfig: "tsconfig.json",
      ignoreSourceErrors: true,
    },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "html", "json-summary"],
      thresholds: { statements: 0, branches: 0, functions: 0, lines: 0 },
    },
  },
});

function source(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
