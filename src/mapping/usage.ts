import { DefinitionError } from "../errors.ts";
import type { NameTest } from "../xml/plan.ts";
import { parsePath, type Path, type PathName, predeclared } from "./path.ts";
import {
  type Condition,
  type FieldSpec,
  isFromXml,
  isItem,
  isKind,
  isSpec,
  type MappingData,
  type Node,
  pathList,
  type Paths,
  type TypedSpec,
} from "./spec.ts";

/** What a path of a mapping is for. */
export type PathUse = "record" | "list" | "value" | "test" | "predicate" | "key";

/** One path of a mapping, and where it leads from the document. */
export interface MappedPath {
  /** As it stands in the mapping. */
  readonly source: string;
  /** Field of the record, `lines[].quantity`; or the part of the mapping, such as `record`, `skip[0]`, `lookups.cities`. */
  readonly field: string;
  readonly use: PathUse;
  /** `/ORDERS/ORDER/CODE`, predicates included. */
  readonly absolute: string;
  /** The elements down to it. */
  readonly elements: readonly NameTest[];
  readonly attribute: NameTest | undefined;
  /** Its position among the aliases of one list, and how many there are. */
  readonly alias: number;
  readonly aliases: number;
}

/** Everything that a walk over a mapping meets. All callbacks may be left out. */
export interface Visitor {
  path?(path: MappedPath): void;
  /** Each node of the fields, a specification or a nested object; one in a condition is for a `test`. */
  node?(node: Node, field: string, use: "value" | "test"): void;
  condition?(condition: Condition, field: string): void;
  /** A path that is none, or leads nowhere. */
  wrongPath?(error: DefinitionError, field: string): void;
}

interface Place {
  readonly elements: readonly NameTest[];
  readonly absolute: readonly string[];
  /** Elements that paths cannot leave upwards. */
  readonly floor: number;
}

