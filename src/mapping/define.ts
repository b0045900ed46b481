import type { Decimal, Instant, IsoDate, Order } from "../model/order.ts";
import type { Invoice } from "../model/invoice.ts";
import type { Product, StockLevel } from "../model/product.ts";
import type { VatLevel } from "../model/vat.ts";
import type { CodecOptions } from "./codecs/index.ts";
import type {
  Comparison,
  Condition,
  FieldOptions,
  Literal,
  LookupTable,
  MappingData,
  Node,
  Parameter,
  ParameterReference,
  Paths,
  SkipRule,
  TargetName,
  WriteOptions,
} from "./spec.ts";

declare const value: unique symbol;

/** A specification that gives a `Value`. The type is all there is to it: at run time it is plain data. */
export interface Spec<out Value> {
  readonly [value]: Value;
}

/** What may stand for a `Value`: a specification, or for an object a nested literal with one entry a field. */
export type Source<Value> = Spec<Value> | Literally<Value>;

type Literally<Value> = Value extends readonly unknown[]
  ? never
  : Value extends infer Shape extends object
    ? Fields<Shape>
    : never;

/** One entry for each field of `Shape`; required fields must be there, unknown ones must not. */
export type Fields<Shape> = {
  readonly [Field in keyof Shape]: Source<NonNullable<Shape[Field]>>;
};

/** A mapping whose records are `Value`s: plain data that survives JSON. */
export interface Mapping<out Value> extends MappingData {
  readonly [value]?: Value;
}

type Defaults<Value> = Omit<FieldOptions, "default" | "empty"> & {
  readonly default?: Value | ParameterReference;
  readonly empty?: Value | ParameterReference;
};

function spec<Value>(data: object): Spec<Value> {
  return data as Spec<Value>;
}

function field<Value>(type: string, path: Paths, options: object | undefined): Spec<Value> {
  return spec({ type, path, ...options });
}

/** Text, trimmed. `<NAME> Eva Vzorová </NAME>` → `"Eva Vzorová"`. */
export function text(path: Paths, options?: CodecOptions["text"] & Defaults<string>): Spec<string> {
  return field("text", path, options);
}

/** Text that identifies something; leading zeros live, white space goes. `<CODE>00 123</CODE>` → `"00123"`. */
export function code(path: Paths, options?: CodecOptions["code"] & Defaults<string>): Spec<string> {
  return field("code", path, options);
}

/** Exact number, with a comma or a point. `<PRICE>1 234,50 Kč</PRICE>` → `"1234.50"`. */
export function decimal(path: Paths, options?: CodecOptions["decimal"] & Defaults<Decimal>): Spec<Decimal> {
  return field("decimal", path, options);
}

/** Whole number. `<AMOUNT>5.000</AMOUNT>` → `"5"`. */
export function integer(path: Paths, options?: CodecOptions["integer"] & Defaults<Decimal>): Spec<Decimal> {
  return field("integer", path, options);
}

/** `<PAID>1</PAID>` → `true`. */
export function boolean(path: Paths, options?: CodecOptions["boolean"] & Defaults<boolean>): Spec<boolean> {
  return field("boolean", path, options);
}

/** `<DATE>4. 3. 2026</DATE>` → `"2026-03-04"`. */
export function date(path: Paths, options?: CodecOptions["date"] & Defaults<IsoDate>): Spec<IsoDate> {
  return field("date", path, options);
}

/** `<DATE>2026-03-04 18:22:09</DATE>` in Prague → `"2026-03-04T18:22:09+01:00"`. */
export function dateTime(path: Paths, options?: CodecOptions["dateTime"] & Defaults<Instant>): Spec<Instant> {
  return field("dateTime", path, options);
}

/** Percent from any notation. `21 %`, `0.21`, `high` → `"21"`. */
export function vatRate(path: Paths, options?: CodecOptions["vatRate"] & Defaults<Decimal>): Spec<Decimal> {
  return field("vatRate", path, options);
}

/** A word of the shop's for a word of ours. `oneOf("TYPE", { billing: "payment" })`. */
export function oneOf<const Word extends string, const Other extends string = never>(
  path: Paths,
  values: Readonly<Record<string, Word>>,
  options?: Omit<CodecOptions["oneOf"], "values" | "unknown"> &
    Defaults<Other> & { readonly unknown?: "error" | { readonly value: Other; readonly silent?: boolean } },
): Spec<Word | Other> {
  return field("oneOf", path, { values, ...options });
}

/** Country name or code as ISO 3166-1 alpha-2. `Česká republika` → `"CZ"`. */
export function country(path: Paths, options?: CodecOptions["country"] & Defaults<string>): Spec<string> {
  return field("country", path, options);
}

