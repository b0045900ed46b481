import {
  all,
  any,
  code,
  compared,
  concat,
  constant,
  decimal,
  each,
  exists,
  type Line,
  matches,
  not,
  object,
  text,
  vatRate,
  when,
} from "../../src/index.ts";

// Amounts of WooCommerce are without VAT, with the VAT beside them, and after coupons, which are inside the prices of the
// lines. "Advanced" is Advanced Order Export, "Suite" is Customer/Order/Coupon Export: see preset.ts.

/** Fees have titles of the shop's own: these pay for a way of payment. */
const isPaymentFee = matches("Title", "dobír|dobier|platb|platob|cash on delivery|\\bcod\\b|payment|nachnahme", "iu");
/** WooCommerce has no place for rounding: plugins that round the total do it by a fee. */
const isRoundingFee = matches("Title", "^(?:zaokr|round)", "iu");

/** Advanced: the owner chooses the fields. The notes say which ones are needed. */
const advancedItem = object<Line>({
  kind: constant("product"),
  externalId: code("Item_Id"),
  // Not the codec `code`: codes of the shop may hold spaces, and must be found again as they are.
  code: text("Sku"),
  name: text(["Name", "Product_Name", "Product_Name_Main", "Sku"], { unescape: true, collapse: true }),
  variant: text("Product_Variation", { unescape: true, stripTags: true, collapse: true }),
  // Among the fields that are chosen at first, Qty_Minus_Refund is the only quantity: what is left after refunds.
  quantity: decimal(["Qty", "Qty_Minus_Refund"]),
  // The plugin divides rounded amounts, so that 21 may come as 21.01. The amounts themselves tell the rate better.
  vatRate: when(
    all(not(exists("Line_Tax")), matches("Tax_Rate", "^\\d+(?:[.,]0+)?$")),
    vatRate("Tax_Rate", { notation: "percent" }),
  ),
  // Rounded; where there is a total, that one counts. Price is what the catalogue says today.
  unitPrice: when(not(exists(["Line_Total", "Line_Total_Plus_Tax"])), {
    net: decimal("Item_Price"),
    gross: decimal("Item_Price_Inc_Tax"),
  }),
  total: {
    // Line_No_Tax is the same today, but was less than the net amount in 2015.
    net: decimal("Line_Total"),
    vat: decimal("Line_Tax"),
    gross: decimal("Line_Total_Plus_Tax"),
  },
});

const suiteItem = object<Line>({
  kind: constant("product"),
  externalId: code("Id"),
  code: text("SKU"),
  name: text(["Name", "SKU"], { unescape: true, collapse: true }),
  // `Barva: modrá, Velikost: M`.
  variant: text("Meta", { unescape: true, stripTags: true, collapse: true }),
  quantity: decimal("Quantity"),
  total: { net: decimal("Total"), vat: decimal("TotalTax"), gross: decimal("TotalInclTax") },
  // Only shops that set their prices with VAT write the second one.
  priceBasis: when(exists("TotalInclTax"), constant("gross"), constant("net")),
});

/** The form before version 2.0, which later versions still offer as "legacy": no VAT, and items side by side. */
const legacyItem = object<Line>({
  kind: constant("product"),
  code: text("SKU"),
  name: text(["ItemName", "SKU"], { unescape: true, collapse: true }),
  variant: text("Meta", { unescape: true, stripTags: true, collapse: true }),
  quantity: decimal("Quantity"),
  total: { net: decimal("LineTotal"), gross: decimal("LineTotalInclTax") },
  priceBasis: when(exists("LineTotalInclTax"), constant("gross"), constant("net")),
});

const suiteFee = object<Line>({
  kind: when(
    isRoundingFee,
    constant("rounding"),
    when(
      compared(decimal("Total"), "<", "0"),
      constant("discount"),
      when(isPaymentFee, constant("payment"), constant("other")),
    ),
  ),
  externalId: code("Id"),
  name: text("Title", { unescape: true, collapse: true, default: "Poplatek" }),
  quantity: constant("1"),
  total: { net: decimal("Total"), vat: decimal("TaxTotal") },
  priceBasis: constant("net"),
});

export const lines = concat<Line>(
  each("Products/Product", advancedItem),
  each("OrderLineItems/OrderLineItem", suiteItem),
  each("OrderLineItems", legacyItem, exists(["ItemName", "LineTotal"])),
  // At the price 0 too, since it carries the method. Orders of downloads have neither.
  when(
    any(
      exists(["Shipping_Method_Title", "ShippingMethod"]),
      compared(decimal(["Order_Shipping", "ShippingTotal"]), "!=", "0"),
    ),
    {
      kind: constant("shipping"),
      name: text(["Shipping_Method_Title", "ShippingMethod"], { unescape: true, collapse: true, default: "Doprava" }),
      quantity: constant("1"),
      total: {
        net: decimal(["Order_Shipping", "ShippingTotal"]),
        vat: decimal(["Order_Shipping_Tax", "ShippingTaxTotal"]),
        gross: decimal("Order_Shipping_Plus_Tax"),
      },
    },
  ),
  each("FeeItems/FeeItem", suiteFee),
  // The sum of the fees, where they do not come one by one. Advanced states no VAT of it: the rate is that of the goods,
  // and the total of the order tells if that is wrong.
  when(all(not(exists("FeeItems")), compared(decimal(["Order_Total_Fee", "FeeTotal"]), "!=", "0")), {
    kind: when(compared(decimal(["Order_Total_Fee", "FeeTotal"]), "<", "0"), constant("discount"), constant("payment")),
    name: text(["Payment_Method_Title", "PaymentMethod"], { unescape: true, collapse: true, default: "Poplatek" }),
    quantity: constant("1"),
    total: { net: decimal(["Order_Total_Fee", "FeeTotal"]), vat: decimal("FeeTaxTotal") },
  }),
);
