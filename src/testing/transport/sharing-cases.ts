import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { Transport } from "../../ports.ts";
import { incomingFiles } from "../../transfer/incoming.ts";
import { publish } from "../../transfer/publish.ts";
import { allOf, failsWith, inPieces, sameBytes, sampleBytes } from "./check.ts";
import { type TransportCase, withFixture } from "./case.ts";

const LARGE = 3_000_000;
const PIECE = 50_000;

/** Several at once, stopping early, and files that others read and write. */
export const sharingCases: readonly TransportCase[] = [
  {
    name: "works on after a file was not read to its end",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const bytes = sampleBytes(LARGE);
        await transport.write("large.bin", inPieces(bytes, PIECE));
        for (let round = 0; round < 5; round++) {
          for await (const piece of transport.read("large.bin")) {
            ok(piece.length > 0);
            break;
          }
        }
        sameBytes(await allOf(transport.read("large.bin")), bytes);
      }),
  },
  {
    name: "copies a file while it is read, and answers calls that come at the same time",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const bytes = sampleBytes(LARGE);
        await transport.write("large.bin", inPieces(bytes, PIECE));
        await transport.write("copy.bin", () => transport.read("large.bin"));
        const [copy, again] = await Promise.all([
          allOf(transport.read("copy.bin")),
          allOf(transport.read("large.bin")),
        ]);
        sameBytes(copy, bytes);
        sameBytes(again, bytes);
        const names = Array.from({ length: 6 }, (_, index) => `${index}.bin`);
        await Promise.all(names.map((name, index) => transport.write(name, sampleBytes(1000, index))));
        const all = await Promise.all(names.map((name) => allOf(transport.read(name))));
        for (const [index, found] of all.entries()) sameBytes(found, sampleBytes(1000, index));
      }),
  },
  {
    name: "ends with the reason of the signal, before and during a call, and works on",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const bytes = sampleBytes(LARGE);
        await transport.write("large.bin", inPieces(bytes, PIECE));
        const reason = new Error("the task was stopped");
        const isReason = (error: unknown): boolean => error === reason;
        const signal = AbortSignal.abort(reason);
        await rejects(allOf(transport.read("large.bin", { signal })), isReason);
        await rejects(transport.write("b.bin", bytes, { signal }), isReason);
        if (transport.can.list) await rejects(transport.list("", { signal }), isReason);

        const reading = new AbortController();
        await rejects(async () => {
          for await (const piece of transport.read("large.bin", { signal: reading.signal }))
            if (piece.length > 0) reading.abort(reason);
        }, isReason);
        const writing = new AbortController();
        async function* endless(): AsyncGenerator<Uint8Array> {
          for (let count = 0; ; count++) {
            if (count === 3) writing.abort(reason);
            yield sampleBytes(PIECE, count);
          }
        }
        await rejects(transport.write("c.bin", endless(), { signal: writing.signal }), isReason);
        sameBytes(await allOf(transport.read("large.bin")), bytes);
      }),
  },
  {
    name: "connects again after it was closed",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.write("a.bin", sampleBytes(10));
        await transport.close();
        sameBytes(await allOf(transport.read("a.bin")), sampleBytes(10));
        await transport.close();
        await transport.close();
      }),
  },
  {
    name: "publishes a file that is never seen by half",
    needs: ["write", "move", "replace", "list", "stat"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const [old, next] = [sampleBytes(400_000, 1), sampleBytes(500_000, 2)];
        await publish(transport, "feed.xml", old);
        async function* slowly(): AsyncGenerator<Uint8Array> {
          for await (const piece of inPieces(next, PIECE)()) {
            yield piece;
            sameBytes(await allOf(transport.read("feed.xml")), old);
          }
        }
        const published = await publish(transport, "feed.xml", slowly());
        deepEqual([published.bytes, published.by, published.verified], [next.length, "rename", true]);
        sameBytes(await allOf(transport.read("feed.xml")), next);
        deepEqual(await namesIn(transport, ""), ["feed.xml"]);
      }),
  },
  {
    name: "leaves the published file as it was when the new one fails",
    needs: ["write", "move", "list", "stat", "remove"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const old = sampleBytes(1000);
        await publish(transport, "feed.xml", old);
        const own = new Error("the catalogue cannot be read");
        async function* failing(): AsyncGenerator<Uint8Array> {
          yield sampleBytes(PIECE, 3);
          throw own;
        }
        await rejects(publish(transport, "feed.xml", failing()), (error) => error === own);
        sameBytes(await allOf(transport.read("feed.xml")), old);
        deepEqual(await namesIn(transport, ""), ["feed.xml"]);
      }),
  },
  {
    name: "replaces a file by removing it first, where that is allowed, and says when it is not",
    needs: ["write", "move", "stat", "remove", "list"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await publish(transport, "feed.xml", sampleBytes(10, 1));
        const { by } = await publish(transport, "feed.xml", sampleBytes(20, 2), { replace: "remove" });
        sameBytes(await allOf(transport.read("feed.xml")), sampleBytes(20, 2));
        if (by === "remove") {
          await failsWith(() => publish(transport, "feed.xml", sampleBytes(30, 3)), "TRANSPORT_EXISTS");
          sameBytes(await allOf(transport.read("feed.xml")), sampleBytes(20, 2));
          deepEqual(await namesIn(transport, ""), ["feed.xml"]);
        }
      }),
  },
  {
    name: "publishes in place where that is allowed",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const { by, bytes } = await publish(transport, "feed.xml", sampleBytes(1000), { replace: "in-place" });
        deepEqual([by, bytes], ["in-place", 1000]);
        sameBytes(await allOf(transport.read("feed.xml")), sampleBytes(1000));
        if (!transport.can.move)
          await failsWith(() => publish(transport, "feed.xml", sampleBytes(1)), "TRANSPORT_UNSUPPORTED");
      }),
  },
  {
    name: "takes files that stand still, archives the good ones and puts the bad ones aside with a report",
    needs: ["write", "move", "list", "stat", "folders", "remove"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.makeFolder("out");
        await transport.write("out/orders-10.xml", sampleBytes(10));
        await transport.write("out/orders-9.xml", sampleBytes(9));
        await transport.write("out/orders-8.xml.part", sampleBytes(8));
        await transport.write("out/readme.txt", sampleBytes(7));
        const now = () => new Date("2026-03-04T18:22:09Z");
        // The place is looked at twice; in between, one of the files grows.
        const sleep = async (): Promise<void> => {
          await transport.remove("out/orders-9.xml");
          await transport.write("out/orders-9.xml", sampleBytes(90));
        };
        const options = { folder: "out", pattern: "orders-*", now };
        const first = await incomingFiles(transport, { ...options, sleep });
        deepEqual(
          [first.files.map(({ name }) => name), first.waiting.map(({ path }) => path).sort()],
          [["orders-10.xml"], ["out/orders-8.xml.part", "out/orders-9.xml"]],
        );

        const second = await incomingFiles(transport, { ...options, settleMs: 0 });
        deepEqual(
          second.files.map(({ name }) => name),
          ["orders-9.xml", "orders-10.xml"],
        );
        const [nine, ten] = second.files;
        ok(nine && ten);
        sameBytes(await allOf(nine.read()), sampleBytes(90));
        equal(await nine.succeed(), "out/archive/orders-9.2026-03-04T18-22-09Z.xml");
        equal(await ten.fail({ read: 1, bad: 1 }), "out/failed/orders-10.2026-03-04T18-22-09Z.xml");
        deepEqual(await namesIn(transport, "out"), ["orders-8.xml.part", "readme.txt"]);
        sameBytes(await allOf(transport.read("out/archive/orders-9.2026-03-04T18-22-09Z.xml")), sampleBytes(90));
        const report = await allOf(transport.read("out/failed/orders-10.2026-03-04T18-22-09Z.xml.report.json"));
        deepEqual(JSON.parse(new TextDecoder().decode(report)), { read: 1, bad: 1 });
      }),
  },
];

async function namesIn(transport: Transport, folder: string): Promise<string[]> {
  return (await transport.list(folder)).files.map(({ name }) => name).sort();
}
