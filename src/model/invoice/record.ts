import { z } from "zod";
import { dateSchema, orderSchema } from "../order.ts";

export const documentTypes = ["invoice", "proforma", "advance", "creditNote"] as const;

/** Everything of an order, and what makes it a tax document. */
export const invoiceSchema = orderSchema.omit({ number: true }).extend({
  documentType: z.enum(documentTypes),
  invoiceNumber: z.string().min(1),
  issuedOn: dateSchema,
  /** DUZP: the day that decides the VAT rate and period. */
  taxPointOn: dateSchema.optional(),
  dueOn: dateSchema.optional(),
  orderNumber: z.string().optional(),
  /** Number of the invoice that a credit note corrects. */
  correctedNumber: z.string().optional(),
});

export type DocumentType = (typeof documentTypes)[number];
export type Invoice = z.infer<typeof invoiceSchema>;
