import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TransportError } from "../../src/errors.ts";
import type { Transport } from "../../src/ports.ts";
import type { Fault, Faults } from "../../src/testing/fault-kinds.ts";
import { faultProxy } from "../../src/testing/fault-proxy.ts";
import { seededFaults } from "../../src/testing/fault-seeded.ts";
import { inPieces, sampleBytes } from "../../src/testing/transport/check.ts";
import { incomingFiles } from "../../src/transfer/incoming.ts";
import { publish, type ReplaceBy } from "../../src/transfer/publish.ts";
import type { RetryOptions } from "../../src/transfer/retry.ts";

/** A server behind the proxy, seen from both sides. */
export interface Faulted {
  /** Where its files are on disk; `out` and `in` are made in it. */
  readonly folder: string;
  readonly server: {
    readonly host: string;
    readonly port: number;
    readonly passivePorts?: readonly [number, number];
    readonly listen?: string;
  };
  readonly connect: (proxy: { readonly host: string; readonly port: number }, retry: RetryOptions) => Transport;
  /** Lets the server write what this process makes on disk. */
  readonly belongs?: ((path: string) => void) | undefined;
  readonly replace?: ReplaceBy | undefined;
  /** Whether files come over the only connection, as with SFTP, so that faults strike there as they do on data connections. */
  readonly oneConnection?: boolean | undefined;
}

export interface FaultedCounts {
  readonly uploads: number;
  readonly downloads: number;
  /** Calls that ended with an error after all attempts, and were made again later. */
  readonly failed: number;
  readonly retries: number;
  readonly connections: number;
  readonly struck: Readonly<Partial<Record<Fault["kind"], number>>>;
  /** Looks at the published files past the server, while they were replaced. */
  readonly looks: number;
  /** Parts of broken uploads that could not be removed at once. */
  readonly partsLeft: number;
}

const FEEDS = 8;
const WORKERS = 4;
const LARGEST = 200_000;
const STALLS = 6;

/**
 * So many uploads and as many downloads through a proxy that breaks connections. Meanwhile whoever looks at the files on disk
 * finds each one whole.
 *
 * @throws Error if a file is seen by half, lost, doubled or changed
 */
export async function faultedTransfers(count: number, seed: number, faulted: Faulted): Promise<FaultedCounts> {
  const { folder, server, belongs = () => undefined } = faulted;
  for (const name of ["out", "in"]) {
    mkdirSync(join(folder, name));
    belongs(join(folder, name));
  }
  let quiet = false;
  const kinds = ["drop", "reset", "stall", "truncate", "refuse", "mute"] as const;
  // A connection that carries one file after the other has to last for some.
  const often = faulted.oneConnection === true ? { rate: 1, maxBytes: 10 * LARGEST } : { rate: 0.3, maxBytes: LARGEST };
  const seeded = seededFaults(seed, { kinds, ...often });
  let stalls = 0;
  const faults: Faults = (connection) => {
    const fault = seeded(connection);
    // Servers let in fifteen or fifty sessions, and hold on to one that is silent for minutes.
    return fault?.kind === "stall" && ++stalls > STALLS ? { ...fault, kind: "drop" } : fault;
  };
  const proxy = await faultProxy({
    ...server,
    faults: (connection) =>
      quiet ? undefined : faults(faulted.oneConnection === true ? { ...connection, kind: "data" } : connection),
  });
  const tally = { failed: 0, retries: 0, looks: 0 };
  const retry: RetryOptions = { attempts: 4, firstDelayMs: 1, maxDelayMs: 20, onRetry: () => tally.retries++ };
  const transports = Array.from({ length: WORKERS }, () => faulted.connect(proxy, retry));

  /** Everything that was ever published under a name: one of it must be there. */
  const published = new Map<string, Set<string>>();
  const wanted = new Map<string, string>();
  const booked = new Map<string, string>();

  function look(): void {
    tally.looks++;
    for (const name of readdirSync(join(folder, "out"))) {
      if (!name.endsWith(".xml")) continue;
      const hash = hashOf(readFileSync(join(folder, "out", name)));
      if (published.get(name)?.has(hash) !== true) throw new Error(`${name} is seen with content that was never whole`);
    }
  }

  async function upload(transport: Transport, index: number, name: string): Promise<void> {
    const bytes = sampleBytes(sizeOf(index, seed), index);
    const hash = hashOf(bytes);
    published.set(name, (published.get(name) ?? new Set()).add(hash));
    await untilDone(tally, async () => {
      await publish(transport, `out/${name}`, inPieces(bytes, 10_000), { retry, replace: faulted.replace });
    });
    const there = hashOf(readFileSync(join(folder, "out", name)));
    if (there !== hash) throw new Error(`${name} was published, but another file is there`);
  }

  async function download(transport: Transport, index: number): Promise<void> {
    const name = `orders-${index}.xml`;
    const bytes = sampleBytes(sizeOf(index, seed + 1), index);
    wanted.set(name, hashOf(bytes));
    // As a shop does that knows how.
    writeFileSync(join(folder, `${name}.part`), bytes);
    belongs(join(folder, `${name}.part`));
    renameSync(join(folder, `${name}.part`), join(folder, "in", name));
    await untilDone(tally, () => takeIn(transport, booked, name));
  }

  const feeds = Array.from({ length: FEEDS }, (_, index) => `feed-${index}.xml`);
  let next = 0;
  const timer = setInterval(look, 5);
  try {
    await Promise.all(
      transports.map(async (transport, worker) => {
        // Each feed is written by one worker only, as each shop has one task.
        const mine = feeds.filter((_, index) => index % WORKERS === worker);
        while (next < count) {
          const index = next++;
          await upload(transport, index, mine[index % mine.length] ?? "feed.xml");
          await download(transport, index);
        }
      }),
    );
    quiet = true;
    // As the next run does: of a listing that was cut, a part is missed.
    const [transport] = transports;
    if (transport !== undefined) await untilDone(tally, () => takeIn(transport, booked, "*.xml"));
    look();
  } finally {
    clearInterval(timer);
    for (const transport of transports) await transport.close();
    await proxy.close();
  }
  checkArchive(join(folder, "in"), wanted, booked);
  const partsLeft = readdirSync(join(folder, "out")).filter((name) => name.endsWith(".part")).length;
  const struck: Partial<Record<Fault["kind"], number>> = {};
  for (const { fault } of proxy.connections) if (fault !== undefined) struck[fault] = (struck[fault] ?? 0) + 1;
  return { uploads: count, downloads: wanted.size, ...tally, connections: proxy.connections.length, struck, partsLeft };
}

