import { DefinitionError } from "../../errors.ts";
import { parsePath, type Path, type PathName, type PathStep } from "../path.ts";
import type { DocumentSpec } from "../spec.ts";

/** A text, or nothing, that is not known before there is a record. */
export interface Place<Leaf> {
  /** `NAME` with its prefix. */
  readonly name: string;
  /** Its step in `order`: the name without predicates. */
  readonly steps: readonly string[];
  /** Attributes in the order in which they were first asked for. */
  readonly attributes: Map<string, Slot<Leaf>>;
  /** Its own text. */
  readonly text: Slot<Leaf>;
  /** What it holds, in order. */
  readonly children: Place<Leaf>[];
  /** Whether it is there once for each item of a list, and what gives the items. */
  readonly repeat: Leaf | undefined;
  /** Tells it from other elements of the same name: its predicates. */
  readonly key: string;
}

/** What fills a place: a fixed text, or the first of the leaves that gives one. */
export interface Slot<Leaf> {
  fixed: string | undefined;
  readonly leaves: Leaf[];
}

/** Builds the tree of elements that a mapping's paths lead to. */
export interface Layout<Leaf> {
  /** The elements around the records, from the root on. */
  readonly around: readonly Place<Leaf>[];
  readonly record: Place<Leaf>;
  /** How many of the elements around are there once for all records; the others each record has for itself. */
  readonly shared: number;
  /** Prefixes that names are written with. */
  readonly prefixes: ReadonlySet<string>;
  /** Where the text of a path goes that starts at `place`. */
  slot(place: Place<Leaf>, path: string, field: string): Slot<Leaf>;
  /** An element that is there for each item. */
  repeated(place: Place<Leaf>, path: string, field: string, repeat: Leaf): Place<Leaf>;
  /** A text that stands in every document, or what gives one that stands in every record. */
  fix(path: string, fixed: string | Leaf): void;
  /** Puts elements into the order that the schema wants. To be called once, when all are there. */
  arrange(order: DocumentSpec["order"]): void;
}

