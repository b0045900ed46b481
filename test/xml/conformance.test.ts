import { describe, expect, it } from "vitest";
import { everything, expectation, judge } from "./oracle.ts";
import { read, type Reading } from "./reading.ts";
import skips from "./conformance.skips.json" with { type: "json" };
import { type SuiteTest, suiteTests } from "./suite.ts";

/** Tests that say nothing about a parser of XML 1.0, fifth edition. */
function notMeant({ type, version, recommendation, editions }: SuiteTest): string | undefined {
  if (type === "error") return "is an error that a parser need not report";
  if (version === "1.1" || recommendation?.endsWith("1.1") === true) return "is about XML 1.1";
  return editions?.includes("5") === false ? "is about editions before the fifth" : undefined;
}

/** What each reason of the skip table claims: the verdict, and why it cannot be another one. */
const claims: Record<keyof typeof skips, (test: SuiteTest, reading: Reading, text: string) => boolean> = {
  "has its error in the DTD": ({ type }, { error }, text) =>
    type === "not-wf" && error === undefined && /<!DOCTYPE[^[>]*\[/.test(text),
  "has its error in an external file": ({ type }, { error }, text) =>
    type === "not-wf" && error === undefined && /<!DOCTYPE[^[>]*>/.test(text),
  "has a name with a colon that namespaces do not allow": ({ type, namespaces }, { error }) =>
    type !== "not-wf" && !namespaces && error?.code === "XML_MALFORMED",
  "uses an entity that its DTD declares": ({ type }, { error }, text) =>
    type !== "not-wf" && error?.reason.startsWith("unknown entity") === true && text.includes("<!DOCTYPE"),
  "contradicts itself about its encoding: an issue, not an error": ({ type }, { error, issues }) =>
    type === "not-wf" && error === undefined && issues[0]?.code === "ENCODING_MISMATCH",
  "needs an attribute type from the DTD": ({ type }, { error }, text) =>
    type === "not-wf" && error === undefined && text.includes("<!ATTLIST"),
};

/** Where saxes and the reader differ, and saxes is wrong or knows less; the numbers are productions of XML 1.0. */
const differences: Record<string, string[]> = {
  "saxes passes over the whole DTD; [28] is around it": [
    "not-wf-sa-056",
    "not-wf-sa-164",
    "ibm-not-wf-P28-ibm28n01.xml",
    "ibm-not-wf-P28-ibm28n02.xml",
    "ibm-not-wf-P28-ibm28n03.xml",
    ...["02", "03", "04", "07", "08", "09", "10", "11", "13"].map((number) => `ibm-not-wf-P75-ibm75n${number}.xml`),
  ],
  "saxes passes over processing instructions in the DTD; [17]": ["not-wf-sa-149", "ibm-not-wf-P29-ibm29n01.xml"],
  "saxes does not hold the names of processing instructions to [17] where these are in the DTD": [
    "pi",
    ...["85n01", "85n02", "88n01", "88n02", "89n01", "89n02"].map(
      (name) => `ibm-not-wf-P${name.slice(0, 2)}-ibm${name}.xml`,
    ),
  ],
  "saxes takes white space off namespace names": ["rmt-ns10-012"],
};

interface Result {
  readonly test: SuiteTest;
  readonly reading: Reading;
  /** Undefined if the bytes are not of the document's encoding. */
  readonly text: string | undefined;
}

function run(test: SuiteTest): Result {
  const bytes = test.bytes();
  const reading = read(expectation(undefined, everything), bytes, { malformed: "stop", doctype: "skip" });
  return { test, reading, text: decode(bytes, reading.encoding) };
}

function decode(bytes: Uint8Array, encoding = "utf-8"): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const isAsWanted = ({ test, reading }: Result): boolean => (reading.error === undefined) === (test.type !== "not-wf");
const count = (values: readonly string[]): Record<string, number> =>
  values.reduce<Record<string, number>>((counts, value) => ({ ...counts, [value]: (counts[value] ?? 0) + 1 }), {});

describe("the W3C XML conformance suite", () => {
  const all = suiteTests();
  const meant = all.filter((test) => notMeant(test) === undefined);
  const results = meant.map(run);
  const skipped = new Map(Object.entries(skips).flatMap(([reason, ids]) => ids.map((id) => [id, reason])));

  it("is judged as it asks to be, but for the tests of the skip table", () => {
    const wrong = results.filter((result) => !isAsWanted(result) && !skipped.has(result.test.id));
    expect(wrong.map(({ test, reading }) => `${test.path}: ${reading.error?.message ?? "accepted"}`)).toEqual([]);
  });

  it("skips no test that would pass, and none for another reason than the stated one", () => {
    const unjust = results.filter((result) => {
      const reason = skipped.get(result.test.id) as keyof typeof skips | undefined;
      return (
        reason !== undefined && (isAsWanted(result) || !claims[reason](result.test, result.reading, result.text ?? ""))
      );
    });
    expect(unjust.map(({ test }) => test.id)).toEqual([]);
  });

  it("is judged as saxes judges it, but for the listed differences", () => {
    const differing = results.filter(({ reading, text }) => {
      const accepted = text !== undefined && judge(text).accepted;
      return accepted !== (reading.error === undefined);
    });
    expect(differing.map(({ test }) => test.id).sort()).toEqual(Object.values(differences).flat().sort());
  });

  it("gives the values that saxes gives", () => {
    for (const { test, text } of results) {
      if (text === undefined) continue;
      const { accepted, root } = judge(text);
      const structure = expectation(root, everything);
      const reading = read(structure, test.bytes(), { malformed: "stop", doctype: "skip" });
      if (accepted && reading.error === undefined)
        expect(structure.describe(reading.document, []), test.path).toBe(structure.expected);
    }
  });

  it("is run in these numbers", () => {
    expect(all.length).toBe(2585);
    const ran = results.filter(({ test }) => !skipped.has(test.id));
    const numbers = {
      run: count(ran.map(({ test }) => test.type)),
      skipped: count([...all.flatMap((test) => notMeant(test) ?? []), ...skipped.values()]),
    };
    console.info("XML conformance suite:", numbers);
    expect(numbers).toMatchInlineSnapshot(`
      {
        "run": {
          "invalid": 214,
          "not-wf": 636,
          "valid": 653,
        },
        "skipped": {
          "contradicts itself about its encoding: an issue, not an error": 3,
          "has a name with a colon that namespaces do not allow": 7,
          "has its error in an external file": 29,
          "has its error in the DTD": 348,
          "is about XML 1.1": 269,
          "is about editions before the fifth": 309,
          "is an error that a parser need not report": 33,
          "needs an attribute type from the DTD": 1,
          "uses an entity that its DTD declares": 83,
        },
      }
    `);
  });
});
