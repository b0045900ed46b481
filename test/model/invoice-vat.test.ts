import { describe, expect, it } from "vitest";
import { createInvoiceMaker, type Invoice, type InvoiceRules, toInvoice } from "../../src/model/invoice.ts";
import type { Issue } from "../../src/errors.ts";
import type { Order } from "../../src/model/order.ts";
import { reconcile } from "../../src/model/reconcile.ts";
import type { TotalsRule } from "../../src/model/rule.ts";

const gross: TotalsRule = { basis: "gross", method: "topDown", compare: ["payable"] };
const net: TotalsRule = { basis: "net", method: "bottomUp", compare: ["payable"] };

function complete(order: Order, rule: TotalsRule = gross): Order {
  const done = reconcile(order, rule, { country: "CZ" });
  expect(done.issues.filter(({ severity }) => severity === "error")).toEqual([]);
  return done.order;
}

const base = { number: "7", createdAt: "2026-03-04T10:00:00+01:00", currency: "CZK" } as const;

/** A Czech shop's order with 21 and 12 %, prices with VAT. */
const mixed = complete({
  ...base,
  lines: [
    { kind: "product", name: "Hrnek", quantity: "2", vatRate: "21", unitPrice: { gross: "121.00" } },
    { kind: "product", name: "Čaj", quantity: "1", vatRate: "12", unitPrice: { gross: "112.00" } },
    { kind: "shipping", name: "Zásilkovna", quantity: "1", vatRate: "21", unitPrice: { gross: "79.00" } },
  ],
  totals: { payable: "433.00" },
});

/** Prices without VAT and none charged. */
const untaxed = (over: Partial<Order>): Order =>
  complete({
    ...base,
    lines: [{ kind: "product", name: "Hrnek", quantity: "2", vatRate: "0", unitPrice: { net: "100.00" } }],
    totals: { payable: "200.00" },
    ...over,
  });

const slovakFirm = { vatId: "SK2020202019", billing: { country: "SK" } } as const;
const slovakPerson = { billing: { country: "SK" } } as const;
const czechFirm = { vatId: "CZ00000019", billing: { country: "CZ" } } as const;

function made(order: Order, rules: InvoiceRules): { readonly invoice: Invoice; readonly issues: readonly Issue[] } {
  const result = createInvoiceMaker({ country: "CZ", ...rules }).make(order);
  if (!("invoice" in result)) throw new Error(JSON.stringify(result));
  return result;
}
function refused(order: Order, rules: InvoiceRules = {}): Issue {
  const result = createInvoiceMaker({ country: "CZ", ...rules }).make(order);
  if (!("refused" in result)) throw new Error(JSON.stringify(result));
  return result.refused;
}
const rates = ({ lines }: Invoice): (string | undefined)[] => lines.map(({ vatRate }) => vatRate);
const categories = ({ lines, vatBreakdown }: Invoice): unknown[] => [
  lines.map(({ vatCategory }) => vatCategory),
  vatBreakdown?.map(({ category }) => category),
];

describe("the usual regime", () => {
  it("leaves all amounts as they stand, and says that VAT is standard", () => {
    const invoice = toInvoice(mixed);
    expect(invoice.totals).toEqual(mixed.totals);
    expect(invoice).not.toHaveProperty("vatRegime");
    expect(categories(invoice)).toEqual([
      ["standard", "standard", "standard"],
      ["standard", "standard"],
    ]);
  });
  it("leaves open what a zero rate is, unless the order says it", () => {
    const order = untaxed({});
    expect(categories(toInvoice(order))).toEqual([[undefined], [undefined]]);
    const exempt: Order = { ...order, lines: order.lines.map((line) => ({ ...line, vatCategory: "exempt" })) };
    expect(categories(toInvoice(exempt))).toEqual([["exempt"], ["exempt"]]);
  });
});

