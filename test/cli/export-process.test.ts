import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { chmod, mkdir, open, readdir, readFile, stat, writeFile } from "node:fs/promises";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { folder } from "./call.ts";
import { codesIn, contentOf, deltaXml, exportCall, ndjson, product, products, shops } from "./exporting.ts";

const OLD = deltaXml("<ITEM><CODE>OLD</CODE></ITEM>");

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeEach(async () => {
  files = await folder({ "delta.json": JSON.stringify(shops["delta"]), "two.ndjson": ndjson(products(2)) });
  await mkdir(at("out"));
  await mkdir(at("tmp"));
  await writeFile(at("out/feed.xml"), OLD);
});
afterEach(async () => {
  await chmod(at("out"), 0o755);
  await files.remove();
});

const delta = (): string[] => ["--mapping", at("delta.json"), "--feed", "products"];

interface Started {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{
    readonly exitCode: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly err: string;
  }>;
}

/** `propojka export` in a process of its own; `shell` goes before it. */
function start(
  args: readonly string[],
  { shell = "", node = [] as readonly string[], uid = undefined as number | undefined } = {},
): Started {
  const program = [...node, "--import", "tsx", "src/cli/main.ts", "export", ...args];
  const options = {
    env: { ...process.env, TMPDIR: at("tmp"), TSX_DISABLE_CACHE: "1" },
    ...(uid !== undefined && { uid, gid: uid }),
  };
  const child =
    shell === ""
      ? spawn(process.execPath, program, options)
      : spawn("/bin/sh", ["-c", `${shell}; exec "$@"`, "sh", process.execPath, ...program], options);
  child.stdin.on("error", () => undefined);
  let err = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = once(child, "close").then(([exitCode, signal]) => ({
    exitCode: exitCode as number | null,
    signal: signal as NodeJS.Signals | null,
    err: err.replaceAll(`${at("")}/`, ""),
  }));
  return { child, ended };
}

/** The old file is as it was, and nothing else is there. */
async function expectUntouched(): Promise<void> {
  expect(await contentOf(at("out/feed.xml"))).toBe(OLD);
  expect(await readdir(at("out"))).toEqual(["feed.xml"]);
  expect(await readdir(at("tmp"))).toEqual([]);
}

/** A user who may not write everywhere, as the superuser may; undefined stands for oneself. */
const ordinary = process.getuid?.() === 0 ? 65_534 : undefined;

function mayRunAs(uid: number | undefined): boolean {
  const identity = uid === undefined ? {} : { uid, gid: uid };
  // By its whole path, as modules are loaded: a folder above may be closed to others.
  const folder = JSON.stringify(`${process.cwd()}/node_modules/tsx`);
  return spawnSync(process.execPath, ["-e", `fs.readdirSync(${folder})`], identity).status === 0;
}

