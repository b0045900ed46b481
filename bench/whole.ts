import type { Decimal, Instant, Line, LineKind, Order, StatusKind } from "../src/index.ts";

type Element = string | { readonly [name: string]: Element | readonly Element[] } | undefined;

const kinds: Readonly<Record<string, LineKind>> = {
  product: "product",
  shipping: "shipping",
  billing: "payment",
  discount: "discount",
};
const states: Readonly<Record<string, StatusKind>> = {
  Nevyřízena: "new",
  "Vyřizuje se": "processing",
  Vyřízena: "done",
  Stornována: "cancelled",
};

/** What one would write by hand for Shoptet orders out of fast-xml-parser: the same record as the preset gives. */
export function orderOfTree(order: Element): Order {
  const items = [at(order, "ORDER_ITEMS", "ITEM") ?? []].flat() as readonly Element[];
  const shippingItem = items.find((item) => textAt(item, "TYPE") === "shipping");
  const status = textAt(order, "STATUS");
  return {
    number: textAt(order, "CODE") ?? "",
    ...given("externalId", textAt(order, "ORDER_ID")),
    ...given("variableSymbol", textAt(order, "CODE")),
    createdAt: instant(textAt(order, "DATE") ?? ""),
    status: { kind: states[status ?? ""] ?? "other", ...given("raw", status) },
    currency: textAt(order, "CURRENCY", "CODE") ?? "CZK",
    ...given("exchangeRate", decimal(textAt(order, "CURRENCY", "EXCHANGE_RATE"))),
    customer: {
      ...given("email", textAt(order, "CUSTOMER", "EMAIL")),
      ...given("phone", textAt(order, "CUSTOMER", "PHONE")),
      billing: address(at(order, "CUSTOMER", "BILLING_ADDRESS")),
      shipping: address(at(order, "CUSTOMER", "SHIPPING_ADDRESS")),
      ...given("companyId", textAt(order, "CUSTOMER", "BILLING_ADDRESS", "COMPANY_ID")),
      ...given("vatId", textAt(order, "CUSTOMER", "BILLING_ADDRESS", "VAT_ID")),
    },
    lines: items.map(line),
    payment: { paid: textAt(order, "TOTAL_PRICE", "PAID") === "1" },
    shipping: {
      ...given("method", textAt(shippingItem, "NAME")),
      ...given("code", textAt(shippingItem, "CODE")),
      ...given("trackingNumber", textAt(order, "PACKAGE_NUMBER")),
    },
    totals: {
      ...given("net", decimal(textAt(order, "TOTAL_PRICE", "WITHOUT_VAT"))),
      ...given("vat", decimal(textAt(order, "TOTAL_PRICE", "VAT"))),
      ...given("gross", decimal(textAt(order, "TOTAL_PRICE", "WITH_VAT"))),
      ...given("rounding", decimal(textAt(order, "TOTAL_PRICE", "ROUNDING"))),
      ...given("payable", decimal(textAt(order, "TOTAL_PRICE", "PRICE_TO_PAY"))),
    },
    notes: { ...given("customer", textAt(order, "REMARK")) },
    custom: {
      ...given("ipAddress", textAt(order, "CUSTOMER", "IP_ADDRESS")),
      ...given("weight", textAt(order, "WEIGHT")),
    },
  };
}

function line(item: Element): Line {
  return {
    kind: kinds[textAt(item, "TYPE") ?? "product"] ?? "other",
    ...given("code", textAt(item, "CODE")),
    ...given("ean", textAt(item, "EAN")),
    name: textAt(item, "NAME") ?? "",
    ...given("variant", textAt(item, "VARIANT_NAME")),
    quantity: decimal(textAt(item, "AMOUNT")) ?? "1",
    ...given("unit", textAt(item, "UNIT")),
    ...given("vatRate", decimal(textAt(item, "UNIT_PRICE", "VAT_RATE"))),
    unitPrice: {
      ...given("net", decimal(textAt(item, "UNIT_PRICE", "WITHOUT_VAT"))),
      ...given("gross", decimal(textAt(item, "UNIT_PRICE", "WITH_VAT"))),
    },
    total: {
      ...given("net", decimal(textAt(item, "TOTAL_PRICE", "WITHOUT_VAT"))),
      ...given("vat", decimal(textAt(item, "TOTAL_PRICE", "VAT"))),
      ...given("gross", decimal(textAt(item, "TOTAL_PRICE", "WITH_VAT"))),
    },
    ...given("weight", decimal(textAt(item, "WEIGHT"))),
  };
}

function address(element: Element) {
  const street = [textAt(element, "STREET"), textAt(element, "HOUSENUMBER")]
    .filter((part) => part !== undefined)
    .join(" ");
  return {
    ...given("name", textAt(element, "NAME")),
    ...given("company", textAt(element, "COMPANY")),
    ...given("street", street === "" ? undefined : street),
    ...given("city", textAt(element, "CITY")),
    ...given("zip", textAt(element, "ZIP")?.replace(/\s/g, "")),
    country: "CZ",
  };
}

function at(element: Element, ...names: readonly string[]): Element {
  let found: Element = element;
  for (const name of names) found = typeof found === "object" ? (found[name] as Element) : undefined;
  return found;
}

function textAt(element: Element, ...names: readonly string[]): string | undefined {
  const found = at(element, ...names);
  const text = typeof found === "object" ? found["#text"] : found;
  return typeof text === "string" && text.trim() !== "" ? text.trim() : undefined;
}

function given<Key extends string, Value>(key: Key, value: Value | undefined): Partial<Record<Key, Value>> {
  return (value === undefined ? {} : { [key]: value }) as Partial<Record<Key, Value>>;
}

function decimal(text: string | undefined): Decimal | undefined {
  if (text === undefined) return undefined;
  const plain = text.replace(/\s/g, "").replace(",", ".");
  if (!/^-?\d+(?:\.\d+)?$/.test(plain)) throw new Error("not a decimal");
  return plain as Decimal;
}

const offsets = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Prague", timeZoneName: "longOffset" });
const known = new Map<string, string>();

function instant(text: string): Instant {
  const [day = "", time = ""] = text.split(" ");
  let offset = known.get(day);
  if (offset === undefined) {
    const name = offsets.formatToParts(new Date(`${day}T12:00:00Z`)).find(({ type }) => type === "timeZoneName")?.value;
    known.set(day, (offset = name?.slice(3) ?? "+01:00"));
  }
  return `${day}T${time}${offset}` as Instant;
}
