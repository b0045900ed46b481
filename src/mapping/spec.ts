import type { TotalsRule } from "../model/rule.ts";

/** One path, or several of which the first that holds text counts. */
export type Paths = string | readonly string[];

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
  | { readonly not: Condition }
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] };

export type Comparison = "<" | "<=" | "=" | "!=" | ">=" | ">";

/** What every field that reads text has. */
export interface FieldOptions {
  /** Value where the element or attribute is missing. */
  readonly default?: Literal | ParameterReference | undefined;
  /** Value where it is there but empty. Without it, empty counts as missing. */
  readonly empty?: Literal | ParameterReference | undefined;
  /**
   * What unreadable text does: `error` keeps the record from being booked, `warning` leaves the field out and says so.
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
/** One item for each element that the path finds, in document order. */
export interface EachSpec {
  readonly type: "each";
  readonly path: Paths;
  readonly where?: Condition | undefined;
  readonly item: Node;
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
export interface SplitSpec {
  readonly type: "split";
  readonly path: Paths;
  readonly separator: string;
}
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
  | EachSpec
  | ConcatSpec
  | WhenSpec
  | FirstSpec
  | JoinSpec
  | TemplateSpec
  | SplitSpec
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

/** A table that {@link LookupSpec} looks into, filled before the records are read. */
export interface LookupTable {
  /** Elements that are its entries, from the document: `/prestashop/addresses/address`. */
  readonly path: Paths;
  /** Their key, below the entry. */
  readonly key: string;
  /** Name of another input that holds them; without it they are in the same document. */
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

export type TargetName = "order" | "invoice" | "custom";

/** A mapping as it stands in JSON. */
export interface MappingData {
  readonly $schema?: string | undefined;
  readonly target: TargetName;
  /** Elements that are the records, from the document: `/ORDERS/ORDER`. */
  readonly record: Paths;
  /** Field of the record that identifies it in issues; by default `number` of orders, `invoiceNumber` of invoices. */
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
  /** What the amounts of an order or invoice must add up to. */
  readonly totals?: TotalsRule | undefined;
}
