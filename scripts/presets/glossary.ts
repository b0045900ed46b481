/** Names for long conditions that a table says more than once, so that its rows can be read. */
import type { Condition } from "../../src/index.ts";
import { alone, condition, type Scope } from "./conditions.ts";
import { bullets, sentence } from "./words.ts";

export interface Test {
  readonly condition: Condition;
  readonly scope: Scope;
}

export interface Glossary {
  /** The condition in words, long ones by their names. */
  readonly say: (test: Test) => string;
  /** What the names mean; empty if there are none. */
  readonly cases: string;
}

/** From how many characters on a condition is long. */
const LONG = 70;

interface Entry extends Test {
  count: number;
}

export function createGlossary(tests: readonly Test[]): Glossary {
  const entries = new Map<string, Entry>();
  const count = (given: Test): void => {
    const test = { ...given, condition: positive(given.condition) };
    const known = entries.get(keyOf(test));
    if (known !== undefined) known.count++;
    else {
      entries.set(keyOf(test), { ...test, count: 1 });
      for (const part of partsOf(test.condition)) count({ ...test, condition: part });
    }
  };
  tests.forEach(count);

  const names = new Map<string, string>();
  const named: (Test & { readonly name: string })[] = [];
  for (const [key, { condition: test, scope, count: times }] of entries) {
    if (times === 1 || condition(test, scope).length < LONG) continue;
    named.push({ condition: test, scope, name: `case ${named.length + 1}` });
    names.set(key, `case ${named.length}`);
  }

  const inWords = (test: Condition, scope: Scope): string => condition(test, scope, say);
  function say(test: Condition, scope: Scope): string {
    const bare = positive(test);
    const name = names.get(keyOf({ condition: bare, scope }));
    if (name === undefined) return inWords(test, scope);
    return isNegative(test) ? `not ${name}` : name;
  }
  const cases = named.map(({ condition: test, scope, name }) => {
    return `${sentence(name)}: ${alone(test, inWords(test, scope))}`;
  });
  return { say: (test) => say(test.condition, test.scope), cases: bullets(cases) };
}

export function keyOf({ condition: test, scope }: Test): string {
  return scope.of + JSON.stringify(test);
}

function positive(test: Condition): Condition {
  return "not" in test ? positive(test.not) : test;
}

function isNegative(test: Condition): boolean {
  return "not" in test && !isNegative(test.not);
}

/** Whether one condition is the contrary of another one. */
export function isContrary(one: Test, other: Test): boolean {
  const contrary = isNegative(one.condition) !== isNegative(other.condition);
  return (
    contrary &&
    keyOf({ ...one, condition: positive(one.condition) }) === keyOf({ ...other, condition: positive(other.condition) })
  );
}

function partsOf(test: Condition): readonly Condition[] {
  if ("all" in test) return test.all;
  return "any" in test ? test.any : [];
}
