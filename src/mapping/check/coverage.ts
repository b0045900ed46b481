import type { NameTest } from "../../xml/plan.ts";
import { passes, SCHEMA_INSTANCE_URI } from "../../xml/shape.ts";
import type { Inspection, PathInfo } from "../draft/inspect.ts";
import { isKind, isSpec, type MappingData } from "../spec.ts";
import { ignoring } from "../ignore.ts";
import { type MappedPath, walkMapping } from "../usage.ts";

/** How a mapping and the structure of a file fit together. */
export interface Coverage {
  /** Places that hold or could hold text, which no path reads and no `ignore` names. */
  readonly unread: readonly PathInfo[];
  /** How many such places some path reads. */
  readonly read: number;
  /** Paths for records and values, first those of the record, that the file does not have. */
  readonly neverFound: readonly {
    readonly field: string;
    readonly source: string;
    readonly path: string;
    readonly instead: string | undefined;
  }[];
  /** Whether the element that is a record is there, or at least the one around it. */
  readonly record: "found" | "parent" | "none";
  /** Fields with at least one path that the file has, and all fields with paths. */
  readonly fields: { readonly found: number; readonly all: number };
}

/** Whether a file has records of a mapping, or could have: far sooner known than the rest of what {@link coverageOf} tells. */
export function mayHold(data: MappingData, inspection: Inspection): boolean {
  const { record, namespaces, ignoreCase } = data;
  const outline: MappingData = { target: data.target, record, namespaces, ignoreCase, fields: {} };
  return coverageOf(outline, inspection).record !== "none";
}

interface Branch {
  readonly info: PathInfo | undefined;
  readonly children: Branch[];
}

/** Compares where a mapping's paths lead with what a file has. */
export function coverageOf(data: MappingData, inspection: Inspection): Coverage {
  const document = treeOf(inspection.paths);
  const ignoreCase = data.ignoreCase === true;
  const read = new Set<PathInfo>();
  const mapped = new Map<string, { readonly path: MappedPath; readonly found: boolean }>();
  let record: Coverage["record"] = "none";

  walkMapping(data, {
    path(path) {
      const elements = descend(document, path.elements, ignoreCase);
      const { attribute } = path;
      const found =
        attribute === undefined ? elements : elements.flatMap((element) => step(element, attribute, true, ignoreCase));
      for (const branch of found) markRead(branch, path.use, read);
      if (path.use === "record" && path.field === "record") {
        if (found.length > 0) record = "found";
        else if (
          record === "none" &&
          path.elements.length > 1 &&
          descend(document, path.elements.slice(0, -1), ignoreCase).length > 0
        )
          record = "parent";
      }
      mapped.set(`${path.field}\n${path.absolute}\n${path.use}`, { path, found: found.length > 0 });
    },
  });

  const isIgnored = ignoring(data);
  const readable = inspection.paths.filter(
    (info) => (!info.parent || info.texts > 0) && info.namespace !== SCHEMA_INSTANCE_URI,
  );
  const wanted = [...mapped.values()].filter(({ path }) => path.use !== "predicate" && path.use !== "test");
  const holders = new Map<string, string>();
  for (const { path, found } of wanted) if (found && !holders.has(path.field)) holders.set(path.field, path.absolute);
  const values = new Set(wanted.filter(({ path }) => path.use === "value").map(({ path }) => path.field));
  return {
    unread: readable.filter((info) => !read.has(info) && !isIgnored(info.path)),
    read: readable.filter((info) => read.has(info)).length,
    neverFound: wanted
      .filter(({ found }) => !found)
      .map(({ path: { field, source, absolute } }) => ({ field, source, path: absolute, instead: holders.get(field) })),
    record,
    fields: { found: [...values].filter((field) => holders.has(field)).length, all: values.size },
  };
}

/** The text of an element is that of everything below it. */
function markRead({ info, children }: Branch, use: MappedPath["use"], read: Set<PathInfo>): void {
  if (use === "record" || use === "list" || info === undefined) return;
  read.add(info);
  if (use === "value") for (const child of children) if (child.info?.attribute === false) markRead(child, use, read);
}

function treeOf(paths: readonly PathInfo[]): Branch {
  const document: Branch = { info: undefined, children: [] };
  const byPath = new Map<string, Branch>([["", document]]);
  for (const info of paths) {
    const branch: Branch = { info, children: [] };
    byPath.set(info.path, branch);
    byPath.get(info.path.slice(0, info.path.lastIndexOf("/")))?.children.push(branch);
  }
  return document;
}

function descend(document: Branch, elements: readonly NameTest[], ignoreCase: boolean): Branch[] {
  return elements.reduce<Branch[]>(
    (at, test) => at.flatMap((branch) => step(branch, test, false, ignoreCase)),
    [document],
  );
}

function step({ children }: Branch, { uri, local }: NameTest, attribute: boolean, ignoreCase: boolean): Branch[] {
  const test = { uri, local: ignoreCase ? local?.toLowerCase() : local };
  return children.filter(
    ({ info }) => info?.attribute === attribute && passes(test, info.namespace, info.name, ignoreCase),
  );
}

/** Every field that a mapping gives a value to: `lines[].unitPrice.net`. */
export function fieldsOf(data: MappingData): string[] {
  const fields = new Set<string>();
  const kinds = ["each", "concat", "when", "first", "lookup"] as const;
  walkMapping(data, {
    node(node, field, use) {
      const single = use === "value" && isSpec(node) && !kinds.some((kind) => isKind(node, kind));
      if (single && field !== "taxDate" && !field.startsWith("skip[")) fields.add(field);
    },
  });
  return [...fields];
}

/** Adds the fields of a record that hold a value. */
export function filledFields(value: unknown, field: string, into: Set<string>): void {
  if (Array.isArray(value)) {
    into.add(field);
    for (const item of value) filledFields(item, `${field}[]`, into);
  } else if (typeof value === "object" && value !== null)
    for (const [key, child] of Object.entries(value)) filledFields(child, field === "" ? key : `${field}.${key}`, into);
  else if (value !== undefined) into.add(field);
}
