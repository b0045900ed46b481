import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkName, checkPath, joinPath, nameFilter, sortNames, splitPath } from "../../src/transfer/names.ts";

describe("names", () => {
  test.each([
    "orders.xml",
    "objednávky č. 1.xml",
    "console.xml",
    "com10.xml",
    "a..b",
    ".hidden",
    "-rf",
    "12:30.xml",
    "kůň🐎",
  ])("%j can be used", (name) => expect(checkName(name)).toBeUndefined());

  test.each([
    ["", "is empty"],
    ["..", "leads to another folder"],
    ["a/b", "holds a path separator"],
    ["a\\b", "holds a path separator"],
    ["a\r\nDELE b", "holds a control character"],
    ["a\u0000", "holds a control character"],
    ["a\ud800", "holds half of a character"],
    ["c:orders.xml", "starts like a drive of Windows"],
    ["NUL", "is a name that Windows keeps for a device"],
    ["com1.orders.xml", "is a name that Windows keeps for a device"],
    ["LPT².xml", "is a name that Windows keeps for a device"],
    ["orders.xml.", "ends with a dot or a space, which Windows leaves out"],
    ["orders.xml ", "ends with a dot or a space, which Windows leaves out"],
    ["ž".repeat(128), "is longer than 255 bytes"],
  ])("%j is refused", (name, reason) => expect(checkName(name)).toBe(reason));

  test("paths are refused for any of their names, and for what they are as a whole", () => {
    expect(checkPath("out/2026/orders.xml")).toBeUndefined();
    expect(checkPath("/etc/passwd")).toBe("is absolute");
    expect(checkPath("out//a")).toBe('"" is empty');
    expect(checkPath("out/../a")).toBe('".." leads to another folder');
    expect(checkPath(`${"abcdefg/".repeat(140)}a`)).toBe("is longer than 1024 bytes");
  });

  test("a path that can be used stays below its folder on every system", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom("/", "\\"), (path, separator) => {
        fc.pre(checkPath(path) === undefined);
        const names = path.split(separator === "/" ? "/" : /[/\\]/);
        expect(names.every((name) => name !== "" && name !== ".." && name !== ".")).toBe(true);
        expect(/[\u0000-\u001f]/.test(path)).toBe(false);
      }),
      { seed: 5, numRuns: 3000 },
    );
  });

  test("a path is put together and taken apart", () => {
    for (const path of ["a.xml", "out/a.xml", "out/2026/a.xml"]) expect(joinPath(...splitPath(path))).toBe(path);
    expect(splitPath("out/2026/a.xml")).toEqual(["out/2026", "a.xml"]);
  });

  test.each([
    ["*.xml", "orders.xml", true],
    ["*.xml", "ORDERS.XML", true],
    ["*.xml", "orders.xml.part", false],
    ["orders-?.xml", "orders-12.xml", false],
    ["OBJEDNÁVKY*", "objednávky 1.xml", true],
    ["objednávky*", "objedna\u0301vky.xml", true],
    ["a+(b)[c].xml", "a+(b)[c].xml", true],
    ["a+(b)[c].xml", "aab.xml", false],
    ["*", "anything\nat all", true],
    [undefined, "orders.xml", true],
  ])("the pattern %j for %j: %s", (pattern, name, fits) => expect(nameFilter(pattern)(name)).toBe(fits));

  test("names from a server are told in one line, whatever they hold", () => {
    const { good, refused } = sortNames(["a.xml", "b\r\n226 done", "x".repeat(1000)]);
    expect(good).toEqual(["a.xml"]);
    expect(refused[0]).toEqual({ name: "b\\u000d\\u000a226 done", reason: "holds a control character" });
    expect(refused[1]?.name).toHaveLength(201);
  });
});
