import { SaxesParser } from "saxes";
import { type Frame, type Plan, planBuilder, type PlanStep } from "../../src/xml/plan.ts";
import { createShapeStore } from "../../src/xml/shape.ts";
import { type Structure } from "./reading.ts";

/** A name by its namespace, as `{uri}local`. */
type Expanded = string;

/** An element as saxes sees it. */
export interface OracleElement {
  readonly name: Expanded;
  /** `/{}ORDERS/{}ORDER`. */
  readonly path: string;
  /** Its own text and that of its descendants. */
  text: string;
  readonly attributes: readonly { readonly name: Expanded; readonly value: string }[];
  readonly children: OracleElement[];
}

/** What saxes makes of a document. */
export interface Verdict {
  readonly accepted: boolean;
  /** Its first complaint. */
  readonly complaint: string | undefined;
  /** As far as it came. */
  readonly root: OracleElement | undefined;
}

/** Parses with saxes, by the rules of XML 1.0 whatever version the document states. */
export function judge(text: string): Verdict {
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: "1.0", forceXMLVersion: true });
  const open: OracleElement[] = [];
  let root: OracleElement | undefined;
  let complaint: string | undefined;
  const addText = (piece: string): void => {
    for (const element of open) element.text += piece;
  };
  parser.on("error", (error) => {
    complaint ??= error.message;
  });
  parser.on("opentag", ({ uri, local, attributes }) => {
    const name = `{${uri}}${local}`;
    const parent = open.at(-1);
    const element: OracleElement = {
      name,
      path: `${parent?.path ?? ""}/${name}`,
      text: "",
      attributes: Object.values(attributes)
        .filter((attribute) => attribute.name !== "xmlns" && attribute.prefix !== "xmlns")
        .map((attribute) => ({ name: `{${attribute.uri}}${attribute.local}`, value: attribute.value })),
      children: [],
    };
    parent?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", addText);
  parser.on("cdata", addText);
  try {
    parser.write(text).close();
  } catch (error) {
    // After a complaint its state may be anything.
    complaint ??= `crash: ${String(error)}`;
  }
  return { accepted: complaint === undefined, complaint, root };
}

/** Which captures to try on a document; numbers select, so that a seed repeats the choice. */
export interface Choice {
  /** Path of the record element; undefined captures everything in the document's own frame. */
  readonly record: string | undefined;
  /** Whether to capture what has this path. */
  readonly wants: (path: string) => boolean;
  /** Whether to keep every occurrence of it. */
  readonly keepsAll: (path: string) => boolean;
}

export const everything: Choice = { record: undefined, wants: () => true, keepsAll: () => true };

/** Captures for paths that were seen, and the values that saxes found there. */
export interface Expectation extends Structure {
  /** Document and records by path and value, as {@link describeFrames} gives them. */
  readonly expected: string;
  describe(document: Frame, records: readonly Frame[]): string;
}

interface Wanted {
  readonly path: string;
  readonly scope: number;
  readonly slot: number;
  readonly many: boolean;
}

/** Builds a plan for the paths of a tree, and says what reading with it must give. */
export function expectation(root: OracleElement | undefined, choice: Choice): Expectation {
  const builder = planBuilder();
  const wanted: Wanted[] = [];
  const stepByPath = new Map<string, PlanStep>([["", builder.plan.root]]);
  const visit = (element: OracleElement, parent: PlanStep, inherited: number): void => {
    let scope = inherited;
    const known = stepByPath.get(element.path);
    const step = known ?? builder.step(parent, expandedTest(element.name));
    stepByPath.set(element.path, step);
    if (element.path === choice.record) scope = builder.record(step);
    if (known === undefined) want(element.path, scope, (many) => builder.text(step, scope, many).slot);
    for (const { name } of element.attributes) {
      const path = `${element.path}/@${name}`;
      want(path, scope, (many) => builder.attribute(step, expandedTest(name), scope, many).slot);
    }
    for (const child of element.children) visit(child, step, scope);
  };
  const want = (path: string, scope: number, capture: (many: boolean) => number): void => {
    if (!choice.wants(path) || wanted.some((entry) => entry.path === path)) return;
    const many = choice.keepsAll(path);
    wanted.push({ path, scope, slot: capture(many), many });
  };
  if (root !== undefined) visit(root, builder.plan.root, 0);

  const { plan } = builder;
  const describe = (document: Frame, records: readonly Frame[]): string =>
    JSON.stringify([valuesIn(wanted, 0, document), ...records.map((frame) => valuesIn(wanted, 1, frame))], null, 1);
  const frames =
    root === undefined ? { document: newFrame(plan, 0), records: [] } : framesOf(root, wanted, plan, choice.record);
  return {
    plan,
    shapes: createShapeStore(plan.root, false),
    expected: describe(frames.document, frames.records),
    describe,
  };
}

function valuesIn(wanted: readonly Wanted[], scope: number, frame: Frame): unknown[] {
  return wanted.filter((entry) => entry.scope === scope).map(({ path, slot }) => [path, frame[slot] ?? null]);
}

function newFrame(plan: Plan, scope: number): Frame {
  return new Array<undefined>(plan.scopes[scope]?.size ?? 0).fill(undefined);
}

function framesOf(
  root: OracleElement,
  wanted: readonly Wanted[],
  plan: Plan,
  record: string | undefined,
): { document: Frame; records: Frame[] } {
  const document = newFrame(plan, 0);
  const records: Frame[] = [];
  const byPath = new Map(wanted.map((entry) => [entry.path, entry]));
  const put = (path: string, value: string): void => {
    const entry = byPath.get(path);
    const frame = entry?.scope === 0 ? document : records.at(-1);
    if (entry === undefined || frame === undefined) return;
    if (!entry.many) frame[entry.slot] ??= value;
    else if (frame[entry.slot] === undefined) frame[entry.slot] = [value];
    else (frame[entry.slot] as string[]).push(value);
  };
  const visit = (element: OracleElement): void => {
    if (element.path === record) records.push(newFrame(plan, 1));
    for (const { name, value } of element.attributes) put(`${element.path}/@${name}`, value);
    for (const child of element.children) visit(child);
    put(element.path, element.text);
  };
  visit(root);
  return { document, records };
}

function expandedTest(name: Expanded): { uri: string; local: string } {
  const end = name.lastIndexOf("}");
  return { uri: name.slice(1, end), local: name.slice(end + 1) };
}
