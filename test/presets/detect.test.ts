import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import { detect, type Preset } from "../../src/index.ts";
import type { ReadSample } from "../../src/testing/index.ts";
import { foldersOf } from "./feeds.ts";

const all: readonly Preset[] = Object.values(presets);

const filesOf = (id: string): readonly ReadSample[] =>
  foldersOf(id).reads.filter(({ file, options }) => file.endsWith(".xml") && options.feed === undefined);

describe.each(Object.keys(presets).filter((id) => filesOf(id).length > 0))("files of %s", (id) => {
  const files = filesOf(id);

  it.each(files)("are told by their first kilobytes: $file", ({ bytes }) => {
    const { found, alike, ambiguous, candidates } = detect(bytes.subarray(0, 65_536), all);
    const told = found === undefined ? [] : [found.preset, ...alike];
    // A draft rests on nothing public, so that its samples may be of shapes that nobody knows.
    if (candidates.length === 0 && presets[id]?.maturity === "draft") return;
    // Where nothing is found, nobody is misled, and the right one is among those that are named.
    const named = ambiguous || found === undefined ? candidates.slice(0, 5).map(({ preset }) => preset) : told;
    expect(named).toContain(id);
  });
});
