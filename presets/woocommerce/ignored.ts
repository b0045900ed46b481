const STATE = "Czech and Slovak addresses have no state";
const NAME = "the first and last name again";
const REFUND = "a refund is a document of its own: see custom.refunded";
const BEFORE_COUPON = "the price before coupons";
const CATALOGUE = "what the catalogue says today";
const PERSONAL = "personal data that accounting has no use for";
const SAME = "the same amount once more";

/** Elements of the two plugins that are known and left out on purpose. */
export const ignored: Readonly<Record<string, string>> = {
  // Advanced Order Export
  Billing_State: STATE,
  Billing_State_Full: STATE,
  Shipping_State: STATE,
  Shipping_State_Full: STATE,
  Customer_Ip_Address: PERSONAL,
  Order_Subtotal: BEFORE_COUPON,
  Order_Total_No_Tax: SAME,
  Order_Tax: "VAT without that of shipping",
  Order_Total_Inc_Refund: REFUND,
  Cart_Discount_Tax: BEFORE_COUPON,
  "Coupons/Coupon/Discount_Amount": "inside the prices of the lines: see custom.discount",
  "Coupons/Coupon/Discount_Amount_Tax": "inside the prices of the lines",
  "Products/Product/Line_Id": "the position in the list",
  "Products/Product/Price": CATALOGUE,
  "Products/Product/Line_No_Tax": "Line_Total again, and wrong in versions of 2015",
  "Products/Product/Line_Subtotal": BEFORE_COUPON,
  "Products/Product/Line_Subtotal_Tax": BEFORE_COUPON,
  "Products/Product/Category": CATALOGUE,
  "Products/Product/Tags": CATALOGUE,
  "Products/Product/Type": CATALOGUE,
  "Products/Product/Weight": CATALOGUE,
  // Customer/Order/Coupon Export
  BillingFullName: NAME,
  BillingState: STATE,
  BillingStateCode: STATE,
  ShippingFullName: NAME,
  ShippingState: STATE,
  ShippingStateCode: STATE,
  "OrderLineItems/OrderLineItem/ProductId": CATALOGUE,
  "OrderLineItems/OrderLineItem/Price": "rounded; Total is the amount of the line",
  "OrderLineItems/OrderLineItem/PriceInclTax": "rounded; TotalInclTax is the amount of the line",
  "OrderLineItems/OrderLineItem/Subtotal": BEFORE_COUPON,
  "OrderLineItems/OrderLineItem/SubtotalTax": BEFORE_COUPON,
  "OrderLineItems/OrderLineItem/Refunded": REFUND,
  "OrderLineItems/OrderLineItem/RefundedQuantity": REFUND,
  "OrderLineItems/OrderLineItem/Taxes": SAME,
  "OrderLineItems/Price": "rounded; LineTotal is the amount of the line",
  "OrderLineItems/PriceInclTax": "rounded; LineTotalInclTax is the amount of the line",
  ShippingItems: SAME,
  "FeeItems/FeeItem/TaxClass": "the shop's own name of a rate",
  "FeeItems/FeeItem/Taxable": "false for the standard rate too",
  "FeeItems/FeeItem/Taxes": SAME,
  "CouponItems/CouponItem/Id": "see custom.discount",
  "CouponItems/CouponItem/Amount": "inside the prices of the lines: see custom.discount",
  "CouponItems/CouponItem/Description": "see custom.discount",
  TaxItems: "VAT by the shop's own names of rates; TaxTotal is compared",
  Refunds: REFUND,
  OrderNotes: "the history of the order",
  DownloadPermissionsGranted: "of no use for accounting",
};
