import type { Issue } from "../../errors.ts";
import type { Encoding } from "../../xml/charset.ts";
import type { Limits } from "../../xml/limits.ts";
import type { Attributes } from "../../xml/markup.ts";
import { splitName } from "../../xml/names.ts";
import type { Plan, PlanStep } from "../../xml/plan.ts";
import { createReader } from "../../xml/reader.ts";
import { createShapeStore, type Shape, type Shapes } from "../../xml/shape.ts";
import type { Cursor } from "../../xml/cursor.ts";
import { attributeData } from "../../xml/text.ts";
import { guessRecord, type Spot } from "./guess.ts";
import { fittingKinds, type ValueKind } from "./kinds.ts";

/** What stands at one place of a file's structure. */
export interface PathInfo {
  /** From the document, with the prefixes of the file: `/ORDERS/ORDER/CODE`, `/ORDERS/ORDER/@id`. */
  readonly path: string;
  /** Name without its prefix. */
  readonly name: string;
  /** URI of its namespace, `""` for none. */
  readonly namespace: string;
  readonly attribute: boolean;
  /** Occurrences in the file. */
  readonly count: number;
  /** Occurrences on average in one record; undefined outside of records. */
  readonly perRecord: number | undefined;
  /** Most occurrences below one parent: more than 1 is a list. */
  readonly atMost: number;
  /** Occurrences that hold text of their own. */
  readonly texts: number;
  /** Whether it has child elements. */
  readonly parent: boolean;
  /** The first three different texts, each cut to 60 characters. */
  readonly samples: readonly string[];
  /** What every text at this place can be read as. */
  readonly kinds: readonly ValueKind[];
}

/** What a file looks like. */
export interface Inspection {
  /** Name of the root element, with its prefix. */
  readonly root: string;
  readonly encoding: Encoding;
  /** Namespaces that the file declares. The same prefix can stand for several. */
  readonly namespaces: readonly { readonly prefix: string; readonly uri: string }[];
  /** Path of the element that most likely is one record; undefined if nothing looks like one. */
  readonly record: string | undefined;
  /** How many of them there are. */
  readonly records: number;
  /** Every distinct place, each parent before its children. */
  readonly paths: readonly PathInfo[];
  /** Whether the file has more distinct places than are listed. */
  readonly more: boolean;
  /** Damage, at which the inspection ended, and contradictions about the encoding. */
  readonly issues: readonly Issue[];
}

export interface InspectOptions {
  /** Name for locations in issues. */
  readonly file?: string | undefined;
  /** Encoding that is known from elsewhere; goes before the XML declaration. */
  readonly encoding?: Encoding | undefined;
  readonly limits?: Partial<Limits> | undefined;
}

/** Takes the bytes of one file as they come. */
export interface Inspector {
  /** @throws {@link XmlError} if the file is empty, an HTML page or no XML. */
  write(chunk: Uint8Array): void;
  /** @throws {@link XmlError} as {@link Inspector.write} does. */
  end(): Inspection;
}

/** Places remembered at most, so that a hostile file cannot take the memory. */
const PLACES = 20_000;
const SAMPLES = 3;
const SAMPLE_LENGTH = 60;

