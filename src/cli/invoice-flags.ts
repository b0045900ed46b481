import { DefinitionError } from "../errors.ts";
import {
  checkInvoiceRules,
  type InvoiceRules,
  mergeInvoiceRules,
  type NextNumber,
  type NextNumbers,
  parseInvoiceRules,
} from "../model/invoice.ts";
import { type Parsed, textOf } from "./arguments.ts";
import { Failure, type Io, UsageError } from "./io.ts";
import { readJson } from "./source.ts";

/** Options of commands that make invoices of orders. */
export const invoiceOptions = {
  "invoice-rules": { type: "string" },
  series: { type: "string" },
  next: { type: "string" },
} as const;

export const invoiceHelp = `  --invoice-rules FILE.json
                        how orders become invoices: numbers, dates, terms, VAT; with --as invoices
  --series PATTERN      invoice numbers such as "FV26#####" or "{yyyy}-####"; with --as invoices and --next
  --next NUMBER         first number of the series; the summary says which one comes after`;

/**
 * The rules of the feed with what the options say, which goes first.
 *
 * @param rules - of the feed; undefined if no orders become invoices
 * @throws {@link Failure} if the file or the rules are wrong
 */
export async function invoiceRulesOf(
  rules: InvoiceRules | undefined,
  parsed: Parsed,
  io: Io,
): Promise<InvoiceRules | undefined> {
  const path = textOf(parsed, "invoice-rules");
  const series = textOf(parsed, "series");
  const next = textOf(parsed, "next");
  const [option] = Object.keys(invoiceOptions).filter((name) => textOf(parsed, name) !== undefined);
  if ((series === undefined) !== (next === undefined)) throw new UsageError("--series and --next go together");
  if (rules === undefined) {
    if (option !== undefined) throw new UsageError(`--${option} goes with orders that are read --as invoices`);
    return undefined;
  }
  const own = path === undefined ? undefined : await rulesIn(path, io);
  const merged = mergeInvoiceRules(rules, own);
  const whole = series === undefined ? merged : { ...merged, number: { series, next: Number(next) } };
  try {
    return checkInvoiceRules(whole);
  } catch (error) {
    throw error instanceof DefinitionError ? new Failure(error.message) : error;
  }
}

/** Lines that say which numbers come next, for the next run. */
export function formatNext({ number, creditNotes }: NextNumbers): string[] {
  const line = (what: string, next: NextNumber | undefined): string[] =>
    next === undefined ? [] : [`next number of ${what}: ${typeof next === "number" ? next : JSON.stringify(next)}`];
  return [...line("the series", number), ...line("the series of credit notes", creditNotes)];
}

async function rulesIn(path: string, io: Io): Promise<InvoiceRules> {
  const json = await readJson(path, io);
  try {
    return parseInvoiceRules(json);
  } catch (error) {
    throw error instanceof DefinitionError ? new Failure(`${path}: ${error.message}`) : error;
  }
}
