import type { Decimal, Order } from "./order.ts";
import type { TotalsRule } from "./rule.ts";
import { vatRatesOn, vatTable } from "./vat.ts";
import type { VatRates, VatTable } from "./vat.ts";

/** What {@link reconcile} takes: an order, an invoice, or a record built on them. */
export type Reconcilable = Omit<Order, "number"> & {
  readonly taxPointOn?: string | undefined;
  readonly issuedOn?: string | undefined;
};

export interface ReconcileContext {
  /** Country of the shop, ISO 3166-1 alpha-2. @defaultValue `rule.country`; without both no VAT table is used */
  readonly country?: string | undefined;
  /**
   * Day that decides the VAT rates, `"2026-03-04"`. @defaultValue the record's `taxPointOn`, else the day of its
   * `createdAt`, else `issuedOn`, else the newest rates
   */
  readonly date?: string | undefined;
  /** @defaultValue {@link vatTable} */
  readonly vatTable?: VatTable | undefined;
  /** Key of the record, to put into the issues. */
  readonly key?: string | undefined;
}

/** Which VAT rates may stand in a record. */
export interface Place {
  readonly country: string | undefined;
  readonly date: string | undefined;
  /** Rates of the shop's country. */
  readonly home: VatRates | undefined;
  /** Rates of every country that counts, the likelier first; the same object twice where it is one country. */
  readonly rates: readonly VatRates[];
  /** Whether some country that counts is not in the table, so that no rate can be called wrong. */
  readonly partial: boolean;
}

/** The shop's country, that whose VAT applies, and those of delivery and billing; with OSS, the shop's last. */
export function findPlace(record: Reconcilable, rule: TotalsRule, context: ReconcileContext): Place {
  const country = context.country ?? rule.country;
  const date = context.date ?? record.taxPointOn ?? record.createdAt?.slice(0, 10) ?? record.issuedOn;
  if (country === undefined) {
    return { country, date, home: undefined, rates: [], partial: true };
  }
  const table = context.vatTable ?? vatTable;
  const home = vatRatesOn(country, date, table);
  const { shipping, billing } = record.customer ?? {};
  const rates: VatRates[] = home ? [home] : [];
  let partial = home === undefined;
  for (const other of new Set([record.vatCountry, shipping?.country, billing?.country])) {
    if (other !== undefined && other !== country) {
      const found = vatRatesOn(other, date, table);
      partial ||= found === undefined;
      rates.push(...(found ? [found] : []));
    }
  }
  if (record.vatRegime === "oss" && home !== undefined && rates.length > 1) {
    rates.push(rates.shift()!);
  }
  return { country, date, home, rates, partial };
}

/** The rates of one country as a list, zero last. */
export function listRates({ standard, reduced, zero }: VatRates): readonly Decimal[] {
  return [standard, ...reduced, zero];
}
