import type { TotalsRule } from "../model/rule.ts";
import type { VatLevel } from "../model/vat.ts";

/** One path, or several of which the first that holds text counts. */
export type Paths = string | readonly string[];

/** A list of paths, even of one. */
export function pathList(paths: Paths): readonly string[] {
  return typeof paths === "string" ? [paths] : paths;
}

/** Stands for the value of a preset's or mapping's parameter. */
export interface ParameterReference {
  readonly parameter: string;
}

export type Literal = string | boolean;

/** A condition on the XML around a field, as plain data. */
export type Condition =
  /** The element or attribute is there and holds text. */
  | { readonly exists: Paths }
  /** Its text, trimmed, is this one, or one of these. */
  | { readonly equals: Paths; readonly to: string | readonly string[] | ParameterReference }
  | { readonly matches: Paths; readonly pattern: string; readonly flags?: string | undefined }
  /** The decoded value compares so: numbers as numbers, everything else as text. A missing value compares with nothing. */
  | { readonly compare: Node; readonly is: Comparison; readonly to: string | ParameterReference }
  | { readonly parameter: string; readonly is: string }
  /**
   * On export: the record, or the list's item, has a value there: `"stock.warehouses"`. An empty list or text is none. In
   * an item, `"/currency"` is a field of the record.
   */
  | { readonly has: string }
  /** On export: the value of the record, or the list's item, compares so. */
  | { readonly field: string; readonly is: Comparison; readonly to: string | ParameterReference }
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export type Comparison = "<" | "<=" | "=" | "!=" | ">=" | ">";

/** What is written of a field that a mapping for export has. */
export interface WriteOptions {
  /** A record without a value here cannot be written. */
  readonly required?: boolean | undefined;
  /** No value: nothing, or an empty element or attribute. @defaultValue "omit" */
  readonly missing?: "omit" | "empty" | undefined;
  /** The value `""`: nothing, or an empty element, which makes many shops erase what they have. @defaultValue "omit" */
  readonly blank?: "omit" | "empty" | undefined;
  /** Write the text as a CDATA section. */
  readonly cdata?: boolean | undefined;
  /** Longest text that the shop takes, in UTF-16 code units. */
  readonly maxLength?: number | undefined;
  /** What becomes of a longer one; a text that is cut is a warning. @defaultValue "error" */
  readonly tooLong?: "error" | "cut" | undefined;
  /** Regular expression, flag `u`, of the texts that the shop takes: `"^[A-Za-z0-9_-]{1,36}$"`. */
  readonly allowed?: string | undefined;
  /** Further places where the same text is written, never read: `["@id", "FILTER/CODE"]`. */
  readonly also?: readonly string[] | undefined;
}

/** What every field that reads text has. */
export interface FieldOptions extends WriteOptions {
  /** Value where the element or attribute is missing. */
  readonly default?: Literal | ParameterReference | undefined;
  /** Value where it is there but empty. Without it, empty counts as missing. */
  readonly empty?: Literal | ParameterReference | undefined;
  /**
   * What unreadable text does, and on export a value that cannot be written: `error` keeps the record from being booked
   * or written, `warning` leaves the field out and says so.
   * @defaultValue "error"
   */
  readonly invalid?: "error" | "warning" | undefined;
}

/** A field whose text goes through the codec named by `type`. */
export interface FieldSpec extends FieldOptions {
  readonly type: string;
  readonly path: Paths;
  readonly [option: string]: unknown;
}