/** @param wrapper - name of the outermost element that each record has for itself */
export function createLayout<Leaf extends object>(recordPath: string, wrapper?: string): Layout<Leaf> {
  const path = parsePath(recordPath);
  if (!path.absolute || path.attribute !== undefined || path.steps.some(({ predicates }) => predicates.length > 0))
    throw new DefinitionError(
      "PATH_INVALID",
      `path "${recordPath}": records need an absolute path of elements without predicates, such as /SHOP/SHOPITEM`,
    );
  const names = path.steps.map((step) => step.name);
  const prefixes = new Set<string>();
  const around = names.slice(0, -1).map((name) => newPlace<Leaf>(qualified(name, recordPath), [], undefined, ""));
  const record = newPlace<Leaf>(qualified(names.at(-1)!, recordPath), [], undefined, "");
  for (const [index, place] of around.entries()) if (index > 0) around[index - 1]!.children.push(place);

  const shared = wrapper === undefined ? around.length : around.findIndex(({ name }) => name === wrapper);
  if (shared < 0) refuse(recordPath, `no element "${wrapper ?? ""}", so that "wrapper"`);

  function qualified({ prefix, local }: PathName, source: string): string {
    if (local === undefined || prefix === undefined) refuse(source, "a wildcard");
    if (prefix !== "") prefixes.add(prefix);
    return prefix === "" ? local : `${prefix}:${local}`;
  }

  /** The element of a step below another one, made if it is not there. */
  function child(place: Place<Leaf>, step: PathStep, source: string, repeat?: Leaf): Place<Leaf> {
    const name = qualified(step.name, source);
    const key = keyOf(step);
    const known =
      repeat === undefined
        ? place.children.find((one) => one.name === name && one.key === key && one.repeat === undefined)
        : undefined;
    if (known !== undefined) return known;
    const made = newPlace<Leaf>(name, [...place.steps, name], repeat, key);
    place.children.push(made);
    for (const { path: inner, text, negated, position } of step.predicates) {
      if (position !== undefined || negated === true || inner === undefined || text === undefined)
        refuse(source, "a predicate other than equality");
      follow(made, inner, source).fixed = text;
    }
    return made;
  }

  function follow(start: Place<Leaf>, path: Path, source: string): Slot<Leaf> {
    const isWrapper = start === record && path.up > 0 && around.length - path.up >= shared;
    if (path.up > 0 && !isWrapper) refuse(source, '".."');
    let place = isWrapper ? around[around.length - path.up]! : start;
    for (const step of path.steps) place = child(place, step, source);
    if (path.attribute === undefined) return place.text;
    const name = qualified(path.attribute, source);
    let slot = place.attributes.get(name);
    if (slot === undefined) place.attributes.set(name, (slot = { fixed: undefined, leaves: [] }));
    return slot;
  }

  /** Also in each item of a list that the path leads through. */
  function fixBelow(start: Place<Leaf>, path: Path, source: string, fixed: string | Leaf): void {
    const [step, ...steps] = path.steps;
    if (step === undefined) {
      const slot = follow(start, path, source);
      if (typeof fixed === "string") slot.fixed = fixed;
      else slot.leaves.push(fixed);
      return;
    }
    const name = qualified(step.name, source);
    const key = keyOf(step);
    const isAny = step.predicates.length === 0;
    const items = start.children.filter(
      (one) => one.name === name && (isAny || one.key === key) && one.repeat !== undefined,
    );
    const inside = items.length > 0 ? items : [child(start, step, source)];
    for (const place of inside) fixBelow(place, { ...path, steps }, source, fixed);
  }

  function parsed(source: string, field: string): Path {
    const path = parsePath(source);
    if (path.absolute) refuse(source, `what stands outside the record, for ${field}`);
    return path;
  }

  return {
    around,
    record,
    shared,
    prefixes,
    slot: (place, source, field) => follow(place, parsed(source, field), source),
    repeated(place, source, field, repeat) {
      const { steps, attribute, up } = parsed(source, field);
      if (up > 0 || attribute !== undefined || steps.length === 0) refuse(source, "a list that is no list of elements");
      let at = place;
      for (const step of steps.slice(0, -1)) at = child(at, step, source);
      return child(at, steps.at(-1)!, source, repeat);
    },
    fix(source, fixed) {
      const path = parsePath(source);
      if (!path.absolute) {
        fixBelow(record, path, source, fixed);
        return;
      }
      if (typeof fixed !== "string") refuse(source, "a field of the record outside of it");
      const depth = around.findIndex((place, index) => place.name !== shown(path.steps[index]));
      const inside = depth < 0 ? around.length : depth;
      if (inside === 0) refuse(source, "a second root element");
      const rest: Path = { ...path, absolute: false, steps: path.steps.slice(inside) };
      if (inside === around.length && shown(rest.steps[0]) === record.name)
        refuse(source, "an absolute path into the record");
      fixBelow(around[inside - 1]!, rest, source, fixed);
    },
    arrange(order) {
      // What stands around the records comes before them.
      for (const place of around)
        place.children.sort((a, b) => Number(around.includes(a)) - Number(around.includes(b)));
      if (order === undefined) return;
      const ranks = new Map(order.map((path, index) => [path, index]));
      const rank = (place: Place<Leaf>): number => ranks.get(place.steps.join("/")) ?? order.length;
      const sort = (place: Place<Leaf>): void => {
        place.children.sort((a, b) => rank(a) - rank(b));
        place.children.forEach(sort);
      };
      sort(record);
    },
  };
}

/** Tells elements of one name apart: by what their predicates ask for. */
function keyOf({ predicates }: PathStep): string {
  return JSON.stringify(predicates.map(({ path, text }) => [path?.source, text]));
}

function newPlace<Leaf>(name: string, steps: readonly string[], repeat: Leaf | undefined, key: string): Place<Leaf> {
  return { name, steps, attributes: new Map(), text: { fixed: undefined, leaves: [] }, children: [], repeat, key };
}

function shown(step: PathStep | undefined): string | undefined {
  if (step === undefined) return undefined;
  const { prefix, local } = step.name;
  return prefix === undefined || prefix === "" ? local : `${prefix}:${local ?? "*"}`;
}

function refuse(source: string, what: string): never {
  throw new DefinitionError(
    "PATH_INVALID",
    `path "${source}": ${what} cannot be written; make it readOnly, or give a path that says exactly where`,
  );
}
