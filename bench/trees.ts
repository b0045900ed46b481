import { XMLParser } from "fast-xml-parser";
import type { Reader } from "./contenders.ts";
import { decoded } from "./decoded.ts";
import { fromTree } from "./fields.ts";
import type { FileEncoding } from "./generate.ts";

/** What parsers that build objects give for an element. */
export type Tree = string | number | { readonly [name: string]: Tree | readonly Tree[] } | undefined;

export const child = (node: Tree, name: string): Tree => (typeof node === "object" ? (node[name] as Tree) : undefined);
export const list = (node: Tree, name: string): readonly Tree[] => [child(node, name) ?? []].flat();

/** `textKey` is where an element that has attributes keeps its text. */
export const rawOrders = (textKey: string) =>
  fromTree<Tree>({
    child,
    text: (node) => String((typeof node === "object" ? (node[textKey] as string | undefined) : node) ?? "").trim(),
    list,
  });

/** So that `00123`, `+420…` and `&#215;` come out right; the defaults lose them. */
export const EXACT = {
  parseTagValue: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
};

/** The orders of a file as trees. The parser is kept, as our mapping is. */
export function orderTrees(options: object, encoding: FileEncoding): (bytes: Buffer) => readonly Tree[] {
  const parser = new XMLParser(options);
  return (bytes) => list(child(parser.parse(decoded(bytes, encoding)) as Tree, "ORDERS"), "ORDER");
}

export function fastXmlParser(options: object, encoding: FileEncoding): Reader {
  const trees = orderTrees(options, encoding);
  const raw = rawOrders("#text");
  return {
    whole(bytes, emit) {
      for (const tree of trees(bytes)) emit(raw(tree));
    },
  };
}
