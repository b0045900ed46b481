import type { Issue } from "../../errors.ts";
import { extend } from "../extend.ts";
import type { IsoDate, Order } from "../order.ts";
import { paymentKindOf } from "../payment.ts";
import { checkInvoiceRules } from "./check-rules.ts";
import { datesOf, describe } from "./dates.ts";
import { correctedNumberOf, credited, outcomeOf } from "./exceptions.ts";
import { complete, type InvoiceContext, type Sale, sellerCountry } from "./place.ts";
import type { DocumentType, Invoice } from "./record.ts";
import { Refusal } from "./refusal.ts";
import { categorize, chooseRegime } from "./regime.ts";
import { applyRegime } from "./retax.ts";
import { roundTotals } from "./rounding.ts";
import type { InvoiceRules, NumberRule } from "./rules.ts";
import { createSeries, type NextNumber, type Series } from "./series.ts";

/** What came of one order. */
export type Made =
  | { readonly invoice: Invoice; readonly issues: readonly Issue[] }
  | { readonly skipped: string }
  | { readonly refused: Issue };

/** Numbers to go on with, of the rules that are a series. */
export interface NextNumbers {
  readonly number?: NextNumber | undefined;
  readonly creditNotes?: NextNumber | undefined;
}

/** Makes invoices of the orders of one file, in their order. */
export interface InvoiceMaker {
  make(order: Order): Made;
  readonly next: NextNumbers;
}

/** A number, and what has to be done once it is given. */
interface Numbered {
  readonly number: string;
  readonly take: () => void;
}

/** So many digits a variable symbol has at most. */
const SYMBOL_DIGITS = 10;

/** @throws `DefinitionError` PARAMETER_INVALID if the rules are wrong */
export function createInvoiceMaker(rules: InvoiceRules, context: InvoiceContext = {}): InvoiceMaker {
  checkInvoiceRules(rules);
  const invoiceSeries = seriesOf(rules.number);
  const creditSeries = seriesOf(rules.creditNotes?.number);
  /** Orders that are invoiced, and numbers that no series keeps apart. */
  const seen = new Set<string>();

  function makeInvoice(order: Order): Made {
    const country = rules.country ?? sellerCountry(order) ?? context.country ?? context.totals?.country;
    const shop: InvoiceContext = { ...context, country };
    const outcome = outcomeOf(priced(order, shop), rules);
    if ("skip" in outcome) return { skipped: outcome.skip };
    const { documentType } = outcome;
    once(`${documentType} of ${order.number}`, () => `the file has the order ${order.number} twice`, "number");

    const kind = paymentKindOf(order.payment, rules.paymentKinds);
    const { issuedOn, taxPointOn, dueOn } = datesOf(order, rules, documentType, kind);
    const sale: Sale = { ...shop, date: taxPointOn ?? issuedOn };
    const regime = chooseRegime(order, rules.vat, sale);
    const retaxed = applyRegime(order, regime, rules, sale);
    const taxed = priced(retaxed.order, sale);
    const totals = roundTotals(taxed, rules.rounding, {
      ...{ kind, home: country, issuedOn },
      isRounded: order.totals?.rounding !== undefined,
    });
    const whole = extend<Order>(taxed, {
      ...categorize(taxed, regime.regime),
      totals,
      payment: order.payment && kind && { ...order.payment, kind },
    });
    const signed = documentType === "creditNote" ? credited(whole, rules) : whole;

    const { number: orderNumber, variableSymbol: _, ...rest } = signed;
    const { number: invoiceNumber, take } = numberFor(order, documentType, issuedOn);
    const invoice = extend<Invoice>(
      { ...rest, documentType, invoiceNumber, issuedOn, dueOn, orderNumber },
      {
        taxPointOn,
        variableSymbol: symbolOf(order, rules.variableSymbol ?? "order", invoiceNumber),
        correctedNumber: documentType === "creditNote" ? correctedNumberOf(order, rules, invoiceNumber) : undefined,
      },
    );
    take();
    seen.add(`${documentType} of ${order.number}`);
    return { invoice, issues: retaxed.issues };
  }

  function numberFor(order: Order, documentType: DocumentType, issuedOn: IsoDate): Numbered {
    const own = documentType === "creditNote" ? rules.creditNotes?.number : undefined;
    const series = own === undefined ? invoiceSeries : creditSeries;
    if (series !== undefined) return { number: series.peek(issuedOn), take: () => series.take(issuedOn) };
    const number = pickNumber(order, own ?? rules.number ?? "order");
    once(`number ${number}`, () => `another order of the file has the invoice number ${number}`, undefined);
    return { number, take: () => seen.add(`number ${number}`) };
  }

  function once(key: string, message: () => string, field: string | undefined): void {
    if (seen.has(key)) throw new Refusal("FIELD_INVALID", field, message());
  }

  return {
    make(order) {
      try {
        return makeInvoice(order);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return { refused: issueOf(error, order) };
      }
    },
    get next() {
      return {
        ...(invoiceSeries && { number: invoiceSeries.next }),
        ...(creditSeries && { creditNotes: creditSeries.next }),
      };
    },
  };
}

