import { deepEqual, equal, ok } from "node:assert/strict";
import { publish } from "../../transfer/publish.ts";
import type { Fault, Faults } from "../fault-kinds.ts";
import { allOf, failsWith, inPieces, sameBytes, sampleBytes } from "./check.ts";
import type { Ability, FaultyFixture, TransportCase, TransportSuiteOptions } from "./case.ts";

const BYTES = 700_000;
const PIECE = 30_000;
/** More than any conversation without a file. */
const IN_THE_MIDDLE = 250_000;

const breaks = ["drop", "reset", "stall", "truncate"] as const;

/** What comes of a connection that breaks: each fault strikes once, and has to be made good. */
export const faultCases: readonly TransportCase[] = [
  ...breaks.map((kind) =>
    faultCase(
      `goes on with a download after: ${kind}`,
      ["faults", "write"],
      { kind, afterBytes: IN_THE_MIDDLE },
      async ({ transport }) => {
        const bytes = sampleBytes(BYTES);
        await transport.write("large.bin", inPieces(bytes, PIECE));
        sameBytes(await whole(transport.read("large.bin"), transport.can.resumeRead), bytes);
      },
    ),
  ),
  ...breaks.map((kind) =>
    faultCase(
      `completes an upload after: ${kind}`,
      ["faults", "write", "move", "stat"],
      { kind, afterBytes: IN_THE_MIDDLE, direction: "up" },
      async ({ transport }) => {
        const bytes = sampleBytes(BYTES);
        await publish(transport, "feed.xml", inPieces(bytes, PIECE), { retry: { firstDelayMs: 5 } });
        sameBytes(await allOf(transport.read("feed.xml")), bytes);
        if (transport.can.list)
          deepEqual(
            (await transport.list("")).files.map(({ name }) => name),
            ["feed.xml"],
          );
      },
    ),
  ),
  faultCase(
    "comes again after a connection was refused",
    ["faults", "write"],
    { kind: "refuse" },
    async ({ transport }) => {
      // Under another name where that can be: servers keep the file of a dead connection locked.
      await publish(transport, "small.bin", sampleBytes(100), {
        replace: transport.can.move ? "rename" : "in-place",
        retry: { firstDelayMs: 5 },
      });
      sameBytes(await allOf(transport.read("small.bin")), sampleBytes(100));
    },
  ),
  faultCase(
    "takes an upload for done when only its confirmation is lost",
    ["faults", "write", "stat", "confirmation"],
    { kind: "mute", afterUploads: 1 },
    async ({ transport, proxy }) => {
      let opened = 0;
      const bytes = sampleBytes(BYTES);
      const content = async function* (): AsyncGenerator<Uint8Array> {
        opened++;
        yield* inPieces(bytes, PIECE)();
      };
      equal(await transport.write("feed.xml", content), BYTES);
      equal(opened, 1);
      sameBytes(await allOf(transport.read("feed.xml")), bytes);
      ok(proxy.connections.length > 1);
    },
  ),
  faultCase(
    "says that content which can be read only once did not arrive",
    ["faults", "write"],
    { kind: "reset", afterBytes: IN_THE_MIDDLE, direction: "up" },
    async ({ transport }) => {
      const once = inPieces(sampleBytes(BYTES), PIECE)();
      const error = await failsWith(
        () => transport.write("feed.xml", once),
        ...(["TRANSPORT_INTERRUPTED", "TRANSPORT_CONNECT", "TRANSPORT_TIMEOUT", "TRANSPORT_BUSY"] as const),
      );
      ok(error.retryable);
    },
  ),
];

function faultCase(
  name: string,
  needs: readonly Ability[],
  fault: Fault,
  run: (fixture: FaultyFixture) => Promise<void>,
): TransportCase {
  return { name, needs, run: (suite) => withFault(suite, fault, run) };
}

/** @throws if the fault never struck, since then the case has shown nothing */
async function withFault(
  { createFaulty }: TransportSuiteOptions,
  fault: Fault,
  run: (fixture: FaultyFixture) => Promise<void>,
): Promise<void> {
  if (createFaulty === undefined) throw new Error("createFaulty is missing");
  const current: { fixture?: FaultyFixture } = {};
  const struck = (): boolean => current.fixture?.proxy.connections.some((one) => one.fault !== undefined) === true;
  const faults: Faults = ({ index }) => {
    // What makes the folder ready is left alone.
    if (current.fixture === undefined) return undefined;
    if (fault.kind === "refuse") return index === 0 ? fault : undefined;
    return struck() ? undefined : fault;
  };
  const fixture = await createFaulty(faults);
  current.fixture = fixture;
  try {
    await run(fixture);
    ok(struck(), `the fault ${fault.kind} never struck`);
  } finally {
    await fixture.transport.close();
    await fixture.proxy.close();
    await fixture.dispose?.();
  }
}

/** All of a file; again from its start if the transport cannot go on in the middle. */
async function whole(pieces: AsyncIterable<Uint8Array>, resumes: boolean): Promise<Uint8Array> {
  try {
    return await allOf(pieces);
  } catch (error) {
    if (resumes) throw error;
    const { retryable } = error as { readonly retryable?: boolean };
    ok(retryable === true, String(error));
    return allOf(pieces);
  }
}
