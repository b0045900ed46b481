import { describe, expect, it } from "vitest";
import { createInvoiceMaker, type InvoiceRules, invoiceSchema, type Made, toInvoice } from "../../src/model/invoice.ts";
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

/** Invoice numbers, or what came instead, of orders that are like the one above. */
function numbers(rules: InvoiceRules, ...orders: readonly Partial<Order>[]): (string | undefined)[] {
  const maker = createInvoiceMaker(rules);
  return orders.map((over, index) => said(maker.make({ ...order, number: String(index), ...over })));
}

function said(made: Made): string {
  if ("invoice" in made) return made.invoice.invoiceNumber;
  return "skipped" in made ? made.skipped : made.refused.message;
}

describe("an invoice of an order", () => {
  it("has the order's number and day, the tax point of that day, and is due in 14 days, unless told otherwise", () => {
    const { number: _, ...rest } = order;
    const invoice = toInvoice(order);
    expect(invoice).toStrictEqual({
      ...rest,
      lines: [{ ...order.lines[0], vatCategory: "standard" }],
      payment: { method: "Dobírka", code: "BILLING3", kind: "cashOnDelivery" },
      documentType: "invoice",
      invoiceNumber: "2026000412",
      orderNumber: "2026000412",
      issuedOn: "2026-02-20",
      taxPointOn: "2026-02-20",
      dueOn: "2026-03-06",
    });
    expect(invoiceSchema.parse(invoice)).toEqual(invoice);
  });

  it("takes the variable symbol, a custom field or the host's series as its number", () => {
    expect(toInvoice(order, { number: "variableSymbol" }).invoiceNumber).toBe("412");
    expect(toInvoice(order, { number: ({ number }) => `FV-${number}` }).invoiceNumber).toBe("FV-2026000412");
    const custom = { ...order, custom: { doklad: "26F7" } };
    expect(toInvoice(custom, { number: { custom: "doklad" } }).invoiceNumber).toBe("26F7");
  });

  it("takes fixed days, days of the order and days from the host", () => {
    const invoice = toInvoice(order, { issuedOn: () => "2026-03-01", taxPointOn: "2026-02-28", dueDays: 0 });
    expect(invoice).toMatchObject({ issuedOn: "2026-03-01", taxPointOn: "2026-02-28", dueOn: "2026-03-01" });
    expect(toInvoice(order, { issuedOn: "2026-03-01", taxPointOn: "created" }).taxPointOn).toBe("2026-02-20");
    expect(toInvoice(order, { issuedOn: "2026-03-01" }).taxPointOn).toBe("2026-03-01");
    const sent = { ...order, payment: { paidAt: "2026-02-22T08:00:00+01:00" }, custom: { expedice: "2026-02-24" } };
    const { issuedOn, taxPointOn } = toInvoice(sent as Order, { issuedOn: "paid", taxPointOn: { custom: "expedice" } });
    expect({ issuedOn, taxPointOn }).toEqual({ issuedOn: "2026-02-22", taxPointOn: "2026-02-24" });
  });

  it("is due on a day that the calendar has", () => {
    expect(toInvoice(order, { issuedOn: "2027-12-31", dueDays: 60 }).dueOn).toBe("2028-02-29");
    expect(toInvoice(order, { issuedOn: "2026-03-28", dueDays: 2 }).dueOn).toBe("2026-03-30");
  });

  it.each([
    ["Hotově", "2026-02-20"],
    ["Kartou online", "2026-02-20"],
    ["GoPay", "2026-02-20"],
    ["Dárkový poukaz", "2026-02-20"],
    ["Dobírka", "2026-03-06"],
    ["Převodem", "2026-03-06"],
    ["Twisto", "2026-03-06"],
    ["Nějak", "2026-03-06"],
  ])("paid %s on the day of issue, or in 14 days: %s", (method, dueOn) => {
    expect(toInvoice({ ...order, payment: { method } }).dueOn).toBe(dueOn);
  });

  it("is due by the kind of payment, as the rules have it", () => {
    const due = (method: string, rules: InvoiceRules): string | undefined =>
      toInvoice({ ...order, payment: { method } }, rules).dueOn;
    const rules: InvoiceRules = { dueDays: { transfer: 30, default: 7 }, paymentKinds: { Firemní: "transfer" } };
    expect(due("převodem", rules)).toBe("2026-03-22");
    expect(due("FIREMNÍ", rules)).toBe("2026-03-22");
    expect(due("Hotově", rules)).toBe("2026-02-27");
    expect(due("Nějak", rules)).toBe("2026-02-27");
    expect(due("Hotově", { dueDays: { transfer: 30 } })).toBe("2026-02-20");
    expect(due("Hotově", { dueDays: 10 })).toBe("2026-03-02");
  });

  it("has no tax point as a proforma, unless told so", () => {
    expect(toInvoice(order, { documentType: "proforma" })).not.toHaveProperty("taxPointOn");
    expect(toInvoice(order, { documentType: "proforma", taxPointOn: "issued" }).taxPointOn).toBe("2026-02-20");
    expect(toInvoice(order, { documentType: "advance" }).documentType).toBe("advance");
  });

  it("cannot be made without what a rule needs", () => {
    const { createdAt: _, variableSymbol: __, ...bare } = order;
    expect(() => toInvoice(bare)).toThrow('order 2026000412: no date issuedOn by the rule "created"');
    expect(() => toInvoice(order, { issuedOn: "paid" })).toThrow('no date issuedOn by the rule "paid"');
    expect(() => toInvoice(bare, { issuedOn: "2026-03-01", number: "variableSymbol" })).toThrow(
      'order 2026000412: no invoice number by the rule "variableSymbol"',
    );
    expect(() => toInvoice(order, { number: { custom: "x" } })).toThrow('by the rule {"custom":"x"}');
    expect(() => toInvoice(order, { number: () => "" })).toThrow("by the rule of the caller");
    expect(() => toInvoice(order, { taxPointOn: () => "1-2-3" })).toThrow(
      "no date taxPointOn by the rule of the caller",
    );
    expect(() => toInvoice(order, { issuedOn: () => "2026-02-30" })).toThrow("no date issuedOn");
    expect(() => toInvoice(order, { dueDays: 1.5 })).toThrow("expected a whole number of days from 0 up");
  });

  it("says with a code and a place what is missing", () => {
    const { createdAt: _, ...bare } = order;
    expect(createInvoiceMaker({}).make(bare)).toEqual({
      refused: {
        code: "FIELD_MISSING",
        severity: "error",
        key: "2026000412",
        field: "createdAt",
        message: 'no date issuedOn by the rule "created"',
      },
    });
  });

  it("does not touch the order", () => {
    const before = structuredClone(order);
    toInvoice(order, { rounding: { step: "1", kinds: ["cashOnDelivery"] }, paymentKinds: { Dobírka: "cash" } });
    expect(order).toEqual(before);
  });

  it("lets errors of the host's functions through", () => {
    const number = (): string => {
      throw new TypeError("no connection");
    };
    expect(() => toInvoice(order, { number })).toThrow(TypeError);
  });
});

