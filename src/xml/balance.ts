import { placeOf, readLeniently, type Token } from "./lenient.ts";

/** Elements of HTML in a description, which may stand inside a text. Names that shops also give to fields are not among them. */
const INLINE = new Set(
  "a b br div em font h1 h2 h3 h4 h5 h6 hr i li ol p small span strong sub sup table tbody td th tr u ul".split(" "),
);
/** Elements of HTML that nobody closes. */
const VOID = new Set(["br", "hr", "BR", "HR"]);

/** Elements inside one another; what goes deeper is no order. */
export const MOST_DEPTH = 256;

/** What is known of the tags before the record is written anew. */
interface Pairs {
  /** Index of the tag that belongs to the one at an index; -1 for none. */
  readonly partner: Int32Array;
  /** Names of elements that were closed and never held another. */
  readonly leaves: ReadonlySet<string>;
  /** Whether elements stand further to the right than the one around them. */
  readonly indented: boolean;
}

interface Open {
  readonly index: number;
  readonly name: string;
  readonly indent: number | undefined;
  readonly unclosed: boolean;
  /** Whether it starts with a text, or with HTML. */
  led: boolean;
  hasChild: boolean;
}

/**
 * The record with every tag closed where it should have been; text stays as it is, but for `<`. Undefined if nothing is
 * in it, or if a second record follows.
 *
 * A closing tag belongs to the nearest open element of its name; those opened since then are the unclosed ones, and
 * a closing tag without such an element is dropped, unless it is a misspelt one of the innermost element. An unclosed
 * element ends
 * - if it starts with a text: behind that text, HTML in it included;
 * - else before the next element of its own name, before the first tag that stands no further to the right in an
 *   indented record, with the element around it, or with the record: whatever comes first;
 * - at once, if elements of its name hold no other elsewhere in the record.
 */
export function balance(xml: string, record: string, note: (sentence: string) => void): string | undefined {
  const tokens = readLeniently(xml, record);
  const pairs = pairTags(tokens);
  const { partner, leaves } = pairs;
  const written: string[] = [];
  const stack: Open[] = [];
  let lastIsText = false;
  if (tokens[0]?.name !== record) return undefined;

  for (const [index, token] of tokens.entries()) {
    if (index > 0 && stack.length === 0) {
      if (token.kind === "open" || token.kind === "empty") return undefined;
      if (token.kind === "close") note("a closing tag behind the record's end dropped");
      else if (!token.blank) note("text behind the record's end dropped");
      continue;
    }
    if (token.kind === "close") endTag(index, token);
    else if (token.kind === "text" || token.kind === "section") addText(token);
    else startTag(index, token);
    if (stack.length > MOST_DEPTH) return undefined;
  }
  if (
    stack.length > 0 &&
    tokens.every(({ kind, blank }, index) => index === 0 || (blank && (kind === "text" || kind === "section")))
  )
    return undefined;
  if (stack.length > 0)
    note(`the record ends early, in ${place(stack)}: closed ${stack.length} element${stack.length > 1 ? "s" : ""}`);
  while (stack.length > 0) pop();
  return written.join("");

  function addText(token: Token): void {
    tell(token);
    const top = stack.at(-1);
    if (top?.unclosed === true && !top.hasChild && !token.blank) top.led = true;
    lastIsText = token.kind === "text";
    written.push(token.xml);
  }

  function startTag(index: number, token: Token): void {
    const top = stack.at(-1);
    if (top !== undefined && isSlashless(top, index, token)) {
      note(`<${token.name}> in ${place(stack)} taken as </${token.name}>`);
      pop();
      return;
    }
    for (let open = stack.at(-1); open !== undefined && endsBefore(open, token); open = stack.at(-1)) {
      closeUnclosed(open, open.led ? "behind its text" : `before <${token.name}>`);
    }
    const parent = stack.at(-1);
    if (parent !== undefined) {
      if (!parent.hasChild && INLINE.has(token.name)) parent.led = true;
      parent.hasChild = true;
    }
    tell(token, token.name);
    const unclosed = token.kind === "open" && (partner[index] ?? -1) < 0;
    const isVoid = unclosed && VOID.has(token.name);
    if (isVoid) note(`<${token.name}> in ${place(stack)} was not closed: closed at once`);
    written.push(token.xml, token.kind === "open" && !isVoid ? ">" : "/>");
    lastIsText = false;
    const { name, indent } = token;
    if (token.kind === "open" && !isVoid) stack.push({ index, name, indent, unclosed, led: false, hasChild: false });
  }

  /** Whether the tag at `index` is `top`'s closing tag that lost its slash: `<CITY>Brno<CITY>`. */
  function isSlashless(top: Open, index: number, token: Token): boolean {
    if (!top.unclosed || !top.led || top.hasChild || top.name !== token.name) return false;
    const next = tokens[index + 1];
    return (
      token.kind === "open" &&
      token.blank &&
      (partner[index] ?? -1) < 0 &&
      (next?.kind !== "text" || next.blank) &&
      next?.kind !== "section"
    );
  }

  /** Whether an unclosed element ends before the tag that comes next. */
  function endsBefore(open: Open, token: Token): boolean {
    if (!open.unclosed || stack.length === 1) return false;
    if (open.name === token.name) return true;
    if (open.led) return !INLINE.has(token.name);
    if (leaves.has(open.name)) return true;
    return pairs.indented && open.indent !== undefined && token.indent !== undefined && token.indent <= open.indent;
  }

  function endTag(index: number, token: Token): void {
    const opening = partner[index] ?? -1;
    if (opening < 0) {
      note(`</${token.name}> in ${place(stack)} closes nothing: dropped`);
      return;
    }
    for (let open = stack.at(-1); open !== undefined && open.index !== opening; open = stack.at(-1)) {
      closeUnclosed(open, open.led ? "behind its text" : `before </${token.name}>`);
    }
    const name = stack.at(-1)?.name ?? token.name;
    if (name !== token.name) note(`</${token.name}> in ${place(stack)} taken as </${name}>`);
    tell(token);
    written.push(`</${name}>`);
    lastIsText = false;
    stack.pop();
  }

  function closeUnclosed(open: Open, where: string): void {
    note(`<${open.name}> in ${place(stack.slice(0, -1))} was not closed: closed ${where}`);
    pop();
  }

  /** Closes the innermost element, before the white space that leads to what follows. */
  function pop(): void {
    const last = lastIsText ? (written.pop() ?? "") : "";
    const text = last.slice(0, lengthWithoutSpace(last));
    written.push(text, `</${stack.pop()?.name ?? ""}>`, last.slice(text.length));
    lastIsText = last.length > text.length;
  }

  function tell(token: Token, ...name: readonly string[]): void {
    for (const say of token.notes) note(say(place(stack, ...name)));
  }
}

