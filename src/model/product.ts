import { z } from "zod";
import { currencySchema, dateSchema, decimalSchema, instantSchema } from "./order.ts";

/** Net, gross or both, in a currency. */
export const moneySchema = z.object({
  currency: currencySchema,
  net: decimalSchema.optional(),
  gross: decimalSchema.optional(),
});

/** A selling price. The one without a `list` is the main one: what anybody pays who is in no other list. */
export const productPriceSchema = z.object({
  /** Name of the price list or price level, `"VOC"`. */
  list: z.string().min(1).optional(),
  ...moneySchema.shape,
});

export const warehouseSchema = z.object({
  code: z.string().min(1),
  name: z.string().optional(),
  /** On hand, in units of the product; may be negative. */
  quantity: decimalSchema,
  /** How many of those are promised to customers. */
  reserved: decimalSchema.optional(),
  /** Shelf or position. */
  location: z.string().optional(),
});

export const stockSchema = z.object({
  /** The platform's internal id of the stock record, where it has one of its own. */
  externalId: z.string().optional(),
  /** On hand over all warehouses, in units of the product; may be negative. */
  quantity: decimalSchema.optional(),
  /** How many of those are promised to customers. */
  reserved: decimalSchema.optional(),
  minimum: decimalSchema.optional(),
  maximum: decimalSchema.optional(),
  warehouses: z.array(warehouseSchema).optional(),
});

export const imageSchema = z.object({
  url: z.string().min(1),
  description: z.string().optional(),
});

/** `{ name: "Barva", value: "modrá" }`. */
export const productParameterSchema = z.object({ name: z.string().min(1), value: z.string() });

/** What can be bought and counted: a product without variants, or one variant of a product. */
const itemShape = {
  /** The platform's internal id. */
  externalId: z.string().optional(),
  ean: z.string().optional(),
  /** Manufacturer's part number. */
  partNumber: z.string().optional(),
  unit: z.string().optional(),
  /** Percent, `"21"`. */
  vatRate: decimalSchema.optional(),
  prices: z.array(productPriceSchema).optional(),
  /** Price before a discount, which shops show crossed out. */
  regularPrice: moneySchema.optional(),
  purchasePrice: moneySchema.optional(),
  stock: stockSchema.optional(),
  /** In the words of the shop, `"Skladem"`. */
  availability: z.string().optional(),
  /** Days until it is handed over to the carrier; `"0"` is in stock. */
  deliveryDays: decimalSchema.optional(),
  /** Day from which it can be delivered. */
  availableFrom: dateSchema.optional(),
  /** Kilograms. */
  weight: decimalSchema.optional(),
  /** Page of the product in the shop. */
  url: z.string().optional(),
  /** The first is the main one. */
  images: z.array(imageSchema).optional(),
  parameters: z.array(productParameterSchema).optional(),
  /** Whatever a platform needs beyond the model. A variant has that of its product too. */
  custom: z.record(z.string(), z.string()).optional(),
};

/** One of several forms of a product, told apart by its parameters. What it leaves out is that of the product. */
export const variantSchema = z.object({
  code: z.string().min(1),
  name: z.string().optional(),
  ...itemShape,
});

export const productConditions = ["new", "used", "refurbished"] as const;

export const productSchema = z.object({
  /** Identifies the product in the accounting system and in the shop. */
  code: z.string().min(1),
  /** Code of the product that this one is a variant of, where variants are products of their own. */
  variantOf: z.string().optional(),
  name: z.string().optional(),
  /** HTML or plain text, as the shop takes it. */
  description: z.string().optional(),
  shortDescription: z.string().optional(),
  manufacturer: z.string().optional(),
  supplier: z.string().optional(),
  /** Paths in the shop's tree, ` > ` between the levels: `"Kuchyně > Hrnky"`. The first is the main one. */
  categories: z.array(z.string().min(1)).optional(),
  condition: z.enum(productConditions).optional(),
  ...itemShape,
  variants: z.array(variantSchema).optional(),
  /** Offered for sale in the shop. */
  sold: z.boolean().optional(),
  /** Whether its stock is kept; services and texts have none. */
  stocked: z.boolean().optional(),
  changedAt: z.union([instantSchema, dateSchema]).optional(),
});

/** The small part of a product that stock feeds need: one row for each thing that is counted. */
export const stockLevelSchema = z.object({
  code: z.string().min(1),
  ...productSchema.pick({ variantOf: true, externalId: true, ean: true, availability: true, deliveryDays: true }).shape,
  custom: itemShape.custom,
  /** What the shop may sell, in units of the product. */
  quantity: decimalSchema,
  warehouses: z.array(warehouseSchema).optional(),
});

export type Money = z.infer<typeof moneySchema>;
export type ProductPrice = z.infer<typeof productPriceSchema>;
export type Warehouse = z.infer<typeof warehouseSchema>;
export type Stock = z.infer<typeof stockSchema>;
export type ProductImage = z.infer<typeof imageSchema>;
export type ProductParameter = z.infer<typeof productParameterSchema>;
export type Variant = z.infer<typeof variantSchema>;
export type ProductCondition = (typeof productConditions)[number];
export type Product = z.infer<typeof productSchema>;
export type StockLevel = z.infer<typeof stockLevelSchema>;