describe("a seller who pays no VAT", () => {
  const rules: InvoiceRules = { vat: { regimes: ["nonPayer"] } };
  const plain = complete({
    ...base,
    lines: [
      { kind: "product", name: "Hrnek", quantity: "2", unitPrice: { gross: "121.00" } },
      { kind: "rounding", name: "Zaokrouhlení", quantity: "1", total: { gross: "0.40" } },
    ],
    vatRegime: "nonPayer",
    totals: { payable: "242.40" },
  });

  it("has no rates, and net = gross = payable", () => {
    for (const invoice of [toInvoice(plain), toInvoice({ ...plain, vatRegime: undefined }, rules)]) {
      expect(rates(invoice)).toEqual([undefined, undefined]);
      expect(invoice.totals).toEqual({ net: "242.40", vat: "0.00", gross: "242.40", payable: "242.40" });
      expect(invoice.lines[0]?.total).toEqual({ net: "242.00", vat: "0.00", gross: "242.00" });
      expect(invoice).toMatchObject({ vatRegime: "nonPayer", vatBreakdown: [] });
      expect(categories(invoice)).toEqual([["outOfScope", "outOfScope"], []]);
    }
  });
  it("takes away the rate 0 that shops write for none, and a rate by which no VAT was charged", () => {
    expect(rates(toInvoice(untaxed({}), rules))).toEqual([undefined]);
    const equal = { net: "121.00", gross: "121.00" } as const;
    const lines = [{ kind: "product", name: "x", quantity: "1", vatRate: "21", total: equal }] as const;
    expect(toInvoice({ ...base, lines: [...lines] }, rules).totals?.gross).toBe("121.00");
  });
  it("never states VAT that the shop charged: the order is refused", () => {
    expect(refused(mixed, rules)).toMatchObject({ code: "VAT_MISMATCH", field: "totals.vat", key: "7" });
    expect(refused(mixed, rules).message).toContain("VAT of 67.71 CZK");
    const { totals: _, ...bare } = mixed;
    const unreconciled: Order = {
      ...bare,
      vatBreakdown: undefined,
      lines: [{ kind: "product", name: "x", quantity: "1", vatRate: "21", unitPrice: { gross: "1.00" } }],
    };
    expect(refused(unreconciled, rules).code).toBe("VAT_MISMATCH");
  });
  it("keeps what the customer pays where a rule converts it", () => {
    const { invoice } = made(mixed, { vat: { regimes: ["nonPayer"], charged: "convert" } });
    expect(invoice.totals).toEqual({ net: "433.00", vat: "0.00", gross: "433.00", payable: "433.00" });
    expect(invoice.lines.map(({ unitPrice, total }) => [unitPrice?.net, total?.net, total?.vat])).toEqual([
      ["121.00", "242.00", "0.00"],
      ["112.00", "112.00", "0.00"],
      ["79.00", "79.00", "0.00"],
    ]);
    expect(rates(invoice)).toEqual([undefined, undefined, undefined]);
  });
});

