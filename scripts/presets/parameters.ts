/** The parameters of a preset, and the feeds that have them. */
import type { Feed, MappingData, Parameter, Preset } from "../../src/index.ts";
import { code, joined, literal, table } from "./words.ts";

type Use = "read" | "write" | "creditNotes";

interface Row {
  readonly cells: readonly string[];
  /** By name of the feed. */
  readonly uses: Map<string, Set<Use>>;
}

/** One row for each parameter; one that is not the same everywhere says where it holds. */
export function parameterSection({ feeds }: Preset): string {
  const rows = new Map<string, Row>();
  for (const [name, feed] of Object.entries(feeds))
    for (const [use, data] of mappingsOf(feed))
      for (const [parameter, definition] of Object.entries(data?.parameters ?? {})) {
        const cells = cellsOf(parameter, definition);
        const key = JSON.stringify(cells);
        const row = rows.get(key) ?? { cells, uses: new Map<string, Set<Use>>() };
        rows.set(key, row);
        row.uses.set(name, (row.uses.get(name) ?? new Set()).add(use));
      }
  if (rows.size === 0) return "";
  const all = [...rows.values()].map(({ cells, uses }) => ({
    cells,
    where: Object.entries(feeds).flatMap(([name, feed]) => {
      const some = uses.get(name);
      return some === undefined ? [] : [usedIn(name, feed, some)];
    }),
  }));
  const head = ["Name", "What", "Default", "Values"];
  const everywhere = Object.keys(feeds).join(", ");
  const differ = all.some(({ where }) => where.join(", ") !== everywhere);
  return `## Parameters\n\n${
    differ
      ? table(
          [...head, "Feeds"],
          all.map(({ cells, where }) => [...cells, where.join(", ")]),
        )
      : table(
          head,
          all.map(({ cells }) => cells),
        )
  }`;
}

function mappingsOf(feed: Feed): readonly (readonly [Use, MappingData | undefined])[] {
  const write = feed.direction === "import" ? feed.write : undefined;
  return [
    ["read", feed.mapping],
    ["write", write?.mapping],
    ["creditNotes", write?.creditNotes],
  ];
}

function cellsOf(name: string, { title, description, default: value, values }: Parameter): readonly string[] {
  return [
    code(name),
    joined([title, description ?? ""], ". "),
    value === "" ? "none" : literal(value),
    values?.map(literal).join(", ") ?? "any",
  ];
}

/** Where reading and writing have mappings of their own, it says which of them has the parameter. */
function usedIn(name: string, feed: Feed, uses: ReadonlySet<Use>): string {
  const write = feed.direction === "import" ? feed.write : undefined;
  if (write?.mapping === undefined) return name;
  if (!uses.has("read")) return uses.has("write") ? `${name} (written)` : `${name} (written credit notes)`;
  return uses.has("write") ? name : `${name} (read)`;
}
