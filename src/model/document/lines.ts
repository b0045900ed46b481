import * as money from "../money.ts";
import type { Decimal, Line, Order, Price, PriceBasis, Totals, VatBreakdown, VatCategory } from "../order.ts";
import type { DocumentOptions } from "./options.ts";

/** Lines and what they add up to. */
export interface Sheet {
  readonly lines: readonly Line[];
  readonly totals?: Totals | undefined;
  readonly vatBreakdown?: readonly VatBreakdown[] | undefined;
}

/** Rounding as the format has it: in the totals, or as a line without VAT. */
export function placeRounding({ lines, totals, ...rest }: Sheet, where: DocumentOptions["rounding"]): Sheet {
  if (where === "total") {
    const roundings = lines.filter(isRounding);
    const moved = money.sum(roundings.map(({ total }) => total?.gross ?? "0"));
    if (roundings.length === 0) return { lines, totals, ...rest };
    const kept = lines.filter((line) => !isRounding(line));
    return { ...rest, lines: kept, totals: totals && shifted(totals, money.negate(moved)) };
  }
  const rounding = totals?.rounding;
  if (where !== "line" || rounding === undefined || money.isZero(rounding)) return { lines, totals, ...rest };
  const amount = { net: rounding, gross: rounding };
  const line: Line = {
    kind: "rounding",
    name: "Zaokrouhlení",
    quantity: "1",
    unitPrice: amount,
    total: { ...amount, vat: "0.00" },
  };
  return { ...rest, lines: [...lines, line], totals: shifted(totals ?? {}, rounding) };
}

function isRounding({ kind, vatRate }: Line): boolean {
  return kind === "rounding" && vatRate === undefined;
}

/** The totals with so much more in the lines, and so much less in the rounding. */
function shifted({ net, gross, rounding, ...totals }: Totals, amount: Decimal): Totals {
  const left = money.subtract(rounding ?? "0", amount);
  return {
    ...totals,
    ...(net !== undefined && { net: money.add(net, amount) }),
    ...(gross !== undefined && { gross: money.add(gross, amount) }),
    ...(!money.isZero(left) && { rounding: left }),
  };
}

/**
 * A discount over goods of several rates, which has no rate of its own, becomes one for each rate: what a row of the
 * breakdown has beside its lines.
 */
export function shareDiscounts({ lines, vatBreakdown, totals }: Sheet): Sheet {
  const shared = lines.filter(
    ({ kind, vatRate, total }) => kind === "discount" && vatRate === undefined && !money.isZero(total?.gross ?? "0"),
  );
  const [first] = shared;
  if (first === undefined || vatBreakdown === undefined || vatBreakdown.length === 0)
    return { lines, totals, vatBreakdown };
  const rest = lines.filter((line) => !shared.includes(line));
  const { unitPrice: _price, total: _total, quantity: _quantity, ...described } = first;
  const name = [...new Set(shared.map((line) => line.name))].join(" + ");
  const parts = vatBreakdown.flatMap(({ rate, ...row }): Line[] => {
    const beside = (side: "net" | "vat" | "gross"): Decimal =>
      money.subtract(
        row[side] ?? "0",
        money.sum(rest.filter(({ vatRate }) => isRate(vatRate, rate)).map(({ total }) => total?.[side] ?? "0")),
      );
    const total = { net: beside("net"), vat: beside("vat"), gross: beside("gross") };
    if (money.isZero(total.gross) && money.isZero(total.net)) return [];
    const unitPrice = { net: total.net, gross: total.gross };
    return [{ ...described, name, quantity: "1", vatRate: rate, unitPrice, total }];
  });
  return {
    lines: lines.flatMap((line) => (line === first ? parts : shared.includes(line) ? [] : [line])),
    totals,
    vatBreakdown,
  };
}

function isRate(rate: Decimal | undefined, wanted: Decimal): boolean {
  return rate !== undefined && money.compare(rate, wanted) === 0;
}

/** Lines with what every program wants to know of them. */
export function describeLines(
  lines: readonly Line[],
  { vatRegime }: Pick<Order, "vatRegime">,
  options: DocumentOptions,
): Line[] {
  const ids = lines.map(({ externalId }) => externalId);
  const keepsIds = ids.every((id) => id !== undefined) && new Set(ids).size === ids.length;
  return lines.map((line, index) => {
    const vatCategory = line.vatCategory ?? categoryOf(line.vatRate, vatRegime, options);
    // Whatever rate the shop shows: who pays no VAT charges none.
    const { vatRate, ...free } = line;
    const described: Line = {
      ...free,
      ...(vatRate !== undefined && vatRegime !== "nonPayer" && { vatRate }),
      ...(!keepsIds && { externalId: String(index + 1) }),
      ...(vatCategory !== undefined && { vatCategory }),
      priceBasis: line.priceBasis ?? basisOf(line, options.priceBasis ?? "auto"),
    };
    return options.negativePrices === "quantity" ? positivelyPriced(described) : described;
  });
}

