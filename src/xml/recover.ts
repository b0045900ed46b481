import { encodeByteText } from "./charset.ts";
import { type Cursor, forget, locate } from "./cursor.ts";
import type { Plan, PlanStep } from "./plan.ts";
import { type Shape, type Shapes } from "./shape.ts";

/**
 * Looks for the end of the damaged record that starts at `keep`: its closing tag or the opening tag of the next one,
 * whichever comes first. In comments and CDATA sections too: one around such a tag is more likely one that is never
 * closed. Undefined if the window holds neither.
 */
export function recordBoundary(w: Cursor, record: Shape): number | undefined {
  const name = escape(record.name);
  const marks = new RegExp(`</${name}[ \\t\\r\\n]*>|<${name}[ \\t\\r\\n/>]`, "g");
  marks.lastIndex = w.keep + record.name.length + 1;
  const mark = marks.exec(w.text);
  if (mark !== null) return mark[0].startsWith("</") ? marks.lastIndex : mark.index;
  if (!w.final) return undefined;
  // Closing tags of the elements around it that end the file are not the record's.
  const closing = record.parent === undefined ? -1 : w.text.lastIndexOf(`</${record.parent.name}`);
  return closing > w.keep && /^(?:<\/[^<>]+>\s*)+$/.test(w.text.slice(closing, w.end)) ? closing : w.end;
}

/** Position of the next opening tag of a record at or behind `from`; -1 if the window does not hold one. */
export function nextRecord(w: Cursor, plan: Plan, from: number): number {
  const names = recordNames(plan.root).map((name) => escape(encodeByteText(w.table, name)));
  if (names.length === 0) return -1;
  const mark = new RegExp(`<(?:[^\\s<>/:]+:)?(?:${names.join("|")})[ \\t\\r\\n/>]`, plan.ignoreCase ? "gi" : "g");
  mark.lastIndex = from;
  return mark.exec(w.text)?.index ?? -1;
}

function recordNames(step: PlanStep): string[] {
  const own = step.record !== undefined && step.test.local !== undefined ? [step.test.local] : [];
  return [...own, ...step.steps.flatMap(recordNames)];
}

/** Shape below which records are expected, before any has been seen; undefined where the path does not say it by names. */
export function expectedParent(shapes: Shapes, plan: Plan): Shape | undefined {
  const walk = (step: PlanStep, shape: Shape): Shape | undefined => {
    for (const next of step.steps) {
      if (next.record !== undefined) return shape;
      if (next.test.local === undefined || (next.test.uri ?? "") !== "") continue;
      const found = walk(next, shapes.child(shape, shapes.encodeName(next.test.local)));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk(plan.root, shapes.document);
}

/** A whole document around a record's XML: the elements above it, with the namespaces that are in force there. */
export function wrap(
  parent: Shape,
  decodeName: Shapes["decodeName"],
  xml: string,
): { readonly before: string; readonly text: string } {
  const declarations = [...parent.namespaces]
    .filter(([prefix]) => prefix !== "xml")
    .map(
      ([prefix, uri]) =>
        ` xmlns${prefix === "" ? "" : `:${prefix}`}="${uri.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/"/g, "&quot;")}"`,
    )
    .join("");
  const names: string[] = [];
  for (let shape = parent; shape.parent !== undefined; shape = shape.parent) names.unshift(decodeName(shape.name));
  const before = names.map((name, index) => `<${name}${index === 0 ? declarations : ""}>`).join("");
  const after = names.reverse().map((name) => `</${name}>`);
  return { before, text: before + xml + after.join("") };
}

/** Moves `keep` on to `to`, counting the lines between. */
export function keepFrom(w: Cursor, to: number): void {
  const { line } = locate(w, to);
  if (line > w.keepLine) w.keepLineStart = w.text.lastIndexOf("\n", to - 1) + 1;
  w.keep = to;
  w.keepLine = line;
  w.line = line;
  w.lineStart = w.keepLineStart;
  forget(w);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\-]/g, "\\$&");
}
