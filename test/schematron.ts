import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Schema } from "node-schematron";

/** Where the vendors' rules are; see `validation.ts`. */
const VENDORS = resolve(import.meta.dirname, "..", process.env["PROPOJKA_SCHEMAS"] ?? join("..", "shared", "schemas"));

const files = {
  isdoc: "isdoc/6.0.2/isdoc-6.0.2.sch",
  en16931: "peppol/EN16931-UBL-1.3.16.sch",
} as const;

/** Business rules beyond a schema. */
export type RuleSet = keyof typeof files;

export function rulesAvailable(name: RuleSet): boolean {
  return existsSync(join(VENDORS, files[name]));
}

const loaded = new Map<RuleSet, Schema>();

/**
 * The assertions that a document breaks, each once, in words. Nothing is said where there are no rules.
 */
export function brokenRules(xml: string, name: RuleSet): readonly string[] {
  if (!rulesAvailable(name)) return [];
  const schema = loaded.get(name) ?? Schema.fromString(readRules(name));
  loaded.set(name, schema);
  const results = schema.validateString(xml.replace(/^<\?xml[^>]*\?>/, "")).filter(({ isReport }) => !isReport);
  return [...new Set(results.map(({ message }) => (message ?? "").replace(/\s+/g, " ").trim()))];
}

/**
 * The rules of ISDOC as they are published have a word that XPath does not know, `satisfied`; and of the rules of a
 * pattern only the first one that matches an element counts, which hides others that are meant as well.
 */
function readRules(name: RuleSet): string {
  const text = readFileSync(join(VENDORS, files[name]), "utf8");
  if (name !== "isdoc") return text;
  return text
    .replaceAll(" satisfied ", " satisfies ")
    .replace(/<\/sch:rule>\s*<sch:rule/g, "</sch:rule></sch:pattern><sch:pattern><sch:rule");
}