/** A task comes back later when its attempts are used up. */
async function untilDone(tally: { failed: number }, work: () => Promise<void>): Promise<void> {
  for (let round = 0; ; round++)
    try {
      await work();
      return;
    } catch (error) {
      if (!(error instanceof TransportError) || round === 50) throw error;
      tally.failed++;
      // Servers keep the places of dead sessions for a while.
      await new Promise((resolve) => setTimeout(resolve, 50 * round));
    }
}

/** Reads a file that has come, remembers what was in it, and archives it. */
async function takeIn(transport: Transport, booked: Map<string, string>, name: string): Promise<void> {
  const { files } = await incomingFiles(transport, { folder: "in", pattern: name, settleMs: 0 });
  for (const file of files) {
    const hash = createHash("sha256");
    for await (const piece of file.read()) hash.update(piece);
    booked.set(file.name, hash.digest("hex"));
    await file.succeed();
  }
}

/** Each file is in the archive once, as it came, and was read like that. */
function checkArchive(folder: string, wanted: ReadonlyMap<string, string>, booked: ReadonlyMap<string, string>): void {
  // proftpd carries out a command that was cut, so there may be a folder "arc".
  const left = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  if (left.length > 0) throw new Error(`left behind: ${left.map(({ name }) => name).join(", ")}`);
  const archived = new Map<string, string>();
  for (const name of readdirSync(join(folder, "archive"))) {
    const original = name.replace(/\.\d{4}-[^.]+(?=\.xml$)/, "");
    if (archived.has(original)) throw new Error(`${original} was archived twice`);
    archived.set(original, hashOf(readFileSync(join(folder, "archive", name))));
  }
  for (const [name, hash] of wanted) {
    if (archived.get(name) !== hash) throw new Error(`${name} is not in the archive as it came`);
    if (booked.get(name) !== hash) throw new Error(`${name} was not read as it came`);
  }
  if (archived.size !== wanted.size) throw new Error(`${archived.size} files archived, ${wanted.size} came`);
}

function hashOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Small and large ones alike, the same for the same seed. */
function sizeOf(index: number, seed: number): number {
  const share = (Math.imul(index + 1, 2_654_435_761) ^ Math.imul(seed, 40_503)) >>> 0;
  return Math.floor((LARGEST + 1) ** (share / 2 ** 32));
}
