import { describe, expect, it } from "vitest";
import {
  type DocumentOptions,
  documentOptionsSchema,
  type Invoice,
  type Line,
  type Order,
  prepareDocument,
  type TotalsRule,
} from "propojka";

const base: Order = {
  number: "1",
  createdAt: "2026-03-04T18:22:09+01:00",
  currency: "CZK",
  lines: [{ kind: "product", name: "Hrnek", quantity: "2", vatRate: "21", unitPrice: { gross: "199.50" } }],
};
const context = { country: "CZ" };

function prepared(changes: Partial<Order>, options: DocumentOptions = {}): Order {
  const { record, issues } = prepareDocument<Order>({ ...base, ...changes }, options, context);
  expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
  return record;
}

function refusals(changes: Partial<Order>, options: DocumentOptions = {}): string[] {
  const { issues } = prepareDocument<Order>({ ...base, ...changes }, options, context);
  return issues.filter(({ severity }) => severity === "error").map(({ code, field }) => `${code} ${field ?? ""}`);
}

const line = (changes: Partial<Line>): Line => ({
  kind: "product",
  name: "Hrnek",
  quantity: "1",
  vatRate: "21",
  ...changes,
});

describe("prepareDocument", () => {
  it("completes the money and says what each line is", () => {
    expect(prepared({})).toEqual({
      ...base,
      vatRegime: "standard",
      lines: [
        {
          ...base.lines[0],
          externalId: "1",
          vatCategory: "standard",
          priceBasis: "gross",
          unitPrice: { net: "164.8760", gross: "199.50" },
          total: { net: "329.75", vat: "69.25", gross: "399.00" },
        },
      ],
      totals: { net: "329.75", vat: "69.25", gross: "399.00", payable: "399.00" },
      vatBreakdown: [{ rate: "21", net: "329.75", vat: "69.25", gross: "399.00", category: "standard" }],
    });
  });

  it("leaves the record that it was given as it was, and prepares it twice the same", () => {
    const record = structuredClone(base);
    const once = prepareDocument(record, {}, context).record;
    expect(record).toEqual(base);
    expect(prepareDocument(once, {}, context).record).toEqual(once);
  });

  it("refuses amounts that do not add up, and lines of which nobody knows the VAT", () => {
    expect(refusals({ totals: { payable: "400.00" } })).toEqual(["TOTAL_MISMATCH totals.payable"]);
    const unknown = line({ vatRate: undefined, unitPrice: { net: "100.00" } });
    expect(refusals({ lines: [unknown] })).toEqual(["VAT_RATE_UNKNOWN lines[0].vatRate"]);
    expect(refusals({ lines: [unknown], vatRegime: "nonPayer" })).toEqual([]);
    expect(refusals({ lines: [{ ...unknown, vatCategory: "exempt" }] })).toEqual([]);
  });

  it("keeps ids of lines where each has one of its own", () => {
    const ids = (...given: (string | undefined)[]): (string | undefined)[] =>
      prepared({ lines: given.map((externalId) => line({ externalId, unitPrice: { gross: "1.00" } })) }).lines.map(
        ({ externalId }) => externalId,
      );
    expect(ids("a", "b")).toEqual(["a", "b"]);
    expect(ids("a", "a")).toEqual(["1", "2"]);
    expect(ids("a", undefined)).toEqual(["1", "2"]);
  });

  it.each<[string, Partial<Line>, DocumentOptions, string]>([
    ["the price that is stated", { unitPrice: { net: "164.876" }, quantity: "3" }, {}, "net"],
    ["the price that the record names", { unitPrice: { gross: "1.00" }, priceBasis: "net" }, {}, "net"],
    ["the price with VAT where both fit", { unitPrice: { net: "100.00", gross: "121.00" } }, {}, "gross"],
    ["the one with fewer decimals", { unitPrice: { net: "100", gross: "121.0000001" } }, {}, "net"],
    ["what the options say", { unitPrice: { net: "100.00", gross: "121.00" } }, { priceBasis: "net" }, "net"],
    ["that of the total where no price is stated", { total: { net: "100.00" } }, {}, "net"],
  ])("takes as the price that leads %s", (_, changes, options, basis) => {
    expect(prepared({ lines: [line(changes)] }, options).lines[0]?.priceBasis).toBe(basis);
  });

  it("tells the category of VAT by rate and regime", () => {
    const categoryOf = (changes: Partial<Order>, rate: Line["vatRate"], options: DocumentOptions = {}): unknown =>
      prepared({ ...changes, lines: [line({ vatRate: rate, unitPrice: { gross: "10.00" } })] }, options).lines[0]
        ?.vatCategory;
    expect(categoryOf({}, "12")).toBe("standard");
    expect(categoryOf({}, "0")).toBe("zero");
    expect(categoryOf({}, "0", { zeroRate: "exempt" })).toBe("exempt");
    expect(categoryOf({ vatRegime: "reverseCharge" }, "0")).toBe("reverseCharge");
    expect(categoryOf({ vatRegime: "intraCommunity" }, undefined)).toBe("intraCommunity");
    expect(categoryOf({ vatRegime: "export" }, "0")).toBe("export");
    expect(categoryOf({ vatRegime: "nonPayer" }, undefined)).toBe("outOfScope");
  });

  it("sums what is outside of VAT in a row of its own", () => {
    const { vatBreakdown } = prepared({ vatRegime: "nonPayer", lines: [line({ unitPrice: { gross: "10.00" } })] });
    expect(vatBreakdown).toEqual([{ rate: "0", net: "10.00", vat: "0.00", gross: "10.00", category: "outOfScope" }]);
  });

  it("divides a row of the rate 0 by category", () => {
    const lines = [
      line({ vatRate: "0", unitPrice: { gross: "10.00" } }),
      line({ vatRate: "0", vatCategory: "exempt", unitPrice: { gross: "5.00" } }),
    ];
    expect(prepared({ lines }).vatBreakdown?.map(({ category, gross }) => [category, gross])).toEqual([
      ["zero", "10.00"],
      ["exempt", "5.00"],
    ]);
  });

  it("puts rounding where the format has it", () => {
    const rounding = { kind: "rounding", name: "Zaokrouhlení", quantity: "1", unitPrice: { gross: "0.40" } } as const;
    const goods = line({ unitPrice: { gross: "99.60" } });
    const asTotal = prepared({ lines: [goods, rounding], totals: { payable: "100.00" } }, { rounding: "total" });
    expect(asTotal.lines).toHaveLength(1);
    expect(asTotal.totals).toMatchObject({ gross: "99.60", rounding: "0.40", payable: "100.00" });
    const stated = { gross: "99.60", rounding: "0.40", payable: "100.00" } as const;
    const asLine = prepared({ lines: [goods], totals: stated }, { rounding: "line" });
    expect(asLine.lines[1]).toMatchObject({ kind: "rounding", total: { net: "0.40", vat: "0.00", gross: "0.40" } });
    expect(asLine.totals).toMatchObject({ gross: "100.00", payable: "100.00" });
    expect(asLine.totals?.rounding).toBeUndefined();
    expect(prepared({ lines: [goods], totals: stated }, {}).totals).toMatchObject(stated);
  });

  it("shares a discount over several rates among them", () => {
    const lines: Line[] = [
      line({ unitPrice: { gross: "121.00" } }),
      line({ vatRate: "12", unitPrice: { gross: "112.00" } }),
      { kind: "discount", name: "Sleva 10 %", quantity: "1", unitPrice: { gross: "-23.30" } },
    ];
    const record = prepared({ lines, totals: { payable: "209.70" } });
    expect(record.lines.slice(2).map(({ name, vatRate, total }) => [name, vatRate, total?.gross])).toEqual([
      ["Sleva 10 %", "21", "-12.10"],
      ["Sleva 10 %", "12", "-11.20"],
    ]);
    expect(record.totals).toMatchObject({ gross: "209.70", payable: "209.70" });
  });

  it("turns negative prices into negative quantities", () => {
    const lines = [
      line({ unitPrice: { gross: "121.00" } }),
      line({ kind: "discount", unitPrice: { gross: "-12.10" }, quantity: "2" }),
    ];
    const [, discount] = prepared({ lines }, { negativePrices: "quantity" }).lines;
    expect(discount).toMatchObject({ quantity: "-2", unitPrice: { net: "10.00", gross: "12.10" } });
    expect(discount?.total).toEqual({ net: "-20.00", vat: "-4.20", gross: "-24.20" });
  });

  it("gives the cents that rounding leaves over to the largest lines", () => {
    const lines = [line({ unitPrice: { gross: "99.00" } }), line({ unitPrice: { gross: "199.50" } })];
    const nets = (options: DocumentOptions): (string | undefined)[] =>
      prepared({ lines }, options).lines.map(({ total }) => total?.net);
    expect(nets({})).toEqual(["81.82", "164.88"]);
    expect(nets({ lineNets: "sum" })).toEqual(["81.82", "164.87"]);
    expect(prepared({ lines }, { lineNets: "sum" }).lines[1]?.total).toEqual({
      net: "164.87",
      vat: "34.63",
      gross: "199.50",
    });
  });

  it("states amounts in the currency of the books, too", () => {
    const euro: Partial<Order> = {
      currency: "EUR",
      exchangeRate: "25.105",
      lines: [line({ unitPrice: { gross: "10.00" } })],
    };
    const record = prepared(euro, { homeCurrency: "CZK", homeAmounts: "beside" });
    expect(record.homeCurrency).toBe("CZK");
    expect(record.lines[0]?.home).toEqual({
      unitPrice: { net: "207.3673", gross: "251.0500" },
      total: { net: "207.37", vat: "43.68", gross: "251.05" },
    });
    expect(record.vatBreakdown?.[0]?.home).toEqual({ net: "207.37", vat: "43.68", gross: "251.05" });
    expect(record.totals?.home).toEqual({ net: "207.37", vat: "43.68", gross: "251.05", payable: "251.05" });
    const missing = { ...euro, exchangeRate: undefined };
    expect(refusals(missing, { homeCurrency: "CZK", homeAmounts: "beside" })).toEqual(["FIELD_MISSING exchangeRate"]);
    expect(prepared(missing, { homeCurrency: "CZK" }).homeCurrency).toBe("CZK");
    const crowns = prepared({ exchangeRate: "1" }, { homeCurrency: "CZK", homeAmounts: "beside" });
    expect([crowns.homeCurrency, crowns.exchangeRate, crowns.lines[0]?.home]).toEqual([undefined, "1", undefined]);
  });

  it("adds who sells, where the customer is and how it is paid", () => {
    const seller = { companyId: "27082440", billing: { company: "Vzor s.r.o." } };
    const options: DocumentOptions = { seller, country: "CZ", paymentKinds: { Benefity: "voucher" } };
    const record = prepared({ customer: { billing: { city: "Brno" } }, payment: { method: "Benefity" } }, options);
    expect(record).toMatchObject({
      seller,
      customer: { billing: { city: "Brno", country: "CZ" } },
      payment: { kind: "voucher" },
    });
    expect(prepared({ payment: { method: "Dobírkou" } }).payment?.kind).toBe("cashOnDelivery");
    expect(prepared({ seller: { companyId: "27082440" } }, options).seller).toEqual(seller);
    expect(prepared({ seller: { companyId: "00006947" } }, options).seller).toEqual({ companyId: "00006947" });
    expect(prepared({ customer: { billing: { country: "SK" } } }, options).customer?.billing?.country).toBe("SK");
  });

  it("says what is still to be paid", () => {
    expect(prepared({ payment: { paidAmount: "99.00" } }).totals).toMatchObject({ payable: "399.00", due: "300.00" });
    expect(prepared({ payment: { paidAmount: "399.00", paid: true } }).totals?.due).toBeUndefined();
  });
});

