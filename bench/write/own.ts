import { compileWriter, type Product, writeProducts, writeRecords, type WriteReport } from "../../src/index.ts";
import { offerOptions, plainMapping, richFeed } from "./feeds.ts";
import type { PlainItem } from "./products.ts";
import { type Sink, type Work, works, type Writer } from "./writer.ts";

/** With the mapping compiled once, as a program would keep it. */
export function ownWriter(work: Work): Writer {
  const { encoding } = works[work];
  if (work === "offered")
    return {
      write: (items: Iterable<Product>, sink) =>
        pass(writeProducts(items, richFeed, { encoding, options: offerOptions }), sink),
    };
  const compiled = compileWriter(work === "plain" ? plainMapping : richFeed.mapping);
  return {
    write: (items: Iterable<PlainItem | Product>, sink) => pass(writeRecords(items, compiled, { encoding }), sink),
  };
}

/** Whatever is wrong stops the measurement: a record that is left out costs no time. */
async function pass(feed: AsyncIterable<Uint8Array> & { readonly report: WriteReport }, sink: Sink): Promise<void> {
  for await (const chunk of feed) sink(chunk);
  const [issue] = feed.report.issues;
  if (issue !== undefined) throw new Error(issue.message);
}
