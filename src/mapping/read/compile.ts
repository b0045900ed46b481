import { DefinitionError } from "../../errors.ts";
import { type Plan, planBuilder } from "../../xml/plan.ts";
import { createShapeStore, type ShapeStore } from "../../xml/shape.ts";
import type { Codec, CodecContext } from "../codec.ts";
import { holds, isAboutRecord } from "../condition.ts";
import { constantDecoder, leafDecoder, levelDecoder, readText } from "./leaf.ts";
import { concatDecoder, eachDecoder, firstDecoder, isList, splitDecoder, whenDecoder } from "./list.ts";
import { lookupDecoder } from "./lookup.ts";
import { objectDecoder } from "./object.ts";
import { joinDecoder, templateDecoder } from "./text.ts";
import type { Decoder, Test } from "./decoder.ts";
import { pieceCodec } from "../pieces.ts";
import { taxDateFields } from "../record-kinds.ts";
import { createReferences, type Place, type Reference } from "./reference.ts";
import { type CompileOptions, createSetting, regularExpression } from "../setting.ts";
import {
  type Condition,
  type FieldOptions,
  isKind,
  isSpec,
  type MappingData,
  type Node,
  type ObjectNode,
  pathList,
  type Paths,
  type TypedSpec,
} from "../spec.ts";

/** A table to fill before the records are read. */
export interface CompiledLookup {
  readonly name: string;
  /** Scopes of its entries, one for each path. */
  readonly scopes: readonly { readonly scope: number; readonly key: Reference }[];
  readonly input: string | undefined;
}

