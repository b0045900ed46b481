import { DefinitionError } from "../errors.ts";
import { type VatTable, vatTable } from "../model/vat.ts";
import type { Codec, CodecContext, CodecType } from "./codec.ts";
import { codecTypes } from "./codecs/index.ts";
import { partsCodec } from "./pieces.ts";
import {
  type CustomSpec,
  type FieldSpec,
  isKind,
  type Literal,
  type MappingData,
  type ParameterReference,
  type PartsSpec,
} from "./spec.ts";

export interface CompileOptions {
  /** Values of the mapping's parameters; those left out have their defaults. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** Codecs of the host's own, by the names that the mapping uses. */
  readonly codecs?: Readonly<Record<string, Codec>> | undefined;
  /** VAT rates by country and date. @defaultValue {@link vatTable} */
  readonly vatTable?: VatTable | undefined;
}

/** What the nodes of one mapping have in common, whichever way they are used. */
export interface Setting {
  /** The parameters in force. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly context: CodecContext;
  /** The literal, or the parameter's value; an empty parameter stands for no value. */
  readonly literal: (value: Literal | ParameterReference | undefined) => Literal | undefined;
  readonly codec: (spec: FieldSpec | CustomSpec | PartsSpec, field: string) => Codec;
}

/** @throws {@link DefinitionError} PARAMETER_INVALID for a parameter that the mapping does not have. */
export function createSetting(data: MappingData, options: CompileOptions): Setting {
  const parameters = settle(data, options.parameters ?? {});

  function literal(value: Literal | ParameterReference | undefined): Literal | undefined {
    if (typeof value !== "object") return value;
    const found = parameters[value.parameter];
    if (found === undefined)
      throw new DefinitionError("PARAMETER_INVALID", `the mapping has no parameter "${value.parameter}"`);
    return found === "" ? undefined : found;
  }

  const context: CodecContext = {
    country: String(literal(data.country) ?? "CZ"),
    zone: data.zone ?? "Europe/Prague",
    vatTable: options.vatTable ?? vatTable,
    taxDate: undefined,
  };

  function codec(spec: FieldSpec | CustomSpec | PartsSpec, field: string): Codec {
    if (isKind(spec, "parts")) return partsCodec(spec, field, codec);
    if (isKind(spec, "codec")) {
      const own = options.codecs?.[spec.name];
      if (own !== undefined) return own;
      throw new DefinitionError("CODEC_UNKNOWN", `${field}: the host registered no codec "${spec.name}"`);
    }
    const fieldSpec: FieldSpec = spec;
    const { type, parsed } = parseCodec(fieldSpec, field);
    return type.create(parsed, context);
  }

  return { parameters, context, literal, codec };
}

/**
 * The codec of a field and its options.
 *
 * @throws {@link DefinitionError} CODEC_UNKNOWN, or MAPPING_INVALID if an option is wrong.
 */
export function parseCodec(spec: FieldSpec, field: string): { readonly type: CodecType; readonly parsed: never } {
  const types: Readonly<Record<string, CodecType | undefined>> = codecTypes;
  const type = Object.hasOwn(types, spec.type) ? types[spec.type] : undefined;
  if (type === undefined)
    throw new DefinitionError(
      "CODEC_UNKNOWN",
      `${field}: there is no codec "${spec.type}"; known are ${Object.keys(codecTypes).join(", ")}`,
    );
  const own = Object.fromEntries(Object.entries(spec).filter(([name]) => !fieldOptionNames.has(name)));
  const parsed = type.options.safeParse(own);
  if (parsed.success) return { type, parsed: parsed.data as never };
  const [problem] = parsed.error.issues;
  throw new DefinitionError(
    "MAPPING_INVALID",
    `${field}: codec "${spec.type}": ${problem?.path.join(".") ?? ""} ${problem?.message ?? ""}`,
  );
}

/** What belongs to the field and not to its codec. */
export const fieldOptionNames: ReadonlySet<string> = new Set([
  "type",
  "path",
  "default",
  "empty",
  "invalid",
  "required",
  "missing",
  "blank",
  "cdata",
  "maxLength",
  "tooLong",
  "allowed",
  "also",
]);

/** Those that the mapping has: one for writing may have more than the one that reads the same files. */
export function knownParameters(
  { parameters: known = {} }: MappingData,
  given: Readonly<Record<string, string>> = {},
): Record<string, string> {
  return Object.fromEntries(Object.entries(given).filter(([name]) => name in known));
}

function settle(data: MappingData, given: Readonly<Record<string, string>>): Record<string, string> {
  const known = data.parameters ?? {};
  for (const name of Object.keys(given))
    if (!(name in known))
      throw new DefinitionError(
        "PARAMETER_INVALID",
        `there is no parameter "${name}"; known are ${Object.keys(known).join(", ") || "none"}`,
      );
  return Object.fromEntries(
    Object.entries(known).map(([name, parameter]) => {
      const value = given[name] ?? parameter.default;
      if (parameter.values !== undefined && !parameter.values.includes(value))
        throw new DefinitionError(
          "PARAMETER_INVALID",
          `parameter "${name}": expected ${parameter.values.join(", ")}, got "${value}"`,
        );
      return [name, value];
    }),
  );
}

/** @throws {@link DefinitionError} MAPPING_INVALID if the pattern is none. */
export function regularExpression(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (cause) {
    throw new DefinitionError("MAPPING_INVALID", `"${pattern}" is not a regular expression`, { cause });
  }
}
