import {
  all,
  any,
  code,
  constant,
  type Decimal,
  decimal,
  fieldIs,
  has,
  type Line,
  type LineKind,
  not,
  object,
  oneOf,
  type Spec,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { MONEY } from "./write-totals.ts";
import { CATEGORIES, isForeign, isProforma, wordFor } from "./write-words.ts";

const hasRate = has("vatRate");
export const CATEGORY = "ClassifiedTaxCategory";
/** The percent must be there, also where no VAT belongs to the line. */
const NO_PERCENT = `${CATEGORY}[Percent='0']`;
const NO_VAT = `${CATEGORY}[Percent='0' and VATApplicable='false']`;

/** Czech local reverse charge needs the code of the goods, which only the seller knows. */
const hasReverseChargeCode = all(fieldIs("vatCategory", "=", "reverseCharge"), has("/custom.reverseChargeCode"));

const calculation = (at: string): Spec<"net" | "gross"> =>
  oneOf(`${at}/VATCalculationMethod`, { 0: "net", 1: "gross" }, { required: true });

const lineAmount = (name: string): Spec<Decimal> =>
  when(isForeign, decimal(`${name}Curr`, MONEY), decimal(name, MONEY));
const homeLineAmount = (name: string): Spec<Decimal> => when(isForeign, decimal(name, MONEY));
/** Always in the currency of the books. */
const unitPrice = { net: decimal("UnitPrice", MONEY), gross: decimal("UnitPriceTaxInclusive", MONEY) };

function anyKind([kind = "other", ...others]: readonly LineKind[]): Spec<LineKind> {
  const one = constant(kind);
  return others.length === 0 ? one : when(fieldIs("kind", "=", kind), one, anyKind(others));
}

export const line = object<Line>({
  // ISDOC does not tell kinds apart: a line may be of any.
  kind: anyKind(["product", "shipping", "payment", "discount", "gift", "wrapping", "deposit", "rounding", "other"]),
  externalId: text("ID", { required: true, maxLength: 36 }),
  quantity: when(
    hasReverseChargeCode,
    decimal("InvoicedQuantity", { also: [`${CATEGORY}/LocalReverseCharge/LocalReverseChargeQuantity`] }),
    decimal("InvoicedQuantity"),
  ),
  unit: text("InvoicedQuantity/@unitCode"),
  total: {
    net: lineAmount("LineExtensionAmount"),
    gross: lineAmount("LineExtensionAmountTaxInclusive"),
    vat: when(not(isForeign), decimal("LineExtensionTaxAmount", MONEY)),
  },
  unitPrice: when(not(isForeign), unitPrice),
  home: when(isForeign, {
    unitPrice,
    total: {
      net: homeLineAmount("LineExtensionAmount"),
      gross: homeLineAmount("LineExtensionAmountTaxInclusive"),
      vat: homeLineAmount("LineExtensionTaxAmount"),
    },
  }),
  vatRate: when(
    any(hasRate, fieldIs("total.vat", "!=", "0")),
    vatRate(`${CATEGORY}/Percent`, { notation: "percent", required: true }),
  ),
  priceBasis: when(
    hasRate,
    calculation(CATEGORY),
    when(fieldIs("vatCategory", "=", "outOfScope"), calculation(NO_VAT), calculation(NO_PERCENT)),
  ),
  // All lines of a document that is no tax document must be none either.
  vatCategory: when(
    hasRate,
    when(
      isProforma,
      wordFor("vatCategory", `${CATEGORY}/VATApplicable`, "false", ...CATEGORIES),
      when(fieldIs("vatCategory", "=", "outOfScope"), oneOf(`${CATEGORY}/VATApplicable`, { false: "outOfScope" })),
    ),
  ),
  note: text("Note"),
  // The name of the chosen variant has no place of its own.
  variant: when(not(has("note")), text("Note")),
  name: text("Item/Description"),
  ean: code("Item/CatalogueItemIdentification/ID"),
  code: text("Item/SellersItemIdentification/ID"),
});
