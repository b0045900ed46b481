import { createReadStream, readFileSync } from "node:fs";
import { type Contender, contenders } from "./contenders.ts";
import { type FileEncoding, orderFile } from "./generate.ts";
import { takeTurns } from "./turns.ts";
import { timeWriting, watchWriting } from "./write/child.ts";
import type { Work } from "./write/writer.ts";

/** What the processes of the contenders do. */
export async function runChild(task: string, [name = "", ...rest]: readonly string[]): Promise<void> {
  const [first = "", second = "", third = ""] = rest;
  if (task === "time") await time(contenderNamed(name), Number(first), second as FileEncoding);
  else if (task === "watch") await watch(contenderNamed(name), first);
  else if (task === "time-write") await timeWriting(name, first as Work, Number(second), Number(third));
  else if (task === "watch-write") await watchWriting(name, first as Work, Number(second), third);
  else throw new Error(`there is no task "${task}"`);
}

function contenderNamed(name: string): Contender {
  const contender = contenders.find((one) => one.name === name);
  if (contender === undefined) throw new Error(`there is no contender "${name}"`);
  return contender;
}

async function time(contender: Contender, bytes: number, encoding: FileEncoding): Promise<void> {
  const file = Buffer.concat([...orderFile(bytes, encoding)]);
  const reader = await contender.make(encoding);
  let last: unknown;
  const emit = (record: unknown): void => {
    last = record;
  };
  await takeTurns(
    () => reader.whole(file, emit),
    file.length,
    () => typeof last,
  );
}

/** Reads a file once, piece by piece if it can; prints what it took. */
async function watch(contender: Contender, path: string): Promise<void> {
  let records = 0;
  const emit = (): void => {
    records++;
  };
  const reader = await contender.make("utf-8");
  const start = performance.now();
  if (reader.pieces === undefined) await reader.whole(readFileSync(path), emit);
  else await reader.pieces(createReadStream(path) as AsyncIterable<Uint8Array>, emit);
  const seconds = (performance.now() - start) / 1e3;
  console.log(JSON.stringify({ records, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
  process.exit(0);
}
