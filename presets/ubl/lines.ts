import {
  all,
  any,
  code,
  compared,
  concat,
  type Condition,
  constant,
  decimal,
  each,
  equals,
  exists,
  fieldIs,
  first,
  has,
  type Line,
  type LineKind,
  not,
  object,
  oneOf,
  parameterIs,
  readOnly,
  required,
  type Spec,
  template,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { choose, isFreight, isKnownUnit, isNamed, unitConditions, unitWords, vatCategoryCodes } from "./words.ts";

const CATEGORY = "cac:Item/cac:ClassifiedTaxCategory";
/** Name of the property of the item that is the chosen variant. */
const VARIANT = "Varianta";

const property = (at: number): string => `cac:Item/cac:AdditionalItemProperty[${at}]`;
const described = (at: number): string => `{${property(at)}/cbc:Name}: {${property(at)}/cbc:Value}`;

const isByName = parameterIs("lineKinds", "names");
const isNegative = (path: string): Condition => compared(decimal(path), "<", "0");
const isOne = (path: string): Condition => any(not(exists(path)), compared(decimal(path), "=", "1"));

/** Amounts are without VAT, unless the document says the contrary; EN 16931 knows no other. `up` leads to the record. */
const isGross = (up: string): Condition => equals(`${up}/cac:TaxTotal/cbc:TaxIncludedIndicator`, "true");

/** One line of a document as it is read. The name of its quantity differs between the documents. */
function readLine(quantity: readonly string[], up: string): Spec<Line> {
  const unit = quantity.map((path) => `${path}/@unitCode`);
  const name = "cac:Item/cbc:Name";
  const amount = "cbc:LineExtensionAmount";
  const price = "cac:Price/cbc:PriceAmount";
  const vat = ["cbc:TotalTaxAmount", "cac:TaxTotal/cbc:TaxAmount"];
  // A discount of the line is in its amount, so that the price of the file does not give it.
  const isPlainPrice = all(
    isOne("cac:Price/cbc:BaseQuantity"),
    not(compared(decimal("cac:AllowanceCharge/cbc:Amount"), "!=", "0")),
  );
  return object<Line>({
    kind: when(
      all(isByName, not(exists("cac:Item/cac:StandardItemIdentification/cbc:ID"))),
      choose<LineKind>(
        [
          [isNamed("shipping", name), constant("shipping")],
          [isNamed("payment", name), constant("payment")],
          [isNamed("rounding", name), constant("rounding")],
          [all(isNamed("discount", name), any(isNegative(amount), isNegative(price))), constant("discount")],
        ],
        constant("product"),
      ),
      constant("product"),
    ),
    externalId: text("cbc:ID"),
    code: text("cac:Item/cac:SellersItemIdentification/cbc:ID"),
    ean: first(
      code("cac:Item/cac:StandardItemIdentification/cbc:ID[@schemeID='0160']"),
      text("cac:Item/cac:StandardItemIdentification/cbc:ID", { extract: "^\\d{8,14}$" }),
    ),
    name: text([name, "cac:Item/cbc:Description"], { collapse: true }),
    variant: first(
      text(`cac:Item/cac:AdditionalItemProperty[cbc:Name='${VARIANT}']/cbc:Value`),
      when(exists(`${property(2)}/cbc:Value`), template(`${described(1)}, ${described(2)}`)),
      template(described(1)),
    ),
    quantity: decimal(quantity, { default: "1" }),
    unit: when(isKnownUnit(unit), oneOf(unit, unitWords), text(unit)),
    vatRate: when(
      not(equals(`${CATEGORY}/cbc:ID`, "O")),
      vatRate([`${CATEGORY}/cbc:Percent`, "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:Percent"], {
        notation: "percent",
      }),
    ),
    vatCategory: oneOf(`${CATEGORY}/cbc:ID`, vatCategoryCodes),
    unitPrice: {
      net: when(all(isPlainPrice, not(isGross(up))), decimal(price)),
      gross: when(all(isPlainPrice, isGross(up)), decimal(price)),
    },
    total: when(
      equals(`${CATEGORY}/cbc:ID`, "O"),
      // Without a rate, nothing else would say that there is no VAT.
      { net: decimal(amount), vat: constant("0.00"), gross: decimal(amount) },
      when(isGross(up), { gross: decimal(amount), vat: decimal(vat) }, { net: decimal(amount), vat: decimal(vat) }),
    ),
    // The first allowance of the line that states a percent; it is in the amount.
    discount: decimal("cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:MultiplierFactorNumeric"),
    note: text("cbc:Note"),
  });
}

/** An allowance or charge of the whole document is a line of one piece; an allowance takes its amount off. */
function readAllowance(isCharge: boolean, up: string): Spec<Line> {
  const reason = "cbc:AllowanceChargeReason";
  const category = "cac:TaxCategory";
  const sign = isCharge ? "keep" : "negate";
  const amount = decimal("cbc:Amount", { sign });
  return object<Line>({
    kind: isCharge
      ? when(
          any(isFreight("cbc:AllowanceChargeReasonCode"), all(isByName, isNamed("shipping", reason))),
          constant("shipping"),
          when(all(isByName, isNamed("payment", reason)), constant("payment"), constant("other")),
        )
      : constant("discount"),
    name: text(reason, { collapse: true, default: isCharge ? "Příplatek" : "Sleva" }),
    quantity: constant("1"),
    vatRate: when(not(equals(`${category}/cbc:ID`, "O")), vatRate(`${category}/cbc:Percent`, { notation: "percent" })),
    vatCategory: oneOf(`${category}/cbc:ID`, vatCategoryCodes),
    total: when(
      equals(`${category}/cbc:ID`, "O"),
      { net: amount, vat: constant("0.00"), gross: amount },
      when(isGross(up), { gross: amount }, { net: amount }),
    ),
    note: template("{cbc:MultiplierFactorNumeric} %"),
  });
}

/**
 * @param lines - path of a line from the record, or several for documents of different kinds
 * @param quantity - places of its quantity
 * @param up - from a line to the record
 */
export function readLines(lines: readonly string[], quantity: readonly string[], up: string): Spec<Line[]> {
  return concat<Line>(
    each<Line>(lines, readLine(quantity, up)),
    each<Line>("cac:AllowanceCharge", readAllowance(false, ".."), equals("cbc:ChargeIndicator", ["false", "0"])),
    each<Line>("cac:AllowanceCharge", readAllowance(true, ".."), equals("cbc:ChargeIndicator", ["true", "1"])),
  );
}

/** A quantity and the code of its unit, which a predicate writes; pieces where the unit is none that is known. */
function writeQuantity(element: string): Spec<`${number}`> {
  const at = (unit: string): Spec<`${number}`> => decimal(`${element}[@unitCode='${unit}']`);
  return choose(
    unitConditions.map(([unit, isUnit]) => [isUnit, at(unit)]),
    at("C62"),
  );
}

/** Only who pays no VAT at all may say that it is out of scope (BR-O-11): a deposit among taxed goods is exempt. */
const isStrayOutOfScope = all(fieldIs("vatCategory", "=", "outOfScope"), not(fieldIs("/vatRegime", "=", "nonPayer")));

/** A gift that nobody priced has no place in a document of amounts. */
const isPriced = any(has("total.net"), not(fieldIs("kind", "=", "gift")));

/** One line as it is written; `at` leads from its element to what it holds. */
function writeLine(at: string, quantity: string, withVat: boolean): Spec<Line> {
  const item = `${at}cac:Item`;
  const category = `${item}/cac:ClassifiedTaxCategory`;
  return object<Line>({
    kind: readOnly(constant("product")),
    externalId: text(`${at}cbc:ID`, { required: true }),
    note: text(`${at}cbc:Note`),
    quantity: writeQuantity(`${at}${quantity}`),
    total: {
      net: decimal(`${at}cbc:LineExtensionAmount`, { scale: 2, required: true }),
      ...(withVat && { vat: decimal(`${at}cbc:TotalTaxAmount`, { scale: 2 }) }),
    },
    name: text(`${item}/cbc:Name`, { required: true }),
    code: text(`${item}/cac:SellersItemIdentification/cbc:ID`),
    ean: code(`${item}/cac:StandardItemIdentification/cbc:ID[@schemeID='0160']`),
    vatCategory: when(
      isStrayOutOfScope,
      oneOf(`${category}[cbc:Percent='0' and cac:TaxScheme/cbc:ID='VAT']/cbc:ID`, { E: "outOfScope" }),
      oneOf(`${category}[cac:TaxScheme/cbc:ID='VAT']/cbc:ID`, vatCategoryCodes),
    ),
    vatRate: when(
      not(fieldIs("vatCategory", "=", "outOfScope")),
      vatRate(`${category}[cac:TaxScheme/cbc:ID='VAT']/cbc:Percent`, { notation: "percent" }),
    ),
    variant: text(`${item}/cac:AdditionalItemProperty[cbc:Name='${VARIANT}']/cbc:Value`),
    unitPrice: { net: decimal(`${at}cac:Price/cbc:PriceAmount`, { required: true }) },
  });
}

/**
 * @param line - element that repeats
 * @param inside - the one in it that holds the line, `cac:LineItem` of orders
 */
export function writeLines(line: string, quantity: string, inside?: string): Spec<Line[]> {
  const at = inside === undefined ? "" : `${inside}/`;
  return required(each<Line>(line, writeLine(at, quantity, inside !== undefined), isPriced));
}

/** Elements of a line in the order of the schema. */
export function lineOrder(line: string, quantity: string, isOrder = false): string[] {
  const item = [
    "cac:Item",
    "cac:Item/cbc:Name",
    "cac:Item/cac:SellersItemIdentification",
    "cac:Item/cac:StandardItemIdentification",
    CATEGORY,
    `${CATEGORY}/cbc:ID`,
    `${CATEGORY}/cbc:Percent`,
    `${CATEGORY}/cac:TaxScheme`,
    "cac:Item/cac:AdditionalItemProperty",
  ];
  const price = ["cac:Price", "cac:Price/cbc:PriceAmount"];
  return [
    line,
    ...["cbc:ID", "cbc:Note", quantity, "cbc:LineExtensionAmount", "cbc:TotalTaxAmount"]
      .concat(isOrder ? [...price, ...item] : [...item, ...price])
      .map((one) => `${line}/${one}`),
  ];
}

export function lineCurrencies(line: string, withVat = false): string[] {
  return ["cbc:LineExtensionAmount", ...(withVat ? ["cbc:TotalTaxAmount"] : []), "cac:Price/cbc:PriceAmount"].map(
    (one) => `${line}/${one}/@currencyID`,
  );
}

export const lineParameters = {
  lineKinds: {
    title: "What the lines are",
    description:
      "names: a line is shipping, payment, a discount or rounding if its name says so (Doprava, Dobírka, Sleva, Zaokrouhlení) and it has no EAN; none: all lines are products, fees only where the format says so",
    default: "names",
    values: ["names", "none"],
  },
} as const;
