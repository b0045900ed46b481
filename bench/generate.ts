import { closeSync, openSync, writeSync } from "node:fs";
import { mulberry32 } from "./random.ts";

const names = ["Eva Vzorová", "Jiří Příklad", "Žaneta Říhová", "Ondřej Šťastný", "Kateřina Malá", "Jan Novotný"];
const streets = ["Příčná", "Náměstí Míru", "Školní", "U Řeky", "Květinová", "Žďárská"];
const cities = ["Praha", "Brno", "Plzeň", "České Budějovice", "Ústí nad Labem", "Zlín"];
const companies = ["Řezníček &amp; synové s.r.o.", "Stavby Žák a.s.", "Pekařství U Mlýna"];
const products = [
  ["Tričko dětské", "21"],
  ["Hrnek &quot;Káva&quot; 0,3 l", "21"],
  ["Čaj zelený sypaný", "12"],
  ["Polštář péřový 70 &#215; 90 cm", "21"],
  ["Kniha pohádek", "0"],
  ["Šroub M8 &amp; matice", "21"],
] as const;
const states = ["Nevyřízena", "Vyřizuje se", "Vyřízena", "Stornována"];
const remarks = [
  "<REMARK><![CDATA[Zvonek <b>Nováková</b> & syn]]></REMARK>",
  "<REMARK>Volat předem &amp; klepat</REMARK>",
  "<REMARK/>",
];

