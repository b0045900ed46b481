/** Tags with their attributes, other markup, CDATA sections and texts. */
const PIECES = /<!\[CDATA\[[^]*?\]\]>|<!--[^]*?-->|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/g;

/** A document with one element a line, two spaces a level. Elements that hold text stay as they are. */
export function indented(xml: string): string {
  const lines: string[] = [];
  /** For each open element, the line where it starts, and whether it holds text or elements. */
  const open: { readonly line: number; mixed: boolean }[] = [];
  const append = (piece: string): void => {
    lines.push((lines.pop() ?? "") + piece);
  };
  const add = (piece: string): void => {
    if (open.at(-1)?.mixed === true) append(piece);
    else lines.push("  ".repeat(open.length) + piece);
  };
  for (const [piece] of xml.matchAll(PIECES)) {
    const isTag = piece.startsWith("<") && !piece.startsWith("<!") && !piece.startsWith("<?");
    if (!isTag && !piece.startsWith("<?")) {
      if (piece.trim() === "") continue;
      const around = open.at(-1);
      if (around !== undefined) around.mixed = true;
      add(piece);
    } else if (piece.startsWith("</")) {
      const closed = open.pop();
      // What holds nothing but text ends on the line where it starts.
      if (closed?.mixed === true || closed?.line === lines.length - 1) append(piece);
      else add(piece);
    } else {
      add(piece);
      const inText = open.at(-1)?.mixed ?? false;
      if (isTag && !piece.endsWith("/>")) open.push({ line: lines.length - 1, mixed: inText });
    }
  }
  return lines.join("\n");
}
