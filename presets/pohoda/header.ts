import {
  any,
  code,
  constant,
  exists,
  type Fields,
  oneOf,
  type Order,
  type PaymentKind,
  type Spec,
  text,
  type VatRegime,
  when,
} from "../../src/index.ts";
import { type Form } from "./document.ts";

// Header of orders and invoices as it is read.

export type Payment = NonNullable<Order["payment"]>;
export type Notes = NonNullable<Order["notes"]>;

const paymentWords = {
  draft: "transfer",
  cash: "cash",
  postal: "transfer",
  delivery: "cashOnDelivery",
  creditcard: "card",
  // What the customer paid by an advance invoice.
  advance: "other",
  encashment: "directDebit",
  cheque: "cheque",
  compensation: "setOff",
} as const satisfies Readonly<Record<string, PaymentKind>>;

export function paymentRead({ header, prefix }: Form): Fields<Payment> {
  return {
    // The name that the form of payment has in Pohoda: "Plat.kartou".
    method: text(`${header}${prefix}:paymentType/typ:ids`),
    kind: oneOf(`${header}${prefix}:paymentType/typ:paymentType`, paymentWords),
  };
}

export function notesRead({ header, prefix }: Form): Fields<Notes> {
  return { customer: text(`${header}${prefix}:note`), internal: text(`${header}${prefix}:intNote`) };
}

/** Country and regime of the VAT; `otherwise` is what the kind of document says besides. */
export function vatRead(
  { header, prefix, items }: Form,
  otherwise?: Spec<VatRegime>,
): Pick<Fields<Order>, "vatRegime" | "vatCountry"> {
  const oss = `${header}${prefix}:MOSS/typ:ids`;
  return {
    vatRegime: when<VatRegime>(
      exists(oss),
      constant("oss"),
      when<VatRegime>(
        any(...["true", "1"].map((yes) => exists(`${items}[${prefix}:PDP='${yes}']/${prefix}:PDP`))),
        constant("reverseCharge"),
        otherwise,
      ),
    ),
    // Greece has the letters of VAT numbers there.
    vatCountry: text(oss, { replace: [["^EL$", "GR"]] }),
  };
}

/** What Pohoda knows of a document beyond the model. */
export function customRead({ header, prefix, summary }: Form): Readonly<Record<string, Spec<string>>> {
  const at = `${header}${prefix}:`;
  return {
    text: text(`${at}text`),
    numberSeries: text(`${at}number/typ:ids`),
    extSystem: text(`${at}extId/typ:exSystemName`),
    division: text(`${at}partnerIdentity/typ:address/typ:division`),
    deliveryDivision: text(`${at}partnerIdentity/typ:shipToAddress/typ:division`),
    priceLevel: text(`${at}priceLevel/typ:ids`),
    centre: text(`${at}centre/typ:ids`),
    activity: text(`${at}activity/typ:ids`),
    contract: text(`${at}contract/typ:ids`),
    // How Pohoda rounds what is to be paid: a request states this and no amount.
    roundingDocument: text(`${summary}${prefix}:roundingDocument`, { remove: "^none$" }),
    accountingUnit: code(["/dat:dataPack/@ico", "/rsp:responsePack/@ico"]),
  };
}