describe("credit notes", () => {
  const { number: _number, ...rest } = base;
  const invoice: Invoice = { ...rest, documentType: "creditNote", invoiceNumber: "D1", issuedOn: "2026-03-04" };
  const negative: Invoice = { ...invoice, lines: [line({ quantity: "-2", unitPrice: { gross: "199.50" } })] };

  it("have negative amounts, and go out as the format has them", () => {
    const plain = prepareDocument(negative, {}, context).record;
    expect(plain.totals?.payable).toBe("-399.00");
    const totals: TotalsRule = { basis: "gross", method: "topDown", compare: [], creditNotes: "positive" };
    const turned = prepareDocument(negative, {}, { ...context, totals }).record;
    expect(turned.totals).toEqual({ net: "329.75", vat: "69.25", gross: "399.00", payable: "399.00" });
    expect(turned.lines[0]).toMatchObject({
      quantity: "2",
      unitPrice: { gross: "199.50" },
      total: { gross: "399.00" },
    });
    expect(turned.vatBreakdown?.[0]).toMatchObject({ net: "329.75", vat: "69.25", gross: "399.00" });
  });

  it("with positive amounts are refused", () => {
    const { issues } = prepareDocument(invoice, {}, context);
    expect(issues).toMatchObject([{ code: "FIELD_INVALID", severity: "error", key: "D1", field: "totals.gross" }]);
  });
});

describe("documentOptionsSchema", () => {
  it("refuses what it does not know", () => {
    expect(documentOptionsSchema.safeParse({ rounding: "total", lineNets: "sum", homeCurrency: "CZK" }).success).toBe(
      true,
    );
    for (const wrong of [
      { roundings: "total" },
      { rounding: "up" },
      { homeCurrency: "Kč" },
      { paymentKinds: { x: "gold" } },
    ])
      expect(documentOptionsSchema.safeParse(wrong).success).toBe(false);
  });
});
