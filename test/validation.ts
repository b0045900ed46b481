import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { memoryPages, validateXML, type XMLFileInfo } from "xmllint-wasm";

/** Where the vendors' schemas are, which may not be passed on and are therefore no part of the project. */
const VENDORS = resolve(import.meta.dirname, "..", process.env["PROPOJKA_SCHEMAS"] ?? join("..", "shared", "schemas"));
const OWN = join(import.meta.dirname, "schemas");

interface Schema {
  readonly language: "relaxng" | "schema";
  readonly folder: string;
  /** The file to begin with, and all others that it may include. */
  readonly files: readonly [string, ...string[]];
  /** Element that {@link validateChunks} divides a document at, as written in the document. */
  readonly record: string;
}

const schemas = {
  "shoptet-supplier": own("SHOPITEM", "shoptet-supplier"),
  "shoptet-complete": own("SHOPITEM", "shoptet-complete", "shoptet-supplier"),
  "upgates-products": own("PRODUCT", "upgates-products"),
  "upgates-small": own("PRODUCT", "upgates-small"),
  "heureka-offer": own("SHOPITEM", "heureka-offer"),
  "heureka-availability": own("item", "heureka-availability"),
  zbozi: own("SHOPITEM", "zbozi"),
  google: own("item", "google"),
  prestashop: own("prestashop", "prestashop"),
  "pohoda-data": vendor("dat:dataPackItem", "pohoda/2025-10-16-utf8", "data.xsd"),
  "pohoda-response": vendor("lStk:stock", "pohoda/2025-10-16-utf8", "response.xsd"),
  isdoc: vendor("Invoice", "isdoc/6.0.2", "isdoc-invoice-6.0.2.xsd"),
  "ubl-invoice": vendor("Invoice", "ubl/2.1", "maindoc/UBL-Invoice-2.1.xsd"),
  "ubl-credit-note": vendor("CreditNote", "ubl/2.1", "maindoc/UBL-CreditNote-2.1.xsd"),
  "ubl-order": vendor("Order", "ubl/2.1", "maindoc/UBL-Order-2.1.xsd"),
  "money-s3": vendor("Zasoba", "money-s3/20.201", "_Document.xsd"),
} satisfies Record<string, Schema>;

export type SchemaName = keyof typeof schemas;
export const schemaNames = Object.keys(schemas) as SchemaName[];

export interface Verdict {
  readonly valid: boolean;
  /** `"12: element PRICE: …"`, the line first; empty exactly if the document is valid. */
  readonly errors: readonly string[];
}

/** Whether the files of a schema are here; our own always are. */
export function schemaAvailable(name: SchemaName): boolean {
  return schemaMissing(name) === undefined;
}

/** Why tests of a schema have to be skipped; undefined if they need not be. */
export function schemaMissing(name: SchemaName): string | undefined {
  const { folder, files } = schemas[name];
  const missing = files.find((file) => !existsSync(join(folder, file)));
  return missing === undefined
    ? undefined
    : `no ${join(folder, missing)}; set PROPOJKA_SCHEMAS to the vendors' schemas`;
}

/**
 * Says whether a document is well-formed and follows a schema. Bytes are decoded as their byte order mark or XML
 * declaration says; the encoding that the declaration of a string names does not matter.
 *
 * @throws Error if the schema is not available, or bytes are none of the declared encoding
 */
export async function validate(xml: Uint8Array | string, schema: SchemaName): Promise<Verdict> {
  const [verdict] = await validateEach([xml], schema);
  return verdict!;
}

/** {@link validate} for many documents, with the schema compiled once. The verdicts are in the order of the documents. */
export async function validateEach(
  documents: Iterable<Uint8Array | string>,
  schema: SchemaName,
): Promise<readonly Verdict[]> {
  const [main, ...preload] = filesOf(schema);
  const xml = Array.from(documents, (document, index) => ({ fileName: `${index}.xml`, contents: utf8(document) }));
  const output = await run({ xml, schema: main!, preload, extension: schemas[schema].language });
  return verdicts(output, xml.length);
}

/**
 * {@link validate} for large documents: records are validated `size` at a time, each time inside everything that stands
 * before the first and after the last of them. Lines in errors count from the start of the part.
 */
export async function validateChunks(xml: Uint8Array | string, schema: SchemaName, size = 1000): Promise<Verdict> {
  const parts = await validateEach(divide(decode(xml), schemas[schema].record, size), schema);
  const errors = parts.flatMap((part, index) => part.errors.map((error) => `part ${index + 1}: ${error}`));
  return { valid: parts.every((part) => part.valid), errors };
}

