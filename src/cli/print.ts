import type { Invoice } from "../model/invoice.ts";
import { sum } from "../model/money.ts";
import type { Order } from "../model/order.ts";
import type { Product, StockLevel } from "../model/product.ts";
import type { Colors, Output } from "./io.ts";
import type { FeedRecords } from "./preset-file.ts";
import { type Column, createTable } from "./table.ts";

/** Writes records one by one. */
export interface Printer {
  record(record: unknown): Promise<void>;
  end(): Promise<void>;
}

export type Format = "ndjson" | "json" | "table";

/** @param records what a table shows */
export function createPrinter(format: Format, records: FeedRecords, out: Output, colors: Colors): Printer {
  if (format === "ndjson")
    return { record: (record) => out.write(`${JSON.stringify(record)}\n`), end: () => out.flush() };
  return format === "json" ? arrayPrinter(out) : tablePrinter(views[records], out, colors);
}

function arrayPrinter(out: Output): Printer {
  let any = false;
  return {
    async record(record) {
      await out.write(`${any ? ",\n" : "[\n"}${JSON.stringify(record)}`);
      any = true;
    },
    async end() {
      await out.write(any ? "\n]\n" : "[]\n");
      await out.flush();
    },
  };
}

function tablePrinter({ columns, cells }: View, out: Output, colors: Colors): Printer {
  const table = createTable(columns, out, colors);
  return { record: (record) => table.row(cells(record as never)), end: () => table.end() };
}

/** How records of one kind look in a table. */
interface View {
  readonly columns: readonly Column[];
  readonly cells: (record: never) => string[];
}

const documents: View = {
  columns: [
    { title: "number", most: 24 },
    { title: "date", most: 16 },
    { title: "status", most: 16 },
    { title: "customer", most: 32 },
    { title: "lines", most: 5, align: "right" },
    { title: "payable", most: 14, align: "right" },
    { title: "currency", most: 8 },
  ],
  cells: cellsOf,
};

const views: Readonly<Record<FeedRecords, View>> = {
  orders: documents,
  invoices: documents,
  products: {
    columns: [
      { title: "code", most: 24 },
      { title: "name", most: 40 },
      { title: "price", most: 14, align: "right" },
      { title: "currency", most: 8 },
      { title: "VAT", most: 5, align: "right" },
      { title: "stock", most: 12, align: "right" },
      { title: "variants", most: 8, align: "right" },
    ],
    cells: productCells,
  },
  stockLevels: {
    columns: [
      { title: "code", most: 24 },
      { title: "variant of", most: 24 },
      { title: "EAN", most: 14 },
      { title: "quantity", most: 12, align: "right" },
      { title: "availability", most: 24 },
    ],
    cells: ({ code, variantOf = "", ean = "", quantity, availability = "" }: StockLevel) => [
      code,
      variantOf,
      ean,
      quantity,
      availability,
    ],
  },
};

/** The main price, with VAT where it is stated, and the stock over all warehouses. */
function productCells({ code, name, prices, vatRate, stock, variants }: Product): string[] {
  const price = prices?.find(({ list }) => list === undefined);
  const net = price?.net === undefined ? "" : `${price.net} net`;
  return [
    code,
    name ?? "",
    price?.gross ?? net,
    price?.currency ?? "",
    vatRate ?? "",
    stock?.quantity ?? (stock?.warehouses && sum(stock.warehouses.map(({ quantity }) => quantity))) ?? "",
    String(variants?.length ?? 0),
  ];
}

function cellsOf(record: Order | Invoice): string[] {
  const { customer, status, totals, lines, currency, createdAt } = record;
  const { billing, shipping } = customer ?? {};
  return [
    "invoiceNumber" in record ? record.invoiceNumber : record.number,
    "issuedOn" in record ? record.issuedOn : (createdAt?.slice(0, 16).replace("T", " ") ?? ""),
    status?.raw ?? status?.kind ?? "",
    billing?.company ?? billing?.name ?? shipping?.company ?? shipping?.name ?? customer?.email ?? "",
    String(lines.length),
    totals?.payable ?? totals?.gross ?? "",
    currency,
  ];
}
