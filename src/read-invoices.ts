import { type Issue, RecordError } from "./errors.ts";
import type { Input } from "./input.ts";
import { compileMapping } from "./mapping/read/compile.ts";
import { shareOrigin } from "./mapping/read/explain.ts";
import type { ReadItem } from "./mapping/read/records.ts";
import {
  createInvoiceMaker,
  type Invoice,
  type InvoiceMaker,
  type InvoiceRules,
  mergeInvoiceRules,
  type NextNumbers,
} from "./model/invoice.ts";
import type { Order } from "./model/order.ts";
import type { Preset } from "./preset.ts";
import {
  collect,
  feedOf,
  mappingData,
  type MappingSource,
  type ReadOptions,
  readRecords,
  type ReadRecordsOptions,
  type ReadResult,
  type RecordStream,
} from "./read.ts";

export interface InvoicesResult extends ReadResult {
  readonly invoices: readonly Invoice[];
  /** Of the rules that are a series: the numbers to go on with the next time, `{ number: 19 }`. */
  readonly next: NextNumbers;
}

/** Invoices of orders, read as they are asked for. */
export interface InvoiceStream extends RecordStream<Invoice> {
  /** The numbers to go on with; final once the iteration has ended. */
  readonly next: NextNumbers;
}

/**
 * Reads all invoices of a file that fits into memory. A file of orders gives invoices by the feed's rules, which `rules`
 * can override one by one. Orders that the rules skip are counted in the report; those that cannot become an invoice are
 * rejected and take no number.
 *
 * @example
 * ```ts
 * const { invoices, next } = await readInvoices(bytes, shoptet, { rules: { number: { series: "FV26#####", next: 17 } } });
 * ```
 * @throws what {@link readOrders} throws, and {@link DefinitionError} if the rules are wrong.
 */
export async function readInvoices(
  input: Input,
  source: Preset | MappingSource<Invoice | Order>,
  options: ReadOptions & { readonly rules?: InvoiceRules | undefined } = {},
): Promise<InvoicesResult> {
  const { rules, ...rest } = options;
  const feed = feedOf(source, "invoices");
  const reading = { presetEncoding: feed.encoding, ...rest };
  if (mappingData(feed.mapping).target !== "order") {
    const { good, ...result } = await collect(readRecords<Invoice>(input, feed.mapping, reading));
    return { invoices: good, ...result, next: {} };
  }
  const stream = readAsInvoices(input, feed.mapping, mergeInvoiceRules(feed.invoice, rules), reading);
  const { good, ...result } = await collect(stream);
  return { invoices: good, ...result, next: stream.next };
}

/**
 * Reads orders, and gives the invoices that they become, as they are asked for. What it remembers of each is its number,
 * so that none is given twice.
 *
 * @throws what {@link readInvoices} throws, of the file from the iteration.
 */
export function readAsInvoices(
  input: Input,
  mapping: MappingSource<Order>,
  rules: InvoiceRules,
  options: ReadRecordsOptions<Order> = {},
): InvoiceStream {
  const compiled = "plan" in mapping ? mapping : compileMapping(mapping, options);
  const { data, context } = compiled;
  // Only a country that the mapping states is the seller's: its default is good for reading rates, not for tax.
  const country = data.country === undefined ? data.totals?.country : context.country;
  const maker = createInvoiceMaker(rules, { country, vatTable: context.vatTable, totals: data.totals });
  const orders = readRecords<Order>(input, compiled, options);
  const { report } = orders;

  async function* items(): AsyncGenerator<ReadItem<Invoice>, void, undefined> {
    for await (const item of orders) {
      const taken = invoiceBy(maker, item);
      if ("skipped" in taken) {
        report.good--;
        report.skipped++;
        report.skippedFor[taken.skipped] = (report.skippedFor[taken.skipped] ?? 0) + 1;
        continue;
      }
      if (item.ok && !taken.ok) {
        if (options.invalid === "stop") throw new RecordError(taken.issues);
        report.good--;
        report.bad++;
      }
      yield taken;
    }
  }
  return {
    report,
    [Symbol.asyncIterator]: items,
    get next() {
      return maker.next;
    },
  };
}

function invoiceBy(maker: InvoiceMaker, item: ReadItem<Order>): ReadItem<Invoice> | { readonly skipped: string } {
  const { source } = item;
  if (!item.ok) return { ok: false, issues: item.issues, source, record: undefined };
  const made = maker.make(item.record);
  if ("skipped" in made) return made;
  if ("refused" in made) return refused(item, made.refused);
  const { invoice } = made;
  shareOrigin(item.record, invoice);
  const issues = [...item.issues, ...made.issues.map((issue) => ({ ...issue, at: source.at }))];
  return { ok: true, record: invoice, issues, source };
}

function refused({ record: order, source, issues }: ReadItem<Order>, why: Issue): ReadItem<Invoice> {
  const message = `order ${order?.number ?? ""} cannot become an invoice: ${why.message}`;
  return { ok: false, issues: [...issues, { ...why, message, at: source.at }], source, record: undefined };
}
