/** Rows whose cells stand under one another, two spaces apart and indented; without control characters. */
export function alignColumns(rows: readonly (readonly string[])[], indent: string): string[] {
  const plain = rows.map((row) => row.map(plainText));
  const columns = Math.max(0, ...plain.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(...plain.map((row) => lengthOf(row[column] ?? ""))),
  );
  return plain.map((row) => {
    const cells = row.map((cell, column) => cell + " ".repeat((widths[column] ?? 0) - lengthOf(cell)));
    return (indent + cells.join("  ")).trimEnd();
  });
}

/** `"A-1, A-2 and 5 more"`: the first codes of a list that has `count` of them. */
export function listCodes(codes: readonly string[], count: number): string {
  const more = count - codes.length;
  return codes.map(plainText).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** `"1 item"`, `"2 items"`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** A line break or an escape sequence in a code must not move the text, or worse. */
export function plainText(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
}

/** Characters that a terminal shows; combining marks take no room. */
function lengthOf(text: string): number {
  return text.replace(/\p{Mn}/gu, "").replace(/[\ud800-\udbff][\udc00-\udfff]/g, "x").length;
}
