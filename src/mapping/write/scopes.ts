import type { FieldProblem } from "../problem.ts";
import { taker } from "../assemble.ts";

/** Where a value of the record stands while it is written: the values of a scope, and a position among them. */
export interface ValueReference {
  readonly scope: number;
  readonly slot: number;
}

/** What one record is written with. Reused from record to record. */
export interface WriteRun {
  /** The values of each scope that is open, by its number. */
  readonly frames: (unknown[] | undefined)[];
  /** Position in its list of the item that each scope is open for. */
  readonly positions: number[];
  readonly problems: FieldProblem[];
  /** List items that the mapping has no place for, by field. */
  readonly unwritten: Record<string, number>;
  /** Whether an item is only tried, so that nothing of it counts. */
  trying: boolean;
}

/** Names and scopes: `["variants", 2, "ean"]` is `variants[1].ean` while scope 2 is open for item 1. */
export type FieldPath = readonly (string | number)[];

/** `variants[1].ean` */
export function fieldName(field: FieldPath, run: WriteRun): string {
  return nameOf(field, (scope) => String(run.positions[scope] ?? 0));
}

/** `variants[].ean` */
export function fieldOfAll(field: FieldPath): string {
  return nameOf(field, () => "");
}

function nameOf(field: FieldPath, position: (scope: number) => string): string {
  return field.reduce<string>((name, part) => {
    if (typeof part === "number") return `${name}[${position(part)}]`;
    return name === "" ? part : `${name}.${part}`;
  }, "");
}

export type WriteTest = (run: WriteRun) => boolean;

/** One part of a list on paper: a single item, or as many as fit. */
export interface DealtPart {
  /** Scope that its items are tried and written in. */
  readonly scope: Scope;
  /** Whether the part is there at all, by the values around the list. */
  readonly guard: WriteTest | undefined;
  /** Whether the item that the scope is open for belongs here. */
  readonly fits: WriteTest | undefined;
  /** Slot for the items, and the next one for their positions; undefined for a part that is one item. */
  readonly slot: number | undefined;
  readonly limit: number;
}

/** A list whose items are dealt out to the parts of a mapping, in order, each to the first that fits. */
export interface Deal {
  readonly list: number;
  readonly field: FieldPath;
  readonly parts: readonly DealtPart[];
  /** Groups of parts of which one must have an item. */
  readonly demands: readonly (readonly DealtPart[])[];
}

/** The record, or the items of one list in it: what is read of them, and the lists in them. */
export interface Scope {
  readonly number: number;
  /** Slot of a value, by its path from the record or item; one path has one slot. */
  input(path: readonly string[]): number;
  /** How many values are asked for so far. */
  inputs(): number;
  /** Two slots that dealt items go to. */
  reserve(): number;
  deal(deal: Deal): void;
  /** Has it said where something else stands than an object. */
  expectObject(path: readonly string[], field: FieldPath): void;
  /** Opens the scope: fills its values from a record or an item, and deals out its lists. */
  open(run: WriteRun, value: unknown, position: number): unknown[];
  close(run: WriteRun): void;
}

export interface Scopes {
  create(): Scope;
}

export function createScopes(): Scopes {
  let count = 0;
  return { create: () => createScope(count++) };
}