/** Shows a visitor each path, node and condition of a mapping. Never throws for what the mapping says. */
export function walkMapping(data: MappingData, visitor: Visitor): void {
  const document: Place = { elements: [], absolute: [], floor: 0 };
  const namespaces = { ...predeclared, ...data.namespaces };
  const lookups = new Map<string, readonly Place[]>();

  for (const [name, table] of Object.entries(data.lookups ?? {})) {
    const places = follow(table.path, document, `lookups.${name}`, "record").map(fixed);
    lookups.set(name, places);
    for (const place of places) follow(table.key, place, `lookups.${name}`, "key");
  }
  for (const place of follow(data.record, document, "record", "record").map(fixed)) {
    visitNode(data.fields, place, "");
    if (data.taxDate !== undefined) visitNode(data.taxDate, place, "taxDate");
    for (const [index, { when }] of (data.skip ?? []).entries()) visitCondition(when, place, `skip[${index}]`);
  }

  function visitNode(node: Node, place: Place, field: string, use: "value" | "test" = "value"): void {
    visitor.node?.(node, field, use);
    if (isSpec(node)) visitSpec(node, place, field, use);
    else
      for (const [key, child] of Object.entries(node))
        visitNode(child, place, field === "" ? key : `${field}.${key}`, use);
  }

  function visitSpec(spec: TypedSpec, place: Place, field: string, use: "value" | "test"): void {
    if (!isFromXml(spec)) return;
    if (isKind(spec, "only") || isKind(spec, "required")) {
      visitNode(spec.node, place, field, use);
      return;
    }
    if (isKind(spec, "each"))
      for (const inner of follow(spec.path, place, field, "list")) {
        if (spec.where !== undefined) visitCondition(spec.where, inner, field);
        visitNode(spec.item, inner, `${field}[]`, use);
      }
    else if (isKind(spec, "concat"))
      for (const part of spec.parts) visitNode(part, place, isItem(part) ? `${field}[]` : field, use);
    else if (isKind(spec, "when")) {
      visitCondition(spec.condition, place, field);
      visitNode(spec.then, place, field, use);
      if (spec.else !== undefined) visitNode(spec.else, place, field, use);
    } else if (isKind(spec, "first")) for (const option of spec.of) visitNode(option, place, field, use);
    else if (isKind(spec, "join")) for (const part of spec.parts) visitNode(part, place, field, use);
    else if (isKind(spec, "template"))
      for (const [, path = ""] of spec.template.matchAll(/\{([^{}]*)\}/g)) follow(path, place, field, use);
    else if (isKind(spec, "lookup")) {
      follow(spec.key, place, field, use);
      for (const entry of lookups.get(spec.table) ?? []) visitNode(spec.then, entry, field, use);
    } else follow((spec as FieldSpec).path, place, field, use);
  }

  function visitCondition(condition: Condition, place: Place, field: string): void {
    visitor.condition?.(condition, field);
    if ("exists" in condition) follow(condition.exists, place, field, "test");
    else if ("equals" in condition) follow(condition.equals, place, field, "test");
    else if ("matches" in condition) follow(condition.matches, place, field, "test");
    else if ("compare" in condition) visitNode(condition.compare, place, field, "test");
    else if ("not" in condition) visitCondition(condition.not, place, field);
    else if ("all" in condition) for (const one of condition.all) visitCondition(one, place, field);
    else if ("any" in condition) for (const one of condition.any) visitCondition(one, place, field);
  }

  /** Where the paths lead; those that lead nowhere are said and left out. */
  function follow(paths: Paths, place: Place, field: string, use: PathUse): Place[] {
    const list = pathList(paths);
    return list.flatMap((source, alias) => {
      try {
        return [step(parsePath(source), place, { source, field, use, alias, aliases: list.length })];
      } catch (error) {
        if (!(error instanceof DefinitionError)) throw error;
        visitor.wrongPath?.(error, field);
        return [];
      }
    });
  }

  function step(
    path: Path,
    from: Place,
    about: Pick<MappedPath, "source" | "field" | "use" | "alias" | "aliases">,
  ): Place {
    if (from.elements.length - path.up < from.floor)
      throw new DefinitionError("PATH_INVALID", `path "${path.source}": ".." leads out of the record`);
    const start = path.absolute ? document : from;
    const kept = start.elements.length - path.up;
    const elements = start.elements.slice(0, kept);
    const absolute = start.absolute.slice(0, kept);
    let place: Place = { elements, absolute, floor: path.absolute ? 0 : from.floor };
    for (const { name, predicates } of path.steps) {
      const shown = predicates.map(({ position, path: inner, text, negated }) =>
        position === undefined
          ? `[${inner?.source ?? ""}${text === undefined ? "" : `${negated === true ? "!=" : "="}'${text}'`}]`
          : `[${position}]`,
      );
      place = {
        elements: [...place.elements, nameTest(name, path, false)],
        absolute: [...place.absolute, shownName(name) + shown.join("")],
        floor: place.floor,
      };
      for (const { path: inner } of predicates)
        if (inner !== undefined) step(inner, place, { ...about, use: "predicate", source: inner.source });
    }
    const attribute = path.attribute === undefined ? undefined : nameTest(path.attribute, path, true);
    const shown = path.attribute === undefined ? place.absolute : [...place.absolute, `@${shownName(path.attribute)}`];
    visitor.path?.({ ...about, absolute: `/${shown.join("/")}`, elements: place.elements, attribute });
    return place;
  }

  function nameTest(name: PathName, path: Path, isAttribute: boolean): NameTest {
    if (name.prefix === undefined) return { uri: undefined, local: name.local };
    if (name.prefix === "") return { uri: isAttribute ? "" : (namespaces[""] ?? ""), local: name.local };
    const uri = namespaces[name.prefix];
    if (uri === undefined)
      throw new DefinitionError("PATH_INVALID", `path "${path.source}": the mapping has no namespace "${name.prefix}"`);
    return { uri, local: name.local };
  }
}

/** A record's or an entry's own element: paths do not leave it through its parent. */
function fixed(place: Place): Place {
  return { ...place, floor: place.elements.length };
}

function shownName({ prefix, local }: PathName): string {
  if (prefix === undefined) return local === undefined ? "*" : `*:${local}`;
  return `${prefix === "" ? "" : `${prefix}:`}${local ?? "*"}`;
}
