import { describe, expect, test } from "vitest";
import { memoryTransport } from "../../src/adapters/memory.ts";
import { allOf } from "../../src/testing/transport/check.ts";
import { incomingFiles } from "../../src/transfer/incoming.ts";
import { brokenTransport } from "./broken.ts";

const now = () => new Date("2026-03-04T18:22:09Z");
const sleep = async (): Promise<void> => undefined;

describe("incoming files", () => {
  test("come in the order of the numbers in their names", async () => {
    const names = ["XMLExport_2026-10-2_5.xml", "XMLExport_2026-9-30_17.xml", "XMLExport_2026-9-30_5.xml"];
    const transport = memoryTransport({ files: Object.fromEntries(names.map((name) => [name, "<a/>"])) });
    const { files } = await incomingFiles(transport, { sleep });
    expect(files.map(({ name }) => name)).toEqual([names[2], names[1], names[0]]);
  });

  test("wait while they grow, are empty, or are named as unfinished", async () => {
    const transport = memoryTransport({
      files: { "a.xml": "<a/>", "b.xml": "<b", "c.xml": "", "d.xml.filepart": "<d", ".e.xml": "<e", "f.xml": "<f/>" },
    });
    const grow = async (): Promise<void> => {
      await transport.write("b.xml", new Uint8Array([47, 62]), { from: 2 });
      await transport.remove("f.xml");
    };
    const { files, waiting } = await incomingFiles(transport, { sleep: grow });
    expect(files.map(({ path }) => path)).toEqual(["a.xml"]);
    expect(Object.fromEntries(waiting.map(({ path, reason }) => [path, reason]))).toEqual({
      "b.xml": "is still being written",
      "c.xml": "is empty so far",
      "d.xml.filepart": "has the name of a file that is still being written",
      ".e.xml": "has the name of a file that is still being written",
      "f.xml": "was taken away meanwhile",
    });
  });

  test("are seen to be written also when only their time changes", async () => {
    let time = "2026-03-04T18:00:00Z";
    const transport = memoryTransport({ files: { "a.xml": "<a/>" }, now: () => new Date(time) });
    const rewrite = async (): Promise<void> => {
      time = "2026-03-04T18:00:01Z";
      await transport.write("a.xml", new TextEncoder().encode("<b/>"));
    };
    expect((await incomingFiles(transport, { sleep: rewrite })).files).toEqual([]);
  });

  test("wait for their done-file, which goes with them", async () => {
    const transport = memoryTransport({ files: { "a.xml": "<a/>", "a.xml.done": "", "b.xml": "<b/>" } });
    const { files, waiting } = await incomingFiles(transport, { pattern: "*.xml", done: ".done", sleep, now });
    expect(files.map(({ name }) => name)).toEqual(["a.xml"]);
    expect(waiting).toEqual([{ path: "b.xml", reason: "has no b.xml.done beside it" }]);
    await files[0]?.succeed();
    expect([...transport.files.keys()].sort()).toEqual(["archive/a.2026-03-04T18-22-09Z.xml", "b.xml"]);
  });

  test.each([
    ["archive", ["archive/a.2026-03-04T18-22-09Z.xml"]],
    ["delete", []],
    ["leave", ["a.xml"]],
  ] as const)("%s after success", async (after, left) => {
    const transport = memoryTransport({ files: { "a.xml": "<a/>" } });
    const { files } = await incomingFiles(transport, { after, sleep, now });
    expect(await files[0]?.succeed()).toBe(left[0]);
    expect([...transport.files.keys()]).toEqual(left);
  });

  test("never replace one that was archived in the same second", async () => {
    const transport = memoryTransport({ files: { "a.xml": "<a/>" } });
    for (let round = 0; round < 3; round++) {
      const { files } = await incomingFiles(transport, { sleep, now });
      await files[0]?.succeed();
      await transport.write("a.xml", new TextEncoder().encode(`<a n="${round}"/>`));
    }
    expect([...transport.files.keys()].sort()).toEqual([
      "a.xml",
      "archive/a.2026-03-04T18-22-09Z-2.xml",
      "archive/a.2026-03-04T18-22-09Z-3.xml",
      "archive/a.2026-03-04T18-22-09Z.xml",
    ]);
  });

  test("that fail have their report beside them before they are moved", async () => {
    const { transport, inner } = brokenTransport({ move: ["before"] }, { files: { "out/a.xml": "<a" } });
    const { files } = await incomingFiles(transport, { folder: "out", sleep, now });
    await expect(files[0]?.fail("a closing tag is missing")).rejects.toMatchObject({ code: "TRANSPORT_INTERRUPTED" });
    expect([...inner.files.keys()].sort()).toEqual(["out/a.xml", "out/failed/a.2026-03-04T18-22-09Z.xml.report.txt"]);
    expect(await files[0]?.fail({ bad: 1 })).toBe("out/failed/a.2026-03-04T18-22-09Z.xml");
  });

  test("that become others while they are read end with an error", async () => {
    const transport = memoryTransport({ files: { "a.xml": "<a/>" } });
    const { files } = await incomingFiles(transport, { sleep });
    await transport.write("a.xml", new TextEncoder().encode("<longer/>"));
    const [file] = files;
    expect(file).toBeDefined();
    await expect(file && allOf(file.read())).rejects.toMatchObject({ code: "TRANSPORT_INCOMPLETE" });
  });

  test("with names that cannot be used are told", async () => {
    const inner = memoryTransport();
    const refused = [{ name: "nul.xml", reason: "is a name that Windows keeps for a device" }];
    const transport = { ...inner, list: async () => ({ files: [], refused }) };
    expect((await incomingFiles(transport, { sleep })).refused).toEqual(refused);
  });
});
