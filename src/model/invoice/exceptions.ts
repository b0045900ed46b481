import { negate } from "../credit.ts";
import * as money from "../money.ts";
import type { Decimal, Order } from "../order.ts";
import type { DocumentType } from "./record.ts";
import { Refusal } from "./refusal.ts";
import type { InvoiceRules } from "./rules.ts";

/** What an order becomes: a document of a type, or nothing, for a reason that the report counts. */
export type Outcome = { readonly documentType: DocumentType } | { readonly skip: string };

/** @throws {@link Refusal} if the rules call such an order an error */
export function outcomeOf(order: Order, rules: InvoiceRules): Outcome {
  const documentType = rules.documentType ?? "invoice";
  const { cancelled = "skip", returned = "error", negative = "error" } = rules.exceptions ?? {};
  const status = order.status?.kind;
  if (status === "cancelled" && cancelled !== "invoice")
    return decided(cancelled, "cancelled", "status", "the order is cancelled");
  if (status === "returned" && returned !== "invoice")
    return decided(returned, "returned", "status", "the order is returned");
  if (documentType !== "creditNote" && sign(order) < 0)
    return decided(negative, "negative", "totals.payable", `to be paid is ${amountOf(order) ?? ""}, below zero`);
  return { documentType };
}

function decided(outcome: "skip" | "creditNote" | "error", reason: string, field: string, what: string): Outcome {
  if (outcome === "skip") return { skip: reason };
  if (outcome === "creditNote") return { documentType: "creditNote" };
  throw new Refusal("FIELD_INVALID", field, `${what}; the rule exceptions.${reason} says what becomes of it`);
}

/**
 * A credit note with the signs that it has in our records: amounts of what is taken back are negative.
 *
 * @throws {@link Refusal} if the rules expect the other sign
 */
export function credited<T extends Pick<Order, "lines" | "totals" | "vatBreakdown">>(
  record: T,
  rules: InvoiceRules,
): T {
  const amounts = rules.creditNotes?.amounts;
  const found = sign(record);
  const expected = amounts === "positive" ? 1 : amounts === "negative" ? -1 : found;
  if (found !== 0 && found !== expected) {
    const message = `the rule creditNotes.amounts expects ${amounts ?? ""} amounts, and to be paid is ${amountOf(record) ?? ""}`;
    throw new Refusal("FIELD_INVALID", "totals.payable", message);
  }
  return expected > 0 ? negate(record) : record;
}

/** Number of the invoice that a credit note corrects. @throws {@link Refusal} if there is none, or it is the note's own */
export function correctedNumberOf(order: Order, rules: InvoiceRules, ownNumber: string): string {
  const rule = rules.creditNotes?.correctedNumber;
  if (rule === undefined)
    throw new Refusal(
      "FIELD_MISSING",
      undefined,
      "a credit note names the invoice that it corrects; the rule creditNotes.correctedNumber says where that is",
    );
  const number =
    typeof rule === "function" ? rule(order) : rule === "order" ? order.number : order.custom?.[rule.custom];
  if (number === undefined || number === "") {
    const field = typeof rule === "object" ? `custom.${rule.custom}` : undefined;
    throw new Refusal("FIELD_MISSING", field, "no number of the invoice that the credit note corrects");
  }
  if (number === ownNumber)
    throw new Refusal(
      "FIELD_INVALID",
      undefined,
      `the credit note would have the number ${number} of the invoice that it corrects; give it one by creditNotes.number`,
    );
  return number;
}

function amountOf({ totals }: Pick<Order, "totals">): Decimal | undefined {
  return totals?.payable ?? totals?.gross ?? totals?.net;
}

/** Of what is to be paid; where rounding left nothing, of what it rounded. */
function sign({ totals }: Pick<Order, "totals">): number {
  const amounts = [totals?.payable, totals?.gross, totals?.net];
  return money.compare(amounts.find((amount) => amount !== undefined && !money.isZero(amount)) ?? "0", "0");
}
