import type { Invoice } from "../model/invoice.ts";
import type { Order } from "../model/order.ts";
import type { Colors, Output } from "./io.ts";
import { createTable } from "./table.ts";

/** Writes records one by one. */
export interface Printer {
  record(record: unknown): Promise<void>;
  end(): Promise<void>;
}

export type Format = "ndjson" | "json" | "table";

export function createPrinter(format: Format, out: Output, colors: Colors): Printer {
  if (format === "ndjson")
    return { record: (record) => out.write(`${JSON.stringify(record)}\n`), end: () => out.flush() };
  return format === "json" ? arrayPrinter(out) : tablePrinter(out, colors);
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

function tablePrinter(out: Output, colors: Colors): Printer {
  const table = createTable(
    [
      { title: "number", most: 24 },
      { title: "date", most: 16 },
      { title: "status", most: 16 },
      { title: "customer", most: 32 },
      { title: "lines", most: 5, align: "right" },
      { title: "payable", most: 14, align: "right" },
      { title: "currency", most: 8 },
    ],
    out,
    colors,
  );
  return { record: (record) => table.row(cellsOf(record as Order | Invoice)), end: () => table.end() };
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
