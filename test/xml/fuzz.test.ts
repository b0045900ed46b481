import { describe, expect, it } from "vitest";
import { fuzz } from "./fuzzing.ts";
import { presetSamples, seeds } from "./seeds.ts";

/** `scripts/fuzz.ts` runs more of them. */
const INPUTS = 3_000;
const SAMPLE_INPUTS = 200;

describe("the reader on damaged documents", () => {
  it("accepts, refuses and reads as saxes does, whatever the windows and the captures", { timeout: 120_000 }, () => {
    const { counts, faults } = fuzz(seeds, INPUTS, 20_260_304);
    expect(faults.map(({ input, seed, why }) => `#${input} (${seed}): ${why}`)).toEqual([]);
    expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(INPUTS);
    expect(counts.get("both accept")).toBeGreaterThan(INPUTS / 10);
    expect(counts.get("both reject")).toBeGreaterThan(INPUTS / 10);
  });

  it("does so on the samples of the presets", () => {
    const samples = presetSamples();
    const { faults } = samples.length === 0 ? { faults: [] } : fuzz(samples, SAMPLE_INPUTS, 1);
    expect(faults.map(({ input, seed, why }) => `#${input} (${seed}): ${why}`)).toEqual([]);
  });
});

describe("the reader on the documents before they are damaged", () => {
  it.each(seeds)("reads $name as saxes does", (seed) => {
    const { counts, faults } = fuzz([seed], 50, 1, (bytes) => bytes);
    expect(faults.map(({ why }) => why)).toEqual([]);
    expect([...counts.keys()]).toEqual(["both accept"]);
  });
});
