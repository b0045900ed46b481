import type { Product, Stock } from "../../src/index.ts";
import { offerOptions } from "./feeds.ts";

type Money = Pick<NonNullable<Product["prices"]>[number], "net" | "gross">;

const MOST_SHOWN = Number(offerOptions.stock.cap);
const [inStock, outOfStock] = offerOptions.availability;

/** What one would write by hand for `offerOptions`: the products that go out, as they go out. */
export function* offered(products: Iterable<Product>): Generator<Product> {
  for (const product of products) if (product.sold !== false) yield offer(product);
}

function offer(product: Product): Product {
  const own = offerItem(product, product.vatRate);
  if (product.variants === undefined) return own;
  return {
    ...own,
    variants: product.variants.map((variant) => offerItem(variant, variant.vatRate ?? product.vatRate)),
  };
}

function offerItem<Item extends Pick<Product, "prices" | "stock" | "availability">>(item: Item, rate = "21"): Item {
  const { prices, stock } = item;
  const changed = { ...item };
  if (prices !== undefined)
    changed.prices = prices
      .filter(({ currency }) => currency === offerOptions.prices.currency)
      .map(({ list, currency, ...money }) => ({
        ...(list !== undefined && { list }),
        currency,
        gross: grossOf(money, rate),
      }));
  if (stock !== undefined) {
    const left = available(stock);
    changed.stock = { quantity: `${Math.min(left, MOST_SHOWN)}` };
    changed.availability = left >= Number(inStock.from) ? inStock.text : outOfStock.text;
  }
  return changed;
}

function available({ quantity = "0", reserved = "0" }: Stock): number {
  return Math.max(0, Number(quantity) - Number(reserved));
}

/** Exact below a million million: whole hundredths of hellers, and nothing is rounded before the end. */
function grossOf({ net = "0", gross }: Money, rate: string): `${number}` {
  if (gross !== undefined) return twoDecimals(gross);
  const hellers = Math.floor((tenThousandths(net) * (100 + Number(rate)) + 5000) / 10_000);
  return `${Math.floor(hellers / 100)}.${String(hellers % 100).padStart(2, "0")}` as `${number}`;
}

/** `1234.5` → `1234.50`, `1.2351` → `1.24`; from 0 up, four decimals at most. */
export function twoDecimals(text: `${number}`): `${number}` {
  const point = text.indexOf(".");
  const decimals = point < 0 ? 0 : text.length - point - 1;
  if (decimals === 2) return text;
  if (decimals === 0) return `${text}.00` as `${number}`;
  if (decimals === 1) return `${text}0` as `${number}`;
  const hellers = Math.floor((tenThousandths(text) + 50) / 100);
  return `${Math.floor(hellers / 100)}.${String(hellers % 100).padStart(2, "0")}` as `${number}`;
}

/** Zeros at the end of the decimals go. */
export function trimmed(text: string): string {
  return text.includes(".") && text.endsWith("0") ? text.replace(/\.?0+$/, "") : text;
}

function tenThousandths(text: string): number {
  const [whole = "0", decimals = ""] = text.split(".");
  return Number(whole + decimals.padEnd(4, "0"));
}