/** A mapping ready to read with. Keep it: what it learns of one document makes the next one faster. */
export interface CompiledMapping {
  readonly data: MappingData;
  readonly plan: Plan;
  readonly shapes: ShapeStore;
  readonly recordScopes: ReadonlySet<number>;
  readonly lookups: readonly CompiledLookup[];
  /** One decoder for each scope that is a kind of record. */
  readonly decoders: ReadonlyMap<number, RecordDecoder>;
  readonly context: CodecContext;
  /** The parameters in force. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface RecordDecoder {
  readonly fields: Decoder;
  readonly taxDate: Decoder | undefined;
  readonly skip: readonly { readonly test: Test; readonly reason: string }[];
}

/** @throws {@link DefinitionError} MAPPING_INVALID, PATH_INVALID, CODEC_UNKNOWN or PARAMETER_INVALID. */
export function compileMapping(data: MappingData, options: CompileOptions = {}): CompiledMapping {
  const builder = planBuilder(data.ignoreCase);
  const references = createReferences(builder, data.namespaces ?? {});
  const setting = createSetting(data, options);
  const { literal, parameters, context } = setting;
  const lookupPlaces = new Map<string, { place: Place; scope: number }[]>();
  const lookups: CompiledLookup[] = [];

  for (const [name, table] of Object.entries(data.lookups ?? {})) {
    const places = pathList(table.path).map((path) => references.record(path));
    lookupPlaces.set(name, places);
    const scopes = places.map(({ place, scope }) => ({ scope, key: references.text(place, table.key) }));
    lookups.push({ name, scopes, input: table.input });
  }

  const decoders = new Map<number, RecordDecoder>();
  for (const path of pathList(data.record)) {
    const { place, scope } = references.record(path);
    decoders.set(scope, {
      fields: compileNode(data.fields, place, "", true),
      taxDate: compileTaxDate(place),
      skip: (data.skip ?? [])
        .filter(({ when }) => !isAboutRecord(when))
        .map(({ when, reason }) => ({ test: compileCondition(when, place, "skip"), reason })),
    });
  }

  /** The day that decides VAT rates: as the mapping says, or else the first of the record's own dates. */
  function compileTaxDate(place: Place): Decoder | undefined {
    if (data.taxDate !== undefined) return compileNode(data.taxDate, place, "taxDate", false);
    const dates = taxDateFields(data).flatMap((name) => data.fields[name] ?? []);
    return dates.length === 0
      ? undefined
      : firstDecoder(dates.map((node) => compileNode(node, place, "taxDate", false)));
  }

  function texts(paths: Paths, place: Place): Reference[] {
    return pathList(paths).map((path) => references.text(place, path));
  }

  function compileNode(node: Node, place: Place, field: string, required: boolean): Decoder {
    if (isSpec(node)) return compileSpec(node, place, field, required);
    return compileObject(node, place, field, required);
  }

  function compileObject(node: ObjectNode, place: Place, field: string, required: boolean): Decoder {
    const entries = Object.entries(node).map(
      ([key, child]) => [key, compileNode(child, place, field === "" ? key : `${field}.${key}`, false)] as const,
    );
    return objectDecoder(entries, required);
  }

  function compileSpec(spec: TypedSpec, place: Place, field: string, required: boolean): Decoder {
    if (isKind(spec, "constant")) return constantDecoder("constant", spec.value);
    if (isKind(spec, "parameter")) return constantDecoder("parameter", literal({ parameter: spec.name }));
    if (isKind(spec, "vatLevel")) return levelDecoder(spec.level, context);
    if (isKind(spec, "absent")) return constantDecoder("absent", undefined);
    if (isKind(spec, "only"))
      return spec.direction === "read"
        ? compileNode(spec.node, place, field, required)
        : constantDecoder("only", undefined);
    if (isKind(spec, "required")) return compileNode(spec.node, place, field, required);
    if (isKind(spec, "each"))
      return eachDecoder(
        pathList(spec.path).map((path) => {
          const group = references.group(place, path);
          return {
            group,
            // A condition on the record says what is written.
            where:
              spec.where === undefined || isAboutRecord(spec.where)
                ? undefined
                : compileCondition(spec.where, group.place, field),
            item: compileNode(spec.item, group.place, `${field}[#]`, true),
          };
        }),
      );
    if (isKind(spec, "concat")) return concatDecoder(spec.parts.map((part) => compilePart(part, place, field)));
    if (isKind(spec, "when")) {
      const branches = spec.else === undefined ? [spec.then] : [spec.then, spec.else];
      const [then, otherwise] = compileChoices(branches, place, field, required);
      if (isAboutRecord(spec.condition)) return firstDecoder(otherwise === undefined ? [then!] : [then!, otherwise]);
      return whenDecoder(compileCondition(spec.condition, place, field), then!, otherwise);
    }
    if (isKind(spec, "first")) return firstDecoder(compileChoices(spec.of, place, field, false));
    if (isKind(spec, "join"))
      return joinDecoder(
        spec.parts.map((part) => compileNode(part, place, field, false)),
        spec.separator,
      );
    if (isKind(spec, "template"))
      return templateDecoder(
        spec.template
          .split(/\{([^{}]*)\}/)
          .map((piece, index) => (index % 2 === 0 ? piece : references.text(place, piece))),
      );
    if (isKind(spec, "split"))
      return splitDecoder({
        references: texts(spec.path, place),
        separator: spec.separator,
        codec: spec.item === undefined ? undefined : pieceCodec(spec.item, `${field}[]`, setting.codec),
        field: `${field}[#]`,
        severity: spec.item?.invalid ?? "error",
      });
    if (isKind(spec, "lookup")) {
      const entries = lookupPlaces.get(spec.table);
      if (entries === undefined)
        throw new DefinitionError("MAPPING_INVALID", `${field}: the mapping has no lookup table "${spec.table}"`);
      const then = new Map(
        entries.map((entry) => [entry.scope, compileNode(spec.then, entry.place, field, required)] as const),
      );
      return lookupDecoder({ table: spec.table, key: texts(spec.key, place), then, field });
    }
    const name = isKind(spec, "codec") ? spec.name : spec.type;
    return compileField(spec, place, field, name, setting.codec(spec, field));
  }

  /** A part of a list is a list itself, or one item, which is then an item of the list. */
  function compilePart(part: Node, place: Place, field: string): Decoder {
    const decoder = compileNode(part, place, field, false);
    return isList(decoder) ? decoder : compileNode(part, place, `${field}[#]`, false);
  }

  /** Where one of the choices is a list, the others are items of that list. */
  function compileChoices(choices: readonly Node[], place: Place, field: string, required: boolean): Decoder[] {
    const decoders = choices.map((choice) => compileNode(choice, place, field, required));
    if (!decoders.some(isList)) return decoders;
    return decoders.map((decoder, index) =>
      isList(decoder) ? decoder : compileNode(choices[index]!, place, `${field}[#]`, required),
    );
  }

  function compileField(
    spec: FieldOptions & { readonly path: Paths },
    place: Place,
    field: string,
    codecName: string,
    codec: Codec,
  ): Decoder {
    const missing = literal(spec.default);
    return leafDecoder({
      codecName,
      codec,
      references: texts(spec.path, place),
      field,
      missing,
      empty: spec.empty === undefined ? missing : literal(spec.empty),
      severity: spec.invalid ?? "error",
    });
  }

  /** `field` is what a text that cannot be compared is an issue of. */
  function compileCondition(condition: Condition, place: Place, field: string): Test {
    if ("exists" in condition) {
      const found = texts(condition.exists, place);
      return (run) => readText(found, run.frames) !== "";
    }
    if ("equals" in condition) {
      const found = texts(condition.equals, place);
      const { to } = condition;
      const wanted = new Set(typeof to === "string" ? [to] : "parameter" in to ? [String(literal(to) ?? "")] : to);
      return (run) => wanted.has(readText(found, run.frames));
    }
    if ("matches" in condition) {
      const found = texts(condition.matches, place);
      const pattern = regularExpression(condition.pattern, condition.flags ?? "u");
      return (run) => {
        // With the flag g or y, a pattern goes on from where it was.
        pattern.lastIndex = 0;
        return pattern.test(readText(found, run.frames));
      };
    }
    if ("compare" in condition) {
      const decoder = compileNode(condition.compare, place, field, false);
      const to = typeof condition.to === "string" ? condition.to : literal(condition.to);
      if (to === undefined) return () => false;
      return (run) => {
        const value = decoder.decode(run);
        return typeof value === "string" && holds(condition.is, value, String(to));
      };
    }
    if ("parameter" in condition) {
      const value = String(literal({ parameter: condition.parameter }) ?? "") === condition.is;
      return () => value;
    }
    if ("not" in condition) {
      const test = compileCondition(condition.not, place, field);
      return (run) => !test(run);
    }
    if ("all" in condition) {
      const tests = condition.all.map((one) => compileCondition(one, place, field));
      return (run) => tests.every((test) => test(run));
    }
    if ("any" in condition) {
      const tests = condition.any.map((one) => compileCondition(one, place, field));
      return (run) => tests.some((test) => test(run));
    }
    throw new DefinitionError(
      "MAPPING_INVALID",
      `${field}: a condition on the record's own values says what is written, here it would have to decide what is read`,
    );
  }

  return {
    data,
    plan: builder.plan,
    shapes: createShapeStore(builder.plan.root, builder.plan.ignoreCase),
    recordScopes: new Set(decoders.keys()),
    lookups,
    decoders,
    context,
    parameters,
  };
}
