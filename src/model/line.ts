import { extend } from "./extend.ts";
import type { Amount, Decimal, Line, Price } from "./order.ts";
import type { TotalsRule } from "./rule.ts";
import * as exact from "./scaled.ts";
import type { Scaled } from "./scaled.ts";
import { vatInGross, vatOnNet } from "./vat.ts";

/** A VAT rate: percent as a number, and as text without zeros at the end to tell rates apart. */
export interface Rate {
  readonly key: Decimal;
  readonly percent: Scaled;
}

/** Net and gross of one VAT rate. */
export interface RateSum extends Rate {
  net: Scaled;
  gross: Scaled;
}

/** A line while its amounts are completed. What stands in `line` is stated; the rest is filled in beside it. */
export interface OpenLine {
  line: Line;
  readonly index: number;
  readonly quantity: Scaled;
  rate: Rate | undefined;
  /** No VAT belongs to the line, so net and gross are one. */
  vatFree: boolean;
  /** A discount over goods of several rates: its part in each. */
  shares: readonly RateSum[] | undefined;
  unitNet: Scaled | undefined;
  unitGross: Scaled | undefined;
  net: Scaled | undefined;
  vat: Scaled | undefined;
  gross: Scaled | undefined;
}

/** Decimals of derived totals. */
const CENTS = 2;
/** Decimals to try for a derived unit price; the first that reproduces the line wins. */
const UNIT_SCALES = [2, 4, 6, 8] as const;
/** Decimals of a derived unit price when none reproduces the line. */
const FALLBACK_SCALE = 4;
const ZERO_CENTS: Scaled = { units: 0n, scale: CENTS };

export function openLine(line: Line, index: number): OpenLine {
  const { unitPrice, total } = line;
  const net = parseOptional(total?.net);
  const vat = parseOptional(total?.vat);
  const gross = parseOptional(total?.gross);
  return {
    line,
    index,
    quantity: exact.parse(line.quantity),
    rate: line.vatRate === undefined ? undefined : toRate(line.vatRate),
    vatFree: false,
    shares: undefined,
    unitNet: parseOptional(unitPrice?.net),
    unitGross: parseOptional(unitPrice?.gross),
    net: net ?? (gross && vat && cents(exact.sub(gross, vat))),
    vat: vat ?? (gross && net && cents(exact.sub(gross, net))),
    gross: gross ?? (net && vat && cents(exact.add(net, vat))),
  };
}

export function toRate(text: Decimal): Rate {
  const percent = exact.parse(text);
  if (percent.scale === 0) {
    return { key: text, percent };
  }
  const stripped = exact.strip(percent);
  return { key: exact.format(stripped), percent: stripped };
}

/**
 * Fills in the amounts of the whole quantity, with 2 decimals: from each other and the rate, or from the unit price.
 * With unit prices of both kinds the side that leads by `rule.basis` is multiplied and the other follows by the rate;
 * without a rate it is multiplied too.
 */
export function completeTotal(open: OpenLine, rule: TotalsRule): void {
  if (open.net === undefined && open.gross === undefined) {
    multiplyUnitPrice(open, rule);
    joinStatedVat(open);
  }
  const percent = open.vatFree ? exact.ZERO : open.rate?.percent;
  if (open.net === undefined && open.gross !== undefined) {
    if (percent !== undefined || open.gross.units === 0n) {
      open.vat = open.gross.units === 0n ? ZERO_CENTS : vatInGross(open.gross, percent!, CENTS);
      open.net = cents(exact.sub(open.gross, open.vat));
    } else if (open.unitNet !== undefined) {
      open.net = timesQuantity(open, open.unitNet, rule);
    }
  } else if (open.gross === undefined && open.net !== undefined) {
    if (percent !== undefined || open.net.units === 0n) {
      open.vat = open.net.units === 0n ? ZERO_CENTS : vatOnNet(open.net, percent!, CENTS);
      open.gross = cents(exact.add(open.net, open.vat));
    } else if (open.unitGross !== undefined) {
      open.gross = timesQuantity(open, open.unitGross, rule);
    }
  }
  if (open.vat === undefined && open.net !== undefined && open.gross !== undefined) {
    open.vat = cents(exact.sub(open.gross, open.net));
  }
}

/**
 * Fills in the unit price of each side that lacks it, from the other side and the rate, or from the line total and the
 * quantity. It gets 2 decimals where quantity × price, rounded, gives the line total; else 4, 6 or 8, the first that
 * does, the other side being asked before the total; 4 if none does.
 */
