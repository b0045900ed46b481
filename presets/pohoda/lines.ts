import {
  all,
  any,
  type Condition,
  concat,
  constant,
  decimal,
  type Decimal,
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
import { type Form, hasDiscount, hasNoDiscount, isForeign, isNonZero, isOutsideVat, isTrue } from "./document.ts";
import { homeSum, levelRate, levels } from "./summary.ts";

// Items of orders and invoices as they are read.

/** A whole word at the start: "Doprava PPL", but not "Dopravní hřiště". */
function startsWith(words: string): string {
  return `^(?:${words})(?![\\p{L}\\p{N}])`;
}

// No item says what it is; shops name their fees so.
const SHIPPING = startsWith(
  "doprava|dopravné|poštovné|poštovné a balné|přepravné|přeprava|doručení|prepravné|preprava|doručenie|shipping|delivery",
);
const PAYMENT = startsWith(
  "platba|dobírka|dobírkou|dobírečné|dobierka|dobierkou|dobierečné|poplatek za platbu|poplatek za dobírku|poplatok za platbu|poplatok za dobierku|příplatek za dobírku|príplatok za dobierku|způsob platby|spôsob platby",
);
const DISCOUNT = startsWith(
  "sleva|slevový kupon|slevový kupón|slevový poukaz|zľava|zľavový kupón|kupon|kupón|discount",
);
const ROUNDING = startsWith("zaokrouhlení|zaokrúhlenie|halířové vyrovnání|haléřové vyrovnání|centové vyrovnanie");

function lineKind(prefix: Form["prefix"]): Spec<LineKind> {
  const isCalled = (pattern: string): Condition => matches(`${prefix}:text`, pattern, "iu");
  const kinds: readonly (readonly [string, LineKind])[] = [
    [SHIPPING, "shipping"],
    [PAYMENT, "payment"],
    [DISCOUNT, "discount"],
    [ROUNDING, "rounding"],
  ];
  return kinds.reduceRight<Spec<LineKind>>(
    (otherwise, [pattern, kind]) => when(isCalled(pattern), constant(kind), otherwise),
    constant("product"),
  );
}

function isStockLine(prefix: Form["prefix"] | "typ"): Condition {
  return exists(`${prefix}:stockItem/typ:stockItem`);
}

/** Text lines without payVAT are net; of stock lines the file does not tell. */
function isGross(prefix: Form["prefix"]): Condition {
  return any(
    isTrue(`${prefix}:payVAT`),
    all(not(exists(`${prefix}:payVAT`)), isStockLine(prefix), parameterIs("stockPrices", "gross")),
  );
}

/**
 * Percent of a historic rate, the percent that Pohoda states in its own files, or the level on the day of the document.
 * A line without a rate has none, but for one of the stock, which may have that of its card.
 */
export function rateOf(prefix: Form["prefix"] | "typ"): Spec<Decimal> {
  const rate = `${prefix}:rateVAT`;
  return when(
    matches(rate, "^history"),
    vatRate([`${prefix}:percentVAT`, `${rate}/@value`, rate], { notation: "percent" }),
    first<Decimal>(
      vatRate(`${rate}/@value`, { notation: "percent" }),
      vatRate(rate, { notation: "level" }),
      when(not(isStockLine(prefix)), constant("0")),
    ),
  );
}

/** Unit price as the shop set it. Where there is a discount, it is the price before it, and the total tells the rest. */
function unitPrice(prefix: Form["prefix"], at: string): Spec<Price> {
  return when(
    hasNoDiscount(prefix),
    when<Price>(isGross(prefix), { gross: decimal(`${at}typ:unitPrice`) }, { net: decimal(`${at}typ:unitPrice`) }),
  );
}

function total(at: string) {
  return {
    net: decimal(`${at}typ:price`),
    vat: decimal(`${at}typ:priceVAT`),
    // Pohoda's own files alone.
    gross: decimal(`${at}typ:priceSum`),
  };
}

function itemOf(form: Form): Spec<Line> {
  const { prefix, up } = form;
  const home = `${prefix}:homeCurrency/`;
  const foreign = `${prefix}:foreignCurrency/`;
  const foreignDocument = isForeign(form, up);
  return object<Line>({
    kind: lineKind(prefix),
    externalId: text([`${prefix}:extId`, `${prefix}:id`]),
    code: text([`${prefix}:stockItem/typ:stockItem/typ:ids`, `${prefix}:code`]),
    ean: text(`${prefix}:stockItem/typ:stockItem/typ:EAN`),
    // A request may name the stock card alone, whose name Pohoda takes then.
    name: text([
      `${prefix}:text`,
      `${prefix}:stockItem/typ:stockItem/typ:ids`,
      `${prefix}:stockItem/typ:stockItem/typ:EAN`,
    ]),
    quantity: decimal(`${prefix}:quantity`),
    unit: text(`${prefix}:unit`),
    vatRate: prefix === "inv" ? when(not(isOutsideVat(up)), rateOf(prefix)) : rateOf(prefix),
    vatCategory: when(isTrue(`${prefix}:PDP`), constant("reverseCharge")),
    unitPrice: when(foreignDocument, unitPrice(prefix, foreign), unitPrice(prefix, home)),
    priceBasis: when(isGross(prefix), constant("gross"), constant("net")),
    total: when(foreignDocument, object(total(foreign)), object(total(home))),
    home: when(foreignDocument, { unitPrice: unitPrice(prefix, home), total: total(home) }),
    discount: when(
      hasDiscount(prefix),
      when(
        any(exists(`${home}typ:price`), exists(`${foreign}typ:price`)),
        decimal(`${prefix}:discountPercentage`),
        // Without the amount after the discount, nobody knows it: the document is refused.
        oneOf<Decimal>(`${prefix}:discountPercentage`, { "no discount, or the line's price after it": "0" }),
      ),
    ),
    note: text(`${prefix}:note`),
  });
}

/** Rounding that VAT is paid of, in Pohoda's own files. */
function roundingItem({ detail }: Form): Spec<Line[]> {
  const home = "typ:homeCurrency/";
  return each<Line>(`${detail}roundingItem`, {
    kind: constant("rounding"),
    name: text("typ:text"),
    quantity: decimal("typ:quantity"),
    vatRate: rateOf("typ"),
    priceBasis: constant("net"),
    unitPrice: { net: decimal(`${home}typ:unitPrice`) },
    total: total(home),
  });
}

/** An advance that was paid before is taken off, whatever sign the amounts have. */
function advance(form: Form): Spec<Line[]> {
  const off = { sign: "negative" } as const;
  const amounts = (at: string) => ({
    net: decimal(`${at}typ:price`, off),
    vat: decimal(`${at}typ:priceVAT`, off),
    gross: decimal(`${at}typ:priceSum`, off),
  });
  const price = (at: string): Spec<Price> =>
    when<Price>(
      isTrue("inv:payVAT"),
      { gross: decimal(`${at}typ:unitPrice`, off) },
      { net: decimal(`${at}typ:unitPrice`, off) },
    );
  const isForeignDocument = isForeign(form, form.up);
  const [home, foreign] = ["inv:homeCurrency/", "inv:foreignCurrency/"] as const;
  return each<Line>("inv:invoiceDetail/inv:invoiceAdvancePaymentItem", {
    kind: constant("deposit"),
    externalId: text(["inv:extId", "inv:id"]),
    code: text("inv:sourceDocument/typ:number"),
    name: text("inv:note", { default: "Odpočet zálohy" }),
    quantity: decimal("inv:quantity"),
    vatRate: rateOf("inv"),
    priceBasis: when(isTrue("inv:payVAT"), constant("gross"), constant("net")),
    unitPrice: when(hasNoDiscount("inv"), when(isForeignDocument, price(foreign), price(home))),
    total: when(isForeignDocument, object(amounts(foreign)), object(amounts(home))),
    home: when(isForeignDocument, { unitPrice: when(hasNoDiscount("inv"), price(home)), total: amounts(home) }),
  });
}

/** A document without items is its summary: one line for each rate. */
function summaryLines(form: Form): Spec<Line[]> {
  const { header, prefix, items } = form;
  return when(
    all(not(exists(items)), not(isForeign(form))),
    concat<Line>(
      ...levels.map(({ level, net, vat, gross }) =>
        when<Line>(isNonZero(`${homeSum(form)}${net}`), {
          kind: constant("other"),
          name: text(`${header}${prefix}:text`, { default: prefix === "ord" ? "Objednávka" : "Faktura" }),
          quantity: constant("1"),
          vatRate: levelRate(form, level, vat),
          total:
            vat === undefined
              ? { net: decimal(`${homeSum(form)}${net}`), vat: constant("0") }
              : {
                  net: decimal(`${homeSum(form)}${net}`),
                  vat: decimal(`${homeSum(form)}${vat}`),
                  gross: decimal(`${homeSum(form)}${gross ?? ""}`),
                },
        }),
      ),
    ),
  );
}

export function linesRead(form: Form): Spec<Line[]> {
  return concat<Line>(
    each<Line>(form.items, itemOf(form)),
    ...(form.prefix === "inv" ? [advance(form)] : []),
    roundingItem(form),
    summaryLines(form),
  );
}
