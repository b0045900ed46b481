import { all, any, type BankAccount, fieldIs, has, not, object, type Spec, text, when } from "../../src/index.ts";
import { PAYMENT } from "./places.ts";

// Payment. A kind that ISDOC has no code for is not written; the amount to be paid stands in the totals in any case.

export const hasCode = all(
  has("/payment.kind"),
  not(any(fieldIs("/payment.kind", "=", "voucher"), fieldIs("/payment.kind", "=", "other"))),
);
/** An invoice that names no payment, but a day and an account, is to be paid by transfer. */
export const isTransfer = all(not(has("/payment.kind")), has("/dueOn"), has("/seller.bankAccount"));
export const TRANSFER = `${PAYMENT}[PaymentMeansCode='42']`;
/** Details of a payment in cash would be the number of a receipt. */
const hasDetails = all(hasCode, has("/dueOn"), not(fieldIs("/payment.kind", "=", "cash")));

export function detail<Value>(give: (at: string) => Spec<Value>): Spec<Value> {
  return when(hasDetails, give(`${PAYMENT}/Details`), when(isTransfer, give(`${TRANSFER}/Details`)));
}

export const accountAt = (at: string): Spec<BankAccount> =>
  object<BankAccount>({
    number: text(`${at}/ID`, { missing: "empty" }),
    bankCode: text(`${at}/BankCode`, { missing: "empty" }),
    bankName: text(`${at}/Name`, { missing: "empty" }),
    iban: text(`${at}/IBAN`, { missing: "empty" }),
    bic: text(`${at}/BIC`, { missing: "empty" }),
  });
