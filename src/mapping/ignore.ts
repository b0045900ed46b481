import { type MappingData, pathList } from "./spec.ts";

/** `**\/@ref`: the attribute, however deep it stands. */
const ANYWHERE = "**/";

/** Tells places that a mapping leaves out on purpose, with what lies below them; paths are those of a document. */
export function ignoring(mapping: MappingData): (path: string) => boolean {
  const fold = (path: string): string => (mapping.ignoreCase === true ? bare(path).toLowerCase() : bare(path));
  const all = Object.keys(mapping.ignore ?? {});
  const anywhere = all.filter((path) => path.startsWith(ANYWHERE)).map((path) => fold(path.slice(2)));
  const ignored = all
    .filter((path) => !path.startsWith(ANYWHERE))
    .flatMap((path) =>
      path.startsWith("/") ? [fold(path)] : pathList(mapping.record).map((record) => fold(`${record}/${path}`)),
    );
  if (all.length === 0) return () => false;
  return (path) => {
    const place = fold(path);
    return (
      ignored.some((one) => place === one || place.startsWith(`${one}/`)) ||
      anywhere.some((one) => `${place}/`.includes(`${one}/`))
    );
  };
}

/** A path without prefixes and predicates, to be compared. */
function bare(path: string): string {
  return path.replace(/\[[^\]]*\]/g, "").replace(/(^|\/)(@?)[^/:@]+:/g, "$1$2");
}
