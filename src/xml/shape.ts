import { characterTable, decodeByteText, encodeByteText, type Encoding } from "./charset.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import type { Capture, NameTest, PlanStep } from "./plan.ts";
import { type QualifiedName, splitName } from "./names.ts";

export const XML_URI = "http://www.w3.org/XML/1998/namespace";
export const XLINK_URI = "http://www.w3.org/1999/xlink";
export const SCHEMA_INSTANCE_URI = "http://www.w3.org/2001/XMLSchema-instance";
export const XMLNS_URI = "http://www.w3.org/2000/xmlns/";

/** Shapes remembered at most; a file with more distinct paths is read a little slower, not refused. */
const SHAPES = 20_000;

/** How often a shape may take a text for its usual one. */
const USUAL_TRIES = 16;

/**
 * Bytes to compare eight at a time, as floating point numbers: the widest that the engine compares without making
 * objects. Equal numbers are equal bytes, since text has no zero bytes, and what would be no number (NaN) equals
 * nothing and is read the slow way.
 */
export interface Pattern {
  readonly length: number;
  /** Its eights from the start, then the last eight bytes; empty if there are less than eight. */
  readonly eights: Float64Array;
  readonly count: number;
  readonly lastEight: number;
  /** The same for less than eight bytes: the first four, masked if there are less, and the last four. */
  readonly firstFour: number;
  readonly mask: number;
  readonly lastFour: number;
  /** Line ends in them, and where behind the last of them the line starts. */
  readonly lines: number;
  readonly lastLine: number;
}

/**
 * One place in the document's structure, learned when it is first met: which element, below which, and what the plan
 * wants of it. The next document of the same kind walks the same shapes, so that names are looked up once.
 */
export interface Shape {
  readonly name: string;
  readonly parent: Shape | undefined;
  readonly depth: number;
  /** `<NAME` */
  readonly open: Pattern;
  /** `</NAME>` */
  readonly close: Pattern;
  /** What is wrong with the name, if no declaration of the element's own mends it. */
  readonly problem: string | undefined;
  readonly namespaces: Namespaces;
  readonly steps: readonly PlanStep[];
  readonly captures: readonly Capture[];
  readonly groups: readonly number[];
  readonly attributes: readonly { readonly test: NameTest; readonly capture: Capture }[];
  /** Scope of the record that ends with this element; -1 if none does. */
  readonly record: number;
  /** Whether records are expected right below this element. */
  readonly holdsRecords: boolean;
  /** Nothing is wanted of this element: it only leads to others, if that. */
  readonly bare: boolean;
  /** The plan leads to the element around it, and knows nothing of this one. */
  readonly unknown: boolean;
  /** Number of the record in which it was last noted as unknown. */
  met: number;
  /** Records that had it since `counter` began to count here. */
  count: number;
  counter: PlaceCounter | undefined;
  /** Names of attributes that have been looked up: undefined for those that something asks for. */
  readonly named: Map<string, ForeignAttribute | undefined>;
  /** Slot and scope of its text, where that is all that is wanted; otherwise -1. */
  readonly leafSlot: number;
  readonly leafScope: number;
  /** Entering and leaving it does nothing but open frames. */
  readonly opens: boolean;
  /** `<NAME>`, `<NAME/>` and `</NAME>` with the white space that stood before them the last time. */
  lead: Pattern | undefined;
  hollow: Pattern | undefined;
  tail: Pattern | undefined;
  /** A text that it often has, with the closing tag behind it. */
  usual: { readonly bytes: Pattern; readonly text: string } | undefined;
  /** The text before this one, and how many more times a usual one may be looked for. */
  readonly repeats: { length: number; word: number; tries: number };
  readonly children: Map<string, Shape>;
  /** The same element with namespace declarations of its own. */
  readonly variants: Map<string, Shape>;
  /** The child that came first the last time, and the sibling that came next: the guess for this time. */
  first: Shape | undefined;
  next: Shape | undefined;
}

/** An attribute that nothing asks for, of an element that something is asked of. */
export interface ForeignAttribute {
  readonly shape: Shape;
  /** One character a byte. */
  readonly name: string;
  met: number;
  count: number;
  counter: PlaceCounter | undefined;
}

