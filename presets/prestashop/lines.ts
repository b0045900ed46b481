import {
  all,
  any,
  code,
  compared,
  concat,
  constant,
  decimal,
  each,
  equals,
  exists,
  first,
  type Line,
  lookup,
  not,
  object,
  parameterIs,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { id, translated } from "./tables.ts";

/** order_details has more of each row: its id is that of the row. */
const hasDetails = parameterIs("orderDetails", "yes");

/** A module may put its fee into the order as a product; the parameter names that product. */
const isFee = all(not(parameterIs("feeReference", "")), equals("product_reference", { parameter: "feeReference" }));

/**
 * Rows that the shop rounds otherwise than by the haléř of the whole row: a unit price rounded before it is multiplied
 * (round_type 1), or a currency without decimals. The unit price of the file is not rounded, and so not what is paid.
 */
const isRoundedOtherwise = all(
  hasDetails,
  any(
    equals("../../../round_type", "1"),
    compared(lookup("currencies", id("../../../id_currency"), decimal("precision")), "=", "0"),
  ),
);

const row = object<Line>({
  kind: when(isFee, constant("payment"), constant("product")),
  externalId: code("id"),
  // Not the codec `code`: references may hold spaces, and must be found again as they are.
  code: text("product_reference"),
  ean: code("product_ean13"),
  // The chosen variant is part of it: "Hrnek - Barva : Modrá".
  name: text("product_name", { collapse: true }),
  quantity: decimal("product_quantity"),
  // No rate stands in a row: it follows from the prices without and with VAT. The taxes of a row say it outright, which
  // matters for countries whose rates are not known here.
  vatRate: when(
    hasDetails,
    lookup(
      "order_details",
      "id",
      when(
        exists("associations/taxes/tax/id"),
        lookup("taxes", "associations/taxes/tax/id", vatRate("rate", { notation: "percent" })),
      ),
    ),
  ),
  // What the customer pays for one, discounts of the catalogue taken off; product_price is the price before some of them.
  unitPrice: when(not(isRoundedOtherwise), {
    net: decimal("unit_price_tax_excl"),
    gross: decimal("unit_price_tax_incl"),
  }),
  // Not where the total of the order alone is rounded (3): six decimals of a row are no amount of money.
  total: when(
    all(hasDetails, not(equals("../../../round_type", "3"))),
    lookup<NonNullable<Line["total"]>>("order_details", "id", {
      net: decimal("total_price_tax_excl"),
      gross: decimal("total_price_tax_incl"),
    }),
  ),
  discount: when(
    hasDetails,
    lookup(
      "order_details",
      "id",
      when(compared(decimal("reduction_percent"), "!=", "0"), decimal("reduction_percent", { invalid: "warning" })),
    ),
  ),
  // Of one unit.
  weight: when(
    hasDetails,
    lookup(
      "order_details",
      "id",
      when(compared(decimal("product_weight"), "!=", "0"), decimal("product_weight", { invalid: "warning" })),
    ),
  ),
});

// 0 is the literal name of a carrier that is called like the shop.
export const carrierName = lookup("carriers", id("id_carrier"), text(id("name"), { collapse: true }));

export const lines = concat<Line>(
  each("associations/order_rows/order_row", row),
  // Kept at the price 0 too: it carries the method. An order of downloads has no carrier.
  when(any(exists(id("id_carrier")), compared(decimal("total_shipping_tax_incl"), "!=", "0")), {
    kind: constant("shipping"),
    name: first(carrierName, constant("Doprava")),
    quantity: constant("1"),
    // 0.000 also where shipping is taxed, in orders made by the administration: the amounts tell then.
    vatRate: when(
      compared(decimal("carrier_tax_rate"), "!=", "0"),
      vatRate("carrier_tax_rate", { notation: "percent" }),
    ),
    unitPrice: { net: decimal("total_shipping_tax_excl"), gross: decimal("total_shipping_tax_incl") },
  }),
  when(compared(decimal("total_wrapping_tax_incl"), "!=", "0"), {
    kind: constant("wrapping"),
    name: constant("Dárkové balení"),
    quantity: constant("1"),
    unitPrice: { net: decimal("total_wrapping_tax_excl"), gross: decimal("total_wrapping_tax_incl") },
  }),
  // One amount for all cart rules, a positive number. Free shipping by a cart rule is in it: the shipping then has its
  // full price.
  when(compared(decimal("total_discounts_tax_incl"), "!=", "0"), {
    kind: constant("discount"),
    name: constant("Sleva"),
    quantity: constant("1"),
    unitPrice: {
      net: decimal("total_discounts_tax_excl", { sign: "negative" }),
      gross: decimal("total_discounts_tax_incl", { sign: "negative" }),
    },
    note: lookup("order_cart_rules", "id", when(not(equals("deleted", "1")), text(translated("name")))),
  }),
);