export function completeUnitPrice(open: OpenLine): void {
  const percent = open.vatFree ? exact.ZERO : open.rate?.percent;
  const { unitNet, unitGross } = open;
  if (unitNet === undefined) {
    open.unitNet = unitPrice(
      open,
      open.net,
      unitGross &&
        percent &&
        ((scale) => exact.sub(exact.roundTo(unitGross, scale), vatInGross(unitGross, percent, scale))),
    );
  }
  if (unitGross === undefined) {
    open.unitGross = unitPrice(
      open,
      open.gross,
      unitNet && percent && ((scale) => exact.add(exact.roundTo(unitNet, scale), vatOnNet(unitNet, percent, scale))),
    );
  }
}

/** The line with everything that was filled in. What the shop states stays as it stands, to the character. */
export function closeLine(open: OpenLine): Line {
  const { line } = open;
  const vatRate = line.vatRate ?? open.rate?.key;
  const unitPrice = closePrice(open, line.unitPrice);
  const total = closeTotal(open, line.total);
  if (vatRate === line.vatRate && unitPrice === line.unitPrice && total === line.total) {
    return line;
  }
  return extend(line, { vatRate, unitPrice, total });
}

function closePrice(open: OpenLine, stated: Price = {}): Price | undefined {
  const net = stated.net ?? formatOptional(open.unitNet);
  const gross = stated.gross ?? formatOptional(open.unitGross);
  return net === stated.net && gross === stated.gross ? open.line.unitPrice : extend<Price>({}, { net, gross });
}

function closeTotal(open: OpenLine, stated: Amount = {}): Amount | undefined {
  const net = stated.net ?? formatOptional(open.net);
  const vat = stated.vat ?? formatOptional(open.vat);
  const gross = stated.gross ?? formatOptional(open.gross);
  return net === stated.net && vat === stated.vat && gross === stated.gross
    ? open.line.total
    : extend<Amount>({}, { net, vat, gross });
}

/** Quantity × price with 2 decimals, rounded where the rule says. */
export function timesQuantity(open: OpenLine, price: Scaled, rule: TotalsRule): Scaled {
  const factor = rule.rounding === "perUnit" ? cents(price) : price;
  return cents(exact.mul(factor, open.quantity));
}

/** The value with 2 decimals. */
export function cents(value: Scaled): Scaled {
  return exact.roundTo(value, CENTS);
}

/** A shop may state the VAT of a line beside unit prices; it is believed. */
function joinStatedVat(open: OpenLine): void {
  const { net, vat, gross } = open;
  if (vat !== undefined && net === undefined && gross !== undefined) {
    open.net = cents(exact.sub(gross, vat));
  } else if (vat !== undefined && gross === undefined && net !== undefined) {
    open.gross = cents(exact.add(net, vat));
  }
}

function multiplyUnitPrice(open: OpenLine, rule: TotalsRule): void {
  const { unitNet, unitGross } = open;
  const side = unitGross === undefined ? "net" : unitNet === undefined ? "gross" : rule.basis;
  if (side !== "net" && unitGross !== undefined) {
    open.gross = timesQuantity(open, unitGross, rule);
  }
  if (side !== "gross" && unitNet !== undefined) {
    open.net = timesQuantity(open, unitNet, rule);
  }
  if (rule.rounding !== "perUnit") {
    return;
  }
  // The shop rounds the prices of one unit, so that the other side is a multiple of its price, too.
  const percent = open.vatFree ? exact.ZERO : open.rate?.percent;
  if (side === "gross" && unitGross !== undefined) {
    const price = unitNet ?? (percent && exact.sub(cents(unitGross), vatInGross(cents(unitGross), percent, CENTS)));
    open.net = price && timesQuantity(open, price, rule);
  } else if (side === "net" && unitNet !== undefined) {
    const price = unitGross ?? (percent && exact.add(cents(unitNet), vatOnNet(cents(unitNet), percent, CENTS)));
    open.gross = price && timesQuantity(open, price, rule);
  }
}

function unitPrice(
  { quantity }: OpenLine,
  total: Scaled | undefined,
  fromOtherSide: ((scale: number) => Scaled) | undefined,
): Scaled | undefined {
  if (total === undefined) {
    return fromOtherSide?.(FALLBACK_SCALE);
  }
  const whole = cents(total).units;
  const fromTotal = quantity.units === 0n ? undefined : (scale: number) => exact.divide(total, quantity, scale);
  for (const price of [fromOtherSide, fromTotal]) {
    for (const scale of price === undefined ? [] : UNIT_SCALES) {
      const candidate = price!(scale);
      if (cents(exact.mul(candidate, quantity)).units === whole) {
        return candidate;
      }
    }
  }
  return (fromOtherSide ?? fromTotal)?.(FALLBACK_SCALE);
}

function parseOptional(text: Decimal | undefined): Scaled | undefined {
  return text === undefined ? undefined : exact.parse(text);
}

function formatOptional(value: Scaled | undefined): Decimal | undefined {
  return value && exact.format(value);
}
