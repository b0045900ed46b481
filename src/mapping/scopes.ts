import type { FieldProblem } from "./decode.ts";
import { taker } from "./assemble.ts";

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
  readonly field: string;
  readonly parts: readonly DealtPart[];
}

/** The record, or the items of one list in it: what is read of them, and the lists in them. */
export interface Scope {
  readonly number: number;
  /** Slot of a value, by its path from the record or item; one path has one slot. */
  input(path: readonly string[]): number;
  /** Two slots that dealt items go to. */
  reserve(): number;
  deal(deal: Deal): void;
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
  const values: unknown[] = [];
  let take: ((value: unknown, values: unknown[]) => void) | undefined;
  return {
    number,
    input(path) {
      const key = path.join("\0");
      let slot = slots.get(key);
      if (slot === undefined) {
        slot = values.length;
        slots.set(key, slot);
        paths[slot] = path;
        values.push(undefined);
      }
      return slot;
    },
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
      for (const deal of deals) dealOut(run, deal, values);
      return values;
    },
    close(run) {
      run.frames[number] = undefined;
    },
  };
}

function dealOut(run: WriteRun, { list, field, parts }: Deal, values: unknown[]): void {
  const items = values[list];
  for (const { scope, slot } of parts) {
    if (slot === undefined) scope.close(run);
    else values[slot] = values[slot + 1] = undefined;
  }
  if (items === undefined || items === null) return;
  if (!Array.isArray(items)) {
    run.problems.push({ code: "FIELD_INVALID", severity: "error", message: "expected a list", field });
    return;
  }
  const open = parts.filter(({ guard }) => guard === undefined || guard(run));
  const [only] = open;
  if (open.length === 1 && only?.slot !== undefined && only.fits === undefined && items.length <= only.limit) {
    values[only.slot] = items;
    return;
  }
  const taken = new Set<DealtPart>();
  for (const [position, item] of items.entries()) {
    const part = open.find((one) => !taken.has(one) && takes(run, one, item, position, values));
    if (part === undefined) run.unwritten[`${field}[]`] = (run.unwritten[`${field}[]`] ?? 0) + 1;
    else if (part.slot === undefined) taken.add(part);
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
  if (slot === undefined || fits !== undefined) {
    scope.open(run, item, position);
    const belongs = fits === undefined || fits(run);
    if (!belongs || slot !== undefined) scope.close(run);
    if (!belongs || slot === undefined) return belongs;
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