function pairTags(tokens: readonly Token[]): Pairs {
  const partner = new Int32Array(tokens.length).fill(-1);
  /** Open elements, and how many of each name they are. */
  const stack: { readonly index: number; readonly name: string; hasChild: boolean; misspelt: number }[] = [];
  const open = new Map<string, number>();
  const parents = new Set<string>();
  const leaves = new Set<string>();
  let right = 0;

  const leave = (closing: number): void => {
    const element = stack.pop();
    if (element === undefined) return;
    open.set(element.name, (open.get(element.name) ?? 1) - 1);
    const end = closing < 0 ? element.misspelt : closing;
    if (end < 0) return;
    partner[element.index] = end;
    partner[end] = element.index;
    (element.hasChild ? parents : leaves).add(element.name);
  };
  for (const [index, { kind, name, indent }] of tokens.entries()) {
    const top = stack.at(-1);
    if (kind === "open" || kind === "empty") {
      const outer = top === undefined || top.hasChild ? undefined : tokens[top.index]?.indent;
      if (outer !== undefined && indent !== undefined) right += indent > outer ? 1 : -1;
      if (top !== undefined) top.hasChild = true;
    }
    if (kind === "open") {
      stack.push({ index, name, hasChild: false, misspelt: -1 });
      open.set(name, (open.get(name) ?? 0) + 1);
    } else if (kind === "close") {
      if ((open.get(name) ?? 0) > 0) {
        while (stack.at(-1)?.name !== name) leave(-1);
        leave(index);
      } else if (top !== undefined && top.misspelt < 0 && resembles(name, top.name)) top.misspelt = index;
    }
  }
  while (stack.length > 0) leave(-1);
  for (const name of parents) leaves.delete(name);
  return { partner, leaves, indented: right > 0 };
}

/** Whether `name` may be a misspelt `right`: `STRET`, `street`, or nothing at all for `STREET`. */
function resembles(name: string, right: string): boolean {
  const a = name.toLowerCase();
  const b = right.toLowerCase();
  const shorter = Math.min(a.length, b.length);
  let head = 0;
  while (head < shorter && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const differing = Math.max(a.length, b.length) - head - tail;
  return a === "" || (differing <= 2 && differing < head + tail);
}

function place(stack: readonly Open[], ...inner: readonly string[]): string {
  return placeOf([...stack.map((open) => open.name), ...inner]);
}

function lengthWithoutSpace(text: string): number {
  let { length } = text;
  while (length > 0 && " \t\r\n".includes(text[length - 1] ?? "x")) length--;
  return length;
}
