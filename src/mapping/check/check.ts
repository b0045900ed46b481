import { DefinitionError, type Severity } from "../../errors.ts";
import { Invalid } from "../codec.ts";
import { codecTypes } from "../codecs/index.ts";
import { compileMapping } from "../read/compile.ts";
import { compileWriter } from "../write/compile.ts";
import { type CompileOptions, parseCodec } from "../setting.ts";
import { type Misfit, misfits } from "./target.ts";
import { walkMapping } from "../usage.ts";
import {
  type Condition,
  type FieldOptions,
  type FieldSpec,
  isItem,
  isKind,
  isSpec,
  type Literal,
  type MappingData,
  type Node,
  type ParameterReference,
  pathList,
} from "../spec.ts";

/** Codes of what {@link check} finds wrong with a mapping. */
export type ProblemCode =
  | Misfit["code"]
  /** A path, alternative or condition that can never count. */
  | "PATH_DEAD"
  /** Two places of the mapping that give the same thing. */
  | "TARGET_AMBIGUOUS"
  /** On export: a codec that drops something, so that the text cannot be written back. */
  | "CODEC_ONE_WAY"
  /** A parameter, lookup table or namespace that nothing uses. */
  | "NAME_UNUSED"
  /** The reader would refuse the mapping. */
  | DefinitionError["code"];

/** One thing that is wrong with a mapping, or likely to be. */
export interface Problem {
  /** `error`: the mapping cannot be used, or no record would be right. `warning`: somebody should look. */
  readonly severity: Severity;
  readonly code: ProblemCode;
  /** Field of the record, `lines[].quantity`, or part of the mapping, such as `record`, `skip[0]`, `parameters.currency`. */
  readonly path: string;
  readonly message: string;
}

export interface CheckOptions extends CompileOptions {
  /** `export` also asks whether every codec can write what it reads. @defaultValue "import" */
  readonly direction?: "import" | "export" | undefined;
  /** The schema of a mapping with a target of the host's own; a zod object is compared with the fields. */
  readonly schema?: unknown;
}

