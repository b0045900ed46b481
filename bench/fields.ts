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

export type RawItem = Record<keyof typeof itemFields, string>;
export type RawOrder = Record<keyof typeof orderFields, string> & { items: RawItem[] };

/** Written out, since an object made of its entries costs a reader by events a quarter of its speed. */
export function blankOrder(): RawOrder {
  return {
    id: "",
    code: "",
    date: "",
    status: "",
    currency: "",
    rate: "",
    email: "",
    phone: "",
    billName: "",
    billCompany: "",
    billStreet: "",
    billHouse: "",
    billCity: "",
    billZip: "",
    billCountry: "",
    companyId: "",
    vatId: "",
    shipName: "",
    shipCity: "",
    shipZip: "",
    remark: "",
    parcel: "",
    gross: "",
    net: "",
    payable: "",
    items: [],
  };
}

export function blankItem(): RawItem {
  return {
    type: "",
    name: "",
    amount: "",
    code: "",
    variant: "",
    ean: "",
    unit: "",
    weight: "",
    price: "",
    vatRate: "",
    total: "",
  };
}

/** Builds the raw order from a parsed tree, by what the parser calls children, text and lists. */
export function fromTree<Node>(access: {
  child(node: Node | undefined, name: string): Node | undefined;
  text(node: Node | undefined): string;
  list(node: Node | undefined, name: string): readonly Node[];
}): (order: Node) => RawOrder {
  const compile = <Key extends string>(fields: Readonly<Record<Key, string>>) =>
    Object.entries<string>(fields).map(([key, path]) => [key as Key, path.split("/")] as const);
  const orderPaths = compile(orderFields);
  const itemPaths = compile(itemFields);
  const fill = <Key extends string, Into extends Record<Key, string>>(
    into: Into,
    node: Node,
    paths: readonly (readonly [Key, readonly string[]])[],
  ): Into => {
    for (const [key, steps] of paths) {
      let at: Node | undefined = node;
      for (const step of steps) at = access.child(at, step);
      (into as Record<Key, string>)[key] = access.text(at);
    }
    return into;
  };
  return (node) => {
    const order = fill(blankOrder(), node, orderPaths);
    order.items = access
      .list(access.child(node, "ORDER_ITEMS"), "ITEM")
      .map((item) => fill(blankItem(), item, itemPaths));
    return order;
  };
}
