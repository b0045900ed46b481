import { Parser } from "xml2js";
import type { Reader } from "./contenders.ts";
import { decoded } from "./decoded.ts";
import type { FileEncoding } from "./generate.ts";
import { child, list, rawOrders, type Tree } from "./trees.ts";

export function xml2js(encoding: FileEncoding): Reader {
  const raw = rawOrders("_");
  return {
    whole(bytes, emit) {
      const parser = new Parser({ explicitArray: false, async: false });
      parser.parseString(decoded(bytes, encoding), (error: Error | null, result: Tree) => {
        if (error !== null) throw error;
        for (const tree of list(child(result, "ORDERS"), "ORDER")) emit(raw(tree));
      });
    },
  };
}
