import {
  all,
  code,
  concat,
  type Condition,
  constant,
  decimal,
  each,
  exists,
  first,
  type Line,
  type LineKind,
  matches,
  not,
  object,
  oneOf,
  parameterIs,
  type Price,
  type Spec,
  text,
  vatRate,
  when,
} from "../../src/index.ts";
import { allOf, type AmountPlaces, amountPlaces, joinPlaces, placesWithin, spelled, within } from "./names.ts";

/** `0`, `0,00`, `0 Kč`. */
const ZERO = String.raw`^0+(?:[.,]0*)?\D*$`;

const paysVat = parameterIs("vatPayer", "yes");

type Sign = "keep" | "negative";

/** Net and gross of an amount. One whose name says nothing of VAT is what the parameter `priceBasis` says. */
export function price({ bare, net, gross }: AmountPlaces, sign: Sign = "keep"): Spec<Price> {
  return when<Price>(
    parameterIs("priceBasis", "gross"),
    object<Price>({ net: decimal(net, { sign }), gross: decimal([...gross, ...bare], { sign }) }),
    object<Price>({ net: decimal([...net, ...bare], { sign }), gross: decimal(gross, { sign }) }),
  );
}

/** Words of `type` that an item may have; what it means is the same in all of them. */
const kinds = {
  product: "product",
  service: "product",
  zbozi: "product",
  zboží: "product",
  tovar: "product",
  produkt: "product",
  sluzba: "product",
  služba: "product",
  shipping: "shipping",
  delivery: "shipping",
  doprava: "shipping",
  postovne: "shipping",
  poštovné: "shipping",
  payment: "payment",
  platba: "payment",
  dobirka: "payment",
  dobírka: "payment",
  dobierka: "payment",
  discount: "discount",
  coupon: "discount",
  sleva: "discount",
  zlava: "discount",
  zľava: "discount",
  kupon: "discount",
  kupón: "discount",
  gift: "gift",
  darek: "gift",
  dárek: "gift",
  darcek: "gift",
  darček: "gift",
  wrapping: "wrapping",
  baleni: "wrapping",
  balení: "wrapping",
  balenie: "wrapping",
  deposit: "deposit",
  zaloha: "deposit",
  záloha: "deposit",
  rounding: "rounding",
  zaokrouhleni: "rounding",
  zaokrouhlení: "rounding",
  zaokruhlenie: "rounding",
  zaokrúhlenie: "rounding",
  other: "other",
  jine: "other",
  jiné: "other",
  ine: "other",
  iné: "other",
} as const satisfies Readonly<Record<string, LineKind>>;

const itemType = spelled("type", "item_type", "typ", "typ_polozky");
const isDiscount = matches(itemType, "^(?:discount|coupon|sleva|zlava|zľava|kupon|kupón)$", "iu");
/** One of it, unless the file says otherwise. Goods must state their quantity. */
const isSingle = matches(
  itemType,
  "^(?:shipping|delivery|doprava|po[sš]tovn[eé]|payment|platba|dob[ií]rka|dobierka|rounding|zaokr.*)$",
  "iu",
);

const quantity = spelled("quantity", "qty", "pieces", "count", "mnozstvi", "pocet", "pocet_kusu", "kusu");
const unitPrice = joinPlaces(
  amountPlaces("price", "cena"),
  amountPlaces("unit_price", "jednotkova_cena"),
  amountPlaces("price_per_unit", "cena_za_kus"),
);
const total = joinPlaces(amountPlaces("total", "celkem"), amountPlaces("total_price", "cena_celkem"));
const vat = ["vat_rate", "tax_rate", "vat", "sazba_dph", "dph"];

