import { DefinitionError } from "../../errors.ts";
import type { Frame, NameTest, PlanBuilder, PlanStep } from "../../xml/plan.ts";
import { parsePath, predeclared, type Path, type PathName, type Predicate } from "../path.ts";

/** The open frame of each scope, by number. */
export type Frames = (Frame | undefined)[];

/** An element that paths can start from: the steps down to it, some of which open scopes. */
export type Place = readonly { readonly step: PlanStep; readonly scope: number | undefined }[];

/** Where a text was found. */
export interface Found {
  readonly frame: Frame;
  readonly slot: number;
  /** Name of the attribute, as the mapping has it, where it is one. */
  readonly attribute: string | undefined;
}

/** One captured text. */
export interface Reference {
  readonly path: string;
  /** Scope and slot, where the text is always in one and the same. */
  readonly direct?: { readonly scope: number; readonly slot: number };
  /** As it stands in the file; undefined where there is no such element or attribute. */
  read(frames: Frames): string | undefined;
  /** Frame and slot that hold it, for those who know where they were filled. */
  find(frames: Frames): Found | undefined;
}

/** Sets the frames of one element after the other and calls `visit`, which gives whether to stop. */
export type Walk = (frames: Frames, visit: () => boolean) => boolean;

export interface Group {
  readonly place: Place;
  readonly walk: Walk;
}

/** Turns paths into captures of the plan, and into the functions that read them back from frames. */
export interface References {
  readonly document: Place;
  text(place: Place, path: string): Reference;
  group(place: Place, path: string): Group;
  record(path: string): { readonly place: Place; readonly scope: number };
}