describe("regimes without VAT", () => {
  it("are an intra-Community supply where the buyer has a valid number of another member state", () => {
    const { invoice } = made(untaxed({ customer: slovakFirm }), { vat: { regimes: ["intraCommunity"] } });
    expect(invoice.vatRegime).toBe("intraCommunity");
    expect(invoice.totals).toEqual({ net: "200.00", vat: "0.00", gross: "200.00", payable: "200.00" });
    expect(invoice.vatBreakdown).toEqual([
      { rate: "0", net: "200.00", vat: "0.00", gross: "200.00", category: "intraCommunity" },
    ]);
    expect(categories(invoice)).toEqual([["intraCommunity"], ["intraCommunity"]]);
  });
  it.each<[string, Order["customer"]]>([
    ["none", undefined],
    ["no number", slovakPerson],
    ["a number of this country", czechFirm],
    ["a number with a wrong check digit", { ...slovakFirm, vatId: "SK2020202020" }],
    ["a number of a country outside the Union", { vatId: "CHE123456789" }],
    ["goods delivered at home", { ...slovakFirm, shipping: { country: "CZ" } }],
  ])("are none for a buyer with %s", (_, customer) => {
    const order = untaxed(customer === undefined ? {} : { customer });
    expect(made(order, { vat: { regimes: ["intraCommunity"] } }).invoice).not.toHaveProperty("vatRegime");
  });
  it("are reverse charge at home where the rule says so", () => {
    const rules: InvoiceRules = { vat: { regimes: ["reverseCharge"] } };
    const { invoice } = made(untaxed({ customer: czechFirm }), rules);
    expect(invoice.vatRegime).toBe("reverseCharge");
    expect(categories(invoice)).toEqual([["reverseCharge"], ["reverseCharge"]]);
    expect(made(untaxed({ customer: slovakFirm }), rules).invoice).not.toHaveProperty("vatRegime");
    expect(made(untaxed({ customer: czechFirm }), {}).invoice).not.toHaveProperty("vatRegime");
  });
  it("are export where the goods leave the Union", () => {
    const rules: InvoiceRules = { vat: { regimes: ["export"] } };
    const swiss = untaxed({ customer: { billing: { country: "CH" } } });
    expect(made(swiss, rules).invoice).toMatchObject({ vatRegime: "export", lines: [{ vatCategory: "export" }] });
    expect(made(untaxed({ customer: slovakPerson }), rules).invoice).not.toHaveProperty("vatRegime");
  });
  it("are those that the order states, if it has what they need", () => {
    const stated = (vatRegime: "reverseCharge" | "intraCommunity", customer?: Order["customer"]): Order =>
      untaxed({ vatRegime, ...(customer && { customer }) });
    expect(made(stated("reverseCharge", czechFirm), {}).invoice.vatRegime).toBe("reverseCharge");
    expect(made(stated("reverseCharge", slovakFirm), {}).invoice.vatRegime).toBe("reverseCharge");
    expect(refused(stated("reverseCharge"))).toMatchObject({ code: "FIELD_MISSING", field: "customer.vatId" });
    expect(refused(stated("intraCommunity", czechFirm))).toMatchObject({ code: "IDENTIFIER_INVALID" });
    expect(refused(stated("intraCommunity", { vatId: "SK1" })).message).toContain("another member state");
    expect(made(untaxed({ vatRegime: "export" }), {}).invoice.vatRegime).toBe("export");
  });
  it("never change what the customer pays: who was charged VAT gets no invoice without it", () => {
    const order = { ...mixed, customer: slovakFirm };
    const rules: InvoiceRules = { vat: { regimes: ["intraCommunity"] } };
    expect(refused(order, rules)).toMatchObject({ code: "VAT_MISMATCH", field: "totals.vat" });
    const { invoice } = made(order, { vat: { ...rules.vat, charged: "convert" } });
    expect(invoice.totals).toEqual({ net: "433.00", vat: "0.00", gross: "433.00", payable: "433.00" });
    expect(rates(invoice)).toEqual(["0", "0", "0"]);
  });
  it("take the prices without VAT where those are what the customer pays", () => {
    const order: Order = {
      ...complete(
        {
          ...base,
          lines: [{ kind: "product", name: "x", quantity: "3", vatRate: "21", unitPrice: { net: "100.00" } }],
        },
        { ...net, compare: [] },
      ),
      customer: slovakFirm,
      totals: { net: "300.00", payable: "300.00" },
    };
    const { invoice } = made(order, { vat: { regimes: ["intraCommunity"] } });
    expect(invoice.totals).toEqual({ net: "300.00", vat: "0.00", gross: "300.00", payable: "300.00" });
    expect(invoice.lines[0]).toMatchObject({ vatRate: "0", unitPrice: { net: "100.00", gross: "100.00" } });
  });
  it("keep a rounding outside the base", () => {
    const order = untaxed({ customer: slovakFirm, totals: { rounding: "0.40", payable: "200.40" } });
    const { invoice } = made(order, { vat: { regimes: ["intraCommunity"] } });
    expect(invoice.totals).toMatchObject({ gross: "200.00", rounding: "0.40", payable: "200.40" });
  });
  it("need the seller's country", () => {
    const rules: InvoiceRules = { vat: { regimes: ["intraCommunity"] } };
    expect(() => toInvoice(untaxed({ customer: slovakFirm }), rules)).toThrow("the country of the seller is not known");
    expect(toInvoice(untaxed({ customer: slovakFirm }), rules, { country: "CZ" }).vatRegime).toBe("intraCommunity");
  });
});

