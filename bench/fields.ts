/** What every contender of the raw comparison reads: 25 fields of an order and 11 of each item, as trimmed text. */
export const orderFields = {
  id: "ORDER_ID",
  code: "CODE",
  date: "DATE",
  status: "STATUS",
  currency: "CURRENCY/CODE",
  rate: "CURRENCY/EXCHANGE_RATE",
  email: "CUSTOMER/EMAIL",
  phone: "CUSTOMER/PHONE",
  billName: "CUSTOMER/BILLING_ADDRESS/NAME",
  billCompany: "CUSTOMER/BILLING_ADDRESS/COMPANY",
  billStreet: "CUSTOMER/BILLING_ADDRESS/STREET",
  billHouse: "CUSTOMER/BILLING_ADDRESS/HOUSENUMBER",
  billCity: "CUSTOMER/BILLING_ADDRESS/CITY",
  billZip: "CUSTOMER/BILLING_ADDRESS/ZIP",
  billCountry: "CUSTOMER/BILLING_ADDRESS/COUNTRY",
  companyId: "CUSTOMER/BILLING_ADDRESS/COMPANY_ID",
  vatId: "CUSTOMER/BILLING_ADDRESS/VAT_ID",
  shipName: "CUSTOMER/SHIPPING_ADDRESS/NAME",
  shipCity: "CUSTOMER/SHIPPING_ADDRESS/CITY",
  shipZip: "CUSTOMER/SHIPPING_ADDRESS/ZIP",
  remark: "REMARK",
  parcel: "PACKAGE_NUMBER",
  gross: "TOTAL_PRICE/WITH_VAT",
  net: "TOTAL_PRICE/WITHOUT_VAT",
  payable: "TOTAL_PRICE/PRICE_TO_PAY",
} as const;

export const itemFields = {
  type: "TYPE",
  name: "NAME",
  amount: "AMOUNT",
  code: "CODE",
  variant: "VARIANT_NAME",
  ean: "EAN",
  unit: "UNIT",
  weight: "WEIGHT",
  price: "UNIT_PRICE/WITH_VAT",
  vatRate: "UNIT_PRICE/VAT_RATE",
  total: "TOTAL_PRICE/WITH_VAT",
} as const;

export type RawOrder = Record<string, unknown> & { items: Record<string, string>[] };

/** Builds the raw order from a parsed tree, by what the parser calls children, text and lists. */
export function fromTree<Node>(access: {
  child(node: Node | undefined, name: string): Node | undefined;
  text(node: Node | undefined): string;
  list(node: Node | undefined, name: string): readonly Node[];
}): (order: Node) => RawOrder {
  const compile = (fields: Readonly<Record<string, string>>) =>
    Object.entries(fields).map(([key, path]) => [key, path.split("/")] as const);
  const orderPaths = compile(orderFields);
  const itemPaths = compile(itemFields);
  const read = (node: Node, paths: typeof orderPaths): Record<string, unknown> => {
    const object: Record<string, unknown> = {};
    for (const [key, steps] of paths) {
      let at: Node | undefined = node;
      for (const step of steps) at = access.child(at, step);
      object[key] = access.text(at);
    }
    return object;
  };
  return (order) => ({
    ...read(order, orderPaths),
    items: access
      .list(access.child(order, "ORDER_ITEMS"), "ITEM")
      .map((item) => read(item, itemPaths) as Record<string, string>),
  });
}