/** Counts for one document, in places that documents share. */
export interface PlaceCounter {
  /** Takes what was counted in a place, before another document counts there. */
  settle(place: Shape | ForeignAttribute): void;
}

/** Prefix to URI; `""` is the default namespace. */
export type Namespaces = ReadonlyMap<string, string>;

/** The learned structure of one plan. */
export interface Shapes {
  /** The document itself, above the root element. */
  readonly document: Shape;
  child(parent: Shape, name: string): Shape;
  /** The shape of the same element once its own `xmlns` attributes count. */
  declared(shape: Shape, declarations: readonly (readonly [prefix: string, uri: string])[]): Shape;
  /** Names are held one character a byte; this gives their text. */
  readonly decodeName: (name: string) => string;
  encodeName(name: string): string;
}

/** The learned structures of one plan, one for each encoding and each bound that a name is held to once. */
export type ShapeStore = (encoding: Encoding, limits?: Pick<Limits, "depth" | "name">) => Shapes;

export function createShapeStore(root: PlanStep, ignoreCase: boolean): ShapeStore {
  const known = new Map<string, Shapes>();
  return (encoding, { depth, name } = defaultLimits) => {
    const key = `${encoding} ${depth} ${name}`;
    let shapes = known.get(key);
    if (shapes === undefined) {
      shapes = learnShapes(root, ignoreCase, encoding);
      known.set(key, shapes);
    }
    return shapes;
  };
}

function learnShapes(root: PlanStep, ignoreCase: boolean, encoding: Encoding): Shapes {
  const decodeName = (bytes: string): string => decodeByteText(encoding, bytes);
  let count = 0;
  const document = makeShape("", undefined, new Map([["xml", XML_URI]]), [root]);

  function makeShape(
    name: string,
    parent: Shape | undefined,
    namespaces: Namespaces,
    steps: PlanStep[],
    problem?: string,
  ): Shape {
    const captures = steps.flatMap((step) => step.captures);
    const attributes = steps.flatMap((step) => step.attributes);
    const groups = steps.flatMap((step) => step.groups);
    const holdsRecords = steps.some((step) => step.steps.some((next) => next.record !== undefined));
    const depth = parent === undefined ? 0 : parent.depth + 1;
    const plain = groups.length === 0 && !holdsRecords && problem === undefined && depth > 1;
    const [only, ...others] = captures;
    const leaf = plain && only !== undefined && others.length === 0 && !only.many ? only : undefined;
    return {
      name,
      parent,
      depth,
      open: pattern(`<${name}`),
      close: pattern(`</${name}>`),
      problem,
      namespaces,
      steps,
      captures,
      groups,
      attributes,
      record: steps.find((step) => step.record !== undefined)?.record ?? -1,
      holdsRecords,
      opens:
        problem === undefined &&
        depth > 1 &&
        !holdsRecords &&
        captures.length === 0 &&
        attributes.length === 0 &&
        steps.every((step) => step.record === undefined),
      lead: undefined,
      hollow: undefined,
      usual: undefined,
      repeats: { length: -1, word: 0, tries: USUAL_TRIES },
      tail: undefined,
      // What is inside of a text that is asked for belongs to that text.
      unknown: steps.length === 0 && parent !== undefined && parent.steps.length > 0 && parent.captures.length === 0,
      met: 0,
      count: 0,
      counter: undefined,
      named: new Map(),
      bare: plain && captures.length === 0 && attributes.length === 0,
      leafSlot: leaf?.slot ?? -1,
      leafScope: leaf?.scope ?? -1,
      children: new Map(),
      variants: new Map(),
      first: undefined,
      next: undefined,
    };
  }

  function build(parent: Shape, name: string, namespaces: Namespaces): Shape {
    const decoded = decodeName(name);
    const parts = splitName(decoded);
    const uri = parts === undefined ? undefined : namespaces.get(parts.prefix);
    const steps = parts === undefined ? [] : matchingSteps(parent, { uri: uri ?? "", local: parts.local });
    return makeShape(name, parent, namespaces, steps, nameProblem(decoded, parts, uri));
  }

  function matchingSteps(parent: Shape, name: { uri: string; local: string }): PlanStep[] {
    return parent.steps.flatMap((step) =>
      step.steps.filter((next) => passes(next.test, name.uri, name.local, ignoreCase)),
    );
  }

  return {
    document,
    decodeName,
    encodeName: (name) => encodeByteText(characterTable(encoding), name),
    child(parent, name) {
      let shape = parent.children.get(name);
      if (shape === undefined) {
        shape = build(parent, name, parent.namespaces);
        if (count++ < SHAPES) parent.children.set(name, shape);
      }
      return shape;
    },
    declared(shape, declarations) {
      const key = declarations.map(([prefix, uri]) => `${prefix}=${uri}`).join("\0");
      let variant = shape.variants.get(key);
      if (variant === undefined) {
        variant = build(shape.parent ?? document, shape.name, new Map([...shape.namespaces, ...declarations]));
        // Namespaces take memory of their own, so they count more.
        const cost = 1 + (variant.namespaces.size >> 3) + (key.length >> 8);
        if (count + cost <= SHAPES) {
          count += cost;
          shape.variants.set(key, variant);
        }
      }
      return variant;
    },
  };
}

