import { z } from "zod";
import { extend } from "./extend.ts";
import * as money from "./money.ts";
import { dateSchema, orderSchema } from "./order.ts";
import type { Decimal, IsoDate, Order } from "./order.ts";
import type { RoundingMode } from "./scaled.ts";

export const documentTypes = ["invoice", "proforma", "advance", "creditNote"] as const;

/** Everything of an order, and what makes it a tax document. */
export const invoiceSchema = orderSchema.omit({ number: true }).extend({
  documentType: z.enum(documentTypes),
  invoiceNumber: z.string().min(1),
  issuedOn: dateSchema,
  /** DUZP: the day that decides the VAT rate and period. */
  taxPointOn: dateSchema.optional(),
  dueOn: dateSchema.optional(),
  orderNumber: z.string().optional(),
  /** Number of the invoice that a credit note corrects. */
  correctedNumber: z.string().optional(),
});

export type DocumentType = (typeof documentTypes)[number];
export type Invoice = z.infer<typeof invoiceSchema>;

/** A day: that of the order's `createdAt` in the shop's time, a fixed one, or what the host says, such as today. */
export type DateRule = "created" | IsoDate | ((order: Order) => IsoDate);

/** How an order becomes an invoice. */
export interface InvoiceRules {
  /** The number of the order, its variable symbol, or what the host's number series says. @defaultValue `"order"` */
  readonly number?: "order" | "variableSymbol" | ((order: Order) => string);
  /** @defaultValue `"created"` */
  readonly issuedOn?: DateRule;
  /** `issued`: the same day as `issuedOn`. @defaultValue `"issued"`; a proforma, which is no tax document, has none */
  readonly taxPointOn?: "issued" | DateRule;
  /** Days from issue to `dueOn`. @defaultValue 14 */
  readonly dueDays?: number;
  /** @defaultValue `"invoice"` */
  readonly documentType?: DocumentType;
  /** Rounds what is to be paid. @defaultValue no rounding */
  readonly rounding?: InvoiceRounding;
}

/**
 * Rounding of the payable amount, outside the VAT base. The law knows it for cash only.
 *
 * @see https://www.zakonypreludi.sk/zz/2021-457 § 3 (4) of the Slovak act 18/1996 Z. z. (read 2026-11-24)
 */
export interface InvoiceRounding {
  /** `"1"` for Czech crowns (§ 36 (5) of act 235/2004 Sb.), `"0.05"` for euro cash in Slovakia since 2022-07-01. */
  readonly step: Decimal;
  /** @defaultValue `"halfUp"` */
  readonly mode?: RoundingMode;
  /** `payment.code` or `payment.method` of the orders to round. @defaultValue all orders */
  readonly payments?: readonly string[];
  /** One step where rounding would leave nothing: 0.01 and 0.02 euro are 0.05 in Slovakia. @defaultValue `false` */
  readonly atLeastStep?: boolean;
}

/**
 * Makes an invoice of an order; the order stays as it is.
 *
 * Amounts are taken over with their signs. Reconcile the order before, so that they are complete; reconcile the invoice
 * if its tax point falls into a time of other VAT rates. Rounding is added only if the shop states none and its payable
 * amount, if any, equals gross.
 *
 * Orders that must not be invoiced, such as those with the status `cancelled`, are for the caller to leave out. A
 * `creditNote` gets no `correctedNumber` and keeps the signs; the caller knows what it corrects.
 *
 * @throws RangeError if the order lacks what a rule needs (`createdAt`, `variableSymbol`, `totals.gross`) or a rule gives
 * an empty number, a date that is none, or a number of days that is not whole
 */
export function toInvoice(order: Order, rules: InvoiceRules = {}): Invoice {
  const { number: orderNumber, ...rest } = order;
  const documentType = rules.documentType ?? "invoice";
  const issuedOn = pickDate(order, rules.issuedOn ?? "created", "issuedOn");
  const taxPointRule = rules.taxPointOn ?? (documentType === "proforma" ? undefined : "issued");
  const taxPointOn = taxPointRule === "issued" ? issuedOn : taxPointRule && pickDate(order, taxPointRule, "taxPointOn");
  const invoice: Invoice = {
    ...rest,
    documentType,
    invoiceNumber: pickNumber(order, rules.number ?? "order"),
    issuedOn,
    dueOn: addDays(issuedOn, rules.dueDays ?? 14),
    orderNumber,
  };
  return extend(invoice, { taxPointOn, totals: rules.rounding && roundTotals(order, rules.rounding) });
}

function pickNumber(order: Order, rule: NonNullable<InvoiceRules["number"]>): string {
  const number = typeof rule === "function" ? rule(order) : rule === "order" ? order.number : order.variableSymbol;
  if (number === undefined || number === "") {
    throw new RangeError(`order ${order.number}: no invoice number by the rule ${describe(rule)}`);
  }
  return number;
}

function pickDate(order: Order, rule: DateRule, name: string): IsoDate {
  const date = typeof rule === "function" ? rule(order) : rule === "created" ? order.createdAt?.slice(0, 10) : rule;
  const parsed = dateSchema.safeParse(date);
  if (!parsed.success) {
    throw new RangeError(`order ${order.number}: no date ${name} by the rule ${describe(rule)}`);
  }
  return parsed.data;
}

function describe(rule: string | ((order: Order) => string)): string {
  return typeof rule === "function" ? "of the caller" : JSON.stringify(rule);
}

function addDays(date: IsoDate, days: number): IsoDate {
  if (!Number.isInteger(days)) {
    throw new RangeError(`expected a whole number of days, got ${days}`);
  }
  const moment = new Date(`${date}T00:00:00Z`);
  moment.setUTCDate(moment.getUTCDate() + days);
  return moment.toISOString().slice(0, 10) as IsoDate;
}

function roundTotals(order: Order, rounding: InvoiceRounding): Order["totals"] {
  const { totals, payment } = order;
  const { payments } = rounding;
  const chosen =
    payments === undefined || [payment?.code, payment?.method].some((name) => name && payments.includes(name));
  if (!chosen || totals?.rounding !== undefined) {
    return totals;
  }
  if (totals?.gross === undefined) {
    throw new RangeError(`order ${order.number}: rounding needs totals.gross; reconcile the order first`);
  }
  const { gross } = totals;
  if (totals.payable !== undefined && money.compare(totals.payable, gross) !== 0) {
    return totals;
  }
  const rounded = money.roundToStep(gross, rounding.step, rounding.mode);
  const nothing = rounding.atLeastStep === true && money.isZero(rounded) && money.compare(gross, "0") > 0;
  const payable = money.add(nothing ? rounding.step : rounded, "0.00");
  const difference = money.round(money.subtract(payable, gross), 2);
  return money.isZero(difference) ? totals : { ...totals, rounding: difference, payable };
}