/** `12345` → `123.45`. */
function amount(hellers: number): string {
  const digits = String(Math.abs(hellers)).padStart(3, "0");
  return `${hellers < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Net of a gross amount, both in hellers, rounded half up. */
function netOf(gross: number, rate: number): number {
  return Math.round((gross * 100) / (100 + rate));
}

function prices(tag: string, gross: number, rate: string, indent: string): string {
  const net = netOf(gross, Number(rate));
  return `${indent}<${tag}>
${indent}  <WITH_VAT>${amount(gross)}</WITH_VAT>
${indent}  <WITHOUT_VAT>${amount(net)}</WITHOUT_VAT>
${indent}  <VAT>${amount(gross - net)}</VAT>
${indent}  <VAT_RATE>${rate}</VAT_RATE>
${indent}</${tag}>
`;
}

/** One order as Shoptet's system template writes it; its sums agree. */
function order(random: () => number, number: number): string {
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item;
  const between = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const two = (value: number): string => String(value).padStart(2, "0");
  let items = "";
  let gross = 0;
  let net = 0;
  const add = (type: string, name: string, code: string, rate: string, unit: number, quantity: number): void => {
    gross += unit * quantity;
    net += netOf(unit * quantity, Number(rate));
    items += `      <ITEM>
        <TYPE>${type}</TYPE>
        <NAME>${name}</NAME>
        <AMOUNT>${quantity}</AMOUNT>
        <CODE>${code}</CODE>
        ${random() < 0.5 ? "<VARIANT_NAME>Velikost: XL, Barva: červená</VARIANT_NAME>" : "<VARIANT_NAME/>"}
        <EAN>859${between(1000000000, 1999999999)}</EAN>
        <MANUFACTURER>Řemeslo CZ</MANUFACTURER>
        <UNIT>ks</UNIT>
        <WEIGHT>0.${between(100, 999)}</WEIGHT>
        <STATUS>Vyřizuje se</STATUS>
${prices("UNIT_PRICE", unit, rate, "        ")}${prices("TOTAL_PRICE", unit * quantity, rate, "        ")}      </ITEM>
`;
  };
  const count = 1 + Math.floor(random() * random() * 7);
  for (let index = 0; index < count; index++) {
    const [name, rate] = pick(products);
    add("product", name, `P${between(1000, 99999)}/XL`, rate, between(900, 250000), between(1, 5));
  }
  add("shipping", "Zásilkovna - výdejní místo", "SHIPPING4", "21", pick([0, 7900, 8900]), 1);
  const address = (tag: string, full: boolean): string => {
    const firm = full && random() < 0.3;
    const company = firm ? `<COMPANY>${pick(companies)}</COMPANY>` : "<COMPANY/>";
    const ids = firm
      ? "<COMPANY_ID>25596641</COMPANY_ID>\n        <VAT_ID>CZ25596641</VAT_ID>"
      : "<COMPANY_ID/>\n        <VAT_ID/>";
    return `      <${tag}>
        <NAME>${pick(names)}</NAME>
        ${company}
        <STREET>${pick(streets)}</STREET>
        <HOUSENUMBER>${between(1, 2400)}</HOUSENUMBER>
        <CITY>${pick(cities)}</CITY>
        <ZIP>${between(10000, 79999)}</ZIP>
        <COUNTRY>Česká republika</COUNTRY>
        ${full ? ids : "<NOTE/>"}
      </${tag}>
`;
  };
  const rounding = (100 - (gross % 100)) % 100;
  const date = `2026-${two(between(1, 12))}-${two(between(1, 28))} ${two(between(3, 23))}:${two(between(0, 59))}:${two(between(0, 59))}`;
  return `  <ORDER id="${100000 + number}">
    <ORDER_ID>${100000 + number}</ORDER_ID>
    <CODE>2026${String(number).padStart(6, "0")}</CODE>
    <DATE>${date}</DATE>
    <STATUS>${pick(states)}</STATUS>
    <CURRENCY>
      <CODE>CZK</CODE>
      <EXCHANGE_RATE>1.00000000</EXCHANGE_RATE>
    </CURRENCY>
    <CUSTOMER>
      <EMAIL>zakaznik${between(1, 99999)}@example.cz</EMAIL>
      <PHONE>+420${between(700000000, 799999999)}</PHONE>
${address("BILLING_ADDRESS", true)}${address("SHIPPING_ADDRESS", false)}      <IP_ADDRESS>192.0.2.${between(1, 254)}</IP_ADDRESS>
    </CUSTOMER>
    ${pick(remarks)}
${random() < 0.05 ? "    <!-- ruční úprava: </ORDER> se nesmí brát vážně -->\n" : ""}    <SHOP_REMARK/>
    <PACKAGE_NUMBER>DR${between(100000000, 999999999)}CZ</PACKAGE_NUMBER>
    <WEIGHT>${between(0, 9)}.${between(100, 999)}</WEIGHT>
    <TOTAL_PRICE>
      <WITH_VAT>${amount(gross)}</WITH_VAT>
      <WITHOUT_VAT>${amount(net)}</WITHOUT_VAT>
      <VAT>${amount(gross - net)}</VAT>
      <ROUNDING>${amount(rounding)}</ROUNDING>
      <PRICE_TO_PAY>${amount(gross + rounding)}</PRICE_TO_PAY>
      <PAID>${random() < 0.5 ? 1 : 0}</PAID>
    </TOTAL_PRICE>
    <ORDER_ITEMS>
${items}    </ORDER_ITEMS>
  </ORDER>
`;
}

export type FileEncoding = "utf-8" | "windows-1250";

/** The same file for the same size, encoding and seed, in pieces; it ends with the order that passes `bytes`. */
export function* orderFile(bytes: number, encoding: FileEncoding = "utf-8", seed = 1): Generator<Buffer> {
  const random = mulberry32(seed);
  const encode = encoding === "utf-8" ? (text: string) => Buffer.from(text) : encodeSingleByte(encoding);
  yield encode(`<?xml version="1.0" encoding="${encoding}"?>\n<ORDERS version="1.0">\n`);
  let written = 0;
  for (let number = 0; written < bytes;) {
    let piece = "";
    for (let index = 0; index < 64 && written + piece.length < bytes; index++) piece += order(random, number++);
    const chunk = encode(piece);
    written += chunk.length;
    yield chunk;
  }
  yield encode("</ORDERS>\n");
}

/** Node writes no single-byte encoding but latin1; it reads them all, so its table is turned round. */
function encodeSingleByte(encoding: FileEncoding): (text: string) => Buffer {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, byte) => byte));
  const bytes = new Map(Array.from(letters, (letter, byte) => [letter, byte]));
  return (text) =>
    Buffer.from(
      Uint8Array.from(text, (letter) => {
        const byte = bytes.get(letter);
        if (byte === undefined) throw new Error(`${encoding} has no ${letter}`);
        return byte;
      }),
    );
}

export function writeOrderFile(path: string, bytes: number): void {
  const file = openSync(path, "w");
  for (const chunk of orderFile(bytes)) writeSync(file, chunk);
  closeSync(file);
}