/** Whether a name passes a test; tests are in lower case where letter case does not count. */
export function passes(test: NameTest, uri: string, local: string, ignoreCase: boolean): boolean {
  return (
    (test.uri === undefined || test.uri === uri) &&
    (test.local === undefined || test.local === local || (ignoreCase && test.local === local.toLowerCase()))
  );
}

/** `/ORDERS/ORDER[3]/CODE`; `position` numbers, from 1, the elements that can be repeated. */
export function elementPath(
  shape: Shape,
  decodeName: Shapes["decodeName"],
  position: (shape: Shape) => number | undefined,
): string {
  if (shape.parent === undefined) return "";
  const index = position(shape);
  return `${elementPath(shape.parent, decodeName, position)}/${decodeName(shape.name)}${index === undefined ? "" : `[${index}]`}`;
}

function nameProblem(name: string, parts: QualifiedName | undefined, uri: string | undefined): string | undefined {
  if (parts === undefined) return `"${name}" is not a name`;
  if (parts.prefix === "xmlns") return 'the prefix "xmlns" is reserved';
  return parts.prefix !== "" && (uri === undefined || uri === "")
    ? `the prefix "${parts.prefix}" is not declared`
    : undefined;
}

/**
 * Whether the bytes at a position are those of the pattern. Reads past the end of the window by up to the pattern's
 * length, where zeros match nothing: for patterns of at most {@link LEARNED_BYTES}, or with the end checked before.
 */
export function matches(view: DataView, pattern: Pattern, at: number): boolean {
  const { count, length } = pattern;
  if (count === 0)
    return (
      ((view.getInt32(at, true) ^ pattern.firstFour) & pattern.mask) === 0 &&
      (length < 4 || view.getInt32(at + length - 4, true) === pattern.lastFour)
    );
  const { eights } = pattern;
  for (let index = 0, from = at; index < count; index++, from += 8)
    if (view.getFloat64(from, true) !== eights[index]) return false;
  return view.getFloat64(at + length - 8, true) === pattern.lastEight;
}

/** Patterns are all made here, so that they look the same to the engine: comparing them is the innermost loop of reading. */
export function pattern(text: string): Pattern {
  const { length } = text;
  const view = new DataView(new ArrayBuffer(Math.max(8, length)));
  for (let index = 0; index < length; index++) view.setUint8(index, text.charCodeAt(index));
  const count = length >> 3;
  return {
    length,
    eights: Float64Array.from({ length: count }, (_, index) => view.getFloat64(index * 8, true)),
    count,
    lastEight: count === 0 ? 0 : view.getFloat64(length - 8, true),
    firstFour: view.getInt32(0, true),
    mask: length >= 4 ? -1 : (1 << (8 * length)) - 1,
    lastFour: length < 4 ? 0 : view.getInt32(length - 4, true),
    lines: text.split("\n").length - 1,
    lastLine: text.lastIndexOf("\n") + 1,
  };
}
