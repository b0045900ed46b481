import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { compileWriter, concat, decimal, text } from "propojka";
import { takeByLoop, taker } from "../../../src/mapping/assemble.ts";
import { createRecordWriter } from "../../../src/mapping/write/records.ts";
import { items, mappingOf, values } from "../reading.ts";

type Paths = readonly (readonly string[] | undefined)[];

const taken = (make: typeof taker, paths: Paths, object: unknown): unknown[] => {
  const result = paths.map((): unknown => "old");
  make(paths)(object, result);
  return result;
};

afterEach(() => vi.unstubAllGlobals());

describe.each([
  ["taker", taker],
  ["takeByLoop", takeByLoop],
])("%s", (_, make) => {
  it("takes values by their paths", () => {
    expect(taken(make, [["a"], ["b", "c"], [], ["b", "d"], ["x", "y", "z"]], { a: 1, b: { c: 2 } })).toEqual([
      1,
      2,
      { a: 1, b: { c: 2 } },
      undefined,
      undefined,
    ]);
  });

  it("leaves holes as they are", () => {
    expect(taken(make, [["a"], undefined, ["b"]], { a: 1, b: 2 })).toEqual([1, "old", 2]);
  });

  it.each([undefined, null, 5, "text", true])("gives undefined for what %j does not have", (object) => {
    expect(taken(make, [["a"], ["a", "b"]], object)).toEqual([undefined, undefined]);
    expect(taken(make, [["o", "a"]], { o: object })).toEqual([undefined]);
  });

  it("takes any text as a key", () => {
    const keys = ["a b", 'quo"te', "back\\slash", "new\nline", "\u2028", "0", "${x}", "`", "", "]", "?."];
    const object = Object.fromEntries(keys.map((key) => [key, key]));
    expect(
      taken(
        make,
        keys.map((key) => [key]),
        object,
      ),
    ).toEqual(keys);
  });

  it("does not take what every object inherits", () => {
    const keys = ["constructor", "toString", "__proto__", "hasOwnProperty", "valueOf"];
    expect(
      taken(
        make,
        keys.map((key) => [key]),
        {},
      ),
    ).toEqual(keys.map(() => undefined));
    expect(taken(make, [["a", "constructor", "name"]], { a: {} })).toEqual([undefined]);
    const own = JSON.parse('{"constructor": 1, "__proto__": 2}') as object;
    expect(taken(make, [["constructor"], ["__proto__"]], own)).toEqual([1, 2]);
  });

  it("takes what getters and classes give", () => {
    class Item {
      readonly a = 1;
      get b(): number {
        return this.a + 1;
      }
    }
    expect(taken(make, [["a"], ["b"]], new Item())).toEqual([1, 2]);
    expect(taken(make, [["o", "b"], ["constructor"]], { o: new Item() })).toEqual([2, undefined]);
  });
});

describe("taker", () => {
  it("gives what the loop gives", () => {
    const key = fc.constantFrom("a", "b", "c", "length", "constructor", "__proto__", "0", "toString");
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        fc.constantFrom<unknown>(undefined, null, 0, "", "text", true, 5n),
        fc.array(tie("value"), { maxLength: 2 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(fc.array(fc.option(fc.array(key, { maxLength: 3 }), { nil: undefined })), value, (paths, object) => {
        expect(taken(taker, paths, object)).toEqual(taken(takeByLoop, paths, object));
      }),
      { numRuns: 500 },
    );
  });

  it("does without generated code where that is forbidden", () => {
    const fields = {
      a: text("A"),
      o: { d: decimal("D") },
      l: concat(values({ x: text("X") }), items("I", { x: text("@x") })),
    };
    const write = (): string | undefined => {
      const record = { a: "1", o: { d: "2" }, l: [{ x: "3" }, { x: "4" }] };
      return createRecordWriter(compileWriter(mappingOf(fields))).record(record).text;
    };
    const generated = write();
    const forbidden = vi.fn(() => {
      throw new EvalError("unsafe-eval is not allowed");
    });
    vi.stubGlobal("Function", forbidden);
    expect(write()).toBe(generated);
    expect(forbidden).toHaveBeenCalled();
    expect(generated).toBe('<R><A>1</A><D>2</D><X>3</X><I x="4"/></R>\n');
  });
});
