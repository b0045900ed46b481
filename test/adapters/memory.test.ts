import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/adapters/memory.ts";
import { transportSuite } from "../../src/testing/transport/suite.ts";

describe("files in memory", () => {
  transportSuite({
    test,
    skip: test.skip,
    create: (limits) => ({ transport: memoryTransport(limits) }),
    without: { faults: "there is no connection" },
  });

  test("start with what they are given, and show what they hold", async () => {
    const now = () => new Date("2026-03-04T18:22:09Z");
    const transport = memoryTransport({ files: { "out/a.xml": "<č/>" }, now });
    await transport.move("out/a.xml", "out/b.xml");
    expect([...transport.files.keys()]).toEqual(["out/b.xml"]);
    expect(await transport.list("out")).toEqual({
      files: [{ path: "out/b.xml", name: "b.xml", size: 5, modifiedAt: "2026-03-04T18:22:09.000Z" }],
      refused: [],
    });
  });
});
