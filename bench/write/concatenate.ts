import type { Product, ProductPrice, Stock, Variant } from "../../src/index.ts";
import type { FileEncoding } from "../generate.ts";
import { offered, trimmed, twoDecimals } from "./offer.ts";
import type { PlainItem } from "./products.ts";
import { CHUNK, encoderOf, lackingExpression, type Sink, type Work, works, type Writer } from "./writer.ts";

/** Turns texts into markup. */
interface Escape {
  readonly text: (value: string) => string;
  readonly cdata: (value: string) => string;
}

type RecordOf<Item> = (item: Item) => string;

/** What one would write by hand for these feeds alone; it is the measure of what can be reached. */
export function concatenation(work: Work, escapeFor: (encoding: FileEncoding) => Escape = checked): Writer {
  const { encoding } = works[work];
  const escape = escapeFor(encoding);
  const head = `<?xml version="1.0" encoding="${encoding}"?>\n<SHOP>\n`;
  if (work === "plain") {
    const record = plainRecord(escape);
    return { write: (items: Iterable<PlainItem>, sink) => concatenate(items, record, head, encoding, sink) };
  }
  const record = richRecord(escape);
  return {
    write: (items: Iterable<Product>, sink) =>
      concatenate(work === "offered" ? offered(items) : items, record, head, encoding, sink),
  };
}

function concatenate<Item>(
  items: Iterable<Item>,
  record: RecordOf<Item>,
  head: string,
  encoding: FileEncoding,
  sink: Sink,
): void {
  const encode = encoderOf(encoding);
  let text = head;
  for (const item of items) {
    text += record(item);
    if (text.length < CHUNK) continue;
    sink(encode(text));
    text = "";
  }
  sink(encode(`${text}</SHOP>\n`));
}

const references: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;" };

/** Well-formed whatever the text is. One regular expression says of most texts that there is nothing to do. */
export function checked(encoding: FileEncoding): Escape {
  const needsText = new RegExp(`[^${classOf(writableUnits(encoding, "\r&<>"))}]`);
  const needsCdata = new RegExp(`[^${classOf(writableUnits(encoding, "\r"))}]`);
  const { isUnwritable, rewritten } = thorough(encoding);
  return {
    text(value) {
      if (!needsText.test(value)) return value;
      return isUnwritable(value) ? rewritten(value) : value.replace(/[&<>\r]/g, (letter) => references[letter] ?? "");
    },
    cdata: (value) => section(value, needsCdata.test(value) && isUnwritable(value)),
  };
}

/** The same with a loop over a table, which looks at each character once. */
export function checkedByTable(encoding: FileEncoding): Escape {
  const plain = writableUnits(encoding, "\r&<>");
  const inCdata = writableUnits(encoding, "\r");
  const byUnit: string[] = [];
  for (const letter in references) byUnit[letter.charCodeAt(0)] = references[letter]!;
  const { isUnwritable, rewritten } = thorough(encoding);
  const rest = (value: string, start: number): string => {
    let text = "";
    let from = 0;
    for (let index = start; index < value.length; index++) {
      const unit = value.charCodeAt(index);
      if (plain[unit] === 1) continue;
      const reference = byUnit[unit];
      if (reference === undefined) return rewritten(value);
      text += value.slice(from, index) + reference;
      from = index + 1;
    }
    return text + value.slice(from);
  };
  return {
    text(value) {
      for (let index = 0; index < value.length; index++)
        if (plain[value.charCodeAt(index)] === 0) return rest(value, index);
      return value;
    },
    cdata(value) {
      for (let index = 0; index < value.length; index++)
        if (inCdata[value.charCodeAt(index)] === 0) return section(value, isUnwritable(value));
      return section(value, false);
    },
  };
}

function section(value: string, isUnwritable: boolean): string {
  if (isUnwritable || value.includes("\r")) throw new Error("these descriptions have no such characters");
  return `<![CDATA[${value.includes("]]>") ? value.replaceAll("]]>", "]]]]><![CDATA[>") : value}]]>`;
}

/** Character by character, for the few texts that need it. */
function thorough(encoding: FileEncoding): {
  readonly isUnwritable: (value: string) => boolean;
  readonly rewritten: (value: string) => string;
} {
  const lacks = lackingExpression(encoding);
  const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\p{Cs}\ufffe\uffff]/u;
  const stands = (character: string): string => {
    if (forbidden.test(character)) return "";
    return references[character] ?? (lacks?.test(character) === true ? `&#${character.codePointAt(0)!};` : character);
  };
  return {
    isUnwritable: (value) => forbidden.test(value) || lacks?.test(value) === true,
    rewritten: (value) => Array.from(value, stands).join(""),
  };
}

/** 1 for each code unit that can stand as it is. */
function writableUnits(encoding: FileEncoding, markup: string): Uint8Array {
  const units = new Uint8Array(0x10000);
  const lacks = lackingExpression(encoding);
  for (let unit = 0; unit < 0x10000; unit++) {
    const character = String.fromCharCode(unit);
    const isAllowed = unit < 32 ? "\t\n\r".includes(character) : (unit < 0xd800 || unit > 0xdfff) && unit < 0xfffe;
    if (isAllowed && lacks?.test(character) !== true && !markup.includes(character)) units[unit] = 1;
  }
  return units;
}

