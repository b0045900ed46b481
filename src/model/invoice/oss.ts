import type { Issue } from "../../errors.ts";
import { toRate } from "../line.ts";
import * as money from "../money.ts";
import type { Decimal, Line, Order } from "../order.ts";
import type { VatRates } from "../vat.ts";
import { complete, positiveRates, ratesOf, type Sale } from "./place.ts";
import { usedRates } from "./regime.ts";
import { Refusal } from "./refusal.ts";
import type { InvoiceRules } from "./rules.ts";
import { grossMoney, settle } from "./settle.ts";

/** An order, and warnings about what was done to it. */
export interface Retaxed {
  readonly order: Order;
  readonly issues: readonly Issue[];
}

/** What is known of the rates at home and of those of the country of delivery. */
interface Rates {
  readonly country: string;
  readonly here: VatRates | undefined;
  readonly there: VatRates | undefined;
  /** By the rate at home, as the rules state it. */
  readonly table: ReadonlyMap<string, Decimal>;
}

/**
 * The order with the VAT of the country of delivery: as it stands where the shop reckoned with it, else taken out of the
 * prices with VAT, which stay.
 *
 * @param settled - the order with its regime
 * @throws {@link Refusal} if a rate has no counterpart there
 */
export function withVatOf(
  country: string,
  order: Order,
  settled: Order,
  rules: InvoiceRules["vat"],
  sale: Sale,
): Retaxed {
  const stated = Object.entries(rules?.rates?.[country] ?? {});
  const table = new Map(stated.map(([from, to]) => [toRate(from as Decimal).key, toRate(to).key]));
  const rates: Rates = { country, here: ratesOf(sale.country, sale), there: ratesOf(country, sale), table };
  const asItStands = isOfCountry(order, rates);
  if (asItStands !== undefined) return { order: settled, issues: asItStands };

  const guesses = new Map<Decimal, Issue>();
  const lines = complete(order, sale).lines.map((line, index): Line => {
    const { vatRate, ...rest } = line;
    const rate = rateThere(line, index, rates);
    const key = vatRate && toRate(vatRate).key;
    if (key !== undefined && rates.here?.reduced.includes(key) === true && !table.has(key) && !guesses.has(key))
      guesses.set(key, guessed(order, index, key, rate ?? "0", country));
    return { ...rest, ...grossMoney(line, index), ...(rate === undefined ? {} : { vatRate: rate }) };
  });
  return { order: settle({ ...settled, lines }, order, "gross", sale), issues: [...guesses.values()] };
}

/** Warnings if the rates can be left as they are; undefined if they are those of the seller's country. */
function isOfCountry(order: Order, { country, here, there, table }: Rates): Issue[] | undefined {
  const used = usedRates(order.lines);
  if (used.length === 0) return undefined;
  const known: readonly string[] = [...positiveRates(there), ...table.values()];
  if (used.every((rate) => known.includes(rate))) return [];
  if (known.length > 0) return undefined;
  // Nobody here knows the rates of the country. Those that are not the seller's can only be its own.
  if (!used.some((rate) => positiveRates(here).includes(rate))) return [];
  return order.vatRegime === "oss" ? [unchecked(order, country)] : undefined;
}

/** The rate of a line in the country of delivery; a discount without a rate gets none, since it follows the goods. */
function rateThere(
  { vatRate, kind, total }: Line,
  index: number,
  { country, here, there, table }: Rates,
): Decimal | undefined {
  if (vatRate === undefined && (kind === "discount" || kind === "rounding")) return undefined;
  const { key } = toRate(vatRate ?? "0");
  const stated = table.get(key);
  if (stated !== undefined) return stated;
  if (key === "0" && (total?.gross === undefined || money.isZero(total.gross))) return vatRate;
  if (there !== undefined && key === here?.standard) return there.standard;
  if (there !== undefined && here?.reduced.includes(key) === true) return there.reduced[0] ?? there.standard;
  throw new Refusal(
    "VAT_RATE_UNKNOWN",
    `lines[${index}].vatRate`,
    `no VAT rate of ${country} is known to stand for ${key}; ${hint(country, key)}`,
  );
}

function guessed({ number }: Order, index: number, from: Decimal, to: Decimal, country: string): Issue {
  const message = `the reduced rate ${from} is taken as ${to} of ${country}; ${hint(country, from)}`;
  return { code: "VAT_RATE_UNKNOWN", severity: "warning", message, key: number, field: `lines[${index}].vatRate` };
}

function unchecked({ number, lines }: Order, country: string): Issue {
  const index = lines.findIndex(({ vatRate }) => vatRate !== undefined);
  const message = `the VAT rates of ${country} are not known, so nobody checked these; give them in the rule vat.rates`;
  return { code: "VAT_RATE_UNKNOWN", severity: "warning", message, key: number, field: `lines[${index}].vatRate` };
}

function hint(country: string, rate: string): string {
  return `the rule vat.rates says it: { "${country}": { "${rate}": … } }`;
}