describe("a series", () => {
  const series = (pattern: string, next: number | Record<string, number> = 1): InvoiceRules => ({
    number: { series: pattern, next },
  });
  const of2025 = { createdAt: "2025-12-31T10:00:00+01:00" } as const;
  const of2026 = { createdAt: "2026-01-02T10:00:00+01:00" } as const;

  it("counts on with leading zeros, and says how to go on", () => {
    expect(numbers(series("FV26#####", 17), {}, {}, {})).toEqual(["FV2600017", "FV2600018", "FV2600019"]);
    const maker = createInvoiceMaker(series("FV26#####", 17));
    maker.make(order);
    expect(maker.next).toEqual({ number: 18 });
  });
  it("holds year and month of the day of issue", () => {
    expect(numbers(series("{yyyy}-####"), {})).toEqual(["2026-0001"]);
    expect(numbers(series("{yy}{mm}###"), {})).toEqual(["2602001"]);
    expect(numbers({ ...series("{mm}/##"), issuedOn: "2026-11-05" }, {})).toEqual(["11/01"]);
  });
  it("gives no number to an order that becomes no invoice", () => {
    const maker = createInvoiceMaker(series("###", 5));
    const { createdAt: _, ...dateless } = order;
    const cancelled: Order = { ...order, number: "2", status: { kind: "cancelled" } };
    const orders = [dateless, cancelled, { ...order, number: "3" }, { ...order, number: "4" }];
    expect(orders.map((one) => said(maker.make(one)))).toEqual([
      'no date issuedOn by the rule "created"',
      "cancelled",
      "005",
      "006",
    ]);
    expect(maker.next).toEqual({ number: 7 });
  });
  it("is full at last", () => {
    const maker = createInvoiceMaker(series("##", 98));
    const made = ["1", "2", "3", "4"].map((number) => said(maker.make({ ...order, number })));
    const full = "no number of the series ##: it is full, 100 has more than 2 digits";
    expect(made).toEqual(["98", "99", full, full]);
    expect(maker.next).toEqual({ number: 100 });
  });
  it("counts by years where the rule says so, and begins a new year with 1", () => {
    const maker = createInvoiceMaker(series("{yyyy}###", { "2025": 120 }));
    const orders = [of2025, of2026, of2026, of2025].map((day, index) => ({ ...order, ...day, number: String(index) }));
    expect(orders.map((one) => said(maker.make(one)))).toEqual(["2025120", "2026001", "2026002", "2025121"]);
    expect(maker.next).toEqual({ number: { "2025": 122, "2026": 3 } });
    expect(numbers(series("{yyyy}###", { "2026": 9 }), of2025)[0]).toContain("next says nothing of 2025");
  });
  it("does not count over the end of a year that its numbers state", () => {
    const [first, second] = numbers(series("{yy}###", 120), of2025, of2026);
    expect(first).toBe("25120");
    expect(second).toBe(
      "no number of the series {yy}###: it counts 2025, and this invoice is of 2026; give next by years",
    );
    expect(numbers(series("FV###", 120), of2025, of2026)).toEqual(["FV120", "FV121"]);
  });
});

