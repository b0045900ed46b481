/** The table "field of the record ↔ place in the file" of a mapping. */
import type { Condition, MappingData, Node } from "../../src/index.ts";
import type { FieldOptions } from "../../src/mapping/spec.ts";
import { isAboutParameters, isAboutRecord } from "../../src/mapping/condition.ts";
import { isItem } from "../../src/mapping/spec.ts";
import { code, condition, literal, options, paths, pathsOf, sourceOf, table } from "./words.ts";

/** One specification that gives a field its value, or a place its text. */
interface Row {
  readonly field: string;
  readonly place: string;
  readonly how: string;
  readonly direction: "both" | "read" | "write";
  /** All of them must hold. */
  readonly tests: readonly Test[];
  /** Whether a record that is read gets a value from it, rather than only a shape. */
  readonly fills: boolean;
}

interface Test {
  readonly text: string;
  /** What decides: values of the record, on writing; the file, on reading; settings, on both. */
  readonly by: "record" | "file" | "settings";
}

/** How a table speaks of one kind of feed. */
interface Manner {
  /** A path in a condition. */
  readonly show: (path: string) => string;
  place(path: unknown, direction: Row["direction"]): string;
  how(type: string, rest: object): string;
}

interface Spot extends Pick<Row, "field" | "tests" | "direction"> {
  readonly manner: Manner;
}

const NONE = "always empty";

/** Where the records of a file that shops export come from. */
export function importTable({ fields }: MappingData): string {
  const manner: Manner = {
    show: code,
    place: (path) => paths(path),
    how: (type, rest) => [type, options(rest)].filter((text) => text !== "").join(": "),
  };
  const rows = rowsOf(fields, { field: "", tests: [], direction: "both", manner }).map(
    ({ field, place, how, tests }) => {
      const where = tests.length === 0 ? "" : `where ${tests.map(({ text }) => text).join(", and ")}`;
      return [code(field), place, joined([how, where])];
    },
  );
  return table(["Field", "From", "How"], rows);
}

/** Where a file that shops import has what, in both directions. */
export function exportTable(mapping: MappingData): string {
  const rows = exportRows(mapping)
    .filter(saysSomething)
    .map(({ field, place, how, direction, tests }) => [
      code(field),
      place,
      joined([
        { both: "", read: "only read", write: "only written" }[direction],
        how,
        direction === "read" ? "" : clause("written where", tests, "record"),
        direction === "write" ? "" : clause("read where", tests, "file"),
        clause("where", tests, "settings"),
      ]),
    ]);
  return table(["Field", mapping.csv === undefined ? "Place" : "Column", "How"], rows);
}

/** Fields that reading such a file can fill: `prices[].gross`. */
export function filledByReading(mapping: MappingData): readonly string[] {
  const rows = exportRows(mapping).filter(({ fills, direction }) => fills && direction !== "write");
  return [...new Set(rows.map(({ field }) => field))];
}

/** That a field is not there is no news where it is read only. */
function saysSomething({ how, direction }: Row): boolean {
  return how !== NONE || direction !== "read";
}

function exportRows({ fields, csv }: MappingData): readonly Row[] {
  const show = (path: string): string => code(csv?.columns[path] ?? path);
  const manner: Manner = {
    show,
    place(path, direction) {
      const [first = "", ...others] = pathsOf(path).map(show);
      if (direction === "read") return [first, ...others].join(", ");
      return direction === "write" || others.length === 0 ? first : `${first}; read from ${others.join(", ")} too`;
    },
    how: exportedHow,
  };
  return rowsOf(fields, { field: "", tests: [], direction: "both", manner });
}

function clause(start: string, tests: readonly Test[], by: Test["by"]): string {
  const texts = tests.filter((test) => test.by === by).map(({ text }) => text);
  return texts.length === 0 ? "" : `${start} ${texts.join(", and ")}`;
}

/** A codec with its options, those of writing in words. */
function exportedHow(type: string, rest: object): string {
  const { required, missing, blank, cdata, maxLength, tooLong, allowed, also, invalid, ...codec } =
    rest as FieldOptions;
  const leftOut = invalid === "warning";
  return joined([
    [type, options(codec)].filter((text) => text !== "").join(": "),
    required === true ? "required" : "",
    cdata === true ? "CDATA" : "",
    maxLength === undefined
      ? ""
      : `at most ${maxLength} characters${tooLong === "cut" ? ", longer texts are cut" : ""}`,
    allowed === undefined ? "" : `matches ${code(allowed)}`,
    leftOut ? "left out if it does not fit" : "",
    missing === "empty" ? "an empty element if there is none" : "",
    blank === "empty" ? "an empty element for an empty text" : "",
    also === undefined ? "" : `written to ${paths(also)} too`,
  ]);
}

