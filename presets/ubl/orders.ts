import {
  any,
  code,
  dateTime,
  defineMapping,
  exists,
  has,
  type ImportFeed,
  join,
  type MappingOptions,
  object,
  type Party,
  type Seller,
  text,
  when,
  zip,
} from "../../src/index.ts";
import { ignoredOfOrders } from "./ignored.ts";
import { lineCurrencies, lineOrder, lineParameters, readLines, writeLines } from "./lines.ts";
import {
  inPaymentMeans,
  paymentOrder,
  readPayment,
  readTotals,
  totalsCurrencies,
  totalsOrder,
  writePayment,
  writeTotals,
} from "./money.ts";
import { addressOrder, endpointParameters, partyOrder, readAddress, readParty, writeParty } from "./parties.ts";
import { components } from "./words.ts";

const BUYER = "cac:BuyerCustomerParty/cac:Party";
const SELLER = "cac:SellerSupplierParty/cac:Party";
/** Who gets the invoice, where that is not the buyer. */
const INVOICED = "cac:AccountingCustomerParty/cac:Party";
const LOCATION = "cac:Delivery/cac:DeliveryLocation";
const DELIVERY = `${LOCATION}/cac:Address`;
const CARRIER = "cac:Delivery/cac:CarrierParty/cac:PartyName/cbc:Name";
const RECEIVER = "cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name";
const TOTAL = "cac:AnticipatedMonetaryTotal";
const LINE = "cac:OrderLine/cac:LineItem";

const shared = {
  namespaces: { "": "urn:oasis:names:specification:ubl:schema:xsd:Order-2", ...components },
  record: "/Order",
  country: "CZ",
  // Lines may state their VAT; where they do not, it is as in invoices.
  totals: { basis: "net", method: "bottomUp", compare: ["payable", "gross", "net", "vat"], tolerance: "0.20" },
} satisfies MappingOptions;

const writingParameters = {
  customizationId: {
    title: "What the orders follow, CustomizationID",
    description: "Left empty, they are plain UBL 2.1",
    default: "",
  },
  profileId: { title: "Process that the orders belong to, ProfileID", default: "" },
  ...endpointParameters,
} satisfies MappingOptions["parameters"];

const isInvoicedElsewhere = any(
  exists(`${INVOICED}/cac:PartyLegalEntity/cbc:RegistrationName`),
  exists(`${INVOICED}/cac:PartyName/cbc:Name`),
);

const shipping = {
  name: text(RECEIVER, { collapse: true }),
  ...readAddress(DELIVERY),
};

const reading = defineMapping("order", {
  ...shared,
  parameters: lineParameters,
  fields: {
    number: text("cbc:ID"),
    externalId: text("cbc:SalesOrderID"),
    variableSymbol: text("cac:PaymentMeans/cbc:PaymentID", { extract: "^(\\d{1,10})$" }),
    // The time is an element of its own, and optional: see custom.issueTime.
    createdAt: dateTime("cbc:IssueDate"),
    currency: code(["cbc:DocumentCurrencyCode", `${TOTAL}/cbc:PayableAmount/@currencyID`], { upper: true }),
    seller: object<Seller>(readParty(SELLER)),
    customer: when(
      isInvoicedElsewhere,
      object<Party>({ ...readParty(INVOICED), shipping }),
      object<Party>({ ...readParty(BUYER), shipping }),
    ),
    shipping: {
      method: text(CARRIER),
      pickupPoint: text(`${LOCATION}/cbc:ID`),
      trackingNumber: text("cac:Delivery/cbc:TrackingID"),
    },
    payment: readPayment(TOTAL),
    lines: readLines([LINE], ["cbc:Quantity"], "../.."),
    totals: readTotals(TOTAL),
    notes: { customer: join("\n", "cbc:Note[1]", "cbc:Note[2]", "cbc:Note[3]") },
    custom: {
      issueTime: text("cbc:IssueTime"),
      customerReference: text("cbc:CustomerReference"),
      requestedFrom: text("cac:Delivery/cac:RequestedDeliveryPeriod/cbc:StartDate"),
      requestedTo: text("cac:Delivery/cac:RequestedDeliveryPeriod/cbc:EndDate"),
      paymentTerms: text("cac:PaymentTerms/cbc:Note"),
      customizationId: text("cbc:CustomizationID"),
    },
  },
  ignore: ignoredOfOrders,
});

