import {
  compare,
  importFeed,
  type Invoice,
  type Order,
  type Preset,
  readInvoices,
  readOrders,
  type Situation,
} from "../../src/index.ts";
import type { ReadSample } from "../../src/testing/index.ts";

type Found = Order | Invoice;

/** What tells that a record shows a situation; `country` is that of the shop, for files that state none. */
const shows: Readonly<
  Record<Exclude<Situation, "windows1250" | "foreignCurrency">, (record: Found, country: string) => boolean>
> = {
  company: ({ customer }) => customer?.companyId !== undefined,
  privatePerson: ({ customer }) =>
    customer !== undefined &&
    customer.companyId === undefined &&
    customer.vatId === undefined &&
    customer.billing?.company === undefined,
  czech: (record, country) => countryOf(record, country) === "CZ",
  slovak: (record, country) => countryOf(record, country) === "SK",
  twoRates: ({ lines }) =>
    new Set(lines.map(({ vatRate }) => vatRate).filter((rate) => rate !== undefined && rate !== "0")).size > 1,
  discount: ({ lines }) =>
    lines.some(
      ({ kind, discount, total }) =>
        discount !== undefined || (kind === "discount" && isNonZero(total?.gross ?? total?.net)),
    ),
  freeShipping: ({ lines }) => lines.some(({ kind, total }) => kind === "shipping" && !isNonZero(total?.gross)),
  paidShipping: ({ lines }) => lines.some(({ kind, total }) => kind === "shipping" && isNonZero(total?.gross)),
  cashOnDelivery: ({ lines }) => lines.some(({ kind, total }) => kind === "payment" && isNonZero(total?.gross)),
  rounding: ({ lines, totals }) => isNonZero(totals?.rounding) || lines.some(({ kind }) => kind === "rounding"),
  cancelled: ({ status }) => status?.kind === "cancelled",
  oneLine: ({ lines }) => lines.filter(({ kind }) => kind === "product").length === 1,
  manyLines: ({ lines }) => lines.length >= 8,
  missingBlocks: ({ customer, notes }) => customer?.phone === undefined && notes === undefined,
};

/** The situations that the samples of a preset's orders and invoices show. */
export async function situationsIn(preset: Preset, samples: readonly ReadSample[]): Promise<ReadonlySet<Situation>> {
  const found = new Set<Situation>();
  const currencies = new Set<string>();
  for (const { bytes, options } of samples) {
    const country = options.parameters?.["country"] ?? defaultCountry(preset);
    for (const read of await resultsOf(preset, bytes, options)) {
      if (read.report.encoding === "windows-1250") found.add("windows1250");
      if (Object.keys(read.report.skippedFor).some((reason) => reason.includes("cancel"))) found.add("cancelled");
      for (const record of read.records) {
        currencies.add(record.currency);
        for (const [name, test] of Object.entries(shows)) if (test(record, country)) found.add(name as Situation);
      }
    }
  }
  if (currencies.size > 1) found.add("foreignCurrency");
  return found;
}

export const situations: readonly Situation[] = [
  ...(Object.keys(shows) as Situation[]),
  "windows1250",
  "foreignCurrency",
];

async function resultsOf(preset: Preset, bytes: Uint8Array, options: ReadSample["options"]) {
  const orders = importFeed(preset, "orders") && (await readOrders(bytes, preset, options));
  const invoices = importFeed(preset, "invoices") && (await readInvoices(bytes, preset, options));
  return [
    ...(orders ? [{ report: orders.report, records: orders.orders as readonly Found[] }] : []),
    ...(invoices ? [{ report: invoices.report, records: invoices.invoices as readonly Found[] }] : []),
  ];
}

function defaultCountry(preset: Preset): string {
  const feed = importFeed(preset, "orders") ?? importFeed(preset, "invoices");
  const country = feed?.mapping.country;
  return typeof country === "object"
    ? (feed?.mapping.parameters?.[country.parameter]?.default ?? "CZ")
    : (country ?? "CZ");
}

function countryOf({ customer }: Found, shop: string): string {
  return customer?.billing?.country ?? customer?.shipping?.country ?? shop;
}

function isNonZero(amount: `${number}` | undefined): boolean {
  return amount !== undefined && compare(amount, "0") !== 0;
}
