import { DefinitionError } from "../../errors.ts";
import { type VatLevel, vatRateForLevel } from "../../model/vat.ts";
import { holds, isAboutParameters, isAboutRecord } from "../condition.ts";
import type { Setting } from "../setting.ts";
import { type Condition, isKind, isSpec, type Node, type TypedSpec } from "../spec.ts";
import type { Scope, WriteRun, WriteTest } from "./scopes.ts";

/** A node with alternatives, where it stands. */
export interface Branching {
  readonly scope: Scope;
  /** From the scope's record or item to the value. */
  readonly path: readonly string[];
  readonly guard: WriteTest | undefined;
}

/** One of several alternatives, with the test that it is the one to write. */
export interface Branch {
  readonly node: Node;
  readonly guard: WriteTest | undefined;
}

/** What decides, by the values of a record, which part of a mapping is written. */
export interface Fits {
  readonly branches: (spec: TypedSpec, at: Branching) => Branch[];
  readonly fits: (node: Node, scope: Scope, path: readonly string[]) => WriteTest | undefined;
  readonly test: (condition: Condition, scope: Scope) => WriteTest;
}

/** @param record - scope of the record, which paths with a slash start at */
export function createFits(setting: Setting, record: Scope): Fits {
  /** The alternatives of a node, each with the test that it is the one to write. */
  function branches(spec: TypedSpec, spot: Branching): Branch[] {
    if (isKind(spec, "when") && (isAboutRecord(spec.condition) || isAboutParameters(spec.condition))) {
      const isChosen = test(spec.condition, spot.scope);
      const then = { node: spec.then, guard: both(spot.guard, isChosen) };
      return spec.else === undefined
        ? [then]
        : [then, { node: spec.else, guard: both(spot.guard, (run) => !isChosen(run)) }];
    }
    const nodes = isKind(spec, "first")
      ? spec.of
      : isKind(spec, "when")
        ? [spec.then, ...(spec.else ? [spec.else] : [])]
        : [];
    const result: Branch[] = [];
    const earlier: WriteTest[] = [];
    for (const node of nodes) {
      const fit = fits(node, spot.scope, spot.path);
      const before = [...earlier];
      const isFirst: WriteTest = (run) => !before.some((one) => one(run)) && (fit === undefined || fit(run));
      result.push({ node, guard: both(spot.guard, isFirst) });
      if (fit === undefined) break;
      earlier.push(fit);
    }
    return result;
  }

  /**
   * Whether a value can be what the node reads: its constants are equal, and nothing is where it has nothing. A node that
   * would write nothing of the value does not fit, unless it is a field `inside` of an object that has others.
   */
  function fits(node: Node, scope: Scope, path: readonly string[], inside = false): WriteTest | undefined {
    if (!isSpec(node))
      return everyOf(Object.entries(node).map(([key, child]) => fits(child, scope, [...path, key], true)));
    if (isKind(node, "constant") || isKind(node, "parameter")) {
      const wanted = isKind(node, "constant") ? node.value : setting.literal({ parameter: node.name });
      const slot = scope.input(path);
      return (run) => (run.frames[scope.number]?.[slot] ?? undefined) === wanted;
    }
    if (isKind(node, "vatLevel")) return ofLevel(node.level, scope, path);
    if (isKind(node, "absent")) return absence(scope, path);
    if (isKind(node, "required")) return fits(node.node, scope, path, inside);
    const nothing: WriteTest | undefined = inside ? undefined : () => false;
    if (isKind(node, "only")) return node.direction === "write" ? fits(node.node, scope, path, inside) : nothing;
    if (isKind(node, "first")) return someOf(node.of.map((one) => fits(one, scope, path, inside)));
    if (!isKind(node, "when")) return undefined;
    const then = fits(node.then, scope, path, inside);
    const otherwise = node.else === undefined ? undefined : fits(node.else, scope, path, inside);
    if (!isAboutRecord(node.condition))
      return someOf([then, node.else === undefined ? absence(scope, path) : otherwise]);
    const isChosen = test(node.condition, scope);
    const failed = node.else === undefined ? nothing : otherwise;
    if (then === undefined && failed === undefined) return undefined;
    return (run) => (isChosen(run) ? (then?.(run) ?? true) : (failed?.(run) ?? true));
  }

  function ofLevel(level: VatLevel, scope: Scope, path: readonly string[]): WriteTest {
    const slot = scope.input(path);
    const { context } = setting;
    return (run) => {
      const value = run.frames[scope.number]?.[slot];
      const rate = vatRateForLevel(level, context.country, context.taxDate, context.vatTable);
      return rate !== undefined && !isNothing(value) && holds("=", String(value), rate);
    };
  }

  function absence(scope: Scope, path: readonly string[]): WriteTest {
    const slot = scope.input(path);
    return (run) => isNothing(run.frames[scope.number]?.[slot]);
  }

  /** Paths of values start at the record or the list's item; those with a slash at the record. */
  function test(condition: Condition, scope: Scope): WriteTest {
    const valueAt = (field: string): ((run: WriteRun) => unknown) => {
      const owner = field.startsWith("/") ? record : scope;
      const slot = owner.input(field.replace(/^\//, "").split("."));
      return (run) => run.frames[owner.number]?.[slot];
    };
    if ("has" in condition) {
      const read = valueAt(condition.has);
      return (run) => !isNothing(read(run));
    }
    if ("field" in condition) {
      const read = valueAt(condition.field);
      const to = typeof condition.to === "string" ? condition.to : setting.literal(condition.to);
      return (run) => {
        const value = read(run);
        return to !== undefined && !isNothing(value) && holds(condition.is, String(value), String(to));
      };
    }
    if ("parameter" in condition) {
      const holdsAlways = String(setting.literal({ parameter: condition.parameter }) ?? "") === condition.is;
      return () => holdsAlways;
    }
    if ("not" in condition) {
      const inner = test(condition.not, scope);
      return (run) => !inner(run);
    }
    if ("all" in condition) return everyOf(condition.all.map((one) => test(one, scope)))!;
    if ("any" in condition) return someOf(condition.any.map((one) => test(one, scope)))!;
    throw new DefinitionError("MAPPING_INVALID", "a condition on the XML decides nothing that is written");
  }

  return { branches, fits: (node, scope, path) => fits(node, scope, path), test };
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function both(left: WriteTest | undefined, right: WriteTest): WriteTest {
  return left === undefined ? right : (run) => left(run) && right(run);
}

export function everyOf(tests: readonly (WriteTest | undefined)[]): WriteTest | undefined {
  const real = tests.filter((test) => test !== undefined);
  if (real.length < 2) return real[0];
  return (run) => real.every((test) => test(run));
}

/** Undefined, which always holds, if one of them always holds. */
function someOf(tests: readonly (WriteTest | undefined)[]): WriteTest | undefined {
  const real = tests.filter((test) => test !== undefined);
  if (real.length < tests.length) return undefined;
  return (run) => real.some((test) => test(run));
}