function joined(parts: readonly string[]): string {
  return parts.filter((text) => text !== "").join("; ");
}

/** One row for each specification. */
function rowsOf(node: Node, spot: Spot): Row[] {
  const spec = node as Readonly<Record<string, unknown>>;
  const { field, direction, manner } = spot;
  const row = (place: string, how: string, fills = true): Row => ({
    field,
    place,
    how,
    direction,
    tests: spot.tests,
    fills,
  });
  const below = (key: string, changes: Partial<Spot> = {}): Row[] =>
    spec[key] === undefined ? [] : rowsOf(spec[key] as Node, { ...spot, ...changes });
  switch (spec["type"]) {
    case "constant":
      return [row("", `always ${literal(spec["value"])}`)];
    case "parameter":
      return [row("", literal({ parameter: spec["name"] }))];
    case "vatLevel":
      return [row("", `the rate of the level \`${String(spec["level"])}\`, by country and day`)];
    case "absent":
      return [row("", NONE, false)];
    case "only":
      return below("node", { direction: spec["direction"] as "read" | "write" });
    case "required":
      return [row("", "a record needs one", false), ...below("node")];
    case "each": {
      const limit = spec["limit"] as number | undefined;
      const where = spec["where"] as Condition | undefined;
      const list = row(
        manner.place(spec["path"], direction),
        `one for each${limit === undefined ? "" : `, at most ${limit}`}`,
        false,
      );
      return [
        where === undefined ? list : { ...list, tests: [...spot.tests, testOf(where, manner)] },
        ...below("item", { field: `${field}[]` }),
      ];
    }
    case "concat":
      return (spec["parts"] as readonly Node[]).flatMap((part) =>
        rowsOf(part, isItem(part) ? { ...spot, field: `${field}[]` } : spot),
      );
    case "when": {
      const test = spec["condition"] as Condition;
      return [
        ...below("then", { tests: [...spot.tests, testOf(test, manner)] }),
        ...below("else", { tests: [...spot.tests, testOf({ not: test }, manner)] }),
      ];
    }
    case "first":
      return (spec["of"] as readonly Node[]).flatMap((part) => rowsOf(part, spot));
    case "join":
      return [row((spec["parts"] as readonly Node[]).map((part) => sourceOf(part)).join(" and "), "joined")];
    case "template":
      return [row("", code(String(spec["template"])))];
    case "lookup":
      return below("then");
    case "split": {
      const { type: _type, path, separator, item, ...rest } = spec;
      const how = joined([`divided at \`${String(separator)}\``, exportedHow("", rest)]);
      return [
        row(manner.place(path, direction), how, item === undefined),
        ...(item === undefined ? [] : piece(item as Node, { ...spot, field: `${field}[]`, tests: [] }, "each piece")),
      ];
    }
    case "parts":
      return piece(node, spot, manner.place(spec["path"], direction));
  }
  if (typeof spec["type"] !== "string")
    return Object.entries(spec).flatMap(([key, child]) =>
      rowsOf(child as Node, { ...spot, field: field === "" ? key : `${field}.${key}` }),
    );
  const { type, path, ...rest } = spec;
  return [row(manner.place(path, direction), manner.how(type, rest))];
}

/** A text at `place`, and the pieces that it is made of. */
function piece(node: Node, spot: Spot, place: string): Row[] {
  const { manner, ...row } = spot;
  const { type, path: _path, separator, fields, ...rest } = node as Readonly<Record<string, unknown>>;
  if (type !== "parts") return [{ ...row, place, how: manner.how(type as string, rest), fills: true }];
  const how = joined([`divided at \`${String(separator)}\``, exportedHow("", rest)]);
  return [
    { ...row, place, how, fills: false },
    ...Object.entries(fields as Readonly<Record<string, Node>>).flatMap(([key, child], index) =>
      piece(child, { ...spot, field: `${spot.field}.${key}`, tests: [] }, `piece ${index + 1}`),
    ),
  ];
}

function testOf(test: Condition, { show }: Manner): Test {
  const by = isAboutRecord(test) ? "record" : isAboutParameters(test) ? "settings" : "file";
  return { text: condition(test, show), by };
}
