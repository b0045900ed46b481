import { describe, expect, it } from "vitest";
import { type InvoiceRounding, type InvoiceRules, toInvoice } from "../../src/model/invoice.ts";
import type { Order } from "../../src/model/order.ts";

const order: Order = {
  number: "2026000412",
  createdAt: "2026-02-20T23:30:00+01:00",
  currency: "CZK",
  lines: [{ kind: "product", name: "Hrnek", quantity: "1", vatRate: "21", total: { gross: "1003.60" } }],
  payment: { method: "Hotově" },
  totals: { net: "829.42", vat: "174.18", gross: "1003.60", payable: "1003.60" },
};

function totals(rules: InvoiceRules, over: Partial<Order> = {}): Order["totals"] {
  return toInvoice({ ...order, ...over }, rules).totals;
}
const rounded = (rounding: InvoiceRounding, over: Order["totals"] = order.totals): Order["totals"] =>
  totals({ rounding }, { totals: over });

describe("rounding by the law", () => {
  const czech = { country: "CZ" } as const;
  const slovak = { country: "SK" } as const;
  const euro = (gross: `${number}`, over: Partial<Order> = {}): Partial<Order> => ({
    currency: "EUR",
    totals: { gross },
    ...over,
  });

  it("is of cash in Czechia to crowns, with the difference outside the VAT base", () => {
    expect(totals(czech)).toEqual({ ...order.totals, rounding: "0.40", payable: "1004.00" });
    expect(totals(czech, { totals: { gross: "1003.49" } })).toMatchObject({ rounding: "-0.49", payable: "1003.00" });
    expect(totals(czech, { totals: { gross: "1003.50" } })?.payable).toBe("1004.00");
  });
  it.each(["Kartou", "Převodem", "GoPay", "Dobírka", "Šekem", "Poukaz", "Nějak"])("is not of %s", (method) => {
    expect(totals(czech, { payment: { method } })).toEqual(order.totals);
    expect(totals(slovak, euro("12.33", { payment: { method } }))?.payable).not.toBe("12.35");
  });
  it("is of cash in Slovakia to five cents since July 2022, and never to nothing", () => {
    for (const [gross, payable] of [
      ["12.32", "12.30"],
      ["12.33", "12.35"],
      ["12.37", "12.35"],
      ["12.38", "12.40"],
      ["0.01", "0.05"],
      ["0.02", "0.05"],
      ["0.03", "0.05"],
    ] as const)
      expect(totals(slovak, euro(gross))?.payable).toBe(payable);
    expect(totals({ ...slovak, issuedOn: "2022-06-30" }, euro("12.33"))).toEqual({ gross: "12.33" });
    expect(totals({ ...slovak, issuedOn: "2022-07-01" }, euro("12.33"))?.payable).toBe("12.35");
  });
  it("is only of the currency and country that the law means", () => {
    expect(totals(czech, euro("12.33"))).toEqual({ gross: "12.33" });
    expect(totals(slovak)).toEqual(order.totals);
    expect(totals({ country: "AT" }, euro("12.33"))).toEqual({ gross: "12.33" });
    expect(totals({}, {})).toEqual(order.totals);
    expect(totals(czech, euro("12.33", { customer: { shipping: { country: "SK" } } }))?.payable).toBe("12.35");
    expect(totals({}, { seller: { vatId: "CZ00000019" } })?.payable).toBe("1004.00");
    expect(totals({}, { seller: { billing: { country: "CZ" } } })?.payable).toBe("1004.00");
  });
  it("can be switched off", () => {
    expect(totals({ ...czech, rounding: "none" })).toEqual(order.totals);
    expect(totals({ ...czech, rounding: [] })).toEqual(order.totals);
  });
});