/** The inside of a character class. */
function classOf(units: Uint8Array): string {
  let ranges = "";
  for (let from = 0; from < units.length; from++) {
    if (units[from] === 0) continue;
    let to = from;
    while (units[to + 1] === 1) to++;
    ranges += [from, to].map((unit) => String.raw`\u${unit.toString(16).padStart(4, "0")}`).join("-");
    from = to;
  }
  return ranges;
}

/** No XML where a text has a character that means something in markup. */
export function unchecked(): Escape {
  return { text: (value) => value, cdata: (value) => `<![CDATA[${value}]]>` };
}

function plainRecord({ text, cdata }: Escape): RecordOf<PlainItem> {
  return (item) =>
    `<SHOPITEM id="${text(item.id)}"><ITEM_ID>${text(item.code)}</ITEM_ID>` +
    `<PRODUCTNAME>${text(item.name)}</PRODUCTNAME><DESCRIPTION>${cdata(item.description)}</DESCRIPTION>` +
    `<MANUFACTURER>${text(item.manufacturer)}</MANUFACTURER><EAN>${text(item.ean)}</EAN>` +
    `<PRICE_VAT>${text(item.price)}</PRICE_VAT><VAT>${text(item.vat)}</VAT><CURRENCY>${text(item.currency)}</CURRENCY>` +
    `<UNIT>${text(item.unit)}</UNIT><STOCK>${text(item.stock)}</STOCK>` +
    `<AVAILABILITY>${text(item.availability)}</AVAILABILITY><CATEGORYTEXT>${text(item.category)}</CATEGORYTEXT>` +
    `<IMGURL>${text(item.image)}</IMGURL></SHOPITEM>\n`;
}

function richRecord({ text, cdata }: Escape): RecordOf<Product> {
  const element = (name: string, value: string | undefined): string =>
    value === undefined ? "" : `<${name}>${text(value)}</${name}>`;
  const list = (name: string, content: string): string => (content === "" ? "" : `<${name}>${content}</${name}>`);
  const number = (name: string, value: string | undefined): string =>
    value === undefined ? "" : `<${name}>${value}</${name}>`;

  const amounts = ({ currency, net, gross }: ProductPrice): string =>
    element("CURRENCY", currency) +
    number("PRICE", net && twoDecimals(net)) +
    number("PRICE_VAT", gross && twoDecimals(gross));
  const parameters = (all: Product["parameters"] = []): string =>
    list(
      "PARAMETERS",
      joined(all, ({ name, value }) => `<PARAMETER>${element("NAME", name)}${element("VALUE", value)}</PARAMETER>`),
    );
  const stockOf = (stock: Stock | undefined): string =>
    stock?.quantity === undefined ? "" : `<STOCK><AMOUNT>${trimmed(stock.quantity)}</AMOUNT></STOCK>`;
  const variant = ({ code, ean, prices = [], stock, availability, parameters: own }: Variant): string =>
    `<VARIANT>${element("CODE", code)}${element("EAN", ean)}` +
    joined(prices, (price) => (price.list === undefined ? amounts(price) : "")) +
    `${stockOf(stock)}${element("AVAILABILITY", availability)}${parameters(own)}</VARIANT>`;

  return (product) => {
    const { prices = [], categories = [], images = [], variants = [], weight } = product;
    return (
      `<SHOPITEM id="${text(product.externalId ?? "")}">${element("CODE", product.code)}${element("NAME", product.name)}` +
      (product.description === undefined ? "" : `<DESCRIPTION>${cdata(product.description)}</DESCRIPTION>`) +
      element("MANUFACTURER", product.manufacturer) +
      element("EAN", product.ean) +
      element("UNIT", product.unit) +
      number("VAT", product.vatRate) +
      joined(prices, (price) => (price.list === undefined ? amounts(price) : "")) +
      list(
        "PRICELISTS",
        joined(prices, (price) =>
          price.list === undefined ? "" : `<PRICELIST>${element("TITLE", price.list)}${amounts(price)}</PRICELIST>`,
        ),
      ) +
      stockOf(product.stock) +
      element("AVAILABILITY", product.availability) +
      number("WEIGHT", weight && trimmed(weight)) +
      list(
        "CATEGORIES",
        joined(categories, (one) => element("CATEGORY", one)),
      ) +
      joined(images, ({ url }, index) => element(index === 0 ? "IMGURL" : "IMGURL_ALTERNATIVE", url)) +
      parameters(product.parameters) +
      list("VARIANTS", joined(variants, variant)) +
      "</SHOPITEM>\n"
    );
  };
}

function joined<Item>(items: readonly Item[], textOf: (item: Item, index: number) => string): string {
  let text = "";
  for (let index = 0; index < items.length; index++) text += textOf(items[index]!, index);
  return text;
}
