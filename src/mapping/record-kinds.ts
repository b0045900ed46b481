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

/**
 * Fields whose day decides VAT rates, the first that is stated, where the mapping does not say it. Records of the host's
 * own have none.
 */
export function taxDateFields({ target }: MappingData): readonly string[] {
  return target === "custom" ? [] : ["taxPointOn", "createdAt", "issuedOn"];
}

/** The day of a date or time, `"2026-03-04"`. */
export function dayOf(value: unknown): string | undefined {
  return typeof value === "string" ? value.slice(0, 10) : undefined;
}

/** What identifies a record, if it has that. */
export function keyOf(record: unknown, field: string): string | undefined {
  const key = typeof record === "object" && record !== null ? (record as Record<string, unknown>)[field] : undefined;
  return typeof key === "string" ? key : undefined;
}
