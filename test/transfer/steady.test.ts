import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/adapters/memory.ts";
import { allOf, inPieces, sampleBytes } from "../../src/testing/transport/check.ts";
import type { RetryOptions } from "../../src/transfer/retry.ts";
import { steady } from "../../src/transfer/steady.ts";
import { type Break, brokenTransport } from "./broken.ts";

const options: RetryOptions = { attempts: 3, sleep: async () => undefined };
const bytes = sampleBytes(1000);

describe("a steady transport", () => {
  test("goes on with a download where it broke off", async () => {
    const { transport, calls } = brokenTransport({ read: [100, "before", 300] }, { files: { "a.xml": bytes } });
    expect(await allOf(steady(transport, options).read("a.xml"))).toEqual(Buffer.from(bytes));
    expect(calls.filter((call) => call.startsWith("read"))).toEqual([
      "read a.xml 0",
      "read a.xml 100",
      "read a.xml 100",
      "read a.xml 400",
    ]);
  });

  test("does not put two files together", async () => {
    const { transport, inner } = brokenTransport({ read: [100] }, { files: { "a.xml": bytes } });
    const replace = async (): Promise<void> => {
      await inner.write("a.xml", sampleBytes(2000, 2));
    };
    const read = allOf(steady(transport, { ...options, sleep: replace }).read("a.xml"));
    await expect(read).rejects.toMatchObject({ code: "TRANSPORT_CHANGED", retryable: true });
  });

  test("gives up a download that gets nowhere, and not one that goes on", async () => {
    const { transport } = brokenTransport({ read: [100, "before", "before"] }, { files: { "a.xml": bytes } });
    await expect(allOf(steady(transport, options).read("a.xml"))).rejects.toMatchObject({
      code: "TRANSPORT_INTERRUPTED",
    });
    const slow = brokenTransport({ read: [1, 1, 1, 1, 1, 1, 1, 1] }, { files: { "a.xml": bytes } });
    expect(await allOf(steady(slow.transport, options).read("a.xml"))).toHaveLength(1000);
  });

  test("goes on with an upload after what has arrived", async () => {
    const { transport, inner, calls } = brokenTransport({ write: [400, 300] });
    expect(await steady(transport, options).write("a.xml", inPieces(bytes, 64))).toBe(1000);
    expect(inner.files.get("a.xml")).toEqual(bytes);
    expect(calls.filter((call) => call.startsWith("write"))).toEqual([
      "write a.xml 0",
      "write a.xml 400",
      "write a.xml 700",
    ]);
  });

  test("takes an upload for done whose confirmation was lost", async () => {
    const { transport, inner, calls } = brokenTransport({ write: ["after"] });
    expect(await steady(transport, options).write("a.xml", bytes)).toBe(1000);
    expect(inner.files.get("a.xml")).toEqual(bytes);
    expect(calls.filter((call) => call.startsWith("write"))).toHaveLength(1);
  });

  test("does not take an old file of the same size for the new one", async () => {
    const { transport, inner } = brokenTransport({ write: ["before"] }, { files: { "a.xml": sampleBytes(1000, 2) } });
    expect(await steady(transport, options).write("a.xml", bytes)).toBe(1000);
    expect(inner.files.get("a.xml")).toEqual(bytes);
  });

  test("does not write again what can be read only once", async () => {
    const { transport } = brokenTransport({ write: [400] });
    const once = inPieces(bytes, 64)();
    await expect(steady(transport, options).write("a.xml", once)).rejects.toMatchObject({
      code: "TRANSPORT_INTERRUPTED",
    });
    const untouched = brokenTransport({ write: ["before"] });
    expect(await steady(untouched.transport, options).write("a.xml", inPieces(bytes, 64)())).toBe(1000);
  });

  test("moves and removes once, also if the answer is lost", async () => {
    const files = { "a.xml": bytes, "b.xml": bytes };
    const { transport, inner } = brokenTransport({ move: ["after"], remove: ["after"] }, { files });
    await steady(transport, options).move("a.xml", "c.xml");
    await steady(transport, options).remove("b.xml");
    expect([...inner.files.keys()]).toEqual(["c.xml"]);
  });

  test("says that there is nothing to move or remove, if that is so from the start", async () => {
    const transport = steady(memoryTransport({ files: { "b.xml": bytes } }), options);
    await expect(transport.move("a.xml", "b.xml")).rejects.toMatchObject({ code: "TRANSPORT_NOT_FOUND" });
    await expect(transport.remove("a.xml")).rejects.toMatchObject({ code: "TRANSPORT_NOT_FOUND" });
  });

  test("does not hide what does not pass", async () => {
    const { transport, calls } = brokenTransport(
      { stat: ["before"], list: ["before"], makeFolder: ["before"] },
      { code: "TRANSPORT_DENIED" },
    );
    const one = steady(transport, options);
    for (const call of [one.stat("a"), one.list(""), one.makeFolder("b")])
      await expect(call).rejects.toMatchObject({ code: "TRANSPORT_DENIED" });
    expect(calls).toHaveLength(3);
  });

  test("reads and writes every byte once, wherever calls break", async () => {
    const breaks = fc.array(
      fc.oneof(fc.constantFrom("before", "after", undefined), fc.integer({ min: 1, max: 1200 })),
      {
        maxLength: 6,
      },
    ) as fc.Arbitrary<(Break | undefined)[]>;
    await fc.assert(
      fc.asyncProperty(breaks, breaks, breaks, async (write, read, stat) => {
        const { transport, inner } = brokenTransport({ write, read, stat });
        const one = steady(transport, { ...options, attempts: 20 });
        expect(await one.write("a.xml", inPieces(bytes, 77))).toBe(1000);
        expect(inner.files.get("a.xml")).toEqual(bytes);
        expect(await allOf(one.read("a.xml"))).toEqual(Buffer.from(bytes));
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});
