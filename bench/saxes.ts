import { SaxesParser } from "saxes";
import type { Open } from "./contenders.ts";
import { blankItem, blankOrder, itemFields, orderFields, type RawOrder } from "./fields.ts";

/** An element that something is wanted of. */
interface Wanted {
  readonly children: Map<string, Wanted>;
  key: string | undefined;
  is: "order" | "item" | undefined;
}

/** The fields as a tree of elements, walked along with the file: what one writes by hand to read with saxes. */
const root = element();
const order = below(root, "ORDERS/ORDER");
order.is = "order";
for (const [key, path] of Object.entries(orderFields)) below(order, path).key = key;
const item = below(order, "ORDER_ITEMS/ITEM");
item.is = "item";
for (const [key, path] of Object.entries(itemFields)) below(item, path).key = key;

function element(): Wanted {
  return { children: new Map(), key: undefined, is: undefined };
}

function below(from: Wanted, path: string): Wanted {
  let found = from;
  for (const name of path.split("/")) {
    let next = found.children.get(name);
    if (next === undefined) found.children.set(name, (next = element()));
    found = next;
  }
  return found;
}

export const openSaxes =
  (encoding: string): Open =>
  (emit) => {
    const parser = new SaxesParser({ position: false });
    const decoder = new TextDecoder(encoding, { fatal: true });
    const outer: Wanted[] = [];
    let current = root;
    /** Depth inside an element that nothing is wanted of. */
    let skipped = 0;
    let record: RawOrder = blankOrder();
    let target: Record<string, unknown> = record;
    let collected = "";

    parser.on("opentag", ({ name }) => {
      const next = skipped > 0 ? undefined : current.children.get(name);
      if (next === undefined) {
        skipped++;
        return;
      }
      outer.push(current);
      current = next;
      if (next.key !== undefined) collected = "";
      else if (next.is === "order") target = record = blankOrder();
      else if (next.is === "item") {
        const line = blankItem();
        record.items.push(line);
        target = line;
      }
    });
    const collect = (piece: string): void => {
      if (skipped === 0 && current.key !== undefined) collected += piece;
    };
    parser.on("text", collect);
    parser.on("cdata", collect);
    parser.on("closetag", () => {
      if (skipped > 0) {
        skipped--;
        return;
      }
      if (current.key !== undefined) target[current.key] = collected.trim();
      else if (current.is === "order") emit(record);
      else if (current.is === "item") target = record;
      current = outer.pop() ?? root;
    });
    parser.on("error", (error) => {
      throw error;
    });
    return {
      write: (chunk) => void parser.write(decoder.decode(chunk, { stream: true })),
      end: () => void parser.write(decoder.decode()).close(),
    };
  };
