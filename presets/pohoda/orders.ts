import {
  constant,
  dateTime,
  defineMapping,
  equals,
  exists,
  first,
  type ImportFeed,
  text,
  when,
} from "../../src/index.ts";
import {
  isCancelled,
  isTrue,
  namespaces,
  orderForm,
  orderNamespace,
  readParameters,
  skipCancelled,
} from "./document.ts";
import { customRead, notesRead, paymentRead, vatRead } from "./header.ts";
import { ignoredOf, ignoredOfOrders } from "./ignored.ts";
import { linesRead } from "./lines.ts";
import { customerRead, sellerRead } from "./party.ts";
import { breakdownRead, currencyRead, orderDay, totalsRead } from "./summary.ts";
import { orderWriting } from "./write-orders.ts";

const H = "ord:orderHeader/";
const requested = `${H}ord:number/typ:numberRequested`;
const ofShop = `${H}ord:numberOrder`;

/** Received orders: of a request that shops send to Pohoda, and of Pohoda's own answer (order.xsd, list.xsd). */
export const orderMapping = defineMapping("order", {
  record: [
    "/dat:dataPack/dat:dataPackItem/ord:order",
    "/rsp:responsePack/rsp:responsePackItem/lst:listOrder/lst:order",
  ],
  namespaces: { ...namespaces, ...orderNamespace },
  parameters: readParameters,
  country: { parameter: "country" },
  taxDate: orderDay,
  skip: [
    { when: equals(`${H}ord:orderType`, "issuedOrder"), reason: "issued order: what the accounting unit buys" },
    { when: exists("ord:actionType/ord:delete"), reason: "to be deleted" },
    skipCancelled(orderForm),
  ],
  fields: {
    // Pohoda's own number is the only one of its kind. A number of the shop's may come twice, from two shops.
    number: text([requested, ofShop]),
    externalId: text([`${H}ord:extId/typ:ids`, `${H}ord:id`]),
    createdAt: dateTime(`${H}ord:date`),
    status: {
      kind: when(isCancelled(orderForm), constant("cancelled"), when(isTrue(`${H}ord:isExecuted`), constant("done"))),
    },
    ...currencyRead(orderForm),
    seller: sellerRead(orderForm),
    customer: customerRead(orderForm),
    lines: linesRead(orderForm),
    payment: paymentRead(orderForm),
    shipping: { method: text(`${H}ord:carrier/typ:ids`) },
    totals: totalsRead(orderForm),
    vatBreakdown: breakdownRead(orderForm),
    ...vatRead(orderForm),
    notes: notesRead(orderForm),
    custom: {
      ...customRead(orderForm),
      shopOrderNumber: when(exists(requested), text(ofShop)),
      fulfilFrom: text(`${H}ord:dateFrom`),
      fulfilTo: text(`${H}ord:dateTo`),
      shop: first(text(`${H}ord:iShopName`), text(`${H}ord:iShop/typ:ids`)),
      cancelledOn: text(`${H}ord:dateCancellation`),
    },
  },
  // Lines state either price; whoever calculates the VAT of the whole from its sums comes out a haléř or two apart.
  totals: { basis: "both", method: "topDown", compare: ["payable", "gross"], tolerance: "0.05" },
  ignore: { ...ignoredOf(orderForm), ...ignoredOfOrders },
});

export const orders = {
  direction: "import",
  records: "orders",
  title: "Received orders (dataPack, listOrder)",
  fileName: "*.xml",
  encoding: "windows-1250",
  version: "/dat:dataPack/@version",
  mapping: orderMapping,
  write: {
    mapping: orderWriting,
    encoding: "windows-1250",
    options: { rounding: "line", breakdown: "rate", homeCurrency: "CZK" },
  },
} satisfies ImportFeed;
