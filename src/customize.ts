import { DefinitionError } from "./errors.ts";
import { fieldOptionNames } from "./mapping/setting.ts";
import { codecTypes } from "./mapping/codecs/index.ts";
import type { MappingData } from "./mapping/spec.ts";
import type { Preset } from "./preset.ts";

/** One difference between a mapping or preset and what a shop's override makes of it. */
export interface Change {
  /** Place in the mapping: `fields.customer.phone`, `fields.lines.item.ean.path`. */
  readonly path: string;
  /** Undefined where the override adds something. */
  readonly from: unknown;
  /** Undefined where the override takes something away. */
  readonly to: unknown;
}

/** A mapping or preset with some of it replaced. Whatever is left out stays; `null` takes something away. */
export type Override<Whole extends MappingData | Preset = MappingData> = { readonly [Key in keyof Whole]?: unknown };

/**
 * Adapts a mapping or a whole preset to one shop, and says what that changes.
 *
 * An override has the shape of what it changes. A specification is replaced as a whole, or only in some of its options:
 * `{ number: { path: "KOD" } }`; the item of a list too: `{ lines: { item: { ean: text("EAN13") } } }`. Members of a list
 * of specifications are named by their position: `{ lines: { parts: { "0": { item: … } } } }`.
 *
 * @example
 * ```ts
 * const { mapping, changes } = customize(shoptet.feeds.orders.mapping, {
 *   fields: { shipping: { pickupPoint: text("PACKETA_BRANCH_ID") } },
 * });
 * ```
 * @throws {@link DefinitionError} MAPPING_INVALID if a position is beyond a list.
 */
export function customize<Mapping extends MappingData>(
  mapping: Mapping,
  override: Override,
): { readonly mapping: Mapping; readonly changes: readonly Change[] } {
  const changes: Change[] = [];
  const merged = merge(mapping, override, "", changes) as Mapping;
  return { mapping: merged, changes };
}

/** The same for a preset: `{ feeds: { orders: { mapping: { … }, invoice: { dueDays: 30 } } } }`. @throws as {@link customize} */
export function customizePreset(
  preset: Preset,
  override: Override<Preset>,
): { readonly preset: Preset; readonly changes: readonly Change[] } {
  const changes: Change[] = [];
  const merged = merge(preset, override, "", changes) as Preset;
  return { preset: merged, changes };
}

function merge(from: unknown, to: unknown, path: string, changes: Change[]): unknown {
  if (Array.isArray(from) && isPlainObject(to) && !isSpecification(to)) return mergeList(from, to, path, changes);
  if (!isPlainObject(from) || !isPlainObject(to) || isSpecification(to) || !fitsInto(to, from)) {
    const added = withoutNulls(to);
    if (JSON.stringify(from) !== JSON.stringify(added)) changes.push({ path, from, to: added });
    return added;
  }
  const result: Record<string, unknown> = { ...from };
  for (const [key, value] of Object.entries(to)) {
    const merged = merge(from[key], value, path === "" ? key : `${path}.${key}`, changes);
    if (merged === undefined) Reflect.deleteProperty(result, key);
    else result[key] = merged;
  }
  return result;
}

function mergeList(
  from: readonly unknown[],
  to: Readonly<Record<string, unknown>>,
  path: string,
  changes: Change[],
): unknown[] {
  const result: unknown[] = [...from];
  for (const [key, value] of Object.entries(to)) {
    const index = Number(key);
    if (!/^\d+$/.test(key) || index > from.length)
      throw new DefinitionError(
        "MAPPING_INVALID",
        `${path}: expected a position from 0 to ${from.length}, or a list that replaces this one; got "${key}"`,
      );
    result[index] = merge(from[index], value, `${path}.${key}`, changes);
  }
  return result.filter((item) => item !== undefined);
}

/** Whether an override's members are options of a specification, rather than fields of an object in its place. */
function fitsInto(to: Readonly<Record<string, unknown>>, from: Readonly<Record<string, unknown>>): boolean {
  if (!isSpecification(from)) return true;
  const codec = Object.hasOwn(codecTypes, from.type) ? codecTypes[from.type as keyof typeof codecTypes] : undefined;
  const known = new Set([
    ...fieldOptionNames,
    ...Object.keys(from),
    ...Object.keys(codec?.options.shape ?? {}),
    ...MEMBERS,
  ]);
  return Object.keys(to).every((key) => known.has(key));
}

/** Members of specifications that are no codecs, and may be left out of them. */
const MEMBERS = ["where", "limit", "else", "item"];

/** What an override adds where there was nothing to take away. */
function withoutNulls(value: unknown): unknown {
  if (value === null) return undefined;
  if (!isPlainObject(value) || isSpecification(value)) return value;
  const entries = Object.entries(value).map(([key, child]) => [key, withoutNulls(child)] as const);
  const kept = entries.filter(([, child]) => child !== undefined);
  return kept.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(kept);
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSpecification(value: Record<string, unknown>): value is Record<string, unknown> & { readonly type: string } {
  return typeof value["type"] === "string";
}
