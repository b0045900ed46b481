/** Pieces of Markdown, and parts of mappings in words. */
import type { Condition, MappingData, Maturity, Node, ParameterReference } from "../../src/index.ts";

export const maturities: Readonly<Record<Maturity, string>> = {
  verified: "verified against a real file or the vendor's schema",
  documented: "by documentation",
  draft: "a draft: no public evidence",
};

export function code(text: string): string {
  return `\`${text}\``;
}

export function list(items: readonly string[]): string {
  return items.length === 0 ? "nothing" : items.map(code).join(", ");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

type Show = (path: string) => string;

/** One path or several: "`CODE`, `ITEM_ID`". */
export function paths(path: unknown, show: Show = code): string {
  return pathsOf(path).map(show).join(", ");
}

export function pathsOf(path: unknown): readonly string[] {
  return [path as string | readonly string[]].flat();
}

/** Options of a codec or rule, in the words of the mapping. */
export function options(all: object): string {
  return Object.entries(all)
    .map(([name, value]: [string, unknown]) => {
      if (name === "values")
        return Object.entries(value as Record<string, string>)
          .map(([word, meaning]) => `${code(word)} → ${code(meaning)}`)
          .join(", ");
      return value === true ? name : `${name} ${literal(value)}`;
    })
    .join(", ");
}

/** A value of a mapping: text, the name of a parameter, or JSON. */
export function literal(value: unknown): string {
  if (typeof value === "string") return code(value);
  const reference = value as ParameterReference | null;
  return typeof reference === "object" && typeof reference?.parameter === "string"
    ? `parameter ${code(reference.parameter)}`
    : code(JSON.stringify(value));
}

/** A condition; `show` gives the words for a path. */
export function condition(test: Condition, show: Show = code): string {
  if ("not" in test) return negated(test.not, show);
  if ("exists" in test) return `there is ${pathsOf(test.exists).map(show).join(" or ")}`;
  if ("equals" in test) return `${paths(test.equals, show)} is ${expected(test.to)}`;
  if ("matches" in test) return `${paths(test.matches, show)} matches ${code(test.pattern)}`;
  if ("compare" in test) return `${sourceOf(test.compare, show)} ${comparison(test.is, test.to)}`;
  if ("parameter" in test) return `parameter ${code(test.parameter)} is ${code(test.is)}`;
  if ("has" in test) return `it has ${code(test.has)}`;
  if ("field" in test) return `its ${code(test.field)} ${comparison(test.is, test.to)}`;
  const [all, word] = "all" in test ? [test.all, "and"] : [test.any, "or"];
  return `(${all.map((one) => condition(one, show)).join(` ${word} `)})`;
}

function negated(test: Condition, show: Show): string {
  if ("not" in test) return condition(test.not, show);
  if ("exists" in test) return `there is no ${pathsOf(test.exists).map(show).join(" and no ")}`;
  if ("equals" in test) return `${paths(test.equals, show)} is not ${expected(test.to)}`;
  if ("matches" in test) return `${paths(test.matches, show)} does not match ${code(test.pattern)}`;
  if ("parameter" in test) return `parameter ${code(test.parameter)} is not ${code(test.is)}`;
  if ("has" in test) return `it has no ${code(test.has)}`;
  return `not ${condition(test, show)}`;
}

type Expected = string | readonly string[] | ParameterReference;

function expected(to: Expected): string {
  return typeof to === "object" && "parameter" in to ? literal(to) : [to].flat().map(code).join(" or ");
}

function comparison(is: string, to: Expected): string {
  return `${is === "=" ? "is" : is === "!=" ? "is not" : is} ${expected(to)}`;
}

export function sourceOf(node: Node, show: Show = code): string {
  return paths((node as Readonly<Record<string, unknown>>)["path"] ?? [], show);
}

/** Records that the mapping skips, the day that decides VAT rates, and what its amounts must add up to. */
export function rulesOf({ skip = [], taxDate, totals }: MappingData): readonly string[] {
  return [
    ...skip.map(({ when, reason }) => `Skipped as "${reason}": where ${condition(when)}.`),
    ...(taxDate === undefined ? [] : [`VAT rates: those of the day at ${placesIn(taxDate).map(code).join(", ")}.`]),
    ...(totals === undefined ? [] : [`Amounts: ${options(totals)}.`]),
  ];
}

/** Every path in a node. */
function placesIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => (key === "path" ? pathsOf(child) : placesIn(child)));
}
