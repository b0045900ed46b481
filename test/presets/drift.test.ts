import { describe, expect, it } from "vitest";
import { presets } from "../../presets/index.ts";
import { importFeed, readRecords } from "../../src/index.ts";
import { foldersOf } from "./feeds.ts";

const kinds = ["orders", "invoices"] as const;
const importing = Object.entries(presets).filter(([, preset]) => kinds.some((kind) => importFeed(preset, kind)));

/** Samples that show what is unknown. */
const SHOWS_DRIFT = /drift|unknown/;

describe.each(importing)("files of %s", (id, preset) => {
  it("hold nothing that is neither read nor left out for a reason", async () => {
    const unknown = new Set<string>();
    for (const { name, bytes, options } of foldersOf(id).reads) {
      if (options.feed !== undefined || SHOWS_DRIFT.test(name)) continue;
      const { feed: _feed, ...reading } = options;
      for (const kind of kinds) {
        const feed = importFeed(preset, kind);
        if (feed === undefined) continue;
        const stream = readRecords<unknown>(bytes, feed.mapping, { presetEncoding: feed.encoding, ...reading });
        for await (const _item of stream);
        const { drift, read } = stream.report;
        // A file of the other kind of records is no file of this one.
        if (read > 0) for (const { path } of drift.unknown) unknown.add(`${kind}: ${path}`);
      }
    }
    expect([...unknown]).toEqual([]);
  });
});
