import { readFile } from "node:fs/promises";
import {
  absent,
  code,
  concat,
  decimal,
  defineMapping,
  definePreset,
  each,
  object,
  parameter,
  type Preset,
  type Product,
  type ProductPrice,
  text,
  vatRate,
  writeOnly,
} from "propojka";
import { type Call, call, type CallOptions, presets } from "./call.ts";

const items = defineMapping("product", {
  record: "/SHOP/ITEM",
  parameters: { currency: { title: "Currency", default: "CZK", values: ["CZK", "EUR"] } },
  document: { fixed: { "/SHOP/@version": "1.0" } },
  fields: {
    code: code("CODE"),
    name: text("NAME", { maxLength: 20 }),
    description: text("DESCRIPTION"),
    vatRate: vatRate("VAT"),
    prices: concat(
      object<ProductPrice>({ list: absent(), currency: parameter("currency"), gross: decimal("PRICE") }),
      each("LISTS/LIST", { list: text("NAME"), currency: code("CURRENCY"), gross: decimal("PRICE") }),
    ),
    stock: { quantity: decimal("STOCK") },
    availability: text("AVAILABILITY"),
    images: each("IMAGE", { url: text(".") }),
    variants: each("VARIANTS/VARIANT", { code: code("CODE"), stock: { quantity: decimal("STOCK") } }),
  },
});

const levels = defineMapping("stockLevel", {
  record: "/STOCK/ROW",
  fields: { code: code("@code"), quantity: decimal("@quantity") },
});

const card = defineMapping("product", {
  record: "/card",
  document: { perRecord: true },
  fields: { code: code("code"), name: text("name"), stock: { quantity: decimal("stock") } },
});

/** Its codes are written and never read. */
const hidden = defineMapping("product", {
  record: "/SHOP/ITEM",
  fields: { code: writeOnly(code("CODE")), name: text("NAME") },
});

const rows = defineMapping("product", {
  record: "/rows/row",
  csv: { separator: ";", columns: { code: "Kód", name: "Název", stock: "Sklad" } },
  fields: { code: code("code"), name: text("name"), stock: { quantity: decimal("stock") } },
});

const offers = defineMapping("product", { record: "/N/P", fields: { code: code("K"), name: text("J") } });

const export_ = { direction: "export", records: "products" } as const;

/** Invented platforms that take products: Delta with several files, Gama with one. */
export const shops: Readonly<Record<string, Preset>> = {
  delta: definePreset({
    id: "delta",
    title: "Delta",
    maturity: "draft",
    provenance: [],
    feeds: {
      products: { ...export_, title: "Products", fileName: "delta.xml", mapping: items, limits: { maxVariants: 3 } },
      stock: { direction: "export", records: "stockLevels", title: "Stock", mapping: levels },
      cards: { ...export_, title: "A card each", mapping: card },
      hidden: { ...export_, title: "Unreadable", mapping: hidden },
    },
  }),
  gama: definePreset({
    id: "gama",
    title: "Gama",
    maturity: "draft",
    provenance: [],
    feeds: {
      orders: presets["alfa"]!.feeds["orders"]!,
      offers: { ...export_, title: "Offers", mapping: offers, encoding: "windows-1250" },
    },
  }),
  rows: definePreset({
    id: "rows",
    title: "Rows",
    maturity: "draft",
    provenance: [],
    feeds: { products: { ...export_, title: "Rows", mapping: rows } },
  }),
};

export function product(code: string, more: Partial<Product> = {}): Product {
  return {
    code,
    name: `Hrnek ${code}`,
    vatRate: "21",
    prices: [{ currency: "CZK", gross: "121.00" }],
    stock: { quantity: "5" },
    ...more,
  };
}

/** `H-1`, `H-2`… */
export function products(count: number, more: Partial<Product> = {}): Product[] {
  return Array.from({ length: count }, (_, index) => product(`H-${index + 1}`, more));
}

export function ndjson(records: readonly unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join("");
}

/** A file of Delta's feed `products` with these items. */
export function deltaXml(...inner: readonly string[]): string {
  return ['<?xml version="1.0" encoding="utf-8"?>', '<SHOP version="1.0">', ...inner, "</SHOP>", ""].join("\n");
}

/** Runs `propojka export` with the platforms above. */
export function exportCall(argv: readonly string[], options: CallOptions = {}): Promise<Call> {
  return call(["export", ...argv], { presets: shops, ...options });
}

/** The content of a file; undefined if there is none. */
export async function contentOf(path: string): Promise<string | undefined> {
  return readFile(path, "utf8").catch(() => undefined);
}

/** Codes in a file of Delta or Gama, in their order. */
export function codesIn(xml: string | undefined): string[] {
  return Array.from((xml ?? "").matchAll(/<(?:CODE|K)>([^<]*)</g), ([, code]) => code ?? "");
}
