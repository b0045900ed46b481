import { z } from "zod";
import { htmlEntities } from "../../xml/entities.ts";
import { type CodecType, defineCodec, Invalid } from "../codec.ts";

/** A regular expression, flag `u`. */
export const pattern = z.string().refine(isPattern, "is not a regular expression").meta({ format: "regex" });

const textOptions = z.strictObject({
  /** Cut white space at both ends, before `extract` and its like and again after them. @defaultValue true */
  trim: z.boolean().optional().describe("Cut white space at both ends; true unless said otherwise"),
  /** Make one space of each run of white space inside, line breaks and no-break spaces among it. */
  collapse: z.boolean().optional().describe("Make one space of each run of white space inside"),
  /** Resolve HTML references once more: `&amp;quot;` in the file → `"`. */
  unescape: z.boolean().optional().describe("Resolve HTML references once more, for text that was escaped twice"),
  /** Cut HTML tags and comments out; paragraphs and line breaks become lines. */
  stripTags: z.boolean().optional().describe("Cut HTML tags out; paragraphs and line breaks become lines"),
  /** `"^\\d{1,10}$"`; flag `u`. The field has no value where it does not match. */
  extract: pattern
    .optional()
    .describe("Regular expression: its first group, or all that it matches; no match is no value"),
  /** `"\\s*\\[[^\\]]*\\]"`; flags `gu`. */
  remove: pattern.optional().describe("Regular expression whose matches are cut out"),
  /** `[["^0+", ""]]`; flags `gu`, `$1` stands for a group. Applied one after the other. */
  replace: z
    .array(z.tuple([pattern, z.string()]))
    .optional()
    .describe("Pairs of a regular expression and what stands in for it, applied one after the other"),
  /**
   * What stands between levels in the file, where the record has ` > `: `" | "` for `Kuchyně | Hrnky`. In both directions;
   * white space around it does not count when it is read.
   */
  levels: z
    .string()
    .regex(/\S/, "expected more than white space")
    .optional()
    .describe("What stands between levels in the file, where the record has >; in both directions"),
  /** Letter case to turn the text into. */
  case: z.enum(["upper", "lower"]).optional().describe("Letter case to turn the text into"),
});

type Step = (value: string) => string | undefined;

/**
 * Text as people read it. `<NAME> Eva  Vzorová </NAME>` → `"Eva  Vzorová"`.
 *
 * The options apply in this order: unescape, stripTags, trim, extract, remove, replace, collapse, case, trim.
 */
export const text: CodecType<typeof textOptions, string> = defineCodec(
  textOptions,
  ({ trim: _trim, levels: _levels, ...changes }) =>
    Object.values(changes).every((change) => change === undefined || change === false),
  (options) => {
    const cut = options.trim === false ? (value: string): string => value : trimmed;
    const { levels } = options;
    const steps = changesOf(options, cut);
    const encode =
      levels === undefined
        ? (value: string): string => value
        : (value: string): string => (value.includes(">") ? joined(value, ">", levels) : value);
    // The reader knows `trimmed` itself and then does without the call.
    if (steps.length === 0) return { decode: cut, encode };
    return {
      decode(value) {
        let result: string | undefined = value;
        for (const step of steps) {
          result = step(result);
          if (result === undefined) return undefined;
        }
        result = cut(result);
        return result === "" ? undefined : result;
      },
      encode,
    };
  },
);

function changesOf(options: z.output<typeof textOptions>, cut: (value: string) => string): Step[] {
  const { extract, remove, replace = [] } = options;
  const steps: Step[] = [];
  if (options.unescape === true) steps.push(htmlUnescape);
  if (options.stripTags === true) steps.push(stripTags);
  // Patterns see the text without the white space that CDATA sections are padded with.
  if (extract !== undefined || remove !== undefined || replace.length > 0) steps.push(cut);
  if (extract !== undefined) {
    const wanted = new RegExp(extract, "u");
    steps.push((value) => {
      const found = wanted.exec(value);
      return found === null ? undefined : (found[1] ?? found[0]);
    });
  }
  if (remove !== undefined) {
    const unwanted = new RegExp(remove, "gu");
    steps.push((value) => value.replace(unwanted, ""));
  }
  for (const [from, to] of replace) {
    const wanted = new RegExp(from, "gu");
    steps.push((value) => value.replace(wanted, to));
  }
  if (options.collapse === true) steps.push(collapsed);
  const { levels } = options;
  if (levels !== undefined) steps.push((value) => joined(value, levels.trim(), " > "));
  if (options.case === "upper") steps.push((value) => value.toUpperCase());
  if (options.case === "lower") steps.push((value) => value.toLowerCase());
  return steps;
}

const codeOptions = z.strictObject({
  /** Turn letters into capitals, in both directions. */
  upper: z.boolean().optional().describe("Turn letters into capitals"),
});

