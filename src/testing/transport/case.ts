import type { Transport, TransportCapabilities } from "../../ports.ts";
import type { TransferLimits } from "../../transfer/limits.ts";
import type { Faults } from "../fault-kinds.ts";
import type { FaultProxy } from "../fault-proxy.ts";

/** What a case works with: a transport of an empty folder. */
export interface TransportFixture {
  readonly transport: Transport;
  /** Called when the case is over, after `transport.close()`. */
  readonly dispose?: (() => Promise<void> | void) | undefined;
}

/** A fixture whose connections go through a fault proxy. */
export interface FaultyFixture extends TransportFixture {
  readonly proxy: FaultProxy;
}

export interface TransportSuiteOptions {
  /** Registers a case with the runner: `test` of vitest, `it` of mocha, `test` of node:test. */
  readonly test: (name: string, run: () => Promise<void>) => unknown;
  /** Registers a case that is left out: `test.skip`. The name states the reason. */
  readonly skip: (name: string, run: () => Promise<void>) => unknown;
  /** Called before each case. */
  readonly create: (limits?: TransferLimits) => Promise<TransportFixture> | TransportFixture;
  /** The same through a fault proxy, with waits between attempts of a few milliseconds and time-outs below a second. */
  readonly createFaulty?: ((faults: Faults) => Promise<FaultyFixture>) | undefined;
  /** What this transport cannot do, and why: `{ move: "HTTP has no rename" }`. `faults` without a `createFaulty`. */
  readonly without?: Readonly<Partial<Record<Ability, string>>> | undefined;
  /** Cases to leave out by their names, and why. A name that no case has is an error. */
  readonly except?: Readonly<Record<string, string>> | undefined;
}

/** What a case needs. */
export type Ability = keyof TransportCapabilities | "replace" | "faults" | "confirmation";

export interface TransportCase {
  readonly name: string;
  readonly needs: readonly Ability[];
  readonly run: (suite: TransportSuiteOptions) => Promise<void>;
}

/** Runs a case and cleans up after it, whatever comes of it. */
export async function withFixture(
  { create }: TransportSuiteOptions,
  run: (transport: Transport) => Promise<void>,
  limits?: TransferLimits,
): Promise<void> {
  const { transport, dispose } = await create(limits);
  try {
    await run(transport);
  } finally {
    await transport.close();
    await dispose?.();
  }
}
