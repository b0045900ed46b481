import { checkVatId, vatIdCountry } from "../identifiers.ts";
import type { IsoDate, Order } from "../order.ts";
import { listRates } from "../place.ts";
import { reconcile } from "../reconcile.ts";
import type { TotalsRule } from "../rule.ts";
import { type VatRates, vatRatesOn, type VatTable } from "../vat.ts";

/** What is known of the shop whose orders become invoices. */
export interface InvoiceContext {
  /** Country of the seller, where neither the rules nor the order say it. */
  readonly country?: string | undefined;
  /** @defaultValue {@link vatTable} */
  readonly vatTable?: VatTable | undefined;
  /** How the orders were calculated. @defaultValue both prices as they stand, VAT out of the sum with VAT */
  readonly totals?: TotalsRule | undefined;
}

/** Where and when something is sold. */
export interface Sale extends InvoiceContext {
  readonly date: IsoDate;
}

const DEFAULT_RULE: TotalsRule = { basis: "both", method: "topDown", compare: [] };

/** Member states of the Union, and Northern Ireland, whose VAT numbers begin with XI, for goods. */
const UNION: ReadonlySet<string> = new Set(
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK XI".split(" "),
);

export function isInUnion(country: string): boolean {
  return UNION.has(country);
}

export function sellerCountry({ seller }: Order): string | undefined {
  return (seller?.vatId && vatIdCountry(seller.vatId)) ?? seller?.billing?.country;
}

export function deliveryCountry({ customer }: Order): string | undefined {
  return customer?.shipping?.country ?? customer?.billing?.country;
}

/** Country of the customer's VAT number if it is a valid one; `"XI"` for Northern Ireland. */
export function buyerCountry({ customer }: Order): string | undefined {
  const id = customer?.vatId;
  if (id === undefined || checkVatId(id) !== undefined) return undefined;
  return /^\s*XI/i.test(id) ? "XI" : vatIdCountry(id);
}

export function ratesOf(country: string | undefined, { date, vatTable }: Sale): VatRates | undefined {
  return country === undefined ? undefined : vatRatesOn(country, date, vatTable);
}

/** All positive rates. */
export function positiveRates(rates: VatRates | undefined): readonly string[] {
  return rates === undefined ? [] : listRates(rates).filter((rate) => rate !== rates.zero);
}

/** The order with all amounts that follow from what it states; those that it states stay. */
export function complete(order: Order, shop: InvoiceContext & { readonly date?: IsoDate }): Order {
  return reconcile(order, { ...(shop.totals ?? DEFAULT_RULE), compare: [] }, shop).order;
}
