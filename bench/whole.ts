import { shoptet } from "../presets/shoptet/preset.ts";
import { type LineKind, type Order, orderSchema, reconcile, type StatusKind } from "../src/index.ts";
import type { Reader } from "./contenders.ts";
import type { FileEncoding } from "./generate.ts";
import { child, EXACT, list, orderTrees, type Tree } from "./trees.ts";

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

const countries: Readonly<Record<string, string>> = {
  "Česká republika": "CZ",
  Slovensko: "SK",
  Polsko: "PL",
  Německo: "DE",
  Rakousko: "AT",
  Maďarsko: "HU",
};

/** What one would write without this library: fast-xml-parser, a function for the mapping, then zod and the totals. */
export function byHand(encoding: FileEncoding): Reader {
  const trees = orderTrees(EXACT, encoding);
  const { totals } = shoptet.feeds.orders.mapping;
  if (totals === undefined) throw new Error("the preset has no totals rule");
  return {
    whole(bytes, emit) {
      for (const tree of trees(bytes)) {
        const parsed = orderSchema.safeParse(orderOf(tree));
        if (!parsed.success) throw parsed.error;
        const date = parsed.data.createdAt?.slice(0, 10);
        const { order, issues } = reconcile<Order>(parsed.data, totals, { country: "CZ", date });
        if (issues.length > 0) throw new Error(issues[0]?.message);
        emit(order);
      }
    },
  };
}

/** The order that the preset reads from the same element. */
function orderOf(tree: Tree): unknown {
  const items = list(child(tree, "ORDER_ITEMS"), "ITEM");
  const shippingItem = items.find((item) => textOf(item, "TYPE") === "shipping");
  const customer = child(tree, "CUSTOMER");
  const billing = child(customer, "BILLING_ADDRESS");
  const currency = child(tree, "CURRENCY");
  const total = child(tree, "TOTAL_PRICE");
  const number = textOf(tree, "CODE");
  const status = textOf(tree, "STATUS");
  const remark = textOf(tree, "REMARK")?.replace(/<[^>]*>/g, "");
  const weight = textOf(tree, "WEIGHT");
  return {
    number,
    externalId: textOf(tree, "ORDER_ID"),
    variableSymbol: number,
    createdAt: instant(textOf(tree, "DATE")),
    status: { kind: states[status ?? ""] ?? "other", raw: status },
    currency: textOf(currency, "CODE"),
    exchangeRate: decimal(textOf(currency, "EXCHANGE_RATE")),
    customer: {
      email: textOf(customer, "EMAIL"),
      phone: textOf(customer, "PHONE"),
      billing: address(billing),
      shipping: address(child(customer, "SHIPPING_ADDRESS")),
      companyId: textOf(billing, "COMPANY_ID"),
      vatId: textOf(billing, "VAT_ID"),
    },
    lines: items.map(line),
    payment: { paid: textOf(total, "PAID") === "1" },
    shipping: {
      method: textOf(shippingItem, "NAME"),
      code: textOf(shippingItem, "CODE"),
      trackingNumber: textOf(tree, "PACKAGE_NUMBER"),
    },
    totals: {
      net: decimal(textOf(total, "WITHOUT_VAT")),
      vat: decimal(textOf(total, "VAT")),
      gross: decimal(textOf(total, "WITH_VAT")),
      rounding: decimal(textOf(total, "ROUNDING")),
      payable: decimal(textOf(total, "PRICE_TO_PAY")),
    },
    notes: remark === undefined ? undefined : { customer: remark },
    custom: weight === undefined ? undefined : { weight },
  };
}

function line(item: Tree): unknown {
  const unitPrice = child(item, "UNIT_PRICE");
  const total = child(item, "TOTAL_PRICE");
  return {
    kind: kinds[textOf(item, "TYPE") ?? "product"] ?? "other",
    code: textOf(item, "CODE"),
    ean: textOf(item, "EAN"),
    name: textOf(item, "NAME"),
    variant: textOf(item, "VARIANT_NAME"),
    quantity: decimal(textOf(item, "AMOUNT")),
    unit: textOf(item, "UNIT"),
    vatRate: decimal(textOf(unitPrice, "VAT_RATE")),
    unitPrice: { net: decimal(textOf(unitPrice, "WITHOUT_VAT")), gross: decimal(textOf(unitPrice, "WITH_VAT")) },
    total: {
      net: decimal(textOf(total, "WITHOUT_VAT")),
      vat: decimal(textOf(total, "VAT")),
      gross: decimal(textOf(total, "WITH_VAT")),
    },
    weight: decimal(textOf(item, "WEIGHT")),
  };
}

function address(element: Tree): unknown {
  const street = textOf(element, "STREET");
  const house = textOf(element, "HOUSENUMBER");
  return {
    name: textOf(element, "NAME"),
    company: textOf(element, "COMPANY"),
    street: street !== undefined && house !== undefined ? `${street} ${house}` : (street ?? house),
    city: textOf(element, "CITY"),
    zip: textOf(element, "ZIP")?.replace(/\s/g, ""),
    country: countries[textOf(element, "COUNTRY") ?? ""] ?? "CZ",
  };
}

function textOf(element: Tree, name: string): string | undefined {
  const found = child(element, name);
  const text = typeof found === "object" ? found["#text"] : found;
  if (typeof text !== "string") return undefined;
  const trimmed = text.trim();
  return trimmed === "" ? undefined : trimmed;
}

function decimal(text: string | undefined): string | undefined {
  return text?.replace(/\s/g, "").replace(",", ".");
}

const offsets = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/Prague", timeZoneName: "longOffset" });
const known = new Map<string, string>();

/** `2026-03-04 18:22:09` → `2026-03-04T18:22:09+01:00`. By day, so wrong in the nights when the clocks change. */
function instant(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const [day = "", time = ""] = text.split(" ");
  let offset = known.get(day);
  if (offset === undefined) {
    const name = offsets.formatToParts(new Date(`${day}T12:00:00Z`)).find(({ type }) => type === "timeZoneName")?.value;
    known.set(day, (offset = name?.slice(3) ?? "+01:00"));
  }
  return `${day}T${time}${offset}`;
}
