import { type MappingData, pathList } from "./spec.ts";

/** Tells places that a mapping leaves out on purpose, with what lies below them; paths are those of a document. */
export function ignoring(mapping: MappingData): (path: string) => boolean {
  const fold = (path: string): string => (mapping.ignoreCase === true ? bare(path).toLowerCase() : bare(path));
  const ignored = Object.keys(mapping.ignore ?? {}).flatMap((path) =>
    path.startsWith("/") ? [fold(path)] : pathList(mapping.record).map((record) => fold(`${record}/${path}`)),
  );
  if (ignored.length === 0) return () => false;
  return (path) => {
    const place = fold(path);
    return ignored.some((one) => place === one || place.startsWith(`${one}/`));
  };
}

/** A path without prefixes and predicates, to be compared. */
function bare(path: string): string {
  return path.replace(/\[[^\]]*\]/g, "").replace(/(^|\/)(@?)[^/:@]+:/g, "$1$2");
}