/** White space, and what nobody sees of a text that was pasted: zero-width characters, direction marks, soft hyphens. */
export const INVISIBLE = /[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+/g;
const PRINTABLE_ASCII = /^[\x21-\x7e]+$/;

/** Text that identifies something: white space goes, leading zeros live. `00 123` → `"00123"`. */
export const code: CodecType<typeof codeOptions, string> = defineCodec(
  codeOptions,
  () => true,
  ({ upper = false }) => {
    const read = (value: string): string => {
      const bare = PRINTABLE_ASCII.test(value) ? value : value.replace(INVISIBLE, "");
      return upper ? bare.toUpperCase() : bare;
    };
    const invalid = new Invalid("a code without white space");
    return {
      decode: (value) => read(value) || undefined,
      encode(value) {
        if (value === "" || value.search(INVISIBLE) >= 0) return invalid;
        return upper ? value.toUpperCase() : value;
      },
    };
  },
);

/** The levels of a text with something else between them. */
function joined(value: string, from: string, to: string): string {
  return value
    .split(from)
    .map((level) => level.trim())
    .join(to);
}

/** Cuts white space at both ends, if there is any. */
export function trimmed(value: string): string {
  const first = value.charCodeAt(0);
  const last = value.charCodeAt(value.length - 1);
  return first > 32 && last > 32 && first < 0xa0 && last < 0xa0 ? value : value.trim();
}

/** Whether a text is nothing but white space, which counts as empty. */
export function isBlank(text: string): boolean {
  if (text.length === 0) return true;
  const code = text.charCodeAt(0);
  // From U+1680 on, there are more kinds of white space among the letters.
  return (code <= 32 || code === 0xa0 || code >= 0x1680) && text.trim().length === 0;
}

/** One space for each run of white space. */
function collapsed(value: string): string {
  return /\s\s|[^\S ]/.test(value) ? value.replace(/\s+/g, " ") : value;
}

/** A word as words are compared: composed letters, single spaces, and small ones unless letter case counts. */
export function folded(word: string, ignoreCase = true): string {
  const plain = collapsed(word.normalize("NFC")).trim();
  return ignoreCase ? plain.toLowerCase() : plain;
}

const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z][a-z0-9]*));/gi;
const ESSENTIAL: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

/**
 * Resolves references to characters, the names of HTML 4 among them: `&quot;Kol&iacute;n&quot;` → `"Kolín"`. Once, so
 * `&amp;lt;` becomes `&lt;`; what is no reference stays.
 */
export function htmlUnescape(value: string): string {
  if (!value.includes("&")) return value;
  return value.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ESSENTIAL.get(name) ?? htmlEntities.get(name) ?? whole;
    return characterAt(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal)) ?? whole;
  });
}

/** Characters 128 to 159 of windows-1252, which is what browsers take such numbers for; `?` where it has none. */
const WINDOWS_1252 = "€?‚ƒ„…†‡ˆ‰Š‹Œ?Ž??‘’“”•–—˜™š›œ?žŸ";

/** A character that XML allows and that people can see. */
function characterAt(point: number): string | undefined {
  if (point >= 0x80 && point <= 0x9f) return WINDOWS_1252[point - 0x80]!.replace("?", "") || undefined;
  const allowed =
    (point >= 0x20 && point <= 0xd7ff) ||
    (point >= 0xe000 && point <= 0x10ffff && (point & 0xfffe) !== 0xfffe) ||
    point === 9 ||
    point === 10 ||
    point === 13;
  return allowed ? String.fromCodePoint(point) : undefined;
}

const LINE_TAG = /<(?:br|\/(?:p|div|li|tr|h[1-6]))(?:\s[^<>]*)?\/?>/gi;
const TAG = /<\/?[a-z][a-z0-9:-]*(?:\s[^<>]*)?\/?>/gi;

/**
 * Cuts HTML tags and comments out: `<p>Vyzvednutí <b>na pobočce</b></p>` → `Vyzvednutí na pobočce`.
 *
 * The ends of paragraphs, list items and lines become line breaks, without empty lines. `a < b` and `<eva@vzor.cz>` are
 * no tags.
 */
export function stripTags(value: string): string {
  if (!value.includes("<")) return value;
  const bare = withoutComments(value).replace(LINE_TAG, "\n").replace(TAG, "");
  return bare
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

function withoutComments(value: string): string {
  let result = "";
  let from = 0;
  for (;;) {
    const start = value.indexOf("<!--", from);
    const end = start < 0 ? -1 : value.indexOf("-->", start + 4);
    if (end < 0) return result + value.slice(from);
    result += value.slice(from, start);
    from = end + 3;
  }
}

function isPattern(source: string): boolean {
  try {
    new RegExp(source, "u");
    return true;
  } catch {
    return false;
  }
}
