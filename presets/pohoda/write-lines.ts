import {
  all,
  any,
  code,
  decimal,
  each,
  fieldIs,
  has,
  type Line,
  type LineKind,
  not,
  oneOf,
  parameterIs,
  type Price,
  type Spec,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { type Form } from "./document.ts";
import { hasLevel, isOss, isReduced } from "./rates.ts";
import { isHome } from "./write-document.ts";

// Items of orders and invoices as they are written.

const kinds: readonly LineKind[] = [
  "product",
  "shipping",
  "payment",
  "discount",
  "gift",
  "wrapping",
  "deposit",
  "rounding",
  "other",
];

/** The same word for each line, whatever it is. Its kind, which has no place of its own, is what every line has. */
function word(path: string, written: string): Spec<LineKind> {
  return kinds.reduceRight<Spec<LineKind>>(
    (otherwise, kind) => when(fieldIs("kind", "=", kind), oneOf(path, { [written]: kind }), otherwise),
    oneOf(path, { [written]: "other" }),
  );
}

/** Only the price that the shop set: Pohoda calculates the other one, and the sums. */
function priceWritten(at: string): Spec<Price> {
  const exact = { trimZeros: true, required: true } as const;
  return when<Price>(
    fieldIs("priceBasis", "=", "gross"),
    { gross: decimal(`${at}typ:unitPrice`, exact) },
    { net: decimal(`${at}typ:unitPrice`, exact) },
  );
}

export function linesWritten({ prefix, items }: Form): Spec<Line[]> {
  const rate = `${prefix}:rateVAT`;
  const stock = `${prefix}:stockItem/typ:stockItem/`;
  const isStock = all(
    parameterIs("items", "stock"),
    any(fieldIs("kind", "=", "product"), fieldIs("kind", "=", "gift")),
  );
  return each<Line>(items, {
    name: text(`${prefix}:text`, { maxLength: 90, tooLong: "cut", required: true }),
    quantity: decimal(`${prefix}:quantity`, { trimZeros: true }),
    unit: text(`${prefix}:unit`, { maxLength: 10, invalid: "warning" }),
    priceBasis: oneOf(`${prefix}:payVAT`, { true: "gross", false: "net" }, { required: true }),
    kind: when(
      not(has("vatRate")),
      word(rate, "none"),
      when(not(hasLevel), when(isReduced, word(rate, "historyLow"), word(rate, "historyHigh"))),
    ),
    vatRate: when(hasLevel, vatRate(rate, { notation: "level" }), decimal(`${prefix}:percentVAT`, { trimZeros: true })),
    unitPrice: when(isHome("/"), priceWritten(`${prefix}:homeCurrency/`), priceWritten(`${prefix}:foreignCurrency/`)),
    // One line of the One Stop Shop is goods: what a shop charges for their delivery belongs to them.
    vatCategory: when(
      all(isOss, fieldIs("vatCategory", "=", "standard")),
      oneOf(`${prefix}:typeServiceMOSS/typ:ids`, { GD: "standard" }),
      when(fieldIs("vatCategory", "=", "reverseCharge"), oneOf(`${prefix}:PDP`, { true: "reverseCharge" })),
    ),
    note: text(`${prefix}:note`, { maxLength: 90, tooLong: "cut" }),
    variant: text(`${prefix}:note`, { maxLength: 90, tooLong: "cut" }),
    code: when(isStock, text(`${stock}typ:ids`, { maxLength: 64 }), text(`${prefix}:code`, { maxLength: 64 })),
    ean: when(isStock, code(`${stock}typ:EAN`, { maxLength: 20, invalid: "warning" })),
  });
}
