/** Conditions of a mapping, and specifications inside them, in words. */
import type { Condition, Node, ParameterReference } from "../../src/index.ts";
import { code, literal, paths, pathsOf, type Show } from "./words.ts";

/** The element that paths start at, and how they are said. */
export interface Scope {
  readonly show: Show;
  /** What is said after paths: the entry of a table that they are of. Empty for the record. */
  readonly of: string;
}

const recordScope: Scope = { show: code, of: "" };

/** Inside a lookup: "`city` of `addresses` by `id_address`". */
export function entryScope({ show, of }: Scope, { table, key }: Lookup): Scope {
  return { show: code, of: ` of ${code(table)} by ${paths(key, show)}${of}` };
}

interface Lookup {
  readonly table: string;
  readonly key: unknown;
}

/** One path or several, and what they are of. */
function placed(path: unknown, { show, of }: Scope, word = ", "): string {
  return pathsOf(path).map(show).join(word) + of;
}

/** How a condition inside another one is said. */
type Say = (test: Condition, scope: Scope) => string;

export function condition(test: Condition, scope: Scope = recordScope, say: Say = condition): string {
  if ("not" in test) return negated(test.not, scope, say);
  if ("exists" in test) return `there is ${placed(test.exists, scope, " or ")}`;
  if ("equals" in test) return `${placed(test.equals, scope)} is ${expected(test.to)}`;
  if ("matches" in test) return `${placed(test.matches, scope)} matches ${code(test.pattern)}`;
  if ("compare" in test) return `${described(test.compare, scope, say)} ${comparison(test.is, test.to)}`;
  if ("parameter" in test) return `parameter ${code(test.parameter)} is ${literal(test.is)}`;
  if ("has" in test) return `${holder(test.has)} ${field(test.has)}`;
  if ("field" in test) return `${owner(test.field)} ${field(test.field)} ${comparison(test.is, test.to)}`;
  const [all, word] = "all" in test ? [test.all, "and"] : [test.any, "or"];
  return `(${all.map((one) => say(one, scope)).join(` ${word} `)})`;
}

/** A condition that stands alone needs no brackets. */
export function alone(test: Condition, text: string = condition(test)): string {
  return ("all" in test || "any" in test) && text.startsWith("(") ? text.slice(1, -1) : text;
}

function negated(test: Condition, scope: Scope, say: Say): string {
  if ("not" in test) return say(test.not, scope);
  if ("exists" in test) return `there is no ${placed(test.exists, scope, " and no ")}`;
  if ("equals" in test) return `${placed(test.equals, scope)} is not ${expected(test.to)}`;
  if ("matches" in test) return `${placed(test.matches, scope)} does not match ${code(test.pattern)}`;
  if ("parameter" in test) return `parameter ${code(test.parameter)} is not ${literal(test.is)}`;
  if ("has" in test) return `${holder(test.has)} no ${field(test.has)}`;
  if ("compare" in test) return `${described(test.compare, scope, say)} ${opposite(test.is, test.to)}`;
  if ("field" in test) return `${owner(test.field)} ${field(test.field)} ${opposite(test.is, test.to)}`;
  return `not ${say(test, scope)}`;
}

// With a slash, a field is one of the record, whatever the item of a list has.
function field(name: string): string {
  return code(name.replace(/^\//, ""));
}

function holder(name: string): string {
  return name.startsWith("/") ? "the record has" : "it has";
}

function owner(name: string): string {
  return name.startsWith("/") ? "the record's" : "its";
}

type Expected = string | readonly string[] | ParameterReference;

function expected(to: Expected): string {
  return typeof to === "object" && "parameter" in to ? literal(to) : [to].flat().map(literal).join(" or ");
}

function comparison(is: string, to: Expected): string {
  return `${is === "=" ? "is" : is === "!=" ? "is not" : is} ${expected(to)}`;
}

function opposite(is: string, to: Expected): string {
  return is === "!=" ? comparison("=", to) : is === "=" ? comparison("!=", to) : `is not ${comparison(is, to)}`;
}

/** Where a specification inside another one has its value from, in words. */
export function described(node: Node, scope: Scope = recordScope, say: Say = condition): string {
  const spec = node as Readonly<Record<string, unknown>>;
  const inner = (key: string, at: Scope = scope): string => described(spec[key] as Node, at, say);
  const parts = (key: string): string[] => (spec[key] as readonly Node[]).map((part) => described(part, scope, say));
  switch (spec["type"]) {
    case "constant":
      return literal(spec["value"]);
    case "parameter":
      return literal({ parameter: spec["name"] });
    case "vatLevel":
      return `the rate of the level ${code(String(spec["level"]))}`;
    case "absent":
      return "nothing";
    case "only":
    case "required":
      return inner("node");
    case "when": {
      const test = spec["condition"] as Condition;
      const otherwise = spec["else"] === undefined ? "" : `, otherwise ${inner("else")}`;
      return `${inner("then")} where ${say(test, scope)}${otherwise}`;
    }
    case "first":
      return `the first of (${parts("of").join("; ")})`;
    case "join":
      return `(${joinedParts(node, scope, say)}, joined by ${literal(spec["separator"])})`;
    case "template":
      return templateIn(String(spec["template"]), scope);
    case "lookup":
      return inner("then", entryScope(scope, lookupOf(node)));
  }
  return placed(spec["path"] ?? [], scope);
}

/** The parts of a join; what they are of is said once. */
export function joinedParts(node: Node, scope: Scope, say: Say = condition): string {
  const { parts } = node as Readonly<Record<string, unknown>>;
  const inner = (parts as readonly Node[]).map((part) => described(part, { ...scope, of: "" }, say));
  return inner.join(" and ") + scope.of;
}

export function templateIn(template: string, { of }: Scope): string {
  return code(template) + of;
}

export function lookupOf(node: Node): Lookup {
  const { table, key } = node as Readonly<Record<string, unknown>>;
  return { table: String(table), key };
}
