import { boolean, defineMapping, type ExportFeed, text } from "../../src/index.ts";
import { request } from "./stock.ts";

const HEADER = "stk:stock/stk:stockHeader/";
const FILTER = "stk:stock/stk:actionType/stk:add/ftr:filter/";

/** Adds cards that Pohoda does not have; the filter finds those that it has, which stay as they are. */
const mapping = defineMapping("product", {
  record: request.record,
  namespaces: request.namespaces,
  parameters: {
    ...request.parameters,
    storage: {
      title: "Storage (členění)",
      description: "Where new cards go.",
      default: "ZBOŽÍ",
    },
    typePrice: {
      title: "Price group (cenová skupina)",
      description: "At most 19 characters.",
      default: "SK",
    },
  },
  country: request.country,
  fields: {
    // Each item of a pack has an id of its own, which may be the code.
    code: text([`${HEADER}stk:code`, `${FILTER}ftr:code`], {
      required: true,
      maxLength: 64,
      also: ["@id", `${FILTER}ftr:code`],
    }),
    stocked: boolean(`${HEADER}stk:stockType`, {
      required: true,
      true: ["card", "product", "set", "package"],
      false: ["service", "text"],
    }),
    name: text(`${HEADER}stk:name`, {
      required: true,
      maxLength: 90,
      tooLong: "cut",
    }),
    ...request.fields,
  },
  document: {
    fixed: {
      ...request.fixed,
      [`${HEADER}stk:storage/typ:ids`]: { parameter: "storage" },
      [`${HEADER}stk:typePrice/typ:ids`]: { parameter: "typePrice" },
    },
    order: request.order,
  },
});

export const newStock = {
  direction: "export",
  records: "products",
  title: "New stock cards for Pohoda (dataPack)",
  fileName: "new-stock.xml",
  encoding: "windows-1250",
  mapping,
  options: { variants: "items", prices: { basis: "both" } },
} satisfies ExportFeed;
