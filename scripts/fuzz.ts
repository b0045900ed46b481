/** Mutates documents and compares the reader with saxes: `npx tsx scripts/fuzz.ts --inputs 100000 --seed 1`. */
import { parseArgs } from "node:util";
import { fuzz } from "../test/xml/fuzzing.ts";
import { presetSamples, seeds } from "../test/xml/seeds.ts";

const FAULTS_SHOWN = 10;

const { values } = parseArgs({
  options: { inputs: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const inputs = Number(values.inputs);
const start = performance.now();
const { counts, faults } = fuzz([...seeds, ...presetSamples()], inputs, Number(values.seed));

for (const [kind, count] of [...counts].sort(([a], [b]) => a.localeCompare(b)))
  console.log(`${String(count).padStart(8)}  ${kind}`);
console.log(`${inputs} inputs, seed ${values.seed}, ${((performance.now() - start) / 1000).toFixed(1)} s`);
for (const { input, seed, why, bytes } of faults.slice(0, FAULTS_SHOWN))
  console.log(`\n#${input} (${seed}): ${why}\n${JSON.stringify(Buffer.from(bytes).toString("latin1"))}`);
process.exitCode = faults.length > 0 || inputs === 0 ? 1 : 0;
