import {
  code,
  constant,
  dateTime,
  decimal,
  defineMapping,
  each,
  type Mapping,
  type Order,
  text,
  vatRate,
} from "propojka";

/** An order of the shop that {@link mappingOfShop} reads: 2 pieces for 242.00 together. */
export function order(number: string, name = "Hrnek", changes: Readonly<Record<string, string>> = {}): string {
  const values = { NUMBER: number, DATE: "2026-03-04 18:22:09", MAIL: "eva@example.cz", TOTAL: "242.00", ...changes };
  const elements = Object.entries(values).map(([element, value]) => `<${element}>${value}</${element}>`);
  const item = `<ITEM code="H-1"><NAME>${name}</NAME><COUNT>2</COUNT><PRICE>121.00</PRICE><VAT>21</VAT></ITEM>`;
  return `<ORDER>${elements.join("")}<ITEMS>${item}</ITEMS></ORDER>`;
}

export function shop(...orders: readonly string[]): string {
  return `<SHOP>\n${orders.join("\n")}\n</SHOP>\n`;
}

export const mappingOfShop: Mapping<Order> = defineMapping("order", {
  record: "/SHOP/ORDER",
  fields: {
    number: code("NUMBER"),
    createdAt: dateTime("DATE"),
    currency: constant("CZK"),
    customer: { email: text("MAIL") },
    lines: each("ITEMS/ITEM", {
      kind: constant("product"),
      code: code("@code"),
      name: text("NAME"),
      quantity: decimal("COUNT"),
      vatRate: vatRate("VAT"),
      unitPrice: { gross: decimal("PRICE") },
    }),
    totals: { payable: decimal("TOTAL") },
  },
  totals: { basis: "gross", method: "topDown", compare: ["payable"] },
});