const writing = defineMapping("order", {
  ...shared,
  parameters: writingParameters,
  document: {
    perRecord: true,
    fixed: {
      "cbc:UBLVersionID": "2.1",
      "cbc:CustomizationID": { parameter: "customizationId" },
      "cbc:ProfileID": { parameter: "profileId" },
      [`${SELLER}/cbc:EndpointID`]: { parameter: "sellerEndpointId" },
      [`${SELLER}/cbc:EndpointID/@schemeID`]: { parameter: "sellerEndpointScheme" },
      ...Object.fromEntries(
        [...totalsCurrencies(TOTAL, false), ...lineCurrencies(LINE, true)].map((path) => [path, { field: "currency" }]),
      ),
    },
    order: [
      ...["cbc:UBLVersionID", "cbc:CustomizationID", "cbc:ProfileID", "cbc:ID", "cbc:SalesOrderID"],
      ...["cbc:IssueDate", "cbc:IssueTime", "cbc:Note", "cbc:DocumentCurrencyCode", "cbc:CustomerReference"],
      ...partyOrder("cac:BuyerCustomerParty"),
      ...partyOrder("cac:SellerSupplierParty"),
      ...[
        "cac:Delivery",
        "cac:Delivery/cbc:TrackingID",
        LOCATION,
        `${LOCATION}/cbc:ID`,
        `${LOCATION}/cbc:Name`,
        DELIVERY,
      ],
      ...addressOrder(DELIVERY),
      ...["cac:RequestedDeliveryPeriod", "cac:CarrierParty", "cac:DeliveryParty"].map((one) => `cac:Delivery/${one}`),
      ...paymentOrder,
      ...totalsOrder(TOTAL),
      "cac:OrderLine",
      ...lineOrder(LINE, "cbc:Quantity", true),
    ],
  },
  fields: {
    number: text("cbc:ID", { required: true }),
    externalId: text("cbc:SalesOrderID"),
    createdAt: dateTime("cbc:IssueDate", { formats: ["yyyy-MM-dd"], required: true }),
    notes: { customer: text("cbc:Note") },
    currency: code("cbc:DocumentCurrencyCode", { required: true }),
    customer: object<Party>({
      ...writeParty({ field: "customer", party: BUYER, strict: false }),
      shipping: {
        company: text(RECEIVER),
        name: when(has("customer.shipping.company"), text(`${LOCATION}/cbc:Name`), text(RECEIVER)),
        street: text(`${DELIVERY}/cbc:StreetName`),
        city: text(`${DELIVERY}/cbc:CityName`),
        zip: zip(`${DELIVERY}/cbc:PostalZone`),
        country: text(`${DELIVERY}/cac:Country/cbc:IdentificationCode`),
      },
    }),
    seller: object<Seller>(writeParty({ field: "seller", party: SELLER, strict: false })),
    shipping: {
      method: text(CARRIER),
      pickupPoint: text(`${LOCATION}/cbc:ID`),
      trackingNumber: text("cac:Delivery/cbc:TrackingID"),
    },
    payment: writePayment(TOTAL),
    variableSymbol: inPaymentMeans((means) => text(`${means}/cbc:PaymentID`)),
    totals: writeTotals(TOTAL, false),
    lines: writeLines("cac:OrderLine", "cbc:Quantity", "cac:LineItem"),
    custom: {
      issueTime: text("cbc:IssueTime"),
      customerReference: text("cbc:CustomerReference"),
      requestedFrom: text("cac:Delivery/cac:RequestedDeliveryPeriod/cbc:StartDate"),
      requestedTo: text("cac:Delivery/cac:RequestedDeliveryPeriod/cbc:EndDate"),
    },
  },
});

export const orders = {
  direction: "import",
  records: "orders",
  title: "Orders",
  fileName: "*.xml",
  encoding: "utf-8",
  mapping: reading,
  write: {
    mapping: writing,
    options: { negativePrices: "quantity", lineNets: "sum", rounding: "total" },
  },
} satisfies ImportFeed;
