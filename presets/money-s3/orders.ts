import {
  all,
  any,
  concat,
  constant,
  code,
  date,
  dateTime,
  defineMapping,
  equals,
  exists,
  fieldIs,
  first,
  type ImportFeed,
  type Line,
  oneOf,
  parameterIs,
  readOnly,
  type StatusKind,
  text,
  when,
  writeOnly,
} from "../../src/index.ts";
import { ignoredOfOrders } from "./ignored.ts";
import { fixedOfLines, orderForm, readLines, writeLines } from "./lines.ts";
import { customer, readSeller } from "./party.ts";
import { payment } from "./payment.ts";
import { booking, currency, fixed, orderParameters, oss, readRegime, totals, vatBreakdown } from "./shared.ts";

const LINES = "Polozka";

// Of an order that is shipped in parts, the rest is still to come. IN_YesStor: Money confirms that it is cancelled.
const isCancelled = any(equals("eshop/IN_YesStor", ["1", "true"]), equals("eshop/IN_Stav", "4"));
const states = { 0: "new", 1: "processing", 2: "processing", 3: "shipped", 4: "cancelled" } as const;

/** SeznamObjPrij: received orders, as Money exports them and as connectors of shops send them. */
const mapping = defineMapping("order", {
  record: "/MoneyData/SeznamObjPrij/ObjPrij",
  parameters: orderParameters,
  country: { parameter: "country" },
  taxDate: date("Vystaveno"),
  skip: [
    { when: all(parameterIs("includeCancelled", "no"), isCancelled), reason: "cancelled" },
    // For connectors of shops: the header alone, of an order that is there.
    { when: equals("@command", "UpdateHd"), reason: "changes an order that was sent before" },
    // An order that Money takes is one to be fulfilled.
    { when: fieldIs("status.kind", "=", "cancelled"), reason: "cancelled" },
  ],
  fields: {
    // Money's own number is unique there; PrimDoklad, what the customer or the shop calls the order, need not be.
    number: first(
      readOnly(text(["Doklad", "PrimDoklad"])),
      writeOnly(
        when(
          parameterIs("numberTo", "Doklad"),
          text("Doklad", { required: true, maxLength: 10, also: ["PrimDoklad"] }),
          text("PrimDoklad", { required: true, maxLength: 20 }),
        ),
      ),
    ),
    externalId: first(
      readOnly(code("eshop/IN_ObjCis")),
      writeOnly(
        when(parameterIs("eshop", "yes"), code("eshop/IN_ObjCis", { allowed: "^\\d{1,18}$", invalid: "warning" })),
      ),
    ),
    variableSymbol: code("VarSymbol", { maxLength: 20 }),
    createdAt: dateTime("Vystaveno", { formats: ["yyyy-MM-dd"] }),
    status: {
      kind: first<StatusKind>(
        readOnly(
          when(
            isCancelled,
            constant("cancelled"),
            when(exists("Vyrizeno"), constant("done"), oneOf("eshop/IN_Stav", states, { unknown: { value: "other" } })),
          ),
        ),
        writeOnly(
          when(
            parameterIs("eshop", "yes"),
            when(
              any(
                fieldIs("status.kind", "=", "new"),
                fieldIs("status.kind", "=", "processing"),
                fieldIs("status.kind", "=", "shipped"),
              ),
              oneOf("eshop/IN_Stav", { 0: "new", 1: "processing", 3: "shipped" }),
            ),
          ),
        ),
      ),
      raw: readOnly(text("eshop/IN_Stav")),
    },
    ...currency,
    seller: readOnly(readSeller),
    customer,
    lines: concat<Line>(readOnly(readLines(LINES, orderForm)), writeOnly(writeLines(LINES, orderForm))),
    payment: payment("PlatPodm"),
    shipping: { method: text("Doprava", { maxLength: 20, tooLong: "cut" }) },
    totals: totals([LINES]),
    vatBreakdown: vatBreakdown([LINES]),
    vatRegime: readRegime,
    ...oss,
    notes: {
      customer: text("Poznamka"),
      internal: first(readOnly(text("eshop/IN_Poznamk")), writeOnly(text("Poznamka"))),
    },
    custom: {
      // What the shop or the customer calls the order, where Money has a number of its own.
      originalNumber: readOnly(when(exists("Doklad"), text("PrimDoklad"))),
      description: readOnly(text("Popis")),
      deliverBy: text("Vyridit_do", { allowed: "^\\d{4}-\\d\\d-\\d\\d$", invalid: "warning" }),
      partnerCode: readOnly(text("DodOdb/KodPartn")),
      ...booking,
    },
  },
  totals: { basis: "gross", method: "topDown", compare: ["payable"], tolerance: "0.05" },
  ignore: ignoredOfOrders,
  document: {
    fixed: {
      ...fixed,
      DRada: { parameter: "series" },
      "eshop/IN_Export": "6",
      ...fixedOfLines(LINES, orderForm),
    },
    // ObjPrij is a sequence, and so is Valuty; what is in DodOdb and in a line may have any order.
    order: [
      "Doklad",
      "Popis",
      "Poznamka",
      "Vystaveno",
      "Vyridit_do",
      "DodOdb",
      "KonecPrij",
      "SouhrnDPH",
      "Celkem",
      "DRada",
      "Stredisko",
      "Cinnost",
      "PlatPodm",
      "Doprava",
      "PrimDoklad",
      "VarSymbol",
      "StatMOSS",
      "Valuty",
      "Valuty/Mena",
      "Valuty/SouhrnDPH",
      "Valuty/Celkem",
      "SazbaDPH1",
      "SazbaDPH2",
      "eshop",
      "Polozka",
    ],
  },
});

export const orders = {
  direction: "import",
  records: "orders",
  title: "Received orders (SeznamObjPrij)",
  fileName: "*.xml",
  mapping,
  write: { encoding: "utf-8", options: { homeCurrency: "CZK", homeAmounts: "beside", rounding: "total" } },
} satisfies ImportFeed;
