import type { Issue } from "../../errors.ts";
import { isCreditNote, isTurned, negate } from "../credit.ts";
import type { Invoice } from "../invoice.ts";
import { compare, isZero, subtract } from "../money.ts";
import type { Line, Order, Totals } from "../order.ts";
import { paymentKindOf } from "../payment.ts";
import { reconcile } from "../reconcile.ts";
import type { TotalsRule } from "../rule.ts";
import type { VatTable } from "../vat.ts";
import { withHomeAmounts } from "./home.ts";
import { fitNets } from "./nets.ts";
import { byRate, describeBreakdown, describeLines, placeRounding, shareDiscounts, type Sheet } from "./lines.ts";
import type { DocumentOptions } from "./options.ts";

/** What the file is for. */
export interface PreparationContext {
  /** Country of the books, which decides VAT rates where lines state none. */
  readonly country: string;
  /** Rule of the mapping that writes; only its sign of credit notes counts. */
  readonly totals?: TotalsRule | undefined;
  readonly vatTable?: VatTable | undefined;
}

/** What identifies an order or invoice. */
export function documentKey(record: Order | Invoice): string {
  return "invoiceNumber" in record ? record.invoiceNumber : record.number;
}

/** A record with everything that programs want to know, or what keeps it from being written. */
export interface Prepared<T> {
  readonly record: T;
  readonly issues: readonly Issue[];
}

/**
 * Prepares an order or invoice for the file of an accounting program: completes its money, gives lines an id, a price
 * basis and a VAT category, shares discounts among the rates, names the kind of payment, adds the seller and amounts in
 * the home currency. Stated amounts never change; where they do not add up, an issue of severity `error` says so.
 *
 * @param record - valid by its schema
 */
export function prepareDocument<T extends Order | Invoice>(
  record: T,
  options: DocumentOptions,
  context: PreparationContext,
): Prepared<T> {
  const key = documentKey(record);
  const issues: Issue[] = [];
  const { order: complete, issues: found } = reconcile<T>(withBases(record), ruleFor(record), {
    country: context.country,
    key,
    ...(context.vatTable && { vatTable: context.vatTable }),
  });
  issues.push(...found.filter(({ code }) => code !== "TOTAL_UNCHECKED"));
  if (isCreditNote(record) && compare(complete.totals?.gross ?? "0", "0") > 0)
    issues.push({
      ...{ code: "FIELD_INVALID", severity: "error", key, field: "totals.gross" },
      message: `amounts of a credit note are negative, and this one is over ${complete.totals?.gross ?? ""}`,
    });
  issues.push(...untaxed(complete, key));
  const sheet = shareDiscounts(placeRounding(complete, options.rounding));
  const described = { ...complete, ...describe(sheet, complete, options) };
  const seller = sellerOf(record, options);
  const customer = customerOf(record, options);
  const payment = paymentOf(record, options);
  const vatRegime = record.vatRegime ?? "standard";
  const totals = dueOf(described.totals, payment);
  const stated = { ...(seller && { seller }), ...(customer && { customer }), ...(payment && { payment }) };
  const prepared: T = { ...described, vatRegime, ...stated, ...(totals && { totals }) };
  const foreign = inHomeCurrency(prepared, options, key);
  return {
    record: isTurned(record, context.totals) ? negate(foreign.record) : foreign.record,
    issues: [...issues, ...foreign.issues],
  };
}

/** Lines of which nobody knows what VAT is in them: no program may take them for free of it. */
function untaxed({ lines, vatRegime }: Pick<Order, "lines" | "vatRegime">, key: string): Issue[] {
  if (vatRegime === "nonPayer") return [];
  return lines.flatMap(({ kind, vatRate, vatCategory, total }, index): Issue[] => {
    const isFree = vatCategory !== undefined || kind === "rounding" || kind === "deposit" || kind === "discount";
    if (vatRate !== undefined || isFree || isZero(total?.gross ?? total?.net ?? "0")) return [];
    const message = "no VAT rate is known; state it, or the category of a line that bears none";
    return [{ code: "VAT_RATE_UNKNOWN", severity: "error", message, key, field: `lines[${index}].vatRate` }];
  });
}

/** Lines of which only one price is stated, with the note that it leads. */
function withBases<T extends Pick<Order, "lines">>(record: T): T {
  return { ...record, lines: record.lines.map((line) => ({ ...line, ...statedBasis(line) })) };
}

