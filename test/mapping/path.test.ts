import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parsePath } from "../../src/mapping/path.ts";

const el = (local: string | undefined, ...predicates: object[]): object => ({
  name: { prefix: local === undefined ? undefined : "", local },
  predicates,
});

/** The parts that a test states; the others have to be as in the path `.`. */
function parts(changes: object): object {
  return { absolute: false, up: 0, steps: [], attribute: undefined, ...changes };
}

const below = (...names: string[]): object =>
  expect.objectContaining(parts({ steps: names.map((name) => el(name)) })) as object;
const attribute = (local: string): object => ({ prefix: "", local });

describe("parsePath", () => {
  it.each([
    [".", parts({})],
    ["CUSTOMER", parts({ steps: [el("CUSTOMER")] })],
    ["CUSTOMER/EMAIL", parts({ steps: [el("CUSTOMER"), el("EMAIL")] })],
    ["./CUSTOMER", parts({ steps: [el("CUSTOMER")] })],
    ["@id", parts({ attribute: attribute("id") })],
    ["./@id", parts({ attribute: attribute("id") })],
    ["ITEM/@code", parts({ steps: [el("ITEM")], attribute: attribute("code") })],
    ["ITEM/text()", parts({ steps: [el("ITEM")] })],
    ["text()", parts({})],
    ["..", parts({ up: 1 })],
    ["../..", parts({ up: 2 })],
    ["../../info/payerVAT", parts({ up: 2, steps: [el("info"), el("payerVAT")] })],
    ["../@id", parts({ up: 1, attribute: attribute("id") })],
    ["/ORDERS/@version", parts({ absolute: true, steps: [el("ORDERS")], attribute: attribute("version") })],
    ["/ORDERS/ORDER", parts({ absolute: true, steps: [el("ORDERS"), el("ORDER")] })],
    ["typ:company", parts({ steps: [{ name: { prefix: "typ", local: "company" }, predicates: [] }] })],
    ["*:company", parts({ steps: [{ name: { prefix: undefined, local: "company" }, predicates: [] }] })],
    ["typ:*", parts({ steps: [{ name: { prefix: "typ", local: undefined }, predicates: [] }] })],
    ["*", parts({ steps: [el(undefined)] })],
    ["*/@*", parts({ steps: [el(undefined)], attribute: { prefix: undefined, local: undefined } })],
    ["@xml:lang", parts({ attribute: { prefix: "xml", local: "lang" } })],
    ["Položka/Název", parts({ steps: [el("Položka"), el("Název")] })],
    ["a.b-c_d", parts({ steps: [el("a.b-c_d")] })],
    ["_x1", parts({ steps: [el("_x1")] })],
    ["and/or", parts({ steps: [el("and"), el("or")] })],
    ["ITEM[2]", parts({ steps: [el("ITEM", { position: 2 })] })],
    ["ITEM[ 12 ]", parts({ steps: [el("ITEM", { position: 12 })] })],
    ["ITEM[CODE]", parts({ steps: [el("ITEM", { path: below("CODE") })] })],
    ["PARAM[NAME='Color']/VALUE", parts({ steps: [el("PARAM", { path: below("NAME"), text: "Color" }), el("VALUE")] })],
    ['PARAM[NAME="it\'s"]', parts({ steps: [el("PARAM", { path: below("NAME"), text: "it's" })] })],
    [`PARAM[NAME='6" x']`, parts({ steps: [el("PARAM", { path: below("NAME"), text: '6" x' })] })],
    ["PARAM[NAME='a]/[b']", parts({ steps: [el("PARAM", { path: below("NAME"), text: "a]/[b" })] })],
    ["PARAM[NAME='']", parts({ steps: [el("PARAM", { path: below("NAME"), text: "" })] })],
    ["P[ NAME = 'x' ]", parts({ steps: [el("P", { path: below("NAME"), text: "x" })] })],
    ["P[NAME!='x']", parts({ steps: [el("P", { path: below("NAME"), text: "x", negated: true })] })],
    ["TYPE[.='x']", parts({ steps: [el("TYPE", { path: below(), text: "x" })] })],
    ["TYPE[text()='x']", parts({ steps: [el("TYPE", { path: below(), text: "x" })] })],
    [
      "PRICE[@currency='CZK']",
      parts({
        steps: [
          el("PRICE", { path: expect.objectContaining({ attribute: attribute("currency"), steps: [] }), text: "CZK" }),
        ],
      }),
    ],
    ["P[A/B='x']", parts({ steps: [el("P", { path: below("A", "B"), text: "x" })] })],
    ["P[A='x' and B]", parts({ steps: [el("P", { path: below("A"), text: "x" }, { path: below("B") })] })],
    ["P[A][2]", parts({ steps: [el("P", { path: below("A") }, { position: 2 })] })],
    [
      "P[Q[R='x']/S='y']",
      parts({
        steps: [
          el("P", {
            path: expect.objectContaining(parts({ steps: [el("Q", { path: below("R"), text: "x" }), el("S")] })),
            text: "y",
          }),
        ],
      }),
    ],
    ["P[../CODE='x']", parts({ steps: [el("P", { path: expect.objectContaining({ up: 1 }), text: "x" })] })],
  ])("reads %s", (source, expected) => {
    expect(parsePath(source)).toEqual({ source, ...expected });
  });

  it.each([
    ["", 1, "a name"],
    [" ", 1, "a name"],
    ["/", 2, "a name"],
    ["//ITEM", 2, "a name"],
    ["A//B", 3, "a name"],
    ["A/", 3, "a name"],
    ["A B", 2, '"/", "[" or the end'],
    ["A/1B", 3, "a name"],
    ["1A", 1, "a name"],
    ["@", 2, "a name"],
    ["@a/b", 3, "the end after an attribute"],
    ["@a[1]", 3, "the end after an attribute"],
    ["/@version", 10, "a step"],
    ["A[", 3, "a name"],
    ["A[]", 3, "a name"],
    ["A[0]", 3, "a name"],
    ["A[-1]", 3, "a name"],
    ["A[B", 4, '"]"'],
    ["A[B=", 5, "a text in quotes"],
    ["A[B=x]", 5, "a text in quotes"],
    ["A[B='x]", 5, "a text in quotes"],
    ["A[B=1]", 5, "a text in quotes"],
    ["A[B='x'", 8, '"]"'],
    ["A[B='x' or C]", 9, '"]"'],
    ["A[/B='x']", 3, "a name"],
    ["A]", 2, '"/", "[" or the end'],
    ["A|B", 2, '"/", "[" or the end'],
    ["child::A", 6, '"/", "[" or the end'],
    ["count(A)", 6, '"/", "[" or the end'],
    ["A/..", 3, "a name"],
    ["A/./B", 3, "a name"],
    ["..A", 3, '"/", "[" or the end'],
    [".A", 2, '"/", "[" or the end'],
    ["text()/A", 7, '"/", "[" or the end'],
    ["A:", 2, '"/", "[" or the end'],
  ])("says where %j is wrong: character %d", (source, character, expected) => {
    const error: unknown = (() => {
      try {
        return parsePath(source);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ name: "DefinitionError", code: "PATH_INVALID" });
    const { message } = error as Error;
    expect(message).toContain(`path "${source}", character ${character}: expected ${expected}`);
  });

  it("ends for any text, with a path or a precise error", () => {
    const pieces = fc.array(
      fc.constantFrom("A", "b", "/", "..", ".", "[", "]", "=", "!=", "'", '"', "@", "*", ":", " and ", "2", " "),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const source = parts.join("");
        try {
          expect(parsePath(source).source).toBe(source);
        } catch (error) {
          expect(error).toMatchObject({
            code: "PATH_INVALID",
            message: expect.stringMatching(/character \d+: expected/),
          });
        }
      }),
      { numRuns: 3000 },
    );
  });
});