describe("OSS", () => {
  const rules: InvoiceRules = { vat: { regimes: ["oss"] } };
  const to = (country: string, order: Order = mixed): Order => ({ ...order, customer: { shipping: { country } } });
  const slovak = (vatRate: "23" | "19" | "5" | "0" = "23"): Order =>
    complete({
      ...base,
      customer: slovakPerson,
      lines: [{ kind: "product", name: "x", quantity: "1", vatRate, unitPrice: { gross: "123.00" } }],
      totals: { payable: "123.00" },
    });

  it("is seen by rates of the country of delivery, which stay", () => {
    for (const one of [{}, rules]) {
      const { invoice, issues } = made(slovak(), one);
      expect(invoice).toMatchObject({ vatRegime: "oss", vatCountry: "SK", totals: slovak().totals });
      expect(categories(invoice)).toEqual([["standard"], ["standard"]]);
      expect(issues.map(({ severity, field }) => [severity, field])).toEqual(
        one === rules ? [] : [["warning", "vatRegime"]],
      );
    }
  });
  it("is not seen where a rule says another thing, nor with a VAT number, at home, outside the Union or before 2021", () => {
    const none = (order: Order, one: InvoiceRules = {}): void =>
      expect(made(order, one).invoice.vatRegime).not.toBe("oss");
    none(slovak(), { vat: { regimes: ["standard"] } });
    none(slovak(), { vat: { regimes: [] } });
    none({ ...slovak(), customer: slovakFirm });
    none({ ...slovak(), customer: { billing: { country: "CZ" } } });
    none(to("SK"));
    none(slovak("0"));
    none({ ...slovak(), createdAt: "2021-06-30T10:00:00+02:00" });
  });
  it("takes the VAT of the country of delivery out of the price, which stays", () => {
    const { invoice, issues } = made(to("SK"), { vat: { ...rules.vat, rates: { SK: { "12": "5" } } } });
    expect(invoice).toMatchObject({ vatRegime: "oss", vatCountry: "SK" });
    expect(rates(invoice)).toEqual(["23", "5", "23"]);
    expect(invoice.vatBreakdown).toEqual([
      { rate: "23", net: "260.98", vat: "60.02", gross: "321.00", category: "standard" },
      { rate: "5", net: "106.67", vat: "5.33", gross: "112.00", category: "standard" },
    ]);
    expect(invoice.totals).toEqual({ net: "367.65", vat: "65.35", gross: "433.00", payable: "433.00" });
    expect(invoice.lines[0]).toMatchObject({
      unitPrice: { gross: "121.00" },
      priceBasis: "gross",
      total: { net: "196.75", vat: "45.25", gross: "242.00" },
    });
    expect(issues).toEqual([]);
  });
  it("warns where a reduced rate is a guess", () => {
    const { invoice, issues } = made(to("SK"), rules);
    expect(rates(invoice)).toEqual(["23", "19", "23"]);
    expect(issues).toMatchObject([{ code: "VAT_RATE_UNKNOWN", severity: "warning", field: "lines[1].vatRate" }]);
    expect(issues[0]?.message).toBe(
      'the reduced rate 12 is taken as 19 of SK; the rule vat.rates says it: { "SK": { "12": … } }',
    );
  });
  it("needs rates that the library does not know", () => {
    expect(refused(to("DE"), rules)).toMatchObject({ code: "VAT_RATE_UNKNOWN", field: "lines[0].vatRate" });
    const { invoice } = made(to("DE"), { vat: { ...rules.vat, rates: { DE: { "21": "19", "12.0": "7" } } } });
    expect(rates(invoice)).toEqual(["19", "7", "19"]);
    expect(invoice.totals?.payable).toBe("433.00");
    const again = made(to("DE", { ...mixed, lines: invoice.lines, totals: invoice.totals }), {
      vat: { ...rules.vat, rates: { DE: { "21": "19", "12.0": "7" } } },
    });
    expect(again.invoice.lines).toEqual(invoice.lines);
  });
  it("believes an order that states rates of a country that the library does not know", () => {
    const greek = (vatRate: "24" | "21"): Order => ({
      ...to("GR", slovak()),
      vatRegime: "oss",
      lines: slovak().lines.map((line) => ({ ...line, vatRate })),
    });
    const known = made(greek("24"), {});
    expect(known.invoice).toMatchObject({ vatRegime: "oss", vatCountry: "GR", totals: slovak().totals });
    expect(known.issues).toEqual([]);
    expect(made({ ...greek("24"), vatRegime: undefined }, rules).issues).toEqual([]);
    const same = made(greek("21"), {});
    expect(same.invoice.totals).toEqual(slovak().totals);
    expect(same.issues).toMatchObject([{ code: "VAT_RATE_UNKNOWN", severity: "warning", field: "lines[0].vatRate" }]);
    expect(refused({ ...greek("21"), vatRegime: undefined }, rules).code).toBe("VAT_RATE_UNKNOWN");
  });
  it("does not guess what a zero rate is elsewhere", () => {
    expect(refused(slovak("0"), rules).message).toContain("no VAT rate of SK is known to stand for 0");
    const { invoice } = made(slovak("0"), { vat: { ...rules.vat, rates: { SK: { "0": "5" } } } });
    expect(invoice.totals).toMatchObject({ vat: "5.86", gross: "123.00" });
    const free: Order = { ...mixed, lines: [...mixed.lines, { ...slovak("0").lines[0]!, total: { gross: "0.00" } }] };
    expect(rates(made(to("SK", free), rules).invoice)).toEqual(["23", "19", "23", "0"]);
  });
  it("refuses rates of both countries in one order", () => {
    const lines = [...mixed.lines, ...slovak().lines];
    expect(refused(to("SK", { ...mixed, lines }), rules).message).toContain("to stand for 23");
  });
  it("is for consumers in other member states", () => {
    const regime = (customer: Order["customer"]): unknown => made({ ...mixed, customer }, rules).invoice.vatRegime;
    expect(regime(slovakFirm)).toBeUndefined();
    expect(regime({ shipping: { country: "CZ" }, billing: { country: "SK" } })).toBeUndefined();
    expect(regime({ shipping: { country: "CH" } })).toBeUndefined();
    expect(regime({ ...slovakPerson, vatId: "SK1" })).toBe("oss");
  });
  it("as stated by the order takes its country from it", () => {
    const stated: Order = { ...slovak(), vatRegime: "oss", vatCountry: "SK", customer: undefined };
    expect(made(stated, {}).invoice).toMatchObject({ vatRegime: "oss", vatCountry: "SK" });
    expect(refused({ ...stated, vatCountry: undefined })).toMatchObject({ field: "vatCountry" });
    expect(made({ ...to("SK"), vatRegime: "oss" }, {}).invoice.totals?.vat).not.toBe(mixed.totals?.vat);
  });
  it("comes before or after other regimes as the rule lists them", () => {
    const identified: InvoiceRules = { vat: { regimes: ["oss", "nonPayer"] } };
    expect(made(slovak(), identified).invoice.vatRegime).toBe("oss");
    expect(made(untaxed({}), identified).invoice.vatRegime).toBe("nonPayer");
    const all: InvoiceRules = { vat: { regimes: ["intraCommunity", "oss", "export"] } };
    expect(made(untaxed({ customer: slovakFirm }), all).invoice.vatRegime).toBe("intraCommunity");
    expect(made(slovak(), all).invoice.vatRegime).toBe("oss");
  });
  it("shares a discount without a rate among the new rates", () => {
    const order = complete({
      ...base,
      customer: slovakPerson,
      lines: [
        { kind: "product", name: "Hrnek", quantity: "1", vatRate: "21", unitPrice: { gross: "300.00" } },
        { kind: "product", name: "Čaj", quantity: "1", vatRate: "12", unitPrice: { gross: "100.00" } },
        { kind: "discount", name: "Sleva", quantity: "1", total: { gross: "-40.00" } },
      ],
      totals: { rounding: "0.40", payable: "360.40" },
    });
    const { invoice } = made(order, rules);
    expect(invoice.vatBreakdown?.map(({ rate, gross }) => [rate, gross])).toEqual([
      ["23", "270.00"],
      ["19", "90.00"],
    ]);
    expect(invoice.totals).toMatchObject({ gross: "360.00", rounding: "0.40", payable: "360.40" });
    expect(invoice.lines[2]).not.toHaveProperty("vatRate");
  });
  it("gives a cent that a shop with net prices is off by to the largest rate", () => {
    const order = complete(
      {
        ...base,
        customer: slovakPerson,
        lines: ["33.33", "33.33", "33.33"].map((price) => ({
          kind: "product" as const,
          name: "x",
          quantity: "1",
          vatRate: "21" as const,
          unitPrice: { net: price as "33.33" },
        })),
        totals: { payable: "120.99" },
      },
      net,
    );
    expect(order.totals).toMatchObject({ gross: "120.99" });
    const { invoice } = made(order, rules);
    expect(invoice.totals).toMatchObject({ gross: "120.99", payable: "120.99" });
    expect(invoice.vatBreakdown).toMatchObject([{ rate: "23", gross: "120.99", vat: "22.62", net: "98.37" }]);
    const far = { ...order, totals: { ...order.totals, payable: "121.99" as const } };
    expect(refused(far, rules)).toMatchObject({ code: "TOTAL_MISMATCH" });
  });
  it("keeps amounts in the home currency on the side with VAT", () => {
    const home = { net: "1000.00", vat: "210.00", gross: "1210.00" } as const;
    const order: Order = {
      ...to("SK"),
      homeCurrency: "CZK",
      lines: mixed.lines.map((line) => ({ ...line, home: { unitPrice: { net: "1", gross: "2" }, total: home } })),
      totals: { ...mixed.totals, home: { ...home, payable: "1210.00" } },
    };
    const { invoice } = made(order, rules);
    expect(invoice.lines[0]?.home).toEqual({ unitPrice: { gross: "2" }, total: { gross: "1210.00" } });
    expect(invoice.totals?.home).toEqual({ gross: "1210.00", payable: "1210.00" });
  });
});