/** Divides a document into documents of at most `size` records; one without records stays whole. */
export function divide(xml: string, record: string, size: number): readonly string[] {
  const records = recordsOf(xml, record);
  if (records.length <= size) {
    return [xml];
  }
  const head = xml.slice(0, records[0]!.start);
  const tail = xml.slice(records.at(-1)!.end);
  return Array.from({ length: Math.ceil(records.length / size) }, (_, part) => {
    const inside = records.slice(part * size, (part + 1) * size);
    return head + xml.slice(inside[0]!.start, inside.at(-1)!.end) + tail;
  });
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function recordsOf(xml: string, record: string): readonly Span[] {
  const attributes = String.raw`(?:\s(?:[^>"']|"[^"]*"|'[^']*')*)?`;
  const markup = new RegExp(
    String.raw`<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|<${record}${attributes}/?>|</${record}\s*>`,
    "g",
  );
  const spans: Span[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of xml.matchAll(markup)) {
    if (tag.startsWith("<!")) {
      continue;
    }
    const closes = tag.startsWith("</");
    const opens = !closes && !tag.endsWith("/>");
    if (depth === 0 && !closes) {
      start = index;
    }
    depth += Number(opens) - Number(closes);
    if (depth === 0) {
      spans.push({ start, end: index + tag.length });
    }
  }
  return spans;
}

function own(record: string, ...names: readonly [string, ...string[]]): Schema {
  const [main, ...others] = names;
  return {
    language: "relaxng",
    folder: OWN,
    files: [`${main}.rng`, ...others.map((name) => `${name}.rng`)],
    record,
  };
}

function vendor(record: string, set: string, main: string): Schema {
  return { language: "schema", folder: join(VENDORS, set), files: [main], record };
}

const loaded = new Map<SchemaName, readonly XMLFileInfo[]>();

function filesOf(name: SchemaName): readonly XMLFileInfo[] {
  const missing = schemaMissing(name);
  if (missing !== undefined) {
    throw new Error(missing);
  }
  const files = loaded.get(name) ?? load(schemas[name]);
  loaded.set(name, files);
  return files;
}

/** The first file is the one to begin with. A file that a vendor's schema names may be any other of its folder. */
function load({ language, folder, files }: Schema): readonly XMLFileInfo[] {
  const all = language === "schema" ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  const others = all.filter((file) => file.endsWith(".xsd")).map((file) => file.replaceAll("\\", "/"));
  return [...new Set([...files, ...others])].map((fileName) => ({
    fileName,
    contents: readFileSync(join(folder, fileName)),
  }));
}

/** What xmllint prints. A document that is not well-formed makes the call fail, with the same text. */
async function run(options: Parameters<typeof validateXML>[0]): Promise<string> {
  const memory = { initialMemoryPages: 32 * memoryPages.MiB, maxMemoryPages: 2 * memoryPages.GiB };
  try {
    const result = await validateXML({ ...options, ...memory });
    return result.rawOutput;
  } catch (error) {
    if (error instanceof Error && /^\d+\.xml:\d+: /m.test(error.message)) {
      return error.message;
    }
    throw error;
  }
}

function verdicts(output: string, count: number): readonly Verdict[] {
  const valid = new Set<number>();
  const errors = Array.from({ length: count }, (): string[] => []);
  for (const line of output.split("\n")) {
    const [, document, rest] = /^(\d+)\.xml(?: (?=validates$)|:)(.*)$/.exec(line) ?? [];
    if (document !== undefined && rest !== undefined) {
      if (rest === "validates") {
        valid.add(Number(document));
      } else {
        errors[Number(document)]?.push(rest);
      }
    }
  }
  return errors.map((found, document) =>
    valid.has(document) && found.length === 0
      ? { valid: true, errors: [] }
      : { valid: false, errors: found.length > 0 ? found : ["does not validate"] },
  );
}

/** xmllint reads nothing but UTF-8. */
function utf8(document: Uint8Array | string): Uint8Array {
  return new TextEncoder().encode(decode(document));
}

const DECLARATION = /^<\?xml\s[^>]*?encoding\s*=\s*["']([^"']+)["']/;

function decode(document: Uint8Array | string): string {
  const text = typeof document === "string" ? document : decodeBytes(document);
  return text.replace(DECLARATION, (declaration, encoding: string) => declaration.replace(encoding, "UTF-8"));
}

function decodeBytes(bytes: Uint8Array): string {
  const start = Array.from(bytes.subarray(0, 200), (byte) => String.fromCharCode(byte)).join("");
  const encoding = start.startsWith("\xff\xfe")
    ? "utf-16le"
    : start.startsWith("\xfe\xff")
      ? "utf-16be"
      : (DECLARATION.exec(start.replace(/^\xef\xbb\xbf/, ""))?.[1] ?? "utf-8");
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
