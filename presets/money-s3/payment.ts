import {
  constant,
  compared,
  date,
  decimal,
  exists,
  first,
  matches,
  object,
  oneOf,
  type Order,
  type PaymentKind,
  readOnly,
  type Spec,
  text,
  when,
  writeOnly,
} from "../../src/index.ts";

/** Words by which the vendor's transformation to ISDOC tells the kind of payment, in the order in which it asks. */
const words: readonly (readonly [pattern: string, kind: PaymentKind])[] = [
  ["hotov", "cash"],
  ["šek", "cheque"],
  ["převod|prevod|credit transfer", "transfer"],
  ["kart", "card"],
  ["inkas|direct debit", "directDebit"],
  ["dobírk|dobierk", "cashOnDelivery"],
  ["zápoč", "setOff"],
];

/** Texts that Money itself has for them. */
const names = {
  hotově: "cash",
  šekem: "cheque",
  převodem: "transfer",
  "platební kartou": "card",
  inkasem: "directDebit",
  dobírkou: "cashOnDelivery",
  zápočtem: "setOff",
} as const;

type Payment = NonNullable<Order["payment"]>;

/** @param place - text of 20 characters, "PlatPodm" of orders and "Uhrada" of invoices */
export function payment(place: "PlatPodm" | "Uhrada"): Spec<Payment> {
  const kind = first<PaymentKind>(...words.map(([pattern, one]) => when(matches(place, pattern, "iu"), constant(one))));
  return object<Payment>({
    method: text(place, { maxLength: 20, tooLong: "cut" }),
    // Written where the payment has no name.
    kind: first<PaymentKind>(readOnly(kind), writeOnly(oneOf(place, names, { invalid: "warning" }))),
    ...(place === "Uhrada" && {
      paid: readOnly(
        when(exists("Uhrazeno"), constant(true), when(compared(decimal("Proplatit"), ">", "0"), constant(false))),
      ),
      paidAt: readOnly(date("Uhrazeno")),
    }),
  });
}
