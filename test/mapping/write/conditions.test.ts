import {
  all,
  any,
  constant,
  decimal,
  equals,
  exists,
  fieldIs,
  first,
  has,
  matches,
  not,
  parameterIs,
  readOnly,
  text,
  when,
  writeOnly,
} from "propojka";
import { describe, expect, it } from "vitest";
import { items, readOne, values } from "../reading.ts";
import { xmlOf } from "./writing.ts";

describe("conditions on the record", () => {
  const fields = { a: text("A"), q: when(has("w"), decimal("W"), decimal("Q")) };

  it("decide where a value is written", () => {
    expect(xmlOf({ q: "1", w: "x" }, fields)).toBe("<R><W>1</W></R>");
    expect(xmlOf({ q: "1" }, fields)).toBe("<R><Q>1</Q></R>");
  });

  it("decide nothing on reading: the first that gives a value counts", async () => {
    const read = async (content: string): Promise<unknown> => (await readOne(content, fields)).record["q"];
    expect(await read("<W>1</W>")).toBe("1");
    expect(await read("<Q>2</Q>")).toBe("2");
    expect(await read("<Q>2</Q><W>1</W>")).toBe("1");
  });

  it.each([undefined, null, "", []])("take %j for no value", (w) => {
    expect(xmlOf({ q: "1", w }, fields)).toBe("<R><Q>1</Q></R>");
  });

  it.each([false, "0", 0, [""], {}])("take %j for a value", (w) => {
    expect(xmlOf({ q: "1", w }, fields)).toBe("<R><W>1</W></R>");
  });

  it("reach into objects, and start at the item in a list", () => {
    const nested = {
      s: values({ t: when(has("s.u"), text("U"), text("T")) }),
      l: items("I", { t: when(has("s.u"), text("U"), text("T")) }),
    };
    const record = { s: { t: "1", u: "x" }, l: [{ t: "2" }, { t: "3", s: { u: "x" } }] };
    expect(xmlOf(record, nested)).toBe("<R><U>1</U><I><T>2</T></I><I><U>3</U></I></R>");
  });

  it.each<[string, string, string, boolean]>([
    ["10", ">", "9", true],
    ["10", "<", "9", false],
    ["1.0", "=", "1", true],
    ["1.0", "!=", "1", false],
    ["-1", "<", "0", true],
    ["0", ">=", "0", true],
    ["0", "<=", "-0.01", false],
    ["b", ">", "a", true],
    ["10", ">", "9x", false],
    ["2026-03-04T00:30:00+01:00", "<", "2026-03-04", true],
    ["2026-03-04T18:22:09+01:00", "=", "2026-03-04T17:22:09Z", true],
    ["true", "=", "true", true],
  ])("compare %s %s %s as what they are", (value, is, to, expected) => {
    const spec = { v: when(fieldIs("c", is as never, to), text("A"), text("B")) };
    expect(xmlOf({ v: "x", c: value }, spec)).toBe(expected ? "<R><A>x</A></R>" : "<R><B>x</B></R>");
  });

  it("never hold for a value that is missing, and compare booleans and parameters", () => {
    const spec = { v: when(fieldIs("c", "!=", "1"), text("A"), text("B")) };
    expect(xmlOf({ v: "x" }, spec)).toBe("<R><B>x</B></R>");
    expect(xmlOf({ v: "x", c: "" }, spec)).toBe("<R><B>x</B></R>");
    expect(xmlOf({ v: "x", c: true }, { v: when(fieldIs("c", "=", "true"), text("A")) })).toBe("<R><A>x</A></R>");
    const parameters = { p: { title: "P", default: "5" } };
    const compared = { v: when(fieldIs("c", ">", { parameter: "p" }), text("A"), text("B")) };
    expect(xmlOf({ v: "x", c: "6" }, compared, { parameters })).toBe("<R><A>x</A></R>");
    expect(xmlOf({ v: "x", c: "6" }, compared, { parameters, options: { parameters: { p: "7" } } })).toBe(
      "<R><B>x</B></R>",
    );
    expect(xmlOf({ v: "x", c: "6" }, compared, { parameters, options: { parameters: { p: "" } } })).toBe(
      "<R><B>x</B></R>",
    );
  });

  it("combine", () => {
    const letters = (condition: never): string =>
      ["", "a", "b", "ab"]
        .filter(
          (names) =>
            xmlOf(
              { v: "x", ...Object.fromEntries(Array.from(names, (name) => [name, "1"])) },
              { v: when(condition, text("A")) },
            ) !== "<R/>",
        )
        .join(" ");
    expect(letters(all(has("a"), has("b")) as never)).toBe("ab");
    expect(letters(any(has("a"), has("b")) as never)).toBe("a b ab");
    expect(letters(not(has("a")) as never).trim()).toBe("b");
    expect(letters(all(has("b"), not(fieldIs("a", "=", "1"))) as never)).toBe("b");
  });

  it("nest", () => {
    const spec = { v: when(has("a"), when(has("b"), text("AB"), text("A")), when(has("b"), text("B"), text("NONE"))) };
    expect(xmlOf({ v: "x", a: "1", b: "1" }, spec)).toBe("<R><AB>x</AB></R>");
    expect(xmlOf({ v: "x", a: "1" }, spec)).toBe("<R><A>x</A></R>");
    expect(xmlOf({ v: "x", b: "1" }, spec)).toBe("<R><B>x</B></R>");
    expect(xmlOf({ v: "x" }, spec)).toBe("<R><NONE>x</NONE></R>");
  });

  it("let required fields be missing in the branch that is not taken", () => {
    const spec = { v: when(has("a"), text("A", { required: true }), text("B")) };
    expect(xmlOf({}, spec)).toBe("<R/>");
  });

  it("with parameters combine as such", () => {
    const parameters = { p: { title: "P", default: "x" } };
    const spec = {
      v: when(parameterIs("p", "x"), text("X"), text("Y")),
      w: when(all(parameterIs("p", "x"), has("a")), text("W")),
    };
    expect(xmlOf({ v: "1", w: "2", a: "3" }, spec, { parameters })).toBe("<R><X>1</X><W>2</W></R>");
    expect(xmlOf({ v: "1", w: "2", a: "3" }, spec, { parameters, options: { parameters: { p: "z" } } })).toBe(
      "<R><Y>1</Y></R>",
    );
  });
});

