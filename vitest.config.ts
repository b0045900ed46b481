import { defineConfig } from "vitest/config";

const report = process.env["TEST_REPORT"];

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    // Tests that may run at the same time wait for servers most of the time.
    maxConcurrency: 8,
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
