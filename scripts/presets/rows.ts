/** The specifications of a mapping, one after the other: what the tables of fields are made of. */
import { isAboutParameters, isAboutRecord } from "../../src/mapping/condition.ts";
import type { Condition, MappingData, Node } from "../../src/index.ts";
import type { FieldOptions } from "../../src/mapping/spec.ts";
import { isItem } from "../../src/mapping/spec.ts";
import { described, entryScope, joinedParts, lookupOf, type Scope, templateIn } from "./conditions.ts";
import type { Test } from "./glossary.ts";
import { code, joined, literal, options, paths, pathsOf, type Show } from "./words.ts";

/** Which way a table looks: at files that are read, at files that are written, or at both. */
export type View = "read" | "write" | "both";

export interface RowTest extends Test {
  /** What decides: values of the record, on writing; the file, on reading; settings, on both. */
  readonly by: "record" | "file" | "settings";
}

/** One specification that gives a field its value, or a place its text. */
export interface Row {
  readonly field: string;
  readonly place: string;
  readonly how: string;
  readonly direction: View;
  /** All of them must hold. */
  readonly tests: readonly RowTest[];
  /** Whether a record that is read gets a value from it, rather than only a shape. */
  readonly fills: boolean;
}

interface Spot extends Pick<Row, "field" | "tests" | "direction"> {
  readonly scope: Scope;
  readonly view: View;
}

export const NONE = "always empty";

/** One row for each specification; what is written is read back, so that a mapping for writing has all of its rows. */
export function rowsOf({ fields, csv }: MappingData, view: View): readonly Row[] {
  const show: Show = (path) => code(csv?.columns[path] ?? path);
  const all = below(fields, { field: "", tests: [], direction: "both", scope: { show, of: "" }, view });
  return view === "read" ? all.filter(({ direction }) => direction !== "write") : all;
}

function below(node: Node, spot: Spot): Row[] {
  const spec = node as Readonly<Record<string, unknown>>;
  const { field, direction, scope, tests } = spot;
  const row = (place: string, how: string, fills = true): Row => ({ field, place, how, direction, tests, fills });
  const inner = (key: string, changes: Partial<Spot> = {}): Row[] =>
    spec[key] === undefined ? [] : below(spec[key] as Node, { ...spot, ...changes });
  switch (spec["type"]) {
    case "constant":
      return [row("", `always ${literal(spec["value"])}`)];
    case "parameter":
    case "vatLevel":
      return [row("", described(node, scope))];
    case "absent":
      return [row("", NONE, false)];
    case "only":
      return inner("node", { direction: spec["direction"] as View });
    case "required":
      return [row("", "a record needs one", false), ...inner("node")];
    case "each": {
      const limit = spec["limit"] as number | undefined;
      const where = spec["where"] as Condition | undefined;
      const items = row(
        placeOf(spec["path"], spot),
        `one for each${limit === undefined ? "" : `, at most ${limit}`}`,
        false,
      );
      return [
        where === undefined ? items : { ...items, tests: [...tests, testOf(where, scope)] },
        ...inner("item", { field: `${field}[]` }),
      ];
    }
    case "concat":
      return (spec["parts"] as readonly Node[]).flatMap((part) =>
        below(part, isItem(part) ? { ...spot, field: `${field}[]` } : spot),
      );
    case "when": {
      const test = spec["condition"] as Condition;
      return [
        ...inner("then", { tests: [...tests, testOf(test, scope)] }),
        ...inner("else", { tests: [...tests, testOf({ not: test }, scope)] }),
      ];
    }
    case "first":
      return (spec["of"] as readonly Node[]).flatMap((part) => below(part, spot));
    case "join":
      return [row(joinedParts(node, scope), `joined by ${literal(spec["separator"])}`)];
    case "template":
      return [row(templateIn(String(spec["template"]), scope), "")];
    case "lookup":
      return inner("then", { scope: entryScope(scope, lookupOf(node)) });
    case "split": {
      const { type: _type, path, separator, item, ...rest } = spec;
      const how = joined([`divided at \`${String(separator)}\``, howOf("", rest, spot)]);
      return [
        row(placeOf(path, spot), how, item === undefined),
        ...(item === undefined ? [] : piece(item as Node, { ...spot, field: `${field}[]`, tests: [] }, "each piece")),
      ];
    }
    case "parts":
      return piece(node, spot, placeOf(spec["path"], spot));
  }
  if (typeof spec["type"] !== "string")
    return Object.entries(spec).flatMap(([key, child]) =>
      below(child as Node, { ...spot, field: field === "" ? key : `${field}.${key}` }),
    );
  const { type, path, ...rest } = spec;
  return [row(placeOf(path, spot), howOf(type, rest, spot))];
}

/** A text at `place`, and the pieces that it is made of. */
function piece(node: Node, spot: Spot, place: string): Row[] {
  const { field, tests, direction } = spot;
  const { type, path: _path, separator, fields, ...rest } = node as Readonly<Record<string, unknown>>;
  const row = { field, tests, direction, place };
  if (type !== "parts") return [{ ...row, how: howOf(type as string, rest, spot), fills: true }];
  const how = joined([`divided at \`${String(separator)}\``, howOf("", rest, spot)]);
  return [
    { ...row, how, fills: false },
    ...Object.entries(fields as Readonly<Record<string, Node>>).flatMap(([key, child], index) =>
      piece(child, { ...spot, field: `${field}.${key}`, tests: [] }, `piece ${index + 1}`),
    ),
  ];
}

function testOf(test: Condition, scope: Scope): RowTest {
  const by = isAboutRecord(test) ? "record" : isAboutParameters(test) ? "settings" : "file";
  return { condition: test, scope, by };
}

/** Several places are for reading; what is written goes to the first one. */
function placeOf(path: unknown, { scope: { show, of }, view, direction }: Spot): string {
  const [first = "", ...others] = pathsOf(path).map(show);
  if (view === "read" || direction === "read") return [first, ...others].join(", ") + of;
  const isWrittenOnly = view === "write" || direction === "write";
  return (isWrittenOnly || others.length === 0 ? first : `${first}; read from ${others.join(", ")} too`) + of;
}

/** A codec with its options, those of writing in words. */
function howOf(type: string, rest: object, { view }: Spot): string {
  if (view === "read") return joined([type, options(rest)], ": ");
  const { required, missing, blank, cdata, maxLength, tooLong, allowed, also, invalid, ...codec } =
    rest as FieldOptions;
  return joined([
    joined([type, options(codec)], ": "),
    required === true ? "required" : "",
    cdata === true ? "CDATA" : "",
    maxLength === undefined
      ? ""
      : `at most ${maxLength} characters${tooLong === "cut" ? ", longer texts are cut" : ""}`,
    allowed === undefined ? "" : `matches ${code(allowed)}`,
    invalid === "warning" ? "left out if it does not fit" : "",
    missing === "empty" ? "an empty element if there is none" : "",
    blank === "empty" ? "an empty element for an empty text" : "",
    also === undefined ? "" : `written to ${paths(also)} too`,
  ]);
}
