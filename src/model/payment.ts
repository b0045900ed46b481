import type { Order, PaymentKind } from "./order.ts";

/** Kinds of payment by the code or the name that a shop gives it, in whatever letter case, with or without accents. */
export type PaymentTable = Readonly<Record<string, PaymentKind>>;

/**
 * How an order is paid: by the user's table, by what the order itself says, or by the words of the name and the code
 * that the shop gave the payment, in Czech, Slovak, English, and the commonest ones of the neighbours.
 *
 * The name goes before the code: shops rename a module of the platform and use it for something else. A gateway is
 * `"card"` whatever the customer chose in it: the shop gets its money from the gateway, at once. Whoever pays the carrier
 * pays `"cashOnDelivery"`, with a card or without. Payment in instalments or later through a company that pays the shop
 * is `"other"`.
 *
 * @example
 * ```ts
 * paymentKindOf({ method: "Dobírkou – Zásilkovna" }); // "cashOnDelivery"
 * paymentKindOf({ code: "bacs" }); // "transfer"
 * paymentKindOf({ method: "Osobně" }, { osobně: "cash" }); // "cash"
 * ```
 * @returns undefined if nothing tells
 */
export function paymentKindOf(payment: Order["payment"], table: PaymentTable = {}): PaymentKind | undefined {
  if (payment === undefined) return undefined;
  const { method, code, kind } = payment;
  return fromTable(code, table) ?? fromTable(method, table) ?? kind ?? fromWords(method) ?? fromWords(code);
}

/** The first that fits decides, so the narrower ones stand before the wider ones. Small letters without accents. */
const words: readonly (readonly [PaymentKind, RegExp])[] = [
  ["cashOnDelivery", /dobir|dobier|cash on delivery|cashondelivery|\bcod\b|nachnahme|pobrani|utanvet/],
  ["setOff", /\bzapoct|\bzapocet|\bset ?off\b|\bcompensation\b/],
  ["directDebit", /\binkas|\bencashment\b|\bdirect ?debit|\blastschrift/],
  // a money order of the post, which is no voucher
  ["transfer", /\bslozenk|\bpostovni poukaz|\bpostov\w+ poukaz|\bpostal\b/],
  ["voucher", /\bpoukaz|\bvoucher|\bstravenk|\bgift|\bdarkov|\bdarcekov|\bkupon|\bbenefit|\bsodexo|\bpluxee|\bedenred/],
  [
    "other",
    /\bsplatk|\bna splat|\btwisto|\bskip ?pay|\bmall ?pay|\bplatimpak|\bklarna|\bcofidis|\bessox|\bhome ?credit/,
  ],
  [
    "card",
    /\bgo ?pay|\bcom ?gate|\bpayu\b|\bpay ?pal|\bgp ?web ?pay|\bwebpay|\bstripe|\bthe ?pay|\bbesteron|\btrust ?pay|\b24 ?pay|\bbarion|\bcard ?pay|\bapple ?pay|\bgoogle ?pay|\bpays\b|\bcsob gate|\bglobal payments|\bprzelewy24|\bblik\b|\badyen|\bmollie/,
  ],
  [
    "cashOnDelivery",
    /^(?!.*(?:osobn|pobock|prodejn|predajn)).*(?:\bpri (?:prevz|prebrat|dodan|doruc)|\bon delivery\b)/,
  ],
  [
    "card",
    /\bkart|\bplatobn\w+ kart|\bcard|\bcredit ?card|\bcreditcard|\bkreditkart|\bbankkart|\bvisa\b|\bmaster ?card/,
  ],
  [
    "transfer",
    /\bprevod|\bprevedu|\btransfer|\bbank ?wire|\bwire|\bna ucet|\bqr\b|\bzaloh|\bproforma|\bpredfaktur|\bpredem|\bvopred|\bna fakturu|\bfakturou|\bon invoice|\bbacs\b|\bdraft\b|\bcommand\b|\bprzelew|\bueberweisung|\buberweisung|\bvorkasse|\batutalas|\btatra ?pay|\bsporo ?pay/,
  ],
  ["cash", /\bhotov|\bcash|\bv hotovost|\bbarzahlung|\bgotowk|\bkeszpenz/],
  ["cheque", /\bsek(?:em|om)?\b|\bcheque|\bcheck ?payment|\bcheckpayment/],
];

function fromTable(text: string | undefined, table: PaymentTable): PaymentKind | undefined {
  if (text === undefined) return undefined;
  const folded = fold(text);
  for (const name in table) if (fold(name) === folded) return table[name];
  return undefined;
}

function fromWords(text: string | undefined): PaymentKind | undefined {
  if (text === undefined || text === "") return undefined;
  const folded = fold(text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2"));
  return words.find(([, pattern]) => pattern.test(folded))?.[0];
}

/** Small letters without accents; words apart by one space, whatever stood between them. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
