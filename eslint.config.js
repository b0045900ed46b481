import eslint from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  globalIgnores(["dist/", "coverage/", "docs/api/", "bench/.build/", "presets/*/samples/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: "./tsconfig.json", tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      // Ports are asynchronous by contract, so an adapter's method may be async without an await.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowAny: false, allowBoolean: false, allowNever: false, allowNullish: false },
      ],
      eqeqeq: "error",
      // Control characters are what an XML library looks for.
      "no-control-regex": "off",
    },
  },
  {
    files: ["src/**/*.ts", "presets/**/*.ts"],
    rules: {
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "no-restricted-syntax": [
        "error",
        { selector: "ExportDefaultDeclaration", message: "Named exports only." },
        { selector: "ExportAllDeclaration[exported=null]", message: "List the exported names one by one." },
      ],
    },
  },
  {
    files: ["src/**/*.ts", "presets/**/*.ts"],
    ignores: ["src/adapters/**", "src/cli/**", "src/testing/**", "bench/.build/"],
    rules: {
      // The core also runs in a browser; look up what only Node has through globalThis.
      "no-restricted-globals": ["error", "Buffer", "global", "process", "require", "setImmediate", "clearImmediate"],
      "no-console": "error",
    },
  },
  {
    // Code that walks bytes and parsed paths knows its bounds.
    files: ["src/xml/**/*.ts", "src/mapping/**/*.ts", "src/model/**/*.ts", "test/**/*.ts", "bench/**/*.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off" },
  },
  {
    // expect.any(), expect.objectContaining() and the like are typed any.
    files: ["test/**/*.ts"],
    rules: { "@typescript-eslint/no-unsafe-assignment": "off" },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ["**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { module: "writable" } },
  },
);
