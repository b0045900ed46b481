import type { Decimal, Product, ProductParameter, ProductPrice, Variant } from "../../src/index.ts";
import { createRandom, type Random } from "../random.ts";

/** What the plain feed holds: one attribute and 13 elements, all of them texts, the description as CDATA. */
export interface PlainItem {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly manufacturer: string;
  readonly ean: string;
  readonly price: string;
  readonly vat: string;
  readonly currency: string;
  readonly unit: string;
  readonly stock: string;
  readonly availability: string;
  readonly category: string;
  readonly image: string;
}

const things = ["Hrnek", "Polštář", "Čaj zelený sypaný", "Konvice", "Utěrka kuchyňská", "Svíčka vonná", "Šroub M8"];
const kinds = [
  "Káva & čaj",
  "„Žluťásek“",
  "dětský",
  "Řeka 0,3 l",
  'průměr 3/4"',
  "s víčkem",
  "ruční výroba <1 kg>",
  "",
];
const makers = ["Řemeslo Žďár", "Keramika U Mlýna", "Novák & synové", "Dílna Příčná"];
const categories = ["Kuchyně > Hrnky", "Bydlení > Textil > Polštáře", "Dílna > Spojovací materiál", "Čaje"];
const availabilities = ["Skladem", "Skladem u dodavatele", "Do týdne"];
const sentences = [
  "<p>Poctivá ruční práce z <strong>Vysočiny</strong>, každý kus je jiný.</p>",
  "<p>Lze mýt v myčce &amp; ohřívat v mikrovlnné troubě.</p>",
  "<ul><li>objem 0,3 l</li><li>výška 9 cm</li><li>záruka 24 měsíců</li></ul>",
  "<p>Doporučujeme skladovat v suchu, mimo dosah přímého slunce.</p>",
  "<p>Balení obsahuje návod v češtině i slovenštině.</p>",
];
const parameters: readonly ProductParameter[] = [
  { name: "Barva", value: "modrá" },
  { name: "Materiál", value: "kamenina, dřevo & kov" },
  { name: "Plocha", value: "1,5 m²" },
  { name: "Země původu", value: "Česká republika" },
];
const rates = ["21", "21", "21", "12", "0"] as const;
const sizes = ["S", "M", "L", "XL"];

/** The same items for the same seed. */
export function* plainItems(count: number, seed = 1): Generator<PlainItem> {
  const random = createRandom(seed);
  for (let number = 0; number < count; number++)
    yield {
      id: String(100_000 + number),
      code: codeOf(number),
      name: nameOf(random),
      description: descriptionOf(random),
      manufacturer: random.pick(makers),
      ean: eanOf(random.between(0, 999_999_999)),
      price: random.pick(decimals)(random.between(900, 2_500_000)),
      vat: random.pick(rates),
      currency: "CZK",
      unit: "ks",
      stock: String(random.between(0, 200)),
      availability: random.pick(availabilities),
      category: random.pick(categories),
      image: imageOf(number, 1),
    };
}

/**
 * A catalogue of an accounting system, the same for the same seed: every tenth product is not for sale, one in five has
 * variants, price lists state net prices alone, and amounts have as many decimals as somebody typed.
 */
export function* catalogue(count: number, seed = 1): Generator<Product> {
  const random = createRandom(seed);
  for (let number = 0; number < count; number++) {
    const hasVariants = random.next() < 0.2;
    const net = random.between(900, 2_500_000);
    yield {
      externalId: String(100_000 + number),
      code: codeOf(number),
      name: nameOf(random),
      description: descriptionOf(random),
      manufacturer: random.pick(makers),
      ...(random.next() < 0.9 && { ean: eanOf(random.between(0, 999_999_999)) }),
      unit: "ks",
      vatRate: random.pick(rates),
      prices: pricesOf(random, net),
      ...(!hasVariants && { stock: stockOf(random) }),
      availability: random.pick(availabilities),
      weight: `${random.between(1, 4) / 4}`,
      categories: categories.slice(random.between(0, 2)),
      images: Array.from({ length: random.between(1, 4) }, (_, index) => ({ url: imageOf(number, index + 1) })),
      parameters: parameters.slice(random.between(0, 3)),
      ...(hasVariants && { variants: variantsOf(random, number, net) }),
      sold: random.next() < 0.9,
    };
  }
}

function pricesOf(random: Random, net: number): ProductPrice[] {
  return [
    { currency: "CZK", net: random.pick(decimals)(net) },
    { list: "VOC", currency: "CZK", net: random.pick(decimals)(Math.round(net * 0.8)) },
    { list: "Prodejny & partneři", currency: "CZK", net: random.pick(decimals)(Math.round(net * 0.7)) },
  ];
}

function stockOf(random: Random): NonNullable<Product["stock"]> {
  const quantity = random.between(0, 200);
  return { quantity: `${quantity}`, reserved: `${random.between(0, 5)}` };
}

function variantsOf(random: Random, number: number, net: number): Variant[] {
  return sizes.slice(0, random.between(2, 4)).map((size) => ({
    code: `${codeOf(number)}/${size}`,
    ean: eanOf(random.between(0, 999_999_999)),
    prices: [{ currency: "CZK", net: random.pick(decimals)(net) }],
    stock: stockOf(random),
    parameters: [{ name: "Velikost", value: size }],
  }));
}

/** Ways to write an amount of hellers: `123450` is `1234.50`, `1234.5`, or whole crowns, or has four decimals. */
const decimals: readonly ((hellers: number) => Decimal)[] = [cents, cents, cents, tenths, crowns, fourDecimals];

function cents(hellers: number): Decimal {
  return `${Math.floor(hellers / 100)}.${String(hellers % 100).padStart(2, "0")}` as Decimal;
}

function tenths(hellers: number): Decimal {
  return `${Math.floor(hellers / 100)}.${Math.floor(hellers / 10) % 10}` as Decimal;
}

function fourDecimals(hellers: number): Decimal {
  return `${cents(hellers)}37` as Decimal;
}

function crowns(hellers: number): Decimal {
  return String(Math.floor(hellers / 100)) as Decimal;
}

function codeOf(number: number): string {
  return `KV-${String(number).padStart(6, "0")}`;
}

/** One name in a hundred has a character beyond the first 65,536. */
function nameOf(random: Random): string {
  const gift = random.next() < 0.01 ? " 🎁" : "";
  return `${random.pick(things)} ${random.pick(kinds)}${gift} č. ${random.between(1, 999)}`;
}

function descriptionOf(random: Random): string {
  return Array.from({ length: random.between(1, 4) }, () => random.pick(sentences)).join("\n");
}

/** 859, nine digits and the check digit. */
function eanOf(number: number): string {
  const digits = `859${String(number).padStart(9, "0")}`;
  const sum = Array.from(digits, (digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 3)).reduce((a, b) => a + b);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

function imageOf(number: number, index: number): string {
  return `https://cdn.example.cz/produkty/${number}-${index}.jpg?v=2&w=800`;
}
