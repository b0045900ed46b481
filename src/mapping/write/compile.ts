import { DefinitionError } from "../../errors.ts";
import type { Codec } from "../codec.ts";
import { holds, isAboutParameters, isAboutRecord } from "../condition.ts";
import type { Leaf } from "./encode.ts";
import { createLayout, type Layout, type Place } from "./layout.ts";
import { listCodec, pieceCodec, valueTypeOf } from "../pieces.ts";
import { predeclared } from "../path.ts";
import { createScopes, type DealtPart, fieldOfAll, type FieldPath, type Scope, type WriteTest } from "./scopes.ts";
import { type CompileOptions, createSetting, regularExpression, type Setting } from "../setting.ts";
import {
  type Condition,
  type CustomSpec,
  type FieldSpec,
  isItem,
  isKind,
  isSpec,
  type MappingData,
  type Node,
  type ObjectNode,
  type PartsSpec,
  pathList,
  type SplitSpec,
  type TypedSpec,
  type WriteOptions,
} from "../spec.ts";

/** A mapping ready to write with: the elements that its paths lead to, and the values that fill them. */
export interface CompiledWriter {
  readonly data: MappingData;
  readonly layout: Layout<Leaf>;
  readonly record: Scope;
  readonly setting: Setting;
  /** Records that are not written, by conditions on their values. */
  readonly skip: readonly { readonly test: WriteTest; readonly reason: string }[];
}

/** Where a node of the mapping stands. */
interface Spot {
  readonly scope: Scope;
  /** From the scope's record or item to the value. */
  readonly path: readonly string[];
  readonly place: Place<Leaf>;
  readonly field: FieldPath;
  readonly guard: WriteTest | undefined;
}

/**
 * @throws {@link DefinitionError} as for reading, and PATH_INVALID or MAPPING_INVALID for what cannot be turned round.
 */
