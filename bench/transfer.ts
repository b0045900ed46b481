import { type ChildProcess, fork, spawnSync } from "node:child_process";
import { chownSync, copyFileSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { Client } from "basic-ftp";
import { type FtpOptions, ftpTransport } from "../src/adapters/ftp.ts";
import { ftpServer } from "../src/testing/ftp/server.ts";
import { contenders, OWN } from "./contenders.ts";
import { writeOrderFile } from "./generate.ts";
import { median } from "./median.ts";

/** A server, its folder on disk, and how to log in; as `test/servers/start` writes them, or one of our own. */
interface Server extends Pick<FtpOptions, "host" | "port" | "user" | "password"> {
  readonly name: string;
  readonly kind: string;
  readonly folder: string;
  readonly tls: "none" | "explicit" | "implicit";
  readonly ca?: string;
}

interface Job {
  readonly server: Server;
  /** Folder on the server. */
  readonly folder: string;
  readonly megabytes: number;
  readonly rounds: number;
}

const FILE = "orders.xml";
const CHUNK = new Uint8Array(64 * 1024);

/**
 * A large file over FTP by `ftpTransport` and by basic-ftp alone, in turns in one process, and the peak of memory of a
 * process that imports it. Servers are those of PROPOJKA_TEST_SERVERS, otherwise the one of the test kit.
 */
export async function benchTransfers(megabytes: number, rounds: number): Promise<unknown> {
  const file = join(mkdtempSync(join(tmpdir(), "propojka-bench-")), FILE);
  writeOrderFile(file, megabytes * 1e6);
  const rows: unknown[] = [];
  console.log(
    `| FTP, ${megabytes} MB | download, MB/s | × basic-ftp | upload, MB/s | × basic-ftp | import, MB/s | peak memory, MB |\n|---|--:|--:|--:|--:|--:|--:|`,
  );
  const own = process.env["PROPOJKA_TEST_SERVERS"] === undefined ? await startOwn() : undefined;
  try {
    for (const server of own?.servers ?? realServers()) {
      const folder = mkdtempSync(join(server.folder, "bench-"));
      const { uid, gid } = statSync(server.folder);
      copyFileSync(file, join(folder, FILE));
      for (const path of [folder, join(folder, FILE)]) chownSync(path, uid, gid);
      const job: Job = { server, folder: relative(server.folder, folder), megabytes, rounds };
      const speed = ask("time-ftp", job);
      const memory = ask("watch-ftp", job);
      rmSync(folder, { recursive: true });
      rows.push({ server: server.name, ...speed, ...memory });
      const { down, downRatio, up, upRatio } = speed;
      const cells = [down?.toFixed(0), downRatio?.toFixed(2), up?.toFixed(0), upRatio?.toFixed(2)];
      console.log(
        `| ${server.name} | ${[...cells, memory["rate"]?.toFixed(0), memory["peak"]?.toFixed(0)].join(" | ")} |`,
      );
    }
  } finally {
    own?.process.kill();
    rmSync(join(file, ".."), { recursive: true });
  }
  console.log("");
  return rows;
}

/** What the processes of this part do. */
export async function runTransferChild(task: string, json: string): Promise<void> {
  if (task === "serve-ftp") await serve(json);
  else if (task === "time-ftp") console.log(JSON.stringify(await time(JSON.parse(json) as Job)));
  else console.log(JSON.stringify(await watch(JSON.parse(json) as Job)));
  if (task !== "serve-ftp") process.exit(0);
}

function realServers(): readonly Server[] {
  const all = JSON.parse(readFileSync(process.env["PROPOJKA_TEST_SERVERS"] ?? "", "utf8")) as readonly Server[];
  return all.filter(({ kind, name }) => kind === "ftp" && name !== "proftpd-no-overwrite");
}

async function startOwn(): Promise<{ readonly process: ChildProcess; readonly servers: readonly Server[] }> {
  const folder = mkdtempSync(join(tmpdir(), "propojka-bench-ftp-"));
  const child = fork(fileURLToPath(new URL("main.js", import.meta.url)), ["serve-ftp", folder]);
  const port = await new Promise<number>((resolve) => child.once("message", (message) => resolve(message as number)));
  const server = { name: "test kit", kind: "ftp", host: "127.0.0.1", port, tls: "none", folder } as const;
  return { process: child, servers: [{ ...server, user: "shop", password: "heslo" }] };
}

async function serve(folder: string): Promise<void> {
  const server = await ftpServer({ root: folder });
  process.send?.(server.port);
}

function ask(task: string, job: Job): Readonly<Partial<Record<string, number>>> {
  const main = fileURLToPath(new URL("main.js", import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, [main, task, JSON.stringify(job)], { encoding: "utf8" });
  const line = stdout.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`${job.server.name}: ${stderr}`);
  return JSON.parse(line) as Record<string, number>;
}

function optionsOf({ server, folder }: Job): FtpOptions {
  const { host, port, user, password, tls, ca } = server;
  const trust = ca === undefined ? undefined : { ca: readFileSync(ca), servername: "localhost" };
  return { host, port, user, password, secure: tls, folder, tls: trust };
}

async function time(job: Job): Promise<Record<string, number>> {
  const transport = ftpTransport(optionsOf(job));
  const client = await connected(job);
  const bytes = job.megabytes * 1e6;
  const content = function* (): Generator<Uint8Array> {
    for (let left = bytes; left > 0; left -= CHUNK.length) yield CHUNK.subarray(0, left);
  };
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield* content();
  };
  const works = {
    down: async (): Promise<void> => {
      let count = 0;
      for await (const piece of transport.read(FILE)) count += piece.length;
      if (count < bytes) throw new Error("a short file");
    },
    baseDown: async (): Promise<void> => {
      const sink = new Writable({ write: (_chunk, _encoding, done) => done() });
      await client.downloadTo(sink, FILE);
    },
    up: async (): Promise<void> => {
      await transport.write("up.bin", pieces);
    },
    baseUp: async (): Promise<void> => {
      await client.uploadFrom(Readable.from(content(), { objectMode: false }), "up.bin");
    },
  };
  const rates: Record<keyof typeof works, number[]> = { down: [], baseDown: [], up: [], baseUp: [] };
  const names = Object.keys(works) as (keyof typeof works)[];
  for (let round = 0; round <= job.rounds; round++)
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      const start = performance.now();
      await works[name]();
      // The first round warms up.
      if (round > 0) rates[name].push(bytes / 1e3 / (performance.now() - start));
    }
  const ratio = (own: readonly number[], base: readonly number[]): number =>
    median(own.map((rate, round) => rate / (base[round] ?? NaN)));
  await transport.close();
  client.close();
  return {
    down: median(rates.down),
    downRatio: ratio(rates.down, rates.baseDown),
    up: median(rates.up),
    upRatio: ratio(rates.up, rates.baseUp),
  };
}

async function connected(job: Job): Promise<Client> {
  const { host, port, user = "", password = "", tls } = optionsOf(job);
  const client = new Client(30_000);
  const secure = job.server.tls === "none" ? false : job.server.tls === "implicit" ? "implicit" : true;
  await client.access({
    ...{ host, user, password, secure },
    ...(port !== undefined && { port }),
    ...(tls && { secureOptions: tls }),
  });
  await client.cd(job.folder);
  return client;
}

/** Imports the file once, straight from the server, and says what it took. */
async function watch(job: Job): Promise<Record<string, number>> {
  const reader = await contenders.find(({ name }) => name === OWN.whole)?.make("utf-8");
  const transport = ftpTransport(optionsOf(job));
  const start = performance.now();
  let records = 0;
  await reader?.pieces?.(transport.read(FILE), () => records++);
  const rate = (job.megabytes * 1e3) / (performance.now() - start);
  return { records, rate, peak: process.resourceUsage().maxRSS / 1024 };
}
