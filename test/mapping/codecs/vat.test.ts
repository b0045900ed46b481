import { describe, expect, it } from "vitest";
import { Invalid } from "../../../src/mapping/codec.ts";
import type { CodecContext } from "../../../src/mapping/codec.ts";
import { vatRate } from "../../../src/mapping/codecs/vat.ts";
import type { Decimal } from "../../../src/model/order.ts";
import { vatTable } from "../../../src/model/vat.ts";
import { codecOf, contextWith } from "./codec.ts";

describe("vatRate", () => {
  const auto = codecOf("vatRate", {});

  it.each([
    ["21", "21"],
    ["21.00", "21"],
    ["21,0", "21"],
    ["21 %", "21"],
    ["21%", "21"],
    [" 12 ", "12"],
    ["10.50", "10.5"],
    ["20", "20"],
    ["100", "100"],
    ["0", "0"],
    ["0.00", "0"],
    ["0 %", "0"],
    ["0.21", "21"],
    ["0,12", "12"],
    ["0.055", "5.5"],
    ["0.2100", "21"],
    ["0.99", "99"],
    ["1.21", "21"],
    ["1,12", "12"],
    ["1.10", "10"],
    ["2", "2"],
    ["2.1", "2.1"],
    ["0.5 %", "0.5"],
    ["1 %", "1"],
    ["1,5 %", "1.5"],
    ["high", "21"],
    ["none", "0"],
  ])("takes %j for %j percent", (input, expected) => {
    expect(auto.decode(input)).toBe(expected);
    // and once more, since what was read is remembered
    expect(auto.decode(input)).toBe(expected);
  });

  it.each(["1", "1.00", "-21", "-0.21", "101", "2100", "abc", "", "21 Kč/ks", "constructor", "21;12"])(
    "takes %j for no rate",
    (input) => {
      expect(auto.decode(input)).toMatchObject({ code: "FIELD_INVALID", expected: "a VAT rate such as 21" });
    },
  );

  it.each([
    ["percent", "0.21", "0.21"],
    ["percent", "1", "1"],
    ["percent", "21 %", "21"],
    ["fraction", "0.21", "21"],
    ["fraction", "1.21", "21"],
    ["fraction", "1", "0"],
    ["fraction", "1.00", "0"],
    ["fraction", "0", "0"],
    ["fraction", "2", "100"],
    ["fraction", "21 %", "21"],
  ] as const)("in the notation %s takes %j for %j percent", (notation, input, expected) => {
    expect(codecOf("vatRate", { notation }).decode(input)).toBe(expected);
  });

  it.each([
    ["fraction", "21"],
    ["fraction", "2.01"],
    ["percent", "high"],
    ["fraction", "high"],
    ["level", "21"],
    ["level", "nevím"],
  ] as const)("in the notation %s takes %j for no rate", (notation, input) => {
    expect(codecOf("vatRate", { notation }).decode(input)).toBeInstanceOf(Invalid);
  });

  it.each([
    ["high", "CZ", "2026-03-04", "21"],
    ["low", "CZ", "2026-03-04", "12"],
    ["low", "CZ", "2023-12-31", "15"],
    ["third", "CZ", "2023-12-31", "10"],
    ["high", "SK", "2024-12-31", "20"],
    ["high", "SK", "2025-01-01", "23"],
    ["low", "SK", "2025-01-01", "19"],
    ["third", "SK", "2025-01-01", "5"],
    ["none", "SK", "2025-01-01", "0"],
    ["HIGH", "CZ", undefined, "21"],
    ["základní", "CZ", undefined, "21"],
    [" Základní  sazba ", "CZ", undefined, "21"],
    ["Sni\u0301z\u030cena\u0301", "CZ", undefined, "12"],
    ["2. snížená", "CZ", "2023-01-01", "10"],
    ["1. snížená", "CZ", "2023-01-01", "15"],
    ["1. znížená", "SK", "2026-01-01", "19"],
    ["2. znížená", "SK", "2026-01-01", "5"],
    ["základná", "SK", "2026-01-01", "23"],
    ["znížená", "SK", "2026-01-01", "19"],
    ["druhá znížená", "SK", "2026-01-01", "5"],
    ["osvobozeno", "CZ", undefined, "0"],
    ["bez DPH", "DE", undefined, "0"],
  ])("takes the level %j in %s on %s for %j percent", (word, country, taxDate, expected) => {
    for (const notation of ["level", "auto"] as const)
      expect(codecOf("vatRate", { notation }, contextWith({ country, taxDate })).decode(word)).toBe(expected);
  });

  it("follows the day from record to record", () => {
    const context: CodecContext = { country: "CZ", zone: "Europe/Prague", vatTable, taxDate: "2023-06-01" };
    for (const options of [{}, { notation: "level" }] as const) {
      context.taxDate = "2023-06-01";
      const codec = codecOf("vatRate", options, context);
      expect([codec.decode("low"), codec.decode("2. snížená")]).toEqual(["15", "10"]);
      context.taxDate = "2026-06-01";
      expect(codec.decode("low")).toBe("12");
      expect(codec.decode("2. snížená")).toMatchObject({ expected: "a VAT level that CZ has on 2026-06-01" });
    }
  });

  it("does not know the levels of other countries", () => {
    expect(codecOf("vatRate", {}, contextWith({ country: "FR" })).decode("high")).toMatchObject({
      expected: "a VAT level that FR has",
    });
  });

  it("takes the shop's own words for levels, before its own ones", () => {
    const codec = codecOf("vatRate", { notation: "level", levels: { Plná: "high", "1": "low", none: "high" } });
    expect(codec.decode("plná")).toBe("21");
    expect(codec.decode("1")).toBe("12");
    expect(codec.decode("none")).toBe("21");
    expect(codec.decode("zero")).toBe("0");
  });

  it("takes the shop's own numbers", () => {
    const index = { "1": "21.0", " 2": "12", "10": "0" };
    const codec = codecOf("vatRate", { notation: "index", index });
    expect([codec.decode("1"), codec.decode(" 2 "), codec.decode("10")]).toEqual(["21", "12", "0"]);
    expect(codec.decode("21")).toMatchObject({ code: "FIELD_UNKNOWN_VALUE", expected: "one of 1, 10, 2" });
    expect(codec.decode("constructor")).toBeInstanceOf(Invalid);
    expect([codec.encode("21"), codec.encode("12.00"), codec.encode("0")]).toEqual(["1", "2", "10"]);
    expect(codec.encode("15")).toBeInstanceOf(Invalid);

    const either = codecOf("vatRate", { index });
    expect([either.decode(" 1 "), either.decode("10"), either.decode("15"), either.decode("0.21")]).toEqual([
      "21",
      "0",
      "15",
      "21",
    ]);
  });

  it("refuses an index without numbers, or with some that are no percents", () => {
    expect(() => codecOf("vatRate", { notation: "index" })).toThrow(
      expect.objectContaining({ code: "MAPPING_INVALID" }),
    );
    for (const rate of ["21 %", "-1", "101", "021", ""])
      expect(vatRate.options.safeParse({ index: { "1": rate } }).success).toBe(false);
  });

  it.each([
    [{}, "21", "21"],
    [{ notation: "percent" }, "10.5", "10.5"],
    [{ notation: "percent" }, "0", "0"],
    [{ notation: "fraction" }, "21", "0.21"],
    [{ notation: "fraction" }, "5.5", "0.055"],
    [{ notation: "fraction" }, "0", "0"],
    [{ notation: "fraction" }, "20", "0.2"],
    [{ notation: "level" }, "21", "high"],
    [{ notation: "level" }, "12.00", "low"],
    [{ notation: "level" }, "0", "none"],
    [{ notation: "level", levels: { plná: "high", celá: "high" } }, "21", "plná"],
  ] as const)("with %j writes %j as %j", (options, value, expected) => {
    expect(codecOf("vatRate", options).encode(value)).toBe(expected);
  });

  it.each([
    [{}, "-21"],
    [{}, "101"],
    [{}, "abc"],
    [{ notation: "level" }, "15"],
  ] as const)("with %j does not write %j", (options, value) => {
    expect(codecOf("vatRate", options).encode(value as Decimal)).toBeInstanceOf(Invalid);
  });

  it.each(["percent", "fraction", "level", "index"] as const)("in the notation %s reads what it wrote", (notation) => {
    const codec = codecOf("vatRate", { notation, index: { "1": "21", "2": "12", "3": "0" } });
    for (const rate of ["21", "12", "0"] as const) expect(codec.decode(codec.encode(rate) as string)).toBe(rate);
    expect(vatRate.invertible({ notation })).toBe(true);
  });

  it("says that it cannot write what it took for whatever it looked like", () => {
    expect(vatRate.invertible({})).toBe(false);
    expect(vatRate.invertible({ notation: "auto" })).toBe(false);
  });
});
