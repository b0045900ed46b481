import {
  all,
  any,
  code,
  compared,
  concat,
  constant,
  type Decimal,
  decimal,
  type DocumentSpec,
  each,
  equals,
  exists,
  fieldIs,
  has,
  type Line,
  type LineKind,
  matches,
  not,
  object,
  oneOf,
  parameterIs,
  type Price,
  readOnly,
  type Spec,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { four } from "./shared.ts";

/** What lines of orders and of invoices call differently. Proformas and advances have lines of orders. */
interface Form {
  /** Whether the price is with VAT. */
  readonly basis: "TypCeny" | "CenaTyp";
  /** Where the card and the warehouse are, of a line of stock. */
  readonly stock: "" | "SklPolozka/";
}
export const orderForm: Form = { basis: "TypCeny", stock: "" };
export const invoiceForm: Form = { basis: "CenaTyp", stock: "SklPolozka/" };

// Money has no kinds of lines: those without a card are told by their names, in Czech and Slovak.
const SHIPPING =
  "^(?:doprav|poštov|dopravn|přeprav|preprav|doruč|balné|osobní odběr|osobný odber|zásilkovna|zásielkovňa)";
const PAYMENT = "^(?:dobírk|dobierk|platba|(?:po|pří|prí)plat\\S+ za (?:plat|dob))";
const DISCOUNT = "^(?:slev|zľav|kup[oó]n)";
const ROUNDING = "^(?:zaokrouhl|zaokrúhl|haléřové vyrovnán|halierové vyrovnan|centové vyrovnan)";

const readKind = (hasCard: string): Spec<LineKind> =>
  when(
    exists([`${hasCard}KmKarta/Katalog`, `${hasCard}KmKarta/Zkrat`, `${hasCard}KmKarta/GUID`]),
    constant("product"),
    when(
      equals("NesklPolozka/Zaloha", ["1", "true"]),
      constant("deposit"),
      when(
        matches("Popis", ROUNDING, "iu"),
        constant("rounding"),
        when(
          matches("Popis", SHIPPING, "iu"),
          constant("shipping"),
          when(
            matches("Popis", PAYMENT, "iu"),
            constant("payment"),
            when(matches("Popis", DISCOUNT, "iu"), constant("discount"), constant("product")),
          ),
        ),
      ),
    ),
  );

/**
 * @param up - from a line to the document, `".."`
 * @param isNegative - whether a price below zero means a quantity below zero, as in credit notes
 */
function readLine({ basis, stock }: Form, up: string): Spec<Line> {
  const isForeign = exists(`${up}/Valuty/Mena/Kod`);
  // The vendor's transformation turns the price of a credit note and of a returned line, and leaves the quantity.
  const isTurned = all(
    any(equals(`${up}/Dobropis`, ["1", "true"]), equals("SklPolozka/Vratka", ["1", "true"])),
    compared(decimal("Cena"), "<", "0"),
  );
  const price = (path: string): Spec<Decimal> => when(isTurned, decimal(path, { sign: "negate" }), decimal(path));
  // A discount of the line is taken off if CenaPoSleve says so. If not, the sums of the line tell what is left.
  const isFinal = any(not(exists("Sleva")), compared(decimal("Sleva"), "=", "0"), equals("CenaPoSleve", ["1", "true"]));
  const priced = (path: string): Spec<Price> =>
    when(isFinal, when(equals(basis, "1"), object<Price>({ gross: price(path) }), object<Price>({ net: price(path) })));
  const sums = (place: string) => ({ net: decimal(`${place}/Zaklad`), vat: decimal(`${place}/DPH`) });
  const card = `${stock}KmKarta`;
  return object<Line>({
    kind: readKind(stock),
    externalId: code("Poradi"),
    code: text([`${card}/Katalog`, "NesklPolozka/Katalog", `${card}/Zkrat`, "NesklPolozka/Zkrat"]),
    ean: code([`${card}/BarCode`, "NesklPolozka/BarCode"]),
    name: text(["Popis", `${card}/Popis`, `${stock}Nazev`], { collapse: true, default: "Položka" }),
    quantity: when(isTurned, decimal("PocetMJ", { sign: "negate" }), decimal("PocetMJ")),
    unit: text([`${card}/MJ`, "NesklPolozka/MJ"]),
    vatRate: vatRate(stock === "" ? "SazbaDPH" : ["SazbaDPH", "SklPolozka/DPH"], { notation: "percent" }),
    // 2 is VAT alone and 3 the base alone: such a line has no price that could be booked, and is an error. So is one whose
    // discount is still to be taken off, where nothing says what is left.
    priceBasis: when(
      any(isFinal, exists("SouhrnDPH/Zaklad")),
      oneOf(basis, { 0: "net", 1: "gross" }, { default: "net" }),
      oneOf("Sleva", { 0: "net" }),
    ),
    unitPrice: when(isForeign, priced("Valuty"), priced("Cena")),
    total: when(isForeign, sums("SouhrnDPH/Valuty"), sums("SouhrnDPH")),
    home: when(isForeign, { unitPrice: priced("Cena"), total: sums("SouhrnDPH") }),
    discount: when(compared(decimal("Sleva"), "!=", "0"), decimal("Sleva")),
    note: text("Poznamka"),
  });
}

export function readLines(path: string, form: Form): Spec<Line[]> {
  const up = path
    .split("/")
    .map(() => "..")
    .join("/");
  return each(path, readLine(form, up));
}

/** A text that stands in every line: which word of the record it is made of does not matter, and each has a kind. */
function always(path: string, word: string): Spec<LineKind> {
  const kinds = ["shipping", "payment", "discount", "gift", "wrapping", "deposit", "rounding", "other"] as const;
  return kinds.reduce<Spec<LineKind>>(
    (others, kind) => when(fieldIs("kind", "=", kind), oneOf(path, { [word]: kind }), others),
    oneOf(path, { [word]: "product" }),
  );
}

/** @param sign - of quantities and prices: those of credit notes are turned, so that prices are below zero */
function writeLine({ basis, stock }: Form, inStock: boolean, sign: "keep" | "negate"): Spec<Line> {
  const card = inStock ? `${stock}KmKarta` : "NesklPolozka";
  const priced = (path: string): Spec<Price> =>
    when<Price>(
      fieldIs("priceBasis", "=", "gross"),
      { gross: decimal(path, { ...four, sign }) },
      { net: decimal(path, { ...four, sign }) },
    );
  // A line without a rate can be booked if it has no VAT, and not if its VAT is something or unknown.
  const isUntaxed = any(
    fieldIs("/vatRegime", "=", "nonPayer"),
    all(not(has("vatRate")), any(fieldIs("total.vat", "=", "0"), not(has("total")))),
  );
  return object<Line>({
    name: text("Popis", { maxLength: 50, tooLong: "cut" }),
    note: text("Poznamka"),
    variant: text("Poznamka"),
    quantity: decimal("PocetMJ", { ...four, sign }),
    vatRate: when(not(isUntaxed), vatRate("SazbaDPH", { notation: "percent", required: true })),
    vatCategory: when(isUntaxed, oneOf("SazbaDPH", { 0: "outOfScope" }, { invalid: "warning" })),
    priceBasis: oneOf(basis, { 0: "net", 1: "gross" }),
    unitPrice: when(has("/homeCurrency"), priced("Valuty"), priced("Cena")),
    home: { unitPrice: priced("Cena") },
    // A line without stock is told by its element, which is there with "no guarantee" if with nothing else.
    kind: inStock ? readOnly(constant("product")) : always(`${card}/TypZarDoby`, "N"),
    code: text(`${card}/Katalog`, { maxLength: 60 }),
    ean: text(`${card}/BarCode`, { maxLength: 20, invalid: "warning" }),
    unit: text(`${card}/MJ`, { maxLength: 10, invalid: "warning" }),
  });
}

const isStocked = all(any(fieldIs("kind", "=", "product"), fieldIs("kind", "=", "gift")), has("code"));

/** Lines of stock come first, if there are any: the warehouse stands only in them. */
export function writeLines(path: string, form: Form, sign: "keep" | "negate" = "keep"): Spec<Line[]> {
  const isWanted = all(parameterIs("stock", "yes"), isStocked);
  return concat<Line>(
    each<Line>(stocked(path), writeLine(form, true, sign), isWanted),
    each<Line>(unstocked(path), writeLine(form, false, sign)),
  );
}

/** The discount is in the price already. That there is no other tells lines of stock from the others. */
function stocked(path: string): string {
  return `${path}[CenaPoSleve='1' and Sleva='0']`;
}
function unstocked(path: string): string {
  return `${path}[CenaPoSleve='1']`;
}

/** Texts of all lines. */
export function fixedOfLines(path: string, { stock, basis }: Form): NonNullable<DocumentSpec["fixed"]> {
  const warehouse = `${stocked(path)}/${stock}Sklad`;
  return {
    [`${warehouse}/Nazev`]: { parameter: "warehouse" },
    [`${warehouse}/KodSkladu`]: { parameter: "warehouseCode" },
    [`${warehouse}/CenikSklad`]: "0",
    // The schema wants to know of each line of an invoice how an advance would be posted.
    ...(basis === "CenaTyp" && { [`${unstocked(path)}/NesklPolozka/Protizapis`]: "0" }),
  };
}
