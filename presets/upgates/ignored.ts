const BLOCK = "how the discount came about; its amounts are lines";
const GOODS = "what the catalogue says of the goods";
const SHOP = "of no use outside the shop";

/** Places that are known, or expected by the keys of the vendor's API, and left out on purpose. */
export const ignored: Readonly<Record<string, string>> = {
  "/ORDERS/@version": "of the format, not of the record",
  "HEADER/TOTAL_EARNINGS": "the shop's margin, which is not part of the order",
  "HEADER/LANGUAGE_ID": SHOP,
  "HEADER/LAST_UPDATE_TIME": SHOP,
  "HEADER/CASE_NUMBER": "the number of the order says it",
  "CUSTOMER/COMPANY_YN": "follows from the company and its numbers",
  "CUSTOMER/VAT_PAYER_YN": "follows from the VAT number",
  "CUSTOMER/CODE": SHOP,
  "CUSTOMER/STATE_INVOICE": "Czech and Slovak addresses have no state",
  "CUSTOMER/STATE_POSTAL": "Czech and Slovak addresses have no state",
  "PRODUCTS/PRODUCT/PRICE": "the same as PRICE_WITH_VAT or PRICE_WITHOUT_VAT",
  "PRODUCTS/PRODUCT/BUY_PRICE": "what the shop paid, which is not part of the order",
  "PRODUCTS/PRODUCT/RECYCLING_FEE": "part of the price already",
  "PRODUCTS/PRODUCT/CONFIGURATIONS": "part of the price already",
  "PRODUCTS/PRODUCT/CODE_SUPPLIER": GOODS,
  "PRODUCTS/PRODUCT/SUPPLIER_CODE": GOODS,
  "PRODUCTS/PRODUCT/PARENT_UUID": "which set an item is a part of",
  "DISCOUNT_VOUCHER/TYPE": BLOCK,
  "DISCOUNT_VOUCHER/AMOUNT": BLOCK,
  "QUANTITY_DISCOUNT/TYPE": BLOCK,
  "QUANTITY_DISCOUNT/AMOUNT": BLOCK,
  "LOYALTY_POINTS/TYPE": BLOCK,
  "LOYALTY_POINTS/AMOUNT": BLOCK,
  "LOYALTY_POINTS/ONE_POINT_FOR": BLOCK,
  "SHIPMENT/TYPE": "the name and the code of the method are read",
  METAS: "fields of the shop's own: name those that you need with customize()",
};
