import type { FieldProblem } from "../problem.ts";
import { DefinitionError } from "../../errors.ts";

/** The part of Standard Schema that checks a value. @see https://standardschema.dev */
export interface Schema<Input = unknown, Output = Input> {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
  };
}

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly PathPart[] | undefined }[] };
type PathPart = PropertyKey | { readonly key: PropertyKey };

/** What the schema makes of a decoded record, and what it finds wrong. */
export function checkAgainst<Output>(
  schema: Schema<unknown, Output>,
  record: unknown,
): { readonly value: Output | undefined; readonly problems: readonly FieldProblem[] } {
  const result = schema["~standard"].validate(record);
  if (result instanceof Promise)
    throw new DefinitionError("MAPPING_INVALID", "a schema that checks asynchronously cannot be used here");
  if (result.issues === undefined) return { value: result.value, problems: [] };
  const problems = result.issues.map(({ message, path = [] }): FieldProblem => {
    const keys = path.map((part) => (typeof part === "object" ? part.key : part));
    const missing = valueAt(record, keys) === undefined;
    return {
      code: missing ? "FIELD_MISSING" : "FIELD_INVALID",
      severity: "error",
      message: missing ? "required, but missing or empty" : message,
      field: fieldPath(keys),
    };
  });
  return { value: undefined, problems };
}

/** `["lines", 0, "name"]` → `lines[0].name`. */
export function fieldPath(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === "number") return `${path}[${key}]`;
    return path === "" ? String(key) : `${path}.${String(key)}`;
  }, "");
}

/** `lines[0].name` → `["lines", 0, "name"]`. */
export function fieldKeys(path: string): (string | number)[] {
  return Array.from(path.matchAll(/\[(\d+)\]|([^.[\]]+)/g), ([, index, name]) =>
    index === undefined ? (name ?? "") : Number(index),
  );
}

function valueAt(record: unknown, keys: readonly PropertyKey[]): unknown {
  return keys.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    record,
  );
}