/** Learns the structure of any XML file, in memory that depends on the number of different paths only. */
export function createInspector(options: InspectOptions = {}): Inspector {
  const plan = anything();
  const store = createShapeStore(plan.root, false);
  let shapes: Shapes | undefined;
  const document = newSpot("", "", "", false, undefined);
  const byShape = new WeakMap<Shape, Spot>();
  const byPath = new Map<string, Spot>();
  const namespaces = new Map<string, { readonly prefix: string; readonly uri: string }>();
  const issues: Issue[] = [];
  let more = false;
  let open: { readonly place: Spot; text: string } | undefined;

  function place(parent: Spot, name: string, namespace: string, attribute: boolean): Spot | undefined {
    const path = `${parent.path}/${attribute ? "@" : ""}${name}`;
    const known = byPath.get(path);
    if (known !== undefined) return known;
    if (byPath.size >= PLACES) {
      more = true;
      return undefined;
    }
    const made = newSpot(path, splitName(name)?.local ?? name, namespace, attribute, parent);
    byPath.set(path, made);
    parent.children.push(made);
    return made;
  }

  function placeOf(shape: Shape): Spot | undefined {
    const known = byShape.get(shape);
    if (known !== undefined) return known;
    const parent = shape.parent?.parent === undefined ? document : placeOf(shape.parent);
    const name = shapes?.decodeName(shape.name) ?? shape.name;
    const found = parent && place(parent, name, shape.namespaces.get(splitName(name)?.prefix ?? "") ?? "", false);
    if (found !== undefined) byShape.set(shape, found);
    return found;
  }

  function closeText(): void {
    if (open !== undefined) note(open.place, open.text);
    open = undefined;
  }

  const ignore = (): void => undefined;
  const reader = createReader(
    plan,
    (encoding) => (shapes = store(encoding)),
    { record: ignore, damagedRecord: ignore, damagedFile: (issue) => issues.push(issue) },
    {
      ...options,
      doctype: "skip",
      observe: {
        element(w: Cursor, shape: Shape, attributes: Attributes) {
          closeText();
          for (const [prefix, uri] of attributes.declarations) namespaces.set(`${prefix} ${uri}`, { prefix, uri });
          const found = placeOf(shape);
          if (found === undefined) return;
          count(found);
          for (let index = 0; index < attributes.count; index++) {
            const name = shapes?.decodeName(attributes.names[index] ?? "") ?? "";
            if (name === "xmlns" || name.startsWith("xmlns:")) continue;
            const colon = name.indexOf(":");
            const uri = colon < 0 ? "" : (shape.namespaces.get(name.slice(0, colon)) ?? "");
            const attribute = place(found, name, uri, true);
            if (attribute === undefined) continue;
            count(attribute);
            note(attribute, attributeData(w, attributes.from[index] ?? 0, attributes.to[index] ?? 0));
          }
        },
        text(shape, text) {
          const found = placeOf(shape);
          if (found === undefined) return;
          if (open?.place !== found) {
            closeText();
            open = { place: found, text };
          } else if (open.text.length < SAMPLE_LENGTH) open.text += text;
        },
      },
    },
  );

  return {
    write: (chunk) => reader.write(chunk),
    end() {
      reader.end();
      closeText();
      const record = guessRecord(document);
      return {
        root: document.children[0]?.path.slice(1) ?? "",
        encoding: reader.encoding ?? "utf-8",
        namespaces: [...namespaces.values()],
        record: record?.path,
        records: record?.count ?? 0,
        paths: [...listed(document, record)],
        more,
        issues,
      };
    },
  };
}

/** A plan that knows every element, at any depth, and captures nothing that is looked at. */
function anything(): Plan {
  const test = { uri: undefined, local: undefined };
  const capture = { scope: 0, slot: 0, many: false };
  const step: PlanStep = {
    test,
    steps: [],
    captures: [],
    attributes: [{ test, capture }],
    groups: [],
    record: undefined,
  };
  step.steps.push(step);
  const root: PlanStep = { test, steps: [step], captures: [], attributes: [], groups: [], record: undefined };
  return { root, scopes: [{ parent: -1, listSlot: -1, size: 1 }], ignoreCase: false };
}

function newSpot(path: string, name: string, namespace: string, attribute: boolean, parent: Spot | undefined): Spot {
  return {
    path,
    name,
    namespace,
    attribute,
    parent,
    children: [],
    count: 0,
    atMost: 0,
    siblings: 0,
    within: -1,
    texts: 0,
    size: 0,
    samples: [],
    kinds: undefined,
  };
}

function count(place: Spot): void {
  place.count++;
  const within = place.parent?.count ?? 0;
  place.siblings = place.within === within ? place.siblings + 1 : 1;
  place.within = within;
  if (place.siblings > place.atMost) place.atMost = place.siblings;
}

function note(place: Spot, text: string): void {
  const value = text.trim();
  if (value === "") return;
  place.texts++;
  place.size += value.length;
  place.kinds = fittingKinds(value, place.kinds);
  if (place.samples.length >= SAMPLES) return;
  const sample = value.length > SAMPLE_LENGTH ? `${value.slice(0, SAMPLE_LENGTH - 1)}…` : value;
  if (!place.samples.includes(sample)) place.samples.push(sample);
}

function* listed(place: Spot, record: Spot | undefined, inside = false): Generator<PathInfo, void, undefined> {
  const within = inside || place === record;
  if (place.parent !== undefined) {
    const { path, name, namespace, attribute, count, atMost, texts, samples, kinds = [] } = place;
    const perRecord = within && record !== undefined ? Math.round((count / record.count) * 100) / 100 : undefined;
    const parent = place.children.some((child) => !child.attribute);
    yield { path, name, namespace, attribute, count, perRecord, atMost, texts, parent, samples, kinds };
  }
  const attributesFirst = [...place.children].sort((a, b) => Number(b.attribute) - Number(a.attribute));
  for (const child of attributesFirst) yield* listed(child, record, within);
}
