/** What stands above a layer, and may therefore be imported by it. */
const above = {
  base: "^src/(errors\\.ts$|model/)",
  xml: "^src/(errors\\.ts$|model/|xml/)",
  mapping: "^src/(errors\\.ts$|model/|xml/|mapping/)",
  transfer: "^src/(errors\\.ts$|model/|xml/|ports\\.ts$|transfer/)",
  ports: "^src/(errors\\.ts$|model/|xml/|mapping/|preset\\.ts$|ports\\.ts$|transfer/)",
  sync: "^src/(errors\\.ts$|model/|xml/|mapping/|transfer/|feed/|sync/|[^/]+\\.ts$)",
};

/** Files of `from` import no source but those of `to`. */
const only = (name, from, to, comment) => ({
  name,
  severity: "error",
  comment,
  from: { path: from },
  to: { path: "^(src|presets|test|bench|scripts|docs)/", pathNot: to },
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    only("layer-base", above.base, above.base, "errors and model import each other only."),
    only("layer-xml", "^src/xml/", above.xml, "xml imports errors and model."),
    only("layer-mapping", "^src/mapping/", above.mapping, "mapping imports errors, model and xml."),
    only("layer-transfer", "^src/transfer/", above.transfer, "transfer imports ports, xml and above."),
    only("layer-ports", "^src/(preset|ports)\\.ts$", above.ports, "preset and ports import mapping and above."),
    only(
      "layer-reading",
      "^src/(?!index\\.ts$|errors\\.ts$|preset\\.ts$|ports\\.ts$)[^/]+\\.ts$",
      "^src/(errors\\.ts$|model/|xml/|mapping/|(?!index\\.ts$)[^/]+\\.ts$)",
      "read and its neighbours import preset, ports and above.",
    ),
    only(
      "layer-feed",
      "^src/feed/",
      "^src/(errors\\.ts$|model/|xml/|mapping/|feed/|(?!index\\.ts$)[^/]+\\.ts$)",
      "feed imports reading, writing and above.",
    ),
    only("layer-sync", "^src/sync/", above.sync, "sync imports the reading API and above."),
    only("layer-index", "^src/index\\.ts$", above.sync, "The core loads no adapter, no command and no test kit."),
    only(
      "layer-adapters",
      "^src/adapters/",
      "^src/(errors\\.ts$|model/|ports\\.ts$|transfer/|adapters/)",
      "Adapters know errors, model, ports and what they share in transfer.",
    ),
    only(
      "layer-presets",
      "^presets/",
      "^(src/index\\.ts$|presets/[^/]+/[^/]+\\.ts$)",
      "A preset is data: it imports the public names and other presets.",
    ),
    {
      name: "index-is-public",
      severity: "error",
      comment: "Inside src, import a name from the module that defines it.",
      from: { path: "^src/", pathNot: "^src/(cli|testing)/" },
      to: { path: "^src/index\\.ts$" },
    },
    {
      name: "presets-stay-out-of-the-core",
      severity: "error",
      comment: "Shared code never asks which platform it serves.",
      from: { path: "^src/", pathNot: "^src/(cli|testing)/" },
      to: { path: "^presets/" },
    },
    {
      name: "source-without-tests",
      severity: "error",
      comment: "The library imports no test, benchmark or script.",
      from: { path: "^(src|presets)/" },
      to: { path: "^(test|bench|scripts|docs)/" },
    },
    {
      name: "no-node-built-ins",
      severity: "error",
      comment: "The core runs in a browser; Node's modules belong to cli, adapters and testing.",
      from: { path: "^(src|presets)/", pathNot: "^src/(cli|adapters|testing)/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "xml-packages-in-one-place",
      severity: "error",
      comment: "fast-xml-parser and xmlbuilder2 repair records; all other reading and writing is our own.",
      from: { path: "^(src|presets)/", pathNot: "^src/(xml/repair\\.ts$|testing/|cli/)" },
      to: { path: "(^|/)(fast-xml-parser|xmlbuilder2)(/|$)" },
    },
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two modules that need each other are one module, or hide a third.",
      from: {},
      to: { circular: true },
    },
    {
      name: "declared-dependencies",
      severity: "error",
      comment: "The published package installs its dependencies and optional peers, nothing else.",
      from: { path: "^(src|presets)/" },
      to: {
        dependencyTypes: ["npm-dev", "npm-no-pkg", "npm-unknown", "npm-bundled", "npm-optional"],
        dependencyTypesNot: ["npm-peer"],
      },
    },
    {
      name: "resolvable",
      severity: "error",
      comment: "The imported file or package does not exist.",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["types", "import", "node", "default"],
    },
  },
};
