import { toRate } from "../line.ts";
import type { Line, Order, VatBreakdown, VatCategory, VatRegime } from "../order.ts";
import { buyerCountry, deliveryCountry, isInUnion, positiveRates, ratesOf, type Sale } from "./place.ts";
import { Refusal } from "./refusal.ts";
import type { InvoiceRules } from "./rules.ts";

/** The day on which OSS began. */
const OSS_SINCE = "2021-07-01";

/** Which VAT regime applies to an order. */
export interface Regime {
  /** Undefined where neither the order nor a rule says it. */
  readonly regime: VatRegime | undefined;
  /** Of OSS: the country of delivery. */
  readonly vatCountry: string | undefined;
  /** Whether only the rates tell. */
  readonly guessed?: boolean;
}

/** @throws {@link Refusal} if the order states a regime and lacks what it needs */
export function chooseRegime(order: Order, rules: InvoiceRules["vat"], sale: Sale): Regime {
  const { vatRegime: stated } = order;
  if (stated !== undefined && stated !== "standard") return statedRegime(order, stated, sale);
  const delivery = deliveryCountry(order);
  if (rules?.regimes === undefined) {
    return hasRatesOf(order, delivery, sale)
      ? { regime: "oss", vatCountry: delivery, guessed: true }
      : { regime: stated, vatCountry: order.vatCountry };
  }
  if (sale.country === undefined && rules.regimes.some((regime) => regime !== "nonPayer" && regime !== "standard"))
    throw new Refusal("FIELD_MISSING", "seller", "the country of the seller is not known; give it in the rule country");
  const regime = rules.regimes.find((one) => holds(one, order, sale.country)) ?? stated;
  return { regime, vatCountry: regime === "oss" ? delivery : order.vatCountry };
}

function holds(regime: VatRegime, order: Order, home: string | undefined): boolean {
  const buyer = buyerCountry(order);
  const delivery = deliveryCountry(order);
  switch (regime) {
    case "standard":
    case "nonPayer":
      return true;
    case "reverseCharge":
      return buyer !== undefined && buyer === home;
    case "intraCommunity":
      return isAbroad(buyer, home) && (order.customer?.shipping?.country ?? buyer) !== home;
    case "oss":
      return buyer === undefined && isAbroad(delivery, home);
    case "export":
      return delivery !== undefined && delivery !== home && !isInUnion(delivery);
  }
}

/** Whether the country is another member state. */
function isAbroad(country: string | undefined, home: string | undefined): boolean {
  return country !== undefined && country !== home && isInUnion(country);
}

function statedRegime(order: Order, regime: VatRegime, { country }: Sale): Regime {
  const buyer = buyerCountry(order);
  const refuse = (message: string): never => {
    const code = order.customer?.vatId === undefined ? "FIELD_MISSING" : "IDENTIFIER_INVALID";
    throw new Refusal(code, "customer.vatId", message);
  };
  if (regime === "reverseCharge" && buyer === undefined) refuse("reverse charge needs a valid VAT number of the buyer");
  if (regime === "intraCommunity" && !isAbroad(buyer, country))
    refuse("an intra-Community supply needs a valid VAT number of the buyer from another member state");
  if (regime !== "oss") return { regime, vatCountry: order.vatCountry };
  const vatCountry = order.vatCountry ?? deliveryCountry(order);
  if (vatCountry === undefined)
    throw new Refusal("FIELD_MISSING", "vatCountry", "OSS needs the country of delivery, and the order states none");
  return { regime, vatCountry };
}

/** Whether the rates are those of the country of delivery, and not the seller's, so that the shop reckoned with them. */
function hasRatesOf(order: Order, delivery: string | undefined, sale: Sale): boolean {
  const home = sale.country;
  if (!isAbroad(delivery, home) || home === undefined || sale.date < OSS_SINCE) return false;
  if (buyerCountry(order) !== undefined) return false;
  const there = positiveRates(ratesOf(delivery, sale));
  const here = positiveRates(ratesOf(home, sale));
  const used = usedRates(order.lines);
  return used.every((rate) => there.includes(rate)) && used.some((rate) => !here.includes(rate));
}

/** The rates above zero, without zeros at the end. */
export function usedRates(lines: readonly Pick<Line, "vatRate">[]): readonly string[] {
  const keys = lines.flatMap(({ vatRate }) => (vatRate === undefined ? [] : [toRate(vatRate).key]));
  return [...new Set(keys)].filter((rate) => rate !== "0");
}

/** Categories of regimes in which no VAT is charged. */
const categories: Readonly<Partial<Record<VatRegime, VatCategory>>> = {
  nonPayer: "outOfScope",
  reverseCharge: "reverseCharge",
  intraCommunity: "intraCommunity",
  export: "export",
};

export function isUntaxed(regime: VatRegime | undefined): boolean {
  return regime !== undefined && regime in categories;
}

/**
 * Says of each line and of each rate why VAT applies or not. Where VAT is charged, what the order says stays, and zero
 * rates stay open: books, exempt services and free gifts have different reasons.
 */
export function categorize(order: Order, regime: VatRegime | undefined): Pick<Order, "lines" | "vatBreakdown"> {
  const untaxed = regime && categories[regime];
  const lines = order.lines.map((line) => {
    const category = untaxed ?? line.vatCategory ?? (isAboveZero(line.vatRate) ? "standard" : undefined);
    const bare = untaxed !== undefined && regime !== "nonPayer" && line.vatRate === undefined;
    return category === undefined || bare ? line : { ...line, vatCategory: category };
  });
  const { vatBreakdown } = order;
  return { lines, ...(vatBreakdown && { vatBreakdown: vatBreakdown.map((row) => categorizeRow(row, lines)) }) };
}

/** A row has the category that all lines of its rate share. */
function categorizeRow(row: VatBreakdown, lines: readonly Line[]): VatBreakdown {
  const { key } = toRate(row.rate);
  const found = lines.filter(({ vatRate }) => vatRate !== undefined && toRate(vatRate).key === key);
  const [first, ...others] = [...new Set(found.map(({ vatCategory }) => vatCategory))];
  const category = row.category ?? (others.length === 0 ? first : undefined);
  return category === undefined ? row : { ...row, category };
}

function isAboveZero(rate: Line["vatRate"]): boolean {
  return rate !== undefined && toRate(rate).percent.units > 0n;
}