function createScope(number: number): Scope {
  const paths: (readonly string[])[] = [];
  const slots = new Map<string, number>();
  const deals: Deal[] = [];
  const objects: { readonly slot: number; readonly field: FieldPath }[] = [];
  const values: unknown[] = [];
  let take: ((value: unknown, values: unknown[]) => void) | undefined;

  function input(path: readonly string[]): number {
    const key = path.join("\0");
    let slot = slots.get(key);
    if (slot === undefined) {
      slot = values.length;
      slots.set(key, slot);
      paths[slot] = path;
      values.push(undefined);
    }
    return slot;
  }

  return {
    number,
    input,
    inputs: () => slots.size,
    expectObject: (path, field) => void objects.push({ slot: input(path), field }),
    reserve() {
      values.push(undefined, undefined);
      return values.length - 2;
    },
    deal: (deal) => void deals.push(deal),
    open(run, value, position) {
      take ??= taker(paths);
      take(value, values);
      run.frames[number] = values;
      run.positions[number] = position;
      for (const { slot, field } of objects) {
        const object = values[slot];
        if (object !== undefined && object !== null && (typeof object !== "object" || Array.isArray(object)))
          note(run, field, "FIELD_INVALID", "expected an object");
      }
      for (const deal of deals) dealOut(run, deal, values);
      return values;
    },
    close(run) {
      run.frames[number] = undefined;
      for (const { parts } of deals) for (const part of parts) if (part.slot === undefined) part.scope.close(run);
    },
  };
}

function dealOut(run: WriteRun, deal: Deal, values: unknown[]): void {
  const { list, parts } = deal;
  for (const { scope, slot } of parts) {
    if (slot === undefined) scope.close(run);
    else values[slot] = values[slot + 1] = undefined;
  }
  const items = values[list];
  const taken = new Set<DealtPart>();
  if (Array.isArray(items)) dealItems(run, deal, items, values, taken);
  else if (items !== undefined && items !== null) note(run, deal.field, "FIELD_INVALID", "expected a list");
  for (const demanded of deal.demands)
    if (demanded.some((part) => isOpen(part, run)) && !demanded.some((part) => taken.has(part)))
      note(run, deal.field, "FIELD_MISSING", "the file cannot do without an item of it");
}

function note(run: WriteRun, field: FieldPath, code: "FIELD_INVALID" | "FIELD_MISSING", message: string): void {
  if (!run.trying) run.problems.push({ code, severity: "error", message, field: fieldName(field, run) });
}

function isOpen({ guard }: DealtPart, run: WriteRun): boolean {
  return guard === undefined || guard(run);
}

/** `taken` gets the parts that have an item. */
function dealItems(
  run: WriteRun,
  { parts, field }: Deal,
  items: readonly unknown[],
  values: unknown[],
  taken: Set<DealtPart>,
): void {
  const open = parts.filter((part) => isOpen(part, run));
  const [only] = open;
  if (open.length === 1 && only?.slot !== undefined && only.fits === undefined && items.length <= only.limit) {
    values[only.slot] = items;
    if (items.length > 0) taken.add(only);
    return;
  }
  for (const [position, item] of items.entries()) {
    const part = open.find(
      (one) => (one.slot !== undefined || !taken.has(one)) && takes(run, one, item, position, values),
    );
    if (part !== undefined) taken.add(part);
    else if (!run.trying) {
      const name = `${fieldOfAll(field)}[]`;
      run.unwritten[name] = (run.unwritten[name] ?? 0) + 1;
    }
  }
}

/** Tries an item in a part. A part that is one item stays open for it; one that is many keeps it for later. */
function takes(
  run: WriteRun,
  { scope, fits, slot, limit }: DealtPart,
  item: unknown,
  position: number,
  values: unknown[],
): boolean {
  const kept = slot === undefined ? undefined : (values[slot] as unknown[] | undefined);
  if ((kept?.length ?? 0) >= limit) return false;
  if (fits !== undefined && !tried(run, scope, fits, item, position)) return false;
  if (slot === undefined) {
    scope.open(run, item, position);
    return true;
  }
  if (kept === undefined) {
    values[slot] = [item];
    values[slot + 1] = [position];
  } else {
    kept.push(item);
    (values[slot + 1] as number[]).push(position);
  }
  return true;
}

function tried(run: WriteRun, scope: Scope, fits: WriteTest, item: unknown, position: number): boolean {
  const before = run.trying;
  run.trying = true;
  scope.open(run, item, position);
  const belongs = fits(run);
  scope.close(run);
  run.trying = before;
  return belongs;
}
