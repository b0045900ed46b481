/** Pieces of Markdown, and parts of mappings in words. */
import type { Maturity, ParameterReference } from "../../src/index.ts";
import type { FieldReference } from "../../src/mapping/spec.ts";

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

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Those that say something, one after the other. */
export function joined(parts: readonly string[], separator = "; "): string {
  return parts.filter((text) => text !== "").join(separator);
}

export type Show = (path: string) => string;

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
    .filter(([, value]) => value !== undefined)
    .map(([name, value]: [string, unknown]) => {
      if (name === "values")
        return Object.entries(value as Record<string, string>)
          .map(([word, meaning]) => `${code(word)} → ${code(meaning)}`)
          .join(", ");
      return value === true ? name : `${name} ${literal(value)}`;
    })
    .join(", ");
}

/** A value of a mapping: text, the name of a parameter or a field, or JSON. */
export function literal(value: unknown): string {
  if (typeof value === "string") return value.trim() === "" ? blank(value) : code(value);
  const reference = value as Partial<ParameterReference & FieldReference> | null;
  if (typeof reference === "object" && typeof reference?.parameter === "string")
    return `parameter ${code(reference.parameter)}`;
  if (typeof reference === "object" && typeof reference?.field === "string")
    return `the record's ${code(reference.field)}`;
  return code(JSON.stringify(value));
}

/** What cannot be seen between backticks. */
function blank(text: string): string {
  if (text === "") return "an empty text";
  if (text === "\n") return "a line break";
  return text === " " ? "a space" : code(JSON.stringify(text));
}

/** Words of which the first ones are names, as a sentence: "Orders and invoices". */
export function sentence(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
