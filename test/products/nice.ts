import type { Decimal, Instant, IsoDate, Product, ProductPrice, Stock, Variant } from "propojka";
import { add, divide, multiply, round } from "../../src/model/money.ts";
import { random, type Random } from "./random.ts";

const things = ["Hrnek", "Konvice", "Miska", "Talíř", "Džbán", "Váza", "Svícen", "Podnos", "Lžička", "Prkénko"];
const places = ["Vltava", "Šumava", "Kolín", "Třeboň", "Žďár", "Říp", "Děčín", "Úpa", "Ještěd", "Blaník"];
const words =
  "ručně točený vypálený při vysoké teplotě vhodný do myčky i do mikrovlnné trouby glazura je zdravotně nezávadná a drží svůj odstín každý kus se od ostatních trochu liší dodáváme v dárkové krabičce s návodem".split(
    " ",
  );
const makers = ["Hrnčírna Nová Ves", "Keramika Lhota", "Dřevo Podhájí", "Sklárna Údolí"];
const units = ["ks", "sada", "kg", "m"];
const colours = ["modrá", "zelená", "žlutá", "růžová", "černá", "bílá", "šedá", "hnědá", "červená", "fialová"];
const sizes = ["S", "M", "L", "XL"];
const parameterValues: readonly (readonly [string, readonly string[]])[] = [
  ["Barva", colours],
  ["Materiál", ["kamenina", "porcelán", "sklo", "dřevo"]],
  ["Objem", ["250 ml", "300 ml", "500 ml"]],
  ["Výška", ["9 cm", "12 cm", "24 cm"]],
  ["Země původu", ["Česko", "Slovensko"]],
  ["Mytí v myčce", ["ano", "ne"]],
];

/** How many parts a product has; a number that is left out is drawn. */
export interface Sizes {
  readonly images?: number;
  readonly parameters?: number;
  readonly variants?: number;
}

/**
 * A product without anything unusual, every field filled, save for `variantOf`: 3 prices (main, "VOC", "EUR", each net
 * and gross, 2 decimals), 2 warehouses that add up to the stock, 1 to 4 images, 2 to 4 parameters; every fifth has 2
 * to 4 variants. Code and EAN are unique by `index`, 0 to 999,999.
 */
export function niceProduct(seed: number, index: number, counts: Sizes = {}): Product {
  const draw = random(seed, index);
  const place = draw.pick(places);
  const colour = draw.pick(colours);
  const title = `${draw.pick(things)} ${place} ${colour}`;
  const code = `HRN-${String(index).padStart(6, "0")}`;
  const variants = counts.variants ?? (index % 5 === 4 ? 2 + draw.int(3) : 0);
  return {
    code,
    name: title,
    description: Array.from({ length: 3 + draw.int(4) }, () => sentence(draw)).join(" "),
    shortDescription: sentence(draw),
    manufacturer: draw.pick(makers),
    supplier: draw.pick(makers),
    categories: [`Kuchyně > ${draw.pick(["Hrnky", "Mísy", "Prostírání"])}`, `Dárky > ${place}`],
    condition: "new",
    ...item(draw, index, counts),
    ...(variants > 0 && { variants: Array.from({ length: variants }, (_, nth) => variant(draw, code, index, nth)) }),
    sold: true,
    stocked: true,
    changedAt: `${day(draw, "2026-03")}T${hour(draw)}:22:09+01:00` as Instant,
    custom: { note: sentence(draw) },
  };
}

/** An EAN-13 with its check digit: `"859"`, 9 digits out of `number`, below 10⁹. */
export function ean13(number: number): string {
  return withCheckDigit(`859${String(number).padStart(9, "0")}`);
}

/** Appends the check digit of EAN-8, UPC-A and EAN-13: weights 3, 1, 3 … from the right. */
export function withCheckDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 3 : 1), 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** Net and gross of a price, the gross rounded to 2 decimals. Either follows from the other. */
export function price(net: Decimal, vatRate: Decimal, currency: string, list?: string): ProductPrice {
  const gross = round(multiply(net, divide(add("100", vatRate), "100", 4)), 2);
  return { ...(list !== undefined && { list }), currency, net, gross };
}

