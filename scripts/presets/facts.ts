/** What a mapping says besides its fields, one fact a line. */
import type { MappingData } from "../../src/index.ts";
import { alone } from "./conditions.ts";
import { code, literal, options, paths, pathsOf } from "./words.ts";

/** Records that the mapping skips, the day that decides VAT rates, and what its amounts must add up to. */
export function rulesOf({ skip = [], taxDate, totals }: MappingData): readonly string[] {
  return [
    ...skip.map(({ when, reason }) => `Skipped as "${reason}": where ${alone(when)}.`),
    ...(taxDate === undefined ? [] : [`VAT rates: those of the day at ${placesIn(taxDate).map(code).join(", ")}.`]),
    ...(totals === undefined ? [] : [`Amounts: ${options(totals)}.`]),
  ];
}

/** Every path in a node. */
function placesIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => (key === "path" ? pathsOf(child) : placesIn(child)));
}

export function namespacesOf({ namespaces = {} }: MappingData): readonly string[] {
  return Object.entries(namespaces).map(
    ([prefix, uri]) => `${prefix === "" ? "Names without a prefix" : `Prefix ${code(prefix)}`}: ${code(uri)}.`,
  );
}

/** The tables that the fields look into. */
export function lookupsOf({ lookups = {} }: MappingData): readonly string[] {
  return Object.entries(lookups).map(([name, { path, key, input }]) => {
    const source = input === undefined ? "of the document" : `of the input ${code(input)}, or else of the document`;
    return `Table ${code(name)}: entries ${paths(path)} ${source}, by their ${code(key)}.`;
  });
}

/** Texts that belong to no field, places with the same one together. */
export function fixedTexts({ document }: MappingData): readonly string[] {
  const places = new Map<string, string[]>();
  for (const [path, value] of Object.entries(document?.fixed ?? {})) {
    const text = literal(value);
    places.set(text, [...(places.get(text) ?? []), path]);
  }
  return [...places].map(([text, some]) => `Always ${text}: ${some.map(code).join(", ")}.`);
}
