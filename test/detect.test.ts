import { detect, defineMapping, definePreset, code, constant, each, type Preset, text } from "propojka";
import { describe, expect, it } from "vitest";
import { order, presets, shop } from "./cli/call.ts";

const bytes = (source: string): Uint8Array => new TextEncoder().encode(source);
const [alfa, beta] = [presets["alfa"]!, presets["beta"]!].map((one): Preset => ({ ...one, maturity: "documented" }));
const all = [alfa!, beta!];

describe("detect", () => {
  it("puts the preset that fits first, and says why", () => {
    const { found, candidates, alike, ambiguous, root } = detect(bytes(shop(order(), order())), all);
    expect({ alike, ambiguous, root }).toEqual({ alike: [], ambiguous: false, root: "SHOP" });
    expect(found).toBe(candidates[0]);
    expect(candidates.map(({ why: _why, ...one }) => one)).toEqual([
      { preset: "alfa", feed: "orders", records: "orders", version: undefined, confidence: 1, record: "found" },
      { preset: "alfa", feed: "invoices", records: "invoices", version: undefined, confidence: 1, record: "found" },
    ]);
    expect(found?.why).toEqual([
      "it has records at /SHOP/ORDER",
      expect.stringMatching(/^(\d+) of \1 fields are there$/),
      expect.stringMatching(/^(\d+) of \1 places of the file are read$/),
    ]);
  });

  it("needs only the start of the file", () => {
    const whole = bytes(shop(order().repeat(10)));
    for (const size of [600, 1000, 1500])
      expect(detect(whole.subarray(0, size), all).found).toMatchObject({ preset: "alfa", confidence: 1 });
  });

  it("looks only at the feeds that it is asked for", () => {
    const { candidates } = detect(bytes(shop(order())), all, { records: ["invoices"] });
    expect(candidates.map(({ feed }) => feed)).toEqual(["invoices"]);
  });

  it("tells by the element around the records where there are none", () => {
    expect(detect(bytes("<export/>"), all).found).toMatchObject({
      preset: "beta",
      record: "parent",
      confidence: 0.08,
      why: ["it has no record, only the element around where one would be"],
    });
  });

  it("takes letter case into account where that is all there is", () => {
    const { orders } = alfa!.feeds;
    const lower = { ...orders!, mapping: { ...orders!.mapping, record: "/shop/order", ignoreCase: true } };
    const either = [...all, { ...alfa!, id: "other", feeds: { orders: lower } } as unknown as Preset];
    const idsFor = (source: string): string[] =>
      detect(bytes(source), either).candidates.map(({ preset, confidence }) => `${preset} ${confidence}`);
    expect(idsFor("<SHOP/>")).toEqual(["alfa 0.08", "alfa 0.08", "other 0.05"]);
    expect(idsFor("<shop/>")).toEqual(["other 0.08"]);
  });

  it("says which presets read a file in the very same way", () => {
    const twin = { ...alfa!, id: "twin" };
    const { found, alike, ambiguous } = detect(bytes(shop(order())), [...all, twin]);
    expect(found?.preset).toBe("alfa");
    expect({ alike, ambiguous }).toEqual({ alike: ["twin"], ambiguous: false });
  });

  it("finds nothing where several fit alike and would read different things", () => {
    const { orders } = alfa!.feeds;
    const { fields } = orders!.mapping;
    const other = { ...orders!, mapping: { ...orders!.mapping, fields: { ...fields, currency: constant("EUR") } } };
    const rival = { ...alfa!, id: "rival", feeds: { orders: other } } as unknown as Preset;
    const { found, candidates, ambiguous } = detect(bytes(shop(order())), [alfa!, rival], {
      records: ["orders"],
    });
    expect(found).toBeUndefined();
    expect(ambiguous).toBe(true);
    expect(candidates.map(({ preset }) => preset)).toEqual(["alfa", "rival"]);
  });

  it("puts drafts behind presets that rest on something", () => {
    const draft = { ...alfa!, id: "a-draft", maturity: "draft" as const };
    const { found, alike } = detect(bytes(shop(order())), [draft, alfa!]);
    expect(found?.preset).toBe("alfa");
    expect(alike).toEqual(["a-draft"]);
  });

  it("trusts the namespace of a format, and reads its version", () => {
    const mapping = defineMapping("order", {
      record: "/f:Doc",
      namespaces: { f: "urn:example:format" },
      fields: {
        number: code("f:No"),
        externalId: code("f:A"),
        variableSymbol: code("f:B"),
        exchangeRate: constant("1"),
        currency: code("f:C", { default: "CZK" }),
        lines: each("f:L", { kind: constant("product"), name: text("f:N"), quantity: constant("1") }),
      },
    });
    const format = definePreset({
      id: "format",
      title: "Format",
      maturity: "documented",
      provenance: [{ title: "x", date: "2026-11-24" }],
      feeds: { orders: { direction: "import", records: "orders", title: "Docs", version: "/f:Doc/@version", mapping } },
    });
    const xml = `<x:Doc xmlns:x="urn:example:format" version="6.0.2"><x:No>1</x:No><x:Z/><x:Y/><x:X/><x:W/></x:Doc>`;
    expect(detect(bytes(xml), [format]).found).toMatchObject({
      version: "6.0.2",
      why: expect.arrayContaining(["its namespace is urn:example:format", "it states version 6.0.2"]) as string[],
    });
    const other = xml.replace("urn:example:format", "urn:example:other");
    expect(detect(bytes(other), [format]).found).toBeUndefined();
  });

  it("gives nothing for other files", () => {
    for (const source of ["", "<html></html>", "a;b"])
      expect(detect(bytes(source), all)).toMatchObject({ found: undefined, candidates: [], root: undefined });
    expect(detect(bytes("<a/>"), all)).toMatchObject({ found: undefined, candidates: [], root: "a" });
  });
});
