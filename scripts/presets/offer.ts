/** Export options in words. */
import type { ExportOptions } from "../../src/index.ts";
import { code } from "./words.ts";

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

function spoken<Options extends object>(options: Options, said: Words<Options>): string[] {
  return Object.entries(options).map(([name, value]) => {
    const speak = said[name as keyof Options] as (value: unknown) => string;
    return speak(value);
  });
}