describe("rounding by rules", () => {
  it("is to a step, with a mode", () => {
    expect(rounded({ step: "1" })).toEqual({ ...order.totals, rounding: "0.40", payable: "1004.00" });
    expect(rounded({ step: "1", mode: "down" })).toEqual({ ...order.totals, rounding: "-0.60", payable: "1003.00" });
    expect(rounded({ step: "0.05" }, { gross: "0.02" })).toEqual({
      gross: "0.02",
      rounding: "-0.02",
      payable: "0.00",
    });
    expect(rounded({ step: "0.05", atLeastStep: true }, { gross: "0.00" })).toEqual({ gross: "0.00" });
  });

  it("takes the first that fits", () => {
    const rounding: InvoiceRounding[] = [
      { step: "0.05", currency: "EUR" },
      { step: "10", kinds: ["cashOnDelivery"] },
      { step: "1" },
    ];
    expect(totals({ rounding })?.payable).toBe("1004.00");
    expect(totals({ rounding }, { payment: { method: "Dobírka" } })?.payable).toBe("1000.00");
    expect(totals({ rounding }, { payment: { method: "Kartou" } })?.payable).toBe("1003.60");
  });

  it("takes cash on delivery where the rule names it, in the country of delivery", () => {
    const rounding: InvoiceRounding = { step: "1", country: "CZ", kinds: ["cash", "cashOnDelivery"] };
    const payable = (over: Partial<Order>): string | undefined =>
      totals({ country: "CZ", rounding }, { payment: { method: "Dobírka" }, ...over })?.payable;
    expect(payable({})).toBe("1004.00");
    expect(payable({ customer: { billing: { country: "SK" }, shipping: { country: "CZ" } } })).toBe("1004.00");
    expect(payable({ customer: { billing: { country: "SK" } } })).toBe("1003.60");
  });

  it("goes by the kinds of the user's table", () => {
    const rules: InvoiceRules = { rounding: { step: "1" }, paymentKinds: { osobně: "cash", Hotově: "card" } };
    expect(totals(rules, { payment: { method: "Osobně" } })?.payable).toBe("1004.00");
    expect(totals(rules)?.payable).toBe("1003.60");
  });

  it("leaves alone what the shop rounded, or what is even", () => {
    const stated = { gross: "1003.60", rounding: "0.00", payable: "1003.60" } as const;
    expect(rounded({ step: "1" }, stated)).toEqual(stated);
    expect(rounded({ step: "1" }, { gross: "1003.60", payable: "1000.00" })).toEqual({
      gross: "1003.60",
      payable: "1000.00",
    });
    expect(rounded({ step: "1" }, { gross: "1003.00" })).toEqual({ gross: "1003.00" });
    const line = { kind: "rounding", name: "Zaokrouhlení", quantity: "1", total: { gross: "0.10" } } as const;
    const lines = [...order.lines, line];
    expect(totals({ rounding: { step: "1" } }, { lines, totals: { gross: "1003.70" } })).toEqual({ gross: "1003.70" });
  });

  it("needs a gross total, or lines that give one", () => {
    const { totals: _, ...bare } = order;
    expect(toInvoice(bare, { rounding: { step: "1" } }).totals).toEqual({
      net: "829.42",
      vat: "174.18",
      gross: "1003.60",
      rounding: "0.40",
      payable: "1004.00",
    });
    const unpriced: Order = { ...bare, lines: [{ kind: "product", name: "Hrnek", quantity: "1" }] };
    expect(() => toInvoice(unpriced, { rounding: { step: "1" } })).toThrow(
      "rounding needs totals.gross; reconcile the order first",
    );
    expect(toInvoice(unpriced, { country: "CZ" })).not.toHaveProperty("totals");
  });
});

describe("rounding of a credit note", () => {
  const rules: InvoiceRules = {
    documentType: "creditNote",
    number: () => "D1",
    country: "SK",
    creditNotes: { correctedNumber: "order" },
  };
  it.each(["12.33", "12.32", "0.02"] as const)("gives back what the invoice over %s took", (gross) => {
    const over: Partial<Order> = { currency: "EUR", totals: { gross } };
    const paid = totals({ country: "SK" }, over)?.payable;
    expect(totals(rules, over)?.payable).toBe(`-${paid ?? ""}`);
    expect(totals(rules, { ...over, totals: { gross: `-${gross}` as "-0.02" } })?.payable).toBe(`-${paid ?? ""}`);
  });
});
