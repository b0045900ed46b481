import { deepEqual, equal, ok } from "node:assert/strict";
import { allOf, failsWith, inPieces, sameBytes, sampleBytes, untouched } from "./check.ts";
import { type TransportCase, withFixture } from "./case.ts";

const SIZES = [0, 1, 65_535, 65_536, 65_537, 1_000_003];
const PIECE = 10_000;

/** Reading and writing one file. */
export const fileCases: readonly TransportCase[] = [
  {
    name: "reads back what was written, from nothing to a megabyte",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        for (const size of SIZES) {
          const bytes = sampleBytes(size, size);
          equal(await transport.write(`sample-${size}.bin`, inPieces(bytes, PIECE)), size);
          sameBytes(await allOf(transport.read(`sample-${size}.bin`)), bytes);
        }
        const whole = sampleBytes(PIECE, 7);
        equal(await transport.write("whole.bin", whole), whole.length);
        sameBytes(await allOf(transport.read("whole.bin")), whole);
      }),
  },
  {
    name: "replaces a longer file by a shorter one when it writes",
    needs: ["write", "replace"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.write("sample.bin", sampleBytes(5000));
        await transport.write("sample.bin", sampleBytes(10, 2));
        sameBytes(await allOf(transport.read("sample.bin")), sampleBytes(10, 2));
      }),
  },
  {
    name: "tells size and time of a file, and that there is none",
    needs: ["write", "stat"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        equal(await transport.stat("sample.bin"), undefined);
        equal(await transport.stat("no-folder/sample.bin"), undefined);
        await transport.write("sample.bin", sampleBytes(1234));
        const file = await transport.stat("sample.bin");
        deepEqual([file?.path, file?.name, file?.size], ["sample.bin", "sample.bin", 1234]);
        if (file?.modifiedAt !== undefined) {
          const ageMs = Date.now() - Date.parse(file.modifiedAt);
          ok(Math.abs(ageMs) < 60_000, `written now, but its time is ${file.modifiedAt}`);
          equal(new Date(file.modifiedAt).toISOString(), file.modifiedAt);
        }
      }),
  },
  {
    name: "takes no folder for a file",
    needs: ["write", "stat", "folders"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.makeFolder("orders.xml");
        equal(await transport.stat("orders.xml"), undefined);
        await failsWith(
          () => allOf(transport.read("orders.xml")),
          ...(["TRANSPORT_NOT_FOUND", "TRANSPORT_DENIED", "TRANSPORT_REFUSED"] as const),
        );
      }),
  },
  {
    name: "says that a file to be read is not there",
    needs: [],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const error = await failsWith(() => allOf(transport.read("missing.xml")), "TRANSPORT_NOT_FOUND");
        ok(!error.retryable);
        ok(error.message.includes("missing.xml"), error.message);
      }),
  },
  {
    name: "reads from the middle, and nothing from the end",
    needs: ["write", "resumeRead"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const bytes = sampleBytes(200_000);
        await transport.write("sample.bin", bytes);
        for (const from of [1, 65_536, 199_999, 200_000])
          sameBytes(await allOf(transport.read("sample.bin", { from })), bytes.subarray(from));
      }),
  },
  {
    name: "does not take a file of another size than expected",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        await transport.write("sample.bin", sampleBytes(1000));
        for (const size of [999, 1001]) {
          const read = () => allOf(transport.read("sample.bin", { size }));
          await failsWith(read, "TRANSPORT_INCOMPLETE", "TRANSPORT_CHANGED");
        }
      }),
  },
  {
    name: "goes on at the end of a file, and only there",
    needs: ["write", "resumeWrite"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const bytes = sampleBytes(100_000);
        await transport.write("sample.bin", bytes.subarray(0, 40_000));
        equal(await transport.write("sample.bin", inPieces(bytes.subarray(40_000), PIECE), { from: 40_000 }), 60_000);
        sameBytes(await allOf(transport.read("sample.bin")), bytes);
        const content = untouched();
        await failsWith(() => transport.write("sample.bin", content.content, { from: 5 }), "TRANSPORT_INCOMPLETE");
        ok(!content.touched);
        sameBytes(await allOf(transport.read("sample.bin")), bytes);
      }),
  },
  {
    name: "passes on what the content itself fails with, and goes on working",
    needs: ["write"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const own = new Error("the catalogue cannot be read");
        async function* failing(): AsyncGenerator<Uint8Array> {
          yield sampleBytes(70_000);
          throw own;
        }
        const thrown: unknown = await transport.write("sample.bin", failing()).catch((error: unknown) => error);
        equal(thrown, own);
        await transport.write("other.bin", sampleBytes(10));
        sameBytes(await allOf(transport.read("other.bin")), sampleBytes(10));
      }),
  },
  {
    name: "takes nothing from the content before the place accepts it",
    needs: ["write", "folders"],
    run: (suite) =>
      withFixture(suite, async (transport) => {
        const content = untouched();
        const write = () => transport.write("no-folder/sample.bin", content.content);
        await failsWith(write, "TRANSPORT_NOT_FOUND", "TRANSPORT_DENIED");
        ok(!content.touched);
      }),
  },
  {
    name: "reads no file over its limit",
    needs: ["write"],
    run: (suite) =>
      withFixture(
        suite,
        async (transport) => {
          await transport.write("small.bin", sampleBytes(1000));
          await transport.write("large.bin", sampleBytes(1001));
          sameBytes(await allOf(transport.read("small.bin")), sampleBytes(1000));
          const error = await failsWith(() => allOf(transport.read("large.bin")), "TRANSPORT_LIMIT");
          ok(!error.retryable);
        },
        { maxFileBytes: 1000 },
      ),
  },
];
