import {
  all,
  any,
  type BankAccount,
  boolean,
  compared,
  concat,
  constant,
  decimal,
  each,
  equals,
  exists,
  type Fields,
  fieldIs,
  first,
  has,
  not,
  object,
  oneOf,
  type Order,
  readOnly,
  type Spec,
  text,
  type VatBreakdown,
  type VatCategory,
  vatRate,
  when,
} from "../../src/index.ts";
import { isNonPayer } from "./parties.ts";
import { choose, homeCurrencies, paymentMeansCodes, vatCategoryCodes } from "./words.ts";

type Totals = NonNullable<Order["totals"]>;
type Payment = NonNullable<Order["payment"]>;

const SUBTOTAL = "cac:TaxTotal/cac:TaxSubtotal";

/** The VAT in the currency of the books is a second TaxTotal, without subtotals. */
function homeVat(currency: string): string {
  return `cac:TaxTotal[cbc:TaxAmount/@currencyID='${currency}']/cbc:TaxAmount`;
}

export function readTotals(element: string): Spec<Totals> {
  const prepaid = decimal(`${element}/cbc:PrepaidAmount`);
  return object<Totals>({
    net: decimal(`${element}/cbc:TaxExclusiveAmount`),
    vat: decimal(["cac:TaxTotal[cac:TaxSubtotal]/cbc:TaxAmount", "cac:TaxTotal/cbc:TaxAmount"]),
    gross: decimal(`${element}/cbc:TaxInclusiveAmount`),
    rounding: decimal(`${element}/cbc:PayableRoundingAmount`),
    // What was paid before is taken off PayableAmount; what the customer pays in all then follows from the rest.
    payable: when(not(compared(prepaid, "!=", "0")), decimal(`${element}/cbc:PayableAmount`)),
    due: when(compared(prepaid, "!=", "0"), decimal(`${element}/cbc:PayableAmount`)),
    home: {
      vat: choose(
        homeCurrencies.map((currency) => [equals("cbc:TaxCurrencyCode", currency), decimal(homeVat(currency))]),
      ),
    },
  });
}

export function readPayment(element: string): Spec<Payment> {
  const means = "cac:PaymentMeans/cbc:PaymentMeansCode";
  const prepaid = decimal(`${element}/cbc:PrepaidAmount`);
  return object<Payment>({
    kind: when(
      not(equals(means, ["1", "ZZZ"])),
      oneOf(means, paymentMeansCodes, { unknown: { value: "other", silent: true } }),
    ),
    code: text(means),
    method: text([`${means}/@name`, "cac:PaymentMeans/cbc:InstructionNote"]),
    // PayableAmount is what is still due.
    paid: when(
      all(compared(prepaid, "!=", "0"), compared(decimal(`${element}/cbc:PayableAmount`), "=", "0")),
      constant(true),
    ),
    paidAmount: when(compared(prepaid, "!=", "0"), prepaid),
  });
}

/** VAT by rate and category, without what is outside of VAT. Rows state no amount with VAT. */
export function readBreakdown(): Spec<VatBreakdown[]> {
  return when(
    exists(`${SUBTOTAL}/cbc:TaxableAmount`),
    each<VatBreakdown>(
      SUBTOTAL,
      {
        category: oneOf("cac:TaxCategory/cbc:ID", vatCategoryCodes),
        rate: vatRate(["cac:TaxCategory/cbc:Percent", "cbc:Percent"], { notation: "percent", default: "0" }),
        net: decimal("cbc:TaxableAmount"),
        vat: decimal("cbc:TaxAmount"),
      },
      not(equals("cac:TaxCategory/cbc:ID", "O")),
    ),
  );
}

/** The regime of a document whose rows are all of one kind; one with a standard rate has none. */
export function readRegime(): Spec<NonNullable<Order["vatRegime"]>> {
  const has = (code: string) => exists(`${SUBTOTAL}/cac:TaxCategory[cbc:ID='${code}']/cbc:ID`);
  return when(
    not(has("S")),
    first<NonNullable<Order["vatRegime"]>>(
      when(has("O"), constant("nonPayer")),
      when(has("AE"), constant("reverseCharge")),
      when(has("K"), constant("intraCommunity")),
      when(has("G"), constant("export")),
    ),
  );
}

const isPaid = fieldIs("payment.paid", "=", "true");
const isPaidInPart = all(has("payment.paidAmount"), fieldIs("payment.paidAmount", "!=", "0"), not(isPaid));