/**
 * Makes an invoice of an order; the order stays as it is, and nothing of it is lost.
 *
 * Amounts are taken over as they stand, unless a rule or the order's VAT regime asks for others; then they are calculated
 * anew out of what the customer pays, which never changes. Rounding is added only if the shop states none and its payable
 * amount, if any, equals gross. Amounts of a credit note are negative. A series gives its first number.
 *
 * @throws RangeError if the order lacks what a rule needs, or is to be skipped
 * @throws `DefinitionError` PARAMETER_INVALID if the rules are wrong
 */
export function toInvoice(order: Order, rules: InvoiceRules = {}, context: InvoiceContext = {}): Invoice {
  const made = createInvoiceMaker(rules, context).make(order);
  if ("invoice" in made) return made.invoice;
  const reason = "skipped" in made ? `it is ${made.skipped}, and the rules skip it` : made.refused.message;
  throw new RangeError(`order ${order.number}: ${reason}`);
}

function seriesOf(rule: NumberRule | undefined): Series | undefined {
  return typeof rule === "object" && "series" in rule ? createSeries(rule) : undefined;
}

/** The order with a gross total, if its amounts give one. */
function priced(order: Order, shop: InvoiceContext): Order {
  return order.totals?.gross === undefined ? complete(order, shop) : order;
}

function pickNumber(order: Order, rule: NumberRule): string {
  const number =
    typeof rule === "function"
      ? rule(order)
      : rule === "order"
        ? order.number
        : rule === "variableSymbol"
          ? order.variableSymbol
          : "custom" in rule
            ? order.custom?.[rule.custom]
            : undefined;
  if (number !== undefined && number !== "") return number;
  const field =
    rule === "variableSymbol"
      ? rule
      : typeof rule === "object" && "custom" in rule
        ? `custom.${rule.custom}`
        : undefined;
  throw new Refusal("FIELD_MISSING", field, `no invoice number by the rule ${describe(rule)}`);
}

function symbolOf(
  { variableSymbol }: Order,
  rule: NonNullable<InvoiceRules["variableSymbol"]>,
  number: string,
): string | undefined {
  if (rule === "none") return undefined;
  if (rule === "order" && variableSymbol !== undefined) return variableSymbol;
  const digits = number.replace(/\D/g, "");
  if (digits !== "" && digits.length <= SYMBOL_DIGITS) return digits;
  if (rule === "order") return undefined;
  throw new Refusal(
    "FIELD_INVALID",
    "variableSymbol",
    `the invoice number ${number} has ${digits.length} digits, and a variable symbol 1 to ${SYMBOL_DIGITS}`,
  );
}

function issueOf(error: RangeError, order: Order): Issue {
  const code = error instanceof Refusal ? error.code : "FIELD_INVALID";
  const field = error instanceof Refusal ? error.field : undefined;
  return {
    code,
    severity: "error",
    message: error.message,
    key: order.number,
    ...(field === undefined ? {} : { field }),
  };
}
