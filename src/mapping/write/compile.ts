import { DefinitionError } from "../../errors.ts";
import type { Codec } from "../codec.ts";
import { isAboutRecord } from "../condition.ts";
import type { Leaf } from "./encode.ts";
import { createFits, everyOf } from "./fits.ts";
import { createLayout, type Layout, type Place } from "./layout.ts";
import { listCodec, pieceCodec, valueTypeOf } from "../pieces.ts";
import { predeclared } from "../path.ts";
import { createScopes, type DealtPart, fieldOfAll, type FieldPath, type Scope, type WriteTest } from "./scopes.ts";
import { type CompileOptions, createSetting, regularExpression, type Setting } from "../setting.ts";
import {
  type CustomSpec,
  type FieldSpec,
  isFromXml,
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
  /** The day that decides VAT rates, where the mapping says it and not the record. */
  readonly taxDate: string | undefined;
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
  const layout = createLayout<Leaf>(recordPath, data.document?.wrapper);
  const scopes = createScopes();
  const record = scopes.create();
  const { branches, fits, test } = createFits(setting, record);
  const top: Spot = { scope: record, path: [], place: layout.record, field: [], guard: undefined };

  compileObject(data.fields, top);
  const skip = (data.skip ?? [])
    .filter(({ when }) => isAboutRecord(when))
    .map(({ when, reason }) => ({ test: test(when, record), reason }));
  for (const [path, value] of Object.entries(data.document?.fixed ?? {})) {
    if (typeof value === "object" && "field" in value) {
      const field = value.field.split(".");
      const leaf = leafOf({ ...top, path: field, field }, undefined, "string", {}, "error");
      layout.fix(path, { ...leaf, isCopy: true, accompanies: true });
    } else {
      const text = setting.literal(value);
      if (text !== undefined) layout.fix(path, String(text));
    }
  }
  declareNamespaces();
  layout.arrange(data.document?.order);

  function statedTaxDate(): string | undefined {
    const node = data.taxDate;
    if (node === undefined || !isSpec(node)) return undefined;
    if (isKind(node, "constant")) return String(node.value);
    const value = isKind(node, "parameter") ? setting.literal({ parameter: node.name }) : undefined;
    return value === undefined ? undefined : String(value);
  }

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
    if (!isFromXml(spec)) return;
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
      accompanies: false,
    };
  }

  function splitCodec({ item, separator }: SplitSpec, spot: Spot): Codec {
    return listCodec(item === undefined ? undefined : pieceCodec(item, shown(spot), setting.codec), separator);
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
        const where = node.where !== undefined && isAboutRecord(node.where) ? test(node.where, scope) : undefined;
        const belongs = everyOf([where, fits(node.item, scope, [])]);
        return [{ scope, guard: spot.guard, fits: belongs, slot, limit: node.limit ?? Infinity }];
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

  return { data, layout, record, setting, taxDate: statedTaxDate(), skip };
}

/** Whether a node gives a list whose items stand in several places. A split is one text. */
function isList(node: TypedSpec): boolean {
  return !isKind(node, "split") && !isItem(node);
}

function shown({ field }: Spot): string {
  return fieldOfAll(field);
}