/** What can be said of a mapping without a file. */
export function checkMapping(data: MappingData, options: CheckOptions = {}): Problem[] {
  const problems = new Map<string, Problem>();
  const add = (severity: Severity, code: ProblemCode, path: string, message: string): void => {
    // Records at several paths have the same fields.
    problems.set(JSON.stringify([code, path, message]), { severity, code, path, message });
  };
  const usedParameters = new Set<string>();
  const usedTables = new Set<string>();
  const sources: string[] = [];
  const hostCodecs = new Set<string>();
  const readOnly = new Set<Node>();

  useParameter(data.country, "country");
  for (const [path, value] of Object.entries(data.document?.fixed ?? {}))
    if (typeof value !== "object" || "parameter" in value) useParameter(value, `document.fixed.${path}`);
  findAliases();
  walkMapping(data, {
    path: ({ source }) => sources.push(source),
    wrongPath: ({ code, message }, field) => add("error", code, field, message),
    node: checkNode,
    condition: checkCondition,
  });
  for (const [index, { when }] of (data.skip ?? []).entries()) {
    const constant = constantValue(when, data);
    if (constant === true)
      add("error", "PATH_DEAD", `skip[${index}]`, "the condition always holds: every record would be skipped");
    if (constant === false) add("warning", "PATH_DEAD", `skip[${index}]`, "the condition never holds");
  }
  for (const { code, field, message } of misfits(data.target, data.fields, options.schema))
    add(code === "FIELD_LOOSE" ? "warning" : "error", code, field, message);
  findUnused();
  tryCompiling();
  return [...problems.values()];

  function findAliases(): void {
    const seen = new Map<string, string>();
    walkMapping(data, {
      path({ absolute, alias, aliases, source, field, use }) {
        if (use === "predicate" || aliases < 2) return;
        if (alias === 0) seen.clear();
        const key = data.ignoreCase === true ? absolute.toLowerCase() : absolute;
        const earlier = seen.get(key);
        if (earlier !== undefined)
          add(
            "warning",
            "PATH_DEAD",
            field,
            `"${source}" can never win: it is the same place as "${earlier}" before it`,
          );
        seen.set(key, source);
      },
    });
  }

  function checkNode(node: Node, field: string): void {
    if (!isSpec(node)) return;
    if (isKind(node, "parameter")) useParameter({ parameter: node.name }, field);
    else if (isKind(node, "first")) checkAlternatives(node.of, field);
    else if (isKind(node, "concat")) checkParts(node.parts, field);
    else if (isKind(node, "lookup")) {
      usedTables.add(node.table);
      if (!(node.table in (data.lookups ?? {})))
        add("error", "MAPPING_INVALID", field, `the mapping has no lookup table "${node.table}"`);
    } else if (isKind(node, "when")) {
      const constant = constantValue(node.condition, data);
      if (constant === false) add("warning", "PATH_DEAD", field, '"then" is dead: the condition never holds');
      if (constant === true && node.else !== undefined)
        add("warning", "PATH_DEAD", field, '"else" is dead: the condition always holds');
    } else if (isKind(node, "codec")) {
      if (options.codecs?.[node.name] === undefined) {
        hostCodecs.add(node.name);
        add("warning", "CODEC_UNKNOWN", field, `the host must register a codec "${node.name}"`);
      }
    }
    const { default: missing, empty } = node as FieldOptions;
    useParameter(missing, field);
    useParameter(empty, field);
    if (options.direction === "export") checkDirection(node, field);
  }

  function checkDirection(node: Node, field: string): void {
    if (!isSpec(node)) return;
    if (isKind(node, "only") && node.direction === "read") visitInside(node.node, (inner) => readOnly.add(inner));
    if (readOnly.has(node)) return;
    if (isKind(node, "join") || isKind(node, "template") || isKind(node, "lookup")) {
      add("error", "CODEC_ONE_WAY", field, `"${node.type}" puts several places into one and cannot be written back`);
      return;
    }
    if (!(node.type in codecTypes)) return;
    const { type, parsed } = parseCodec(node as FieldSpec, field);
    if (!type.invertible(parsed))
      add(
        "warning",
        "CODEC_ONE_WAY",
        field,
        `codec "${node.type}", as it is set here, drops something and cannot write it back`,
      );
  }

  function checkCondition(condition: Condition, field: string): void {
    if ("parameter" in condition) {
      useParameter({ parameter: condition.parameter }, field);
      const { values } = data.parameters?.[condition.parameter] ?? {};
      if (values !== undefined && !values.includes(condition.is))
        add(
          "warning",
          "PATH_DEAD",
          field,
          `parameter "${condition.parameter}" is never "${condition.is}"; it can be ${values.join(", ")}`,
        );
    }
    if ("to" in condition && typeof condition.to === "object" && "parameter" in condition.to)
      useParameter(condition.to, field);
  }

  function checkAlternatives(options: readonly Node[], field: string): void {
    const sure = options.findIndex((option) => alwaysGives(option, data));
    if (sure >= 0 && sure < options.length - 1)
      add(
        "warning",
        "PATH_DEAD",
        field,
        `alternative ${sure + 1} always gives a value, so that those behind it never count`,
      );
    const texts = options.map((option) => JSON.stringify(option));
    for (const [index, text] of texts.entries())
      if (texts.indexOf(text) < index)
        add(
          "warning",
          "PATH_DEAD",
          field,
          `alternative ${index + 1} is the same as alternative ${texts.indexOf(text) + 1}`,
        );
  }

  function checkParts(parts: readonly Node[], field: string): void {
    const texts = parts.map((part) => JSON.stringify(part));
    for (const [index, text] of texts.entries()) {
      const first = texts.indexOf(text);
      if (first < index)
        add(
          "error",
          "TARGET_AMBIGUOUS",
          field,
          `part ${index + 1} is the same as part ${first + 1}: it would be taken twice`,
        );
    }
    const lists = parts.map((part) => (isSpec(part) && isKind(part, "each") ? part : undefined));
    for (const [index, list] of lists.entries())
      for (const [before, other] of lists.slice(0, index).entries()) {
        if (list === undefined || other === undefined || texts[index] === texts[before]) continue;
        const shared = pathList(list.path).find((path) => pathList(other.path).includes(path));
        if (shared !== undefined && (list.where === undefined || other.where === undefined))
          add(
            "warning",
            "TARGET_AMBIGUOUS",
            field,
            `parts ${before + 1} and ${index + 1} both take "${shared}", and not both say with "where" which of them`,
          );
      }
  }

  function useParameter(value: Literal | ParameterReference | undefined, field: string): void {
    if (typeof value !== "object") return;
    usedParameters.add(value.parameter);
    if (!(value.parameter in (data.parameters ?? {})))
      add("error", "PARAMETER_INVALID", field, `the mapping has no parameter "${value.parameter}"`);
  }

  function findUnused(): void {
    for (const name of Object.keys(data.parameters ?? {}))
      if (!usedParameters.has(name)) add("warning", "NAME_UNUSED", `parameters.${name}`, "nothing uses this parameter");
    for (const name of Object.keys(data.lookups ?? {}))
      if (!usedTables.has(name)) add("warning", "NAME_UNUSED", `lookups.${name}`, "nothing looks into this table");
    for (const prefix of Object.keys(data.namespaces ?? {}))
      if (prefix !== "" && !sources.some((source) => source.includes(`${prefix}:`)))
        add("warning", "NAME_UNUSED", `namespaces.${prefix}`, "no path uses this prefix");
  }

  /** What only the compiler sees: options of codecs, regular expressions, values of parameters. */
  function tryCompiling(): void {
    if (!isUsable([...problems.values()])) return;
    try {
      const compiling = { ...options, codecs: { ...standIns(hostCodecs), ...options.codecs } };
      compileMapping(data, compiling);
      if (options.direction === "export") compileWriter(data, compiling);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      add("error", error.code, "", error.message);
    }
  }
}