const hasIban = has("seller.bankAccount.iban");
const hasAccount = any(hasIban, has("seller.bankAccount.number"));

/** The one PaymentMeans of a document: by the kind of payment, by its name alone, or since there is an account. */
const PAID_BY = "cac:PaymentMeans";
const NAMED_ONLY = "cac:PaymentMeans[cbc:PaymentMeansCode='ZZZ']";
const ACCOUNT_ONLY = "cac:PaymentMeans[cbc:PaymentMeansCode='30']";

const isUnknown = all(not(has("payment.kind")), not(has("payment.method")));
const asksForTransfer = all(isUnknown, not(isPaid), hasAccount);

/** @param withHome - whether VAT stands in the currency of the books too */
export function writeTotals(element: string, withHome: boolean): Spec<Totals> {
  const whole = { scale: 2, required: true } as const;
  return object<Totals>({
    vat: decimal("cac:TaxTotal/cbc:TaxAmount", whole),
    net: decimal(`${element}/cbc:LineExtensionAmount`, { ...whole, also: [`${element}/cbc:TaxExclusiveAmount`] }),
    gross: decimal(`${element}/cbc:TaxInclusiveAmount`, whole),
    rounding: decimal(`${element}/cbc:PayableRoundingAmount`, { scale: 2 }),
    payable: when(
      isPaid,
      decimal(`${element}/cbc:PrepaidAmount`, whole),
      when(not(isPaidInPart), decimal(`${element}/cbc:PayableAmount`, whole)),
    ),
    due: when(isPaidInPart, decimal(`${element}/cbc:PayableAmount`, whole)),
    ...(withHome && {
      home: {
        vat: choose(
          homeCurrencies.map((currency) => [
            fieldIs("homeCurrency", "=", currency),
            decimal(homeVat(currency), { scale: 2 }),
          ]),
        ),
      },
    }),
  });
}

/** Whether the VAT stands in the currency of the books as well. */
export const hasHomeVat = all(
  has("totals.home.vat"),
  any(...homeCurrencies.map((currency) => fieldIs("homeCurrency", "=", currency))),
);

/** How it is paid, where the elements of the payment are written, and what of it is due. */
export function writePayment(element: string): Spec<Payment> {
  const code = (means: string): string => `${means}/cbc:PaymentMeansCode`;
  const means = code(PAID_BY);
  const is = (kind: string) => fieldIs("payment.kind", "=", kind);
  return object<Payment>({
    kind: choose(
      [
        [all(is("transfer"), hasIban, fieldIs("currency", "=", "EUR")), oneOf(means, { "58": "transfer" })],
        [all(is("transfer"), hasAccount), oneOf(means, { "30": "transfer" })],
        // No code means these two; the name says it.
        [is("cashOnDelivery"), oneOf(means, { ZZZ: "cashOnDelivery" })],
        [is("voucher"), oneOf(means, { ZZZ: "voucher" })],
      ],
      oneOf(means, {
        "42": "transfer", // without an account: 30 and 58 demand one
        "10": "cash",
        "20": "cheque",
        "48": "card",
        "49": "directDebit",
        "97": "setOff",
        ZZZ: "other",
      }),
    ),
    method: when(has("payment.kind"), text(`${means}/@name`), text(`${code(NAMED_ONLY)}/@name`)),
    // The amount due would have to be calculated: who is paid in part must not ask for the whole.
    paidAmount: when(isPaidInPart, decimal(`${element}/cbc:PrepaidAmount`, { scale: 2 })),
    // What is paid leaves nothing due.
    paid: when(isPaid, boolean(`${element}/cbc:PayableAmount`, { true: ["0.00"], false: ["-"] })),
  });
}

/** A field in that one PaymentMeans, whichever it is. */
export function inPaymentMeans<Value>(write: (means: string) => Spec<Value>): Spec<Value> {
  return when<Value>(
    has("payment.kind"),
    write(PAID_BY),
    when<Value>(has("payment.method"), write(NAMED_ONLY), when<Value>(asksForTransfer, write(ACCOUNT_ONLY))),
  );
}

/** A field of the account, which belongs to a transfer alone. */
function inAccount(write: (account: string) => Spec<string>): Spec<string> {
  const account = (means: string): string => `${means}/cac:PayeeFinancialAccount`;
  return when<string>(
    fieldIs("payment.kind", "=", "transfer"),
    write(account(PAID_BY)),
    when<string>(asksForTransfer, write(account(ACCOUNT_ONLY))),
  );
}

