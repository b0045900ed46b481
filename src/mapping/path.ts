import { DefinitionError } from "../errors.ts";

/** One name in a path. `undefined` is the wildcard. */
export interface PathName {
  /** Prefix of the mapping's namespaces; `""` where there is none. */
  readonly prefix: string | undefined;
  readonly local: string | undefined;
}

/** Condition in square brackets. */
export interface Predicate {
  /** `[2]`: the second of those that pass the predicates before it. */
  readonly position?: number;
  /** Place below the element, `.` for its own text. */
  readonly path?: Path;
  /** Text to compare with; absent for mere existence. */
  readonly text?: string;
  readonly negated?: boolean;
}

export interface PathStep {
  readonly name: PathName;
  readonly predicates: readonly Predicate[];
}

/** A parsed location path. */
export interface Path {
  readonly source: string;
  readonly absolute: boolean;
  /** Leading `..` steps. */
  readonly up: number;
  readonly steps: readonly PathStep[];
  readonly attribute: PathName | undefined;
}

/** Prefixes that every document has. */
export const predeclared: Readonly<Record<string, string>> = { xml: "http://www.w3.org/XML/1998/namespace" };

const NAME = "[\\p{L}_][\\p{L}\\p{N}_.\\-\\u00B7]*";
const NAME_TEST = new RegExp(`(?:(\\*|${NAME}):)?(\\*|${NAME})`, "uy");
const LITERAL = /"([^"]*)"|'([^']*)'/y;

/**
 * Reads a subset of XPath 1.0 location paths:
 *
 * | Path | Means |
 * |---|---|
 * | `CUSTOMER/EMAIL` | first such descendant by child steps |
 * | `ITEM/@code`, `@id` | attribute |
 * | `.` | the element itself |
 * | `../../info/payerVAT` | from an item up to its record |
 * | `/ORDERS/@version` | from the document, for what stands before the records |
 * | `typ:company`, `*:company`, `*` | prefix of the mapping's namespaces, any namespace, any element |
 * | `PARAM[NAME='Color']/VALUE`, `PRICE[@currency='CZK']`, `TYPE[.='x']`, `ITEM[CODE]`, `ITEM[2]` | predicates: `=`, `!=`, existence, position, joined by `and` |
 *
 * @throws {@link DefinitionError} PATH_INVALID with the position in the path.
 */
export function parsePath(source: string): Path {
  let at = 0;

  function fail(expected: string): never {
    throw new DefinitionError("PATH_INVALID", `path "${source}", character ${at + 1}: expected ${expected}`);
  }
  function take(token: string): boolean {
    if (!source.startsWith(token, at)) return false;
    at += token.length;
    return true;
  }
  function skipSpace(): void {
    while (source[at] === " ") at++;
  }
  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(source);
    if (found !== null) at = pattern.lastIndex;
    return found;
  }
  function nameTest(): PathName {
    const found = match(NAME_TEST);
    if (found === null) fail("a name, * or @");
    const [, prefix, local] = found;
    // `*` alone is any element of any namespace, as `*:*` would be.
    if (prefix === undefined && local === "*") return { prefix: undefined, local: undefined };
    return { prefix: prefix === "*" ? undefined : (prefix ?? ""), local: local === "*" ? undefined : local };
  }
  function predicate(): Predicate[] {
    const tests: Predicate[] = [];
    do {
      skipSpace();
      tests.push(test());
      skipSpace();
    } while (take("and "));
    if (!take("]")) fail('"]", "=" or "and"');
    return tests;
  }
  function test(): Predicate {
    const digits = match(/[1-9][0-9]*(?=\s*\])/y);
    if (digits !== null) return { position: Number(digits[0]) };
    const path = location(true);
    skipSpace();
    const negated = take("!=");
    if (!negated && !take("=")) return { path };
    skipSpace();
    const literal = match(LITERAL);
    if (literal === null) fail("a text in quotes");
    const text = literal[1] ?? literal[2] ?? "";
    return negated ? { path, text, negated } : { path, text };
  }
  function location(inner: boolean): Path {
    const start = at;
    const absolute = !inner && take("/");
    let up = 0;
    const steps: PathStep[] = [];
    let attribute: PathName | undefined;
    if (!absolute) while (take("..")) if (((up += 1), !take("/"))) return finish();
    if (up === 0 && (source.startsWith("./", at) || take("."))) if (!take("./")) return finish();
    do {
      if (take("@")) {
        attribute = nameTest();
        break;
      }
      if (take("text()")) break;
      const name = nameTest();
      const predicates: Predicate[] = [];
      while (take("[")) predicates.push(...predicate());
      steps.push({ name, predicates });
    } while (take("/"));
    return finish();

    function finish(): Path {
      return { source: source.slice(start, at), absolute, up, steps, attribute };
    }
  }

  const path = location(false);
  if (at < source.length) fail(path.attribute === undefined ? '"/", "[" or the end' : "the end after an attribute");
  if (path.absolute && path.steps.length === 0) fail("a step");
  return path;
}