export function createReferences(builder: PlanBuilder, own: Readonly<Record<string, string>>): References {
  const namespaces = { ...predeclared, ...own };
  const document: Place = [{ step: builder.plan.root, scope: 0 }];

  function nameTest(name: PathName, path: Path, isAttribute: boolean): NameTest {
    if (name.prefix === undefined) return { uri: undefined, local: name.local };
    // A default namespace is one of elements only.
    if (name.prefix === "") return { uri: isAttribute ? "" : (namespaces[""] ?? ""), local: name.local };
    const uri = namespaces[name.prefix];
    if (uri === undefined)
      throw new DefinitionError("PATH_INVALID", `path "${path.source}": the mapping has no namespace "${name.prefix}"`);
    return { uri, local: name.local };
  }

  function start(place: Place, path: Path): Place {
    if (path.absolute) return document;
    // One step stays: paths never leave the record through its parent.
    if (path.up >= place.length)
      throw new DefinitionError("PATH_INVALID", `path "${path.source}": ".." leads out of the record`);
    return place.slice(0, place.length - path.up);
  }

  /** Follows the steps from number `from` on until one has predicates, or to the end. */
  function follow(place: Place, path: Path, from: number, until: number): { place: Place; index: number } {
    let at = place;
    let index = from;
    for (; index < until; index++) {
      const step = path.steps[index];
      if (step === undefined || step.predicates.length > 0) break;
      at = [...at, { step: builder.step(last(at).step, nameTest(step.name, path, false)), scope: undefined }];
    }
    return { place: at, index };
  }

  /** The frames of step number `index`, each occurrence of it that passes its predicates. */
  function openGroup(place: Place, path: Path, index: number): Group {
    const pathStep = path.steps[index];
    if (pathStep === undefined)
      throw new DefinitionError("PATH_INVALID", `path "${path.source}": expected an element to repeat`);
    const step = builder.step(last(place).step, nameTest(pathStep.name, path, false));
    const parent = innermostScope(place);
    const scope = builder.group(step, parent);
    const inner: Place = [...place, { step, scope }];
    const listSlot = builder.plan.scopes[scope]?.listSlot ?? -1;
    const tests = pathStep.predicates.map((predicate) => compileTest(inner, predicate));
    const walk: Walk = (frames, visit) => {
      const list = frames[parent]?.[listSlot] as Frame[] | undefined;
      if (list === undefined) return false;
      const passed = tests.map(() => 0);
      // An item may look at its neighbours, and then goes on with itself.
      const before = frames[scope];
      let stopped = false;
      for (let index = 0; index < list.length && !stopped; index++) {
        frames[scope] = list[index];
        stopped = tests.every((test, number) => test(frames, (passed[number] = (passed[number] ?? 0) + 1))) && visit();
      }
      frames[scope] = before;
      return stopped;
    };
    return { place: inner, walk };
  }

  function compileTest(place: Place, predicate: Predicate): (frames: Frames, position: number) => boolean {
    const { position, path, text, negated } = predicate;
    if (path === undefined) return (_, at) => at === position;
    const reference = capture(place, path, 0);
    if (text === undefined) return (frames) => reference.read(frames) !== undefined;
    return (frames) => {
      const found = reference.read(frames);
      return found !== undefined && (found.trim() === text) !== (negated === true);
    };
  }

  function capture(place: Place, path: Path, from: number): Reference {
    const { place: end, index } = follow(place, path, from, path.steps.length);
    if (index < path.steps.length) return through(openGroup(end, path, index), path, index);
    const scope = innermostScope(end);
    const { step } = last(end);
    const { slot } =
      path.attribute === undefined
        ? builder.text(step, scope)
        : builder.attribute(step, nameTest(path.attribute, path, true), scope);
    const attribute = path.attribute === undefined ? undefined : path.source.slice(path.source.lastIndexOf("@") + 1);
    return {
      path: path.source,
      direct: { scope, slot },
      read: (frames) => frames[scope]?.[slot] as string | undefined,
      find(frames) {
        const frame = frames[scope];
        return frame?.[slot] === undefined ? undefined : { frame, slot, attribute };
      },
    };
  }

  /** The text below the first occurrence of a group that has it. */
  function through(group: Group, path: Path, index: number): Reference {
    const inner = capture(group.place, path, index + 1);
    const firstOf = <Found>(frames: Frames, take: () => Found | undefined): Found | undefined => {
      let found: Found | undefined;
      group.walk(frames, () => (found = take()) !== undefined);
      return found;
    };
    return {
      path: path.source,
      read: (frames) => firstOf(frames, () => inner.read(frames)),
      find: (frames) => firstOf(frames, () => inner.find(frames)),
    };
  }

  return {
    document,
    text(place, source) {
      const path = parsePath(source);
      return capture(start(place, path), path, 0);
    },
    group(place, source) {
      const path = parsePath(source);
      if (path.attribute !== undefined)
        throw new DefinitionError("PATH_INVALID", `path "${source}": an attribute cannot be repeated`);
      return walkSteps(start(place, path), path, 0);
    },
    record(source) {
      const path = parsePath(source);
      if (!path.absolute || path.attribute !== undefined)
        throw new DefinitionError(
          "PATH_INVALID",
          `path "${source}": records need an absolute path of elements, such as /ORDERS/ORDER`,
        );
      if (path.steps.some((step) => step.predicates.length > 0))
        throw new DefinitionError("PATH_INVALID", `path "${source}": predicates are not allowed here, use "skip"`);
      const { place } = follow(document, path, 0, path.steps.length);
      const { step } = last(place);
      const scope = builder.record(step);
      return { place: [{ step, scope }], scope };
    },
  };

  function walkSteps(place: Place, path: Path, from: number): Group {
    const { place: end, index } = follow(place, path, from, path.steps.length - 1);
    const group = openGroup(end, path, index);
    if (index === path.steps.length - 1) return group;
    const inner = walkSteps(group.place, path, index + 1);
    return { place: inner.place, walk: (frames, visit) => group.walk(frames, () => inner.walk(frames, visit)) };
  }
}

function last(place: Place): Place[number] {
  const end = place.at(-1);
  if (end === undefined) throw new RangeError("a place has at least one step");
  return end;
}

function innermostScope(place: Place): number {
  return place.findLast((entry) => entry.scope !== undefined)?.scope ?? 0;
}
