/** Options of writing in words. */
import type { DocumentOptions, ExportOptions } from "../../src/index.ts";
import { code, options as inMappingWords } from "./words.ts";

type Words<Options> = {
  readonly [Name in keyof Options]-?: (value: NonNullable<Options[Name]>) => string;
};

const words: Words<ExportOptions> = {
  select: (select) => `only what is ${spoken(select, selectWords).join(" and ")}`,
  prices: (prices) => `prices: ${spoken(prices, priceWords).join(", ")}`,
  stock: (stock) => `stock: ${spoken(stock, stockWords).join(", ")}`,
  availability: (levels) =>
    `availability by stock: ${levels
      .map(({ from, text, days }) => {
        const said = [...(text === undefined ? [] : [code(text)]), ...(days === undefined ? [] : [`${days} days`])];
        return `${said.join(" and ")} from ${from}`;
      })
      .join(", ")}`,
  images: (value) => (value ? "images" : "no images"),
  descriptions: (value) => (value ? "descriptions" : "no descriptions"),
  variants: (value) =>
    ({ nested: "variants within their product", items: "variants as products of their own", omit: "no variants" })[
      value
    ],
  details: (value) =>
    ({
      both: "details of both products and variants",
      variants: "a product with variants leaves prices, stock and the like to them",
    })[value],
};

const selectWords: Words<NonNullable<ExportOptions["select"]>> = {
  sold: (value) => (value ? "sold" : "sold or not"),
  stocked: (value) => (value ? "kept in stock" : "kept in stock or not"),
  inStock: (value) => (value ? "in stock" : "in stock or not"),
  codes: (codes) => `one of ${codes.map(code).join(", ")}`,
  changedSince: (since) => `changed since ${since}`,
};

const priceWords: Words<NonNullable<ExportOptions["prices"]>> = {
  list: (list) => `those of ${code(list)} as main ones`,
  fallback: (value) => (value ? "otherwise the main ones" : "no others instead"),
  also: (also) => (also === "all" ? "all price lists" : `the lists ${also.map(code).join(", ")} too`),
  currency: (currency) => `in ${currency}`,
  basis: (basis) => ({ net: "without VAT", gross: "with VAT", both: "with VAT and without" })[basis],
  scale: (scale) => `${scale} decimals`,
  rounding: (rounding) => `rounding ${code(rounding)}`,
  step: (step) => `multiples of ${step}`,
};

const stockWords: Words<NonNullable<ExportOptions["stock"]>> = {
  quantity: (quantity) => ({ onHand: "on hand", available: "minus what is reserved" })[quantity],
  warehouses: (codes) => `of ${codes.map(code).join(", ")}`,
  breakdown: (value) => (value ? "by warehouse" : "in total"),
  negative: (value) => ({ zero: "never below zero", keep: "below zero too" })[value],
  cap: (cap) => `at most ${cap}`,
  scale: (scale) => (scale === 0 ? "whole pieces, rounded down" : `${scale} decimals, rounded down`),
};

/** One phrase for each option that is set: "prices: with VAT, 2 decimals". */
export function offerInWords(options: ExportOptions = {}): readonly string[] {
  return spoken(options, words);
}

const documentWords: Words<DocumentOptions> = {
  seller: () => "a seller of its own",
  country: (country) => `country ${country}`,
  homeCurrency: (currency) => `books in ${currency}`,
  exchangeRate: (rate) => `exchange rate ${rate}`,
  homeAmounts: (where) =>
    ({ none: "no amounts in the home currency", beside: "foreign amounts also in the home currency" })[where],
  priceBasis: (basis) =>
    ({
      auto: "prices of lines as the shop set them, by their decimals",
      net: "prices of lines without VAT",
      gross: "prices of lines with VAT",
    })[basis],
  paymentKinds: (kinds) => `kinds of payment: ${inMappingWords(kinds)}`,
  lineNets: () => "net amounts of lines add up to those of the VAT rates",
  rounding: (place) => ({ total: "rounding in the totals, not as a line", line: "rounding as a line" })[place],
  breakdown: () => "one row of VAT for each rate",
  negativePrices: () => "negative quantities instead of negative prices",
  zeroRate: (category) => ({ zero: "lines at 0 % are taxed at zero", exempt: "lines at 0 % are exempt" })[category],
};

/** One phrase for each option by which orders and invoices are prepared. */
export function preparationInWords(options: DocumentOptions = {}): readonly string[] {
  return spoken(options, documentWords);
}

function spoken<Options extends object>(options: Options, said: Words<Options>): string[] {
  return Object.entries(options).map(([name, value]) => {
    const speak = said[name as keyof Options] as (value: unknown) => string;
    return speak(value);
  });
}
