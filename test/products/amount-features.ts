import type { Decimal, Product, ProductPrice, Stock } from "propojka";
import { compare } from "../../src/model/money.ts";
import { harshness, itemsOf, numberOf, type Feature } from "./feature.ts";
import { price } from "./nice.ts";

/** What prices, VAT rates and stock may hold. */
export const amountFeatures: readonly Feature[] = [
  prices(
    "sixDecimals",
    0.06,
    (main) => ({ currency: main.currency, net: "206.611570" }),
    (p) => /\.\d{6}$/.test(p),
  ),
  prices(
    "manyDecimals",
    0.01,
    (main) => ({ ...main, net: "0.333333333333", gross: "0.403333333333" }),
    (p) => /\.\d{12}$/.test(p),
  ),
  prices(
    "zeroPrice",
    0.03,
    (main) => ({ ...main, net: "0", gross: "0.00" }),
    (p) => compare(p, "0") === 0,
  ),
  prices(
    "hugePrice",
    0.02,
    (main) => ({ ...main, net: "123456789012345.67", gross: "149382714704938.26" }),
    (p) => compare(p, "10000000000") > 0,
    "harsh",
  ),
  prices("negativePrice", 0.01, (main) => ({ ...main, net: "-10.00", gross: "-12.10" }), negative, "harsh"),
  prices(
    "wholePrice",
    0.04,
    (main) => ({ ...main, net: "100", gross: "121" }),
    (p) => !p.includes("."),
  ),
  {
    name: "netOnly",
    share: 0.04,
    add: (product) => product.prices?.forEach((one) => delete one.gross),
    has: (product) => anyPrice(product, (one) => one.net !== undefined && one.gross === undefined),
  },
  {
    name: "grossOnly",
    share: 0.04,
    add: (product) => product.prices?.forEach((one) => delete one.net),
    has: (product) => anyPrice(product, (one) => one.net === undefined && one.gross !== undefined),
  },
  {
    name: "noPrices",
    share: 0.03,
    harsh: true,
    add: (product) => itemsOf(product).forEach((item) => delete item.prices),
    has: (product) => itemsOf(product).every((item) => (item.prices ?? []).length === 0),
  },
  {
    name: "priceWithoutAmount",
    share: 0.01,
    harsh: true,
    add: (product) => (product.prices = [{ currency: "CZK" }]),
    has: (product) => anyPrice(product, (one) => one.net === undefined && one.gross === undefined),
  },
  {
    name: "manyPriceLists",
    share: 0.08,
    add: (product, draw) => {
      const vatRate = product.vatRate ?? "21";
      const more = ["HUF", "PLN", "USD", "EUR"].map((currency) =>
        price(`${100 + draw.int(900)}`, vatRate, currency, `Ceník ${currency} & spol.`),
      );
      product.prices = [...more, ...(product.prices ?? [])];
    },
    has: (product) => (product.prices?.length ?? 0) > 3,
  },
  vats("noVatRate", 0.02, [undefined]),
  vats("vatRate", 0.04, ["0", "21.00", "12.0", "5.5", "23"]),

  stocks(
    "negativeStock",
    0.04,
    () => ({ quantity: "-3" }),
    ({ quantity = "0" }) => negative(quantity),
  ),
  stocks("fractionalStock", 0.05, () => ({ quantity: "12.345", reserved: "0.5" }), fraction(/\.\d{1,3}$/)),
  stocks("tinyFraction", 0.02, () => ({ quantity: "0.123456" }), fraction(/\.\d{4,}$/), "harsh"),
  stocks(
    "hugeStock",
    0.01,
    () => ({ quantity: "123456789012" }),
    ({ quantity = "0" }) => quantity.length > 8,
    "harsh",
  ),
  stocks(
    "zeroStock",
    0.05,
    () => ({ quantity: "0" }),
    ({ quantity }) => quantity === "0",
  ),
  stocks(
    "overReserved",
    0.03,
    () => ({ quantity: "2", reserved: "5" }),
    ({ quantity = "0", reserved = "0" }) => compare(reserved, quantity) > 0,
  ),
  stocks(
    "manyWarehouses",
    0.08,
    (stock, number) => ({
      ...stock,
      warehouses: Array.from({ length: 3 + (number % 5) }, (_, nth) => ({
        code: `S/${nth}`,
        name: `Sklad č. ${nth} <záložní>`,
        quantity: `${nth * 7 - 3}`,
        reserved: `${nth}.25` as Decimal,
      })),
    }),
    ({ warehouses = [] }) => warehouses.length > 2,
  ),
  stocks(
    "warehousesOnly",
    0.02,
    ({ warehouses = [] }) => ({ warehouses }),
    ({ quantity }) => quantity === undefined,
  ),
  {
    name: "noStock",
    share: 0.03,
    add: (product) => itemsOf(product).forEach((item) => delete item.stock),
    has: (product) => itemsOf(product).every((item) => item.stock === undefined),
  },
];

function negative(value: Decimal): boolean {
  return compare(value, "0") < 0;
}

function fraction(form: RegExp): (stock: Stock) => boolean {
  return ({ quantity = "0" }) => form.test(quantity);
}

function anyPrice(product: Product, test: (price: ProductPrice) => boolean): boolean {
  return itemsOf(product).some((item) => item.prices?.some(test) ?? false);
}

/** Changes the first price of the product, or gives it one. */
function prices(
  name: string,
  share: number,
  make: (main: ProductPrice) => ProductPrice,
  test: (amount: Decimal) => boolean,
  harsh?: "harsh",
): Feature {
  return {
    name,
    share,
    ...harshness(harsh),
    add: (product) => {
      const [main = { currency: "CZK" }, ...others] = product.prices ?? [];
      product.prices = [make(main), ...others];
    },
    has: (product) =>
      anyPrice(product, (one) => [one.net, one.gross].some((value) => value !== undefined && test(value))),
  };
}

function vats(name: string, share: number, rates: readonly (Decimal | undefined)[]): Feature {
  return {
    name,
    share,
    add: (product, draw) => {
      const vatRate = draw.pick(rates);
      delete product.vatRate;
      Object.assign(product, vatRate === undefined ? {} : { vatRate });
    },
    has: ({ vatRate }) => rates.includes(vatRate),
  };
}

function stocks(
  name: string,
  share: number,
  make: (stock: Stock, number: number) => Stock,
  test: (stock: Stock) => boolean,
  harsh?: "harsh",
): Feature {
  return {
    name,
    share,
    ...harshness(harsh),
    add: (product) => (product.stock = make(product.stock ?? {}, Number(numberOf(product)))),
    has: ({ stock }) => stock !== undefined && test(stock),
  };
}