/** All that is inside a node, itself among it. */
function visitInside(node: Node, visit: (inner: Node) => void): void {
  visit(node);
  for (const child of Object.values(node) as unknown[])
    for (const inner of Array.isArray(child) ? (child as unknown[]) : [child])
      if (typeof inner === "object" && inner !== null) visitInside(inner as Node, visit);
}

/** Whether files can be read with the mapping, rightly or not. */
export function isUsable(problems: readonly Problem[]): boolean {
  const readable: readonly ProblemCode[] = [
    "FIELD_UNMAPPED",
    "FIELD_UNKNOWN",
    "FIELD_UNFIT",
    "FIELD_LOOSE",
    "PATH_DEAD",
    "TARGET_AMBIGUOUS",
  ];
  return problems.every(({ severity, code }) => severity === "warning" || readable.includes(code));
}

/** Codecs for those that only the host has. */
export function standIns(names: Iterable<string>): NonNullable<CompileOptions["codecs"]> {
  const codec = {
    decode: (text: string): string => text.trim(),
    encode: (value: unknown) => (typeof value === "string" ? value : new Invalid("a text")),
  };
  return Object.fromEntries(Array.from(names, (name) => [name, codec]));
}

/** Names of the codecs that the host must register. */
export function hostCodecNames(data: MappingData): Set<string> {
  const names = new Set<string>();
  walkMapping(data, {
    node(node) {
      if (isSpec(node) && isKind(node, "codec")) names.add(node.name);
    },
  });
  return names;
}

/** Whether a condition is the same for every record; undefined if it depends on it. */
function constantValue(condition: Condition, data: MappingData): boolean | undefined {
  if ("parameter" in condition) {
    const { values } = data.parameters?.[condition.parameter] ?? {};
    if (values === undefined) return undefined;
    if (!values.includes(condition.is)) return false;
    return values.length === 1 ? true : undefined;
  }
  if ("not" in condition) {
    const inner = constantValue(condition.not, data);
    return inner === undefined ? undefined : !inner;
  }
  if ("all" in condition) {
    const inner = condition.all.map((one) => constantValue(one, data));
    return inner.includes(false) ? false : inner.every((value) => value === true) ? true : undefined;
  }
  if ("any" in condition) {
    const inner = condition.any.map((one) => constantValue(one, data));
    return inner.includes(true) ? true : inner.every((value) => value === false) ? false : undefined;
  }
  return undefined;
}

/** Whether a node gives a value in every record. */
function alwaysGives(node: Node, data: MappingData): boolean {
  if (!isSpec(node)) return Object.values(node).some((child) => alwaysGives(child, data));
  if (isKind(node, "constant")) return true;
  if (isKind(node, "parameter")) return given({ parameter: node.name }, data);
  if (isKind(node, "when"))
    return node.else !== undefined && alwaysGives(node.then, data) && alwaysGives(node.else, data);
  if (isKind(node, "first")) return node.of.some((option) => alwaysGives(option, data));
  if (isKind(node, "join")) return node.parts.some((part) => alwaysGives(part, data));
  if (!isItem(node)) return true;
  const { default: missing, empty } = node as FieldOptions;
  return given(missing, data) && (empty === undefined || given(empty, data));
}

function given(value: Literal | ParameterReference | undefined, data: MappingData): boolean {
  if (typeof value !== "object") return value !== undefined;
  const { values } = data.parameters?.[value.parameter] ?? {};
  return values !== undefined && !values.includes("");
}