/** Phone number with its prefix where that is certain. `600 000 001` → `"+420600000001"`. */
export function phone(path: Paths, options?: CodecOptions["phone"] & Defaults<string>): Spec<string> {
  return field("phone", path, options);
}

/** Postal code. `602 00` → `"60200"`. */
export function zip(path: Paths, options?: CodecOptions["zip"] & Defaults<string>): Spec<string> {
  return field("zip", path, options);
}

/** IČO. `1234567` → `"01234567"`. */
export function companyId(path: Paths, options?: CodecOptions["companyId"] & Defaults<string>): Spec<string> {
  return field("companyId", path, options);
}

/** DIČ or IČ DPH. `cz 01234567` → `"CZ01234567"`. */
export function vatId(path: Paths, options?: CodecOptions["vatId"] & Defaults<string>): Spec<string> {
  return field("vatId", path, options);
}

/** A codec that the host registered as `name`. */
export function custom<Value = string>(
  name: string,
  path: Paths,
  options?: { readonly options?: Readonly<Record<string, unknown>> } & FieldOptions,
): Spec<Value> {
  return field("codec", path, { name, ...options });
}

/** The same value in every record. */
export function constant<const Value extends Literal>(value: Value): Spec<Value> {
  return spec({ type: "constant", value });
}

/** The value of a parameter. As a `default`, write `{ parameter: "currency" }`. */
export function parameter<Value extends string = string>(name: string): Spec<Value> {
  return spec({ type: "parameter", name });
}

/**
 * The VAT rate of a level, by country and day, where a file tells rates by the names of its elements: `each` breakdown
 * row of `<priceHigh>` is `{ rate: vatLevel("high"), net: decimal("priceHigh") }`.
 */
export function vatLevel(level: VatLevel): Spec<Decimal> {
  return spec({ type: "vatLevel", level });
}

/** No value; on export, only what has none here fits. Tells prices of lists from the main one: `list: absent()`. */
export function absent(): Spec<never> {
  return spec({ type: "absent" });
}

/** Read from the file, never written: what cannot be turned round, or is no business of the shop's. */
export function readOnly<Value>(node: Source<Value>): Spec<Value> {
  return spec({ type: "only", direction: "read", node });
}

/** Written, never read. */
export function writeOnly<Value>(node: Source<Value>): Spec<Value> {
  return spec({ type: "only", direction: "write", node });
}

/**
 * A list, or a part of one, that a record must have an item for: on export, one without it cannot be written.
 * `images: required(each("IMGURL", { url: text(".") }))`
 */
export function required<Value>(list: Source<Value>): Spec<Value> {
  return spec({ type: "required", node: list });
}

/** A nested object where one cannot be written as a literal, for instance below {@link when}. */
export function object<Shape extends object>(fields: Fields<NoInfer<Shape>>): Spec<Shape> {
  return spec(fields);
}

/**
 * One item for each element: `each("ORDER_ITEMS/ITEM", { name: text("NAME") })`. Paths of the item start at it. On
 * export, `limit` is the most that are written.
 */
export function each<Item>(path: Paths, item: Source<NoInfer<Item>>, where?: Condition, limit?: number): Spec<Item[]> {
  return spec({ type: "each", path, ...(where && { where }), item, ...(limit !== undefined && { limit }) });
}

/** Lists and single items one after the other: item nodes, then the header's fees. */
export function concat<Item>(...parts: readonly (Spec<Item | Item[]> | Source<NoInfer<Item>>)[]): Spec<Item[]> {
  return spec({ type: "concat", parts });
}

/** `then` where the condition holds, otherwise `otherwise` or nothing. */
export function when<Value>(condition: Condition, then: Source<Value>, otherwise?: Source<Value>): Spec<Value> {
  return spec(
    otherwise === undefined ? { type: "when", condition, then } : { type: "when", condition, then, else: otherwise },
  );
}

/** The first that gives a value. */
export function first<Value>(...of: readonly Source<Value>[]): Spec<Value> {
  return spec({ type: "first", of });
}

/** Texts put together: `join(" ", "STREET", "HOUSENUMBER")`. */
export function join(separator: string, ...parts: readonly (string | Spec<string>)[]): Spec<string> {
  return spec({ type: "join", separator, parts: parts.map((part) => (typeof part === "string" ? text(part) : part)) });
}

/** Text with paths in braces: `template("{firstname} {lastname}")`. */
export function template(template: string): Spec<string> {
  return spec({ type: "template", template });
}

