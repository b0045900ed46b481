import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/adapters/memory.ts";
import { TransportError } from "../../src/errors.ts";
import type { Transport } from "../../src/ports.ts";
import { sampleBytes } from "../../src/testing/transport/check.ts";
import { publish } from "../../src/transfer/publish.ts";
import { brokenTransport } from "./broken.ts";

const retry = { attempts: 3, sleep: async () => undefined };
const [old, next] = [sampleBytes(500, 1), sampleBytes(600, 2)];

/** As servers are that do not rename over a file. */
function withoutReplacing(inner: Transport): Transport {
  return {
    ...inner,
    move: async (from, to, call) => {
      if ((await inner.stat(to)) !== undefined)
        throw new TransportError("TRANSPORT_EXISTS", "the file exists", { place: to });
      await inner.move(from, to, call);
    },
  };
}

describe("publishing", () => {
  test("writes a part, looks at its size, and renames", async () => {
    const { transport, inner, calls } = brokenTransport({}, { files: { "out/feed.xml": old } });
    expect(await publish(transport, "out/feed.xml", next)).toEqual({
      path: "out/feed.xml",
      bytes: 600,
      by: "rename",
      verified: true,
      swept: [],
    });
    expect(inner.files).toEqual(new Map([["out/feed.xml", next]]));
    expect(calls.map((call) => call.replace(/\.[0-9a-f]{8}\./, ".#."))).toEqual([
      "list out",
      "write out/feed.xml.#.part 0",
      "stat out/feed.xml.#.part",
      "move out/feed.xml.#.part",
      "stat out/feed.xml",
    ]);
  });

  test("writes another part when one arrived with another size", async () => {
    const inner = memoryTransport({ files: { "feed.xml": old } });
    const parts: string[] = [];
    const transport: Transport = {
      ...inner,
      write: async (path, content, writing) => {
        parts.push(path);
        // The server says that all is well, but half of it got lost.
        await inner.write(path, parts.length === 1 ? next.subarray(0, 300) : content, writing);
        return 600;
      },
    };
    await publish(transport, "feed.xml", next, { retry });
    expect(inner.files).toEqual(new Map([["feed.xml", next]]));
    expect(new Set(parts).size).toBe(2);
  });

  test("leaves the old file when the size stays wrong", async () => {
    const inner = memoryTransport({ files: { "feed.xml": old } });
    const write: Transport["write"] = async (path) => (await inner.write(path, next.subarray(1)), 600);
    const work = publish({ ...inner, write }, "feed.xml", next, { retry });
    await expect(work).rejects.toMatchObject({ code: "TRANSPORT_INCOMPLETE" });
    expect(inner.files).toEqual(new Map([["feed.xml", old]]));
  });

  test("removes the old file first only where that is allowed", async () => {
    const inner = memoryTransport({ files: { "feed.xml": old } });
    const transport = withoutReplacing(inner);
    const refused = await publish(transport, "feed.xml", next).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: "TRANSPORT_EXISTS", retryable: false });
    expect((refused as Error).message).toContain('replace: "remove"');
    expect(inner.files).toEqual(new Map([["feed.xml", old]]));
    expect((await publish(transport, "feed.xml", next, { replace: "remove" })).by).toBe("remove");
    expect(inner.files).toEqual(new Map([["feed.xml", next]]));
  });

  test("has a done-file only while the file beside it is complete", async () => {
    const { transport, inner, calls } = brokenTransport({}, { files: { "feed.xml": old, "feed.xml.done": "" } });
    await publish(transport, "feed.xml", next, { done: ".done" });
    expect(inner.files.get("feed.xml")).toEqual(next);
    expect(inner.files.get("feed.xml.done")).toEqual(new Uint8Array());
    const order = [
      "remove feed.xml.done",
      calls.find((call) => call.startsWith("move")) ?? "",
      "write feed.xml.done 0",
    ];
    expect(calls.filter((call) => order.includes(call))).toEqual(order);
  });

  test("sweeps parts of the same file that are a day old, and no others", async () => {
    let time = "2026-03-04T18:00:00Z";
    const inner = memoryTransport({ now: () => new Date(time) });
    for (const path of ["feed.xml.0a1b2c3d.part", "other.xml.0a1b2c3d.part", "feed.xml.part"])
      await inner.write(path, old);
    time = "2026-03-05T12:00:00Z";
    await inner.write("feed.xml.ffffffff.part", old);
    const now = () => new Date("2026-03-05T18:00:01Z");
    expect((await publish(inner, "feed.xml", next, { now })).swept).toEqual(["feed.xml.0a1b2c3d.part"]);
    expect([...inner.files.keys()].sort()).toEqual([
      "feed.xml",
      "feed.xml.ffffffff.part",
      "feed.xml.part",
      "other.xml.0a1b2c3d.part",
    ]);
  });

  test("works where nothing can be renamed only when that is said", async () => {
    const inner = memoryTransport({ files: { "feed.xml": old } });
    const transport: Transport = {
      ...inner,
      can: { ...inner.can, move: false, list: false, stat: false, remove: false },
    };
    await expect(publish(transport, "feed.xml", next)).rejects.toMatchObject({ code: "TRANSPORT_UNSUPPORTED" });
    expect(inner.files.get("feed.xml")).toEqual(old);
    expect(await publish(transport, "feed.xml", next, { replace: "in-place" })).toMatchObject({ verified: false });
    expect(inner.files.get("feed.xml")).toEqual(next);
  });

  test("leaves no part behind when the move fails", async () => {
    const { transport, inner } = brokenTransport({ move: ["before"] }, { files: { "feed.xml": old } });
    await expect(publish(transport, "feed.xml", next, { retry })).rejects.toMatchObject({
      code: "TRANSPORT_INTERRUPTED",
    });
    expect(inner.files).toEqual(new Map([["feed.xml", old]]));
  });
});
