import { presets } from "../../presets/index.ts";
import type { Invoice, Order } from "../../src/index.ts";
import type { InvoicesSample, OrdersSample } from "../../src/testing/index.ts";
import { brokenRules, type RuleSet } from "../schematron.ts";
import { schemaAvailable, type SchemaName, validateEach } from "../validation.ts";

/** What documents of a format must follow, and how they are broken to see that this is noticed. */
export interface DocumentRule {
  readonly schema: SchemaName;
  readonly rules?: RuleSet;
  /** What is broken, with the text that takes its place; each must be noticed in some sample. */
  readonly broken: readonly (readonly [pattern: RegExp, text: string])[];
}

const ubl: readonly (readonly [RegExp, string])[] = [
  [/<cbc:IssueDate>[^<]*/, "<cbc:IssueDate>4. 3. 2026"],
  [/<cbc:PayableAmount([^>]*)>[^<]*/, "<cbc:PayableAmount$1>0.77"],
  [/<cbc:TaxExclusiveAmount([^>]*)>[^<]*/, "<cbc:TaxExclusiveAmount$1>0.77"],
  [/<cbc:Percent>21</, "<cbc:Percent>12<"],
  [/ currencyID="[A-Z]{3}"/, ""],
];

/** By the name of the root element. */
const rules: Readonly<Record<string, DocumentRule>> = {
  dataPack: {
    schema: "pohoda-data",
    broken: [
      [/<typ:rateVAT>high|<(ord|inv):rateVAT>high/, "<$1:rateVAT>highest"],
      [/<(ord|inv):date>[^<]*/, "<$1:date>4. 3. 2026"],
      [/<(ord|inv):payVAT>true/, "<$1:payVAT>1"],
    ],
  },
  MoneyData: {
    schema: "money-s3",
    broken: [
      [/<Vystaveno>[^<]*/, "<Vystaveno>4. 3. 2026"],
      [/<Doklad>[^<]*/, "<Doklad>12345678901"],
      [/<PocetMJ>[^<]*/, "<PocetMJ>2,5"],
    ],
  },
  "isdoc:Invoice": {
    schema: "isdoc",
    rules: "isdoc",
    broken: [
      [/<DocumentType>\d/, "<DocumentType>9"],
      [/<UUID>[^<]*/, "<UUID>1"],
      [/<VATApplicable>true/, "<VATApplicable>1"],
      [/<OriginalDocumentReferences>.*<\/OriginalDocumentReferences>/s, ""],
      [/<PayableAmountCurr>[^<]*<\/PayableAmountCurr>/, ""],
      [/<CurrRate>1</, "<CurrRate>2<"],
    ],
  },
  "ubl:Invoice": { schema: "ubl-invoice", rules: "en16931", broken: ubl },
  "ubl:CreditNote": { schema: "ubl-credit-note", rules: "en16931", broken: ubl },
  "ubl:Order": { schema: "ubl-order", broken: [[/<cbc:IssueDate>[^<]*/, "<cbc:IssueDate>4. 3. 2026"]] },
};

/** @throws Error for a document of no format that is known here */
export function ruleFor(document: string): DocumentRule {
  const [, prefix = "", local = ""] =
    /<(?:([\w.-]+):)?([\w.-]+)[\s>]/.exec(document.replace(/^<\?xml[^>]*\?>/, "")) ?? [];
  const uri = new RegExp(`xmlns${prefix === "" ? "" : `:${prefix}`}="([^"]*)"`).exec(document)?.[1] ?? "";
  const family = uri.includes("isdoc") ? "isdoc:" : uri.includes("oasis") ? "ubl:" : "";
  const rule = rules[`${family}${local}`];
  if (rule === undefined) throw new Error(`no rule for <${local}> of "${uri}"`);
  return rule;
}

export function textOf(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 100)).toString("latin1");
  return new TextDecoder(/encoding="([^"]+)"/.exec(start)?.[1] ?? "utf-8", { fatal: true }).decode(bytes);
}

/** What schema and rules say against documents; those for which a schema is missing pass. */
export async function judgeDocuments(documents: readonly string[], withRules = true): Promise<readonly string[]> {
  const found: string[] = [];
  const bySchema = grouped(documents, (document) => ruleFor(document).schema);
  for (const [schema, some] of bySchema) {
    if (!schemaAvailable(schema)) continue;
    for (let from = 0; from < some.length; from += 200)
      for (const [index, { errors }] of (await validateEach(some.slice(from, from + 200), schema)).entries())
        found.push(...errors.map((error) => `${schema} ${from + index}: ${error}`));
  }
  if (withRules)
    for (const document of documents) {
      const { rules: set } = ruleFor(document);
      if (set !== undefined) found.push(...brokenRules(document, set).map((rule) => `${set}: ${rule}`));
    }
  return found;
}

/** Items by what a function says of them. */
export function grouped<Item, Key>(
  items: readonly Item[],
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

export function recordsOf(sample: OrdersSample | InvoicesSample): readonly (Order | Invoice)[] {
  return "orders" in sample ? sample.orders : sample.invoices;
}

/** Presets that write orders or invoices. */
export const writingPresets = Object.entries(presets).flatMap(([id, preset]) => {
  const writes = (["orders", "invoices"] as const).filter((records) =>
    Object.values(preset.feeds).some(
      (feed) => feed.direction === "import" && feed.records === records && feed.write !== undefined,
    ),
  );
  return writes.length === 0 ? [] : [{ id, preset, writes }];
});