describe("numbers of one file", () => {
  it("are given once", () => {
    const [first, second] = numbers({ number: "variableSymbol" }, {}, {});
    expect([first, second]).toEqual(["412", "another order of the file has the invoice number 412"]);
  });
  it("are not given to an order that comes a second time", () => {
    const rules: InvoiceRules = { number: { series: "###", next: 1 } };
    const made = numbers(rules, { number: "7" }, { number: "8" }, { number: "7" });
    expect(made).toEqual(["001", "002", "the file has the order 7 twice"]);
  });
});

describe("the variable symbol", () => {
  const symbol = (rules: InvoiceRules, over: Partial<Order> = {}): string | undefined =>
    toInvoice({ ...order, ...over }, rules).variableSymbol;
  const without = { variableSymbol: undefined };

  it("is that of the order, by which the customer may have paid", () => {
    expect(symbol({ number: { series: "FV26#####", next: 3 } })).toBe("412");
  });
  it("is else the digits of the invoice number, if a bank takes them", () => {
    expect(symbol({}, without)).toBe("2026000412");
    expect(symbol({ number: { series: "FV26/#####", next: 3 } }, without)).toBe("2600003");
    expect(symbol({ number: () => "20260000412" }, without)).toBeUndefined();
    expect(symbol({ number: () => "FV" }, without)).toBeUndefined();
  });
  it("follows the invoice number where the rule says so", () => {
    expect(symbol({ number: { series: "FV26#####", next: 3 }, variableSymbol: "number" })).toBe("2600003");
    expect(() => symbol({ number: () => "20260000412", variableSymbol: "number" })).toThrow(
      "the invoice number 20260000412 has 11 digits, and a variable symbol 1 to 10",
    );
    expect(() => symbol({ number: () => "FV", variableSymbol: "number" })).toThrow("has 0 digits");
  });
  it("takes no number of the series if it is refused", () => {
    const maker = createInvoiceMaker({ number: { series: "2600000#####", next: 7 }, variableSymbol: "number" });
    expect(said(maker.make(order))).toContain("has 12 digits");
    expect(maker.next).toEqual({ number: 7 });
  });
  it("can be left out", () => {
    expect(toInvoice(order, { variableSymbol: "none" })).not.toHaveProperty("variableSymbol");
  });
});