function statedBasis({ priceBasis, unitPrice, total }: Line): Pick<Line, "priceBasis"> {
  const { net, gross } = unitPrice?.net === undefined && unitPrice?.gross === undefined ? (total ?? {}) : unitPrice;
  if (priceBasis !== undefined || (net === undefined) === (gross === undefined)) return {};
  return { priceBasis: net === undefined ? "gross" : "net" };
}

/** The side of the prices that the record states leads where something has to be calculated. */
function ruleFor({ lines }: Pick<Order, "lines">): TotalsRule {
  const isNet = lines.some(({ unitPrice, total }) => unitPrice?.net !== undefined || total?.net !== undefined);
  const isGross = lines.some(({ unitPrice, total }) => unitPrice?.gross !== undefined || total?.gross !== undefined);
  return isNet && !isGross
    ? { basis: "net", method: "bottomUp", compare: ["payable", "gross"] }
    : { basis: "gross", method: "topDown", compare: ["payable", "gross"] };
}

function describe(sheet: Sheet, record: Pick<Order, "vatRegime">, options: DocumentOptions): Partial<Order> {
  const described = describeLines(sheet.lines, record, options);
  const rows = describeBreakdown(sheet.vatBreakdown, described);
  const vatBreakdown = options.breakdown === "rate" ? byRate(rows) : rows;
  const lines = options.lineNets === "sum" ? fitNets(described, vatBreakdown) : described;
  return { lines, vatBreakdown, ...(sheet.totals && { totals: sheet.totals }) };
}

/** What the record says of the seller, completed by the options if it is the same one. */
function sellerOf({ seller }: Pick<Order, "seller">, { seller: own }: DocumentOptions): Order["seller"] {
  if (seller === undefined || own === undefined) return seller ?? own;
  const isSame = seller.companyId === undefined || seller.companyId === own.companyId;
  return isSame ? { ...own, ...seller } : seller;
}

/** What is left to pay, where a part was paid before. */
function dueOf(totals: Totals | undefined, payment: Order["payment"]): Totals | undefined {
  const { paidAmount = "0", paid } = payment ?? {};
  if (totals?.payable === undefined || totals.due !== undefined || paid === true || isZero(paidAmount)) return totals;
  return { ...totals, due: subtract(totals.payable, paidAmount) };
}

function customerOf({ customer }: Pick<Order, "customer">, { country }: DocumentOptions): Order["customer"] {
  const { billing } = customer ?? {};
  if (country === undefined || billing === undefined || billing.country !== undefined) return customer;
  return { ...customer, billing: { ...billing, country } };
}

function paymentOf({ payment }: Pick<Order, "payment">, { paymentKinds }: DocumentOptions): Order["payment"] {
  const kind = payment && paymentKindOf(payment, paymentKinds);
  return kind === undefined ? payment : { ...payment, kind };
}

function inHomeCurrency<T extends Order | Invoice>(record: T, options: DocumentOptions, key: string): Prepared<T> {
  const home = record.homeCurrency ?? options.homeCurrency;
  if (home === undefined) return { record: atHome(record, options, record.exchangeRate), issues: [] };
  if (home === record.currency) return { record: atHome(record, options, undefined), issues: [] };
  const rate = record.exchangeRate ?? options.exchangeRate;
  const foreign = { ...record, homeCurrency: home, ...(rate !== undefined && { exchangeRate: rate }) };
  if (options.homeAmounts !== "beside") return { record: foreign, issues: [] };
  if (rate !== undefined) return { record: withHomeAmounts(foreign, rate), issues: [] };
  const message = `amounts in ${record.currency} must also stand in ${home}, and no exchange rate is known`;
  return { record, issues: [{ code: "FIELD_MISSING", severity: "error", message, key, field: "exchangeRate" }] };
}

/** Where the record's currency is that of the books, nothing stands beside, and one unit is one unit. */
function atHome<T extends Order | Invoice>(
  record: T,
  { homeAmounts }: DocumentOptions,
  stated: Order["exchangeRate"],
): T {
  const { homeCurrency: _home, exchangeRate: _rate, ...rest } = record;
  const exchangeRate = stated ?? (homeAmounts === "beside" ? "1" : undefined);
  return { ...rest, ...(exchangeRate !== undefined && { exchangeRate }) } as unknown as T;
}
