import { constant, dateTime, defineMapping, fieldIs, oneOf, parameterIs, text, when } from "../../src/index.ts";
import { orderForm, orderNamespace, requestNamespaces } from "./document.ts";
import { customerWritten } from "./party.ts";
import {
  breakdownWritten,
  currencyWritten,
  fixedOf,
  notesWritten,
  orderOf,
  paymentWritten,
  shippingWritten,
  skipCancelled,
  vatCountryWritten,
  writeParameters,
} from "./write-document.ts";
import { linesWritten } from "./write-lines.ts";

const H = "ord:orderHeader/";
const number = { maxLength: 32, required: true } as const;

/** Received orders for Pohoda, one in each item of the pack. */
export const orderWriting = defineMapping("order", {
  record: "/dat:dataPack/dat:dataPackItem/ord:order",
  namespaces: { ...requestNamespaces, ...orderNamespace },
  parameters: {
    ...writeParameters("orders", "Objednávka z e-shopu"),
    numbering: {
      title: "Number of the order in Pohoda",
      description:
        "series: the next one of Pohoda's series; order: that of the shop. The shop's number is kept beside it",
      default: "series",
      values: ["series", "order"],
    },
  },
  country: { parameter: "country" },
  skip: [skipCancelled],
  fields: {
    number: when(
      parameterIs("numbering", "order"),
      text(`${H}ord:numberOrder`, { ...number, also: ["../@id", `${H}ord:number/typ:numberRequested`] }),
      text(`${H}ord:numberOrder`, { ...number, also: ["../@id"] }),
    ),
    createdAt: dateTime(`${H}ord:date`, { formats: ["yyyy-MM-dd"], required: true }),
    status: { kind: when(fieldIs("status.kind", "=", "done"), oneOf(`${H}ord:isExecuted`, { true: "done" })) },
    ...currencyWritten(orderForm),
    customer: customerWritten(orderForm),
    lines: linesWritten(orderForm),
    payment: paymentWritten(orderForm),
    shipping: shippingWritten(orderForm),
    vatBreakdown: breakdownWritten(orderForm),
    vatCountry: vatCountryWritten(orderForm),
    // Said by the country, and by each line.
    vatRegime: when(
      fieldIs("vatRegime", "=", "oss"),
      constant("oss"),
      when(fieldIs("vatRegime", "=", "reverseCharge"), constant("reverseCharge")),
    ),
    notes: notesWritten(orderForm),
  },
  document: {
    wrapper: "dat:dataPackItem",
    fixed: { ...fixedOf(orderForm), [`${H}ord:orderType`]: "receivedOrder" },
    order: orderOf(orderForm),
  },
});
