export { documentTypes, invoiceSchema } from "./invoice/record.ts";
export type { DocumentType, Invoice } from "./invoice/record.ts";
export { createInvoiceMaker, toInvoice } from "./invoice/make.ts";
export type { InvoiceMaker, Made, NextNumbers } from "./invoice/make.ts";
export type { InvoiceContext } from "./invoice/place.ts";
export { checkInvoiceRules, mergeInvoiceRules, parseInvoiceRules } from "./invoice/check-rules.ts";
export { invoiceRulesSchema } from "./invoice/rules.ts";
export type { DateRule, InvoiceRounding, InvoiceRuleData, InvoiceRules, NumberRule } from "./invoice/rules.ts";
export type { NextNumber, SeriesRule } from "./invoice/series.ts";
