import { XMLParser } from "fast-xml-parser";
import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import { balance, MOST_DEPTH } from "./balance.ts";
import { htmlEntities } from "./entities.ts";
import { placeOf, withoutForbidden } from "./lenient.ts";
import { isXmlCharacter } from "./names.ts";

/** A damaged record, mended. */
export interface Mended {
  /** Well-formed XML of the record. Comments and processing instructions, which hold no values, are left out. */
  readonly xml: string;
  /**
   * What was mended, a short sentence each: `"&" in /CUSTOMER/COMPANY written as "&amp;"`. No customer data in it but
   * names of elements and attributes. Empty for a record that was well-formed.
   */
  readonly repairs: readonly string[];
}

/**
 * Mends the record `xml`, whose element is `name`; undefined if there is nothing to go by. What it gives is a guess,
 * and must be read by the strict reader like any other record.
 */
export type Mend = (xml: string, name: string) => Mended | undefined;

/** Kinds of repairs that are told one by one; a record with more has no use for the rest. */
const MOST_REPAIRS = 50;
/** Attributes of one element. */
const MOST_ATTRIBUTES = 1000;

/** Makes the tags match, then lets fast-xml-parser read the record, mends its texts, and lets xmlbuilder2 write it. */
export const mendRecord: Mend = (xml, name) => {
  const repairs = new Map<string, number>();
  const note: Tell = (sentence) => repairs.set(sentence, (repairs.get(sentence) ?? 0) + 1);
  const balanced = balance(xml, name, note);
  if (balanced === undefined) return undefined;
  let mended: string;
  try {
    const [root] = parser.parse(balanced) as [Node];
    const document = create();
    writeNode(document, root, [], note);
    mended = document.end({ headless: true });
  } catch {
    // Too deep, too many attributes, or a name that the parser or the builder refuses, such as <constructor>.
    return undefined;
  }
  return { xml: mended, repairs: sentences(repairs) };
};

type Tell = (sentence: string) => void;

/** An element: its name with what is in it, and its attributes. Texts are called `#text`, CDATA sections `#section`. */
type Node = Readonly<Record<string, string | readonly Node[] | Readonly<Record<string, string>> | undefined>>;

const TEXT = "#text";
const SECTION = "#section";
const ATTRIBUTES = ":@";
const PREFIX = "@";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: PREFIX,
  textNodeName: TEXT,
  cdataPropName: SECTION,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  maxNestedTags: MOST_DEPTH + 1,
  jPath: false,
  onDangerousProperty: (name) => name,
});

function writeNode(parent: XMLBuilder, node: Node, outer: readonly string[], note: Tell): void {
  const name = Object.keys(node).find((key) => key !== ATTRIBUTES) ?? "";
  const content = node[name];
  if (typeof content === "string") {
    parent.txt(mendText(content, () => placeOf(outer), note));
    return;
  }
  const children = (content ?? []) as readonly Node[];
  if (name === SECTION) {
    const text = children.map((child) => child[TEXT] as string).join("");
    parent.dat(withoutForbidden(text, (what) => note(`${what} removed from ${placeOf(outer)}`)));
    return;
  }
  const element = parent.ele(name);
  const names = [...outer, name];
  const attributes = Object.entries((node[ATTRIBUTES] ?? {}) as Readonly<Record<string, string>>);
  // xmlbuilder2 takes quadratic time for them.
  if (attributes.length > MOST_ATTRIBUTES) throw new RangeError(`more than ${MOST_ATTRIBUTES} attributes`);
  for (const [key, value] of attributes) {
    const attribute = key.slice(PREFIX.length);
    element.att(
      attribute,
      mendText(value, () => `attribute ${attribute} of ${placeOf(names)}`, note),
    );
  }
  for (const child of children) writeNode(element, child, names, note);
}

const FLAWS = /&(?:#([0-9]+);|#x([0-9a-fA-F]+);|([a-zA-Z][a-zA-Z0-9]*);)?|\]\]>/g;
const PREDEFINED = new Set(["amp", "lt", "gt", "quot", "apos"]);

/**
 * Text or attribute value as it stood in the file, with every `&` made the start of a decimal or predefined reference:
 * xmlbuilder2 leaves what looks like a reference as it is, but not hexadecimal ones.
 */
function mendText(raw: string, where: () => string, note: Tell): string {
  const text = withoutForbidden(raw, (what) => note(`${what} removed from ${where()}`));
  return text.replace(FLAWS, (found: string, decimal?: string, hexadecimal?: string, name?: string) => {
    if (found === "]]>") {
      note(`"]]>" in ${where()} written as "]]&gt;"`);
      return found; // xmlbuilder2 escapes every ">"
    }
    if (name !== undefined) {
      if (PREDEFINED.has(name)) return found;
      const character = htmlEntities.get(name);
      if (character !== undefined) {
        note(`"&${name};" in ${where()} replaced by its character`);
        return character;
      }
    }
    if (decimal === undefined && hexadecimal === undefined) {
      note(`"&" in ${where()} written as "&amp;"`);
      return `&amp;${found.slice(1)}`;
    }
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number.parseInt(decimal, 10);
    if (isXmlCharacter(code)) return `&#${code};`;
    note(`a reference to a character that XML forbids removed from ${where()}`);
    return "";
  });
}

function sentences(repairs: ReadonlyMap<string, number>): string[] {
  const told = [...repairs]
    .slice(0, MOST_REPAIRS)
    .map(([sentence, times]) => (times > 1 ? `${sentence} (${times} times)` : sentence));
  if (repairs.size > MOST_REPAIRS) told.push(`${repairs.size - MOST_REPAIRS} other kinds of repairs`);
  return told;
}
