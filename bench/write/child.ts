import { closeSync, openSync, writeSync } from "node:fs";
import { takeTurns } from "../turns.ts";
import { writerNamed } from "./writers.ts";
import { type Item, type Sink, type Work, works } from "./writer.ts";

/** A catalogue is taken again and again where a file wants more products than this. */
const MOST_PRODUCTS = 20_000;
/** The same where memory is measured, which the catalogue shall not take. */
const FEW_PRODUCTS = 2000;

/** Writes one file of `count` records at each turn. */
export async function timeWriting(name: string, work: Work, count: number, bytes: number): Promise<void> {
  const writer = await writerNamed(name).make(work);
  const kept = linesOf(work, Math.min(count, MOST_PRODUCTS)).map(parsed);
  let last = 0;
  const sink: Sink = (chunk) => {
    last += chunk.at(-1) ?? 0;
  };
  await takeTurns(
    () => writer.write(repeated(kept, count), sink),
    bytes,
    () => last,
  );
}

/** Writes a file of `count` records, each parsed as it is asked for; prints what it took. */
export async function watchWriting(name: string, work: Work, count: number, path: string): Promise<void> {
  const writer = await writerNamed(name).make(work);
  const lines = linesOf(work, FEW_PRODUCTS);
  const file = openSync(path, "w");
  let bytes = 0;
  const start = performance.now();
  await writer.write(parsedOneByOne(repeated(lines, count)), (chunk) => {
    bytes += writeSync(file, chunk);
  });
  const seconds = (performance.now() - start) / 1e3;
  closeSync(file);
  console.log(JSON.stringify({ bytes, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}

/** Records as JSON, so that they become what comes from a database: objects and texts of their own, not put together. */
function linesOf(work: Work, count: number): readonly string[] {
  return Array.from(works[work].items(count), (item) => JSON.stringify(item));
}

function* parsedOneByOne(lines: Iterable<string>): Generator<Item> {
  for (const line of lines) yield parsed(line);
}

function parsed(line: string): Item {
  return JSON.parse(line) as Item;
}

function* repeated<One>(items: readonly One[], count: number): Generator<One> {
  for (let index = 0; index < count; index++) yield items[index % items.length]!;
}
