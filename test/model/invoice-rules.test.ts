import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DefinitionError } from "../../src/errors.ts";
import {
  checkInvoiceRules,
  type InvoiceRuleData,
  type InvoiceRules,
  invoiceRulesSchema,
  mergeInvoiceRules,
  parseInvoiceRules,
} from "../../src/model/invoice.ts";

const all: InvoiceRuleData = {
  documentType: "invoice",
  number: { series: "FV{yy}#####", next: { "2026": 17 } },
  variableSymbol: "number",
  issuedOn: "created",
  taxPointOn: { custom: "expedice" },
  dueDays: { transfer: 14, default: 0 },
  paymentKinds: { "Benefit Plus": "voucher" },
  rounding: [{ step: "1", mode: "halfUp", currency: "CZK", country: "CZ", kinds: ["cash", "cashOnDelivery"] }],
  country: "CZ",
  vat: { regimes: ["intraCommunity", "oss"], charged: "refuse", rates: { SK: { "12": "19", "0": "5" } } },
  exceptions: { cancelled: "skip", returned: "creditNote", negative: "creditNote" },
  creditNotes: { number: { series: "DB#####", next: 1 }, amounts: "positive", correctedNumber: "order" },
};

describe("invoice rules", () => {
  it("are plain data", () => {
    expect(parseInvoiceRules(JSON.parse(JSON.stringify(all)))).toEqual(all);
    expect(parseInvoiceRules({})).toEqual({});
  });
  it("have a JSON Schema for editors", () => {
    const { properties } = z.toJSONSchema(invoiceRulesSchema, { io: "input" });
    expect(Object.keys(properties ?? {})).toEqual(Object.keys(all));
  });
  it("may hold functions in TypeScript", () => {
    const rules: InvoiceRules = {
      number: () => "1",
      issuedOn: () => "2026-03-04",
      taxPointOn: () => "2026-03-04",
      creditNotes: { number: () => "2", correctedNumber: () => "1" },
    };
    expect(checkInvoiceRules(rules)).toBe(rules);
    // @ts-expect-error a function cannot say the country
    expect(() => parseInvoiceRules({ country: () => "CZ" } satisfies InvoiceRules)).toThrow(DefinitionError);
  });

  const mistakes: readonly (readonly [unknown, string])[] = [
    [{ numbers: "order" }, 'Unrecognized key: "numbers"'],
    [
      { number: "invoice" },
      'number: expected "order", "variableSymbol", { "custom": NAME } or { "series": "FV26#####", "next": 1 }, got "invoice"',
    ],
    [
      { number: { series: "FV26", next: 1 } },
      'number.series: expected one run of # for the count, such as FV26#####, got "FV26"',
    ],
    [
      { number: { series: "##-##", next: 1 } },
      'number.series: expected one run of # for the count, such as FV26#####, got "##-##"',
    ],
    [
      { number: { series: "{rr}##", next: 1 } },
      'number.series: expected no braces but {yyyy}, {yy} and {mm}, got "{rr}##"',
    ],
    [{ number: { series: "FV ##", next: 1 } }, 'number.series: expected no spaces, got "FV ##"'],
    [
      { number: { series: "#".repeat(16), next: 1 } },
      `number.series: expected at most 15 signs #, got "${"#".repeat(16)}"`,
    ],
    [{ number: { series: "##" } }, 'number.next: expected a number from 1 up, or one by year such as { "2026": 17 }'],
    [{ number: { series: "##", next: 0 } }, "number.next: expected a number from 1 up, got 0"],
    [
      { number: { series: "##", next: { "2026": 1 } } },
      "number.next: the series has no {yyyy} or {yy}, so it cannot count by years",
    ],
    [{ number: { series: "{yy}##", next: { "26": 1 } } }, 'number.next.26: expected a year such as 2026, got "26"'],
    [{ issuedOn: "2026-02-30" }, 'issuedOn: the calendar has no such day, got "2026-02-30"'],
    [
      { taxPointOn: "today" },
      'taxPointOn: expected "issued", "created", "paid", a day of the calendar such as 2026-03-04, or { "custom": NAME }, got "today"',
    ],
    [{ dueDays: -1 }, "dueDays: expected no days before the issue, got -1"],
    [{ dueDays: "soon" }, 'dueDays: expected a whole number of days from 0 up, or one by kind of payment, got "soon"'],
    [{ dueDays: { cash: 1.5 } }, "dueDays.cash: expected a whole number of days, got 1.5"],
    [{ rounding: { step: "0" } }, 'rounding.step: expected a step above zero, got "0"'],
    [
      { rounding: [{ step: "1", kinds: ["card"] }] },
      'rounding.0.kinds.0: Invalid option: expected one of "cash"|"cashOnDelivery", got "card"',
    ],
    [
      { rounding: "all" },
      'rounding: expected "none", a rounding such as { "step": "1" }, or a list of them, got "all"',
    ],
    [{ country: "cz" }, 'country: expected a country code such as CZ, got "cz"'],
    [
      { vat: { rates: { SK: { "12": "nineteen" } } } },
      'vat.rates.SK.12: expected a decimal such as 1234.50, got "nineteen"',
    ],
    [
      { exceptions: { negative: "invoice" } },
      'exceptions.negative: Invalid option: expected one of "skip"|"creditNote"|"error", got "invoice"',
    ],
    [
      { creditNotes: { correctedNumber: "number" } },
      'creditNotes.correctedNumber: expected "order" or { "custom": NAME }, got "number"',
    ],
    [
      { number: { series: "F##", next: 1 }, creditNotes: { number: { series: "F##", next: 5 } } },
      'creditNotes.number.series: this is the series of the invoices; leave creditNotes.number out to share it, got "F##"',
    ],
  ];
  it.each(mistakes)("say what is wrong with %j", (rules, message) => {
    expect(() => parseInvoiceRules(rules)).toThrow(
      expect.objectContaining({ code: "PARAMETER_INVALID", message: `invoice rules: ${message}` }) as Error,
    );
  });
  it("say all that is wrong at once", () => {
    expect(() => parseInvoiceRules({ dueDays: -1, country: "x" })).toThrow(/dueDays.*\n.*country/);
  });

  it("are merged one by one, and within their groups", () => {
    const over: InvoiceRules = { dueDays: 7, exceptions: { returned: "skip" }, vat: { charged: "convert" } };
    const merged = mergeInvoiceRules({ ...all, vat: { regimes: ["oss"] } }, over);
    expect(merged).toEqual({
      ...all,
      dueDays: 7,
      exceptions: { cancelled: "skip", returned: "skip", negative: "creditNote" },
      vat: { regimes: ["oss"], charged: "convert" },
    });
    expect(mergeInvoiceRules(undefined, undefined)).toEqual({});
    expect(mergeInvoiceRules(all, { number: "order" }).number).toBe("order");
    expect(mergeInvoiceRules({}, { creditNotes: { amounts: "negative" } }).creditNotes).toEqual({
      amounts: "negative",
    });
  });
});

describe("docs/invoices.md", () => {
  const page = readFileSync(new URL("../../docs/invoices.md", import.meta.url), "utf8");
  const blocks = Array.from(page.matchAll(/^```json\n([^]*?)^```$/gm), ([, json = ""]) => json);

  it("shows rules that are right", () => {
    expect(blocks.length).toBeGreaterThan(3);
    for (const json of blocks) expect(parseInvoiceRules(JSON.parse(json))).toEqual(JSON.parse(json));
  });
  it("names every rule", () => {
    const { properties = {} } = z.toJSONSchema(invoiceRulesSchema, { io: "input" });
    const names = Object.entries(properties).flatMap(([name, schema]) => {
      const members = typeof schema === "object" ? Object.keys(schema.properties ?? {}) : [];
      return [name, ...members];
    });
    expect(names.filter((name) => !page.includes(name))).toEqual([]);
  });
});
