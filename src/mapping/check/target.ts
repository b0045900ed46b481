import { z } from "zod";
import { recordSchemas } from "../record-kinds.ts";
import { isItem, isKind, isSpec, type Node, type TargetName, type TypedSpec } from "../spec.ts";

/** What does not fit between a mapping's fields and the record that they fill. */
export interface Misfit {
  readonly code: "FIELD_UNMAPPED" | "FIELD_UNKNOWN" | "FIELD_UNFIT" | "FIELD_LOOSE";
  /** `lines[].kind` */
  readonly field: string;
  readonly message: string;
}

/** One value of what each codec gives. Codecs that are not listed give texts of any kind. */
const probes: Readonly<Record<string, unknown>> = {
  decimal: "1.5",
  integer: "5",
  boolean: true,
  date: "2026-03-04",
  dateTime: "2026-03-04T18:22:09+01:00",
  vatRate: "21",
  vatLevel: "21",
  country: "CZ",
};
const texts = ["text", "code", "join", "template", "zip", "phone", "companyId", "vatId"];
const anyText = ["A text", "CZK", "CZ"];

/** Compares the fields of a mapping with its target. A target of the host's own is compared if it is a zod object. */
export function misfits(target: TargetName, fields: Node, own?: unknown): Misfit[] {
  const found = new Map<string, Misfit>();
  const schema = own instanceof z.ZodType ? own : recordSchemas[target];
  const add = (code: Misfit["code"], field: string, message: string): void => {
    const misfit = { code, field, message };
    found.set(JSON.stringify(misfit), misfit);
  };
  if (schema !== undefined) compare(fields, schema, "");
  return [...found.values()];

  function compare(node: Node, given: z.ZodType, field: string): void {
    const wanted = bare(given);
    if (isSpec(node)) compareSpec(node, wanted, field);
    else if (wanted instanceof z.ZodObject) compareObject(node, wanted, field);
    else if (wanted instanceof z.ZodRecord)
      for (const [key, child] of Object.entries(node)) compare(child, wanted.valueType as z.ZodType, join(field, key));
    else add("FIELD_UNFIT", field, `an object, where the record has ${nameOf(wanted)}`);
  }

  function compareObject(node: Readonly<Record<string, Node>>, { shape }: z.ZodObject, field: string): void {
    for (const [key, child] of Object.entries(node)) {
      const wanted = shape[key] as z.ZodType | undefined;
      if (wanted !== undefined) compare(child, wanted, join(field, key));
      else
        add(
          "FIELD_UNKNOWN",
          join(field, key),
          `the record has no such field; here it has ${Object.keys(shape).join(", ")}`,
        );
    }
    for (const [key, wanted] of Object.entries(shape))
      if (!(key in node) && !(wanted as z.ZodType).safeParse(undefined).success)
        add("FIELD_UNMAPPED", join(field, key), "required, but nothing is mapped to it");
  }

  function compareSpec(spec: TypedSpec, wanted: z.ZodType, field: string): void {
    if (isKind(spec, "when")) {
      compare(spec.then, wanted, field);
      if (spec.else !== undefined) compare(spec.else, wanted, field);
    } else if (isKind(spec, "only") || isKind(spec, "required")) compare(spec.node, wanted, field);
    else if (isKind(spec, "parts")) compare(spec.fields, wanted, field);
    else if (isKind(spec, "absent")) return;
    else if (isKind(spec, "first")) for (const option of spec.of) compare(option, wanted, field);
    else if (isKind(spec, "lookup")) compare(spec.then, wanted, field);
    else if (isKind(spec, "each") || isKind(spec, "concat") || isKind(spec, "split")) compareList(spec, wanted, field);
    else compareValue(spec, wanted, field);
  }

  function compareList(spec: TypedSpec, wanted: z.ZodType, field: string): void {
    if (!(wanted instanceof z.ZodArray)) {
      add("FIELD_UNFIT", field, `a list, where the record has ${nameOf(wanted)}`);
      return;
    }
    const item = wanted.element as z.ZodType;
    if (isKind(spec, "each")) compare(spec.item, item, `${field}[]`);
    else if (isKind(spec, "split")) {
      if (spec.item !== undefined) compare(spec.item, item, `${field}[]`);
    } else if (isKind(spec, "concat"))
      for (const part of spec.parts)
        if (isItem(part)) compare(part, item, `${field}[]`);
        else compare(part, wanted, field);
  }

  function compareValue(spec: TypedSpec, wanted: z.ZodType, field: string): void {
    const given = spec.type;
    if (wanted instanceof z.ZodObject || wanted instanceof z.ZodRecord || wanted instanceof z.ZodArray) {
      add("FIELD_UNFIT", field, `${given} gives one value, where the record has ${nameOf(wanted)}`);
      return;
    }
    const fits = (value: unknown): boolean => wanted.safeParse(value).success;
    const refuse = (value: unknown): void =>
      add(
        "FIELD_UNFIT",
        field,
        `${given} gives ${JSON.stringify(value)}, which the record refuses: ${reason(wanted, value)}`,
      );
    if (isKind(spec, "constant")) {
      if (!fits(spec.value)) refuse(spec.value);
    } else if (spec.type === "oneOf") {
      const values = Object.values(spec["values"] ?? {});
      for (const value of values) if (!fits(value)) refuse(value);
    } else if (spec.type in probes) {
      if (!fits(probes[spec.type])) refuse(probes[spec.type]);
    } else if (texts.includes(spec.type) && !anyText.some(fits))
      add("FIELD_LOOSE", field, `${given} gives any text, where the record has ${nameOf(wanted)}`);
  }
}

function bare(schema: z.ZodType): z.ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? bare(schema.unwrap() as z.ZodType)
    : schema;
}

function nameOf(schema: z.ZodType): string {
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(", ")}`;
  if (schema instanceof z.ZodArray) return "a list";
  if (schema instanceof z.ZodObject || schema instanceof z.ZodRecord) return "an object";
  return schema instanceof z.ZodBoolean ? "a boolean" : reason(schema, " ").replace(/^expected /, "") || "a value";
}

function reason(schema: z.ZodType, value: unknown): string {
  const result = schema.safeParse(value);
  return result.error?.issues[0]?.message ?? "";
}

function join(field: string, key: string): string {
  return field === "" ? key : `${field}.${key}`;
}