export function compileWriter(data: MappingData, options: CompileOptions = {}): CompiledWriter {
  const setting = createSetting(data, options);
  const [recordPath = ""] = pathList(data.record);
  const layout = createLayout<Leaf>(recordPath);
  const scopes = createScopes();
  const record = scopes.create();

  compileObject(data.fields, { scope: record, path: [], place: layout.record, field: [], guard: undefined });
  const skip = (data.skip ?? [])
    .filter(({ when }) => isAboutRecord(when))
    .map(({ when, reason }) => ({ test: compileCondition(when, record), reason }));
  for (const [path, value] of Object.entries(data.document?.fixed ?? {})) {
    const text = setting.literal(value);
    if (text !== undefined) layout.fix(path, String(text));
  }
  declareNamespaces();
  layout.arrange(data.document?.order);

  function declareNamespaces(): void {
    const root = layout.around[0] ?? layout.record;
    const namespaces = data.namespaces ?? {};
    for (const [prefix, uri] of Object.entries(namespaces))
      if (prefix === "") root.attributes.set("xmlns", { fixed: uri, leaves: [] });
      else if (layout.prefixes.has(prefix)) root.attributes.set(`xmlns:${prefix}`, { fixed: uri, leaves: [] });
    for (const prefix of layout.prefixes)
      if (namespaces[prefix] === undefined && predeclared[prefix] === undefined)
        throw new DefinitionError("PATH_INVALID", `the mapping has no namespace "${prefix}"`);
  }

  function compileObject(node: ObjectNode, spot: Spot): void {
    const before = spot.scope.inputs();
    for (const [key, child] of Object.entries(node))
      compileNode(child, { ...spot, path: [...spot.path, key], field: [...spot.field, key] });
    if (spot.scope.inputs() > before) spot.scope.expectObject(spot.path, spot.field);
  }

  function compileNode(node: Node, spot: Spot): void {
    if (!isSpec(node)) compileObject(node, spot);
    else if (isList(node)) compileList(node, spot);
    else compileSpec(node, spot);
  }

  function compileSpec(spec: TypedSpec, spot: Spot): void {
    if (isKind(spec, "constant") || isKind(spec, "parameter") || isKind(spec, "absent")) return;
    if (isKind(spec, "required"))
      throw new DefinitionError("MAPPING_INVALID", `${shown(spot)}: "required" is for lists; a field has the option`);
    if (isKind(spec, "only")) {
      if (spec.direction === "write") compileNode(spec.node, spot);
    } else if (isKind(spec, "when") || isKind(spec, "first"))
      for (const { node, guard } of branches(spec, spot)) compileNode(node, { ...spot, guard });
    else if (isKind(spec, "join") || isKind(spec, "template") || isKind(spec, "lookup"))
      throw new DefinitionError(
        "MAPPING_INVALID",
        `${shown(spot)}: "${spec.type}" puts several places into one and cannot be written; make it readOnly`,
      );
    else if (isKind(spec, "split")) {
      const slot = layout.slot(spot.place, pathList(spec.path)[0] ?? "", shown(spot));
      slot.leaves.push(leafOf(spot, splitCodec(spec, spot), "any", spec, "error"));
    } else {
      const field = spec as FieldSpec | CustomSpec | PartsSpec;
      const { type, invalid = "error" } = field;
      const slot = layout.slot(spot.place, pathList(field.path)[0] ?? "", shown(spot));
      const codec = setting.codec(field, shown(spot));
      const isPlain = type === "text" && !("levels" in field);
      const leaf = leafOf(spot, isPlain ? undefined : codec, valueTypeOf(type), field, invalid);
      const ready = type === "decimal" || type === "integer" ? { ...leaf, safe: field.cdata !== true } : leaf;
      slot.leaves.push(ready);
      // What is missing is said once, where it stands first.
      const copy = { ...ready, isCopy: true };
      for (const path of field.also ?? []) layout.slot(spot.place, path, shown(spot)).leaves.push(copy);
    }
  }

  function leafOf(
    spot: Spot,
    codec: Codec | undefined,
    type: Leaf["type"],
    options: WriteOptions,
    severity: Leaf["severity"],
  ): Leaf {
    return {
      scope: spot.scope.number,
      slot: spot.scope.input(spot.path),
      field: spot.field,
      codec,
      type,
      safe: false,
      guard: spot.guard,
      options,
      // Without a value that the file cannot do without, there is no record.
      severity: options.required === true ? "error" : severity,
      allowed: options.allowed === undefined ? undefined : regularExpression(options.allowed, "u"),
      items: undefined,
      isCopy: false,
    };
  }

  function splitCodec({ item, separator }: SplitSpec, spot: Spot): Codec {
    return listCodec(item === undefined ? undefined : pieceCodec(item, shown(spot), setting.codec), separator);
  }

  /** The alternatives of a node, each with the test that it is the one to write. */
  function branches(spec: TypedSpec, spot: Spot): { readonly node: Node; readonly guard: WriteTest | undefined }[] {
    if (isKind(spec, "when") && (isAboutRecord(spec.condition) || isAboutParameters(spec.condition))) {
      const test = compileCondition(spec.condition, spot.scope);
      const then = { node: spec.then, guard: both(spot.guard, test) };
      return spec.else === undefined
        ? [then]
        : [then, { node: spec.else, guard: both(spot.guard, (run) => !test(run)) }];
    }
    const nodes = isKind(spec, "first")
      ? spec.of
      : isKind(spec, "when")
        ? [spec.then, ...(spec.else ? [spec.else] : [])]
        : [];
    const result: { readonly node: Node; readonly guard: WriteTest | undefined }[] = [];
    const earlier: WriteTest[] = [];
    for (const node of nodes) {
      const fit = fits(node, spot.scope, spot.path);
      const before = [...earlier];
      const test: WriteTest = (run) => !before.some((one) => one(run)) && (fit === undefined || fit(run));
      result.push({ node, guard: both(spot.guard, test) });
      if (fit === undefined) break;
      earlier.push(fit);
    }
    return result;
  }

  /**
   * Whether a value can be what the node reads: its constants are equal, and nothing is where it has nothing. A node that
   * would write nothing of the value does not fit, unless it is a field `inside` of an object that has others.
   */
  function fits(node: Node, scope: Scope, path: readonly string[], inside = false): WriteTest | undefined {
    if (!isSpec(node))
      return everyOf(Object.entries(node).map(([key, child]) => fits(child, scope, [...path, key], true)));
    if (isKind(node, "constant") || isKind(node, "parameter")) {
      const wanted = isKind(node, "constant") ? node.value : setting.literal({ parameter: node.name });
      const slot = scope.input(path);
      return (run) => (run.frames[scope.number]?.[slot] ?? undefined) === wanted;
    }
    if (isKind(node, "absent")) return absence(scope, path);
    if (isKind(node, "required")) return fits(node.node, scope, path, inside);
    const nothing: WriteTest | undefined = inside ? undefined : () => false;
    if (isKind(node, "only")) return node.direction === "write" ? fits(node.node, scope, path, inside) : nothing;
    if (isKind(node, "first")) return someOf(node.of.map((one) => fits(one, scope, path, inside)));
    if (!isKind(node, "when")) return undefined;
    const then = fits(node.then, scope, path, inside);
    const otherwise = node.else === undefined ? undefined : fits(node.else, scope, path, inside);
    if (!isAboutRecord(node.condition))
      return someOf([then, node.else === undefined ? absence(scope, path) : otherwise]);
    const test = compileCondition(node.condition, scope);
    const failed = node.else === undefined ? nothing : otherwise;
    if (then === undefined && failed === undefined) return undefined;
    return (run) => (test(run) ? (then?.(run) ?? true) : (failed?.(run) ?? true));
  }

  function absence(scope: Scope, path: readonly string[]): WriteTest {
    const slot = scope.input(path);
    return (run) => isNothing(run.frames[scope.number]?.[slot]);
  }

  function compileList(node: Node, spot: Spot): void {
    const demands: (readonly DealtPart[])[] = [];
    const parts = listParts(node, spot, demands);
    spot.scope.deal({ list: spot.scope.input(spot.path), field: spot.field, parts, demands });
  }

  /** What the items of a list are dealt out to. `demands` takes those parts of which one must have an item. */
  function listParts(node: Node, spot: Spot, demands: (readonly DealtPart[])[]): DealtPart[] {
    if (isSpec(node)) {
      if (isKind(node, "required")) {
        const parts = listParts(node.node, spot, demands);
        demands.push(parts);
        return parts;
      }
      if (isKind(node, "concat")) return node.parts.flatMap((part) => listParts(part, spot, demands));
      if (isKind(node, "only")) return node.direction === "write" ? listParts(node.node, spot, demands) : [];
      if ((isKind(node, "when") || isKind(node, "first")) && !isItem(node))
        return branches(node, spot).flatMap(({ node: branch, guard }) =>
          listParts(branch, { ...spot, guard }, demands),
        );
      if (isKind(node, "each")) {
        const scope = scopes.create();
        const slot = spot.scope.reserve();
        const list = { ...leafOf(spot, undefined, "object", {}, "error"), slot, items: scope };
        const place = layout.repeated(spot.place, pathList(node.path)[0] ?? "", shown(spot), list);
        const inner = { scope, path: [], place, field: [...spot.field, scope.number], guard: undefined };
        compileNode(node.item, inner);
        const where =
          node.where !== undefined && isAboutRecord(node.where) ? compileCondition(node.where, scope) : undefined;
        const test = everyOf([where, fits(node.item, scope, [])]);
        return [{ scope, guard: spot.guard, fits: test, slot, limit: node.limit ?? Infinity }];
      }
      if (isKind(node, "split")) {
        const scope = scopes.create();
        const slot = spot.scope.reserve();
        const target = layout.slot(spot.place, pathList(node.path)[0] ?? "", shown(spot));
        target.leaves.push({ ...leafOf(spot, splitCodec(node, spot), "any", node, "error"), slot });
        return [{ scope, guard: spot.guard, fits: undefined, slot, limit: Infinity }];
      }
    }
    const scope = scopes.create();
    compileNode(node, { scope, path: [], place: spot.place, field: [...spot.field, scope.number], guard: spot.guard });
    return [{ scope, guard: spot.guard, fits: fits(node, scope, []), slot: undefined, limit: 1 }];
  }

  /** Paths of values start at the record or the list's item. */
  function compileCondition(condition: Condition, scope: Scope): WriteTest {
    const slotOf = (field: string): number => scope.input(field.split("."));
    if ("has" in condition) {
      const slot = slotOf(condition.has);
      return (run) => !isNothing(run.frames[scope.number]?.[slot]);
    }
    if ("field" in condition) {
      const slot = slotOf(condition.field);
      const to = typeof condition.to === "string" ? condition.to : setting.literal(condition.to);
      return (run) => {
        const value = run.frames[scope.number]?.[slot];
        return to !== undefined && !isNothing(value) && holds(condition.is, String(value), String(to));
      };
    }
    if ("parameter" in condition) {
      const holdsAlways = String(setting.literal({ parameter: condition.parameter }) ?? "") === condition.is;
      return () => holdsAlways;
    }
    if ("not" in condition) {
      const test = compileCondition(condition.not, scope);
      return (run) => !test(run);
    }
    if ("all" in condition) return everyOf(condition.all.map((one) => compileCondition(one, scope)))!;
    if ("any" in condition) return someOf(condition.any.map((one) => compileCondition(one, scope)))!;
    throw new DefinitionError("MAPPING_INVALID", "a condition on the XML decides nothing that is written");
  }

  return { data, layout, record, setting, skip };
}

/** Whether a node gives a list whose items stand in several places. A split is one text. */
function isList(node: TypedSpec): boolean {
  return !isKind(node, "split") && !isItem(node);
}

function shown({ field }: Spot): string {
  return fieldOfAll(field);
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function both(left: WriteTest | undefined, right: WriteTest): WriteTest {
  return left === undefined ? right : (run) => left(run) && right(run);
}

function everyOf(tests: readonly (WriteTest | undefined)[]): WriteTest | undefined {
  const real = tests.filter((test) => test !== undefined);
  if (real.length < 2) return real[0];
  return (run) => real.every((test) => test(run));
}

/** Undefined, which always holds, if one of them always holds. */
function someOf(tests: readonly (WriteTest | undefined)[]): WriteTest | undefined {
  const real = tests.filter((test) => test !== undefined);
  if (real.length < tests.length) return undefined;
  return (run) => real.some((test) => test(run));
}
