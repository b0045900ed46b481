import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { assembleByLoop, assembler } from "../../src/mapping/assemble.ts";

const KEYS = [
  "number",
  "a b",
  'quo"te',
  "back\\slash",
  "new\nline",
  "\u2028",
  "0",
  "constructor",
  "toString",
  "${x}",
  "`",
];

describe.each([
  ["assembler", assembler],
  ["assembleByLoop", assembleByLoop],
])("%s", (_, make) => {
  it("makes an object in the order of its keys", () => {
    expect(Object.entries(make(["b", "a"])([1, 2], true))).toEqual([
      ["b", 1],
      ["a", 2],
    ]);
  });

  it("leaves out what is undefined, and nothing else", () => {
    const values = ["", false, null, 0, undefined];
    const object = make(["a", "b", "c", "d", "e"])(values, false);
    expect(Object.keys(object)).toEqual(["a", "b", "c", "d"]);
  });

  it("takes any text as a key", () => {
    const object = make(KEYS)(KEYS, true);
    for (const key of KEYS) expect(object[key]).toBe(key);
    expect(Object.keys(object)).toHaveLength(KEYS.length);
  });

  it("makes no prototype of a key", () => {
    const object = make(["__proto__", "a"])([{ polluted: true }, 1], true);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(Object.keys(object)).toEqual(["__proto__", "a"]);
    expect("polluted" in object).toBe(false);
  });

  it("makes an empty object of no keys", () => {
    expect(make([])([], true)).toEqual({});
  });

  it("makes a new object each time", () => {
    const assemble = make(["a"]);
    expect(assemble([1], true)).not.toBe(assemble([1], true));
  });
});

describe("assembler", () => {
  afterEach(() => vi.unstubAllGlobals());

  it("gives what the loop gives", () => {
    const entries = fc.uniqueArray(fc.tuple(fc.string(), fc.option(fc.anything(), { nil: undefined })), {
      selector: ([key]) => key,
    });
    fc.assert(
      fc.property(entries, (pairs) => {
        const keys = pairs.map(([key]) => key);
        const values = pairs.map(([, value]) => value);
        const complete = values.every((value) => value !== undefined);
        expect(Object.entries(assembler(keys)(values, complete))).toEqual(
          Object.entries(assembleByLoop(keys)(values, complete)),
        );
      }),
    );
  });

  it("does without generated code where that is forbidden", () => {
    vi.stubGlobal("Function", () => {
      throw new EvalError("unsafe-eval is not allowed");
    });
    expect(assembler(["a", "b"])([1, undefined], false)).toEqual({ a: 1 });
  });
});
