import { transform } from "camaro";
import { XMLParser } from "fast-xml-parser";
import { SaxesParser } from "saxes";
import xml2js from "xml2js";
import { shoptet } from "../presets/shoptet/preset.ts";
import { type Order, orderSchema, reconcile } from "../src/index.ts";
import { fromTree, itemFields, orderFields, type RawOrder } from "./fields.ts";
import { type Contender, inPieces, own } from "./own.ts";
import { orderOfTree } from "./whole.ts";

// ── fast-xml-parser ─────────────────────────────────────────────────────────────────────────────────────────────────

type Tree = string | number | { readonly [name: string]: Tree | readonly Tree[] } | undefined;

const child = (node: Tree, name: string): Tree => (typeof node === "object" ? (node[name] as Tree) : undefined);
const list = (node: Tree, name: string): readonly Tree[] => [child(node, name) ?? []].flat();
const treeText =
  (key: string) =>
  (node: Tree): string =>
    String(typeof node === "object" ? ((node[key] as string | undefined) ?? "") : (node ?? "")).trim();

/** So that `00123`, `+420…` and `&#215;` come out right; the defaults lose them. */
const EXACT = {
  parseTagValue: false,
  htmlEntities: true,
  processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity },
};

const fxp = (options: object): ((bytes: Buffer) => readonly Tree[]) => {
  return (bytes) => list(child(new XMLParser(options).parse(bytes.toString("utf8")) as Tree, "ORDERS"), "ORDER");
};
const fxpRaw = fromTree<Tree>({ child, text: treeText("#text"), list });

// ── saxes ───────────────────────────────────────────────────────────────────────────────────────────────────────────

interface Wanted {
  readonly kids: Map<string, Wanted>;
  key?: string;
  isItem?: boolean;
}

function wantedTree(): Wanted {
  const root: Wanted = { kids: new Map() };
  const at = (from: Wanted, path: string): Wanted =>
    path.split("/").reduce((node, name) => {
      let next = node.kids.get(name);
      if (next === undefined) node.kids.set(name, (next = { kids: new Map() }));
      return next;
    }, from);
  for (const [key, path] of Object.entries(orderFields)) at(root, path).key = key;
  const item = at(root, "ORDER_ITEMS/ITEM");
  item.isItem = true;
  for (const [key, path] of Object.entries(itemFields)) at(item, path).key = key;
  return root;
}

const wanted = wantedTree();
const blankOrder = (): RawOrder => ({
  ...Object.fromEntries(Object.keys(orderFields).map((key) => [key, ""])),
  items: [],
});
const blankItem = (): Record<string, string> => Object.fromEntries(Object.keys(itemFields).map((key) => [key, ""]));

const openSaxes: NonNullable<Contender["open"]> = (emit) => {
  const parser = new SaxesParser({ position: false });
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const stack: Wanted[] = [];
  let depth = 0;
  let skipped = 0;
  let order: RawOrder | undefined;
  let target: Record<string, unknown> = {};
  let current = wanted;
  let collected = "";
  parser.on("opentag", ({ name }) => {
    depth++;
    if (depth === 2 && name === "ORDER") {
      target = order = blankOrder();
      current = wanted;
      return;
    }
    if (order === undefined) return;
    const next = skipped > 0 ? undefined : current.kids.get(name);
    if (next === undefined) {
      skipped++;
      return;
    }
    stack.push(current);
    current = next;
    if (next.isItem === true) {
      const item = blankItem();
      order.items.push(item);
      target = item;
    }
    collected = "";
  });
  const add = (piece: string): void => {
    if (skipped === 0 && current.key !== undefined) collected += piece;
  };
  parser.on("text", add);
  parser.on("cdata", add);
  parser.on("closetag", () => {
    depth--;
    if (order === undefined) return;
    if (depth === 1) {
      emit(order);
      order = undefined;
      return;
    }
    if (skipped > 0) {
      skipped--;
      return;
    }
    if (current.key !== undefined) target[current.key] = collected.trim();
    else if (current.isItem === true) target = order;
    current = stack.pop() ?? wanted;
  });
  parser.on("error", (error) => {
    throw error;
  });
  return {
    write: (chunk) => void parser.write(decoder.decode(chunk, { stream: true })),
    end: () => void parser.write(decoder.decode()).close(),
  };
};

// ── camaro, xml2js ──────────────────────────────────────────────────────────────────────────────────────────────────

const camaroTemplate = {
  orders: [
    "/ORDERS/ORDER",
    {
      ...Object.fromEntries(Object.entries(orderFields).map(([key, path]) => [key, path])),
      items: ["ORDER_ITEMS/ITEM", Object.fromEntries(Object.entries(itemFields).map(([key, path]) => [key, path]))],
    },
  ],
};
const xml2jsRaw = fromTree<Tree>({ child, text: treeText("_"), list });

export const contenders: readonly Contender[] = [
  ...own.filter(({ work }) => work === "raw"),
  {
    name: "fast-xml-parser",
    work: "raw",
    remark: "default options: codes lose leading zeros, numeric references stay as they are; checks nearly nothing",
    run(bytes, emit) {
      for (const order of fxp({})(bytes)) emit(fxpRaw(order));
    },
  },
  {
    name: "fast-xml-parser, exact text",
    work: "raw",
    run(bytes, emit) {
      for (const order of fxp(EXACT)(bytes)) emit(fxpRaw(order));
    },
  },
  { name: "saxes, compiled mapping", work: "raw", open: openSaxes, run: inPieces(openSaxes) },
  {
    name: "camaro",
    work: "raw",
    remark: "WebAssembly; whole file in memory; drops text behind CDATA or a comment; checks little",
    async run(bytes, emit) {
      const { orders } = (await transform(bytes.toString("utf8"), camaroTemplate)) as { orders: unknown[] };
      for (const order of orders) emit(order);
    },
  },
  {
    name: "xml2js",
    work: "raw",
    run(bytes, emit) {
      new xml2js.Parser({ explicitArray: false, async: false }).parseString(
        bytes.toString("utf8"),
        (error: Error | null, result: Tree) => {
          if (error !== null) throw error;
          for (const order of list(child(result, "ORDERS"), "ORDER")) emit(xml2jsRaw(order));
        },
      );
    },
  },
  ...own.filter(({ work }) => work === "whole"),
  {
    name: "fast-xml-parser + zod",
    work: "whole",
    run(bytes, emit) {
      for (const tree of fxp(EXACT)(bytes)) {
        const parsed = orderSchema.safeParse(orderOfTree(tree as never));
        if (!parsed.success) throw parsed.error;
        const { order, issues } = reconcile<Order>(parsed.data, shoptet.feeds.orders.mapping.totals ?? never(), {
          country: "CZ",
        });
        if (issues.length > 0) throw new Error(issues[0]?.message);
        emit(order);
      }
    },
  },
];

function never(): never {
  throw new Error("the preset has a totals rule");
}
