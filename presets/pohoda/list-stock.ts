import {
  all,
  boolean,
  code,
  concat,
  date,
  decimal,
  defineMapping,
  each,
  equals,
  exists,
  type ExportFeed,
  parameter,
  type ProductImage,
  readOnly,
  text,
  type Warehouse,
  when,
} from "../../src/index.ts";
import { cardParameters, cardPrices, namespaces, sellingRate, word } from "./card.ts";

const HEADER = "stk:stockHeader/";
const LIST = "/rsp:responsePack/rsp:responsePackItem/lStk:listStock";

/** Answer to listStockRequest, which shops that are linked to Pohoda take their goods from (response.xsd, list_stock.xsd). */
const mapping = defineMapping("product", {
  record: `${LIST}/lStk:stock`,
  namespaces: {
    rsp: "http://www.stormware.cz/schema/version_2/response.xsd",
    lStk: "http://www.stormware.cz/schema/version_2/list_stock.xsd",
    ...namespaces,
  },
  parameters: {
    packId: { title: "Id of the answer", description: "The id of the request that it answers.", default: "stock" },
    ico: {
      title: "IČO of the accounting unit",
      description: "Not written where it is empty.",
      default: "",
    },
    // list_stock.xsd requires both. A constant keeps the bytes of equal catalogues equal; this one is the day since which
    // the VAT rates of both countries are what they are.
    dateTimeStamp: { title: "Time of the answer", default: "2025-01-01T00:00:00" },
    dateValidFrom: { title: "Day from which the answer holds", default: "2025-01-01" },
    ...cardParameters,
  },
  country: { parameter: "country" },
  taxDate: date(`${LIST}/@dateValidFrom`),
  // The header is xs:all, its elements may come in any order. The card is a sequence: header, then prices.
  fields: {
    // Element "jen pro export": what Pohoda numbers its cards with.
    externalId: code(`${HEADER}stk:id`, { allowed: "^[1-9][0-9]*$", invalid: "warning" }),
    stocked: boolean(`${HEADER}stk:stockType`, {
      true: ["card", "product", "set", "package"],
      false: ["service", "text"],
    }),
    code: text(`${HEADER}stk:code`, { required: true, maxLength: 64 }),
    ean: code(`${HEADER}stk:EAN`, { maxLength: 20, invalid: "warning" }),
    sold: word(`${HEADER}stk:isInternet`),
    vatRate: sellingRate(""),
    name: text(`${HEADER}stk:name`, { maxLength: 90, tooLong: "cut" }),
    unit: text(`${HEADER}stk:unit`, { maxLength: 10, invalid: "warning" }),
    custom: { storage: text(`${HEADER}stk:storage/typ:ids`) },
    // What the goods cost is no business of the shop's.
    purchasePrice: readOnly(
      when(
        equals(`${HEADER}stk:purchasingPrice/@payVAT`, ["true", "1"]),
        { currency: parameter("currency"), gross: decimal(`${HEADER}stk:purchasingPrice`) },
        when(exists(`${HEADER}stk:purchasingPrice`), {
          currency: parameter("currency"),
          net: decimal(`${HEADER}stk:purchasingPrice`),
        }),
      ),
    ),
    prices: cardPrices(""),
    stock: {
      minimum: readOnly(decimal(`${HEADER}stk:limitMin`)),
      maximum: readOnly(decimal(`${HEADER}stk:limitMax`)),
      quantity: decimal(`${HEADER}stk:count`, { trimZeros: true }),
      reserved: decimal(`${HEADER}stk:reservation`, { trimZeros: true }),
      // A card belongs to one storage; goods in two of them have two cards.
      warehouses: readOnly(
        concat<Warehouse>(
          when<Warehouse>(all(exists(`${HEADER}stk:storage/typ:ids`), exists(`${HEADER}stk:count`)), {
            code: text(`${HEADER}stk:storage/typ:ids`),
            quantity: decimal(`${HEADER}stk:count`),
            reserved: decimal(`${HEADER}stk:reservation`),
          }),
        ),
      ),
    },
    weight: decimal(`${HEADER}stk:mass`, { trimZeros: true }),
    manufacturer: text(`${HEADER}stk:producer`, { maxLength: 90, tooLong: "cut" }),
    availability: text(`${HEADER}stk:availability`, { maxLength: 64, tooLong: "cut" }),
    shortDescription: text(`${HEADER}stk:description`),
    description: text(`${HEADER}stk:description2`),
    images: concat<ProductImage>(
      when<ProductImage>(exists(`${HEADER}stk:pictures/stk:picture[@default='true']/stk:filepath`), {
        url: text(`${HEADER}stk:pictures/stk:picture[@default='true']/stk:filepath`),
        description: text(`${HEADER}stk:pictures/stk:picture[@default='true']/stk:description`),
      }),
      each<ProductImage>(`${HEADER}stk:pictures/stk:picture[@default='false']`, {
        url: text("stk:filepath"),
        description: text("stk:description"),
      }),
    ),
    parameters: each(`${HEADER}stk:intParameters/stk:intParameter`, {
      name: text("stk:intParameterName", { maxLength: 255 }),
      value: text("stk:intParameterValues/stk:intParameterValue/stk:parameterValue", {
        maxLength: 255,
        tooLong: "cut",
      }),
    }),
  },
  document: {
    fixed: {
      "/rsp:responsePack/@version": "2.0",
      "/rsp:responsePack/@id": { parameter: "packId" },
      "/rsp:responsePack/@state": "ok",
      "/rsp:responsePack/@ico": { parameter: "ico" },
      "/rsp:responsePack/rsp:responsePackItem/@version": "2.0",
      "/rsp:responsePack/rsp:responsePackItem/@id": { parameter: "packId" },
      "/rsp:responsePack/rsp:responsePackItem/@state": "ok",
      [`${LIST}/@version`]: "2.0",
      [`${LIST}/@dateTimeStamp`]: { parameter: "dateTimeStamp" },
      [`${LIST}/@dateValidFrom`]: { parameter: "dateValidFrom" },
      [`${LIST}/@state`]: "ok",
      "@version": "2.0",
    },
  },
});

export const listStock = {
  direction: "export",
  records: "products",
  title: "Stock list (listStock)",
  fileName: "listStock.xml",
  encoding: "windows-1250",
  mapping,
  // Cards have no variants.
  options: { variants: "items", prices: { basis: "both", also: "all" } },
} satisfies ExportFeed;
