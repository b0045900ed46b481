import { expect, it } from "vitest";
import { code, constant, date, parameter, vatRate, type MappingData, type MappingOptions } from "propojka";
import { compileWriter } from "../../../src/mapping/write/compile.ts";
import { createRecordWriter } from "../../../src/mapping/write/records.ts";

const levels = { notation: "level", levels: { zakladni: "high", snizena: "low" } } as const;

function written(
  record: object,
  options: Partial<MappingOptions | MappingData> = {},
  parameters: Record<string, string> = {},
): string {
  const fields = { number: code("N"), issuedOn: date("D"), vatRate: vatRate("V", levels) };
  const mapping = { target: "invoice", record: "/S/I", fields, ...options } as unknown as MappingData;
  const { text, issues } = createRecordWriter(compileWriter(mapping, { parameters })).record(record);
  return text ?? issues.map(({ message }) => message).join();
}

it("writes the level that a VAT rate has on the day of the record", () => {
  expect(written({ number: "1", issuedOn: "2023-06-01", vatRate: "15" })).toContain("<V>snizena</V>");
  expect(written({ number: "1", issuedOn: "2026-06-01", vatRate: "12" })).toContain("<V>snizena</V>");
  expect(written({ number: "1", issuedOn: "2026-06-01", vatRate: "15" })).toContain("expected");
  expect(written({ number: "1", vatRate: "12" })).toContain("<V>snizena</V>");
});

it("or on the day that the mapping states", () => {
  const record = { number: "1", issuedOn: "2026-06-01", vatRate: "15" };
  expect(written(record, { taxDate: constant("2023-06-01") })).toContain("<V>snizena</V>");
  const options = { taxDate: parameter("day") as never, parameters: { day: { title: "Day", default: "2026-01-01" } } };
  expect(written(record, options, { day: "2023-06-01" })).toContain("<V>snizena</V>");
  expect(written(record, options)).toContain("expected");
});

it("takes no day of records of the host's own, as little as when they are read", () => {
  const record = { number: "1", issuedOn: "2023-06-01", vatRate: "15" };
  expect(written(record, { target: "custom" })).toContain("expected");
  expect(written({ ...record, vatRate: "12" }, { target: "custom" })).toContain("<V>snizena</V>");
});
