import type { z } from "zod";
import { invoiceSchema } from "../model/invoice.ts";
import { orderSchema } from "../model/order.ts";
import { productSchema, stockLevelSchema } from "../model/product.ts";
import type { MappingData, TargetName } from "./spec.ts";

/** What the records of a target are; undefined for those of the host's own. */
export const recordSchemas: Readonly<Record<TargetName, z.ZodType | undefined>> = {
  order: orderSchema,
  invoice: invoiceSchema,
  product: productSchema,
  stockLevel: stockLevelSchema,
  custom: undefined,
};

const KEYS: Readonly<Record<TargetName, string>> = {
  order: "number",
  invoice: "invoiceNumber",
  product: "code",
  stockLevel: "code",
  custom: "number",
};

/** Field that identifies the records of a mapping. */
export function keyField({ key, target }: MappingData): string {
  return key ?? KEYS[target];
}

/** What identifies a record, if it has that. */
export function keyOf(record: unknown, field: string): string | undefined {
  const key = typeof record === "object" && record !== null ? (record as Record<string, unknown>)[field] : undefined;
  return typeof key === "string" ? key : undefined;
}
