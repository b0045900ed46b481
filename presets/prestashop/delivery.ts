import type { ImportFeed } from "../../src/index.ts";

type Delivery = NonNullable<ImportFeed["delivery"]>;

// Parameters: devdocs.prestashop-project.org/9/webservice/tutorials/advanced-use/additional-list-parameters (read
// 2026-11-24); how they become conditions: github.com/PrestaShop/PrestaShop classes/webservice/WebserviceRequest.php,
// manageFilters, and SQLUtils.php, getSQLRetrieveFilter, which is where ">[…]" is (read 2026-11-24).
export const delivery = {
  since: {
    // Orders that are new have it too. Times are compared as they stand, in that of the shop.
    parameter: "filter[date_upd]",
    value: ">[{since}]",
    format: "date-time",
    zone: "Europe/Prague",
    overlapSeconds: 120,
    // Without it, filters on dates are refused.
    also: { date: "1" },
  },
  webservice: {
    root: "prestashop",
    // Without it, answers hold links only.
    query: { display: "full" },
    records: {
      resource: "orders",
      item: "order",
      key: "id",
      pageSize: 100,
      // By the last id rather than by an offset: an order that is deleted meanwhile would move the others.
      page: { sort: "[id_ASC]", limit: "0,{count}" },
      after: { "filter[id]": ">[{last}]" },
    },
    joins: [
      // An order keeps the address that it was made with, marked as deleted when the customer changes it; both are listed.
      {
        resource: "addresses",
        item: "address",
        by: { field: "id", from: ["id_address_invoice", "id_address_delivery"] },
      },
      { resource: "customers", item: "customer", by: { field: "id", from: ["id_customer"] } },
      // A carrier that is edited gets a new id, so there are more of them than a shop knows of.
      { resource: "carriers", item: "carrier", by: { field: "id", from: ["id_carrier"] } },
      { resource: "order_cart_rules", item: "order_cart_rule", by: { field: "id_order", from: ["id"] } },
      { resource: "countries", item: "country" },
      { resource: "currencies", item: "currency" },
      { resource: "order_states", item: "order_state" },
      // For the parameter orderDetails.
      {
        resource: "order_details",
        item: "order_detail",
        by: { field: "id_order", from: ["id"] },
        extra: true,
      },
      { resource: "taxes", item: "tax", extra: true },
    ],
    filter: { parameter: "filter[{field}]", value: "[{values}]", separator: "|", batch: 100, none: "0" },
    errors: { list: "errors", item: "error", message: "message" },
  },
} as const satisfies Delivery;