const item = object<Line>({
  kind: oneOf(itemType, kinds, { default: "product", unknown: { value: "other" } }),
  externalId: code(spelled("id", "item_id", "line_id", "id_polozky")),
  // Not the codec `code`: spaces in a code of goods count.
  code: text(spelled("code", "sku", "product_code", "kod", "kod_zbozi", "katalogove_cislo")),
  ean: code(["ean", "ean13", "barcode", ...spelled("carovy_kod")]),
  name: text(spelled("name", "product_name", "title", "nazev", "nazev_zbozi"), { collapse: true }),
  variant: text(["variant", "varianta"], { collapse: true }),
  quantity: when(
    isDiscount,
    decimal(quantity, { default: "1", sign: "absolute" }),
    when(isSingle, decimal(quantity, { default: "1" }), decimal(quantity)),
  ),
  unit: text(["unit", "mj", "jednotka", ...spelled("merna_jednotka")]),
  vatRate: when(paysVat, vatRate(spelled(...vat))),
  unitPrice: when<Price>(isDiscount, price(unitPrice, "negative"), price(unitPrice)),
  total: when<Price>(isDiscount, price(total, "negative"), price(total)),
  // Percent that is already off the price.
  discount: decimal(spelled("discount_percent", "sleva_procent")),
  weight: decimal(["weight", "hmotnost"]),
  note: text(["note", "poznamka"]),
});

/** A fee or discount that stands in the order itself: in a block, or under names that begin or end with its name. */
export interface HeaderLine {
  /** Names of the block: `shipping`, `doprava`. */
  readonly english: string;
  readonly czech: string;
  readonly name: readonly string[];
  readonly price: AmountPlaces;
  readonly vat: readonly string[];
}

/** @param ending - how Czech names that are not in a block end: `cena_dopravy` */
export function headerLine(english: string, czech: string, ending: string): HeaderLine {
  return {
    english,
    czech,
    name: [
      ...within([english], "name", "method", "title"),
      ...within([czech], "nazev", "zpusob"),
      ...spelled(`${english}_method`, `${english}_name`, `nazev_${ending}`, `zpusob_${ending}`),
    ],
    price: joinPlaces(
      placesWithin(english, amountPlaces("price", "cena")),
      placesWithin(czech, amountPlaces("price", "cena")),
      amountPlaces(`${english}_price`, `cena_${ending}`),
    ),
    vat: [
      ...within([english, czech], ...vat),
      ...spelled(`${english}_vat_rate`, `${english}_vat`, `dph_${ending}`, `sazba_dph_${ending}`),
    ],
  };
}

export const shipping = headerLine("shipping", "doprava", "dopravy");
export const payment = headerLine("payment", "platba", "platby");
const discount = headerLine("discount", "sleva", "slevy");

/** `<shipping>Balíkovna</shipping>`, where the element is no block. */
export function methodOf({ english, czech, name, price: places }: HeaderLine): Spec<string> {
  const inBlock = within([english, czech], "name", "method", "nazev", "zpusob", "code", "kod", "vat", "dph");
  const isBlock = exists([...inBlock, ...allOf(places).filter((path) => path.includes("/"))]);
  return when(
    all(exists([english, czech]), not(exists([...name])), not(isBlock)),
    text([english, czech], { collapse: true }),
    text(name, { collapse: true }),
  );
}

const isFree = (places: readonly string[]): Condition => matches(places, ZERO);

function fee(kind: LineKind, from: HeaderLine, name: string, sign?: Sign): Spec<Line> {
  return object<Line>({
    kind: constant(kind),
    name: first(methodOf(from), constant(name)),
    quantity: constant("1"),
    vatRate: when(paysVat, vatRate(from.vat)),
    unitPrice: price(from.price, sign),
  });
}

const discounts = object<Line>({
  kind: constant("discount"),
  name: text(["name", "title", "nazev"], { collapse: true, default: "Sleva" }),
  code: text(["code", "kod"]),
  quantity: constant("1"),
  vatRate: when(paysVat, vatRate(spelled(...vat))),
  unitPrice: price(amountPlaces("price", "cena"), "negative"),
});

export const lines = concat<Line>(
  each<Line>(
    [
      "items/item",
      "lines/line",
      "products/product",
      "polozky/polozka",
      "produkty/produkt",
      "radky/radek",
      "item",
      "polozka",
    ],
    item,
  ),
  // At the price 0 too: it carries the method.
  when<Line>(exists(allOf(shipping.price)), fee("shipping", shipping, "Doprava")),
  when<Line>(all(exists(allOf(payment.price)), not(isFree(allOf(payment.price)))), fee("payment", payment, "Platba")),
  // Several discounts, one for each rate.
  each<Line>(["discounts/discount", "slevy/sleva"], discounts),
  when<Line>(
    all(exists(allOf(discount.price)), not(isFree(allOf(discount.price)))),
    fee("discount", discount, "Sleva", "negative"),
  ),
);
