import type { OutputEncoding } from "../../xml/encoder.ts";
import type { Escaper } from "../../xml/escape.ts";
import type { IssueCode, Severity } from "../../errors.ts";
import type { Codec } from "../codec.ts";
import { isBlank } from "../codecs/text.ts";
import type { Place, Slot } from "./layout.ts";
import { fieldName, type FieldPath, type Scope, type ValueReference, type WriteRun, type WriteTest } from "./scopes.ts";
import { isOfType, type ValueType } from "../pieces.ts";
import type { WriteOptions } from "../spec.ts";

/** A record being written as text. */
export interface EncodeRun extends WriteRun {
  readonly encoding: OutputEncoding;
  readonly escaper: Escaper;
  /** The field whose text is being written. */
  leaf: Leaf | undefined;
}

/** One value of the record on its way into the file. */
export interface Leaf extends ValueReference {
  readonly field: FieldPath;
  /** Undefined where the value is the text. */
  readonly codec: Codec | undefined;
  /** What the codec takes. */
  readonly type: ValueType;
  /** Whether the codec gives nothing that needs escaping. */
  readonly safe: boolean;
  readonly guard: WriteTest | undefined;
  readonly options: WriteOptions;
  readonly severity: "error" | "warning";
  readonly allowed: RegExp | undefined;
  /** A further place of a field that stands elsewhere too, where it is said what is wrong. */
  readonly isCopy: boolean;
  /** A text that is there if something else is: no reason to write its element. */
  readonly accompanies: boolean;
  /** Scope whose items are in the slot, for a list of elements. */
  readonly items: Scope | undefined;
}

/** The text of a field, not yet escaped; `""` for an empty element, undefined for none. */
export function textOf(leaf: Leaf, run: EncodeRun): string | undefined {
  const { guard, options } = leaf;
  if (guard !== undefined && !guard(run)) return undefined;
  const frame = run.frames[leaf.scope];
  // The list has no item for this place.
  if (frame === undefined) return undefined;
  run.leaf = leaf;
  const value = frame[leaf.slot];
  if (value === undefined || value === null) return missing(leaf, run);
  if (value === "" && leaf.type === "string") return blank(leaf, run);
  if ((typeof value !== "string" || leaf.type !== "string") && !isOfType(value, leaf.type))
    return refuse(leaf, run, `a ${leaf.type === "string" ? "text" : leaf.type}`, value);
  const text = leaf.codec === undefined ? (value as string) : leaf.codec.encode(value);
  if (typeof text !== "string") return refuse(leaf, run, text.expected, value, text.code);
  if (isBlank(text)) return blank(leaf, run);
  const fitting = options.maxLength !== undefined && text.length > options.maxLength ? tooLong(leaf, run, text) : text;
  if (fitting !== undefined && leaf.allowed?.test(fitting) === false)
    return refuse(leaf, run, `a text that matches ${leaf.allowed.source}`, value);
  return fitting;
}

function missing(leaf: Leaf, run: EncodeRun): string | undefined {
  const { options } = leaf;
  if (options.required === true) note(leaf, run, "FIELD_MISSING", "error", "the file cannot do without it", undefined);
  return options.missing === "empty" ? "" : undefined;
}

function blank(leaf: Leaf, run: EncodeRun): string | undefined {
  return leaf.options.required === true || leaf.options.blank !== "empty" ? missing(leaf, run) : "";
}

/** The field is left out; whether the record is, too, says the severity. */
function refuse(
  leaf: Leaf,
  run: EncodeRun,
  expected: string,
  value: unknown,
  code: IssueCode = "FIELD_INVALID",
): string | undefined {
  note(leaf, run, code, leaf.severity, `expected ${expected}, got ${shown(value)}`, value);
  return undefined;
}

function note(
  { field, isCopy }: Leaf,
  run: EncodeRun,
  code: IssueCode,
  severity: Severity,
  message: string,
  value: unknown,
): void {
  if (isCopy) return;
  const raw = typeof value === "string" ? value.slice(0, 200) : undefined;
  run.problems.push({ code, severity, message, field: fieldName(field, run), raw });
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 80));
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}

function tooLong(leaf: Leaf, run: EncodeRun, text: string): string | undefined {
  const { maxLength = 0, tooLong: policy } = leaf.options;
  const cut = policy === "cut";
  const message = `expected at most ${maxLength} characters, got ${text.length}${cut ? "; cut" : ""}`;
  note(leaf, run, "FIELD_TOO_LONG", cut ? "warning" : leaf.severity, message, text);
  if (!cut) return undefined;
  // Half of a surrogate pair is no character.
  const end = /[\ud800-\udbff]/.test(text[maxLength - 1] ?? "") ? maxLength - 1 : maxLength;
  return text.slice(0, end).trimEnd() || undefined;
}

/** A piece of the document, ready to be filled. */
export interface Markup {
  readonly kind: "fixed" | "field" | "element" | "list";
  /** The whole of a fixed piece; otherwise `<NAME>`, or `<NAME` of an element with attributes. */
  readonly open: string;
  readonly close: string;
  readonly empty: string;
  readonly attributes: readonly { readonly open: string; readonly leaves: readonly Leaf[] }[];
  /** The first that gives a text counts. */
  readonly texts: readonly Leaf[];
  readonly children: readonly Markup[];
  /** Written though nothing in it depends on the record. */
  readonly always: boolean;
  /** Whether it is a reason to write the element around it. */
  readonly fills: boolean;
}

