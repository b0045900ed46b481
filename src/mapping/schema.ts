import { z } from "zod";
import { DefinitionError } from "../errors.ts";
import { totalsRuleSchema } from "../model/rule.ts";
import { codecTypes } from "./codecs/index.ts";
import { pattern } from "./codecs/text.ts";
import type { Condition, MappingData, Node } from "./spec.ts";

let built: z.ZodType<MappingData> | undefined;

/** A mapping in its JSON form. Built when first asked for: few programs load mappings from files, and it takes a while. */
function mappingSchema(): z.ZodType<MappingData> {
  built ??= buildMappingSchema();
  return built;
}

function buildMappingSchema(): z.ZodType<MappingData> {
  const name = z.string().min(1);
  const paths = z
    .union([name, z.array(name).min(1)])
    .describe("A path, or several of which the first that holds text counts");
  const parameterReference = z.strictObject({ parameter: name });
  const literal = z.union([z.string(), z.boolean(), parameterReference]);

  const comparison = z.enum(["<", "<=", "=", "!=", ">=", ">"]);

  const conditionSchema: z.ZodType<Condition> = z
    .lazy(() =>
      z.union([
        z.strictObject({ exists: paths }),
        z.strictObject({ equals: paths, to: z.union([z.string(), z.array(z.string()).min(1), parameterReference]) }),
        z.strictObject({ matches: paths, pattern: name, flags: z.string().optional() }),
        z.strictObject({
          compare: nodeSchema,
          is: comparison,
          to: z.union([z.string(), parameterReference]),
        }),
        z.strictObject({ parameter: name, is: z.string() }),
        z.strictObject({ has: name }),
        z.strictObject({ field: name, is: comparison, to: z.union([z.string(), parameterReference]) }),
        z.strictObject({ not: conditionSchema }),
        z.strictObject({ all: z.array(conditionSchema).min(1) }),
        z.strictObject({ any: z.array(conditionSchema).min(1) }),
      ]),
    )
    .meta({ id: "condition" });

  const nodeSchema: z.ZodType<Node> = z
    .lazy(() => z.union([specSchema, z.record(name, nodeSchema)]))
    .meta({ id: "node" });

  const state = z.enum(["omit", "empty"]);
  const writeShape = {
    required: z.boolean().optional().describe("On export: a record without a value here cannot be written"),
    missing: state.optional().describe("On export: what stands for no value"),
    blank: state.optional().describe("On export: what stands for an empty text; an empty element may erase data"),
    cdata: z.boolean().optional().describe("On export: write a CDATA section"),
    maxLength: z.int().min(1).optional().describe("On export: longest text that the shop takes"),
    tooLong: z.enum(["error", "cut"]).optional().describe("On export: what becomes of a longer one"),
    also: z.array(name).optional().describe("On export: further places where the same text is written"),
    allowed: pattern.optional().describe("On export: regular expression of the texts that the shop takes"),
  };
  const fieldShape = {
    path: paths,
    ...writeShape,
    default: literal.optional().describe("Value where the element or attribute is missing"),
    empty: literal.optional().describe("Value where it is there but empty; without it, empty counts as missing"),
    invalid: z
      .enum(["error", "warning"])
      .optional()
      .describe("Whether unreadable text keeps the record from being booked"),
  };

  const pieceSchema: z.ZodType<Node> = z.lazy(() => z.discriminatedUnion("type", [partsSchema, ...fieldSchemas]));
  const partsSchema = z.strictObject({
    type: z.literal("parts"),
    separator: name,
    fields: z.record(name, pieceSchema),
    ...fieldShape,
  });
  const fieldSchemas = Object.entries(codecTypes).map(([type, codec]) =>
    z.strictObject({ type: z.literal(type), ...fieldShape, ...codec.options.shape }),
  );

  const specSchema = z
    .discriminatedUnion("type", [
      z.strictObject({ type: z.literal("constant"), value: z.union([z.string(), z.boolean()]) }),
      z.strictObject({ type: z.literal("parameter"), name }),
      z.strictObject({ type: z.literal("vatLevel"), level: z.enum(["high", "low", "third", "none"]) }),
      z.strictObject({ type: z.literal("absent") }),
      z.strictObject({ type: z.literal("required"), node: nodeSchema }),
      z.strictObject({ type: z.literal("only"), direction: z.enum(["read", "write"]), node: nodeSchema }),
      z.strictObject({
        type: z.literal("each"),
        path: paths,
        where: conditionSchema.optional(),
        item: nodeSchema,
        limit: z.int().min(0).optional().describe("On export: at most so many"),
      }),
      z.strictObject({ type: z.literal("concat"), parts: z.array(nodeSchema).min(1) }),
      z.strictObject({
        type: z.literal("when"),
        condition: conditionSchema,
        then: nodeSchema,
        else: nodeSchema.optional(),
      }),
      z.strictObject({ type: z.literal("first"), of: z.array(nodeSchema).min(1) }),
      z.strictObject({ type: z.literal("join"), parts: z.array(nodeSchema).min(1), separator: z.string() }),
      z.strictObject({ type: z.literal("template"), template: name }),
      z.strictObject({
        type: z.literal("split"),
        path: paths,
        separator: name,
        item: pieceSchema.optional(),
        ...writeShape,
      }),
      partsSchema,
      z.strictObject({ type: z.literal("lookup"), table: name, key: paths, then: nodeSchema }),
      z.strictObject({
        type: z.literal("codec"),
        name,
        options: z.record(z.string(), z.unknown()).optional(),
        ...fieldShape,
      }),
      ...fieldSchemas,
    ])
    .meta({ id: "specification" }) as unknown as z.ZodType<Node>;

  return z
    .strictObject({
      $schema: z.string().optional(),
      target: z.enum(["order", "invoice", "product", "stockLevel", "custom"]).describe("What the records are"),
      record: paths.describe("Elements that are the records, from the document: /ORDERS/ORDER"),
      key: name.optional().describe("Field that identifies a record in issues"),
      ignoreCase: z.boolean().optional().describe("Compare element and attribute names without regard to letter case"),
      namespaces: z.record(z.string(), z.string()).optional().describe("Prefix to namespace URI"),
      parameters: z
        .record(
          name,
          z.strictObject({
            title: name,
            description: z.string().optional(),
            default: z.string(),
            values: z.array(z.string()).min(1).optional(),
          }),
        )
        .optional(),
      country: z
        .union([z.string().regex(/^[A-Z]{2}$/), parameterReference])
        .optional()
        .describe("ISO 3166-1 alpha-2; decides VAT rates"),
      zone: name.optional().describe("IANA time zone of times without an offset"),
      taxDate: nodeSchema.optional().describe("Day that decides VAT rates"),
      fields: z.record(name, nodeSchema),
      lookups: z.record(name, z.strictObject({ path: paths, key: name, input: name.optional() })).optional(),
      skip: z.array(z.strictObject({ when: conditionSchema, reason: name })).optional(),
      ignore: z.record(name, name).optional().describe("Places that are left out on purpose, each with the reason"),
      totals: totalsRuleSchema.optional(),
      document: z
        .strictObject({
          fixed: z
            .record(name, z.union([literal, z.strictObject({ field: name })]))
            .optional()
            .describe("Texts that belong to no field, by their path"),
          order: z.array(name).optional().describe("Elements below the record, in the order of the schema"),
          perRecord: z.boolean().optional().describe("A document of its own for each record"),
          wrapper: name.optional().describe("Element around the record that each record has for itself"),
        })
        .optional()
        .describe("On export: what the fields do not say"),
      csv: z
        .strictObject({ separator: z.string().length(1).optional(), columns: z.record(name, z.string()) })
        .optional()
        .describe("Rows of text instead of XML"),
    })
    .meta({ id: "mapping", title: "propojka mapping" });
}

