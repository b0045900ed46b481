import {
  absent,
  boolean,
  code,
  concat,
  constant,
  date,
  dateTime,
  decimal,
  each,
  exists,
  first,
  has,
  integer,
  type MappingData,
  oneOf,
  parts,
  readOnly,
  split,
  text,
  vatRate,
  when,
  writeOnly,
} from "propojka";
import fc from "fast-check";
import { mappingOf, type MappingChanges, values } from "../reading.ts";

/** A part of a mapping, and the values that it can hold. */
interface Part {
  readonly spec: object;
  readonly value: fc.Arbitrary<unknown>;
  /** Further fields of the object around it. */
  readonly beside?: Readonly<Record<string, Part>>;
}

/** Makes a part; every name of elements in it starts with `name`, which nothing around it has. */
type Make = (name: string) => Part;

const AWKWARD = fc.constantFrom(
  "&",
  "<",
  "]]>",
  '"',
  "\r",
  "\n",
  "\t",
  " ",
  "ř",
  "я",
  "😀",
  "&amp;",
  "\u0085",
  "0",
  "a",
);

/** Texts that a mapping holds: trimmed, and not blank. */
export const heldText: fc.Arbitrary<string> = fc
  .oneof(
    fc.array(AWKWARD, { minLength: 1, maxLength: 8 }).map((pieces) => pieces.join("")),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 8 }),
  )
  .map((one) =>
    Array.from(one, (character) =>
      /[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(character) ? character : "?",
    )
      .join("")
      .trim(),
  )
  .filter((one) => one !== "");

export const heldDecimal: fc.Arbitrary<string> = fc
  .tuple(
    fc.bigInt({ min: -999_999n, max: 999_999n }),
    fc.option(fc.string({ unit: fc.constantFrom("0", "1", "5", "9"), minLength: 1, maxLength: 4 })),
  )
  .map(([whole, fraction]) => (fraction === null ? String(whole) : `${whole}.${fraction}`));

const day = fc
  .date({ min: new Date("2000-01-01"), max: new Date("2035-12-31"), noInvalidDate: true })
  .map((moment) => moment.toISOString().slice(0, 10));

export const word: fc.Arbitrary<string> = fc.string({
  unit: fc.constantFrom("a", "B", "0", "-", "ž"),
  minLength: 1,
  maxLength: 5,
});

interface LeafKind {
  readonly make: (path: string | string[], options: object) => object;
  readonly value: fc.Arbitrary<unknown>;
}

const leafKinds: readonly LeafKind[] = [
  { make: text, value: heldText },
  { make: (path, options) => text(path, { ...options, cdata: true }), value: heldText },
  { make: code, value: word },
  { make: decimal, value: heldDecimal },
  { make: (path, options) => decimal(path, { ...options, separator: ",", thousands: "." }), value: heldDecimal },
  { make: integer, value: fc.bigInt().map(String) },
  { make: boolean, value: fc.boolean() },
  { make: (path, options) => date(path, { ...options, formats: ["d. M. yyyy"] }), value: day },
  { make: dateTime, value: day.map((one) => `${one}T18:22:09+01:00`) },
  {
    make: (path, options) => oneOf(path, { nové: "new", "bazar & spol.": "used" }, options),
    value: fc.constantFrom("new", "used"),
  },
  {
    make: (path, options) => vatRate(path, { ...options, notation: "fraction" }),
    value: fc.constantFrom("21", "12", "0", "15.5"),
  },
  {
    make: (path, options) => parts(path, " > ", { a: code("."), b: decimal(".") }, options),
    value: fc.record({ a: word, b: heldDecimal }),
  },
];

const paths: readonly ((name: string) => string | string[])[] = [
  (name) => name,
  (name) => `${name}/DEEP/IN`,
  (name) => `@${name}`,
  (name) => `${name}/@attribute`,
  (name) => `SHARED/${name}`,
  (name) => `SHARED/@${name}`,
  (name) => `PARAM[NAME='${name} & "co"']/VALUE`,
  (name) => `TEXT[@key='${name}' and @lang='cs']/IN`,
  (name) => `g:SHARED/g:${name}`,
  (name) => `${name}/@g:attribute`,
  (name) => [name, `OLD_${name}`],
];

const leaf: fc.Arbitrary<Make> = fc
  .record({ kind: fc.constantFrom(...leafKinds), path: fc.constantFrom(...paths) })
  .map(({ kind, path }) => (name) => ({ spec: kind.make(path(name), {}), value: kind.value }));

const splitText: fc.Arbitrary<Make> = fc.constantFrom<Make>(
  (name) => ({ spec: split(name, ";"), value: fc.array(word, { minLength: 1, maxLength: 3 }) }),
  (name) => ({
    spec: split(`${name}/@list`, "|", parts(".", ":", { a: code("."), b: text(".") })),
    value: fc.array(fc.record({ a: word, b: word }), { minLength: 1, maxLength: 3 }),
  }),
);

const simpleList: fc.Arbitrary<Make> = fc.constantFrom(...leafKinds).map((kind) => (name) => ({
  spec: each(`${name}/ITEM`, kind.make(".", {}) as never),
  value: fc.array(kind.value, { minLength: 1, maxLength: 3 }),
}));

const choices: fc.Arbitrary<Make> = fc.constantFrom<Make>(
  (name) => ({
    spec: when(has(`${name}_flag`), text(`${name}_A`), text(`${name}_B`)),
    value: heldText,
    beside: { [`${name}_flag`]: { spec: text(`${name}_FLAG`), value: heldText } },
  }),
  (name) => ({ spec: first(text(`${name}_A`), text(`${name}_B`)), value: heldText }),
  (name) => ({ spec: when(exists(`${name}_A`), text(`${name}_A`), text(`${name}_B`)), value: heldText }),
  (name) => ({ spec: readOnly(text(`${name}[2]/*`)), value: fc.constant(undefined) }),
);

/** An object whose field `first` is always there, so that an item of a list is never nothing. */
function objectOf(makes: readonly Make[], name: string): Part {
  const own: Record<string, Part> = { first: { spec: text(`${name}_FIRST`), value: heldText } };
  for (const [index, make] of makes.entries()) {
    const { beside = {}, ...part } = make(`${name}_${index}`);
    Object.assign(own, { [`f${index}`]: part }, beside);
  }
  const specs = Object.fromEntries(Object.entries(own).map(([key, { spec }]) => [key, spec]));
  const model = Object.fromEntries(Object.entries(own).map(([key, { value }]) => [key, value]));
  const value = fc
    .record(model, { requiredKeys: ["first"] })
    .map((record) => Object.fromEntries(Object.entries(record).filter(([, one]) => one !== undefined)));
  return { spec: specs, value };
}

/** Lists whose items stand in several places. */
function dealt({ spec, value }: Part, name: string): Part {
  const item = value as fc.Arbitrary<object>;
  const ofConstant = fc.record({ list: fc.constant("constant & co"), first: heldText });
  return {
    spec: concat(
      values({ list: absent(), ...spec }),
      when(exists(`${name}_C`), values({ list: constant("constant & co"), first: text(`${name}_C`) })),
      each(`${name}_LIST/ITEM`, values({ list: text("@list"), ...spec }) as never),
    ),
    value: fc
      .tuple(
        fc.option(item, { nil: undefined }),
        fc.option(ofConstant, { nil: undefined }),
        fc.array(
          fc.tuple(word, item).map(([list, one]) => ({ list, ...one })),
          { maxLength: 3 },
        ),
      )
      .map(([one, other, items]) => [one, other, ...items].filter((each) => each !== undefined))
      .filter((list) => list.length > 0),
  };
}

const { node } = fc.letrec<{ node: Make }>((tie) => {
  const makes = fc.array(tie("node"), { maxLength: 3, depthIdentifier: "mapping" });
  return {
    node: fc.oneof(
      { depthSize: "small", maxDepth: 3, depthIdentifier: "mapping" },
      { weight: 6, arbitrary: leaf },
      { weight: 1, arbitrary: splitText },
      { weight: 1, arbitrary: simpleList },
      { weight: 2, arbitrary: choices },
      { weight: 2, arbitrary: makes.map((inner) => (name: string) => objectOf(inner, name)) },
      {
        weight: 2,
        arbitrary: makes.map((inner) => (name: string) => {
          const { spec, value } = objectOf(inner, name);
          return { spec: each(`${name}_I`, spec as never), value: fc.array(value, { minLength: 1, maxLength: 3 }) };
        }),
      },
      { weight: 1, arbitrary: makes.map((inner) => (name: string) => dealt(objectOf(inner, name), name)) },
    ),
  };
});

export interface Generated {
  readonly mapping: MappingData;
  readonly records: readonly object[];
}

const changes: fc.Arbitrary<MappingChanges> = fc.record({
  namespaces: fc.constantFrom<Record<string, string>>({ g: "urn:g" }, { g: "urn:g", "": "urn:default" }),
  record: fc.constantFrom("/S/R", "/S/LIST/g:R", "/g:S/g:R"),
  document: fc.record({
    fixed: fc.constantFrom<Record<string, string>>({}, { TYPE: "x", "@version": "1 & 2", "/S/@a": "b" }),
    order: fc.shuffledSubarray([
      "SHARED",
      "N_0",
      "N_1",
      "N_2",
      "N_FIRST",
      "PARAM",
      "PARAM/VALUE",
      "SHARED/N_1",
      "TYPE",
    ]),
  }),
});

/** Mappings of all kinds of nodes, with records that they hold. */
export const generated: fc.Arbitrary<Generated> = fc
  .tuple(fc.array(node, { maxLength: 6 }), changes)
  .chain(([makes, { document, ...rest }]) => {
    const { spec, value } = objectOf(makes, "N");
    const isOfS = rest.record !== "/g:S/g:R";
    const fixed = Object.entries(document?.fixed ?? {}).filter(([path]) => isOfS || !path.startsWith("/S"));
    const fields = { ...spec, only: writeOnly(text("ONLY")) };
    const mapping = mappingOf(fields, { ...rest, document: { ...document, fixed: Object.fromEntries(fixed) } });
    return fc.array(value, { maxLength: 3 }).map((records) => ({ mapping, records: records as object[] }));
  });

/** Without the lists and objects that hold nothing: a file does not tell them from none. No generated item holds nothing. */
export function held(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(held).filter((one) => !isNothing(one));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, held(one)] as const);
  return Object.fromEntries(entries.filter(([, one]) => !isNothing(one)));
}

function isNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}
