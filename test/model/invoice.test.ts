import { describe, expect, it } from "vitest";
import { invoiceSchema, toInvoice } from "../../src/model/invoice.ts";
import type { InvoiceRounding } from "../../src/model/invoice.ts";
import type { Order } from "../../src/model/order.ts";

const order: Order = {
  number: "2026000412",
  variableSymbol: "412",
  createdAt: "2026-02-20T23:30:00+01:00",
  currency: "CZK",
  lines: [{ kind: "product", name: "Hrnek", quantity: "1", vatRate: "21", total: { gross: "1003.60" } }],
  payment: { method: "Dobírka", code: "BILLING3" },
  totals: { net: "829.42", vat: "174.18", gross: "1003.60", payable: "1003.60" },
};

describe("an invoice of an order", () => {
  it("has the order's number and day, the tax point of that day, and is due in 14 days, unless told otherwise", () => {
    const { number: _, ...rest } = order;
    const invoice = toInvoice(order);
    expect(invoice).toStrictEqual({
      ...rest,
      documentType: "invoice",
      invoiceNumber: "2026000412",
      orderNumber: "2026000412",
      issuedOn: "2026-02-20",
      taxPointOn: "2026-02-20",
      dueOn: "2026-03-06",
    });
    expect(invoiceSchema.parse(invoice)).toEqual(invoice);
  });

  it("takes the variable symbol or the host's series as its number", () => {
    expect(toInvoice(order, { number: "variableSymbol" }).invoiceNumber).toBe("412");
    expect(toInvoice(order, { number: ({ number }) => `FV-${number}` }).invoiceNumber).toBe("FV-2026000412");
  });

  it("takes fixed days and days from the host", () => {
    const invoice = toInvoice(order, { issuedOn: () => "2026-03-01", taxPointOn: "2026-02-28", dueDays: 0 });
    expect(invoice).toMatchObject({ issuedOn: "2026-03-01", taxPointOn: "2026-02-28", dueOn: "2026-03-01" });
    expect(toInvoice(order, { issuedOn: "2026-03-01", taxPointOn: "created" }).taxPointOn).toBe("2026-02-20");
    expect(toInvoice(order, { issuedOn: "2026-03-01" }).taxPointOn).toBe("2026-03-01");
  });

  it("is due on a day that the calendar has", () => {
    expect(toInvoice(order, { issuedOn: "2027-12-31", dueDays: 60 }).dueOn).toBe("2028-02-29");
    expect(toInvoice(order, { issuedOn: "2026-03-28", dueDays: 2 }).dueOn).toBe("2026-03-30");
  });

  it("has no tax point as a proforma, unless told so", () => {
    expect(toInvoice(order, { documentType: "proforma" })).not.toHaveProperty("taxPointOn");
    expect(toInvoice(order, { documentType: "proforma", taxPointOn: "issued" }).taxPointOn).toBe("2026-02-20");
    expect(toInvoice(order, { documentType: "creditNote" }).documentType).toBe("creditNote");
  });

  it("cannot be made without what a rule needs", () => {
    const { createdAt: _, variableSymbol: __, ...bare } = order;
    expect(() => toInvoice(bare)).toThrow('order 2026000412: no date issuedOn by the rule "created"');
    expect(() => toInvoice(bare, { issuedOn: "2026-03-01", number: "variableSymbol" })).toThrow(
      'order 2026000412: no invoice number by the rule "variableSymbol"',
    );
    expect(() => toInvoice(order, { number: () => "" })).toThrow("by the rule of the caller");
    expect(() => toInvoice(order, { taxPointOn: () => "1-2-3" })).toThrow(
      "no date taxPointOn by the rule of the caller",
    );
    expect(() => toInvoice(order, { dueDays: 1.5 })).toThrow("expected a whole number of days, got 1.5");
  });
});

describe("the rounding of an invoice", () => {
  const totals = (rounding: InvoiceRounding, over: Order["totals"] = order.totals): Order["totals"] =>
    toInvoice({ ...order, totals: over }, { rounding }).totals;

  it("is to crowns, with the difference outside the VAT base", () => {
    expect(totals({ step: "1" })).toEqual({ ...order.totals, rounding: "0.40", payable: "1004.00" });
    expect(totals({ step: "1", mode: "down" })).toEqual({ ...order.totals, rounding: "-0.60", payable: "1003.00" });
  });

  it("is to five cents in Slovakia, never to nothing where the law says so", () => {
    const euro = { gross: "0.02" } as const;
    expect(totals({ step: "0.05" }, { gross: "12.33" })).toEqual({
      gross: "12.33",
      rounding: "0.02",
      payable: "12.35",
    });
    expect(totals({ step: "0.05" }, euro)).toEqual({ gross: "0.02", rounding: "-0.02", payable: "0.00" });
    expect(totals({ step: "0.05", atLeastStep: true }, euro)).toEqual({
      gross: "0.02",
      rounding: "0.03",
      payable: "0.05",
    });
    expect(totals({ step: "0.05", atLeastStep: true }, { gross: "0.00" })).toEqual({ gross: "0.00" });
    expect(totals({ step: "0.05", atLeastStep: true }, { gross: "-0.02" })?.payable).toBe("0.00");
  });

  it("is for the chosen payments only, by code or by name", () => {
    const payable = (payments: string[], over: Partial<Order> = {}): string | undefined =>
      toInvoice({ ...order, ...over }, { rounding: { step: "1", payments } }).totals?.payable;
    expect(payable(["BILLING3"])).toBe("1004.00");
    expect(payable(["Kartou", "Dobírka"])).toBe("1004.00");
    expect(payable(["Kartou"])).toBe("1003.60");
    expect(payable([])).toBe("1003.60");
    expect(payable(["Kartou"], { payment: undefined })).toBe("1003.60");
  });

  it("leaves alone what the shop rounded, or what is even", () => {
    const rounded = { gross: "1003.60", rounding: "0.00", payable: "1003.60" } as const;
    expect(totals({ step: "1" }, rounded)).toEqual(rounded);
    expect(totals({ step: "1" }, { gross: "1003.60", payable: "1000.00" })).toEqual({
      gross: "1003.60",
      payable: "1000.00",
    });
    expect(totals({ step: "1" }, { gross: "1003.00" })).toEqual({ gross: "1003.00" });
  });

  it("needs a gross total", () => {
    expect(() => totals({ step: "1" }, { net: "829.42" })).toThrow(
      "rounding needs totals.gross; reconcile the order first",
    );
    expect(() => totals({ step: "1" }, {})).toThrow(RangeError);
  });

  it("does not touch the order", () => {
    toInvoice(order, { rounding: { step: "1" } });
    expect(order.totals).not.toHaveProperty("rounding");
  });
});