/**
 * Checks a mapping that came from a file.
 *
 * @throws {@link DefinitionError} MAPPING_INVALID with one line for each mistake: where, what was expected, what is there.
 */
export function parseMapping(json: unknown): MappingData {
  return parseDefinition(mappingSchema(), json, "MAPPING_INVALID", "mapping");
}

/** Checks a definition against its schema. @throws {@link DefinitionError} with one line for each mistake. */
export function parseDefinition<Value>(
  schema: z.ZodType<Value>,
  json: unknown,
  code: "MAPPING_INVALID" | "PRESET_INVALID",
  what: string,
): Value {
  const result = schema.safeParse(json, { reportInput: true });
  if (result.success) return result.data;
  const lines = result.error.issues.flatMap((issue) => describe(issue, []));
  throw new DefinitionError(
    code,
    [`the ${what} has ${lines.length === 1 ? "a mistake" : `${lines.length} mistakes`}:`, ...lines].join("\n  "),
  );
}

/** JSON Schema (draft 2020-12) of a mapping, for editors that complete and check. */
export function mappingJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(mappingSchema(), { io: "input", unrepresentable: "any" });
}

type Problem = z.core.$ZodIssue;

function describe(issue: Problem, outer: readonly PropertyKey[]): string[] {
  const path = [...outer, ...issue.path];
  const where = path.length === 0 ? "" : `${path.map(String).join(".")}: `;
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const [closest] = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length);
    return (closest ?? []).flatMap((inner) => describe(inner, path));
  }
  if (issue.code === "invalid_union") {
    const known = Object.keys(codecTypes).join(", ");
    return [
      `${where}there is no such type; codecs are ${known}; others are constant, parameter, vatLevel, absent, only, required, each, concat, when, first, join, template, split, parts, lookup, codec`,
    ];
  }
  const got =
    issue.input === undefined || typeof issue.input === "object" ? "" : `, got ${JSON.stringify(issue.input)}`;
  return [`${where}${issue.message}${got}`];
}

/** How far into the value the alternative fits before it fails. */
function depth(issues: readonly Problem[]): number {
  return Math.max(
    0,
    ...issues.map(
      (issue) => issue.path.length + (issue.code === "invalid_union" ? Math.max(0, ...issue.errors.map(depth)) : 0),
    ),
  );
}