describe("export as a program", () => {
  it("reads standard input and writes to standard output", async () => {
    const { child, ended } = start(["-", ...delta(), "-o", "-"]);
    let out = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
    child.stdin.end(ndjson(products(2)));
    expect(await ended).toMatchObject({ exitCode: 0, err: expect.stringContaining("2 records in standard output") });
    expect(codesIn(out)).toEqual(["H-1", "H-2"]);
    expect(await readdir(at("tmp"))).toEqual([]);
  });

  it("ends quietly when the reader of its output goes away", async () => {
    await writeFile(at("many.ndjson"), ndjson(products(20_000)));
    const { child, ended } = start([at("many.ndjson"), ...delta(), "-o", "-"]);
    child.stdout.once("data", () => child.stdout.destroy());
    expect(await ended).toEqual({ exitCode: 0, signal: null, err: "" });
    expect(await readdir(at("tmp"))).toEqual([]);
  });

  it.runIf(process.platform === "linux")("says that standard output is full", async () => {
    const full = await open("/dev/full", "w");
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "src/cli/main.ts", "export", at("two.ndjson"), ...delta(), "-o", "-"],
      { stdio: ["ignore", full.fd, "pipe"] },
    );
    let err = "";
    child.stderr!.setEncoding("utf8").on("data", (text: string) => (err += text));
    const [exitCode] = (await once(child, "close")) as [number | null];
    await full.close();
    expect({ exitCode, err }).toEqual({
      exitCode: 2,
      err: "standard output: cannot be written: no space left on the device\n",
    });
  });

  it.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("leaves nothing behind when %s ends it", async (signal) => {
    const { child, ended } = start(["-", ...delta(), "-o", at("out/feed.xml")]);
    child.stdin.write(ndjson(products(2000)));
    await untilThere(at("out"), 2);
    // Beside its place: on another disk, it could not be put there in one step.
    expect(await readdir(at("out"))).toEqual([expect.stringMatching(/^\.propojka-/), "feed.xml"]);
    child.kill(signal);
    expect(await ended).toMatchObject({ exitCode: null, signal, err: "" });
    await expectUntouched();
  });

  it("leaves nothing behind when a write fails", async () => {
    await writeFile(at("many.ndjson"), ndjson(products(5000)));
    const { ended } = start([at("many.ndjson"), ...delta(), "-o", at("out/feed.xml")], { shell: "ulimit -f 100" });
    expect(await ended).toMatchObject({
      exitCode: 2,
      err: "out/feed.xml: cannot be written: the file gets too large\n",
    });
    await expectUntouched();
  });

  it.runIf(mayRunAs(ordinary))("says that it may not write there", async () => {
    await chmod(files.path(""), 0o755);
    await chmod(at("out"), 0o555);
    const { ended } = start([at("two.ndjson"), ...delta(), "-o", at("out/feed.xml")], { uid: ordinary });
    expect(await ended).toMatchObject({ exitCode: 2, err: "out/feed.xml: cannot be written: permission denied\n" });
    await expectUntouched();
  });

  // As an ordinary user: what would replace the device then fails.
  it.runIf(process.platform === "linux" && mayRunAs(ordinary))("says that a device is full", async () => {
    await chmod(files.path(""), 0o755);
    await chmod(at("tmp"), 0o777);
    const { ended } = start([at("two.ndjson"), ...delta(), "-o", "/dev/full"], { uid: ordinary });
    expect(await ended).toMatchObject({
      exitCode: 2,
      err: "/dev/full: cannot be written: no space left on the device\n",
    });
    await expectUntouched();
  });

  it("writes into a named pipe", async () => {
    await once(spawn("mkfifo", [at("out/pipe")]), "close");
    const { ended } = start([at("two.ndjson"), ...delta(), "-o", at("out/pipe")]);
    let text = "";
    for await (const chunk of createReadStream(at("out/pipe"), "utf8")) text += String(chunk);
    expect(await ended).toMatchObject({ exitCode: 0 });
    expect(codesIn(text)).toEqual(["H-1", "H-2"]);
    expect((await stat(at("out/pipe"))).isFIFO()).toBe(true);
  });

  it("writes 200 000 products with a small heap", async () => {
    const count = 200_000;
    const { child, ended } = start(["-", ...delta(), "-o", at("out/feed.xml")], {
      node: ["--max-old-space-size=96", "--max-semi-space-size=2"],
    });
    const description = "Hrnek z kameniny, ručně točený. ".repeat(10);
    for (let first = 0; first < count; first += 1000) {
      const part = Array.from({ length: 1000 }, (_, index) => product(`H-${first + index}`, { description }));
      if (!child.stdin.write(ndjson(part))) await once(child.stdin, "drain");
    }
    child.stdin.end();
    expect(await ended).toMatchObject({ exitCode: 0, err: expect.stringContaining("200000 records in out/feed.xml") });
    expect((await stat(at("out/feed.xml"))).size).toBeGreaterThan(70e6);
  }, 120_000);
});

describe("a file that is read while it is written", () => {
  it("is the old or the new one at any moment", async () => {
    const versions = await Promise.all(
      [200, 300].map(async (count) => {
        const path = at(`${count}.ndjson`);
        await writeFile(path, ndjson(products(count)));
        const { out } = await exportCall([path, ...delta(), "-o", "-"]);
        return { path, out };
      }),
    );
    let writing = true;
    const seen = new Map<string, number>();
    const read = async (): Promise<void> => {
      while (writing) {
        const content = await readFile(at("out/feed.xml"), "utf8");
        seen.set(content, (seen.get(content) ?? 0) + 1);
        await sleep(0);
      }
    };
    const reading = Promise.all([read(), read()]);
    for (let round = 0; round < 30; round++) {
      const { path } = versions[round % 2]!;
      expect(await exportCall([path, ...delta(), "-o", at("out/feed.xml")])).toMatchObject({ exitCode: 0 });
    }
    writing = false;
    await reading;
    const known = [OLD, ...versions.map(({ out }) => out)];
    for (const content of seen.keys()) expect(known).toContain(content);
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe("export on a terminal", () => {
  async function* slow(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    const end = performance.now() + 700;
    for (let index = 0; performance.now() < end; index++) {
      yield encoder.encode(ndjson([product(`H-${index}`)]));
      await sleep(1);
    }
  }

  it("shows how far it is, and takes that away at the end", async () => {
    const argv = ["-", ...delta(), "-o", at("out/feed.xml")];
    const { exitCode, err } = await exportCall(argv, { stdin: slow(), terminal: true });
    expect(exitCode).toBe(0);
    const shown = err.match(/\d+\.\d MiB, \d+ products/g) ?? [];
    expect(shown.length).toBeGreaterThan(0);
    expect(shown.length).toBeLessThan(8);
    expect(err.slice(err.lastIndexOf(" MiB"))).toMatch(/^[^\r\n]*\r\x1b\[K[^\r]*\x1b\[32m\d+ records in /);
    const piped = await exportCall(argv, { stdin: slow() });
    expect(piped.err).not.toMatch(/MiB|\x1b/);
  });
});

/** Waits until a folder has so many entries. */
async function untilThere(path: string, count: number): Promise<void> {
  for (let tries = 0; tries < 500 && (await readdir(path)).length < count; tries++) await sleep(20);
}
