import fc from "fast-check";
import { type Decimal, type Instant, type Line, multiply, type Order, round, subtract, sum } from "propojka";

/** Orders as shops make them: prices with VAT, several rates, fees, discounts, rounding, two countries and currencies. */
export const orders: fc.Arbitrary<Order> = fc
  .record({
    number: fc.integer({ min: 1, max: 9_999_999_999 }).map(String),
    country: fc.constantFrom("CZ" as const, "SK" as const),
    foreign: fc.boolean(),
    day: fc.integer({ min: 1, max: 28 }),
    goods: fc.array(goods(), { minLength: 1, maxLength: 9 }),
    shipping: price(0, 20_000),
    fee: fc.option(price(100, 9900)),
    discount: fc.option(price(1, 5000)),
    rounds: fc.boolean(),
    company: fc.option(fc.constantFrom("27082440", "00006947")),
    texts: fc.string({ unit: "grapheme", minLength: 1, maxLength: 120 }),
    method: fc.constantFrom("Dobírka", "Kartou online", "Převodem", "Hotově", "Benefit"),
  })
  .map(({ number, country, foreign, day, goods: bought, shipping, fee, discount, rounds, company, texts, method }) => {
    const rates = country === "CZ" ? (["21", "12", "0"] as const) : (["23", "19", "5"] as const);
    const [main] = rates;
    const lines: Line[] = [
      ...bought.map(({ rate, ...line }) => ({ kind: "product" as const, ...line, vatRate: rates[rate] ?? main })),
      { kind: "shipping", name: "Doprava", quantity: "1", vatRate: main, unitPrice: { gross: shipping } },
      ...(fee === null
        ? []
        : [
            {
              kind: "payment" as const,
              name: "Dobírka",
              quantity: "1",
              vatRate: main,
              unitPrice: { gross: fee },
            } as const,
          ]),
      ...(discount === null
        ? []
        : [
            {
              kind: "discount" as const,
              name: "Sleva",
              quantity: "1",
              vatRate: main,
              unitPrice: { gross: subtract("0", discount) },
            } as const,
          ]),
    ];
    const gross = sum(lines.map(({ quantity, unitPrice }) => round(multiply(unitPrice!.gross!, quantity), 2)));
    const payable = rounds ? round(gross, 0) : gross;
    const rounding = subtract(payable, gross);
    const eur = country === "SK" || foreign;
    return {
      number,
      createdAt: `2026-03-${String(day).padStart(2, "0")}T08:00:00+01:00` as Instant,
      currency: eur ? "EUR" : "CZK",
      ...(eur && { exchangeRate: "25.105" as const }),
      customer: {
        email: "eva@example.cz",
        phone: "+420600000001",
        billing: { name: "Eva Vzorová", street: "Dlouhá 1", city: "Brno", zip: "60200", country },
        ...(company !== null && { companyId: company }),
      },
      lines,
      payment: { method },
      totals: { gross, payable, ...(rounding !== "0.00" && { rounding }) },
      notes: { customer: texts },
    } satisfies Order;
  });

function goods() {
  return fc.record({
    code: fc.stringMatching(/^[A-Z]{3}-[0-9]{1,4}$/),
    name: fc.oneof(
      fc.constant("Hrnek & talíř <modrý>"),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 100 }).map((text) => `x${text}`),
    ),
    quantity: fc.oneof(
      fc.integer({ min: 1, max: 50 }).map((count): Line["quantity"] => `${count}`),
      fc.integer({ min: 1, max: 999 }).map((count): Line["quantity"] => `0.${count}` as Decimal),
    ),
    rate: fc.integer({ min: 0, max: 2 }),
    unitPrice: price(1, 500_000).map((gross) => ({ gross })),
  });
}

function price(min: number, max: number): fc.Arbitrary<Decimal> {
  return fc
    .integer({ min, max })
    .map((cents): Decimal => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}` as Decimal);
}
