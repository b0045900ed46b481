import type { Product } from "propojka";
import type { Feature } from "./feature.ts";
import type { Random } from "./random.ts";
import { textsOf, weave } from "./text.ts";

const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((c) => !/[\t\n\r]/.test(c));

/** What XML, HTML, encodings and platforms make of texts. */
export const textFeatures: readonly Feature[] = [
  pieces("czech", 0.08, ["Příliš žluťoučký kůň úpěl ďábelské ódy", "ŇÁKÝ ŠÍLENÝ ŠŤOUCH, ĚÓ ÚŮ ČŘŽÝÉ"]),
  pieces("slovak", 0.08, ["Kŕdeľ šťastných ďatľov učí mĺkveho koňa žrať kôru, ä", "ĽŠČŤŽÝÁÍÉ ÔĹŔÄ ĎŇ"]),
  pieces("otherLatin", 0.03, ["Größe ßüöä", "Łódź ąęśćź", "Gyümölcs őű", "Crème brûlée", "smörgåsbord"]),
  pieces("emoji", 0.04, ["☕", "🧵", "👩‍🍳", "🇨🇿", "1️⃣", "🫖🏺"]),
  pieces("outsideWindows1250", 0.04, ["Кухня", "≤ 5 kg", "∅ 9 cm", "ﬁlc", "100 Ω", "日本", "½ l → ⅓ l"]),
  pieces("typography", 0.05, [
    "„uvozovky“",
    "199 €",
    "300\u00a0ml",
    "kera\u00admika",
    "3 – 5",
    "…",
    "′ ™ ®",
    "O’Neill",
  ]),
  pieces("invisible", 0.02, ["\u200b", "\u200d", "\ufeff", "\u2060", "\u200e", "\u2028"]),
  pieces("decomposed", 0.02, ["S\u030cumava", "Trebon\u030c", "ku\u030an\u030c"]),
  pieces("cdataEnd", 0.03, ["]]>", "]]", "<![CDATA[x]]>", "]]]]>>"]),
  pieces("markup", 0.08, ["A & B", "a < b", "a > b", '12"', "'rustikální'", "<!--", "-->", "<?xml?>", "AT&T;"]),
  pieces("references", 0.03, ["&amp;", "&nbsp;", "&lt;b&gt;", "&#160;", "&#x0;", "&#xD800;"]),
  pieces("lineBreaks", 0.05, ["\r\n", "\n", "\r", "\t", "\n\n"]),
  pieces("delimiters", 0.04, [";", "|", ",", "=", "#", "{}", "\\", "%s", "$1", "$&", "${x}"]),
  {
    name: "edgeSpaces",
    share: 0.04,
    add: (product, draw) =>
      (product.name = `${draw.pick(["", " ", "  "])}${product.name ?? ""}${draw.pick([" ", "\n"])}`),
    has: ({ name }) => name !== undefined && name !== name.trim(),
  },
  {
    name: "html",
    share: 0.1,
    add: (product, draw) => {
      const text = product.description ?? "";
      product.description = draw.pick([
        `<p class="uvod">${text}</p><ul><li>první &amp; druhý</li></ul>`,
        `<table><tr><td>Výška</td><td>9&nbsp;cm</td></tr></table><br/>${text}<br>`,
        `<div style='color:red'>${text}<script>if (a < b && c) { alert("]]>"); }</script></div>`,
      ]);
    },
    has: ({ description = "" }) => /<(?:p|table|div)\b/.test(description),
  },
  pieces("controls", 0.02, CONTROLS, "harsh"),
  pieces("nonCharacters", 0.01, ["\ufffe", "\uffff"], "harsh"),
  pieces("loneSurrogates", 0.01, ["\ud83d", "\udc69", "\udc69\ud83d"], "harsh"),
  long(
    "longName",
    0.02,
    251,
    400,
    (product, text) => (product.name = text),
    ({ name }) => name,
  ),
  long(
    "longDescription",
    0.01,
    5001,
    60_000,
    (product, text) => (product.description = text),
    (p) => p.description,
  ),
  long(
    "longManufacturer",
    0.01,
    201,
    300,
    (product, text) => (product.manufacturer = text),
    (p) => p.manufacturer,
  ),
  long(
    "longUnit",
    0.01,
    33,
    60,
    (product, text) => (product.unit = text),
    (p) => p.unit,
  ),
  long(
    "longAvailability",
    0.01,
    101,
    150,
    (product, text) => (product.availability = text),
    (p) => p.availability,
  ),
  long(
    "longParameter",
    0.01,
    129,
    300,
    (product, text) => (product.parameters = [{ name: "Popis", value: text }, ...(product.parameters ?? [])]),
    (product) => product.parameters?.find(({ value }) => value.length > 128)?.value,
  ),
  {
    name: "emptyName",
    share: 0.01,
    harsh: true,
    add: (product) => (product.name = ""),
    has: ({ name }) => name === "",
  },
  {
    name: "noName",
    share: 0.01,
    harsh: true,
    add: (product) => delete product.name,
    has: ({ name }) => name === undefined,
  },
  {
    name: "emptyDescription",
    share: 0.03,
    add: (product) => (product.description = ""),
    has: ({ description }) => description === "",
  },
];

function pieces(name: string, share: number, list: readonly string[], harsh?: "harsh"): Feature {
  return {
    name,
    share,
    ...(harsh && { harsh: true }),
    add: (product, draw) => weave(product, draw, draw.pick(list)),
    has: (product) => textsOf(product).some((text) => list.some((piece) => contains(text, piece))),
  };
}

/** A lone surrogate is not found in the middle of a pair. */
function contains(text: string, piece: string): boolean {
  return /\p{Surrogate}/u.test(piece) ? /\p{Surrogate}/u.test(text) : text.includes(piece);
}

/** A text of `least` to `most` characters. */
function long(
  name: string,
  share: number,
  least: number,
  most: number,
  set: (product: Product, text: string) => void,
  get: (product: Product) => string | undefined,
): Feature {
  const add = (product: Product, draw: Random): void => {
    const length = least + draw.int(most - least + 1);
    set(product, "Žluťoučký hrnek na čaj. ".repeat(Math.ceil(length / 24)).slice(0, length));
  };
  return { name, share, harsh: true, add, has: (product) => (get(product)?.length ?? 0) >= least };
}