/** The pieces of a text: `<TAGS>a;b</TAGS>` → `["a", "b"]`. */
export function split(path: Paths, separator: string): Spec<string[]>;
/** `split("Parametry", "|", parts(".", ":", { name: text("."), value: text(".") }))`. */
export function split<Item>(path: Paths, separator: string, item: Spec<Item>, options?: WriteOptions): Spec<Item[]>;
export function split(path: Paths, separator: string, item?: object, options?: WriteOptions): Spec<unknown[]> {
  return spec({ type: "split", path, separator, ...(item && { item }), ...options });
}

/**
 * An object out of the pieces of one text: `parts("g:price", " ", { gross: decimal("."), currency: code(".") })` reads
 * `<g:price>199.50 CZK</g:price>`. The pieces are in the order of the fields; the last one takes whatever is left.
 */
export function parts<Shape extends object>(
  path: Paths,
  separator: string,
  fields: Fields<NoInfer<Shape>>,
  options?: Omit<FieldOptions, "default" | "empty">,
): Spec<Shape> {
  return spec({ type: "parts", path, separator, fields, ...options });
}

/**
 * Reads `then` in the entry of a lookup table: `lookup("carriers", "id_carrier", text("name"))`. Inside a nested object,
 * say what it gives: `lookup<Address>("addresses", "id_address_invoice", { city: text("city") })`.
 */
export function lookup<Value>(table: string, key: Paths, then: Source<Value>): Spec<Value> {
  return spec({ type: "lookup", table, key, then });
}

export function exists(path: Paths): Condition {
  return { exists: path };
}
export function equals(path: Paths, to: string | readonly string[] | ParameterReference): Condition {
  return { equals: path, to };
}
export function matches(path: Paths, pattern: string, flags?: string): Condition {
  return flags === undefined ? { matches: path, pattern } : { matches: path, pattern, flags };
}
export function compared(field: Spec<string>, is: Comparison, to: string | ParameterReference): Condition {
  return { compare: field as unknown as Node, is, to };
}
export function parameterIs(parameter: string, is: string): Condition {
  return { parameter, is };
}
/** On export: the record or the list's item has a value there. In an item, `has("/currency")` asks the record. */
export function has(field: string): Condition {
  return { has: field };
}
/** On export: the value compares so. `fieldIs("stock.quantity", ">", "0")`. */
export function fieldIs(field: string, is: Comparison, to: string | ParameterReference): Condition {
  return { field, is, to };
}
export function not(condition: Condition): Condition {
  return { not: condition };
}
export function all(...conditions: readonly Condition[]): Condition {
  return { all: conditions };
}
export function any(...conditions: readonly Condition[]): Condition {
  return { any: conditions };
}

/** Everything of a mapping but its fields. */
export type MappingOptions = Omit<MappingData, "target" | "fields" | "taxDate" | "skip" | "lookups" | "parameters"> & {
  /** Day that decides VAT rates; without it, that of the record's `taxPointOn`, `createdAt` or `issuedOn`. */
  readonly taxDate?: Spec<IsoDate | Instant>;
  readonly skip?: readonly SkipRule[];
  readonly lookups?: Readonly<Record<string, LookupTable>>;
  readonly parameters?: Readonly<Record<string, Parameter>>;
};

export interface Targets {
  readonly order: Order;
  readonly invoice: Invoice;
  readonly product: Product;
  readonly stockLevel: StockLevel;
}

/** The part of Standard Schema that tells the type. @see https://standardschema.dev */
export interface TypedSchema<Input> {
  readonly "~standard": { readonly types?: { readonly input: Input; readonly output: unknown } | undefined };
}

/** The records of a target. */
export type RecordOf<Target> = Target extends keyof Targets
  ? Targets[Target]
  : Target extends TypedSchema<infer Input>
    ? Input
    : never;

/**
 * Puts a mapping together. In TypeScript, a required field that is forgotten, a field that the record does not have and
 * a codec of the wrong type do not compile.
 *
 * The target is `"order"`, `"invoice"`, `"product"`, `"stockLevel"`, or a schema of your own (zod, valibot, arktype: any Standard Schema), whose
 * input type the fields must give; pass the same schema when you read.
 *
 * @example
 * ```ts
 * const mapping = defineMapping("order", {
 *   record: "/orders/order",
 *   fields: {
 *     number: code("number"),
 *     currency: constant("CZK"),
 *     lines: each("items/item", { kind: constant("product"), name: text("name"), quantity: decimal("pcs") }),
 *   },
 * });
 * ```
 */
export function defineMapping<const Target extends keyof Targets | TypedSchema<unknown>>(
  target: Target,
  mapping: MappingOptions & { readonly fields: Fields<RecordOf<Target>> },
): Mapping<RecordOf<Target>> {
  const name: TargetName = typeof target === "string" ? target : "custom";
  return { target: name, ...mapping, fields: mapping.fields } as unknown as Mapping<RecordOf<Target>>;
}