function item(draw: Random, index: number, counts: Sizes): Omit<Variant, "code" | "name"> {
  const vatRate: Decimal = draw.chance(0.8) ? "21" : "12";
  const net = amount(50 + draw.int(2000), draw.int(100));
  return {
    externalId: String(10_000 + index),
    ean: ean13(index * 1000),
    partNumber: `PN-${index}-${draw.int(10)}`,
    unit: draw.pick(units),
    vatRate,
    prices: [
      price(net, vatRate, "CZK"),
      price(round(multiply(net, "0.85"), 2), vatRate, "CZK", "VOC"),
      price(round(divide(net, "24.5", 4), 2), vatRate, "EUR", "EUR"),
    ],
    regularPrice: { ...price(round(multiply(net, "1.2"), 2), vatRate, "CZK") },
    purchasePrice: { ...price(round(multiply(net, "0.6"), 2), vatRate, "CZK") },
    stock: stock(draw),
    availability: draw.pick(["Skladem", "Do 3 dnů", "Na objednávku"]),
    deliveryDays: draw.pick<Decimal>(["0", "3", "14"]),
    availableFrom: day(draw, "2026-04"),
    weight: amount(draw.int(3), 1 + draw.int(99)),
    url: `https://www.example.cz/zbozi/${index}`,
    images: Array.from({ length: counts.images ?? 1 + draw.int(4) }, (_, nth) => ({
      url: `https://www.example.cz/obrazky/${index}-${nth + 1}.jpg`,
      description: `Pohled ${nth + 1}`,
    })),
    parameters: draw
      .some(parameterValues, counts.parameters ?? 2 + draw.int(3))
      .map(([name, values]) => ({ name, value: draw.pick(values) })),
  };
}

function variant(draw: Random, code: string, index: number, nth: number): Variant {
  const size = sizes[nth % sizes.length]!;
  const colour = colours[Math.floor(nth / sizes.length) % colours.length]!;
  const series = Math.floor(nth / sizes.length / colours.length) + 1;
  return {
    code: `${code}-${nth + 1}`,
    name: `${size} ${colour} ${series}`,
    ...item(draw, index, { images: 1, parameters: 0 }),
    externalId: `${10_000 + index}-${nth + 1}`,
    ean: ean13(index * 1000 + nth + 1),
    parameters: [
      { name: "Velikost", value: size },
      { name: "Barva", value: colour },
      { name: "Řada", value: String(series) },
    ],
  };
}

function stock(draw: Random): Stock {
  const [shop, store] = [draw.int(50), 10 + draw.int(200)];
  const [ofShop, ofStore] = [draw.int(shop + 1), draw.int(10)];
  return {
    quantity: `${shop + store}`,
    reserved: `${ofShop + ofStore}`,
    minimum: "5",
    maximum: "500",
    warehouses: [
      { code: "PRA", name: "Praha", quantity: `${shop}`, reserved: `${ofShop}`, location: `A-${1 + draw.int(20)}` },
      { code: "BRN", name: "Brno", quantity: `${store}`, reserved: `${ofStore}`, location: `B-${1 + draw.int(20)}` },
    ],
  };
}

function sentence(draw: Random): string {
  const text = Array.from({ length: 6 + draw.int(8) }, () => draw.pick(words)).join(" ");
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

function amount(whole: number, hundredths: number): Decimal {
  return `${whole}.${String(hundredths).padStart(2, "0")}` as Decimal;
}

function day(draw: Random, month: string): IsoDate {
  return `${month}-${String(1 + draw.int(28)).padStart(2, "0")}` as IsoDate;
}

function hour(draw: Random): string {
  return String(draw.int(24)).padStart(2, "0");
}
