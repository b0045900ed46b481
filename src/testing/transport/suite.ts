import type { TransportCapabilities } from "../../ports.ts";
import { type TransportCase, type TransportSuiteOptions, withFixture } from "./case.ts";
import { faultCases } from "./fault-cases.ts";
import { fileCases } from "./file-cases.ts";
import { folderCases } from "./folder-cases.ts";
import { pathCases } from "./path-cases.ts";
import { sharingCases } from "./sharing-cases.ts";

/**
 * Registers the cases that every transport has to pass.
 *
 * @example
 * ```ts
 * transportSuite({ test, skip: test.skip, create: () => ({ transport: memoryTransport() }), without: { faults: "no network" } });
 * ```
 */
export function transportSuite(options: TransportSuiteOptions): void {
  const { test, skip, without = {}, except = {} } = options;
  const cases = [...fileCases, ...folderCases, ...pathCases, ...sharingCases, ...faultCases];
  for (const name of Object.keys(except))
    if (!cases.some((one) => one.name === name)) throw new Error(`the suite has no case "${name}"`);
  for (const { name, needs, run } of [capabilityCase, ...cases]) {
    const missing = needs.find((need) => without[need] !== undefined);
    const reason = except[name] ?? (missing && without[missing]);
    if (reason === undefined) test(name, () => run(options));
    else skip(`${name} (left out: ${reason})`, () => run(options));
  }
}

/** Left out is only what cannot be done, and all of that. */
const capabilityCase: TransportCase = {
  name: "can do what the suite tests, and says so",
  needs: [],
  run: (suite) =>
    withFixture(suite, async ({ can }) => {
      for (const [ability, able] of Object.entries(can) as [keyof TransportCapabilities, boolean][])
        if (able === (suite.without?.[ability] !== undefined))
          throw new Error(`"${ability}" is ${able ? "there, but left out" : "not there, but no reason is stated"}`);
      if (suite.createFaulty === undefined && suite.without?.faults === undefined)
        throw new Error('"faults" needs createFaulty, or a reason');
    }),
};