describe("conditions on the XML", () => {
  it("do not keep a value from being written: the first branch that fits is", () => {
    expect(xmlOf({ v: "x" }, { v: when(exists("A"), text("A"), text("B")) })).toBe("<R><A>x</A></R>");
    expect(xmlOf({ v: "x" }, { v: when(equals("T", "1"), constant("y"), text("B")) })).toBe("<R><B>x</B></R>");
    expect(xmlOf({ v: "y" }, { v: when(matches("T", "1"), constant("y"), text("B")) })).toBe("<R/>");
  });

  it("choose between objects by their constants", () => {
    const spec = {
      v: when(
        equals("T", "s"),
        values({ kind: constant("small"), a: text("S") }),
        values({ kind: constant("big"), a: text("B") }),
      ),
    };
    expect(xmlOf({ v: { kind: "small", a: "1" } }, spec)).toBe("<R><S>1</S></R>");
    expect(xmlOf({ v: { kind: "big", a: "1" } }, spec)).toBe("<R><B>1</B></R>");
    expect(xmlOf({ v: { kind: "huge", a: "1" } }, spec)).toBe("<R/>");
  });
});

describe("first", () => {
  it("writes the first of its nodes that fits", () => {
    expect(xmlOf({ v: "x" }, { v: first(text("A"), text("B")) })).toBe("<R><A>x</A></R>");
    expect(xmlOf({ v: "CZK" }, { v: first(text("A"), constant("CZK")) })).toBe("<R><A>CZK</A></R>");
    expect(xmlOf({ v: "x" }, { v: first(constant("y"), text("B")) })).toBe("<R><B>x</B></R>");
  });
});

describe("one way", () => {
  it("is not what first or when choose in the other direction", async () => {
    const fields = { r: first(readOnly(text("*")), text("B")), w: first(writeOnly(text("C")), text("D")) };
    expect((await readOne("<C>1</C><D>2</D>", fields)).record).toEqual({ r: "1", w: "2" });
    expect(xmlOf({ r: "1", w: "2" }, fields)).toBe("<R><B>1</B><C>2</C></R>");
    expect(xmlOf({ v: "1" }, { v: when(exists("A"), readOnly(text("A")), text("B")) })).toBe("<R><B>1</B></R>");
  });

  it("is written, or read", async () => {
    const fields = { r: readOnly(text("A")), w: writeOnly(text("B")) };
    expect(xmlOf({ r: "1", w: "2" }, fields)).toBe("<R><B>2</B></R>");
    expect((await readOne("<A>1</A><B>2</B>", fields)).record).toEqual({ r: "1" });
  });
});
