import { dateSchema, type IsoDate, type Order, type PaymentKind } from "../order.ts";
import { addDays, isCalendarDay } from "./day.ts";
import type { Invoice } from "./record.ts";
import { Refusal } from "./refusal.ts";
import type { DateRule, InvoiceRules } from "./rules.ts";

/** Days of payment where the rules say nothing else. What is paid before or at the handing over is due at once. */
const dueDays: Readonly<Record<PaymentKind, number>> = {
  cash: 0,
  card: 0,
  voucher: 0,
  setOff: 0,
  cashOnDelivery: 14,
  transfer: 14,
  directDebit: 14,
  cheque: 14,
  other: 14,
};
const OTHERWISE = 14;

/** The days of an invoice. @throws {@link Refusal} if the order lacks one */
export function datesOf(
  order: Order,
  rules: InvoiceRules,
  documentType: Invoice["documentType"],
  kind: PaymentKind | undefined,
): { readonly issuedOn: IsoDate; readonly taxPointOn: IsoDate | undefined; readonly dueOn: IsoDate } {
  const issuedOn = pick(order, rules.issuedOn ?? "created", "issuedOn");
  const rule = rules.taxPointOn ?? (documentType === "proforma" ? undefined : "issued");
  const taxPointOn = rule === "issued" ? issuedOn : rule && pick(order, rule, "taxPointOn");
  return { issuedOn, taxPointOn, dueOn: addDays(issuedOn, daysFor(rules.dueDays, kind)) };
}

function pick(order: Order, rule: DateRule, name: string): IsoDate {
  const date = typeof rule === "function" ? rule(order) : dayBy(order, rule);
  const parsed = dateSchema.safeParse(date);
  if (parsed.success && isCalendarDay(parsed.data)) return parsed.data;
  const code = date === undefined ? "FIELD_MISSING" : "FIELD_INVALID";
  throw new Refusal(code, placeOf(rule), `no date ${name} by the rule ${describe(rule)}`);
}

function dayBy(order: Order, rule: Exclude<DateRule, (order: Order) => IsoDate>): string | undefined {
  if (typeof rule === "object") return order.custom?.[rule.custom]?.slice(0, 10);
  if (rule === "created") return order.createdAt?.slice(0, 10);
  return rule === "paid" ? order.payment?.paidAt?.slice(0, 10) : rule;
}

function placeOf(rule: DateRule): string | undefined {
  if (typeof rule === "object") return `custom.${rule.custom}`;
  return rule === "created" ? "createdAt" : rule === "paid" ? "payment.paidAt" : undefined;
}

/** A rule in words. */
export function describe(rule: string | object | undefined): string {
  return typeof rule === "function" ? "of the caller" : JSON.stringify(rule);
}

function daysFor(rule: InvoiceRules["dueDays"], kind: PaymentKind | undefined): number {
  if (typeof rule === "number") return rule;
  const own = kind && rule?.[kind];
  return own ?? rule?.default ?? (kind === undefined ? OTHERWISE : dueDays[kind]);
}
