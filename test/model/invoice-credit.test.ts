import { describe, expect, it } from "vitest";
import { createInvoiceMaker, type InvoiceRules, type Made, toInvoice } from "../../src/model/invoice.ts";
import { negate } from "../../src/model/credit.ts";
import type { Order } from "../../src/model/order.ts";
import { reconcile } from "../../src/model/reconcile.ts";

const { order: sold } = reconcile<Order>(
  {
    number: "26001",
    createdAt: "2026-03-04T10:00:00+01:00",
    currency: "CZK",
    lines: [{ kind: "product", name: "Hrnek", quantity: "2", vatRate: "21", unitPrice: { gross: "121.00" } }],
    totals: { payable: "242.00" },
    custom: { faktura: "FV2600017" },
  },
  { basis: "gross", method: "topDown", compare: ["payable"] },
  { country: "CZ" },
);
const returned: Order = { ...sold, status: { kind: "returned", raw: "Vráceno" } };
const cancelled: Order = { ...sold, status: { kind: "cancelled", raw: "Storno" } };
const negative: Order = negate(sold);

const crediting: InvoiceRules = {
  creditNotes: { number: { series: "DB26###", next: 4 }, correctedNumber: { custom: "faktura" } },
};

function made(order: Order, rules: InvoiceRules): Made {
  return createInvoiceMaker(rules).make(order);
}

describe("orders that are not simply invoiced", () => {
  it("are skipped where they are cancelled", () => {
    expect(made(cancelled, {})).toEqual({ skipped: "cancelled" });
    expect(made(cancelled, { documentType: "proforma" })).toEqual({ skipped: "cancelled" });
    expect(() => toInvoice(cancelled)).toThrow("order 26001: it is cancelled, and the rules skip it");
  });
  it("are errors where they are returned, or less than nothing is to be paid, until a rule says more", () => {
    expect(made(returned, {})).toMatchObject({ refused: { code: "FIELD_INVALID", field: "status" } });
    expect(made(negative, {})).toMatchObject({ refused: { code: "FIELD_INVALID", field: "totals.payable" } });
    expect(() => toInvoice(negative)).toThrow(
      "to be paid is -242.00, below zero; the rule exceptions.negative says what becomes of it",
    );
  });
  it.each([
    ["cancelled", cancelled],
    ["returned", returned],
    ["negative", negative],
  ] as const)("are what the rules say: %s", (reason, order) => {
    expect(made(order, { exceptions: { [reason]: "skip" } })).toEqual({ skipped: reason });
    expect(made(order, { exceptions: { [reason]: "error" } })).toMatchObject({ refused: { severity: "error" } });
    expect(made(order, { ...crediting, exceptions: { [reason]: "creditNote" } })).toMatchObject({
      invoice: { documentType: "creditNote", totals: { payable: "-242.00" } },
    });
  });
  it("are invoiced where the rules say it, but not with less than nothing to be paid", () => {
    const rules: InvoiceRules = { exceptions: { cancelled: "invoice", returned: "invoice" } };
    expect(made(cancelled, rules)).toMatchObject({ invoice: { documentType: "invoice" } });
    expect(made(returned, rules)).toMatchObject({ invoice: { totals: { payable: "242.00" } } });
    expect(made({ ...negative, status: { kind: "returned" } }, rules)).toHaveProperty("refused");
  });
});

describe("a credit note", () => {
  const rules: InvoiceRules = { ...crediting, documentType: "creditNote" };

  it("has negative amounts, whichever sign the order has", () => {
    for (const order of [sold, negative]) {
      const note = toInvoice(order, rules);
      expect(note).toMatchObject({
        documentType: "creditNote",
        invoiceNumber: "DB26004",
        orderNumber: "26001",
        correctedNumber: "FV2600017",
        totals: { net: "-200.00", vat: "-42.00", gross: "-242.00", payable: "-242.00" },
        vatBreakdown: [{ rate: "21", net: "-200.00", vat: "-42.00", gross: "-242.00", category: "standard" }],
      });
      expect(note.lines).toMatchObject([
        { quantity: "-2", unitPrice: { gross: "121.00" }, total: { gross: "-242.00" } },
      ]);
    }
  });
  it("is an error where the rule expects the other sign", () => {
    const expecting = (amounts: "positive" | "negative"): InvoiceRules => ({
      ...rules,
      creditNotes: { ...rules.creditNotes, amounts },
    });
    expect(toInvoice(sold, expecting("positive")).totals?.payable).toBe("-242.00");
    expect(toInvoice(negative, expecting("negative")).totals?.payable).toBe("-242.00");
    expect(() => toInvoice(sold, expecting("negative"))).toThrow("expects negative amounts, and to be paid is 242.00");
    expect(() => toInvoice(negative, expecting("positive"))).toThrow("expects positive amounts");
    const nothing: Order = { ...sold, lines: [], totals: { gross: "0.00", payable: "0.00" } };
    expect(toInvoice(nothing, expecting("negative")).totals?.payable).toBe("0.00");
  });
  it("names the invoice that it corrects, and is not that invoice", () => {
    const corrected = (correctedNumber: "order" | (() => string) | undefined, number?: "order"): string | undefined =>
      toInvoice(sold, { documentType: "creditNote", creditNotes: { correctedNumber, number: number ?? (() => "D1") } })
        .correctedNumber;
    expect(corrected("order")).toBe("26001");
    expect(corrected(() => "FV1")).toBe("FV1");
    expect(() => corrected(undefined)).toThrow("the rule creditNotes.correctedNumber says where that is");
    expect(() => corrected(() => "")).toThrow("no number of the invoice that the credit note corrects");
    expect(() => corrected("order", "order")).toThrow("the credit note would have the number 26001 of the invoice");
    expect(() => toInvoice({ ...sold, custom: {} }, rules)).toThrow("no number of the invoice");
    expect(toInvoice(sold)).not.toHaveProperty("correctedNumber");
  });
  it("has a series of its own, or shares that of the invoices", () => {
    const numbered = (creditNotes: InvoiceRules["creditNotes"]): unknown[] => {
      const maker = createInvoiceMaker({
        number: { series: "FV26###", next: 8 },
        exceptions: { negative: "creditNote" },
        creditNotes: { correctedNumber: { custom: "faktura" }, ...creditNotes },
      });
      const orders = [sold, { ...negative, number: "2" }, { ...sold, number: "3" }];
      const numbers = orders.map((order) => {
        const result = maker.make(order);
        return "invoice" in result ? result.invoice.invoiceNumber : result;
      });
      return [numbers, maker.next];
    };
    expect(numbered({})).toEqual([["FV26008", "FV26009", "FV26010"], { number: 11 }]);
    expect(numbered({ number: { series: "DB###", next: 1 } })).toEqual([
      ["FV26008", "DB001", "FV26009"],
      { number: 10, creditNotes: 2 },
    ]);
  });
  it("takes no number of a series if it is refused at last", () => {
    const maker = createInvoiceMaker({ ...rules, creditNotes: { number: { series: "DB###", next: 4 } } });
    expect(maker.make(sold)).toHaveProperty("refused");
    expect(maker.next).toEqual({ creditNotes: 4 });
  });
  it("may belong to an order that is invoiced in the same file", () => {
    const maker = createInvoiceMaker({ ...crediting, exceptions: { negative: "creditNote" } });
    expect(maker.make(sold)).toHaveProperty("invoice");
    expect(maker.make(negative)).toHaveProperty("invoice");
    expect(maker.make(negative)).toHaveProperty("refused");
  });
});
