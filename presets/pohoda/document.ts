import {
  all,
  compared,
  type Condition,
  decimal,
  equals,
  exists,
  not,
  parameterIs,
  type MappingOptions,
} from "../../src/index.ts";

// What orders and invoices have in common. Names, types and lengths are those of order.xsd, invoice.xsd, list.xsd,
// response.xsd and type.xsd, version 2 of 2025-10-16.

const VERSION_2 = "http://www.stormware.cz/schema/version_2";

/** Files of others have other prefixes, or none; the reader goes by the URI. */
export const requestNamespaces = {
  dat: `${VERSION_2}/data.xsd`,
  typ: `${VERSION_2}/type.xsd`,
};
export const namespaces = {
  ...requestNamespaces,
  rsp: `${VERSION_2}/response.xsd`,
  lst: `${VERSION_2}/list.xsd`,
};
export const orderNamespace = { ord: `${VERSION_2}/order.xsd` };
export const invoiceNamespace = { inv: `${VERSION_2}/invoice.xsd` };

/** Orders and invoices are built alike; the names differ. */
export interface Form {
  /** Prefix of the document's own elements. */
  readonly prefix: "ord" | "inv";
  readonly name: "order" | "invoice";
  /** Paths below the document, ready for what follows. */
  readonly header: string;
  readonly detail: string;
  readonly summary: string;
  /** Path of the items. */
  readonly items: string;
  /** Way of an item back to the document. */
  readonly up: string;
}

function formOf(prefix: Form["prefix"], name: Form["name"]): Form {
  return {
    prefix,
    name,
    header: `${prefix}:${name}Header/`,
    summary: `${prefix}:${name}Summary/`,
    detail: `${prefix}:${name}Detail/${prefix}:`,
    items: `${prefix}:${name}Detail/${prefix}:${name}Item`,
    up: "../../",
  };
}

export const orderForm = formOf("ord", "order");
export const invoiceForm = formOf("inv", "invoice");

/** What reading and writing ask of both kinds of documents. */
export const unitParameters = {
  country: {
    title: "Country of the accounting unit",
    description:
      "Decides what high, low and third mean as VAT rates on the day of the document: 21 and 12 per cent in CZ, 23, 19 and 5 in SK",
    default: "CZ",
    values: ["CZ", "SK"],
  },
  homeCurrency: {
    title: "Home currency of the accounting unit",
    description: "The file does not state it. Left empty, it is that of the country: CZK or EUR",
    default: "",
  },
} as const;

export const readParameters = {
  ...unitParameters,
  stockPrices: {
    title: "Prices of stock lines that do not say whether they include VAT",
    description: "Pohoda goes by its own settings then; text lines without payVAT are net",
    default: "net",
    values: ["net", "gross"],
  },
  includeCancelled: {
    title: "Cancelled documents",
    description: "yes: read them too, with the status cancelled; no: skip them",
    default: "yes",
    values: ["yes", "no"],
  },
} as const;

/** A foreign currency in the summary makes the whole document one in that currency; home amounts are an addition. */
export function isForeign({ prefix, summary }: Form, from = ""): Condition {
  return exists(`${from}${summary}${prefix}:foreignCurrency/typ:currency`);
}

export function isTrue(path: string): Condition {
  return equals(path, ["true", "1"]);
}

export function isNonZero(path: string): Condition {
  return compared(decimal(path), "!=", "0");
}

/** typ:stornoType: the document that was cancelled. */
export function isCancelled({ prefix, header }: Form): Condition {
  return equals(`${header}${prefix}:storno`, "cancelledDocument");
}

/**
 * An invoice that is in no VAT return and has no VAT: how those who pay none mark theirs.
 *
 * @param up - way to the document, from an item
 */
export function isOutsideVat(up = ""): Condition {
  const { header, items } = invoiceForm;
  const taxed = ["high", "low", "third", "historyHigh", "historyLow", "historyThird"];
  return all(
    equals(`${up}${header}inv:classificationVAT/typ:classificationVATType`, "nonSubsume"),
    ...taxed.map((word) => not(exists(`${up}${items}[inv:rateVAT='${word}']/inv:rateVAT`))),
  );
}

export type SkipRule = NonNullable<MappingOptions["skip"]>[number];

/** Cancelled documents are left out if the user says so. */
export function skipCancelled(form: Form): SkipRule {
  return { when: all(parameterIs("includeCancelled", "no"), isCancelled(form)), reason: "cancelled" };
}

/** A line with a discount: unitPrice is the price before it. */
export function hasDiscount(prefix: Form["prefix"]): Condition {
  return isNonZero(`${prefix}:discountPercentage`);
}

export function hasNoDiscount(prefix: Form["prefix"]): Condition {
  return not(hasDiscount(prefix));
}