export function writeAccount(): Fields<Omit<BankAccount, "bankName">> {
  const branch = "cac:FinancialInstitutionBranch/cbc:ID";
  return {
    iban: inAccount((account) => text(`${account}/cbc:ID`)),
    number: when(
      not(hasIban),
      inAccount((account) => text(`${account}/cbc:ID`)),
    ),
    bic: inAccount((account) => text(`${account}/${branch}`)),
    bankCode: when(
      all(not(hasIban), not(has("seller.bankAccount.bic"))),
      inAccount((account) => text(`${account}/${branch}`)),
    ),
  };
}

/** Rows of each category; the rules want a reason why no VAT is paid. */
export function writeBreakdown(): Spec<VatBreakdown[]> {
  return concat<VatBreakdown>(
    rowsOf("S", "standard"),
    rowsOf("Z", "zero"),
    rowsOf("E", "exempt"),
    rowsOf("AE", "reverseCharge", "VATEX-EU-AE"),
    rowsOf("K", "intraCommunity", "VATEX-EU-IC"),
    rowsOf("G", "export", "VATEX-EU-G"),
    when(isNonPayer, untaxedRows, rowsOf("E", "outOfScope")),
  );
}

const rowAmounts = {
  net: decimal("cbc:TaxableAmount", { scale: 2 }),
  vat: decimal("cbc:TaxAmount", { scale: 2 }),
  // Where it would be read, if a row stated it.
  gross: readOnly(decimal("cbc:TaxableAmount")),
} as const;

function rowsOf(code: string, category: VatCategory, reason?: string): Spec<VatBreakdown[]> {
  const given = reason === undefined ? "" : ` and cac:TaxCategory/cbc:TaxExemptionReasonCode='${reason}'`;
  return each<VatBreakdown>(`${SUBTOTAL}[cac:TaxCategory/cbc:ID='${code}'${given}]`, {
    category: constant(category),
    ...rowAmounts,
    rate: vatRate("cac:TaxCategory/cbc:Percent", { notation: "percent" }),
  });
}

/** Out of scope of VAT, so without a rate. */
const untaxedRows = each<VatBreakdown>(
  `${SUBTOTAL}[cac:TaxCategory/cbc:TaxExemptionReasonCode='VATEX-EU-O']`,
  {
    category: oneOf("cac:TaxCategory/cbc:ID", { O: "outOfScope" }),
    ...rowAmounts,
    rate: readOnly(constant("0")),
  },
  fieldIs("category", "=", "outOfScope"),
);

/** Elements in the order of the schema: of payment and of the totals. */
export const paymentOrder = [
  "cac:PaymentMeans",
  ...["cbc:PaymentMeansCode", "cbc:PaymentDueDate", "cbc:PaymentID", "cac:PayeeFinancialAccount"].map(
    (one) => `cac:PaymentMeans/${one}`,
  ),
  ...["cbc:ID", "cac:FinancialInstitutionBranch"].map((one) => `cac:PaymentMeans/cac:PayeeFinancialAccount/${one}`),
  "cac:PaymentMeans/cac:PaymentMandate",
];

export function totalsOrder(element: string): string[] {
  const amounts = [
    "cbc:LineExtensionAmount",
    "cbc:TaxExclusiveAmount",
    "cbc:TaxInclusiveAmount",
    "cbc:PrepaidAmount",
    "cbc:PayableRoundingAmount",
    "cbc:PayableAmount",
  ];
  const category = ["cbc:ID", "cbc:Percent", "cbc:TaxExemptionReasonCode", "cbc:TaxExemptionReason", "cac:TaxScheme"];
  return [
    "cac:TaxTotal",
    "cac:TaxTotal/cbc:TaxAmount",
    SUBTOTAL,
    ...["cbc:TaxableAmount", "cbc:TaxAmount", "cac:TaxCategory"].map((one) => `${SUBTOTAL}/${one}`),
    ...category.map((one) => `${SUBTOTAL}/cac:TaxCategory/${one}`),
    element,
    ...amounts.map((one) => `${element}/${one}`),
  ];
}

/** Places of amounts whose currency is that of the document. */
export function totalsCurrencies(element: string, withRows: boolean): string[] {
  return [
    "cac:TaxTotal/cbc:TaxAmount",
    ...(withRows ? [`${SUBTOTAL}/cbc:TaxableAmount`, `${SUBTOTAL}/cbc:TaxAmount`] : []),
    ...totalsOrder(element).filter((path) => path.startsWith(`${element}/`)),
  ].map((path) => `${path}/@currencyID`);
}