/** Turns an element of the layout into markup. `always` is for the record itself. */
export function markupOf(place: Place<Leaf>, escaper: Escaper, always = false): Markup {
  const children = place.children.map((child) => markupOf(child, escaper));
  const fixedAttributes = [...place.attributes]
    .filter(([, { fixed }]) => fixed !== undefined)
    .map(([name, { fixed = "" }]) => ` ${name}="${escaper.attribute(fixed)}"`)
    .join("");
  const attributes = [...place.attributes]
    .filter(([, { fixed, leaves }]) => fixed === undefined && leaves.length > 0)
    .map(([name, { leaves }]) => ({ open: ` ${name}="`, leaves }));
  const { fixed, leaves } = place.text;
  const texts = fixed === undefined ? leaves : [];
  if (fixed !== undefined) children.unshift(fixedMarkup(escaper.text(fixed)));
  const varies = attributes.length > 0 || texts.length > 0 || children.some(({ kind }) => kind !== "fixed");
  const start = `<${place.name}${fixedAttributes}`;
  const close = `</${place.name}>`;

  if (!varies && place.repeat === undefined && !always) {
    const content = children.map(({ open }) => open).join("");
    return fixedMarkup(content === "" ? `${start}/>` : `${start}>${content}${close}`);
  }
  const simple = attributes.length === 0 && children.length === 0 && texts.length === 1;
  const element: Markup = {
    kind: simple && !always ? "field" : "element",
    open: attributes.length === 0 ? `${start}>` : start,
    close,
    empty: attributes.length === 0 ? `${start}/>` : start,
    attributes,
    texts,
    children,
    always,
    fills:
      always ||
      place.repeat !== undefined ||
      [...attributes.flatMap((one) => one.leaves), ...texts].some(({ accompanies }) => !accompanies) ||
      children.some(({ fills }) => fills),
  };
  if (place.repeat === undefined) return element;
  const item = varies ? element : { ...element, always: true };
  return { ...element, kind: "list", open: "", close: "", texts: [place.repeat], children: [item] };
}

function fixedMarkup(open: string): Markup {
  return {
    kind: "fixed",
    open,
    close: "",
    empty: open,
    attributes: [],
    texts: [],
    children: [],
    always: true,
    fills: false,
  };
}

/** The text of a piece for the record that is open; `""` if nothing of it is there. */
export function write(markup: Markup, run: EncodeRun): string {
  if (markup.kind === "field") return writeField(markup, run);
  if (markup.kind === "fixed") return markup.open;
  return markup.kind === "list" ? writeList(markup, run) : writeElement(markup, run);
}

function writeField({ open, close, empty, texts }: Markup, run: EncodeRun): string {
  const leaf = texts[0]!;
  const text = textOf(leaf, run);
  if (text === undefined) return "";
  const escaped = escapedText(leaf, text, run);
  if (escaped !== "") return open + escaped + close;
  return left(leaf, text, run) === undefined ? "" : empty;
}

/** `""` for an empty element; undefined where nothing is left of a text, since the file can hold none of it. */
function left(leaf: Leaf, text: string, run: EncodeRun): string | undefined {
  return text === "" ? "" : blank(leaf, run);
}

function escapedText(leaf: Leaf, text: string, { escaper }: EncodeRun): string {
  if (leaf.safe || text === "") return text;
  return leaf.options.cdata === true ? escaper.cdata(text) : escaper.text(text);
}

function writeElement(markup: Markup, run: EncodeRun): string {
  let filled = markup.always;
  let start = markup.open;
  let content = "";
  for (const { open, leaves } of markup.attributes) {
    const text = firstText(leaves, run);
    if (text === undefined) continue;
    const escaped = run.escaper.attribute(text);
    if (escaped === "" && left(run.leaf ?? leaves[0]!, text, run) === undefined) continue;
    start += `${open}${escaped}"`;
    if (run.leaf?.accompanies !== true) filled = true;
  }
  const { texts } = markup;
  if (texts.length > 0) {
    const text = firstText(texts, run);
    if (text !== undefined) {
      const leaf = run.leaf ?? texts[0]!;
      content = escapedText(leaf, text, run);
      if (!leaf.accompanies && (content !== "" || left(leaf, text, run) !== undefined)) filled = true;
    }
  }
  for (const child of markup.children) {
    const piece = write(child, run);
    content += piece;
    if (piece !== "" && child.fills) filled = true;
  }
  if (!filled && (markup.fills || (content === "" && start === markup.open))) return "";
  const hasAttributes = markup.attributes.length > 0;
  if (content === "") return hasAttributes ? `${start}/>` : markup.empty;
  return `${start}${hasAttributes ? ">" : ""}${content}${markup.close}`;
}

function firstText(leaves: readonly Leaf[], run: EncodeRun): string | undefined {
  for (const leaf of leaves) {
    const text = textOf(leaf, run);
    if (text !== undefined) return text;
  }
  return undefined;
}

function writeList({ texts, children }: Markup, run: EncodeRun): string {
  const leaf = texts[0]!;
  const frame = run.frames[leaf.scope];
  const items = frame?.[leaf.slot] as readonly unknown[] | undefined;
  if (items === undefined) return "";
  const positions = frame?.[leaf.slot + 1] as readonly number[] | undefined;
  const scope = leaf.items!;
  let content = "";
  for (let index = 0; index < items.length; index++) {
    scope.open(run, items[index], positions?.[index] ?? index);
    content += write(children[0]!, run);
  }
  scope.close(run);
  return content;
}

/** The text of one column. */
export function plainText({ fixed, leaves }: Slot<Leaf>, run: EncodeRun): string {
  if (fixed !== undefined) return fixed;
  const text = firstText(leaves, run);
  return text === undefined ? "" : run.escaper.plain(text);
}
