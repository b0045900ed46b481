import { createReadStream, readFileSync } from "node:fs";
import { type Contender, contenders } from "./contenders.ts";
import { type FileEncoding, orderFile } from "./generate.ts";

const BLOCK_MS = 400;
const WARM_UP_MS = 1500;

/** What the processes of the contenders do. */
export async function runChild(task: string, [name, ...rest]: readonly string[]): Promise<void> {
  const contender = contenders.find((one) => one.name === name);
  if (contender === undefined) throw new Error(`there is no contender "${name ?? ""}"`);
  if (task === "time") await time(contender, Number(rest[0]), rest[1] as FileEncoding);
  else await watch(contender, rest[0] ?? "");
}

/** One block at each message; answers with megabytes a second. */
async function time(contender: Contender, bytes: number, encoding: FileEncoding): Promise<void> {
  const file = Buffer.concat([...orderFile(bytes, encoding)]);
  const reader = await contender.make(encoding);
  let last: unknown;
  const read = async (): Promise<void> => {
    await reader.whole(file, (record) => {
      last = record;
    });
  };
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS;) await read();
  const start = performance.now();
  await read();
  const repeats = Math.max(1, Math.ceil(BLOCK_MS / (performance.now() - start)));

  const block = async (): Promise<void> => {
    const from = performance.now();
    for (let index = 0; index < repeats; index++) await read();
    const rate = (file.length * repeats) / 1e3 / (performance.now() - from);
    // The last record goes along, so that nobody can leave out the work.
    process.send?.({ rate, last: typeof last });
  };
  process.on("message", () => void block());
  process.on("disconnect", () => process.exit(0));
  process.send?.({ ready: true });
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
