import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ftpServer } from "../../src/testing/ftp/server.ts";
import { alfaJson, folder, order, shop } from "./call.ts";

const MEBIBYTE = 1024 * 1024;

let files: Awaited<ReturnType<typeof folder>>;
const at = (name: string): string => files.path(name);

beforeAll(async () => {
  files = await folder({
    "alfa.json": alfaJson,
    "one.xml": shop(order()),
    "none.xml": shop(),
    "bad.xml": shop(order({ count: "dva" })),
  });
});
afterAll(() => files.remove());

/** The program in a process of its own; `options` are those of Node. */
function start(args: readonly string[], ...options: readonly string[]): ChildProcessWithoutNullStreams {
  const child = spawn(process.execPath, [...options, "--import", "tsx", "src/cli/main.ts", ...args]);
  // Closed by the other side: that is what some of these tests are about.
  child.stdin.on("error", () => undefined);
  return child;
}

async function finish(
  child: ChildProcessWithoutNullStreams,
): Promise<{ exitCode: number | null; out: string; err: string }> {
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const [exitCode] = (await once(child, "close")) as [number | null];
  return { exitCode, out, err };
}

describe("the program", () => {
  it("reads standard input", async () => {
    const child = start(["import", "-", "--mapping", at("alfa.json")]);
    child.stdin.end(shop(order()));
    const { exitCode, out } = await finish(child);
    expect(exitCode).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ number: "26001" });
  });

  it("knows the presets that come with it", async () => {
    const { exitCode, out } = await finish(start(["presets"]));
    expect(exitCode).toBe(0);
    expect(out).toMatch(/^shoptet +Shoptet +/m);
  });

  it("ends with the exit code that the data deserves", async () => {
    const codeOf = async (name: string): Promise<number | null> =>
      (await finish(start(["import", at(name), "--mapping", at("alfa.json")]))).exitCode;
    expect(await Promise.all(["one.xml", "none.xml", "bad.xml", "missing.xml"].map(codeOf))).toEqual([0, 0, 1, 2]);
  });

  it("ends when files have come from servers, also when it stops early", async () => {
    const root = await mkdtemp(join(tmpdir(), "propojka-ftp-"));
    const ftp = await ftpServer({ root });
    const long = `<OTHER>${" ".repeat(4_000_000)}</OTHER>`;
    await writeFile(join(root, "other.xml"), long);
    // Connections that are kept alive, and a body that nobody reads to its end.
    const web = createServer({ keepAliveTimeout: 60_000 }, (_, response) => response.end(long)).listen(0, "127.0.0.1");
    await once(web, "listening");
    const urls = [
      `ftp://127.0.0.1:${ftp.port}/other.xml`,
      `http://127.0.0.1:${(web.address() as AddressInfo).port}/other.xml`,
    ];
    const results = await Promise.all(urls.map((url) => finish(start(["import", url]))));
    web.closeAllConnections();
    web.close();
    await ftp.close();
    await rm(root, { recursive: true });
    for (const { exitCode, err } of results)
      expect({ exitCode, err }).toEqual({ exitCode: 2, err: expect.stringContaining("no preset fits") });
  });

  it("ends quietly when the reader of its output goes away", async () => {
    const child = start(["import", "-", "--mapping", at("alfa.json")]);
    let err = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
    const many = order().repeat(1000);
    child.stdin.write("<SHOP>");
    const feed = (): void => {
      while (!child.stdin.destroyed && child.stdin.write(many));
    };
    child.stdin.on("drain", feed);
    feed();
    child.stdout.once("data", () => child.stdout.destroy());
    const [exitCode] = (await once(child, "exit")) as [number | null];
    child.stdin.destroy();
    expect(exitCode).toBe(0);
    expect(err).not.toMatch(/EPIPE|Error/);
  });

  it("needs no more memory for 50 MB than for 5 MB", async () => {
    const tellPeak = `process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS + "\\n"))`;
    const peakMb = async (bytes: number): Promise<number> => {
      const child = start(
        ["import", "-", "--mapping", at("alfa.json")],
        "--max-old-space-size=32",
        "--max-semi-space-size=2",
        `--import=data:text/javascript,${tellPeak}`,
      );
      const finished = finish(child);
      const many = order().repeat(200);
      child.stdin.write("<SHOP>");
      for (let sent = 0; sent < bytes; sent += many.length)
        if (!child.stdin.write(many)) await once(child.stdin, "drain");
      child.stdin.end("</SHOP>");
      const { exitCode, err } = await finished;
      expect(exitCode).toBe(0);
      return Number(/^peak (\d+)$/m.exec(err)?.[1]) / 1024;
    };
    const small = await peakMb(5 * MEBIBYTE);
    expect(await peakMb(50 * MEBIBYTE)).toBeLessThan(small + 20);
  });
});
