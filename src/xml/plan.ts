/** Matches element or attribute names; `undefined` stands for any. */
export interface NameTest {
  /** Namespace URI, `""` for none. */
  readonly uri: string | undefined;
  readonly local: string | undefined;
}

/** Where a captured text goes: slot `slot` of the current frame of scope `scope`. */
export interface Capture {
  readonly scope: number;
  readonly slot: number;
  /** Keep every occurrence, as an array in document order; otherwise the first one counts. */
  readonly many: boolean;
}

/** One step of a path: what happens when an element that passes `test` is met below the step before it. */
export interface PlanStep {
  readonly test: NameTest;
  readonly steps: PlanStep[];
  readonly captures: Capture[];
  readonly attributes: { readonly test: NameTest; readonly capture: Capture }[];
  /** Scopes of which each occurrence of this element opens a new frame. */
  readonly groups: number[];
  /** The one of {@link groups} whose frame is a record, complete when the element ends. */
  record: number | undefined;
}

/** A frame lives as long as one element; its values sit in numbered slots. */
export interface Scope {
  /** Scope whose frame lists the frames of this one; -1 for records and for the document itself. */
  readonly parent: number;
  /** Slot of the parent frame that holds the list. */
  readonly listSlot: number;
  size: number;
}

/** Values of one element: text, all texts of a repeated element, or the frames of a repeated group. */
export type Frame = (string | string[] | Frame[] | undefined)[];

/** What to capture from a document. Scope 0 is the document; a scope whose parent is -1 is a kind of record. */
export interface Plan {
  readonly root: PlanStep;
  readonly scopes: readonly Scope[];
  /** Compare names without regard to letter case. */
  readonly ignoreCase: boolean;
}

/** Builds a {@link Plan} path by path; paths that share steps share them in the plan. */
export interface PlanBuilder {
  readonly plan: Plan;
  /** Step below `from`, made if it is not there yet. */
  step(from: PlanStep, test: NameTest): PlanStep;
  /** Makes every occurrence of the element a frame of its own in the list of `parent`. Gives the scope. */
  group(step: PlanStep, parent: number): number;
  /** Makes every occurrence of the element a record. Gives the scope. */
  record(step: PlanStep): number;
  /** Captures the text of an element. */
  text(step: PlanStep, scope: number, many?: boolean): Capture;
  /** Captures the value of an attribute. */
  attribute(step: PlanStep, test: NameTest, scope: number, many?: boolean): Capture;
}

export function planBuilder(ignoreCase = false): PlanBuilder {
  const root = newStep({ uri: undefined, local: undefined });
  const scopes: Scope[] = [{ parent: -1, listSlot: -1, size: 0 }];
  const addScope = (parent: number): number => {
    const owner = parent < 0 ? undefined : scopes[parent];
    scopes.push({ parent, listSlot: owner === undefined ? -1 : owner.size++, size: 0 });
    return scopes.length - 1;
  };
  const newCapture = (scope: number, many: boolean): Capture => {
    const owner = scopes[scope];
    if (owner === undefined) throw new RangeError(`no scope ${scope}`);
    return { scope, slot: owner.size++, many };
  };
  const same = (a: NameTest, b: NameTest): boolean => a.uri === b.uri && a.local === b.local;
  const fold = (test: NameTest): NameTest => (ignoreCase ? { uri: test.uri, local: test.local?.toLowerCase() } : test);

  return {
    plan: { root, scopes, ignoreCase },
    step(from, test) {
      const folded = fold(test);
      const known = from.steps.find((step) => same(step.test, folded));
      if (known !== undefined) return known;
      const made = newStep(folded);
      from.steps.push(made);
      return made;
    },
    group(step, parent) {
      const known = step.groups.find((scope) => scopes[scope]?.parent === parent);
      if (known !== undefined) return known;
      const made = addScope(parent);
      step.groups.push(made);
      return made;
    },
    record(step) {
      if (step.record !== undefined) return step.record;
      step.record = addScope(-1);
      step.groups.push(step.record);
      return step.record;
    },
    text(step, scope, many = false) {
      const known = step.captures.find((capture) => capture.scope === scope && capture.many === many);
      if (known !== undefined) return known;
      const capture = newCapture(scope, many);
      step.captures.push(capture);
      return capture;
    },
    attribute(step, test, scope, many = false) {
      const folded = fold(test);
      const known = step.attributes.find(
        (entry) => same(entry.test, folded) && entry.capture.scope === scope && entry.capture.many === many,
      );
      if (known !== undefined) return known.capture;
      const capture = newCapture(scope, many);
      step.attributes.push({ test: folded, capture });
      return capture;
    },
  };
}

function newStep(test: NameTest): PlanStep {
  return { test, steps: [], captures: [], attributes: [], groups: [], record: undefined };
}