export function categoryOf(
  rate: Decimal | undefined,
  regime: Order["vatRegime"],
  { zeroRate = "zero" }: DocumentOptions,
): VatCategory | undefined {
  if (regime === "nonPayer" || rate === undefined) return "outOfScope";
  if (!money.isZero(rate)) return "standard";
  if (regime === "reverseCharge" || regime === "intraCommunity" || regime === "export") return regime;
  return zeroRate;
}

/** The price with fewer decimals of those that give the line's total; the one with VAT where both have as many. */
function basisOf({ quantity, unitPrice, total }: Line, wanted: NonNullable<DocumentOptions["priceBasis"]>): PriceBasis {
  if (wanted !== "auto") return wanted;
  const cost = (basis: PriceBasis): number => {
    const price = unitPrice?.[basis];
    const whole = total?.[basis];
    if (price === undefined) return Infinity;
    const fits = whole === undefined || money.compare(money.round(money.multiply(price, quantity), 2), whole) === 0;
    return (fits ? 0 : 100) + Math.max(2, decimalsOf(price));
  };
  return cost("net") < cost("gross") ? "net" : "gross";
}

function decimalsOf(price: Decimal): number {
  return price.replace(/0+$/, "").split(".")[1]?.length ?? 0;
}

function positivelyPriced(line: Line): Line {
  const { unitPrice, home } = line;
  const price = unitPrice?.gross ?? unitPrice?.net;
  if (price === undefined || money.compare(price, "0") >= 0) return line;
  const turned = ({ net, gross }: Price): Price => ({
    ...(net !== undefined && { net: money.negate(net) }),
    ...(gross !== undefined && { gross: money.negate(gross) }),
  });
  return {
    ...line,
    quantity: money.negate(line.quantity),
    unitPrice: turned(unitPrice ?? {}),
    ...(home?.unitPrice && { home: { ...home, unitPrice: turned(home.unitPrice) } }),
  };
}

/**
 * One row for each rate and category, in the order of the breakdown; lines that no VAT belongs to have one of the rate 0,
 * since programs want a sum of them too.
 */
export function describeBreakdown(rows: readonly VatBreakdown[] | undefined, lines: readonly Line[]): VatBreakdown[] {
  const described = (rows ?? []).flatMap((row): VatBreakdown[] => {
    if (row.category !== undefined) return [row];
    const own = lines.filter(({ vatRate }) => isRate(vatRate, row.rate));
    const categories = [...new Set(own.map(({ vatCategory }) => vatCategory ?? "standard"))];
    if (categories.length < 2)
      return [{ ...row, category: categories[0] ?? (money.isZero(row.rate) ? "zero" : "standard") }];
    return categories.map((category) => sumOf(own, row.rate, category));
  });
  const free = lines.filter(({ vatRate }) => vatRate === undefined);
  const outside = sumOf(free, "0", "outOfScope");
  const isStated = described.some(({ category }) => category === "outOfScope");
  return money.isZero(outside.gross ?? "0") || isStated ? described : [...described, outside];
}

/** Rows of one rate together; the first of them gives the category. */
export function byRate(rows: readonly VatBreakdown[]): VatBreakdown[] {
  const groups = new Map<string, VatBreakdown>();
  for (const row of rows) {
    const key = money.isZero(row.rate) ? "0" : row.rate;
    const known = groups.get(key);
    groups.set(key, known === undefined ? row : added(known, row));
  }
  return [...groups.values()];
}

function added(left: VatBreakdown, right: VatBreakdown): VatBreakdown {
  const { home: _home, ...row } = left;
  const gross = money.add(left.gross ?? "0", right.gross ?? "0");
  return { ...row, net: money.add(left.net, right.net), vat: money.add(left.vat, right.vat), gross };
}

function sumOf(lines: readonly Line[], rate: Decimal, category: VatCategory): VatBreakdown {
  const side = (name: "net" | "vat" | "gross"): Decimal =>
    money.sum(lines.filter((line) => line.vatCategory === category).map(({ total }) => total?.[name] ?? "0"));
  return { rate, net: side("net"), vat: side("vat"), gross: side("gross"), category };
}