export interface ConstantSpec {
  readonly type: "constant";
  readonly value: Literal;
}
export interface ParameterSpec {
  readonly type: "parameter";
  readonly name: string;
}
/** The VAT rate of a level, by country and day: 21 for `high` in Czechia since 2013. On export, only that rate fits. */
export interface VatLevelSpec {
  readonly type: "vatLevel";
  readonly level: VatLevel;
}
/** No value. On export, only what has none here fits. */
export interface AbsentSpec {
  readonly type: "absent";
}
/** Holds in one direction; in the other there is nothing to read or write. */
export interface OnlySpec {
  readonly type: "only";
  readonly direction: "read" | "write";
  readonly node: Node;
}
/** A list, or a part of one. On export, a record that has no item for it cannot be written. */
export interface RequiredSpec {
  readonly type: "required";
  readonly node: Node;
}
/** One item for each element that the path finds, in document order. */
export interface EachSpec {
  readonly type: "each";
  readonly path: Paths;
  readonly where?: Condition | undefined;
  readonly item: Node;
  /** On export: at most so many; further items are left out and counted. */
  readonly limit?: number | undefined;
}
/** Lists and single items one after the other; parts without a value are left out. */
export interface ConcatSpec {
  readonly type: "concat";
  readonly parts: readonly Node[];
}
export interface WhenSpec {
  readonly type: "when";
  readonly condition: Condition;
  readonly then: Node;
  readonly else?: Node | undefined;
}
/** The first of several that gives a value. */
export interface FirstSpec {
  readonly type: "first";
  readonly of: readonly Node[];
}
/** Texts put together with a separator; empty ones are left out. */
export interface JoinSpec {
  readonly type: "join";
  readonly parts: readonly Node[];
  readonly separator: string;
}
/** Text with paths in braces: `{firstname} {lastname}`. White space that empty ones leave behind goes. */
export interface TemplateSpec {
  readonly type: "template";
  readonly template: string;
}
/** The pieces of one text. */
export interface SplitSpec extends WriteOptions {
  readonly type: "split";
  readonly path: Paths;
  readonly separator: string;
  /** What a piece is, a text unless said otherwise; its path is `.`. */
  readonly item?: PieceSpec | undefined;
}
/** An object out of the pieces of one text, in the order of its fields; the last one takes whatever is left. */
export interface PartsSpec extends FieldOptions {
  readonly type: "parts";
  readonly path: Paths;
  readonly separator: string;
  readonly fields: Readonly<Record<string, PieceSpec>>;
}
/** What a piece of a text is: a codec, or pieces again. The path is `.`. */
export type PieceSpec = FieldSpec | PartsSpec;
/** Reads `then` in the entry of a lookup table whose key is the text at `key`. */
export interface LookupSpec {
  readonly type: "lookup";
  readonly table: string;
  readonly key: Paths;
  readonly then: Node;
}
/** A codec that the host registered under a name of its own. */
export interface CustomSpec extends FieldOptions {
  readonly type: "codec";
  readonly name: string;
  readonly path: Paths;
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export type TypedSpec =
  | ConstantSpec
  | ParameterSpec
  | VatLevelSpec
  | AbsentSpec
  | OnlySpec
  | RequiredSpec
  | EachSpec
  | ConcatSpec
  | WhenSpec
  | FirstSpec
  | JoinSpec
  | TemplateSpec
  | SplitSpec
  | PartsSpec
  | LookupSpec
  | CustomSpec
  | FieldSpec;

/** A nested object of the record: names are the record's, values say where they come from. */
export interface ObjectNode {
  readonly [field: string]: Node;
}

/** Anything that gives a value: a specification, recognised by its `type`, or a nested object. */
export type Node = TypedSpec | ObjectNode;

/** Whether a node is a specification rather than a nested object, whose own field `type` would be a node. */
export function isSpec(node: Node): node is TypedSpec {
  return typeof node["type" as keyof Node] === "string";
}

/** Whether a specification is of this kind; codecs of fields are told by what is left. */
export function isKind<Kind extends string>(
  spec: TypedSpec,
  kind: Kind,
): spec is Extract<Exclude<TypedSpec, FieldSpec>, { readonly type: Kind }> {
  return spec.type === kind;
}

/** Whether a specification has to do with the XML at all. */
export function isFromXml(spec: TypedSpec): boolean {
  return !["constant", "parameter", "vatLevel", "absent"].includes(spec.type);
}

/** Whether a part of a list is one item rather than several. */
export function isItem(part: Node): boolean {
  if (!isSpec(part)) return true;
  if (isKind(part, "when")) return isItem(part.then) && (part.else === undefined || isItem(part.else));
  if (isKind(part, "first")) return part.of.every(isItem);
  if (isKind(part, "only") || isKind(part, "required")) return isItem(part.node);
  return !isKind(part, "each") && !isKind(part, "concat") && !isKind(part, "split");
}

/** A table that {@link LookupSpec} looks into, filled before the records are read. */
export interface LookupTable {
  /** Elements that are its entries, from the document: `/prestashop/addresses/address`. */
  readonly path: Paths;
  /** Their key, below the entry. */
  readonly key: string;
  /** Name of another input that holds them. Without it, or where that input is not given, they are in the same document. */
  readonly input?: string | undefined;
}

/** A setting that whoever uses the mapping may change. */
export interface Parameter {
  readonly title: string;
  readonly description?: string | undefined;
  readonly default: string;
  /** The only values allowed. */
  readonly values?: readonly string[] | undefined;
}

/** Records to leave out, counted and named in the report. */
export interface SkipRule {
  readonly when: Condition;
  readonly reason: string;
}

export type TargetName = "order" | "invoice" | "product" | "stockLevel" | "custom";

/** How documents of the records are written, beyond what the fields say. */
export interface DocumentSpec {
  /**
   * Texts that stand in every document or record and belong to no field, by their path: `/SHOP/@version`, `@version`,
   * `ITEM_TYPE`. Relative paths start at the record. An element that has fields in it is left out, with its fixed texts,
   * where none of them has a value. `{ field: "currency" }` is the text of that field of the record, in lists too.
   */
  readonly fixed?: Readonly<Record<string, Literal | ParameterReference | FieldReference>> | undefined;
  /**
   * Paths of elements below the record in the order in which the schema wants them, where that is not the order of the
   * fields. Elements that are not listed come after those that are.
   */
  readonly order?: readonly string[] | undefined;
  /** Write a document of its own for each record. */
  readonly perRecord?: boolean | undefined;
  /**
   * Name of the element around the record that each record has for itself, as a `dataPackItem` has one order. Attributes
   * of it are written by `also: ["../@id"]`.
   */
  readonly wrapper?: string | undefined;
}

/** Stands for the text of a field of the record. */
export interface FieldReference {
  readonly field: string;
}

/** Rows of text instead of XML. Each column stands for an element below the record, whose path is then that name. */
export interface CsvSpec {
  /** @defaultValue ";" */
  readonly separator?: string | undefined;
  /** Element name to title: `{ code: "Kod vyrobku" }`, in the order of the columns. */
  readonly columns: Readonly<Record<string, string>>;
}

/** A mapping as it stands in JSON. */
export interface MappingData {
  readonly $schema?: string | undefined;
  readonly target: TargetName;
  /** Elements that are the records, from the document: `/ORDERS/ORDER`. */
  readonly record: Paths;
  /** Field that identifies a record in issues; by default `number`, `invoiceNumber` of invoices, `code` of products. */
  readonly key?: string | undefined;
  /** Compare element and attribute names without regard to letter case. */
  readonly ignoreCase?: boolean | undefined;
  /** Prefix to namespace URI; `""` is for names without a prefix. */
  readonly namespaces?: Readonly<Record<string, string>> | undefined;
  readonly parameters?: Readonly<Record<string, Parameter>> | undefined;
  /** ISO 3166-1 alpha-2; decides VAT rates. @defaultValue "CZ" */
  readonly country?: string | ParameterReference | undefined;
  /** IANA time zone of times without an offset. @defaultValue "Europe/Prague" */
  readonly zone?: string | undefined;
  /** Day that decides VAT rates; without it, that of the record's `taxPointOn`, `issuedOn` or `createdAt`. */
  readonly taxDate?: Node | undefined;
  readonly fields: ObjectNode;
  readonly lookups?: Readonly<Record<string, LookupTable>> | undefined;
  readonly skip?: readonly SkipRule[] | undefined;
  /**
   * Places of the file that are known and left out on purpose, each with the reason: `{ "CUSTOMER/IP": "of no use" }`.
   * Paths start at the record, or at the document with a slash, or mean any depth: `**\/@ref`. What lies below them is
   * meant too.
   */
  readonly ignore?: Readonly<Record<string, string>> | undefined;
  /** What the amounts of an order or invoice must add up to. */
  readonly totals?: TotalsRule | undefined;
  readonly document?: DocumentSpec | undefined;
  readonly csv?: CsvSpec | undefined;
}
