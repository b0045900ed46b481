import {
  absent,
  all,
  code,
  decimal,
  defineMapping,
  equals,
  exists,
  type ExportFeed,
  type Money,
  parameter,
  text,
  when,
} from "../../src/index.ts";
import { cardParameters, cardPrices, namespaces, sellingRate, word } from "./card.ts";

const CARD = "stk:stock/";
const HEADER = `${CARD}stk:stockHeader/`;
const FILTER = `${CARD}stk:actionType/stk:update/ftr:filter/`;
const PURCHASE = `${HEADER}stk:purchasingPrice`;
const purchaseIsGross = equals(`${PURCHASE}/@payVAT`, ["true", "1"]);

/** What requests to change and to add cards have in common (data.xsd, stock.xsd, filter.xsd). */
export const request = {
  record: "/dat:dataPack/dat:dataPackItem",
  namespaces: {
    dat: "http://www.stormware.cz/schema/version_2/data.xsd",
    ftr: "http://www.stormware.cz/schema/version_2/filter.xsd",
    ...namespaces,
  },
  parameters: {
    packId: {
      title: "Id of the pack",
      description:
        "Pohoda looks for what it has taken already by this and the id of the item: a new one for each file.",
      default: "stock",
    },
    ico: {
      title: "IČO of the accounting unit",
      description: "Pohoda refuses files for another company; where none is stated, it does not look.",
      default: "",
    },
    application: {
      title: "Application",
      description: "Shown in the agenda XML import.",
      default: "propojka",
    },
    note: {
      title: "Note",
      description: "Shown in the notes of the agenda XML import.",
      default: "propojka",
    },
    ...cardParameters,
  },
  country: { parameter: "country" },
  fields: {
    ean: code(`${HEADER}stk:EAN`, { maxLength: 20, invalid: "warning" }),
    sold: word(`${HEADER}stk:isInternet`),
    vatRate: sellingRate(CARD),
    unit: text(`${HEADER}stk:unit`, { maxLength: 10, invalid: "warning" }),
    // Of one that states both amounts, the net one is written.
    purchasePrice: when<Money>(
      all(exists(PURCHASE), purchaseIsGross),
      {
        currency: parameter("currency"),
        net: absent(),
        gross: decimal([`${PURCHASE}[@payVAT='true']`, PURCHASE], {
          trimZeros: true,
        }),
      },
      when<Money>(exists(PURCHASE), {
        currency: parameter("currency"),
        net: decimal([`${PURCHASE}[@payVAT='false']`, PURCHASE], {
          trimZeros: true,
        }),
      }),
    ),
    prices: cardPrices(CARD),
    stock: {
      minimum: decimal(`${HEADER}stk:limitMin`, { trimZeros: true }),
      maximum: decimal(`${HEADER}stk:limitMax`, { trimZeros: true }),
    },
    weight: decimal(`${HEADER}stk:mass`, { trimZeros: true }),
    manufacturer: text(`${HEADER}stk:producer`, {
      maxLength: 90,
      tooLong: "cut",
    }),
    availability: text(`${HEADER}stk:availability`, {
      maxLength: 64,
      tooLong: "cut",
    }),
    shortDescription: text(`${HEADER}stk:description`),
    description: text(`${HEADER}stk:description2`),
  },
  fixed: {
    "/dat:dataPack/@version": "2.0",
    "/dat:dataPack/@id": { parameter: "packId" },
    "/dat:dataPack/@ico": { parameter: "ico" },
    "/dat:dataPack/@application": { parameter: "application" },
    "/dat:dataPack/@note": { parameter: "note" },
    "@version": "2.0",
    "stk:stock/@version": "2.0",
  },
  // The card is a sequence; its header may have any order.
  order: ["stk:stock/stk:actionType", "stk:stock/stk:stockHeader", "stk:stock/stk:stockPriceItem"],
} as const;

/** Changes cards that Pohoda has; one that it does not have is left alone. */
const mapping = defineMapping("product", {
  record: request.record,
  namespaces: request.namespaces,
  parameters: {
    ...request.parameters,
    store: {
      title: "Store",
      description: "Name of the store (sklad) whose cards are meant, where several have the same codes.",
      default: "",
    },
  },
  country: request.country,
  fields: {
    // Each item of a pack has an id of its own, which may be the code.
    code: text([`${FILTER}ftr:code`, `${HEADER}stk:code`], {
      required: true,
      maxLength: 64,
      also: ["@id"],
    }),
    // Of goods in several storages, only this card.
    custom: {
      storage: text([`${FILTER}ftr:storage/typ:ids`, `${HEADER}stk:storage/typ:ids`]),
    },
    name: text(`${HEADER}stk:name`, { maxLength: 90, tooLong: "cut" }),
    ...request.fields,
  },
  document: {
    fixed: {
      ...request.fixed,
      [`${FILTER}ftr:store/typ:ids`]: { parameter: "store" },
    },
    order: request.order,
  },
});

export const stock = {
  direction: "export",
  records: "products",
  title: "Stock cards to change in Pohoda (dataPack)",
  fileName: "stock.xml",
  encoding: "windows-1250",
  mapping,
  // Cards have no variants.
  options: { variants: "items", prices: { basis: "both" } },
} satisfies ExportFeed;
