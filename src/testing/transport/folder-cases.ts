import { deepEqual, equal, ok } from "node:assert/strict";
import type { Listing } from "../../ports.ts";
import { allOf, failsWith, sameBytes, sampleBytes } from "./check.ts";
import { type TransportCase, withFixture } from "./case.ts";

/** Files among others: listing, moving, removing. */
export const folderCases: readonly TransportCase[] = [
  {
    name: "lists files with their sizes, by a pattern, without folders",
    needs: ["list", "write", "folders"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        deepEqual(await transport.list(""), { files: [], refused: [] });
        await transport.makeFolder("out/archive.xml");
        await transport.write("out/orders-1.xml", sampleBytes(11));
        await transport.write("out/Orders-2.XML", sampleBytes(22));
        await transport.write("out/stock.csv", sampleBytes(33));
        deepEqual(namesOf(await transport.list("")), []);
        const listing = await transport.list("out");
        deepEqual(sizesOf(listing), { "out/Orders-2.XML": 22, "out/orders-1.xml": 11, "out/stock.csv": 33 });
        deepEqual(namesOf(await transport.list("out", { pattern: "orders-?.xml" })), ["Orders-2.XML", "orders-1.xml"]);
        deepEqual(namesOf(await transport.list("out", { pattern: "*.json" })), []);
      }),
  },
  {
    name: "says that a folder is not there",
    needs: ["list"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const error = await failsWith(() => transport.list("no-folder"), "TRANSPORT_NOT_FOUND");
        ok(!error.retryable);
      }),
  },
  {
    name: "lists no more files than its limit",
    needs: ["list", "write"],
    run: (suite) =>
      withFixture(
        suite,
        async (transport) => {
          for (const name of ["a", "b", "c"]) await transport.write(name, sampleBytes(1));
          equal((await transport.list("")).files.length, 3);
          await transport.write("d", sampleBytes(1));
          await failsWith(() => transport.list("", { pattern: "a" }), "TRANSPORT_LIMIT");
        },
        { maxFiles: 3 },
      ),
  },
  {
    name: "makes folders within folders, and none twice",
    needs: ["folders", "write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.makeFolder("2026/03/04");
        await transport.makeFolder("2026/03/04");
        await transport.write("2026/03/04/orders.xml", sampleBytes(5));
        sameBytes(await allOf(transport.read("2026/03/04/orders.xml")), sampleBytes(5));
      }),
  },
  {
    name: "moves a file to another name and into another folder",
    needs: ["move", "write", "folders", "stat"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.makeFolder("archive");
        await transport.write("a.xml", sampleBytes(100));
        await transport.move("a.xml", "b.xml");
        await transport.move("b.xml", "archive/c.xml");
        equal(await transport.stat("a.xml"), undefined);
        equal(await transport.stat("b.xml"), undefined);
        sameBytes(await allOf(transport.read("archive/c.xml")), sampleBytes(100));
      }),
  },
  {
    name: "replaces a file by moving another one over it",
    needs: ["move", "write", "replace", "stat"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.write("feed.xml", sampleBytes(500));
        await transport.write("feed.xml.part", sampleBytes(100, 2));
        await transport.move("feed.xml.part", "feed.xml");
        sameBytes(await allOf(transport.read("feed.xml")), sampleBytes(100, 2));
        equal(await transport.stat("feed.xml.part"), undefined);
      }),
  },
  {
    name: "says that there is nothing to move, or nowhere to move it to",
    needs: ["move", "write", "stat"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await failsWith(() => transport.move("missing.xml", "b.xml"), "TRANSPORT_NOT_FOUND");
        await transport.write("a.xml", sampleBytes(3));
        const move = () => transport.move("a.xml", "no-folder/a.xml");
        await failsWith(move, "TRANSPORT_NOT_FOUND", "TRANSPORT_DENIED");
        equal((await transport.stat("a.xml"))?.size, 3);
      }),
  },
  {
    name: "removes a file, and says that there is none to remove",
    needs: ["remove", "write", "stat"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.write("a.xml", sampleBytes(3));
        await transport.remove("a.xml");
        equal(await transport.stat("a.xml"), undefined);
        await failsWith(() => transport.remove("a.xml"), "TRANSPORT_NOT_FOUND");
      }),
  },
  {
    name: "keeps many small files apart",
    needs: ["list", "write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const names = Array.from({ length: 20 }, (_, index) => `orders-${index}.xml`);
        for (const [index, name] of names.entries()) await transport.write(name, sampleBytes(index + 1, index));
        for (const [index, name] of names.entries())
          sameBytes(await allOf(transport.read(name)), sampleBytes(index + 1, index));
        equal((await transport.list("")).files.length, names.length);
      }),
  },
];

function namesOf({ files }: Listing): string[] {
  return files.map(({ name }) => name).sort();
}

function sizesOf({ files }: Listing): Record<string, number | undefined> {
  return Object.fromEntries(files.map(({ path, size }) => [path, size] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}
