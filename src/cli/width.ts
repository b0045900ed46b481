/** Combining marks and other characters that take no room. */
const NOTHING = /[\p{Mn}\p{Me}\p{Cf}]/u;
/** Characters that take the room of two: East Asian wide ones and emoji. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u;

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += columns(char);
  return width;
}

function columns(char: string): number {
  if (char < "\u0300") return 1;
  if (NOTHING.test(char)) return 0;
  return WIDE.test(char) ? 2 : 1;
}

/** The text in exactly `width` columns: cut with `…`, or filled with spaces. */
export function fit(text: string, width: number, align: "left" | "right" = "left"): string {
  // A line break or an escape sequence in the data must not move the table, or worse.
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ");
  const cut = widthOf(plain) <= width ? plain : shorten(plain, width);
  const space = " ".repeat(Math.max(0, width - widthOf(cut)));
  return align === "left" ? cut + space : space + cut;
}

function shorten(text: string, width: number): string {
  let kept = "";
  let used = 0;
  for (const char of text) {
    used += columns(char);
    if (used > width - 1) break;
    kept += char;
  }
  return `${kept}…`;
}
