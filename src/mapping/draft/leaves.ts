import type { PathInfo } from "./inspect.ts";
import { fold, synonyms } from "./synonyms.ts";

/** A place that can hold a value, and what its names say. */
export interface Leaf {
  readonly info: PathInfo;
  /** From the record or item, as a mapping writes it. */
  readonly path: string;
  /** Its name, and its name behind those of the elements around it, as {@link fold} makes them. */
  readonly keys: readonly string[];
  /** Whose address it is part of. */
  readonly owner: "billing" | "shipping" | undefined;
  /** Names that a part of an address can have. */
  readonly parts: readonly string[];
}

/** How a mapping writes the names of a file. */
export interface Names {
  /** Prefix to URI, as far as each prefix stands for one. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** A path from the document. */
  path(path: string): string;
  /** The part of a path behind another one. */
  relative(path: string, from: string): string;
}

export function createNames(paths: readonly PathInfo[]): Names {
  const uris = new Map<string, Set<string>>();
  for (const { path, namespace, attribute } of paths) {
    const prefix = prefixOf(path.slice(path.lastIndexOf("/") + 1));
    if (attribute && prefix === "") continue;
    const known = uris.get(prefix);
    if (known === undefined) uris.set(prefix, new Set([namespace]));
    else known.add(namespace);
  }
  const namespaces: Record<string, string> = {};
  for (const [prefix, [uri = "", ...others]] of uris) if (others.length === 0 && uri !== "") namespaces[prefix] = uri;
  const written = (name: string): string => {
    const prefix = prefixOf(name);
    return !name.startsWith("@") && (uris.get(prefix)?.size ?? 0) > 1 ? `*:${name.slice(name.indexOf(":") + 1)}` : name;
  };
  const write = (path: string): string => path.split("/").map(written).join("/");
  return { namespaces, path: write, relative: (path, from) => write(path.slice(from.length + 1)) };
}

function prefixOf(name: string): string {
  return name.includes(":") ? name.slice(name.startsWith("@") ? 1 : 0, name.indexOf(":")) : "";
}

/** The places below `from` that can hold a value, but for those in lists. */
export function leavesBelow(paths: readonly PathInfo[], from: string, names: Names, list?: string): Leaf[] {
  const below = paths.filter(({ path }) => path.startsWith(`${from}/`));
  const lists = below.filter(({ atMost, attribute }) => atMost > 1 && !attribute).map(({ path }) => path);
  const inList = (path: string): boolean =>
    [...lists, ...(list === undefined ? [] : [list])].some((one) => path === one || path.startsWith(`${one}/`));
  const raw = below
    .filter(({ path, parent, texts }) => (!parent || texts > 0) && !inList(path))
    .map((info) => ({
      info,
      segments: info.path
        .slice(from.length + 1)
        .split("/")
        .map(localName),
    }));
  const all = raw.map(({ segments }) => segments.join("/"));
  return raw.map(({ info, segments }) => {
    const { owner, parts } = addressOf(segments, all);
    return { info, path: names.relative(info.path, from), keys: keysOf(segments), owner, parts };
  });
}

function localName(segment: string): string {
  return fold(segment.slice(segment.lastIndexOf(":") + 1));
}

/** `payment/name` → `paymentname`; a name alone counts only where nothing but neutral elements are around it. */
function keysOf(segments: readonly string[]): string[] {
  const name = segments.at(-1) ?? "";
  const around = segments.slice(0, -1).filter((segment) => !synonyms.neutral.includes(segment));
  const keys = around.map((_, index) => around.slice(index).join("") + name);
  return around.length === 0 ? [name] : keys;
}

function addressOf(segments: readonly string[], all: readonly string[]): Pick<Leaf, "owner" | "parts"> {
  const { billing, shipping, party, neutral } = synonyms;
  const name = segments.at(-1) ?? "";
  const around = segments.slice(0, -1);
  const prefixed = prefixedPart(name, segments.slice(0, -1).join("/"), all);
  const inner = around.filter((segment) => !neutral.includes(segment)).at(-1) ?? "";
  for (let index = around.length - 1; index >= 0; index--) {
    const segment = around[index] ?? "";
    const parts = [name, inner + name, ...(inner === segment ? [] : [inner])];
    if (shipping.includes(segment) && holdsAddress(around.slice(0, index + 1).join("/"), all))
      return { owner: "shipping", parts };
    if (billing.includes(segment)) return { owner: "billing", parts };
    if (party.includes(segment)) return prefixed ?? { owner: "billing", parts };
  }
  if (prefixed !== undefined) return prefixed;
  return around.every((segment) => neutral.includes(segment))
    ? { owner: "billing", parts: [name] }
    : { owner: undefined, parts: [] };
}

/** `billing_city` → the city of the billing address. */
function prefixedPart(name: string, around: string, all: readonly string[]): Pick<Leaf, "owner" | "parts"> | undefined {
  const known = Object.values(synonyms.address).flat();
  for (const owner of ["shipping", "billing"] as const) {
    const words = [...synonyms[owner], ...(owner === "billing" ? synonyms.party : [])].sort(
      (a, b) => b.length - a.length,
    );
    for (const word of words) {
      if (!name.startsWith(word) || name === word) continue;
      const rest = name.slice(word.length);
      if (!known.includes(rest)) continue;
      const before = around === "" ? "" : `${around}/`;
      // "shippingname" is the carrier unless there is a city to be shipped to.
      if (owner === "shipping" && !all.some((path) => places.some((place) => path === `${before}${word}${place}`)))
        continue;
      return { owner, parts: [rest] };
    }
  }
  return undefined;
}

const places = [
  ...(synonyms.address["city"] ?? []),
  ...(synonyms.address["street"] ?? []),
  ...(synonyms.address["zip"] ?? []),
];

function holdsAddress(container: string, all: readonly string[]): boolean {
  return all.some((path) => path.startsWith(`${container}/`) && places.includes(path.slice(path.lastIndexOf("/") + 1)));
}
